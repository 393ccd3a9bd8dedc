//! Rules and the work that is done by itself: complaints 16 to 19 (COMPLAINTS.md), and a year of a small hotel, with days counted by
//! hand on a calendar.

use serde_json::{Value, json};
use wuhen_detect::{Category, KindSet, Style};
use wuhen_ledger::body::Role;
use wuhen_model::decision::ReasonCode;
use wuhen_service::redact::{Documents, RedactRequest, RedactScope};
use wuhen_service::rules::{ApplyRules, BATCH_RECORDS_DEFAULT, RulesSource};
use wuhen_service::run::JobReport;
use wuhen_service::select::Scope;
use wuhen_service::staff::Actor;
use wuhen_service::{Pack, Service, TenantKind};
use wuhen_stories::world::{World, guest};

fn officer(service: &Service) -> Actor {
    service.act_as_officer(None, None).unwrap()
}

fn run_at(world: &World, service: &Service, time: &str) -> Vec<JobReport> {
    world.clock.set(time.parse().unwrap());
    let mut reports = Vec::new();
    service
        .run_due(&|| false, &mut |report| reports.push(report))
        .unwrap();
    assert!(
        reports.iter().all(|report| report.failure.is_none()),
        "{reports:?}"
    );
    reports
}

fn apply(service: &Service, name: &str, after_hours: u32) -> Result<(), String> {
    let source = RulesSource::shipped(name).unwrap();
    let apply = ApplyRules {
        source: &source,
        after_hours,
        at_once: false,
        records_max: BATCH_RECORDS_DEFAULT,
        confirmed: None,
        reason: "",
    };
    let applied = service.apply_rules(&officer(service), &apply);
    applied.map(|_| ()).map_err(|error| error.to_string())
}

fn conversation(id: &str, guest: &str, opened_at: &str, booking: Option<Value>) -> Value {
    let mut line =
        json!({"type": "conversation", "id": id, "guest": guest, "opened_at": opened_at});
    if let Some(booking) = booking {
        line["booking"] = booking;
    }
    line
}

fn message(id: &str, conversation: &str, sent_at: &str, text: &str) -> Value {
    json!({"type": "message", "id": id, "conversation": conversation, "sender": {"role": "guest"}, "sent_at": sent_at,
           "text": text})
}

fn messages(service: &Service) -> u64 {
    service.stats().unwrap().0.messages
}

/// A house without rules, with more old messages than a batch takes.
fn old_house(world: &World) -> Service {
    let service = world.init();
    let mut lines = vec![
        guest("1", "Guest of February"),
        conversation("c1", "1", "2026-02-01T04:00:00Z", None),
    ];
    for number in 0..1_001 {
        let text = format!("the window of room {number} does not close");
        lines.push(message(
            &format!("m{number}"),
            "c1",
            "2026-02-01T04:00:00Z",
            &text,
        ));
    }
    world.import_lines(&service, "old", &lines);
    service
}

// 16: a fix made dormant rules run and delete posts; a rule deleted all mail.
#[test]
fn rules_that_wake_up_cannot_erase_a_house_unasked() {
    let world = World::new();
    let service = old_house(&world);
    let refused = apply(&service, "cn", 24).unwrap_err();
    assert!(refused.contains("1001 records at once"), "{refused}");
    let source = RulesSource::shipped("cn").unwrap();
    let said = ApplyRules {
        source: &source,
        after_hours: 24,
        at_once: false,
        records_max: 1_001,
        confirmed: None,
        reason: "looked at",
    };
    let applied = service.apply_rules(&officer(&service), &said).unwrap().done;
    assert_eq!(
        (applied.preview.now.messages, applied.in_force),
        (1_001, false)
    );
    run_at(&world, &service, "2026-11-24T19:00:00Z");
    assert_eq!(messages(&service), 1_001, "its day has not come");
    run_at(&world, &service, "2026-11-25T00:00:00Z");
    assert_eq!(messages(&service), 1_001, "told before the first run");
    run_at(&world, &service, "2026-11-25T19:00:00Z");
    assert_eq!(messages(&service), 0);
}

