//! Puncturing removes exactly what it should, for good, and a frontier's bytes have one form only.

use std::collections::BTreeSet;

use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

use super::*;

fn root() -> Key {
    Key::from_bytes([5; 32])
}

fn secret(key: Option<Key>) -> Option<[u8; 32]> {
    key.map(|key| *key.expose())
}

fn all_leaves(frontier: &Frontier) -> Vec<Option<[u8; 32]>> {
    let mut cursor = LeafCursor::new(frontier);
    (0..SEGMENT_ITEMS)
        .map(|index| secret(cursor.leaf(index)))
        .collect()
}

/// A few scattered items, or long runs of them.
fn erased_items() -> impl Strategy<Value = Vec<u32>> {
    let run = (0..SEGMENT_ITEMS, 1..300_u32);
    let runs = vec(run, 1..6).prop_map(|runs| {
        let items = runs
            .into_iter()
            .flat_map(|(start, length)| start..start + length);
        items.filter(|index| *index < SEGMENT_ITEMS).collect()
    });
    let scattered = btree_set(0..SEGMENT_ITEMS, 0..60);
    prop_oneof![scattered, runs].prop_map(|erased| erased.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn exactly_the_punctured_leaves_are_gone(order in erased_items().prop_shuffle()) {
        let erased: BTreeSet<_> = order.iter().copied().collect();
        let whole = all_leaves(&Frontier::new(root()));
        let mut frontier = Frontier::new(root());
        for index in &order {
            prop_assert!(frontier.puncture(*index));
            prop_assert!(!frontier.puncture(*index), "only once");
        }
        prop_assert_eq!(frontier.punctured() as usize, erased.len());
        let read = Frontier::from_bytes(&frontier.to_bytes()).expect("canonical");
        prop_assert_eq!(&*read.to_bytes(), &*frontier.to_bytes());
        for (index, leaf) in (0..).zip(all_leaves(&read)) {
            let is_erased = erased.contains(&index);
            let expected = if is_erased { None } else { whole[index as usize] };
            prop_assert_eq!(leaf, expected, "item {}", index);
            prop_assert_eq!(read.is_punctured(index), is_erased);
        }
        for entry in &read.entries {
            let covered = entry.first_leaf()..entry.first_leaf() + entry.leaves();
            prop_assert!(erased.range(covered).next().is_none(), "no entry leads to an erased leaf");
        }
    }

    #[test]
    fn no_bytes_from_outside_cause_a_panic(mut bytes in vec(any::<u8>(), 0..400), count in 0..12_u8) {
        if let [version, high, low, ..] = &mut bytes[..] {
            (*version, *high, *low) = (1, 0, count);
        }
        bytes.truncate(HEAD_BYTES + usize::from(count) * ENTRY_BYTES);
        if let Ok(frontier) = Frontier::from_bytes(&bytes) {
            prop_assert_eq!(&*frontier.to_bytes(), &bytes);
        }
    }
}

#[test]
fn a_cursor_finds_the_same_leaves_in_any_order() {
    let mut frontier = Frontier::new(root());
    for index in [0, 17, 300, 301, 4_095] {
        frontier.puncture(index);
    }
    let expected = all_leaves(&frontier);
    let mut cache = LeafCache::new(frontier);
    for step in [1, 7, 16, 255, 256, 257, 4_095] {
        for turn in 0..SEGMENT_ITEMS {
            let index = (turn * step) % SEGMENT_ITEMS;
            let alone = secret(cache.frontier().leaf(index));
            assert_eq!(secret(cache.leaf(index)), expected[index as usize]);
            assert_eq!(alone, expected[index as usize]);
        }
    }
    assert_eq!(cache.into_frontier().punctured(), 5);
}

#[test]
fn there_is_no_leaf_past_the_end() {
    let mut frontier = Frontier::new(root());
    assert!(frontier.leaf(SEGMENT_ITEMS - 1).is_some());
    for index in [SEGMENT_ITEMS, SEGMENT_ITEMS + 1, u32::MAX] {
        assert!(frontier.leaf(index).is_none());
        assert!(frontier.is_punctured(index));
        assert!(!frontier.puncture(index));
    }
    assert_eq!(frontier.punctured(), 0);
}

#[test]
fn the_largest_frontier_is_read_and_one_entry_more_is_refused() {
    let mut frontier = Frontier::new(root());
    for group in 0..256 {
        frontier.puncture(group * 16 + 15);
    }
    assert_eq!(frontier.entries.len(), ENTRIES_MAX);
    assert_eq!(frontier.to_bytes().len(), 134_403);
    assert!(Frontier::from_bytes(&frontier.to_bytes()).is_ok());
    let of_leaves = |count: usize| {
        let count = u16::try_from(count).expect("two bytes");
        let mut bytes = vec![FRONTIER_VERSION];
        bytes.extend(count.to_be_bytes());
        for index in 0..count {
            bytes.push(DEPTH);
            bytes.extend(index.to_be_bytes());
            bytes.extend([1; KEY_BYTES]);
        }
        Frontier::from_bytes(&bytes).err()
    };
    assert_eq!(of_leaves(ENTRIES_MAX), None);
    assert_eq!(of_leaves(ENTRIES_MAX + 1), Some(OpenError::Format));
}

#[test]
fn puncturing_everything_leaves_nothing() {
    let mut frontier = Frontier::new(root());
    for index in (0..SEGMENT_ITEMS).rev() {
        assert!(frontier.puncture(index));
    }
    assert_eq!(frontier.punctured(), SEGMENT_ITEMS);
    assert_eq!(&*frontier.to_bytes(), &[1, 0, 0]);
}

#[test]
fn items_are_numbered_across_segments() {
    for (segment, index, number) in [
        (0, 0, 0),
        (0, 4_095, 4_095),
        (1, 0, 4_096),
        (1_048_575, 4_095, u32::MAX),
    ] {
        assert_eq!(item_number(segment, index), Some(number));
        assert_eq!(segment_and_index(number), (segment, index));
    }
    assert_eq!(item_number(1_048_576, 0), None);
}
