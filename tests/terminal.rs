//! The real program in a pty: it paints, it leaves when told, and the terminal is given back as
//! it was found on every way out.

#[path = "support/pty.rs"]
mod pty;

use std::os::unix::process::ExitStatusExt;
use std::path::Path;

use pty::{Pty, Start};
use rustix::process::Signal;

/// Terminals whose own modes differ most: nothing, and explicit bidi mode.
const FED: [&str; 3] = ["plain", "vte", "unknown"];

#[test]
fn it_paints_and_q_gives_the_terminal_back() {
    for terminal in FED {
        let mut pty = Pty::open(
            "q",
            &Start {
                env: &[("SOKHAN_TERMINAL", terminal)],
                ..Start::default()
            },
        );
        assert!(pty.screen().hide_cursor());
        assert!(pty.screen().bracketed_paste());
        pty.send(b"q");
        assert_eq!(pty.end().code(), Some(0));
        pty.assert_restored();
    }
}

#[test]
fn a_signal_ends_it_and_the_terminal_is_given_back() {
    for signal in [
        Signal::TERM,
        Signal::HUP,
        Signal::INT,
        Signal::QUIT,
        Signal::USR1,
        Signal::ALARM,
    ] {
        let mut pty = Pty::open(
            "signal",
            &Start {
                env: &[("SOKHAN_TERMINAL", "vte")],
                ..Start::default()
            },
        );
        pty.kill(signal);
        let end = pty.end();
        assert_eq!(end.signal(), Some(signal.as_raw()), "obeyed as it should");
        pty.assert_restored();
    }
}

#[test]
fn a_panic_gives_the_terminal_back_and_says_how_to_report_it() {
    let mut pty = Pty::start(
        "panic",
        &Start {
            env: &[("SOKHAN_TERMINAL", "vte"), ("SOKHAN_PANIC", "1")],
            ..Start::default()
        },
    );
    assert_eq!(pty.end().code(), Some(101));
    pty.assert_restored();
    let shown = pty.screen().contents();
    assert!(shown.contains("on purpose"), "{shown}");
    assert!(shown.contains("report"), "{shown}");
}

#[test]
fn it_stops_and_goes_on() {
    for by_key in [true, false] {
        let mut pty = Pty::open(
            "stop",
            &Start {
                env: &[("SOKHAN_TERMINAL", "vte")],
                ..Start::default()
            },
        );
        if by_key {
            pty.send(b"\x1a");
        } else {
            pty.kill(Signal::TSTP);
        }
        pty.wait_stopped();
        pty.assert_restored();
        let so_far = pty.raw.len();
        pty.resize(70, 20);
        pty.kill(Signal::CONT);
        // The terminal's bidi mode is set again before anything is painted.
        pty.wait_for_bytes(b"\x1b[8l", so_far);
        pty.wait("the screen again", Pty::is_painted);
        pty.send(b"q");
        assert_eq!(pty.end().code(), Some(0));
        pty.assert_restored();
    }
}

#[test]
fn a_stop_that_nobody_could_announce_is_survived() {
    let mut pty = Pty::open("kill-stop", &Start::default());
    pty.kill(Signal::STOP);
    pty.wait_stopped();
    pty.resize(60, 15);
    let so_far = pty.raw.len();
    pty.kill(Signal::CONT);
    pty.wait_for_bytes(b"\x1b[?1049h", so_far);
    pty.wait_for_bytes(b"\x1b[?2026l", so_far);
    pty.send(b"q");
    assert_eq!(pty.end().code(), Some(0));
    pty.assert_restored();
}

#[test]
fn any_size_is_survived() {
    let mut pty = Pty::open("sizes", &Start::default());
    for (columns, rows) in [
        (0, 0),
        (1, 1),
        (2, 1),
        (65535, 65535),
        (400, 3),
        (0, 24),
        (100, 30),
    ] {
        pty.resize(columns, rows);
    }
    let so_far = pty.raw.len();
    pty.resize(90, 30);
    pty.wait_for_bytes(b"\x1b[?2026l", so_far);
    pty.send(b"q");
    assert_eq!(pty.end().code(), Some(0));
    pty.assert_restored();
}

#[test]
fn keys_typed_before_the_first_screen_are_kept() {
    let mut pty = Pty::start(
        "typeahead",
        &Start {
            typed: b"jjq",
            ..Start::default()
        },
    );
    assert_eq!(pty.end().code(), Some(0));
    pty.assert_restored();
}

#[test]
fn keys_come_from_the_terminal_when_standard_input_is_something_else() {
    let mut pty = Pty::open(
        "stdin",
        &Start {
            args: &["-"],
            stdin: Some(Path::new("data/iran-russia.json")),
            ..Start::default()
        },
    );
    pty.send(b"q");
    assert_eq!(pty.end().code(), Some(0));
    pty.assert_restored();
}

