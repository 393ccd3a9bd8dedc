//! What people complain about elsewhere (COMPLAINTS.md), played here as they would. Numbers are that page's. Others of them
//! have stories of their own: 7, 10 and 12 in `sabotage`, 13 in `restore`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::Value;
use wuhen_formats::Source;
use wuhen_ledger::body::{Limit, Role, ScopeKind, State, Witness};
use wuhen_service::Service;
use wuhen_service::erase::EraseRequest;
use wuhen_service::import::ImportOptions;
use wuhen_service::probe::probe;
use wuhen_service::search::SearchScope;
use wuhen_service::select::{Consequence, Scope};
use wuhen_stories::attacker::Evidence;
use wuhen_stories::truth::Truth;
use wuhen_stories::world::{
    World, conversation, erase, erase_whole, full, guest, import, in_words, lakeside, message,
    message_with, verify,
};

fn hotel() -> (World, Service) {
    let world = World::new();
    let service = world.init();
    import(&service, &lakeside()).unwrap();
    service.init_repository(&world.path("repository")).unwrap();
    service.create_snapshot(None).unwrap();
    (world, service)
}

fn blob_files(world: &World, of: &str) -> usize {
    fn count(folder: &Path) -> usize {
        let entries = fs::read_dir(folder).unwrap();
        entries
            .map(|entry| entry.unwrap().path())
            .map(|path| if path.is_dir() { count(&path) } else { 1 })
            .sum()
    }
    count(&world.path(of).join("blobs"))
}

// 1: redacting a message leaves its media on the server.
#[test]
fn an_erased_message_cannot_leave_its_attachment_behind() {
    let (world, service) = hotel();
    let (_, messages) = service.show("lk-006").unwrap();
    let invoice = messages
        .iter()
        .find(|message| message.id == "lk-006-06")
        .unwrap();
    let item = invoice.attachments[0].item;
    let bytes = service.attachment("lk-006", item, &mut Vec::new()).unwrap();
    assert!(bytes > 0);
    assert_eq!(
        (
            blob_files(&world, "store"),
            blob_files(&world, "repository")
        ),
        (4, 4)
    );
    let outcome = erase_whole(&service, Scope::Messages(vec!["lk-006-06".to_owned()]));
    assert_eq!(
        (outcome.counts.messages, outcome.counts.attachments),
        (1, 1)
    );
    assert_eq!(
        (
            blob_files(&world, "store"),
            blob_files(&world, "repository")
        ),
        (3, 3)
    );
    let refused = service
        .attachment("lk-006", item, &mut Vec::new())
        .err()
        .unwrap();
    assert!(
        in_words(&refused).contains("there is no attachment"),
        "{refused}"
    );
}

// 2: "if I delete something I expect it to be deleted, not just hidden": what an erasure does is said before it is done.
#[test]
fn a_preview_cannot_differ_from_what_then_happens() {
    let (_world, service) = hotel();
    for scope in [
        Scope::Messages(vec!["lk-014-04".to_owned()]),
        Scope::Conversations(vec!["lk-017".to_owned(), "lk-006".to_owned()]),
        Scope::Label("机密-2023".to_owned()),
        Scope::Guest("lk-g07".to_owned()),
        Scope::Before("2023-10-01T00:00:00Z".parse().unwrap()),
    ] {
        let (totals, epoch) = service.stats().unwrap();
        let size = service.check_ledger().unwrap().size;
        let preview = service.preview(&scope).unwrap();
        assert!(
            preview == service.preview(&scope).unwrap(),
            "looking twice shows the same"
        );
        assert_eq!(
            service.check_ledger().unwrap().size,
            size,
            "a preview does nothing"
        );
        let outcome = erase_whole(&service, scope);
        let said = (
            preview.guests,
            preview.conversations,
            preview.messages,
            preview.attachments,
        );
        let counts = outcome.counts;
        let done = (
            counts.guests,
            counts.conversations,
            counts.messages,
            counts.attachments,
        );
        assert_eq!(said, done);
        assert_eq!(preview.repositories, 1);
        let (left, next_epoch) = service.stats().unwrap();
        assert_eq!(next_epoch, epoch + 1);
        assert_eq!(totals.messages - left.messages, preview.messages);
        assert_eq!(totals.attachments - left.attachments, preview.attachments);
        assert_eq!(totals.guests - left.guests, preview.guests);
    }
}

