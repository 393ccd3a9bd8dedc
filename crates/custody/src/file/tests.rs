//! What an operator meets: lost, damaged and misplaced folders, crashes, full disks, and the bytes that stay on the disk.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::process::Command;

use rustix::process::{Resource, Rlimit, setrlimit};
use tempfile::TempDir;

use super::*;
use crate::contract::custodian_contract;

const TENANT: TenantId = TenantId([0x2a; 16]);
const ROOT: &[u8; 32] = b"these are the bytes of the root!";

/// Keys folders `keys0`, `keys1`... in a folder of their own.
struct Site {
    home: TempDir,
    folders: Vec<PathBuf>,
}

impl Site {
    fn new(replicas: usize) -> Self {
        let home = tempfile::tempdir().unwrap();
        let folders = (0..replicas)
            .map(|i| home.path().join(format!("keys{i}")))
            .collect();
        let site = Self { home, folders };
        FileCustodian::initialise(&site.folders, &[site.store()], TENANT).unwrap();
        site
    }

    fn store(&self) -> PathBuf {
        self.home.path().join("hotel")
    }

    fn open(&self) -> FileCustodian {
        FileCustodian::open(&self.folders, &[self.store()], TENANT).unwrap()
    }

    /// The tenant's folder on one replica.
    fn own(&self, replica: usize) -> PathBuf {
        self.folders[replica].join("2a".repeat(16))
    }

    fn root_file(&self, replica: usize, name: &str) -> PathBuf {
        self.own(replica).join(format!("{name}.root"))
    }

    /// Whether any file below holds the bytes of the root.
    fn bytes_remain(&self) -> bool {
        holds(self.home.path(), ROOT)
    }
}

fn holds(folder: &Path, bytes: &[u8]) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, bytes);
        }
        fs::read(&path)
            .unwrap()
            .windows(bytes.len())
            .any(|part| part == bytes)
    })
}

fn kid(name: &str) -> Kid {
    name.parse().unwrap()
}

fn create(custodian: &FileCustodian, name: &str) -> Result<(), CustodyError> {
    custodian.create(&kid(name), &mut |bytes| bytes.copy_from_slice(ROOT))
}

fn wrap(custodian: &FileCustodian, name: &str) -> Vec<u8> {
    custodian
        .wrap(&kid(name), &Key::from_bytes([9; 32]), [1; 12])
        .unwrap()
}

fn opens(custodian: &FileCustodian, name: &str, blob: &[u8]) -> bool {
    custodian
        .unwrap(&kid(name), blob)
        .is_ok_and(|key| *key.expose() == [9; 32])
}

fn health(custodian: &FileCustodian) -> Vec<ReplicaHealth> {
    custodian
        .replicas()
        .into_iter()
        .map(|state| state.health)
        .collect()
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn keeps_the_contract(replicas: usize) {
    let site = std::cell::RefCell::new(Site::new(replicas));
    custodian_contract(
        &mut || {
            site.replace(Site::new(replicas));
            Box::new(site.borrow().open())
        },
        &mut || Box::new(site.borrow().open()),
    );
}

#[test]
fn one_folder_keeps_the_contract() {
    keeps_the_contract(1);
}

#[test]
fn three_replicas_keep_the_contract() {
    keeps_the_contract(3);
}

#[test]
fn a_destroyed_root_is_in_no_file() {
    let site = Site::new(3);
    let custodian = site.open();
    create(&custodian, "a").unwrap();
    // A hard link stands for whatever still points to the old blocks.
    let link = site.home.path().join("link");
    fs::hard_link(site.root_file(0, "a"), &link).unwrap();
    assert!(site.bytes_remain());
    custodian.destroy(&kid("a")).unwrap();
    assert!(!site.bytes_remain());
    assert!(
        fs::read(&link).unwrap().iter().all(|byte| *byte == 0),
        "overwritten in place"
    );
}

#[test]
fn the_file_on_the_disk_is_as_documented_and_closed_to_others() {
    let site = Site::new(1);
    create(&site.open(), "a").unwrap();
    let file = site.root_file(0, "a");
    let bytes = fs::read(&file).unwrap();
    assert_eq!(bytes.len(), 13 + 32 + 32);
    assert_eq!(bytes[..45], [&b"wuhen-root/1\n"[..], ROOT].concat());
    assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o600);
    for folder in [site.own(0), site.folders[0].clone()] {
        assert_eq!(fs::metadata(folder).unwrap().mode() & 0o777, 0o700);
    }
}

