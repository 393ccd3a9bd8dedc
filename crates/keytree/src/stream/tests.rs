//! A stream comes back whole or in part, and never after it was cut, reordered, extended or changed.

use std::io::Cursor;

use super::*;
use crate::context::{NodeId, TenantId};

const CONTEXT: ItemContext = ItemContext {
    tenant: TenantId([1; 16]),
    node: NodeId(20),
    segment: 3,
    index: 4,
    kind: ItemKind::AttachmentBlob,
};

fn leaf() -> Key {
    Key::from_bytes([5; 32])
}

fn blob(length: usize) -> Vec<u8> {
    (0..251).cycle().take(length).collect()
}

fn sealed(length: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let count = seal(&leaf(), &CONTEXT, [7; 7], &mut &*blob(length), &mut out);
    assert_eq!(count.expect("memory does not fail"), length as u64);
    out
}

fn opened(sealed: &[u8]) -> Result<Vec<u8>, StreamError> {
    let mut out = Vec::new();
    let count = open(&leaf(), &CONTEXT, &mut &*sealed, &mut out)?;
    assert_eq!(count, out.len() as u64);
    Ok(out)
}

fn range(sealed: &[u8], offset: u64, length: u64) -> Result<Vec<u8>, StreamError> {
    let mut out = Vec::new();
    let mut reader = Cursor::new(sealed);
    let count = open_range(&leaf(), &CONTEXT, &mut reader, offset, length, &mut out)?;
    assert_eq!(count, out.len() as u64);
    Ok(out)
}

/// Gives little at a time, and an interruption before each.
struct Trickle<'b> {
    rest: &'b [u8],
    is_interrupted: bool,
}

fn trickle(rest: &[u8]) -> Trickle<'_> {
    Trickle {
        rest,
        is_interrupted: false,
    }
}

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.is_interrupted = !self.is_interrupted;
        if self.is_interrupted {
            return Err(ErrorKind::Interrupted.into());
        }
        let length = buffer.len().min(4_099);
        self.rest.read(&mut buffer[..length])
    }
}

#[test]
fn any_length_comes_back() {
    for length in [0, 1, 65_535, 65_536, 65_537, 131_072, 300_000] {
        let sealed = sealed(length);
        let segments = length.div_ceil(SEGMENT_BYTES).max(1);
        assert_eq!(sealed.len(), HEADER_BYTES + length + segments * TAG_BYTES);
        assert_eq!(opened(&sealed).expect("it opens"), blob(length));
    }
}

#[test]
fn slow_readers_change_nothing() {
    let plain = blob(200_000);
    let mut out = Vec::new();
    seal(&leaf(), &CONTEXT, [7; 7], &mut trickle(&plain), &mut out).expect("it seals");
    assert_eq!(out, sealed(200_000));
    let mut back = Vec::new();
    open(&leaf(), &CONTEXT, &mut trickle(&out), &mut back).expect("it opens");
    assert_eq!(back, plain);
}

#[test]
fn no_byte_can_be_changed() {
    let good = sealed(30);
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 1;
        assert!(opened(&bad).is_err(), "byte {at}");
        assert!(range(&bad, 0, 1).is_err(), "byte {at}");
    }
    let good = sealed(200_000);
    for at in (0..good.len()).step_by(9_973) {
        let mut bad = good.clone();
        bad[at] ^= 0x80;
        assert!(opened(&bad).is_err(), "byte {at}");
    }
}

#[test]
fn nothing_can_be_cut_off_or_added() {
    let good = sealed(131_072 + 100);
    let ends = (0..3).map(|count| HEADER_BYTES + count * SEALED_SEGMENT_BYTES);
    let cuts = ends.flat_map(|end| [end, end + 1, end + TAG_BYTES, end + 100]);
    for cut in (0..HEADER_BYTES).chain(cuts).chain([good.len() - 1]) {
        assert!(opened(&good[..cut]).is_err(), "cut at {cut}");
    }
    for extra in [1, 16, 17, SEALED_SEGMENT_BYTES] {
        let longer = [&good[..], &vec![0; extra]].concat();
        assert!(opened(&longer).is_err(), "{extra} bytes more");
    }
    let full = sealed(65_536);
    let repeated = [&full[..], &full[HEADER_BYTES..]].concat();
    assert!(opened(&repeated).is_err());
}

#[test]
fn segments_cannot_change_places() {
    let good = sealed(3 * SEGMENT_BYTES);
    let (header, body) = good.split_at(HEADER_BYTES);
    let segments: Vec<_> = body.chunks(SEALED_SEGMENT_BYTES).collect();
    for order in [[1, 0, 2], [0, 2, 1], [2, 1, 0], [0, 0, 2]] {
        let body = order.map(|at| segments[at]).concat();
        assert!(opened(&[header, &body].concat()).is_err(), "{order:?}");
    }
}

#[test]
fn parts_can_be_sought() {
    let length = 3 * SEGMENT + 1_000;
    let plain = blob(3 * SEGMENT_BYTES + 1_000);
    let whole = sealed(plain.len());
    let edges = [
        0,
        1,
        SEGMENT - 1,
        SEGMENT,
        SEGMENT + 1,
        3 * SEGMENT,
        length - 1,
        length,
        length + 1,
    ];
    for offset in edges {
        for count in [0, 1, 2, SEGMENT, SEGMENT + 1, length, u64::MAX] {
            let from = clamp(offset, plain.len());
            let to = clamp(offset.saturating_add(count), plain.len());
            let part = range(&whole, offset, count).expect("it opens");
            assert!(part == plain[from..to], "{count} bytes from {offset}");
        }
    }
    for length in [0, SEGMENT_BYTES] {
        let all = range(&sealed(length), 0, u64::MAX).expect("it opens");
        assert_eq!(all, blob(length));
    }
}

#[test]
fn a_part_that_reaches_the_end_notices_a_cut() {
    let good = sealed(3 * SEGMENT_BYTES);
    let cut = &good[..HEADER_BYTES + 2 * SEALED_SEGMENT_BYTES];
    let first = range(cut, 0, 10).expect("the first segment is as it was");
    assert_eq!(first, blob(10));
    for offset in [SEGMENT, 2 * SEGMENT, 2 * SEGMENT + 1, u64::MAX] {
        assert!(range(cut, offset, 10).is_err(), "from {offset}");
    }
}

#[test]
fn another_place_or_leaf_does_not_open_it() {
    let good = sealed(100);
    let elsewhere = ItemContext {
        index: 5,
        ..CONTEXT
    };
    let message = ItemContext {
        kind: ItemKind::Message,
        ..CONTEXT
    };
    let other_leaf = Key::from_bytes([6; 32]);
    let attempts = [
        (leaf(), elsewhere, OpenError::Commitment),
        (other_leaf, CONTEXT, OpenError::Commitment),
        (leaf(), message, OpenError::WrongKind),
    ];
    for (leaf, context, expected) in attempts {
        let mut out = Vec::new();
        let error = open(&leaf, &context, &mut &*good, &mut out).expect_err("it does not open");
        assert!(matches!(error, StreamError::Open(error) if error == expected));
        assert!(out.is_empty());
    }
}

#[test]
fn a_full_disk_is_told_apart_from_a_bad_stream() {
    let good = sealed(100);
    let error = open(&leaf(), &CONTEXT, &mut &*good, &mut &mut [0; 10][..]);
    assert!(matches!(error, Err(StreamError::Io(_))));
    let error = seal(
        &leaf(),
        &CONTEXT,
        [7; 7],
        &mut &*blob(100),
        &mut &mut [0; 60][..],
    );
    assert!(error.is_err());
}
