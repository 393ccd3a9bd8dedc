//! Every kind in every form that people write it in, between Han characters or not, alone or several in one run.

use wuhen_detect::{Detector, Finding, Kind, Settings};

/// How a value is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    Plain,
    Spaces,
    Hyphens,
    Dots,
    FullWidth,
    HanDigits,
    Lower,
}

use Form::{Dots, FullWidth, HanDigits, Hyphens, Lower, Plain, Spaces};

/// A kind, a word that introduces it, a value, where separators go, and the forms in which it is written.
struct Row {
    kind: Kind,
    word: &'static str,
    value: &'static str,
    groups: &'static [usize],
    forms: &'static [Form],
    /// Whether it is found without its word.
    bare: bool,
}

const NUMBERS: &[Form] = &[Plain, Spaces, Hyphens, Dots, FullWidth, HanDigits];
const LETTERED: &[Form] = &[Plain, Spaces, Hyphens, FullWidth, Lower];
const AS_IT_IS: &[Form] = &[Plain, FullWidth];

const fn row(
    kind: Kind,
    word: &'static str,
    value: &'static str,
    groups: &'static [usize],
    forms: &'static [Form],
    bare: bool,
) -> Row {
    Row {
        kind,
        word,
        value,
        groups,
        forms,
        bare,
    }
}

