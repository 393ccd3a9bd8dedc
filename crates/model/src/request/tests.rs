//! Every event in every stage, and lives at random.

use std::collections::BTreeSet;

use jiff::{Timestamp, ToSpan as _};
use proptest::prelude::*;

use super::*;
use crate::people::{Approval, Member};

const DAY: i64 = 24 * 3_600;

fn now() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

fn approval() -> Approval {
    let member = |name: &str, role| Member {
        name: name.parse().unwrap(),
        role,
    };
    let officer = member("officer", StaffRole::PrivacyOfficer);
    let agent = member("agent", StaffRole::Agent);
    Approval::four_eyes(&agent, &officer, 1, now()).unwrap()
}

fn fact() -> Fact {
    Fact::try_from("probes=3 found=0".to_owned()).unwrap()
}

fn ticked(checkpoint: Checkpoint) -> Event {
    Event::Ticked {
        checkpoint,
        by: By::System,
        evidence: fact(),
    }
}

fn refusal(by: By) -> Event {
    Event::Refused {
        reason: RefusalReason::NotEntitled,
        article: Article::try_from("PIPL, article 50".to_owned()).unwrap(),
        by,
    }
}

fn waived(by: By, checkpoint: Checkpoint) -> Event {
    Event::Waived {
        checkpoint,
        by,
        reason: Reason::try_from("the guest has a copy".to_owned()).unwrap(),
    }
}

fn checked(waits: &[Wait]) -> Event {
    Event::Checked {
        waits: waits.iter().copied().collect(),
    }
}

fn live(state: State, events: Vec<Event>, at: Timestamp) -> State {
    events
        .into_iter()
        .fold(state, |state, event| apply(&state, event, at).unwrap())
}

fn rule() -> State {
    State::draft(Terms::erasure(AskedBy::RetentionRule, 7).unwrap())
}

fn why(state: &State, event: Event, at: Timestamp) -> Why {
    apply(state, event, at).unwrap_err().why
}

fn ticks_before() -> Vec<Event> {
    let all = Checkpoint::ALL.iter().copied();
    all.filter(|one| one.is_before()).map(ticked).collect()
}

/// A request in each stage, made by the shortest way there.
fn in_stage(name: StageName) -> State {
    let later = now() + (7 * DAY).seconds();
    let checked_one = || live(rule(), vec![checked(&[])], now());
    let scheduled = || {
        let confirmed = live(checked_one(), vec![Event::Confirmed], now());
        live(confirmed, ticks_before(), now())
    };
    let partial = || live(scheduled(), vec![Event::Begun, Event::Erased], later);
    let officer = StaffRole::PrivacyOfficer;
    let state = match name {
        StageName::Draft => rule(),
        StageName::Checked => checked_one(),
        StageName::Waiting => {
            let waits = checked(&[Wait::Window, Wait::Backup]);
            live(rule(), vec![waits, Event::Confirmed], now())
        }
        StageName::Scheduled => scheduled(),
        StageName::Erasing => live(scheduled(), vec![Event::Begun], later),
        StageName::Partial => partial(),
        StageName::Complete => {
            let events = vec![
                Event::CopiesCounted { unsettled: 0 },
                ticked(Checkpoint::EffectTested),
                Event::Completed,
            ];
            live(partial(), events, later)
        }
        StageName::Cancelled => {
            let by = By::Staff(officer);
            live(checked_one(), vec![Event::Cancelled(by)], now())
        }
        StageName::Refused => live(checked_one(), vec![refusal(By::System)], now()),
        StageName::WithExceptions => {
            let events = vec![
                Event::CopiesCounted { unsettled: 2 },
                Event::ClosedWithExceptions(officer),
            ];
            live(partial(), events, later)
        }
    };
    assert_eq!(state.stage().name(), name);
    state
}

/// One event of each name, by somebody who may.
fn an_event(name: EventName) -> Event {
    let officer = StaffRole::PrivacyOfficer;
    match name {
        EventName::Checked => checked(&[]),
        EventName::Confirmed => Event::Confirmed,
        EventName::Blocked => Event::Blocked(Wait::Hold),
        EventName::Settled => Event::Settled(Wait::Window),
        EventName::Approved => Event::Approved(approval()),
        EventName::Ticked => ticked(Checkpoint::RightGuest),
        EventName::Waived => waived(By::Staff(officer), Checkpoint::RightGuest),
        EventName::AtOnce => Event::AtOnce(officer),
        EventName::Begun => Event::Begun,
        EventName::Erased => Event::Erased,
        EventName::CopiesCounted => Event::CopiesCounted { unsettled: 2 },
        EventName::Completed => Event::Completed,
        EventName::ClosedWithExceptions => Event::ClosedWithExceptions(officer),
        EventName::Cancelled => Event::Cancelled(By::Staff(officer)),
        EventName::Refused => refusal(By::System),
    }
}

