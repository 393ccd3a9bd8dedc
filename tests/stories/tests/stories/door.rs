//! What comes in by an import: a card's security code is stored nowhere, and what was found is shown to nobody who must not see it.

use std::fs;

use serde_json::{Value, json};
use wuhen_detect::{Category, Importance, Kind, KindSet, Sight, Viewer};
use wuhen_service::Service;
use wuhen_service::read::MessageView;
use wuhen_service::scan::Place;
use wuhen_service::search::SearchScope;
use wuhen_service::select::Scope;
use wuhen_stories::attacker::Evidence;
use wuhen_stories::world::{World, conversation, erase_whole, guest, message};

/// A sketch's body is bits: three digits may stand in it by chance.
const SKETCH: u8 = 5;
const CARD: &str = "4111111111111111";
const PHONE: &str = "15400000173";

fn shown(service: &Service, conversation: &str) -> Vec<MessageView> {
    service.show(conversation).unwrap().1
}

fn seen(service: &Service, conversation: &str, sight: Sight) -> Vec<String> {
    let mut messages = shown(service, conversation);
    for message in &mut messages {
        service.mask_message(message, sight);
    }
    messages.into_iter().map(|message| message.text).collect()
}

fn from_agent(id: &str, conversation: &str, text: &str) -> Value {
    let mut message = message(id, conversation, text);
    message["sender"] = json!({"role": "agent"});
    message
}

/// Codes in the places that a record has, each with the digits 973. Other ways of writing and asking have stories of their own, and
/// what no rule finds passes.
fn codes() -> Vec<Value> {
    let mut guest = guest("g1", "Ann");
    guest["note"] = json!("card on file, CVV 973");
    guest["guest"] = json!("card cvv 973");
    guest["opened_at"] = json!({"cvv": "973"});
    let mut first = conversation("c1", "g1");
    first["payment"] = json!({"card": {"cvc": 973}, "lines": ["CVV: 973", 1]});
    first["labels"] = json!(["CVV 973"]);
    let mut with_fields = message("m3", "c1", "see the form");
    with_fields["form"] =
        json!({"fields": [{"cvv": "973"}], "cardCvv": ["9", "7", "3"], "973": "cvv"});
    with_fields["card"] = json!({"securityCode": {"value": 973}, "cid": "973"});
    with_fields["sender"]["terminal"] = json!("CVV 973");
    let mut with_file = message("m4", "c1", "and a picture");
    with_file["sender"]["id"] = json!("cvv 973");
    with_file["attachments"] = json!([{"name": "CVV 973.txt", "path": "files/CVV 973.txt", "media_type": "text/plain; CVV 973"}]);
    vec![
        guest,
        first,
        message(
            "m1",
            "c1",
            &format!("my card is {CARD} and the CVV 973, thanks"),
        ),
        message("m2", "c1", "卡背面的安全码：９７３，CVV九七三"),
        with_fields,
        with_file,
        conversation("c2", "g1"),
        from_agent("m5", "c2", "请问卡片的CVV安全码是多少？"),
        message("m6", "c2", "973"),
        conversation("c3", "g1"),
        from_agent("m7", "c3", "Could you send me the CVV of the card?"),
    ]
}

/// The agent asked in the first file; the guest answers in the second.
fn answer_of_the_next_day() -> Vec<Value> {
    vec![message("m8", "c3", "973")]
}

fn house_with_codes() -> (World, Service) {
    let world = World::new();
    let service = world.init();
    let folder = world.path("imports/files");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("CVV 973.txt"), "nothing in it").unwrap();
    let report = world.import_lines(&service, "day", &codes());
    assert_eq!(report.cut, 20, "one in each place, two in one text");
    let report = import_as(&world, &service, "day", &answer_of_the_next_day());
    assert_eq!(report, 1);
    (world, service)
}

fn import_as(world: &World, service: &Service, name: &str, lines: &[Value]) -> u64 {
    world.import_lines(service, name, lines).cut
}

