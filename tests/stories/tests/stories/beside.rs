//! What stands beside the texts: files, names of files, profiles, bookings, who sent it. It is redacted with the texts, nobody reads
//! a file who must not, and who read one without masks is on record. All numbers are invented.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};
use wuhen_detect::{Kind, KindSet, Sight, Style, Viewer};
use wuhen_ledger::body::{Role, State};
use wuhen_model::When;
use wuhen_service::attachment::{AttachmentView, Mark};
use wuhen_service::mark::{MarkRequest, MarkedBy};
use wuhen_service::redact::{Documents, RedactOutcome, RedactRequest, RedactScope};
use wuhen_service::select::Scope;
use wuhen_service::withhold::Withheld;
use wuhen_service::{Service, ServiceError};
use wuhen_stories::attacker::{Evidence, Loot};
use wuhen_stories::document::pdf_saying;
use wuhen_stories::imager::Imager;
use wuhen_stories::moments::Moments;
use wuhen_stories::world::{
    World, assert_words, conversation, erase_whole, guest, import, message, message_with, verify,
};

const CARD: &str = "4242 4242 4242 4242";
const PHONE: &str = "15400000173";
const MAIL: &str = "someone@mail.example";
const NAME: &str = "欧阳晓明";
/// All of it, for whoever looks.
const ALL: [&str; 4] = [CARD, PHONE, MAIL, NAME];

