//! Searches in one process beside imports and erasures: before, between, and in the middle of them. What is gone cannot be
//! answered, nor stay in memory; what is there cannot be missed, however little may be kept; and no search fails for it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, mpsc};
use std::time::Duration;

use serde_json::{Value, json};
use wuhen_model::{Steps, Stopped, When};
use wuhen_service::Service;
use wuhen_service::search::{KEPT_SKETCH_BYTES_MAX, SearchScope};
use wuhen_service::select::Scope;
use wuhen_store::sqlite::{Options, SqliteStore};
use wuhen_stories::sabotage::{SabotagedStore, Switches};
use wuhen_stories::world::{
    World, conversation, erase, erase_whole, guest, import, in_words, lakeside, message,
};

/// Words of the first message of each conversation that these stories make.
const WORDS: &str = "水仙阁的望远镜";

/// A house whose store lets a story in at points of a search.
struct House {
    world: World,
    switches: Arc<Switches>,
    service: Arc<Service>,
}

impl House {
    /// With guests `g0` and so on, each with one conversation `c0` and so on, which has [`WORDS`].
    fn with_guests(count: usize) -> Self {
        Self::of(World::new(), count)
    }

    fn of(world: World, count: usize) -> Self {
        let lines: Vec<Value> = (0..count).flat_map(lines_of).collect();
        world.import_lines(&world.init(), "house", &lines);
        let switches = Arc::new(Switches::default());
        let store = SqliteStore::open(&world.store(), Options::default()).unwrap();
        let store = SabotagedStore::new(store, Arc::clone(&switches));
        let service = Arc::new(world.open_with(Arc::new(store)).unwrap().0);
        Self {
            world,
            switches,
            service,
        }
    }

    /// How many processors walk over sketches while something is done, as often as it is done.
    fn walks_during(&self, work: impl FnOnce(&Self)) -> usize {
        const MORE_THAN_WALKS: usize = 10_000;
        for _ in 0..MORE_THAN_WALKS {
            self.switches.after_walk.add(|| {});
        }
        work(self);
        MORE_THAN_WALKS - self.switches.after_walk.left()
    }

    fn eraser(&self, scope: Scope) -> impl FnOnce() + Send + 'static {
        let service = Arc::clone(&self.service);
        move || drop(erase_whole(&service, scope))
    }
}

fn lines_of(number: usize) -> [Value; 4] {
    let id = format!("c{number}");
    [
        guest(&format!("g{number}"), "A guest with a telescope"),
        conversation(&id, &format!("g{number}")),
        message(&format!("{id}-1"), &id, &format!("请问{WORDS}在哪里？")),
        message(&format!("{id}-2"), &id, "在楼下，茶室旁边。"),
    ]
}

fn one(id: &str) -> Scope {
    Scope::Conversations(vec![id.to_owned()])
}

/// Ids of the messages found.
fn search(service: &Service, words: &str) -> Vec<String> {
    let hits = service.search(words, &SearchScope::default());
    let hits = hits.map_err(|error| in_words(&error)).unwrap();
    hits.into_iter().map(|hit| hit.message.id).collect()
}

#[test]
fn a_change_between_two_searches_cannot_be_missed() {
    let House { world, service, .. } = House::with_guests(3);
    assert_eq!(search(&service, WORDS), ["c0-1", "c1-1", "c2-1"]);
    assert!(
        service.kept_sketch_bytes() > 0,
        "the next search opens nothing"
    );
    world.import_lines(&service, "house", &lines_of(3));
    let more = [
        message("c0-3", "c0", &format!("{WORDS}找到了")),
        // A guest who comes back after others came.
        conversation("c1-again", "g1"),
        message("c1-again-1", "c1-again", WORDS),
    ];
    world.import_lines(&service, "house", &more);
    let all = ["c0-1", "c0-3", "c1-1", "c2-1", "c3-1", "c1-again-1"];
    assert_eq!(search(&service, WORDS), all);

    erase_whole(&service, one("c1"));
    assert_eq!(
        service.kept_sketch_bytes(),
        0,
        "an erasure leaves no opened sketch in memory"
    );
    let left = ["c0-1", "c0-3", "c2-1", "c3-1", "c1-again-1"];
    assert_eq!(search(&service, WORDS), left);
    erase_whole(&service, Scope::Messages(vec!["c0-1".to_owned()]));
    assert_eq!(search(&service, WORDS), left[1..]);
    erase_whole(&service, Scope::Guest("g1".to_owned()));
    assert_eq!(search(&service, WORDS), left[1..4]);
}

