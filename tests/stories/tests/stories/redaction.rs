//! A guest typed a card number into the chat. It is cut out of the stored message: the message stays, and the number can be
//! had from no disk, no import, no search and no restore. All numbers are invented.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use serde_json::Value;
use wuhen_detect::{Kind, KindSet, Style};
use wuhen_ledger::body::{Role, ScopeKind, State};
use wuhen_ledger::{Certificate, certificate::Verified};
use wuhen_model::When;
use wuhen_service::read::MessageView;
use wuhen_service::redact::{Documents, RedactOutcome, RedactRequest, RedactScope};
use wuhen_service::search::SearchScope;
use wuhen_service::select::Scope;
use wuhen_service::{Service, ServiceError};
use wuhen_stories::attacker::Evidence;
use wuhen_stories::imager::Imager;
use wuhen_stories::moments::Moments;
use wuhen_stories::truth::{Record, Truth, readable};
use wuhen_stories::world::{
    World, conversation, erase_whole, guest, import, message, message_with, roots, verify,
};

const CARD: &str = "4242 4242 4242 4242";
const COVERED: &str = "*******************";
const CARD_TEXT: &str = "我的卡号是 4242 4242 4242 4242，请从里面扣";

/// A hotel that knows one guest, in three conversations: of a few messages, one of them with a file; of three blocks; and
/// one that nobody touches. Its file of records.
fn hotel(world: &World) -> (Service, std::path::PathBuf) {
    let service = world.init();
    let mut lines = vec![
        guest("g1", "林晓 of the lake house"),
        conversation("c1", "g1"),
        message("c1-1", "c1", "请问押金怎么付？"),
        message_with("c1-2", "c1", CARD_TEXT, "card.jpg"),
        message("c1-3", "c1", "好的，收到了，谢谢您的耐心"),
        conversation("c2", "g1"),
    ];
    for number in 0..150 {
        let text = format!("message {number} about the lake, and word{number}");
        lines.push(message(&format!("c2-{number}"), "c2", &text));
    }
    lines.push(conversation("c3", "g1"));
    lines.push(message("c3-1", "c3", "what nobody touches stays as it is"));
    let file = world.write_lines("chat", &lines);
    fs::write(file.with_file_name("card.jpg"), vec![7; 70_000]).unwrap();
    import(&service, &file).unwrap();
    (service, file)
}

fn shown(service: &Service, id: &str) -> MessageView {
    let (conversation, _) = id.rsplit_once('-').unwrap();
    let (_, messages) = service.show(conversation).unwrap();
    let found = messages.into_iter().find(|message| message.id == id);
    found.unwrap()
}

fn request(scope: RedactScope, style: Style) -> RedactRequest {
    RedactRequest {
        scope,
        kinds: KindSet::ALL,
        style,
        documents: Documents::Stay,
        reason: "a card number in the chat".to_owned(),
        by_role: Role::PrivacyOfficer,
    }
}

/// Cuts these words out of one message, wherever it has them.
fn cut(service: &Service, id: &str, words: &str, style: Style) -> RedactOutcome {
    let text = shown(service, id).text;
    let spans = text.match_indices(words);
    let spans = spans.map(|(at, found)| at..at + found.len()).collect();
    let scope = RedactScope::Spans(id.to_owned(), spans);
    service.redact(&request(scope, style)).unwrap()
}

/// As [`cut`], and nothing may be missing afterwards.
fn cut_whole(service: &Service, id: &str, words: &str, style: Style) -> Verified {
    let done = cut(service, id, words, style).outcome;
    assert!(done.problems.is_empty(), "{:?}", done.problems);
    assert_eq!(done.state, State::Complete);
    verify(service, &done.certificate)
}

fn found(service: &Service, words: &str) -> Vec<String> {
    let hits = service.search(words, &SearchScope::default()).unwrap();
    hits.into_iter().map(|hit| hit.message.id).collect()
}

fn the_card() -> RedactScope {
    let start = CARD_TEXT.find(CARD).unwrap();
    let span = start..start + CARD.len();
    RedactScope::Spans("c1-2".to_owned(), std::iter::once(span).collect())
}

