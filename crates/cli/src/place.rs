//! Where folders lie: paths with links resolved, and whether one lies in another.

use std::path::{Component, Path, PathBuf, absolute};

use crate::problem::Problem;

/// The absolute path, with links resolved as far as it exists.
pub(crate) fn resolve(path: &Path) -> Result<PathBuf, Problem> {
    let whole = absolute(path).map_err(|error| Problem::file(path, &error))?;
    let mut resolved = PathBuf::new();
    for part in whole.components() {
        if part == Component::ParentDir {
            // What came before is resolved, so its parent is the real one.
            resolved.pop();
        } else {
            let next = resolved.join(part);
            resolved = next.canonicalize().unwrap_or(next);
        }
    }
    Ok(resolved)
}

/// Whether one of two resolved paths is the other, or lies inside it.
pub(crate) fn overlap(a: &Path, b: &Path) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

/// `DIR.keys` beside `DIR`.
pub(crate) fn beside(folder: &Path, ending: &str) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    folder.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_does_not_hide_where_a_folder_lies() {
        let outer = tempfile::tempdir().unwrap();
        let store = outer.path().join("store");
        std::fs::create_dir(&store).unwrap();
        std::os::unix::fs::symlink(&store, outer.path().join("link")).unwrap();
        let resolve = |path: &Path| resolve(path).ok().expect("the folder can be resolved");
        let through_link = resolve(&outer.path().join("link/not-yet/../snapshots"));
        assert!(overlap(&resolve(&store), &through_link));
        assert!(!overlap(
            &resolve(&outer.path().join("store2")),
            &resolve(&store)
        ));
    }

    #[test]
    fn the_keys_lie_beside_the_store() {
        assert_eq!(
            beside(Path::new("/a/hotel.data"), ".keys"),
            Path::new("/a/hotel.data.keys")
        );
    }
}
