//! What stands behind a name in Latin letters and says that a person is meant: what is owned, a department, a party, Chinese verbs.

use crate::lexicon::latin_hash;

use super::context::Left;
use super::words::{
    BRAND, CLOSING, COMMON, DOUBTFUL, GIVEN, KIN, PINYIN, PLACE, SURNAME, Token, Tokens, VENUE,
};
use super::{Before, LatinNames};

/// Points of a family name whose whole party is spoken of: more than 的 and `the` before it take away.
const PARTY_POINTS: i32 = 66;

impl LatinNames {
    /// Points of the words behind a name that ends at `end`.
    pub(super) fn behind(
        &self,
        text: &str,
        token: Token,
        end: usize,
        left: &Left,
        before: &Before,
    ) -> i32 {
        if !token.is_capital() || token.flags != 0 && !token.may_be_name() {
            return 0;
        }
        let single = end == token.end;
        let plain = token.is(GIVEN) && !token.is(DOUBTFUL | COMMON | PLACE | VENUE);
        if single && token.is(GIVEN) {
            let spoken = in_chinese(&text[end..], left.edge && plain);
            if spoken > 0 {
                return if plain { spoken } else { spoken + 14 };
            }
        }
        let first = before.tokens[0];
        let closed = first.is(CLOSING) && !DOUBTFUL_CLOSING.contains(&first.hash);
        if single
            && closed
            && text[first.end..token.start] == *" "
            && text[end..].trim_matches([' ', '.', '!']).is_empty()
        {
            let other = COMMON | PLACE | VENUE | BRAND;
            return if token.is(other) { 0 } else { 20 };
        }
        let mut tokens = Tokens::from(text, end);
        let Some(next) = tokens.next(&self.words) else {
            return 0;
        };
        let gap = &text[end..next.start];
        if gap == " " && PARTY.contains(&next.hash) && !token.is(BRAND | COMMON | PLACE | VENUE) {
            let led = LEADS_PARTY.contains(&before.tokens[0].hash) || left.edge;
            let family = token.is(SURNAME | PINYIN) || !single;
            let unknown = token.flags == 0 && PARTY[..2].contains(&next.hash) && !token.upper;
            return match (led, family, unknown) {
                (true, true, _) => PARTY_POINTS,
                (true, _, true) => PARTY_POINTS + 6,
                _ => 0,
            };
        }
        if !single || !token.is(GIVEN) {
            return 0;
        }
        if gap == " " && FROM.contains(&next.hash) && left.points >= 0 {
            return self.in_department(tokens, next, plain);
        }
        if matches!(gap, "'" | "’") && next.len() == 1 && plain && left.points >= 0 {
            let owned = tokens.next(&self.words);
            let owns = |owned: Token| {
                owned.start == next.end + 1 && OWNED.contains(&owned.hash) && !owned.is_capital()
            };
            return if owned.is_some_and(owns) { 20 } else { 0 };
        }
        if matches!(gap, ", " | " - ") && plain && begins_sentence(text, token.start) {
            // ... on Thursday. Claire, Concierge
            let short = text[next.start..].trim_end().len() <= OFFICE_BYTES_MAX;
            let office = next.is(KIN) || DEPARTMENTS.contains(&next.hash);
            return if short && office { 22 } else { 0 };
        }
        0
    }

    /// May from housekeeping, Gus from the tour desk.
    fn in_department(&self, mut tokens: Tokens<'_>, from: Token, plain: bool) -> i32 {
        let mut last = from.end;
        for _ in 0..4 {
            let Some(word) = tokens.next(&self.words) else {
                return 0;
            };
            if word.start != last + 1 {
                return 0;
            }
            if DEPARTMENTS.contains(&word.hash) {
                return if plain { 22 } else { 40 };
            }
            last = word.end;
        }
        0
    }
}

/// Whether a line or a sentence begins at a place.
pub(super) fn begins_sentence(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches(' ');
    before.is_empty() || before.ends_with(['.', '!', '?', '\n', '。', '！', '？'])
}

/// Points of Chinese words behind a name that only a person has before them: Amy说, Leo微信给我发了.
fn in_chinese(rest: &str, edge: bool) -> i32 {
    let rest = rest.trim_start_matches(' ');
    if rest.is_ascii() {
        return 0;
    }
    if SPOKEN.iter().any(|word| rest.starts_with(word)) {
        return 22;
    }
    if edge && rest.starts_with(['，', '：', '、', '～', '~']) {
        return 16;
    }
    0
}

