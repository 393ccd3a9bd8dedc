//! The first walk over a line: one look at each character, for what could begin something. Most lines have nothing, and end here.

use smallvec::SmallVec;

use crate::chars::{Char, Class, char_at, char_before, char_from, class_of_three};
use crate::number::is_other_script;
use crate::plate::letter_at;

/// Digits in a row, with separators, that are worth a second look.
const DIGITS_MIN: usize = 3;
/// Capitals in a row that are no word of prose: `CVV`, a booking's reference.
const CAPITALS_MIN: usize = 3;

/// What stands at a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Trigger {
    /// The first digit of a run.
    Digits,
    /// An `@`.
    At,
    /// A `:` or `-` between hexadecimal digits.
    Address,
    /// A province's character with a letter behind.
    Plate,
}

/// Triggers of a line in order.
pub(crate) type Triggers = SmallVec<[(usize, Trigger); 16]>;

/// What the walk saw.
pub(crate) struct Walked {
    pub(crate) triggers: Triggers,
    /// Whether a Latin word or a number is there, so that keywords may have something to speak of.
    pub(crate) has_values: bool,
    /// Whether there are Han characters.
    pub(crate) has_han: bool,
    /// Behind the line, and behind its line end.
    pub(crate) line_end: usize,
    pub(crate) next_line: usize,
}

/// Bytes that begin nothing in Latin prose: small letters, spaces, the commonest marks.
static PROSE: [bool; 256] = prose();

const fn prose() -> [bool; 256] {
    let mut prose = [false; 256];
    let plain = b"abcdefghijklmnopqrstuvwxyz ,.'?!\"();/";
    let mut at = 0;
    while at < plain.len() {
        prose[plain[at] as usize] = true;
        at += 1;
    }
    prose
}

/// How many bytes of prose these begin with.
#[inline]
fn prose_len(bytes: &[u8]) -> usize {
    let is_prose = |byte: &u8| PROSE[usize::from(*byte)];
    // Eight at once, as long as there is nothing else among them.
    let (eights, _) = bytes.as_chunks::<8>();
    let whole = (eights.iter())
        .take_while(|eight| eight.iter().fold(true, |all, byte| all & is_prose(byte)))
        .count();
    let rest = bytes[8 * whole..].iter();
    8 * whole + rest.take_while(|byte| is_prose(byte)).count()
}

/// Walks from `begin` to the end of its line.
pub(crate) fn walk(text: &str, begin: usize) -> Walked {
    let bytes = text.as_bytes();
    let mut walked = Walked {
        triggers: Triggers::new(),
        has_values: false,
        has_han: false,
        line_end: text.len(),
        next_line: text.len(),
    };
    let mut at = begin;
    loop {
        at += prose_len(&bytes[at..]);
        while let Some(class @ (Class::Other | Class::Stop)) = class_of_three(&bytes[at..]) {
            walked.has_han |= class == Class::Other;
            at += 3;
        }
        if at == bytes.len() {
            break;
        }
        let char = char_at(text, at);
        match char.class {
            Class::Letter => at = walked.capitals(text, at),
            Class::Digit | Class::HanDigit => at = walked.digits(text, at, char.class),
            Class::LineEnd => {
                walked.line_end = at;
                walked.next_line = at + char.bytes;
                break;
            }
            class => {
                walked.notice(text, at, class, char.bytes);
                at += char.bytes;
            }
        }
    }
    // Among Han characters any Latin word may be a keyword or a value; in Latin prose only what is no prose.
    walked.has_values =
        walked.has_values || walked.has_han && has_word(&bytes[begin..walked.line_end]);
    if !walked.has_any() {
        walked.has_values = names_a_code(&text[begin..walked.line_end]);
    }
    walked
}

/// Whether small letters alone speak of a security code: its digits may be spelled out behind.
#[expect(clippy::needless_bitwise_bool, reason = "lazy ones are branches")]
fn names_a_code(line: &str) -> bool {
    // Three letters that each of the words has, told without a branch for each byte.
    let bytes = line.as_bytes();
    let behind = |by: usize| bytes.get(by..).unwrap_or(&[]).iter();
    let threes = bytes.iter().zip(behind(1)).zip(behind(2));
    let may = threes.fold(false, |found, ((first, second), third)| {
        found
            | (*first == b'c') & (*second == b'v')
            | (*first == b'y') & (*second == b' ') & (*third == b'c')
    });
    may && ["cvv", "cvc", "ty code"]
        .iter()
        .any(|word| line.contains(word))
}

/// Whether two Latin letters stand side by side. Without a branch for each byte.
fn has_word(line: &[u8]) -> bool {
    let behind = line.get(1..).unwrap_or(&[]);
    (line.iter().zip(behind)).fold(false, |found, (first, second)| {
        found | (first.is_ascii_alphabetic() & second.is_ascii_alphabetic())
    })
}

impl Walked {
    /// Whether the line has anything that could be a value.
    #[inline]
    pub(crate) fn has_any(&self) -> bool {
        self.has_values || !self.triggers.is_empty()
    }

    /// Letters that are not small ASCII ones; answers where they end.
    fn capitals(&mut self, text: &str, begin: usize) -> usize {
        let mut at = begin;
        let mut count = 0;
        while let Some(char) = char_from(text, at)
            && char.class == Class::Letter
            && !text.as_bytes()[at].is_ascii_lowercase()
        {
            count += 1;
            at += char.bytes;
        }
        let bytes = text.as_bytes();
        // `WeChat` is no word of prose, nor is a month beside a number.
        let inside = begin > 0 && bytes[begin - 1].is_ascii_lowercase();
        self.has_values |= count >= CAPITALS_MIN
            || bytes[begin] >= 0x80
            || inside
            || is_month_of_a_date(bytes, begin);
        at
    }

