//! Where the value of a word begins, and what kind of a word it is.

use crate::anchored::starts_redacted;
use crate::chars::{Class, char_at, char_from};

use super::link::link_at;

/// Links between a word and its value, at most.
const LINKS_MAX: usize = 8;

/// Letters and digits of a word that are counted: with more it is nothing that is looked for.
const WORD_MAX: usize = 64;

/// How a word is joined to its value.
#[derive(Clone, Copy, Default)]
pub(crate) struct Link {
    strong: bool,
    chinese: bool,
}

impl Link {
    /// A colon, an equals sign, 是, 号: a value follows.
    pub(crate) fn is_strong(self) -> bool {
        self.strong
    }

    /// Han characters joined it: Latin letters behind are no prose.
    pub(crate) fn is_chinese(self) -> bool {
        self.chinese
    }
}

/// Where the value of the word that ends at `end` begins.
pub(crate) fn begin(text: &str, end: usize) -> Option<(usize, Link)> {
    let mut at = end;
    let mut link = Link::default();
    if let Some(listed) = listed(text, end) {
        let strong = true;
        return Some((listed, Link { strong, ..link }));
    }
    for _ in 0..LINKS_MAX {
        if starts_redacted(&text[at..]) {
            return None;
        }
        let found = link_at(text, at);
        let point = ends_abbreviation(text, at).then_some(&(".", true));
        let Some((word, strong)) = found.or(point) else {
            break;
        };
        link.strong |= strong;
        link.chinese |= word.chars().any(|char| char >= '\u{2E80}');
        at += word.len();
    }
    (at < text.len() && char_at(text, at).class != Class::LineEnd).then_some((at, link))
}

/// Whether a full stop at `at` shortens the word before it: `conf. no. 84739201`.
fn ends_abbreviation(text: &str, at: usize) -> bool {
    const SHORT: [&str; 9] = ["no", "nr", "ref", "conf", "res", "resv", "num", "id", "rsv"];
    let head = &text[..at];
    let letters = head
        .bytes()
        .rev()
        .take_while(u8::is_ascii_alphabetic)
        .count();
    let word = &head[at - letters..];
    text[at..].starts_with('.') && SHORT.iter().any(|short| short.eq_ignore_ascii_case(word))
}

/// `姓名/订单号：李雷/HT2049`: the value of the word that ends at `end`, as many strokes behind the words as it is among them.
fn listed(text: &str, end: usize) -> Option<usize> {
    const LABELS_BYTES_MAX: usize = 48;
    let is_label = |char: &char| char.is_alphabetic() || matches!(char, '/' | '／');
    let is_stroke = |char: &char| matches!(char, '/' | '／');
    let from = text.floor_char_boundary(end.saturating_sub(LABELS_BYTES_MAX));
    let before = text[from..end].chars().rev().take_while(is_label);
    let before = before.filter(is_stroke).count();
    let behind = text[end..]
        .chars()
        .take(LABELS_BYTES_MAX)
        .take_while(is_label);
    let (length, strokes) = behind.fold((0, 0), |(length, strokes), char| {
        (
            length + char.len_utf8(),
            strokes + usize::from(is_stroke(&char)),
        )
    });
    if before + strokes == 0 {
        return None;
    }
    let rest = &text[end + length..];
    let values = rest.trim_start_matches([' ', ':', '：']);
    if values.len() == rest.len() || values.is_empty() {
        return None;
    }
    let mut at = text.len() - values.len();
    for _ in 0..before {
        let line = text[at..].split('\n').next()?;
        at += line.find('/')? + 1;
    }
    Some(at + text[at..].len() - text[at..].trim_start_matches(' ').len())
}

/// Whether nothing but links stands between a word's end and that of its line: its value is on the next.
pub(crate) fn is_open(line: &str, end: usize) -> bool {
    let mut at = end;
    for _ in 0..LINKS_MAX {
        let Some((word, _)) = link_at(line, at) else {
            break;
        };
        at += word.len();
    }
    at == line.len()
}

/// A word of letters, digits, `-` and `_`, of either width.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says what characters a word has"
)]
pub(crate) struct Value<'a> {
    pub(crate) text: &'a str,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Letters and digits.
    pub(crate) length: usize,
    pub(crate) has_digit: bool,
    pub(crate) has_letter: bool,
    /// `-` or `_` inside.
    pub(crate) has_mark: bool,
    /// All letters are capitals.
    pub(crate) is_upper: bool,
}

/// The word that begins at `at`.
pub(crate) fn word_at(text: &str, at: usize) -> Option<Value<'_>> {
    let mut word = Value {
        text,
        start: at,
        end: at,
        length: 0,
        has_digit: false,
        has_letter: false,
        has_mark: false,
        is_upper: true,
    };
    let mut next = at;
    while let Some(char) = char_from(text, next)
        && word.length < WORD_MAX
    {
        let byte = text.as_bytes()[next];
        match char.class {
            Class::Letter => {
                word.has_letter = true;
                word.is_upper &= byte.is_ascii_uppercase() || byte == 0xEF;
            }
            Class::Digit => word.has_digit = true,
            Class::Separator if char.value == b'-' && char.bytes == 1 && word.length > 0 => {
                next += char.bytes;
                continue;
            }
            _ => break,
        }
        if next > word.end && word.end > at {
            word.has_mark = true;
        }
        word.length += 1;
        next += char.bytes;
        word.end = next;
    }
    (word.length > 0).then_some(word)
}