#[test]
fn a_security_code_cannot_be_found_anywhere() {
    let (world, service) = house_with_codes();
    service.init_repository(&world.path("repository")).unwrap();
    service.create_snapshot(None).unwrap();
    assert_eq!(shown(&service, "c2")[1].text, "***");
    assert_eq!(shown(&service, "c3")[1].text, "***");
    let text = &shown(&service, "c1")[0];
    assert_eq!(
        text.text,
        format!("my card is {CARD} and the CVV ***, thanks")
    );
    for words in ["973", "９７３", "九七三", "CVV 973"] {
        let hits = service.search(words, &SearchScope::default()).unwrap();
        assert!(hits.is_empty(), "{words}");
    }
    drop(service);

    // In no file as it stands: longer words than the three digits, which stand in random bytes by chance.
    let words = ["CVV 973", "CVV: 973", "９７３", "九七三", "\"973\"", ":973"];
    for folder in ["store", "keys", "repository"] {
        every_file(&world.path(folder), &mut |bytes| {
            for word in words {
                let found = bytes.windows(word.len()).any(|at| at == word.as_bytes());
                assert!(!found, "{word:?} stands in a file of {folder}");
            }
        });
    }

    // And no key opens it.
    let mut evidence = Evidence::default();
    evidence.add_image(&world.path("store"));
    evidence.add_image(&world.path("repository"));
    let loot = evidence.attack(&world.keys);
    assert!(loot.opened.len() > 15);
    let opened = loot
        .opened
        .iter()
        .filter(|((_, _, kind), _)| *kind != SKETCH);
    for (header, body) in opened.flat_map(|(_, contents)| contents) {
        for part in [header, body] {
            let text = String::from_utf8_lossy(part);
            for digits in ["973", "９７３", "九七三"] {
                assert!(!text.contains(digits), "{text}");
            }
        }
    }
}

fn every_file(folder: &std::path::Path, look: &mut dyn FnMut(&[u8])) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            every_file(&path, look);
        } else {
            look(&fs::read(path).unwrap());
        }
    }
}

#[test]
fn what_stands_between_a_question_and_its_answer_cannot_save_the_code() {
    let world = World::new();
    let service = world.init();
    let asks = "请问卡片背面的安全码是多少？";
    let lines = [
        guest("g1", "Ann"),
        conversation("c1", "g1"),
        from_agent("a1", "c1", asks),
        message("a2", "c1", "稍等，我找一下"),
        from_agent("a3", "c1", "谢谢"),
        message("a4", "c1", "973"),
        // It is answered: three digits are three digits again.
        message("a5", "c1", "302"),
        conversation("c2", "g1"),
        from_agent("b1", "c2", asks),
        message("b2", "c2", "稍等，我找一下"),
        from_agent("b3", "c2", "还有您的手机号是多少？"),
    ];
    assert_eq!(import_as(&world, &service, "day", &lines), 1);
    // The next file goes on where the last one ended, and the one after it.
    assert_eq!(
        import_as(&world, &service, "day", &[message("b4", "c2", PHONE)]),
        0
    );
    assert_eq!(
        import_as(&world, &service, "day", &[message("b5", "c2", "973")]),
        1
    );
    let texts = |id| -> Vec<String> {
        let messages = shown(&service, id).into_iter();
        messages.map(|message| message.text).collect()
    };
    assert_eq!(texts("c1")[3..], ["***", "302"]);
    assert_eq!(texts("c2")[3..], [PHONE, "***"]);
    let late = [
        conversation("c3", "g1"),
        from_agent("d0", "c3", asks),
        message("d1", "c3", "嗯"),
        message("d2", "c3", "等"),
        message("d3", "c3", "找"),
        message("d4", "c3", "没"),
        message("d5", "c3", "973"),
        from_agent("d6", "c3", asks),
        message("d7", "c3", "嗯"),
        message("d8", "c3", "嗯"),
        message("d9", "c3", "嗯"),
        message("da", "c3", "嗯"),
        message("db", "c3", "嗯"),
        message("dc", "c3", "302"),
    ];
    assert_eq!(import_as(&world, &service, "day", &late), 1);
    assert_eq!(texts("c3")[5], "***", "the fifth message after it");
    assert_eq!(texts("c3")[12], "302", "the sixth");
    // A scan of the store knows what was cut and answered: it finds nothing in what follows.
    let kinds = service.scan_store(9, KindSet::ALL).unwrap().kinds;
    assert!(!kinds.contains_key(&Kind::CardSecurityCode));
}

