//! Words that frame a name in talk, and how a message is signed.

use crate::lexicon::latin_hash;

use super::super::Before;
use super::super::words::{COMMON, DOUBTFUL, GIVEN, GREETING, KIN, PLACE, Token, VENUE};

/// Points of the words before, where the word behind them is no word of everyday use in small letters.
pub(super) fn frame(gap: &str, token: Token, before: &Before) -> i32 {
    let [first, second, ..] = before.tokens;
    let hash = first.hash;
    if gap.contains('\n') || !matches!(gap.trim_matches([' ', '"', '\'', '(']), "" | ",") {
        return 0;
    }
    if first.is(GREETING) && !token.is(COMMON) && !is!(hash, "you" | "welcome") {
        return 36;
    }
    if is!(hash, "its" | "it's" | "it’s") && second.is(GREETING) {
        return 30;
    }
    if gap != " " {
        return 0;
    }
    let of_party =
        first.is(KIN) && is!(before.tokens[2].hash, "my" | "our" | "your") && token.is_capital();
    if of_party
        || first.is(KIN) && is!(second.hash, "my" | "our" | "his" | "her" | "your" | "their")
    {
        return 42;
    }
    let plain = token.is(GIVEN) && !token.is(DOUBTFUL | COMMON | PLACE | VENUE);
    if !token.is_capital() && !(plain && (talks(before) || is!(hash, "tell" | "ask" | "inform"))) {
        return 0;
    }
    leads(token, before)
}

/// Spoke to, belongs to.
fn talks(before: &Before) -> bool {
    let [first, second, ..] = before.tokens;
    is!(first.hash, "to" | "with" | "w")
        && is!(
            second.hash,
            "speak"
                | "talk"
                | "spoke"
                | "spoken"
                | "speaking"
                | "talked"
                | "talking"
                | "chatted"
                | "belongs"
                | "belong"
                | "belonged"
                | "thanks"
                | "kudos"
                | "out"
                | "grateful"
                | "thankful"
        )
        || is!(first.hash, "about") && is!(second.hash, "complaint" | "complain" | "complaining")
}

/// Points of the words of a clause that lead to a person: spoke to, belongs to, ask for; change the name to.
fn leads(token: Token, before: &Before) -> i32 {
    let [first, second, ..] = before.tokens;
    let hash = first.hash;
    let asks = is!(hash, "for") && is!(second.hash, "ask" | "asked" | "asking" | "looking");
    if talks(before)
        || asks
        || is!(
            hash,
            "tell"
                | "ask"
                | "asked"
                | "told"
                | "page"
                | "contact"
                | "thank"
                | "meet"
                | "met"
                | "inform"
                | "remind"
                | "paging"
                | "notify"
                | "informed"
        )
    {
        return 36;
    }
    let renames = |token: &Token| {
        is!(
            token.hash,
            "change" | "changed" | "switch" | "swap" | "transfer" | "transferred" | "name"
        )
    };
    if is!(hash, "to" | "with" | "for" | "from")
        && before.tokens[1..].iter().any(renames)
        && !token.is(VENUE | PLACE)
    {
        return 34;
    }
    handed(token, before)
}

/// Points of what names a second person, or hands something over: from Tom to Ann, send it to Ann.
fn handed(token: Token, before: &Before) -> i32 {
    let [first, second, ..] = before.tokens;
    let hash = first.hash;
    // From one name to another; a name instead of another.
    if is!(hash, "to" | "not" | "than") && second.exists() && second.hash == 0 && !token.is(VENUE) {
        return 38;
    }
    let third = before.tokens[2];
    let what = if is!(second.hash, "it" | "them" | "this" | "that") {
        third
    } else {
        second
    };
    let hands = is!(
        what.hash,
        "send"
            | "sent"
            | "give"
            | "gave"
            | "forward"
            | "deliver"
            | "email"
            | "mail"
            | "handed"
            | "wrote"
            | "write"
            | "show"
            | "explained"
            | "explain"
            | "mentioned"
            | "transferred"
    );
    let given_on = hands
        || before.tokens[2..].iter().any(|token| {
            is!(
                token.hash,
                "send" | "give" | "deliver" | "courier" | "post" | "flowers"
            )
        });
    if is!(hash, "to") && given_on && token.is(GIVEN) && !token.is(DOUBTFUL | COMMON | PLACE) {
        return 24;
    }
    let adds = is!(
        hash,
        "add" | "added" | "adding" | "register" | "registered" | "invite" | "invited"
    );
    if adds && token.is(GIVEN) && !token.is(COMMON | PLACE) {
        return 24;
    }
    listed(token, before)
}

/// Points of small words before a given name that a list has.
fn listed(token: Token, before: &Before) -> i32 {
    let [first, second, third, ..] = before.tokens;
    let hash = first.hash;
    let plain = token.is(GIVEN) && !token.is(DOUBTFUL | COMMON | PLACE);
    if !plain {
        return doubtful(token, before);
    }
    if is!(hash, "is") && is!(second.hash, "room") {
        return 30;
    }
    if is!(
        hash,
        "is" | "was" | "did" | "does" | "has" | "can" | "could" | "will" | "would" | "are" | "be"
    ) {
        if is!(hash, "are" | "be") {
            return if is!(
                second.hash,
                "they" | "we" | "guests" | "may" | "might" | "must" | "should" | "could"
            ) {
                18
            } else {
                0
            };
        }
        if is!(second.hash, "he" | "she") {
            return 30;
        }
        // Did Angela leave a scarf?
        return if second.exists() && !is!(second.hash, "who" | "who's") && third.exists() {
            0
        } else {
            17
        };
    }
    if is!(
        hash,
        "for"
            | "from"
            | "with"
            | "and"
            | "by"
            | "that"
            | "because"
            | "when"
            | "if"
            | "see"
            | "saw"
            | "gave"
            | "give"
            | "where"
            | "let"
            | "as"
            | "cc"
    ) {
        return 16;
    }
    0
}

/// As [`listed`], before a given name that is a word as well.
fn doubtful(token: Token, before: &Before) -> i32 {
    let [first, second, ..] = before.tokens;
    let hash = first.hash;
    let given = token.is(GIVEN);
    if is!(hash, "is" | "was") && is!(second.hash, "who") && given {
        return 30;
    }
    if !given || token.is(COMMON) {
        return 0;
    }
    if is!(hash, "as" | "that" | "because" | "since" | "hope") {
        return 14;
    }
    let asks = is!(
        hash,
        "is" | "did" | "does" | "has" | "could" | "can" | "would"
    );
    if asks { 12 } else { 0 }
}

/// Whether a name ends the line behind a dash or the end of a sentence: thanks!! -Steph
pub(super) fn signs(text: &str, token: Token) -> bool {
    let doubtful = token.is(DOUBTFUL | COMMON | PLACE | VENUE) || !token.is(GIVEN);
    if doubtful || !token.is_capital() || token.start == 0 {
        return false;
    }
    let ended = text[token.end..]
        .trim_matches([' ', '.', '!', 'x'])
        .is_empty();
    if !ended {
        return false;
    }
    let before = &text[..token.start];
    let dash = before.trim_end_matches(' ').ends_with(['-', '–', '—', '~']);
    let word_before = before.ends_with(|char: char| char.is_alphanumeric());
    let sentence = before.ends_with(' ')
        && before
            .trim_end()
            .ends_with(['.', '!', '?', '。', '！', '？']);
    !word_before && (dash || sentence)
}