impl Value<'_> {
    fn as_str(&self) -> &str {
        &self.text[self.start..self.end]
    }

    /// The shape of a `WeChat` account: a letter, then 5 to 19 of letters, digits, `-`, `_`.
    pub(crate) fn is_account(&self) -> bool {
        let text = self.as_str();
        (6..=20).contains(&text.len()) && text.as_bytes()[0].is_ascii_alphabetic()
    }

    /// The shape of a booking's number: 5 to 24 characters with a digit or all capitals, and no date.
    pub(crate) fn is_reference(&self) -> bool {
        (5..=26).contains(&self.length) && (self.has_digit || self.is_upper) && !self.is_date()
    }

    fn is_date(&self) -> bool {
        let text = self.as_str().as_bytes();
        self.has_mark
            && !self.has_letter
            && text.len() <= 10
            && (text.starts_with(b"19") || text.starts_with(b"20"))
    }

    /// An English word that stands where an account might.
    pub(crate) fn is_common(&self) -> bool {
        const WORDS: [&str; 60] = [
            "thanks",
            "welcome",
            "moment",
            "minute",
            "second",
            "wechatpay",
            "miniprogram",
            "blocked",
            "broken",
            "private",
            "different",
            "offline",
            "online",
            "public",
            "disabled",
            "invalid",
            "missing",
            "better",
            "easier",
            "faster",
            "usually",
            "always",
            "currently",
            "already",
            "really",
            "possible",
            "supported",
            "accepted",
            "included",
            "unavailable",
            "service",
            "transfer",
            "customer",
            "discount",
            "channel",
            "office",
            "hotel",
            "cannot",
            "should",
            "connected",
            "attached",
            "registered",
            "please",
            "account",
            "number",
            "friend",
            "wechat",
            "contact",
            "payment",
            "support",
            "available",
            "message",
            "official",
            "scan",
            "group",
            "working",
            "because",
            "instead",
            "another",
            "whatsapp",
        ];
        WORDS
            .iter()
            .any(|word| self.as_str().eq_ignore_ascii_case(word))
    }
}

/// Where a number ends that is written in short groups: `2025 9075 3918`, `DHV4 1841`.
pub(crate) fn grouped_end(text: &str, word: &Value<'_>) -> usize {
    const GROUP: std::ops::RangeInclusive<usize> = 3..=5;
    const LENGTH_MAX: usize = 24;
    let mut end = word.end;
    let mut length = word.length;
    let letters = word.has_letter && !word.has_digit && word.is_upper && length <= 3;
    if letters {
        // `BS 59170867`.
        let next = text[end..]
            .strip_prefix(' ')
            .and_then(|_| word_at(text, end + 1));
        return next
            .filter(|next| !next.has_letter && next.length >= 5)
            .map_or(end, |next| next.end);
    }
    if !GROUP.contains(&length) {
        return end;
    }
    while let Some(next) = text[end..]
        .strip_prefix(' ')
        .and_then(|_| word_at(text, end + 1))
    {
        if next.has_letter
            || next.has_mark
            || !GROUP.contains(&next.length) && next.length > 3
            || length + next.length > LENGTH_MAX
            || is_measured(text, next.end)
        {
            break;
        }
        end = next.end;
        length += next.length;
    }
    end
}

/// Eight digits that are a day: `20240501`.
pub(crate) fn is_day(word: &Value<'_>) -> bool {
    let text = word.as_str();
    let number =
        |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<u32>().ok());
    word.length == 8
        && !word.has_letter
        && matches!((number(0..4), number(4..6), number(6..8)), (Some(1900..=2099), Some(month), Some(day)) if crate::check::date(2000, month, day))
}

/// Whether a unit follows: `3位`, `2 nights`, `500元`.
pub(crate) fn is_measured(text: &str, end: usize) -> bool {
    const UNITS: [&str; 52] = [
        "日元", "韩元", "美元", "欧元", "万", "yen", "won", "baht", "eur", "房", "室", "期", "位",
        "个", "個", "元", "块", "晚", "间", "間", "人", "天", "号", "月", "年", "点", "岁", "分",
        "秒", "小时", "折", "%", "％", "¥", "米", "公里", "层", "楼", "nights", "night", "rooms",
        "room", "people", "guests", "days", "digits", "digit", "pm", "am", "usd", "rmb", "minutes",
    ];
    let rest = text[end..].trim_start_matches(' ');
    UNITS.iter().any(|unit| {
        let is_unit =
            (rest.get(..unit.len())).is_some_and(|start| start.eq_ignore_ascii_case(unit));
        // `482 amex` is no hour.
        let letter = |at: usize| rest.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic);
        is_unit && !(letter(unit.len() - 1) && letter(unit.len()))
    })
}
