//! From the path that a record names to a file beside the import, and to no other file.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Why an attachment is not read. The path is content: it is not repeated.
#[derive(Debug, thiserror::Error)]
pub enum AttachmentError {
    /// Standard input lies in no folder.
    #[error("attachments need a folder, and standard input has none")]
    NoFolder,
    /// Absolute, with `..`, or through a link that leads outside.
    #[error("the attachment's path leads out of the folder of the import")]
    Outside,
    /// A folder, a device or the like.
    #[error("the attachment is not a file")]
    NotAFile,
    /// Most often: it is not there.
    #[error("the attachment cannot be read")]
    Io(#[source] io::Error),
}

/// The real path of `path`, which is relative to `folder`; all links are followed.
///
/// # Errors
///
/// When it does not name a regular file inside `folder`.
pub fn resolve_attachment(folder: &Path, path: &str) -> Result<PathBuf, AttachmentError> {
    let stays = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    if path.is_empty() || path.contains('\0') || !Path::new(path).components().all(stays) {
        return Err(AttachmentError::Outside);
    }
    let folder = fs::canonicalize(folder).map_err(AttachmentError::Io)?;
    let file = fs::canonicalize(folder.join(path)).map_err(AttachmentError::Io)?;
    if !file.starts_with(&folder) {
        return Err(AttachmentError::Outside);
    }
    if !fs::metadata(&file).map_err(AttachmentError::Io)?.is_file() {
        return Err(AttachmentError::NotAFile);
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_inside_the_folder_are_found() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("import");
        fs::create_dir_all(folder.join("files")).unwrap();
        fs::write(folder.join("files/1.jpg"), "x").unwrap();
        fs::write(folder.join("..hidden"), "x").unwrap();
        fs::write(outer.path().join("secret"), "x").unwrap();
        let find = |path: &str| resolve_attachment(&folder, path);

        for inside in ["files/1.jpg", "./files//1.jpg", "..hidden"] {
            assert!(find(inside).is_ok(), "{inside}");
        }
        let absolute = outer.path().join("secret");
        for outside in [
            "",
            "../secret",
            "files/../../secret",
            "files/../files/1.jpg",
            "a\0b",
            absolute.to_str().unwrap(),
        ] {
            assert!(
                matches!(find(outside), Err(AttachmentError::Outside)),
                "{outside:?}"
            );
        }
        assert!(matches!(find("files"), Err(AttachmentError::NotAFile)));
        assert!(matches!(find("."), Err(AttachmentError::NotAFile)));
        assert!(matches!(find("files/2.jpg"), Err(AttachmentError::Io(_))));
    }

    #[cfg(unix)]
    #[test]
    fn links_may_stay_inside_but_not_lead_outside() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("import");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("1.jpg"), "x").unwrap();
        fs::write(outer.path().join("secret"), "x").unwrap();
        // A sibling whose name begins with the folder's is outside too.
        fs::create_dir_all(outer.path().join("import-2")).unwrap();
        fs::write(outer.path().join("import-2/secret"), "x").unwrap();
        for (link, target) in [
            ("inside", "1.jpg"),
            ("file", "../secret"),
            ("folder", ".."),
            ("sibling", "../import-2"),
        ] {
            std::os::unix::fs::symlink(target, folder.join(link)).unwrap();
        }
        assert_eq!(
            resolve_attachment(&folder, "inside").unwrap(),
            fs::canonicalize(folder.join("1.jpg")).unwrap()
        );
        for outside in ["file", "folder/secret", "sibling/secret"] {
            let found = resolve_attachment(&folder, outside);
            assert!(matches!(found, Err(AttachmentError::Outside)), "{outside}");
        }
    }
}
