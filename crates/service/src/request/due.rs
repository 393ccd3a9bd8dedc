//! Requests whose time has come: looked at again, and carried out. What a crash leaves is found by the erasure's case, which names
//! its request; nothing is done twice.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use wuhen_keytree::context::NodeId;
use wuhen_ledger::body::{Approval as OnRecord, Role};
use wuhen_model::decision::Asker;
use wuhen_model::people::{Approval, Second, StaffRole};
use wuhen_model::request::{By, Checkpoint, Event, Fact, Stage, Wait};
use wuhen_store::{CaseState, RegisterWrite};

use super::view::is_staff;
use super::{RequestView, StoredRequest, cooling_off_end, request_name};
use crate::Service;
use crate::cuts::Cuts;
use crate::erase::{Asked, Outcome};
use crate::error::ServiceError;
use crate::pen::Drafting;
use crate::redact::LeftOut;
use crate::register::Entry;

/// What a run did for one request.
pub struct Carried {
    /// The request, as it stands now.
    pub request: RequestView,
    /// The erasure, if there was one.
    pub outcome: Option<Outcome>,
}

/// What a run did for requests.
#[derive(Default)]
pub struct DueReport {
    /// Requests that moved on.
    pub carried: Vec<Carried>,
    /// Requests that failed, with why.
    pub failed: Vec<(String, ServiceError)>,
}

impl Service {
    /// Looks at every request that waits or whose grace is over, and carries out what is due.
    ///
    /// # Errors
    /// The store cannot be read. A request that fails is in the report, and the others go on.
    pub fn carry_out_due_requests(&self) -> Result<DueReport, ServiceError> {
        let mut report = DueReport::default();
        let all = self.reading(|| self.requests_stored())?;
        for entry in all {
            let name = request_name(&entry.row);
            match self.carry_on(&name, entry) {
                Ok(Some(carried)) => report.carried.push(carried),
                Ok(None) => {}
                Err(stopped @ ServiceError::Stopped(_)) => return Err(stopped),
                Err(error) => report.failed.push((name, error)),
            }
        }
        Ok(report)
    }

    pub(crate) fn carry_on(
        &self,
        name: &str,
        entry: Entry<StoredRequest>,
    ) -> Result<Option<Carried>, ServiceError> {
        let before = entry.body.state.clone();
        let mut entry = entry;
        if matches!(entry.body.state.stage(), Stage::Waiting { .. }) {
            entry = self.look_again(&entry)?;
        }
        let now = self.now();
        let mut outcome = None;
        if matches!(entry.body.state.stage(), Stage::Scheduled { until } if *until <= now) {
            outcome = self.execute(&entry)?;
        } else if matches!(entry.body.state.stage(), Stage::Partial { .. }) {
            self.settle_partial(&entry)?;
        }
        let request = self.request(name)?;
        if outcome.is_none() && request.stage == before.stage().name() {
            return Ok(None);
        }
        Ok(Some(Carried { request, outcome }))
    }

    /// A request that waits: a cooling-off may be over, a hold released, a floor ended. What may go now goes on, the rest is followed up.
    fn look_again(
        &self,

        entry: &Entry<StoredRequest>,
    ) -> Result<Entry<StoredRequest>, ServiceError> {
        self.change_register_here("request/look-again", || {
            let mut entry = self.entry::<StoredRequest>(entry.row.clone())?;
            let stage = entry.body.state.stage().name();
            let now = self.now();
            let mut write = RegisterWrite::default();
            if self.cooling_off_is_over(&entry.body, now)? {
                let approval = self.cooled_off(&entry.body, now)?;
                entry.body.apply(Event::Approved(approval), now)?;
            }
            self.look_at_records(&mut write, &mut entry, now)?;
            let changed = entry.body.state.stage().name() != stage || !write.opens.is_empty();
            if changed {
                self.write_request(&mut write, &entry, stage.as_str())?;
                let stage = entry.body.state.stage().name();
                stage.as_str().clone_into(&mut entry.row.state);
            }
            Ok((write, entry))
        })
    }

    fn look_at_records(
        &self,
        write: &mut RegisterWrite,
        entry: &mut Entry<StoredRequest>,
        now: Timestamp,
    ) -> Result<(), ServiceError> {
        let by_itself = [Wait::Hold, Wait::Floor, Wait::Window, Wait::Backup];
        let waits: Vec<Wait> = by_itself
            .into_iter()
            .filter(|wait| entry.body.waits_for(*wait))
            .collect();
        if waits.is_empty() {
            return Ok(());
        }
        let rules = self.rules_in_force()?;
        let bench = self.bench(rules.as_deref())?;
        let request = entry.body.cleared();
        let split = self.split(&bench, &entry.body.whole(), Some(&request))?;
        let groups = self.groups(&split.stays)?;
        if split.erase.is_empty() {
            // It waits on, perhaps for something else.
            if let Some((wait, group)) = groups.into_iter().next() {
                entry.body.next = group.next;
                if !waits.contains(&wait) {
                    entry.body.apply(Event::Blocked(wait), now)?;
                    for old in waits {
                        entry.body.apply(Event::Settled(old), now)?;
                    }
                    self.write_request(write, entry, "waiting")?;
                }
            }
            return Ok(());
        }
        if !groups.is_empty() {
            let family = entry.body.follows.or(Some(entry.row.node.0));
            let rest = (&entry.body, family);
            self.draft_rest(write, &mut Drafting::default(), rest, &groups)?;
        }
        entry.body.selection = split.erase;
        for wait in waits {
            entry.body.apply(Event::Settled(wait), now)?;
        }
        write
            .lifts
            .push((entry.row.node, wuhen_store::Flag::Restriction));
        Ok(())
    }

