//! The attacker gets every image ever made. With the keys of today it reads what was not erased, all of it and nothing
//! else; with keys of yesterday also what was erased since, so that the first result means something.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use wuhen_service::Service;
use wuhen_service::probe::probe;
use wuhen_service::select::Scope;
use wuhen_stories::attacker::Evidence;
use wuhen_stories::imager::Imager;
use wuhen_stories::truth::{Record, Truth};
use wuhen_stories::world::{World, erase_whole, import, lakeside, shared_data};

/// What a story erases, in order, each with what is then gone.
struct Plan<'p> {
    truth: &'p Truth,
    scopes: Vec<(Scope, BTreeSet<Record>)>,
}

impl Plan<'_> {
    fn guest(&mut self, source: &str, id: &str) {
        let gone = self
            .truth
            .matching(|known| known.source == source && known.guest == id);
        self.scopes
            .push((Scope::Guest(format!("{source}/{id}")), gone));
    }

    fn conversations(&mut self, ids: &[&str]) {
        let gone = self
            .truth
            .matching(|known| ids.contains(&known.conversation.as_str()));
        let ids = ids.iter().map(|&id| id.to_owned()).collect();
        self.scopes.push((Scope::Conversations(ids), gone));
    }

    fn messages(&mut self, ids: &[&str]) {
        let gone = self
            .truth
            .matching(|known| ids.contains(&known.message.as_str()));
        let ids = ids.iter().map(|&id| id.to_owned()).collect();
        self.scopes.push((Scope::Messages(ids), gone));
    }

    fn before(&mut self, time: &str) {
        let time = time.parse().unwrap();
        self.scopes
            .push((Scope::Before(time), self.truth.before(time)));
    }

    fn label(&mut self, label: &str) {
        self.scopes
            .push((Scope::Label(label.to_owned()), self.truth.labelled(label)));
    }
}

fn keys(folder: &Path, when: &str) -> PathBuf {
    folder.join("images").join(when).join("keys")
}

