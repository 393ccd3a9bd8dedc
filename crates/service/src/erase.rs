//! Erasure: preview, then one case from its intent to its certificate. The order of steps is ERASURE.md's; a crash between
//! any two of them is taken up by [`crate::recover`].

use serde::{Deserialize, Serialize};
use wuhen_custody::Kid;
use wuhen_keytree::context::{ItemKind, NodeId};
use wuhen_ledger::body::{
    Approval, Body, Counts, EraseIntentBody, Kept, Kids, Recognition, Redaction, Requested, Role,
    ScopeKind, State,
};
use wuhen_store::{BeginErasure, CaseRow, CaseState};

use crate::Service;
use crate::cuts::Cuts;
use crate::error::ServiceError;
use crate::gate::{Admitted, Purpose};
use crate::notice::Missing;
use crate::open::{damaged, parse_kid};
use crate::read::text;
use crate::redact::LeftOut;
use crate::select::{Preview, Scope, Selection};

/// Longest reason, bytes.
pub const REASON_BYTES_MAX: usize = 1_000;

/// What is asked for, by whom, why.
pub struct EraseRequest {
    /// What.
    pub scope: Scope,
    /// Why, in the words of whoever asks. Sealed; it stands on the certificate.
    pub reason: String,
    /// Who asks.
    pub by_role: Role,
}

/// What became of an erasure.
pub struct Outcome {
    /// The case's number, `C-000001`.
    pub case: String,
    /// Complete, or partial with what is missing.
    pub state: State,
    /// What is missing.
    pub problems: Vec<Missing>,
    /// Records that it took.
    pub counts: Counts,
    /// The tenant's epoch now.
    pub epoch: u64,
    /// Keys that were wrapped anew, where the rotation ran in this call.
    pub rewraps: Option<u64>,
    /// The certificate's bytes.
    pub certificate: Vec<u8>,
}

/// What a case is opened for.
pub(crate) struct Asked<'a> {
    pub(crate) selection: Selection,
    pub(crate) scope: ScopeKind,
    /// Of a redaction.
    pub(crate) redaction: Option<Redaction>,
    /// Messages that a redaction found nothing in.
    pub(crate) unchanged: u64,
    /// What a redaction left as it is.
    pub(crate) left: LeftOut,
    pub(crate) reason: &'a str,
    pub(crate) by_role: Role,
    /// On what it is based.
    pub(crate) basis: String,
    /// How a second person agreed, if one had to.
    pub(crate) approval: Approval,
    /// The request that it carries out.
    pub(crate) request: Option<NodeId>,
    /// What a hold keeps of what was asked for.
    pub(crate) held: Vec<Kept>,
    /// What the law keeps of it.
    pub(crate) restricted: Vec<Kept>,
}

impl<'a> Asked<'a> {
    /// What somebody decides for the house, at once.
    pub(crate) fn at_once(
        selection: Selection,
        scope: ScopeKind,
        reason: &'a str,
        by_role: Role,
    ) -> Self {
        Self {
            selection,
            scope,
            redaction: None,
            unchanged: 0,
            left: LeftOut::default(),
            reason,
            by_role,
            basis: OWN_DECISION.to_owned(),
            approval: Approval::NotNeeded,
            request: None,
            held: Vec::new(),
            restricted: Vec::new(),
        }
    }
}

/// The basis where no rule pack is in force.
pub(crate) const OWN_DECISION: &str = "the tenant's own decision (rule pack none)";

/// A case as it lies in its sealed scope.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredCase {
    pub(crate) selection: Selection,
    pub(crate) requested: Requested,
    #[serde(default)]
    pub(crate) unchanged: u64,
    #[serde(default)]
    pub(crate) left: LeftOut,
    pub(crate) recognition: Option<Recognition>,
    pub(crate) epoch_before: u64,
    #[serde(default = "not_needed")]
    pub(crate) approval: Approval,
    #[serde(default)]
    pub(crate) request: Option<u64>,
    #[serde(default)]
    pub(crate) held: Vec<Kept>,
    #[serde(default)]
    pub(crate) restricted: Vec<Kept>,
}

fn not_needed() -> Approval {
    Approval::NotNeeded
}

/// A case under way.
pub(crate) struct OpenCase {
    pub(crate) row: CaseRow,
    pub(crate) stored: StoredCase,
}

impl OpenCase {
    pub(crate) fn name(&self) -> String {
        case_name(&self.row)
    }

