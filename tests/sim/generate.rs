//! Lists of operations from a seed: small houses, whose people and conversations come back again and again.

use crate::dice::Dice;
use crate::operation::{Cut, Line, Operation, Target};
use crate::words::{self, CANARY};

const SOURCES: [&str; 2] = ["wechat", "email"];
const GUESTS: usize = 6;
const CONVERSATIONS: usize = 14;
/// 2026-01-05T00:00:00Z; what is simulated happens in the weeks after it.
const FIRST_DAY: i64 = 1_767_571_200;
const DAYS: i64 = 20;
const DAY_SECONDS: i64 = 86_400;

pub(crate) struct Generator {
    dice: Dice,
    /// Snapshots and restores too.
    on_disk: bool,
    next_message: usize,
    texts: Vec<String>,
    imports: Vec<Operation>,
    /// Conversation, with its source, and message of all that was said.
    said: Vec<(String, String)>,
}

/// `count` operations, each followed by a search.
pub(crate) fn list(seed: u64, count: usize, on_disk: bool) -> Vec<Operation> {
    let mut generator = Generator {
        dice: Dice::new(seed),
        on_disk,
        next_message: 0,
        texts: Vec::new(),
        imports: Vec::new(),
        said: Vec::new(),
    };
    let mut operations = Vec::new();
    for number in 0..count {
        let operation = if number < 3 {
            generator.import()
        } else {
            generator.operation()
        };
        operations.push(operation);
        operations.push(generator.search());
    }
    operations
}

impl Generator {
    fn operation(&mut self) -> Operation {
        if self.on_disk && self.dice.chance(25) {
            return match self.dice.below(3) {
                0 => Operation::Restore(self.dice.below(3)),
                _ => Operation::Snapshot,
            };
        }
        match self.dice.below(100) {
            0..28 => self.import(),
            28..35 if !self.imports.is_empty() => self.import_again(),
            35..40 => self.broken_import(),
            40..47 => Operation::Label {
                conversation: self.named(Self::conversation_id),
                label: self.label(),
            },
            47..63 => Operation::Erase(self.target()),
            63..70 if !self.said.is_empty() => self.redact(),
            63..75 => Operation::Preview(self.target()),
            75..81 => Operation::Show(self.named(Self::conversation_id)),
            81..86 => Operation::Reopen,
            86..89 => Operation::CheckLedger,
            89..93 => Operation::Wait(self.dice.between(1, 24 * 31) as u64),
            _ => self.search(),
        }
    }

    fn import(&mut self) -> Operation {
        let mut lines = Vec::new();
        for _ in 0..self.dice.between(1, 3) {
            let guest = self.guest_id();
            if self.dice.chance(90) {
                lines.push(Line::Guest(guest.clone()));
            }
            for _ in 0..self.dice.below(3) {
                self.conversation(&guest, &mut lines);
            }
        }
        // A guest named twice is an error of the file, which `broken_import` is for.
        let mut seen = Vec::new();
        lines.retain(|line| match line {
            Line::Guest(id) | Line::Conversation { id, .. } => {
                let new = !seen.contains(id);
                seen.push(id.clone());
                new
            }
            Line::Message { .. } => true,
        });
        let source = self.dice.one(&SOURCES).to_owned();
        let said = lines.iter().filter_map(|line| match line {
            Line::Message {
                id, conversation, ..
            } => Some((format!("{source}/{conversation}"), id.clone())),
            _ => None,
        });
        self.said.extend(said);
        let operation = Operation::Import {
            source,
            lines,
            allow_erased: self.dice.chance(20),
        };
        self.imports.push(operation.clone());
        operation
    }

