//! What a house notices of work that is done by itself: once, by one program, caught up once, tried again, and never more than was said.

pub(crate) mod house;

use jiff::Timestamp;
use serde_json::json;
use wuhen_keytree::context::ItemKind;
use wuhen_ledger::body::Role;
use wuhen_model::calendar::Period;
use wuhen_model::job::JobKind;
use wuhen_store::{NewJob, RegisterWrite};

use house::{House, run, talk};

use super::*;
use crate::{Pack, TenantKind};

const BEGAN: &str = "2026-11-24T00:00:00Z";
/// 03:00 in Shanghai on the night after.
const NIGHT: &str = "2026-11-24T19:00:00Z";

fn house() -> House {
    let house = House::new(Pack::Cn, TenantKind::HotelOwnSite, BEGAN);
    house.import(&talk(
        "c1",
        "2026-02-01T04:00:00Z",
        &["房间有窗吗", "有的"],
        None,
    ));
    house.import(&talk("c3", "2026-11-20T04:00:00Z", &["停车收费吗"], None));
    house
}

fn job<'r>(reports: &'r [JobReport], kind: &str) -> &'r JobReport {
    reports.iter().find(|job| job.kind == kind).unwrap()
}

#[test]
fn what_reached_its_ceiling_goes_at_night_by_the_article_of_its_rule() {
    let house = house();
    assert!(house.run().iter().all(|job| job.kind != "retention"));
    let reports = house.run_at(NIGHT);
    let erased = job(&reports, "retention").erased.clone().unwrap();
    assert_eq!(
        (
            erased.counts.guests,
            erased.counts.conversations,
            erased.counts.messages
        ),
        (1, 1, 2)
    );
    let case = &house.service.erasures().unwrap()[0];
    assert_eq!(case.requested.by_role, Role::RetentionRule);
    assert_eq!(
        case.requested.basis,
        "PIPL, article 19 (rule pack cn 2026.1)"
    );
    assert_eq!(house.messages(), 1);
    // Again it finds nothing.
    assert!(house.run_at("2026-11-25T19:00:00Z")[0].erased.is_none());
    house.service.check_ledger().unwrap();
}

#[test]
fn two_programs_never_do_a_job_twice_and_one_that_died_leaves_it_to_the_other() {
    let house = house();
    let second = house.second();
    house.set(NIGHT);
    let taken = house.service.take_due().unwrap().unwrap();
    assert_eq!(taken.job.kind, "retention");
    assert!(run(&second).iter().all(|job| job.kind != "retention"));
    // The first died: an hour later the job is anybody's.
    house.set("2026-11-24T20:00:00Z");
    assert!(job(&run(&second), "retention").erased.is_some());
    // What the first says afterwards counts no more.
    let late = house.service.carry_out_job(&taken).unwrap();
    assert_eq!(late.state, JobState::TakenOver);
    assert_eq!(house.messages(), 1);
}

#[test]
fn missed_nights_are_caught_up_once() {
    let house = house();
    let reports = house.run_at("2026-12-24T00:00:00Z");
    let nights = reports.iter().filter(|job| job.kind == "retention");
    let next: Vec<Option<Timestamp>> = nights.map(|job| job.next).collect();
    assert_eq!(next, [Some("2026-12-24T19:00:00Z".parse().unwrap())]);
}