#[test]
fn conversations_erased_before_they_are_read_cannot_be_answered_nor_fail_a_search() {
    let house = House::with_guests(8);
    // One after the other, each when it is its turn to be read; so often that beginning anew each time does not help.
    for number in 0..6 {
        let eraser = house.eraser(one(&format!("c{number}")));
        house.switches.before_read.add(eraser);
    }
    assert_eq!(search(&house.service, WORDS), ["c6-1", "c7-1"]);
    assert_eq!(house.switches.before_read.left(), 0);
}

#[test]
fn a_message_erased_before_its_conversation_is_read_cannot_be_answered_nor_fail_a_search() {
    let house = House::with_guests(1);
    let ids = ["c0-1", "c0-3", "c0-4", "c0-5", "c0-6", "c0-7"];
    let more = ids[1..].iter().map(|id| message(id, "c0", WORDS));
    let lines: Vec<Value> = more.collect();
    house.world.import_lines(&house.service, "house", &lines);
    for id in ids {
        let eraser = house.eraser(Scope::Messages(vec![id.to_owned()]));
        house.switches.before_read.add(eraser);
    }
    for left in 1..ids.len() {
        assert_eq!(search(&house.service, WORDS), ids[left..]);
    }
}

#[test]
fn an_erasure_that_renews_the_keys_before_rows_are_read_cannot_fail_a_search() {
    // Every processor has some of them in its share, under branches that each erasure renews.
    let house = House::with_guests(40);
    let eraser = house.eraser(one("c1"));
    house.switches.before_walk.add(eraser);
    assert_eq!(search(&house.service, WORDS).len(), 39);
}

#[test]
fn sketches_opened_before_an_erasure_cannot_stay_in_memory_after_it() {
    let house = House::with_guests(40);
    // The erasure comes when the last processor has opened its share.
    let walks = house.walks_during(|house| assert_eq!(search(&house.service, WORDS).len(), 40));
    let house = House::with_guests(40);
    for _ in 1..walks {
        house.switches.after_walk.add(|| {});
    }
    house.switches.after_walk.add(house.eraser(one("c7")));

    assert_eq!(search(&house.service, WORDS).len(), 39);
    assert_eq!(house.switches.after_walk.left(), 0);
    assert_eq!(
        house.service.kept_sketch_bytes(),
        0,
        "words of what was erased came back into memory"
    );
    assert_eq!(search(&house.service, WORDS).len(), 39);
    assert!(house.service.kept_sketch_bytes() > 0);
}

#[test]
fn searches_at_the_same_time_cannot_take_the_memory_of_more_than_one() {
    let alone = House::with_guests(40).walks_during(|house| {
        search(&house.service, WORDS);
    });
    let together = House::with_guests(40).walks_during(|house| {
        std::thread::scope(|threads| {
            for _ in 0..8 {
                threads.spawn(|| assert_eq!(search(&house.service, WORDS).len(), 40));
            }
        });
    });
    assert_eq!(
        together, alone,
        "one opened the sketches, the others waited for it"
    );
}

#[test]
fn records_that_come_as_a_search_begins_cannot_be_missed_by_the_next() {
    // As many processors as walk over so few conversations.
    let walks = House::with_guests(8).walks_during(|house| {
        search(&house.service, WORDS);
    });
    let house = House::with_guests(8);
    let House { world, service, .. } = &house;
    let file = world.write_lines("more", &lines_of(8));
    let imported = Arc::new(OnceLock::new());
    for _ in 0..walks {
        // The first of them imports, the others wait for it: what they find is all of one revision.
        let (service, file, imported) = (Arc::clone(service), file.clone(), Arc::clone(&imported));
        house.switches.before_walk.add(move || {
            imported.get_or_init(|| drop(import(&service, &file).unwrap()));
        });
    }
    search(service, WORDS);
    assert!(imported.get().is_some());
    for _ in 0..2 {
        assert_eq!(search(service, WORDS).len(), 9);
    }
}

