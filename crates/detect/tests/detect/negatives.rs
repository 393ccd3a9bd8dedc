//! What looks like personal data and is none.

use wuhen_detect::{Detector, Finding, Kind, KindSet, Settings};

fn scan(text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    Detector::new(Settings::all()).scan(text, &mut findings);
    findings
}

#[test]
fn numbers_of_things_firms_days_and_money_are_nobodys() {
    for text in [
        "时间戳1696772000000",
        "1696772000123",
        "快递单号773012345678901",
        "顺丰SF1234567890123",
        "运单号 75312345678901",
        "tracking number 1Z999AA10123456784",
        "金额13800138000元",
        "共计¥13800138000",
        "房间1208，3晚，1288元",
        "价格500-600元，评分4.5分以上",
        "营业时间11:30-14:00 17:30-22:00",
        "入住2024-05-01，退房2024-05-03",
        "20240501入住",
        "请拨400-820-8820或8008208820",
        "客服95588，投诉12315",
        "400 820 8820",
        "航班CA1831，G1234次列车",
        "1小时 - 2小时",
        "版本1.2.3.4",
        "12.5万，3.1415926535897",
        "第1234567890123456号展品",
        "ISBN 9787111128069",
        "Room 1208, 3 nights, total 1288.00",
        "open 09:00-18:00, call 911",
        "wifi密码：88886666",
        "the postcode is cb21ab and the fee is 12.50 GBP",
        "wechat-mini-program",
        "一二三四五六",
        "二〇二四年五月一日",
        "一百二十三万四千五百六十七元",
    ] {
        let found: Vec<_> = scan(text).iter().map(|finding| finding.kind).collect();
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn a_wrong_check_digit_or_date_is_no_identity_and_no_card() {
    for text in [
        "身份证号110105194912310021",
        "身份证号11010519491331002X",
        "身份证号991105194912310023",
        "银行卡号4111111111111112",
        "银行卡号6222020000001234567",
        "税号91350100M000100Y44",
        "IBAN GB83WEST12345698765432",
        "A123456788",
        "G123456(9)",
    ] {
        assert!(scan(text).is_empty(), "{text}: {:?}", scan(text));
    }
}

#[test]
fn long_numbers_of_orders_are_no_phones_and_no_cards() {
    let mut seed = 7_u64;
    let strict = KindSet::of(&[
        Kind::ResidentId,
        Kind::BankCard,
        Kind::Mobile,
        Kind::PermanentResidentId,
        Kind::Imei,
    ]);
    let detector = Detector::new(Settings {
        kinds: strict,
        own_numbers: Vec::new(),
    });
    let mut findings = Vec::new();
    let mut flagged = 0;
    let total = 4_000;
    for at in 0..total {
        let digits = 12 + at % 11;
        let number: String = (0..digits)
            .map(|_| {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                char::from(b'0' + u8::try_from(seed >> 33 & 0xFFFF).unwrap_or_default() % 10)
            })
            .collect();
        let _ = digits;
        detector.scan(&format!("单号20{number}"), &mut findings);
        flagged += findings.len();
    }
    assert!(
        flagged * 200 < total,
        "{flagged} of {total} order numbers are taken for something else"
    );
}

#[test]
fn the_houses_own_numbers_are_not_personal() {
    let settings = Settings {
        own_numbers: vec!["010-6512 0909".to_owned()],
        ..Settings::all()
    };
    let detector = Detector::new(settings);
    let mut findings = Vec::new();
    for text in [
        "前台电话010-65120909",
        "前台电话65120909",
        "+86 10 6512 0909",
        "电话65120909转801",
    ] {
        detector.scan(text, &mut findings);
        assert!(findings.is_empty(), "{text}");
    }
    detector.scan("电话010-65120908", &mut findings);
    assert_eq!(findings.len(), 1);
}
