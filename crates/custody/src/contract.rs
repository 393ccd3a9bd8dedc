//! Test support: what every custodian must hold to, in one suite. A backend's own tests call [`custodian_contract`].

use wuhen_keytree::Key;

use crate::{CHECKPOINT_BYTES_MAX, Custodian, CustodyError, Kid, ReplicaHealth};

/// Opens a custodian.
pub type Open<'a> = &'a mut dyn FnMut() -> Box<dyn Custodian>;

/// Runs the whole suite. `make` gives a custodian that is new and empty each time; `reopen` opens the one made last once more,
/// from its media, as a new process would.
///
/// # Panics
/// At the first promise of [`Custodian`] that is not kept, and says which.
pub fn custodian_contract(make: Open<'_>, reopen: Open<'_>) {
    says_who_it_is(&*make());
    keeps_roots(make, reopen);
    never_replaces_a_root(&*make());
    refuses_an_empty_root(&*make());
    opens_only_what_it_wrapped(&*make());
    destroys_for_good(make, reopen);
    destroys_one_root_only(&*make());
    forgets_even_if_the_name_returns(&*make());
    keeps_the_last_checkpoint(make, reopen);
}

fn says_who_it_is(custodian: &dyn Custodian) {
    assert!(
        !custodian.name().is_empty(),
        "it has a name for certificates"
    );
    assert!(!custodian.kind().is_empty(), "it has a kind");
    let assurance = custodian.assurance();
    assert!(
        !assurance.en.is_empty() && !assurance.zh.is_empty(),
        "its assurance is said in both languages"
    );
    assert_eq!(
        custodian.list().expect("a new custodian lists"),
        [],
        "a new custodian has no roots"
    );
    assert_healthy(custodian);
    let destroyed_at = "2026-03-01T08:00:00Z";
    let effective = custodian.effective_not_before(&kid("a"), destroyed_at);
    assert!(
        *effective >= *destroyed_at,
        "a destruction never counts before it was done"
    );
}

fn keeps_roots(make: Open<'_>, reopen: Open<'_>) {
    let custodian = make();
    for name in ["b", "a", "k-c"] {
        create(&*custodian, name);
    }
    let blob = wrap(&*custodian, "a", 1);
    assert_opens(&*custodian, "a", &blob, "a wrapped key opens");
    let listed = [kid("a"), kid("b"), kid("k-c")];
    assert_eq!(
        custodian.list().expect("it lists"),
        listed,
        "the list is whole and sorted"
    );
    drop(custodian);

    let reopened = reopen();
    assert_eq!(
        reopened.list().expect("it lists"),
        listed,
        "roots outlive the process"
    );
    assert_opens(
        &*reopened,
        "a",
        &blob,
        "a wrapped key opens in a new process",
    );
    assert_healthy(&*reopened);
}

fn never_replaces_a_root(custodian: &dyn Custodian) {
    create(custodian, "a");
    let blob = wrap(custodian, "a", 1);
    let again = custodian.create(&kid("a"), &mut |bytes| bytes.fill(0x77));
    assert!(
        matches!(again, Err(CustodyError::Exists(_))),
        "an existing root is not made anew: {again:?}"
    );
    assert_opens(custodian, "a", &blob, "the root is the same as before");
}

fn refuses_an_empty_root(custodian: &dyn Custodian) {
    // A device that makes its roots itself never asks for randomness, and need not refuse.
    let mut asked = false;
    let made = custodian.create(&kid("a"), &mut |_| asked = true);
    if asked {
        assert!(
            matches!(made, Err(CustodyError::NotRandom)),
            "a root of zeros is refused: {made:?}"
        );
        assert_eq!(
            custodian.list().expect("it lists"),
            [],
            "a refused root leaves nothing"
        );
    }
}

fn opens_only_what_it_wrapped(custodian: &dyn Custodian) {
    create(custodian, "a");
    create(custodian, "b");
    let blob = wrap(custodian, "a", 1);
    assert_ne!(
        blob,
        wrap(custodian, "a", 2),
        "another nonce gives another blob"
    );
    assert!(
        !blob
            .windows(8)
            .any(|part| key().expose().windows(8).any(|secret| secret == part)),
        "a blob shows nothing of the key"
    );
    assert_not_opened(custodian, "b", &blob, "another root's");
    for at in 0..blob.len() {
        let mut changed = blob.clone();
        changed[at] ^= 0x01;
        assert_not_opened(custodian, "a", &changed, &format!("changed at byte {at}"));
        assert_not_opened(custodian, "a", &blob[..at], &format!("cut to {at} bytes"));
    }
    assert_not_opened(
        custodian,
        "a",
        &[&blob[..], &[0]].concat(),
        "one byte too long",
    );
}

fn destroys_for_good(make: Open<'_>, reopen: Open<'_>) {
    let custodian = make();
    create(&*custodian, "a");
    let blob = wrap(&*custodian, "a", 1);
    let destroyed = custodian
        .destroy(&kid("a"))
        .expect("a root can be destroyed");
    assert!(
        !destroyed.replicas.is_empty(),
        "a destruction says where it took place"
    );
    assert!(
        destroyed.replicas.iter().all(|each| each.found),
        "the root was on every replica"
    );
    assert_absent(&*custodian, "a", &blob);
    assert_healthy(&*custodian);

    let again = custodian
        .destroy(&kid("a"))
        .expect("a destruction may be repeated");
    assert!(
        !again.replicas.iter().any(|each| each.found),
        "nothing was left to find"
    );
    custodian
        .destroy(&kid("never-made"))
        .expect("an absent root is fine");
    drop(custodian);
    assert_absent(&*reopen(), "a", &blob);
}

