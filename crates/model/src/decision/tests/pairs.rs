//! Two reasons at once, each pair with the outcome that the design gives it, written out by hand.

use super::*;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Reason {
    Hold,
    Floor,
    Refund,
    Cancel,
    Deposit,
    Dispute,
    Stay,
    Backup,
    Identity,
    Approval,
    Window,
    Refusal,
    Request,
    Ceiling,
    Preference,
}

/// Columns of the tables, in this order; a row begins behind its own reason.
const ORDER: [Reason; 15] = [
    Reason::Hold,
    Reason::Floor,
    Reason::Refund,
    Reason::Cancel,
    Reason::Deposit,
    Reason::Dispute,
    Reason::Stay,
    Reason::Backup,
    Reason::Identity,
    Reason::Approval,
    Reason::Window,
    Reason::Refusal,
    Reason::Request,
    Reason::Ceiling,
    Reason::Preference,
];

/// The pair and nothing else. Identity, approval, window and refusal are those of a request; approval of an agent's, the others of
/// a guest's. `held+`: and restricted; `-`: skipped; `asked`, `ceiling` and `mode`: erased, for that reason.
const ALONE: [&str; 14] = [
    //          floor refund cancel deposit dispute stay   backup identity approval window  refusal request ceiling preference
    /* hold */
    "-     -      -      -       -       -      -      held     held     held    held    held    held    held",
    /* floor */
    "-     -      -      -       -      -      kept     kept     kept     kept    kept    kept    kept",
    /* refund */
    "-    -      -       -       -     refund refund refund   refused refund  refund refund",
    /* cancel */
    "-    -      -       -      cancel cancel cancel refused cancel cancel cancel",
    /* deposit */
    "-   -      -      deposit deposit deposit refused deposit deposit deposit",
    /* dispute */ "-   -      dispute dispute dispute refused dispute dispute dispute",
    /* stay */ "-      stay   stay   stay    refused stay   stay   stay",
    /* backup */ "backup backup backup refused backup backup backup",
    /* identity */ "identity identity refused identity identity identity",
    /* approval */ "approval refused approval approval approval",
    /* window */ "refused window window window",
    /* refusal */ "refused refused refused",
    /* request */ "asked asked",
    /* ceiling */ "ceiling",
];

/// The same, and a guest asks besides.
const ASKED: [&str; 14] = [
    //          floor refund cancel deposit dispute stay   backup identity approval window  refusal request ceiling preference
    /* hold */
    "held+ held   held   held    held    held   held   held     held     held    held    held    held    held",
    /* floor */
    "kept kept   kept   kept    kept    kept   kept   kept     kept     kept    kept    kept    kept",
    /* refund */
    "refund refund refund refund refund refund refund refund refused refund refund refund",
    /* cancel */
    "cancel cancel cancel cancel cancel cancel cancel refused cancel cancel cancel",
    /* deposit */
    "deposit deposit deposit deposit deposit deposit refused deposit deposit deposit",
    /* dispute */ "dispute dispute dispute dispute dispute refused dispute dispute dispute",
    /* stay */ "stay   stay   stay   stay    refused stay   stay   stay",
    /* backup */ "backup backup backup refused backup backup backup",
    /* identity */ "identity identity refused identity identity identity",
    /* approval */ "approval refused approval approval approval",
    /* window */ "refused window window window",
    /* refusal */ "refused refused refused",
    /* request */ "asked asked",
    /* ceiling */ "asked",
];

fn decided(reasons: &[Reason]) -> Decision {
    let has = |reason| reasons.contains(&reason);
    let mut clocks = Vec::new();
    if has(Reason::Floor) {
        clocks.push(floor(Some(DAY)));
    }
    if has(Reason::Ceiling) {
        clocks.push(ceiling(-1, Expiry::Erase));
    }
    let guards: Vec<Guard> = [
        (Reason::Stay, Guard::AfterCheckout { until: at(DAY) }),
        (Reason::Dispute, Guard::DisputeOpen),
        (Reason::Deposit, Guard::DepositNotReturned),
        (
            Reason::Cancel,
            Guard::CancellationWindowOpen { until: at(DAY) },
        ),
        (Reason::Refund, Guard::RefundOpen),
    ]
    .into_iter()
    .filter_map(|(reason, guard)| has(reason).then_some(guard))
    .collect();
    let is_request = [
        Reason::Request,
        Reason::Identity,
        Reason::Approval,
        Reason::Window,
        Reason::Refusal,
    ];
    let mut request = Request::by(Asker::Guest);
    if has(Reason::Approval) {
        request = by_agent();
        request.second_person = SecondPerson::Needed { given: None };
    }
    if has(Reason::Identity) {
        request.identity = Identity::Missing;
    }
    if has(Reason::Window) {
        request.window_until = Some(at(DAY));
    }
    if has(Reason::Refusal) {
        request = refused(request);
    }
    let facts = Facts {
        holds: if has(Reason::Hold) {
            &[MatterId(7)]
        } else {
            &[]
        },
        clocks: &clocks,
        purpose_ended: false,
        guards: &guards,
        backup: if has(Reason::Backup) {
            Backup::Missing
        } else {
            Backup::NotNeeded
        },
        request: is_request.into_iter().any(has).then_some(&request),
        preference_due: has(Reason::Preference).then(|| at(-1)),
    };
    decide(&facts, at(0))
}

