//! Limits of the tree, at the limit and one over; conversations over several segments; and that nothing is written where
//! nobody looks.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use serde_json::Value;
use wuhen_service::Service;
use wuhen_service::search::SearchScope;
use wuhen_service::select::Scope;
use wuhen_store::sqlite::{Options, SqliteStore};
use wuhen_stories::attacker::Evidence;
use wuhen_stories::world::{
    World, content, conversation, erase_whole, full, guest, import, in_words, lakeside, message,
    message_with,
};

/// Conversations that one guest may have: 256 pages of 256.
const CONVERSATIONS_MAX: u32 = 65_536;

#[test]
fn a_guest_cannot_have_one_conversation_too_many() {
    let world = World::new();
    let service = world.init();
    let numbers = |from: u32, to: u32| -> Vec<Value> {
        (from..to)
            .map(|number| conversation(&format!("c{number}"), "g"))
            .collect()
    };
    world.import_lines(&service, "many", &[guest("g", "A travel agency")]);
    let filled = if full() {
        let report = world.import_lines(&service, "many", &numbers(0, CONVERSATIONS_MAX - 1));
        assert_eq!(report.added.conversations, u64::from(CONVERSATIONS_MAX - 1));
        u64::from(CONVERSATIONS_MAX)
    } else {
        // As it is once all others were given and erased: ordinals are not given twice.
        let database = rusqlite::Connection::open(world.path("store/wuhen.sqlite")).unwrap();
        let sql = "UPDATE guest SET next_conversation = ?";
        database.execute(sql, [CONVERSATIONS_MAX - 1]).unwrap();
        1
    };
    drop(service);
    let (service, _) = world.open().unwrap();
    let last = [
        conversation("last", "g"),
        message("last-1", "last", "the last that fits"),
    ];
    world.import_lines(&service, "many", &last);
    assert_eq!(
        service.conversations(Some("g")).unwrap().len() as u64,
        filled
    );

    let over = [
        guest("h", "Somebody else in the same file"),
        conversation("over", "g"),
        message("over-1", "over", "one that does not fit"),
    ];
    let file = world.write_lines("many", &over);
    let refused = in_words(&import(&service, &file).expect_err("one over the limit"));
    assert!(refused.contains("many.jsonl:2"), "{refused}");
    assert!(refused.contains("65536 conversations"), "{refused}");
    assert_eq!(
        service.guests(None).unwrap().len(),
        1,
        "nothing of the file was imported"
    );
    assert_eq!(
        service
            .search("the last that fits", &SearchScope::default())
            .unwrap()
            .len(),
        1
    );
    erase_whole(&service, Scope::Guest("g".to_owned()));
    assert_eq!(service.stats().unwrap().0.conversations, 0);
}

/// Messages of the long conversation; with its head and sketches they fill two segments of 4,096 items and begin a third.
const MESSAGES: u32 = 9_000;

fn line(number: u32) -> String {
    format!("line {number:05} of a very long conversation")
}

fn id(number: u32) -> String {
    format!("m{number}")
}

fn found(service: &Service, number: u32) -> usize {
    let hits = service.search(&line(number), &SearchScope::default());
    hits.unwrap().len()
}

fn long_conversation(world: &World) -> Service {
    let service = world.init();
    let mut lines = vec![guest("g", "A patient guest"), conversation("long", "g")];
    lines.extend((0..MESSAGES).map(|number| message(&id(number), "long", &line(number))));
    let report = world.import_lines(&service, "long", &lines);
    assert_eq!(report.added.messages, u64::from(MESSAGES));
    service.init_repository(&world.path("repository")).unwrap();
    service.create_snapshot(None).unwrap();
    service
}