/// A text in UTF-16 and one in GB18030, a film whose name is a number, a bill as PDF.
fn files() -> [(&'static str, Vec<u8>); 4] {
    let note = format!("电话 {PHONE}，邮箱 {MAIL}\n卡号 {CARD}\n谢谢");
    let utf16 = [0xff, 0xfe]
        .into_iter()
        .chain(note.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    // "手机" before the number, "好的" behind it.
    let gb18030 = [
        &b"\xca\xd6\xbb\xfa "[..],
        PHONE.as_bytes(),
        b" \xba\xc3\xb5\xc4\n",
    ]
    .concat();
    [
        ("note.txt", utf16),
        ("old.txt", gb18030),
        (
            "film.mp4",
            [b"\0\0\0\x18ftypmp42".to_vec(), vec![3; 200_000]].concat(),
        ),
        ("bill.pdf", pdf_saying("paid with 4242 4242 4242 4242")),
    ]
}

/// One guest with all of it everywhere, and one whom nobody touches. The file of records.
fn hotel(world: &World) -> (Service, PathBuf) {
    let service = world.init();
    let mut head = conversation("c1", "g1");
    head["channel"] = json!(format!("phone {PHONE}"));
    head["booking"] = json!({"id": "BK20250301", "status": "booked", "contact": MAIL});
    let mut lake = message_with("m3", "c1", "a film of the lake", "film.mp4");
    lake["attachments"][0]["name"] = json!(format!("{PHONE}.mp4"));
    lake["sender"]["id"] = json!(MAIL);
    lake["sender"]["terminal"] = json!(format!("card {CARD}"));
    let lines = [
        json!({"type": "guest", "id": "g1", "name": NAME, "phone": PHONE, "email": MAIL, "notes": {"card": CARD}}),
        head,
        message_with("m1", "c1", &format!("我是{NAME}，电话{PHONE}"), "note.txt"),
        message_with("m2", "c1", "the old one", "old.txt"),
        lake,
        message_with("m4", "c1", "the bill, please", "bill.pdf"),
        message("m5", "c1", "good night"),
        guest("g2", "Ann of the other house"),
        conversation("c2", "g2"),
        message("m6", "c2", "what nobody touches stays as it is"),
    ];
    let file = world.write_lines("hotel", &lines);
    for (name, bytes) in files() {
        fs::write(file.with_file_name(name), bytes).unwrap();
    }
    import(&service, &file).unwrap();
    (service, file)
}

fn everything(scope: RedactScope, documents: Documents) -> RedactRequest {
    RedactRequest {
        scope,
        kinds: KindSet::ALL,
        style: Style::Label,
        documents,
        reason: "asked for by the guest".to_owned(),
        by_role: Role::PrivacyOfficer,
    }
}

fn of_guest(documents: Documents) -> RedactRequest {
    everything(RedactScope::Guest("g1".to_owned()), documents)
}

fn redact_whole(service: &Service, request: &RedactRequest) -> RedactOutcome {
    let done = service.redact(request).unwrap();
    assert!(
        done.outcome.problems.is_empty(),
        "{:?}",
        done.outcome.problems
    );
    assert_eq!(done.outcome.state, State::Complete);
    done
}

fn attachments(service: &Service, conversation: &str) -> Vec<AttachmentView> {
    let (_, messages) = service.show(conversation).unwrap();
    messages
        .into_iter()
        .flat_map(|message| message.attachments)
        .collect()
}

fn stored(service: &Service, number: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    service.attachment("c1", number, &mut bytes).unwrap();
    bytes
}

/// All that a thief with store and keys can read.
fn loot(world: &World) -> Loot {
    let mut evidence = Evidence::default();
    evidence.add_image(&world.store());
    evidence.attack(&world.keys)
}

fn is_in(loot: &Loot, words: &str) -> bool {
    let utf16: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let contains =
        |bytes: &Vec<u8>, needle: &[u8]| bytes.windows(needle.len()).any(|part| part == needle);
    let mut contents = loot.opened.values().flatten();
    contents.any(|(header, body)| {
        [words.as_bytes(), &utf16]
            .into_iter()
            .any(|needle| contains(header, needle) || contains(body, needle))
    })
}

/// Everything that a person can read of the guest, in one text.
fn read_all(service: &Service) -> String {
    let mut all = String::new();
    for guest in service.guests(None).unwrap() {
        if guest.id == "g1" {
            write!(all, "{}", Value::Object(guest.record)).unwrap();
        }
    }
    let (conversation, messages) = service.show("c1").unwrap();
    write!(all, "{}", Value::Object(conversation.record)).unwrap();
    for message in messages {
        write!(
            all,
            "{} {:?} {:?}",
            message.text, message.sender, message.other
        )
        .unwrap();
        for file in message.attachments {
            write!(all, "{:?} {}", file.name, file.path).unwrap();
        }
    }
    all
}

/// What a person reads of it, and which files there are.
fn only_the_rest_is_read(service: &Service) {
    let seen = read_all(service);
    for word in ALL {
        assert!(!seen.contains(word), "{word} in {seen}");
    }
    assert!(seen.contains("good night") && seen.contains("booked"));
    let left = attachments(service, "c1");
    assert_eq!(left.len(), 3, "the bill is gone");
    let note = String::from_utf16_lossy(
        &stored(service, left[0].item)
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect::<Vec<_>>(),
    );
    assert_eq!(
        note,
        "\u{feff}电话 [MOBILE]，邮箱 [EMAIL]\n卡号 [BANK_CARD]\n谢谢"
    );
    assert_eq!(
        stored(service, left[1].item),
        b"\xca\xd6\xbb\xfa [MOBILE] \xba\xc3\xb5\xc4\n",
        "in its own encoding"
    );
    assert_eq!(
        stored(service, left[2].item),
        files()[2].1,
        "all of the film"
    );
    assert!(left.iter().all(|file| file.redacted_at.is_some()));
    assert!(left[0].scan.as_ref().unwrap().findings.is_empty());
}

/// No image of any moment opens what was cut, with the keys of today.
fn no_image_opens_it(world: &World, imager: &Imager) {
    let mut evidence = Evidence::default();
    evidence.add_images(&world.path("images"));
    assert!(evidence.images > 10, "{}", evidence.images);
    let today = evidence.attack(std::slice::from_ref(&world.keys[0]));
    for word in ALL {
        assert!(!is_in(&today, word), "{word} opens with the keys of today");
    }
    assert!(is_in(&today, "what nobody touches"));
    let before = evidence.attack(&[imager.keys("1-before")]);
    for word in ALL {
        assert!(is_in(&before, word), "the control: {word}");
    }
}

#[test]
fn what_stands_beside_the_texts_cannot_outlive_a_redaction() {
    let mut world = World::new();
    let imager = Arc::new(Imager::of(&world));
    world.steps = Arc::clone(&imager) as _;
    let (service, file) = hotel(&world);
    service.init_repository(&world.path("repository")).unwrap();
    service.create_snapshot(None).unwrap();
    imager.image("1-before");
    let request = of_guest(Documents::Erase);
    let preview = service.preview_redaction(&request).unwrap();
    imager.arm("2-redaction");
    let done = redact_whole(&service, &request);
    imager.disarm();
    let counts = done.outcome.counts;
    assert_eq!(
        (
            preview.messages,
            preview.attachments,
            preview.profiles,
            preview.records
        ),
        (
            counts.messages,
            counts.attachments,
            counts.guests,
            counts.conversations
        ),
        "the preview says what then happens"
    );
    assert_eq!(
        (
            counts.messages,
            counts.attachments,
            counts.guests,
            counts.conversations
        ),
        (2, 4, 1, 1)
    );
    assert_eq!((preview.documents_gone, done.documents_gone), (1, 1));
    assert_eq!((preview.left, &preview.spans), (done.left, &done.spans));
    assert_eq!(done.left.documents, 0);
    assert_eq!(done.left.pictures, 1, "the film is not looked into");
    only_the_rest_is_read(&service);
    // Nothing is left to redact, and no import brings anything back.
    let again = service.redact(&of_guest(Documents::Erase));
    assert!(matches!(again, Err(ServiceError::NothingMatches)));
    let report = import(&service, &file).unwrap();
    assert_eq!((report.added.messages, report.known.messages), (0, 6));
    verify(&service, &done.outcome.certificate);
    drop(service);

    imager.image("3-end");
    no_image_opens_it(&world, &imager);
}

#[test]
fn a_pdf_file_cannot_stay_unsaid_when_a_redaction_leaves_it() {
    let world = World::new();
    let (service, _) = hotel(&world);
    let request = of_guest(Documents::Stay);
    let preview = service.preview_redaction(&request).unwrap();
    assert_eq!((preview.left.documents, preview.documents_gone), (1, 0));
    let done = redact_whole(&service, &request);
    assert_eq!(done.left.documents, 1);
    let verified = verify(&service, &done.outcome.certificate).completed;
    let skipped = &verified.records.skipped;
    let kept = skipped
        .iter()
        .find(|kept| kept.reason.contains("PDF"))
        .unwrap();
    assert_eq!(kept.counts.attachments, 1);
    let left = attachments(&service, "c1");
    assert_eq!(left.len(), 4);
    assert!(stored(&service, left[3].item) == files()[3].1);
    // It is erased with its message, and nothing else is.
    let gone = erase_whole(&service, Scope::Messages(vec!["m4".to_owned()]));
    assert_eq!((gone.counts.messages, gone.counts.attachments), (1, 1));
    // Of a redacted message, its redacted file goes, with its mark.
    let marked = MarkRequest {
        conversation: "c1",
        number: left[0].item,
        mark: Mark::IdentityDocument,
        remove: false,
        by: MarkedBy::Agent,
        reason: "it shows one",
    };
    assert!(service.mark(&marked).unwrap());
    assert!(attachments(&service, "c1")[0].mark.is_some());
    let gone = erase_whole(&service, Scope::Messages(vec!["m1".to_owned()]));
    assert_eq!((gone.counts.messages, gone.counts.attachments), (1, 1));
    assert_eq!(attachments(&service, "c1").len(), 2);
    drop(service);
    assert!(!is_in(&loot(&world), "it shows one"));
}

#[test]
fn only_what_is_named_is_redacted_beside_it() {
    let world = World::new();
    let (service, _) = hotel(&world);
    let messages = RedactScope::Messages(vec!["m2".to_owned(), "m5".to_owned()]);
    let done = redact_whole(&service, &everything(messages, Documents::Stay));
    let counts = done.outcome.counts;
    assert_eq!(
        (
            counts.messages,
            counts.attachments,
            counts.guests,
            counts.conversations
        ),
        (0, 1, 0, 0)
    );
    let conversations = RedactScope::Conversations(vec!["c1".to_owned()]);
    let mut mails = everything(conversations, Documents::Erase);
    mails.kinds = KindSet::only(Kind::Email);
    let done = redact_whole(&service, &mails);
    let counts = done.outcome.counts;
    assert_eq!(
        (
            counts.messages,
            counts.attachments,
            counts.guests,
            counts.conversations
        ),
        (1, 1, 0, 1)
    );
    let seen = read_all(&service);
    assert_eq!(seen.matches(MAIL).count(), 1, "in the profile");
    assert!(seen.contains(PHONE));
    assert_eq!(attachments(&service, "c1").len(), 4);
}

#[test]
fn a_restore_cannot_bring_back_what_stood_beside_the_texts_nor_lose_the_rest() {
    let world = World::new();
    let (service, _) = hotel(&world);
    let (repository, away) = (world.path("repository"), world.path("away"));
    service.init_repository(&repository).unwrap();
    let first = service.create_snapshot(None).unwrap().done.id;
    redact_whole(&service, &of_guest(Documents::Stay));
    let now = read_all(&service);
    let files: Vec<Vec<u8>> = attachments(&service, "c1")
        .iter()
        .map(|file| stored(&service, file.item))
        .collect();
    let check = |number: usize, snapshot: Option<&str>| {
        let from = world.image("repository", &number.to_string());
        let folder = world.path(&format!("store-restored-{number}"));
        let (restored, report) = world.restore(&folder, &from, snapshot).unwrap();
        assert_eq!(read_all(&restored), now, "restore {number}");
        let back: Vec<Vec<u8>> = attachments(&restored, "c1")
            .iter()
            .map(|file| stored(&restored, file.item))
            .collect();
        assert!(back == files, "restore {number}");
        assert_eq!((report.attachments, report.erased_messages), (4, 0));
    };
    check(1, Some(&first));
    service.create_snapshot(None).unwrap();
    check(2, None);
    check(3, Some(&first));
    // A repository that was away meanwhile gets the new versions, with their files, before the old root goes.
    let more = [message_with("m7", "c2", "mine", "note.txt")];
    world.import_lines(&service, "hotel", &more);
    service.create_snapshot(None).unwrap();
    fs::rename(&repository, &away).unwrap();
    let second = everything(
        RedactScope::Conversations(vec!["c2".to_owned()]),
        Documents::Stay,
    );
    let done = service.redact(&second).unwrap();
    assert_eq!(done.outcome.state, State::Partial);
    drop(service);
    fs::rename(&away, &repository).unwrap();
    let (service, notices) = world.open().unwrap();
    assert!(
        notices.iter().any(|notice| notice.contains("complete")),
        "{notices:?}"
    );
    drop(service);
    let folder = world.path("store-restored-4");
    let (restored, _) = world.restore(&folder, &repository, None).unwrap();
    let mut bytes = Vec::new();
    let number = attachments(&restored, "c2")[0].item;
    restored.attachment("c2", number, &mut bytes).unwrap();
    assert_eq!(
        bytes.len(),
        2 * "_电话 [MOBILE]，邮箱 [EMAIL]_卡号 [BANK_CARD]_谢谢"
            .chars()
            .count()
    );
}

#[test]
fn a_redaction_of_everything_that_is_interrupted_cannot_be_done_by_half() {
    let steps = [
        ("redact/files", When::Before, false),
        ("redact/files", When::After, false),
        ("rotation/commit", When::Before, false),
        ("rotation/commit", When::After, true),
        ("erase/blobs", When::Before, true),
    ];
    for (step, when, done) in steps {
        let mut world = World::new();
        let moments = Arc::new(Moments::default());
        world.steps = Arc::clone(&moments) as _;
        let (service, _) = hotel(&world);
        let before = read_all(&service);
        moments.stop(step, when);
        let stopped = service.redact(&of_guest(Documents::Erase));
        assert!(matches!(stopped, Err(ServiceError::Stopped(_))), "{step}");
        drop(service);
        let (service, _) = world.open().unwrap();
        assert_eq!(read_all(&service) == before, !done, "{step}");
        let left = attachments(&service, "c1");
        assert_eq!(left.len(), if done { 3 } else { 4 }, "{step}");
        for file in &left {
            assert!(!stored(&service, file.item).is_empty());
        }
        let on_disk = wuhen_stories::world::content(&[world.store().join("blobs")]);
        assert_eq!(
            on_disk.len(),
            left.len(),
            "{step}: no file too many, no note"
        );
        if !done {
            redact_whole(&service, &of_guest(Documents::Erase));
        }
        assert!(!read_all(&service).contains(PHONE));
    }
}

#[test]
fn a_new_version_of_a_file_that_is_not_there_cannot_cost_the_old_root() {
    let mut world = World::new();
    let moments = Arc::new(Moments::default());
    world.steps = Arc::clone(&moments) as _;
    let (service, _) = hotel(&world);
    let blobs = world.store().join("blobs");
    let before = wuhen_stories::world::content(std::slice::from_ref(&blobs));
    // A disk that loses what was just written.
    moments.act("rotation/commit", When::After, move || {
        for file in wuhen_stories::world::content(std::slice::from_ref(&blobs)).keys() {
            if !before.contains_key(file) {
                fs::remove_file(file).unwrap();
            }
        }
    });
    let done = service.redact(&of_guest(Documents::Stay)).unwrap();
    assert_eq!(done.outcome.state, State::Partial);
    let roots = wuhen_stories::world::roots(&world.keys[0]);
    assert_eq!(roots, 2, "what it opens may still be needed");
}

#[test]
fn a_new_version_of_a_file_that_is_damaged_cannot_cost_the_old_root() {
    let mut world = World::new();
    let moments = Arc::new(Moments::default());
    world.steps = Arc::clone(&moments) as _;
    let (service, _) = hotel(&world);
    let blobs = world.store().join("blobs");
    let before = wuhen_stories::world::content(std::slice::from_ref(&blobs));
    moments.act("rotation/commit", When::After, move || {
        for (file, mut bytes) in wuhen_stories::world::content(std::slice::from_ref(&blobs)) {
            // What says that files are being written is empty.
            if let Some(last) = bytes.last_mut().filter(|_| !before.contains_key(&file)) {
                *last ^= 1;
                fs::write(file, bytes).unwrap();
            }
        }
    });
    let done = service.redact(&of_guest(Documents::Stay)).unwrap();
    assert_eq!(done.outcome.state, State::Partial);
    let roots = wuhen_stories::world::roots(&world.keys[0]);
    assert_eq!(roots, 2, "what it opens may still be needed");
}

#[test]
fn a_file_that_is_lost_cannot_keep_the_rest_from_being_redacted() {
    let world = World::new();
    let (service, _) = hotel(&world);
    let blobs = world.store().join("blobs");
    for file in wuhen_stories::world::content(&[blobs]).keys() {
        fs::remove_file(file).unwrap();
    }
    let done = service.redact(&of_guest(Documents::Stay)).unwrap();
    assert_eq!(done.left.unread, 4);
    let (_, texts) = service.show("c1").unwrap();
    assert!(!texts.iter().any(|message| message.text.contains(PHONE)));
}

#[test]
fn a_file_cannot_be_read_by_who_must_not() {
    let world = World::new();
    let (service, _) = hotel(&world);
    let numbers: Vec<u32> = attachments(&service, "c1")
        .iter()
        .map(|file| file.item)
        .collect();
    let [note, old, film, bill] = numbers[..] else {
        panic!("four files")
    };
    let show = |number, sight| {
        let mut bytes = Vec::new();
        service
            .show_attachment("c1", number, sight, &mut bytes)
            .map(|seen| (bytes, seen.masked))
    };
    let why = |number, viewer| match show(number, Sight::of(viewer)) {
        Err(ServiceError::Withheld { why, .. }) => Some(why),
        Err(error) => panic!("{error}"),
        Ok(_) => None,
    };
    // A text is masked as a message is.
    let (seen, masked) = show(note, Sight::of(Viewer::Agent)).unwrap();
    assert_eq!(masked, 3);
    let seen = String::from_utf16_lossy(
        &seen
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect::<Vec<_>>(),
    );
    for word in [CARD, PHONE, MAIL] {
        assert!(!seen.contains(word), "{seen}");
    }
    assert!(seen.ends_with("\n谢谢"));
    let (seen, masked) = show(old, Sight::of(Viewer::Supervisor)).unwrap();
    assert_eq!((seen, masked), (files()[1].1.clone(), 0));
    let (seen, _) = show(old, Sight::of(Viewer::Auditor)).unwrap();
    assert_eq!(seen, b"\xca\xd6\xbb\xfa *** \xba\xc3\xb5\xc4\n");
    // What cannot be masked is shown whole, or not at all.
    for viewer in [Viewer::Agent, Viewer::Supervisor, Viewer::PrivacyOfficer] {
        assert_eq!(
            (why(film, viewer), why(bill, viewer)),
            (None, Some(Withheld::Findings))
        );
    }
    assert_eq!(why(film, Viewer::Auditor), Some(Withheld::NothingClear));
    let passport = MarkRequest {
        conversation: "c1",
        number: film,
        mark: Mark::IdentityDocument,
        remove: false,
        by: MarkedBy::Guest,
        reason: "my passport is in it",
    };
    service.mark(&passport).unwrap();
    for viewer in Viewer::ALL {
        assert_eq!(why(film, viewer), Some(Withheld::IdentityDocument));
    }
    let mut out = Vec::new();
    let refused = service
        .show_attachment("c1", film, Sight::of(Viewer::Agent), &mut out)
        .unwrap_err();
    assert_words(&refused, &["identity document", "--reveal"]);
    assert!(out.is_empty(), "nothing was written");
}

#[test]
fn who_read_a_file_or_a_conversation_without_masks_cannot_be_forgotten() {
    let world = World::new();
    let (service, _) = hotel(&world);
    let numbers: Vec<u32> = attachments(&service, "c1")
        .iter()
        .map(|file| file.item)
        .collect();
    let reveal = |number: usize, viewer, reason| {
        let mut bytes = Vec::new();
        let who = (viewer, reason);
        let seen = service.reveal_attachment("c1", numbers[number], who, &mut bytes);
        seen.map(|_| bytes)
    };
    assert!(reveal(3, Viewer::Agent, "curious").is_err());
    assert!(reveal(3, Viewer::PrivacyOfficer, " ").is_err());
    // A card is shown to the privacy officer alone, and what is refused is not recorded as read.
    let refused = reveal(3, Viewer::Supervisor, "chargeback");
    assert!(matches!(refused, Err(ServiceError::Withheld { .. })));
    assert_eq!(service.reveals(None).unwrap(), []);
    assert!(reveal(3, Viewer::PrivacyOfficer, "chargeback").unwrap() == files()[3].1);
    assert!(reveal(0, Viewer::PrivacyOfficer, "chargeback").unwrap() == files()[0].1);
    assert!(reveal(1, Viewer::Supervisor, "to call back").unwrap() == files()[1].1);
    for _ in 0..2 {
        service
            .reveal("c1", Viewer::Supervisor, "complaint")
            .unwrap();
    }
    service
        .reveal("c2", Viewer::PrivacyOfficer, "audit")
        .unwrap();
    let read: Vec<_> = service
        .reveals(Some("c1"))
        .unwrap()
        .into_iter()
        .map(|one| {
            (
                one.by_role,
                one.reason,
                one.attachment,
                one.messages,
                one.findings,
            )
        })
        .collect();
    let (officer, supervisor) = (Role::PrivacyOfficer, Role::Supervisor);
    assert_eq!(
        read[..3],
        [
            (officer, "chargeback".to_owned(), Some(numbers[3]), 0, 1),
            (officer, "chargeback".to_owned(), Some(numbers[0]), 0, 1),
            (
                supervisor,
                "to call back".to_owned(),
                Some(numbers[1]),
                0,
                0
            ),
        ]
    );
    assert_eq!(read.len(), 5);
    assert!(read[3] == read[4] && read[3].3 == 5);
    let all = service.reveals(None).unwrap();
    assert_eq!(all.len(), 6);
    assert_eq!(all[5].conversation.as_deref(), Some("c2"));
    they_outlive_what_was_read(&world, service);
}

fn they_outlive_what_was_read(world: &World, service: Service) {
    // Also across a start.
    erase_whole(&service, Scope::Conversations(vec!["c1".to_owned()]));
    drop(service);
    let (service, _) = world.open().unwrap();
    let all = service.reveals(None).unwrap();
    assert_eq!(
        all.iter().filter(|one| one.conversation.is_none()).count(),
        5
    );
    assert!(service.reveals(Some("c1")).is_err());
    service.check_ledger().unwrap();
}

/// "My mobile number is 0912345678, thank you", in Big5: nearly all of it could be GB18030 as well.
const IN_BIG5: &[u8] =
    b"\xa7\xda\xaa\xba\xa4\xe2\xbe\xf7\xacO 0912-345-678\xa1A\xc1\xc2\xc1\xc2\xb1z\n";

#[test]
fn a_text_in_big5_cannot_be_read_unmasked_nor_pass_a_redaction_by() {
    let world = World::new();
    let service = world.init();
    let lines = [
        guest("g", "A guest of Taipei"),
        conversation("c", "g"),
        message_with("m", "c", "as a file", "note.txt"),
    ];
    let file = world.write_lines("hotel", &lines);
    fs::write(file.with_file_name("note.txt"), IN_BIG5).unwrap();
    import(&service, &file).unwrap();
    let number = attachments(&service, "c")[0].item;
    let shown = || {
        let mut bytes = Vec::new();
        let sight = Sight::of(Viewer::Agent);
        service
            .show_attachment("c", number, sight, &mut bytes)
            .unwrap();
        bytes
    };
    let has_number = |bytes: &[u8]| bytes.windows(7).any(|part| part == b"345-678");
    assert!(!has_number(&shown()));
    let request = everything(RedactScope::Guest("g".to_owned()), Documents::Stay);
    let done = service.redact(&request).unwrap();
    assert_eq!(done.outcome.state, State::Complete);
    let mut bytes = Vec::new();
    service.attachment("c", number, &mut bytes).unwrap();
    assert!(!has_number(&bytes));
    assert!(bytes.starts_with(&IN_BIG5[..8]) && bytes.ends_with(&IN_BIG5[IN_BIG5.len() - 9..]));
}
