//! Legal holds: what nobody may erase until two people release it. Here they are placed and listed; `release` ends them, `reach` finds
//! what a new one covers, `covering` tells who wants to erase something which of them cover it.

mod covering;
mod reach;
mod release;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use wuhen_ledger::Body;
use wuhen_ledger::body::{HoldBody, HoldScopeKind, Role, Time, Version};
use wuhen_model::people::{Permission, Verdict, may};
use wuhen_store::{Flag, FlagRow, NewJob, RegisterKind, RegisterRow, RegisterWrite};

use crate::Service;
use crate::erase::REASON_BYTES_MAX;
use crate::error::ServiceError;
use crate::register::Entry;
use crate::snapshot::Done;
use crate::staff::Actor;

pub use reach::FROZEN_MESSAGES_MAX;
use reach::Reach;

/// Longest matter, bytes.
pub const MATTER_BYTES_MAX: usize = 500;
/// Longest name of who ordered a hold, bytes.
pub const ISSUER_BYTES_MAX: usize = 200;
/// Holds that may stand at once: each erasure asks them all.
pub const HOLDS_MAX: usize = 10_000;
/// After so many days somebody looks whether a hold is still needed, unless a day was given.
pub const REVIEW_DAYS: i64 = 90;
/// In a house in which one person alone may hold, so long lies between asking for a release and the release.
pub const COOLING_OFF_HOURS: i64 = 24;

/// Work: somebody looks whether a hold is still needed. Its node is the hold's.
pub const REVIEW_JOB: &str = "hold-review";

const PLACED: &str = "placed";
const RELEASE_ASKED: &str = "release-asked";
const RELEASED: &str = "released";

/// What a hold shall cover.
#[derive(Clone, PartialEq, Eq)]
pub enum HoldScope {
    /// Everything of a guest, also what comes later.
    Guest(String),
    /// Whole conversations, also what comes later in them.
    Conversations(Vec<String>),
    /// The conversations that bear a confidentiality label now.
    Label(String),
    /// The messages that contain these words now, with their attachments.
    Query(String),
}

impl HoldScope {
    fn kind(&self) -> HoldScopeKind {
        match self {
            Self::Guest(_) => HoldScopeKind::Guest,
            Self::Conversations(_) => HoldScopeKind::Conversations,
            Self::Label(_) => HoldScopeKind::Label,
            Self::Query(_) => HoldScopeKind::Query,
        }
    }
}

/// A hold to be placed.
pub struct NewHold<'a> {
    /// The dispute, procedure or request that it is for. Sealed.
    pub matter: &'a str,
    /// Who ordered it. Sealed.
    pub issuer: &'a str,
    /// What it covers.
    pub scope: &'a HoldScope,
    /// When somebody shall look whether it is still needed; in [`REVIEW_DAYS`] days unless it is given.
    pub review: Option<Timestamp>,
    /// Why. Sealed.
    pub reason: &'a str,
}

/// What was placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Its number, `H-000001`.
    pub hold: String,
    /// Conversations that it covers as a whole.
    pub conversations: u64,
    /// Single messages that it covers.
    pub messages: u64,
    /// When somebody looks whether it is still needed.
    pub review: Timestamp,
}

/// How far a release has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Release {
    /// It is asked for; another member of staff carries it out.
    Asked,
    /// One person alone may hold here: the same one may carry it out from this time on.
    CoolingOff(Timestamp),
    /// The hold is released.
    Done,
}

/// How far a hold has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldState {
    /// It stands.
    Placed,
    /// It stands, and somebody asked for its release.
    ReleaseAsked,
    /// It does not stand any more.
    Released,
}

impl HoldState {
    /// The word in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Placed => PLACED,
            Self::ReleaseAsked => RELEASE_ASKED,
            Self::Released => RELEASED,
        }
    }

    fn of(row: &RegisterRow) -> Self {
        match row.state.as_str() {
            RELEASED => Self::Released,
            RELEASE_ASKED => Self::ReleaseAsked,
            _ => Self::Placed,
        }
    }
}

