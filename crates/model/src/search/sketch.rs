//! A Bloom filter over the tokens of a block of messages: 12 bits a distinct token, 8 hashes, about
//! 0.3 % false positives (Bloom 1970; double hashing after Kirsch and Mitzenmacher 2006).
//! Stored sealed: in plain it would tell which words a conversation has.

use rustc_hash::FxHashSet;
use zeroize::ZeroizeOnDrop;

use super::normalise::normalise_into;
use super::tokens::tokens;

/// The layout, the token rules and the Unicode tables that a stored sketch was made with. A sketch
/// of another version may hide a text that matches, so it is refused and the text is read instead.
pub const SKETCH_VERSION: u8 = 1;

/// (1 - e^(-8/12))^8 = 0.0031.
pub const SKETCH_BITS_PER_TOKEN: usize = 12;

/// Near 12 * ln 2 = 8.3, the best number for 12 bits a token.
pub const SKETCH_HASHES: u8 = 8;

const WORD_BITS: usize = 64;
const HEADER_BYTES: usize = 6;

/// Says of a token that it is surely absent, or that it may be there. Whoever has it can try words: it is wiped when
/// dropped.
#[derive(Clone, PartialEq, Eq, ZeroizeOnDrop)]
pub struct Sketch {
    words: Box<[u64]>,
}

/// Bytes that are not a sketch of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SketchError {
    /// Made by other rules: what it does not have may be there all the same.
    #[error("sketch version {version} with {hashes} hashes is not known")]
    Version {
        /// The first byte.
        version: u8,
        /// The second byte.
        hashes: u8,
    },
    /// Cut, or longer than its header says.
    #[error("a sketch of {bytes} bytes does not fit its header")]
    Length {
        /// The length found.
        bytes: usize,
    },
}

impl Sketch {
    /// Covers `distinct`, the hashes of [`tokens`], each once; repetitions only cost space.
    #[must_use]
    pub fn build(distinct: impl ExactSizeIterator<Item = u64>) -> Self {
        let bits = distinct.len() * SKETCH_BITS_PER_TOKEN;
        let mut words = vec![0; bits.div_ceil(WORD_BITS).max(1)].into_boxed_slice();
        for token in distinct {
            for bit in places(token, words.len()) {
                words[bit / WORD_BITS] |= 1 << (bit % WORD_BITS);
            }
        }
        Self { words }
    }

    /// False if at least one of `tokens` is surely absent. True for no tokens at all.
    #[must_use]
    pub fn may_contain_all(&self, tokens: &[u64]) -> bool {
        tokens.iter().all(|&token| {
            places(token, self.words.len())
                .all(|bit| self.words[bit / WORD_BITS] & (1 << (bit % WORD_BITS)) != 0)
        })
    }

    /// Bytes of memory that it takes besides itself.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        size_of_val(&*self.words)
    }

    /// Version, number of hashes, number of words (u32), words (u64); big-endian.
    ///
    /// # Panics
    ///
    /// On a sketch of more than 2^32 words, 32 GiB.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let count = u32::try_from(self.words.len()).expect("a block's tokens fit 32 GiB of bits");
        let mut bytes = Vec::with_capacity(HEADER_BYTES + self.words.len() * 8);
        bytes.extend([SKETCH_VERSION, SKETCH_HASHES]);
        bytes.extend(count.to_be_bytes());
        bytes.extend(self.words.iter().flat_map(|word| word.to_be_bytes()));
        bytes
    }

    /// Reads what [`Sketch::to_bytes`] wrote; takes no more memory than `bytes` has.
    ///
    /// # Errors
    ///
    /// For another version and for a length that its header does not say.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SketchError> {
        let wrong_length = SketchError::Length { bytes: bytes.len() };
        let (header, body) = bytes
            .split_first_chunk::<HEADER_BYTES>()
            .ok_or(wrong_length)?;
        let [version, hashes, count @ ..] = *header;
        if (version, hashes) != (SKETCH_VERSION, SKETCH_HASHES) {
            return Err(SketchError::Version { version, hashes });
        }
        let (words, rest) = body.as_chunks::<8>();
        let fits = u32::try_from(words.len()) == Ok(u32::from_be_bytes(count));
        if words.is_empty() || !rest.is_empty() || !fits {
            return Err(wrong_length);
        }
        Ok(Self {
            words: words.iter().map(|&word| u64::from_be_bytes(word)).collect(),
        })
    }
}

/// The bits of a token in a filter of `words` words. The step is odd, so that the eight differ.
fn places(token: u64, words: usize) -> impl Iterator<Item = usize> {
    let bits = (words * WORD_BITS) as u64;
    let step = token.rotate_left(32) | 1;
    (1..=u64::from(SKETCH_HASHES)).map(move |i| {
        let hash = token.wrapping_add(i.wrapping_mul(step));
        // The high half of the product maps 64 bits onto the range without a division (Lemire 2019).
        usize::try_from((u128::from(hash) * u128::from(bits)) >> 64)
            .expect("a place below the number of bits, which is a usize")
    })
}

/// Collects the tokens of a block's messages, and makes the sketch. One builder serves many blocks.
#[derive(Default)]
pub struct SketchBuilder {
    normalised: String,
    distinct: FxHashSet<u64>,
}

impl SketchBuilder {
    /// A builder without texts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a message's text as it was written.
    pub fn add(&mut self, text: &str) {
        normalise_into(text, &mut self.normalised);
        tokens(&self.normalised, &mut |token| {
            self.distinct.insert(token);
        });
    }

    /// The sketch of all texts added since the last call.
    pub fn finish(&mut self) -> Sketch {
        let sketch = Sketch::build(self.distinct.iter().copied());
        self.distinct.clear();
        sketch
    }
}