    fn conversation(&mut self, guest: &str, lines: &mut Vec<Line>) {
        let id = self.conversation_id();
        let day = self.day();
        if self.dice.chance(92) {
            let opened_at = (self.on_disk || self.dice.chance(80)).then_some(day);
            let status =
                [None, Some("booked"), Some("refunding"), Some("stayed")][self.dice.below(4)];
            let labels = (0..self.dice.below(2)).map(|_| self.label()).collect();
            lines.push(Line::Conversation {
                id: id.clone(),
                guest: guest.to_owned(),
                opened_at,
                status,
                labels,
            });
        }
        // Now and then more than one block of a sketch.
        let messages = if self.dice.chance(8) {
            self.dice.between(64, 140)
        } else {
            self.dice.below(7)
        };
        for _ in 0..messages {
            let again = self.next_message > 0 && self.dice.chance(8);
            let number = if again {
                self.dice.below(self.next_message)
            } else {
                self.next_message
            };
            self.next_message = self.next_message.max(number + 1);
            let id_of_message = message_id(number);
            let twice = lines
                .iter()
                .any(|line| matches!(line, Line::Message { id, .. } if *id == id_of_message));
            if twice {
                continue;
            }
            let text = words::text(&self.dice, number);
            self.texts.push(text.clone());
            // On disk a conversation never begins before it says so: a restore goes back to an older beginning.
            let seconds = self.dice.number(DAY_SECONDS);
            let at = if self.on_disk || self.dice.chance(80) {
                day + seconds
            } else {
                self.day()
            };
            let attachments = if self.dice.chance(10) {
                self.dice.between(1, 2)
            } else {
                0
            };
            lines.push(Line::Message {
                id: id_of_message,
                conversation: id.clone(),
                at,
                text,
                attachments,
            });
        }
    }

    /// A file that came before, once more, in its own source or in another.
    fn import_again(&mut self) -> Operation {
        let mut operation = self.imports[self.dice.below(self.imports.len())].clone();
        if let Operation::Import {
            source,
            allow_erased,
            ..
        } = &mut operation
        {
            *allow_erased = self.dice.chance(35);
            if self.dice.chance(15) {
                self.dice.one(&SOURCES).clone_into(source);
            }
        }
        operation
    }

    /// A file with one line too many, or one missing.
    fn broken_import(&mut self) -> Operation {
        let mut operation = self.import();
        self.imports.pop();
        if let Operation::Import { lines, .. } = &mut operation
            && !lines.is_empty()
        {
            let at = self.dice.below(lines.len());
            if self.dice.chance(50) {
                let line = lines[at].clone();
                lines.push(line);
            } else {
                lines.remove(at);
            }
        }
        operation
    }

    /// Mostly of a message that is there, again and again of the same few: a new version is redacted too.
    fn redact(&mut self) -> Operation {
        let among = if self.dice.chance(50) {
            self.said.len().min(5)
        } else {
            self.said.len()
        };
        let (conversation, message) = self.said[self.dice.below(among)].clone();
        Operation::Redact(Cut {
            conversation,
            message,
            first: self.dice.below(40),
            more: self.dice.below(40),
            style: ["mask", "label", "remove"][self.dice.below(3)],
        })
    }

    fn search(&mut self) -> Operation {
        let query = words::query(&self.dice, &self.texts);
        let guest = self.dice.chance(15).then(|| self.named(Self::guest_id));
        let from = self.dice.chance(15).then(|| self.day());
        let to = self.dice.chance(15).then(|| self.day());
        Operation::Search {
            query,
            guest,
            from,
            to,
        }
    }

    fn target(&self) -> Target {
        match self.dice.below(10) {
            0..2 => Target::Guest(self.named(Self::guest_id)),
            2..4 => Target::Conversations(self.several(1, 3, Self::conversation_id)),
            4..7 => Target::Messages(self.several(1, 4, |this| {
                let id = message_id(this.dice.below(this.next_message.max(1)));
                // By its conversation too: the same id may be in several.
                if this.dice.chance(20) {
                    format!("{}/{id}", this.conversation_id())
                } else {
                    id
                }
            })),
            7 => Target::Label(self.label()),
            // Mostly early: a list that erases everything at once has nothing left to try.
            _ => Target::Before(FIRST_DAY + DAY_SECONDS * self.dice.number(7)),
        }
    }

    fn several(&self, first: usize, last: usize, id: impl Fn(&Self) -> String) -> Vec<String> {
        (0..self.dice.between(first, last))
            .map(|_| self.named(&id))
            .collect()
    }

    /// An id, mostly with its source: both sources have the same ids.
    fn named(&self, id: impl Fn(&Self) -> String) -> String {
        let id = id(self);
        if self.dice.chance(90) {
            format!("{}/{id}", self.dice.one(&SOURCES))
        } else {
            id
        }
    }

    fn guest_id(&self) -> String {
        format!("{CANARY}-g{}", self.dice.below(GUESTS))
    }

    fn conversation_id(&self) -> String {
        format!("{CANARY}-c{}", self.dice.below(CONVERSATIONS))
    }

    fn label(&self) -> String {
        format!("{CANARY}-label-{}", self.dice.below(3))
    }

    fn day(&self) -> i64 {
        FIRST_DAY + DAY_SECONDS * self.dice.number(DAYS)
    }
}

fn message_id(number: usize) -> String {
    format!("{CANARY}-m{number}")
}
