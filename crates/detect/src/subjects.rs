//! What the words of a text speak of, read once for both who asks what it is about, and who asks whether a document is shown next.

use std::sync::LazyLock;

use crate::classify::{self, Category, begins_a_word};
use crate::finding::Finding;
use crate::identity::{self, is_bounded};
use crate::kind::{Kind, KindSet};
use crate::policy::IDENTITY_KINDS;
use crate::starts::WordStarts;

/// What the words of a text speak of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Subjects {
    by_words: Category,
    identity: bool,
}

#[derive(Clone, Copy)]
enum Says {
    About(Category),
    Identity,
}

impl Subjects {
    /// Of a message, or a file's name.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut subjects = Self::default();
        WORDS.any(text, |found| {
            match found.says {
                Says::About(category) if begins_a_word(text, found.start) => {
                    subjects.by_words = subjects.by_words.max(category);
                }
                Says::Identity if is_bounded(text, found.start, found.end) => {
                    subjects.identity = true;
                }
                _ => {}
            }
            false
        });
        subjects
    }

    /// As [`crate::speaks_of_identity`] says it.
    #[must_use]
    pub const fn speaks_of_identity(self) -> bool {
        self.identity
    }

    /// What the text is about, with what a scan found in it.
    #[must_use]
    pub fn category(self, findings: &[Finding]) -> Category {
        const PAYS: KindSet = KindSet::of(&[Kind::BankCard, Kind::Iban, Kind::CardSecurityCode]);
        let found = |kinds: KindSet| findings.iter().any(|found| kinds.contains(found.kind));
        if found(IDENTITY_KINDS) {
            Category::IdentityDocument
        } else if found(PAYS) {
            self.by_words.max(Category::Payment)
        } else {
            self.by_words
        }
    }
}

static WORDS: LazyLock<WordStarts<Says>> = LazyLock::new(|| {
    let about = classify::words().map(|(category, word)| (Says::About(category), word.to_owned()));
    let identity = identity::words().map(|word| (Says::Identity, word));
    WordStarts::new(about.chain(identity))
});
