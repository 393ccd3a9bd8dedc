//! What a conversation has just spoken of: pictures that follow show it.

/// Messages after one that speaks of identity documents, within which pictures are taken for some: the question, "one moment",
/// front and back in a message each.
const MESSAGES_AFTER_MAX: u8 = 3;
/// Seconds after it: ten minutes, to find the document and photograph it.
const SECONDS_AFTER_MAX: i64 = 10 * 60;

/// Whether identity documents or payment cards were spoken of, as seen from a message's attachments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Near {
    /// In the message itself.
    Same,
    /// In one just before it.
    Before,
    /// In none.
    No,
}

/// One conversation, as its messages come.
#[derive(Default)]
pub(super) struct Talk {
    messages_left: u8,
    said_at: i64,
}

impl Talk {
    /// The next message, sent at a time in seconds.
    pub(super) fn hear(&mut self, speaks_of_identity: bool, sent_at: i64) -> Near {
        if speaks_of_identity {
            self.messages_left = MESSAGES_AFTER_MAX;
            self.said_at = sent_at;
            return Near::Same;
        }
        if self.messages_left == 0 {
            return Near::No;
        }
        self.messages_left -= 1;
        if (0..=SECONDS_AFTER_MAX).contains(&sent_at.saturating_sub(self.said_at)) {
            Near::Before
        } else {
            Near::No
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: bool = true;
    const NOTHING: bool = false;

    #[test]
    fn three_messages_within_ten_minutes_are_near_and_the_next_is_not() {
        let mut talk = Talk::default();
        assert_eq!(talk.hear(NOTHING, 0), Near::No);
        assert_eq!(talk.hear(DOCUMENT, 100), Near::Same);
        assert_eq!(talk.hear(NOTHING, 100), Near::Before);
        assert_eq!(talk.hear(NOTHING, 699), Near::Before);
        assert_eq!(talk.hear(NOTHING, 700), Near::Before);
        assert_eq!(talk.hear(NOTHING, 700), Near::No);

        assert_eq!(talk.hear(DOCUMENT, 1_000), Near::Same);
        assert_eq!(talk.hear(NOTHING, 1_601), Near::No);
        assert_eq!(talk.hear(NOTHING, 999), Near::No);
        assert_eq!(talk.hear(NOTHING, 1_600), Near::Before);
    }

    #[test]
    fn each_mention_counts_anew() {
        let mut talk = Talk::default();
        for at in 0..10 {
            assert_eq!(talk.hear(DOCUMENT, at * 300), Near::Same);
            assert_eq!(talk.hear(NOTHING, at * 300 + 60), Near::Before);
        }
    }
}
