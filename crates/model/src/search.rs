//! Search without residue (ERASURE.md): texts are matched after NFKC and case folding, and sealed
//! Bloom sketches say which texts need not be read. A sketch never hides a text that matches.

mod normalise;
mod query;
mod sketch;
mod tokens;

#[cfg(test)]
mod tests;

pub use normalise::{normalise, normalise_into};
pub use query::{Query, QueryError};
pub use sketch::{
    SKETCH_BITS_PER_TOKEN, SKETCH_HASHES, SKETCH_VERSION, Sketch, SketchBuilder, SketchError,
};
pub use tokens::tokens;

/// The finaliser of `SplitMix64` (Steele, Lea, Flood 2014, variant 13 of Stafford): a bijection of 64 bits.
/// Sketches on disk depend on it, so it never changes.
pub(crate) const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
