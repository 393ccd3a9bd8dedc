//! Previews: items that are smaller copies of another. Which they are, with the tiles that they are made of, and a box `meta` that
//! knows nothing of them: shorter boxes, and a free one for what they were shorter by.

use std::collections::BTreeSet;
use std::ops::Range;

use super::items::{EXTENTS_MAX, Location, Parts, item_locations};
use crate::image::boxes::Fields;
use crate::image::source::Stop;

/// Steps from a preview to its last part: its tiles, their alpha.
const STEPS_MAX: usize = 8;

/// One item's reference to others.
struct Reference {
    kind: [u8; 4],
    from: u32,
    to: Vec<u32>,
}

/// The previews' ids, and those of items that are only a part of one.
pub(super) fn items(parts: &Parts, meta: &[u8]) -> Result<BTreeSet<u32>, Stop> {
    let references = match parts.content(meta, *b"iref") {
        Some(content) => references(content)?,
        None => Vec::new(),
    };
    let previews = references.iter().filter(|one| &one.kind == b"thmb");
    let mut gone: BTreeSet<u32> = previews.map(|one| one.from).collect();
    if gone.is_empty() {
        return Ok(gone);
    }
    for step in 0.. {
        let is_tiles = |one: &&Reference| &one.kind == b"dimg";
        let tiles = |of_gone: bool| {
            let of = references
                .iter()
                .filter(is_tiles)
                .filter(|one| gone.contains(&one.from) == of_gone);
            of.flat_map(|one| &one.to).copied().collect::<BTreeSet<_>>()
        };
        let mut more = &tiles(true) - &tiles(false);
        let auxiliaries = references.iter().filter(|one| &one.kind == b"auxl");
        let of_gone = auxiliaries.filter(|one| one.to.iter().all(|to| gone.contains(to)));
        more.extend(of_gone.map(|one| one.from));
        if more.is_subset(&gone) {
            break;
        }
        if step == STEPS_MAX {
            return Err(Stop::NotUnderstood);
        }
        gone.extend(more);
    }
    if primary(parts, meta)?.is_none_or(|primary| gone.contains(&primary)) {
        return Err(Stop::NotUnderstood);
    }
    Ok(gone)
}

fn primary(parts: &Parts, meta: &[u8]) -> Result<Option<u32>, Stop> {
    let Some(content) = parts.content(meta, *b"pitm") else {
        return Ok(None);
    };
    let mut fields = Fields(content);
    let version = fields.version()?;
    Ok(Some(fields.id(version > 0)?))
}

fn references(content: &[u8]) -> Result<Vec<Reference>, Stop> {
    let mut boxes = Fields(content);
    let is_wide = boxes.version()? > 0;
    let mut found = Vec::new();
    let mut ids_left = EXTENTS_MAX;
    while !boxes.0.is_empty() {
        let (kind, content) = boxes.next_box()?;
        let mut fields = Fields(content);
        let from = fields.id(is_wide)?;
        let count = usize::try_from(fields.number(2)?).expect("at most two bytes");
        ids_left = ids_left.checked_sub(count + 1).ok_or(Stop::NotUnderstood)?;
        let to = (0..count).map(|_| fields.id(is_wide));
        let to = to.collect::<Result<_, _>>()?;
        found.push(Reference { kind, from, to });
    }
    Ok(found)
}

/// Where the previews are. Not understood where another item has any of it.
pub(super) fn ranges(
    gone: &BTreeSet<u32>,
    locations: &[Location],
    ranges: impl Fn(&Location) -> Result<Vec<Range<u64>>, Stop>,
) -> Result<Vec<Range<u64>>, Stop> {
    let (mut previews, mut others) = (Vec::new(), Vec::new());
    for location in locations {
        if gone.contains(&location.id) {
            previews.extend(ranges(location)?);
        } else {
            others.extend(ranges(location)?);
        }
    }
    others.sort_by_key(|range| range.start);
    let mut until = 0;
    for other in &mut others {
        // Where all up to this one end: what begins before it may end behind it.
        until = other.end.max(until);
        other.end = until;
    }
    let is_shared = |preview: &Range<u64>| {
        let before = others.partition_point(|other| other.start < preview.end);
        before > 0 && others[before - 1].end > preview.start
    };
    if previews.iter().any(is_shared) {
        return Err(Stop::NotUnderstood);
    }
    Ok(previews)
}

/// The content of `meta` without a word about these items; as long as before.
pub(super) fn without(parts: &Parts, meta: &[u8], gone: &BTreeSet<u32>) -> Result<Vec<u8>, Stop> {
    let mut new = meta[..4].to_vec();
    for part in &parts.0 {
        let content = &meta[part.content.clone()];
        let content = match &part.kind {
            b"iinf" => infos(content, gone)?,
            b"iloc" => locations(content, gone)?,
            b"iref" => references_without(content, gone)?,
            b"iprp" => properties(content, gone)?,
            b"grpl" => groups(content, gone)?,
            _ => content.to_vec(),
        };
        push_box(&mut new, part.kind, &content);
    }
    let left = meta.len() - new.len();
    if left > 0 {
        let empty = left.checked_sub(8).ok_or(Stop::NotUnderstood)?;
        push_box(&mut new, *b"free", &vec![0; empty]);
    }
    Ok(new)
}

fn push_box(out: &mut Vec<u8>, kind: [u8; 4], content: &[u8]) {
    let size = u32::try_from(content.len() + 8).expect("it is shorter than `meta` was");
    out.extend(size.to_be_bytes());
    out.extend(kind);
    out.extend(content);
}

