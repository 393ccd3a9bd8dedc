//! Every pair of reasons, and what no facts whatever may lead to.

mod always;
mod pairs;
mod words;

use std::sync::LazyLock;

use super::*;
use crate::rules::{Clocks, Pack};

/// All instants of these tests are about this one.
pub(super) const NOW: i64 = 1_800_000_000;
const DAY: i64 = 24 * 60 * 60;

/// A rule that erases, and one that asks.
static RULES: LazyLock<[Rule; 2]> = LazyLock::new(|| {
    let erase = Pack::shipped("cn").unwrap().rules.remove(0);
    let on_expiry = Expiry::Review;
    [erase.clone(), Rule { on_expiry, ..erase }]
});

/// So many seconds from now.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(NOW + seconds).unwrap()
}

fn floor(until: Option<i64>) -> Clocks<'static> {
    let floor = Floor {
        until: until.map(at),
        rule: &RULES[0],
    };
    Clocks {
        floor: Some(floor),
        ..Clocks::default()
    }
}

fn ceiling(due: i64, on_expiry: Expiry) -> Clocks<'static> {
    let rule = &RULES[usize::from(on_expiry == Expiry::Review)];
    Clocks {
        due: Some((at(due), rule)),
        ..Clocks::default()
    }
}

fn staff(person: u64, role: StaffRole) -> Staff {
    Staff {
        person: Person(person),
        role,
    }
}

fn by_agent() -> Request {
    Request::by(Asker::Staff(staff(1, StaffRole::Agent)))
}

fn article() -> Said {
    Said {
        zh: "《个人信息保护法》第四十七条".to_owned(),
        en: "PIPL, article 47".to_owned(),
    }
}

fn refused(mut request: Request) -> Request {
    request.refusal = Some(Refusal { article: article() });
    request
}

/// What is decided on a request, where nothing else is known.
fn on(request: &Request) -> Decision {
    decide(&asked(request), at(0))
}

fn asked(request: &Request) -> Facts<'_> {
    Facts {
        request: Some(request),
        ..Facts::default()
    }
}

#[test]
fn where_nothing_asks_nothing_happens() {
    let decision = decide(&Facts::default(), at(0));
    assert_eq!(decision.outcome, Outcome::Skipped);
    assert_eq!(decision.reason, ReasonCode::NothingAsks);
}

#[test]
fn of_several_floors_the_last_one_holds_and_one_that_has_not_begun_is_later_than_all() {
    let request = Request::by(Asker::Guest);
    let until = |clocks: &[Clocks<'static>]| {
        let facts = Facts {
            clocks,
            ..asked(&request)
        };
        decide(&facts, at(0)).outcome
    };
    let restricted = |until| Outcome::RestrictedUntil { until };
    let (soon, later, not_begun) = (floor(Some(DAY)), floor(Some(2 * DAY)), floor(None));
    assert_eq!(until(&[soon, later]), restricted(Some(at(2 * DAY))));
    assert_eq!(until(&[later, soon]), restricted(Some(at(2 * DAY))));
    assert_eq!(until(&[later, not_begun, soon]), restricted(None));
}

#[test]
fn a_floor_ends_at_its_instant_and_not_a_second_before() {
    let request = Request::by(Asker::Guest);
    let clocks = [floor(Some(0))];
    let facts = Facts {
        clocks: &clocks,
        ..asked(&request)
    };
    let until = Some(at(0));
    let outcome = |seconds| decide(&facts, at(seconds)).outcome;
    assert_eq!(outcome(-1), Outcome::RestrictedUntil { until });
    assert_eq!(outcome(0), Outcome::Erase);
    assert_eq!(outcome(1), Outcome::Erase);
}

#[test]
fn a_guard_ends_at_its_instant_and_not_a_second_before() {
    let request = Request::by(Asker::Guest);
    for guard in [
        Guard::CancellationWindowOpen { until: at(0) },
        Guard::AfterCheckout { until: at(0) },
    ] {
        let facts = Facts {
            guards: &[guard],
            ..asked(&request)
        };
        let outcome = |seconds| decide(&facts, at(seconds)).outcome;
        let wait = Wait::Guard(guard);
        assert_eq!(outcome(-1), Outcome::Waiting { wait });
        assert_eq!(outcome(0), Outcome::Erase);
        assert_eq!(outcome(1), Outcome::Erase);
    }
}