const ROWS: &[Row] = &[
    row(
        Kind::ResidentId,
        "身份证号",
        "11010519491231002X",
        &[6, 8, 4],
        &[Plain, Spaces, Hyphens, Dots, FullWidth, HanDigits, Lower],
        true,
    ),
    row(
        Kind::ResidentId,
        "身份证号",
        "440524188001010014",
        &[6, 4, 4, 4],
        NUMBERS,
        true,
    ),
    row(
        Kind::ResidentId,
        "身份证",
        "110105491231002",
        &[6, 6, 3],
        NUMBERS,
        true,
    ),
    row(
        Kind::PermanentResidentId,
        "永久居留证",
        "911124198108030024",
        &[6, 8, 4],
        NUMBERS,
        true,
    ),
    row(
        Kind::PermanentResidentId,
        "永久居留证",
        "CAN110182010201",
        &[3, 6, 6],
        LETTERED,
        true,
    ),
    row(
        Kind::BankCard,
        "银行卡号",
        "6222020000001234566",
        &[4, 4, 4, 4, 3],
        NUMBERS,
        true,
    ),
    row(
        Kind::BankCard,
        "卡号",
        "4111111111111111",
        &[4, 4, 4, 4],
        NUMBERS,
        true,
    ),
    row(
        Kind::BankCard,
        "amex ",
        "378282246310005",
        &[4, 6, 5],
        NUMBERS,
        true,
    ),
    row(
        Kind::CardSecurityCode,
        "安全码",
        "123",
        &[3],
        &[Plain, FullWidth, HanDigits],
        false,
    ),
    row(
        Kind::CardSecurityCode,
        "CVV",
        "4821",
        &[4],
        &[Plain, FullWidth, HanDigits],
        false,
    ),
    row(
        Kind::Mobile,
        "手机",
        "13812345678",
        &[3, 4, 4],
        NUMBERS,
        true,
    ),
    row(
        Kind::Mobile,
        "电话",
        "8619912345678",
        &[2, 3, 4, 4],
        NUMBERS,
        true,
    ),
    row(
        Kind::Landline,
        "座机",
        "01065120909",
        &[3, 4, 4],
        NUMBERS,
        true,
    ),
    row(
        Kind::Landline,
        "电话",
        "075526001234",
        &[4, 8],
        NUMBERS,
        true,
    ),
    row(Kind::Landline, "电话", "65120909", &[4, 4], NUMBERS, false),
    row(
        Kind::Phone,
        "电话",
        "+85291234567",
        &[4, 4, 4],
        &[Plain, Spaces, Hyphens, FullWidth],
        true,
    ),
    row(
        Kind::Phone,
        "phone ",
        "+442079460958",
        &[3, 2, 4, 4],
        &[Plain, Spaces, Hyphens, Dots, FullWidth],
        true,
    ),
    row(
        Kind::Email,
        "邮箱",
        "lin.mei@example.cn",
        &[],
        AS_IT_IS,
        true,
    ),
    row(Kind::Passport, "护照", "E12345678", &[1, 8], LETTERED, true),
    row(
        Kind::Passport,
        "护照号",
        "EA1234567",
        &[2, 7],
        LETTERED,
        true,
    ),
    row(
        Kind::TravelPermit,
        "回乡证",
        "H12345678",
        &[1, 8],
        LETTERED,
        true,
    ),
    row(
        Kind::TravelPermit,
        "台胞证",
        "12345678",
        &[4, 4],
        NUMBERS,
        false,
    ),
    row(
        Kind::Hkid,
        "香港身份证",
        "G123456A",
        &[1, 6, 1],
        &[Plain, Spaces, Hyphens, FullWidth, Lower],
        true,
    ),
    row(
        Kind::TaiwanId,
        "台湾身份证",
        "A123456789",
        &[1, 9],
        LETTERED,
        true,
    ),
    row(
        Kind::MacauId,
        "澳门身份证",
        "12345678",
        &[7, 1],
        NUMBERS,
        false,
    ),
    row(
        Kind::OrgCode,
        "税号",
        "91350100M000100Y43",
        &[8, 9, 1],
        LETTERED,
        true,
    ),
    row(
        Kind::LicencePlate,
        "车牌",
        "京A12345",
        &[2, 5],
        &[Plain, Spaces, Hyphens, Dots, FullWidth, Lower],
        true,
    ),
    row(Kind::IpAddress, "ip ", "203.0.113.77", &[], AS_IT_IS, true),
    row(
        Kind::IpAddress,
        "ip ",
        "2001:db8::8a2e:370:7334",
        &[],
        &[Plain],
        true,
    ),
    row(
        Kind::MacAddress,
        "mac ",
        "00:1B:44:11:3A:B7",
        &[],
        &[Plain, Lower],
        true,
    ),
    row(
        Kind::Imei,
        "imei ",
        "490154203237518",
        &[2, 6, 6, 1],
        &[Plain, Spaces, Hyphens, FullWidth],
        false,
    ),
    row(
        Kind::Iban,
        "iban ",
        "GB82WEST12345698765432",
        &[4, 4, 4, 4, 4, 2],
        LETTERED,
        true,
    ),
    row(Kind::WechatId, "微信号", "lin_mei88", &[], &[Plain], false),
    row(
        Kind::QqId,
        "QQ",
        "123456789",
        &[3, 3, 3],
        &[Plain, Spaces, FullWidth],
        false,
    ),
    row(
        Kind::BookingNumber,
        "订单号",
        "HT20498731",
        &[],
        &[Plain, FullWidth, Lower],
        false,
    ),
    row(
        Kind::VerificationCode,
        "验证码",
        "482913",
        &[3, 3],
        &[Plain, Spaces, FullWidth, HanDigits],
        false,
    ),
    row(
        Kind::DateOfBirth,
        "出生日期",
        "19900307",
        &[4, 2, 2],
        NUMBERS,
        false,
    ),
    row(Kind::Secret, "密码", "Tr0ub4dor&3", &[], &[Plain], false),
];

fn written(row: &Row, form: Form) -> String {
    match form {
        Plain => row.value.to_owned(),
        Spaces => grouped(row, ' '),
        Hyphens => grouped(row, '-'),
        Dots => grouped(row, '.'),
        FullWidth => row.value.chars().map(full_width).collect(),
        HanDigits => row.value.chars().map(han_digit).collect(),
        Lower => row.value.to_lowercase(),
    }
}

fn grouped(row: &Row, separator: char) -> String {
    let mut out = String::new();
    let mut chars = row.value.chars();
    for (place, size) in row.groups.iter().enumerate() {
        if place > 0 {
            out.push(separator);
        }
        out.extend(chars.by_ref().take(*size));
    }
    assert!(
        chars.next().is_none(),
        "the groups of {} are all of it",
        row.kind
    );
    out
}

