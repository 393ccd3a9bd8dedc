//! What an import adds, knows already, and keeps away.

use std::collections::BTreeSet;

use super::{Conversation, Counts, Key, Kind, Message, Oracle, Refusal};
use crate::operation::Line;

/// Added, known, kept away.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Imported {
    pub(crate) added: Counts,
    pub(crate) known: Counts,
    pub(crate) kept_away: Counts,
}

/// One file as it is being read.
struct File<'o> {
    oracle: &'o mut Oracle,
    source: &'o str,
    allow_erased: bool,
    /// Guests and conversations that this file has added, and all its messages that did not stay away.
    own: BTreeSet<(Kind, String)>,
    /// Conversations that stay away, with all their messages.
    away: BTreeSet<String>,
    imported: Imported,
}

impl Oracle {
    /// One file: all of it, or nothing.
    pub(crate) fn import(
        &mut self,
        source: &str,
        lines: &[Line],
        allow_erased: bool,
    ) -> Result<Imported, Refusal> {
        let mut trial = self.clone();
        trial.sources.insert(source.to_owned());
        let mut file = File {
            oracle: &mut trial,
            source,
            allow_erased,
            own: BTreeSet::new(),
            away: BTreeSet::new(),
            imported: Imported::default(),
        };
        for line in lines {
            file.line(line)?;
        }
        let imported = file.imported;
        for conversation in trial
            .conversations
            .values_mut()
            .filter(|found| found.began == i64::MAX)
        {
            conversation.began = 0;
        }
        *self = trial;
        Ok(imported)
    }
}

impl File<'_> {
    fn line(&mut self, line: &Line) -> Result<(), Refusal> {
        match line {
            Line::Guest(id) => self.guest(id),
            Line::Conversation {
                id,
                guest,
                opened_at,
                labels,
                ..
            } => {
                if self.known(Kind::Conversation, id)? {
                    self.imported.known.conversations += 1;
                } else if !self.guest_is_there(guest)? || self.stays_away(Kind::Conversation, id) {
                    self.away.insert(id.clone());
                    let key = self.key(id);
                    self.oracle.suppressed.insert((Kind::Conversation, key));
                    self.imported.kept_away.conversations += 1;
                } else {
                    let conversation = Conversation {
                        instance: self.oracle.new_instance(),
                        guest: guest.clone(),
                        line: line.clone(),
                        began: opened_at.unwrap_or(i64::MAX),
                        labels: labels.iter().cloned().collect(),
                        messages: Vec::new(),
                    };
                    let key = self.key(id);
                    self.oracle.conversations.insert(key, conversation);
                    self.own.insert((Kind::Conversation, id.clone()));
                    self.away.remove(id);
                    self.imported.added.conversations += 1;
                }
                Ok(())
            }
            Line::Message { .. } => self.message(line),
        }
    }

    fn guest(&mut self, id: &str) -> Result<(), Refusal> {
        if self.known(Kind::Guest, id)? {
            self.imported.known.guests += 1;
        } else if self.stays_away(Kind::Guest, id) {
            self.imported.kept_away.guests += 1;
        } else {
            let instance = self.oracle.new_instance();
            let key = self.key(id);
            self.oracle.guests.insert(key, instance);
            self.own.insert((Kind::Guest, id.to_owned()));
            self.imported.added.guests += 1;
        }
        Ok(())
    }

    fn message(&mut self, line: &Line) -> Result<(), Refusal> {
        let Line::Message {
            id,
            conversation,
            at,
            text,
            attachments,
        } = line
        else {
            unreachable!("it is a message")
        };
        let home = self.key(conversation);
        let kept_away = &mut self.imported.kept_away;
        if !self.oracle.conversations.contains_key(&home) {
            let suppressed = self.oracle.suppressed.contains(&(Kind::Conversation, home));
            if !suppressed && !self.away.contains(conversation) {
                return Err(Refusal::Import);
            }
            kept_away.messages += 1;
            kept_away.attachments += *attachments as u64;
            return Ok(());
        }
        let known = self.oracle.conversations[&home]
            .messages
            .iter()
            .any(|found| found.id == *id);
        if !known && self.message_stays_away(&home, id) {
            self.imported.kept_away.messages += 1;
            self.imported.kept_away.attachments += *attachments as u64;
            return Ok(());
        }
        if !self.own.insert((Kind::Message, id.clone())) {
            return Err(Refusal::Import);
        }
        if known {
            self.imported.known.messages += 1;
        } else {
            let instance = self.oracle.new_instance();
            let found = self
                .oracle
                .conversations
                .get_mut(&home)
                .expect("it is there");
            found.began = found.began.min(*at);
            let (id, at, text, attachments) = (id.clone(), *at, text.clone(), *attachments);
            found.messages.push(Message {
                instance,
                id,
                at,
                text,
                attachments,
                redacted: false,
            });
            self.imported.added.messages += 1;
            self.imported.added.attachments += attachments as u64;
        }
        Ok(())
    }

    /// There already: fine if an earlier file brought it, an error if this one did.
    fn known(&self, kind: Kind, id: &str) -> Result<bool, Refusal> {
        if self.own.contains(&(kind, id.to_owned())) {
            return Err(Refusal::Import);
        }
        let key = self.key(id);
        Ok(match kind {
            Kind::Guest => self.oracle.guests.contains_key(&key),
            Kind::Conversation => self.oracle.conversations.contains_key(&key),
            Kind::Message => unreachable!("messages are known by conversation"),
        })
    }

    fn guest_is_there(&self, id: &str) -> Result<bool, Refusal> {
        let key = self.key(id);
        if self.oracle.guests.contains_key(&key) {
            Ok(true)
        } else if self.oracle.suppressed.contains(&(Kind::Guest, key)) {
            Ok(false)
        } else {
            Err(Refusal::Import)
        }
    }

    fn stays_away(&mut self, kind: Kind, id: &str) -> bool {
        let key = self.key(id);
        if self.allow_erased {
            self.oracle.suppressed.remove(&(kind, key));
            return false;
        }
        self.oracle.suppressed.contains(&(kind, key))
    }

    fn message_stays_away(&mut self, home: &Key, id: &str) -> bool {
        let message = (home.clone(), id.to_owned());
        if self.allow_erased {
            self.oracle.suppressed_messages.remove(&message);
            return false;
        }
        self.oracle.suppressed_messages.contains(&message)
    }

    fn key(&self, id: &str) -> Key {
        (self.source.to_owned(), id.to_owned())
    }
}
