//! Bookings that tables and staff told: they go with their guest, they outlive everything else, and nothing else outlives them.

use std::fmt::Write as _;
use std::io::Cursor;
use std::sync::Arc;

use serde_json::{Value, json};
use wuhen_detect::{KindSet, Style};
use wuhen_formats::Source;
use wuhen_ledger::body::Role;
use wuhen_model::When;
use wuhen_model::booking::{Booking, BookingStatus, Statement, Turn};
use wuhen_service::bookings::{
    BookingImport, BookingProblem, BookingReport, Effect, STATEMENTS_OF_GUEST_MAX,
};
use wuhen_service::redact::{Documents, RedactRequest, RedactScope};
use wuhen_service::select::{Consequence, Scope};
use wuhen_service::staff::Actor;
use wuhen_service::{Service, ServiceError};
use wuhen_stories::moments::Moments;
use wuhen_stories::world::{World, assert_words, conversation, erase_whole, guest, message};

const FORGOTTEN: &str = "ORDER-OF-THE-FORGOTTEN";
const STAYS: &str = "ORDER-THAT-STAYS";

fn officer(service: &Service) -> Actor {
    service.act_as_officer(None, None).unwrap()
}

fn table(
    service: &Service,
    text: &str,
    options: &BookingImport,
) -> Result<BookingReport, ServiceError> {
    let source = Source::from_reader("table.csv", Cursor::new(text.as_bytes().to_vec()))?;
    let done = service.import_bookings(&officer(service), source, options)?;
    assert!(done.problems.is_empty(), "{:?}", done.problems);
    Ok(done.done)
}

fn told(service: &Service, text: &str) -> BookingReport {
    table(service, text, &BookingImport::default()).unwrap()
}

fn bookings(service: &Service, guest: &str) -> Vec<Booking> {
    let views = service.bookings(&officer(service), guest).unwrap();
    views.into_iter().map(|view| view.booking).collect()
}

fn said(status: BookingStatus) -> Statement {
    let mut statement = Statement::default();
    statement.status(status);
    statement
}

/// Two guests with a conversation each, one with a booking of its own, and a repository.
fn hotel() -> (World, Service) {
    let world = World::new();
    let service = world.init();
    let mut head = conversation("c1", "g1");
    head["booking"] = json!({"id": FORGOTTEN, "status": "booked"});
    let lines = [
        guest("g1", "A guest who will be forgotten"),
        guest("g2", "A guest who stays in the house"),
        head,
        message("m1", "c1", "the first words of this conversation"),
        conversation("c2", "g2"),
        message("m2", "c2", "the other words of this conversation"),
    ];
    world.import_lines(&service, "house", &lines);
    service.init_repository(&world.path("repository")).unwrap();
    service.create_snapshot(None).unwrap();
    let rows =
        format!("id,guest,status,dispute\n{FORGOTTEN},g1,refunding,yes\n{STAYS},g2,stayed,\n");
    assert_eq!(told(&service, &rows).added, 2);
    (world, service)
}

fn words() -> Vec<String> {
    [FORGOTTEN, STAYS, "refunding", "deposit_refunded"]
        .map(str::to_owned)
        .to_vec()
}

#[test]
fn an_erased_guests_bookings_cannot_be_found_anywhere_nor_come_back() {
    let (world, service) = hotel();
    world.assert_nothing_readable(&words());
    let preview = service.preview(&Scope::Guest("g1".to_owned())).unwrap();
    assert!(preview.consequences.contains(&Consequence::RefundOpen));
    erase_whole(&service, Scope::Guest("g1".to_owned()));
    assert!(service.bookings(&officer(&service), "g1").is_err());
    let rows = format!("id,guest\n{FORGOTTEN},g1\n{STAYS},g2\n");
    let again = told(&service, &rows);
    assert_eq!((again.kept_away, again.unchanged, again.added), (1, 1, 0));
    assert_eq!(
        bookings(&service, "g2")[0].status,
        Some(BookingStatus::Stayed)
    );
    drop(service);
    world.assert_nothing_readable(&words());
    let (restored, _) = world
        .restore(&world.path("store-2"), &world.path("repository"), None)
        .unwrap();
    assert!(restored.bookings(&officer(&restored), "g1").is_err());
    assert!(bookings(&restored, "g2")[0].id == STAYS);
}

