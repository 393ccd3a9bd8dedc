//! A frontier's bytes: one spelling each; puncturing takes one leaf and leaves every other as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wuhen_keytree::seed::{Frontier, SEGMENT_ITEMS};

fuzz_target!(|input: &[u8]| {
    let Some((index, bytes)) = input.split_first_chunk::<2>() else {
        return;
    };
    let Ok(mut frontier) = Frontier::from_bytes(bytes) else {
        return;
    };
    assert_eq!(&frontier.to_bytes()[..], bytes);
    let index = u32::from(u16::from_be_bytes(*index)) % SEGMENT_ITEMS;
    let neighbour = index ^ 1;
    let before = frontier.leaf(neighbour).map(|leaf| *leaf.expose());
    let (punctured, was_there) = (frontier.punctured(), !frontier.is_punctured(index));
    assert_eq!(frontier.puncture(index), was_there);
    assert_eq!(frontier.punctured(), punctured + u32::from(was_there));
    assert!(frontier.leaf(index).is_none());
    assert_eq!(frontier.leaf(neighbour).map(|leaf| *leaf.expose()), before);
    let again = Frontier::from_bytes(&frontier.to_bytes()).expect("what was written can be read");
    assert_eq!(again.to_bytes(), frontier.to_bytes());
});