fn texts(records: &BTreeSet<Record>) -> BTreeSet<&str> {
    records.iter().map(|record| record.text.as_str()).collect()
}

#[test]
fn what_a_message_was_kept_with_cannot_outlive_its_redaction() {
    let world = World::new();
    let service = world.init();
    let mut first = message("c1-1", "c1", "see the form");
    first["form"] = serde_json::json!({"lines": [CARD, 7], "room": "12"});
    first["sender"]["terminal"] = format!("card {CARD}").into();
    let lines = [guest("g1", "Ann"), conversation("c1", "g1"), first];
    world.import_lines(&service, "day", &lines);
    let request = RedactRequest {
        scope: RedactScope::All,
        kinds: KindSet::only(Kind::BankCard),
        style: Style::Label,
        documents: Documents::Stay,
        reason: "card numbers".to_owned(),
        by_role: Role::Operator,
    };
    let preview = service.preview_redaction(&request).unwrap();
    let done = service.redact(&request).unwrap();
    assert_eq!((preview.messages, done.outcome.counts.messages), (1, 1));
    assert_eq!(
        (preview.spans[0].count, done.spans[0].count),
        (2, 2),
        "in the form, and of the sender"
    );
    let seen = shown(&service, "c1-1");
    assert_eq!(seen.text, "see the form");
    let form = serde_json::json!({"lines": ["[BANK_CARD]", 7], "room": "12"});
    assert_eq!(seen.other["form"], form);
    assert!(matches!(
        service.redact(&request),
        Err(ServiceError::NothingMatches)
    ));
    drop(service);
    let mut evidence = Evidence::default();
    evidence.add_image(&world.path("store"));
    let loot = evidence.attack(&world.keys);
    for (header, _) in loot.opened.values().flatten() {
        assert!(!String::from_utf8_lossy(header).contains(CARD));
    }
}

#[test]
fn no_image_opens_what_was_cut_out_of_a_message() {
    let mut world = World::new();
    let imager = Arc::new(Imager::of(&world));
    world.steps = Arc::clone(&imager) as _;
    let (service, file) = hotel(&world);
    let mut truth = Truth::default();
    truth.read(&file);
    service.init_repository(&world.path("repository")).unwrap();
    service.create_snapshot(None).unwrap();
    imager.image("1-before");
    imager.arm("2-redaction");
    cut_whole(&service, "c1-2", CARD, Style::Mask);
    imager.disarm();
    cut_whole(&service, "c2-70", "word70", Style::Label);
    cut_whole(&service, "c1-2", "我的卡号", Style::Remove);
    service.create_snapshot(None).unwrap();
    world.assert_nothing_readable(&truth.canaries(400));
    let now = readable(&service);
    drop(service);
    imager.image("3-end");

    let mut evidence = Evidence::default();
    evidence.add_images(&world.path("images"));
    assert!(evidence.images > 15, "{}", evidence.images);
    let today = evidence.attack(std::slice::from_ref(&world.keys[0]));
    assert!(
        today.records() == now,
        "what opens is what a person can read"
    );
    for gone in [CARD, "word70", "我的卡号"] {
        assert!(texts(&now).iter().all(|text| !text.contains(gone)));
        for plaintext in today.control() {
            let text = String::from_utf8_lossy(&plaintext).into_owned();
            assert!(!text.contains(gone), "the case or the ledger repeats it");
        }
    }
    let places: BTreeSet<_> = today.opened.keys().copied().collect();
    assert!(places == Evidence::live_places(&world.store()));

    // The control: keys from before open every text that ever was.
    let before = evidence.attack(&[imager.keys("1-before")]).records();
    assert!(before.is_superset(&truth.records()));
}

