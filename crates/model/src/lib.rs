//! What Wuhen's other rooms agree on: the interchange records and their limits, text matching and
//! sketches, calendars and rule packs, bookings, what is decided of a record, and the clock, randomness
//! and steps that callers pass in. Pure: no file, no socket, no database, no time and no randomness of
//! its own.

#[macro_use]
pub mod named;

pub mod booking;
pub mod calendar;
pub mod clock;
pub mod deadline;
pub mod decision;
pub mod job;
pub mod limits;
pub mod people;
pub mod record;
pub mod request;
pub mod rules;
pub mod schedule;
pub mod search;
pub mod steps;
pub mod testing;

pub use clock::{Clock, Rng};
pub use steps::{NoSteps, Steps, Stopped, When};
