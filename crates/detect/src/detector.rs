//! The scan, line by line: one walk over the characters; where it saw something, one pass over the keywords; then the recognisers
//! at the places found, and a sweep that leaves no two findings on one byte.

use std::borrow::Cow;

use crate::address::Addresses;
use crate::anchored::{anchored, answers, code_behind_card, is_open, starts_redacted, url_secret};
use crate::asks::{self, Asks, Heard};
use crate::context::Context;
use crate::finding::Finding;
use crate::keyword::{Hits, Keywords};
use crate::kind::{Kind, KindSet};
use crate::lexicon::Fold;
use crate::line::Line;
use crate::mail::mail;
use crate::network::address;
use crate::number::numbers;
use crate::own::OwnNumbers;
use crate::person::People;
use crate::plate::plate;
use crate::redact::{Style, redact};
use crate::sweep::sweep;
use crate::token::tokens;
use crate::walk::{Trigger, Walked, walk};

/// Characters that a mask leaves beside its stars, at most: where these are on no side, on one, on both.
const REST_MAX: [usize; 3] = [0, 8, 10];

/// A line that is the word for what the next one says is no longer than this.
const LABEL_BYTES_MAX: usize = 60;

/// Passes of one redaction, at most. Two are the most that text of people was seen to need.
const PASSES_MAX: usize = 16;

/// What to look for, and what is not personal here.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Kinds to look for.
    pub kinds: KindSet,
    /// The house's own phone numbers, as written anywhere: landlines, mobiles, with or without area code.
    pub own_numbers: Vec<String>,
}

impl Settings {
    /// Every kind, and nothing of our own.
    #[must_use]
    pub fn all() -> Self {
        Self {
            kinds: KindSet::ALL,
            own_numbers: Vec::new(),
        }
    }
}

/// Finds personal data. Made once, shared by any number of threads.
pub struct Detector {
    kinds: KindSet,
    keywords: Keywords,
    own: OwnNumbers,
    fold: Fold,
    people: Option<People>,
    addresses: Option<Addresses>,
    asks: Asks,
}

