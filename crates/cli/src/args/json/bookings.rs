//! JSON of `wuhen bookings`.

pub(crate) const BOOKINGS_IMPORT: &str = "\
JSON:
file, dry_run
             as given
rows         rows of the table, without its heading
added        bookings of which nothing was kept before
changed, unchanged
             rows that said something new of a booking that was known, and rows that did not
kept_away    rows of guests who were erased: they stay away
refused      rows that cannot be taken in; each is a line on standard error: line, error
cut          card security codes that were cut from what came, and are stored nowhere
columns_ignored
             columns that are not known
problems     snapshot repositories that have not heard of it yet
seconds      how long it took";

pub(crate) const BOOKINGS_LIST: &str = "\
JSON:
bookings     each booking: id (masked for the role), check_in, check_out, status, cancel_until, refund_open, refund_closed_at,
             deposit_refunded, dispute, complaint_open, complaint_closed_at, closed_at, and guards: guard (refund-open,
             cancellation-window-open, deposit-not-returned, dispute-open, after-checkout), until (none where it ends with an event),
             loss (what would be lost: en, zh)
guard_days   days after check-out that count
as           the role";

pub(crate) const BOOKINGS_SET: &str = "\
JSON:
guest, booking
             as given
effect       new, changed or unchanged
problems     snapshot repositories that have not heard of it yet";
