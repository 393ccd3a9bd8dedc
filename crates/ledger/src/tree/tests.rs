//! The tree against two others: ct-merkle (its own layout and code) and `tlog_tiles` (the Go module's, by translation).

use super::*;
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof};
use proptest::prelude::*;
use sha2::Sha256;
use std::sync::LazyLock;
use tlog_tiles::tlog;

/// Rows as the store would keep them.
#[derive(Default)]
struct Rows(Vec<Hash>);

impl HashReader for Rows {
    fn hashes(&self, stored_indexes: &[u64]) -> Result<Vec<Hash>, TreeError> {
        let row = |index: &u64| self.0.get(usize::try_from(*index).unwrap()).copied();
        let hashes: Option<Vec<_>> = stored_indexes.iter().map(row).collect();
        hashes.ok_or_else(|| TreeError::Reader("no such row".into()))
    }
}

impl tlog::HashReader for Rows {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog::Hash>, tlog::Error> {
        Ok(self
            .hashes(indexes)
            .unwrap()
            .iter()
            .map(|hash| tlog::Hash(hash.0))
            .collect())
    }
}

fn leaf(index: u64) -> [u8; 8] {
    index.to_be_bytes()
}

fn rows(size: u64) -> Rows {
    let mut rows = Rows::default();
    for index in 0..size {
        for (at, hash) in appended_hashes(index, leaf_hash(&leaf(index)), &rows).unwrap() {
            assert_eq!(at, rows.0.len() as u64, "hashes are stored without a gap");
            rows.0.push(hash);
        }
    }
    rows
}

fn oracle(size: u64) -> MemoryBackedTree<Sha256, [u8; 8]> {
    let mut tree = MemoryBackedTree::new();
    (0..size).for_each(|index| tree.push(leaf(index)));
    tree
}

fn oracle_root(size: u64) -> Hash {
    Hash((*oracle(size).root().as_bytes()).into())
}

