//! Lifting masks: for a role that may, with a reason, and on record before anything is shown.

use wuhen_detect::{Sight, Viewer};
use wuhen_ledger::Body;
use wuhen_ledger::body::{RevealedBody, Role, Version};

use crate::Service;
use crate::erase::REASON_BYTES_MAX;
use crate::error::ServiceError;
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

impl Service {
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
        let (conversation, messages) = self.show(conversation)?;
        let findings = self.count_masked(&conversation, &messages, Sight::of(viewer));
        let body = Body::Revealed(RevealedBody {
            version: Version::V1,
            tenant: self.tenant_text(),
            conversation: conversation.row.node.0,
            messages: messages.len() as u64,
            findings,
            by_role,
            reason: reason.to_owned(),
            at: self.body_time(),
        });
        let problems = self.record(&body)?;
        Ok(Revealed {
            conversation,
            messages,
            sight,
            problems,
        })
    }
}

fn role_of(viewer: Viewer) -> Option<Role> {
    match viewer {
        Viewer::Supervisor => Some(Role::Supervisor),
        Viewer::PrivacyOfficer => Some(Role::PrivacyOfficer),
        Viewer::Agent | Viewer::Auditor => None,
    }
}
