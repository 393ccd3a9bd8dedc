//! Numbers: runs of digits, and the windows of a run that are a phone, a card, an identity.

mod card;
mod fill;
mod foreign;
mod identity;
mod phone;
mod run;
mod window;

pub(crate) use fill::numbers;
pub(crate) use run::{Run, is_other_script};
pub(crate) use window::Nearby;