#[test]
fn every_event_in_every_stage_leads_where_the_table_says() {
    // Rows: events in their order. Columns: draft, checked, waiting, scheduled (in its grace), erasing, partial; out of the four
    // final stages nothing leads. The letter is the stage it leads to, `-` that it has no place.
    let table = [
        (EventName::Checked, "CC----"),
        (EventName::Confirmed, "-S----"),
        (EventName::Blocked, "-CWW--"),
        (EventName::Settled, "--W---"),
        (EventName::Approved, "------"),
        (EventName::Ticked, "-CWS--"),
        (EventName::Waived, "-CWS--"),
        (EventName::AtOnce, "---S--"),
        (EventName::Begun, "------"),
        (EventName::Erased, "----P-"),
        (EventName::CopiesCounted, "-----P"),
        (EventName::Completed, "------"),
        (EventName::ClosedWithExceptions, "------"),
        (EventName::Cancelled, "XXXX--"),
        (EventName::Refused, "RRRR--"),
    ];
    assert_eq!(table.map(|(name, _)| name), *EventName::ALL);
    for (name, row) in table {
        for (stage, cell) in StageName::ALL.iter().zip(row.chars().chain("----".chars())) {
            let state = in_stage(*stage);
            let after = apply(&state, an_event(name), now());
            let expected = match cell {
                'C' => Some(StageName::Checked),
                'W' => Some(StageName::Waiting),
                'S' => Some(StageName::Scheduled),
                'P' => Some(StageName::Partial),
                'X' => Some(StageName::Cancelled),
                'R' => Some(StageName::Refused),
                _ => None,
            };
            let found = after.as_ref().ok().map(|state| state.stage().name());
            assert_eq!(found, expected, "{name} in {stage}");
            let Err(refused) = after else { continue };
            assert_eq!((refused.stage, refused.event), (*stage, name));
            assert_eq!(
                refused.why == Why::Final,
                stage.is_final(),
                "{name} {stage}"
            );
            assert!(refused.to_string().is_ascii() && !refused.zh().is_empty());
        }
    }
}

#[test]
fn an_erasure_begins_after_its_grace_and_not_a_moment_before() {
    let state = in_stage(StageName::Scheduled);
    let until = now() + (7 * DAY).seconds();
    let before = until - 1.nanoseconds();
    assert_eq!(why(&state, Event::Begun, before), Why::GraceRuns);
    assert!(apply(&state, Event::Begun, until).is_ok());
    let cancel = || Event::Cancelled(By::Staff(StaffRole::PrivacyOfficer));
    assert!(apply(&state, cancel(), before).is_ok());
    assert_eq!(why(&state, cancel(), until), Why::GraceIsOver);
}

#[test]
fn a_grace_has_thirty_days_at_most_and_closing_an_account_has_none() {
    assert!(Terms::erasure(AskedBy::Guest, GRACE_DAYS_MAX).is_ok());
    assert_eq!(
        Terms::erasure(AskedBy::Guest, GRACE_DAYS_MAX + 1),
        Err(BadTerms::Grace)
    );
    let closure = State::draft(Terms::account_closure(AskedBy::Guest));
    let events = vec![
        checked(&[]),
        Event::Confirmed,
        Event::Settled(Wait::Identity),
    ];
    let closure = live(closure, events, now());
    assert_eq!(*closure.stage(), Stage::Scheduled { until: now() });
    let stored = r#"{"asked-by":"guest","closes-account":true,"grace-days":1}"#;
    assert!(serde_json::from_str::<Terms>(stored).is_err());
    let stored = r#"{"asked-by":"guest","closes-account":false,"grace-days":31}"#;
    assert!(serde_json::from_str::<Terms>(stored).is_err());
}

