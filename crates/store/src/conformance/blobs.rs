//! Where attachments lie.

use std::io::{Read, Write};

use super::fixture::Fixture;

pub(super) fn blobs_are_there_when_finished_and_gone_when_removed(f: &Fixture) {
    let blobs = f.store.blobs();
    let mut sink = blobs.create("00ff").expect("a blob");
    sink.write_all(b"sealed").expect("a write");
    assert_eq!(sink.finish().expect("a blob"), 6);
    let mut bytes = Vec::new();
    let mut reader = blobs.open("00ff").expect("a look-up").expect("the blob");
    reader.read_to_end(&mut bytes).expect("a read");
    assert_eq!(bytes, b"sealed");
    assert_eq!(blobs.names().expect("names"), ["00ff"]);
    blobs.remove("00ff").expect("removed");
    blobs.remove("00ff").expect("what is not there is fine");
    assert!(blobs.open("00ff").expect("a look-up").is_none());
}
