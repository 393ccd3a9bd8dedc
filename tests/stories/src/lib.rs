//! Whole lives as a person would live them, and the attacker. What stories share is here; the stories are in `tests/`.

pub mod attacker;
pub mod document;
pub mod imager;
pub mod meanwhile;
pub mod moments;
pub mod sabotage;
pub mod truth;
pub mod world;
