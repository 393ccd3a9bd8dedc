//! Whose a Chinese address is, by the words around it.

use aho_corasick::AhoCorasick;

use super::{HanAddresses, Whose};

/// Bytes before and behind an address in which words tell whose it is.
const BEFORE_BYTES: usize = 120;
const BEHIND_BYTES: usize = 45;
/// Bytes between an address and the name of a house that ends with what stands behind it.
const HOUSE_BYTES: usize = 24;

impl HanAddresses {
    pub(in crate::address) fn says_private(&self, text: &str) -> bool {
        self.private.is_match(text)
    }

    pub(in crate::address) fn says_house(&self, text: &str) -> bool {
        self.house.is_match(text)
    }

    pub(super) fn whose(&self, text: &str, (start, end): (usize, usize)) -> Whose {
        let from = text.floor_char_boundary(start.saturating_sub(BEFORE_BYTES));
        let from = text[from..start]
            .rfind('\n')
            .map_or(from, |at| from + at + 1);
        let before = &text[from..start];
        let to = text.ceil_char_boundary((end + BEHIND_BYTES).min(text.len()));
        let behind = text[end..to].lines().next().unwrap_or("");
        let last = |words: &AhoCorasick| (words.find_iter(before)).last().map(|found| found.end());
        let lives = lives(before).then_some(before.len());
        let private = last(&self.private).max(lives);
        let house = last(&self.house);
        let clause = behind.split(['。', '！', '!']).next().unwrap_or("");
        let private_behind = PRIVATE_BEHIND.iter().any(|word| clause.contains(word))
            || behind.starts_with(['接', '找']);
        let named = self.names_house(&text[start..end])
            || (self.ends.find(behind)).is_some_and(|found| {
                found.start() <= HOUSE_BYTES
                    && !behind[..found.start()].contains(['，', ',', ' ', '。'])
            });
        let label = before.trim_end_matches([' ', ':', '：', '】', ']', '-', '\t', '“', '"']);
        Whose {
            private: private > house
                || private.is_some() && house.is_none()
                || private_behind && house.is_none(),
            house: house > private || named,
            label: if LABELS.iter().any(|word| label.ends_with(word)) {
                8
            } else if private.is_none() && states(label) {
                -20
            } else {
                0
            },
        }
    }

    /// Whether an address ends in the name of a house. What only leads the way to a door is none: 车站大道, 大学北门, 酒店对面.
    fn names_house(&self, address: &str) -> bool {
        self.ends.find_iter(address).any(|found| {
            let rest = &address[found.end()..];
            !rest.contains(PARTS) && !rest.starts_with(['区', '區', '镇', '鎮'])
        })
    }
}

/// 住 right before an address, which is not 入住.
fn lives(before: &str) -> bool {
    let before = before.trim_end_matches(' ');
    before.ends_with('住') && !before.ends_with("入住") && !before.ends_with("想住")
}

/// What the name of a house is not the end of an address before.
const PARTS: [char; 20] = [
    '路', '街', '道', '巷', '弄', '号', '號', '栋', '棟', '幢', '厦', '廈', '苑', '园', '園', '村',
    '座', '室', '单', '單',
];

/// Fields of forms that a house seldom has.
const LABELS: [&str; 8] = [
    "住址",
    "单位",
    "單位",
    "公司",
    "住所",
    "现址",
    "地址电话",
    "地址、电话",
];

/// Whether somebody is told an address that is nobody's of those who speak: 地址是, 地点在.
fn states(before: &str) -> bool {
    let noun = before.trim_end_matches(['是', '在', '就']);
    noun.len() < before.len() && noun.ends_with(['址', '点', '置', '店', '馆', '厅', '于'])
}

/// Words behind an address that say somebody lives or receives post there.
const PRIVATE_BEHIND: [&str; 29] = [
    "接一下",
    "接人",
    "上班",
    "下班",
    "离你们",
    "到你们",
    "到酒店",
    "到付",
    "顺丰",
    "电话同",
    "作废",
    "落下",
    "客人",
    "填错",
    "收",
    "寄",
    "我家",
    "家里",
    "是我",
    "的家",
    "快递",
    "接我",
    "我住",
    "邮",
    "家庭",
    "住址",
    "老家",
    "送过来",
    "我公司",
];
