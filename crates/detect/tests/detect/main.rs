//! The detector as its users see it: every kind in every form, what is nobody's, and what must hold for any text.

mod always;
mod forms;
mod negatives;
mod spoken;
mod words;
