//! Requests for an erasure, from the question to the certificate: asked, decided per record, approved, frozen for its grace, carried
//! out when it is due. What may not go yet is followed up by a request of its own, which becomes due by itself.

mod due;
mod split;
mod view;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use wuhen_keytree::context::NodeId;
use wuhen_ledger::body::ScopeKind;
use wuhen_model::decision::{Asker, Person, Request as Asking, Staff};
use wuhen_model::people::{
    Approval, Member, Permission, Second, StaffName, StaffRole, cooling_off_until, second_person,
};
use wuhen_model::request::{
    Article, AskedBy, By, Checkpoint, Event, Fact, GRACE_DAYS_DEFAULT, RefusalReason, Stage, State,
    Terms, Wait, apply,
};
use wuhen_store::{Flag, FlagRow, NewJob, RegisterKind, RegisterRow, RegisterWrite, StateMove};

use crate::Service;
use crate::erase::check_reason;
use crate::error::ServiceError;
use crate::register::Entry;
use crate::select::{Scope, Selection};
use crate::snapshot::Done;
use crate::staff::Actor;

pub use due::{Carried, DueReport};
pub use view::{KeptView, RequestView};

/// The kind of the job that looks at a request again.
pub(crate) const REQUEST_DUE: &str = "request-due";

/// What somebody asks for.
pub struct Ask {
    /// Of which records.
    pub scope: Scope,
    /// Why, in their own words. Sealed; it stands on the certificate.
    pub reason: String,
    /// Days in which it can be taken back; none: the house's.
    pub grace_days: Option<u16>,
}

/// A request as it lies in the register.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct StoredRequest {
    pub(crate) state: State,
    pub(crate) scope: ScopeKind,
    pub(crate) selection: Selection,
    /// Guests who were asked for as a whole: each goes with the last of its conversations, whichever request takes that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) guests: Vec<u64>,
    pub(crate) asker: Asker,
    /// Who of the staff asked, by name.
    pub(crate) asked_by: Option<StaffName>,
    pub(crate) reason: String,
    pub(crate) asked_at: Timestamp,
    /// In which role the second person approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) approver: Option<StaffRole>,
    /// The request whose records these were, where they could not go with the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) follows: Option<u64>,
    /// What was left for others when it was split.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) kept: Vec<KeptView>,
    /// The erasure's case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) case: Option<u64>,
    /// When it changes by itself, as far as that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<Timestamp>,
}

impl StoredRequest {
    fn apply(&mut self, event: Event, now: Timestamp) -> Result<(), ServiceError> {
        self.state = apply(&self.state, event, now)
            .map_err(|refused| ServiceError::Refused(refused.to_string()))?;
        Ok(())
    }

    fn waits_for(&self, wait: Wait) -> bool {
        matches!(self.state.stage(), Stage::Waiting { waits } if waits.contains(&wait))
    }

    /// Who asked, as a person that may be compared with an approver.
    fn executor(&self) -> Option<Member> {
        let Asker::Staff(Staff { role, .. }) = self.asker else {
            return None;
        };
        Some(Member {
            name: self.asked_by.clone()?,
            role,
        })
    }

    /// Its records, and the guests that go with the last of them.
    fn whole(&self) -> Selection {
        let mut selection = self.selection.clone();
        selection.drops.extend(&self.guests);
        selection.settle();
        selection
    }

    /// What decisions look at, where nothing about the request itself is open any more.
    fn cleared(&self) -> Asking {
        Asking::by(self.asker)
    }
}

