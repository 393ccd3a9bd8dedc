//! Lines that hold nothing personal and look as if they did.

use crate::dice::Dice;
use crate::line::Line;
use crate::values::{PLACES, has_luhn, is_resident_id, luhn_digit, resident_digit};

type Make = fn(&mut Dice) -> String;

/// What a line looks like, and how it is made.
const DECOYS: &[(&str, Make)] = &[
    ("long-number", long_number),
    ("timestamp", timestamp),
    ("tracking", tracking),
    ("amount", amount),
    ("bad-id", bad_id),
    ("bad-card", bad_card),
    ("bad-mobile", bad_mobile),
    ("room", room),
    ("hotline", hotline),
    ("short-number", short_number),
    ("date", date),
    ("price", price),
    ("hotel-address", hotel_address),
    ("place-name", place_name),
    ("travel", travel),
    ("version", version),
    ("talk", talk),
];

pub(super) fn line(dice: &mut Dice) -> Line {
    let (name, make) = dice.pick(DECOYS);
    Line {
        text: make(dice),
        decoy: Some((*name).to_owned()),
        ..Line::default()
    }
}

/// Digits that are neither a card nor an ID by accident.
fn harmless(head: &str, length: usize, dice: &mut Dice) -> String {
    loop {
        let digits = format!("{head}{}", dice.digits(length - head.len()));
        if !has_luhn(&digits) && !is_resident_id(&digits) {
            return digits;
        }
    }
}

fn long_number(dice: &mut Dice) -> String {
    let length = dice.between(12, 22);
    let head = *dice.pick(&["", "2025", "62", "4", "11", "33", "98"]);
    let number = harmless(head, length, dice);
    match dice.below(6) {
        0 => format!("交易流水{number}查不到"),
        1 => format!("工单{number} 已转工程部"),
        2 => format!("打印批次：{number}"),
        3 => format!("ticket {number} is closed"),
        4 => format!("流水号 {number}"),
        _ => format!("batch {number} printed"),
    }
}

fn timestamp(dice: &mut Dice) -> String {
    let number = format!("17{}", dice.digits(11));
    match dice.below(3) {
        0 => format!("系统时间戳{number}，日志里看到的"),
        1 => format!("log at {number} shows an error"),
        _ => format!("报错 {number} timeout"),
    }
}

fn tracking(dice: &mut Dice) -> String {
    match dice.below(5) {
        0 => format!("快递单号SF{}到了吗", dice.digits(13)),
        1 => format!("运单号：YT{}", dice.digits(13)),
        2 => format!("parcel JD{} arrived?", dice.string("0123456789ABCDEF", 12)),
        3 => format!("圆通 {} 签收了", harmless("8", 12, dice)),
        _ => format!("tracking 1Z999AA1{}", dice.digits(10)),
    }
}

fn amount(dice: &mut Dice) -> String {
    let [a, b] = [dice.between(1, 99), dice.between(100, 999)];
    match dice.below(5) {
        0 => format!("一共{a},{b}.00元"),
        1 => format!("押金{b}00已退"),
        2 => format!("total ¥{a},{b},{}.50", dice.digits(3)),
        3 => format!("转了{a}{b}000块"),
        _ => format!("USD {a}{b}.{}", dice.digits(2)),
    }
}

fn bad_id(dice: &mut Dice) -> String {
    let body = format!(
        "{}{}{:02}{:02}{}",
        dice.pick(&["110105", "330106", "440305"]),
        dice.between(1955, 2004),
        dice.between(1, 12),
        dice.between(1, 28),
        dice.digits(3)
    );
    let right = resident_digit(&body);
    let wrong = *dice.pick(&["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    if right.to_string() == wrong {
        return bad_id(dice);
    }
    match dice.below(3) {
        0 => format!("{body}{wrong}这串数字校验不过"),
        1 => format!("系统说{body}{wrong}不对"),
        _ => format!("{body}{wrong} is rejected by the system"),
    }
}

fn bad_card(dice: &mut Dice) -> String {
    let body = format!("{}{}", dice.pick(&["622202", "4", "55"]), dice.digits(11));
    let body = &body[..12];
    let full = format!("{body}{}", dice.digits(3));
    let wrong = (luhn_digit(&full) + 1 + u32::try_from(dice.below(8)).expect("it is small")) % 10;
    match dice.below(3) {
        0 => format!("{full}{wrong}刷不了 提示无效"),
        1 => format!(
            "{} {} {} {}{wrong} declined as invalid",
            &full[..4],
            &full[4..8],
            &full[8..12],
            &full[12..]
        ),
        _ => format!("数字{full}{wrong}核对失败"),
    }
}

fn bad_mobile(dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => format!("{}{}不是手机吧 少一位", "138", dice.digits(7)),
        1 => format!("12{}打不通", dice.digits(9)),
        2 => format!("编码138{}", dice.digits(9)),
        _ => format!("item 10{} out of stock", dice.digits(9)),
    }
}

