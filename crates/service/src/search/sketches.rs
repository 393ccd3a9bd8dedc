//! Which conversations may match: their sketches say so, opened by all processors, or in memory from a search before.

use std::ops::Range;

use wuhen_keytree::context::NodeId;
use wuhen_model::search::Sketch;
use wuhen_store::Sketched;

use super::kept::{OpenedSketches, Remembered, Room, Share};
use super::{Candidate, Wanted, in_parallel, processors};
use crate::Service;
use crate::error::{Opening, ServiceError};
use crate::gate::{Admitted, Purpose};
use crate::keys::{PathKeys, open_node};
use crate::open::damaged;
use crate::stored::SketchRange;

impl Service {
    /// Every conversation in reach of which the sketches do not rule out all messages.
    pub(super) fn candidates_by_sketches(
        &self,
        wanted: &Wanted<'_>,
    ) -> Result<Vec<Candidate>, ServiceError> {
        let turn = self.sketches.turn();
        let revision = self.store.tenant(self.tenant)?.revision;
        match self.sketches.at(revision) {
            Remembered::All(kept) => {
                drop(turn);
                let candidates = kept.conversations().filter_map(|one| wanted.candidate(one));
                Ok(candidates.collect())
            }
            Remembered::TooMany => {
                drop(turn);
                Ok(self.walk_all(wanted, &Room::none())?.0)
            }
            Remembered::Nothing => {
                let room = self.sketches.room();
                let (candidates, opened) = self.walk_all(wanted, &room)?;
                self.keep(opened, &room)?;
                Ok(candidates)
            }
        }
    }

    /// Opens the sketches of all conversations, each processor those of as many.
    fn walk_all(
        &self,
        wanted: &Wanted<'_>,
        room: &Room,
    ) -> Result<(Vec<Candidate>, Vec<Share>), ServiceError> {
        let shares = self.store.conversation_shares(self.tenant, processors())?;
        let walked = in_parallel(shares, |nodes| self.walk(wanted, nodes, room))?;
        let (candidates, opened): (Vec<_>, Vec<_>) = walked.into_iter().unzip();
        Ok((candidates.into_iter().flatten().collect(), opened))
    }

    /// Opens the sketches of the conversations in a range of nodes.
    fn walk(
        &self,
        wanted: &Wanted<'_>,
        nodes: Range<NodeId>,
        room: &Room,
    ) -> Result<(Vec<Candidate>, Share), ServiceError> {
        let mut keys = PathKeys::of(&self.keys());
        let mut candidates = Vec::new();
        let mut opened = Vec::new();
        let mut outcome = Ok(());
        let mut each = |sketched: &Sketched| -> Result<(), ServiceError> {
            if let Some(one) = self.open_sketches(&mut keys, sketched)? {
                candidates.extend(wanted.candidate(&one));
                room.keep(one, &mut opened);
            }
            Ok(())
        };
        let revision = self
            .store
            .for_each_sketched(self.tenant, nodes, &mut |sketched| {
                outcome = each(&sketched);
                outcome.is_ok()
            })?;
        outcome?;
        Ok((candidates, Share { revision, opened }))
    }

    /// The sketches of one conversation; none of one that is closed: nobody may look into it.
    fn open_sketches(
        &self,
        keys: &mut PathKeys,
        sketched: &Sketched,
    ) -> Result<Option<OpenedSketches>, ServiceError> {
        let conversation = sketched.conversation;
        let (node, above) = sketched
            .path
            .split_last()
            .ok_or_else(|| damaged("a conversation has no key"))?;
        // Also above a closed one: the next may hang under the same page.
        let page = keys.descend(above, node.parent).opening("a page")?;
        if !conversation.open {
            return Ok(None);
        }
        let key = open_node(self.tenant_id, page, node).opening("a conversation's key")?;
        let mut owner = self.open_owner_with(
            conversation.node,
            &key,
            &sketched.seeds,
            Admitted::for_program(Purpose::Sketches),
        )?;
        let open = |row| {
            let opened = owner.open(row)?;
            let range = SketchRange::from_bytes(opened.header())?;
            let sketch = Sketch::from_bytes(opened.body())
                .map_err(|_| damaged("a sketch cannot be read"))?;
            Ok((range, sketch))
        };
        let opened: Result<_, ServiceError> = sketched.sketches.iter().map(open).collect();
        Ok(Some(OpenedSketches {
            conversation,
            sketches: opened?,
        }))
    }
}

impl Wanted<'_> {
    fn candidate(&self, one: &OpenedSketches) -> Option<Candidate> {
        let OpenedSketches {
            conversation,
            sketches,
        } = one;
        let ruled_out = || {
            let absent = |sketch: &Sketch| !sketch.may_contain_all(&self.required);
            let ruled_out = sketches.iter().filter(move |(_, sketch)| absent(sketch));
            ruled_out.map(|(range, _)| *range)
        };
        // Where the sketches that rule words out speak for every message, nothing has to be read.
        let spoken_for = || ruled_out().map(|range| range.messages).sum::<u32>();
        let may_match = self.is_in_reach(conversation) && spoken_for() != conversation.messages;
        may_match.then(|| Candidate {
            node: conversation.node,
            ruled_out: ruled_out().collect(),
        })
    }
}