#[test]
fn a_preview_cannot_keep_quiet_about_what_will_be_lost() {
    let world = World::new();
    let service = world.init();
    import(&service, &lakeside()).unwrap();
    let consequences = |id: &str| {
        let scope = Scope::Conversations(vec![id.to_owned()]);
        service.preview(&scope).unwrap().consequences
    };
    assert!(consequences("lk-017").contains(&Consequence::BookingAhead));
    assert!(consequences("lk-017").contains(&Consequence::DepositNotReturned));
    assert!(consequences("lk-014").contains(&Consequence::AttachmentsGo));
    assert!(consequences("lk-014").contains(&Consequence::NoSnapshot));
}

// 4: user deletion stops after 10,000 posts.
#[test]
fn a_guest_with_very_many_messages_cannot_be_left_half_erased() {
    let count = if full() { 100_000 } else { 10_000 };
    let world = World::new();
    let service = world.init();
    import(&service, &lakeside()).unwrap();
    let mut lines = vec![guest("busy", "Guest of Many Words")];
    for number in 0..count {
        if number % 500 == 0 {
            lines.push(conversation(&format!("busy-{}", number / 500), "busy"));
        }
        let id = format!("busy-{number}");
        let words = format!("this is message {number} of a guest of many words");
        lines.push(message(&id, &format!("busy-{}", number / 500), &words));
    }
    assert_eq!(
        world.import_lines(&service, "busy", &lines).added.messages,
        count
    );
    let words = "guest of many words";
    let found = service
        .search(words, &SearchScope::default())
        .unwrap()
        .len();
    assert_eq!(found as u64, count);
    let (_, epoch) = service.stats().unwrap();
    let outcome = erase_whole(&service, Scope::Guest("busy".to_owned()));
    assert_eq!((outcome.counts.messages, outcome.counts.guests), (count, 1));
    assert_eq!(outcome.epoch, epoch + 1, "one rotation");
    assert!(
        service
            .search(words, &SearchScope::default())
            .unwrap()
            .is_empty()
    );
    let mut truth = Truth::default();
    truth.read(&lakeside());
    let (left, _) = service.stats().unwrap();
    let messages = truth
        .0
        .iter()
        .filter(|known| known.record.kind == "message")
        .count();
    assert_eq!(
        left.messages, messages as u64,
        "everybody else keeps everything"
    );
    world.assert_nothing_readable(&[words.to_owned(), "Guest of Many Words".to_owned()]);
}

// 5: removing a closed chat leaves the guest's uploads.
#[test]
fn an_erased_conversation_cannot_leave_uploads_behind() {
    let (world, service) = hotel();
    let outcome = erase_whole(&service, Scope::Conversations(vec!["lk-014".to_owned()]));
    assert_eq!(outcome.counts.attachments, 2);
    assert_eq!(
        (
            blob_files(&world, "store"),
            blob_files(&world, "repository")
        ),
        (2, 2)
    );
    let outcome = erase_whole(&service, Scope::Guest("lk-g03".to_owned()));
    assert_eq!(outcome.counts.attachments, 1);
    assert_eq!(
        (
            blob_files(&world, "store"),
            blob_files(&world, "repository")
        ),
        (1, 1)
    );
}

// 8: deletion left caller ids extracted from bodies: derived data hangs under the record.
#[test]
fn no_row_of_an_erased_guest_can_stay_in_any_table() {
    let (world, service) = hotel();
    let node = service.guests(Some("林晓雯")).unwrap()[0].node.0;
    let mut nodes = vec![node];
    let conversations = service.conversations(Some("lk-g01")).unwrap();
    nodes.extend(conversations.iter().map(|view| view.row.node.0));
    assert!(nodes.len() > 1);
    drop(service);
    let databases = [
        world.path("store/wuhen.sqlite"),
        world.path("repository/repository.sqlite"),
    ];
    assert!(databases.iter().all(|file| rows_of(file, &nodes) > 10));
    let (service, _) = world.open().unwrap();
    erase_whole(&service, Scope::Guest("lk-g01".to_owned()));
    drop(service);
    assert_eq!(databases.map(|file| rows_of(&file, &nodes)), [0, 0]);
}

