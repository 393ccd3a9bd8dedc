//! Requests whose time has come, and those that nothing holds up any more: a hold was released, a copy was settled.

use wuhen_keytree::context::NodeId;
use wuhen_model::job::JobKind;
use wuhen_model::request::{Stage, Wait};
use wuhen_store::{CaseState, JobRow, NewJob, RegisterKind};

use super::{Erased, Work};
use crate::Service;
use crate::error::ServiceError;
use crate::register::Entry;
use crate::request::{StoredRequest, request_name};

impl Service {
    /// One request: looked at again, or carried out. When it is due next it has written itself.
    pub(super) fn run_request(&self, node: NodeId) -> Result<Work, ServiceError> {
        let rows = self.store.registered(self.tenant, RegisterKind::Request)?;
        let Some(row) = rows.into_iter().find(|row| row.node == node) else {
            return Ok(Work::default());
        };
        let name = request_name(&row);
        let entry = self.reading(|| self.entry::<StoredRequest>(row.clone()))?;
        let Some(carried) = self.carry_on(&name, entry)? else {
            return Ok(Work::default());
        };
        let words = carried.request.stage.words();
        let mut work = Work::default().says(
            format!("request {name}: {}", words.en),
            format!("申请 {name}：{}", words.zh),
        );
        if let Some(outcome) = carried.outcome {
            work.problems = outcome.problems;
            work.erased = Some(Erased {
                case: outcome.case,
                state: outcome.state,
                counts: outcome.counts,
            });
        }
        Ok(work)
    }

    /// Requests that wait for what ends without a date, and whose wait is over: nobody has to ask again.
    pub(super) fn missing_request_jobs(
        &self,
        there: &[JobRow],
    ) -> Result<Vec<NewJob>, ServiceError> {
        let kind = JobKind::RequestDue.as_str();
        let is_planned = |node| {
            let mut jobs = there.iter();
            jobs.any(|row| row.job.kind == kind && row.job.node == node)
        };
        let rows = self.store.registered(self.tenant, RegisterKind::Request)?;
        let open = rows
            .into_iter()
            .filter(|row| matches!(row.state.as_str(), "waiting" | "partial"))
            .filter(|row| !is_planned(row.node));
        let mut jobs = Vec::new();
        for row in open {
            let entry = self.entry::<StoredRequest>(row)?;
            if self.is_over(&entry)? {
                jobs.push(NewJob {
                    kind: kind.to_owned(),
                    node: entry.row.node,
                    due_at: self.now().as_second(),
                });
            }
        }
        Ok(jobs)
    }

    /// Whether what a request waits for has come, as far as a look at the register tells.
    fn is_over(&self, entry: &Entry<StoredRequest>) -> Result<bool, ServiceError> {
        match entry.body.state.stage() {
            Stage::Waiting { waits } if waits.contains(&Wait::Hold) => {
                Ok(self.holds_over(&entry.body.selection)?.is_empty())
            }
            // Bookings change without telling: a refund is closed, a deposit returned. A look each time is cheap.
            Stage::Waiting { waits } => {
                Ok(waits.contains(&Wait::Window) || waits.contains(&Wait::Floor))
            }
            Stage::Partial { .. } => {
                let Some(case) = entry.body.case else {
                    return Ok(false);
                };
                let cases = self.store.cases(self.tenant)?;
                let mut settled = cases
                    .iter()
                    .filter(|row| row.node.0 == case && row.state == CaseState::Complete);
                Ok(settled.next().is_some())
            }
            _ => Ok(false),
        }
    }
}
