//! Three or four digits that are no card security code: rooms, sums, years, times, counts. What is cut does not come back.

use super::value::is_measured;
use crate::chars::{Class, char_from};

/// What stands right before a room, a sum, an estimate, the end of a longer number, a flight.
const BEFORE: [&str; 109] = [
    "房间",
    "房间号",
    "房间號",
    "房号",
    "房號",
    "客房",
    "房",
    "室",
    "楼",
    "栋",
    "座",
    "住",
    "住在",
    "住的",
    "入住",
    "我在",
    "我们在",
    "人在",
    "房間",
    "room",
    "rm",
    "room no",
    "suite",
    "apt",
    "apartment",
    "unit",
    "flat",
    "floor",
    "价",
    "價",
    "价格",
    "房价",
    "总价",
    "原价",
    "价位",
    "一共",
    "总共",
    "共",
    "合计",
    "共计",
    "总计",
    "押金",
    "定金",
    "预付",
    "付",
    "付了",
    "花了",
    "收了",
    "扣了",
    "扣",
    "退",
    "退了",
    "退款",
    "费",
    "费用",
    "金额",
    "余额",
    "便宜",
    "不到",
    "超过",
    "大概",
    "大约",
    "大概是",
    "差不多",
    "price",
    "prices",
    "rate",
    "total",
    "paid",
    "pay",
    "cost",
    "costs",
    "deposit",
    "charge",
    "charged",
    "fee",
    "refund",
    "refunded",
    "amount",
    "usd",
    "rmb",
    "cny",
    "hkd",
    "eur",
    "about",
    "around",
    "approximately",
    "nearly",
    "almost",
    "over",
    "尾号",
    "尾號",
    "末四位",
    "后四位",
    "last four",
    "last 4",
    "last four digits",
    "last 4 digits",
    "ending",
    "ending in",
    "ending with",
    "ends in",
    "ends with",
    "flight",
    "train",
    "航班",
    "车次",
    "bus",
    "分机",
];
/// What stands right before a year, a time.
const BEFORE_YEAR: [&str; 26] = [
    "since", "in", "from", "of", "year", "until", "till", "by", "before", "after", "从", "jan",
    "feb", "mar", "apr", "may", "jun", "june", "jul", "july", "aug", "sep", "sept", "oct", "nov",
    "dec",
];
const BEFORE_TIME: [&str; 20] = [
    "at", "by", "around", "before", "after", "until", "till", "from", "下午", "上午", "晚上",
    "早上", "中午", "凌晨", "傍晚", "明早", "今晚", "明晚", "今早", "夜里",
];
/// What stands right behind a sum, a measure, a count. Counters that are families too (张, 余, 路, 平, 名字) count only what they
/// can count.
const BEHIND: [&str; 77] = [
    "那间",
    "这间",
    "metres",
    "meters",
    "miles",
    "feet",
    "per",
    "each",
    "a night",
    "a day",
    "/晚",
    "/天",
    "/间",
    "/人",
    "/night",
    "/day",
    "/person",
    "一晚",
    "每晚",
    "一天",
    "一间",
    "每间",
    "晚",
    "cm",
    "km",
    "mm",
    "kg",
    "ml",
    "mb",
    "gb",
    "sqm",
    "平米",
    "平方",
    "㎡",
    "度",
    "多人",
    "多元",
    "多块",
    "多个",
    "多位",
    "多间",
    "多天",
    "余元",
    "余块",
    "余个",
    "余间",
    "左右",
    "上下",
    "以内",
    "路公交",
    "路车",
    "次",
    "名客人",
    "名旅客",
    "名住客",
    "名成人",
    "名儿童",
    "名员工",
    "名学生",
    "名同事",
    "张床",
    "张票",
    "张卡",
    "张房卡",
    "张照片",
    "张发票",
    "张券",
    "辆",
    "份",
    "瓶",
    "件",
    "套",
    "桌",
    "dollars",
    "euros",
    "pounds",
    "yuan",
];
const BEHIND_TIME: [&str; 15] = [
    "到酒店",
    "到店",
    "到达",
    "前到",
    "后到",
    "前后",
    "前入住",
    "后入住",
    "抵达",
    "入住",
    "退房",
    "出发",
    "起飞",
    "登机",
    "hrs",
];
/// Units that are families too, or begin what people say next: 万, 房, 晚安.
const FAMILIES: [char; 9] = ['万', '房', '元', '米', '楼', '年', '晚', '点', '分'];
/// What follows such a unit and no family.
const BEHIND_UNIT: &str = "的了吗呢吧啊呀是太间多左以一每到前后底初远内钱整起都";
/// What may stand between a word and its number.
const LINKS: [&str; 13] = [
    "是", "为", "号", "號", "is", "was", "number", "no", "no.", "在", "of", "for", "just",
];