fn expected(word: &str) -> (Outcome, ReasonCode, bool) {
    let guard = |guard| Outcome::Waiting {
        wait: Wait::Guard(guard),
    };
    let waiting = |wait| Outcome::Waiting { wait };
    let (until, matter) = (at(DAY), MatterId(7));
    let kept = Outcome::RestrictedUntil { until: Some(until) };
    let (outcome, reason) = match word {
        "-" => (Outcome::Skipped, ReasonCode::NothingAsks),
        "held" | "held+" => (Outcome::Held { matter }, ReasonCode::LegalHold),
        "kept" => (kept, ReasonCode::StatutoryFloor),
        "refund" => (guard(Guard::RefundOpen), ReasonCode::RefundOpen),
        "cancel" => (
            guard(Guard::CancellationWindowOpen { until }),
            ReasonCode::CancellationWindowOpen,
        ),
        "deposit" => (
            guard(Guard::DepositNotReturned),
            ReasonCode::DepositNotReturned,
        ),
        "dispute" => (guard(Guard::DisputeOpen), ReasonCode::DisputeOpen),
        "stay" => (
            guard(Guard::AfterCheckout { until }),
            ReasonCode::AfterCheckout,
        ),
        "backup" => (waiting(Wait::Backup), ReasonCode::BackupNeeded),
        "identity" => (waiting(Wait::Identity), ReasonCode::IdentityNeeded),
        "approval" => (waiting(Wait::Approval), ReasonCode::ApprovalNeeded),
        "window" => (waiting(Wait::Window { until }), ReasonCode::GraceWindow),
        "refused" => (Outcome::Refused, ReasonCode::Refused),
        "asked" => (Outcome::Erase, ReasonCode::AskedByGuest),
        "ceiling" => (Outcome::Erase, ReasonCode::CeilingReached),
        "mode" => (Outcome::Erase, ReasonCode::PrivacyMode),
        _ => panic!("no such word: {word}"),
    };
    (outcome, reason, matches!(word, "held+" | "kept"))
}

fn check(table: &[&str; 14], also: Option<Reason>) {
    for (row, words) in table.iter().enumerate() {
        let words: Vec<&str> = words.split_whitespace().collect();
        let columns = &ORDER[row + 1..];
        assert_eq!(words.len(), columns.len(), "{:?}", ORDER[row]);
        for (column, word) in columns.iter().zip(words) {
            let reasons: Vec<Reason> = [ORDER[row], *column].into_iter().chain(also).collect();
            let decision = decided(&reasons);
            assert_eq!(
                (decision.outcome, decision.reason, decision.also_restrict),
                expected(word),
                "{reasons:?}"
            );
        }
    }
}

#[test]
fn every_pair_of_reasons_has_its_outcome() {
    check(&ALONE, None);
}

#[test]
fn every_pair_of_reasons_has_its_outcome_where_a_guest_asks() {
    check(&ASKED, Some(Reason::Request));
}

#[test]
fn each_reason_has_its_outcome_where_a_guest_asks_and_where_nobody_does() {
    let single = [
        ("held", "-"),
        ("kept", "-"),
        ("refund", "-"),
        ("cancel", "-"),
        ("deposit", "-"),
        ("dispute", "-"),
        ("stay", "-"),
        ("backup", "-"),
        ("identity", "identity"),
        ("approval", "approval"),
        ("window", "window"),
        ("refused", "refused"),
        ("asked", "asked"),
        ("asked", "ceiling"),
        ("asked", "mode"),
    ];
    for (reason, (asked, alone)) in ORDER.into_iter().zip(single) {
        let shown =
            |decision: Decision| (decision.outcome, decision.reason, decision.also_restrict);
        let both = decided(&[reason, Reason::Request]);
        assert_eq!(shown(both), expected(asked), "{reason:?} and a request");
        assert_eq!(shown(decided(&[reason])), expected(alone), "{reason:?}");
    }
}
