//! What may stand between a word and its value: 是, `is`, a colon. One look at how a place starts finds the few links it may have.

use crate::chars::{Class, char_before};

/// What joins a word to its value. The flag: it says that a value follows.
const LINKS: &[(&str, bool)] = &[
    ("号码", true),
    ("账号", true),
    ("帳號", true),
    ("如下", true),
    ("number", true),
    ("number is", true),
    ("就是", true),
    ("应该是", true),
    ("address", false),
    ("code", false),
    ("is", false),
    ("was", false),
    ("are", false),
    ("no.", true),
    ("no", true),
    ("id", true),
    ("nr", true),
    ("numbers", true),
    ("under", false),
    (" - ", true),
    (" – ", true),
    ("ref", true),
    ("for", false),
    ("号", true),
    ("號", true),
    ("码", true),
    ("碼", true),
    ("是", true),
    ("为", true),
    ("為", true),
    ("叫", true),
    ("：", true),
    (":", true),
    ("=", true),
    ("#", true),
    ("＝", true),
    ("→", true),
    ("->", true),
    ("（", false),
    ("(", false),
    ("【", false),
    ("「", false),
    ("[", false),
    ("\"", true),
    ("“", true),
    ("'", false),
    ("`", true),
    (" ", false),
    ("\u{3000}", false),
    ("\u{A0}", false),
    ("我的", false),
    ("也是", true),
    ("同", false),
    ("-", false),
    ("it's", true),
    ("'s", false),
    ("*", false),
    ("**", false),
    ("_", false),
    ("’s", false),
    ("my", false),
    ("the", false),
    ("on", false),
    ("in", false),
    ("，", false),
    (",", false),
    ("在", false),
    ("，是", true),
    ("您的", false),
    ("分别", true),
    ("？", false),
    ("后三位", true),
    ("数字", true),
    ("写", true),
    ("填", true),
    ("留", true),
    ("吧", false),
    ("我", false),
    ("改成", true),
    ("改为", true),
    ("设成", true),
    ("设为", true),
    ("设的", true),
    ("用", false),
    ("了", false),
    ("的", false),
    ("—", false),
    ("–", false),
    ("to", false),
    ("搜索", true),
    ("搜", true),
    ("联系", false),
    ("me at", true),
    ("me", false),
    ("at", false),
    ("加下", false),
    ("加一下", false),
    ("直接", false),
    ("也可以", false),
    ("同号", false),
    ("below", false),
    ("here", false),
    ("of", false),
    ("should be", true),
    ("shows", true),
    ("says", true),
    ("收到的是", true),
    ("收到", false),
    ("发的", false),
    ("来的", false),
    ("后", false),
    ("最新", false),
    ("刚", false),
    ("这个", false),
    ("那个", false),
    ("上", false),
    ("里", false),
    ("显示", false),
    ("：是", true),
    ("订单", false),
    ("单", false),
    ("has been", false),
    ("from the sms", false),
    ("from sms", false),
    ("i received", false),
    ("i got", false),
    ("you sent", false),
    ("they sent", false),
    ("am", false),
    ("using", false),
    ("username", true),
    ("name", false),
    ("也", false),
    ("请", false),
    ("加", false),
];

/// Links with one start, the longest first: one look finds the few that a place may have.
struct LinkStarts {
    /// The first of a start, 1 for the first of [`LINKS`], 0 for none.
    first: [u8; STARTS],
    /// The next behind each.
    next: [u8; LINKS.len()],
}

/// Starts that are told apart: ASCII characters by themselves, others by two bytes.
const STARTS: usize = 256;

static LINK_STARTS: LinkStarts = link_starts();

const fn link_starts() -> LinkStarts {
    let mut starts = LinkStarts {
        first: [0; STARTS],
        next: [0; LINKS.len()],
    };
    let mut at = 0;
    while at < LINKS.len() {
        let word = LINKS[at].0.as_bytes();
        let start = link_start(word[0], word[if word.len() > 1 { 1 } else { 0 }]);
        let mut longer = 0;
        let mut next = starts.first[start];
        while next > 0 && LINKS[next as usize - 1].0.len() > word.len() {
            longer = next;
            next = starts.next[next as usize - 1];
        }
        starts.next[at] = next;
        assert!(at < u8::MAX as usize, "a byte tells all links");
        #[expect(clippy::cast_possible_truncation, reason = "it was looked at")]
        let this = at as u8 + 1;
        if longer > 0 {
            starts.next[longer as usize - 1] = this;
        } else {
            starts.first[start] = this;
        }
        at += 1;
    }
    starts
}

/// The number of how a link starts.
#[inline]
const fn link_start(first: u8, second: u8) -> usize {
    if first < 0x80 {
        (first | 0x20) as usize
    } else {
        0x80 | first.wrapping_mul(5).wrapping_add(second) as usize & 0x7F
    }
}

/// The longest link at a place.
pub(super) fn link_at(text: &str, at: usize) -> Option<&'static (&'static str, bool)> {
    let rest = &text[at..];
    let bytes = rest.as_bytes();
    let first = *bytes.first()?;
    let start = link_start(first, bytes.get(1).copied().unwrap_or(first));
    let mut next = usize::from(LINK_STARTS.first[start]);
    while next > 0 {
        let link = &LINKS[next - 1];
        if joins(text, at, rest, link.0) {
            return Some(link);
        }
        next = usize::from(LINK_STARTS.next[next - 1]);
    }
    None
}
fn joins(text: &str, at: usize, rest: &str, word: &str) -> bool {
    let Some(start) = rest.as_bytes().get(..word.len()) else {
        return false;
    };
    if !start.eq_ignore_ascii_case(word.as_bytes()) {
        return false;
    }
    // A Latin link is a whole word: `is` is no link in `issue`.
    let letter = word.as_bytes()[word.len() - 1].is_ascii_alphabetic();
    !letter
        || !rest
            .as_bytes()
            .get(word.len())
            .is_some_and(u8::is_ascii_alphanumeric)
            && !char_before(text, at)
                .is_some_and(|(_, char)| char.class == Class::Letter && char.bytes == 1)
}