/// `iinf`: which items there are (8.11.6).
fn infos(content: &[u8], gone: &BTreeSet<u32>) -> Result<Vec<u8>, Stop> {
    let is_wide = Fields(content).version()? > 0;
    let head = 4 + id_bytes(is_wide);
    let parts = Parts::of(content, head)?;
    let (mut kept, mut entries) = (0, Vec::new());
    for part in &parts.0 {
        let mut info = Fields(&content[part.content.clone()]);
        let version = info.version()?;
        if &part.kind == b"infe" && gone.contains(&info.id(version > 2)?) {
            continue;
        }
        kept += 1;
        entries.extend(&content[part.whole.clone()]);
    }
    Ok(counted(&content[..4], is_wide, kept, &entries))
}

/// `iloc`: where they are.
fn locations(content: &[u8], gone: &BTreeSet<u32>) -> Result<Vec<u8>, Stop> {
    let is_wide = Fields(content).version()? > 1;
    let (mut kept, mut entries) = (0, Vec::new());
    for location in item_locations(content)? {
        if !gone.contains(&location.id) {
            kept += 1;
            entries.extend(&content[location.entry]);
        }
    }
    Ok(counted(&content[..6], is_wide, kept, &entries))
}

/// `iref`: what they are to each other (8.11.12). A reference to nothing is none.
fn references_without(content: &[u8], gone: &BTreeSet<u32>) -> Result<Vec<u8>, Stop> {
    let is_wide = Fields(content).version()? > 0;
    let mut new = content[..4].to_vec();
    for mut one in references(content)? {
        let had = one.to.len();
        one.to.retain(|to| !gone.contains(to));
        if gone.contains(&one.from) || one.to.is_empty() && had > 0 {
            continue;
        }
        let mut ids = Vec::new();
        push_id(&mut ids, is_wide, one.from);
        let count = u16::try_from(one.to.len()).expect("it was two bytes");
        ids.extend(count.to_be_bytes());
        for to in one.to {
            push_id(&mut ids, is_wide, to);
        }
        push_box(&mut new, one.kind, &ids);
    }
    Ok(new)
}

/// `iprp`: what is said of them; its boxes `ipma` say of which (23008-12, 9.3).
fn properties(content: &[u8], gone: &BTreeSet<u32>) -> Result<Vec<u8>, Stop> {
    let mut new = Vec::new();
    for part in &Parts::of(content, 0)?.0 {
        if &part.kind == b"ipma" {
            let content = associations(&content[part.content.clone()], gone)?;
            push_box(&mut new, part.kind, &content);
        } else {
            new.extend(&content[part.whole.clone()]);
        }
    }
    Ok(new)
}

fn associations(content: &[u8], gone: &BTreeSet<u32>) -> Result<Vec<u8>, Stop> {
    let mut fields = Fields(content);
    let head = fields.take(4)?;
    let (is_wide, are_long) = (head[0] > 0, head[3] & 1 == 1);
    let (mut kept, mut entries) = (0, Vec::new());
    for _ in 0..fields.number(4)? {
        let start = content.len() - fields.0.len();
        let id = fields.id(is_wide)?;
        let count = usize::from(fields.take(1)?[0]);
        fields.skip(if are_long { 2 * count } else { count })?;
        if !gone.contains(&id) {
            kept += 1;
            entries.extend(&content[start..content.len() - fields.0.len()]);
        }
    }
    Ok(counted(head, true, kept, &entries))
}

/// `grpl`: groups of items (8.18). One may be left with one member, or none, which means nothing.
fn groups(content: &[u8], gone: &BTreeSet<u32>) -> Result<Vec<u8>, Stop> {
    let mut new = Vec::new();
    for part in &Parts::of(content, 0)?.0 {
        let group = &content[part.content.clone()];
        let mut fields = Fields(group);
        let head = fields.take(8)?;
        let (mut kept, mut members) = (0, Vec::new());
        for _ in 0..fields.number(4)? {
            let id = fields.id(true)?;
            if !gone.contains(&id) {
                kept += 1;
                members.extend(id.to_be_bytes());
            }
        }
        members.extend(fields.0);
        push_box(&mut new, part.kind, &counted(head, true, kept, &members));
    }
    Ok(new)
}

/// A head, a number of entries in two or four bytes, and the entries.
fn counted(head: &[u8], is_wide: bool, count: u32, entries: &[u8]) -> Vec<u8> {
    let mut new = head.to_vec();
    push_id(&mut new, is_wide, count);
    new.extend(entries);
    new
}

fn push_id(out: &mut Vec<u8>, is_wide: bool, id: u32) {
    let bytes = id.to_be_bytes();
    out.extend(&bytes[4 - id_bytes(is_wide)..]);
}

const fn id_bytes(is_wide: bool) -> usize {
    if is_wide { 4 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What goes with a preview (2) of the picture (1), if each further item is a tile of the one before.
    fn chain(steps: u8) -> Result<usize, Stop> {
        let mut content = vec![0; 4];
        push_box(&mut content, *b"thmb", &[0, 2, 0, 1, 0, 1]);
        for step in 0..steps {
            push_box(&mut content, *b"dimg", &[0, step + 2, 0, 1, 0, step + 3]);
        }
        let mut meta = vec![0; 4];
        push_box(&mut meta, *b"pitm", &[0, 0, 0, 0, 0, 1]);
        push_box(&mut meta, *b"iref", &content);
        items(&Parts::of(&meta, 4)?, &meta).map(|gone| gone.len())
    }

    #[test]
    fn parts_of_a_preview_are_followed_up_to_the_limit_and_not_one_more() {
        let most = u8::try_from(STEPS_MAX).unwrap();
        assert!(matches!(chain(0), Ok(1)));
        assert!(matches!(chain(most), Ok(count) if count == STEPS_MAX + 1));
        assert!(chain(most + 1).is_err());
    }
}