#[test]
fn a_very_long_conversation_cannot_lose_or_keep_anything() {
    let world = World::new();
    let service = long_conversation(&world);
    let image = world.image("repository", "1-before");
    let (_, messages) = service.show("long").unwrap();
    assert_eq!(messages.len(), 9_000);
    let items = messages.iter().map(|message| message.item / 4_096);
    assert_eq!(items.collect::<BTreeSet<u32>>(), BTreeSet::from([0, 1, 2]));

    // In every segment: the first and the last messages, and those around the borders.
    let erased = [0, 64, 4_029, 4_030, 4_031, 8_062, 8_063, 8_999];
    assert!(erased.iter().all(|number| found(&service, *number) == 1));
    erase_whole(&service, Scope::Messages(erased.map(id).to_vec()));
    for number in [0, 1, 63, 64, 4_028, 4_030, 4_032, 8_063, 8_998, 8_999] {
        let expected = usize::from(!erased.contains(&number));
        assert_eq!(found(&service, number), expected, "line {number}");
    }
    assert_eq!(service.show("long").unwrap().1.len(), 9_000 - erased.len());

    drop(service);
    fs::remove_dir_all(world.store()).unwrap();
    let (service, restored) = world
        .restore(&world.store(), &world.path("repository"), None)
        .unwrap();
    assert_eq!(restored.messages, 9_000 - erased.len() as u64);
    assert_eq!(restored.erased_messages, erased.len() as u64);
    let more = [message("m9000", "long", "added after the restore")];
    world.import_lines(&service, "long", &more);
    let (_, messages) = service.show("long").unwrap();
    let last = messages.iter().find(|message| message.id == "m9000");
    assert_eq!(last.unwrap().item, 3 * 4_096, "the first of a new segment");
    erase_whole(&service, Scope::Messages(vec!["m9000".to_owned(), id(1)]));
    drop(service);

    let mut evidence = Evidence::default();
    evidence.add_image(&image);
    evidence.add_image(&world.store());
    let read = evidence.attack(&world.keys).records();
    let survivors = (0..MESSAGES).filter(|number| *number != 1 && !erased.contains(number));
    let texts = read.into_iter().filter(|record| record.kind == "message");
    let texts: BTreeSet<String> = texts.map(|record| record.text).collect();
    assert!(texts == survivors.map(line).collect());
    world.assert_nothing_readable(&["of a very long conversation".to_owned()]);
}

const CHILD: &str = "WUHEN_STORY_FOLDER";

/// Plays a life in the folder that the parent names, with temporary files going where the parent looks.
#[test]
fn nothing_is_written_to_the_temporary_folder() {
    if let Some(folder) = std::env::var_os(CHILD) {
        return live_in(PathBuf::from(folder));
    }
    let place = tempfile::tempdir().unwrap();
    let (temporary, life) = (place.path().join("tmp"), place.path().join("life"));
    fs::create_dir(&temporary).unwrap();
    fs::create_dir(&life).unwrap();
    let before = fs::metadata(&temporary).unwrap().modified().unwrap();
    let this = std::thread::current().name().unwrap().to_owned();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &this, "--nocapture"])
        .env(CHILD, &life)
        .env("TMPDIR", &temporary)
        .env("SQLITE_TMPDIR", &temporary)
        .output()
        .unwrap();
    assert!(
        child.status.success(),
        "{}",
        String::from_utf8_lossy(&child.stderr)
    );
    assert!(
        life.join("store/wuhen.sqlite").is_file(),
        "the child did live"
    );
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0);
    // A file that was made and removed again would have moved the folder's time.
    assert_eq!(
        fs::metadata(&temporary).unwrap().modified().unwrap(),
        before
    );
}

