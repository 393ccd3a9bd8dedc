//! The attacker: reads stores and snapshot repositories with keys that it was given, and shares no code with them. Written
//! from ERASURE.md and the tables of the first migration; SQLite reads the files, `RustCrypto` opens what they hold.
//!
//! It takes every image ever made at once: keys of one open rows of another, whatever leads anywhere is followed.

mod carve;
mod crypto;
mod images;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use self::crypto::{Context, Frontier, Key};

/// Heading of a root's file.
const ROOT_MAGIC: &[u8] = b"wuhen-root/1\n";
const ROOT_SUFFIX: &str = ".root";

/// All that images of stores and repositories hold, each row once.
#[derive(Default)]
pub struct Evidence {
    tops: HashSet<Top>,
    nodes: HashSet<Node>,
    seeds: HashSet<Seed>,
    items: HashSet<Item>,
    blob_rows: HashSet<(u64, u32, String)>,
    blob_files: HashMap<String, HashSet<Vec<u8>>>,
    /// 62 bytes that may be a wrap, wherever they lay.
    raw_wraps: HashSet<Vec<u8>>,
    seen: HashSet<[u8; 32]>,
    /// Images taken in.
    pub images: usize,
}

#[derive(PartialEq, Eq, Hash)]
struct Top {
    tenant: [u8; 16],
    kid: String,
    node: u64,
    version: u64,
    wrap: Vec<u8>,
}

#[derive(PartialEq, Eq, Hash)]
struct Node {
    parent: u64,
    id: u64,
    kind: u8,
    version: u64,
    wrap: Vec<u8>,
}

#[derive(PartialEq, Eq, Hash)]
struct Seed {
    owner: u64,
    segment: u32,
    sealed: Vec<u8>,
}

#[derive(PartialEq, Eq, Hash)]
struct Item {
    owner: u64,
    number: u32,
    kind: u8,
    sealed: Vec<u8>,
}

/// Where an item lies: owner, number, kind's code. A blob has the code of `attachment-blob`.
pub type Place = (u64, u32, u8);

/// Header and body, or nothing and an attachment's bytes, of all that opened at a place. Several would be several versions.
pub type Contents = BTreeSet<(Vec<u8>, Vec<u8>)>;

/// What opened.
#[derive(Default)]
pub struct Loot {
    /// Everything that opened.
    pub opened: BTreeMap<Place, Contents>,
    /// Keys of nodes that were found.
    pub keys: usize,
    /// Roots that there were.
    pub roots: usize,
}

impl Evidence {
    /// Takes in a copy of a folder: databases with their logs and journals, and files of attachments.
    ///
    /// # Panics
    /// If the folder cannot be read.
    pub fn add_image(&mut self, folder: &Path) {
        self.images += 1;
        for file in files_below(folder) {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            if name.ends_with(".sqlite") {
                images::read_database(self, &file);
            } else if name.len() == 32 && name.bytes().all(|b| b.is_ascii_hexdigit()) {
                let bytes = fs::read(&file).expect("an image can be read");
                self.blob_files
                    .entry(name.into_owned())
                    .or_default()
                    .insert(bytes);
            }
        }
    }

    /// Takes in every image in a folder of images.
    ///
    /// # Panics
    /// If the folder cannot be read.
    pub fn add_images(&mut self, folder: &Path) {
        let images = fs::read_dir(folder).expect("there are images");
        let mut images: Vec<_> = images
            .map(|image| image.expect("an image can be found").path())
            .collect();
        images.sort();
        for image in images {
            self.add_image(&image);
        }
    }

    /// The places that the rows of a store have now, nothing carved: what ought to open, and no more.
    #[must_use]
    pub fn live_places(store: &Path) -> BTreeSet<Place> {
        let mut live = Self::default();
        images::read_live(&mut live, store);
        let items = live
            .items
            .iter()
            .map(|row| (row.owner, row.number, row.kind));
        let blobs = live.blob_rows.iter();
        items
            .chain(blobs.map(|(owner, item, _)| (*owner, *item, crypto::BLOB)))
            .collect()
    }

    /// Opens whatever these keys folders lead to.
    #[must_use]
    pub fn attack(&self, keys_folders: &[PathBuf]) -> Loot {
        let roots = roots(keys_folders);
        let mut attack = Attack::new(self);
        attack.open_tops(&roots);
        attack.descend();
        Loot {
            opened: attack.open_items(),
            keys: attack.keys.len(),
            roots: roots.len(),
        }
    }
}

/// Roots in keys folders, finished files and unfinished ones, with what their names say they are.
fn roots(folders: &[PathBuf]) -> BTreeSet<(String, Key)> {
    let mut roots = BTreeSet::new();
    for file in folders.iter().flat_map(|folder| files_below(folder)) {
        let bytes = fs::read(&file).expect("a keys folder can be read");
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let kid = name
            .split(ROOT_SUFFIX)
            .next()
            .unwrap_or_default()
            .to_owned();
        // Anywhere in the file: whoever keeps copies may have wrapped it in something.
        for start in carve::positions(&bytes, ROOT_MAGIC) {
            if let Some(root) = bytes[start + ROOT_MAGIC.len()..].first_chunk() {
                roots.insert((kid.clone(), *root));
            }
        }
    }
    roots
}

