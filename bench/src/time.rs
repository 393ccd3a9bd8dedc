//! The only place that reads a clock.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Rounds of every measurement; the middle one counts.
pub const ROUNDS: usize = 5;

/// How long the work took, and its answer.
#[expect(clippy::disallowed_methods, reason = "benches measure")]
pub fn measure<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let started = Instant::now();
    let answer = work();
    (started.elapsed(), answer)
}

/// Microseconds since 1970, as strace prints them: to tell which calls fell between two moments.
///
/// # Panics
/// The clock stands before 1970.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "benches measure")]
pub fn epoch_micros() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("the clock stands after 1970");
    i64::try_from(since.as_micros()).expect("microseconds fit for 292,000 years")
}

/// Time since an arbitrary start.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "benches measure")]
pub fn elapsed() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// How long this thread has run on a processor, milliseconds: unlike the time that passed, it does not grow with what else
/// the machine does. 0 where the system does not say.
#[must_use]
pub fn thread_cpu_ms() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds: u64 = text
        .split_whitespace()
        .next()
        .and_then(|first| first.parse().ok())
        .unwrap_or(0);
    ms(Duration::from_nanos(nanoseconds))
}

/// Milliseconds.
#[must_use]
pub fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// The middle value.
///
/// # Panics
/// There is none.
#[must_use]
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 50)
}

/// The smallest value that `percent` of all do not exceed.
///
/// # Panics
/// There is none.
#[must_use]
pub fn quantile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() * percent).div_ceil(100);
    sorted[place.saturating_sub(1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_were_measured() {
        let values = [5.0, 1.0, 4.0, 2.0, 3.0];
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(near(median(&values), 3.0));
        assert!(near(quantile(&values, 99), 5.0));
        assert!(near(quantile(&values, 0), 1.0));
    }
}
