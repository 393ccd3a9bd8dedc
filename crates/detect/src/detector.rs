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
use crate::line::{Chars, Line};
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

/// The longest name of a kind in brackets, and some.
const LABEL_NAME_MAX: usize = 32;
/// Names and addresses are looked for in stretches of this many bytes: what they weigh may be as long as a line.
const STRETCH_BYTES: usize = 4_096;

/// A line that is the word for what the next one says is no longer than this.
const LABEL_BYTES_MAX: usize = 60;

/// Passes of one redaction, at most. Each takes something away, so there is an end; this one is for
/// texts that somebody made to have none.
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
        self.scan_lines(text, KindSet::NONE, false, &mut Heard::nothing(), findings);
    }

    /// As [`Self::scan`], inside a conversation: `asked` is what the message before asked for, the answer what this one asks for
    /// ("your ID number, please").
    pub fn scan_in(&self, text: &str, asked: KindSet, findings: &mut Vec<Finding>) -> KindSet {
        let mut heard = Heard::of(text);
        self.scan_lines(text, asked, false, &mut heard, findings);
        self.asks.of(text, &heard)
    }

    /// The lines of one text, given one by one.
    #[must_use]
    pub fn lines(&self) -> Lines<'_> {
        Lines {
            detector: self,
            asked: KindSet::NONE,
        }
    }

    /// The text with all of it redacted. What one pass takes away can bring out what was hidden beside it (a word nearer to a
    /// number than before), so it goes on until there is nothing left: redacting the answer again changes nothing.
    #[must_use]
    pub fn redact<'a>(&self, text: &'a str, style: Style) -> Cow<'a, str> {
        self.redact_in(text, KindSet::NONE, style)
    }

    fn redact_in<'a>(&self, text: &'a str, asked: KindSet, style: Style) -> Cow<'a, str> {
        let mut findings = Vec::new();
        self.scan_lines(text, asked, false, &mut Heard::nothing(), &mut findings);
        let mut redacted = redact(text, &findings, style);
        for _ in 1..PASSES_MAX {
            self.scan_lines(
                &redacted,
                asked,
                false,
                &mut Heard::nothing(),
                &mut findings,
            );
            match redact(&redacted, &findings, style) {
                Cow::Owned(again) if again != *redacted => redacted = Cow::Owned(again),
                _ => break,
            }
        }
        redacted
    }

    /// `more`: another line follows the text. Answers what the last line leaves to be said by it.
    fn scan_lines(
        &self,
        text: &str,
        asked: KindSet,
        more: bool,
        heard: &mut Heard,
        findings: &mut Vec<Finding>,
    ) -> KindSet {
        findings.clear();
        let mut begin = 0;
        // A security code may come in any line of an answer; what a line left to be said is said by the next or not at all.
        let in_any_line = if more {
            KindSet::NONE
        } else {
            asked.intersection(KindSet::only(Kind::CardSecurityCode))
        };
        let mut asked = asked;
        let mut chars = Chars::new();
        while begin < text.len() {
            let walked = walk(text, begin);
            let done = findings.len();
            let followed = more || walked.next_line < text.len();
            let is_label = followed && walked.line_end - begin <= LABEL_BYTES_MAX;
            let searched = walked.has_any() || is_label || !asked.is_empty();
            let mut asked_below = KindSet::NONE;
            if searched {
                let line = &text[..walked.line_end];
                asked_below =
                    self.scan_line(line, begin, &walked, asked, followed, heard, findings);
                sweep(findings, done);
            }
            let line = begin..walked.line_end;
            if line.len() > STRETCH_BYTES {
                self.in_stretches(text, line, asked, done, findings);
            } else if self.people.is_some() || self.addresses.is_some() || !heard.is_deaf() {
                let line = Line::new(&self.fold, &text[line], &mut chars);
                if !heard.is_deaf() {
                    let is_whole = begin == 0 && walked.next_line == text.len();
                    self.hear(&line, searched, is_whole, walked.has_han, heard);
                }
                self.by_evidence(&line, begin, asked, done, findings);
            }
            self.keep(text, done, findings);
            let addresses = self.addresses.as_ref().filter(|_| followed);
            let is_asked = asked.contains(Kind::Address);
            asked = asked_below.union(in_any_line);
            let line = &text[begin..walked.line_end];
            if addresses.is_some_and(|all| all.leaves_whose(line, is_asked, &findings[done..])) {
                asked = asked.with(Kind::Address);
            }
            begin = walked.next_line;
        }
        if text.is_empty() {
            KindSet::NONE
        } else {
            asked
        }
    }

    /// Scans one line, which begins at `begin`; answers what its last word leaves to be said by the next, if one follows: `CVV:`
    /// alone.
    #[expect(clippy::too_many_arguments, reason = "the scan's state, in one place")]
    fn scan_line(
        &self,
        line: &str,
        begin: usize,
        walked: &Walked,
        asked: KindSet,
        followed: bool,
        heard: &mut Heard,
        findings: &mut Vec<Finding>,
    ) -> KindSet {
        let mut hits = Hits::new();
        self.keywords.find(&line[begin..], begin, &mut hits);
        heard.hear(&hits);
        let asked_below = match hits.last() {
            Some(last) if followed => match asks::of(last.topic) {
                asks if !asks.is_empty() && is_open(line, last.end) => asks,
                _ => KindSet::NONE,
            },
            _ => KindSet::NONE,
        };
        // A line without anything that could be a value was searched for what it leaves to the next alone.
        if !walked.has_any() && asked.is_empty() {
            return asked_below;
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
        asked_below
    }

    /// Names and addresses of a line, a stretch at a time.
    fn in_stretches(
        &self,
        text: &str,
        line: std::ops::Range<usize>,
        asked: KindSet,
        done: usize,
        findings: &mut Vec<Finding>,
    ) {
        let mut begin = line.start;
        let mut done = done;
        let mut chars = Chars::new();
        while begin < line.end {
            let mut end = stretch_end(text, begin, line.end);
            for finding in &findings[done..] {
                if finding.start >= end {
                    break;
                }
                end = end.max(finding.end);
            }
            // What lies behind the stretch waits.
            let behind = findings[done..].partition_point(|finding| finding.start < end) + done;
            let rest = findings.split_off(behind);
            let stretch = Line::new(&self.fold, &text[begin..end], &mut chars);
            self.by_evidence(&stretch, begin, asked, done, findings);
            done = findings.len();
            findings.extend(rest);
            begin = end;
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
        let mut kept = done;
        for at in done..findings.len() {
            let finding = findings[at];
            let stays = self.kinds.contains(finding.kind)
                && !is_redacted(text, &finding)
                && !self.own.has(text, &finding);
            if stays {
                findings[kept] = finding;
                kept += 1;
            }
        }
        findings.truncate(kept);
    }
}

/// Where a stretch ends: behind a space or a mark, so that no word is cut.
fn stretch_end(text: &str, begin: usize, line_end: usize) -> usize {
    if line_end - begin <= STRETCH_BYTES {
        return line_end;
    }
    let mut end = begin + STRETCH_BYTES;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let word = text[begin..end].rfind([' ', '，', '。', ',', ';', '；', '、']);
    match word {
        Some(at) if at > STRETCH_BYTES / 2 => {
            let mark = text[begin + at..].chars().next().map_or(1, char::len_utf8);
            begin + at + mark
        }
        _ => end,
    }
}

/// Puts findings in their order among others that they do not overlap.
fn merge(findings: &mut Vec<Finding>, done: usize, more: &mut Vec<Finding>) {
    if !more.is_empty() {
        findings.append(more);
        findings[done..].sort_unstable_by_key(|finding| finding.start);
    }
}

/// Reads a text line by line as [`Detector::scan`] reads it whole.
pub struct Lines<'d> {
    detector: &'d Detector,
    /// What the line before left to be said.
    asked: KindSet,
}