fn concat(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

#[test]
fn the_known_roots_of_certificate_transparency_come_out() {
    // RFC 6962 test vectors of the Certificate Transparency project (leaves "", 00, 10, 2021, ...), also in Go's tlog.
    let leaves: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let mut rows = Rows::default();
    for (index, data) in (0..).zip(leaves) {
        let stored = appended_hashes(index, leaf_hash(data), &rows).unwrap();
        rows.0.extend(stored.into_iter().map(|(_, hash)| hash));
    }
    let hex = |hash: Hash| hash.0.map(|byte| format!("{byte:02x}")).concat();
    assert_eq!(
        hex(root(0, &rows).unwrap()),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    assert_eq!(
        hex(root(1, &rows).unwrap()),
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    );
    assert_eq!(
        hex(root(8, &rows).unwrap()),
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    );
}

#[test]
fn every_proof_in_every_small_tree_is_the_oracles_and_holds() {
    let rows = rows(70);
    for size in 0..=70 {
        let tree = oracle(size);
        let tree_root = root(size, &rows).unwrap();
        assert_eq!(tree_root, oracle_root(size));
        assert_eq!(stored_hash_count(size), tlog::stored_hash_count(size));
        for index in 0..size {
            let proof = inclusion_proof(index, size, &rows).unwrap();
            let theirs: InclusionProof<Sha256> =
                tree.prove_inclusion(usize::try_from(index).unwrap());
            assert_eq!(concat(&proof), theirs.as_bytes());
            let hash = leaf_hash(&leaf(index));
            assert!(check_inclusion(index, size, hash, tree_root, &proof));
            assert!(!check_inclusion(
                index,
                size,
                leaf_hash(b"another"),
                tree_root,
                &proof
            ));
            for wrong in (0..=71).filter(|&wrong| wrong != index) {
                assert!(!check_inclusion(wrong, size, hash, tree_root, &proof));
            }
        }
        for old in 0..=size {
            let proof = consistency_proof(old, size, &rows).unwrap();
            if old > 0 {
                assert_eq!(
                    concat(&proof),
                    tlog::prove_tree(size, old, &rows)
                        .unwrap()
                        .iter()
                        .flat_map(|hash| hash.0)
                        .collect::<Vec<_>>()
                );
            }
            let old_root = root(old, &rows).unwrap();
            assert!(check_consistency(old, size, old_root, tree_root, &proof));
            assert!(!check_consistency(
                old,
                size,
                leaf_hash(b"another"),
                tree_root,
                &proof
            ));
            assert!(
                old == 0 || !check_consistency(old, size, old_root, leaf_hash(b"another"), &proof)
            );
            let mut longer = proof.clone();
            longer.push(tree_root);
            assert!(!check_consistency(old, size, old_root, tree_root, &longer));
        }
    }
}

#[test]
fn rows_are_numbered_as_the_go_module_numbers_them() {
    for level in 0..30 {
        for n in (0..300).chain([(1 << 30) - 1, 1 << 30, 123_456_789]) {
            assert_eq!(
                stored_hash_index(level, n),
                tlog::stored_hash_index(level, n)
            );
        }
    }
    let last = TREE_SIZE_MAX - 1;
    assert_eq!(stored_hash_index(0, last), tlog::stored_hash_index(0, last));
    assert_eq!(
        stored_hash_count(TREE_SIZE_MAX),
        tlog::stored_hash_count(TREE_SIZE_MAX)
    );
}

#[test]
fn limits_and_broken_readers_are_said() {
    struct Short;
    impl HashReader for Short {
        fn hashes(&self, _: &[u64]) -> Result<Vec<Hash>, TreeError> {
            Ok(Vec::new())
        }
    }
    assert!(matches!(
        root(TREE_SIZE_MAX, &Short),
        Err(TreeError::WrongCount {
            asked: 1,
            received: 0
        })
    ));
    assert!(matches!(
        root(TREE_SIZE_MAX + 1, &Short),
        Err(TreeError::TooLarge(_))
    ));
    assert!(matches!(
        appended_hashes(TREE_SIZE_MAX, EMPTY_ROOT, &Short),
        Err(TreeError::TooLarge(_))
    ));
    assert!(matches!(
        appended_hashes(u64::MAX, EMPTY_ROOT, &Short),
        Err(TreeError::TooLarge(_))
    ));
    assert!(matches!(
        appended_hashes(1, EMPTY_ROOT, &Rows::default()),
        Err(TreeError::Reader(_))
    ));
    assert!(matches!(
        inclusion_proof(5, 5, &rows(5)),
        Err(TreeError::NotInTree { index: 5, size: 5 })
    ));
    assert!(matches!(
        consistency_proof(6, 5, &rows(5)),
        Err(TreeError::NotAPrefix { old: 6, new: 5 })
    ));
}

/// The rows of a smaller tree are the first of a larger one's.
static LARGE: LazyLock<Rows> = LazyLock::new(|| rows(LARGE_SIZE));
const LARGE_SIZE: u64 = 3000;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn larger_trees_agree_with_the_oracle(size in 71..=LARGE_SIZE, at in any::<prop::sample::Index>(), old in any::<prop::sample::Index>()) {
        let (rows, tree) = (&*LARGE, oracle(size));
        let index = at.index(usize::try_from(size).unwrap());
        let old = 1 + old.index(usize::try_from(size).unwrap());
        let tree_root = root(size, rows).unwrap();
        prop_assert_eq!(tree_root, oracle_root(size));

        let proof = inclusion_proof(index as u64, size, rows).unwrap();
        let theirs = InclusionProof::<Sha256>::try_from_bytes(concat(&proof)).unwrap();
        prop_assert!(tree.root().verify_inclusion(&leaf(index as u64), index as u64, &theirs).is_ok());
        prop_assert!(check_inclusion(index as u64, size, leaf_hash(&leaf(index as u64)), tree_root, &proof));

        let proof = consistency_proof(old as u64, size, rows).unwrap();
        let old_root = root(old as u64, rows).unwrap();
        prop_assert!(check_consistency(old as u64, size, old_root, tree_root, &proof));
        if (old as u64) < size {
            let theirs = ConsistencyProof::<Sha256>::try_from_bytes(concat(&proof)).unwrap();
            prop_assert!(tree.root().verify_consistency(&oracle(old as u64).root(), &theirs).is_ok());
        }
    }

    /// Sizes and proofs as a stranger would send them: our check and the Go module's agree, and neither panics.
    #[test]
    fn invented_proofs_are_judged_as_the_go_module_does(
        size in prop_oneof![0_u64..20, any::<u64>()],
        index in prop_oneof![0_u64..20, any::<u64>()],
        hashes in prop::collection::vec(any::<[u8; 32]>(), 0..66),
        leaf in any::<[u8; 32]>(),
    ) {
        let proof: Vec<_> = hashes.iter().copied().map(Hash).collect();
        let theirs: Vec<_> = hashes.iter().copied().map(tlog::Hash).collect();
        let fold = proof.iter().fold(Hash(leaf), |hash, sibling| node_hash(hash, *sibling));
        for root in [fold, Hash(leaf), EMPTY_ROOT] {
            let held = tlog::check_record(&theirs, size, tlog::Hash(root.0), index, tlog::Hash(leaf)).is_ok();
            prop_assert_eq!(check_inclusion(index, size, Hash(leaf), root, &proof), held);
            if index > 0 {
                let held = tlog::check_tree(&theirs, size, tlog::Hash(root.0), index, tlog::Hash(leaf)).is_ok();
                prop_assert_eq!(check_consistency(index, size, Hash(leaf), root, &proof), held);
            }
        }
    }
}