#[test]
fn a_search_for_which_there_is_no_memory_cannot_make_another_wait() {
    /// A search that waits for another one waits for this long, and the story is told.
    const PATIENCE: Duration = Duration::from_secs(20);
    // None may be kept, or too little: that is known when one search has tried.
    for (bytes_max, searches_before) in [(0, 0), (1, 1)] {
        let house = House::with_guests(40);
        house.service.keep_sketches_within(bytes_max);
        for _ in 0..searches_before {
            search(&house.service, WORDS);
        }
        let met = Arc::new(AtomicBool::new(false));
        let (service, has_met) = (Arc::clone(&house.service), Arc::clone(&met));
        // In the middle of one search another one begins and ends.
        house.switches.before_walk.add(move || {
            let (done, ended) = mpsc::channel();
            std::thread::spawn(move || done.send(search(&service, WORDS).len()));
            let found = ended.recv_timeout(PATIENCE);
            has_met.store(found == Ok(40), Ordering::Relaxed);
        });
        assert_eq!(search(&house.service, WORDS).len(), 40);
        assert!(met.load(Ordering::Relaxed), "it waited for the first one");
        assert_eq!(house.service.kept_sketch_bytes(), 0);
    }
}

#[test]
fn a_restored_store_cannot_leave_a_search_to_one_processor() {
    const GUESTS: usize = 40;
    let world = World::new();
    let service = world.init();
    let lines: Vec<Value> = (0..GUESTS).flat_map(lines_of).collect();
    world.import_lines(&service, "house", &lines);
    let repository = world.path("repository");
    service.init_repository(&repository).unwrap();
    service.create_snapshot(None).unwrap();
    drop(service);
    let restored = world.path("store-restored");
    drop(world.restore(&restored, &repository, None).unwrap());

    let switches = Arc::new(Switches::default());
    let store = SqliteStore::open(&restored, Options::default()).unwrap();
    let store = SabotagedStore::new(store, Arc::clone(&switches));
    let (service, _) = world.open_with(Arc::new(store)).unwrap();
    assert_eq!(search(&service, WORDS).len(), GUESTS);
    let processors = std::thread::available_parallelism().unwrap().get();
    let walked = switches.walked.lock().unwrap();
    assert_eq!(walked.iter().sum::<usize>(), GUESTS);
    let most = walked.iter().max().unwrap();
    assert!(
        *most <= GUESTS.div_ceil(processors),
        "{walked:?} of {GUESTS}"
    );
}

/// Stops the program after the intent of an erasure, as if the machine had died.
struct StopAfterIntent;

impl Steps for StopAfterIntent {
    fn reached(&self, step: &'static str, when: When) -> Result<(), Stopped> {
        if (step, when) == ("erase/intent", When::After) {
            return Err(Stopped { step, when });
        }
        Ok(())
    }
}

#[test]
fn a_conversation_that_is_being_erased_cannot_be_answered() {
    let mut world = World::new();
    world.steps = Arc::new(StopAfterIntent);
    let house = House::of(world, 3);
    let closing = Arc::clone(&house.service);
    // It is closed between the look at its sketches and the reading, and its keys are still there.
    house.switches.before_read.add(move || {
        assert!(erase(&closing, one("c0")).is_err());
    });
    assert_eq!(search(&house.service, WORDS), ["c1-1", "c2-1"]);
    assert_eq!(
        search(&house.service, WORDS),
        ["c1-1", "c2-1"],
        "closed before the search"
    );
    let of_guest = SearchScope {
        guest: Some("g0".to_owned()),
        ..SearchScope::default()
    };
    assert!(house.service.search(WORDS, &of_guest).unwrap().is_empty());
}