#[test]
fn a_guest_proves_who_they_are_and_an_agent_is_approved_whatever_the_check_found() {
    let guest = State::draft(Terms::erasure(AskedBy::Guest, 0).unwrap());
    let guest = live(guest, vec![checked(&[]), Event::Confirmed], now());
    let waits = BTreeSet::from([Wait::Identity]);
    assert_eq!(*guest.stage(), Stage::Waiting { waits });

    let agent = State::draft(Terms::erasure(AskedBy::Agent, 0).unwrap());
    let agent = live(agent, vec![checked(&[]), Event::Confirmed], now());
    let waits = BTreeSet::from([Wait::Approval]);
    assert_eq!(*agent.stage(), Stage::Waiting { waits });
    assert_eq!(
        why(&agent, Event::Settled(Wait::Approval), now()),
        Why::ApprovalIsNoSettlement
    );
    assert_eq!(
        why(&agent, Event::Settled(Wait::Backup), now()),
        Why::NotWaitedFor(Wait::Backup)
    );
    let agent = live(agent, vec![Event::Approved(approval())], now());
    assert_eq!(agent.stage().name(), StageName::Scheduled);
    assert_eq!(agent.approved(), Some(Second::Person));
}

#[test]
fn a_hold_stops_what_has_not_begun_and_its_release_brings_no_second_grace() {
    let state = in_stage(StageName::Scheduled);
    let held = apply(&state, Event::Blocked(Wait::Hold), now()).unwrap();
    let much_later = now() + (60 * DAY).seconds();
    assert_eq!(why(&held, Event::Begun, much_later), Why::NotHere);
    let released = apply(&held, Event::Settled(Wait::Hold), much_later).unwrap();
    assert!(apply(&released, Event::Begun, much_later).is_ok());
    // Released within the grace, the rest of it still runs.
    let released = apply(&held, Event::Settled(Wait::Hold), now()).unwrap();
    assert_eq!(why(&released, Event::Begun, now()), Why::GraceRuns);
}

#[test]
fn what_was_checked_of_another_scope_is_open_again() {
    let state = live(in_stage(StageName::Checked), ticks_before(), now());
    assert_eq!(state.checkpoints().open().count(), 1);
    let again = apply(&state, checked(&[]), now()).unwrap();
    assert_eq!(again.checkpoints().open().count(), 7);
}

#[test]
fn nothing_is_erased_with_an_open_checkpoint_and_nothing_complete_with_one() {
    for left_out in Checkpoint::ALL.iter().filter(|one| one.is_before()) {
        let mut state = in_stage(StageName::Checked);
        let others = Checkpoint::ALL.iter().filter(|one| *one != left_out);
        for one in others.filter(|one| one.is_before()) {
            state = apply(&state, ticked(*one), now()).unwrap();
        }
        let later = now() + (7 * DAY).seconds();
        let state = apply(&state, Event::Confirmed, now()).unwrap();
        assert_eq!(why(&state, Event::Begun, later), Why::Open(*left_out));
        let officer = By::Staff(StaffRole::PrivacyOfficer);
        let state = apply(&state, waived(officer, *left_out), now()).unwrap();
        assert!(apply(&state, Event::Begun, later).is_ok());
    }
    let state = in_stage(StageName::Partial);
    assert_eq!(why(&state, Event::Completed, now()), Why::NotCounted);
    let state = apply(&state, Event::CopiesCounted { unsettled: 1 }, now()).unwrap();
    assert_eq!(why(&state, Event::Completed, now()), Why::Unsettled(1));
    let state = apply(&state, Event::CopiesCounted { unsettled: 0 }, now()).unwrap();
    let effect = Checkpoint::EffectTested;
    assert_eq!(why(&state, Event::Completed, now()), Why::Open(effect));
    assert_eq!(
        why(&state, ticked(Checkpoint::BackupMade), now()),
        Why::NotNow(Checkpoint::BackupMade)
    );
    let early = in_stage(StageName::Scheduled);
    assert_eq!(why(&early, ticked(effect), now()), Why::NotNow(effect));
    let state = live(state, vec![ticked(effect), Event::Completed], now());
    assert_eq!(*state.stage(), Stage::Complete);
}