/// One attack: keys found so far, and what is still to be followed.
struct Attack<'e> {
    evidence: &'e Evidence,
    tenants: BTreeSet<[u8; 16]>,
    children: HashMap<u64, Vec<&'e Node>>,
    seeds: HashMap<u64, Vec<&'e Seed>>,
    versions: HashMap<u64, BTreeSet<u64>>,
    keys: HashSet<(u64, Key)>,
    waiting: Vec<(u64, Key)>,
    frontiers: HashMap<(u64, u32), Frontier>,
}

impl<'e> Attack<'e> {
    fn new(evidence: &'e Evidence) -> Self {
        let mut children: HashMap<u64, Vec<&Node>> = HashMap::new();
        let mut versions: HashMap<u64, BTreeSet<u64>> = HashMap::new();
        for node in &evidence.nodes {
            children.entry(node.parent).or_default().push(node);
            versions.entry(node.id).or_default().insert(node.version);
        }
        for top in &evidence.tops {
            versions.entry(top.node).or_default().insert(top.version);
        }
        let mut seeds: HashMap<u64, Vec<&Seed>> = HashMap::new();
        for seed in &evidence.seeds {
            seeds.entry(seed.owner).or_default().push(seed);
        }
        Self {
            evidence,
            tenants: evidence.tops.iter().map(|top| top.tenant).collect(),
            children,
            seeds,
            versions,
            keys: HashSet::new(),
            waiting: Vec::new(),
            frontiers: HashMap::new(),
        }
    }

    /// Every root, under every name that a root ever had, on every wrap of a top; and on all that looks like a wrap.
    fn open_tops(&mut self, roots: &BTreeSet<(String, Key)>) {
        let kids: BTreeSet<&str> = (self.evidence.tops.iter().map(|top| top.kid.as_str()))
            .chain(roots.iter().map(|(kid, _)| kid.as_str()))
            .collect();
        let tops: BTreeSet<u64> = self.evidence.tops.iter().map(|top| top.node).collect();
        for (own_kid, root) in roots {
            for top in &self.evidence.tops {
                for kid in &kids {
                    if let Some(key) = crypto::open_key(root, &Context::root(kid), &top.wrap) {
                        self.found(top.node, key);
                    }
                }
            }
            let context = Context::root(own_kid);
            for wrap in &self.evidence.raw_wraps {
                if let Some(key) = crypto::open_key(root, &context, wrap) {
                    for top in &tops {
                        self.found(*top, key);
                    }
                }
            }
        }
    }

    fn found(&mut self, node: u64, key: Key) {
        if self.keys.insert((node, key)) {
            self.waiting.push((node, key));
        }
    }

    /// Follows keys to all children and frontiers, whatever version a wrap says that it was made under.
    fn descend(&mut self) {
        while let Some((node, key)) = self.waiting.pop() {
            let opener = crypto::Opener::new(&key);
            let versions = self.versions.get(&node).cloned().unwrap_or_default();
            for child in self.children.get(&node).cloned().unwrap_or_default() {
                for context in self.contexts(child.kind, child.id, node, &versions) {
                    if let Some(key) = opener.open_key(&context, &child.wrap) {
                        self.found(child.id, key);
                    }
                }
            }
            for seed in self.seeds.get(&node).cloned().unwrap_or_default() {
                let number = u64::from(seed.segment);
                for context in self.contexts(crypto::SEGMENT, number, node, &versions) {
                    if let Some(bytes) = opener.open(&context, &seed.sealed) {
                        self.frontiers
                            .entry((node, seed.segment))
                            .or_default()
                            .add(&bytes);
                    }
                }
            }
        }
    }

    fn contexts(
        &self,
        kind: u8,
        child: u64,
        parent: u64,
        versions: &BTreeSet<u64>,
    ) -> Vec<Context> {
        let each = |tenant| {
            versions
                .iter()
                .map(move |version| Context::wrap(tenant, kind, child, parent, *version))
        };
        self.tenants.iter().flat_map(each).collect()
    }

    fn open_items(&self) -> BTreeMap<Place, Contents> {
        let mut opened: BTreeMap<Place, Contents> = BTreeMap::new();
        for row in &self.evidence.items {
            for (context, leaf) in self.leaves(row.owner, row.number, row.kind) {
                if let Some(parts) = crypto::open_item(&leaf, &context, &row.sealed) {
                    let place = (row.owner, row.number, row.kind);
                    opened.entry(place).or_default().insert(parts);
                }
            }
        }
        for (owner, item, name) in &self.evidence.blob_rows {
            for bytes in self.evidence.blob_files.get(name).into_iter().flatten() {
                for (context, leaf) in self.leaves(*owner, *item, crypto::BLOB) {
                    if let Some(content) = crypto::open_stream(&leaf, &context, bytes) {
                        let place = (*owner, *item, crypto::BLOB);
                        opened
                            .entry(place)
                            .or_default()
                            .insert((Vec::new(), content));
                    }
                }
            }
        }
        opened
    }

    fn leaves(&self, owner: u64, item: u32, kind: u8) -> Vec<(Context, Key)> {
        let (segment, index) = (item / 4096, item % 4096);
        let Some(frontier) = self.frontiers.get(&(owner, segment)) else {
            return Vec::new();
        };
        let leaves = frontier.leaves(index);
        let each = |tenant: &[u8; 16]| {
            let context = Context::item(tenant, owner, segment, index, kind);
            leaves
                .iter()
                .map(move |leaf| (context.clone(), *leaf))
                .collect::<Vec<_>>()
        };
        self.tenants.iter().flat_map(each).collect()
    }
}

/// All files below a folder, in order.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).expect("an image's folder can be read") {
            let path = entry.expect("an image's folder can be read").path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