#[test]
fn grace_and_ceilings_and_privacy_mode_turn_at_their_instant() {
    let mut request = Request::by(Asker::Guest);
    request.window_until = Some(at(0));
    let until = at(0);
    let wait = Wait::Window { until };
    let outcome = |facts: &Facts<'_>, seconds| decide(facts, at(seconds)).outcome;
    assert_eq!(outcome(&asked(&request), -1), Outcome::Waiting { wait });
    assert_eq!(outcome(&asked(&request), 0), Outcome::Erase);
    let clocks = [ceiling(0, Expiry::Erase)];
    let by_ceiling = Facts {
        clocks: &clocks,
        ..Facts::default()
    };
    let by_preference = Facts {
        preference_due: Some(at(0)),
        ..Facts::default()
    };
    for facts in [by_ceiling, by_preference] {
        assert_eq!(outcome(&facts, -1), Outcome::Skipped);
        assert_eq!(outcome(&facts, 0), Outcome::Erase);
    }
}

#[test]
fn the_earliest_ceiling_counts_and_one_that_asks_erases_nothing() {
    let decided = |clocks: &[Clocks<'static>]| {
        let facts = Facts {
            clocks,
            ..Facts::default()
        };
        decide(&facts, at(0)).reason
    };
    let (due, not_due) = (ceiling(-1, Expiry::Erase), ceiling(1, Expiry::Erase));
    let review = ceiling(-1, Expiry::Review);
    assert_eq!(decided(&[not_due, due]), ReasonCode::CeilingReached);
    assert_eq!(decided(&[not_due]), ReasonCode::NothingAsks);
    assert_eq!(decided(&[not_due, review]), ReasonCode::ReviewDue);
    assert_eq!(decided(&[review, due]), ReasonCode::CeilingReached);
}

#[test]
fn a_rule_erases_nothing_whose_ceiling_is_not_due_any_more() {
    let request = Request::by(Asker::Rule);
    assert_eq!(on(&request).reason, ReasonCode::NothingAsks);
    let clocks = [ceiling(0, Expiry::Erase)];
    let facts = Facts {
        clocks: &clocks,
        ..asked(&request)
    };
    let decision = decide(&facts, at(0));
    assert_eq!(decision.outcome, Outcome::Erase);
    assert_eq!(decision.reason, ReasonCode::CeilingReached);
    assert_eq!(decision.article.as_ref(), Some(&RULES[0].article));
}

#[test]
fn an_approval_counts_from_a_second_person_who_may_give_it() {
    let decided = |given| {
        let request = Request {
            second_person: SecondPerson::Needed { given },
            executor: Some(Person(3)),
            ..by_agent()
        };
        on(&request).reason
    };
    let needed = ReasonCode::ApprovalNeeded;
    assert_eq!(decided(None), needed);
    for role in StaffRole::ALL {
        assert_eq!(decided(Some(staff(1, *role))), needed, "who asked");
        assert_eq!(decided(Some(staff(3, *role))), needed, "who executes");
        let expected = match role {
            StaffRole::Supervisor | StaffRole::PrivacyOfficer => ReasonCode::AskedByStaff,
            StaffRole::Agent | StaffRole::Auditor | StaffRole::TenantAdmin => needed,
        };
        assert_eq!(decided(Some(staff(2, *role))), expected, "{role:?}");
    }
}

#[test]
fn a_batch_of_1000_needs_any_second_person_and_one_more_the_privacy_officer() {
    use StaffRole::{PrivacyOfficer, Supervisor};
    let decided = |asks, approves, records| {
        let request = Request {
            asked_by: Asker::Staff(staff(1, asks)),
            second_person: SecondPerson::Needed {
                given: Some(staff(2, approves)),
            },
            records,
            ..by_agent()
        };
        on(&request).reason
    };
    let erased = ReasonCode::AskedByStaff;
    assert_eq!(decided(Supervisor, Supervisor, 1_000), erased);
    assert_eq!(
        decided(Supervisor, Supervisor, 1_001),
        ReasonCode::PrivacyOfficerNeeded
    );
    assert_eq!(decided(Supervisor, PrivacyOfficer, 1_001), erased);
    assert_eq!(decided(PrivacyOfficer, Supervisor, 1_001), erased);
    let alone = |role| {
        let mut request = Request::by(Asker::Staff(staff(1, role)));
        request.records = 1_001;
        on(&request).reason
    };
    assert_eq!(alone(Supervisor), ReasonCode::PrivacyOfficerNeeded);
    assert_eq!(alone(PrivacyOfficer), erased, "pack `none` acts at once");
}

