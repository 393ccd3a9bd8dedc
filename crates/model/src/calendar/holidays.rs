//! Days of rest that are no weekend, and weekends that are worked: data with a range of years, for China and each member state of
//! the EU. A rule pack may bring further years.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

/// State Council notices.
const CHINA: &str = include_str!("../../data/holidays-cn.toml");
/// National holidays of the member states.
const EUROPE: &str = include_str!("../../data/holidays-eu.toml");

/// Years that a table may have.
const YEARS: std::ops::Range<i16> = 1900..2200;

/// A table of holidays. Days that it does not name are working days unless they are at a weekend.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Holidays {
    /// Whether a named day is worked.
    days: BTreeMap<Date, bool>,
    /// Years that it knows.
    years: Vec<i16>,
    /// Whether it is asked for nothing but weekends, which are known of every year.
    weekends_only: bool,
}

/// A table that cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BadHolidays {
    /// A key that is no year, or one that no record of a hotel is from.
    #[error(
        "{0} is not a year from 1900 to 2199; write holidays as [holidays.2027] with rest = [\"01-01\"] and work = [\"01-03\"]"
    )]
    Year(String),
    /// A text that is no day of that year.
    #[error("{year}: {day} is not a day; write month and day as 01-31")]
    Day {
        /// The year it stands under.
        year: i16,
        /// As it was written.
        day: String,
    },
    /// A day that is rest and worked.
    #[error("{0} is both a day of rest and a working day")]
    Both(Date),
}

/// Two letters that are no member state of the EU.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not a member state of the EU; write its two letters, such as DE (Greece is GR)")]
pub struct UnknownState;

/// One year as packs write it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Year {
    /// Days of rest, as `01-31`.
    #[serde(default)]
    pub rest: Vec<String>,
    /// Weekend days that are worked.
    #[serde(default)]
    pub work: Vec<String>,
}

impl Holidays {
    /// Mainland China.
    ///
    /// # Panics
    ///
    /// Never: the table is part of the program, and tested.
    #[must_use]
    pub fn china() -> Self {
        let years: BTreeMap<String, Year> = toml::from_str(CHINA).expect("the table is tested");
        Self::from_years(&years).expect("the table is tested")
    }

    /// A member state of the EU, by its two letters.
    ///
    /// # Errors
    ///
    /// [`UnknownState`]
    ///
    /// # Panics
    ///
    /// Never: the table is part of the program, and tested.
    pub fn member_state(code: &str) -> Result<Self, UnknownState> {
        let states: BTreeMap<String, BTreeMap<String, Vec<String>>> =
            toml::from_str(EUROPE).expect("the table is tested");
        let years = states.get(code).ok_or(UnknownState)?;
        let years = years.iter().map(|(year, rest)| {
            let rest = rest.clone();
            let year_of = Year {
                rest,
                work: Vec::new(),
            };
            (year.clone(), year_of)
        });
        Ok(Self::from_years(&years.collect()).expect("the table is tested"))
    }

    /// No holidays in any year: weekends are the only rest.
    #[must_use]
    pub fn weekends_only() -> Self {
        Self {
            weekends_only: true,
            ..Self::default()
        }
    }

    /// Two letters of every state that [`Self::member_state`] knows.
    ///
    /// # Panics
    ///
    /// Never: the table is part of the program, and tested.
    #[must_use]
    pub fn member_states() -> Vec<String> {
        let states: BTreeMap<String, toml::Value> =
            toml::from_str(EUROPE).expect("the table is tested");
        states.into_keys().collect()
    }

    /// A table of years as packs write them.
    ///
    /// # Errors
    ///
    /// [`BadHolidays`] says which entry is wrong.
    pub fn from_years(years: &BTreeMap<String, Year>) -> Result<Self, BadHolidays> {
        let mut table = Self::default();
        for (name, year_of) in years {
            let year = name.parse().ok().filter(|year| YEARS.contains(year));
            let year: i16 = year.ok_or_else(|| BadHolidays::Year(name.clone()))?;
            for (list, works) in [(&year_of.rest, false), (&year_of.work, true)] {
                for text in list {
                    let day = day_of(year, text).ok_or_else(|| BadHolidays::Day {
                        year,
                        day: text.clone(),
                    })?;
                    if table.days.insert(day, works) == Some(!works) {
                        return Err(BadHolidays::Both(day));
                    }
                }
            }
            table.years.push(year);
        }
        table.years.sort_unstable();
        Ok(table)
    }

    /// The same, with what another table says of the years it knows.
    #[must_use]
    pub fn with(mut self, more: &Self) -> Self {
        let replaces = |year| more.years.binary_search(&year).is_ok();
        self.days.retain(|day, _| !replaces(day.year()));
        self.years.retain(|year| !replaces(*year));
        self.days.extend(&more.days);
        self.years.extend(&more.years);
        self.years.sort_unstable();
        self
    }

    /// Whether a named day is worked. None: it is not named.
    #[must_use]
    pub fn of(&self, day: Date) -> Option<bool> {
        self.days.get(&day).copied()
    }

    /// Whether the holidays of a year are known.
    #[must_use]
    pub fn knows(&self, year: i16) -> bool {
        self.weekends_only || self.years.binary_search(&year).is_ok()
    }

    /// The first and the last year known.
    #[must_use]
    pub fn range(&self) -> Option<(i16, i16)> {
        Some((*self.years.first()?, *self.years.last()?))
    }
}

fn day_of(year: i16, text: &str) -> Option<Date> {
    let (month, day) = text.split_once('-')?;
    if month.len() != 2 || day.len() != 2 {
        return None;
    }
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}
