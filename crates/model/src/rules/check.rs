//! Reads a pack and says all that is wrong with it, each with its line.

use std::fmt;

use jiff::civil::Date;
use toml::Spanned;

use super::category::{Category, Expiry, StartEvent, TenantKind};
use super::length::too_short;
use super::pack::{FORMAT, Pack, PackFile, Rule, RuleFile, Said};
use crate::calendar::{Counting, Holidays, Period};

/// A pack of every category, kind of house and language takes a tenth of this.
const BYTES_MAX: usize = 1024 * 1024;
const RULES_MAX: usize = 1_000;
const TEXT_BYTES_MAX: usize = 1_024;
const NAME_BYTES_MAX: usize = 64;

/// One thing that is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Line of the file, from 1.
    pub line: usize,
    /// Category or field it is about.
    pub place: String,
    /// What is wrong, and what to do.
    pub what: String,
}

/// A pack that was refused, with all that is wrong.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub struct BadPack {
    /// In the order of the file; never empty.
    pub problems: Vec<Problem>,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "line {}, {}: {}",
            self.line, self.place, self.what
        )
    }
}

impl fmt::Display for BadPack {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for problem in &self.problems {
            write!(formatter, "{separator}{problem}")?;
            separator = "\n";
        }
        Ok(())
    }
}

pub(super) fn check(text: &str) -> Result<Pack, BadPack> {
    let one = |line, place: &str, what: String| BadPack {
        problems: vec![Problem {
            line,
            place: place.to_owned(),
            what,
        }],
    };
    if text.len() > BYTES_MAX {
        let what = format!("has {} bytes; at most {BYTES_MAX} are read", text.len());
        return Err(one(1, "pack", what));
    }
    let file: PackFile = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        one(line_of(text, at), "pack", error.message().to_owned())
    })?;
    let mut problems = Problems {
        text,
        list: Vec::new(),
    };
    let calendar = problems.head(&file);
    let mut rules = Vec::with_capacity(file.rules.len());
    let mut seen = Vec::new();
    for rule in file.rules.iter().take(RULES_MAX) {
        if let Some(checked) = problems.rule(rule, calendar.as_ref(), &mut seen) {
            rules.push(checked);
        }
    }
    if file.rules.len() > RULES_MAX {
        problems.add(0, "rule", format!("more than {RULES_MAX} rules"));
    }
    match calendar {
        Some(calendar) if problems.list.is_empty() => Ok(Pack {
            name: file.name,
            version: file.version,
            calendars: vec![calendar],
            rules,
        }),
        _ => Err(BadPack {
            problems: problems.list,
        }),
    }
}

struct Problems<'t> {
    text: &'t str,
    list: Vec<Problem>,
}

