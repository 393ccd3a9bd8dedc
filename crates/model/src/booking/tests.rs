//! What is read of a booking, what it guards and until which instant, and what it emits.

use super::*;

#[test]
fn a_booking_shows_nothing_of_itself() {
    assert_eq!(format!("{:?}", Booking::new("SECRET")), "Booking { .. }");
}