/// Rows of all tables that name one of these nodes, but for the note of what was dropped.
fn rows_of(database: &Path, nodes: &[u64]) -> i64 {
    let connection = rusqlite::Connection::open(database).unwrap();
    let strings = |sql: &str| -> Vec<String> {
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let mut found = 0;
    for table in
        strings("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'dropped'")
    {
        for column in strings(&format!("SELECT name FROM pragma_table_info('{table}')")) {
            if ["owner", "node", "parent", "id", "guest"].contains(&column.as_str()) {
                let list: Vec<String> = nodes.iter().map(u64::to_string).collect();
                let sql = format!(
                    "SELECT count(*) FROM {table} WHERE typeof({column}) = 'integer' AND {column} IN ({})",
                    list.join(",")
                );
                found += connection
                    .query_row(&sql, [], |row| row.get::<_, i64>(0))
                    .unwrap();
            }
        }
    }
    found
}

// 15: an erasure request does not protect its own evidence.
#[test]
fn a_certificate_cannot_be_lost_with_the_records_nor_name_the_guest() {
    let (world, service) = hotel();
    let outcome = erase_whole(&service, Scope::Guest("lk-g01".to_owned()));
    for year in 1..=3 {
        world.clock.advance(Duration::from_hours(365 * 24));
        erase_whole(&service, Scope::Guest(format!("lk-g0{}", year + 1)));
    }
    drop(service);
    let (service, _) = world.open().unwrap();
    let certificate = service.certificate(&outcome.case).unwrap();
    for bytes in [&outcome.certificate, &certificate] {
        let verified = verify(&service, bytes);
        assert_eq!(verified.completed.outcome.state(), State::Complete);
        let text = format!("{:?}", verified.completed);
        for word in [
            "林晓雯",
            "15400000101",
            "lin.xiaowen",
            "lk-g01",
            "lk-001",
            "水仙阁",
        ] {
            assert!(!text.contains(word), "{word} stands on the certificate");
        }
        let recognition = verified.completed.recognition.expect("it is one guest's");
        assert!(
            recognition.matches("+8615400000101"),
            "the guest knows it as theirs"
        );
        assert!(!recognition.matches("+8615400000102"));
    }
}

// 23: conversations vanished, and no row says by whom.
#[test]
fn an_erasure_cannot_be_nobodys() {
    let (_world, service) = hotel();
    for role in [Role::Guest, Role::PrivacyOfficer, Role::Supervisor] {
        let id = format!("lk-g0{}", service.erasures().unwrap().len() + 1);
        let request = EraseRequest {
            scope: Scope::Guest(id),
            reason: "客人来电要求删除".to_owned(),
            by_role: role,
        };
        let outcome = service.erase(&request).unwrap();
        let verified = verify(&service, &outcome.certificate);
        for requested in [&verified.completed.requested, &verified.intent.requested] {
            assert_eq!(requested.by_role, role);
            assert_eq!(requested.reason, "客人来电要求删除");
            assert_eq!(requested.scope, ScopeKind::Guest);
        }
        assert!(verified.completed.executor == role);
    }
    for reason in ["", "  ", &"x".repeat(1_001)] {
        let refused = service.erase(&EraseRequest {
            scope: Scope::Guest("lk-g05".to_owned()),
            reason: reason.to_owned(),
            by_role: Role::Operator,
        });
        assert!(in_words(&refused.err().unwrap()).contains("needs a reason"));
    }
}

// 26: "why hasn't my database gotten smaller".
#[test]
fn bytes_that_come_free_cannot_go_unsaid() {
    let world = World::new();
    let service = world.init();
    let photo = "photo.jpg";
    fs::create_dir_all(world.path("imports")).unwrap();
    fs::write(world.path("imports").join(photo), vec![7; 300_000]).unwrap();
    let lines = [
        guest("g", "A guest"),
        conversation("c", "g"),
        message_with("m", "c", "look at this", photo),
    ];
    world.import_lines(&service, "photo", &lines);
    let scope = Scope::Messages(vec!["m".to_owned()]);
    let preview = service.preview(&scope).unwrap();
    let (before, _) = service.stats().unwrap();
    let outcome = erase_whole(&service, scope);
    let bytes = verify(&service, &outcome.certificate).completed.bytes;
    assert!(bytes.rows > 0 && bytes.blobs > 300_000);
    assert_eq!(bytes.rows + bytes.blobs, preview.bytes);
    let (after, _) = service.stats().unwrap();
    assert_eq!(before.blob_bytes - after.blob_bytes, bytes.blobs);
}

// 27: the privacy log itself hoards data.
#[test]
fn the_public_ledger_cannot_tell_anything_about_anybody() {
    let (world, service) = hotel();
    let mut truth = Truth::default();
    truth.read(&lakeside());
    let secret = "the reason names 林晓雯 herself";
    for id in ["lk-g01", "lk-g02"] {
        let request = EraseRequest {
            scope: Scope::Guest(id.to_owned()),
            reason: secret.to_owned(),
            by_role: Role::Guest,
        };
        assert_eq!(service.erase(&request).unwrap().state, State::Complete);
    }
    let folder = world.path("exported");
    let size = service.export_ledger(&folder).unwrap();
    assert!(size > 6);
    let mut needles = truth.canaries(1_000);
    let words = [
        secret,
        "erase-intent",
        "completed",
        "asked for",
        "lk-g01",
        "Lakeside",
        "C-00000",
    ];
    needles.extend(words.map(str::to_owned));
    let report = probe(std::slice::from_ref(&folder), &needles).unwrap();
    assert!(report.files >= 3);
    assert_eq!(report.found, []);
    world.assert_nothing_readable(&[secret.to_owned()]);
}

// 28: a hash chain without an outside anchor can be recomputed.
#[test]
fn a_ledger_that_somebody_rewrote_cannot_pass() {
    let (world, service) = hotel();
    let outcome = erase_whole(&service, Scope::Guest("lk-g01".to_owned()));
    let completed = verify(&service, &outcome.certificate).completed;
    assert_eq!(
        completed.witness,
        Witness::None,
        "the certificate says that no witness signed"
    );
    assert_eq!(completed.limits, Limit::ALWAYS);
    drop(service);
    let honest = world.image("store", "honest");
    // Somebody with the database and without the keys cuts the last entries off, or changes one with its hashes.
    let forgeries = [
        "DELETE FROM ledger_entry WHERE leaf >= (SELECT max(leaf) FROM ledger_entry);
         DELETE FROM ledger_hash WHERE stored > 2",
        "DELETE FROM ledger_entry WHERE leaf > 2; DELETE FROM ledger_hash WHERE stored > 4",
        "UPDATE ledger_entry SET entry = (SELECT entry FROM ledger_entry WHERE leaf = 2) WHERE leaf = 3",
        "UPDATE ledger_hash SET hash = zeroblob(32) WHERE stored = 4",
        "UPDATE tenant SET checkpoint = NULL, epoch = 0",
    ];
    for (number, forgery) in forgeries.iter().enumerate() {
        let database = world.path("store/wuhen.sqlite");
        rusqlite::Connection::open(&database)
            .unwrap()
            .execute_batch(forgery)
            .unwrap();
        let noticed = match world.open() {
            Err(refused) => in_words(&refused),
            Ok((service, _)) => {
                let refused = service.check_ledger().err();
                in_words(&refused.unwrap_or_else(|| panic!("forgery {number} passes")))
            }
        };
        assert!(
            noticed.contains("ledger") || noticed.contains("epoch"),
            "{number}: {noticed}"
        );
        fs::remove_dir_all(world.store()).unwrap();
        wuhen_stories::world::copy_tree(&honest, &world.store());
    }
    world.open().unwrap().0.check_ledger().unwrap();
}

/// What is asked of the same records twice, or of none, is refused in words and leaves no trace.
#[test]
fn what_is_gone_cannot_be_erased_again() {
    let (_world, service) = hotel();
    erase_whole(&service, Scope::Guest("lk-g01".to_owned()));
    let size = service.check_ledger().unwrap().size;
    for scope in [
        Scope::Guest("lk-g01".to_owned()),
        Scope::Conversations(vec!["lk-001".to_owned()]),
        Scope::Messages(vec!["lk-001-01".to_owned()]),
        Scope::Label("no such label".to_owned()),
        Scope::Before("2001-01-01T00:00:00Z".parse().unwrap()),
    ] {
        let refused = erase(&service, scope).err().expect("there is nothing");
        assert!(!in_words(&refused).is_empty());
    }
    assert_eq!(service.check_ledger().unwrap().size, size);
}

/// What was erased and let in again on purpose is a record like any other: it is read, and can be erased again.
#[test]
fn a_record_that_was_let_in_again_cannot_escape_its_next_erasure() {
    let (world, service) = hotel();
    let image = world.image("repository", "1-before");
    let allowed = || {
        let options = ImportOptions {
            source: None,
            allow_erased: true,
        };
        let source = Source::open(&lakeside()).unwrap();
        service.import(source, &options, &mut |_| {}).unwrap()
    };
    let invoice = Scope::Messages(vec!["lk-006-06".to_owned()]);
    let guest = Scope::Guest("lk-g01".to_owned());
    let (before, _) = service.stats().unwrap();
    for round in 1..=2 {
        erase_whole(&service, invoice.clone());
        erase_whole(&service, guest.clone());
        let (after, _) = service.stats().unwrap();
        assert!(after.messages < before.messages && after.guests < before.guests);
        if round == 1 {
            let again = allowed();
            assert_eq!(again.kept_away.messages, 0);
            assert_eq!((again.added.guests, again.added.attachments), (1, 1));
            let (back, _) = service.stats().unwrap();
            assert_eq!(
                (back.guests, back.messages),
                (before.guests, before.messages)
            );
            service.create_snapshot(None).unwrap();
        }
    }
    let away = import(&service, &lakeside()).unwrap();
    assert_eq!((away.added.messages, away.added.guests), (0, 0));
    drop(service);
    let mut truth = Truth::default();
    truth.read(&lakeside());
    let gone = truth.matching(|known| known.guest == "lk-g01" || known.message == "lk-006-06");
    let mut evidence = Evidence::default();
    for image in [image, world.store(), world.path("repository")] {
        evidence.add_image(&image);
    }
    let read = evidence.attack(&world.keys).records();
    assert!(read == truth.records().difference(&gone).cloned().collect());
}

/// The notices of a start, the errors of an import, the previews: nothing that a person is told repeats an erased text.
#[test]
fn errors_cannot_quote_records() {
    let (world, service) = hotel();
    let secret = "a secret that stands on a broken line";
    let line = format!(r#"{{"type":"message","id":"x","text":"{secret}","#);
    let file = world.write_lines("broken", &[]);
    fs::write(&file, line).unwrap();
    let refused = in_words(&import(&service, &file).err().unwrap());
    assert!(
        refused.contains("broken.jsonl:1") && !refused.contains("secret"),
        "{refused}"
    );
    let orphan: [Value; 1] = [message("y", "no such conversation", secret)];
    let file: PathBuf = world.write_lines("orphan", &orphan);
    let refused = in_words(&import(&service, &file).err().unwrap());
    assert!(!refused.contains("secret"), "{refused}");
    world.assert_nothing_readable(&[secret.to_owned()]);
}

/// Every story ends with a search of all files; here it has something to find, written in each way that it knows.
#[test]
fn a_word_on_the_disk_cannot_hide_from_the_probe() {
    let world = World::new();
    let folder = world.path("planted");
    fs::create_dir_all(&folder).unwrap();
    let needle = "湖畔的秘密 by the lake";
    let utf_16 =
        |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { needle.encode_utf16().flat_map(bytes).collect() };
    let hex = wuhen_store::hex(needle.as_bytes());
    let mut planted = vec![
        ("utf-8", needle.as_bytes().to_vec()),
        ("utf-16le", utf_16(u16::to_le_bytes)),
        ("utf-16be", utf_16(u16::to_be_bytes)),
        ("hex", hex.to_uppercase().into_bytes()),
        ("hex", hex.into_bytes()),
    ];
    for before in ["", "x", "xy"] {
        let text = BASE64_STANDARD.encode(format!("{before}{needle}, and more"));
        planted.push(("base64", text.into_bytes()));
    }
    for (number, (encoding, bytes)) in planted.iter().enumerate() {
        let file = folder.join(number.to_string());
        // Across the border of what is read at once.
        let padded = [&vec![b'.'; (1 << 20) - 5][..], bytes, b"."].concat();
        fs::write(&file, padded).unwrap();
        let report = probe(std::slice::from_ref(&folder), &[needle.to_owned()]).unwrap();
        assert_eq!(report.found.len(), 1, "{encoding}, file {number}");
        assert_eq!(report.found[0].encoding, *encoding);
        fs::remove_file(&file).unwrap();
    }
}
