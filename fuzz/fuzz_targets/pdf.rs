//! The text of a PDF file: no panic of ours, no endless walk, and never more text than the limit.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wuhen_formats::pdf::{TEXT_BYTES_MAX, THREAD_NAME, text};

fuzz_target!(
    init: {
        let stop = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // A fault of the reader ends with its thread, which is what the thread is for. Ours stop the run.
            let is_theirs = panic.location().is_some_and(|place| place.file().contains("lopdf"));
            if !(is_theirs && std::thread::current().name() == Some(THREAD_NAME)) {
                stop(panic);
            }
        }));
    },
    |bytes: &[u8]| {
        let read = text(bytes);
        assert!(read.text.len() <= TEXT_BYTES_MAX);
    }
);