fn live_in(folder: PathBuf) {
    let world = World::at(folder);
    let service = world.init();
    import(&service, &lakeside()).unwrap();
    fs::create_dir_all(world.path("imports")).unwrap();
    fs::write(world.path("imports/film.mp4"), vec![1; 3 << 20]).unwrap();
    let mut lines = vec![guest("g", "A guest"), conversation("c", "g")];
    lines.push(message_with("film", "c", "a film of the lake", "film.mp4"));
    lines.extend(
        (0..3_000)
            .map(|number| message(&format!("m{number}"), "c", "the same words again and again")),
    );
    world.import_lines(&service, "film", &lines);
    assert_eq!(
        service
            .search("again and again", &SearchScope::default())
            .unwrap()
            .len(),
        3_000
    );
    service.init_repository(&world.path("repository")).unwrap();
    service.create_snapshot(None).unwrap();
    erase_whole(&service, Scope::Messages(vec!["film".to_owned()]));
    erase_whole(&service, Scope::Guest("lk-g01".to_owned()));
    service.export_ledger(&world.path("exported")).unwrap();
    service.check_ledger().unwrap();
    drop(service);
    world.open().unwrap();
    world
        .restore(&world.path("store-b"), &world.path("repository"), None)
        .unwrap();
}

#[test]
fn a_full_disk_leaves_no_attachment_of_an_import_behind() {
    let world = World::new();
    let service = world.init();
    import(&service, &lakeside()).unwrap();
    drop(service);
    let database = world.store().join("wuhen.sqlite");
    let pages = u32::try_from(fs::metadata(database).unwrap().len() / 4_096).unwrap();
    let mut lines = vec![guest("g", "Sends pictures"), conversation("c", "g")];
    lines.extend((0..200).map(|number| message(&format!("m{number}"), "c", &line(number))));
    lines.push(message_with("picture", "c", "look", "picture.jpg"));
    let file = world.write_lines("pictures", &lines);
    fs::write(file.with_file_name("picture.jpg"), vec![7; 300_000]).unwrap();
    let kept = content(&[world.path("store/blobs")]);
    for more in 0_u32.. {
        let options = Options {
            pages_max: Some(pages + more),
        };
        let store = SqliteStore::open(&world.store(), options).unwrap();
        let (service, notices) = world.open_with(Arc::new(store)).unwrap();
        assert_eq!(notices, [""; 0]);
        match import(&service, &file) {
            Ok(report) => {
                assert_eq!(report.added.attachments, 1);
                assert!(more > 3, "the disk was never full");
                break;
            }
            // In the same process: nobody has to start anew before the room is there again.
            Err(_) => assert!(content(&[world.path("store/blobs")]) == kept),
        }
    }
}

/// More than an import remembers of branches, pages and guests: what it forgot, it asks the store for.
const GUESTS: usize = 66_000;

#[test]
fn more_guests_than_an_import_remembers_cannot_confuse_it() {
    let world = World::new();
    let service = world.init();
    let ids = |from: usize| {
        (from..GUESTS)
            .step_by(1_000)
            .map(|number| format!("g{number}"))
    };
    let mut lines: Vec<Value> = (0..GUESTS)
        .flat_map(|number| {
            let id = format!("g{number}");
            [
                guest(&id, "A guest"),
                conversation(&format!("first-{id}"), &id),
            ]
        })
        .collect();
    // The second conversations of early guests hang on pages, and count on ordinals, that were forgotten by now.
    for id in ids(0) {
        let second = format!("second-{id}");
        lines.push(conversation(&second, &id));
        lines.push(message(
            &format!("m-{id}"),
            &second,
            &format!("telescope of {id}"),
        ));
        lines.push(message(&format!("n-{id}"), &format!("first-{id}"), "later"));
    }
    let report = world.import_lines(&service, "many", &lines);
    assert_eq!(report.added.conversations, GUESTS as u64 + 66);
    for id in ids(0) {
        let own = service.conversations(Some(&id)).unwrap();
        let own: Vec<&str> = own.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(own, [format!("first-{id}"), format!("second-{id}")]);
        assert_eq!(service.show(&format!("second-{id}")).unwrap().1.len(), 1);
    }
    let again = world.import_lines(&service, "many", &lines);
    assert_eq!(again.added.conversations + again.added.messages, 0);
    erase_whole(&service, Scope::Guest("g0".to_owned()));
    assert!(service.show("second-g1000").is_ok());
}