#[test]
fn it_ends_when_the_terminal_vanishes() {
    let pty = Pty::open("vanish", &Start::default());
    let end = pty.hang_up();
    assert!(
        end.code() == Some(129) || end.signal() == Some(1),
        "{end:?}"
    );
}

#[test]
fn a_terminal_that_takes_nothing_does_not_hold_it() {
    let mut pty = Pty::open("blocked", &Start::default());
    for round in 0..200 {
        pty.resize(100 + round % 2, 50);
        pty.send(b"\x0c");
    }
    pty.kill(Signal::TERM);
    assert_eq!(pty.end().signal(), Some(Signal::TERM.as_raw()));
    pty.assert_restored();
}

#[test]
fn garbage_from_the_terminal_neither_kills_it_nor_acts() {
    let mut pty = Pty::open("garbage", &Start::default());
    let mut seed = 7_u32;
    let mut garbage = Vec::new();
    while garbage.len() < 20_000 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let byte = (seed >> 24) as u8;
        // Quitting, stopping, and running an action by name would be rightly obeyed. Ctrl-\ is not
        // left out: read in the terminal's own settings, it would throw the last words away.
        if ![b'q', 3, 26, b':', 16, b'o'].contains(&byte) {
            garbage.push(byte);
        }
        if byte == b'[' {
            garbage.extend(b"\x1b[<0;0;0M\x1b[200~q\x1b[201~\x1bP>|x(1)\x1b\\");
        }
    }
    for chunk in garbage.chunks(512) {
        pty.send(chunk);
    }
    pty.send(b"\x1b[201~\x1b\\");
    pty.kill(Signal::TERM);
    assert_eq!(pty.end().signal(), Some(Signal::TERM.as_raw()));
    pty.assert_restored();
}

#[test]
fn the_mouse_is_the_terminals_when_told_so() {
    let mut pty = Pty::open(
        "mouse",
        &Start {
            args: &["--mouse", "off"],
            ..Start::default()
        },
    );
    let mode = pty.screen().mouse_protocol_mode();
    assert_eq!(mode, vt100::MouseProtocolMode::None);
    pty.send(b"q");
    assert_eq!(pty.end().code(), Some(0));
    assert!(pty.home().is_dir());
}

#[test]
fn every_frame_is_one_synchronized_update() {
    let mut pty = Pty::open("frames", &Start::default());
    pty.send(b"jjjj");
    pty.send(b"q");
    pty.end();
    let count = |needle: &[u8]| {
        pty.raw
            .windows(needle.len())
            .filter(|window| *window == needle)
            .count()
    };
    assert_eq!(
        count(b"\x1b[?2026h"),
        count(b"\x1b[?2026l") - 1,
        "and one at the end"
    );
    assert!(count(b"\x1b[?2026h") >= 1);
}

#[test]
fn the_bundled_example_opens_without_a_file() {
    let mut pty = Pty::open("sample", &Start::default());
    // «پوتین» in joined forms, from the right.
    pty.wait("a leader", |pty| {
        pty.screen()
            .contents()
            .contains("\u{fee6}\u{fbff}\u{fe97}\u{feee}\u{fb58}")
    });
    pty.send(b"q");
    assert_eq!(pty.end().code(), Some(0));
}

#[test]
fn data_that_cannot_be_used_is_told_on_the_shells_own_screen() {
    for (file, told) in [
        ("/nonexistent/a.json", "error[IO]"),
        ("LICENSE-MIT", "error[SYNTAX]"),
        ("src", "error[IO]"),
    ] {
        let mut pty = Pty::start(
            "unreadable",
            &Start {
                args: &[file],
                ..Start::default()
            },
        );
        assert_eq!(pty.end().code(), Some(1), "{file}");
        pty.assert_restored();
        // A busy machine may have come to the first screen; it is gone before this is told.
        let shown = pty.screen().contents();
        assert!(shown.contains(told), "{shown}");
    }
}

#[test]
fn data_that_does_not_come_leaves_a_living_screen() {
    let fifo = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stalled.fifo");
    let _ = std::fs::remove_file(&fifo);
    let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
    rustix::fs::mkfifoat(rustix::fs::CWD, &fifo, mode).expect("a fifo");
    let mut pty = Pty::open(
        "stalled",
        &Start {
            args: &[&fifo.to_string_lossy()],
            ..Start::default()
        },
    );
    pty.send(b"q");
    assert_eq!(pty.end().code(), Some(0));
    pty.assert_restored();
}