impl Service {
    /// Whether an erasure by this person has to be asked for: rules are in force, or the role may not erase at once.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn has_to_ask(&self, by: &Actor) -> Result<bool, ServiceError> {
        let at_once = by.check(Permission::EraseAtOnce).is_ok();
        Ok(!at_once || self.reading(|| self.rules_in_force())?.is_some())
    }

    /// Asks for an erasure. Every record is decided on; what may go waits for a second person where one is needed, then for its grace;
    /// what may not go yet is followed up by requests of its own.
    ///
    /// # Errors
    /// Nothing matches, the role may not ask, or the store refuses.
    pub fn ask(&self, by: &Actor, ask: &Ask) -> Result<Done<Vec<RequestView>>, ServiceError> {
        by.check(Permission::RequestErasure)?;
        check_reason(&ask.reason)?;
        let done = self.change_register("request/ask", || self.draft_request(by, ask))?;
        let Done { done, problems } = done;
        let done = self.requests_named(&done)?;
        Ok(Done { done, problems })
    }

    fn draft_request(
        &self,
        by: &Actor,
        ask: &Ask,
    ) -> Result<(RegisterWrite, Vec<NodeId>), ServiceError> {
        let rules = self.rules_in_force()?;
        let bench = self.bench(rules.as_deref())?;
        let selection = self.select(&ask.scope)?;
        let role = match by.role {
            StaffRole::PrivacyOfficer => AskedBy::PrivacyOfficer,
            _ => AskedBy::Agent,
        };
        let default = if rules.is_some() {
            GRACE_DAYS_DEFAULT
        } else {
            0
        };
        let terms = Terms::erasure(role, ask.grace_days.unwrap_or(default))
            .map_err(|bad| ServiceError::Refused(bad.to_string()))?;
        let person = Person(by.node.map_or(0, |node| node.0));
        let guests = self.guests_among(&selection)?;
        let stored = StoredRequest {
            state: State::draft(terms),
            scope: ask.scope.kind(),
            selection,
            guests,
            asker: Asker::Staff(Staff {
                person,
                role: by.role,
            }),
            asked_by: by.name.parse().ok(),
            reason: ask.reason.clone(),
            asked_at: bench.now,
            approver: None,
            follows: None,
            kept: Vec::new(),
            case: None,
            next: None,
        };
        self.draft_split(&bench, &stored, None)
    }

    fn guests_among(&self, selection: &Selection) -> Result<Vec<u64>, ServiceError> {
        let mut guests = Vec::new();
        for node in selection.drops() {
            if self.store.guest(self.tenant, node)?.is_some() {
                guests.push(node.0);
            }
        }
        Ok(guests)
    }

    /// Whether a second person has to agree to what this person asks for, and how they are found.
    fn second_person_for(&self, stored: &StoredRequest) -> Result<Option<Second>, ServiceError> {
        let Some(executor) = stored.executor() else {
            return Ok(None);
        };
        if executor.role == StaffRole::PrivacyOfficer && self.rules_in_force()?.is_none() {
            return Ok(None);
        }
        let active = self.active_members()?;
        let records = stored.selection.counts.messages;
        second_person(&executor, &active, records)
            .map(Some)
            .map_err(|none| ServiceError::Refused(none.to_string()))
    }

    /// A second person agrees. Requests that follow this one are agreed to with it.
    ///
    /// # Errors
    /// There is no such request, it waits for nobody, or this person may not: who asked never may.
    pub fn approve(&self, by: &Actor, id: &str) -> Result<Done<RequestView>, ServiceError> {
        by.check(Permission::Approve)?;
        let approver = Member {
            name: (by.name.parse())
                .map_err(|_| ServiceError::Refused("who approves has no name".to_owned()))?,
            role: by.role,
        };
        self.change_request("request/approve", id, |entry, now| {
            let executor = entry.body.executor().ok_or_else(|| {
                ServiceError::Refused("this request needs no second person".to_owned())
            })?;
            let records = entry.body.selection.counts.messages;
            let approval = Approval::four_eyes(&executor, &approver, records, now)
                .map_err(|not| ServiceError::Refused(not.to_string()))?;
            entry.body.apply(Event::Approved(approval), now)?;
            entry.body.approver = Some(approver.role);
            Ok(())
        })
    }

    /// Takes a request back while that is possible. What it froze can be read again.
    ///
    /// # Errors
    /// There is no such request, it is under way or over, or this person may not.
    pub fn cancel_request(&self, by: &Actor, id: &str) -> Result<Done<RequestView>, ServiceError> {
        self.change_request("request/cancel", id, |entry, now| {
            let own = matches!(entry.body.asker, Asker::Staff(staff)
                if by.node.is_some_and(|node| node.0 == staff.person.0));
            if !own {
                by.check(Permission::CancelRequest)?;
            }
            entry.body.apply(Event::Cancelled(By::Staff(by.role)), now)
        })
    }

    /// Refuses a request, with the article that says so.
    ///
    /// # Errors
    /// There is no such request, it is under way or over, or this person may not.
    pub fn refuse_request(
        &self,
        by: &Actor,
        id: &str,
        (reason, article): (RefusalReason, &str),
    ) -> Result<Done<RequestView>, ServiceError> {
        by.check(Permission::RefuseRequest)?;
        let article = Article::try_from(article.to_owned())
            .map_err(|bad| ServiceError::Refused(bad.to_string()))?;
        self.change_request("request/refuse", id, |entry, now| {
            let by = By::Staff(by.role);
            let article = article.clone();
            entry.body.apply(
                Event::Refused {
                    reason,
                    article,
                    by,
                },
                now,
            )
        })
    }

    /// Changes one request, and what it says of records and schedules follows from where it stands then.
    fn change_request(
        &self,
        step: &'static str,
        id: &str,
        mut change: impl FnMut(&mut Entry<StoredRequest>, Timestamp) -> Result<(), ServiceError>,
    ) -> Result<Done<RequestView>, ServiceError> {
        let Done { done, problems } = self.change_register(step, || {
            let mut write = RegisterWrite::default();
            let family = self.request_and_followers(id)?;
            let node = family[0].row.node;
            for (number, mut entry) in family.into_iter().enumerate() {
                let before = entry.body.state.stage().name();
                let changed = change(&mut entry, self.now());
                // Only the request that was named has to agree to the change.
                match changed {
                    Err(_) if number > 0 => continue,
                    changed => changed?,
                }
                self.write_request(&mut write, &entry, before.as_str())?;
            }
            Ok((write, vec![node]))
        })?;
        let mut views = self.requests_named(&done)?;
        let done = views.pop().ok_or_else(|| request_not_found(id))?;
        Ok(Done { done, problems })
    }

    /// The next version of a request, with its flags and its job.
    fn write_request(
        &self,
        write: &mut RegisterWrite,
        entry: &Entry<StoredRequest>,
        before: &str,
    ) -> Result<(), ServiceError> {
        let node = entry.row.node;
        let mut pen = self.pen(node)?;
        write.items.push(self.write_version(&mut pen, &entry.body)?);
        let after = entry.body.state.stage().name();
        if after.as_str() != before {
            write.moves.push(StateMove {
                node,
                from: before.to_owned(),
                to: after.as_str().to_owned(),
            });
            self.freeze_or_thaw(write, entry, before)?;
        }
        job_of(write, node, &entry.body);
        Ok(())
    }

    /// From `scheduled` on its records are frozen; when it ends, what is left of it is not.
    fn freeze_or_thaw(
        &self,
        write: &mut RegisterWrite,
        entry: &Entry<StoredRequest>,
        before: &str,
    ) -> Result<(), ServiceError> {
        let node = entry.row.node;
        let stage = entry.body.state.stage().name();
        let was_frozen = matches!(before, "scheduled" | "erasing" | "partial");
        if stage.restricts() && !was_frozen {
            let (flags, closes) = self.frozen_by(node, &entry.body.selection)?;
            write.flags.extend(flags);
            write.closes.extend(closes);
        } else if was_frozen && !stage.restricts() {
            write.lifts.push((node, Flag::Frozen));
            let whole = |node: &NodeId| !entry.body.selection.punctures.contains_key(&node.0);
            let closed = entry.body.selection.freeze().into_iter().filter(whole);
            write.reopens.extend(closed);
        }
        if stage.is_final() {
            write.lifts.push((node, Flag::Restriction));
        }
        Ok(())
    }

    /// What a request says of its records: conversations that go as a whole, and places of single messages.
    fn frozen_by(
        &self,
        register: NodeId,
        selection: &Selection,
    ) -> Result<(Vec<FlagRow>, Vec<NodeId>), ServiceError> {
        let flag = |node, item| FlagRow {
            node,
            item,
            flag: Flag::Frozen,
            register,
        };
        let mut flags = Vec::new();
        let mut closes = Vec::new();
        for node in selection.freeze() {
            match selection.punctures.get(&node.0) {
                None => {
                    flags.push(flag(node, None));
                    closes.push(node);
                }
                Some(items) => {
                    let places = self.message_places(node, items)?;
                    flags.extend(places.into_iter().map(|place| flag(node, Some(place))));
                }
            }
        }
        Ok((flags, closes))
    }

    /// The places of those of these items that are messages.
    fn message_places(&self, node: NodeId, items: &[u32]) -> Result<Vec<u32>, ServiceError> {
        let rows = self.store.items(self.tenant, node)?;
        let is_meant = |row: &&wuhen_store::ItemRow| {
            row.kind == wuhen_keytree::context::ItemKind::Message && items.contains(&row.item)
        };
        Ok(rows
            .iter()
            .filter(is_meant)
            .map(wuhen_store::ItemRow::place)
            .collect())
    }

    pub(crate) fn requests_stored(&self) -> Result<Vec<Entry<StoredRequest>>, ServiceError> {
        self.entries(RegisterKind::Request)
    }

    fn request_and_followers(&self, id: &str) -> Result<Vec<Entry<StoredRequest>>, ServiceError> {
        let all = self.requests_stored()?;
        let named = |entry: &&Entry<StoredRequest>| request_name(&entry.row) == id;
        let first = all
            .iter()
            .find(named)
            .ok_or_else(|| request_not_found(id))?
            .clone();
        let node = first.row.node.0;
        let followers = all
            .into_iter()
            .filter(|entry| entry.body.follows == Some(node));
        Ok(std::iter::once(first).chain(followers).collect())
    }
}