fn full_width(char: char) -> char {
    match char {
        '!'..='~' => {
            char::from_u32(u32::from(char) - 0x21 + 0xFF01).expect("the block has them all")
        }
        other => other,
    }
}

fn han_digit(char: char) -> char {
    char.to_digit(10).map_or(char, |digit| {
        "零一二三四五六七八九"
            .chars()
            .nth(digit as usize)
            .expect("ten numerals")
    })
}

fn scan(detector: &Detector, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    detector.scan(text, &mut findings);
    findings
}

/// Whether the value's span is found as its kind.
fn is_found(detector: &Detector, text: &str, start: usize, value: &str, kind: Kind) -> bool {
    let end = start + value.len();
    scan(detector, text).iter().any(|finding| {
        finding.kind == kind
            && finding.start <= start
            && finding.end >= end
            && finding.end <= end + 3
    })
}

#[test]
fn every_kind_is_found_in_every_form_wherever_it_stands() {
    let detector = Detector::new(Settings::all());
    let sides = [
        ("", ""),
        ("请记", ""),
        ("", "谢谢"),
        ("请记", "谢谢"),
        ("(", ")"),
        ("，", "。"),
    ];
    let mut missed = Vec::new();
    for row in ROWS {
        for form in row.forms {
            let value = written(row, *form);
            for (left, right) in sides {
                for word in [row.word, ""] {
                    if word.is_empty() && !row.bare
                        || row.value.is_ascii() && *form == Lower && word.is_empty()
                    {
                        continue;
                    }
                    let text = format!("{left}{word}{value}{right}");
                    let start = left.len() + word.len();
                    if !is_found(&detector, &text, start, &value, row.kind) {
                        missed.push(format!("{} {form:?}: {text}", row.kind));
                    }
                }
            }
        }
    }
    assert!(
        missed.is_empty(),
        "{} missed:\n{}",
        missed.len(),
        missed.join("\n")
    );
}

#[test]
fn a_colon_a_space_or_a_verb_may_stand_between_word_and_value() {
    let detector = Detector::new(Settings::all());
    let mut missed = Vec::new();
    for row in ROWS {
        let chinese = !row.word.is_ascii();
        let links: &[&str] = if chinese {
            &["", "：", ":", " ", "是", "为", "：\u{3000}"]
        } else {
            &[": ", " is ", "= "]
        };
        for link in links {
            let word = row.word.trim_end();
            let text = format!("{word}{link}{}", row.value);
            if !is_found(
                &detector,
                &text,
                word.len() + link.len(),
                row.value,
                row.kind,
            ) {
                missed.push(format!("{}: {text}", row.kind));
            }
        }
    }
    assert!(
        missed.is_empty(),
        "{} missed:\n{}",
        missed.len(),
        missed.join("\n")
    );
}

#[test]
fn several_in_one_run_are_told_apart() {
    let detector = Detector::new(Settings::all());
    let phone = ("13812345678", Kind::Mobile);
    let id = ("11010519491231002X", Kind::ResidentId);
    let card = ("6222020000001234566", Kind::BankCard);
    let line = ("010-65120909", Kind::Landline);
    let runs: &[&[(&str, Kind)]] = &[
        &[phone, id],
        &[id, phone],
        &[phone, id, card],
        &[card, phone],
        &[id, card, phone],
        &[phone, phone],
    ];
    for run in runs {
        for separator in ["", " ", "-", "  ", "/", ",", "，", "、", "\u{3000}"] {
            let text: Vec<&str> = run.iter().map(|(value, _)| *value).collect();
            let text = text.join(separator);
            let kinds: Vec<Kind> = scan(&detector, &text)
                .iter()
                .map(|finding| finding.kind)
                .collect();
            let wanted: Vec<Kind> = run.iter().map(|(_, kind)| *kind).collect();
            assert_eq!(kinds, wanted, "{text}");
        }
    }
    for text in [
        "010-65120909 13812345678",
        "13812345678/010-65120909",
        "010-65120909、65120910",
        "电话65120909、65120910",
    ] {
        assert_eq!(scan(&detector, text).len(), 2, "{text} {line:?}");
    }
}
