//! Two drivers, drivers that die, and jobs that fail.

use jiff::ToSpan as _;

use super::*;

fn now() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

#[test]
fn two_drivers_never_have_a_job_at_once() {
    let mut job = Job::new(JobKind::Fence, 0, now());
    assert_eq!(job.take(now() - 1.nanoseconds()), None);
    let first = job.take(now()).unwrap();
    let until = now() + JobKind::Fence.lease();
    assert_eq!(job.take(until - 1.nanoseconds()), None);
    // The first died: the second takes it, and the first comes back too late.
    let second = job.take(until).unwrap();
    assert_eq!(job.done(first, None), Err(LeaseLost));
    assert_eq!(job.fail(first, until), Err(LeaseLost));
    assert_eq!(job.done(second, None), Ok(()));
    assert_eq!(job.done(second, None), Err(LeaseLost));
}

#[test]
fn a_job_that_is_done_has_its_next_time_and_no_failures() {
    let mut job = Job::new(JobKind::CleanUp, 7, now());
    let lease = job.take(now()).unwrap();
    job.fail(lease, now()).unwrap();
    let again = now() + back_off(1);
    let lease = job.take(again).unwrap();
    let next = now() + 48.hours();
    job.done(lease, Some(next)).unwrap();
    assert_eq!((job.due, job.failures), (next, 0));
    assert!(!job.is_free(next - 1.nanoseconds()) && job.is_free(next));
}

#[test]
fn waits_grow_to_six_hours_and_no_further() {
    assert_eq!(back_off(1), SignedDuration::from_secs(60));
    assert_eq!(back_off(2), SignedDuration::from_secs(120));
    assert_eq!(back_off(9), SignedDuration::from_secs(256 * 60));
    for failures in [10, 21, 22, 63, 64, u32::MAX] {
        assert_eq!(back_off(failures), SignedDuration::from_hours(6));
    }
    let total: SignedDuration = (1..=ATTEMPTS_MAX).map(back_off).sum();
    assert_eq!(total.as_hours(), 50);
}

#[test]
fn a_job_that_kills_its_drivers_alarms_like_one_that_fails() {
    let mut job = Job::new(JobKind::Retention, 0, now());
    let mut at = now();
    for _ in 0..=ATTEMPTS_MAX {
        assert!(!job.is_alarming());
        job.take(at).unwrap();
        at += JobKind::Retention.lease();
    }
    assert!(job.is_alarming());
}

#[test]
fn a_job_holds_ids_and_times_and_is_stored_by_name() {
    let job = Job::new(JobKind::TemporaryAccount, 3, now());
    let json = serde_json::to_string(&job).unwrap();
    assert_eq!(
        json,
        r#"{"kind":"temporary-account","subject":3,"due":"2026-11-24T10:00:00Z","failures":0,"lease":0,"leased-until":null}"#
    );
    assert_eq!(serde_json::from_str::<Job>(&json).unwrap(), job);
    let payload = json.replace("\"lease\"", "\"payload\":\"text\",\"lease\"");
    assert!(serde_json::from_str::<Job>(&payload).is_err());
}
