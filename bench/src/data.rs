//! Conversations made from the built-in samples: the same texts for us and for the peer, the same in every run.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::machine;
use crate::time::ROUNDS;

/// Messages of a conversation.
pub const CONVERSATION_MESSAGES: usize = 30;
/// Conversations of the guests that are erased as a whole.
pub const LOYAL_CONVERSATIONS: usize = 50;
/// Conversations erased in one batch, of as many guests.
pub const BATCH_CONVERSATIONS: usize = 100;
/// Stores up to this many messages are made anew for every round, for one round takes much of them.
const FRESH_MESSAGES_MAX: usize = 10_000;
/// Conversations that hold each of the [`NEEDLES`].
pub const NEEDLE_CONVERSATIONS: usize = 3;
/// Words that stand in three conversations each, and in no sample.
pub const NEEDLES: [&str; 10] = [
    "竖琴",
    "骆驼奶",
    "翡翠手镯",
    "犀牛玩偶",
    "紫檀木屏风",
    "theremin",
    "marzipan",
    "obsidian vase",
    "kayak rack",
    "marimba",
];
/// Beginning of the first conversation: 2023-01-01.
const FIRST_SECOND: i64 = 1_672_531_200;
const SECONDS_BETWEEN_MESSAGES: i64 = 47;

/// One size of data, in a folder of its own.
pub struct Data {
    /// Messages, exactly.
    pub messages: usize,
    folder: PathBuf,
}

impl Data {
    /// The data of this many messages, a multiple of a conversation's, where [`Data::make`] puts it.
    ///
    /// # Errors
    /// The folder of results cannot be made.
    pub fn at(messages: usize) -> Result<Self> {
        let messages = messages - messages % CONVERSATION_MESSAGES;
        let folder = machine::results_folder()?.join(format!("data-{messages}"));
        Ok(Self { messages, folder })
    }

    /// Writes the JSON Lines. What an earlier run kept may have been made from other samples.
    ///
    /// # Errors
    /// The disk is full.
    pub fn make(&self) -> Result<()> {
        fs::create_dir_all(&self.folder)?;
        let mut out = BufWriter::new(File::create(self.lines())?);
        self.write(&mut out, &samples()?)?;
        Ok(out.flush()?)
    }

