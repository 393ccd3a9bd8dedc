//! Legal holds: what a court, an insurer or the house itself still needs. No erasure takes it, whenever the hold came, and nobody lets
//! go of it alone (complaint 11: a hold read once and ignored afterwards).

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use wuhen_detect::{KindSet, Style};
use wuhen_ledger::body::Role;
use wuhen_model::When;
use wuhen_model::people::StaffRole;
use wuhen_service::hold::{HoldScope, HoldState, NewHold, Placed, Release};
use wuhen_service::redact::{Documents, RedactRequest, RedactScope};
use wuhen_service::search::SearchScope;
use wuhen_service::select::Scope;
use wuhen_service::staff::{Actor, NewMember};
use wuhen_service::{Service, ServiceError};
use wuhen_stories::moments::Moments;
use wuhen_stories::truth::{Truth, readable};
use wuhen_stories::world::{
    World, assert_words, conversation, erase, erase_whole, guest, import, in_words, lakeside,
    message,
};

const MATTER: &str = "(2026) 0106 No. 4711, the deposit of the lake room";

fn hotel() -> (World, Service) {
    let world = World::new();
    let service = world.init();
    import(&service, &lakeside()).unwrap();
    service.init_repository(&world.path("repository")).unwrap();
    service.create_snapshot(None).unwrap();
    (world, service)
}

fn officer(service: &Service) -> Actor {
    service.act_as_officer(None, None).unwrap()
}

/// One more member of staff, who acts.
fn member(service: &Service, name: &str, role: StaffRole) -> Actor {
    let new = NewMember {
        name,
        role,
        password: None,
        second_factor: false,
    };
    service.add_member(&officer(service), &new).unwrap();
    service.act_as(name, None, None).unwrap()
}

fn place(service: &Service, scope: &HoldScope) -> Placed {
    let new = NewHold {
        matter: MATTER,
        issuer: "the district court",
        scope,
        review: None,
        reason: "the court has asked for it",
    };
    let placed = service.place_hold(&officer(service), &new).unwrap();
    assert!(placed.problems.is_empty(), "{:?}", placed.problems);
    placed.done
}

fn ask(service: &Service, by: &Actor, hold: &str) -> Result<Release, ServiceError> {
    let answer = service.release_hold(by, hold, "the judgment is final")?;
    Ok(answer.done)
}