/// Verbs and other words of talk.
const SPOKEN: [&str; 46] = [
    "说", "說", "你", "您", "微信", "帮", "幫", "给我", "給我", "告诉", "告訴", "那边", "那邊",
    "已经", "已經", "回复", "回覆", "答应", "请假", "顶班", "今天", "明天", "昨天", "早上", "晚上",
    "下午", "上午", "让我", "讓我", "问", "要的", "要我", "没来", "来了", "走了", "不在", "他",
    "她", "同学", "收", "转告", "转发", "发我", "发的", "手机", "电话",
];
/// Those who come together.
const PARTY: [u64; 8] = [
    latin_hash(b"party"),
    latin_hash(b"family"),
    latin_hash(b"wedding"),
    latin_hash(b"booking"),
    latin_hash(b"reservation"),
    latin_hash(b"household"),
    latin_hash(b"couple"),
    latin_hash(b"anniversary"),
];
const LEADS_PARTY: [u64; 6] = [
    latin_hash(b"the"),
    latin_hash(b"for"),
    latin_hash(b"with"),
    latin_hash(b"our"),
    latin_hash(b"under"),
    latin_hash(b"re"),
];
const FROM: [u64; 4] = [
    latin_hash(b"from"),
    latin_hash(b"at"),
    latin_hash(b"in"),
    latin_hash(b"on"),
];
/// Words that close a letter and begin other things as well.
const DOUBTFUL_CLOSING: [u64; 4] = [
    latin_hash(b"best"),
    latin_hash(b"love"),
    latin_hash(b"wishes"),
    latin_hash(b"truly"),
];
/// Bytes of what a signature says behind a name: `Guest Relations Manager`.
const OFFICE_BYTES_MAX: usize = 36;
/// Parts of a house in which people work.
const DEPARTMENTS: [u64; 34] = [
    latin_hash(b"spa"),
    latin_hash(b"gym"),
    latin_hash(b"kitchen"),
    latin_hash(b"bar"),
    latin_hash(b"restaurant"),
    latin_hash(b"pool"),
    latin_hash(b"lobby"),
    latin_hash(b"valet"),
    latin_hash(b"transport"),
    latin_hash(b"tours"),
    latin_hash(b"housekeeping"),
    latin_hash(b"reception"),
    latin_hash(b"reservations"),
    latin_hash(b"desk"),
    latin_hash(b"concierge"),
    latin_hash(b"sales"),
    latin_hash(b"accounts"),
    latin_hash(b"accounting"),
    latin_hash(b"finance"),
    latin_hash(b"engineering"),
    latin_hash(b"maintenance"),
    latin_hash(b"security"),
    latin_hash(b"events"),
    latin_hash(b"banqueting"),
    latin_hash(b"office"),
    latin_hash(b"team"),
    latin_hash(b"shift"),
    latin_hash(b"bell"),
    latin_hash(b"front"),
    latin_hash(b"guest"),
    latin_hash(b"duty"),
    latin_hash(b"general"),
    latin_hash(b"hr"),
    latin_hash(b"payroll"),
];
/// What persons have and houses seldom.
const OWNED: [u64; 62] = [
    latin_hash(b"stroller"),
    latin_hash(b"pram"),
    latin_hash(b"buggy"),
    latin_hash(b"wheelchair"),
    latin_hash(b"crutches"),
    latin_hash(b"scarf"),
    latin_hash(b"umbrella"),
    latin_hash(b"hat"),
    latin_hash(b"shoes"),
    latin_hash(b"medicine"),
    latin_hash(b"insulin"),
    latin_hash(b"inhaler"),
    latin_hash(b"teddy"),
    latin_hash(b"ipad"),
    latin_hash(b"tablet"),
    latin_hash(b"camera"),
    latin_hash(b"watch"),
    latin_hash(b"ring"),
    latin_hash(b"necklace"),
    latin_hash(b"earrings"),
    latin_hash(b"sunglasses"),
    latin_hash(b"backpack"),
    latin_hash(b"flight"),
    latin_hash(b"room"),
    latin_hash(b"passport"),
    latin_hash(b"phone"),
    latin_hash(b"mobile"),
    latin_hash(b"number"),
    latin_hash(b"booking"),
    latin_hash(b"reservation"),
    latin_hash(b"bag"),
    latin_hash(b"bags"),
    latin_hash(b"luggage"),
    latin_hash(b"suitcase"),
    latin_hash(b"birthday"),
    latin_hash(b"name"),
    latin_hash(b"card"),
    latin_hash(b"ticket"),
    latin_hash(b"tickets"),
    latin_hash(b"key"),
    latin_hash(b"keys"),
    latin_hash(b"allergy"),
    latin_hash(b"email"),
    latin_hash(b"laptop"),
    latin_hash(b"jacket"),
    latin_hash(b"coat"),
    latin_hash(b"glasses"),
    latin_hash(b"wallet"),
    latin_hash(b"purse"),
    latin_hash(b"charger"),
    latin_hash(b"parents"),
    latin_hash(b"stuff"),
    latin_hash(b"visa"),
    latin_hash(b"surname"),
    latin_hash(b"share"),
    latin_hash(b"half"),
    latin_hash(b"bill"),
    latin_hash(b"train"),
    latin_hash(b"headphones"),
    latin_hash(b"plane"),
    latin_hash(b"medication"),
    latin_hash(b"licence"),
];
