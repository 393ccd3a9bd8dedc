//! Durable steps announce themselves here, so that a test can stop the program at each of them,
//! before and after it took effect (ERASURE.md, "Rotation").

/// Which side of a durable step was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// Nothing of the step has happened yet.
    Before,
    /// The step is durable.
    After,
}

/// Told before and after each durable step.
pub trait Steps: Send + Sync {
    /// Called at `step`, a fixed name such as `"rotation/commit"`.
    ///
    /// # Errors
    ///
    /// [`Stopped`] where the program is to behave as if the machine died here. The caller returns
    /// it at once and cleans nothing up.
    fn reached(&self, step: &'static str, when: When) -> Result<(), Stopped>;
}

/// Production's answer: never stops.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoSteps;

impl Steps for NoSteps {
    fn reached(&self, _step: &'static str, _when: When) -> Result<(), Stopped> {
        Ok(())
    }
}

/// The program was told to stop at a durable step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stopped {} step {step}", match .when { When::Before => "before", When::After => "after" })]
pub struct Stopped {
    /// The step's name.
    pub step: &'static str,
    /// The side of it.
    pub when: When,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_says_where() {
        let stopped = Stopped {
            step: "rotation/commit",
            when: When::After,
        };
        assert_eq!(stopped.to_string(), "stopped after step rotation/commit");
        assert_eq!(NoSteps.reached("rotation/commit", When::Before), Ok(()));
    }
}
