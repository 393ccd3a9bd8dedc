//! Values of arguments that have words of their own where they are wrong, in both languages.

use wuhen_detect::Kind;
use wuhen_model::booking::GuardDays;
use wuhen_model::calendar::Period;
use wuhen_model::schedule::Schedule;
use wuhen_service::house::{OWN_NUMBER_BYTES_MAX, OWN_NUMBER_DIGITS_MIN, is_own_number};

use crate::words::{Lang, kind_and_name, kind_of_zh, kind_words};

/// Why a value is none. clap carries it to where the language is known.
#[derive(Debug, thiserror::Error)]
#[error("{en}")]
pub(crate) struct BadValue {
    pub(crate) en: String,
    pub(crate) zh: String,
}

impl BadValue {
    pub(crate) fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self {
            en: en.into(),
            zh: zh.into(),
        }
    }
}

/// A schedule in words of either language.
pub(crate) fn schedule(text: &str) -> Result<Schedule, BadValue> {
    text.parse()
        .map_err(|bad: wuhen_model::schedule::BadSchedule| BadValue::new(bad.to_string(), bad.zh()))
}

/// A period.
pub(crate) fn period(text: &str) -> Result<Period, BadValue> {
    text.parse::<Period>().map_err(|error| {
        BadValue::new(
            error.to_string(),
            "期限写作数字加单位，从大到小，如 3y 30d；单位：y 年、mo 月、w 周、d 日、wd 工作日、h 小时（后两者单独使用）",
        )
    })
}

/// Hours, or days of 24 of them.
pub(crate) fn hours(text: &str) -> Result<u32, BadValue> {
    let period = period(text)?;
    let hours = Period::of_hours(period.hours);
    let days = Period::of_days(period.days);
    if period == hours || period == days {
        return Ok(u32::from(period.hours) + u32::from(period.days) * 24);
    }
    Err(BadValue::new(
        "write hours or days, such as 24h or 2d",
        "请写小时或天数，如 24h 或 2d",
    ))
}

/// A kind of personal data by either of its names.
pub(crate) fn kind(name: &str) -> Result<Kind, BadValue> {
    name.parse::<Kind>().or_else(|_| {
        kind_of_zh(name).ok_or_else(|| {
            let en: Vec<&str> = Kind::ALL.iter().map(|k| kind_words(Lang::En, *k)).collect();
            let zh: Vec<String> = Kind::ALL
                .iter()
                .map(|k| kind_and_name(Lang::Zh, *k))
                .collect();
            BadValue::new(
                format!("no such kind of personal data; there are {}", en.join(", ")),
                format!("没有这种个人信息；可选：{}", zh.join("、")),
            )
        })
    })
}

/// Days after check-out.
pub(crate) fn guard_days(days: &str) -> Result<GuardDays, BadValue> {
    let days = days.parse::<u8>().ok();
    days.and_then(|days| GuardDays::new(days).ok())
        .ok_or_else(|| {
            let max = GuardDays::MAX;
            BadValue::new(
                format!("write a number of days from 0 to {max}"),
                format!("应为 0 到 {max} 之间的天数"),
            )
        })
}

/// A phone number of the house.
pub(crate) fn own_number(number: &str) -> Result<String, BadValue> {
    let number = number.trim();
    if is_own_number(number) {
        return Ok(number.to_owned());
    }
    Err(BadValue::new(
        format!(
            "an own number has {OWN_NUMBER_DIGITS_MIN} digits at least, zeros before them not counted, and {OWN_NUMBER_BYTES_MAX} \
             bytes at most: digits, spaces, and +-()#*. only"
        ),
        format!(
            "本店号码至少有 {OWN_NUMBER_DIGITS_MIN} 位数字（不计开头的 0），最多 {OWN_NUMBER_BYTES_MAX} 字节，只含数字、空格和 +-()#*."
        ),
    ))
}
