//! At a terminal: colours, and what is said where the program waits for a text to be typed.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, tcgetattr};

use crate::house::{House, Run};

const RED: &str = "\u{1b}[1;31m4111111111111111\u{1b}[0;31m BANK_CARD\u{1b}[0m";
const PLAIN: &str = "[4111111111111111 BANK_CARD]";

/// The two ends of a terminal: where a person sits, and where the program does.
fn terminal() -> (File, File) {
    let person = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("there are terminals");
    grantpt(&person).expect("it is ours");
    unlockpt(&person).expect("it is ours");
    let name = ptsname(&person, Vec::new()).expect("it has a name");
    let path = Path::new(std::ffi::OsStr::from_bytes(name.as_bytes()));
    let program = OpenOptions::new().read(true).write(true).open(path);
    (File::from(person), program.expect("it can be opened"))
}

/// What a program writes to a terminal.
fn shown(mut command: Command) -> String {
    let (mut person, program) = terminal();
    let mut child = command
        .stdout(program)
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    // The command's copy of the terminal is all that holds it open but for the program.
    drop(command);
    let mut bytes = Vec::new();
    // The end of a terminal is an error.
    let _ = person.read_to_end(&mut bytes);
    assert!(child.wait().expect("it ends").success());
    String::from_utf8(bytes).expect("answers are UTF-8")
}

/// What a terminal shows of a text that is typed once the program hides it, and how the program ended.
pub(crate) fn typed_unseen(mut command: Command, text: &str) -> (String, Output) {
    let (mut person, program) = terminal();
    let mut child = command
        .stdin(program.try_clone().expect("it can be shared"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(command);
    let is_shown = || {
        let modes = tcgetattr(&program).expect("it is a terminal").local_modes;
        modes.contains(LocalModes::ECHO)
    };
    while is_shown() {
        let ended = child.try_wait().expect("it can be asked");
        assert_eq!(ended, None, "it asks before it ends");
        std::thread::yield_now();
    }
    person.write_all(text.as_bytes()).expect("somebody types");
    let output = child.wait_with_output().expect("it ends");
    drop(program);
    let mut seen = Vec::new();
    // The end of a terminal is an error.
    let _ = person.read_to_end(&mut seen);
    (String::from_utf8_lossy(&seen).into_owned(), output)
}

#[test]
fn spans_are_in_colour_when_asked_for_or_on_a_terminal_that_wants_them() {
    let house = House::empty();
    house.write("chat.txt", "card 4111111111111111\n");
    let command = |more: &[&str], surroundings: &[(&str, &str)]| {
        let mut command = house.command(&[&["scan", "chat.txt"], more].concat());
        command.envs(surroundings.iter().copied());
        command
    };
    let no_colour = [("NO_COLOR", "1")];
    for (more, surroundings, to_file, at_terminal) in [
        (&[][..], &[][..], PLAIN, RED),
        (&["--color", "auto"], &[("TERM", "xterm")], PLAIN, RED),
        (&["--color", "auto"], &[("NO_COLOR", "")], PLAIN, RED),
        (&["--color", "auto"], &no_colour, PLAIN, PLAIN),
        (&[], &[("TERM", "dumb")], PLAIN, PLAIN),
        (&["--color", "always"], &no_colour, RED, RED),
        (&["--color", "never"], &[], PLAIN, PLAIN),
    ] {
        let out = Run::of(command(more, surroundings)).out;
        assert!(out.contains(to_file), "{more:?} {surroundings:?}: {out}");
        assert!(to_file == RED || !out.contains('\u{1b}'), "{out}");
        let out = shown(command(more, surroundings));
        assert!(
            out.contains(at_terminal),
            "{more:?} {surroundings:?}: {out}"
        );
        assert!(at_terminal == RED || !out.contains('\u{1b}'), "{out}");
    }
    house.fails(
        &["scan", "chat.txt", "--color", "blue"],
        2,
        "auto, always, never",
    );
}

#[test]
fn who_types_a_text_is_told_how_to_end_it() {
    let house = House::empty();
    for (arguments, says) in [
        (&["scan"][..], "Ctrl-D"),
        (&["scan", "-"], "Ctrl-D"),
        (&["redact"], "Ctrl-D"),
        (&["redact", "--lang", "zh"], "正在读取标准输入"),
    ] {
        let (mut person, program) = terminal();
        let child = house
            .command(arguments)
            .stdin(program)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        person.write_all(b"card 4111111111111111\n\x04").unwrap();
        let output = child.wait_with_output().expect("it ends");
        let [out, err] =
            [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        assert!(err.contains(says), "{arguments:?}: {err}");
        assert!(out.contains("411111"), "{arguments:?}: {out}");
    }
    // Nobody who sends a text through a pipe is told.
    let run = house.with_input(&["redact"], b"hello\n");
    assert_eq!((run.out.as_str(), run.err.as_str()), ("hello\n", ""));
}
