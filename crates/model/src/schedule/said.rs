//! Schedules as people say them, in English and Chinese, turned into five fields of cron.

use std::collections::BTreeSet;

use super::BadSchedule;
use crate::search::normalise;

/// Days as they are named.
#[derive(Default)]
struct Days {
    of_month: BTreeSet<u8>,
    last: bool,
    /// Sunday is 0.
    of_week: BTreeSet<u8>,
    daily: bool,
}

/// Five fields for words that end with a time of day.
pub(super) fn fields(text: &str) -> Result<String, BadSchedule> {
    // Full-width digits and colons are what Chinese keyboards write.
    let text = normalise(text.trim());
    let is_time = |c: char| c.is_ascii_digit() || c == ':';
    let head = text.trim_end_matches(is_time);
    let (hour, minute) = time_of_day(&text[head.len()..])?;
    let days = Days::read(head)?;
    let list = |set: &BTreeSet<u8>| -> Vec<String> { set.iter().map(u8::to_string).collect() };
    let mut of_month = list(&days.of_month);
    if days.last {
        of_month.push("L".to_owned());
    }
    let of_week = list(&days.of_week);
    // One kind of day at a time: "mondays and the 1st" is read as either by some and as both by others.
    let (of_month, of_week) = match (of_month.is_empty(), of_week.is_empty(), days.daily) {
        (true, true, true) => ("*".to_owned(), "*".to_owned()),
        (false, true, false) => (of_month.join(","), "*".to_owned()),
        (true, false, false) => ("*".to_owned(), of_week.join(",")),
        _ => return Err(BadSchedule::Shape),
    };
    Ok(format!("{minute} {hour} {of_month} * {of_week}"))
}

fn time_of_day(text: &str) -> Result<(u8, u8), BadSchedule> {
    let (hour, minute) = text.split_once(':').ok_or(BadSchedule::Shape)?;
    if hour.is_empty() || hour.len() > 2 || minute.len() != 2 {
        return Err(BadSchedule::Time);
    }
    let hour: u8 = hour.parse().map_err(|_| BadSchedule::Time)?;
    let minute: u8 = minute.parse().map_err(|_| BadSchedule::Time)?;
    if hour > 23 || minute > 59 {
        return Err(BadSchedule::Time);
    }
    Ok((hour, minute))
}

impl Days {
    fn read(head: &str) -> Result<Self, BadSchedule> {
        let mut days = Self::default();
        let mut rest = head;
        let mut in_week = false;
        while let Some(first) = rest.chars().next() {
            if let Some(behind) = strip_any(rest, &["最后一天", "最后一日", "月末", "月底"])
            {
                days.last = true;
                rest = behind;
            } else if let Some(behind) = strip_any(rest, &["每天", "每日"]) {
                days.daily = true;
                rest = behind;
            } else if let Some(behind) = strip_any(rest, &["星期", "礼拜", "周"]) {
                in_week = true;
                let day = behind.chars().next().and_then(weekday_of_han);
                days.of_week.insert(day.ok_or(BadSchedule::Shape)?);
                // Every character of weekday_of_han has three bytes.
                rest = &behind[3..];
            } else if let Some(day) = weekday_of_han(first).filter(|_| in_week) {
                days.of_week.insert(day);
                rest = &rest[first.len_utf8()..];
            } else if first.is_ascii_digit() {
                rest = days.day_of_month(rest)?;
            } else if first.is_ascii_alphabetic() {
                rest = days.word(rest)?;
            } else if first.is_whitespace() || ",、和与及每月的在于".contains(first) {
                in_week &= first != '月';
                rest = &rest[first.len_utf8()..];
            } else {
                return Err(BadSchedule::Shape);
            }
        }
        Ok(days)
    }

    /// `15`, `15th`, `15日`.
    fn day_of_month<'t>(&mut self, text: &'t str) -> Result<&'t str, BadSchedule> {
        let behind = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = &text[..text.len() - behind.len()];
        let day: u8 = digits.parse().map_err(|_| BadSchedule::Day)?;
        if !(1..=31).contains(&day) {
            return Err(BadSchedule::Day);
        }
        self.of_month.insert(day);
        let behind = strip_any(behind, &["st", "nd", "rd", "th", "日", "号"]).unwrap_or(behind);
        if behind.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return Err(BadSchedule::Shape);
        }
        Ok(behind)
    }

    fn word<'t>(&mut self, text: &'t str) -> Result<&'t str, BadSchedule> {
        let behind = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let word = &text[..text.len() - behind.len()];
        match word {
            "at" | "and" | "on" | "the" | "of" | "each" | "every" | "month" | "monthly" => {}
            "last" => self.last = true,
            "daily" => self.daily = true,
            // "the last day", "every day"; "every monday" has no such word behind it.
            "day" => self.daily |= !self.last && self.of_month.is_empty(),
            _ => {
                let day = weekday_of_english(word).ok_or(BadSchedule::Shape)?;
                self.of_week.insert(day);
            }
        }
        Ok(behind)
    }
}

fn strip_any<'t>(text: &'t str, prefixes: &[&str]) -> Option<&'t str> {
    prefixes.iter().find_map(|prefix| text.strip_prefix(prefix))
}

fn weekday_of_han(character: char) -> Option<u8> {
    Some(match character {
        '日' | '天' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        _ => return None,
    })
}

fn weekday_of_english(word: &str) -> Option<u8> {
    const NAMES: [&str; 7] = [
        "sunday",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
    ];
    let word = word.strip_suffix('s').unwrap_or(word);
    let is_it = |name: &str| *name == *word || name[..3] == *word;
    let place = NAMES.iter().position(|name| is_it(name))?;
    u8::try_from(place).ok()
}
