//! Throwaway smoke test.
use std::path::{Path, PathBuf};
use std::sync::Arc;
use wuhen_custody::file::FileCustodian;
use wuhen_formats::Source;
use wuhen_keytree::context::TenantId;
use wuhen_ledger::body::Role;
use wuhen_model::NoSteps;
use wuhen_model::testing::{ManualClock, SeededRng};
use wuhen_service::erase::EraseRequest;
use wuhen_service::import::ImportOptions;
use wuhen_service::search::SearchScope;
use wuhen_service::select::Scope;
use wuhen_service::{Init, Service, Surroundings, TenantSettings, init};
use wuhen_store::sqlite::{Options, SqliteStore};

fn service(folder: &Path) -> Service {
    let id = TenantId([7; 16]);
    let store = SqliteStore::create(&folder.join("s"), Options::default()).unwrap();
    let keys = FileCustodian::initialise(&[folder.join("k")], &[folder.join("s")], id).unwrap();
    let surroundings = Surroundings {
        clock: Arc::new(ManualClock::new("2026-11-24T00:00:00Z".parse().unwrap())),
        rng: Arc::new(SeededRng::new(1)),
        steps: Arc::new(NoSteps),
    };
    init(
        Arc::new(store),
        Arc::new(keys),
        surroundings,
        &Init {
            tenant_id: id,
            settings: TenantSettings {
                name: "L".into(),
                timezone: "Asia/Shanghai".into(),
                kind: Default::default(),
                pack: Default::default(),
            },
        },
    )
    .unwrap()
}

#[test]
fn smoke() {
    let folder = tempfile::tempdir().unwrap();
    let s = service(folder.path());
    s.init_repository(&folder.path().join("repo")).unwrap();
    for f in ["zh-hotel-dev.jsonl", "en-hotel-dev.jsonl"] {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("../../../shared/data")
            .join(f);
        let t = std::time::Instant::now();
        let r = s
            .import(
                Source::open(&path).unwrap(),
                &ImportOptions::default(),
                &mut |_| {},
            )
            .unwrap();
        println!("{r:?} {:?}", t.elapsed());
        let r = s
            .import(
                Source::open(&path).unwrap(),
                &ImportOptions::default(),
                &mut |_| {},
            )
            .unwrap();
        println!("again {r:?}");
    }
    let t = std::time::Instant::now();
    let hits = s.search("免费停车", &SearchScope::default());
    println!(
        "search {:?} {:?}",
        hits.map(|h| h.len()).map_err(|e| e.to_string()),
        t.elapsed()
    );
    println!("{:?}", s.create_snapshot(None).map(|r| r.messages).unwrap());
    let (c, m) = s.show("10006").unwrap();
    println!("{} {} {:?}", c.id, m.len(), m[0].text);
    for scope in [
        Scope::Messages(vec!["10006-1".into(), "10006-2".into()]),
        Scope::Conversations(vec!["10006".into()]),
        Scope::Guest("zh-hotel-dev/g00001".into()),
        Scope::Before("2023-10-01T00:00:00Z".parse().unwrap()),
    ] {
        let t = std::time::Instant::now();
        println!("{:?}", s.preview(&scope).unwrap());
        let o = s
            .erase(&EraseRequest {
                scope,
                reason: "test".into(),
                by_role: Role::PrivacyOfficer,
            })
            .unwrap();
        println!(
            "{} {:?} {:?} {} {:?} cert {} {:?}",
            o.case,
            o.state,
            o.problems,
            o.epoch,
            o.rewraps,
            o.certificate.len(),
            t.elapsed()
        );
        let v = wuhen_ledger::Certificate::verify(&o.certificate, None).unwrap();
        println!("{}", v.completed.case);
    }
    println!("{:?}", s.check_ledger().unwrap());
    println!(
        "{:?}",
        s.stats()
            .map(|(t, e)| (t.guests, t.conversations, t.messages, e))
            .unwrap()
    );
    drop(s);
}
