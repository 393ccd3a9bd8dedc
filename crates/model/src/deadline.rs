//! Until when a request must be answered: one clock for each right and law, counted by [`crate::calendar`], with warnings before. What a
//! request is about, and whether it was answered, is not here.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::calendar::{Counting, Holidays, Period, end_of};
use crate::rules::Pack;

/// GB/T 35273-2020, 8.7 a: an answer within 30 days.
const ANSWER_CHINA: Period = Period::of_days(30);
/// GB/T 35273-2020, 8.5 c: an account's cancellation is checked and done within 15 working days.
const CLOSURE_CHINA: Period = Period::of_working_days(15);
/// GDPR, article 12(3): one month of receipt.
const ANSWER_EUROPE: Period = Period {
    months: 1,
    ..Period::NOTHING
};
/// GDPR, article 12(3): two further months; the three are counted from receipt as one period.
const EXTENDED_EUROPE: Period = Period {
    months: 3,
    ..Period::NOTHING
};
/// A first warning while there is still time to say why it takes longer (RULES.md: "warn on day 20").
const WARN_ON_DAY: i64 = 20;
/// Warnings, in days before the last day.
const WARN_DAYS_BEFORE: [i64; 2] = [10, 3];

named! {
    /// What is asked for.
    pub enum Right {
        /// Erasure (PIPL, article 47; GDPR, article 17).
        Erasure = "erasure", "删除", "erasure";
        /// A copy (PIPL, article 45; GDPR, articles 15 and 20).
        Copy = "copy", "查阅和复制", "copy";
        /// Correction (PIPL, article 46; GDPR, article 16).
        Correction = "correction", "更正和补充", "correction";
        /// Consent is withdrawn (PIPL, article 15; GDPR, article 7(3)).
        Withdrawal = "withdrawal", "撤回同意", "withdrawal of consent";
        /// The rules are explained, or a processing is objected to (PIPL, articles 44 and 48; GDPR, articles 18 and 21).
        Objection = "objection", "限制或拒绝处理", "objection or restriction";
        /// The account is closed (GB/T 35273-2020, 8.5; E-Commerce Law, article 24).
        AccountClosure = "account-closure", "注销账号", "account closure";
    }
}

/// One clock.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deadline {
    /// The first instant at which an answer is late.
    pub due: Timestamp,
    /// When to warn, in order: always after receipt and before `due`.
    pub warn_at: Vec<Timestamp>,
    /// Whether it was made longer.
    pub extended: bool,
    /// The first instant at which it is too late to say that it takes longer. None: this law knows no extension, or it was used.
    pub notice_until: Option<Timestamp>,
    /// By which law it is counted.
    pub counting: Counting,
    /// A year whose holidays are not known, if one was needed: the last day may be a later one.
    pub unknown_year: Option<i16>,
}

/// Why a clock is not made longer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoExtension {
    /// GB/T 35273 knows none, nor does a pack without law.
    #[error("the law of this pack knows no extension")]
    NotByThisLaw,
    /// GDPR, article 12(3): within one month of receipt.
    #[error("notice of an extension has to be given within the first month")]
    NoticeIsLate,
    /// Said before it was asked.
    #[error("notice of an extension cannot be given before the request was received")]
    NoticeIsEarly,
}

/// The clocks of a request, one for each law of a pack, the first to end first. A pack that counts plainly has no law and no clock.
#[must_use]
pub fn deadlines(pack: &Pack, zone: &TimeZone, right: Right, received: Timestamp) -> Vec<Deadline> {
    clocks(pack, zone, right, received, false)
}

/// The same after notice was given that it takes longer, with the reasons, to who asked. Clocks of laws without extension stay.
///
/// # Errors
///
/// [`NoExtension`]
pub fn extended(
    pack: &Pack,
    zone: &TimeZone,
    right: Right,
    received: Timestamp,
    noticed_at: Timestamp,
) -> Result<Vec<Deadline>, NoExtension> {
    let before = deadlines(pack, zone, right, received);
    let mut limits = before.iter().filter_map(|clock| clock.notice_until);
    let limit = limits.next().ok_or(NoExtension::NotByThisLaw)?;
    if noticed_at < received {
        return Err(NoExtension::NoticeIsEarly);
    }
    if noticed_at >= limit {
        return Err(NoExtension::NoticeIsLate);
    }
    Ok(clocks(pack, zone, right, received, true))
}

fn clocks(
    pack: &Pack,
    zone: &TimeZone,
    right: Right,
    received: Timestamp,
    is_extended: bool,
) -> Vec<Deadline> {
    let calendars = pack.calendars.iter();
    let mut clocks: Vec<Deadline> = calendars
        .filter_map(|(counting, holidays)| {
            clock(*counting, holidays, zone, right, received, is_extended)
        })
        .collect();
    clocks.sort_by_key(|clock| clock.due);
    clocks
}

fn clock(
    counting: Counting,
    holidays: &Holidays,
    zone: &TimeZone,
    right: Right,
    received: Timestamp,
    is_extended: bool,
) -> Option<Deadline> {
    let (period, extended) = match (counting, right) {
        (Counting::Plain, _) => return None,
        (Counting::CivilCode, Right::AccountClosure) => (CLOSURE_CHINA, false),
        (Counting::CivilCode, _) => (ANSWER_CHINA, false),
        (Counting::Regulation1182, _) if is_extended => (EXTENDED_EUROPE, true),
        (Counting::Regulation1182, _) => (ANSWER_EUROPE, false),
    };
    let event = zone.to_datetime(received).date();
    let counted = counting.last_day(holidays, event, period);
    let due = end_of(zone, counted.last_day);
    let may_extend = counting == Counting::Regulation1182 && !extended;
    Some(Deadline {
        due,
        warn_at: warnings(zone, received, counted.last_day, extended),
        extended,
        notice_until: may_extend.then_some(due),
        counting,
        unknown_year: counted.unknown_year,
    })
}

/// Warnings come as their day begins. Day 20 is for who may still give notice; an extended clock is past it.
fn warnings(
    zone: &TimeZone,
    received: Timestamp,
    last_day: Date,
    extended: bool,
) -> Vec<Timestamp> {
    let event = zone.to_datetime(received).date();
    let day_20 = (!extended).then(|| event.checked_add(WARN_ON_DAY.days()));
    let before = WARN_DAYS_BEFORE.map(|days| last_day.checked_sub(days.days()));
    let days = day_20.into_iter().chain(before).flatten();
    let mut warn_at: Vec<Timestamp> = days
        .filter(|day| *day > event && *day <= last_day)
        .filter_map(|day| day.yesterday().ok())
        .map(|eve| end_of(zone, eve))
        .collect();
    warn_at.sort_unstable();
    warn_at.dedup();
    warn_at
}

#[cfg(test)]
mod tests;
