//! What is read of a booking, what it guards and until which instant, and what it emits.

use jiff::civil::date;
use serde_json::{Map, Value, json};

use super::*;
use crate::record::{Record, RecordError};
use crate::rules::{Events, StartEvent};

fn shanghai() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => panic!("not an object"),
    }
}

fn read(value: Value) -> Result<Booking, RecordError> {
    Booking::from_json(&object(value))
}

fn booking(value: Value) -> Booking {
    let mut fields = object(json!({ "id": "B1" }));
    fields.extend(object(value));
    Booking::from_json(&fields).unwrap()
}

fn guarding(value: Value, now: &str) -> Vec<Guard> {
    guards(
        &[booking(value)],
        &shanghai(),
        GuardDays::default(),
        at(now),
    )
}

fn emitted(bookings: &[Value], times: &ConversationTimes, now: &str) -> Events {
    let bookings: Vec<Booking> = bookings.iter().cloned().map(booking).collect();
    events(&bookings, times, &shanghai(), at(now))
}

/// A conversation that somebody closed on 1 June.
fn closed_in_june() -> ConversationTimes {
    ConversationTimes {
        closed_at: Some(at("2026-06-01T12:00:00+08:00")),
        ..ConversationTimes::default()
    }
}

#[test]
fn every_field_is_read_and_unknown_ones_are_passed_over() {
    let booking = read(json!({
        "id": "B1", "check_in": "2026-10-01", "check_out": "2026-10-04", "status": "booked",
        "cancel_until": "2026-09-29", "refund_open": true, "refund_closed_at": "2026-10-05T18:00:00+08:00",
        "deposit_refunded": false, "dispute": true, "complaint": true, "complaint_closed_at": "2026-10-06",
        "closed_at": "2026-10-07", "rate": { "corporate": 1 },
    }))
    .unwrap();
    let day = |day| Some(Moment::Day(date(2026, 10, day)));
    let expected = Booking {
        id: "B1".to_owned(),
        check_in: Some(date(2026, 10, 1)),
        check_out: Some(date(2026, 10, 4)),
        status: Some(BookingStatus::Booked),
        cancel_until: Some(Moment::Day(date(2026, 9, 29))),
        refund_open: Some(true),
        refund_closed_at: Some(Moment::At(at("2026-10-05T10:00:00Z"))),
        deposit_refunded: Some(false),
        dispute: Some(true),
        complaint: Some(true),
        complaint_closed_at: day(6),
        closed_at: day(7),
    };
    assert!(booking == expected);
    assert!(read(json!({ "id": "B1", "status": null, "dispute": null })) == Ok(Booking::new("B1")));
}

#[test]
fn a_field_that_cannot_be_read_is_named_and_not_repeated() {
    for name in [
        "check_in",
        "check_out",
        "status",
        "cancel_until",
        "refund_open",
        "refund_closed_at",
        "deposit_refunded",
        "dispute",
        "complaint",
        "complaint_closed_at",
        "closed_at",
    ] {
        for wrong in [json!("SECRET"), json!(4711), json!({ "SECRET": 1 })] {
            let mut fields = object(json!({ "id": "B1" }));
            fields.insert(name.to_owned(), wrong);
            let error = Booking::from_json(&fields).unwrap_err();
            let text = error.to_string();
            assert!(text.contains(&format!("`booking.{name}`")), "{text}");
            assert!(!text.contains("SECRET") && !text.contains("4711"), "{text}");
            assert!(matches!(error, RecordError::Wrong { .. }));
        }
    }
    let field = "booking.id";
    assert!(read(json!({})) == Err(RecordError::Missing { field }));
    assert!(read(json!({ "id": "" })) == Err(RecordError::Empty { field }));
    assert!(read(json!({ "id": "a\nb" })) == Err(RecordError::ControlCharacter { field }));
}

#[test]
fn a_time_without_an_offset_is_no_instant_and_does_not_become_its_day() {
    assert!(read(json!({ "id": "B1", "cancel_until": "2026-09-29T18:00:00" })).is_err());
    assert!(read(json!({ "id": "B1", "cancel_until": "2026-09-31" })).is_err());
}