    fn cooling_off_is_over(
        &self,
        stored: &StoredRequest,
        now: Timestamp,
    ) -> Result<bool, ServiceError> {
        Ok(stored.waits_for(Wait::Approval)
            && now >= cooling_off_end(stored)
            && self.second_person_for(stored)? == Some(Second::CoolingOff))
    }

    fn cooled_off(&self, stored: &StoredRequest, now: Timestamp) -> Result<Approval, ServiceError> {
        let executor = stored
            .executor()
            .ok_or_else(|| ServiceError::Refused("nobody asked".to_owned()))?;
        let active = self.active_members()?;
        let records = stored.selection.counts.messages;
        Approval::cooling_off(&executor, &active, records, stored.asked_at, now)
            .map_err(|not| ServiceError::Refused(not.to_string()))
    }

    /// Carries a request out whose grace is over.
    fn execute(&self, entry: &Entry<StoredRequest>) -> Result<Option<Outcome>, ServiceError> {
        // A crash may have come between the erasure and the word on it.
        if let Some(case) = self.case_of_request(entry.row.node)? {
            self.record_outcome(entry, case)?;
            return Ok(None);
        }
        let Some(entry) = self.before_execution(entry)? else {
            return Ok(None);
        };
        self.refuse_while_pending()?;
        let zone = TimeZone::get(&self.tenant_settings().timezone).unwrap_or(TimeZone::UTC);
        let stored = &entry.body;
        let on_record = |is: fn(&super::KeptView) -> bool| {
            let kept = stored.kept.iter().filter(|kept| is(kept));
            kept.map(|kept| kept.on_record(&zone)).collect()
        };
        let asked = Asked {
            selection: stored.selection.clone(),
            scope: stored.scope,
            redaction: None,
            unchanged: 0,
            left: LeftOut::default(),
            reason: &stored.reason,
            by_role: role_of(stored.asker),
            basis: self.basis()?,
            approval: approval_of(stored),
            request: Some(entry.row.node),
            held: on_record(super::KeptView::is_held),
            restricted: on_record(super::KeptView::is_restricted),
        };
        let outcome = self.carry_out(asked, &Cuts::default())?;
        if let Some(case) = self.case_of_request(entry.row.node)? {
            self.record_outcome(&entry, case)?;
        }
        Ok(Some(outcome))
    }

    /// A hold or a floor may have come since it was scheduled: what it covers is left out and followed up. None: nothing is left.
    fn before_execution(
        &self,

        entry: &Entry<StoredRequest>,
    ) -> Result<Option<Entry<StoredRequest>>, ServiceError> {
        let rules = self.reading(|| self.rules_in_force())?;
        let is_free = rules.is_none() && entry.body.guests.is_empty();
        if is_free && self.reading(|| self.open_holds())?.is_empty() {
            return Ok(Some(entry.clone()));
        }
        self.change_register_here("request/before", || {
            let mut entry = self.entry::<StoredRequest>(entry.row.clone())?;
            let bench = self.bench(rules.as_deref())?;
            let cleared = entry.body.cleared();
            let split = self.split(&bench, &entry.body.whole(), Some(&cleared))?;
            let groups = self.groups(&split.stays)?;
            let now = self.now();
            let mut write = RegisterWrite::default();
            if groups.is_empty() {
                if split.erase.drops != entry.body.selection.drops {
                    entry.body.selection = split.erase;
                    let mut pen = self.pen(entry.row.node)?;
                    write.items.push(self.write_version(&mut pen, &entry.body)?);
                }
                return Ok((write, Some(entry)));
            }
            if split.erase.is_empty() {
                let before = entry.body.state.stage().name();
                for (wait, group) in groups {
                    entry.body.next = group.next;
                    entry.body.kept.clone_from(&group.kept);
                    entry.body.apply(Event::Blocked(wait), now)?;
                    write.flags.extend(group.flags(entry.row.node));
                }
                self.write_request(&mut write, &entry, before.as_str())?;
                return Ok((write, None));
            }
            let family = entry.body.follows.or(Some(entry.row.node.0));
            let rest = (&entry.body, family);
            self.draft_rest(&mut write, &mut Drafting::default(), rest, &groups)?;
            entry.body.selection = split.erase;
            entry.body.kept = groups
                .values()
                .flat_map(|group| group.kept.clone())
                .collect();
            let mut pen = self.pen(entry.row.node)?;
            write.items.push(self.write_version(&mut pen, &entry.body)?);
            Ok((write, Some(entry)))
        })
    }

