//! The formats of ERASURE.md on `RustCrypto`: wraps, frontiers, items, streams. Nothing here knows of files or rows.

use std::collections::HashMap;

use aes_gcm_siv::aead::{Aead, KeyInit, Payload};
use aes_gcm_siv::{Aes256GcmSiv, Nonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// A key, seed or leaf.
pub(super) type Key = [u8; 32];

/// Code of an attachment's bytes among the kinds of items.
pub(super) const BLOB: u8 = 4;
/// Code of a frontier among the kinds of nodes.
pub(super) const SEGMENT: u8 = 13;

const NODE_KINDS: [&str; 14] = [
    "top",
    "guests",
    "staff",
    "rooms",
    "cases",
    "settings",
    "branch",
    "guest",
    "page",
    "conversation",
    "case",
    "tags",
    "segment",
    "member",
];
const ITEM_KINDS: [&str; 12] = [
    "conversation",
    "message",
    "attachment",
    "attachment-blob",
    "sketch",
    "label",
    "profile",
    "entry",
    "scope",
    "setting",
    "mark",
    "register",
];

/// What a sealed value is bound to.
#[derive(Clone)]
pub(super) struct Context(Vec<u8>);

impl Context {
    pub(super) fn root(kid: &str) -> Self {
        Self(encode(&[b"wuhen/root/1", kid.as_bytes()]))
    }

    pub(super) fn wrap(
        tenant: &[u8; 16],
        kind: u8,
        child: u64,
        parent: u64,
        parent_version: u64,
    ) -> Self {
        Self(encode(&[
            b"wuhen/wrap/1",
            tenant,
            name(&NODE_KINDS, kind),
            &child.to_be_bytes(),
            &parent.to_be_bytes(),
            &parent_version.to_be_bytes(),
        ]))
    }

    pub(super) fn item(tenant: &[u8; 16], owner: u64, segment: u32, index: u32, kind: u8) -> Self {
        Self(encode(&[
            b"wuhen/item/1",
            tenant,
            &owner.to_be_bytes(),
            &segment.to_be_bytes(),
            &index.to_be_bytes(),
            name(&ITEM_KINDS, kind),
        ]))
    }
}

fn name(names: &'static [&'static str], code: u8) -> &'static [u8] {
    usize::from(code)
        .checked_sub(1)
        .and_then(|place| names.get(place))
        .map_or(b"?", |name| name.as_bytes())
}

fn encode(parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in parts {
        let length = u32::try_from(part.len()).expect("parts are short");
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

/// A key made ready for many trials.
pub(super) struct Opener(Aes256GcmSiv);

impl Opener {
    pub(super) fn new(key: &Key) -> Self {
        Self(Aes256GcmSiv::new(key.into()))
    }

    /// `0x01 | alg | nonce(12) | ciphertext and tag`.
    pub(super) fn open(&self, context: &Context, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, ciphertext) = sealed.strip_prefix(&[1, 1])?.split_first_chunk()?;
        self.open_with(*nonce, context, ciphertext)
    }

    pub(super) fn open_key(&self, context: &Context, wrap: &[u8]) -> Option<Key> {
        self.open(context, wrap)?.try_into().ok()
    }

    fn open_with(&self, nonce: [u8; 12], context: &Context, sealed: &[u8]) -> Option<Vec<u8>> {
        let payload = Payload {
            msg: sealed,
            aad: &context.0,
        };
        self.0.decrypt(&Nonce::from(nonce), payload).ok()
    }
}

pub(super) fn open_key(key: &Key, context: &Context, wrap: &[u8]) -> Option<Key> {
    Opener::new(key).open_key(context, wrap)
}

/// Seeds of one segment from every frontier of it that opened: what a later one has punctured, an earlier one may have.
#[derive(Default)]
pub(super) struct Frontier(HashMap<(u8, u16), Vec<Key>>);

impl Frontier {
    /// Version, u16 number of entries, then level, u16 index and seed of each.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        for entry in bytes.get(3..).unwrap_or_default().chunks_exact(35) {
            let place = (entry[0], u16::from_be_bytes([entry[1], entry[2]]));
            let seed: Key = entry[3..].try_into().expect("an entry ends with 32 bytes");
            let seeds = self.0.entry(place).or_default();
            if !seeds.contains(&seed) {
                seeds.push(seed);
            }
        }
    }

    /// Every leaf under this index that any seed leads to.
    pub(super) fn leaves(&self, index: u32) -> Vec<Key> {
        let mut leaves = Vec::new();
        for level in 0..=3_u8 {
            let at = u16::try_from(index >> (4 * (3 - level))).expect("an index has 12 bits");
            for seed in self.0.get(&(level, at)).into_iter().flatten() {
                let leaf = (level + 1..=3).fold(*seed, |seed, next| {
                    let step = (index >> (4 * (3 - next))) & 15;
                    child(&seed, next, u8::try_from(step).expect("four bits"))
                });
                if !leaves.contains(&leaf) {
                    leaves.push(leaf);
                }
            }
        }
        leaves
    }
}

