//! Retention: everything whose ceiling is reached and that no hold, floor or booking keeps goes, in one case, by the article of its
//! rules (PIPL, article 47(1)). Done again it finds nothing more: it is the same however often it runs.

use std::collections::BTreeSet;

use wuhen_ledger::body::{Role, ScopeKind};
use wuhen_model::decision::{Asker, Outcome, Request};
use wuhen_model::rules::Pack as Rules;
use wuhen_store::RegisterWrite;

use super::{Erased, Work};
use crate::Service;
use crate::cuts::Cuts;
use crate::decide::Split;
use crate::erase::Asked;
use crate::error::ServiceError;
use crate::register::Entry;
use crate::rules::{IN_FORCE, StoredRules};
use crate::select::Selection;

/// Articles that a certificate names; more are counted.
const ARTICLES_MAX: usize = 10;

impl Service {
    pub(super) fn run_retention(&self) -> Result<Work, ServiceError> {
        self.refuse_while_pending()?;
        let Some(entry) = self.reading(|| self.pack_in(IN_FORCE))? else {
            return Ok(Work::default());
        };
        let rules = entry.body.rules()?;
        if rules.rules.is_empty() {
            return Ok(Work::default());
        }
        let schedule = self.reading(|| self.stored_schedules())?.retention;
        let work = Work::until(schedule.next_after(&self.zone()?, self.now()));
        let split = self.reading(|| self.split_due(&rules))?;
        let records = split.erase.counts.messages;
        if !entry.body.batch.allows(records) {
            if let Some(batch) = entry.body.batch.stopping(records, self.now()) {
                self.write_pack(&entry, |stored| stored.batch = batch.clone())?;
            }
            return Ok(stopped(work, records));
        }
        let work = if split.erase.is_empty() {
            work
        } else {
            let pack = format!("rule pack {} {}", rules.name, rules.version);
            let basis = format!("{} ({pack})", articles(&split));
            let reason = format!("its time is over by the {pack}");
            self.erase_split(work, split, (Role::RetentionRule, basis, &reason))?
        };
        let passed = entry.body.batch.passed();
        if passed.is_some() || entry.body.first_run_at.is_none() {
            let now = self.now().to_string();
            self.write_pack(&entry, |stored| {
                stored.first_run_at.get_or_insert_with(|| now.clone());
                if let Some(passed) = &passed {
                    stored.batch = passed.clone();
                }
            })?;
        }
        Ok(work)
    }

    /// What is due, decided message by message. A guest goes as a whole with the last conversation.
    fn split_due(&self, rules: &Rules) -> Result<Split, ServiceError> {
        let bench = self.bench(Some(rules))?;
        let mut selection = Selection::default();
        self.each_that_may_be_due(&bench, &mut |row, _| {
            selection.drops.extend([row.node.0, row.guest.0]);
            Ok(())
        })?;
        selection.settle();
        self.split(&bench, &selection, Some(&Request::by(Asker::Rule)))
    }

    /// One case for all that may go.
    pub(super) fn erase_split(
        &self,
        mut work: Work,
        split: Split,
        (by_role, basis, reason): (Role, String, &str),
    ) -> Result<Work, ServiceError> {
        let scope = if split.erase.punctures.is_empty() {
            ScopeKind::Conversations
        } else {
            ScopeKind::Messages
        };
        let asked = Asked {
            basis,
            ..Asked::at_once(split.erase, scope, reason, by_role)
        };
        let outcome = self.carry_out(asked, &Cuts::default())?;
        work.erased = Some(Erased {
            case: outcome.case,
            state: outcome.state,
            counts: outcome.counts,
        });
        work.problems = outcome.problems;
        Ok(work)
    }

    /// A pack's next version, unless another pack took its place meanwhile.
    pub(super) fn write_pack(
        &self,
        entry: &Entry<StoredRules>,
        change: impl Fn(&mut StoredRules),
    ) -> Result<(), ServiceError> {
        self.change_register_here("run/pack", || {
            let mut write = RegisterWrite::default();
            if let Some(mut now) = self.pack_in(IN_FORCE)?
                && now.row.node == entry.row.node
            {
                change(&mut now.body);
                let mut pen = self.pen(now.row.node)?;
                write.items.push(self.write_version(&mut pen, &now.body)?);
            }
            Ok((write, ()))
        })
    }
}

pub(super) fn stopped(work: Work, records: u64) -> Work {
    let work = Work {
        stopped: Some(records),
        ..work
    };
    work.says(
        format!(
            "it would erase {records} records at once, more than one batch may: nothing was erased; the privacy officer looks at it \
             and says `wuhen rules confirm`"
        ),
        format!("将一次删除 {records} 条记录，超过每批上限：未删除任何内容；请个人信息保护负责人核对后运行 wuhen rules confirm"),
    )
}

/// The articles of the rules by which records go, each once.
fn articles(split: &Split) -> String {
    let all = split.conversations.iter().flat_map(|one| &one.records);
    let gone = all.filter(|decided| decided.decision.outcome == Outcome::Erase);
    let named: BTreeSet<&str> = gone
        .filter_map(|decided| decided.decision.article.as_ref())
        .map(|article| article.en.as_str())
        .collect();
    let mut words: Vec<String> = named
        .iter()
        .take(ARTICLES_MAX)
        .map(ToString::to_string)
        .collect();
    if named.len() > ARTICLES_MAX {
        words.push(format!("{} more", named.len() - ARTICLES_MAX));
    }
    words.join("; ")
}