#[test]
fn no_card_number_of_a_house_can_be_left_when_all_are_asked_for() {
    let world = World::new();
    let (service, file) = hotel(&world);
    let more = [
        conversation("c4", "g1"),
        message(
            "c4-1",
            "c4",
            "Mine is 4111 1111 1111 1111, his 5555 5555 5555 4444.",
        ),
        message("c4-2", "c4", "and mail to guest.one@mail.example please"),
    ];
    world.import_lines(&service, "chat", &more);
    let mut all = request(RedactScope::All, Style::Label);
    all.kinds = KindSet::only(Kind::BankCard);
    let preview = service.preview_redaction(&all).unwrap();
    let done = service.redact(&all).unwrap();
    assert_eq!(
        (preview.conversations, preview.messages, preview.unchanged),
        (2, 2, 154)
    );
    assert_eq!(preview.spans, done.spans);
    assert_eq!((done.conversations, done.unchanged), (2, 154));
    let verified = verify(&service, &done.outcome.certificate).completed;
    assert_eq!(verified.requested.scope, ScopeKind::All);
    assert_eq!(verified.records.skipped[0].counts.messages, 154);
    let redaction = verified.requested.redaction.unwrap();
    assert_eq!(redaction.spans[0].kind.as_str(), "BANK_CARD");
    assert_eq!(redaction.spans[0].count, 3);
    assert_eq!(
        shown(&service, "c4-1").text,
        "Mine is [BANK_CARD], his [BANK_CARD]."
    );
    assert_eq!(
        shown(&service, "c1-2").text,
        "我的卡号是 [BANK_CARD]，请从里面扣"
    );
    assert!(shown(&service, "c4-2").text.contains("guest.one@"));
    let again = service.redact(&all);
    assert!(matches!(again, Err(ServiceError::NothingMatches)));
    // Of a guest, and of single messages, in the way each is named.
    let messages = RedactScope::Messages(vec!["c4-1".to_owned(), "chat/c4/c4-2".to_owned()]);
    let mail = service.redact(&request(messages, Style::Remove)).unwrap();
    assert_eq!((mail.outcome.counts.messages, mail.unchanged), (1, 1));
    assert_eq!(shown(&service, "c4-2").text, "and mail to  please");
    // Of the guest only the profile is left.
    let of_guest = || request(RedactScope::Guest("g1".to_owned()), Style::Mask);
    let profile = service.redact(&of_guest()).unwrap().outcome.counts;
    assert_eq!((profile.guests, profile.messages), (1, 0));
    let nothing = service.redact(&of_guest());
    assert!(matches!(nothing, Err(ServiceError::NothingMatches)));
    assert!(import(&service, &file).unwrap().added.messages == 0);
}

#[test]
fn a_redacted_message_cannot_lose_its_place_its_time_its_sender_or_its_files() {
    let world = World::new();
    let (service, _) = hotel(&world);
    let before = shown(&service, "c1-2");
    let preview = service
        .preview_redaction(&request(the_card(), Style::Mask))
        .unwrap();
    assert_eq!((preview.conversations, preview.messages), (1, 1));
    assert_eq!(preview.spans[0].kind.as_str(), "REDACTED");
    cut_whole(&service, "c1-2", CARD, Style::Mask);
    let after = shown(&service, "c1-2");
    assert_eq!(after.text, format!("我的卡号是 {COVERED}，请从里面扣"));
    assert_eq!(after.redacted_at.as_deref(), Some("2026-11-24T00:00:00Z"));
    assert_eq!(before.redacted_at, None);
    assert_eq!(before.findings[0].kind, Kind::BankCard);
    assert_eq!(after.findings, [], "what is found is that of the new text");
    assert_eq!(
        (after.item, &after.sent_at, after.role),
        (before.item, &before.sent_at, before.role)
    );
    let (view, messages) = service.show("c1").unwrap();
    let ids: Vec<&str> = messages.iter().map(|message| &*message.id).collect();
    assert_eq!(ids, ["c1-1", "c1-2", "c1-3"], "in the order they came");
    assert_eq!((view.row.messages, view.row.attachments), (3, 1));
    let file = after.attachments[0].item;
    let mut bytes = Vec::new();
    service.attachment("c1", file, &mut bytes).unwrap();
    assert_eq!(bytes, vec![7; 70_000]);
    // It can be labelled, written to, and redacted in another style.
    assert!(service.label("c1", "机密-2026").unwrap());
    let more = [message("c1-4", "c1", "one message more, after it")];
    assert_eq!(
        world.import_lines(&service, "chat", &more).added.messages,
        1
    );
    cut_whole(&service, "c1-2", COVERED, Style::Label);
    assert_eq!(
        shown(&service, "c1-2").text,
        "我的卡号是 [REDACTED]，请从里面扣"
    );
    assert_eq!(service.show("c1").unwrap().1.len(), 4);
}

