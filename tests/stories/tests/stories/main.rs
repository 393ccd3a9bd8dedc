//! Stories: each plays on real folders what a hotel, a guest or a thief would do. A story is named after what cannot happen.

#![expect(
    clippy::unwrap_used,
    reason = "tests, whose helpers clippy does not know as such"
)]

mod attachments;
mod attack;
mod beside;
mod bookings;
mod bulk;
mod certificate;
mod complaints;
mod door;
mod films;
mod holds;
mod interrupted;
mod limits;
mod overtaken;
mod redaction;
mod requests;
mod residue;
mod restore;
mod rules;
mod sabotage;
mod search;
mod staff;
mod trial;
