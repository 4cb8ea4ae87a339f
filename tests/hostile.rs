//! The real program and what strangers make: files and names that would steer the terminal, pastes
//! that would act, data without an end. And nothing at all, which must cost nothing.

#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use pty::{Pty, Start};
use rustix::process::Signal;

/// What would steer a terminal, as it stands in JSON.
const PAYLOADS: &[&str] = &[
    r"\u001b]0;SKHN\u0007",
    r"\u001b]52;c;U0tITg==\u001b\\",
    r"\u001b[31337m\u001b[2J",
    r"\u001b[?1049l\u001bc",
    r"\u001bP+qSKHN\u001b\\\u001b_GSKHN\u001b\\",
    r"\u009b31337m\u009d0;SKHN\u009c",
    r"\u0007\b\r\u000e\u007f\u0000",
    r"\u202egnp.exe\u202c \u202dabc \u2067abc \u2069\u2069",
    r"\u061c\u200e\u200f\u2028\u2029\ufeff",
];

/// The same in a file's name.
const NAME: &str = "a\u{1b}]0;SKHN\u{7}\u{1b}[31337m\u{202e}gpj\u{9b}31337m\nb.json";

/// A file of that name with all of them in every text of an event.
fn hostile(folder: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    fs::create_dir_all(&folder).expect("a folder");
    let event = |(at, text): (usize, &&str)| {
        format!(
            r#"{{"id":"e{at}{text}","when":"2024-07-1{at}","title":"P{at} {text}","summary":"{text}",
            "place":"{text}","tags":["{text}"],"actors":["a{text}",{{"id":"b","role":"{text}"}}],"x-{text}":1,
            "statements":[{{"speaker":"c{text}","channel":"{text}","text":{{"fa":"ن {text}","en":"{text}"}}}}],"{text}":1}}"#
        )
    };
    let events: Vec<_> = PAYLOADS.iter().enumerate().map(event).collect();
    let file = folder.join(NAME);
    let text = format!(
        r#"{{"sokhan":1,"title":"{0}","events":[{1}]}}"#,
        PAYLOADS.concat(),
        events.join(",")
    );
    fs::write(&file, text).expect("written");
    file
}

/// Asserts that none of them came out raw.
fn assert_harmless(raw: &[u8], what: &str) {
    let text = String::from_utf8_lossy(raw);
    let raw = [
        "\u{1b}]0;",
        "\u{1b}]52;",
        "\u{1b}[31337",
        "\u{1b}c",
        "\u{1b}P",
        "\u{1b}_",
        "\u{7}",
        "\u{8}",
        "\u{e}",
        "\u{7f}",
        "\u{0}",
        "\u{202a}",
        "\u{202b}",
        "\u{202c}",
        "\u{202d}",
        "\u{202e}",
        "\u{2066}",
        "\u{2067}",
        "\u{2069}",
        "\u{61c}",
        "\u{200e}",
        "\u{200f}",
        "\u{2028}",
        "\u{feff}",
    ]
    .into_iter()
    .find(|sign| text.contains(sign));
    assert_eq!(raw, None, "{what}: {text:?}");
    assert!(
        !text.contains(|letter| ('\u{80}'..='\u{9f}').contains(&letter)),
        "{what}"
    );
}

#[test]
fn nothing_in_a_file_or_its_name_steers_the_terminal() {
    let file = hostile("hostile");
    let mut pty = Pty::open(
        "hostile-home",
        &Start {
            args: &[&file.to_string_lossy()],
            size: (140, 40),
            ..Start::default()
        },
    );
    for at in 0..PAYLOADS.len() {
        let title = format!("P{at} ");
        pty.wait(&title, |pty| pty.screen().contents().contains(&title));
        pty.send(b"J");
    }
    pty.send(b"W");
    pty.wait("the warnings", |pty| {
        pty.screen().contents().contains("warning[")
    });
    pty.send(b"\x1b");
    pty.wait("the events", |pty| {
        !pty.screen().contents().contains("warning[")
    });
    for keys in [&b"f"[..], b"}", b"}", b"}", b"f"] {
        let so_far = pty.raw.len();
        pty.send(keys);
        pty.wait_for_bytes(b"\x1b[?2026l", so_far);
    }
    pty.send(b"q");
    assert_eq!(pty.end().code(), Some(0));
    pty.assert_restored();
    assert_harmless(&pty.raw, "on the screen");
}

#[test]
fn nothing_of_it_steers_the_terminal_from_a_message_or_a_list() {
    let file = hostile("hostile-lines");
    let file = file.to_string_lossy();
    let absent = format!("{file}.absent");
    for args in [
        &["check", "--all", &file][..],
        &["list", &file],
        &["list", "--visual", &file],
        &["show", "e2\u{1b}[31337m", &file],
        &[&absent],
        &["--theme", NAME],
        &["check", "--lang", NAME],
        &[NAME],
    ] {
        let mut pty = Pty::start(
            "hostile-lines-home",
            &Start {
                args,
                ..Start::default()
            },
        );
        pty.end();
        assert!(!pty.raw.is_empty(), "{args:?}");
        assert_harmless(&pty.raw, &format!("{args:?}"));
    }
}

#[test]
fn a_paste_never_acts() {
    let mut pty = Pty::open("paste", &Start::default());
    let burst = "q\r\n:quit\r\u{1b}]0;SKHN\u{7}\u{3}\u{1a}\u{202e}".repeat(8);
    for prompt in [&b""[..], b"/"] {
        pty.send(prompt);
        pty.send(b"\x1b[200~");
        for _ in 0..40 {
            pty.send(burst.as_bytes());
        }
        pty.send(b"\x1b[201~");
    }
    let so_far = pty.raw.len();
    pty.resize(90, 30);
    pty.wait_for_bytes(b"\x1b[?2026l", so_far);
    pty.kill(Signal::TERM);
    assert_eq!(pty.end().signal(), Some(Signal::TERM.as_raw()));
    pty.assert_restored();
    assert_harmless(&pty.raw, "pasted");
}

#[test]
fn data_without_an_end_is_refused_within_little_memory() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let sparse = folder.join("sparse.json");
    let file = fs::File::create(&sparse).expect("a file");
    file.set_len(10 << 30).expect("10 GiB of nothing");
    let sparse = sparse.to_string_lossy();
    for path in ["/dev/zero", "/dev/full", &sparse, "/", "/dev/null"] {
        let output = check_in_little_memory(path);
        assert_eq!(output.status.code(), Some(1), "{path}: {output:?}");
        let told =
            String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(told.contains("error["), "{path}: {told}");
        assert!(told.len() < 2000, "{path}: {told}");
    }
    fs::remove_file(&*sparse).expect("removed");
}

/// `sokhan check`, with 512 MiB of address space.
fn check_in_little_memory(path: &str) -> Output {
    Command::new("sh")
        .args(["-c", "ulimit -v 524288; exec \"$0\" check \"$1\""])
        .args([env!("CARGO_BIN_EXE_sokhan"), path])
        .env("LANG", "C")
        .output()
        .expect("a shell")
}

#[cfg(target_os = "linux")]
#[test]
fn idle_costs_nothing() {
    let mut pty = Pty::open("idle", &Start::default());
    pty.wait_quiet();
    let before = pty.wake_ups();
    pty.wait_quiet();
    assert_eq!(pty.wake_ups(), before, "threads that woke up");
    pty.send(b"q");
    assert_eq!(pty.end().code(), Some(0));
}