#[test]
fn a_root_that_others_can_read_is_refused_with_the_remedy() {
    let site = Site::new(1);
    let custodian = site.open();
    create(&custodian, "a").unwrap();
    let blob = wrap(&custodian, "a");
    let file = site.root_file(0, "a");
    for mode in [0o640, 0o604, 0o620] {
        set_mode(&file, mode);
        let said = custodian
            .unwrap(&kid("a"), &blob)
            .err()
            .unwrap()
            .to_string();
        assert!(
            said.contains(&format!("run chmod 600 {}", file.display())),
            "{said}"
        );
    }
    set_mode(&file, 0o600);
    assert!(opens(&custodian, "a", &blob));

    set_mode(&site.own(0), 0o750);
    let said = FileCustodian::open(&site.folders, &[], TENANT)
        .err()
        .unwrap()
        .to_string();
    assert!(said.contains("run chmod 700"), "{said}");
}

#[test]
fn keys_lie_apart_from_the_data() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    fs::create_dir_all(at("hotel/blobs")).unwrap();
    fs::create_dir_all(at("keys/below")).unwrap();
    symlink(at("hotel/blobs"), at("link")).unwrap();
    symlink(at("nowhere"), at("dangling")).unwrap();
    let refused = |folders: &[PathBuf], forbidden: &[PathBuf]| {
        let opened = FileCustodian::initialise(folders, forbidden, TENANT);
        opened.err().map(|error| error.to_string())
    };
    for (folder, forbidden) in [
        ("hotel", "hotel"),
        ("hotel/new/keys", "hotel"),
        ("link", "hotel"),
        ("link/new", "hotel"),
        ("keys/../link/keys", "hotel"),
        ("keys", "keys/below"),
        ("keys", "keys/new/hotel"),
        ("new/keys", "new"),
        ("new", "link/../../new/hotel"),
    ] {
        let said = refused(&[at(folder)], &[at("elsewhere"), at(forbidden)]).unwrap();
        assert!(
            said.contains("must lie apart"),
            "{folder} and {forbidden}: {said}"
        );
    }
    let said = refused(&[at("dangling/keys")], &[]).unwrap();
    assert!(said.contains("is not a plain file or folder"), "{said}");
    let twice = refused(&[at("keys"), at("keys/../keys")], &[]).unwrap();
    assert!(
        twice.contains("must lie apart"),
        "one folder is not two replicas: {twice}"
    );
    assert!(refused(&[], &[]).unwrap().contains("--keys DIR"));
    assert_eq!(
        refused(&[at("hotel.keys"), at("keys")], &[at("hotel")]),
        None,
        "beside is fine"
    );
}

#[test]
fn a_tenants_folder_that_is_a_link_is_refused() {
    let site = Site::new(1);
    fs::rename(site.own(0), site.home.path().join("moved")).unwrap();
    symlink(site.home.path().join("moved"), site.own(0)).unwrap();
    let said = FileCustodian::open(&site.folders, &[], TENANT)
        .err()
        .unwrap()
        .to_string();
    assert!(said.contains("is not a plain file or folder"), "{said}");
}

#[test]
fn a_root_file_that_is_a_link_is_not_taken_for_destroyed() {
    let site = Site::new(1);
    let custodian = site.open();
    create(&custodian, "a").unwrap();
    let copy = site.home.path().join("copy");
    fs::rename(site.root_file(0, "a"), &copy).unwrap();
    symlink(&copy, site.root_file(0, "a")).unwrap();
    let said = custodian.destroy(&kid("a")).unwrap_err().to_string();
    assert!(
        said.contains("move it away, and what it points to"),
        "{said}"
    );
}

