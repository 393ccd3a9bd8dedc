//! Lifting masks: for a role that may, with a reason, and on record before anything is shown.

use wuhen_detect::{Sight, Viewer};
use wuhen_keytree::context::NodeId;
use wuhen_ledger::Body;
use wuhen_ledger::body::{RevealedBody, Role, Version};

use crate::Service;
use crate::erase::REASON_BYTES_MAX;
use crate::error::ServiceError;
use crate::gate::{For, Gate};
use crate::notice::Missing;
use crate::read::{ConversationView, MessageView};

/// A conversation whose masks were lifted.
pub struct Revealed {
    /// The conversation, in full; [`Service::mask_conversation`] with `sight` leaves masked what the role may never see.
    pub conversation: ConversationView,
    /// Its messages, in full; [`Service::mask_message`] with `sight` leaves masked what the role may never see.
    pub messages: Vec<MessageView>,
    /// With which eyes it may be read now.
    pub sight: Sight,
    /// Who could not be told of it; the record itself is in the ledger.
    pub problems: Vec<Missing>,
}

/// One time that masks were lifted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RevealView {
    /// Its entry in the ledger.
    pub entry: u64,
    /// When, RFC 3339.
    pub at: String,
    /// Who read.
    pub by_role: Role,
    /// Why, in the words of whoever read.
    pub reason: String,
    /// The source's id of the conversation; none where it is gone, or being erased.
    pub conversation: Option<String>,
    /// That it was one attachment alone: its number.
    pub attachment: Option<u32>,
    /// Messages that were read.
    pub messages: u64,
    /// Places that had been masked until then.
    pub findings: u64,
}

impl Service {
    /// Every time that masks were lifted, oldest first; of one conversation, if one is named.
    ///
    /// # Errors
    /// The conversation is not known, or the ledger cannot be read.
    pub fn reveals(&self, conversation: Option<&str>) -> Result<Vec<RevealView>, ServiceError> {
        self.reading(|| {
            let wanted = conversation
                .map(|id| self.find_conversation(id))
                .transpose()?;
            let gate = self.gate(For::Staff)?;
            let mut views = Vec::new();
            for row in self.ledger_rows()? {
                let Some(opened) = self.open_entry(row)? else {
                    continue;
                };
                let Ok(Body::Revealed(body)) = Body::from_bytes(&opened.bytes) else {
                    continue;
                };
                let node = NodeId(body.conversation);
                if wanted.is_none_or(|wanted| wanted.node == node) {
                    views.push(self.reveal_view(opened.row.leaf, body, &gate)?);
                }
            }
            Ok(views)
        })
    }

    fn reveal_view(
        &self,
        entry: u64,
        body: RevealedBody,
        gate: &Gate,
    ) -> Result<RevealView, ServiceError> {
        let node = NodeId(body.conversation);
        let row = self.store.conversation(self.tenant, node)?;
        let admitted = row.and_then(|row| gate.conversation(&row));
        let conversation = admitted
            .map(|admitted| self.head(node, admitted))
            .transpose()?;
        Ok(RevealView {
            entry,
            at: body.at.as_str().to_owned(),
            by_role: body.by_role,
            reason: body.reason,
            conversation: conversation.map(|head| head.id),
            attachment: body.attachment,
            messages: body.messages,
            findings: body.findings,
        })
    }

    /// A conversation without masks. The ledger says that it was read, by which role, and why, before it is handed out.
    ///
    /// # Errors
    /// The role may not, there is no reason, the conversation is not known, or the record cannot be written: then nothing is shown.
    pub fn reveal(
        &self,
        conversation: &str,
        viewer: Viewer,
        reason: &str,
    ) -> Result<Revealed, ServiceError> {
        let (sight, by_role) = self.may_reveal(viewer, reason)?;
        let (conversation, messages) = self.show(conversation)?;
        let findings = self.count_masked(&conversation, &messages, Sight::of(viewer));
        let body = self.revealed_body(
            conversation.row.node,
            (by_role, reason),
            (messages.len() as u64, findings),
        );
        let problems = self.record_reveal(body)?;
        Ok(Revealed {
            conversation,
            messages,
            sight,
            problems,
        })
    }

    /// With which eyes a role may read without masks, and what it is called on record.
    pub(crate) fn may_reveal(
        &self,
        viewer: Viewer,
        reason: &str,
    ) -> Result<(Sight, Role), ServiceError> {
        let refused = |words: String| Err(ServiceError::Refused(words));
        let (Some(sight), Some(by_role)) = (Sight::revealed(viewer), role_of(viewer)) else {
            return refused(format!(
                "an {} may not lift masks; a supervisor or the privacy officer may",
                viewer.as_str()
            ));
        };
        if reason.trim().is_empty() || reason.len() > REASON_BYTES_MAX {
            return refused(format!(
                "lifting masks needs a reason of 1 to {REASON_BYTES_MAX} bytes; give one with --reason"
            ));
        }
        if self.is_only_restored()? {
            return refused(
                "this store was restored and keeps no record of its own yet; run `wuhen snapshot create` first"
                    .to_owned(),
            );
        }
        Ok((sight, by_role))
    }

    /// What the ledger says of it: so many messages, so many places that were masked until then.
    pub(crate) fn revealed_body(
        &self,
        conversation: NodeId,
        (by_role, reason): (Role, &str),
        (messages, findings): (u64, u64),
    ) -> RevealedBody {
        RevealedBody {
            version: Version::V1,
            tenant: self.tenant_text(),
            conversation: conversation.0,
            attachment: None,
            messages,
            findings,
            by_role,
            reason: reason.to_owned(),
            at: self.body_time(),
        }
    }

    pub(crate) fn record_reveal(&self, body: RevealedBody) -> Result<Vec<Missing>, ServiceError> {
        self.record(&Body::Revealed(body))
    }
}

fn role_of(viewer: Viewer) -> Option<Role> {
    match viewer {
        Viewer::Supervisor => Some(Role::Supervisor),
        Viewer::PrivacyOfficer => Some(Role::PrivacyOfficer),
        Viewer::Agent | Viewer::Auditor => None,
    }
}