/// Plays the whole life and lets the attacker at it. `change` does what happens between import and the first erasure.
fn play(files: &[PathBuf], change: impl Fn(&Service, &mut Truth), plan: impl Fn(&mut Plan<'_>)) {
    let mut world = World::new();
    let imager = Arc::new(Imager::of(&world));
    world.steps = Arc::clone(&imager) as _;
    let service = world.init();
    imager.image("000-empty");
    let mut truth = Truth::default();
    for (number, file) in files.iter().enumerate() {
        import(&service, file).unwrap();
        truth.read(file);
        imager.image(&format!("100-import-{number}"));
    }
    change(&service, &mut truth);
    service.init_repository(&world.path("repository")).unwrap();
    imager.image("200-repository");
    service.create_snapshot(None).unwrap();
    imager.image("200-snapshot");
    let mut chosen = Plan {
        truth: &truth,
        scopes: Vec::new(),
    };
    plan(&mut chosen);
    let scopes = chosen.scopes;
    for (number, (scope, gone)) in scopes.iter().enumerate() {
        assert!(!gone.is_empty(), "erasure {number} has something to erase");
        // In the middle of the first, and of the others where files are small: an erasure has some thirty moments.
        if number == 0 || files.len() == 1 {
            imager.arm(&format!("300-erasure-{number}"));
        }
        erase_whole(&service, scope.clone());
        imager.disarm();
        imager.image(&format!("300-erasure-{number}-done"));
    }
    service.create_snapshot(None).unwrap();
    imager.image("400-end");
    world.assert_nothing_readable(&truth.canaries(400));
    drop(service);
    imager.image("400-closed");
    judge(&world, &truth, &scopes);
    if files.len() == 1 {
        // Nor was anything readable at any moment in between.
        let report = probe(&[world.path("images")], &truth.canaries(1_000)).unwrap();
        assert_eq!(report.found, []);
    }
}

fn judge(world: &World, truth: &Truth, erasures: &[(Scope, BTreeSet<Record>)]) {
    let folder = &world.folder;
    let mut evidence = Evidence::default();
    let mut images: Vec<PathBuf> = std::fs::read_dir(folder.join("images"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    images.sort();
    for image in &images {
        evidence.add_image(image);
    }
    assert!(evidence.images > 20, "images at many moments");
    let all = truth.records();
    let erased: BTreeSet<Record> = erasures
        .iter()
        .flat_map(|(_, gone)| gone)
        .cloned()
        .collect();
    let survivors: BTreeSet<Record> = all.difference(&erased).cloned().collect();

    let today = evidence.attack(std::slice::from_ref(&world.keys[0]));
    assert_eq!(today.roots, 1);
    let read = today.records();
    assert_eq!(
        read.intersection(&erased).count(),
        0,
        "erased records that open"
    );
    assert_eq!(read.len(), survivors.len());
    assert!(
        read == survivors,
        "every survivor opens, as it was imported"
    );
    let places: BTreeSet<_> = today.opened.keys().copied().collect();
    assert!(
        places == Evidence::live_places(&world.store()),
        "what opens is what the store has rows of: no sketch, label or file name more"
    );
    assert_control_is_silent(&today.control().collect::<Vec<_>>(), &erased);

    // The control. Keys from before the first erasure read everything that ever was ...
    let before = evidence.attack(&[keys(folder, "200-snapshot")]);
    assert!(
        before.records() == all,
        "an old keys folder opens what was erased since"
    );
    // ... and keys from in between read all but what had been erased by then.
    let between = evidence.attack(&[keys(folder, "300-erasure-0-done")]);
    let readable: BTreeSet<Record> = all.difference(&erasures[0].1).cloned().collect();
    assert!(
        between.records() == readable,
        "an erasure holds against every key made after it"
    );
}

/// Nothing that is kept about erasures says what was erased.
fn assert_control_is_silent(control: &[Vec<u8>], erased: &BTreeSet<Record>) {
    assert!(control.len() > 10);
    let words = erased
        .iter()
        .filter(|record| record.kind != "attachment" && record.kind != "conversation")
        .map(|record| record.text.as_str())
        .filter(|text| text.len() >= 6);
    for word in words {
        for plaintext in control {
            let found = plaintext
                .windows(word.len())
                .any(|window| window == word.as_bytes());
            assert!(!found, "the case or the ledger repeats an erased record");
        }
    }
}

#[test]
fn no_image_of_the_sample_hotel_opens_what_was_erased() {
    let vip = |service: &Service, truth: &mut Truth| {
        assert!(service.label("lk-002", "secret-2026").unwrap());
        truth.add_label("lk-002", "secret-2026");
    };
    play(&[lakeside()], vip, |plan| {
        plan.messages(&["lk-006-06", "lk-006-01", "lk-011-12"]);
        plan.label("机密-2023");
        plan.label("secret-2026");
        plan.conversations(&["lk-005", "lk-014"]);
        plan.before("2023-06-15T12:00:00Z");
        plan.guest("lakeside", "lk-g12");
    });
}

#[test]
fn no_image_of_chinese_dialogues_opens_what_was_erased() {
    let Some(dialogues) = shared_data("zh-hotel-dev.jsonl") else {
        return;
    };
    let label = |service: &Service, truth: &mut Truth| {
        for conversation in ["10057", "lk-009"] {
            assert!(service.label(conversation, "机密-2026").unwrap());
            truth.add_label(conversation, "机密-2026");
        }
    };
    play(&[dialogues, lakeside()], label, |plan| {
        plan.guest("zh-hotel-dev", "g00001");
        plan.label("机密-2026");
        plan.messages(&["10061-0", "10061-1", "lk-014-04"]);
        plan.conversations(&["10071", "10086"]);
    });
}

#[test]
fn no_image_of_english_dialogues_opens_what_was_erased() {
    let Some(dialogues) = shared_data("en-hotel-dev.jsonl") else {
        return;
    };
    let label = |service: &Service, truth: &mut Truth| {
        assert!(service.label("MUL0012", "under seal").unwrap());
        truth.add_label("MUL0012", "under seal");
    };
    play(&[dialogues, lakeside()], label, |plan| {
        plan.label("under seal");
        plan.guest("en-hotel-dev", "g00002");
        plan.guest("en-hotel-dev", "g00003");
        plan.messages(&["lk-014-09", "lk-006-06"]);
    });
}