#[test]
fn a_damaged_replica_is_reported_and_repaired_while_another_serves() {
    let site = Site::new(3);
    let custodian = site.open();
    create(&custodian, "a").unwrap();
    let blob = wrap(&custodian, "a");
    let mut bytes = fs::read(site.root_file(0, "a")).unwrap();
    bytes[20] ^= 1;
    fs::write(site.root_file(0, "a"), &bytes).unwrap();
    fs::write(site.root_file(1, "a"), &bytes[..40]).unwrap();

    assert!(opens(&custodian, "a", &blob), "the third replica serves");
    let states = health(&custodian);
    for (state, file) in states
        .iter()
        .zip([site.root_file(0, "a"), site.root_file(1, "a")])
    {
        let ReplicaHealth::Impaired { damaged, .. } = state else {
            panic!("{state:?}")
        };
        assert_eq!(damaged[0].kid, kid("a"));
        assert!(
            damaged[0]
                .reason
                .contains(&format!("{} is damaged", file.display()))
        );
    }
    assert_eq!(states[2], ReplicaHealth::Healthy);

    let repaired = custodian.repair(&[kid("a")]).unwrap();
    assert_eq!(repaired.len(), 2);
    assert_eq!(health(&custodian), [const { ReplicaHealth::Healthy }; 3]);
    assert_eq!(
        custodian.repair(&[kid("a")]).unwrap(),
        [],
        "nothing is left to repair"
    );
}

#[test]
fn a_lost_disk_is_replaced_and_only_current_roots_return() {
    let site = Site::new(2);
    let custodian = site.open();
    for name in ["current", "dying"] {
        create(&custodian, name).unwrap();
    }
    fs::remove_dir_all(&site.folders[1]).unwrap();
    let custodian = FileCustodian::initialise(&site.folders, &[], TENANT).unwrap();
    let missing = vec![kid("current"), kid("dying")];
    assert_eq!(
        health(&custodian)[1],
        ReplicaHealth::Impaired {
            missing,
            damaged: vec![],
            strange: vec![]
        }
    );
    let label = custodian.replicas().remove(1).label;
    let repaired = custodian.repair(&[kid("current")]).unwrap();
    assert_eq!(
        repaired,
        [Repaired {
            label,
            kid: kid("current")
        }]
    );
    assert!(site.root_file(1, "current").exists());
    assert!(!site.root_file(1, "dying").exists());
    let lost = custodian.repair(&[kid("never-made")]).unwrap_err();
    assert!(matches!(lost, CustodyError::Absent(_)));
}

#[test]
fn replicas_with_different_roots_are_left_to_a_person() {
    let site = Site::new(2);
    create(&site.open(), "a").unwrap();
    let other = Site::new(1);
    other
        .open()
        .create(&kid("a"), &mut |bytes| bytes.fill(5))
        .unwrap();
    fs::copy(other.root_file(0, "a"), site.root_file(1, "a")).unwrap();

    let custodian = site.open();
    let ReplicaHealth::Impaired { damaged, .. } = health(&custodian).remove(1) else {
        panic!()
    };
    assert!(
        damaged[0].reason.contains("different roots"),
        "{}",
        damaged[0].reason
    );
    let refused = custodian.repair(&[kid("a")]).unwrap_err();
    assert!(matches!(refused, CustodyError::Conflict { .. }));
    let blob = wrap(&other.open(), "a");
    assert!(
        opens(&custodian, "a", &blob),
        "whichever root fits is found"
    );
}

#[test]
fn an_absent_replica_stops_a_destruction_by_name_until_it_is_back() {
    let site = Site::new(3);
    let custodian = site.open();
    create(&custodian, "a").unwrap();
    let blob = wrap(&custodian, "a");
    let away = site.home.path().join("unmounted");
    fs::rename(site.own(1), &away).unwrap();

    let custodian = site.open();
    assert!(opens(&custodian, "a", &blob), "reading goes on");
    let ReplicaHealth::Unreachable(reason) = health(&custodian).remove(1) else {
        panic!()
    };
    assert!(reason.contains("mount its disk"), "{reason}");
    let said = custodian.list().unwrap_err().to_string();
    assert!(
        said.contains("keys1"),
        "an incomplete list is no list: {said}"
    );
    let said = custodian.destroy(&kid("a")).unwrap_err().to_string();
    assert!(
        said.contains("could not destroy root a on replica"),
        "{said}"
    );
    assert!(
        said.contains("keys1") && !said.contains("keys0") && !said.contains("keys2"),
        "{said}"
    );
    let unclear = custodian.unwrap(&kid("a"), &blob).err().unwrap();
    assert!(
        matches!(unclear, CustodyError::Replicas { .. }),
        "not yet known to be absent: {unclear}"
    );

    fs::rename(&away, site.own(1)).unwrap();
    let destroyed = custodian.destroy(&kid("a")).unwrap();
    let found: Vec<bool> = destroyed
        .replicas
        .iter()
        .map(|replica| replica.found)
        .collect();
    assert_eq!(found, [false, true, false]);
    assert!(!site.bytes_remain());
}