#[test]
fn in_a_house_of_one_person_a_day_passes_from_the_mail_on() {
    let decided = |announced_at: Option<i64>| {
        let announced_at = announced_at.map(at);
        let request = Request {
            asked_by: Asker::Staff(staff(1, StaffRole::PrivacyOfficer)),
            second_person: SecondPerson::CoolingOff { announced_at },
            ..by_agent()
        };
        let decision = on(&request);
        (decision.outcome, decision.reason)
    };
    let approval = Outcome::Waiting {
        wait: Wait::Approval,
    };
    let window = |until| Outcome::Waiting {
        wait: Wait::Window { until: at(until) },
    };
    assert_eq!(
        decided(None),
        (approval, ReasonCode::CoolingOffNotAnnounced)
    );
    assert_eq!(decided(Some(0)), (window(DAY), ReasonCode::CoolingOff));
    assert_eq!(decided(Some(1 - DAY)), (window(1), ReasonCode::CoolingOff));
    assert_eq!(
        decided(Some(-DAY)),
        (Outcome::Erase, ReasonCode::AskedByStaff)
    );
}

#[test]
fn who_only_reads_or_runs_the_house_has_nothing_erased() {
    for role in StaffRole::ALL {
        let outcome = on(&Request::by(Asker::Staff(staff(1, *role)))).outcome;
        let expected = match role {
            StaffRole::Agent | StaffRole::Supervisor | StaffRole::PrivacyOfficer => Outcome::Erase,
            StaffRole::Auditor | StaffRole::TenantAdmin => Outcome::Refused,
        };
        assert_eq!(outcome, expected, "{role:?}");
    }
}

#[test]
fn a_refusal_quotes_its_article_and_stops_no_later_retention_run() {
    let request = refused(Request::by(Asker::Guest));
    let clocks = [ceiling(-1, Expiry::Erase)];
    let facts = Facts {
        clocks: &clocks,
        ..asked(&request)
    };
    let decision = decide(&facts, at(0));
    assert_eq!(decision.outcome, Outcome::Refused);
    assert_eq!(decision.article, Some(article()));
    let run = Facts {
        request: None,
        ..facts
    };
    assert_eq!(decide(&run, at(0)).outcome, Outcome::Erase);
}

#[test]
fn when_the_purpose_has_ended_a_hold_or_a_floor_restricts_though_nobody_asks() {
    let clocks = [floor(Some(DAY))];
    let nothing = Facts::default();
    let decided = |facts: Facts<'_>| {
        let decision = decide(&facts, at(0));
        (decision.outcome, decision.also_restrict)
    };
    let held = Outcome::Held {
        matter: MatterId(7),
    };
    let restricted = Outcome::RestrictedUntil {
        until: Some(at(DAY)),
    };
    for (is_held, is_kept, ended, now) in [
        (true, false, (held, true), (Outcome::Skipped, false)),
        (false, true, (restricted, true), (Outcome::Skipped, false)),
        (true, true, (held, true), (Outcome::Skipped, false)),
        (
            false,
            false,
            (Outcome::Skipped, false),
            (Outcome::Skipped, false),
        ),
    ] {
        let facts = Facts {
            holds: if is_held { &[MatterId(7)] } else { &[] },
            clocks: if is_kept { &clocks } else { &[] },
            ..nothing
        };
        assert_eq!(decided(facts), now, "{is_held} {is_kept}");
        let facts = Facts {
            purpose_ended: true,
            ..facts
        };
        assert_eq!(decided(facts), ended, "{is_held} {is_kept}");
    }
}

#[test]
fn everything_that_is_waited_for_is_told_in_order() {
    let request = Request {
        identity: Identity::Missing,
        second_person: SecondPerson::Needed { given: None },
        window_until: Some(at(1)),
        ..by_agent()
    };
    let stay = Guard::AfterCheckout { until: at(1) };
    let facts = Facts {
        guards: &[stay, Guard::DisputeOpen, Guard::RefundOpen],
        backup: Backup::Missing,
        ..asked(&request)
    };
    let order: Vec<Wait> = waits(&facts, at(0)).iter().map(|(wait, _)| *wait).collect();
    let expected = [
        Wait::Guard(Guard::RefundOpen),
        Wait::Guard(Guard::DisputeOpen),
        Wait::Guard(stay),
        Wait::Backup,
        Wait::Identity,
        Wait::Approval,
        Wait::Window { until: at(1) },
    ];
    assert_eq!(order, expected);
    assert!(order.is_sorted());
    assert!(waits(&Facts::default(), at(0)).is_empty());
}
