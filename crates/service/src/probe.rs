//! Raw search of files for words that must not be there: as UTF-8, UTF-16 of both orders, base64 in its three alignments,
//! and hexadecimal. Knows nothing of formats: what it reads is bytes.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::Service;
use crate::error::ServiceError;

/// Shortest needle, bytes of UTF-8: anything shorter is found in random bytes by chance.
pub const NEEDLE_BYTES_MIN: usize = 6;
/// Most needles of one probe.
pub const NEEDLES_MAX: usize = 100_000;
/// Bytes read at once.
const CHUNK_BYTES: usize = 1 << 20;

/// A needle found in a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Finding {
    /// The file.
    pub file: PathBuf,
    /// Number of the needle, from 1; the needle itself is never repeated.
    pub needle: usize,
    /// How it was written: utf-8, utf-16le, utf-16be, base64, hex.
    pub encoding: &'static str,
    /// Where its first byte is.
    pub offset: u64,
}

/// What was read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    /// Files.
    pub files: u64,
    /// Bytes.
    pub bytes: u64,
    /// Needles looked for.
    pub needles: usize,
    /// What was found.
    pub found: Vec<Finding>,
}

impl Service {
    /// Every folder that holds anything of this tenant: snapshot repositories; the store's own and the keys' folders are
    /// known to who opened them.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn repository_folders(&self) -> Result<Vec<PathBuf>, ServiceError> {
        Ok(self
            .repositories()?
            .into_iter()
            .map(|row| PathBuf::from(row.folder))
            .collect())
    }
}

/// Reads every file below the folders.
///
/// # Errors
/// A needle is too short, there are too many, or a file cannot be read.
pub fn probe(folders: &[PathBuf], needles: &[String]) -> Result<Report, ServiceError> {
    if needles.len() > NEEDLES_MAX {
        return Err(ServiceError::Refused(format!(
            "at most {NEEDLES_MAX} needles at once"
        )));
    }
    if let Some(short) = needles
        .iter()
        .position(|needle| needle.len() < NEEDLE_BYTES_MIN)
    {
        return Err(ServiceError::Refused(format!(
            "needle {} has under {NEEDLE_BYTES_MIN} bytes: it would be found by chance; use longer ones",
            short + 1
        )));
    }
    let (patterns, meanings) = patterns(needles);
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(false)
        .build(&patterns)
        .map_err(|error| {
            ServiceError::Refused(format!("the needles are too many or too long: {error}"))
        })?;
    let longest = patterns.iter().map(Vec::len).max().unwrap_or(0);
    let mut report = Report {
        needles: needles.len(),
        ..Report::default()
    };
    for file in files_below(folders)? {
        search_file(&file, &automaton, &meanings, longest, &mut report)
            .map_err(|error| ServiceError::io(&file, error))?;
    }
    report.found.sort();
    report.found.dedup();
    Ok(report)
}