/// `R-000012`.
pub(crate) fn request_name(row: &RegisterRow) -> String {
    format!("R-{:06}", u64::from(row.ordinal) + 1)
}

fn request_not_found(id: &str) -> ServiceError {
    ServiceError::NotFound {
        kind: "request",
        id: id.to_owned(),
        hint: "`wuhen request list` names them",
    }
}

/// When somebody has to look at it again; none where nothing changes by itself.
fn job_of(write: &mut RegisterWrite, node: NodeId, stored: &StoredRequest) {
    let due = match stored.state.stage() {
        Stage::Scheduled { until } => Some(*until),
        Stage::Waiting { .. } => stored.next,
        _ => None,
    };
    match due {
        Some(due) => write.jobs.push(NewJob {
            kind: REQUEST_DUE.to_owned(),
            node,
            due_at: due.as_second() + i64::from(due.subsec_nanosecond() > 0),
        }),
        None => write.ended_jobs.push((REQUEST_DUE.to_owned(), node)),
    }
}

/// What the program itself can say of the six checkpoints that stand before an erasure.
fn tick_before(stored: &mut StoredRequest, now: Timestamp) -> Result<(), ServiceError> {
    let counts = stored.selection.counts;
    let evidence = |checkpoint: Checkpoint| match checkpoint {
        Checkpoint::RightAccount => format!("asked-by={}", stored.state.terms().asked_by()),
        Checkpoint::RightGuest => format!("scope={}", scope_word(stored.scope)),
        Checkpoint::Importance => format!("messages={} decided=each", counts.messages),
        Checkpoint::SensitiveContent => format!("attachments={}", counts.attachments),
        Checkpoint::NothingWronglyChosen => {
            format!("conversations={} frozen=yes", counts.conversations)
        }
        Checkpoint::BackupMade => "asked-for=no".to_owned(),
        Checkpoint::EffectTested => "probes=0".to_owned(),
    };
    let before: Vec<(Checkpoint, String)> = Checkpoint::ALL
        .iter()
        .filter(|one| one.is_before())
        .map(|one| (*one, evidence(*one)))
        .collect();
    for (checkpoint, words) in before {
        let evidence = Fact::try_from(words).expect("facts are short and plain");
        let by = By::System;
        stored.apply(
            Event::Ticked {
                checkpoint,
                by,
                evidence,
            },
            now,
        )?;
    }
    Ok(())
}

fn scope_word(scope: ScopeKind) -> &'static str {
    match scope {
        ScopeKind::Guest => "guest",
        ScopeKind::Conversations => "conversations",
        ScopeKind::Messages => "messages",
        ScopeKind::Label => "label",
        ScopeKind::Before => "before",
        ScopeKind::All => "all",
    }
}

/// When a house of one person has waited long enough.
fn cooling_off_end(stored: &StoredRequest) -> Timestamp {
    cooling_off_until(stored.asked_at)
}
