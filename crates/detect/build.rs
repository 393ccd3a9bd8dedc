//! Makes the table of international phone numbers out of libphonenumber's metadata: for each calling code and each length of
//! a national number, which first three digits there are. Numbers that cost nothing or a premium belong to firms: left out.

use std::collections::BTreeMap;
use std::path::Path;

use phonenumber::Metadata;
use phonenumber::metadata::{DATABASE, Descriptor};
use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, nfa::thompson};

/// First three digits, a bit each, the first in the lowest bit.
const PREFIXES: usize = 1_000;
/// Calling code (two bytes), length (one byte), bits. Read by `src/number/international.rs`.
type Table = BTreeMap<(u16, u8), [u8; PREFIXES / 8]>;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let mut table = Table::new();
    for code in 1..=999_u16 {
        for metadata in DATABASE.by_code(&code).unwrap_or_default() {
            for descriptor in of_persons(metadata) {
                add(&mut table, code, descriptor);
            }
        }
    }
    let mut bytes = Vec::new();
    for ((code, length), bits) in table {
        bytes.extend_from_slice(&code.to_be_bytes());
        bytes.push(length);
        bytes.extend_from_slice(&bits);
    }
    let folder = std::env::var_os("OUT_DIR").expect("cargo names the folder");
    std::fs::write(Path::new(&folder).join("international.bin"), bytes)
        .expect("cargo's folder can be written to");
}

fn of_persons(metadata: &Metadata) -> impl Iterator<Item = &Descriptor> {
    let kinds = metadata.descriptors();
    [
        kinds.fixed_line(),
        kinds.mobile(),
        kinds.personal_number(),
        kinds.voip(),
    ]
    .into_iter()
    .flatten()
}

fn add(table: &mut Table, code: u16, descriptor: &Descriptor) {
    let pattern: String = (descriptor.national_number().as_str())
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let dfa = dense::Builder::new()
        .configure(dense::Config::new().start_kind(StartKind::Anchored))
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .thompson(thompson::Config::new().utf8(false))
        .build(&format!("(?:{pattern})$"))
        .expect("the metadata has plain expressions");
    let begin = dfa
        .start_state(&start::Config::new().anchored(Anchored::Yes))
        .expect("a text may begin here");
    for length in descriptor.possible_length() {
        let Ok(length) = u8::try_from(*length) else {
            continue;
        };
        let mut known = BTreeMap::new();
        let bits = table.entry((code, length)).or_insert([0; PREFIXES / 8]);
        for prefix in 0..PREFIXES {
            let digits = format!("{prefix:03}");
            let taken = digits.len().min(usize::from(length));
            let state = digits.as_bytes()[..taken]
                .iter()
                .fold(begin, |state, digit| dfa.next_state(state, *digit));
            let rest = length - u8::try_from(taken).expect("three at most");
            if can_end(&dfa, state, rest, &mut known) {
                bits[prefix / 8] |= 1 << (prefix % 8);
            }
        }
    }
}

/// Whether some digits, so many, lead from here to a match.
fn can_end(
    dfa: &dense::DFA<Vec<u32>>,
    state: StateID,
    rest: u8,
    known: &mut BTreeMap<(StateID, u8), bool>,
) -> bool {
    if dfa.is_dead_state(state) {
        return false;
    }
    if rest == 0 {
        return dfa.is_match_state(dfa.next_eoi_state(state));
    }
    if let Some(answer) = known.get(&(state, rest)) {
        return *answer;
    }
    let answer = (b'0'..=b'9').any(|digit| {
        let next = dfa.next_state(state, digit);
        can_end(dfa, next, rest - 1, known)
    });
    known.insert((state, rest), answer);
    answer
}