    /// The erasure that carried a request out, whatever came after it.
    fn case_of_request(&self, request: NodeId) -> Result<Option<NodeId>, ServiceError> {
        let rows = self.store.cases(self.tenant)?;
        let done = [
            CaseState::Rotated,
            CaseState::Erased,
            CaseState::Partial,
            CaseState::Complete,
        ];
        for row in rows.into_iter().rev() {
            if done.contains(&row.state) && row.intent.is_some() {
                let case = self.load_case(row)?;
                if case.stored.request == Some(request.0) {
                    return Ok(Some(case.row.node));
                }
            }
        }
        Ok(None)
    }

    /// Writes down what became of a request: erased, its copies counted, its effect tested, complete if all is settled.
    fn record_outcome(
        &self,

        entry: &Entry<StoredRequest>,
        case: NodeId,
    ) -> Result<(), ServiceError> {
        self.change_register("request/outcome", || {
            let mut entry = self.entry::<StoredRequest>(entry.row.clone())?;
            let before = entry.body.state.stage().name();
            let now = self.now();
            if matches!(entry.body.state.stage(), Stage::Scheduled { .. }) {
                entry.body.apply(Event::Begun, now)?;
                entry.body.apply(Event::Erased, now)?;
                entry.body.case = Some(case.0);
            }
            self.count_copies(&mut entry.body, case, now)?;
            let mut write = RegisterWrite::default();
            self.write_request(&mut write, &entry, before.as_str())?;
            Ok((write, ()))
        })
        .map(drop)
    }

    fn count_copies(
        &self,
        stored: &mut StoredRequest,
        case: NodeId,
        now: Timestamp,
    ) -> Result<(), ServiceError> {
        let rows = self.store.cases(self.tenant)?;
        let Some(row) = rows.into_iter().find(|row| row.node == case) else {
            return Ok(());
        };
        let unsettled = self.unsettled_copies(&row)?;
        stored.apply(Event::CopiesCounted { unsettled }, now)?;
        if unsettled == 0 {
            let evidence = Fact::try_from("probes=all passed=all".to_owned());
            let evidence = evidence.expect("it is short and plain");
            let (checkpoint, by) = (Checkpoint::EffectTested, By::System);
            stored.apply(
                Event::Ticked {
                    checkpoint,
                    by,
                    evidence,
                },
                now,
            )?;
            stored.apply(Event::Completed, now)?;
        }
        Ok(())
    }

    /// A request that is partial: the erasure's case may have been settled since.
    fn settle_partial(&self, entry: &Entry<StoredRequest>) -> Result<(), ServiceError> {
        let Some(case) = entry.body.case.map(NodeId) else {
            return Ok(());
        };
        let rows = self.store.cases(self.tenant)?;
        let is_settled =
            |row: &wuhen_store::CaseRow| row.node == case && row.state == CaseState::Complete;
        if rows.iter().any(is_settled) {
            self.record_outcome(entry, case)?;
        }
        Ok(())
    }

    /// On what an erasure is based, in words for the certificate.
    fn basis(&self) -> Result<String, ServiceError> {
        Ok(match self.rules_in_force()? {
            None => "the tenant's own decision (rule pack none)".to_owned(),
            Some(rules) => format!(
                "a request decided under rule pack {}, version {}",
                rules.name, rules.version
            ),
        })
    }
}

fn role_of(asker: Asker) -> Role {
    match asker {
        Asker::Guest => Role::Guest,
        Asker::Staff(staff) => match staff.role {
            StaffRole::Agent => Role::Agent,
            StaffRole::Supervisor => Role::Supervisor,
            StaffRole::PrivacyOfficer => Role::PrivacyOfficer,
            StaffRole::Auditor => Role::Auditor,
            StaffRole::TenantAdmin => Role::TenantAdmin,
        },
        Asker::Rule => Role::RetentionRule,
        Asker::Calendar => Role::Calendar,
        Asker::LabelDestruction => Role::LabelDestruction,
        Asker::TemporaryAccount => Role::TemporaryAccountEnd,
        Asker::Api => Role::Api,
    }
}

fn approval_of(stored: &StoredRequest) -> OnRecord {
    match (stored.state.approved(), stored.approver) {
        (Some(Second::CoolingOff), _) => OnRecord::CoolingOff,
        (Some(Second::Person), Some(role)) if is_staff(stored.asker) => {
            OnRecord::SecondPerson(match role {
                StaffRole::PrivacyOfficer => Role::PrivacyOfficer,
                _ => Role::Supervisor,
            })
        }
        _ => OnRecord::NotNeeded,
    }
}
