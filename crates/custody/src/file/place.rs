//! Where keys may lie: apart from the store, the snapshot repositories and each other, links resolved.

use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf, absolute};

use crate::CustodyError;

/// The folders with links resolved, in the same order, if each lies apart from all the others and from everything `forbidden`.
/// Neither kind needs to exist yet.
pub(super) fn lie_apart(
    folders: &[PathBuf],
    forbidden: &[PathBuf],
) -> Result<Vec<PathBuf>, CustodyError> {
    if folders.is_empty() {
        return Err(CustodyError::NoFolder);
    }
    let mut others = Vec::new();
    for path in forbidden {
        others.push(resolve(path)?);
    }
    let mut apart = Vec::new();
    for path in folders {
        let folder = resolve(path)?;
        if let Some(other) = others.iter().find(|other| overlap(&folder, other)) {
            return Err(CustodyError::Forbidden {
                folder,
                other: other.clone(),
            });
        }
        others.push(folder.clone());
        apart.push(folder);
    }
    Ok(apart)
}

/// `fs::canonicalize` that also takes a path whose last parts do not exist yet.
fn resolve(path: &Path) -> Result<PathBuf, CustodyError> {
    let whole = absolute(path).map_err(CustodyError::io("resolve", path))?;
    let mut resolved = PathBuf::new();
    for part in whole.components() {
        if part == Component::ParentDir {
            // What came before is resolved, so its parent is the real one.
            resolved.pop();
            continue;
        }
        let next = resolved.join(part);
        resolved = match fs::canonicalize(&next) {
            Ok(real) => real,
            Err(error) if is_absent(&error) && next.is_symlink() => {
                return Err(CustodyError::NotPlain(next));
            }
            Err(error) if is_absent(&error) => next,
            Err(error) => return Err(CustodyError::io("resolve", &next)(error)),
        };
    }
    Ok(resolved)
}

fn is_absent(error: &io::Error) -> bool {
    // Below a plain file there is nothing either; whoever uses that path is told so.
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn overlap(a: &Path, b: &Path) -> bool {
    inside(a, b) || inside(b, a)
}

/// By name, and by identity for a folder that is mounted in two places.
fn inside(inner: &Path, outer: &Path) -> bool {
    let identity = |path: &Path| {
        fs::metadata(path)
            .ok()
            .map(|found| (found.dev(), found.ino()))
    };
    let outer_identity = identity(outer);
    inner.starts_with(outer)
        || inner
            .ancestors()
            .any(|part| outer_identity.is_some() && identity(part) == outer_identity)
}
