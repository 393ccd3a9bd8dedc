//! What readers are told of a message beside its text. A message that the rules of
//! today have not seen is scanned as it is read.

use wuhen_detect::{Category, Detector, Finding, Importance, RULES_VERSION, classify};
use wuhen_keytree::context::{ItemKind, NodeId};

use super::{MessageView, OpenedOwner, message_view};
use crate::Service;
use crate::attachment::Mark;
use crate::error::ServiceError;
use crate::questions::{OpenQuestions, kinds_of};

impl MessageView {
    /// What is sent with an identity document is about one, whatever its text says.
    pub(crate) fn count_mark(&mut self, mark: Option<Mark>) {
        if mark == Some(Mark::IdentityDocument) {
            self.category = self.category.max(Category::IdentityDocument);
            self.importance = self.importance.max(self.category.importance());
        }
    }

    /// Whether the rules of today have seen its text.
    pub(crate) fn is_scanned(&self) -> bool {
        self.scanned == RULES_VERSION
    }

    /// Scans a text that the rules of today have not seen; `asked` is what was open before it. What other rules found is masked
    /// all the same, unless those of today say something else of the place; what the message is about stays.
    pub(crate) fn scan(&mut self, detector: &Detector, asked: OpenQuestions) {
        if self.is_scanned() {
            return;
        }
        let before = std::mem::take(&mut self.findings);
        let asks = detector.scan_in(&self.text, asked.kinds(), &mut self.findings);
        self.asks = asked.after(asks, kinds_of(&self.findings));
        if self.scanned == 0 {
            self.category = classify(&self.text, &self.findings);
            self.importance = self.category.importance();
        }
        let fresh = self.findings.len();
        for old in before {
            let overlaps = |new: &Finding| old.start < new.end && new.start < old.end;
            if !self.findings[..fresh].iter().any(overlaps) {
                self.findings.push(old);
            }
        }
        self.findings.sort_by_key(|found| found.start);
    }
}

/// Scans what the rules of today have not seen, each message after the one before it. They stand in the order they came.
pub(super) fn scan_all(service: &Service, messages: &mut [MessageView]) {
    if messages.iter().all(MessageView::is_scanned) {
        return;
    }
    let detector = service.detector();
    let mut asked = OpenQuestions::NONE;
    for message in messages {
        message.scan(&detector, asked);
        asked = message.asks;
    }
}

/// What a conversation is about: the strongest of its messages.
pub(super) fn about(messages: &[MessageView]) -> (Category, Importance) {
    let category = messages.iter().map(|message| message.category).max();
    let importance = messages.iter().map(|message| message.importance).max();
    (category.unwrap_or_default(), importance.unwrap_or_default())
}