    /// Removes everything, unless it is to be kept.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn remove(self, keep: bool) -> Result<()> {
        if keep || !self.folder.exists() {
            return Ok(());
        }
        Ok(fs::remove_dir_all(self.folder)?)
    }

    /// The file that both sides read.
    #[must_use]
    pub fn lines(&self) -> PathBuf {
        self.folder.join("lines.jsonl")
    }

    /// A new empty folder of this name beside the data.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn fresh_folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.folder(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// The folder of this name beside the data.
    #[must_use]
    pub fn folder(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Whether every round needs a store of its own.
    #[must_use]
    pub fn is_fresh_each_round(&self) -> bool {
        self.messages <= FRESH_MESSAGES_MAX
    }

    /// A conversation that no other round and no batch erases.
    #[must_use]
    pub fn conversation(&self, round: usize) -> String {
        let number = self.batch_stride() * self.slot(round) + 1;
        format!("c{number}")
    }

    /// A guest with [`LOYAL_CONVERSATIONS`].
    #[must_use]
    pub fn loyal_guest(&self, round: usize) -> String {
        format!("loyal{}", self.slot(round))
    }

    /// The conversations of that guest.
    #[must_use]
    pub fn loyal_conversations(&self, round: usize) -> Vec<String> {
        let guest = self.loyal_guest(round);
        (0..LOYAL_CONVERSATIONS)
            .map(|number| format!("{guest}-{number}"))
            .collect()
    }

    /// Conversations spread over the whole store: [`BATCH_CONVERSATIONS`], fewer in a very small one.
    #[must_use]
    pub fn batch(&self, round: usize) -> Vec<String> {
        let stride = self.batch_stride();
        (0..self.conversations() / stride)
            .take(BATCH_CONVERSATIONS)
            .map(|number| format!("c{}", number * stride + 2 + self.slot(round)))
            .collect()
    }

    fn slot(&self, round: usize) -> usize {
        if self.is_fresh_each_round() { 0 } else { round }
    }

    /// Loyal guests: one for each round that shares the store, plain and traced.
    fn loyal(&self) -> usize {
        if self.is_fresh_each_round() {
            1
        } else {
            2 * ROUNDS
        }
    }

    /// Conversations of ordinary guests.
    fn conversations(&self) -> usize {
        self.messages / CONVERSATION_MESSAGES - self.loyal() * LOYAL_CONVERSATIONS
    }

    /// Distance between two conversations of a batch; the first of each stretch are taken by the rounds.
    fn batch_stride(&self) -> usize {
        (self.conversations() / BATCH_CONVERSATIONS).max(if self.is_fresh_each_round() {
            3
        } else {
            2 * ROUNDS + 2
        })
    }

    fn write(&self, out: &mut dyn Write, samples: &[String]) -> Result<()> {
        let mut line = |value: Value| writeln!(out, "{value}");
        for loyal in 0..self.loyal() {
            line(guest(&format!("loyal{loyal}"), loyal))?;
        }
        let conversations = self.conversations();
        let loyal_stride = conversations.div_ceil(LOYAL_CONVERSATIONS);
        let mut writer = Writer::new(samples, conversations);
        let (mut number, mut guests) = (0, 0);
        while number < conversations {
            // Guests have one, two or three conversations: two on average.
            let owner = format!("g{guests}");
            line(guest(&owner, guests))?;
            for _ in 0..(guests % 3 + 1).min(conversations - number) {
                writer.conversation(&mut line, &owner, &format!("c{number}"), Some(number))?;
                // A loyal guest comes back over the years: their conversations lie far apart.
                if number % loyal_stride == 0 {
                    self.loyal_wave(&mut line, &mut writer, number / loyal_stride)?;
                }
                number += 1;
            }
            guests += 1;
        }
        for wave in conversations.div_ceil(loyal_stride)..LOYAL_CONVERSATIONS {
            self.loyal_wave(&mut line, &mut writer, wave)?;
        }
        Ok(())
    }

    fn loyal_wave(
        &self,
        line: &mut dyn FnMut(Value) -> std::io::Result<()>,
        writer: &mut Writer<'_>,
        wave: usize,
    ) -> Result<()> {
        for loyal in 0..self.loyal() {
            let owner = format!("loyal{loyal}");
            writer.conversation(line, &owner, &format!("{owner}-{wave}"), None)?;
        }
        Ok(())
    }
}

/// Writes conversations one after the other in time.
struct Writer<'s> {
    samples: &'s [String],
    /// Ordinary conversations in all.
    conversations: usize,
    messages: usize,
}

impl<'s> Writer<'s> {
    fn new(samples: &'s [String], conversations: usize) -> Self {
        Self {
            samples,
            conversations,
            messages: 0,
        }
    }

    fn conversation(
        &mut self,
        line: &mut dyn FnMut(Value) -> std::io::Result<()>,
        guest: &str,
        id: &str,
        ordinary: Option<usize>,
    ) -> Result<()> {
        line(
            json!({"type": "conversation", "id": id, "guest": guest, "channel": "wechat-mini-program",
            "opened_at": self.time(),
            "booking": {"id": format!("LK{id}"), "check_in": "2023-08-01", "check_out": "2023-08-03", "status": "stayed", "deposit_refunded": true}}),
        )?;
        for place in 0..CONVERSATION_MESSAGES {
            let mut text = self.text();
            if place == CONVERSATION_MESSAGES / 2
                && let Some(needle) = ordinary.and_then(|number| self.needle(number))
            {
                text = format!("{text} {needle}");
            }
            let sender = if place % 2 == 0 {
                json!({"role": "guest", "id": guest})
            } else {
                json!({"role": "agent", "id": "a02"})
            };
            line(
                json!({"type": "message", "id": format!("{id}-{place}"), "conversation": id, "sender": sender,
                "sent_at": self.time(), "text": text}),
            )?;
            self.messages += 1;
        }
        Ok(())
    }