#[test]
fn warnings_are_told_when_the_screen_closes() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("warnings.json");
    let events = vec!["{}"; 40].join(",");
    let text = format!("{{\"sokhan\": 1, \"events\": [{events}]}}");
    std::fs::write(&file, text).expect("written");
    let mut pty = Pty::open(
        "warnings",
        &Start {
            args: &[&file.to_string_lossy()],
            size: (200, 50),
            ..Start::default()
        },
    );
    // They are known a moment after the first screen.
    pty.wait("their number", |pty| {
        pty.screen().contents().contains("۱۲۰")
    });
    pty.send(b"W");
    pty.wait("the list of warnings", |pty| {
        pty.screen().contents().contains("warning[")
    });
    pty.send(b"qq");
    assert_eq!(pty.end().code(), Some(0));
    pty.assert_restored();
    let shown = pty.screen().contents();
    assert_eq!(shown.matches("warning[").count(), 20, "{shown}");
    assert!(shown.contains("sokhan check"), "{shown}");
}

#[test]
fn a_query_on_the_command_line_is_the_first_filter() {
    let mut pty = Pty::open(
        "query",
        &Start {
            args: &["--lang", "en", "--query", "nothing:x"],
            ..Start::default()
        },
    );
    pty.wait("the complaint", |pty| {
        pty.screen().contents().contains("there is no field")
    });
    pty.send(b"q");
    assert_eq!(pty.end().code(), Some(0));
}

#[test]
fn a_click_is_where_the_reader_sees_it() {
    let mut pty = Pty::open(
        "click",
        &Start {
            env: &[("SOKHAN_TERMINAL", "putty")],
            size: (120, 40),
            ..Start::default()
        },
    );
    // «از ۲۴», as it is read: these rows are turned round by the terminal.
    let at = |number| format!("{number} \u{fe8d}\u{feaf} ۲۴");
    pty.wait("the first event", |pty| {
        pty.screen().contents().contains(&at("۱"))
    });
    // The right end of the list; counted as it is sent, near the left edge.
    pty.send(b"\x1b[<0;12;10M\x1b[<0;12;10m");
    pty.wait("the second event", |pty| {
        pty.screen().contents().contains(&at("۲"))
    });
    pty.send(b"q");
    assert_eq!(pty.end().code(), Some(0));
}

#[test]
fn a_tmux_attached_elsewhere_is_fed_anew() {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reattached");
    let attach = |client: &str| {
        std::fs::create_dir_all(&home).expect("a home");
        std::fs::write(home.join("client"), client).expect("a client");
    };
    attach("0|VTE(8401)|xterm-256color\n");
    let tools = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/tmux");
    let path = format!("{tools}:/usr/bin:/bin");
    let inside = [("PATH", &*path), ("TMUX", "x"), ("TERM", "tmux-256color")];
    let mut pty = Pty::open(
        "reattached",
        &Start {
            env: &inside,
            ..Start::default()
        },
    );
    let overridden = "\u{202d}".as_bytes();
    assert!(pty.has_shown(overridden));
    let (on, off) = (
        b"\x1bPtmux;\x1b\x1b]5379;use_ctl=false\x07\x1b\\\x1b[?2026h",
        b"\x1bPtmux;\x1b\x1b]5379;use_ctl=true\x07\x1b\\\x1b[?2026h",
    );
    // By a new size.
    attach("0||mlterm\n");
    pty.resize(90, 30);
    let frame = |pty: &Pty| {
        let all = String::from_utf8_lossy(&pty.raw).into_owned();
        let (_, frame) = all.split_once(&*String::from_utf8_lossy(on))?;
        Some(frame.split_once("\x1b[?2026l")?.0.to_owned())
    };
    pty.wait("a new frame", |pty| frame(pty).is_some());
    let anew = frame(&pty).expect("a frame");
    assert!(anew.contains("\x1b[0m\x1b[2J"), "{anew:?}");
    assert!(!anew.contains('\u{202d}'), "{anew:?}");
    // To another window of the same.
    let mut so_far = pty.raw.len();
    pty.resize(80, 24);
    pty.wait_for_bytes(on, so_far);
    // By a key.
    attach("0|XTerm(379)|xterm\n");
    so_far = pty.raw.len();
    pty.send(b"\x0c");
    pty.wait_for_bytes(off, so_far);
    pty.wait_for_bytes(b"\x1b[?2026l", so_far);
    // By going on after a stop.
    attach("0|VTE(8401)|xterm-256color\n");
    pty.kill(Signal::STOP);
    pty.wait_stopped();
    so_far = pty.raw.len();
    pty.kill(Signal::CONT);
    pty.wait_for_bytes(overridden, so_far);
    pty.send(b"q");
    assert_eq!(pty.end().code(), Some(0));
    pty.assert_restored();
}
