//! Search without residue: sealed sketches say which blocks may match, reading the blocks says which do. The answer
//! equals that of reading everything. Here what is asked and answered; `sketches` finds what may match, `kept` has opened
//! sketches in memory, `confirm` reads.

mod confirm;
pub(crate) mod kept;
mod sketches;

use jiff::Timestamp;
use wuhen_keytree::context::NodeId;
use wuhen_model::record::SentAt;
use wuhen_model::search::Query;
use wuhen_store::ConversationRow;

use crate::Service;
use crate::error::ServiceError;
use crate::gate::{For, Gate};
use crate::read::MessageView;
use crate::stored::SketchRange;

pub use kept::KEPT_SKETCH_BYTES_MAX;

/// What to look for, and where.
#[derive(Clone, Default)]
pub struct SearchScope {
    /// Only in this guest's conversations.
    pub guest: Option<String>,
    /// Only messages sent at this time or later.
    pub from: Option<Timestamp>,
    /// Only messages sent before this time.
    pub to: Option<Timestamp>,
}

/// A message that matches.
pub struct Hit {
    /// The conversation's id in its source.
    pub conversation: String,
    /// The source.
    pub source: String,
    /// The message.
    pub message: MessageView,
}

/// What is looked for, ready to be compared.
struct Wanted<'a> {
    query: Query,
    /// Tokens that every text which matches has.
    required: Vec<u64>,
    scope: &'a SearchScope,
    gate: Gate,
}

/// A conversation that may hold what is wanted.
struct Candidate {
    node: NodeId,
    /// The blocks of it that do not.
    ruled_out: Vec<SketchRange>,
}

/// A conversation that holds what is wanted.
struct Found {
    row: ConversationRow,
    hits: Vec<Hit>,
}

impl Service {
    /// Every message whose text contains the words: conversations in the order they were opened, then in the order they
    /// came; within each, messages by the time they were sent, then in the order they came. What is erased or closed
    /// while this runs is left out.
    ///
    /// # Errors
    /// The query is too short or too long, the guest is not known, or the store cannot be read.
    pub fn search(&self, query: &str, scope: &SearchScope) -> Result<Vec<Hit>, ServiceError> {
        let query = Query::parse(query)?;
        let required = query.required_tokens();
        let guest = scope
            .guest
            .as_deref()
            .map(|id| self.find_guest(id))
            .transpose()?;
        let wanted = Wanted {
            query,
            required,
            scope,
            gate: self.gate(For::Search)?,
        };
        let guest = guest.map(|guest| guest.node);
        let mut found =
            self.reading(|| self.confirm(&wanted, &self.candidates(&wanted, guest)?))?;
        found.sort_by_key(|found| (found.row.opened_at, found.row.node));
        Ok(found.into_iter().flat_map(|found| found.hits).collect())
    }

    fn candidates(
        &self,
        wanted: &Wanted<'_>,
        guest: Option<NodeId>,
    ) -> Result<Vec<Candidate>, ServiceError> {
        let Some(guest) = guest else {
            return self.candidates_by_sketches(wanted);
        };
        // A guest's conversations are few: they are read without asking their sketches.
        let rows = self.store.conversations_of(self.tenant, guest)?;
        let in_reach = rows.iter().filter(|row| wanted.is_in_reach(row));
        Ok(in_reach.map(|row| Candidate::whole(row.node)).collect())
    }
}

impl Candidate {
    /// A conversation of which every message is to be read.
    fn whole(node: NodeId) -> Self {
        let ruled_out = Vec::new();
        Self { node, ruled_out }
    }
}

impl Wanted<'_> {
    /// Conversations that are closed to everybody, or kept out of searches, are not searched; nor those that ended before, or began after, what is asked for.
    fn is_in_reach(&self, row: &ConversationRow) -> bool {
        let SearchScope { from, to, .. } = self.scope;
        self.gate.conversation(row).is_some()
            && from.is_none_or(|from| row.last_at >= from.as_second())
            && to.is_none_or(|to| row.opened_at <= to.as_second())
    }

    fn is_within(&self, view: &MessageView) -> bool {
        let SearchScope { from, to, .. } = self.scope;
        let Ok(sent) = view.sent_at.parse::<SentAt>() else {
            return false;
        };
        from.is_none_or(|from| sent.at >= from) && to.is_none_or(|to| sent.at < to)
    }
}

/// Runs `work` on each part, on a thread of its own. The answers in the order of the parts, or an error.
fn in_parallel<P: Send, T: Send>(
    parts: impl IntoIterator<Item = P>,
    work: impl Fn(P) -> Result<T, ServiceError> + Sync,
) -> Result<Vec<T>, ServiceError> {
    let work = &work;
    std::thread::scope(|threads| {
        let running: Vec<_> = parts
            .into_iter()
            .map(|part| threads.spawn(move || work(part)))
            .collect();
        running
            .into_iter()
            .map(|worker| worker.join().expect("a worker does not panic"))
            .collect()
    })
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