/// A hold in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldView {
    /// Its number.
    pub hold: String,
    /// How far it has come.
    pub state: HoldState,
    /// How what it covers was chosen.
    pub scope: HoldScopeKind,
    /// Conversations that it covered as a whole when it was placed.
    pub conversations: u64,
    /// Single messages that it covers.
    pub messages: u64,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// When somebody looks whether it is still needed.
    pub review: Timestamp,
    /// Whether that time has come.
    pub review_due: bool,
    /// What it is for; only for who may hold.
    pub words: Option<HoldWords>,
    /// From when a release that cools off may be carried out.
    pub cooling_off_until: Option<Timestamp>,
}

/// What people wrote on a hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldWords {
    /// The dispute, procedure or request.
    pub matter: String,
    /// Who ordered it.
    pub issuer: String,
    /// Why it was placed.
    pub reason: String,
}

/// A hold as it lies in the register. The words of a query and names of labels are not in it: they may be of what is erased later.
#[derive(Clone, Serialize, Deserialize)]
struct StoredHold {
    words: HoldWords,
    scope: HoldScopeKind,
    conversations: u64,
    messages: u64,
    placed_by: Option<u64>,
    placed_at: Timestamp,
    review: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    release: Option<StoredRelease>,
}

#[derive(Clone, Serialize, Deserialize)]
struct StoredRelease {
    asked_by: u64,
    by_role: Role,
    reason: String,
    asked_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cools_until: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    carried_out_by: Option<u64>,
}

impl Service {
    /// Places a hold. From then on no erasure takes what it covers, not even one that is being carried out.
    ///
    /// # Errors
    /// The actor may not, matter, issuer or reason are none or too long, there is nothing to cover, or too much.
    pub fn place_hold(&self, by: &Actor, new: &NewHold<'_>) -> Result<Done<Placed>, ServiceError> {
        by.check(Permission::PlaceHold)?;
        check_words("a matter", "--matter", new.matter, MATTER_BYTES_MAX)?;
        check_words("an issuer", "--issuer", new.issuer, ISSUER_BYTES_MAX)?;
        check_words("a reason", "--reason", new.reason, REASON_BYTES_MAX)?;
        let now = self.now();
        let review = new
            .review
            .unwrap_or(now + SignedDuration::from_hours(24 * REVIEW_DAYS));
        if review <= now {
            return Err(ServiceError::Refused(
                "the review date is in the past; give a later one with --review".to_owned(),
            ));
        }
        self.change_register("hold/place", || self.draft_hold(by, new, (now, review)))
    }

    fn draft_hold(
        &self,
        by: &Actor,
        new: &NewHold<'_>,
        (now, review): (Timestamp, Timestamp),
    ) -> Result<(RegisterWrite, Placed), ServiceError> {
        let rows = self.store.registered(self.tenant, RegisterKind::Hold)?;
        refuse_too_many(rows.iter().filter(|row| row.state != RELEASED).count())?;
        let Reach {
            covered,
            conversations,
            messages,
        } = self.reach_of(new.scope)?;
        let stored = StoredHold {
            words: HoldWords {
                matter: new.matter.to_owned(),
                issuer: new.issuer.to_owned(),
                reason: new.reason.to_owned(),
            },
            scope: new.scope.kind(),
            conversations,
            messages,
            placed_by: by.node.map(|node| node.0),
            placed_at: now,
            review,
            release: None,
        };
        let mut draft = self.draft_register(RegisterKind::Hold, PLACED, &stored)?;
        let node = draft.new.row.node;
        let hold = hold_name(&draft.new.row);
        let body = Body::Hold(HoldBody {
            version: Version::V1,
            tenant: self.tenant_text(),
            hold: hold.clone(),
            scope: stored.scope,
            conversations,
            messages,
            matter: stored.words.matter,
            issuer: stored.words.issuer,
            review: ledger_time(review)?.date(),
            by_role: by.ledger_role(),
            reason: stored.words.reason,
            at: self.body_time(),
        });
        let entry = self.draft_register_entry(&mut draft, &body)?;
        let flag = |(covered, item)| FlagRow {
            node: covered,
            item,
            flag: Flag::Hold,
            register: node,
        };
        let write = RegisterWrite {
            opens: vec![draft.new],
            flags: covered.into_iter().map(flag).collect(),
            jobs: vec![NewJob {
                kind: REVIEW_JOB.to_owned(),
                node,
                due_at: review.as_second(),
            }],
            entry: Some(entry),
            ..RegisterWrite::default()
        };
        let placed = Placed {
            hold,
            conversations,
            messages,
            review,
        };
        Ok((write, placed))
    }