#[test]
fn a_batch_over_the_limit_erases_nothing_until_the_privacy_officer_says_its_number() {
    let house = House::new(Pack::None, TenantKind::HotelOwnSite, BEGAN);
    house.apply("cn", 0).unwrap();
    let texts: Vec<String> = (0..1_001).map(|number| format!("第{number}句")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    house.import(&talk("c1", "2026-02-01T04:00:00Z", &texts, None));
    let reports = house.run_at(NIGHT);
    let stopped = job(&reports, "retention");
    assert_eq!(
        (stopped.state, stopped.stopped),
        (JobState::Stopped, Some(1_001))
    );
    assert_eq!(house.messages(), 1_001);
    let waiting = &house.service.stopped_work().unwrap()[0];
    assert_eq!(waiting.batch.records, 1_001);
    let officer = house.officer();
    let kind = JobKind::Retention;
    let other = house
        .service
        .confirm_batch(&officer, kind, 1_000)
        .err()
        .unwrap();
    assert!(other.to_string().contains("1001 records by now"), "{other}");
    house.service.confirm_batch(&officer, kind, 1_001).unwrap();
    assert!(job(&house.run(), "retention").erased.is_some());
    assert_eq!(
        (
            house.messages(),
            house.service.stopped_work().unwrap().len()
        ),
        (0, 0)
    );
    // It was said once.
    house.import(&talk("c2", "2026-02-01T04:00:00Z", &texts, None));
    house.run_at("2026-11-25T19:00:00Z");
    assert_eq!(house.messages(), 1_001);
    house.service.check_ledger().unwrap();
}

#[test]
fn a_batch_at_the_limit_goes_through() {
    let house = House::new(Pack::Cn, TenantKind::HotelOwnSite, BEGAN);
    let texts: Vec<String> = (0..1_000).map(|number| format!("第{number}句")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    house.import(&talk("c1", "2026-02-01T04:00:00Z", &texts, None));
    house.run_at(NIGHT);
    assert_eq!(house.messages(), 0);
}

#[test]
fn a_clean_up_takes_what_is_old_on_its_days_and_leaves_what_a_booking_keeps() {
    let house = House::new(Pack::Cn, TenantKind::HotelOwnSite, BEGAN);
    let deposit = json!({"id": "b1", "check_out": "2026-08-01", "deposit_refunded": false});
    house.import(&talk("c1", "2026-08-01T04:00:00Z", &["空调坏了"], None));
    house.import(&talk(
        "c2",
        "2026-08-01T04:00:00Z",
        &["空调坏了"],
        Some(deposit),
    ));
    let schedule = "每月1日和15日 03:00".parse().unwrap();
    let officer = house.officer();
    let clean_up = Some((&schedule, Period::of_days(90)));
    house
        .service
        .schedule_clean_up(&officer, clean_up, None)
        .unwrap();
    let before = house.run_at("2026-11-29T00:00:00Z");
    assert!(before.iter().all(|job| job.kind != "clean-up"));
    let reports = house.run_at("2026-11-30T19:00:00Z");
    let erased = job(&reports, "clean-up").erased.clone().unwrap();
    assert_eq!((erased.counts.conversations, house.messages()), (1, 1));
    let case = house.service.erasures().unwrap().pop().unwrap();
    assert_eq!(case.requested.by_role, Role::Calendar);
    house
        .service
        .schedule_clean_up(&officer, None, None)
        .unwrap();
    let after = house.run_at("2026-12-30T19:00:00Z");
    assert!(after.iter().all(|job| job.kind != "clean-up"));
}

#[test]
fn a_job_that_fails_is_told_and_tried_again_later() {
    let house = house();
    // A pack that nobody can read any more.
    let entry = house
        .service
        .pack_in(crate::rules::IN_FORCE)
        .unwrap()
        .unwrap();
    house
        .service
        .write_pack(&entry, |stored| stored.toml = "no pack".to_owned())
        .unwrap();
    house.set(NIGHT);
    let taken = house.service.take_due().unwrap().unwrap();
    let report = house.service.carry_out_job(&taken).unwrap();
    assert_eq!(report.state, JobState::Failed);
    assert!(report.failure.is_some());
    assert_eq!(report.next.unwrap().to_string(), "2026-11-24T19:01:00Z");
}

#[test]
fn work_of_a_kind_that_is_not_known_stays_as_it_was() {
    let house = house();
    let node = house.service.settings().node;
    let new = NewJob {
        kind: "of-another-version".to_owned(),
        node,
        due_at: house.service.now().as_second(),
    };
    house
        .service
        .change_register_here("test", || {
            let jobs = vec![new.clone()];
            Ok((
                RegisterWrite {
                    jobs,
                    ..RegisterWrite::default()
                },
                (),
            ))
        })
        .unwrap();
    let reports = house.run_at(NIGHT);
    assert_eq!(job(&reports, "of-another-version").state, JobState::Left);
    assert!(job(&reports, "retention").erased.is_some());
    let jobs = house.service.store.jobs(house.service.tenant).unwrap();
    assert!(jobs.iter().any(|row| row.job == new && row.attempts == 0));
}

#[test]
fn it_ends_between_two_jobs_where_somebody_interrupts() {
    let house = house();
    house.set(NIGHT);
    let mut told = 0;
    house.service.run_due(&|| true, &mut |_| told += 1).unwrap();
    assert_eq!((told, house.messages()), (0, 3));
}

#[test]
fn a_time_before_the_last_entry_of_the_ledger_is_refused() {
    let house = house();
    let at = |text: &str| house.service.check_time(text.parse().unwrap());
    at(BEGAN).unwrap();
    let refused = at("2026-11-23T23:59:59Z").unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("before the ledger's last entry"),
        "{refused}"
    );
}

#[test]
fn what_cannot_be_due_is_not_opened() {
    let house = house();
    // A message that nobody can open any more, in a conversation that is due in summer.
    let row = house.service.find_conversation("c3").unwrap();
    let append = house
        .service
        .append_of(&row, ItemKind::Message, b"no header", b"no text")
        .unwrap();
    let (store, tenant) = (&house.service.store, house.service.tenant);
    assert!(store.append(tenant, &append).unwrap());
    let reports = house.run_at(NIGHT);
    assert!(job(&reports, "retention").erased.is_some());
    let reports = house.run_at("2027-06-24T19:00:00Z");
    assert_eq!(job(&reports, "retention").state, JobState::Failed);
}