// 16, the other half: what was said of one batch is not said of a larger one.
#[test]
fn a_batch_that_grew_cannot_go_by_what_was_said_before() {
    let world = World::new();
    let service = world.init();
    apply(&service, "cn", 0).unwrap();
    let opened = "2026-02-01T04:00:00Z";
    let mut lines = vec![
        guest("1", "Guest of Winter"),
        conversation("c1", "1", opened, None),
    ];
    lines.extend((0..1_001).map(|n| message(&format!("m{n}"), "c1", opened, "when is breakfast")));
    world.import_lines(&service, "first", &lines);
    let reports = run_at(&world, &service, "2026-11-24T19:00:00Z");
    assert!(reports.iter().any(|report| report.stopped == Some(1_001)));
    service
        .confirm_batch(
            &officer(&service),
            wuhen_model::job::JobKind::Retention,
            1_001,
        )
        .unwrap();
    let more = [
        conversation("c2", "1", opened, None),
        message("x", "c2", opened, "and dinner"),
    ];
    world.import_lines(&service, "first", &more);
    let reports = run_at(&world, &service, "2026-11-24T19:00:01Z");
    assert!(reports.iter().any(|report| report.stopped == Some(1_002)));
    assert_eq!(messages(&service), 1_002);
}

// 17: rule switched on by accident, noticed after 7 days.
#[test]
fn a_rule_switched_on_by_accident_cannot_erase_before_it_is_told_and_can_be_taken_back() {
    let world = World::new();
    let service = world.init();
    let opened = "2026-02-01T04:00:00Z";
    let lines = [
        guest("1", "Guest of Spring"),
        conversation("c1", "1", opened, None),
        message("m1", "c1", opened, "the window does not close"),
    ];
    world.import_lines(&service, "old", &lines);
    apply(&service, "cn", 7 * 24).unwrap();
    run_at(&world, &service, "2026-11-30T23:00:00Z");
    let waiting = service.packs().unwrap().remove(0);
    assert_eq!(waiting.effective_at.to_string(), "2026-12-01T00:00:00Z");
    service.withdraw_rules(&officer(&service)).unwrap();
    run_at(&world, &service, "2027-11-30T23:00:00Z");
    assert_eq!(messages(&service), 1);
    assert_eq!(service.pack_name().unwrap(), "none");
}

// 18: redacting restarts the deletion clock.
#[test]
fn neither_a_redaction_nor_a_label_can_move_a_clock() {
    let world = World::new();
    world.clock.set("2026-09-03T00:00:00Z".parse().unwrap());
    let service = world.init();
    apply(&service, "cn", 0).unwrap();
    // Closed on 8 March; 180 days later it is 4 September, a Friday.
    let sent = "2026-03-01T04:00:00Z";
    let mut lines = Vec::new();
    for id in ["1", "2"] {
        lines.push(guest(id, "Guest of March"));
        lines.push(conversation(&format!("c{id}"), id, sent, None));
        lines.push(message(
            &format!("m{id}"),
            &format!("c{id}"),
            sent,
            "call me: 13912345678",
        ));
    }
    world.import_lines(&service, "march", &lines);
    service
        .redact(&RedactRequest {
            scope: RedactScope::Messages(vec!["m1".to_owned()]),
            kinds: KindSet::ALL,
            style: Style::Label,
            documents: Documents::Stay,
            reason: "a phone number".to_owned(),
            by_role: Role::PrivacyOfficer,
        })
        .unwrap();
    service.label("c1", "机密-2026").unwrap();
    run_at(&world, &service, "2026-09-03T19:00:00Z");
    assert_eq!(messages(&service), 2, "neither is due");
    run_at(&world, &service, "2026-09-04T19:00:00Z");
    assert_eq!(messages(&service), 0, "both are, in the same night");
}