    /// A run of digits; answers where it ends.
    fn digits(&mut self, text: &str, at: usize, class: Class) -> usize {
        let (end, digits) = run(text, at);
        let is_letter = |char: Char| char.class == Class::Letter;
        let behind_letter = char_before(text, at).is_some_and(|(_, char)| is_letter(char));
        // `GB82 WEST`: two digits behind letters may begin an account.
        let letter_behind = char_from(text, end).is_some_and(is_letter);
        if digits >= DIGITS_MIN
            || behind_letter && digits == 2
            || (behind_letter || letter_behind) && is_dotted(text.as_bytes(), at)
        {
            self.triggers.push((at, Trigger::Digits));
        }
        self.has_values |=
            digits >= DIGITS_MIN || behind_letter || letter_behind || begins_a_date(&text[end..]);
        self.has_han |= class == Class::HanDigit;
        end
    }

    /// What is neither letter nor digit.
    #[inline]
    fn notice(&mut self, text: &str, at: usize, class: Class, bytes: usize) {
        match class {
            Class::Other => {
                self.has_han |= bytes == 3;
                self.has_values |= matches!(text.as_bytes()[at], b'=' | b'#');
            }
            Class::At => self.triggers.push((at, Trigger::At)),
            Class::Colon => {
                if is_address_mark(text, at) {
                    self.triggers.push((at, Trigger::Address));
                }
                self.has_values |= !at
                    .checked_sub(1)
                    .is_some_and(|before| text.as_bytes()[before].is_ascii_digit());
            }
            Class::Separator => {
                if text.as_bytes()[at] == b'-' && is_address_mark(text, at) {
                    self.triggers.push((at, Trigger::Address));
                }
                self.has_values |= text.as_bytes()[at] == b'_' || is_inside_word(text, at);
            }
            Class::Province => {
                self.has_han = true;
                if char_from(text, letter_at(text, at + bytes))
                    .is_some_and(|next| next.class == Class::Letter)
                {
                    self.triggers.push((at, Trigger::Plate));
                    self.has_values = true;
                }
            }
            _ => {}
        }
    }
}

/// Whether one of four characters of a hardware address with dots stands at `at`: `a4b1.c2d3`.
fn is_dotted(bytes: &[u8], at: usize) -> bool {
    (0..4).any(|before| {
        bytes.get((at + 4).wrapping_sub(before)) == Some(&b'.') && {
            let from = (at + 5).wrapping_sub(before);
            bytes
                .get(from..from + 4)
                .is_some_and(|group| group.iter().all(u8::is_ascii_hexdigit))
        }
    })
}

/// Whether the name of a month begins at `at` with a number right before it or behind: 17 March, March 17.
fn is_month_of_a_date(bytes: &[u8], at: usize) -> bool {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    matches!(
        bytes.get(at..at + 3),
        Some(
            b"Jan"
                | b"Feb"
                | b"Mar"
                | b"Apr"
                | b"May"
                | b"Jun"
                | b"Jul"
                | b"Aug"
                | b"Sep"
                | b"Oct"
                | b"Nov"
                | b"Dec"
        )
    ) && {
        let letters = bytes[at..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic());
        digit(at + letters.count() + 1) || at >= 2 && bytes[at - 1] == b' ' && digit(at - 2)
    }
}

/// What stands behind the first number of a date: 90年3月17号, 3月17日, 17/3/90.
fn begins_a_date(rest: &str) -> bool {
    rest.starts_with(['年', '月', '/'])
}

/// A hyphen between two Latin letters: an account's name may have one.
fn is_inside_word(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    bytes[at] == b'-' && at > 0 && letter(at - 1) && letter(at + 1)
}

/// The end of a run's last digit, and its digits. The same run that [`crate::number::Run`] reads, without its limit of length.
fn run(text: &str, mut at: usize) -> (usize, usize) {
    let mut digits = 0;
    let mut end = at;
    let mut separators = 0;
    let mut last = at;
    while let Some(char) = char_from(text, at) {
        match char.class {
            Class::Digit | Class::HanDigit => {
                if is_other_script(text, last, at) {
                    break;
                }
                last = at;
                digits += 1;
                separators = 0;
                end = at + char.bytes;
            }
            Class::Separator | Class::Paren if separators < 3 => {
                if char.value == b'-' && is_address_mark(text, at) {
                    return (end, digits);
                }
                separators += 1;
            }
            Class::Invisible => {}
            _ => break,
        }
        at += char.bytes;
    }
    (end, digits)
}

/// A colon or hyphen with a hexadecimal digit or its like on both sides, and another two or three places on.
fn is_address_mark(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let mark = bytes[at];
    let hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    match mark {
        b':' => {
            let before = at > 0 && (hex(at - 1) || bytes[at - 1] == b':');
            let again = |distance: usize| bytes.get(at + distance) == Some(&b':');
            before && (again(1) || hex(at + 1) && (2..=5).any(again))
                || at + 1 < bytes.len() && again(1) && hex(at + 2)
        }
        b'-' => {
            at >= 2
                && hex(at - 1)
                && hex(at - 2)
                && hex(at + 1)
                && hex(at + 2)
                && bytes.get(at + 3) == Some(&b'-')
                && hex(at + 4)
                && hex(at + 5)
                && bytes.get(at + 6) == Some(&b'-')
        }
        _ => false,
    }
}
