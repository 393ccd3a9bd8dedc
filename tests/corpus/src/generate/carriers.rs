//! The words around a value: what a guest or an agent writes before and behind it.

use wuhen_detect::Kind;

use crate::dice::Dice;
use crate::values::Language;

/// Kinds that come together with others in one message.
pub(super) const COMPANIONS: &[Kind] = &[
    Kind::PersonName,
    Kind::Mobile,
    Kind::ResidentId,
    Kind::BankCard,
    Kind::Email,
    Kind::Passport,
    Kind::WechatId,
    Kind::LicencePlate,
    Kind::BookingNumber,
    Kind::DateOfBirth,
    Kind::PersonName,
    Kind::Mobile,
];
/// What parts two items.
pub(super) const PARTINGS: &[&str] = &[" ", "，", " / ", "\n", "；", ", "];

/// Words before a value, Chinese and English. Without one of them most kinds are only numbers.
const WORDS: &[(Kind, &[&str], &[&str])] = &[
    (
        Kind::ResidentId,
        &["身份证", "身份证号", "证件号码", "我的身份证号码"],
        &["id number", "Chinese ID", "my ID card no"],
    ),
    (
        Kind::PermanentResidentId,
        &["永居证", "外国人永久居留身份证", "永居身份证号"],
        &["permanent resident ID", "PR card"],
    ),
    (
        Kind::BankCard,
        &["卡号", "银行卡", "信用卡号", "退款退到这张卡"],
        &["card number", "my credit card", "card"],
    ),
    (
        Kind::CardSecurityCode,
        &["安全码", "CVV", "背面三位", "卡背后三位数"],
        &["cvv", "security code", "CVC"],
    ),
    (
        Kind::Mobile,
        &["手机", "手机号", "电话", "联系电话", "我电话"],
        &["mobile", "my phone", "call me at"],
    ),
    (
        Kind::Landline,
        &["座机", "电话", "办公电话", "固话"],
        &["landline", "office phone", "tel"],
    ),
    (
        Kind::Phone,
        &["电话", "境外电话", "联系电话", "手机"],
        &["phone", "my number", "whatsapp"],
    ),
    (
        Kind::Email,
        &["邮箱", "发票发到", "电子邮箱"],
        &["email", "send it to", "my mail"],
    ),
    (
        Kind::Passport,
        &["护照", "护照号", "护照号码"],
        &["passport", "passport no", "passport number"],
    ),
    (
        Kind::TravelPermit,
        &["回乡证", "港澳通行证", "通行证号码"],
        &["home return permit", "travel permit"],
    ),
    (
        Kind::Hkid,
        &["香港身份证", "香港身份证号"],
        &["HKID", "Hong Kong ID"],
    ),
    (
        Kind::TaiwanId,
        &["台湾身份证", "台湾身份证字号"],
        &["Taiwan ID", "Taiwan ID number"],
    ),
    (
        Kind::MacauId,
        &["澳门身份证", "澳门身份证号码"],
        &["Macau ID", "Macau ID card"],
    ),
    (
        Kind::OrgCode,
        &["税号", "统一社会信用代码", "纳税人识别号"],
        &["tax number", "company tax ID"],
    ),
    (
        Kind::LicencePlate,
        &["车牌", "车牌号", "我的车是"],
        &["plate", "my car is", "licence plate"],
    ),
    (
        Kind::IpAddress,
        &["IP地址", "电视的地址"],
        &["ip", "ip address"],
    ),
    (
        Kind::MacAddress,
        &["电脑的MAC地址", "网卡地址"],
        &["mac", "mac address"],
    ),
    (
        Kind::Imei,
        &["手机串号", "IMEI串号"],
        &["imei", "IMEI number"],
    ),
    (
        Kind::Iban,
        &["境外账号", "IBAN账号"],
        &["IBAN", "iban for the refund"],
    ),
    (
        Kind::WechatId,
        &["微信", "微信号", "加我微信"],
        &["wechat", "WeChat ID", "my wechat id"],
    ),
    (Kind::QqId, &["QQ", "QQ号", "扣扣号"], &["QQ", "my qq"]),
    (
        Kind::BookingNumber,
        &["订单号", "预订号", "确认号", "订单编号"],
        &["booking number", "confirmation number", "order no"],
    ),
    (
        Kind::VerificationCode,
        &["验证码", "短信验证码", "校验码"],
        &["verification code", "otp", "the code from the sms"],
    ),
    (
        Kind::DateOfBirth,
        &["出生日期", "生日", "出生"],
        &["date of birth", "DOB", "born on"],
    ),
    (
        Kind::PersonName,
        &["姓名", "入住人", "客人姓名", "联系人", "我叫"],
        &["my name is", "guest name", "booked under"],
    ),
    (
        Kind::Address,
        &["地址", "我的地址", "寄到", "收货地址", "家住"],
        &["my address is", "ship it to", "home address"],
    ),
    (
        Kind::Secret,
        &["密钥", "接口密钥"],
        &["api key", "token", "secret key"],
    ),
];
/// Kinds that need no word before them to be known.
const EVIDENT: [Kind; 6] = [
    Kind::Mobile,
    Kind::ResidentId,
    Kind::BankCard,
    Kind::Email,
    Kind::LicencePlate,
    Kind::MacAddress,
];
/// Of a hundred evident values, those without a word.
const BARE_PERCENT: usize = 25;

