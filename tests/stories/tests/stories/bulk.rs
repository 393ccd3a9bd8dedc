//! The records of a hotel group: imported, searched, erased in every way there is, lost and restored. A million messages
//! with `WUHEN_FULL=1`, some thousands otherwise. Every answer is compared with reading everything.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};

use serde_json::json;
use wuhen_service::Service;
use wuhen_service::search::SearchScope;
use wuhen_service::select::Scope;
use wuhen_stories::world::{World, conversation, erase_whole, full, guest, import};

const MESSAGES_OF_A_CONVERSATION: usize = 30;
const CONVERSATIONS_OF_A_GUEST: usize = 3;
/// 2024-01-01, when the first conversation begins; the others follow hour by hour.
const FIRST_SECOND: i64 = 1_704_067_200;
const WORDS: [&str; 24] = [
    "booking",
    "refund",
    "breakfast",
    "balcony",
    "invoice",
    "shuttle",
    "deposit",
    "towel",
    "harbour",
    "quiet",
    "upgrade",
    "luggage",
    "早餐",
    "退款",
    "押金",
    "发票",
    "接机",
    "海景房",
    "身份证",
    "延迟退房",
    "行李寄存",
    "加床",
    "会员积分",
    "无烟房",
];

/// What was imported, and what of it is still there.
struct Records {
    texts: Vec<String>,
    erased: Vec<bool>,
}

impl Records {
    /// Texts of few words in many combinations, each with its conversation's own word.
    fn of(conversations: usize) -> Self {
        let texts: Vec<String> = (0..conversations * MESSAGES_OF_A_CONVERSATION)
            .map(|number| {
                let mut mixed = number as u64;
                let mut words = Vec::new();
                for _ in 0..5 {
                    mixed = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29) ^ 0x5bd1;
                    words.push(WORDS[usize::try_from(mixed % 24).expect("below 24")]);
                }
                let own = own_word(number / MESSAGES_OF_A_CONVERSATION);
                format!("{} {own}", words.join(" "))
            })
            .collect();
        Self {
            erased: vec![false; texts.len()],
            texts,
        }
    }

    fn conversations(&self) -> usize {
        self.texts.len() / MESSAGES_OF_A_CONVERSATION
    }

    fn erase(&mut self, conversation: usize) {
        let first = conversation * MESSAGES_OF_A_CONVERSATION;
        self.erased[first..first + MESSAGES_OF_A_CONVERSATION].fill(true);
    }

    fn left(&self) -> u64 {
        self.erased.iter().filter(|erased| !**erased).count() as u64
    }

    fn matching(&self, words: &str) -> BTreeSet<String> {
        (0..self.texts.len())
            .filter(|number| !self.erased[*number] && self.texts[*number].contains(words))
            .map(|number| format!("m{number}"))
            .collect()
    }

    fn write(&self, world: &World) -> std::path::PathBuf {
        let file = world.path("group.jsonl");
        let mut lines = BufWriter::new(File::create(&file).unwrap());
        for number in 0..self.conversations() {
            let of = format!("g{}", number / CONVERSATIONS_OF_A_GUEST);
            if number.is_multiple_of(CONVERSATIONS_OF_A_GUEST) {
                writeln!(lines, "{}", guest(&of, &format!("Guest {of}"))).unwrap();
            }
            let id = format!("c{number}");
            let begins = FIRST_SECOND + 3_600 * i64::try_from(number).unwrap();
            let at = |second: i64| {
                jiff::Timestamp::from_second(begins + second)
                    .unwrap()
                    .to_string()
            };
            let mut line = conversation(&id, &of);
            line["opened_at"] = json!(at(0));
            writeln!(lines, "{line}").unwrap();
            for place in 0..MESSAGES_OF_A_CONVERSATION {
                let message = number * MESSAGES_OF_A_CONVERSATION + place;
                let line = json!({
                    "type": "message", "id": format!("m{message}"), "conversation": id, "sender": { "role": "guest" },
                    "sent_at": at(60 * i64::try_from(place).unwrap()), "text": self.texts[message],
                });
                writeln!(lines, "{line}").unwrap();
            }
        }
        lines.flush().unwrap();
        file
    }
}