    /// A sample; every third bears a number, as bookings, rooms and prices do.
    fn text(&self) -> String {
        let draw = mix(self.messages as u64);
        let count = self.samples.len() as u64;
        let place = usize::try_from(draw % count).expect("there are few samples");
        let sample = &self.samples[place];
        if (draw >> 32).is_multiple_of(3) {
            format!("{sample} {}", draw >> 40)
        } else {
            sample.clone()
        }
    }

    /// The word that this conversation holds: each stands at [`NEEDLE_CONVERSATIONS`] places spread over all.
    fn needle(&self, conversation: usize) -> Option<&'static str> {
        let places = NEEDLES.len() * NEEDLE_CONVERSATIONS;
        let stride = (self.conversations / places).max(1);
        let place = conversation / stride;
        (conversation.is_multiple_of(stride) && place < places)
            .then(|| NEEDLES[place % NEEDLES.len()])
    }

    fn time(&self) -> String {
        let passed = i64::try_from(self.messages).expect("few messages") * SECONDS_BETWEEN_MESSAGES;
        Timestamp::from_second(FIRST_SECOND + passed)
            .expect("a time before 9999")
            .to_string()
    }
}

fn guest(id: &str, number: usize) -> Value {
    json!({"type": "guest", "id": id, "name": "林晓雯", "phone": format!("+86154{number:08}"), "email": format!("{id}@mail.example"),
        "locale": "zh-CN"})
}

/// The finaliser of `SplitMix64` (Steele, Lea, Flood 2014): spreads consecutive numbers over all of u64.
fn mix(number: u64) -> u64 {
    let mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The texts of the built-in sample hotel, Chinese and English.
fn samples() -> Result<Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("the workspace")?;
    let file = root.join("samples/lakeside/lakeside.jsonl");
    let lines =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut texts = Vec::new();
    for line in lines.lines() {
        let record: Value = serde_json::from_str(line)?;
        if let Some(text) = record["text"].as_str() {
            texts.push(text.to_owned());
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn lines(messages: usize) -> (Data, Vec<Value>) {
        let data = Data {
            messages,
            folder: PathBuf::new(),
        };
        let mut out = Vec::new();
        data.write(&mut out, &samples().unwrap()).unwrap();
        let text = String::from_utf8(out).unwrap();
        (
            data,
            text.lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect(),
        )
    }

    fn ids<'l>(lines: &'l [Value], kind: &str) -> Vec<&'l str> {
        let of_kind = lines.iter().filter(|line| line["type"] == kind);
        of_kind.map(|line| line["id"].as_str().unwrap()).collect()
    }

    #[test]
    fn there_are_as_many_messages_as_asked_for_and_every_target_exists() {
        for messages in [1_980, 9_990, 99_990] {
            let (data, lines) = lines(messages);
            assert_eq!(ids(&lines, "message").len(), messages);
            let conversations: BTreeSet<&str> = ids(&lines, "conversation").into_iter().collect();
            let mut gone = BTreeSet::new();
            for round in 0..if data.is_fresh_each_round() {
                1
            } else {
                2 * ROUNDS
            } {
                let mut targets = data.batch(round);
                targets.push(data.conversation(round));
                targets.extend(data.loyal_conversations(round));
                for target in targets {
                    assert!(conversations.contains(&*target), "{target} of {messages}");
                    assert!(gone.insert(target.clone()), "{target} is erased twice");
                }
            }
        }
    }

    #[test]
    fn each_needle_stands_in_three_conversations_and_in_no_sample() {
        let samples = samples().unwrap();
        let (_, lines) = lines(9_990);
        for needle in NEEDLES {
            assert!(!samples.iter().any(|text| text.contains(needle)));
            let holding = lines.iter().filter(|line| {
                line["text"]
                    .as_str()
                    .is_some_and(|text| text.contains(needle))
            });
            assert_eq!(holding.count(), NEEDLE_CONVERSATIONS, "{needle}");
        }
    }
}
