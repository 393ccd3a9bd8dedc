//! Putting a rule pack in force: previewed, after a delay, with a batch over the limit only where somebody said its number; and
//! taking one back before its time (COMPLAINTS.md, 16 and 17).

use jiff::{Timestamp, ToSpan as _};
use wuhen_keytree::context::NodeId;
use wuhen_ledger::body::{Role, RulesChange};
use wuhen_model::job::JobKind;
use wuhen_model::people::{Permission, StaffRole};
use wuhen_model::rules::{BadPack, Pack as Rules};
use wuhen_store::{NewJob, RegisterKind, RegisterWrite, StateMove};

use super::{Batch, IN_FORCE, REPLACED, RulesPreview, StoredRules, WAITING, WITHDRAWN};
use crate::Service;
use crate::erase::REASON_BYTES_MAX;
use crate::error::ServiceError;
use crate::open::damaged;
use crate::register::Entry;
use crate::settings::Pack;
use crate::snapshot::Done;
use crate::staff::Actor;

/// A pack waits so long before it holds, unless it is said otherwise.
pub const DELAY_HOURS_DEFAULT: u32 = 24;
/// It waits a month at most: what is to hold later is applied later.
pub const DELAY_HOURS_MAX: u32 = 30 * 24;

/// A pack as it came: one file, or several that hold together.
#[derive(Clone)]
pub struct RulesSource {
    texts: Vec<String>,
    pack: Rules,
}

/// A pack to be put in force.
pub struct ApplyRules<'a> {
    /// Which.
    pub source: &'a RulesSource,
    /// How long it waits.
    pub after_hours: u32,
    /// Whether somebody said that it need not wait, where there are records already.
    pub at_once: bool,
    /// Records that one batch may take.
    pub records_max: u64,
    /// That many records were said to somebody, who lets them go.
    pub confirmed: Option<u64>,
    /// Why. Sealed.
    pub reason: &'a str,
}

/// A pack that was put in force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Applied {
    /// From when on it holds.
    pub effective_at: Timestamp,
    /// Whether it holds already.
    pub in_force: bool,
    /// What it would make due.
    pub preview: RulesPreview,
}

impl RulesSource {
    /// A pack that comes with the program.
    #[must_use]
    pub fn shipped(name: &str) -> Option<Self> {
        let texts = Rules::shipped_texts(name)?;
        Self::of(texts.iter().map(|text| (*text).to_owned()).collect()).ok()
    }

    /// A pack of a file.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn file(text: String) -> Result<Self, BadPack> {
        Self::of(vec![text])
    }

    fn of(texts: Vec<String>) -> Result<Self, BadPack> {
        let pack = Rules::parse_all(&texts)?;
        Ok(Self { texts, pack })
    }

    /// The pack.
    #[must_use]
    pub const fn pack(&self) -> &Rules {
        &self.pack
    }
}

impl Service {
    /// Puts a pack in force after its delay.
    ///
    /// # Errors
    /// The actor may not; another pack waits; it would make more records due than one batch may take; it is to hold at once, and
    /// nobody said so; or the store cannot be written.
    pub fn apply_rules(
        &self,
        by: &Actor,
        apply: &ApplyRules<'_>,
    ) -> Result<Done<Applied>, ServiceError> {
        by.check(Permission::ApplyRules)?;
        self.check_apply(apply)?;
        let preview = self.preview_rules(by, apply.source)?;
        let due = preview.now.messages;
        if due > apply.records_max && apply.confirmed != Some(due) {
            return Err(ServiceError::BatchTooLarge {
                records: due,
                records_max: apply.records_max,
            });
        }
        let now = self.now();
        let effective_at = (now.checked_add(i64::from(apply.after_hours).hours()))
            .map_err(|_| damaged("the delay ends after the calendar"))?;
        let in_force = apply.after_hours == 0;
        let stored = StoredRules {
            reason: apply.reason.to_owned(),
            batch: Batch {
                confirmed: apply.confirmed.unwrap_or(0),
                ..Batch::of(apply.records_max)
            },
            ..stored(apply.source, by.role, now, effective_at)
        };
        self.change_register("rules/apply", || {
            if self.pack_in(WAITING)?.is_some() {
                return Err(ServiceError::Refused(
                    "another pack waits for its time: take it back with `wuhen rules withdraw` first".to_owned(),
                ));
            }
            let write = self.draft_rules(&stored, in_force, by.ledger_role())?;
            Ok((
                write,
                Applied {
                    effective_at,
                    in_force,
                    preview: preview.clone(),
                },
            ))
        })
    }

    fn check_apply(&self, apply: &ApplyRules<'_>) -> Result<(), ServiceError> {
        if apply.reason.len() > REASON_BYTES_MAX {
            return Err(ServiceError::Refused(format!(
                "a reason has at most {REASON_BYTES_MAX} bytes"
            )));
        }
        if apply.after_hours > DELAY_HOURS_MAX {
            return Err(ServiceError::Refused(format!(
                "a pack waits {DELAY_HOURS_MAX} hours at most"
            )));
        }
        let totals = self.store.totals(self.tenant)?;
        let is_empty = totals.guests == 0 && totals.conversations == 0;
        if apply.after_hours == 0 && !is_empty && !apply.at_once {
            return Err(ServiceError::Refused(
                "there are records: without a delay nobody can take it back in time; say --after 0h with --yes if it is meant".to_owned(),
            ));
        }
        Ok(())
    }