/// Whether what stands around the digits from `start` to `end` says that they are something else.
pub(super) fn is_another(text: &str, start: usize, end: usize) -> bool {
    let head = &text[..start];
    let rest = &text[end..];
    let unit = (is_measured(text, end) || begins(rest, &BEHIND)) && !is_a_name(rest);
    marked(text, start, end)
        || unit
        || is_flight(head, end - start)
        || after(head, &BEFORE)
        || is_four(text, start, end).is_some_and(|number| {
            let year = (1900..2100).contains(&number);
            let time = number / 100 < 24 && number % 100 < 60;
            year && (after(head, &BEFORE_YEAR) || ends_with(head.trim_end(), "月"))
                || time && (after(head, &BEFORE_TIME) || begins(rest, &BEHIND_TIME))
        })
}

/// Sums, decimals, times and dates by the mark that touches them; a mark that only ends a sentence is none.
fn marked(text: &str, start: usize, end: usize) -> bool {
    let (head, rest) = (&text[..start], &text[end..]);
    let digit_behind = rest
        .chars()
        .nth(1)
        .is_some_and(|char| char.is_ascii_digit());
    let digit_before = head
        .chars()
        .rev()
        .nth(1)
        .is_some_and(|char| char.is_ascii_digit());
    let year = is_four(text, start, end).is_some_and(|number| (1900..2100).contains(&number));
    head.ends_with(['¥', '￥', '$', '€', '£'])
        || rest.starts_with(['¥', '￥', '$', '€', '£'])
        || digit_before && (head.ends_with([':', '：', '.']) || year && head.ends_with('/'))
        || digit_behind && (rest.starts_with([':', '：', '.']) || year && rest.starts_with('/'))
}

/// The value of four plain digits.
fn is_four(text: &str, start: usize, end: usize) -> Option<u32> {
    let digits = &text[start..end];
    (digits.len() == 4).then(|| digits.parse().ok()).flatten()
}

/// Whether the unit behind a number is as well a family, a given name, the word of another number: `123 万先生`, `123 Miles`,
/// `123 房号1208`.
fn is_a_name(rest: &str) -> bool {
    let unit = rest.trim_start_matches(' ');
    let Some(first) = unit.chars().next() else {
        return false;
    };
    if first.is_ascii_uppercase() {
        return unit[1..].starts_with(|char: char| char.is_ascii_lowercase());
    }
    let behind = &unit[first.len_utf8()..];
    let links = ['间', '号', '是', ':', '：', ' '];
    let of_room = behind.trim_start_matches(links);
    let of_another = first == '房'
        && unit.len() < rest.len()
        && of_room.starts_with(|char: char| char.is_ascii_digit());
    let goes_on = behind
        .chars()
        .next()
        .is_some_and(|char| char.is_alphabetic() && !BEHIND_UNIT.contains(char));
    of_another || FAMILIES.contains(&first) && goes_on
}

/// What the capitals directly before say: CA1831, G1234.
fn is_flight(head: &str, digits: usize) -> bool {
    /// Trains by their letter, and two letters that are no airline's beside a code.
    const TRAINS: [&str; 6] = ["G", "D", "C", "K", "T", "Z"];
    const WORDS: [&str; 5] = ["NO", "NR", "IS", "CV", "VC"];
    let letters = head
        .bytes()
        .rev()
        .take_while(u8::is_ascii_alphabetic)
        .count();
    let word = &head[head.len() - letters..];
    match letters {
        1 => digits == 4 && TRAINS.contains(&word),
        2 => word.bytes().all(|byte| byte.is_ascii_uppercase()) && !WORDS.contains(&word),
        _ => false,
    }
}

/// Whether one of the words stands before, with links between.
fn after(head: &str, words: &[&str]) -> bool {
    const LINKS_MAX: usize = 4;
    let mut head = head;
    for _ in 0..LINKS_MAX {
        head = head.trim_end_matches([' ', ':', '：', '#', '=', '\u{3000}', '~', '～']);
        if words.iter().any(|word| ends_with(head, word)) {
            return true;
        }
        let Some(link) = LINKS.iter().find(|link| ends_with(head, link)) else {
            return false;
        };
        head = &head[..head.len() - link.len()];
    }
    false
}

fn ends_with(head: &str, word: &str) -> bool {
    let Some(at) = head.len().checked_sub(word.len()) else {
        return false;
    };
    let latin = word.as_bytes()[0].is_ascii_alphabetic();
    head.as_bytes()[at..].eq_ignore_ascii_case(word.as_bytes())
        && !(latin && head[..at].ends_with(|char: char| char.is_ascii_alphanumeric()))
}

fn begins(rest: &str, words: &[&str]) -> bool {
    let rest = rest.trim_start_matches(' ');
    words.iter().any(|word| {
        let start = rest.as_bytes().get(..word.len());
        let whole = || {
            !word.as_bytes()[word.len() - 1].is_ascii_alphabetic()
                || char_from(rest, word.len()).is_none_or(|char| char.class != Class::Letter)
        };
        start.is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes())) && whole()
    })
}