#[test]
fn what_was_found_cannot_be_seen_by_who_must_not() {
    let world = World::new();
    let service = world.init();
    let lines = [
        guest("g1", "Ann"),
        conversation("c1", "g1"),
        message("m1", "c1", &format!("请用卡{CARD}，电话{PHONE}")),
        message("m2", "c1", "谢谢"),
    ];
    world.import_lines(&service, "day", &lines);
    let messages = shown(&service, "c1");
    let kinds: Vec<Kind> = messages[0]
        .findings
        .iter()
        .map(|found| found.kind)
        .collect();
    assert_eq!(kinds, [Kind::BankCard, Kind::Mobile]);
    assert_eq!(
        (messages[0].category, messages[0].importance),
        (Category::Payment, Importance::Important)
    );
    assert_eq!(
        (messages[1].category, messages[1].importance),
        (Category::Other, Importance::Ordinary)
    );
    assert_eq!(
        service.conversations(None).unwrap()[0].category,
        Category::Payment
    );

    let agent = &seen(&service, "c1", Sight::of(Viewer::Agent))[0];
    assert!(!agent.contains(CARD) && !agent.contains(PHONE) && agent.starts_with("请用卡"));
    let supervisor = &seen(&service, "c1", Sight::of(Viewer::Supervisor))[0];
    assert!(!supervisor.contains(CARD) && supervisor.contains(PHONE));
    assert_eq!(
        seen(&service, "c1", Sight::of(Viewer::Auditor))[0],
        "请用卡***，电话***"
    );

    // A search shows what reading would.
    let mut hits = service.search("请用卡", &SearchScope::default()).unwrap();
    service.mask_message(&mut hits[0].message, Sight::of(Viewer::Agent));
    assert_eq!(&hits[0].message.text, agent);

    let mut guests = service.guests(None).unwrap();
    service.mask_guest(&mut guests[0], Sight::of(Viewer::Auditor));
    for field in ["name", "phone", "email"] {
        assert_eq!(guests[0].record[field], "***");
    }
}

/// Personal data in every place of a conversation and a message that is no text.
fn around_the_text() -> Vec<Value> {
    let mut first = conversation("c1", "g1");
    first["channel"] = json!(format!("phone {PHONE}"));
    first["labels"] = json!([format!("call {PHONE}")]);
    first["booking"] =
        json!({"id": "BK20250301", "card": CARD, "contact_phone": PHONE, PHONE: "who booked"});
    let mut sent = message("m1", "c1", "see you");
    sent["sender"]["id"] = json!(PHONE);
    sent["form"] = json!([{PHONE: "x", "note": CARD}]);
    sent["attachments"] =
        json!([{"path": "a.txt", "media_type": format!("text/plain; by={PHONE}")}]);
    vec![guest("g1", "Ann"), first, sent]
}

#[test]
fn what_stands_around_a_text_cannot_be_seen_by_who_must_not() {
    let world = World::new();
    let service = world.init();
    let folder = world.path("imports");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("a.txt"), "nothing in it").unwrap();
    world.import_lines(&service, "day", &around_the_text());
    for (viewer, hidden) in [
        (Viewer::Agent, &[CARD, PHONE][..]),
        (Viewer::Supervisor, &[CARD]),
        (Viewer::Auditor, &[CARD, PHONE, "BK20250301"]),
    ] {
        let sight = Sight::of(viewer);
        let (mut first, mut messages) = service.show("c1").unwrap();
        service.mask_conversation(&mut first, sight);
        service.mask_message(&mut messages[0], sight);
        let (sent, file) = (&messages[0], &messages[0].attachments[0]);
        let seen = format!(
            "{} {:?} {:?} {} {:?}",
            Value::Object(first.record.clone()),
            first.labels,
            sent.sender,
            Value::Object(sent.other.clone()),
            file.media_type
        );
        for word in hidden {
            assert!(!seen.contains(word), "{viewer:?} sees {word} in {seen}");
        }
        assert_eq!(first.record["guest"], "g1");
        assert_eq!(sent.other["form"][0].as_object().unwrap().len(), 2);
    }
    let shown = service.show("c1").unwrap().0;
    assert_eq!(shown.record["booking"]["card"], CARD);
}

