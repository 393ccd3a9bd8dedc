//! Which windows of a run are taken: those that together explain most of it. A group is explained from end to end or not at all,
//! so that no number is cut out of a longer one.

use smallvec::SmallVec;

use crate::context::Context;
use crate::finding::{Evidence, EvidenceSet, Finding};
use crate::keyword::Topic;
use crate::kind::Kind;
use crate::network;
use crate::number::run::{DIGITS_MAX, Gap, Run, X};
use crate::number::window::{Nearby, Window};
use crate::number::{card, foreign, identity, phone};

/// Fewer digits are no number of a person by themselves.
const DIGITS_MIN: usize = 7;

/// Bytes between two phones of one line that a sentence joins.
const OTHER_PHONE_BYTES: usize = 48;

/// What another window costs: one number explains digits better than two.
const WINDOW_COST: u32 = 100;

/// Adds what the run at `at` has; answers where it ends.
pub(crate) fn numbers(context: &Context<'_>, at: usize, findings: &mut Vec<Finding>) -> usize {
    let run = Run::collect(context.text, at);
    let piece = || network::in_one_piece(context.text, at);
    findings.extend(network::dotted(context.text, at).or_else(piece));
    if run.length < 4 || machine_address(context, &run, findings) || run.length < DIGITS_MIN {
        return run.after;
    }
    let begin = run.plus.unwrap_or(run.start(0));
    let mut near = context.nearby(begin, run.after);
    near.listed = follows_a_phone(context.text, begin, findings);
    near.abroad = is_behind_foreign_phone(context.text, begin, findings);
    let ends = Ends::of(context, &run);
    let mut taken = Taken::new();
    let phone = fill(&run, near, ends, &mut taken);
    if phone && !near.phone {
        // A list of phones: what stands beside the first is one too.
        near.listed = true;
        taken.clear();
        fill(&run, near, ends, &mut taken);
    }
    for (from, window) in taken.into_iter().rev() {
        report(context.text, &run, from, window, findings);
    }
    run.after
}

type Taken = SmallVec<[(usize, Window); 8]>;

/// Which ends of a run are glued to letters, so that nothing may begin or end there.
#[derive(Clone, Copy)]
struct Ends {
    begin: bool,
    end: bool,
}

impl Ends {
    fn of(context: &Context<'_>, run: &Run) -> Self {
        // Hits are in order and apart.
        let hits = context.hits;
        let word_before = || {
            hits.binary_search_by_key(&run.start(0), |hit| hit.end)
                .is_ok()
        };
        let word_after = || {
            hits.binary_search_by_key(&run.after, |hit| hit.start)
                .is_ok()
        };
        Self {
            begin: !run.letter_before
                || word_before()
                || is_abbreviation(context.text, run.start(0)),
            end: !run.letter_after || word_after(),
        }
    }
}

/// `M`, `T`, `No`, `Ph`: written directly before numbers.
fn is_abbreviation(text: &str, end: usize) -> bool {
    let near = (end.saturating_sub(8)..=end)
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(end);
    let word_start = text[near..end]
        .char_indices()
        .rev()
        .find(|(_, char)| !char.is_ascii_alphabetic())
        .map_or(near, |(at, char)| near + at + char.len_utf8());
    ["no", "ph", "mob", "num", "nr", "cel", "wa"]
        .iter()
        .any(|word| text[word_start..end].eq_ignore_ascii_case(word))
}

/// The best way to explain a run, last window first. Answers whether there is a phone of the mainland in it.
fn fill(run: &Run, near: Nearby, ends: Ends, taken: &mut Taken) -> bool {
    let mut best: [Option<(u32, usize, Option<Window>)>; DIGITS_MAX + 1] = [None; DIGITS_MAX + 1];
    best[0] = Some((0, 0, None));
    for from in 0..run.length {
        let Some((worth, ..)) = best[from] else {
            continue;
        };
        if run.is_edge(from) {
            offer(&mut best[run.group_end(from)], worth, from, None);
        }
        if from == 0 && !ends.begin {
            continue;
        }
        for window in windows(run, from, near) {
            let to = from + window.length;
            if to == run.length && !ends.end {
                continue;
            }
            let length = u32::try_from(window.length).expect("a run is short");
            let worth = (worth + u32::from(window.score) * length).saturating_sub(WINDOW_COST);
            offer(&mut best[to], worth, from, Some(window));
        }
    }
    let mut at = run.length;
    let mut phone = false;
    while at > 0 {
        let Some((_, from, window)) = best[at] else {
            return false;
        };
        if let Some(window) = window {
            phone |= matches!(window.kind, Some(Kind::Mobile | Kind::Landline));
            taken.push((from, window));
        }
        at = from;
    }
    phone
}

fn offer(
    place: &mut Option<(u32, usize, Option<Window>)>,
    worth: u32,
    from: usize,
    window: Option<Window>,
) {
    if place.is_none_or(|(known, ..)| worth > known) {
        *place = Some((worth, from, window));
    }
}

