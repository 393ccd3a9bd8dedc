//! The JSON that each command answers with under `--json`: shown in its help and in the reference.

mod bookings;

pub(crate) use bookings::{BOOKINGS_IMPORT, BOOKINGS_LIST, BOOKINGS_SET};

use std::fmt::Write as _;

use crate::exit::Exit;

/// Of the program as a whole, with the exit codes.
pub(crate) fn general() -> String {
    let mut text = GENERAL.to_owned();
    for exit in Exit::ALL {
        write!(text, "\n{}  {}", exit.code(), exit.meaning()).expect("a String takes every write");
    }
    text
}

const GENERAL: &str = "\
Ids are those of the source that a record came from. Where several sources have the same id, write SOURCE/ID; where several
conversations have messages of the same id, CONVERSATION/ID or SOURCE/CONVERSATION/ID.

JSON:
With --json, standard output holds one JSON document in one line, with the
fields that each command's help names; fields may be added, never taken away.
Times are RFC 3339. An error is one line on standard error:
{\"error\":\"what and what to do\",\"exit_code\":1}
A notice is {\"note\":\"...\"} there.

Exit codes:";

pub(crate) const INIT: &str = "\
JSON:
store        folder of the store
keys         folders of the keys, a list
tenant       name
timezone     IANA time zone
kind, pack   as given
ledger_key   the public key that certificates are checked with
fingerprint  a short form of it, for people to compare
officer      what the first privacy officer is called";

pub(crate) const IMPORT: &str = "\
JSON:
guests, conversations, messages, attachments
             records added, over all files
known        records that were there already: the same four numbers
kept_away    records that were erased before and stayed away: the same four numbers
cut          card security codes that were cut from what came, and are stored nowhere
files        each file: file, source, its own guests, conversations, messages, attachments, cut, codes_in_documents, seconds,
             and erased_elsewhere: sources with the number of guests and conversations let in whose ids were erased from them
attachments_checked
             over all files, how many attachments: stripped (pictures and films, by what was taken out of them: location,
             thumbnail, maker-note, metadata, trailing-data), not_understood (those in which some of that may be left),
             not_looked_into (files that are neither text nor PDF, picture or film),
             identity_documents (marked by themselves), scanned (texts and PDF files, by how far they were read: done,
             too-large, encrypted, damaged, pictures), with_findings (those of them with personal data), codes_cut (texts that card
             security codes were cut out of), codes_in_documents (PDF files in which they were found, and are stored)
seconds      how long it took";

pub(crate) const STATS: &str = "\
JSON:
guests, conversations, messages, attachments
             records stored
epoch        erasures that renewed the keys
bytes        database, log (the write-ahead log), blobs (sealed attachments)
oldest       when the oldest conversation was opened, or null
tenant       name, timezone, kind, pack";

pub(crate) const GUESTS: &str = "\
JSON:
guests       a list: id, source, name, phone, email, locale (null where absent), other (further fields as they came),
             conversations and messages (how many)
as           the role that the answer is for: name, phone, email and what is found in other are masked for it";

pub(crate) const CONVERSATIONS: &str = "\
JSON:
conversations
             a list: id, source, guest, channel, opened_at, messages and attachments (how many), labels, booking,
             category (other, itinerary-change, booking-confirmation, payment, complaint, deposit, refund,
             identity-document: the last of these that any of its messages is about), importance (ordinary, important),
             backup (any, monthly, after-booking, within-24-hours, only-when-asked: when a copy is worth having)
as           the role that the answer is for: what is found in channel, labels and booking is masked for it";

pub(crate) const SHOW: &str = "\
JSON:
conversation id, source, guest, channel, opened_at, messages and attachments (how many), labels, booking, category,
             importance, backup: as `conversations` lists them
messages     a list by time: id, sender (role and id), sent_at, text (masked), category, importance,
             findings (a list: start, end, char_start, char_end in the text as it stands here; kind, score, evidence),
             attachments (number, name, media_type, bytes, mark (identity-document, or null), stripped (what was taken out
              of a picture or film, a list), not_understood (some of that may be left),
              not_looked_into (neither text nor PDF file, picture or film),
              codes_left (a PDF file in which card security codes are stored), redacted_at (when something was last cut out of it,
              or null), scan (done, too-large, encrypted, damaged, pictures;
             null where it is no text and no PDF file), findings (personal data in its text, how many of each kind)),
             other (further fields, masked),
             redacted (true where something was cut out of the stored text), redacted_at (when last, or null)
as, revealed the role that the answer is for, and whether masks were lifted
problems     with --reveal: who could not be told of the record of it, in words";

pub(crate) const SEARCH: &str = "\
JSON:
messages     a list: id, conversation, source, sender (role and id), sent_at, text (masked), findings, category, importance:
             as `show` has them
count        how many
as           the role that the answer is for
Nothing found is no error: the exit code is 0.";

pub(crate) const SCAN: &str = "\
Kinds: RESIDENT_ID, PERMANENT_RESIDENT_ID, BANK_CARD, CARD_SECURITY_CODE, MOBILE, LANDLINE, PHONE, EMAIL, PASSPORT,
TRAVEL_PERMIT, HKID, TAIWAN_ID, MACAU_ID, ORG_CODE, LICENCE_PLATE, IP_ADDRESS, MAC_ADDRESS, IMEI, IBAN, WECHAT_ID, QQ_ID,
BOOKING_NUMBER, VERIFICATION_CODE, DATE_OF_BIRTH, PERSON_NAME, ADDRESS, SECRET; in any case, with - or _, or in Chinese.

JSON of a text: one object for each line, in order, at once.
With --format jsonl every line is answered:
id           as it came, or null
findings     a list by place: start and end (bytes of UTF-8, from 0, the end excluded), char_start and char_end (characters),
             kind, score (0 to 1), evidence (a list of grounds)
Without it, lines with findings only: line (from 1), findings
With --keep-going, a line that cannot be read is answered in its place: line (from 1), error
JSON of a store:
conversations, messages
             read; conversations_with hold personal data anywhere, messages_with in their texts
kinds        each kind that there is in texts of messages: findings (spans), messages, conversations
places       messages, attachments, profiles, fields: of each records (looked at), records_with, kinds (each kind with how many
             spans), cut (card security codes that were cut out of it when it came). Of attachments, texts and PDF files
             count as they were read when they came
unscanned    messages that came before there were rules: what they hold is masked when shown, and was never cut
other_rules  messages that were scanned by other rules than today's when they came
cut          card security codes that were cut out of texts of messages when they came
codes_in_documents
             PDF files with card security codes in them: they are stored
identity_documents
             attachments that are marked as identity documents; each counts as one identity
first        a list, what to clean first: id, source, findings, grave, kinds (each kind with how many), identity_documents, last_at,
             weight
seconds      how long it took";

pub(crate) const HOUSE_NUMBERS: &str = "\
JSON:
numbers      the own numbers now, a list
changed      how many were added or removed";

pub(crate) const STAFF_ADD: &str = "\
JSON:
name, role   as given
has_password whether they have one
second_factor
             the secret of a new second factor as an otpauth address, shown this once; or null
problems     who could not be told of it, in words";

pub(crate) const STAFF_LIST: &str = "\
JSON:
staff        a list in the order in which they came: name, role (agent, supervisor, privacy-officer, auditor, tenant-admin), active (false:
             they left), has_password, has_second_factor, since";

pub(crate) const STAFF_DISABLE: &str = "\
JSON:
name         as given
active       false
changed      false where they had left before
problems     who could not be told of it, in words";

pub(crate) const STAFF_ROLE: &str = "\
JSON:
name, role   as given
problems     who could not be told of it, in words";

pub(crate) const STAFF_PASSWORD: &str = "\
JSON:
name         as given
second_factor
             the secret of a new second factor as an otpauth address, shown this once; or null
problems     who could not be told of it, in words";

pub(crate) const RULES_CHECK: &str = "\
Ends with 1 where the pack is refused.
JSON:
problems     a list, empty where it is in order: line (from 1), place, what (in English)
name, version, rules
             of a pack that is in order: what it is called, which one, how many rules";

pub(crate) const RULES_SHOW: &str = "\
JSON:
name, version
             what it is called, and which one
rules        a list: category, tenants (kinds of house; empty: all), purpose, basis, article (each zh and en), start (the event that
             begins it), floor (how long at least, or null), ceiling (how long at most), on_expiry (erase, review), review (a day),
             owner, counting (by which law)
Without a pack:
in_force     null, or pack, version, by_role, applied_at, effective_at, reason, first_run_at (or null), limit (records that one batch
             takes), stopped (null, or records and since: it asks), reviews (a list: category, since, owner: to be looked at again), rules
waiting      null, or the same of the pack whose time has not come
history      a list of the packs before: pack, version, state (replaced, withdrawn), by_role, applied_at, effective_at, reason
retention_at when what reached its ceiling is erased next, or null";

/// What `rules show` answers without a pack is told with what it answers with one.
pub(crate) const RULES_APPLY: &str = "\
JSON:
pack, version
             what it is called, and which one
state        in-force, or waiting; dry-run with --dry-run
effective_at from when on it holds
due_now      messages, attachments, bytes, oldest (when the oldest was sent, or null): what it would erase if it held now
due_in_30_days
             what it would erase within the next 30 days, besides: the same four
kept         holds, floors, guards: messages that are due now and are kept all the same
categories   a list: category, due_now, due_in_30_days, kept
limit        records that one batch takes
problems     who could not be told, in words";

pub(crate) const RULES_WITHDRAW: &str = "\
JSON:
pack         what was taken back
problems     who could not be told, in words";

pub(crate) const RULES_CONFIRM: &str = "\
JSON:
confirmed    a list: kind (retention, clean-up), records
problems     who could not be told, in words";

pub(crate) const HOUSE_SCHEDULES: &str = "\
JSON:
retention    schedule (five fields of cron), next_at (or null: no rule pack is in force)
clean_up     null, or schedule, older_than, next_at, limit (records that one takes), stopped (null, or records and since: it asks)
problems     who could not be told, in words";

pub(crate) const RUN: &str = "\
A job that failed is tried again later; so is one whose program died. Missed times are caught up once. Ends with 3 where a job
failed, or stopped because it would have taken more than one batch may; without --once it goes on.
JSON, without --once one document for each time that something was done:
jobs         a list: kind, due_at, state (done, stopped, failed, left: not this program's to do, taken-over), next_at (or null), case and
             records (of an erasure: its number and guests, conversations, messages, attachments; or null), erasure (complete, partial, or
             null), stopped (records that it would have taken, or null), says (a list of words), problems (a list of words), error
next_at      when something is due next, or null";

pub(crate) const RULES_DIFF: &str = "\
JSON:
changes      a list: category, kind (of house), counting, old and new (a rule as `rules show` has it, or null)";

pub(crate) const RULES_SCHEMA: &str = "\
Standard output holds the schema (JSON Schema 2020-12), also under --json. What it cannot say, `rules check` does: names, periods,
that a ceiling is there and does not end before the floor.";

pub(crate) const RULES_COUNT: &str = "\
The day of the event is not counted. Civil Code of China, articles 200 to 204, with the holidays and worked weekends that the State
Council orders; Regulation 1182/71 of the EU, article 3; or days as they come. Working days (wd) are counted by the same tables.
JSON:
period, from, counting
             what was asked
last_day     the period ends when this day ends
unknown_year a year whose holidays are not known and were needed, or null";

pub(crate) const ATTACHMENT: &str = "\
JSON:
With --output: conversation, number, output, bytes, masked (places in a text), as (the role that it is for), revealed (whether
masks were lifted), problems (who could not be told of the record of it, in words). Without it, standard output holds the
attachment's bytes.
An attachment that the role may not have is an error.";

pub(crate) const ERASE: &str = "\
JSON:
case         number of the case
state        complete, or partial
records      guests, conversations, messages, attachments that were erased
skipped      what stayed, a list: counts (as records), reason
epoch        the store's epoch now
rewraps      keys that were renewed
problems     what is missing for complete, in words
certificate  the file that was written, or null: `wuhen certificate get CASE` prints it any time
seconds      how long it took
With --dry-run:
dry_run      true
records      what would go: the same four numbers
bytes        of their rows and files
repositories snapshot repositories that the erasure will reach
consequences a list of refund-open, deposit-not-returned, booking-ahead, attachments-go, no-snapshot
Where it has to be asked for (rules are in force, the role may not erase at once, --ask or --grace-days):
requests     a list, as `request show` has them: what may go, and one for each thing that the others wait for
With --dry-run then also:
decisions    a list: conversation, source, records (outcome, reason, article, sentence.en, sentence.zh, messages, attachments)";

pub(crate) const REQUEST: &str = "\
JSON:
request      its number
stage        draft, checked, waiting, scheduled, erasing, partial, complete, cancelled, refused or with-exceptions
waits        a list of backup, identity, approval, window, hold, floor
next         when it changes by itself, RFC 3339, or null: the end of its grace, of a booking's window, of a statutory period
asked_by, approver, asked_at
             by roles, never names
records      conversations, messages, attachments; bytes: of their rows and files
kept         what could not go with it, a list: outcome, reason, article, messages, ...
follows      the request that its records were of first, or null
case         the number of its erasure and certificate, or null
checkpoints  the seven, each with whether it is done
problems     repositories that have not heard of it yet, in words";

pub(crate) const REQUEST_LIST: &str = "\
JSON:
requests     a list, oldest first, each as `request show` has it, without problems";

pub(crate) const REDACT: &str = "\
A text is answered with a text, with --json as without: its lines, in the encoding and with the line ends that they came with,
uncompressed. With --keep-going, lines that cannot be read are left out of it, and told on standard error.
JSON of a redaction of the store:
case         number of the case
state        complete, or partial
conversations, messages, attachments, profiles (of guests), records (conversations' own)
             how many were changed; documents_erased: attachments that went as a whole, with --documents erase
left         what stays though it may hold what is looked for, each how many: documents (PDF files in which it was found), unread
             (texts and PDF files not read to their end), pictures (and other files, not looked into), identity_documents (those
             of them that are marked so), ids, labels
unchanged    messages that were looked through and in which there is nothing to redact
spans        what was cut out, how many by kind: {\"MOBILE\":2}; spans that were named with --span are REDACTED
epoch        the store's epoch now
rewraps      keys that were renewed
problems     what is missing for complete, in words
certificate  the file that was written, or null: `wuhen certificate get CASE` prints it any time
seconds      how long it took
With --dry-run:
dry_run      true
conversations, messages, attachments, documents_erased, profiles, records, left, unchanged, spans
             as above, of what would happen
bytes        of the rows and files that would be erased
repositories snapshot repositories that it will reach
consequences a list of no-snapshot";

pub(crate) const HOLD_PLACE: &str = "\
JSON:
hold         number of the hold
conversations, messages
             how many it covers: conversations as a whole, or, of --query, messages one by one
review       when somebody looks whether it is still needed
problems     what is missing: snapshot repositories that have not heard of it yet";

pub(crate) const HOLD_LIST: &str = "\
JSON:
holds        a list: hold (its number), state (placed, release-asked, released), scope (guest, conversations, label, query),
             conversations, messages (how many it covered when it was placed), placed_at, review, review_due, matter, issuer, reason
             (null for who may not hold), cooling_off_until (or null)";

pub(crate) const HOLD_RELEASE: &str = "\
JSON:
hold         its number
state        release-asked or released
cooling_off_until
             from when the same person may carry it out, where nobody else may; or null
problems     what is missing: snapshot repositories that have not heard of it yet";

pub(crate) const LABEL: &str = "\
JSON:
conversation, label
added        false where it bears the label already";

pub(crate) const MARK: &str = "\
JSON:
conversation, number, mark
marked       whether it bears the mark now
changed      false where that was so before";

pub(crate) const VERIFY: &str = "\
JSON:
valid        whether everything in it holds
state        complete or partial
key          trusted, unknown (no key was given or pinned), or other (than the one given)
fingerprint  of the key that signed it
log_key      that key
case, organisation, scope, reason, requested_at, completed_at
records      guests, conversations, messages, attachments that were erased
redaction    null; of a redaction: style (mask, label, remove), spans (how many by kind). Its records are the versions before
             it: of messages, attachments, profiles (guests), conversations' own records (conversations)
copies       a list: copy, state, detail
custodians   a list: name, assurance, answer, effective_not_before
steps        the checks that held, in words
limits       what it does not prove, in words
exit_code    0 valid and complete, 3 valid but partial, 4 valid under an unknown key, 1 not valid
Where it is not valid: valid, exit_code and error.";

pub(crate) const LEDGER_CHECK: &str = "\
JSON:
valid        true; where the ledger does not hold, the command fails
size         entries
opened       entries whose content could be opened, and fits
root         of the tree, base64
checkpoint   the signed checkpoint
key          the public key";

pub(crate) const LEDGER_CHECKPOINT: &str = "\
JSON:
checkpoint   the signed note";

pub(crate) const LEDGER_EXPORT: &str = "\
JSON:
folder       where it was written: checkpoint, tile/..., key
size         entries";

pub(crate) const LEDGER_KEY: &str = "\
JSON:
key          the public key, a C2SP signed-note verifier key
fingerprint  a short form of it, for people to compare";

pub(crate) const LEDGER_REVEALS: &str = "\
JSON:
reveals      a list, oldest first: entry (in the ledger), at, by_role, reason, conversation (null where it is gone), attachment
             (its number where it was one alone, or null), messages (that were read), findings (places that were masked until
             then)
count        how many
by_role      how many by each role that lifted any";

pub(crate) const SNAPSHOT_INIT: &str = "\
JSON:
repository   its id
folder       where it is
problems     who could not be told of it, in words";

pub(crate) const SNAPSHOT_CREATE: &str = "\
JSON:
snapshot     its id
number       its number in the repository, from 1
created_at, epoch
guests, conversations, messages, attachments
             what it holds
seconds      how long it took
problems     who could not be told of it, in words";

pub(crate) const SNAPSHOT_LIST: &str = "\
JSON:
repositories a list: id (null where a folder was named), folder, current_as_of, error (null, or why it cannot be read),
             snapshots (a list: snapshot, number, created_at, epoch, guests, conversations, messages, attachments)";

pub(crate) const SNAPSHOT_RESTORE: &str = "\
JSON:
store, keys  where it is now
repository, snapshot, created_at
restored     guests, conversations, messages, attachments that are back
gone         those of the snapshot that stay away, because they were erased since: the same four numbers
lost         conversations and items that were newer than the snapshot
probes       a list: name, passed, detail
seconds      how long it took";

pub(crate) const SNAPSHOT_UNREGISTER: &str = "\
JSON:
repository   its id
registered   false
problems     who could not be told of it, in words";

pub(crate) const CERTIFICATE_LIST: &str = "\
JSON:
certificates a list: case, state (erasing, rotated, erased, partial, complete, abandoned), scope, reason, requested_at,
             records (guests, conversations, messages, attachments), redaction (as `verify` has it)";

pub(crate) const CERTIFICATE_GET: &str = "\
JSON:
With --output: case, output, bytes. Without it, standard output holds the certificate, which is JSON itself.";

pub(crate) const PROBE: &str = "\
JSON:
clean        true where nothing was found
files, bytes what was read
needles      texts looked for
found        a list: file, needle (number of the line, from 1), encoding, offset";

pub(crate) const DOCTOR: &str = "\
JSON:
healthy      false where there is a problem
findings     a list: about, severity (fine, warning, problem), says
repaired     with --repair, a list: keys, root";

pub(crate) const HOUSE_GUARD_DAYS: &str = "\
JSON:
guard_days   for how many days after check-out a booking guards its records
changed      whether it was otherwise before";
