//! Each reason is reached, has a stable name, and is said in both languages.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::*;

fn shanghai() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
}

/// One decision for each reason.
fn decisions() -> BTreeMap<ReasonCode, Decision> {
    let guest = Request::by(Asker::Guest);
    let mut all = Vec::new();
    let mut add = |facts: Facts<'_>| all.push(decide(&facts, at(0)));
    add(Facts::default());
    for guard in [
        Guard::RefundOpen,
        Guard::CancellationWindowOpen { until: at(DAY) },
        Guard::DepositNotReturned,
        Guard::DisputeOpen,
        Guard::AfterCheckout { until: at(DAY) },
    ] {
        let guards = &[guard];
        add(Facts {
            guards,
            ..asked(&guest)
        });
    }
    for clocks in [
        floor(None),
        floor(Some(DAY)),
        ceiling(0, Expiry::Erase),
        ceiling(0, Expiry::Review),
    ] {
        let request = clocks.floor.is_some().then_some(&guest);
        add(Facts {
            clocks: &[clocks],
            request,
            ..Facts::default()
        });
    }
    add(Facts {
        holds: &[MatterId(7)],
        ..asked(&guest)
    });
    add(Facts {
        backup: Backup::Missing,
        ..asked(&guest)
    });
    add(Facts {
        preference_due: Some(at(0)),
        ..Facts::default()
    });
    all.extend(by_request(&guest));
    all.into_iter()
        .map(|decision| (decision.reason, decision))
        .collect()
}

/// Those that hang on nothing but a request.
fn by_request(guest: &Request) -> Vec<Decision> {
    let mut all = Vec::new();
    for asker in [
        Asker::Guest,
        Asker::Calendar,
        Asker::LabelDestruction,
        Asker::TemporaryAccount,
        Asker::Api,
        Asker::Staff(staff(1, StaffRole::Agent)),
        Asker::Staff(staff(1, StaffRole::Auditor)),
    ] {
        all.push(on(&Request::by(asker)));
    }
    let announced = |announced_at| Request {
        second_person: SecondPerson::CoolingOff { announced_at },
        ..by_agent()
    };
    for request in [
        refused(guest.clone()),
        announced(None),
        announced(Some(at(0))),
        Request {
            identity: Identity::Missing,
            ..guest.clone()
        },
        Request {
            window_until: Some(at(DAY)),
            ..guest.clone()
        },
        Request {
            second_person: SecondPerson::Needed { given: None },
            ..by_agent()
        },
        Request {
            records: BATCH_RECORDS_MAX + 1,
            ..by_agent()
        },
    ] {
        all.push(on(&request));
    }
    all
}

#[test]
fn every_reason_is_reached_and_said_in_both_languages() {
    let decisions = decisions();
    let reached: Vec<ReasonCode> = decisions.keys().copied().collect();
    assert_eq!(reached, ReasonCode::ALL);
    let mut seen = BTreeMap::new();
    for (reason, decision) in decisions {
        let said = decision.sentence(&shanghai());
        let is_han = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
        assert!(
            said.zh.chars().any(is_han) && said.zh.ends_with('。'),
            "{reason}"
        );
        let is_latin = !said.en.chars().any(is_han);
        assert!(is_latin && said.en.ends_with('.'), "{reason}: {}", said.en);
        let is_spaced = !said.en.contains("  ") && !said.zh.contains(' ');
        assert!(is_spaced, "{reason}: {} {}", said.zh, said.en);
        let before = seen.insert((said.zh, said.en), reason);
        assert_eq!(before, None, "{reason} is said like another");
    }
}

#[test]
fn names_are_stable_in_json() {
    for reason in ReasonCode::ALL {
        let name = reason.as_str();
        let is_kebab = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
        assert!(name.bytes().all(is_kebab), "{name}");
        assert_eq!(serde_json::to_string(reason).unwrap(), format!("{name:?}"));
    }
    let decision = Decision::new(
        Outcome::Waiting {
            wait: Wait::Guard(Guard::AfterCheckout { until: at(0) }),
        },
        ReasonCode::AfterCheckout,
    );
    let json = serde_json::to_string(&decision).unwrap();
    assert_eq!(
        json,
        r#"{"outcome":"waiting","wait":"guard","guard":"after-checkout","until":"2027-01-15T08:00:00Z","reason":"after-checkout","also_restrict":false}"#
    );
}

fn said(outcome: Outcome, reason: ReasonCode) -> Said {
    Decision::new(outcome, reason).sentence(&shanghai())
}

#[test]
fn ends_of_days_are_said_as_days_and_others_to_the_minute() {
    let kept = |text: &str| {
        let until = Some(text.parse().unwrap());
        said(
            Outcome::RestrictedUntil { until },
            ReasonCode::StatutoryFloor,
        )
    };
    let midnight = kept("2027-05-02T16:00:00Z");
    assert!(
        midnight.zh.contains("保存到2027年5月2日结束。"),
        "{}",
        midnight.zh
    );
    assert!(
        midnight.en.contains("until the end of 2 May 2027."),
        "{}",
        midnight.en
    );
    let window = |text: &str| {
        let until = text.parse().unwrap();
        let wait = Wait::Window { until };
        said(Outcome::Waiting { wait }, ReasonCode::GraceWindow)
    };
    let to_the_minute = window("2027-05-02T06:30:00Z");
    assert!(
        to_the_minute.zh.contains("在2027年5月2日14:30之前"),
        "{}",
        to_the_minute.zh
    );
    assert!(
        to_the_minute.en.contains("until 14:30 on 2 May 2027"),
        "{}",
        to_the_minute.en
    );
    assert_eq!(window("2027-05-02T06:29:00.5Z"), to_the_minute);
    assert_eq!(window("2027-05-02T06:29:01Z"), to_the_minute);
}

#[test]
fn a_floor_a_ceiling_and_a_refusal_quote_their_article_and_a_guard_its_loss() {
    let decisions = decisions();
    for (reason, decision) in &decisions {
        let expected = match reason {
            ReasonCode::StatutoryFloor
            | ReasonCode::FloorNotBegun
            | ReasonCode::CeilingReached
            | ReasonCode::ReviewDue => Some(RULES[0].article.clone()),
            ReasonCode::Refused => Some(article()),
            _ => None,
        };
        assert_eq!(decision.article, expected, "{reason}");
        if let Some(article) = expected {
            let said = decision.sentence(&shanghai());
            assert!(said.zh.contains(&article.zh) && said.en.contains(&article.en));
        }
    }
    let refund = decisions[&ReasonCode::RefundOpen].sentence(&shanghai());
    assert!(refund.zh.contains("退款需要重新申请"));
    assert!(
        refund
            .en
            .contains("the refund would have to be applied for again")
    );
}

#[test]
fn a_hold_says_that_it_restricts_only_where_it_does() {
    let held = Decision::new(
        Outcome::Held {
            matter: MatterId(7),
        },
        ReasonCode::LegalHold,
    );
    let quiet = held.sentence(&shanghai());
    assert!(quiet.zh.contains("诉讼保留") && !quiet.zh.contains("限制处理"));
    assert!(!quiet.en.contains("restricted"));
    let loud = held.restricting(true).sentence(&shanghai());
    assert!(loud.zh.contains("限制处理") && loud.en.contains("restricted"));
}
