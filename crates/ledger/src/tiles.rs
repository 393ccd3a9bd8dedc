//! The C2SP tlog-tiles export: the tree and its entries as the files that outside monitors fetch. The checkpoint, which
//! completes such a folder, is the caller's to write beside them, last.

use crate::tree::{self, HashReader, TREE_SIZE_MAX, TreeError};
use crate::{BoxError, Entry};
use tlog_tiles::tile::Tile;

/// C2SP tlog-tiles: full tiles are 2^8 = 256 wide.
const TILE_HEIGHT: u8 = 8;

/// Gives an entry by its number.
pub type Entries<'a> = dyn FnMut(u64) -> Result<Entry, BoxError> + 'a;

/// Takes a file: its relative path and its bytes.
pub type Sink<'a> = dyn FnMut(&str, &[u8]) -> Result<(), BoxError> + 'a;

/// Why the export stopped.
#[derive(Debug, thiserror::Error)]
pub enum TilesError {
    /// The tree could not be read.
    #[error("the hashes of a tile could not be read")]
    Tree(#[from] TreeError),
    /// An entry could not be read.
    #[error("entry {index} could not be read")]
    Entry {
        /// The entry's number.
        index: u64,
        /// The caller's failure.
        #[source]
        source: BoxError,
    },
    /// A file could not be written.
    #[error("{path} could not be written")]
    Sink {
        /// Relative path of the file.
        path: String,
        /// The caller's failure.
        #[source]
        source: BoxError,
    },
}

/// Gives `sink` each file of a tree of `size` entries: relative path (`tile/0/000.p/5`, `tile/entries/x001/x234/067`) and bytes.
///
/// # Errors
/// [`TilesError`]; what was written before stays written.
pub fn tiles(
    size: u64,
    reader: &dyn HashReader,
    entries: &mut Entries<'_>,
    sink: &mut Sink<'_>,
) -> Result<(), TilesError> {
    if size > TREE_SIZE_MAX {
        return Err(TreeError::TooLarge(size).into());
    }
    for tile in Tile::new_tiles(TILE_HEIGHT, 0, size) {
        if tile.level() == 0 {
            let mut bundle = tile;
            bundle.set_is_data();
            write(bundle, &entry_bundle(bundle, entries)?, sink)?;
        }
        write(tile, &hash_tile(tile, reader)?, sink)?;
    }
    Ok(())
}

fn hash_tile(tile: Tile, reader: &dyn HashReader) -> Result<Vec<u8>, TreeError> {
    let first = tile.level_index() << TILE_HEIGHT;
    let level = tile.level() * TILE_HEIGHT;
    let indexes: Vec<_> = (first..first + u64::from(tile.width()))
        .map(|n| tree::stored_hash_index(level, n))
        .collect();
    Ok(tree::read(reader, &indexes)?
        .iter()
        .flat_map(|hash| hash.0)
        .collect())
}

/// Each entry behind its length as a big-endian u16.
fn entry_bundle(tile: Tile, entries: &mut Entries<'_>) -> Result<Vec<u8>, TilesError> {
    let first = tile.level_index() << TILE_HEIGHT;
    let mut bundle = Vec::new();
    for index in first..first + u64::from(tile.width()) {
        let entry = entries(index).map_err(|source| TilesError::Entry { index, source })?;
        let bytes = entry.as_bytes();
        let length = u16::try_from(bytes.len()).expect("an entry has 41 bytes");
        bundle.extend(length.to_be_bytes());
        bundle.extend(bytes);
    }
    Ok(bundle)
}

fn write(tile: Tile, bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), TilesError> {
    let path = path(tile);
    sink(&path, bytes).map_err(|source| TilesError::Sink { path, source })
}

/// The Go module's paths carry the tile height and say "data"; C2SP's do neither.
fn path(tile: Tile) -> String {
    tile.path()
        .replacen("tile/8/data/", "tile/entries/", 1)
        .replacen("tile/8/", "tile/", 1)
}
