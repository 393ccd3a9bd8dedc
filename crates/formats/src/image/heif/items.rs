//! Where items are: the parts of a box `meta`, and the box `iloc` (ISO/IEC 14496-12, 8.11.3).

use std::ops::Range;

use crate::image::boxes::Fields;
use crate::image::source::Stop;

/// Extents of all items of one file: a picture of 20,000 tiles has as many.
pub(super) const EXTENTS_MAX: usize = 1 << 16;

/// One box in a box `meta`; ranges are those of its content.
pub(super) struct Part {
    pub(super) kind: [u8; 4],
    pub(super) whole: Range<usize>,
    pub(super) content: Range<usize>,
}

/// The boxes in a box `meta`.
pub(super) struct Parts(pub(super) Vec<Part>);

impl Parts {
    /// Those of a box's content behind its first `skipped` bytes.
    pub(super) fn of(bytes: &[u8], skipped: usize) -> Result<Self, Stop> {
        let mut fields = Fields(bytes);
        fields.skip(skipped)?;
        let mut parts = Vec::new();
        while !fields.0.is_empty() {
            let start = bytes.len() - fields.0.len();
            let (kind, content) = fields.next_box()?;
            let end = bytes.len() - fields.0.len();
            parts.push(Part {
                kind,
                whole: start..end,
                content: end - content.len()..end,
            });
        }
        Ok(Self(parts))
    }

    /// The content of the first box of a kind.
    pub(super) fn content<'b>(&self, bytes: &'b [u8], kind: [u8; 4]) -> Option<&'b [u8]> {
        let part = self.0.iter().find(|part| part.kind == kind)?;
        Some(&bytes[part.content.clone()])
    }

    /// Where items lie that lie in `meta` itself.
    pub(super) fn data(&self) -> Option<&Range<usize>> {
        let part = self.0.iter().find(|part| &part.kind == b"idat")?;
        Some(&part.content)
    }
}

/// Where an item is.
pub(super) struct Location {
    pub(super) id: u32,
    /// 0: offsets count from the file's beginning; 1: from that of the box `idat`.
    method: u8,
    /// Offset and length.
    extents: Vec<(u64, u64)>,
    /// What says so, in the box's content.
    pub(super) entry: Range<usize>,
}

impl Location {
    /// The item's parts in a file of this length. `data_at`: where the content of `idat` begins in it.
    pub(super) fn ranges(
        &self,
        data_at: Option<u64>,
        length: u64,
    ) -> Result<Vec<Range<u64>>, Stop> {
        let base = match self.method {
            0 => 0,
            1 => data_at.ok_or(Stop::NotUnderstood)?,
            _ => return Err(Stop::NotUnderstood),
        };
        let range = |(offset, bytes): &(u64, u64)| {
            let start = base.checked_add(*offset)?;
            let end = start.checked_add(*bytes)?;
            // No length is the whole of what follows: only in a file that holds nothing else.
            (*bytes > 0 && end <= length).then_some(start..end)
        };
        let ranges: Option<Vec<_>> = self.extents.iter().map(range).collect();
        ranges.ok_or(Stop::NotUnderstood)
    }
}

/// Where all items are, by the content of a box `iloc`.
pub(super) fn item_locations(content: &[u8]) -> Result<Vec<Location>, Stop> {
    let mut fields = Fields(content);
    let version = fields.version()?;
    let sizes = fields.take(2)?;
    let (offset_bytes, length_bytes) = (sizes[0] >> 4, sizes[0] & 15);
    let (base_bytes, index_bytes) = (sizes[1] >> 4, sizes[1] & 15);
    let index_bytes = if version == 0 { 0 } else { index_bytes };
    let id_bytes = if version < 2 { 2 } else { 4 };
    let count = fields.number(id_bytes)?;
    let mut found = Vec::new();
    let mut extents_left = EXTENTS_MAX;
    for _ in 0..count {
        let start = content.len() - fields.0.len();
        let id = u32::try_from(fields.number(id_bytes)?).expect("it has at most four bytes");
        let method = if version == 0 {
            0
        } else {
            fields.take(2)?[1] & 15
        };
        fields.skip(2)?;
        let base = fields.number(base_bytes)?;
        let mut extents = Vec::new();
        for _ in 0..fields.number(2)? {
            extents_left = extents_left.checked_sub(1).ok_or(Stop::NotUnderstood)?;
            fields.number(index_bytes)?;
            let offset = fields.number(offset_bytes)?;
            let length = fields.number(length_bytes)?;
            let offset = base.checked_add(offset).ok_or(Stop::NotUnderstood)?;
            extents.push((offset, length));
        }
        if found.len() == EXTENTS_MAX {
            return Err(Stop::NotUnderstood);
        }
        found.push(Location {
            id,
            method,
            extents,
            entry: start..content.len() - fields.0.len(),
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extents_are_read_up_to_the_limit_and_not_one_more() {
        // Two items of many extents each, which say nothing of where they are.
        let located = |second: usize| {
            let first = EXTENTS_MAX / 2;
            let mut content = vec![0, 0, 0, 0, 0, 0, 0, 2];
            for (id, extents) in [(1, first), (2, second)] {
                content.extend([0, id, 0, 0]);
                content.extend(u16::try_from(extents).unwrap().to_be_bytes());
            }
            item_locations(&content).map(|found| found.len())
        };
        assert!(matches!(located(EXTENTS_MAX / 2), Ok(2)));
        assert!(located(EXTENTS_MAX / 2 + 1).is_err());
    }
}
