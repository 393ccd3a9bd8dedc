//! What holds of all facts: no way leads past a hold or a floor.

use proptest::prelude::*;

use super::*;

/// A floor's end in seconds from now, if there is a floor, and if it has begun.
type FloorEnd = Option<Option<i64>>;

/// Facts with their own memory.
#[derive(Clone, Debug)]
struct Owned {
    holds: Vec<MatterId>,
    /// Of each category; beside the floor a ceiling in seconds from now, and whether its rule only asks.
    clocks: Vec<(FloorEnd, Option<(i64, bool)>)>,
    purpose_ended: bool,
    guards: Vec<Guard>,
    backup: Backup,
    request: Option<Request>,
    preference_due: Option<i64>,
}

impl Owned {
    fn decide(&self) -> Decision {
        self.with(|facts| decide(facts, at(0)))
    }

    fn with<T>(&self, look: impl FnOnce(&Facts<'_>) -> T) -> T {
        let clocks: Vec<Clocks<'_>> = self
            .clocks
            .iter()
            .map(|(until, due)| Clocks {
                floor: until.and_then(|until| floor(until).floor),
                due: due.map(|(due, asks)| (at(due), &RULES[usize::from(asks)])),
                unknown_year: None,
            })
            .collect();
        look(&Facts {
            holds: &self.holds,
            clocks: &clocks,
            purpose_ended: self.purpose_ended,
            guards: &self.guards,
            backup: self.backup,
            request: self.request.as_ref(),
            preference_due: self.preference_due.map(at),
        })
    }

    /// Told from the numbers alone, not by the code under test.
    fn must_stay(&self) -> bool {
        let runs = |until: Option<i64>| until.is_none_or(|until| until > 0);
        let mut floors = self.clocks.iter().filter_map(|(floor, _)| *floor);
        floors.any(runs)
    }

    fn guard_holds(&self) -> bool {
        self.guards.iter().any(|guard| match guard {
            Guard::AfterCheckout { until } | Guard::CancellationWindowOpen { until } => {
                *until > at(0)
            }
            Guard::RefundOpen | Guard::DepositNotReturned | Guard::DisputeOpen => true,
        })
    }
}

/// Instants that lie on, beside and far from now.
fn seconds() -> impl Strategy<Value = i64> + Clone {
    prop_oneof![
        Just(-DAY),
        Just(-1),
        Just(0),
        Just(1),
        Just(DAY),
        -400 * DAY..400 * DAY
    ]
}

fn a_guard() -> impl Strategy<Value = Guard> {
    (0..5, seconds()).prop_map(|(kind, until)| match kind {
        0 => Guard::RefundOpen,
        1 => Guard::CancellationWindowOpen { until: at(until) },
        2 => Guard::DepositNotReturned,
        3 => Guard::DisputeOpen,
        _ => Guard::AfterCheckout { until: at(until) },
    })
}

fn a_member_of_staff() -> impl Strategy<Value = Staff> {
    (0..3_u64, prop::sample::select(StaffRole::ALL.to_vec()))
        .prop_map(|(person, role)| staff(person, role))
}

fn an_asker() -> impl Strategy<Value = Asker> {
    prop_oneof![
        3 => Just(Asker::Guest),
        3 => a_member_of_staff().prop_map(Asker::Staff),
        1 => Just(Asker::Rule),
        1 => Just(Asker::Calendar),
        1 => Just(Asker::LabelDestruction),
        1 => Just(Asker::TemporaryAccount),
        1 => Just(Asker::Api),
    ]
}

fn a_second_person() -> impl Strategy<Value = SecondPerson> {
    let given = prop::option::of(a_member_of_staff());
    let announced = prop::option::of(seconds());
    prop_oneof![
        2 => Just(SecondPerson::NotNeeded),
        2 => given.prop_map(|given| SecondPerson::Needed { given }),
        1 => announced.prop_map(|seconds| SecondPerson::CoolingOff { announced_at: seconds.map(at) }),
    ]
}

fn a_request() -> impl Strategy<Value = Request> {
    let identity = prop::sample::select(vec![
        Identity::NotNeeded,
        Identity::NotNeeded,
        Identity::Missing,
        Identity::Proven,
    ]);
    (
        an_asker(),
        prop::bool::weighted(0.1),
        identity,
        a_second_person(),
        prop::option::of((0..3_u64).prop_map(Person)),
        prop::sample::select(vec![1, 1_000, 1_001]),
        prop::option::of(seconds()),
    )
        .prop_map(
            |(asked_by, is_refused, identity, second_person, executor, records, window)| Request {
                asked_by,
                refusal: is_refused.then(|| Refusal { article: article() }),
                identity,
                second_person,
                executor,
                records,
                window_until: window.map(at),
            },
        )
}

fn facts() -> impl Strategy<Value = Owned> {
    let backup = prop::sample::select(vec![
        Backup::NotNeeded,
        Backup::Missing,
        Backup::Made,
        Backup::Waived,
    ]);
    let of_a_category = (
        prop::option::weighted(0.3, prop::option::weighted(0.8, seconds())),
        prop::option::of((seconds(), any::<bool>())),
    );
    (
        prop_oneof![2 => Just(vec![]), 1 => prop::collection::vec((0..9_u64).prop_map(MatterId), 0..4)],
        prop::collection::vec(of_a_category, 0..4),
        any::<bool>(),
        prop_oneof![2 => Just(vec![]), 1 => prop::collection::vec(a_guard(), 0..4)],
        backup,
        prop::option::weighted(0.8, a_request()),
        prop::option::of(seconds()),
    )
        .prop_map(
            |(holds, clocks, purpose_ended, guards, backup, request, preference_due)| Owned {
                holds,
                clocks,
                purpose_ended,
                guards,
                backup,
                request,
                preference_due,
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_erased_that_is_held_or_must_stay_or_waits(facts in facts()) {
        if facts.decide().outcome == Outcome::Erase {
            prop_assert!(facts.holds.is_empty());
            prop_assert!(!facts.must_stay());
            prop_assert!(!facts.guard_holds());
            prop_assert!(facts.backup != Backup::Missing);
            prop_assert!(facts.with(|facts| waits(facts, at(0))).is_empty());
        }
    }

    #[test]
    fn the_same_facts_in_any_order_have_the_same_decision(facts in facts()) {
        let decision = facts.decide();
        prop_assert_eq!(&decision, &facts.decide());
        let mut turned = facts.clone();
        turned.holds.reverse();
        turned.clocks.reverse();
        turned.guards.reverse();
        prop_assert_eq!(decision, turned.decide());
    }

    #[test]
    fn a_hold_more_has_nothing_erased_and_lifts_no_restriction(facts in facts(), matter in 0..9_u64) {
        let before = facts.decide();
        let mut held = facts;
        held.holds.push(MatterId(matter));
        let after = held.decide();
        prop_assert!(after.outcome != Outcome::Erase);
        prop_assert!(after.also_restrict || !before.also_restrict);
        // What would have been erased, kept or delayed is held now, and nothing else is told.
        if before.outcome != Outcome::Skipped {
            let is_held = matches!(after.outcome, Outcome::Held { .. });
            prop_assert!(is_held);
        }
    }

    #[test]
    fn what_is_restricted_is_kept_and_what_is_kept_by_law_is_restricted(facts in facts()) {
        let decision = facts.decide();
        let is_kept = matches!(decision.outcome, Outcome::RestrictedUntil { .. });
        let is_held = matches!(decision.outcome, Outcome::Held { .. });
        prop_assert!(!is_kept || decision.also_restrict);
        prop_assert!(!decision.also_restrict || is_kept || is_held);
        if facts.purpose_ended && (facts.must_stay() || !facts.holds.is_empty()) {
            prop_assert!(decision.also_restrict);
        }
    }

    #[test]
    fn a_decision_is_read_back_as_it_was_written(facts in facts()) {
        let decision = facts.decide();
        let text = serde_json::to_string(&decision).unwrap();
        prop_assert_eq!(serde_json::from_str::<Decision>(&text).unwrap(), decision, "{}", text);
    }

    #[test]
    fn sentences_name_no_matter_and_no_person(facts in facts()) {
        let mut other = facts.clone();
        for matter in &mut other.holds {
            matter.0 += 1_000_000;
        }
        let said = |facts: &Owned| facts.decide().sentence(&jiff::tz::TimeZone::UTC);
        prop_assert_eq!(said(&facts), said(&other));
    }
}