#[test]
fn a_restore_cannot_lose_bookings_and_what_is_said_after_it_counts() {
    let (world, service) = hotel();
    let id = officer(&service);
    let done = service
        .set_booking(&id, "g2", STAYS, &said(BookingStatus::NoShow))
        .unwrap();
    assert_eq!(done.done, Effect::Changed);
    drop(service);
    let (restored, _) = world
        .restore(&world.path("store-2"), &world.path("repository"), None)
        .unwrap();
    assert_eq!(
        bookings(&restored, "g2")[0].status,
        Some(BookingStatus::NoShow)
    );
    assert_eq!(bookings(&restored, "g1")[0].dispute, Some(true));
    restored.create_snapshot(None).unwrap();
    let done = restored
        .set_booking(
            &officer(&restored),
            "g2",
            STAYS,
            &said(BookingStatus::Stayed),
        )
        .unwrap();
    assert_eq!((done.done, done.problems.len()), (Effect::Changed, 0));
    assert_eq!(
        bookings(&restored, "g2")[0].status,
        Some(BookingStatus::Stayed)
    );
    erase_whole(&restored, Scope::Guest("g2".to_owned()));
    assert!(bookings(&restored, "g1").len() == 1);
}

#[test]
fn a_redaction_of_the_profile_and_erased_conversations_cannot_cost_a_booking() {
    let (_world, service) = hotel();
    for kinds in [KindSet::ALL, KindSet::ALL] {
        let request = RedactRequest {
            scope: RedactScope::Guest("g1".to_owned()),
            kinds,
            style: Style::Label,
            documents: Documents::Stay,
            reason: "asked for by the guest".to_owned(),
            by_role: Role::PrivacyOfficer,
        };
        match service.redact(&request) {
            Ok(done) => assert!(done.outcome.problems.is_empty()),
            Err(error) => assert!(matches!(error, ServiceError::NothingMatches), "{error}"),
        }
        let mine = bookings(&service, "g1");
        let mine = mine.iter().find(|booking| booking.id == FORGOTTEN).unwrap();
        assert_eq!(
            (mine.dispute, mine.status),
            (Some(true), Some(BookingStatus::Refunding))
        );
        let written =
            service.set_booking(&officer(&service), "g1", FORGOTTEN, &Statement::default());
        assert_eq!(written.unwrap().done, Effect::Unchanged);
    }
    erase_whole(&service, Scope::Conversations(vec!["c1".to_owned()]));
    assert_eq!(bookings(&service, "g1").len(), 1);
    let mut closed = Statement::default();
    closed.refund(Turn::Closed(None));
    service
        .set_booking(&officer(&service), "g1", FORGOTTEN, &closed)
        .unwrap();
    let view = service.bookings(&officer(&service), "g1").unwrap();
    assert!(!view[0].refund_open && view[0].booking.dispute == Some(true));
}

#[test]
fn what_came_later_holds_whoever_said_it() {
    let (world, service) = hotel();
    let by = officer(&service);
    let later = |id: &str, booking: Value| {
        let mut head = conversation(id, "g2");
        head["booking"] = booking;
        [
            head,
            message(&format!("m-{id}"), id, "some words of this conversation"),
        ]
    };
    let status = || bookings(&service, "g2")[0].status;
    world.import_lines(
        &service,
        "house",
        &later("c3", json!({"id": STAYS, "status": "no-show"})),
    );
    assert_eq!(status(), Some(BookingStatus::NoShow));
    // The table says again what it said: since the conversation it is news.
    let rows = format!("id,guest,status\n{STAYS},g2,stayed\n");
    assert_eq!(told(&service, &rows).changed, 1);
    assert_eq!(status(), Some(BookingStatus::Stayed));
    assert_eq!(told(&service, &rows).unchanged, 1);
    // What is said of one field leaves what a conversation said of another since.
    world.import_lines(
        &service,
        "house",
        &later(
            "c4",
            json!({"id": STAYS, "status": "cancelled", "deposit_refunded": false}),
        ),
    );
    let mut statement = Statement::default();
    statement.dispute(true);
    service.set_booking(&by, "g2", STAYS, &statement).unwrap();
    let booking = &bookings(&service, "g2")[0];
    assert_eq!(booking.status, Some(BookingStatus::Cancelled));
    assert_eq!(
        (booking.dispute, booking.deposit_refunded),
        (Some(true), Some(false))
    );
    let conversations = service.conversations(Some("g2")).unwrap();
    for view in conversations {
        let named = service.bookings_for(&view.row).unwrap();
        assert_eq!(named.len(), usize::from(view.id != "c2"), "{}", view.id);
        assert!(named.iter().all(|one| one.dispute == Some(true)));
    }
}

