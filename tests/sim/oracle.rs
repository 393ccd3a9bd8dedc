//! What the house should answer, kept in plain maps. Nothing here is clever, sealed or stored.

mod import;

use std::collections::{BTreeMap, BTreeSet};

use crate::matching;
use crate::operation::{Cut, Line, Target};

/// A record's source and its id there.
pub(crate) type Key = (String, String);

/// A kind of record that a source names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Kind {
    Guest,
    Conversation,
    Message,
}

/// Why something is not done, as far as a person is told apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Refusal {
    NotFound,
    Ambiguous,
    /// The request makes no sense, or nothing matches.
    Refused,
    Query,
    Import,
    /// Never what the oracle expects.
    Failure(String),
}

/// Records by kind: guests, conversations, messages, attachments.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Counts {
    pub(crate) guests: u64,
    pub(crate) conversations: u64,
    pub(crate) messages: u64,
    pub(crate) attachments: u64,
}

#[derive(Clone, Debug)]
pub(crate) struct Conversation {
    /// Tells this record from a later one under the same id.
    pub(crate) instance: u64,
    pub(crate) guest: String,
    pub(crate) line: Line,
    /// The earliest time that it or any message ever said; the beginning of time if none did.
    pub(crate) began: i64,
    pub(crate) labels: BTreeSet<String>,
    /// In the order they came.
    pub(crate) messages: Vec<Message>,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Message {
    pub(crate) instance: u64,
    pub(crate) id: String,
    pub(crate) at: i64,
    pub(crate) text: String,
    pub(crate) attachments: usize,
    pub(crate) redacted: bool,
}

/// A message found: source, conversation, message.
pub(crate) type Hit = (String, String, String);

/// What there is.
#[derive(Clone, Default)]
pub(crate) struct Oracle {
    pub(crate) sources: BTreeSet<String>,
    pub(crate) guests: BTreeMap<Key, u64>,
    pub(crate) conversations: BTreeMap<Key, Conversation>,
    /// Guests and conversations that stay away.
    pub(crate) suppressed: BTreeSet<(Kind, Key)>,
    /// Messages that stay away, each from its own conversation.
    pub(crate) suppressed_messages: BTreeSet<(Key, String)>,
    /// Instances of all records that were ever erased.
    pub(crate) erased: BTreeSet<u64>,
    /// What redacted messages say since, by their instance.
    redacted: BTreeMap<u64, String>,
    /// Guests whose names, and messages whose files were redacted, by their instance.
    pub(crate) cleared: BTreeSet<u64>,
    /// Redactions are among them.
    pub(crate) erasures: u64,
    /// Entries of the ledger.
    pub(crate) entries: u64,
    next_instance: u64,
}

impl Conversation {
    pub(crate) fn attachments(&self) -> u64 {
        self.messages
            .iter()
            .map(|message| message.attachments as u64)
            .sum()
    }

    fn opened_at(&self) -> Option<i64> {
        match &self.line {
            Line::Conversation { opened_at, .. } => *opened_at,
            _ => unreachable!("a conversation's line is one"),
        }
    }

    /// Whether all of it lies before a time.
    fn is_before(&self, at: i64) -> bool {
        self.began < at
            && self.opened_at().is_none_or(|opened| opened < at)
            && self.messages.iter().all(|message| message.at < at)
    }

    /// As `show` lists them: by time, then as they came.
    pub(crate) fn in_time_order(&self) -> Vec<&Message> {
        let mut messages: Vec<&Message> = self.messages.iter().collect();
        messages.sort_by_key(|message| message.at);
        messages
    }
}

/// What an erasure takes: whole guests, whole conversations, and single messages with their conversation.
#[derive(Clone, Default, Debug)]
pub(crate) struct Selected {
    guests: BTreeSet<Key>,
    conversations: BTreeSet<Key>,
    messages: BTreeSet<(Key, String)>,
}

impl Oracle {
    pub(crate) fn new() -> Self {
        // The tenant's own making is the first entry, its privacy officer the second.
        Self {
            entries: 2,
            ..Self::default()
        }
    }

    pub(crate) fn totals(&self) -> Counts {
        Counts {
            guests: self.guests.len() as u64,
            conversations: self.conversations.len() as u64,
            messages: self
                .conversations
                .values()
                .map(|found| found.messages.len() as u64)
                .sum(),
            attachments: self
                .conversations
                .values()
                .map(Conversation::attachments)
                .sum(),
        }
    }

    /// The one guest that a name means: an id, or `SOURCE/ID`.
    pub(crate) fn find_guest(&self, name: &str) -> Result<Key, Refusal> {
        the_only_one(self.readings(name, |key| self.guests.contains_key(key)))
    }

    /// The one conversation that a name means: an id, or `SOURCE/ID`.
    pub(crate) fn find_conversation(&self, name: &str) -> Result<Key, Refusal> {
        the_only_one(self.conversations_named(name))
    }