#[test]
fn only_a_privacy_officer_closes_with_exceptions_and_each_is_counted() {
    let counted = |unsettled| {
        let state = in_stage(StageName::Partial);
        apply(&state, Event::CopiesCounted { unsettled }, now()).unwrap()
    };
    for role in StaffRole::ALL {
        let after = apply(&counted(2), Event::ClosedWithExceptions(*role), now());
        assert_eq!(after.is_ok(), *role == StaffRole::PrivacyOfficer, "{role}");
    }
    let close = || Event::ClosedWithExceptions(StaffRole::PrivacyOfficer);
    let closed = apply(&counted(2), close(), now()).unwrap();
    let expected = Stage::WithExceptions {
        exceptions: 2,
        open: BTreeSet::from([Checkpoint::EffectTested]),
    };
    assert_eq!(*closed.stage(), expected);
    let settled = live(counted(0), vec![ticked(Checkpoint::EffectTested)], now());
    assert_eq!(why(&settled, close(), now()), Why::NothingLeft);
    assert_eq!(
        why(&in_stage(StageName::Partial), close(), now()),
        Why::NotCounted
    );
}

#[test]
fn roles_that_may_not_change_nothing() {
    let scheduled = in_stage(StageName::Scheduled);
    for role in StaffRole::ALL {
        let is_officer = *role == StaffRole::PrivacyOfficer;
        let at_once = apply(&scheduled, Event::AtOnce(*role), now());
        assert_eq!(at_once.is_ok(), is_officer, "{role}");
        let refused = apply(&scheduled, refusal(By::Staff(*role)), now());
        assert_eq!(refused.is_ok(), is_officer, "{role}");
        let waive = waived(By::Staff(*role), Checkpoint::RightGuest);
        assert_eq!(apply(&scheduled, waive, now()).is_ok(), is_officer);
    }
    assert_eq!(why(&scheduled, refusal(By::Guest), now()), Why::NotAllowed);
    for (by, checkpoint, is_allowed) in [
        (By::Guest, Checkpoint::BackupMade, true),
        (By::Guest, Checkpoint::RightGuest, false),
        (By::System, Checkpoint::BackupMade, false),
    ] {
        let after = apply(&scheduled, waived(by, checkpoint), now());
        assert_eq!(after.is_ok(), is_allowed);
    }
    let at_once = Event::AtOnce(StaffRole::PrivacyOfficer);
    let at_once = apply(&scheduled, at_once, now()).unwrap();
    assert!(apply(&at_once, Event::Begun, now()).is_ok());
}

#[test]
fn a_guests_request_is_called_back_by_the_guest_alone() {
    let guest = State::draft(Terms::erasure(AskedBy::Guest, 7).unwrap());
    let waiting = live(guest.clone(), vec![checked(&[]), Event::Confirmed], now());
    for role in StaffRole::ALL {
        let by = By::Staff(*role);
        assert_eq!(why(&waiting, Event::Cancelled(by), now()), Why::NotAllowed);
        assert!(apply(&guest, Event::Cancelled(by), now()).is_ok());
    }
    assert!(apply(&waiting, Event::Cancelled(By::Guest), now()).is_ok());
    let house = in_stage(StageName::Scheduled);
    assert_eq!(
        why(&house, Event::Cancelled(By::Guest), now()),
        Why::NotAllowed
    );
}

#[test]
fn a_request_is_stored_and_read_back_whole() {
    for stage in StageName::ALL {
        let state = in_stage(*stage);
        let json = serde_json::to_string(&state).unwrap();
        assert!(json.contains(&format!("\"stage\":\"{stage}\"")), "{json}");
        assert_eq!(serde_json::from_str::<State>(&json).unwrap(), state);
    }
}

#[test]
fn evidence_reasons_and_articles_have_limits() {
    let fact = |text: &str| Fact::try_from(text.to_owned());
    assert!(fact(&"a".repeat(FACT_BYTES_MAX)).is_ok());
    assert_eq!(fact(&"a".repeat(FACT_BYTES_MAX + 1)), Err(BadFact::Length));
    assert_eq!(fact(""), Err(BadFact::Length));
    for bad in ["李安", "a  b", " a", "a@b.test", "a\nb"] {
        assert_eq!(fact(bad), Err(BadFact::Character), "{bad}");
    }
    let reason = |text: String| Reason::try_from(text);
    assert!(reason("因".repeat(REASON_BYTES_MAX / 3)).is_ok());
    assert!(reason("a".repeat(REASON_BYTES_MAX)).is_ok());
    assert_eq!(
        reason("a".repeat(REASON_BYTES_MAX + 1)),
        Err(BadFact::Length)
    );
    assert_eq!(reason(" ".to_owned()), Err(BadFact::Length));
    assert_eq!(reason("a\u{7}".to_owned()), Err(BadFact::Character));
    let article = |text: String| Article::try_from(text);
    assert!(article("a".repeat(ARTICLE_BYTES_MAX)).is_ok());
    assert_eq!(article("a".repeat(ARTICLE_BYTES_MAX + 1)), Err(BadArticle));
    assert_eq!(article(String::new()), Err(BadArticle));
}