impl Service {
    /// The messages of a conversation in the order they came, without their attachments.
    pub(crate) fn messages_alone(
        &self,
        node: NodeId,
        owner: &mut OpenedOwner,
    ) -> Result<Vec<MessageView>, ServiceError> {
        let mut messages = Vec::new();
        for item in self.store.items(self.tenant, node)? {
            if item.kind == ItemKind::Message && owner.opens(&item) {
                messages.push(message_view(&item, &owner.open(&item)?)?);
            }
        }
        // A new version keeps the place of the one before.
        messages.sort_by_key(|message| message.item);
        scan_all(self, &mut messages);
        Ok(messages)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tempfile::TempDir;
    use wuhen_custody::file::FileCustodian;
    use wuhen_detect::{Kind, Sight, Viewer};
    use wuhen_formats::Source;
    use wuhen_keytree::context::TenantId;
    use wuhen_model::NoSteps;
    use wuhen_model::testing::{ManualClock, SeededRng};
    use wuhen_store::sqlite::SqliteStore;

    use super::*;
    use crate::import::ImportOptions;
    use crate::search::SearchScope;
    use crate::{Init, Surroundings, TenantSettings, init};

    const PHONE: &str = "15400000173";
    const TENANT: TenantId = TenantId([7; 16]);

    fn house() -> (TempDir, Service) {
        let folder = tempfile::tempdir().unwrap();
        let keys = [folder.path().join("keys")];
        let custodian = FileCustodian::initialise(&keys, &[], TENANT).unwrap();
        let clock = ManualClock::new("2026-11-24T00:00:00Z".parse().unwrap());
        let surroundings = Surroundings {
            clock: Arc::new(clock),
            rng: Arc::new(SeededRng::new(1)),
            steps: Arc::new(NoSteps),
        };
        let settings = TenantSettings {
            name: "Lakeside Hotel".to_owned(),
            timezone: "Asia/Shanghai".to_owned(),
            kind: crate::TenantKind::default(),
            pack: crate::Pack::default(),
        };
        let request = Init {
            tenant_id: TENANT,
            settings,
            officer: crate::staff::FIRST_OFFICER.to_owned(),
        };
        let store = Arc::new(SqliteStore::in_memory().unwrap());
        let service = init(store, Arc::new(custodian), surroundings, &request).unwrap();
        let lines = [
            r#"{"type":"guest","id":"g1"}"#,
            r#"{"type":"conversation","id":"c1","guest":"g1"}"#,
        ];
        import(&folder, &service, &lines);
        (folder, service)
    }

    fn import(folder: &TempDir, service: &Service, lines: &[&str]) {
        let file = folder.path().join("day.jsonl");
        std::fs::write(&file, lines.join("\n")).unwrap();
        let source = Source::open(&file).unwrap();
        service
            .import(source, &ImportOptions::default(), &mut |_| {})
            .unwrap();
    }

    /// As messages were stored before anything was scanned.
    fn add_old(service: &Service, text: &str) {
        add_with(service, text, "");
    }

    /// A message with more in its header.
    fn add_with(service: &Service, text: &str, more: &str) {
        let row = service.find_conversation("c1").unwrap();
        let header =
            format!(r#"{{"id":"old","role":"agent","sent_at":"2025-03-01T08:00:00Z"{more}}}"#);
        let append = service
            .append_of(&row, ItemKind::Message, header.as_bytes(), text.as_bytes())
            .unwrap();
        assert!(service.store.append(service.tenant, &append).unwrap());
    }

    /// A guest's conversations are read whole: what was added past an import is in no count that sketches are held against.
    fn of_guest() -> SearchScope {
        SearchScope {
            guest: Some("g1".to_owned()),
            ..SearchScope::default()
        }
    }

    #[test]
    fn a_message_from_before_the_rules_is_masked_all_the_same() {
        let (_folder, service) = house();
        add_old(&service, &format!("电话{PHONE}"));
        let mut messages = service.show("c1").unwrap().1;
        assert_eq!(
            (messages[0].scanned, messages[0].findings[0].kind),
            (0, Kind::Mobile)
        );
        service.mask_message(&mut messages[0], Sight::of(Viewer::Agent));
        assert!(!messages[0].text.contains(PHONE));
        let mut hits = service.search("电话", &of_guest()).unwrap();
        service.mask_message(&mut hits[0].message, Sight::of(Viewer::Agent));
        assert_eq!(hits[0].message.text, messages[0].text);
        assert_eq!(
            service
                .scan_store(1, wuhen_detect::KindSet::ALL)
                .unwrap()
                .unscanned,
            1
        );
    }

    #[test]
    fn what_a_message_from_before_the_rules_asked_for_is_cut_from_the_answer() {
        let (folder, service) = house();
        add_old(&service, "请问卡片背面的安全码是多少？");
        let answer = r#"{"type":"message","id":"m1","conversation":"c1","sender":{"role":"guest"},"sent_at":"2025-03-01T08:01:00Z","text":"973"}"#;
        import(&folder, &service, &[answer]);
        let messages = service.show("c1").unwrap().1;
        assert_eq!(messages[1].text, "***");
        assert_eq!(messages[1].findings[0].kind, Kind::CardSecurityCode);
    }

    #[test]
    fn an_old_answer_is_found_by_the_old_question() {
        let (_folder, service) = house();
        add_old(&service, "请问卡片背面的安全码是多少？");
        add_old(&service, "973");
        let messages = service.show("c1").unwrap().1;
        assert_eq!(messages[1].findings[0].kind, Kind::CardSecurityCode);
        let hits = service.search("973", &of_guest()).unwrap();
        assert_eq!(hits[0].message.findings, messages[1].findings);
    }

    #[test]
    fn what_other_rules_did_not_find_is_masked_beside_what_they_found() {
        let (_folder, service) = house();
        // Those rules knew of a secret word, and of no phone.
        let text = format!("kraken, 电话{PHONE}");
        let other = RULES_VERSION + 1;
        let more =
            format!(r#","scanned":{other},"category":"refund","findings":[[0,6,"SECRET",90,1]]"#);
        add_with(&service, &text, &more);
        let mut messages = service.show("c1").unwrap().1;
        let mut hits = service.search("电话", &of_guest()).unwrap();
        for message in [&mut messages[0], &mut hits[0].message] {
            service.mask_message(message, Sight::of(Viewer::Agent));
            assert!(message.text.starts_with("***, 电话"), "{}", message.text);
            assert!(!message.text.contains(PHONE));
            assert_eq!(message.category, Category::Refund);
        }
    }

    #[test]
    fn a_store_says_how_many_messages_older_rules_have_read_and_reads_them_by_those_of_today() {
        let (folder, service) = house();
        // Rules that knew of no phones, and of a word that is none of today's.
        let other = RULES_VERSION + 1;
        let more = format!(r#","scanned":{other}"#);
        add_with(&service, &format!("电话{PHONE}"), &more);
        add_with(&service, "请问卡片背面的安全码是多少？", &more);
        add_with(&service, "973", &more);
        let line = r#"{"type":"message","id":"m1","conversation":"c1","sender":{"role":"guest"},"sent_at":"2025-03-01T08:01:00Z","text":"thanks"}"#;
        import(&folder, &service, &[line]);
        let kinds: Vec<Vec<Kind>> = service
            .show("c1")
            .unwrap()
            .1
            .iter()
            .map(|message| message.findings.iter().map(|found| found.kind).collect())
            .collect();
        let expected: [&[Kind]; 4] = [&[Kind::Mobile], &[], &[Kind::CardSecurityCode], &[]];
        assert_eq!(kinds, expected);
        let report = service.scan_store(9, wuhen_detect::KindSet::ALL).unwrap();
        assert_eq!(
            (report.messages, report.other_rules, report.unscanned),
            (4, 3, 0)
        );
        assert_eq!(report.kinds[&Kind::CardSecurityCode].findings, 1);
    }

    #[test]
    fn who_lifts_masks_is_on_record_with_what_was_masked_anywhere() {
        let (folder, service) = house();
        let lines = [
            r#"{"type":"conversation","id":"c2","guest":"g1","channel":"phone 15400000173","labels":["15400000173"]}"#,
            r#"{"type":"message","id":"m1","conversation":"c2","sender":{"role":"guest","id":"15400000173"},"sent_at":"2025-03-01T08:01:00Z","text":"hello","memo":"call 15400000173","15400000173":"x"}"#,
        ];
        import(&folder, &service, &lines);
        let (conversation, messages) = service.show("c2").unwrap();
        let count = |viewer| service.count_masked(&conversation, &messages, Sight::of(viewer));
        assert_eq!((count(Viewer::Agent), count(Viewer::Supervisor)), (5, 0));
        assert_eq!(
            messages[0].sender.as_deref(),
            Some(PHONE),
            "counting shows nothing less"
        );
    }
}