#[test]
fn masks_cannot_be_lifted_without_a_role_a_reason_and_a_record() {
    let world = World::new();
    let service = world.init();
    let lines = [
        guest("g1", "Ann"),
        conversation("c1", "g1"),
        message("m1", "c1", &format!("card {CARD}")),
    ];
    world.import_lines(&service, "day", &lines);
    let size = service.check_ledger().unwrap().size;
    for (viewer, reason) in [
        (Viewer::Agent, "curious"),
        (Viewer::Auditor, "curious"),
        (Viewer::PrivacyOfficer, " "),
    ] {
        assert!(service.reveal("c1", viewer, reason).is_err());
    }
    assert!(
        service
            .reveal("c9", Viewer::PrivacyOfficer, "chargeback")
            .is_err()
    );
    assert_eq!(
        service.check_ledger().unwrap().size,
        size,
        "nothing was shown"
    );

    let mut revealed = service
        .reveal("c1", Viewer::PrivacyOfficer, "chargeback")
        .unwrap();
    service.mask_message(&mut revealed.messages[0], revealed.sight);
    assert_eq!(revealed.messages[0].text, format!("card {CARD}"));
    let report = service.check_ledger().unwrap();
    assert_eq!((report.size, report.opened), (size + 1, size + 1));
    // The record outlives the conversation, and says nothing of it.
    erase_whole(&service, Scope::Conversations(vec!["c1".to_owned()]));
    service.check_ledger().unwrap();
}

#[test]
fn the_houses_own_numbers_cannot_be_taken_for_a_persons() {
    let world = World::new();
    let service = world.init();
    assert_eq!(service.add_own_numbers(&[PHONE.to_owned()]).unwrap(), 1);
    assert_eq!(service.add_own_numbers(&[format!(" {PHONE} ")]).unwrap(), 0);
    for refused in ["call us", "95588", "010-5550", "000 555 010"] {
        assert!(
            service.add_own_numbers(&[refused.to_owned()]).is_err(),
            "{refused}"
        );
    }
    drop(service);
    let (service, _) = world.open().unwrap();
    assert_eq!(service.own_numbers(), [PHONE]);
    let text = format!("我们前台的电话是{PHONE}");
    let lines = [
        guest("g1", "Ann"),
        conversation("c1", "g1"),
        message("m1", "c1", &text),
    ];
    world.import_lines(&service, "day", &lines);
    assert_eq!(
        seen(&service, "c1", Sight::of(Viewer::Agent)),
        [text.as_str()]
    );
    assert!(
        service
            .scan_store(10, KindSet::ALL)
            .unwrap()
            .kinds
            .is_empty()
    );
    assert_eq!(service.remove_own_numbers(&[PHONE.to_owned()]).unwrap(), 1);
    assert_eq!(
        service.scan_store(10, KindSet::ALL).unwrap().kinds[&Kind::Mobile].findings,
        1
    );
}

#[test]
fn a_number_that_is_named_the_houses_later_cannot_stay_masked_in_old_messages() {
    let world = World::new();
    let service = world.init();
    let lines = [
        guest("g1", "Ann"),
        conversation("c1", "g1"),
        message(
            "m1",
            "c1",
            "前台电话 (010) 5550 0100 转 8，我的是15400000173",
        ),
        message("m2", "c1", "call +86 10 5550 0100"),
    ];
    world.import_lines(&service, "day", &lines);
    let agent = Sight::of(Viewer::Agent);
    let before = seen(&service, "c1", agent);
    assert!(
        before.iter().all(|text| !text.contains("5550")),
        "{before:?}"
    );
    service
        .add_own_numbers(&["010-55500100".to_owned()])
        .unwrap();
    for _ in 0..2 {
        let now = seen(&service, "c1", agent);
        assert!(
            now[0].starts_with("前台电话 (010) 5550 0100 转 8，"),
            "{now:?}"
        );
        assert!(
            !now[0].contains("15400000173"),
            "another number stays masked"
        );
        assert_eq!(now[1], "call +86 10 5550 0100");
    }
    // Taken from the list again, it is masked again: what was found is still sealed with the message.
    service
        .remove_own_numbers(&["010-55500100".to_owned()])
        .unwrap();
    assert_eq!(seen(&service, "c1", agent), before);
}