    /// The one message that a name means, with its conversation: an id, `CONVERSATION/ID`, or `SOURCE/` before either.
    fn find_message(&self, name: &str) -> Result<(Key, String), Refusal> {
        let mut found = BTreeSet::new();
        for (home, conversation) in &self.conversations {
            for message in &conversation.messages {
                let id = &message.id;
                let bare = name == id || *name == format!("{}/{id}", home.0);
                let within = name
                    .strip_suffix(id.as_str())
                    .and_then(|rest| rest.strip_suffix('/'))
                    .is_some_and(|rest| self.conversations_named(rest).contains(home));
                if bare || within {
                    found.insert((home.clone(), id.clone()));
                }
            }
        }
        the_only_one(found)
    }

    fn conversations_named(&self, name: &str) -> BTreeSet<Key> {
        self.readings(name, |key| self.conversations.contains_key(key))
    }

    fn readings(&self, name: &str, is_there: impl Fn(&Key) -> bool) -> BTreeSet<Key> {
        let mut found = BTreeSet::new();
        for source in &self.sources {
            let within = name
                .strip_prefix(source.as_str())
                .and_then(|rest| rest.strip_prefix('/'));
            for id in [Some(name), within].into_iter().flatten() {
                found.insert((source.clone(), id.to_owned()));
            }
        }
        found.retain(is_there);
        found
    }

    pub(crate) fn label(&mut self, conversation: &str, label: &str) -> Result<bool, Refusal> {
        if label.is_empty() {
            return Err(Refusal::Refused);
        }
        let key = self.find_conversation(conversation)?;
        let found = self.conversations.get_mut(&key).expect("it was found");
        Ok(found.labels.insert(label.to_owned()))
    }

    pub(crate) fn select(&self, target: &Target) -> Result<Selected, Refusal> {
        let mut selected = Selected::default();
        match target {
            Target::Guest(name) => {
                selected.guests.insert(self.find_guest(name)?);
            }
            Target::Conversations(names) => {
                for name in names {
                    selected.conversations.insert(self.find_conversation(name)?);
                }
            }
            Target::Messages(names) => {
                for name in names {
                    selected.messages.insert(self.find_message(name)?);
                }
            }
            Target::Label(label) => {
                let bears = self
                    .conversations
                    .iter()
                    .filter(|(_, found)| found.labels.contains(label));
                selected.conversations = bears.map(|(key, _)| key.clone()).collect();
                if selected.conversations.is_empty() {
                    return Err(Refusal::NotFound);
                }
            }
            Target::Before(at) => {
                for (key, conversation) in &self.conversations {
                    if conversation.is_before(*at) {
                        selected.conversations.insert(key.clone());
                        continue;
                    }
                    let early = conversation
                        .messages
                        .iter()
                        .filter(|message| message.at < *at);
                    selected
                        .messages
                        .extend(early.map(|message| (key.clone(), message.id.clone())));
                }
            }
        }
        for guest in &selected.guests {
            let own = self
                .conversations
                .iter()
                .filter(|((source, _), found)| *source == guest.0 && found.guest == guest.1);
            selected
                .conversations
                .extend(own.map(|(key, _)| key.clone()));
        }
        if selected.guests.is_empty()
            && selected.conversations.is_empty()
            && selected.messages.is_empty()
        {
            return Err(Refusal::Refused);
        }
        Ok(selected)
    }

    /// What a selection holds.
    pub(crate) fn measure(&self, selected: &Selected) -> Counts {
        let mut counts = Counts {
            guests: selected.guests.len() as u64,
            conversations: selected.conversations.len() as u64,
            ..Counts::default()
        };
        for key in &selected.conversations {
            let conversation = &self.conversations[key];
            counts.messages += conversation.messages.len() as u64;
            counts.attachments += conversation.attachments();
        }
        for (home, id) in &selected.messages {
            let message = self.conversations[home]
                .messages
                .iter()
                .find(|message| message.id == *id);
            counts.messages += 1;
            counts.attachments += message.expect("it was selected").attachments as u64;
        }
        counts
    }

    /// Whether a selection touches a conversation whose booking says this.
    pub(crate) fn touches_status(&self, selected: &Selected, wanted: &str) -> bool {
        let touched = selected
            .conversations
            .iter()
            .chain(selected.messages.iter().map(|(home, _)| home));
        touched.into_iter().any(|key| {
            matches!(&self.conversations[key].line, Line::Conversation { status, .. } if *status == Some(wanted))
        })
    }