#[test]
fn the_longest_id_and_time_are_read_and_longer_ones_refused() {
    assert!(read(json!({ "id": "x".repeat(512) })).is_ok());
    let (field, bytes, bytes_max) = ("booking.id", 513, 512);
    let too_long = RecordError::TooLong {
        field,
        bytes,
        bytes_max,
    };
    assert!(read(json!({ "id": "x".repeat(513) })) == Err(too_long));
    let longest = "2023-10-08T21:33:42.123456789+08:00[Asia/Shanghai][u-ca=iso8601]";
    assert_eq!(longest.len(), 64);
    assert!(read(json!({ "id": "B1", "closed_at": longest })).is_ok());
    let longer = longest.replace("iso", "isoo");
    assert!(read(json!({ "id": "B1", "closed_at": longer })).is_err());
}

#[test]
fn what_an_import_has_read_is_the_same_booking() {
    let line = r#"{"type":"conversation","id":"c1","guest":"g1","booking":{"id":"B1","check_in":"2026-10-01","check_out":"2026-10-04","status":"no-show","deposit_refunded":false,"cancel_until":"2026-09-29","dispute":true,"rate":"x"}}"#;
    let Record::Conversation(conversation) = Record::from_json(line).unwrap() else {
        panic!("a conversation");
    };
    let record = conversation.booking.unwrap();
    let json: Value = serde_json::to_value(&record).unwrap();
    assert!(Booking::from_record(&record) == read(json));
    assert!(Booking::from_record(&record).unwrap().dispute == Some(true));
    let line = line.replace("true", r#""SECRET""#);
    let Record::Conversation(conversation) = Record::from_json(&line).unwrap() else {
        panic!("a conversation");
    };
    let error = Booking::from_record(&conversation.booking.unwrap()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "field `booking.dispute` is not true or false"
    );
}

#[test]
fn every_booking_of_the_sample_hotel_is_read() {
    let sample = include_str!("../../../../samples/lakeside/lakeside.jsonl");
    let mut count = 0;
    for line in sample.lines() {
        if let Record::Conversation(conversation) = Record::from_json(line).unwrap()
            && let Some(record) = conversation.booking
        {
            let booking = Booking::from_record(&record).unwrap();
            assert!(booking.check_out.is_some() && booking.status.is_some());
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}

#[test]
fn a_booking_shows_nothing_of_itself() {
    assert_eq!(format!("{:?}", Booking::new("SECRET")), "Booking { .. }");
}

#[test]
fn a_refund_guards_until_it_is_closed() {
    let now = "2026-10-05T18:00:00+08:00";
    let open = [Guard::RefundOpen];
    assert_eq!(guarding(json!({ "status": "refunding" }), now), open);
    assert_eq!(guarding(json!({ "refund_open": true }), now), open);
    let said_not = json!({ "status": "refunding", "refund_open": false });
    assert_eq!(guarding(said_not, now), []);
    let closed = |at: &str| json!({ "status": "refunding", "refund_closed_at": at });
    assert_eq!(guarding(closed("2026-10-05T18:00:01+08:00"), now), open);
    assert_eq!(guarding(closed("2026-10-05T18:00:00+08:00"), now), []);
    assert_eq!(guarding(closed("2026-10-05T17:59:59+08:00"), now), []);
    // On the day itself nobody knows whether the hour has come.
    assert_eq!(guarding(closed("2026-10-05"), now), open);
    assert_eq!(guarding(closed("2026-10-04"), now), []);
}

#[test]
fn a_cancellation_window_guards_to_its_last_second() {
    let until = at("2026-09-30T00:00:00+08:00");
    let open = [Guard::CancellationWindowOpen { until }];
    let day = || json!({ "status": "booked", "cancel_until": "2026-09-29" });
    let hour = || json!({ "cancel_until": "2026-09-29T16:00:00Z" });
    for window in [day, hour] {
        assert_eq!(guarding(window(), "2026-09-29T23:59:59+08:00"), open);
        assert_eq!(guarding(window(), "2026-09-30T00:00:00+08:00"), []);
        assert_eq!(guarding(window(), "2026-09-30T00:00:01+08:00"), []);
    }
    for status in ["stayed", "cancelled", "no-show"] {
        let over = json!({ "status": status, "cancel_until": "2026-09-29" });
        assert_eq!(guarding(over, "2026-09-01T00:00:00Z"), [], "{status}");
    }
}

#[test]
fn a_deposit_and_a_dispute_guard_until_somebody_says_otherwise() {
    let now = "2030-01-01T00:00:00Z";
    let unreturned = json!({ "deposit_refunded": false, "status": "stayed" });
    assert_eq!(guarding(unreturned, now), [Guard::DepositNotReturned]);
    assert_eq!(guarding(json!({ "deposit_refunded": true }), now), []);
    assert_eq!(
        guarding(json!({ "dispute": true }), now),
        [Guard::DisputeOpen]
    );
    assert_eq!(guarding(json!({ "dispute": false }), now), []);
    assert_eq!(guarding(json!({}), now), []);
}

#[test]
fn a_stay_guards_until_three_days_after_it_are_over() {
    let until = at("2026-10-08T00:00:00+08:00");
    let stay = || json!({ "status": "stayed", "check_out": "2026-10-04" });
    let open = [Guard::AfterCheckout { until }];
    assert_eq!(guarding(stay(), "2026-09-01T00:00:00+08:00"), open);
    assert_eq!(guarding(stay(), "2026-10-07T23:59:59+08:00"), open);
    assert_eq!(guarding(stay(), "2026-10-08T00:00:00+08:00"), []);
    assert_eq!(guarding(stay(), "2026-10-08T00:00:01+08:00"), []);
    let called_off = json!({ "status": "cancelled", "check_out": "2026-10-04" });
    assert_eq!(guarding(called_off, "2026-09-01T00:00:00+08:00"), []);
}

#[test]
fn a_house_guards_for_0_to_30_days() {
    let stay = [booking(json!({ "check_out": "2026-10-04" }))];
    for (days, until) in [(0, "2026-10-05"), (1, "2026-10-06"), (30, "2026-11-04")] {
        let days = GuardDays::new(days).unwrap();
        let until = at(&format!("{until}T00:00:00+08:00"));
        let before = until.checked_sub(1.second()).unwrap();
        let guarding = |now| guards(&stay, &shanghai(), days, now);
        assert_eq!(guarding(before), [Guard::AfterCheckout { until }]);
        assert_eq!(guarding(until), []);
    }
    assert_eq!(GuardDays::new(31), Err(BadGuardDays));
    assert!(serde_json::from_str::<GuardDays>("30").is_ok());
    let error = serde_json::from_str::<GuardDays>("31")
        .unwrap_err()
        .to_string();
    assert!(error.contains("from 0 to 30"), "{error}");
}

#[test]
fn of_several_bookings_each_guard_is_told_once_and_the_last() {
    let bookings = [
        json!({ "check_out": "2026-10-04", "dispute": true, "cancel_until": "2026-10-01" }),
        json!({ "check_out": "2026-10-24", "dispute": true, "status": "booked" }),
        json!({ "check_out": "2026-10-14", "deposit_refunded": false, "refund_open": true }),
    ]
    .map(booking);
    let now = at("2026-09-01T00:00:00+08:00");
    let found = guards(&bookings, &shanghai(), GuardDays::default(), now);
    let expected = [
        Guard::RefundOpen,
        Guard::CancellationWindowOpen {
            until: at("2026-10-02T00:00:00+08:00"),
        },
        Guard::DepositNotReturned,
        Guard::DisputeOpen,
        Guard::AfterCheckout {
            until: at("2026-10-28T00:00:00+08:00"),
        },
    ];
    assert_eq!(found, expected);
    assert!(found.is_sorted());
    assert_eq!(guards(&[], &shanghai(), GuardDays::default(), now), []);
}

#[test]
fn every_guard_says_what_would_be_lost() {
    let until = Timestamp::UNIX_EPOCH;
    for (guard, zh, en) in [
        (Guard::RefundOpen, "退款需要重新申请", "applied for again"),
        (
            Guard::DepositNotReturned,
            "由客服重新录入",
            "entered again by an agent",
        ),
        (
            Guard::AfterCheckout { until },
            "行程证明需要重新提交",
            "handed in again",
        ),
        (
            Guard::CancellationWindowOpen { until },
            "重新提供订单证明",
            "handed in again",
        ),
        (Guard::DisputeOpen, "少了凭据", "less to show"),
    ] {
        let loss = guard.loss();
        assert!(loss.zh.contains(zh) && loss.en.contains(en), "{guard:?}");
    }
}

#[test]
fn a_conversation_is_closed_by_somebody_or_by_seven_days_without_a_word() {
    let last_said_at = Some(at("2026-06-01T12:00:00+08:00"));
    let silent = ConversationTimes {
        last_said_at,
        ..ConversationTimes::default()
    };
    let closed = |times: ConversationTimes, now: &str| times.closed(&shanghai(), at(now));
    assert_eq!(closed(silent, "2026-06-08T11:59:59+08:00"), None);
    let end = Some(at("2026-06-08T12:00:00+08:00"));
    assert_eq!(closed(silent, "2026-06-08T12:00:00+08:00"), end);
    assert_eq!(closed(silent, "2030-01-01T00:00:00+08:00"), end);
    let closed_at = Some(at("2026-06-02T12:00:00+08:00"));
    let said = ConversationTimes {
        closed_at,
        ..silent
    };
    assert_eq!(closed(said, "2026-06-02T12:00:00+08:00"), closed_at);
    assert_eq!(closed(said, "2026-06-02T11:59:59+08:00"), None);
    let unknown = ConversationTimes::default();
    assert_eq!(closed(unknown, "2026-06-08T12:00:00+08:00"), None);
}

#[test]
fn seven_days_are_days_of_the_tenants_clock() {
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    let silent = ConversationTimes {
        last_said_at: Some(at("2026-03-25T12:00:00+01:00")),
        ..ConversationTimes::default()
    };
    // The night in which summer time begins lies between: an hour less.
    let end = at("2026-04-01T12:00:00+02:00");
    assert_eq!(silent.closed(&berlin, end), Some(end));
}

#[test]
fn without_a_booking_everything_counts_from_the_conversations_close() {
    let found = emitted(&[], &closed_in_june(), "2026-06-01T12:00:00+08:00");
    let closed = at("2026-06-01T12:00:00+08:00");
    for event in [
        StartEvent::ConversationClosed,
        StartEvent::TransactionCompleted,
        StartEvent::Checkout,
        StartEvent::ComplaintClosed,
        StartEvent::PurposeDone,
    ] {
        assert_eq!(found.get(&event), Some(&closed), "{event}");
    }
    assert_eq!(found.len(), 5);
    assert!(emitted(&[], &closed_in_june(), "2026-06-01T11:59:59+08:00").is_empty());
}

#[test]
fn a_transaction_is_completed_by_the_last_check_out_or_refund_of_all_bookings() {
    let early = json!({ "check_out": "2026-10-04" });
    let late = json!({ "check_out": "2026-10-14" });
    let refunded =
        json!({ "check_out": "2026-10-04", "refund_closed_at": "2026-10-20T09:00:00+08:00" });
    let refunding = json!({ "check_out": "2026-10-04", "status": "refunding" });
    let completed = |bookings: &[Value], now: &str| {
        let found = emitted(bookings, &closed_in_june(), now);
        found.get(&StartEvent::TransactionCompleted).copied()
    };
    let later = "2027-01-01T00:00:00+08:00";
    let both = [early.clone(), late.clone()];
    let end = Some(at("2026-10-14T23:59:59+08:00"));
    assert_eq!(completed(&both, later), end);
    assert_eq!(completed(&both, "2026-10-14T23:59:59+08:00"), end);
    assert_eq!(completed(&both, "2026-10-14T23:59:58+08:00"), None);
    let refund = Some(at("2026-10-20T09:00:00+08:00"));
    assert_eq!(completed(&[refunded.clone(), late], later), refund);
    assert_eq!(completed(&[refunded], "2026-10-20T08:59:59+08:00"), None);
    assert_eq!(completed(&[early, refunding], later), None);
}

#[test]
fn a_booking_that_names_no_day_ends_with_its_close_or_the_conversations() {
    let later = "2027-01-01T00:00:00+08:00";
    let found = |booking: Value| {
        let events = emitted(&[booking], &closed_in_june(), later);
        [StartEvent::Checkout, StartEvent::TransactionCompleted]
            .map(|event| events.get(&event).map(ToString::to_string))
    };
    let june = Some("2026-06-01T04:00:00Z".to_owned());
    let july = Some("2026-07-01T15:59:59Z".to_owned());
    assert_eq!(found(json!({})), [june.clone(), june.clone()]);
    let cancelled = json!({ "status": "cancelled", "refund_closed_at": "2026-07-01" });
    assert_eq!(found(cancelled), [june, july.clone()]);
    assert_eq!(
        found(json!({ "closed_at": "2026-07-01" })),
        [july.clone(), july]
    );
    assert_eq!(found(json!({ "status": "booked" })), [None, None]);
}

#[test]
fn a_complaint_counts_from_its_close_and_an_open_one_not_at_all() {
    let closed = |bookings: &[Value]| {
        let found = emitted(bookings, &closed_in_june(), "2027-01-01T00:00:00+08:00");
        found
            .get(&StartEvent::ComplaintClosed)
            .map(ToString::to_string)
    };
    let one = json!({ "complaint": true, "complaint_closed_at": "2026-07-01T09:00:00Z" });
    let other = json!({ "complaint_closed_at": "2026-07-02T09:00:00Z" });
    assert_eq!(
        closed(std::slice::from_ref(&one)).as_deref(),
        Some("2026-07-01T09:00:00Z")
    );
    assert_eq!(
        closed(&[other, one.clone()]).as_deref(),
        Some("2026-07-02T09:00:00Z")
    );
    assert_eq!(closed(&[one, json!({ "complaint": true })]), None);
    assert_eq!(
        closed(&[json!({})]).as_deref(),
        Some("2026-06-01T04:00:00Z")
    );
}

#[test]
fn a_purpose_is_done_when_it_is_said_or_with_the_last_check_out() {
    let stay = [json!({ "check_out": "2026-10-04" })];
    let now = "2027-01-01T00:00:00+08:00";
    let done = |times: &ConversationTimes| {
        let found = emitted(&stay, times, now);
        found.get(&StartEvent::PurposeDone).map(ToString::to_string)
    };
    let mut times = closed_in_june();
    assert_eq!(done(&times).as_deref(), Some("2026-10-04T15:59:59Z"));
    times.purpose_done_at = Some(at("2026-10-02T09:00:00Z"));
    assert_eq!(done(&times).as_deref(), Some("2026-10-02T09:00:00Z"));
    times.account_created_at = Some(at("2026-05-01T09:00:00Z"));
    let found = emitted(&stay, &times, now);
    assert_eq!(
        found.get(&StartEvent::AccountCreated),
        times.account_created_at.as_ref()
    );
}

#[test]
fn an_itinerary_counts_from_the_day_of_check_out_itself() {
    use crate::rules::{Category, Pack, TenantKind};
    let pack = Pack::shipped("cn").unwrap();
    let found = emitted(
        &[json!({ "check_out": "2026-10-04" })],
        &closed_in_june(),
        "2027-01-01T00:00:00+08:00",
    );
    let clocks = pack.clocks(
        &shanghai(),
        TenantKind::Platform,
        Category::ItineraryChange,
        &found,
    );
    // A year later on the same date, which ends with that day: 4 October 2027 is in the autumn rest.
    let (due, _) = clocks.due.unwrap();
    assert!(due > at("2027-10-04T15:59:59Z"), "{due}");
    let payment = pack.clocks(&shanghai(), TenantKind::Platform, Category::Payment, &found);
    let until = payment.floor.unwrap().until.unwrap();
    assert!(until >= at("2029-10-04T16:00:00Z"), "{until}");
}
