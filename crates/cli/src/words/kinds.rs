//! Kinds of personal data in the words of the person who reads them. JSON, and labels that a redaction leaves, keep the English
//! names: programs read them.

use wuhen_detect::Kind;

use super::Lang;

/// What a kind is called.
pub(crate) fn kind_words(lang: Lang, kind: Kind) -> &'static str {
    match lang {
        Lang::En => kind.as_str(),
        Lang::Zh => kind_zh(kind),
    }
}

/// What a kind is called of which only the name is known: one of ours, or of a later version, or none of a detector's.
pub(crate) fn kind_name_words(lang: Lang, name: &str) -> &str {
    match (lang, name.parse::<Kind>()) {
        (_, Ok(kind)) => kind_words(lang, kind),
        // Spans that somebody pointed at.
        (Lang::Zh, Err(_)) if name == "REDACTED" => "指定内容",
        (_, Err(_)) => name,
    }
}

/// What a kind is called, with the name that `--kinds` takes, where that is another.
pub(crate) fn kind_and_name(lang: Lang, kind: Kind) -> String {
    match lang {
        Lang::En => kind.as_str().to_owned(),
        Lang::Zh => format!("{}（{kind}）", kind_zh(kind)),
    }
}

/// A kind by its Chinese name.
pub(crate) fn kind_of_zh(name: &str) -> Option<Kind> {
    let mut kinds = Kind::ALL.iter().copied();
    kinds.find(|kind| kind_zh(*kind) == name)
}

fn kind_zh(kind: Kind) -> &'static str {
    match kind {
        Kind::ResidentId => "身份证号",
        Kind::PermanentResidentId => "永居证号",
        Kind::BankCard => "银行卡号",
        Kind::CardSecurityCode => "银行卡安全码",
        Kind::Mobile => "手机号",
        Kind::Landline => "座机号",
        Kind::Phone => "境外电话号码",
        Kind::Email => "邮箱",
        Kind::Passport => "护照号",
        Kind::TravelPermit => "往来通行证号",
        Kind::Hkid => "香港身份证号",
        Kind::TaiwanId => "台湾身份证号",
        Kind::MacauId => "澳门身份证号",
        Kind::OrgCode => "统一社会信用代码",
        Kind::LicencePlate => "车牌号",
        Kind::IpAddress => "IP 地址",
        Kind::MacAddress => "MAC 地址",
        Kind::Imei => "手机串号",
        Kind::Iban => "国际银行账号",
        Kind::WechatId => "微信号",
        Kind::QqId => "QQ 号",
        Kind::BookingNumber => "订单号",
        Kind::VerificationCode => "验证码",
        Kind::DateOfBirth => "出生日期",
        Kind::PersonName => "姓名",
        Kind::Address => "住址",
        Kind::Secret => "密码或密钥",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_kind_has_a_chinese_name_of_its_own_by_which_it_is_found() {
        let names: BTreeSet<_> = Kind::ALL.iter().map(|kind| kind_zh(*kind)).collect();
        assert_eq!(names.len(), Kind::ALL.len());
        for kind in Kind::ALL {
            assert_eq!(kind_of_zh(kind_zh(*kind)), Some(*kind));
            assert_eq!(kind_name_words(Lang::Zh, kind.as_str()), kind_zh(*kind));
            assert_eq!(kind_name_words(Lang::En, kind.as_str()), kind.as_str());
        }
        assert_eq!(kind_name_words(Lang::Zh, "REDACTED"), "指定内容");
        assert_eq!(kind_name_words(Lang::Zh, "SHOE_SIZE"), "SHOE_SIZE");
    }
}
