//! What a process that holds keys can do about its own memory: no core dumps, and a true word about swap. Linux only.
//! It does not lock memory: `mlockall` with a usual `RLIMIT_MEMLOCK` fails, or makes large allocations fail later.
//! Whoever runs the program keeps its memory from swap instead (`swapoff`, encrypted swap, or systemd's `MemorySwapMax=0`).

use std::fs;
use std::path::Path;

use rustix::process::{
    DumpableBehavior, Resource, Rlimit, dumpable_behavior, set_dumpable_behavior, setrlimit,
};

/// What [`harden`] achieved and found, for `doctor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hardening {
    /// Whether a crash can write the memory to disk.
    pub core_dumps: CoreDumps,
    /// Whether the memory can reach swap.
    pub swap: Swap,
}

/// Whether a crash can write the memory to disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoreDumps {
    /// It cannot.
    Off,
    /// They could not be turned off: a core file may hold keys.
    Failed,
}

/// Whether the memory can reach swap. Hibernation uses swap as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Swap {
    /// The machine has none.
    Off,
    /// The machine has some, which this process's control group may not use.
    Forbidden,
    /// Keys in memory may be written to it.
    On,
    /// The system does not say.
    Unknown,
}

/// Turns core dumps off and looks whether there is swap.
///
/// Call it first in `main`, and again after a change of user, which undoes half of it. Debuggers of the same user are kept out too.
#[must_use]
pub fn harden() -> Hardening {
    Hardening {
        core_dumps: turn_core_dumps_off(),
        swap: swap(),
    }
}

fn turn_core_dumps_off() -> CoreDumps {
    // The limit alone is not enough: the kernel does not apply it when core_pattern is a pipe, as with systemd-coredump.
    let limited = setrlimit(
        Resource::Core,
        Rlimit {
            current: Some(0),
            maximum: Some(0),
        },
    );
    let set = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    let dumpable = dumpable_behavior();
    if limited.is_ok() && set.is_ok() && dumpable == Ok(DumpableBehavior::NotDumpable) {
        CoreDumps::Off
    } else {
        CoreDumps::Failed
    }
}

fn swap() -> Swap {
    let Ok(swaps) = fs::read_to_string("/proc/swaps") else {
        return Swap::Unknown;
    };
    if !any_swap(&swaps) {
        Swap::Off
    } else if forbidden_by_group(Path::new("/sys/fs/cgroup")) {
        Swap::Forbidden
    } else {
        Swap::On
    }
}

/// `/proc/swaps` has a heading, then a line per swap area.
fn any_swap(swaps: &str) -> bool {
    swaps.lines().skip(1).any(|line| !line.trim().is_empty())
}

/// Whether this process's control group (version 2), or one above it, has a swap limit of 0.
fn forbidden_by_group(groups: &Path) -> bool {
    let own = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
    let Some(group) = own.lines().find_map(|line| line.strip_prefix("0::/")) else {
        return false;
    };
    let zero = |limit: String| limit.trim() == "0";
    Path::new(group)
        .ancestors()
        .any(|part| fs::read_to_string(groups.join(part).join("memory.swap.max")).is_ok_and(zero))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn core_dumps_are_off_afterwards() {
        assert_eq!(harden().core_dumps, CoreDumps::Off);
        let limits = fs::read_to_string("/proc/self/limits").unwrap();
        let line = limits
            .lines()
            .find(|line| line.starts_with("Max core file size"))
            .unwrap();
        assert_eq!(line.split_whitespace().nth(4), Some("0"), "{line}");
    }

    #[test]
    fn swap_is_seen_in_the_kernels_table() {
        let heading = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n";
        assert!(!any_swap(heading));
        assert!(any_swap(&format!(
            "{heading}/dev/sda2 partition\t8388604\t\t0\t\t-2\n"
        )));
    }
}