    /// All holds, in the order in which they were placed, those that were released among them. What they are for is told to who
    /// may hold; an auditor learns that there are.
    ///
    /// # Errors
    /// The actor may not, or the store cannot be read.
    pub fn legal_holds(&self, by: &Actor) -> Result<Vec<HoldView>, ServiceError> {
        let may_hold = may(by.role, Permission::PlaceHold) != Verdict::No;
        if !may_hold {
            by.check(Permission::SeeAccessLog)?;
        }
        let now = self.now();
        let holds = self.reading(|| self.entries::<StoredHold>(RegisterKind::Hold))?;
        let view = |Entry { row, body }: Entry<StoredHold>| {
            let state = HoldState::of(&row);
            HoldView {
                hold: hold_name(&row),
                state,
                scope: body.scope,
                conversations: body.conversations,
                messages: body.messages,
                placed_at: body.placed_at,
                review: body.review,
                review_due: state != HoldState::Released && body.review <= now,
                words: may_hold.then_some(body.words),
                cooling_off_until: body.release.and_then(|release| release.cools_until),
            }
        };
        Ok(holds.into_iter().map(view).collect())
    }

    fn named_hold(&self, name: &str) -> Result<Entry<StoredHold>, ServiceError> {
        let rows = self.store.registered(self.tenant, RegisterKind::Hold)?;
        let row = rows.into_iter().find(|row| hold_name(row) == name);
        self.entry(row.ok_or_else(|| ServiceError::NotFound {
            kind: "hold",
            id: name.to_owned(),
            hint: "`wuhen hold list` names them",
        })?)
    }

    /// How many holds stand.
    pub(crate) fn standing_holds(&self) -> Result<u64, ServiceError> {
        let rows = self.store.registered(self.tenant, RegisterKind::Hold)?;
        Ok(rows.iter().filter(|row| row.state != RELEASED).count() as u64)
    }
}

fn refuse_too_many(standing: usize) -> Result<(), ServiceError> {
    if standing < HOLDS_MAX {
        return Ok(());
    }
    Err(ServiceError::Refused(format!(
        "at most {HOLDS_MAX} holds stand at once; release those that are not needed any more"
    )))
}

fn check_words(
    what: &str,
    option: &str,
    words: &str,
    bytes_max: usize,
) -> Result<(), ServiceError> {
    if words.trim().is_empty() || words.len() > bytes_max {
        return Err(ServiceError::Refused(format!(
            "a hold needs {what} of 1 to {bytes_max} bytes; give one with {option}"
        )));
    }
    Ok(())
}

fn ledger_time(time: Timestamp) -> Result<Time, ServiceError> {
    Time::from_unix_seconds(time.as_second()).map_err(|_| {
        ServiceError::Refused("the review date is out of the calendar's range".to_owned())
    })
}

/// `H-000001`: holds are counted together with cases.
fn hold_name(row: &RegisterRow) -> String {
    format!("H-{:06}", u64::from(row.ordinal) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_a_limit() {
        for bytes_max in [MATTER_BYTES_MAX, ISSUER_BYTES_MAX, REASON_BYTES_MAX] {
            let check = |words: &str| check_words("a matter", "--matter", words, bytes_max);
            assert!(check(&"a".repeat(bytes_max)).is_ok());
            assert!(check(&"a".repeat(bytes_max + 1)).is_err());
            assert!(check(" ").is_err());
        }
    }

    #[test]
    fn ten_thousand_holds_stand_and_no_more() {
        assert!(refuse_too_many(HOLDS_MAX - 1).is_ok());
        assert!(refuse_too_many(HOLDS_MAX).is_err());
    }
}
