//! Confidentiality labels: sealed words on conversations. Destroying one is a batch erasure of all that bears it.

use wuhen_keytree::context::ItemKind;
use wuhen_keytree::item;
use wuhen_keytree::seed::{Frontier, segment_and_index};
use wuhen_model::limits::LABEL_BYTES_MAX;
use wuhen_store::{Append, ConversationRow, ItemRow};

use crate::Service;
use crate::error::{Opening, ServiceError};
use crate::keys::{item_context, new_seed, nonce, open_seed};
use crate::open::damaged;

impl Service {
    /// Puts a label on a conversation. False: it bears it already.
    ///
    /// # Errors
    /// The conversation is not known, the label is empty or too long, or the store refuses.
    pub fn label(&self, conversation: &str, label: &str) -> Result<bool, ServiceError> {
        if label.is_empty() || label.len() > LABEL_BYTES_MAX || label.chars().any(char::is_control)
        {
            return Err(ServiceError::Refused(format!(
                "a label has 1 to {LABEL_BYTES_MAX} bytes and no control character"
            )));
        }
        let Some(append) = self.reading(|| self.labelled(conversation, label))? else {
            return Ok(false);
        };
        self.append_or_refuse("label/append", &append, "it was not labelled")
    }

    /// Writes an item of its own into a conversation, unless that is being erased: `undone` says what did not happen.
    pub(crate) fn append_or_refuse(
        &self,
        step: &'static str,
        append: &Append,
        undone: &str,
    ) -> Result<bool, ServiceError> {
        let stored = self.step(step, || Ok(self.store.append(self.tenant, append)?))?;
        if stored {
            Ok(true)
        } else {
            Err(ServiceError::Refused(format!(
                "the conversation is being erased; {undone}"
            )))
        }
    }

    /// What puts a label on a conversation. None: it bears it already.
    fn labelled(&self, conversation: &str, label: &str) -> Result<Option<Append>, ServiceError> {
        let row = self.find_conversation(conversation)?;
        let mut owner = self.open_owner(row.node, self.admit_even_closed(&row)?)?;
        if self
            .labels_of(row.node, &mut owner)?
            .iter()
            .any(|found| found == label)
        {
            return Ok(None);
        }
        self.append_of(&row, ItemKind::Label, &[], label.as_bytes())
            .map(Some)
    }

    /// What adds one item to a conversation, sealed under its next index.
    pub(crate) fn append_of(
        &self,
        row: &ConversationRow,
        kind: ItemKind,
        header: &[u8],
        body: &[u8],
    ) -> Result<Append, ServiceError> {
        let rng = &*self.surroundings.rng;
        let path = self.store.path(self.tenant, row.node)?;
        let key = self.keys().follow(&path).opening("a conversation's key")?;
        let (segment, index) = segment_and_index(row.next_index);
        let seeds = self.store.seeds(self.tenant, row.node)?;
        let (seed, frontier): (_, Frontier) =
            if let Some(seed) = seeds.iter().find(|seed| seed.segment == segment) {
                (
                    None,
                    open_seed(self.tenant_id, &key, seed).opening("a segment")?,
                )
            } else {
                let (seed, frontier) = new_seed(rng, self.tenant_id, (&key, row.node), segment);
                (Some(seed), frontier)
            };
        let leaf = frontier
            .leaf(index)
            .ok_or_else(|| damaged("a conversation's next item has no key"))?;
        let context = item_context(self.tenant_id, row.node, row.next_index, kind);
        let sealed = item::seal(&leaf, &context, nonce(rng), header, body);
        Ok(Append {
            node: row.node,
            generation: row.generation,
            next_index: row.next_index,
            taken: 1,
            seed,
            items: vec![ItemRow {
                item: row.next_index,
                kind,
                source_tag: None,
                sealed,
                replaces: None,
            }],
        })
    }
}