fn room(dice: &mut Dice) -> String {
    let [floor, number] = [dice.between(2, 30), dice.between(1, 28)];
    match dice.below(5) {
        0 => format!("{floor}{number:02}房间空调坏了"),
        1 => format!("我住{floor}{number:02}，送两瓶水"),
        2 => format!("room {floor}{number:02} needs towels"),
        3 => format!("{floor}楼{floor}{number:02}号房退房"),
        _ => format!("从{floor}{number:02}换到{floor}{:02}", number + 1),
    }
}

fn hotline(dice: &mut Dice) -> String {
    let [a, b] = [dice.digits(3), dice.digits(4)];
    match dice.below(5) {
        0 => format!("客服热线400-{a}-{b}"),
        1 => format!("请拨打400{a}{b}"),
        2 => format!("call 400 {a} {b}"),
        3 => format!("免费电话800-{a}-{b}"),
        _ => format!("有事打４００－{a}－{b}"),
    }
}

fn short_number(dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => format!("银行客服95{}", dice.digits(3)),
        1 => "报警110 急救120".to_owned(),
        2 => format!("打95{}按1转人工", dice.digits(3)),
        _ => "dial 0 for reception, 9 for outside".to_owned(),
    }
}

fn date(dice: &mut Dice) -> String {
    let [month, day, nights] = [dice.between(1, 12), dice.between(1, 27), dice.between(1, 5)];
    match dice.below(6) {
        0 => format!("{month}月{day}日入住，住{nights}晚"),
        1 => format!("2026-{month:02}-{day:02}到2026-{month:02}-{:02}", day + 1),
        2 => format!("check in 2026/{month:02}/{day:02}"),
        3 => format!("2026{month:02}{day:02}还有房吗"),
        4 => format!("from {day}/{month} for {nights} nights"),
        _ => format!("{month:02}.{day:02} 下午三点前到"),
    }
}

fn price(dice: &mut Dice) -> String {
    let price = dice.between(188, 2_888);
    match dice.below(4) {
        0 => format!("大床房{price}元一晚含双早"),
        1 => format!("¥{price}/night incl. breakfast"),
        2 => format!("现价{price} 原价{}", price + 200),
        _ => format!("rate is {price}.00 per night"),
    }
}

fn hotel_address(dice: &mut Dice) -> String {
    let [province, city, district] = *dice.pick(&PLACES);
    let number = dice.between(1, 999);
    match dice.below(4) {
        0 => format!("酒店地址：{province}{city}{district}人民路{number}号"),
        1 => format!("我们酒店在{city}{district}迎宾大道{number}号，欢迎光临"),
        2 => format!("餐厅位于{district}和平街{number}号二楼"),
        _ => format!("The hotel is at {number} Lake Road, next to the museum"),
    }
}

fn place_name(dice: &mut Dice) -> String {
    (*dice.pick(&[
        "鲁迅故居几点开门",
        "中山公园离酒店多远",
        "想去张家界和黄果树",
        "王府井小吃街怎么走",
        "李宁专卖店在几楼",
        "岳麓书院要门票吗",
        "白云机场有大巴吗",
        "St. James Park is nearby?",
        "how far is Madison Square",
        "Victoria Harbour cruise tickets pls",
    ]))
    .to_owned()
}

fn travel(dice: &mut Dice) -> String {
    let [hour, minute] = [dice.between(6, 22), dice.between(0, 59)];
    match dice.below(4) {
        0 => format!("航班CA{} {hour}:{minute:02}落地", dice.digits(4)),
        1 => format!("G{}次高铁，{hour}:{minute:02}到", dice.between(100, 9_999)),
        2 => format!("flight MU{} lands {hour}:{minute:02}", dice.digits(4)),
        _ => format!(
            "距地铁站{}米，步行{}分钟",
            dice.between(100, 1_900),
            dice.between(2, 25)
        ),
    }
}

fn version(dice: &mut Dice) -> String {
    let [a, b, c] = [dice.between(1, 9), dice.between(0, 20), dice.between(0, 30)];
    match dice.below(3) {
        0 => format!("小程序版本{a}.{b}.{c}闪退"),
        1 => format!("app version {a}.{b}.{c} crashes"),
        _ => format!("坐标30.{},120.{}", dice.digits(6), dice.digits(6)),
    }
}

fn talk(dice: &mut Dice) -> String {
    (*dice.pick(&[
        "高兴认识你",
        "马上安排",
        "周末还有房吗",
        "万一下雨呢",
        "安心住",
        "常来常往嘛",
        "何时能退款",
        "请提供姓名、手机号和身份证号码",
        "麻烦发一下您的护照号",
        "may i get a rose for the room",
        "will you mark it as paid",
        "please send your full name and phone",
        "what is your booking number?",
        "先生您好，女士您好",
        "sir, madam, welcome",
    ]))
    .to_owned()
}