#[test]
fn a_root_is_made_on_every_replica_or_on_none() {
    let site = Site::new(3);
    fs::remove_dir(site.own(1)).unwrap();
    let said = create(&site.open(), "a").unwrap_err().to_string();
    assert!(
        said.contains("could not create root a on replica") && said.contains("keys1"),
        "{said}"
    );
    assert!(!site.bytes_remain());

    fs::write(site.own(1), "a file in place of the folder").unwrap();
    let said = create(&site.open(), "a").unwrap_err().to_string();
    assert!(said.contains("is not a plain file or folder"), "{said}");
    assert!(!site.bytes_remain());
}

#[test]
fn a_root_half_written_across_replicas_is_taken_back() {
    let site = Site::new(3);
    let custodian = site.open();
    // The disk goes away after every replica has said that the kid is free.
    let said = custodian
        .create(&kid("a"), &mut |bytes| {
            bytes.copy_from_slice(ROOT);
            fs::remove_dir(site.own(1)).unwrap();
        })
        .unwrap_err()
        .to_string();
    assert!(said.contains("keys1") && !said.contains("keys0"), "{said}");
    assert!(!site.bytes_remain());
    assert_eq!(fs::read_dir(site.own(0)).unwrap().count(), 0);
}

#[test]
fn a_root_that_somebody_else_made_meanwhile_stays() {
    let site = Site::new(2);
    let fill = &mut |bytes: &mut [u8]| {
        bytes.fill(5);
        create(&site.open(), "a").unwrap();
    };
    let said = site.open().create(&kid("a"), fill).unwrap_err().to_string();
    assert!(said.contains("root a exists already"), "{said}");
    assert_eq!(health(&site.open()), [const { ReplicaHealth::Healthy }; 2]);
    assert!(site.bytes_remain(), "it is the other's root");
}

#[test]
fn what_cannot_be_taken_back_is_named() {
    let site = Site::new(1);
    let fill = &mut |bytes: &mut [u8]| {
        bytes.copy_from_slice(ROOT);
        fs::create_dir(site.own(0).join("a.root.tmp")).unwrap();
    };
    let said = site.open().create(&kid("a"), fill).unwrap_err().to_string();
    assert!(
        said.contains("a.root.tmp was left behind half made"),
        "{said}"
    );
}

#[test]
fn a_destruction_that_a_crash_cut_short_is_finished_by_the_next() {
    let site = Site::new(1);
    let custodian = site.open();
    create(&custodian, "a").unwrap();
    let mut bytes = fs::read(site.root_file(0, "a")).unwrap();
    bytes[..30].fill(0);
    fs::write(site.root_file(0, "a"), bytes).unwrap();
    assert_eq!(
        site.open().list().unwrap(),
        [kid("a")],
        "half of it is on the disk"
    );
    assert!(custodian.destroy(&kid("a")).unwrap().replicas[0].found);
    assert!(!holds(site.home.path(), &ROOT[20..]));
}

#[test]
fn no_replica_at_all_is_an_error_that_says_what_to_do() {
    let site = Site::new(2);
    let other = TenantId([0x2b; 16]);
    let said = FileCustodian::open(&site.folders, &[], other)
        .err()
        .unwrap()
        .to_string();
    assert!(
        said.contains("keys0") && said.contains("keys1") && said.contains("mount its disk"),
        "{said}"
    );
}

#[test]
fn tenants_do_not_see_each_others_roots() {
    let site = Site::new(1);
    create(&site.open(), "a").unwrap();
    let other = FileCustodian::initialise(&site.folders, &[], TenantId([0x2b; 16])).unwrap();
    assert_eq!(other.list().unwrap(), []);
    other.destroy(&kid("a")).unwrap();
    assert_eq!(site.open().list().unwrap(), [kid("a")]);
}