/// All that may begin at a digit.
fn windows(run: &Run, from: usize, mut near: Nearby) -> SmallVec<[Window; 8]> {
    let mut windows = SmallVec::new();
    if run.values[from] == X {
        return windows;
    }
    if from > 0 {
        // A word that speaks of another kind of number has had the first.
        near.other = false;
        near.booking = false;
        near.card &= run.length - from > 15;
    }
    windows.extend(identity::eighteen(run, from, near));
    windows.extend(identity::fifteen(run, from, near));
    windows.extend((12..=19).filter_map(|length| card::card(run, from, length, near)));
    windows.extend(card::device(run, from, near));
    windows.extend(phone::mobile(run, from, near));
    windows.extend(phone::landline(run, from, near));
    windows.extend(phone::of_a_firm(run, from));
    windows.extend(card::spoiled(run, from));
    if (near.phone || near.listed) && !near.booking && !near.other {
        windows.extend(
            [8, 7]
                .into_iter()
                .filter_map(|length| phone::bare(run, from, length)),
        );
    }
    windows.extend(foreign::international(run, from, near));
    windows.extend(foreign::national(run, from, near));
    windows
}

fn report(text: &str, run: &Run, from: usize, window: Window, findings: &mut Vec<Finding>) {
    let Some(kind) = window.kind else {
        return;
    };
    let mut start = run.start(from);
    if from == 0 && matches!(kind, Kind::Mobile | Kind::Landline | Kind::Phone) {
        start = phone_start(text, run, start);
    }
    let mut end = run.end(from + window.length);
    if kind == Kind::Landline {
        end = extension_end(text, run, from + window.length, end);
    }
    findings.push(Finding {
        start,
        end,
        kind,
        score: window.score,
        evidence: window.evidence,
    });
}

/// With its `+`, and the bracket before an area code.
fn phone_start(text: &str, run: &Run, start: usize) -> usize {
    if let Some(plus) = run.plus {
        return plus;
    }
    match text[..start].chars().next_back() {
        Some(bracket @ ('(' | '（')) if (1..5).any(|at| run.gap_at(at) == Gap::Paren) => {
            start - bracket.len_utf8()
        }
        _ => start,
    }
}

/// `-801`, `转801`, `ext. 801`.
fn extension_end(text: &str, run: &Run, to: usize, end: usize) -> usize {
    if to < run.length {
        let group = run.group_end(to);
        let dashed = matches!(run.gap(to), Gap::Hyphen) && (1..=5).contains(&(group - to));
        return if dashed && group == run.length {
            run.end(group)
        } else {
            end
        };
    }
    let rest = &text[end..];
    let word = [
        "转分机",
        "分机号",
        "分机",
        "转",
        "轉",
        " 转",
        "ext.",
        "ext",
        " ext. ",
        " ext.",
        " ext ",
        " x",
        "x",
        "#",
    ]
    .into_iter()
    .find(|word| {
        rest.get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    });
    let Some(word) = word else {
        return end;
    };
    let behind = &rest[word.len()..];
    let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=6).contains(&digits) {
        end + word.len() + digits
    } else {
        end
    }
}

/// Whether the finding before is a phone, and only what joins a list stands between.
fn follows_a_phone(text: &str, begin: usize, findings: &[Finding]) -> bool {
    findings.last().is_some_and(|last| {
        matches!(last.kind, Kind::Mobile | Kind::Landline | Kind::Phone)
            && last.end <= begin
            && begin - last.end <= 9
            && text[last.end..begin]
                .chars()
                .all(|char| ",，、;；/ 和或与及\u{3000}or&and(（".contains(char))
    })
}

/// Whether the finding before is a phone of another country, in the same line and not far: `(212) 555-0191 and my husband's is ...`.
fn is_behind_foreign_phone(text: &str, begin: usize, findings: &[Finding]) -> bool {
    findings.last().is_some_and(|last| {
        last.kind == Kind::Phone
            && last.end <= begin
            && begin - last.end <= OTHER_PHONE_BYTES
            && !text[last.end..begin].contains(['\n', '\r'])
    })
}

/// Four numbers up to 255 with dots: an IPv4 address, which no run of another kind looks like.
fn machine_address(context: &Context<'_>, run: &Run, findings: &mut Vec<Finding>) -> bool {
    let (sizes, count) = run.groups(0, run.length);
    if count != 4 || run.han > 0 || run.letter_before || run.letter_after {
        return false;
    }
    let mut from = 0;
    for size in &sizes[..4] {
        let part = &run.values[from..from + size];
        let dotted = from == 0 || run.gap(from) == Gap::Dot;
        if !dotted || *size > 3 || crate::check::number(part) > 255 || *size > 1 && part[0] == 0 {
            return false;
        }
        from += size;
    }
    let named = context.text[..run.start(0)].ends_with(['p', 'P', ' ', ':', '：', '是', '/', '址'])
        && sizes[..4].iter().any(|size| *size > 1);
    let version = context.last(run.start(0)) == Some(Topic::OtherNumber);
    if version || sizes[..4].iter().all(|size| *size == 1) && !named {
        return true;
    }
    findings.push(Finding {
        start: run.start(0),
        end: run.after,
        kind: Kind::IpAddress,
        score: 90,
        evidence: EvidenceSet::NONE.with(Evidence::Shape),
    });
    true
}