fn child(seed: &Key, level: u8, j: u8) -> Key {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(seed).expect("any length is a key");
    mac.update(b"wuhen/ggm/1");
    mac.update(&[level, j]);
    mac.finalize().into_bytes().into()
}

/// Encryption key and commitment.
fn derive(leaf: &Key, context: &Context) -> (Key, Key) {
    let mut bytes = [0; 64];
    Hkdf::<Sha256>::new(None, leaf)
        .expand(&context.0, &mut bytes)
        .expect("64 bytes are few");
    let (key, commitment) = bytes.split_at(32);
    let half = |half: &[u8]| half.try_into().expect("64 is twice 32");
    (half(key), half(commitment))
}

/// `0x01 | alg | commit(32) | rest`: the key and the rest, where the commitment fits.
fn committed<'s>(leaf: &Key, context: &Context, sealed: &'s [u8]) -> Option<(Opener, &'s [u8])> {
    let (commitment, rest) = sealed.strip_prefix(&[1, 1])?.split_first_chunk::<32>()?;
    let (key, expected) = derive(leaf, context);
    (expected == *commitment).then(|| (Opener::new(&key), rest))
}

/// Header and body of an item.
pub(super) fn open_item(
    leaf: &Key,
    context: &Context,
    sealed: &[u8],
) -> Option<(Vec<u8>, Vec<u8>)> {
    let (opener, rest) = committed(leaf, context, sealed)?;
    let (nonce, ciphertext) = rest.split_first_chunk()?;
    let padded = opener.open_with(*nonce, context, ciphertext)?;
    let (header, rest) = part(&padded)?;
    let (body, _) = part(rest)?;
    Some((header.to_vec(), body.to_vec()))
}

fn part(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(u32::from_be_bytes(*length) as usize)
}

/// The bytes of an attachment: 64 KiB segments, each with its tag, nonce `prefix(7) | counter | 1 if last`.
pub(super) fn open_stream(leaf: &Key, context: &Context, sealed: &[u8]) -> Option<Vec<u8>> {
    let (opener, rest) = committed(leaf, context, sealed)?;
    let (prefix, segments) = rest.split_first_chunk::<7>()?;
    let segments: Vec<&[u8]> = segments.chunks(65_536 + 16).collect();
    let mut bytes = Vec::new();
    for (counter, segment) in (0_u32..).zip(&segments) {
        let mut nonce = [0; 12];
        nonce[..7].copy_from_slice(prefix);
        nonce[7..11].copy_from_slice(&counter.to_be_bytes());
        nonce[11] = u8::from(counter as usize + 1 == segments.len());
        bytes.extend(opener.open_with(nonce, context, segment)?);
    }
    Some(bytes)
}
