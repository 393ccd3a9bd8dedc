//! Who reads, or imports, in the moment in which an erasure has committed and its process does not hold the new keys yet: a guest at the
//! desk has to be answered as before and after it.

use std::fs;
use std::io::Cursor;
use std::sync::{Arc, Mutex, PoisonError};

use wuhen_formats::Source;
use wuhen_model::When;
use wuhen_service::import::ImportOptions;
use wuhen_service::search::SearchScope;
use wuhen_service::select::Scope;
use wuhen_service::{Service, ServiceError};
use wuhen_stories::moments::Moments;
use wuhen_stories::world::{
    World, conversation, erase_whole, guest, in_words, message, message_with,
};

const WORDS: &str = "水仙阁的望远镜";

/// What somebody reads; the answer in a few words.
type Read = fn(&Service) -> Result<String, ServiceError>;

/// Every way to read that opens something, and an import, which seals under the keys that it finds.
const READS: [(&str, Read); 10] = [
    ("search", |service| {
        let hits = service.search(WORDS, &SearchScope::default())?;
        let ids: Vec<String> = hits.into_iter().map(|hit| hit.message.id).collect();
        Ok(ids.join(" "))
    }),
    ("guests", |service| {
        let guests = service.guests(None)?;
        let ids: Vec<String> = guests.into_iter().map(|guest| guest.id).collect();
        Ok(ids.join(" "))
    }),
    ("conversations", |service| {
        let conversations = service.conversations(None)?;
        let ids: Vec<String> = conversations.into_iter().map(|one| one.id).collect();
        Ok(ids.join(" "))
    }),
    ("conversations of a guest", |service| {
        Ok(service.conversations(Some("g0"))?[0].id.clone())
    }),
    ("show", |service| Ok(service.show("c0")?.1[0].text.clone())),
    ("attachment", |service| {
        let number = service.show("c0")?.1[0].attachments[0].item;
        let mut bytes = Vec::new();
        service.attachment("c0", number, &mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }),
    ("preview", |service| {
        let preview = service.preview(&Scope::Messages(vec!["m0".to_owned()]))?;
        Ok(format!("{} message", preview.messages))
    }),
    ("label", |service| {
        Ok(format!("labelled: {}", service.label("c2", "quiet")?))
    }),
    ("import", |service| {
        let lines = [guest("g3", "A late guest"), message("m3", "c0", "later")];
        let lines = lines.map(|line| line.to_string()).join("\n");
        let source = Source::from_reader("late", Cursor::new(lines.into_bytes()))?;
        let options = ImportOptions {
            source: Some("house".to_owned()),
            ..ImportOptions::default()
        };
        let added = service.import(source, &options, &mut |_| {})?.added;
        Ok(format!(
            "{} guest, {} message",
            added.guests, added.messages
        ))
    }),
    ("erasures", |service| {
        let erasures = service.erasures()?;
        Ok(erasures[0].case.clone())
    }),
];

#[test]
fn a_read_between_the_commit_and_the_new_keys_cannot_fail() {
    let answers = READS.map(|(name, read)| (name, read_at_the_commit(read)));
    let expected = [
        ("search", "m0 m2"),
        ("guests", "g0 g1 g2"),
        ("conversations", "c0 c2"),
        ("conversations of a guest", "c0"),
        ("show", WORDS),
        ("attachment", "a photograph"),
        ("preview", "1 message"),
        ("label", "labelled: true"),
        ("import", "1 guest, 1 message"),
        ("erasures", "C-000002"),
    ];
    assert_eq!(
        answers,
        expected.map(|(name, answer)| (name, answer.to_owned()))
    );
}

/// The answer that somebody gets in that moment, in a house of its own: whoever comes next has the new keys.
fn read_at_the_commit(read: Read) -> String {
    let mut world = World::new();
    let moments = Arc::new(Moments::default());
    world.steps = Arc::clone(&moments) as _;
    let service = Arc::new(world.init());
    let photograph = world.path("imports").join("photo.jpg");
    fs::create_dir_all(world.path("imports")).unwrap();
    fs::write(photograph, "a photograph").unwrap();
    let lines = [
        guest("g0", "A guest with a telescope"),
        guest("g1", "A guest with a telescope"),
        guest("g2", "A guest with a telescope"),
        conversation("c0", "g0"),
        conversation("c1", "g1"),
        conversation("c2", "g2"),
        message_with("m0", "c0", WORDS, "photo.jpg"),
        message("m1", "c1", WORDS),
        message("m2", "c2", WORDS),
    ];
    world.import_lines(&service, "house", &lines);
    let answer = Arc::new(Mutex::new(String::new()));
    let (reader, answered) = (Arc::clone(&service), Arc::clone(&answer));
    moments.act("rotation/commit", When::After, move || {
        let words = read(&reader).unwrap_or_else(|error| in_words(&error));
        *answered.lock().unwrap_or_else(PoisonError::into_inner) = words;
    });
    erase_whole(&service, Scope::Conversations(vec!["c1".to_owned()]));
    std::mem::take(&mut *answer.lock().unwrap())
}