type Meaning = (usize, &'static str);

fn patterns(needles: &[String]) -> (Vec<Vec<u8>>, Vec<Meaning>) {
    let mut patterns = Vec::new();
    let mut meanings = Vec::new();
    for (number, needle) in (1..).zip(needles) {
        let mut add = |bytes: Vec<u8>, encoding| {
            patterns.push(bytes);
            meanings.push((number, encoding));
        };
        let bytes = needle.as_bytes();
        add(bytes.to_vec(), "utf-8");
        add(
            needle.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "utf-16le",
        );
        add(
            needle.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            "utf-16be",
        );
        let hex = wuhen_store::hex(bytes);
        add(hex.to_uppercase().into_bytes(), "hex");
        add(hex.into_bytes(), "hex");
        for shift in 0..3 {
            add(base64_core(bytes, shift), "base64");
        }
    }
    (patterns, meanings)
}

/// The characters of base64 that depend on the needle alone when `shift` bytes stand before it in its group of three.
fn base64_core(bytes: &[u8], shift: usize) -> Vec<u8> {
    let mut padded = vec![0; shift];
    padded.extend_from_slice(bytes);
    let text = STANDARD_NO_PAD.encode(&padded);
    // The first characters mix with what stands before, the last one with what follows.
    let first = [0, 2, 3][shift];
    let last = padded.len() * 8 / 6;
    text.as_bytes()[first..last].to_vec()
}

fn search_file(
    file: &Path,
    automaton: &AhoCorasick,
    meanings: &[Meaning],
    longest: usize,
    report: &mut Report,
) -> std::io::Result<()> {
    let mut reader = File::open(file)?;
    let mut buffer = Vec::with_capacity(CHUNK_BYTES + longest);
    let mut start = 0_u64;
    report.files += 1;
    loop {
        let before = buffer.len();
        let read = reader
            .by_ref()
            .take(CHUNK_BYTES as u64)
            .read_to_end(&mut buffer)?;
        if read == 0 {
            return Ok(());
        }
        debug_assert_eq!(buffer.len(), before + read);
        report.bytes += read as u64;
        for hit in automaton.find_overlapping_iter(&buffer) {
            let (needle, encoding) = meanings[hit.pattern().as_usize()];
            let offset = start + hit.start() as u64;
            report.found.push(Finding {
                file: file.to_owned(),
                needle,
                encoding,
                offset,
            });
        }
        // What may be the beginning of a needle is looked at again with the next chunk.
        let keep = longest.saturating_sub(1).min(buffer.len());
        start += (buffer.len() - keep) as u64;
        buffer.drain(..buffer.len() - keep);
    }
}

fn files_below(folders: &[PathBuf]) -> Result<Vec<PathBuf>, ServiceError> {
    let mut files = Vec::new();
    let mut waiting: Vec<PathBuf> = folders.to_vec();
    while let Some(folder) = waiting.pop() {
        let entries =
            std::fs::read_dir(&folder).map_err(|error| ServiceError::io(&folder, error))?;
        for entry in entries {
            let path = entry
                .map_err(|error| ServiceError::io(&folder, error))?
                .path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEEDLE: &str = "身份证 11010519491231002X";

    #[test]
    fn a_needle_is_found_however_it_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let utf16 =
            |order: fn(u16) -> [u8; 2]| NEEDLE.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let written: [(&str, Vec<u8>); 6] = [
            ("utf-8", NEEDLE.as_bytes().to_vec()),
            ("utf-16le", utf16(u16::to_le_bytes)),
            ("utf-16be", utf16(u16::to_be_bytes)),
            ("hex", wuhen_store::hex(NEEDLE.as_bytes()).into_bytes()),
            (
                "base64",
                STANDARD_NO_PAD.encode(format!("a{NEEDLE}b")).into_bytes(),
            ),
            (
                "base64",
                STANDARD_NO_PAD.encode(format!("ab{NEEDLE}")).into_bytes(),
            ),
        ];
        for (number, (encoding, bytes)) in written.into_iter().enumerate() {
            // Across the border of two chunks, where a search by chunks would miss it.
            let mut file = vec![b'.'; CHUNK_BYTES - 7];
            file.extend(bytes);
            let path = folder.path().join(number.to_string());
            std::fs::write(&path, file).expect("a file");
            let report =
                probe(&[folder.path().to_owned()], &[NEEDLE.to_owned()]).expect("a report");
            let found: Vec<_> = report
                .found
                .iter()
                .map(|finding| finding.encoding)
                .collect();
            assert_eq!(found, [encoding], "file {number}");
            std::fs::remove_file(path).expect("removed");
        }
    }

    #[test]
    fn what_is_not_there_is_not_found_and_short_needles_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a"), vec![0_u8; 3 * CHUNK_BYTES]).expect("a file");
        let folders = [folder.path().to_owned()];
        let report = probe(&folders, &[NEEDLE.to_owned()]).expect("a report");
        assert_eq!((report.files, report.found.len()), (1, 0));
        assert!(probe(&folders, &["five.".to_owned()]).is_err());
        assert!(probe(&folders, &["six...".to_owned()]).is_ok());
    }
}