/// The word of a companion, with a space or a colon behind it, or nothing.
pub(super) fn word(kind: Kind, language: Language, dice: &mut Dice) -> &'static str {
    let words: &[&'static str] = match (kind, language) {
        (Kind::PersonName, Language::Chinese) => &["", "姓名：", "入住人 "],
        (Kind::PersonName, Language::English) => &["", "name: ", "guest "],
        (Kind::Mobile, Language::Chinese) => &["", "电话：", "手机 "],
        (Kind::Mobile, Language::English) => &["", "phone: ", "mobile "],
        (Kind::ResidentId, Language::Chinese) => &["", "身份证：", "身份证号 "],
        (Kind::ResidentId, Language::English) => &["", "ID: ", "Chinese ID "],
        (Kind::BankCard, Language::Chinese) => &["", "卡号：", "银行卡 "],
        (Kind::BankCard, Language::English) => &["", "card: ", "card number "],
        (Kind::Email, Language::Chinese) => &["", "邮箱：", "邮箱 "],
        (Kind::Email, Language::English) => &["", "email: ", "mail "],
        (Kind::Passport, Language::Chinese) => &["护照：", "护照号 "],
        (Kind::Passport, Language::English) => &["passport: ", "passport no "],
        (Kind::WechatId, Language::Chinese) => &["微信：", "微信号 "],
        (Kind::WechatId, Language::English) => &["wechat: ", "WeChat ID "],
        (Kind::LicencePlate, Language::Chinese) => &["", "车牌：", "车牌号 "],
        (Kind::LicencePlate, Language::English) => &["plate: ", "plate "],
        (Kind::DateOfBirth, Language::Chinese) => &["生日：", "出生日期 "],
        (Kind::DateOfBirth, Language::English) => &["DOB: ", "date of birth "],
        (_, Language::Chinese) => &["订单号：", "预订号 "],
        (_, Language::English) => &["booking number: ", "confirmation number "],
    };
    words[dice.below(words.len())]
}

/// What stands before the value, which Han touches or not.
pub(super) fn lead(kind: Kind, language: Language, is_han: bool, dice: &mut Dice) -> String {
    let bare = EVIDENT.contains(&kind) && dice.percent(BARE_PERCENT);
    let (_, chinese, english) = WORDS
        .iter()
        .find(|(one, ..)| *one == kind)
        .expect("every kind has its words");
    match language {
        Language::English if bare => (*dice.pick(&["", "hi, ", "ok ", "here you go: "])).to_owned(),
        Language::English => {
            let greeting = *dice.pick(&["", "", "Hi, ", "ok so ", "pls note "]);
            let joint = *dice.pick(&[" ", ": ", " is ", " - "]);
            let word = dice.pick(english);
            // "my name is is" is no slip that people make.
            let joint = if word.ends_with(" is") { " " } else { joint };
            format!("{greeting}{word}{joint}")
        }
        Language::Chinese if bare && is_han => {
            (*dice.pick(&["发你", "记一下", "用这个", "就是"])).to_owned()
        }
        Language::Chinese if bare => (*dice.pick(&["", "好的，", "嗯 ", "你记下："])).to_owned(),
        Language::Chinese => {
            let greeting = *dice.pick(&["", "", "你好，", "麻烦了 ", "那个…", "亲，"]);
            let word = dice.pick(chinese);
            // "寄到是" and "我的车是是" are no slips that people make.
            let is_verb = word.ends_with(['到', '住', '叫', '是']);
            let joint = match (is_han, word.ends_with(|c: char| c.is_ascii())) {
                (true, false) if is_verb => "",
                (true, true) => *dice.pick(&["是", "号是", "写"]),
                (true, false) => *dice.pick(&["", "是", "为"]),
                (false, _) => *dice.pick(&["：", ":", " ", "， "]),
            };
            format!("{greeting}{word}{joint}")
        }
    }
}

/// What stands behind the value.
pub(super) fn tail(kind: Kind, language: Language, is_han: bool, dice: &mut Dice) -> &'static str {
    let words: &[&'static str] = match (language, is_han) {
        (Language::English, _) => &["", "", ", thanks", " pls", ". Thank you!", " ok?", "\nthx"],
        (Language::Chinese, false) => &[
            "",
            "",
            "。",
            "，谢谢",
            " 谢谢",
            "！",
            "\n麻烦了",
            " 🙏",
            "，尽快",
        ],
        // A name or an address would run on into most words.
        (Language::Chinese, true) if kind == Kind::PersonName => {
            &["已经到了", "要加床", "的房间", "订的"]
        }
        (Language::Chinese, true) => &["谢谢", "麻烦登记", "可以吗", "你看一下", "收到没", "这个"],
    };
    words[dice.below(words.len())]
}