#[test]
fn an_import_cannot_bring_back_what_was_redacted() {
    let world = World::new();
    let (service, file) = hotel(&world);
    cut_whole(&service, "c1-2", CARD, Style::Mask);
    let before = readable(&service);
    for allow_erased in [false, true] {
        let options = wuhen_service::import::ImportOptions {
            source: None,
            allow_erased,
        };
        let source = wuhen_formats::Source::open(&file).unwrap();
        let again = service.import(source, &options, &mut |_| {}).unwrap();
        assert_eq!((again.added.messages, again.kept_away.messages), (0, 0));
        assert_eq!(again.known.messages, 154);
        assert!(readable(&service) == before);
    }
}

#[test]
fn a_search_cannot_find_the_old_words_nor_miss_the_new_ones() {
    let world = World::new();
    let (service, _) = hotel(&world);
    let words = ["4242", "word70", "word71", "lake", "touches"];
    let before: Vec<_> = words.map(|word| found(&service, word)).to_vec();
    assert_eq!(
        before.iter().map(Vec::len).collect::<Vec<_>>(),
        [1, 1, 1, 150, 1]
    );
    cut_whole(&service, "c1-2", CARD, Style::Label);
    cut_whole(&service, "c2-70", "word70", Style::Label);
    // Also by another process, whose memory is empty.
    drop(service);
    let (service, _) = world.open().unwrap();
    for _ in 0..2 {
        assert!(found(&service, "4242").is_empty());
        assert!(found(&service, "word70").is_empty());
        assert_eq!(found(&service, "redacted"), ["c1-2", "c2-70"]);
        assert_eq!(found(&service, "word71"), ["c2-71"]);
        assert_eq!(found(&service, "message 70"), ["c2-70"]);
        assert_eq!(found(&service, "lake").len(), 150);
    }
    // A neighbour of the block is erased, and the block is rebuilt once more.
    erase_whole(&service, Scope::Messages(vec!["c2-71".to_owned()]));
    assert!(found(&service, "word71").is_empty());
    assert_eq!(found(&service, "message 70"), ["c2-70"]);
    assert_eq!(found(&service, "redacted"), ["c1-2", "c2-70"]);
}

#[test]
fn a_redacted_message_cannot_escape_its_erasure() {
    let world = World::new();
    let (service, file) = hotel(&world);
    cut_whole(&service, "c1-2", CARD, Style::Mask);
    cut_whole(&service, "c2-70", "word70", Style::Remove);
    let gone = Scope::Messages(vec!["c1-2".to_owned(), "c2-70".to_owned()]);
    let outcome = erase_whole(&service, gone);
    assert_eq!(
        (outcome.counts.messages, outcome.counts.attachments),
        (2, 1)
    );
    assert!(found(&service, "message 70").is_empty());
    assert_eq!(service.show("c1").unwrap().1.len(), 2);
    // The source id is kept away now, as that of any erased message.
    let again = import(&service, &file).unwrap();
    assert_eq!((again.added.messages, again.kept_away.messages), (0, 2));
    // By time, and with its guest.
    cut_whole(&service, "c1-1", "押金", Style::Mask);
    erase_whole(
        &service,
        Scope::Before("2025-03-02T00:00:00Z".parse().unwrap()),
    );
    assert!(service.conversations(None).unwrap().is_empty());
}

