//! Passwords as they come in: out of a file, or typed by somebody who sees nothing of it. They are wiped when they were used.

use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::path::Path;

use rpassword::ConfigBuilder;
use wuhen_service::staff::PASSWORD_BYTES_MAX;
use zeroize::Zeroizing;

use crate::exit::Exit;
use crate::problem::Problem;
use crate::words::Lang;

/// A password with the end of its line.
const FILE_BYTES_MAX: usize = PASSWORD_BYTES_MAX + 2;

/// The password that stands in a file, without the end of its line.
pub(crate) fn of_file(path: &Path) -> Result<Zeroizing<String>, Problem> {
    let refused = |error: &io::Error| Problem::file(path, error);
    let file = std::fs::File::open(path).map_err(|error| refused(&error))?;
    // As large as it may become: growing would leave a copy behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(FILE_BYTES_MAX + 1));
    file.take(FILE_BYTES_MAX as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| refused(&error))?;
    let shown = path.display();
    let text = std::str::from_utf8(&bytes).ok().filter(|text| {
        let password = without_line_end(text);
        bytes.len() <= FILE_BYTES_MAX && !password.is_empty() && !password.contains(['\r', '\n'])
    });
    let text = text.ok_or_else(|| {
        Problem::own(
            Exit::Usage,
            format!("{shown} is no file with one password of at most {PASSWORD_BYTES_MAX} bytes in one line, as UTF-8"),
            format!("{shown} 不是密码文件：应为一行 UTF-8 文本，至多 {PASSWORD_BYTES_MAX} 字节"),
        )
    })?;
    Ok(Zeroizing::new(without_line_end(text).to_owned()))
}

fn without_line_end(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

/// Whether somebody is there to be asked.
pub(crate) fn somebody_is_there() -> bool {
    io::stdin().is_terminal()
}

/// Asks for a password at the terminal of standard input; what is typed is not shown.
pub(crate) fn ask(
    lang: Lang,
    question: (&'static str, &'static str),
) -> Result<Zeroizing<String>, Problem> {
    say(lang, question)?;
    let config = ConfigBuilder::new()
        .input_file_path("/dev/stdin")
        .output_writer(io::stderr())
        .password_feedback_hide()
        .build();
    let typed = rpassword::read_password_with_config(config).map_err(Problem::Output)?;
    Ok(Zeroizing::new(typed))
}

/// Asks for a code, which is good once and may be seen.
pub(crate) fn ask_code(lang: Lang) -> Result<String, Problem> {
    say(lang, ("Code of the second factor: ", "动态验证码："))?;
    let mut typed = String::new();
    io::stdin().read_line(&mut typed).map_err(Problem::Output)?;
    Ok(typed.trim().to_owned())
}

fn say(lang: Lang, (en, zh): (&'static str, &'static str)) -> Result<(), Problem> {
    let mut err = io::stderr().lock();
    err.write_all(lang.pick(en, zh).as_bytes())
        .and_then(|()| err.flush())
        .map_err(Problem::Output)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_holds_one_password_with_or_without_the_end_of_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("password");
        let read = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            of_file(&path).ok().map(|password| password.to_string())
        };
        for bytes in [
            &b"long enough it is"[..],
            b"long enough it is\n",
            b"long enough it is\r\n",
        ] {
            assert_eq!(read(bytes).as_deref(), Some("long enough it is"));
        }
        assert_eq!(
            read(b" a blank stays \n").as_deref(),
            Some(" a blank stays ")
        );
        let longest = "x".repeat(PASSWORD_BYTES_MAX);
        assert_eq!(
            read(format!("{longest}\r\n").as_bytes()),
            Some(longest.clone())
        );
        assert_eq!(read(format!("{longest}xxx").as_bytes()), None);
        for bytes in [&b""[..], b"\n", b"two\nlines\n", b"\xff\xfe"] {
            assert_eq!(read(bytes), None, "{bytes:?}");
        }
    }
}