impl Problems<'_> {
    fn add(&mut self, at: usize, place: &str, what: impl Into<String>) {
        self.list.push(Problem {
            line: line_of(self.text, at),
            place: place.to_owned(),
            what: what.into(),
        });
    }

    /// A field of the head, by the line it begins.
    fn add_head(&mut self, field: &str, what: impl Into<String>) {
        let begins = |line: &str| {
            let rest = line.trim_start().strip_prefix(field);
            rest.is_some_and(|rest| rest.trim_start().starts_with('='))
        };
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            if begins(line) {
                break;
            }
            at += line.len();
        }
        let at = if at == self.text.len() { 0 } else { at };
        self.add(at, field, what);
    }

    fn head(&mut self, file: &PackFile) -> Option<(Counting, Holidays)> {
        if file.format != FORMAT {
            self.add_head("format", format!("must be \"{FORMAT}\""));
        }
        let is_name = |text: &str| {
            let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
            !text.is_empty()
                && text.len() <= NAME_BYTES_MAX
                && text
                    .bytes()
                    .all(|byte| plain(byte) || b"-+.".contains(&byte))
        };
        let letters = "small letters, digits, hyphens, dots and +, 64 at most";
        if !is_name(&file.name) {
            self.add_head("name", letters);
        }
        if !is_name(&file.version) {
            self.add_head("version", letters);
        }
        let Some(counting) = Counting::named(&file.counting) else {
            self.add_head("counting", one_of(Counting::ALL.map(Counting::as_str)));
            return None;
        };
        let table = match (counting, &file.member_state) {
            (Counting::Regulation1182, Some(state)) => match Holidays::member_state(state) {
                Ok(table) => table,
                Err(error) => {
                    self.add_head("member-state", error.to_string());
                    return None;
                }
            },
            (_, Some(_)) => {
                self.add_head("member-state", "only regulation-1182-71 has member states");
                return None;
            }
            (Counting::CivilCode, None) => Holidays::china(),
            (_, None) => Holidays::weekends_only(),
        };
        match Holidays::from_years(&file.holidays) {
            Ok(more) => Some((counting, table.with(&more))),
            Err(error) => {
                self.add_head("[holidays", error.to_string());
                None
            }
        }
    }

    /// A rule, if nothing is wrong with it.
    fn rule(
        &mut self,
        spanned: &Spanned<RuleFile>,
        calendar: Option<&(Counting, Holidays)>,
        seen: &mut Vec<(Category, Option<TenantKind>)>,
    ) -> Option<Rule> {
        let (at, file) = (spanned.span().start, spanned.get_ref());
        let before = self.list.len();
        let Ok(category) = file.category.parse::<Category>() else {
            let what = one_of(Category::ALL.iter().map(|name| name.as_str()));
            self.add(at, "category", what);
            return None;
        };
        let tenants = self.tenants(at, category, file, seen);
        // What clashes is not counted: the time that a pack takes has an end.
        let calendar = calendar.filter(|_| self.list.len() == before);
        let purpose = self.said(at, category, "purpose", file.purpose.as_ref());
        let basis = self.said(at, category, "basis", file.basis.as_ref());
        let article = self.said(at, category, "article", file.article.as_ref());
        let starts = StartEvent::ALL.iter().map(|name| name.as_str());
        let start = self.name(at, category, "start", file.start.as_deref(), starts);
        let expiries = Expiry::ALL.iter().map(|name| name.as_str());
        let on_expiry = self.name(
            at,
            category,
            "on-expiry",
            file.on_expiry.as_deref(),
            expiries,
        );
        let floor = self.period(at, category, "floor", file.floor.as_deref());
        let ceiling = self.period(at, category, "ceiling", file.ceiling.as_deref());
        self.floor_and_ceiling(
            at,
            category,
            calendar,
            floor,
            ceiling,
            file.ceiling.is_some(),
        );
        let (review, owner) = self.review_and_owner(at, category, file);
        if self.list.len() > before {
            return None;
        }
        Some(Rule {
            category,
            tenants,
            purpose: purpose?,
            basis: basis?,
            article: article?,
            start: start?,
            floor: floor.filter(|floor| !floor.is_nothing()),
            ceiling: ceiling?,
            on_expiry: on_expiry?,
            review: review?,
            owner: owner?,
            calendar: 0,
        })
    }

    /// A text for people, in both languages.
    fn said(
        &mut self,
        at: usize,
        category: Category,
        field: &str,
        said: Option<&Said>,
    ) -> Option<Said> {
        let is_text = |text: &str| !text.trim().is_empty() && text.len() <= TEXT_BYTES_MAX;
        let said = said.filter(|said| is_text(&said.zh) && is_text(&said.en));
        if said.is_none() {
            let what = "is missing: a text for people, as { zh = \"...\", en = \"...\" }";
            self.add(at, &format!("{category}: {field}"), what);
        }
        said.cloned()
    }

    fn review_and_owner(
        &mut self,
        at: usize,
        category: Category,
        file: &RuleFile,
    ) -> (Option<Date>, Option<String>) {
        let review = file.review.and_then(|review| {
            let day = review.date?;
            let (month, day_of_month) = (i8::try_from(day.month), i8::try_from(day.day));
            Date::new(
                i16::try_from(day.year).ok()?,
                month.ok()?,
                day_of_month.ok()?,
            )
            .ok()
        });
        if review.is_none() {
            let what = "is missing: the day on which somebody looks again, as 2027-11-01";
            self.add(at, &format!("{category}: review"), what);
        }
        let is_owner = |owner: &String| !owner.trim().is_empty() && owner.len() <= TEXT_BYTES_MAX;
        let owner = file.owner.clone().filter(is_owner);
        if owner.is_none() {
            let what = "is missing: who answers for the rule";
            self.add(at, &format!("{category}: owner"), what);
        }
        (review, owner)
    }

    fn tenants(
        &mut self,
        at: usize,
        category: Category,
        file: &RuleFile,
        seen: &mut Vec<(Category, Option<TenantKind>)>,
    ) -> Vec<TenantKind> {
        let place = format!("{category}: tenants");
        let mut tenants = Vec::new();
        for name in &file.tenants {
            if let Ok(tenant) = name.parse() {
                tenants.push(tenant);
            } else {
                let what = one_of(TenantKind::ALL.iter().map(|name| name.as_str()));
                self.add(at, &place, what);
            }
        }
        let each: Vec<Option<TenantKind>> = match tenants.as_slice() {
            [] => vec![None],
            several => several.iter().copied().map(Some).collect(),
        };
        for tenant in each {
            let clashes = |(other, kind): &(Category, Option<TenantKind>)| {
                *other == category && (kind.is_none() || tenant.is_none() || *kind == tenant)
            };
            if seen.iter().any(clashes) {
                self.add(
                    at,
                    &place,
                    "there is a rule for this category and kind of house already",
                );
            }
            seen.push((category, tenant));
        }
        tenants
    }

    fn name<'n, T: std::str::FromStr>(
        &mut self,
        at: usize,
        category: Category,
        field: &str,
        name: Option<&str>,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Option<T> {
        let parsed = name.and_then(|name| name.parse().ok());
        if parsed.is_none() {
            let known = one_of(names);
            let what = match (field, name) {
                (_, None) => format!("is missing; {known}"),
                ("start", Some(name)) => format!("nobody emits {name:?}; {known}"),
                (_, Some(name)) => format!("{name:?} is not known; {known}"),
            };
            self.add(at, &format!("{category}: {field}"), what);
        }
        parsed
    }

    fn period(
        &mut self,
        at: usize,
        category: Category,
        field: &str,
        text: Option<&str>,
    ) -> Option<Period> {
        match text?.parse() {
            Ok(period) => Some(period),
            Err(error) => {
                self.add(at, &format!("{category}: {field}"), format!("{error}"));
                None
            }
        }
    }

    fn floor_and_ceiling(
        &mut self,
        at: usize,
        category: Category,
        calendar: Option<&(Counting, Holidays)>,
        floor: Option<Period>,
        ceiling: Option<Period>,
        has_ceiling: bool,
    ) {
        let place = format!("{category}: ceiling");
        if !has_ceiling {
            let what =
                "is missing: a rule says how long a record may stay at most, such as \"180d\"";
            self.add(at, &place, what);
        }
        let (Some(ceiling), Some((counting, holidays))) = (ceiling, calendar) else {
            return;
        };
        if ceiling.is_nothing() {
            self.add(at, &place, "is no time at all; write at least 1h");
        }
        let Some(floor) = floor else { return };
        let earlier = too_short(*counting, holidays, ceiling, floor);
        if let Some(event) = earlier {
            let what = format!(
                "{ceiling} ends before the floor of {floor}: it would be erased while it must be kept (counted from {event})"
            );
            self.add(at, &place, what);
        }
    }
}

fn one_of<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    format!("write one of {}", names.join(", "))
}

fn line_of(text: &str, at: usize) -> usize {
    memchr::memchr_iter(b'\n', &text.as_bytes()[..at.min(text.len())]).count() + 1
}