fn own_word(conversation: usize) -> String {
    format!("zimt{conversation:07}")
}

/// Counts and answers are those of reading everything.
fn assert_holds(service: &Service, records: &Records) {
    let (totals, _) = service.stats().unwrap();
    assert_eq!(totals.messages, records.left());
    let last = records.conversations() - 1;
    let own = [0, 1, 3, 7, last / 2, last].map(own_word);
    let pairs = [
        "押金 发票",
        "refund balcony towel",
        "接机 shuttle",
        "身份证 quiet 早餐",
    ];
    for words in own.iter().map(String::as_str).chain(pairs) {
        let hits = service.search(words, &SearchScope::default()).unwrap();
        let found: BTreeSet<String> = hits.into_iter().map(|hit| hit.message.id).collect();
        assert!(found == records.matching(words), "{words:?}");
    }
}

#[test]
fn the_records_of_a_hotel_group_are_kept_and_forgotten_exactly() {
    let conversations = if full() { 33_334 } else { 600 };
    let mut records = Records::of(conversations);
    let world = World::new();
    let service = world.init();
    let file = records.write(&world);
    let report = import(&service, &file).unwrap();
    assert_eq!(report.added.messages, records.texts.len() as u64);
    assert_holds(&service, &records);
    let again = import(&service, &file).unwrap();
    assert_eq!(again.added.messages, 0);
    assert_eq!(again.known.messages, records.texts.len() as u64);
    service.init_repository(&world.path("repository")).unwrap();
    service.create_snapshot(None).unwrap();

    // One guest, a hundred conversations, single messages, a label, and all before a time.
    erase_whole(&service, Scope::Guest("g1".to_owned()));
    for gone in 3..6 {
        records.erase(gone);
    }
    let batch: Vec<usize> = (0..100).map(|number| 50 + number * 5).collect();
    let ids = batch.iter().map(|number| format!("c{number}")).collect();
    let outcome = erase_whole(&service, Scope::Conversations(ids));
    assert_eq!(outcome.counts.conversations, 100);
    for gone in batch {
        records.erase(gone);
    }
    assert_holds(&service, &records);
    let single: Vec<usize> = (0..10)
        .map(|number| 20 * MESSAGES_OF_A_CONVERSATION + number * 7)
        .collect();
    let ids = single
        .iter()
        .map(|number| format!("c{}/m{number}", number / MESSAGES_OF_A_CONVERSATION));
    erase_whole(&service, Scope::Messages(ids.collect()));
    for gone in single {
        records.erased[gone] = true;
    }
    for number in [31, 32, 47] {
        service
            .label(&format!("c{number}"), "confidential")
            .unwrap();
        records.erase(number);
    }
    erase_whole(&service, Scope::Label("confidential".to_owned()));
    let time = jiff::Timestamp::from_second(FIRST_SECOND + 10 * 3_600 + 15 * 60).unwrap();
    erase_whole(&service, Scope::Before(time));
    for gone in 0..10 {
        records.erase(gone);
    }
    let tenth = 10 * MESSAGES_OF_A_CONVERSATION;
    records.erased[tenth..tenth + 15].fill(true);
    assert_holds(&service, &records);
    service.check_ledger().unwrap();

    // What was erased stays away from the same file; the disk is lost, and the repository gives back the rest.
    let again = import(&service, &file).unwrap();
    assert_eq!(again.added.messages, 0);
    drop(service);
    fs::remove_dir_all(world.store()).unwrap();
    let (restored, _) = world
        .restore(&world.store(), &world.path("repository"), None)
        .unwrap();
    assert_holds(&restored, &records);
    restored.check_ledger().unwrap();
    drop(restored);
    let last = records.conversations() - 1;
    world.assert_nothing_readable(&[0, 3, 50, 31, last / 2, last].map(own_word));
}
