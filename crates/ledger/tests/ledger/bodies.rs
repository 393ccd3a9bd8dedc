//! Bodies: what can be said, in one spelling, and what cannot.

use crate::fixture::{self, bytes, completed_at, copies, copy, custodian, probe, probes};
use wuhen_ledger::Body;
use wuhen_ledger::body::{
    BODY_BYTES_MAX, BodyError, CopyState, CustodianAnswer, CustodianRow, Date, Limit, Outcome,
    ProbeResult, State,
};

#[test]
fn every_kind_comes_back_as_it_was_written() {
    for body in fixture::all_kinds() {
        let bytes = bytes(&body);
        let start = format!(r#"{{"kind":"{}","version":"wuhen-body/1","#, body.kind());
        assert!(bytes.starts_with(start.as_bytes()));
        assert_eq!(Body::from_bytes(&bytes), Ok(body));
    }
}

#[test]
fn other_spellings_unknown_fields_kinds_and_versions_are_refused() {
    let text = String::from_utf8(bytes(&Body::Refused(fixture::refused()))).unwrap();
    let changed = |from: &str, to: &str| {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        Body::from_bytes(changed.as_bytes())
    };
    assert_eq!(
        changed(r#""intent":3"#, r#""intent": 3"#),
        Err(BodyError::NotCanonical)
    );
    assert_eq!(
        changed("repository", r"\u0072epository"),
        Err(BodyError::NotCanonical)
    );
    assert_eq!(
        changed(
            r#""kind":"refused","version":"wuhen-body/1""#,
            r#""version":"wuhen-body/1","kind":"refused""#
        ),
        Err(BodyError::NotCanonical)
    );
    for (from, to) in [
        (r#""intent":3"#, r#""intent":3,"note":"x""#),
        (r#""intent":3"#, r#""intent":3,"intent":3"#),
        (r#""intent":3"#, r#""intent":3.0"#),
        (r#""intent":3"#, r#""intent":-3"#),
        (r#""intent":3,"#, ""),
        ("wuhen-body/1", "wuhen-body/2"),
        (r#""refused""#, r#""exported""#),
        ("08:05:00Z", "08:05:00+00:00"),
    ] {
        assert_eq!(changed(from, to), Err(BodyError::Malformed), "{to}");
    }
}

#[test]
fn nobody_can_be_said_to_have_released_a_hold_alone() {
    let text = String::from_utf8(bytes(&Body::HoldReleased(fixture::hold_released()))).unwrap();
    let second = r#"{"second-person":"privacy-officer"}"#;
    assert!(text.contains(second));
    let cooled = text.replace(second, r#""cooling-off""#);
    assert!(Body::from_bytes(cooled.as_bytes()).is_ok());
    let alone = text.replace(second, r#""not-needed""#);
    assert_eq!(
        Body::from_bytes(alone.as_bytes()),
        Err(BodyError::Malformed)
    );
}

#[test]
fn errors_do_not_repeat_what_a_person_wrote() {
    let text = String::from_utf8(bytes(&Body::Refused(fixture::refused()))).unwrap();
    let text = text.replace(r#""intent":3"#, r#""intent":"Li Wei, room 1208""#);
    let error = Body::from_bytes(text.as_bytes()).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("Li Wei"));
}

#[test]
fn a_body_is_read_and_written_up_to_its_limit_and_no_further() {
    let mut body = fixture::refused();
    let length = bytes(&Body::Refused(body.clone())).len();
    body.reason.push_str(&"x".repeat(BODY_BYTES_MAX - length));
    let at_limit = Body::Refused(body.clone()).to_bytes().unwrap();
    assert_eq!(at_limit.len(), BODY_BYTES_MAX);
    assert_eq!(Body::from_bytes(&at_limit), Ok(Body::Refused(body.clone())));
    body.reason.push('x');
    assert_eq!(
        Body::Refused(body).to_bytes(),
        Err(BodyError::TooLarge(BODY_BYTES_MAX + 1))
    );
    let over = [at_limit, b"x".to_vec()].concat();
    assert_eq!(
        Body::from_bytes(&over),
        Err(BodyError::TooLarge(BODY_BYTES_MAX + 1))
    );
}

#[test]
fn complete_is_said_only_when_all_is_gone() {
    let state = |change: &dyn Fn(&mut Vec<CustodianRow>, &mut Vec<_>, &mut Vec<_>)| {
        let (mut custodians, mut copies, mut probes) = (vec![custodian()], copies(), probes());
        change(&mut custodians, &mut copies, &mut probes);
        Outcome::new(custodians, copies, probes, completed_at()).state()
    };
    let date = |text| CopyState::ExpiresOn(Date::parse(text).unwrap());
    assert_eq!(state(&|_, _, _| ()), State::Complete);
    assert_eq!(
        state(&|custodians, _, _| custodians.clear()),
        State::Partial
    );
    assert_eq!(state(&|_, copies, _| copies.clear()), State::Partial);
    assert_eq!(state(&|_, _, probes| probes.clear()), State::Partial);
    for answer in [CustodianAnswer::Failed, CustodianAnswer::Unreachable] {
        let undestroyed = CustodianRow {
            answer,
            ..custodian()
        };
        assert_eq!(
            state(&|custodians, _, _| custodians.push(undestroyed.clone())),
            State::Partial
        );
    }
    // A key service that keeps the root for thirty days more has not destroyed it yet.
    for effective_not_before in [None, Some(fixture::time("2026-11-06T08:00:02Z"))] {
        let pending = CustodianRow {
            effective_not_before,
            ..custodian()
        };
        assert_eq!(
            state(&|custodians, _, _| custodians.push(pending.clone())),
            State::Partial
        );
    }
    for unsettled in [
        CopyState::Failed,
        CopyState::NotCovered,
        date("2026-10-07"),
        date("2026-10-08"),
    ] {
        assert_eq!(
            state(&|_, copies, _| copies.push(copy("another", unsettled.clone()))),
            State::Partial
        );
    }
    for settled in [
        CopyState::Erased,
        CopyState::Unreachable,
        date("2026-10-06"),
    ] {
        assert_eq!(
            state(&|_, copies, _| copies.push(copy("another", settled.clone()))),
            State::Complete
        );
    }
    assert_eq!(
        state(&|_, _, probes| probes.push(probe("scan", ProbeResult::Fail))),
        State::Partial
    );
}

#[test]
fn a_state_that_the_rows_do_not_bear_out_cannot_be_read() {
    let text = String::from_utf8(bytes(&Body::Completed(Box::new(fixture::completed())))).unwrap();
    for (from, to) in [
        (r#""state":"complete""#, r#""state":"partial""#),
        (
            r#""copy":"wal","state":"erased""#,
            r#""copy":"wal","state":"failed""#,
        ),
        (
            r#""copy":"wal","state":"erased""#,
            r#""copy":"wal","state":{"expires-on":"2026-12-01"}"#,
        ),
        (r#""answer":"destroyed""#, r#""answer":"unreachable""#),
        (r#""result":"pass""#, r#""result":"fail""#),
    ] {
        let lie = text.replacen(from, to, 1);
        assert_ne!(lie, text);
        assert!(
            matches!(Body::from_bytes(lie.as_bytes()), Err(BodyError::Malformed)),
            "{to}"
        );
    }
}

#[test]
fn the_guest_knows_the_certificate_and_a_stranger_does_not() {
    let recognition = fixture::completed().recognition.unwrap();
    assert!(recognition.matches("+8613800138000") && recognition.matches("guest@example.com"));
    assert!(!recognition.matches("+8613800138001") && !recognition.matches(""));
    let text = String::from_utf8(bytes(&Body::Completed(Box::new(fixture::completed())))).unwrap();
    assert!(!text.contains("138001") && !text.contains("guest@"));
}

#[test]
fn every_limit_has_a_sentence_in_both_languages() {
    for limit in Limit::ALWAYS.into_iter().chain([Limit::HandedToGuest]) {
        assert!(limit.sentence_en().ends_with('.') && limit.sentence_zh().ends_with('。'));
        assert!(!limit.sentence_en().contains(" certified"));
    }
}