    /// The pack that a new house begins with: there is nothing yet that it could make due.
    pub(crate) fn first_rules(&self, pack: Pack) -> Result<(), ServiceError> {
        if pack == Pack::None {
            return Ok(());
        }
        let source = RulesSource::shipped(pack.as_str()).expect("it comes with the program");
        let now = self.now();
        let stored = stored(&source, StaffRole::PrivacyOfficer, now, now);
        self.change_register_here("rules/first", || {
            Ok((self.draft_rules(&stored, true, Role::Operator)?, ()))
        })
    }

    /// Takes back the pack that waits. Answers its name.
    ///
    /// # Errors
    /// None waits, the actor may not, or the store cannot be written.
    pub fn withdraw_rules(&self, by: &Actor) -> Result<Done<String>, ServiceError> {
        by.check(Permission::ApplyRules)?;
        self.change_register("rules/withdraw", || {
            let Entry { row, body } = self
                .pack_in(WAITING)?
                .ok_or_else(|| ServiceError::Refused("no pack waits for its time".to_owned()))?;
            let mut pen = self.pen(row.node)?;
            let said = self.rules_changed(
                RulesChange::Withdrawn,
                Some(&body),
                body.batch.records_max,
                by.ledger_role(),
            )?;
            let write = RegisterWrite {
                moves: vec![moved(row.node, WAITING, WITHDRAWN)],
                ended_jobs: vec![(JobKind::RulesStart.as_str().to_owned(), row.node)],
                entry: Some(self.write_entry(&mut pen, &said)?),
                ..RegisterWrite::default()
            };
            Ok((write, body.name))
        })
    }

    /// The pack's time has come. None: it was taken back, or holds already.
    pub(crate) fn start_rules(&self, node: NodeId) -> Result<Option<StoredRules>, ServiceError> {
        let started = self.change_register("rules/start", || {
            let Some(Entry { row, body }) = self
                .pack_in(WAITING)?
                .filter(|entry| entry.row.node == node)
            else {
                return Ok((RegisterWrite::default(), None));
            };
            let mut pen = self.pen(row.node)?;
            let said = self.rules_changed(
                RulesChange::Started,
                Some(&body),
                body.batch.records_max,
                Role::System,
            )?;
            let mut write = RegisterWrite {
                moves: vec![moved(row.node, WAITING, IN_FORCE)],
                entry: Some(self.write_entry(&mut pen, &said)?),
                ..RegisterWrite::default()
            };
            self.bring_into_force(&mut write, row.node, &body.rules()?)?;
            Ok((write, Some(body)))
        })?;
        Ok(started.done)
    }

    fn draft_rules(
        &self,
        stored: &StoredRules,
        in_force: bool,
        by_role: Role,
    ) -> Result<RegisterWrite, ServiceError> {
        let state = if in_force { IN_FORCE } else { WAITING };
        let mut draft = self.draft_register(RegisterKind::Rules, state, stored)?;
        let said = self.rules_changed(
            RulesChange::Applied,
            Some(stored),
            stored.batch.records_max,
            by_role,
        )?;
        let entry = Some(self.draft_register_entry(&mut draft, &said)?);
        let node = draft.new.row.node;
        let mut write = RegisterWrite {
            opens: vec![draft.new],
            entry,
            ..RegisterWrite::default()
        };
        if in_force {
            self.bring_into_force(&mut write, node, &stored.rules()?)?;
        } else {
            write.jobs.push(NewJob {
                kind: JobKind::RulesStart.as_str().to_owned(),
                node,
                due_at: stored.effective()?.as_second(),
            });
        }
        Ok(write)
    }

    /// The pack before goes, and the work of this one becomes due.
    fn bring_into_force(
        &self,
        write: &mut RegisterWrite,
        node: NodeId,
        rules: &Rules,
    ) -> Result<(), ServiceError> {
        let review = JobKind::RuleReview.as_str().to_owned();
        if let Some(old) = self.pack_in(IN_FORCE)? {
            write.moves.push(moved(old.row.node, IN_FORCE, REPLACED));
            write.ended_jobs.push((review.clone(), old.row.node));
        }
        if rules.rules.is_empty() {
            write
                .ended_jobs
                .push(self.ended_house_job(JobKind::Retention));
            return Ok(());
        }
        let schedule = self.stored_schedules()?.retention;
        write
            .jobs
            .push(self.house_job(JobKind::Retention, &schedule)?);
        if let Some(due) = self.next_review(rules, self.now())? {
            write.jobs.push(NewJob {
                kind: review,
                node,
                due_at: due.as_second(),
            });
        }
        Ok(())
    }

    /// The start of the first day after an instant on which somebody is to look at a rule again.
    pub(crate) fn next_review(
        &self,
        rules: &Rules,
        after: Timestamp,
    ) -> Result<Option<Timestamp>, ServiceError> {
        let zone = self.zone()?;
        let begins = |day: jiff::civil::Date| day.to_zoned_datetime(zone.clone()).ok();
        let days = rules.rules.iter().filter_map(|rule| begins(rule.review));
        Ok(days
            .map(|zoned| zoned.timestamp())
            .filter(|at| *at > after)
            .min())
    }
}

fn stored(
    source: &RulesSource,
    by_role: StaffRole,
    now: Timestamp,
    effective_at: Timestamp,
) -> StoredRules {
    let (first, more) = source.texts.split_first().expect("a pack has a file");
    StoredRules {
        name: source.pack.name.clone(),
        version: source.pack.version.clone(),
        toml: first.clone(),
        more: more.to_vec(),
        by_role,
        applied_at: now.to_string(),
        effective_at: effective_at.to_string(),
        reason: String::new(),
        first_run_at: None,
        batch: Batch::default(),
    }
}

fn moved(node: NodeId, from: &str, to: &str) -> StateMove {
    StateMove {
        node,
        from: from.to_owned(),
        to: to.to_owned(),
    }
}