impl Detector {
    /// Compiles what the settings need.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "settings are made for the detector"
    )]
    pub fn new(settings: Settings) -> Self {
        let kinds = settings.kinds;
        let fold = Fold::new();
        Self {
            kinds,
            people: kinds.contains(Kind::PersonName).then(|| People::new(&fold)),
            addresses: kinds.contains(Kind::Address).then(|| Addresses::new(&fold)),
            asks: Asks::new(&fold, kinds),
            keywords: Keywords::new(),
            own: OwnNumbers::new(&settings.own_numbers),
            fold,
        }
    }

    /// Findings of a text, in order, none overlapping, all with [`Finding::SCORE_MIN`] at least. `findings` is cleared first.
    /// Lines are apart from each other, but for a word at the end of one whose value begins the next: what an empty line divides
    /// has the findings of its parts.
    pub fn scan(&self, text: &str, findings: &mut Vec<Finding>) {
        self.scan_lines(text, KindSet::NONE, &mut Heard::nothing(), findings);
    }

    /// As [`Self::scan`], inside a conversation: `asked` is what the message before asked for, the answer what this one asks for
    /// ("your ID number, please").
    pub fn scan_in(&self, text: &str, asked: KindSet, findings: &mut Vec<Finding>) -> KindSet {
        let mut heard = Heard::of(text);
        self.scan_lines(text, asked, &mut heard, findings);
        self.asks.of(text, &heard)
    }

    /// The text with all of it redacted. What one pass takes away can bring out what was hidden beside it (a word nearer to a
    /// number than before), so it goes on until there is nothing left: redacting the answer again changes nothing.
    #[must_use]
    pub fn redact<'a>(&self, text: &'a str, style: Style) -> Cow<'a, str> {
        let mut findings = Vec::new();
        self.scan(text, &mut findings);
        let mut redacted = redact(text, &findings, style);
        for _ in 1..PASSES_MAX {
            self.scan(&redacted, &mut findings);
            match redact(&redacted, &findings, style) {
                Cow::Owned(again) if again != *redacted => redacted = Cow::Owned(again),
                _ => break,
            }
        }
        redacted
    }

    fn scan_lines(
        &self,
        text: &str,
        asked: KindSet,
        heard: &mut Heard,
        findings: &mut Vec<Finding>,
    ) {
        findings.clear();
        let mut begin = 0;
        let mut asked = asked;
        while begin < text.len() {
            let walked = walk(text, begin);
            let done = findings.len();
            let more_lines =
                walked.next_line < text.len() && walked.line_end - begin <= LABEL_BYTES_MAX;
            let values = walked.has_values || !walked.triggers.is_empty();
            let searched = values || more_lines || !asked.is_empty();
            let mut asked_below = KindSet::NONE;
            if searched {
                asked_below = self.scan_line(text, begin, &walked, asked, heard, findings);
                sweep(findings, done);
            }
            if self.people.is_some() || self.addresses.is_some() || !heard.is_deaf() {
                let line = Line::new(&self.fold, &text[begin..walked.line_end]);
                if !heard.is_deaf() {
                    let is_whole = begin == 0 && walked.next_line == text.len();
                    self.hear(&line, searched, is_whole, walked.has_han, heard);
                }
                self.by_evidence(&line, begin, asked, done, findings);
            }
            self.keep(text, done, findings);
            asked = asked_below;
            begin = walked.next_line;
        }
    }

    /// Scans one line; answers what its last word leaves to be said by the next: `CVV:` alone.
    fn scan_line(
        &self,
        text: &str,
        begin: usize,
        walked: &Walked,
        asked: KindSet,
        heard: &mut Heard,
        findings: &mut Vec<Finding>,
    ) -> KindSet {
        let line = &text[..walked.line_end];
        let mut hits = Hits::new();
        self.keywords.find(&line[begin..], begin, &mut hits);
        heard.hear(&hits);
        if walked.triggers.is_empty() && hits.is_empty() && asked.is_empty() {
            return KindSet::NONE;
        }
        let context = Context {
            text: line,
            hits: &hits,
            asked,
            has_han: walked.has_han,
        };
        let mut token_end = begin;
        for (at, trigger) in &walked.triggers {
            match trigger {
                Trigger::Digits => digits(&context, *at, &mut token_end, findings),
                Trigger::At => {
                    findings.extend(url_secret(line, *at));
                    findings.extend(mail(line, *at));
                }
                Trigger::Address => findings.extend(address(line, *at)),
                Trigger::Plate => findings.extend(plate(&context, *at)),
            }
        }
        anchored(&context, findings);
        answers(&context, begin, findings);
        match hits.last() {
            Some(last) if is_open(line, last.end) => asks::of(last.topic),
            _ => KindSet::NONE,
        }
    }

    /// What a line asks for, if its keywords were not searched yet.
    fn hear(
        &self,
        line: &Line<'_>,
        searched: bool,
        is_whole: bool,
        has_han: bool,
        heard: &mut Heard,
    ) {
        self.asks.hear_people(line, heard);
        if !searched && self.asks.needs_hits(line, is_whole, has_han, heard) {
            let mut hits = Hits::new();
            self.keywords.find(line.text, 0, &mut hits);
            heard.hear(&hits);
        }
    }

    /// Names and addresses of a line, which begins at `begin` of the text, beside what the recognisers found in it from `done` on.
    fn by_evidence(
        &self,
        line: &Line<'_>,
        begin: usize,
        asked: KindSet,
        done: usize,
        findings: &mut Vec<Finding>,
    ) {
        for finding in &mut findings[done..] {
            finding.start -= begin;
            finding.end -= begin;
        }
        let mut more = Vec::new();
        if let Some(people) = &self.people {
            people.scan(line, asked, &findings[done..], &mut more);
        }
        if let Some(addresses) = &self.addresses {
            let mut places = Vec::new();
            addresses.scan(line, asked, &findings[done..], &more, &mut places);
            if !places.is_empty() {
                merge(findings, done, &mut places);
                // Once more, for who is named beside an address, and for what was taken for a name inside one.
                more.clear();
                if let Some(people) = &self.people {
                    people.scan(line, asked, &findings[done..], &mut more);
                }
            }
        }
        merge(findings, done, &mut more);
        for finding in &mut findings[done..] {
            finding.start += begin;
            finding.end += begin;
        }
    }

    /// Drops what was not asked for, what is the house's own, and what a redaction left.
    fn keep(&self, text: &str, done: usize, findings: &mut Vec<Finding>) {
        let mut place = 0;
        findings.retain(|finding| {
            place += 1;
            place <= done
                || self.kinds.contains(finding.kind)
                    && !is_redacted(text, finding)
                    && !self.own.has(text, finding)
        });
    }
}

/// Puts findings in their order among others that they do not overlap.
fn merge(findings: &mut Vec<Finding>, done: usize, more: &mut Vec<Finding>) {
    if !more.is_empty() {
        findings.append(more);
        findings[done..].sort_unstable_by_key(|finding| finding.start);
    }
}

/// Stars, the name of a kind in brackets, or the few characters beside stars: what a redaction left.
fn is_redacted(text: &str, finding: &Finding) -> bool {
    let found = &text[finding.range()];
    let label = found.trim_matches(['[', ']']);
    let characters = found.chars().filter(|char| char.is_alphanumeric()).count();
    let stars = usize::from(ends_redacted(&text[..finding.start]))
        + usize::from(starts_redacted(&text[finding.end..]));
    characters == 0
        || characters <= REST_MAX[stars]
        || text[..finding.end].contains('[') && label.parse::<Kind>().is_ok()
}

fn ends_redacted(text: &str) -> bool {
    let label = text
        .strip_suffix(']')
        .and_then(|text| text.rsplit_once('['));
    // One star alone makes what it stands beside bold.
    text.ends_with("**") || label.is_some_and(|(_, label)| label.parse::<Kind>().is_ok())
}

/// The run at a place as a number, and its token where letters are beside it.
fn digits(context: &Context<'_>, at: usize, token_end: &mut usize, findings: &mut Vec<Finding>) {
    let before = findings.len();
    let end = numbers(context, at, findings);
    for place in before..findings.len() {
        if findings[place].kind == Kind::BankCard {
            let code = code_behind_card(context.text, &findings[place]);
            findings.extend(code);
        }
    }
    if at >= *token_end {
        *token_end = tokens(context, at, findings).min(end.max(at + 1));
    }
}
