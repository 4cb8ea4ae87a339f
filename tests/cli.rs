//! Exit codes and messages of the command line, seen from outside.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own for each test.
fn home(name: &str) -> PathBuf {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("cli")
        .join(name);
    fs::create_dir_all(&home).expect("a folder");
    home
}

fn command(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sokhan"));
    command
        .env_clear()
        .env("HOME", home)
        .env("TERM", "xterm")
        .stdin(Stdio::null());
    command
}

fn run(name: &str, args: &[&str]) -> Output {
    command(&home(name)).args(args).output().expect("it runs")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn version_and_help_are_answers() {
    let version = run("version", &["--version"]);
    assert_eq!(version.status.code(), Some(0));
    let expected = format!("sokhan {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(stdout(&version), expected);
    let help = run("help", &["--help"]);
    assert_eq!(help.status.code(), Some(0));
    for name in ["--lang", "--terminal", "--max-size", "check", "completions"] {
        assert!(stdout(&help).contains(name), "{name}");
    }
    assert!(!stdout(&help).contains("layout-json"), "a door for tests");
}

#[test]
fn all_wrong_options_are_told_at_once() {
    let output = run("wrong", &["--lang", "xx", "--nonsense", "--digits=roman"]);
    assert_eq!(output.status.code(), Some(2));
    let told = stderr(&output);
    for part in ["'xx'", "fa, en", "--nonsense", "'roman'", "--help"] {
        assert!(told.contains(part), "{part} in {told}");
    }
}

#[test]
fn a_message_shows_no_control_characters() {
    let output = run("hostile", &["--lang", "\u{1b}]0;x\u{7}\u{202e}"]);
    assert_eq!(output.status.code(), Some(2));
    let told = stderr(&output);
    assert!(!told.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{told:?}");
}

#[test]
fn without_a_terminal_the_list_is_named() {
    let output = run("no-terminal", &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("`sokhan list`"),
        "{}",
        stderr(&output)
    );
    assert_eq!(stdout(&output), "");
}

#[test]
fn a_terminal_without_a_screen_is_refused() {
    let output = command(&home("dumb"))
        .env("TERM", "dumb")
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("dumb"), "{}", stderr(&output));
}

#[test]
fn all_wrong_lines_of_the_configuration_are_told_with_the_variables() {
    let home = home("config");
    let folder = home.join(".config/sokhan");
    fs::create_dir_all(&folder).expect("a folder");
    let text = "lang = \"xx\"\nlagn = \"fa\"\n[keys]\nno-such = \"a\"\n";
    fs::write(folder.join("config.toml"), text).expect("written");
    let output = command(&home)
        .env("SOKHAN_TERMINAL", "no-such")
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    let told = stderr(&output);
    for part in [
        "config.toml:1: `lang` is `xx`",
        "config.toml:2: nothing is called `lagn`; did you mean `lang`?",
        "config.toml:4: no action is called `no-such`",
        "SOKHAN_TERMINAL is `no-such`",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
}

#[test]
fn a_configuration_that_was_named_must_be_there() {
    let output = run("named", &["--config", "/nonexistent/config.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("/nonexistent/config.toml"));
}

#[test]
fn completions_and_the_manual_are_made_from_the_options() {
    for (args, part) in [
        (&["completions", "bash"][..], "--calendar"),
        (&["completions", "zsh"], "--calendar"),
        (&["completions", "fish"], "calendar"),
        (&["man"], "\\-\\-calendar"),
    ] {
        let output = run("made", args);
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert!(stdout(&output).contains(part), "{args:?}");
    }
}

#[test]
fn a_closed_pipe_is_no_failure() {
    for args in [&["man"][..], &["completions", "zsh"], &["--help"]] {
        let mut child = command(&home("pipe"))
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert_eq!(stderr(&output), "", "{args:?}");
    }
}

#[test]
fn the_list_is_the_bundled_example_without_a_file_and_follows_the_query() {
    let all = run("list", &["list"]);
    assert_eq!(all.status.code(), Some(0), "{}", stderr(&all));
    let lines = stdout(&all).lines().count();
    assert!(lines > 10, "{lines}");
    assert!(
        stdout(&all)
            .lines()
            .all(|line| line.matches('\t').count() == 2)
    );
    let some = run("list", &["list", "--query", "leader:پوتین"]);
    assert_eq!(some.status.code(), Some(0), "{}", stderr(&some));
    assert!((1..lines).contains(&stdout(&some).lines().count()));
    let json = run(
        "list",
        &["list", "--format", "json", "--query", "leader:پوتین"],
    );
    let objects = stdout(&json);
    assert_eq!(objects.lines().count(), stdout(&some).lines().count());
    for line in objects.lines() {
        let event: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert!(event["id"].is_string() && event["statements"].is_array());
    }
}

#[test]
fn a_long_list_is_in_the_order_of_the_dates_however_the_file_is_packed() {
    const EVENTS: usize = 6000;
    let day = |event: usize| format!("{}-{:02}-01", 2020 - event / 12, 12 - event % 12);
    let line = |event: usize| {
        let when = day(event);
        format!("{{\"id\":\"{event}\",\"when\":\"{when}\",\"title\":\"t{event}\"}}\n")
    };
    let events: String = (0..EVENTS).map(line).collect();
    let text = format!("{{\"sokhan\":1}}\n{events}");
    let folder = home("long");
    let (plain, packed) = (folder.join("plain.jsonl"), folder.join("packed.zst"));
    fs::write(&plain, &text).expect("written");
    let zst = zstd::bulk::compress(text.as_bytes(), 1).expect("packed");
    fs::write(&packed, zst).expect("written");
    for path in [plain, packed] {
        let path = path.to_str().expect("a path");
        let listed = stdout(&run("long", &["list", path]));
        let ids: Vec<_> = listed
            .lines()
            .filter_map(|line| line.rsplit('\t').next())
            .collect();
        let json = stdout(&run("long", &["list", "--format", "json", path]));
        let objects = json
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"));
        let also: Vec<_> = objects
            .map(|event: serde_json::Value| event["id"].clone())
            .collect();
        assert_eq!(ids.len(), EVENTS);
        let want = (0..EVENTS).rev().map(|event| event.to_string());
        for ((id, also), want) in ids.iter().zip(&also).zip(want) {
            assert_eq!((*id, also.as_str()), (&*want, Some(&*want)));
        }
    }
}

#[test]
fn a_wrong_query_is_told_with_its_column() {
    let output = run("query", &["list", "--lang", "en", "--query", "nothing:x"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("query, column 1:"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn one_event_is_shown_in_logical_order_or_as_cells() {
    let list = stdout(&run("show", &["list", "--query", "leader:پوتین"]));
    let id = list.lines().next().and_then(|line| line.split('\t').nth(2));
    let id = id.expect("an event");
    let logical = run("show", &["show", id]);
    assert_eq!(logical.status.code(), Some(0), "{}", stderr(&logical));
    assert!(stdout(&logical).contains("پوتین"), "{}", stdout(&logical));
    let visual = run("show", &["show", id, "--visual"]);
    // «پوتین» in joined forms, from the left.
    assert!(stdout(&visual).contains("\u{fee6}\u{fbff}\u{fe97}\u{feee}\u{fb58}"));
    let nothing = run("show", &["show", "no-such-id"]);
    assert_eq!(nothing.status.code(), Some(1));
    assert!(stderr(&nothing).contains("no-such-id"));
}

#[test]
fn data_that_cannot_be_used_is_exit_one() {
    for args in [
        &["list", "/nonexistent"][..],
        &["check", "/nonexistent"],
        &["show", "x", "/nonexistent"],
    ] {
        assert_eq!(run("unreadable", args).status.code(), Some(1), "{args:?}");
    }
}