#[test]
fn a_scan_of_the_store_cannot_miss_what_to_clean_first() {
    let world = World::new();
    let service = world.init();
    let mut old = message("m3", "c3", &format!("电话{PHONE}"));
    old["sent_at"] = json!("2020-03-01T08:00:00Z");
    let lines = [
        guest("g1", "Ann"),
        conversation("c1", "g1"),
        message("m1", "c1", &format!("电话{PHONE}")),
        conversation("c2", "g1"),
        message("m2", "c2", &format!("card {CARD}, CVV 973")),
        json!({"type": "conversation", "id": "c3", "guest": "g1"}),
        old,
        conversation("c4", "g1"),
        message("m4", "c4", "nothing"),
    ];
    world.import_lines(&service, "day", &lines);
    let cards = KindSet::only(Kind::BankCard);
    let report = service.scan_store(2, cards).unwrap();
    assert!(report.kinds.keys().eq([&Kind::BankCard]));
    assert_eq!(
        (report.messages, report.messages_with, report.cut),
        (4, 1, 0)
    );
    assert_eq!(report.first.len(), 1);
    let report = service.scan_store(2, KindSet::ALL).unwrap();
    assert_eq!((report.conversations, report.messages), (4, 4));
    assert_eq!((report.conversations_with, report.messages_with), (3, 3));
    assert_eq!(report.kinds[&Kind::Mobile].conversations, 2);
    assert_eq!(
        (report.cut, report.unscanned, report.other_rules),
        (1, 0, 0)
    );
    let first: Vec<&str> = report.first.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(first, ["c2", "c3"], "the card, then the older phone");
    assert_eq!(report.first[1].weight, 5 * 7, "six full years have passed");
}

#[test]
fn a_scan_of_the_store_cannot_pass_over_what_stands_beside_the_texts() {
    let world = World::new();
    let service = world.init();
    let folder = world.path("imports");
    fs::create_dir_all(&folder).unwrap();
    fs::write(
        folder.join("a.txt"),
        format!("card {CARD}\nCVV 973\nphone {PHONE}"),
    )
    .unwrap();
    let mut lines = around_the_text();
    lines[0] = json!({"type": "guest", "id": "g1", "name": "Ann", "phone": PHONE, "payment": {"cvv": "973"}});
    lines[2]["attachments"][0]["name"] = json!(format!("{PHONE}.txt"));
    lines[2]["payment"] = json!({"cvc": 973});
    world.import_lines(&service, "day", &lines);
    let report = service.scan_store(9, KindSet::ALL).unwrap();
    let place = |place| report.places[&place].clone();
    let kinds =
        |place| -> Vec<(Kind, u64)> { report.places[&place].kinds.clone().into_iter().collect() };
    assert_eq!(kinds(Place::Messages), []);
    assert_eq!(
        kinds(Place::Profiles),
        [(Kind::Mobile, 1), (Kind::PersonName, 1)]
    );
    // In the file, its name, and its type; the code is cut.
    assert_eq!(
        kinds(Place::Attachments),
        [(Kind::BankCard, 1), (Kind::Mobile, 3)]
    );
    // The channel, the label, the booking, who sent it, and the form.
    let fields = place(Place::Fields);
    assert_eq!((fields.records, fields.records_with), (2, 2));
    assert_eq!(
        (fields.kinds[&Kind::Mobile], fields.kinds[&Kind::BankCard]),
        (6, 2)
    );
    assert_eq!(fields.kinds[&Kind::BookingNumber], 1);
    let cut = [
        Place::Messages,
        Place::Attachments,
        Place::Profiles,
        Place::Fields,
    ]
    .map(|one| place(one).cut);
    assert_eq!(cut, [0, 1, 1, 1]);
    assert_eq!((report.conversations_with, report.messages_with), (1, 0));
    assert_eq!(report.first[0].kinds[&Kind::BankCard], 3);
    // Only what is asked for.
    let cards = service
        .scan_store(9, KindSet::only(Kind::BankCard))
        .unwrap();
    assert_eq!(cards.places[&Place::Attachments].kinds.len(), 1);
    assert_eq!(cards.places[&Place::Profiles].records_with, 0);
    assert_eq!(cards.places[&Place::Fields].cut, 0);
}