    /// Erases, and enters it in the ledger: intent, erased, completed.
    pub(crate) fn erase(&mut self, selected: &Selected) {
        for (home, id) in &selected.messages {
            let conversation = self.conversations.get_mut(home).expect("it was selected");
            let (gone, kept) = std::mem::take(&mut conversation.messages)
                .into_iter()
                .partition(|message| message.id == *id);
            conversation.messages = kept;
            let gone: Vec<Message> = gone;
            self.erased
                .extend(gone.iter().map(|message| message.instance));
            self.suppressed_messages.insert((home.clone(), id.clone()));
        }
        for key in &selected.conversations {
            let gone = self.conversations.remove(key).expect("it was selected");
            self.erased.insert(gone.instance);
            self.erased
                .extend(gone.messages.iter().map(|message| message.instance));
            self.suppressed.insert((Kind::Conversation, key.clone()));
        }
        for key in &selected.guests {
            let gone = self.guests.remove(key).expect("it was selected");
            self.erased.insert(gone);
            self.suppressed.insert((Kind::Guest, key.clone()));
        }
        self.erasures += 1;
        self.entries += 3;
    }

    /// Cuts some characters out of a message, and enters it as an erasure is.
    pub(crate) fn redact(&mut self, cut: &Cut) -> Result<(), Refusal> {
        let (home, id) = self.find_message(&cut.name())?;
        let conversation = self.conversations.get_mut(&home).expect("it was found");
        let mut messages = conversation.messages.iter_mut();
        let message = messages
            .find(|message| message.id == id)
            .expect("it was found");
        let characters: Vec<char> = message.text.chars().collect();
        let gone = cut.characters(characters.len());
        if gone.end > characters.len() {
            return Err(Refusal::Refused);
        }
        let (before, behind) = (&characters[..gone.start], &characters[gone.end..]);
        let between = match cut.style {
            "mask" => "*".repeat(gone.len()),
            "label" => "[REDACTED]".to_owned(),
            _ => String::new(),
        };
        let text: String = before
            .iter()
            .copied()
            .chain(between.chars())
            .chain(behind.iter().copied())
            .collect();
        if text == message.text {
            return Err(Refusal::Refused);
        }
        message.text.clone_from(&text);
        message.redacted = true;
        self.redacted.insert(message.instance, text);
        self.erasures += 1;
        self.entries += 3;
        Ok(())
    }

    /// Cuts a guest's name, and the number in all of the guest's files; enters it as an erasure is.
    pub(crate) fn clear(&mut self, guest: &Key) {
        self.cleared.insert(self.guests[guest]);
        for ((source, _), conversation) in &self.conversations {
            if *source == guest.0 && conversation.guest == guest.1 {
                let with_files = conversation.messages.iter();
                let with_files = with_files.filter(|message| message.attachments > 0);
                self.cleared
                    .extend(with_files.map(|message| message.instance));
            }
        }
        self.erasures += 1;
        self.entries += 3;
    }

    /// Every message that matches, by brute force.
    pub(crate) fn search(
        &self,
        query: &str,
        guest: Option<&str>,
        from: Option<i64>,
        to: Option<i64>,
    ) -> Result<Vec<Hit>, Refusal> {
        let query = matching::parse(query).ok_or(Refusal::Query)?;
        let guest = guest.map(|name| self.find_guest(name)).transpose()?;
        let mut hits = Vec::new();
        for ((source, id), conversation) in &self.conversations {
            if guest
                .as_ref()
                .is_some_and(|guest| *guest != (source.clone(), conversation.guest.clone()))
            {
                continue;
            }
            for message in &conversation.messages {
                if matching::matches(&message.text, &query)
                    && from.is_none_or(|from| message.at >= from)
                    && to.is_none_or(|to| message.at < to)
                {
                    hits.push((source.clone(), id.clone(), message.id.clone()));
                }
            }
        }
        hits.sort();
        Ok(hits)
    }

    /// What a restore of an older state gives: its content without whatever was erased or cut out since. Everything else is as it is now.
    pub(crate) fn restored_from(&self, snapshot: &Self) -> Self {
        let mut restored = self.clone();
        restored.guests.clone_from(&snapshot.guests);
        restored
            .guests
            .retain(|_, instance| !self.erased.contains(instance));
        restored.conversations.clone_from(&snapshot.conversations);
        restored
            .conversations
            .retain(|_, conversation| !self.erased.contains(&conversation.instance));
        for conversation in restored.conversations.values_mut() {
            conversation
                .messages
                .retain(|message| !self.erased.contains(&message.instance));
            for message in &mut conversation.messages {
                if let Some(text) = self.redacted.get(&message.instance) {
                    message.text.clone_from(text);
                    message.redacted = true;
                }
            }
        }
        // The restore itself is entered.
        restored.entries += 1;
        restored
    }

    /// Records to come are told apart from those that `other` ever had.
    pub(crate) fn skip_instances(&mut self, other: &Self) {
        self.next_instance = self.next_instance.max(other.next_instance);
    }

    fn new_instance(&mut self) -> u64 {
        self.next_instance += 1;
        self.next_instance
    }
}

fn the_only_one<T: Ord>(mut found: BTreeSet<T>) -> Result<T, Refusal> {
    if found.len() > 1 {
        return Err(Refusal::Ambiguous);
    }
    found.pop_first().ok_or(Refusal::NotFound)
}
