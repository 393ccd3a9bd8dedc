//! Labelled lines with personal data, and the scorer of whoever looks for it. Lines are generated from a seed, or written by hand
//! (`bench/labelled`), or not ours and named by id and offset. Knows the kinds of `wuhen-detect`, and none of its rules.

pub mod dialogues;
pub mod dice;
pub mod forms;
pub mod generate;
pub mod labelled;
pub mod line;
pub mod markup;
pub mod report;
pub mod score;
pub mod values;