fn destroys_one_root_only(custodian: &dyn Custodian) {
    create(custodian, "a");
    // Names that begin alike must not be taken for each other.
    create(custodian, "a-2");
    let blob = wrap(custodian, "a-2", 1);
    custodian
        .destroy(&kid("a"))
        .expect("a root can be destroyed");
    assert_eq!(
        custodian.list().expect("it lists"),
        [kid("a-2")],
        "the other root is there"
    );
    assert_opens(custodian, "a-2", &blob, "the other root works");
}

fn forgets_even_if_the_name_returns(custodian: &dyn Custodian) {
    create(custodian, "a");
    let blob = wrap(custodian, "a", 1);
    custodian
        .destroy(&kid("a"))
        .expect("a root can be destroyed");
    custodian
        .create(&kid("a"), &mut |bytes| bytes.fill(0x77))
        .expect("a free kid can be used");
    assert_not_opened(custodian, "a", &blob, "the destroyed root's");
}

fn keeps_the_last_checkpoint(make: Open<'_>, reopen: Open<'_>) {
    let custodian = make();
    let kept =
        |custodian: &dyn Custodian| custodian.checkpoints().expect("checkpoints can be read");
    assert_eq!(
        kept(&*custodian),
        [""; 0],
        "there is no checkpoint at first"
    );
    let longest = "長".repeat(CHECKPOINT_BYTES_MAX / 3) + &"x".repeat(CHECKPOINT_BYTES_MAX % 3);
    for note in [&longest, "酒店/ledger\n7\nhash=\n\n— key sig=\n"] {
        custodian
            .keep_checkpoint(note)
            .expect("a checkpoint can be kept");
        assert_eq!(kept(&*custodian), [note], "the last checkpoint is kept");
    }
    let too_long = custodian.keep_checkpoint(&format!("{longest}x"));
    assert!(
        matches!(too_long, Err(CustodyError::CheckpointTooLong(_))),
        "a long note is refused: {too_long:?}"
    );
    create(&*custodian, "a");
    custodian
        .destroy(&kid("a"))
        .expect("a root can be destroyed");
    let before = kept(&*custodian);
    drop(custodian);
    assert_eq!(
        kept(&*reopen()),
        before,
        "the checkpoint outlives roots and process"
    );
}

fn assert_opens(custodian: &dyn Custodian, name: &str, blob: &[u8], what: &str) {
    match custodian.unwrap(&kid(name), blob) {
        Ok(opened) => assert_eq!(
            opened.expose(),
            key().expose(),
            "{what}: to the key that was wrapped"
        ),
        Err(error) => panic!("{what}: {error}"),
    }
}

fn assert_not_opened(custodian: &dyn Custodian, name: &str, blob: &[u8], what: &str) {
    let opened = custodian.unwrap(&kid(name), blob).map(drop);
    assert!(
        matches!(opened, Err(CustodyError::NotOpened(_))),
        "a blob does not open that is {what}: {opened:?}"
    );
}

fn assert_absent(custodian: &dyn Custodian, name: &str, blob: &[u8]) {
    let opened = custodian.unwrap(&kid(name), blob).map(drop);
    assert!(
        matches!(opened, Err(CustodyError::Absent(_))),
        "a destroyed root opens nothing: {opened:?}"
    );
    let wrapped = custodian.wrap(&kid(name), &key(), [3; 12]);
    assert!(
        matches!(wrapped, Err(CustodyError::Absent(_))),
        "a destroyed root wraps nothing: {wrapped:?}"
    );
    assert!(
        !custodian.list().expect("it lists").contains(&kid(name)),
        "a destroyed root is not listed"
    );
}

fn assert_healthy(custodian: &dyn Custodian) {
    let states = custodian.replicas();
    assert!(!states.is_empty(), "there is at least one replica");
    for state in states {
        assert_eq!(
            state.health,
            ReplicaHealth::Healthy,
            "replica {} is well",
            state.label
        );
    }
}

/// A root whose bytes differ from name to name.
fn create(custodian: &dyn Custodian, name: &str) {
    let mut next = name
        .bytes()
        .fold(17_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte));
    let fill = &mut |bytes: &mut [u8]| {
        for byte in bytes {
            next = next.wrapping_mul(13).wrapping_add(101);
            *byte = next;
        }
    };
    custodian
        .create(&kid(name), fill)
        .expect("a root can be made");
}

fn wrap(custodian: &dyn Custodian, name: &str, nonce: u8) -> Vec<u8> {
    custodian
        .wrap(&kid(name), &key(), [nonce; 12])
        .expect("a root wraps")
}

/// The key that the suite wraps: 32 bytes, all different.
fn key() -> Key {
    Key::from_bytes(*b"0123456789abcdefghijklmnopqrstuv")
}

fn kid(name: &str) -> Kid {
    name.parse().expect("the suite's kids are well formed")
}
