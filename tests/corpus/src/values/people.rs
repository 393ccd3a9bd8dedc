//! Names and addresses, put together from lists: whoever reads them meets nobody.

use super::{Language, Value};
use crate::dice::Dice;

const FAMILIES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文";
const DOUBLE: [&str; 6] = ["欧阳", "司马", "上官", "诸葛", "慕容", "夏侯"];
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文斌宇浩轩子涵梓睿思雨欣怡佳琪嘉诗晓晨阳天翔俊博雪婷颖慧琳瑶";
const TITLES: [&str; 10] = [
    "先生", "女士", "小姐", "经理", "老师", "总", "姐", "哥", "师傅", "阿姨",
];
const FIRST: [&str; 24] = [
    "James", "Emma", "Oliver", "Sophie", "Liam", "Hannah", "Daniel", "Laura", "Ahmed", "Priya",
    "Carlos", "Elena", "Yuki", "Min-jun", "Pierre", "Ingrid", "Thomas", "Rebecca", "George",
    "Nina", "Patrick", "Zoe", "Hugo", "Leila",
];
const LAST: [&str; 24] = [
    "Smith",
    "Johnson",
    "O'Brien",
    "Taylor",
    "Walker",
    "Hughes",
    "Kowalski",
    "Nakamura",
    "Fernandez",
    "Schneider",
    "Larsen",
    "Rossi",
    "Dubois",
    "Khan",
    "Patel",
    "Novak",
    "Silva",
    "Murphy",
    "Cooper",
    "Bailey",
    "Van Dijk",
    "Ivanova",
    "Haddad",
    "Osei",
];
const SYLLABLES: [&str; 16] = [
    "wei", "fang", "min", "jing", "li", "qiang", "lei", "yang", "yan", "jie", "tao", "ming", "xiu",
    "xia", "ping", "hua",
];
const PINYIN: [&str; 14] = [
    "Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Zhao", "Huang", "Zhou", "Wu", "Xu", "Sun",
    "Guo", "Lin",
];

/// Provinces, their cities and districts.
pub const PLACES: [[&str; 3]; 14] = [
    ["浙江省", "杭州市", "余杭区"],
    ["江苏省", "苏州市", "吴中区"],
    ["广东省", "深圳市", "龙岗区"],
    ["四川省", "成都市", "锦江区"],
    ["湖北省", "武汉市", "武昌区"],
    ["湖南省", "长沙市", "开福区"],
    ["福建省", "厦门市", "集美区"],
    ["山东省", "青岛市", "崂山区"],
    ["陕西省", "西安市", "莲湖区"],
    ["河南省", "郑州市", "二七区"],
    ["", "上海市", "宝山区"],
    ["", "北京市", "石景山区"],
    ["", "重庆市", "江北区"],
    ["辽宁省", "大连市", "甘井子区"],
];
const STREETS: [&str; 12] = [
    "人民路",
    "建设大道",
    "和平街",
    "新华路",
    "长江东路",
    "幸福路",
    "光明街",
    "学府路",
    "滨河路",
    "五一北路",
    "迎宾大道",
    "文化巷",
];
const ESTATES: [&str; 8] = [
    "阳光花园",
    "锦绣家园",
    "翡翠湾",
    "书香苑",
    "金色港湾",
    "水岸名都",
    "万和新村",
    "丽景小区",
];
const ROADS: [&str; 10] = [
    "Maple Street",
    "Station Road",
    "Park Avenue",
    "Mill Lane",
    "Cedar Drive",
    "High Street",
    "Willow Close",
    "Hillcrest Rd",
    "Lakeview Blvd",
    "Orchard Way",
];
const TOWNS: [[&str; 2]; 8] = [
    ["Leeds", "LS6 2AB"],
    ["Bristol", "BS8 1TH"],
    ["Portland, OR", "97205"],
    ["Austin, TX", "78704"],
    ["Toronto ON", "M4C 1B5"],
    ["Sydney NSW", "2000"],
    ["Dublin", "D04 X2K4"],
    ["Auckland", "0632"],
];

fn one(of: &str, dice: &mut Dice) -> String {
    let all: Vec<char> = of.chars().collect();
    dice.pick(&all).to_string()
}

pub(super) fn name(language: Language, dice: &mut Dice) -> Value {
    match language {
        Language::Chinese => chinese_name(dice),
        Language::English if dice.percent(20) => {
            let given = format!("{}{}", dice.pick(&SYLLABLES), dice.pick(&SYLLABLES));
            let capital = given[..1].to_uppercase() + &given[1..];
            Value::of([&capital, *dice.pick(&PINYIN)]).joined(" ")
        }
        Language::English => Value::of([*dice.pick(&FIRST), *dice.pick(&LAST)]).joined(" "),
    }
}

fn chinese_name(dice: &mut Dice) -> Value {
    let family = if dice.percent(5) {
        (*dice.pick(&DOUBLE)).to_owned()
    } else {
        one(FAMILIES, dice)
    };
    match dice.below(10) {
        0 | 1 => Value::of([&format!("{family}{}", dice.pick(&TITLES))]),
        2..=4 => Value::of([&family, &one(GIVEN, dice)]),
        _ => Value::of([
            &family,
            &format!("{}{}", one(GIVEN, dice), one(GIVEN, dice)),
        ]),
    }
}

pub(super) fn address(language: Language, dice: &mut Dice) -> Value {
    match language {
        Language::Chinese => chinese_address(dice),
        Language::English => {
            let [town, code] = *dice.pick(&TOWNS);
            let road = format!("{} {}", dice.between(2, 940), dice.pick(&ROADS));
            let flat = match dice.below(3) {
                0 => format!("Flat {}, {road}", dice.between(1, 40)),
                1 => format!(
                    "{road}, Apt {}{}",
                    dice.between(1, 20),
                    dice.pick(&["A", "B", "C"])
                ),
                _ => road,
            };
            Value::of([&format!("{flat}, {town} {code}")])
        }
    }
}

fn chinese_address(dice: &mut Dice) -> Value {
    let [province, city, district] = *dice.pick(&PLACES);
    let region = match dice.below(4) {
        0 | 1 => format!("{province}{city}{district}"),
        2 => format!("{city}{district}"),
        _ => format!("{}{}", city.trim_end_matches('市'), district),
    };
    let street = format!("{}{}号", dice.pick(&STREETS), dice.between(1, 999));
    let room = match dice.below(4) {
        0 => format!(
            "{}{}幢{}单元{}",
            dice.pick(&ESTATES),
            dice.between(1, 40),
            dice.between(1, 4),
            dice.between(101, 2605)
        ),
        1 => format!(
            "{}{}号楼{}室",
            dice.pick(&ESTATES),
            dice.between(1, 30),
            dice.between(101, 3205)
        ),
        2 => format!("{}栋{}", dice.between(1, 30), dice.between(101, 3205)),
        _ => format!("{}室", dice.between(101, 1905)),
    };
    Value::of([&region, &street, &room])
}
