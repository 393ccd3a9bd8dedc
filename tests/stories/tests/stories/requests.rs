//! The life of a request, from the question to the certificate: who asks is not who agrees, what is frozen is read by nobody, and
//! what may not go yet goes by itself when it may.

use std::time::Duration;
use wuhen_ledger::Body;

use wuhen_ledger::body::{Approval, Role, State};
use wuhen_ledger::certificate::Certificate;
use wuhen_model::people::StaffRole;
use wuhen_model::request::{StageName, Wait};
use wuhen_service::hold::{HoldScope, NewHold};
use wuhen_service::request::{Ask, RequestView};
use wuhen_service::select::Scope;
use wuhen_service::staff::{Actor, NewMember};
use wuhen_service::{Service, ServiceError};
use wuhen_stories::world::{World, import, in_words, lakeside, verify};

const DAY: Duration = Duration::from_hours(24);
const SECOND: Duration = Duration::from_secs(1);

fn hotel() -> (World, Service) {
    let world = World::new();
    let service = world.init();
    import(&service, &lakeside()).unwrap();
    (world, service)
}

/// Somebody of the house, who joins it where they are not there yet.
fn member(service: &Service, name: &str, role: StaffRole) -> Actor {
    if let Ok(there) = service.act_as(name, None, None) {
        return there;
    }
    let officer = service.act_as("officer", None, None).unwrap();
    let new = NewMember {
        name,
        role,
        password: None,
        second_factor: false,
    };
    service.add_member(&officer, &new).unwrap();
    service.act_as(name, None, None).unwrap()
}

fn agent(service: &Service) -> Actor {
    member(service, "li.mei", StaffRole::Agent)
}

fn supervisor(service: &Service) -> Actor {
    member(service, "chen", StaffRole::Supervisor)
}

fn ask(service: &Service, by: &Actor, scope: Scope, grace_days: u16) -> Vec<RequestView> {
    let ask = Ask {
        scope,
        reason: "the guest asked at the desk".to_owned(),
        grace_days: Some(grace_days),
    };
    service.ask(by, &ask).unwrap().done
}

fn one(id: &str) -> Scope {
    Scope::Conversations(vec![id.to_owned()])
}

fn is_readable(service: &Service, conversation: &str) -> bool {
    match service.show(conversation) {
        Ok(_) => true,
        Err(ServiceError::NotFound { .. }) => false,
        Err(error) => panic!("{}", in_words(&error)),
    }
}

#[test]
fn who_asks_cannot_agree_and_nothing_goes_before_somebody_else_has() {
    let (_world, service) = hotel();
    let (agent, supervisor) = (agent(&service), supervisor(&service));
    let asked = ask(&service, &agent, one("lk-001"), 7);
    assert_eq!(asked.len(), 1);
    let id = &asked[0].id;
    assert_eq!(asked[0].stage, StageName::Waiting);
    assert_eq!(asked[0].waits, [Wait::Approval]);
    assert!(is_readable(&service, "lk-001"), "it was frozen unasked");
    assert!(service.approve(&agent, id).is_err());
    let report = service.carry_out_due_requests().unwrap();
    assert!(report.carried.is_empty() && report.failed.is_empty());
    let own = ask(&service, &supervisor, one("lk-002"), 7);
    let same = service.approve(&supervisor, &own[0].id).unwrap_err();
    assert!(
        in_words(&same).contains("somebody else"),
        "{}",
        in_words(&same)
    );
    let approved = service.approve(&supervisor, id).unwrap().done;
    assert_eq!(approved.stage, StageName::Scheduled);
    assert_eq!(approved.approver, Some("supervisor"));
}

#[test]
fn what_is_scheduled_is_read_by_nobody_and_can_be_taken_back_until_its_grace_is_over() {
    let (world, service) = hotel();
    let (agent, supervisor) = (agent(&service), supervisor(&service));
    let id = ask(&service, &agent, one("lk-001"), 7)[0].id.clone();
    service.approve(&supervisor, &id).unwrap();
    assert!(
        !is_readable(&service, "lk-001"),
        "a frozen record was shown"
    );
    let (service, _) = {
        drop(service);
        world.open().unwrap()
    };
    assert!(!is_readable(&service, "lk-001"), "a start thawed it");
    let cancelled = service.cancel_request(&agent, &id).unwrap().done;
    assert_eq!(cancelled.stage, StageName::Cancelled);
    assert!(is_readable(&service, "lk-001"));
    let id = ask(&service, &agent, one("lk-001"), 7)[0].id.clone();
    service.approve(&supervisor, &id).unwrap();
    world.clock.advance((7 * DAY).saturating_sub(SECOND));
    assert!(service.carry_out_due_requests().unwrap().carried.is_empty());
    world.clock.advance(SECOND);
    let late = service.cancel_request(&agent, &id).unwrap_err();
    assert!(in_words(&late).contains("grace"), "{}", in_words(&late));
    let report = service.carry_out_due_requests().unwrap();
    let [carried] = &report.carried[..] else {
        panic!("one request was due");
    };
    assert_eq!(carried.request.stage, StageName::Complete);
    assert!(carried.request.checkpoints.iter().all(|(_, done)| *done));
    let outcome = carried.outcome.as_ref().unwrap();
    assert_eq!(outcome.state, State::Complete);
    verify(&service, &outcome.certificate);
    let certificate = Certificate::parse(&outcome.certificate).unwrap();
    let Body::Completed(body) = Body::from_bytes(&certificate.completed.body).unwrap() else {
        panic!("a certificate states what was completed");
    };
    assert_eq!(body.approval, Approval::SecondPerson(Role::Supervisor));
    assert_eq!(body.executor, Role::Agent);
    assert!(!is_readable(&service, "lk-001"));
    assert!(service.carry_out_due_requests().unwrap().carried.is_empty());
}