impl Lines<'_> {
    /// Findings of the next line, which has no line end. `findings` is cleared first.
    pub fn scan(&mut self, line: &str, findings: &mut Vec<Finding>) {
        self.asked =
            self.detector
                .scan_lines(line, self.asked, true, &mut Heard::nothing(), findings);
    }

    /// The next line with all of it redacted. What is left of it may ask for something too, with its value removed: the line
    /// below is read as the answer to both, so that redacting again changes nothing.
    pub fn redact<'a>(&mut self, line: &'a str, style: Style) -> Cow<'a, str> {
        let mut findings = Vec::new();
        let asked = self.asked;
        self.scan(line, &mut findings);
        let redacted = self.detector.redact_in(line, asked, style);
        if matches!(redacted, Cow::Owned(_)) {
            let heard = &mut Heard::nothing();
            let left = self
                .detector
                .scan_lines(&redacted, asked, true, heard, &mut findings);
            self.asked = self.asked.union(left);
        }
        redacted
    }
}

/// Stars, the name of a kind in brackets, or the few characters beside stars: what a redaction left.
fn is_redacted(text: &str, finding: &Finding) -> bool {
    let found = &text[finding.range()];
    let (before, behind) = (&text[..finding.start], &text[finding.end..]);
    let characters = found.chars().filter(|char| char.is_alphanumeric()).count();
    let label = found.trim_matches(['[', ']']);
    let is_label =
        (before.ends_with('[') || found.starts_with('[')) && label.parse::<Kind>().is_ok();
    if characters == 0 || is_label {
        return true;
    }
    match finding.kind {
        // Their masks leave nothing: what stands beside stars is new.
        Kind::CardSecurityCode | Kind::VerificationCode | Kind::Secret | Kind::DateOfBirth => false,
        Kind::PersonName => behind.starts_with('*'),
        _ => {
            let stars = usize::from(ends_redacted(before)) + usize::from(starts_redacted(behind));
            characters <= REST_MAX[stars]
        }
    }
}

/// Fewer stars are somebody's way to make a word bold.
const STARS: &str = "***";

fn ends_redacted(text: &str) -> bool {
    let bytes = text.len().saturating_sub(LABEL_NAME_MAX);
    let near = (bytes..text.len()).find(|at| text.is_char_boundary(*at));
    let near = near.map_or("", |at| &text[at..]);
    let label = near
        .strip_suffix(']')
        .and_then(|near| near.rsplit_once('['));
    near.ends_with(STARS) || label.is_some_and(|(_, label)| label.parse::<Kind>().is_ok())
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