    pub(crate) fn kids(&self) -> Result<(Kid, Kid), ServiceError> {
        let kid = |kid: &Option<String>| {
            kid.as_deref().map_or_else(
                || Err(damaged("an erasure's case names no roots")),
                parse_kid,
            )
        };
        Ok((kid(&self.row.old_kid)?, kid(&self.row.new_kid)?))
    }
}

impl Service {
    /// What an erasure would do. Nothing happens.
    ///
    /// # Errors
    /// Nothing matches, or the store cannot be read.
    pub fn preview(&self, scope: &Scope) -> Result<Preview, ServiceError> {
        self.reading(|| self.preview_of(&self.select(scope)?))
    }

    /// Erases at once: rule pack `none` knows no grace, holds or guards.
    ///
    /// # Errors
    /// Nothing was erased; or, where the message says so, the erasure is under way and is taken up at the next start.
    pub fn erase(&self, request: &EraseRequest) -> Result<Outcome, ServiceError> {
        check_reason(&request.reason)?;
        self.refuse_while_pending()?;
        let selection = self.reading(|| self.select(&request.scope))?;
        let (scope, by_role) = (request.scope.kind(), request.by_role);
        let asked = Asked::at_once(selection, scope, &request.reason, by_role);
        self.carry_out(asked, &Cuts::default())
    }

    /// One case from its intent to its certificate. What is cut lives in memory until the transaction: a case that is
    /// interrupted before it is given up, and after it needs it no more.
    pub(crate) fn carry_out(&self, asked: Asked<'_>, cuts: &Cuts) -> Result<Outcome, ServiceError> {
        self.refuse_held(&asked.selection)?;
        let case = self.begin(asked)?;
        match self.replace_root(&case, cuts) {
            Ok(rewraps) => self
                .finish(&self.reload(&case)?, Some(rewraps))
                .map_err(|error| unfinished(&case, error)),
            Err(stopped @ ServiceError::Stopped(_)) => Err(stopped),
            // What the database says decides: an error may come after the transaction had committed.
            Err(_) if self.root_is_new(&case)? => self
                .reopen_keys()
                .and_then(|()| self.finish(&self.reload(&case)?, None))
                .map_err(|error| unfinished(&case, error)),
            Err(error) => {
                // Where giving up fails too, the next start does it; what went wrong first is what has to be told.
                match self.abandon(&case, "it failed before anything was erased") {
                    Err(stopped @ ServiceError::Stopped(_)) => Err(stopped),
                    Ok(()) | Err(_) => Err(self.name_holds(&case.stored.selection, error)),
                }
            }
        }
    }

    /// Steps 0 and 1, in one transaction: the case, its frozen scope, the next root's id, the intent.
    fn begin(&self, asked: Asked<'_>) -> Result<OpenCase, ServiceError> {
        let Asked {
            selection,
            scope,
            redaction,
            unchanged,
            left,
            reason,
            by_role,
            basis,
            approval,
            request,
            held,
            restricted,
        } = asked;
        self.take_over()?;
        let tenant = self.store.tenant(self.tenant)?;
        let next_kid = Kid::from_random(self.random());
        let kids = Kids {
            before: tenant.root_kid.clone(),
            after: next_kid.to_string(),
        };
        let requested = Requested {
            scope,
            counts: counts(&selection),
            by_role,
            basis,
            reason: reason.to_owned(),
            at: self.body_time(),
            redaction,
        };
        let recognition = self.recognition(&selection)?;
        let mut draft = self.draft_case(CaseState::Erasing)?;
        let case = case_name(&draft.new.case);
        let body = self.intent_body(case, tenant.epoch, kids, &requested);
        let stored = StoredCase {
            selection,
            requested,
            unchanged,
            left,
            recognition,
            epoch_before: tenant.epoch,
            approval,
            request: request.map(|node| node.0),
            held,
            restricted,
        };
        let scope = serde_json::to_vec(&stored).expect("a scope is plain data");
        let item = self.write_item(&mut draft.pen, ItemKind::Scope, &[], &scope)?;
        draft.new.items.push(item);
        let intent = self.write_entry(&mut draft.pen, &body)?;
        draft.new.case.intent = Some(intent.leaf);
        draft.new.case.old_kid = Some(tenant.root_kid);
        draft.new.case.new_kid = Some(next_kid.to_string());
        let row = draft.new.case.clone();
        let freeze = stored.selection.freeze();
        let begin = BeginErasure {
            case: draft.new,
            next_kid: next_kid.to_string(),
            freeze,
            request,
            intent,
        };
        self.step("erase/intent", || {
            Ok(self.store.begin_erasure(self.tenant, &begin)?)
        })?;
        Ok(OpenCase { row, stored })
    }

