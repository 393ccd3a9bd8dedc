//! The two libraries, and how their kinds map to ours.

use redact_core::{AnalyzerEngine, EntityType};
use wuhen_corpus::line::Line;
use wuhen_detect::{Kind, KindSet};

use crate::contender::{ARGUS, Contender, REDACT, in_its_favour};

/// Neither library tells one sort of phone from another.
const PHONES: &[Kind] = &[Kind::Phone, Kind::Mobile, Kind::Landline];

const REDACT_KINDS: KindSet = KindSet::of(&[
    Kind::Email,
    Kind::Phone,
    Kind::Mobile,
    Kind::Landline,
    Kind::BankCard,
    Kind::Iban,
    Kind::Passport,
    Kind::IpAddress,
    Kind::MacAddress,
    Kind::Secret,
]);

pub(crate) fn redact() -> Contender {
    let [counting, finding] = [AnalyzerEngine::new(), AnalyzerEngine::new()];
    Contender {
        name: REDACT,
        is_slow: true,
        judged: REDACT_KINDS,
        count: Box::new(move |text| {
            (counting.analyze(text, None)).map_or(0, |result| result.detected_entities.len())
        }),
        find: Box::new(move |line| {
            let result = finding.analyze(&line.text, None);
            let found = result.map(|result| result.detected_entities);
            (found.unwrap_or_default().iter())
                .filter_map(|one| {
                    in_its_favour(line, one.start, one.end, redact_kinds(&one.entity_type))
                })
                .collect()
        }),
    }
}

fn redact_kinds(theirs: &EntityType) -> &'static [Kind] {
    match theirs {
        EntityType::EmailAddress => &[Kind::Email],
        EntityType::PhoneNumber | EntityType::UkPhoneNumber | EntityType::UkMobileNumber => PHONES,
        EntityType::CreditCard => &[Kind::BankCard],
        EntityType::Iban | EntityType::IbanCode => &[Kind::Iban],
        EntityType::PassportNumber | EntityType::UsPassport | EntityType::UkPassportNumber => {
            &[Kind::Passport]
        }
        EntityType::IpAddress => &[Kind::IpAddress],
        EntityType::MacAddress => &[Kind::MacAddress],
        secret if secret.is_named_secret() || *secret == EntityType::GenericSecret => {
            &[Kind::Secret]
        }
        _ => &[],
    }
}

/// Their names of kinds, and ours.
const ARGUS_KINDS: &[(&str, &[Kind])] = &[
    ("phone", PHONES),
    ("id_number", &[Kind::ResidentId, Kind::PermanentResidentId]),
    ("bank_card", &[Kind::BankCard]),
    ("credit_card", &[Kind::BankCard]),
    ("passport", &[Kind::Passport]),
    ("us_passport", &[Kind::Passport]),
    ("hk_id", &[Kind::Hkid]),
    ("tw_id", &[Kind::TaiwanId]),
    ("taiwan_arc", &[Kind::TaiwanId]),
    ("macau_id", &[Kind::MacauId]),
    ("eep", &[Kind::TravelPermit]),
    ("hrp", &[Kind::TravelPermit]),
    ("credit_code", &[Kind::OrgCode]),
    ("license_plate", &[Kind::LicencePlate]),
    ("qq", &[Kind::QqId]),
    ("wechat", &[Kind::WechatId]),
    ("email", &[Kind::Email]),
    ("ip_address", &[Kind::IpAddress]),
    ("mac_address", &[Kind::MacAddress]),
    ("imei", &[Kind::Imei]),
    ("iban", &[Kind::Iban]),
    ("date_of_birth", &[Kind::DateOfBirth]),
    ("address", &[Kind::Address]),
    ("person", &[Kind::PersonName]),
    ("openai_api_key", &[Kind::Secret]),
    ("anthropic_api_key", &[Kind::Secret]),
    ("aws_access_key", &[Kind::Secret]),
    ("github_token", &[Kind::Secret]),
    ("jwt", &[Kind::Secret]),
    ("url_token", &[Kind::Secret]),
    ("ssh_private_key", &[Kind::Secret]),
];

pub(crate) fn argus() -> Contender {
    let languages = || ["zh", "en"].map(str::to_owned).to_vec();
    let [counting, finding] = [languages(), languages()];
    Contender {
        name: ARGUS,
        is_slow: true,
        judged: (ARGUS_KINDS.iter())
            .flat_map(|(_, kinds)| *kinds)
            .copied()
            .collect(),
        count: Box::new(move |text| argus_found(text, &counting).len()),
        find: Box::new(move |line| argus_spans(line, &finding)),
    }
}

/// Its first layer, merged as its own pipeline merges. The other layers are models behind Python.
fn argus_found(text: &str, languages: &[String]) -> Vec<argus_redact_core::PatternMatch> {
    let Ok(found) = argus_redact_core::redact_l1::detect_l1(text, languages, &[]) else {
        return Vec::new();
    };
    let mut entities = found.layer1;
    entities.extend(found.person);
    entities.extend(found.regions);
    entities.extend(found.job_titles);
    entities.extend(found.framework);
    argus_redact_core::merge_entities_with_text(entities, text)
}

fn argus_spans(line: &Line, languages: &[String]) -> Vec<wuhen_corpus::line::Span> {
    // Its offsets are in characters.
    let mut bytes: Vec<usize> = line.text.char_indices().map(|(at, _)| at).collect();
    bytes.push(line.text.len());
    let at = |place: usize| bytes.get(place).copied().unwrap_or(line.text.len());
    (argus_found(&line.text, languages).iter())
        .filter_map(|one| {
            let (_, kinds) = ARGUS_KINDS.iter().find(|(name, _)| *name == one.type_)?;
            in_its_favour(line, at(one.start), at(one.end), kinds)
        })
        .collect()
}