// 19: stored for ever, "write scripts".
#[test]
fn a_house_cannot_be_left_without_retention_and_clean_up_out_of_the_box() {
    let world = World::new();
    let service = world.init_with(Pack::Cn, TenantKind::HotelOwnSite);
    let old = "2026-02-01T04:00:00Z";
    let younger = "2026-08-01T04:00:00Z";
    let lines = [
        guest("1", "Guest of Summer"),
        conversation("c1", "1", old, None),
        message("m1", "c1", old, "the window does not close"),
        conversation("c2", "1", younger, None),
        message("m2", "c2", younger, "the door does not close"),
    ];
    world.import_lines(&service, "summer", &lines);
    let schedule = "1st and 15th at 03:00".parse().unwrap();
    let clean_up = Some((&schedule, "90d".parse().unwrap()));
    service
        .schedule_clean_up(&officer(&service), clean_up, None)
        .unwrap();
    run_at(&world, &service, "2026-11-24T19:00:00Z");
    assert_eq!(messages(&service), 1, "retention, in the first night");
    run_at(&world, &service, "2026-11-30T19:00:00Z");
    assert_eq!(messages(&service), 0, "clean-up, on the 1st");
    assert_eq!(service.guests(None).unwrap().len(), 0);
}

/// A platform's small hotel: one guest who stayed until 10 March 2026 and one whose refund is open. Nights are at 03:00 in Shanghai,
/// 19:00 UTC.
fn small_hotel(world: &World) -> Service {
    world.clock.set("2026-01-02T00:00:00Z".parse().unwrap());
    let service = world.init_with(Pack::Cn, TenantKind::Platform);
    let sent = "2026-03-01T04:00:00Z";
    let stay = json!({"id": "b1", "check_in": "2026-03-08", "check_out": "2026-03-10", "status": "stayed"});
    let refund = json!({"id": "b2", "status": "refunding"});
    let lines = [
        guest("1", "Guest of March"),
        conversation("c1", "1", sent, Some(stay)),
        message("id", "c1", sent, "我的身份证号是11010519491231002X"),
        message("talk", "c1", sent, "房间窗户朝哪边"),
        message("booked", "c1", sent, "您的房间已为您预订，明天见"),
        guest("2", "Guest of April"),
        conversation("c2", "2", sent, Some(refund)),
        message("back", "c2", sent, "请问退款什么时候到账"),
        message("talk2", "c2", sent, "房间窗户朝哪边呢"),
    ];
    world.import_lines(&service, "march", &lines);
    service
}

#[test]
fn a_year_of_a_small_hotel_cannot_keep_a_record_too_long_nor_too_short() {
    let world = World::new();
    let service = small_hotel(&world);
    let (_, shown) = service.show("c1").unwrap();
    let about: Vec<Category> = shown.iter().map(|message| message.category).collect();
    assert_eq!(
        about,
        [
            Category::IdentityDocument,
            Category::Other,
            Category::BookingConfirmation
        ]
    );
    let left = |night: &str| {
        run_at(&world, &service, night);
        messages(&service)
    };
    // Three days after 10 March are over as the 13th, a Friday, ends.
    assert_eq!(left("2026-03-12T19:00:00Z"), 5);
    assert_eq!(
        left("2026-03-13T19:00:00Z"),
        4,
        "the identity document is gone"
    );
    // Seven days of silence after 1 March, then 180: the 4th of September, a Friday.
    assert_eq!(left("2026-09-03T19:00:00Z"), 4);
    assert_eq!(left("2026-09-04T19:00:00Z"), 3, "ordinary talk is gone");
    let decided = service
        .decisions(
            &officer(&service),
            &Scope::Conversations(vec!["c1".to_owned()]),
        )
        .unwrap();
    assert_eq!(
        decided[0].records[0].decision.reason,
        ReasonCode::StatutoryFloor
    );
    // Three years after 10 March 2026, and 30 days: the 9th of April 2029, a Monday.
    assert_eq!(left("2029-04-08T19:00:00Z"), 3);
    assert_eq!(
        left("2029-04-09T19:00:00Z"),
        2,
        "the booking is gone, and its guest"
    );
    assert_eq!(service.guests(None).unwrap().len(), 1);
    // A refund that nobody closed keeps what was said about it, talk too.
    assert_eq!(left("2030-01-01T19:00:00Z"), 2);
    let roles: Vec<Role> = (service.erasures().unwrap().iter())
        .map(|case| case.requested.by_role)
        .collect();
    assert_eq!(roles, [Role::RetentionRule; 3]);
    service.check_ledger().unwrap();
}
