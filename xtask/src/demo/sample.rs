//! What the sample hotel's file says, read independently of `wuhen`, so that the demo can judge its answers.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

/// Texts shorter than this are no evidence: "OK" may stand in any file by chance.
const NEEDLE_CHARS_MIN: usize = 8;

pub(crate) struct Sample {
    pub(crate) guests: u64,
    pub(crate) conversations: u64,
    pub(crate) messages: u64,
    pub(crate) attachments: u64,
    lines: Vec<Value>,
}

impl Sample {
    pub(crate) fn read(file: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        Self::parse(&text)
    }

    fn parse(text: &str) -> Result<Self> {
        let lines = text
            .lines()
            .map(serde_json::from_str)
            .collect::<Result<Vec<Value>, _>>()
            .context("the sample is not JSON Lines")?;
        let count = |kind: &str| lines.iter().filter(|line| line["type"] == kind).count() as u64;
        let attachments = lines
            .iter()
            .filter_map(|line| line["attachments"].as_array())
            .map(|list| list.len() as u64)
            .sum();
        Ok(Self {
            guests: count("guest"),
            conversations: count("conversation"),
            messages: count("message"),
            attachments,
            lines,
        })
    }

    /// The name of a guest.
    pub(crate) fn name_of(&self, guest: &str) -> Result<&str> {
        self.profile_of(guest)
            .and_then(|line| line["name"].as_str())
            .with_context(|| format!("the sample has no guest {guest}"))
    }

    /// How many messages a guest's conversations have.
    pub(crate) fn messages_of(&self, guest: &str) -> u64 {
        self.all_texts_of(guest).count() as u64
    }

    /// The texts of a guest's conversations that nobody else's conversation has, and that are long enough to be evidence.
    pub(crate) fn texts_of(&self, guest: &str) -> Vec<&str> {
        let others: Vec<&str> = self.texts(|owner| owner != guest).collect();
        self.all_texts_of(guest)
            .filter(|text| text.chars().count() >= NEEDLE_CHARS_MIN && !others.contains(text))
            .collect()
    }

    /// All that must be found nowhere once a guest is forgotten: name, telephone, mail address, texts.
    pub(crate) fn needles_of(&self, guest: &str) -> Vec<&str> {
        let profile = self.profile_of(guest);
        ["name", "phone", "email"]
            .iter()
            .filter_map(|field| profile?[*field].as_str())
            .chain(self.texts_of(guest))
            .collect()
    }

    fn profile_of(&self, guest: &str) -> Option<&Value> {
        self.lines
            .iter()
            .find(|line| line["type"] == "guest" && line["id"] == guest)
    }

    fn all_texts_of(&self, guest: &str) -> impl Iterator<Item = &str> {
        self.texts(move |owner| owner == guest)
    }

    /// The texts of all conversations whose guest fits.
    fn texts(&self, fits: impl Fn(&str) -> bool) -> impl Iterator<Item = &str> {
        self.lines
            .iter()
            .filter(move |line| line["type"] == "message" && fits(self.owner_of(line)))
            .filter_map(|line| line["text"].as_str())
    }

    fn owner_of(&self, message: &Value) -> &str {
        self.lines
            .iter()
            .find(|line| line["type"] == "conversation" && line["id"] == message["conversation"])
            .and_then(|line| line["guest"].as_str())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO_GUESTS: &str = r#"{"type":"guest","id":"g1","name":"Ann","phone":"+15550100"}
{"type":"conversation","id":"c1","guest":"g1"}
{"type":"message","conversation":"c1","text":"OK","attachments":[{"name":"a"}]}
{"type":"message","conversation":"c1","text":"a room with a view"}
{"type":"message","conversation":"c1","text":"Welcome to the hotel"}
{"type":"guest","id":"g2","name":"Bob"}
{"type":"conversation","id":"c2","guest":"g2"}
{"type":"message","conversation":"c2","text":"Welcome to the hotel"}
"#;

    #[test]
    fn a_guest_needles_are_her_own_and_no_short_words() {
        let sample = Sample::parse(TWO_GUESTS).unwrap();
        assert_eq!(
            sample.needles_of("g1"),
            ["Ann", "+15550100", "a room with a view"]
        );
        assert_eq!(sample.messages_of("g1"), 3);
        assert_eq!((sample.messages, sample.attachments), (4, 1));
    }

    #[test]
    fn the_committed_sample_fits_the_story() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/lakeside");
        let sample = Sample::read(&folder.join("lakeside.jsonl")).unwrap();
        let texts = sample.texts_of(super::super::GUEST);
        let has = |word: &str| texts.iter().any(|text| text.contains(word));
        assert!(has(super::super::HER_WORD));
        assert!(has(super::super::HER_WORD_IN_CONTEXT));
        let others = sample.texts(|owner| owner != super::super::GUEST);
        assert!(
            others
                .into_iter()
                .all(|text| !text.contains(super::super::HER_WORD))
        );
    }

    #[test]
    fn every_attachment_of_the_sample_is_there() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/lakeside");
        let sample = Sample::read(&folder.join("lakeside.jsonl")).unwrap();
        let attachments = sample
            .lines
            .iter()
            .filter_map(|line| line["attachments"].as_array());
        for attachment in attachments.flatten() {
            let path = folder.join(attachment["path"].as_str().unwrap());
            assert!(path.is_file(), "{}", path.display());
        }
    }
}