fn conversations(ids: &[&str]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

/// What the hold covers stays, and whoever wants it gone learns the hold's number and nothing else.
fn assert_held(service: &Service, scope: Scope, hold: &str) {
    let refused = erase(service, scope).err().unwrap();
    assert_words(&refused, &[hold, "legal hold", "nothing was erased"]);
    assert!(!in_words(&refused).contains("deposit"), "{refused}");
}

#[test]
fn a_hold_that_is_placed_during_an_erasure_cannot_come_too_late() {
    let mut world = World::new();
    let moments = Arc::new(Moments::default());
    world.steps = Arc::clone(&moments) as _;
    let service = Arc::new(world.init());
    import(&service, &lakeside()).unwrap();
    service.init_repository(&world.path("repository")).unwrap();
    let second = member(&service, "mei", StaffRole::Supervisor);
    let before = readable(&service);
    let elsewhere = Arc::clone(&service);
    moments.act("rotation/commit", When::Before, move || {
        place(
            &elsewhere,
            &HoldScope::Conversations(conversations(&["lk-001"])),
        );
    });
    let guest = || Scope::Guest("lk-g01".to_owned());
    let refused = erase(&service, guest()).err().unwrap();
    let holds = service.legal_holds(&officer(&service)).unwrap();
    let hold = &holds[0].hold;
    assert_words(&refused, &[hold, "nothing was erased"]);
    assert!(readable(&service) == before, "nothing is missing");
    assert_held(&service, guest(), hold);

    ask(&service, &officer(&service), hold).unwrap();
    assert_eq!(ask(&service, &second, hold).unwrap(), Release::Done);
    erase_whole(&service, guest());
    service.check_ledger().unwrap();
}

#[test]
fn nobody_can_let_go_of_a_hold_alone() {
    let (_world, service) = hotel();
    let first = officer(&service);
    let second = member(&service, "mei", StaffRole::Supervisor);
    let agent = member(&service, "wen", StaffRole::Agent);
    let hold = place(&service, &HoldScope::Guest("lk-g01".to_owned())).hold;
    let nobody_asked = service.approve_release(&second, &hold).err().unwrap();
    assert_words(&nobody_asked, &["nobody has asked"]);
    assert_eq!(ask(&service, &first, &hold).unwrap(), Release::Asked);
    for again in [
        ask(&service, &first, &hold),
        service.approve_release(&first, &hold).map(|done| done.done),
    ] {
        assert_words(&again.err().unwrap(), &["another member of staff"]);
    }
    let refused = ask(&service, &agent, &hold).err().unwrap();
    assert!(
        matches!(refused, ServiceError::NotAllowed { .. }),
        "{refused}"
    );
    assert_held(&service, Scope::Guest("lk-g01".to_owned()), &hold);
    let done = service.approve_release(&second, &hold).unwrap().done;
    assert_eq!(done, Release::Done);
    let again = ask(&service, &first, &hold).err().unwrap();
    assert_words(&again, &["released already"]);
    let unknown = ask(&service, &first, "H-999999").err().unwrap();
    assert_words(&unknown, &["there is no hold", "wuhen hold list"]);
    erase_whole(&service, Scope::Guest("lk-g01".to_owned()));
}

#[test]
fn a_house_of_one_person_cannot_let_go_of_a_hold_at_once() {
    let (world, service) = hotel();
    let alone = officer(&service);
    let hold = place(&service, &HoldScope::Guest("lk-g01".to_owned())).hold;
    let asked = ask(&service, &alone, &hold).unwrap();
    assert!(matches!(asked, Release::CoolingOff(_)), "{asked:?}");
    world.clock.advance(Duration::from_secs(24 * 60 * 60 - 1));
    let early = ask(&service, &alone, &hold).err().unwrap();
    assert_words(&early, &["nobody else here may agree", "from 2026-11-25"]);
    // Somebody has come who can be asked: waiting alone is not enough any more.
    let second = member(&service, "mei", StaffRole::Supervisor);
    world.clock.advance(Duration::from_secs(1));
    let refused = ask(&service, &alone, &hold).err().unwrap();
    assert_words(&refused, &["another member of staff"]);
    service.disable_member(&alone, &second.name).unwrap();
    assert_eq!(ask(&service, &alone, &hold).unwrap(), Release::Done);
    erase_whole(&service, Scope::Guest("lk-g01".to_owned()));
}

#[test]
fn a_hold_on_a_guest_cannot_miss_what_comes_later() {
    let (world, service) = hotel();
    let hold = place(&service, &HoldScope::Guest("lk-g01".to_owned())).hold;
    let later = [
        guest("lk-g01", "林晓雯"),
        conversation("later", "lk-g01"),
        message("later-1", "later", "what was written after the hold"),
    ];
    let file = world.write_lines("lakeside", &later);
    import(&service, &file).unwrap();
    for scope in [
        Scope::Conversations(conversations(&["later"])),
        Scope::Messages(vec!["later-1".to_owned()]),
        Scope::Guest("lk-g01".to_owned()),
    ] {
        assert_held(&service, scope, &hold);
    }
    erase_whole(&service, Scope::Guest("lk-g03".to_owned()));
}

#[test]
fn words_and_labels_cannot_come_to_cover_more_or_less_than_they_did() {
    let (world, service) = hotel();
    let hits = service.search("发票", &SearchScope::default()).unwrap();
    let placed = place(&service, &HoldScope::Query("发票".to_owned()));
    assert_eq!(placed.messages, hits.len() as u64);
    assert!(placed.messages > 0 && placed.conversations == 0);
    assert_held(
        &service,
        Scope::Messages(vec!["lk-005-07".to_owned()]),
        &placed.hold,
    );
    assert_held(
        &service,
        Scope::Conversations(conversations(&["lk-005"])),
        &placed.hold,
    );
    assert_held(&service, Scope::Guest("lk-g03".to_owned()), &placed.hold);
    erase_whole(&service, Scope::Messages(vec!["lk-006-06".to_owned()]));
    let later = [
        guest("late", "A guest of later"),
        conversation("late-1", "late"),
        message("late-1-1", "late-1", "发票 after the hold was placed"),
    ];
    world.import_lines(&service, "late", &later);
    erase_whole(&service, Scope::Conversations(conversations(&["late-1"])));

    service.label("lk-017", "机密-2026").unwrap();
    let labelled = place(&service, &HoldScope::Label("机密-2026".to_owned()));
    service.label("lk-014", "机密-2026").unwrap();
    assert_eq!(labelled.conversations, 1);
    assert_held(
        &service,
        Scope::Label("机密-2026".to_owned()),
        &labelled.hold,
    );
    erase_whole(&service, Scope::Conversations(conversations(&["lk-014"])));
}

#[test]
fn a_redaction_cannot_cut_what_is_held() {
    let world = World::new();
    let service = world.init();
    let lines = [
        guest("g1", "A guest with a card"),
        conversation("c1", "g1"),
        message("c1-1", "c1", "my card is 4242 4242 4242 4242, thank you"),
    ];
    world.import_lines(&service, "chat", &lines);
    let hold = place(&service, &HoldScope::Query("my card".to_owned())).hold;
    let request = RedactRequest {
        scope: RedactScope::All,
        kinds: KindSet::ALL,
        style: Style::Mask,
        documents: Documents::Stay,
        reason: "a card number in the chat".to_owned(),
        by_role: Role::PrivacyOfficer,
    };
    let refused = service.redact(&request).err().unwrap();
    assert_words(&refused, &[&hold, "nothing was erased"]);
    let (_, messages) = service.show("c1").unwrap();
    assert!(messages[0].text.contains("4242 4242"));
}

#[test]
fn a_restore_cannot_lose_a_hold() {
    let (world, service) = hotel();
    let mut truth = Truth::default();
    truth.read(&lakeside());
    // The snapshot is older than the hold.
    let hold = place(&service, &HoldScope::Query("发票".to_owned())).hold;
    let released = place(&service, &HoldScope::Guest("lk-g07".to_owned())).hold;
    let second = member(&service, "mei", StaffRole::Supervisor);
    ask(&service, &officer(&service), &released).unwrap();
    ask(&service, &second, &released).unwrap();
    drop(service);
    fs::remove_dir_all(world.store()).unwrap();
    let repository = world.path("repository");
    let (service, _) = world.restore(&world.store(), &repository, None).unwrap();
    assert!(readable(&service) == truth.records());
    service.create_snapshot(None).unwrap();
    assert_held(&service, Scope::Guest("lk-g03".to_owned()), &hold);
    erase_whole(&service, Scope::Guest("lk-g07".to_owned()));
    let states = service.legal_holds(&officer(&service)).unwrap();
    let states: Vec<HoldState> = states.iter().map(|hold| hold.state).collect();
    assert_eq!(states, [HoldState::Placed, HoldState::Released]);
}

#[test]
fn what_a_hold_is_for_cannot_be_read_by_everybody() {
    let (world, service) = hotel();
    let placed = place(&service, &HoldScope::Guest("lk-g01".to_owned()));
    let auditor = member(&service, "an", StaffRole::Auditor);
    let agent = member(&service, "wen", StaffRole::Agent);
    let seen = service.legal_holds(&auditor).unwrap();
    assert_eq!((&seen[0].hold, &seen[0].words), (&placed.hold, &None));
    assert!(service.legal_holds(&agent).is_err());
    let full = service.legal_holds(&officer(&service)).unwrap();
    assert_eq!(full[0].words.as_ref().unwrap().matter, MATTER);
    assert!(!full[0].review_due);
    world.clock.advance(Duration::from_hours(90 * 24));
    assert!(service.legal_holds(&officer(&service)).unwrap()[0].review_due);
    world.assert_nothing_readable(&[MATTER.to_owned()]);
}