    fn intent_body(&self, case: String, epoch: u64, kids: Kids, requested: &Requested) -> Body {
        Body::EraseIntent(EraseIntentBody {
            version: requested.version(),
            case,
            tenant: self.tenant_text(),
            epoch,
            kids,
            requested: requested.clone(),
            at: self.body_time(),
        })
    }

    /// Tags by which the guest recognises the certificate as theirs; only where all of it is one guest's: a stranger's
    /// number could be guessed from its tag.
    fn recognition(&self, selection: &Selection) -> Result<Option<Recognition>, ServiceError> {
        let mut guests = Vec::new();
        for node in selection.drops() {
            match self.store.conversation(self.tenant, node)? {
                Some(row) => guests.push(row.guest),
                None => guests.push(node),
            }
        }
        for owner in selection.punctures().keys() {
            match self.store.conversation(self.tenant, *owner)? {
                Some(row) => guests.push(row.guest),
                None => guests.push(*owner),
            }
        }
        guests.sort_unstable();
        guests.dedup();
        let &[guest] = &guests[..] else {
            return Ok(None);
        };
        let Some(row) = self.store.guest(self.tenant, guest)? else {
            return Ok(None);
        };
        let admitted = Admitted::for_program(Purpose::Erasure);
        let record = self.guest_record(&row, admitted)?.record;
        let contacts = [text(&record, "phone"), text(&record, "email")];
        let contacts: Vec<&str> = contacts
            .iter()
            .map(String::as_str)
            .filter(|contact| !contact.is_empty())
            .collect();
        Ok((!contacts.is_empty()).then(|| Recognition::new(self.random(), contacts)))
    }

    fn root_is_new(&self, case: &OpenCase) -> Result<bool, ServiceError> {
        let (_, new_kid) = case.kids()?;
        Ok(self.store.tenant(self.tenant)?.root_kid == new_kid.as_str())
    }

    /// A case from the store, with its scope opened.
    pub(crate) fn load_case(&self, row: CaseRow) -> Result<OpenCase, ServiceError> {
        let items = self.store.control_items(self.tenant, row.node)?;
        let scope = items
            .iter()
            .find(|item| item.kind == ItemKind::Scope)
            .ok_or_else(|| damaged("a case has no scope"))?;
        let opened = self.open_control(scope)?;
        let stored = serde_json::from_slice(opened.body())
            .map_err(|_| damaged("a case's scope cannot be read"))?;
        Ok(OpenCase { row, stored })
    }

    pub(crate) fn reload(&self, case: &OpenCase) -> Result<OpenCase, ServiceError> {
        let rows = self.store.cases(self.tenant)?;
        let row = rows.into_iter().find(|row| row.node == case.row.node);
        self.load_case(row.ok_or_else(|| damaged("a case is gone"))?)
    }

    pub(crate) fn refuse_while_pending(&self) -> Result<(), ServiceError> {
        let pending = self
            .store
            .cases(self.tenant)?
            .into_iter()
            .find(|row| row.state == CaseState::Rotated);
        pending.map_or(Ok(()), |row| {
            Err(ServiceError::Pending {
                case: case_name(&row),
            })
        })
    }
}

/// What failed after the records were dropped. Nobody has to ask for the erasure again.
fn unfinished(case: &OpenCase, error: ServiceError) -> ServiceError {
    match error {
        ServiceError::Stopped(_) => error,
        error => ServiceError::Unfinished {
            case: case.name(),
            error: Box::new(error),
        },
    }
}

pub(crate) fn counts(selection: &Selection) -> Counts {
    let counts = selection.counts;
    Counts {
        guests: counts.guests,
        conversations: counts.conversations,
        messages: counts.messages,
        attachments: counts.attachments,
        sketches: counts.sketches,
    }
}

/// `C-000001`: cases are counted from one.
pub(crate) fn case_name(row: &CaseRow) -> String {
    format!("C-{:06}", u64::from(row.ordinal) + 1)
}

pub(crate) fn check_reason(reason: &str) -> Result<(), ServiceError> {
    if reason.trim().is_empty() || reason.len() > REASON_BYTES_MAX {
        return Err(ServiceError::Refused(format!(
            "an erasure needs a reason of 1 to {REASON_BYTES_MAX} bytes; give one with --reason"
        )));
    }
    Ok(())
}