#[test]
fn a_guests_bookings_are_written_on_up_to_the_limit_and_one_over_is_refused() {
    let (_world, service) = hotel();
    let mut rows = "id,guest\n".to_owned();
    for number in 1..STATEMENTS_OF_GUEST_MAX {
        writeln!(rows, "B{number},g2").unwrap();
    }
    assert_eq!(
        told(&service, &rows).added,
        STATEMENTS_OF_GUEST_MAX as u64 - 1
    );
    assert_eq!(bookings(&service, "g2").len(), STATEMENTS_OF_GUEST_MAX);
    let over = table(
        &service,
        "id,guest\nX1,g1\nX2,g2\n",
        &BookingImport::default(),
    );
    match over {
        Err(ServiceError::Bookings(refused)) => {
            assert_eq!((refused.bad.len(), refused.bad[0].line), (1, 3));
            assert_eq!(refused.bad[0].problem, BookingProblem::HistoryFull);
        }
        _ => panic!("one over the limit was taken"),
    }
    assert_eq!(
        bookings(&service, "g1").len(),
        1,
        "half of a table was taken in"
    );
    let staff = service.set_booking(
        &officer(&service),
        "g2",
        STAYS,
        &said(BookingStatus::NoShow),
    );
    assert_words(&staff.err().unwrap(), &["16384 times"]);
    // Several segments are renewed with their guest, and go with it.
    erase_whole(&service, Scope::Conversations(vec!["c2".to_owned()]));
    assert_eq!(bookings(&service, "g2").len(), STATEMENTS_OF_GUEST_MAX);
    erase_whole(&service, Scope::Guest("g2".to_owned()));
}

#[test]
fn a_table_cannot_be_taken_in_by_half() {
    for when in [When::Before, When::After] {
        let (mut world, service) = hotel();
        drop(service);
        let moments = Moments::default();
        moments.stop("bookings/import", when);
        world.steps = Arc::new(moments);
        let (service, _) = world.open().unwrap();
        let rows = format!("id,guest,status\n{STAYS},g2,no-show\nB9,g1,booked\n");
        assert!(table(&service, &rows, &BookingImport::default()).is_err());
        drop(service);
        world.steps = Arc::new(wuhen_model::NoSteps);
        let (service, _) = world.open().unwrap();
        let new = when == When::After;
        let status = if new {
            BookingStatus::NoShow
        } else {
            BookingStatus::Stayed
        };
        assert_eq!(bookings(&service, "g2")[0].status, Some(status));
        assert_eq!(bookings(&service, "g1").len(), 1 + usize::from(new));
    }
}

#[test]
fn who_may_not_manage_bookings_cannot_write_them() {
    use wuhen_model::people::StaffRole;
    use wuhen_service::staff::NewMember;
    let (_world, service) = hotel();
    let new = NewMember {
        name: "auditor",
        role: StaffRole::Auditor,
        password: None,
        second_factor: false,
    };
    service.add_member(&officer(&service), &new).unwrap();
    let auditor = service.act_as("auditor", None, None).unwrap();
    let set = service.set_booking(&auditor, "g2", STAYS, &said(BookingStatus::NoShow));
    assert!(matches!(set, Err(ServiceError::NotAllowed { .. })));
    let source = Source::from_reader("t", Cursor::new(b"id,guest\nB1,g2\n".to_vec())).unwrap();
    let import = service.import_bookings(&auditor, source, &BookingImport::default());
    assert!(matches!(import, Err(ServiceError::NotAllowed { .. })));
    let days = service.set_guard_days(&auditor, wuhen_model::booking::GuardDays::default());
    assert!(matches!(days, Err(ServiceError::NotAllowed { .. })));
    assert!(service.bookings(&auditor, "g2").is_ok());
}
