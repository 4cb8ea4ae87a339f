//! The real program while its data changes: a file that is added to, replaced and cut, a pipe that
//! goes on.

#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use pty::{Pty, Start};
use rustix::fs::{CWD, FileType, Mode, mknodat};

const HEADER: &str = "{\"sokhan\":1,\"title\":\"growing\"}\n";

fn line(at: usize) -> String {
    format!("{{\"id\":\"e{at}\",\"when\":\"2024-01-{at:02}\",\"title\":\"title{at}\"}}\n")
}

fn scratch(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_file(&path);
    path
}

fn shows(pty: &Pty, text: &str) -> bool {
    pty.screen().contents().contains(text)
}

#[test]
fn a_followed_file_grows_on_the_screen_and_a_cut_one_is_offered() {
    let path = scratch("followed.jsonl");
    fs::write(&path, format!("{HEADER}{}{}", line(1), line(2))).expect("written");
    let name = path.to_str().expect("a name");
    let mut pty = Pty::open(
        "followed",
        &Start {
            args: &["--follow", "--lang", "en", "--digits", "latin", name],
            size: (120, 24),
            ..Start::default()
        },
    );
    pty.wait("both events", |pty| shows(pty, "title2"));
    let mut file = fs::OpenOptions::new()
        .append(true)
        .open(&path)
        .expect("a file");
    write!(file, "{}{}", line(3), &line(4)[..20]).expect("appended");
    pty.wait("the third event", |pty| shows(pty, "+1 new events"));
    assert!(shows(&pty, "title3") && !shows(&pty, "title4"));
    file.write_all(&line(4).as_bytes()[20..]).expect("appended");
    pty.wait("the fourth event", |pty| shows(pty, "title4"));
    fs::write(&path, format!("{HEADER}{}", line(9))).expect("cut");
    pty.wait("the change", |pty| {
        shows(pty, "The file changed; R reloads")
    });
    pty.send(b"R");
    pty.wait("the file again", |pty| {
        shows(pty, "title9") && !shows(pty, "reloads")
    });
    pty.send(b"q");
    assert_eq!(pty.end().code(), Some(0));
    pty.assert_restored();
}

#[test]
fn an_empty_file_that_is_followed_is_awaited() {
    let path = scratch("awaited.jsonl");
    fs::write(&path, "").expect("written");
    let mut pty = Pty::open(
        "awaited",
        &Start {
            args: &["--follow", "--lang", "en", path.to_str().expect("a name")],
            size: (120, 24),
            ..Start::default()
        },
    );
    pty.wait("the wait", |pty| shows(pty, "No events have come yet"));
    fs::write(&path, HEADER).expect("written");
    pty.wait("the header", |pty| {
        shows(pty, "growing") && shows(pty, "No events have come yet")
    });
    fs::write(&path, format!("{HEADER}{}", line(1))).expect("written");
    pty.wait("the first event", |pty| shows(pty, "title1"));
    pty.send(b"q");
    assert_eq!(pty.end().code(), Some(0));
}

#[test]
fn a_file_that_is_replaced_is_noticed_without_following() {
    let path = scratch("replaced.jsonl");
    fs::write(&path, format!("{HEADER}{}", line(1))).expect("written");
    let mut pty = Pty::open(
        "replaced",
        &Start {
            args: &["--lang", "en", path.to_str().expect("a name")],
            size: (120, 24),
            ..Start::default()
        },
    );
    pty.wait("the event", |pty| shows(pty, "title1"));
    let beside = scratch("replaced-beside.jsonl");
    fs::write(&beside, format!("{HEADER}{}", line(2))).expect("written");
    fs::rename(&beside, &path).expect("replaced");
    pty.wait("the change", |pty| {
        shows(pty, "The file changed; R reloads")
    });
    pty.send(b"R");
    pty.wait("the new file", |pty| shows(pty, "title2"));
    pty.send(b"q");
    assert_eq!(pty.end().code(), Some(0));
}

#[test]
fn a_pipe_that_goes_on_is_followed() {
    let path = scratch("pipe.fifo");
    mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe");
    // Both ends, so that neither waits for the other to be opened.
    let both = fs::OpenOptions::new().read(true).write(true).open(&path);
    let mut pipe = both.expect("a pipe");
    write!(pipe, "{HEADER}{}", line(1)).expect("sent");
    let mut pty = Pty::open(
        "pipe",
        &Start {
            args: &["--follow", "--lang", "en", "--digits", "latin", "-"],
            stdin: Some(&path),
            size: (120, 24),
            ..Start::default()
        },
    );
    pty.wait("the first event", |pty| shows(pty, "1 of 1"));
    pipe.write_all(line(2).as_bytes()).expect("sent");
    pty.wait("the second event", |pty| shows(pty, "+1 new events"));
    pty.send(b"R");
    pty.wait("the answer", |pty| {
        shows(pty, "a pipe cannot be read again")
    });
    pty.send(b"q");
    assert_eq!(pty.end().code(), Some(0));
}

#[test]
fn a_followed_pipe_that_sends_all_the_time_is_emptied() {
    const LAST: usize = 30_000;
    let path = scratch("busy.fifo");
    mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe");
    let both = fs::OpenOptions::new().read(true).write(true).open(&path);
    let mut pipe = both.expect("a pipe");
    let mut pty = Pty::open(
        "busy",
        &Start {
            args: &["--follow", "--lang", "en", "--digits", "latin", "-"],
            stdin: Some(&path),
            size: (120, 24),
            ..Start::default()
        },
    );
    let words = "words ".repeat(100);
    let line = move |at| format!("{{\"id\":\"{at}\",\"title\":\"{words}\"}}\n");
    std::thread::spawn(move || {
        let lines = (0..LAST).map(line);
        let mut all = std::iter::once(HEADER.to_owned()).chain(lines);
        all.try_for_each(|line| pipe.write_all(line.as_bytes()))
            .map(|()| pipe)
    });
    pty.wait("all events", |pty| {
        shows(pty, "1 of 30,000") || shows(pty, "1 of 30000")
    });
    pty.send(b"q");
    assert_eq!(pty.end().code(), Some(0));
}

#[test]
fn a_pipe_that_does_not_end_is_shown_as_far_as_it_came() {
    let path = scratch("endless.fifo");
    mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe");
    let both = fs::OpenOptions::new().read(true).write(true).open(&path);
    let mut pipe = both.expect("a pipe");
    let mut pty = Pty::open(
        "endless",
        &Start {
            args: &["--lang", "en", "--digits", "latin", "-"],
            stdin: Some(&path),
            size: (120, 24),
            ..Start::default()
        },
    );
    let many: String = (0..2000).map(|at| line(at % 28 + 1)).collect();
    pipe.write_all(format!("{HEADER}{many}").as_bytes())
        .expect("sent");
    pty.wait("the first events", |pty| shows(pty, "title1"));
    pty.send(b"\x1b");
    pty.wait("a part", |pty| {
        shows(pty, "Only a part was read; R reads on")
    });
    pty.send(b"q");
    assert_eq!(pty.end().code(), Some(0));
}

/// What a file took goes back to the system when it is read again: `benches/soak.py` measures that,
/// here it is seen that the program says so to its allocator (`src/allocator.c`).
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn the_allocator_is_told_not_to_keep_large_blocks() {
    let program = fs::read(env!("CARGO_BIN_EXE_sokhan")).expect("the program");
    let symbol = b"mallopt\0";
    assert!(program.windows(symbol.len()).any(|bytes| bytes == symbol));
}