#[test]
fn a_restore_cannot_bring_back_the_text_nor_lose_the_message() {
    let world = World::new();
    let (service, _) = hotel(&world);
    let repository = world.path("repository");
    service.init_repository(&repository).unwrap();
    let first = service.create_snapshot(None).unwrap().done.id;
    cut_whole(&service, "c1-2", CARD, Style::Mask);
    cut_whole(&service, "c2-70", "word70", Style::Label);
    cut_whole(&service, "c2-70", "about", Style::Label);
    let now = readable(&service);
    // Of a copy of the repository each time: what is restored takes over the one that it came from.
    let check = |number: usize, snapshot: Option<&str>, expected: &BTreeSet<Record>| {
        let from = world.image("repository", &number.to_string());
        let folder = world.path(&format!("store-restored-{number}"));
        let (restored, report) = world.restore(&folder, &from, snapshot).unwrap();
        assert!(
            readable(&restored) == *expected,
            "restore {number} gives the new versions"
        );
        assert_eq!(report.erased_messages, 0, "no message is gone");
        assert!(found(&restored, "word70").is_empty());
        assert_eq!(found(&restored, "message 70"), ["c2-70"]);
    };
    check(1, Some(&first), &now);
    service.create_snapshot(None).unwrap();
    check(2, None, &now);
    cut_whole(&service, "c2-3", "word3", Style::Label);
    let later = readable(&service);
    check(3, Some(&first), &later);
}

#[test]
fn a_restored_store_cannot_lose_new_versions_at_its_next_snapshot() {
    let world = World::new();
    let (service, _) = hotel(&world);
    let repository = world.path("repository");
    service.init_repository(&repository).unwrap();
    service.create_snapshot(None).unwrap();
    cut_whole(&service, "c1-2", CARD, Style::Mask);
    drop(service);
    fs::remove_dir_all(world.store()).unwrap();
    let (service, _) = world.restore(&world.store(), &repository, None).unwrap();
    service.create_snapshot(None).unwrap();
    cut_whole(&service, "c1-3", "谢谢", Style::Mask);
    service.create_snapshot(None).unwrap();
    let now = readable(&service);
    drop(service);
    fs::remove_dir_all(world.store()).unwrap();
    let (service, _) = world.restore(&world.store(), &repository, None).unwrap();
    assert!(readable(&service) == now);
}

#[test]
fn a_repository_that_was_away_cannot_keep_the_text_nor_miss_the_new_version() {
    let world = World::new();
    let (service, _) = hotel(&world);
    let (repository, away) = (world.path("repository"), world.path("away"));
    service.init_repository(&repository).unwrap();
    service.create_snapshot(None).unwrap();
    fs::rename(&repository, &away).unwrap();
    let done = cut(&service, "c1-2", CARD, Style::Mask).outcome;
    assert_eq!(done.state, State::Partial);
    assert!(shown(&service, "c1-2").text.contains(COVERED));
    let now = readable(&service);
    drop(service);
    fs::rename(&away, &repository).unwrap();
    let (service, notices) = world.open().unwrap();
    assert!(
        notices.iter().any(|notice| notice.contains("complete")),
        "{notices:?}"
    );
    drop(service);
    let (restored, _) = world
        .restore(&world.path("store-restored"), &repository, None)
        .unwrap();
    assert!(readable(&restored) == now);
}

#[test]
fn a_redaction_that_is_interrupted_cannot_be_done_by_half() {
    for (step, when, done) in [
        ("erase/intent", When::After, false),
        ("rotation/create-root", When::After, false),
        ("redact/files", When::After, false),
        ("rotation/commit", When::Before, false),
        ("rotation/commit", When::After, true),
        ("rotation/destroy-root", When::After, true),
    ] {
        let mut world = World::new();
        let moments = Arc::new(Moments::default());
        world.steps = Arc::clone(&moments) as _;
        let (service, _) = hotel(&world);
        moments.stop(step, when);
        let spans = the_card();
        let stopped = service.redact(&request(spans, Style::Mask));
        assert!(matches!(stopped, Err(ServiceError::Stopped(_))), "{step}");
        drop(service);
        let (service, _) = world.open().unwrap();
        let text = shown(&service, "c1-2").text;
        assert_eq!(text.contains(CARD), !done, "{step}");
        assert_eq!(found(&service, "4242").is_empty(), done, "{step}");
        let case = service.erasures().unwrap().pop().unwrap();
        assert_eq!(service.certificate(&case.case).is_ok(), done, "{step}");
        if !done {
            cut_whole(&service, "c1-2", CARD, Style::Mask);
        }
        assert_eq!(service.show("c1").unwrap().1.len(), 3);
    }
}