#[test]
fn a_root_left_half_made_by_a_crash_is_listed_and_swept() {
    let site = Site::new(2);
    let custodian = site.open();
    let unfinished = site.own(1).join("a.root.tmp");
    fs::write(&unfinished, ROOT).unwrap();
    let link = site.home.path().join("link");
    fs::hard_link(&unfinished, &link).unwrap();
    assert_eq!(
        custodian.list().unwrap(),
        [kid("a")],
        "its bytes are on the disk"
    );

    let custodian = site.open();
    assert_eq!(custodian.list().unwrap(), []);
    assert!(
        !unfinished.exists() && !site.bytes_remain(),
        "overwritten, then removed"
    );

    fs::write(&unfinished, ROOT).unwrap();
    custodian.destroy(&kid("a")).unwrap();
    assert!(!site.bytes_remain(), "a destruction takes it as well");
}

#[test]
fn the_sweep_spares_a_root_that_somebody_is_writing() {
    let site = Site::new(1);
    let writer = fs::File::open(site.own(0)).unwrap();
    writer.lock().unwrap();
    let unfinished = site.own(0).join("a.root.tmp");
    fs::write(&unfinished, ROOT).unwrap();
    site.open();
    assert_eq!(fs::read(&unfinished).unwrap(), ROOT);
    drop(writer);
    site.open();
    assert!(!unfinished.exists());
}

#[test]
fn a_copy_that_somebody_made_is_pointed_out() {
    let site = Site::new(1);
    let custodian = site.open();
    create(&custodian, "a").unwrap();
    fs::copy(site.root_file(0, "a"), site.own(0).join("a.root.bak")).unwrap();
    let strange = vec!["a.root.bak".to_owned()];
    assert_eq!(
        health(&custodian),
        [ReplicaHealth::Impaired {
            missing: vec![],
            damaged: vec![],
            strange
        }]
    );
}

#[test]
fn a_root_file_under_another_name_does_not_open() {
    let site = Site::new(1);
    let custodian = site.open();
    create(&custodian, "a").unwrap();
    fs::rename(site.root_file(0, "a"), site.root_file(0, "b")).unwrap();
    let said = custodian
        .wrap(&kid("b"), &Key::from_bytes([9; 32]), [1; 12])
        .unwrap_err()
        .to_string();
    assert!(said.contains("is damaged"), "{said}");
}

#[test]
fn a_checkpoint_that_one_replica_missed_shows_as_two() {
    let site = Site::new(2);
    let custodian = site.open();
    custodian.keep_checkpoint("size 1").unwrap();
    let away = site.home.path().join("unmounted");
    fs::rename(site.own(1), &away).unwrap();
    let said = custodian.keep_checkpoint("size 2").unwrap_err().to_string();
    assert!(
        said.contains("could not keep the checkpoint on replica") && said.contains("keys1"),
        "{said}"
    );
    assert_eq!(custodian.checkpoints().unwrap(), ["size 2"]);
    fs::rename(&away, site.own(1)).unwrap();
    assert_eq!(custodian.checkpoints().unwrap(), ["size 1", "size 2"]);
    custodian.keep_checkpoint("size 3").unwrap();
    assert_eq!(custodian.checkpoints().unwrap(), ["size 3"]);
    assert!(!site.own(0).join("checkpoint.tmp").exists());
}

#[test]
fn a_full_disk_leaves_no_part_of_a_root() {
    // The size limit stands for the full disk: a short write first, then none. It binds the whole process, hence a child, and
    // the shell makes it ignore the signal that would come with it.
    const CHILD: &str = "WUHEN_CUSTODY_FULL_DISK";
    if let Some(home) = std::env::var_os(CHILD) {
        let folders = [PathBuf::from(home).join("keys0")];
        let custodian = FileCustodian::open(&folders, &[], TENANT).unwrap();
        setrlimit(
            Resource::Fsize,
            Rlimit {
                current: Some(40),
                maximum: Some(40),
            },
        )
        .unwrap();
        let said = create(&custodian, "a").unwrap_err().to_string();
        assert!(
            said.contains("could not write") && said.contains("a.root.tmp"),
            "{said}"
        );
        return;
    }
    let site = Site::new(1);
    let child = Command::new("sh")
        .args(["-c", "trap '' XFSZ; exec \"$@\"", "sh"])
        .arg(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "file::tests::a_full_disk_leaves_no_part_of_a_root",
            "--nocapture",
        ])
        .env(CHILD, site.home.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout);
    assert!(
        child.status.success() && said.contains("1 passed"),
        "{said}"
    );
    assert_eq!(
        fs::read_dir(site.own(0)).unwrap().count(),
        0,
        "not even an empty file"
    );
}
