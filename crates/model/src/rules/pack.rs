//! A rule pack as it is written in TOML, and as it is used once it was checked.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::category::{Category, Expiry, StartEvent, TenantKind};
use super::check::{BadPack, check};
use crate::calendar::{Counting, Holidays, Period};

/// The first line of every pack.
pub(super) const FORMAT: &str = "wuhen-rules/1";

/// A sentence for people, in both languages.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A pack as its file has it. The JSON schema is made from this.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PackFile {
    /// `wuhen-rules/1`.
    pub format: String,
    /// What it is called: small letters, digits, hyphens and `+`.
    pub name: String,
    /// Which one of that name; packs are compared by it.
    pub version: String,
    /// By which law its periods are counted: `civil-code`, `regulation-1182-71` or `plain`.
    pub counting: String,
    /// Whose public holidays count under `regulation-1182-71`: two letters. Without it only weekends do.
    pub member_state: Option<String>,
    /// Holidays of years that the program does not know yet, or knows otherwise.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, HolidaysOfAYear>")]
    pub holidays: BTreeMap<String, crate::calendar::Year>,
    /// The rules. Of each category and kind of house there is one at most.
    #[serde(default, rename = "rule")]
    #[schemars(with = "Vec<RuleFile>")]
    pub rules: Vec<toml::Spanned<RuleFile>>,
}

/// Holidays of one year, days as `01-31`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "it is only described")]
struct HolidaysOfAYear {
    /// Days of rest.
    rest: Vec<String>,
    /// Weekend days that are worked.
    work: Vec<String>,
}

/// One rule as its file has it. Everything that a checker could name is optional here, so that it can be named.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleFile {
    /// Of which records.
    #[schemars(with = "Category")]
    pub category: String,
    /// Of which kinds of house; without it, of all.
    #[serde(default)]
    #[schemars(with = "Vec<TenantKind>")]
    pub tenants: Vec<String>,
    /// What the records are kept for.
    #[schemars(with = "Said")]
    pub purpose: Option<Said>,
    /// On what legal basis.
    #[schemars(with = "Said")]
    pub basis: Option<Said>,
    /// Which article says so; every refusal quotes it.
    #[schemars(with = "Said")]
    pub article: Option<Said>,
    /// From which event it counts.
    #[schemars(with = "StartEvent")]
    pub start: Option<String>,
    /// How long a record must stay: `3y`. Without it, not at all.
    pub floor: Option<String>,
    /// How long a record may stay: `3y 30d`.
    #[schemars(with = "String")]
    pub ceiling: Option<String>,
    /// What happens then: `erase` or `review`.
    #[schemars(with = "Expiry")]
    pub on_expiry: Option<String>,
    /// When somebody looks at the rule again.
    #[schemars(with = "String")]
    pub review: Option<toml::value::Datetime>,
    /// Who answers for it.
    #[schemars(with = "String")]
    pub owner: Option<String>,
}

/// A rule that was checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rule {
    /// Of which records.
    pub category: Category,
    /// Of which kinds of house; empty: of all.
    pub tenants: Vec<TenantKind>,
    /// What the records are kept for.
    pub purpose: Said,
    /// On what legal basis.
    pub basis: Said,
    /// Which article says so.
    pub article: Said,
    /// From which event it counts.
    pub start: StartEvent,
    /// How long a record must stay.
    pub floor: Option<Period>,
    /// How long a record may stay. Never ends before the floor does.
    pub ceiling: Period,
    /// What happens then.
    pub on_expiry: Expiry,
    /// When somebody looks at the rule again.
    pub review: Date,
    /// Who answers for it.
    pub owner: String,
    /// Which calendar counts for it: an index into [`Pack::calendars`].
    pub calendar: usize,
}

/// Rules that were checked. One that is put together of several has several rules of a category, and all of them hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pack {
    /// What it is called.
    pub name: String,
    /// Which one of that name.
    pub version: String,
    /// How periods are counted, and with which holidays.
    pub calendars: Vec<(Counting, Holidays)>,
    /// In the order of the file.
    pub rules: Vec<Rule>,
}

impl Pack {
    /// Names of the packs that come with the program.
    pub const SHIPPED: [&'static str; 4] = ["cn", "eu", "cn+eu", "none"];

    /// Reads and checks a pack.
    ///
    /// # Errors
    ///
    /// [`BadPack`] has all that is wrong with it, each with its line.
    pub fn parse(text: &str) -> Result<Self, BadPack> {
        check(text)
    }

    /// The JSON schema of a pack's file, in lines.
    ///
    /// # Panics
    ///
    /// Never: the schema is made of strings and maps.
    #[must_use]
    pub fn schema() -> String {
        let schema = schemars::schema_for!(PackFile);
        serde_json::to_string_pretty(&schema).expect("a schema is JSON")
    }

    /// A pack that comes with the program.
    ///
    /// # Panics
    ///
    /// Never: the packs are part of the program, and tested.
    #[must_use]
    pub fn shipped(name: &str) -> Option<Self> {
        let texts = Self::shipped_texts(name)?;
        Some(Self::parse_all(texts).expect("shipped packs are tested"))
    }

    /// The files of a pack that comes with the program: one, or those that hold together.
    #[must_use]
    pub fn shipped_texts(name: &str) -> Option<&'static [&'static str]> {
        const CN: &str = include_str!("../../data/packs/cn.toml");
        const EU: &str = include_str!("../../data/packs/eu.toml");
        const NONE: &str = include_str!("../../data/packs/none.toml");
        Some(match name {
            "cn" => &[CN],
            "eu" => &[EU],
            "cn+eu" => &[CN, EU],
            "none" => &[NONE],
            _ => return None,
        })
    }

    /// Reads and checks files that hold together, the strictest of them each time.
    ///
    /// # Errors
    ///
    /// [`BadPack`] of the first that is none. No file is no pack.
    pub fn parse_all<T: AsRef<str>>(texts: &[T]) -> Result<Self, BadPack> {
        let (first, others) = texts
            .split_first()
            .map_or(("", texts), |(first, others)| (first.as_ref(), others));
        let mut pack = Self::parse(first)?;
        for text in others {
            pack = pack.strictest(Self::parse(text.as_ref())?);
        }
        Ok(pack)
    }

    /// Both packs at once: every floor of either must be kept, and the earlier ceiling holds, though never before a floor ends.
    #[must_use]
    pub fn strictest(mut self, other: Self) -> Self {
        let calendars = self.calendars.len();
        self.name = format!("{}+{}", self.name, other.name);
        self.version = format!("{}+{}", self.version, other.version);
        self.calendars.extend(other.calendars);
        self.rules.extend(other.rules.into_iter().map(|rule| Rule {
            calendar: rule.calendar + calendars,
            ..rule
        }));
        self
    }

    /// Rules of a category for a kind of house.
    pub fn rules_of(&self, category: Category, tenant: TenantKind) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(move |rule| {
            rule.category == category && (rule.tenants.is_empty() || rule.tenants.contains(&tenant))
        })
    }
}
