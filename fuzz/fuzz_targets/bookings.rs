//! A table of bookings, in any encoding. What a row says can be read back, and what is wrong can be told.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use wuhen_formats::{Source, bookings};
use wuhen_model::booking::{Order, Stated};

fuzz_target!(|bytes: &[u8]| {
    let Ok(source) = Source::from_reader("fuzz", Cursor::new(bytes.to_vec())) else {
        return;
    };
    match bookings::read(source) {
        Ok(sheet) => {
            assert!(sheet.rows.len() as u64 <= sheet.rows_total);
            for row in &sheet.rows {
                assert!(!row.id.is_empty() && !row.guest.is_empty());
                let mut stated = Stated::default();
                let says = stated.take(&row.statement, Order::of_node(1));
                assert_eq!(says, !row.statement.is_empty(), "what was read is not lost");
                assert!(!stated.take(&row.statement, Order::of_node(1)), "nor new again");
                let _ = stated.booking(&row.id);
            }
            for bad in &sheet.bad {
                let _ = bad.problem.to_string();
            }
        }
        Err(error) => {
            let _ = (error.to_string(), error.problem.hint());
        }
    }
});