fn any_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(all)
}

fn any_by() -> impl Strategy<Value = By> {
    prop_oneof![
        Just(By::Guest),
        Just(By::System),
        any_of(StaffRole::ALL).prop_map(By::Staff),
    ]
}

fn any_event() -> impl Strategy<Value = Event> {
    let waits = prop::collection::btree_set(any_of(Wait::ALL), 0..3);
    prop_oneof![
        2 => waits.prop_map(|waits| Event::Checked { waits }),
        4 => Just(Event::Confirmed),
        1 => any_of(Wait::ALL).prop_map(Event::Blocked),
        8 => any_of(Wait::ALL).prop_map(Event::Settled),
        3 => Just(()).prop_map(|()| Event::Approved(approval())),
        20 => any_of(Checkpoint::ALL).prop_map(ticked),
        3 => (any_by(), any_of(Checkpoint::ALL)).prop_map(|(by, one)| waived(by, one)),
        1 => any_of(StaffRole::ALL).prop_map(Event::AtOnce),
        8 => Just(Event::Begun),
        4 => Just(Event::Erased),
        4 => (0..2_u64).prop_map(|unsettled| Event::CopiesCounted { unsettled }),
        4 => Just(Event::Completed),
        1 => any_of(StaffRole::ALL).prop_map(Event::ClosedWithExceptions),
        1 => any_by().prop_map(Event::Cancelled),
        1 => any_by().prop_map(refusal),
    ]
}

fn any_terms() -> impl Strategy<Value = Terms> {
    let asked = any_of(AskedBy::ALL);
    prop_oneof![
        4 => (asked, 0..=GRACE_DAYS_MAX).prop_map(|(by, days)| Terms::erasure(by, days).unwrap()),
        1 => any_of(AskedBy::ALL).prop_map(Terms::account_closure),
    ]
}

/// What an observer who only sees stages and events has to have seen.
#[derive(Default)]
struct Seen {
    confirmed: bool,
    identified: bool,
    approved: bool,
    unsettled: Option<u64>,
    done: BTreeSet<Checkpoint>,
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_life_leaves_an_end_or_skips_a_check(
        terms in any_terms(),
        events in prop::collection::vec((any_event(), 0..3 * DAY), 1..160),
    ) {
        let mut state = State::draft(terms);
        let mut at = now();
        let mut seen = Seen::default();
        for (event, seconds) in events {
            at += seconds.seconds();
            let before = state.clone();
            let Ok(after) = apply(&state, event.clone(), at) else { continue };
            let (from, to) = (before.stage().name(), after.stage().name());
            prop_assert!(!from.is_final(), "left {from} by {}", event.name());
            match &event {
                Event::Checked { .. } => seen = Seen::default(),
                Event::Confirmed => seen.confirmed = true,
                Event::Settled(Wait::Identity) => seen.identified = true,
                Event::Approved(_) => seen.approved = true,
                Event::CopiesCounted { unsettled } => seen.unsettled = Some(*unsettled),
                Event::Ticked { checkpoint, .. } | Event::Waived { checkpoint, .. } => {
                    seen.done.insert(*checkpoint);
                }
                _ => {}
            }
            if to == StageName::Erasing && from != to {
                let is_over = matches!(before.stage(), Stage::Scheduled { until } if *until <= at);
                prop_assert!(is_over, "began in {from}");
                prop_assert!(seen.confirmed && seen.done.len() >= 6);
                prop_assert!(seen.identified || !terms.asked_by().needs_identity());
                prop_assert!(seen.approved || !terms.asked_by().needs_approval());
            }
            if to == StageName::Partial {
                prop_assert!(matches!(from, StageName::Erasing | StageName::Partial));
            }
            if to == StageName::Complete {
                prop_assert_eq!(from, StageName::Partial);
                prop_assert_eq!(seen.unsettled, Some(0));
                prop_assert_eq!(seen.done.len(), Checkpoint::ALL.len());
            }
            if let Stage::Waiting { waits } = after.stage() {
                prop_assert!(!waits.is_empty());
            }
            state = after;
        }
    }
}