#[test]
fn a_new_version_that_is_not_there_cannot_cost_the_old_root() {
    let mut world = World::new();
    let moments = Arc::new(Moments::default());
    world.steps = Arc::clone(&moments) as _;
    let (service, _) = hotel(&world);
    let database = world.store().join("wuhen.sqlite");
    moments.act("rotation/commit", When::After, move || {
        // A disk that loses what was just written.
        let database = rusqlite::Connection::open(database).unwrap();
        let lost = "DELETE FROM item WHERE replaces IS NOT NULL";
        assert_eq!(database.execute(lost, []).unwrap(), 1);
    });
    let done = service.redact(&request(the_card(), Style::Mask)).unwrap();
    assert_eq!(done.outcome.state, State::Partial);
    let problems: Vec<String> = done
        .outcome
        .problems
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        problems
            .iter()
            .any(|problem| problem.contains("new version")),
        "{problems:?}"
    );
    assert_eq!(
        roots(&world.keys[0]),
        2,
        "what it opens may still be needed"
    );
}

#[test]
fn no_byte_of_a_redactions_certificate_can_be_changed() {
    let world = World::new();
    let (service, _) = hotel(&world);
    let done = cut(&service, "c1-2", CARD, Style::Mask).outcome;
    let verified = verify(&service, &done.certificate);
    let requested = &verified.completed.requested;
    let redaction = requested.redaction.as_ref().unwrap();
    assert_eq!(requested.scope, ScopeKind::Messages);
    assert_eq!(redaction.spans[0].count, 1);
    let erased = verified.completed.records.erased;
    assert_eq!(
        (erased.messages, erased.attachments, erased.sketches),
        (1, 0, 1)
    );
    assert_eq!(verified.completed.suppression.tags, 0);
    let mut changed = done.certificate.clone();
    for position in 0..changed.len() {
        changed[position] ^= 1;
        assert!(
            Certificate::verify(&changed, None).is_err(),
            "byte {position}"
        );
        changed[position] ^= 1;
    }
    assert!(!String::from_utf8_lossy(&decoded(&done.certificate)).contains("4242"));
}

fn decoded(certificate: &[u8]) -> Vec<u8> {
    use base64::Engine as _;
    let certificate: Value = serde_json::from_slice(certificate).unwrap();
    let parts = ["completed", "intent"].map(|part| {
        let body = certificate[part]["body"].as_str().unwrap();
        base64::prelude::BASE64_STANDARD.decode(body).unwrap()
    });
    parts.concat()
}

#[test]
fn a_redaction_of_nothing_cannot_open_a_case() {
    let world = World::new();
    let (service, _) = hotel(&world);
    let none = RedactScope::Messages(vec!["c1-3".to_owned()]);
    let nothing = service.redact(&request(none, Style::Mask));
    assert!(matches!(nothing, Err(ServiceError::NothingMatches)));
    for span in [1..2, 0..500, 5..5] {
        let scope = RedactScope::Spans("c1-2".to_owned(), vec![span, 17..18]);
        let refused = service.redact(&request(scope, Style::Mask));
        assert!(matches!(refused, Err(ServiceError::Refused(_))));
    }
    let unknown = RedactScope::Messages(vec!["c9-9".to_owned()]);
    let refused = service.redact(&request(unknown, Style::Mask));
    assert!(matches!(refused, Err(ServiceError::NotFound { .. })));
    assert!(service.erasures().unwrap().is_empty());
    assert_eq!(service.stats().unwrap().1, 0, "no key was renewed");
}

#[test]
fn who_writes_to_the_database_cannot_move_a_message_to_anothers_place() {
    let world = World::new();
    let (service, _) = hotel(&world);
    cut_whole(&service, "c1-2", CARD, Style::Mask);
    drop(service);
    let database = rusqlite::Connection::open(world.store().join("wuhen.sqlite")).unwrap();
    for place in ["1", "NULL"] {
        let sql = format!(
            "UPDATE item SET replaces = {place} WHERE replaces IS NOT NULL OR item > 5 AND owner = (SELECT owner FROM item WHERE replaces IS NOT NULL)"
        );
        if database.execute(&sql, []).unwrap() == 0 {
            continue;
        }
        let (service, _) = world.open().unwrap();
        assert!(service.show("c1").is_err(), "moved to {place}");
        drop(service);
    }
}
