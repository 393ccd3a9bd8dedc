//! Requests as people see them, and what was kept, in numbers.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use wuhen_keytree::context::NodeId;
use wuhen_ledger::body::{Counts, Kept};
use wuhen_model::decision::{Asker, Decision, Outcome};
use wuhen_model::people::StaffRole;
use wuhen_model::request::{AskedBy, Checkpoint, Stage, StageName, State, Wait};
use wuhen_store::RegisterKind;

use super::{StoredRequest, request_name};
use crate::Service;
use crate::decide::Staying;
use crate::error::ServiceError;
use crate::register::Entry;

/// Records that were kept, of which the same was decided.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct KeptView {
    /// What, and why.
    pub decision: Decision,
    /// In how many conversations.
    pub conversations: u64,
    /// How many messages.
    pub messages: u64,
    /// How many attachments.
    pub attachments: u64,
}

impl KeptView {
    pub(crate) fn add(all: &mut Vec<Self>, staying: &Staying) {
        let messages = staying.items.len() as u64;
        let of_it = all
            .iter_mut()
            .find(|kept| kept.decision == staying.decision);
        if let Some(kept) = of_it {
            kept.conversations += 1;
            kept.messages += messages;
            kept.attachments += staying.attachments;
            return;
        }
        all.push(Self {
            decision: staying.decision.clone(),
            conversations: 1,
            messages,
            attachments: staying.attachments,
        });
    }

    /// For the certificate, which has no personal data: counts and the reason in English, with its article.
    pub(crate) fn on_record(&self, zone: &TimeZone) -> Kept {
        Kept {
            counts: Counts {
                conversations: self.conversations,
                messages: self.messages,
                attachments: self.attachments,
                ..Counts::default()
            },
            reason: format!(
                "{}: {}",
                self.decision.reason,
                self.decision.sentence(zone).en
            ),
        }
    }

    pub(crate) fn is_held(&self) -> bool {
        matches!(self.decision.outcome, Outcome::Held { .. })
    }

    pub(crate) fn is_restricted(&self) -> bool {
        matches!(self.decision.outcome, Outcome::RestrictedUntil { .. })
    }
}

/// A request as it is shown.
#[derive(Clone, PartialEq, Debug)]
pub struct RequestView {
    /// `R-000012`.
    pub id: String,
    /// Where it stands.
    pub stage: StageName,
    /// What it waits for.
    pub waits: Vec<Wait>,
    /// When it changes by itself: the end of its grace, of a window, of a floor.
    pub next: Option<Timestamp>,
    /// Who asked.
    pub asked_by: AskedBy,
    /// In which role a second person approved.
    pub approver: Option<&'static str>,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// Conversations of its scope.
    pub conversations: u64,
    /// Messages of its scope.
    pub messages: u64,
    /// Attachments of its scope.
    pub attachments: u64,
    /// Bytes of its scope.
    pub bytes: u64,
    /// What could not go with it.
    pub kept: Vec<KeptView>,
    /// The request that its records were of first.
    pub follows: Option<String>,
    /// Its erasure's case, and its certificate's number.
    pub case: Option<String>,
    /// The checkpoints, each with whether it is done.
    pub checkpoints: Vec<(Checkpoint, bool)>,
}

impl Service {
    /// All requests, oldest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn requests(&self) -> Result<Vec<RequestView>, ServiceError> {
        self.reading(|| {
            let all = self.requests_stored()?;
            all.iter().map(|entry| self.request_view(entry)).collect()
        })
    }

    /// One request by its number.
    ///
    /// # Errors
    /// There is none.
    pub fn request(&self, id: &str) -> Result<RequestView, ServiceError> {
        let all = self.requests()?;
        let mut named = all.into_iter().filter(|view| view.id == id);
        named.next().ok_or_else(|| super::request_not_found(id))
    }

    pub(super) fn requests_named(
        &self,
        nodes: &[NodeId],
    ) -> Result<Vec<RequestView>, ServiceError> {
        self.reading(|| {
            let all = self.requests_stored()?;
            let meant = all.iter().filter(|entry| nodes.contains(&entry.row.node));
            meant.map(|entry| self.request_view(entry)).collect()
        })
    }

    fn request_view(&self, entry: &Entry<StoredRequest>) -> Result<RequestView, ServiceError> {
        let StoredRequest {
            state,
            selection,
            kept,
            follows,
            case,
            ..
        } = &entry.body;
        let rows = self.store.registered(self.tenant, RegisterKind::Request)?;
        let follows = follows.and_then(|node| {
            let row = rows.iter().find(|row| row.node.0 == node);
            row.map(request_name)
        });
        let case = match case {
            None => None,
            Some(node) => {
                let cases = self.store.cases(self.tenant)?;
                let row = cases.iter().find(|row| row.node.0 == *node);
                row.map(crate::erase::case_name)
            }
        };
        let counts = selection.counts;
        Ok(RequestView {
            id: request_name(&entry.row),
            stage: state.stage().name(),
            waits: waits(state),
            next: match state.stage() {
                Stage::Scheduled { until } => Some(*until),
                Stage::Waiting { .. } => entry.body.next,
                _ => None,
            },
            asked_by: state.terms().asked_by(),
            approver: entry.body.approver.map(StaffRole::as_str),
            asked_at: entry.body.asked_at,
            conversations: counts.conversations,
            messages: counts.messages,
            attachments: counts.attachments,
            bytes: counts.row_bytes + counts.blob_bytes,
            kept: kept.clone(),
            follows,
            case,
            checkpoints: Checkpoint::ALL
                .iter()
                .map(|one| (*one, state.checkpoints().of(*one).is_some()))
                .collect(),
        })
    }
}

fn waits(state: &State) -> Vec<Wait> {
    match state.stage() {
        Stage::Checked { waits } | Stage::Waiting { waits } => waits.iter().copied().collect(),
        _ => Vec::new(),
    }
}

/// Whether somebody of the house asked.
pub(super) fn is_staff(asker: Asker) -> bool {
    matches!(asker, Asker::Staff(_))
}