#[test]
fn a_small_memory_cannot_change_an_answer() {
    let world = World::new();
    let service = world.init();
    import(&service, &lakeside()).unwrap();
    let queries = [
        "发票",
        "房间",
        "thank",
        "wifi",
        "早餐",
        "退款",
        "没有这句话",
    ];
    let expected = queries.map(|words| by_brute_force(&service, words));
    assert!(expected.iter().filter(|found| !found.is_empty()).count() > 4);
    search(&service, WORDS);
    let all = service.kept_sketch_bytes();
    assert!(all > 10_000 && all <= KEPT_SKETCH_BYTES_MAX, "{all}");
    for (bytes_max, kept) in [(0, 0), (1, 0), (all / 2, 0), (all - 1, 0), (all, all)] {
        service.keep_sketches_within(bytes_max);
        // Twice: the second search finds what the first has kept.
        for _ in 0..2 {
            assert_eq!(
                queries.map(|words| sorted(search(&service, words))),
                expected
            );
            assert_eq!(service.kept_sketch_bytes(), kept, "of {bytes_max} bytes");
        }
    }
}

#[test]
fn a_message_without_a_sketch_cannot_be_missed() {
    let world = World::new();
    let service = world.init();
    let long = (0..200).map(|number| {
        let words = [WORDS, "别的话", "more words"][number % 3];
        message(
            &format!("long-{number}"),
            "long",
            &format!("{words} {number}"),
        )
    });
    let first = [
        guest("g", "A guest of many words"),
        conversation("long", "g"),
    ];
    let lines: Vec<Value> = first.into_iter().chain(long).chain(lines_of(0)).collect();
    world.import_lines(&service, "house", &lines);
    let (needle, all) = (format!("{WORDS} 12"), by_brute_force(&service, WORDS));
    let few = by_brute_force(&service, &needle);
    assert_eq!((all.len(), few.len()), (68, 5));
    drop(service);
    // One sketch after the other goes, as where none was made yet.
    for left in (0..5).rev() {
        let database = rusqlite::Connection::open(world.path("store/wuhen.sqlite")).unwrap();
        let sql = "DELETE FROM sketch WHERE (owner, item) IN (SELECT owner, item FROM sketch ORDER BY item % 7 LIMIT 1)";
        assert_eq!(database.execute(sql, []).unwrap(), 1);
        let count = "SELECT count(*) FROM sketch";
        let found: i64 = database.query_row(count, [], |row| row.get(0)).unwrap();
        assert_eq!(found, left);
        drop(database);
        let (service, _) = world.open().unwrap();
        assert_eq!(sorted(search(&service, WORDS)), all);
        assert_eq!(sorted(search(&service, &needle)), few);
    }
}

/// Ids of the messages that have the words, from reading everything.
fn by_brute_force(service: &Service, words: &str) -> Vec<String> {
    let words = wuhen_model::search::normalise(words);
    let mut found = Vec::new();
    for conversation in service.conversations(None).unwrap() {
        for message in service.show(&conversation.id).unwrap().1 {
            if wuhen_model::search::normalise(&message.text).contains(&words) {
                found.push(message.id);
            }
        }
    }
    sorted(found)
}

fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort();
    ids
}

#[test]
fn hits_cannot_come_in_another_order_than_that_of_time() {
    let world = World::new();
    let service = world.init();
    let opened = |id: &str, at: &str| json!({"type": "conversation", "id": id, "guest": "g", "opened_at": at});
    let sent = |id: &str, home: &str, at: &str| {
        let mut message = message(id, home, WORDS);
        message["sent_at"] = json!(at);
        message
    };
    let lines = [
        guest("g", "A guest with a telescope"),
        opened("late", "2025-03-03T08:00:00Z"),
        opened("early", "2025-03-01T08:00:00Z"),
        opened("as-early", "2025-03-01T08:00:00Z"),
        sent("late-1", "late", "2025-03-03T08:00:00Z"),
        sent("as-early-1", "as-early", "2025-03-01T08:00:00Z"),
        sent("early-2", "early", "2025-03-05T10:00:00Z"),
        sent("early-1", "early", "2025-03-05T09:00:00Z"),
        sent("early-3", "early", "2025-03-05T10:00:00Z"),
    ];
    world.import_lines(&service, "order", &lines);
    let in_order = ["early-1", "early-2", "early-3", "as-early-1", "late-1"];
    for _ in 0..2 {
        assert_eq!(search(&service, WORDS), in_order);
    }
}