#[test]
fn a_single_message_can_be_asked_for_and_its_neighbours_stay() {
    let (world, service) = hotel();
    let (agent, supervisor) = (agent(&service), supervisor(&service));
    let scope = Scope::Messages(vec!["lk-001-02".to_owned()]);
    let id = ask(&service, &agent, scope, 1)[0].id.clone();
    service.approve(&supervisor, &id).unwrap();
    assert!(is_readable(&service, "lk-001"));
    world.clock.advance(DAY);
    service.carry_out_due_requests().unwrap();
    let (_, messages) = service.show("lk-001").unwrap();
    assert!(messages.iter().all(|message| message.id != "lk-001-02"));
    assert_eq!(service.request(&id).unwrap().stage, StageName::Complete);
}

#[test]
fn nobody_waits_out_a_second_person_who_is_there() {
    let (world, service) = hotel();
    let supervisor = supervisor(&service);
    let officer = service.act_as("officer", None, None).unwrap();
    // The privacy officer could agree: there is no house of one person while somebody else is there.
    let id = ask(&service, &supervisor, one("lk-001"), 0)[0].id.clone();
    world.clock.advance(2 * DAY);
    assert!(service.carry_out_due_requests().unwrap().carried.is_empty());
    service.cancel_request(&supervisor, &id).unwrap();
    assert!(!service.has_to_ask(&officer).unwrap());
    assert!(service.has_to_ask(&supervisor).unwrap());
}

#[test]
fn an_auditor_cannot_ask_and_a_request_that_was_refused_stays_so() {
    let (_world, service) = hotel();
    let auditor = member(&service, "audit", StaffRole::Auditor);
    let ask_of = Ask {
        scope: one("lk-001"),
        reason: "curious".to_owned(),
        grace_days: None,
    };
    assert!(matches!(
        service.ask(&auditor, &ask_of),
        Err(ServiceError::NotAllowed { .. })
    ));
    let (agent, supervisor) = (agent(&service), supervisor(&service));
    let officer = service.act_as("officer", None, None).unwrap();
    let id = ask(&service, &agent, one("lk-001"), 7)[0].id.clone();
    let why = (
        wuhen_model::request::RefusalReason::NotEntitled,
        "PIPL, article 50",
    );
    assert!(service.refuse_request(&supervisor, &id, why).is_err());
    let refused = service.refuse_request(&officer, &id, why).unwrap().done;
    assert_eq!(refused.stage, StageName::Refused);
    assert!(service.approve(&supervisor, &id).is_err());
    assert!(is_readable(&service, "lk-001"));
}

#[test]
fn requests_survive_a_restore_with_what_they_froze() {
    let (world, service) = hotel();
    let (agent, supervisor) = (agent(&service), supervisor(&service));
    service.init_repository(&world.path("repository")).unwrap();
    service.create_snapshot(None).unwrap();
    let id = ask(&service, &agent, one("lk-001"), 7)[0].id.clone();
    service.approve(&supervisor, &id).unwrap();
    drop(service);
    std::fs::remove_dir_all(world.store()).unwrap();
    let (service, _) = world
        .restore(&world.store(), &world.path("repository"), None)
        .unwrap();
    assert!(!is_readable(&service, "lk-001"));
    assert_eq!(service.request(&id).unwrap().stage, StageName::Scheduled);
    world.clock.advance(8 * DAY);
    let report = service.carry_out_due_requests().unwrap();
    assert_eq!(report.carried[0].request.stage, StageName::Complete);
}

#[test]
fn a_guest_goes_with_the_last_of_its_conversations_whichever_request_takes_that() {
    let (_world, service) = hotel();
    let officer = service.act_as("officer", None, None).unwrap();
    let chen = supervisor(&service);
    let scope = HoldScope::Conversations(vec!["lk-001".to_owned()]);
    let hold = NewHold {
        matter: "a matter",
        issuer: "a court",
        scope: &scope,
        review: None,
        reason: "it was asked for",
    };
    let hold = service.place_hold(&officer, &hold).unwrap().done.hold;
    let asked = ask(&service, &officer, Scope::Guest("lk-g01".to_owned()), 0);
    let stages: Vec<StageName> = asked.iter().map(|view| view.stage).collect();
    assert_eq!(stages, [StageName::Scheduled, StageName::Waiting]);
    assert_eq!(asked[1].waits, [Wait::Hold]);
    let never = || false;
    service.run_due(&never, &mut |_| {}).unwrap();
    let found = service.guests(Some("lk-g01")).unwrap();
    assert_eq!(found.len(), 1, "a guest with a held conversation went");
    service.release_hold(&officer, &hold, "it is over").unwrap();
    service.release_hold(&chen, &hold, "it is over").unwrap();
    service.run_due(&never, &mut |_| {}).unwrap();
    for view in &asked {
        let now = service.request(&view.id).unwrap();
        assert_eq!(now.stage, StageName::Complete, "{}", view.id);
    }
    let left = service.guests(Some("lk-g01")).unwrap();
    assert!(left.is_empty(), "the guest's profile survived");
}
