use std::os::unix::fs::MetadataExt;

use std::fs;
use std::sync::mpsc;

use super::super::args::Data;
use super::super::data::source;
use super::*;

/// What is told while `source` is read; nobody wishes anything.
fn told(reading: Reading) -> Result<Vec<Stage>, String> {
    let (mut told, wishes) = (Vec::new(), mpsc::channel().1);
    reading.read(&wishes, &mut |stage| {
        told.push(stage);
        true
    })?;
    Ok(told)
}

/// The number of events, the warnings and the notes.
fn read(source: Source) -> Result<(u32, Vec<String>, String), String> {
    let reading = Reading::new(source, Limits::default());
    let notes = reading.notes();
    let (mut events, mut warnings) = (0, Vec::new());
    for stage in told(reading)? {
        match stage {
            Stage::Whole(index, _) => events = index.len(),
            Stage::Checked(lines) => warnings = lines,
            Stage::First(_)
            | Stage::Progress(_)
            | Stage::Part(..)
            | Stage::Grown(..)
            | Stage::Awaited
            | Stage::Changed
            | Stage::Kept(_)
            | Stage::NotAgain
            | Stage::Query(_) => {}
        }
    }
    Ok((events, warnings, notes.get()))
}

#[test]
fn the_bundled_example_has_nothing_to_complain_of() {
    let (events, warnings, notes) = read(source(&Data::default())).expect("readable");
    assert!(events > 10);
    assert_eq!((warnings, notes), (vec![], String::new()));
}

#[test]
fn data_that_cannot_be_used_is_told_with_its_place() {
    let bad = Source::Bytes("bad.json", b"{\"sokhan\": 1,\n x".into());
    let message = read(bad).expect_err("unreadable");
    assert!(
        message.starts_with("bad.json:2:2: error[SYNTAX]"),
        "{message}"
    );
}

#[test]
fn warnings_are_for_the_reader_and_the_first_for_the_end() {
    let events = "{},".repeat(30);
    let text = format!(
        "{{\"sokhan\": 1, \"events\": [{}]}}",
        events.trim_end_matches(',')
    );
    let source = Source::Bytes("w.json", text.into_bytes().into());
    let (events, warnings, notes) = read(source).expect("readable");
    assert_eq!(events, 30);
    assert!(warnings.len() >= 30);
    let told = notes
        .lines()
        .filter(|line| line.contains("warning["))
        .count();
    assert_eq!(told, 20);
    assert!(notes.contains("sokhan check"), "{notes}");
}

const HEADER: &str = "{\"sokhan\":1,\"actors\":[{\"id\":\"a\",\"kind\":\"person\"}]}\n";

fn line(at: usize) -> String {
    format!(
        "{{\"id\":\"{at}\",\"when\":\"2024-01-{:02}\",\"title\":\"t\"}}\n",
        at % 28 + 1
    )
}

fn lines(events: std::ops::Range<usize>) -> String {
    events.map(line).collect()
}

/// A file that goes away with its owner.
struct Scratch(std::path::PathBuf);

impl Scratch {
    fn new(name: &str, text: &str) -> Self {
        let name = format!("sokhan-reading-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::write(&path, text).expect("written");
        Self(path)
    }

    fn reading(&self) -> Reading {
        Reading::new(Source::File(self.0.clone()), Limits::default())
    }

    fn append(&self, text: &str) {
        let file = fs::OpenOptions::new().append(true).open(&self.0);
        let mut file = file.expect("a file");
        std::io::Write::write_all(&mut file, text.as_bytes()).expect("appended");
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn the_index_is_kept_used_and_replaced_when_it_is_damaged() {
    let scratch = Scratch::new("kept.jsonl", &format!("{HEADER}{}", lines(0..50)));
    let file = fs::File::options().write(true).open(&scratch.0);
    let long_ago = std::time::SystemTime::UNIX_EPOCH;
    file.expect("a file").set_modified(long_ago).expect("aged");
    let folder = scratch.0.with_extension("cache");
    let cache = || Cache::new(folder.clone()).from(0);
    let kept = || {
        let mut files = fs::read_dir(&folder).expect("a folder");
        files.next().expect("one").expect("a file").path()
    };
    let number = || fs::metadata(kept()).expect("it is there").ino();
    let read = || scripted(scratch.reading().keeping(Some(cache())), &[]);
    let first = read();
    let (right, own) = (fs::read(kept()).expect("ours"), number());
    assert_eq!((read(), number()), (first.clone(), own), "used");
    fs::write(kept(), &right[1..]).expect("ours");
    assert_eq!(read(), first);
    assert_eq!(fs::read(kept()).expect("ours"), right, "replaced");
    assert_eq!(first, ["whole 50"]);
    fs::remove_dir_all(&folder).expect("ours");
}

/// Reads; each time that nothing more is told by itself the next of `steps` is taken, which
/// changes something and may wish something. What is told, in short.
fn scripted(reading: Reading, steps: &[&dyn Fn() -> Wish]) -> Vec<String> {
    let (sender, wishes) = mpsc::channel();
    let (mut sender, mut steps) = (Some(sender), steps.iter());
    let mut told = Vec::new();
    let read = reading.read(&wishes, &mut |stage| {
        let settled = match &stage {
            Stage::Checked(warnings) => {
                if !warnings.is_empty() {
                    told.push(format!("{} warnings", warnings.len()));
                }
                true
            }
            // An empty collection is checked, too.
            Stage::Awaited => told.is_empty(),
            Stage::Changed | Stage::Kept(_) | Stage::NotAgain => true,
            Stage::First(_)
            | Stage::Progress(_)
            | Stage::Part(..)
            | Stage::Whole(..)
            | Stage::Grown(..)
            | Stage::Query(_) => false,
        };
        match stage {
            Stage::Whole(index, _) => told.push(format!("whole {}", index.len())),
            Stage::Part(index, _) => told.push(format!("part {}", index.len())),
            Stage::Grown(index, _, count) => {
                told.push(format!("grown {} by {count}", index.len()));
            }
            Stage::Awaited => told.push("awaited".to_owned()),
            Stage::Changed => told.push("changed".to_owned()),
            Stage::Kept(message) => told.push(format!("kept {}", message.is_some())),
            Stage::NotAgain => told.push("not again".to_owned()),
            Stage::Query(query) => told.push(query),
            Stage::First(_) | Stage::Progress(_) | Stage::Checked(_) => {}
        }
        if settled {
            match (steps.next(), &sender) {
                (Some(step), Some(sender)) => sender.send(step()).expect("heard"),
                _ => sender = None,
            }
        }
        true
    });
    assert_eq!(read, Ok(()));
    told
}

#[test]
fn what_is_added_is_taken_up_when_its_line_is_whole() {
    let file = Scratch::new("added", &format!("{HEADER}{}", lines(0..10)));
    let half = line(12);
    let (one, other) = half.split_at(20);
    let told = scripted(
        file.reading()
            .following(true)
            .with_query(Some("q".to_owned())),
        &[
            &|| {
                file.append(&lines(10..12));
                file.append(one);
                Wish::Look
            },
            &|| {
                file.append(other);
                file.append("not an event\n");
                Wish::Look
            },
            &|| {
                fs::write(&file.0, format!("{HEADER}{}", lines(0..5))).expect("written");
                Wish::Look
            },
            &|| Wish::Again,
            &|| {
                file.append(&line(6));
                Wish::Look
            },
        ],
    );
    let want = [
        "whole 10",
        "q",
        "grown 12 by 2",
        "grown 13 by 1",
        "1 warnings",
        "changed",
        "whole 5",
        "grown 6 by 1",
    ];
    assert_eq!(told, want);
}

#[test]
fn what_is_added_is_offered_when_it_is_not_followed() {
    let file = Scratch::new("offered", &format!("{HEADER}{}", lines(0..10)));
    let told = scripted(
        file.reading(),
        &[
            &|| {
                file.append(&line(10));
                Wish::Look
            },
            &|| Wish::Again,
            &|| {
                fs::remove_file(&file.0).expect("removed");
                Wish::Look
            },
            &|| Wish::Again,
        ],
    );
    assert_eq!(
        told,
        ["whole 10", "changed", "whole 11", "changed", "kept true"]
    );
}

#[test]
fn a_file_of_another_writer_is_not_taken_for_a_longer_one() {
    let old = format!("{HEADER}{}", lines(0..10));
    let file = Scratch::new("another", &old);
    let other = format!("{HEADER}{}", lines(100..200));
    let told = scripted(
        file.reading().following(true),
        &[
            &|| {
                fs::write(&file.0, &other).expect("written");
                Wish::Look
            },
            &|| Wish::Again,
            &|| {
                let beside = file.0.with_extension("beside");
                fs::write(&beside, format!("{other}{}", line(7))).expect("written");
                fs::rename(&beside, &file.0).expect("renamed");
                Wish::Look
            },
        ],
    );
    assert_eq!(told, ["whole 10", "changed", "whole 100", "changed"]);
}

#[test]
fn a_file_with_only_a_header_grows_into_lines() {
    let file = Scratch::new("header", HEADER);
    let told = scripted(
        file.reading().following(true),
        &[&|| {
            file.append(&lines(0..3));
            Wish::Look
        }],
    );
    assert_eq!(told, ["whole 0", "awaited", "grown 3 by 3"]);
}

#[test]
fn an_empty_file_is_awaited() {
    let file = Scratch::new("empty", "");
    let heard = scripted(
        file.reading()
            .following(true)
            .with_query(Some("q".to_owned())),
        &[
            &|| {
                file.append(&HEADER[..10]);
                file.append(&HEADER[10..]);
                file.append(&lines(0..3));
                Wish::Look
            },
            &|| {
                file.append(&line(3));
                Wish::Look
            },
        ],
    );
    assert_eq!(heard, ["awaited", "whole 3", "q", "grown 4 by 1"]);
    let file = Scratch::new("broken", "");
    let (sender, wishes) = mpsc::channel();
    let read = file.reading().following(true).read(&wishes, &mut |stage| {
        assert!(matches!(stage, Stage::Awaited), "{stage:?}");
        file.append("not a header\n");
        sender.send(Wish::Look).is_ok()
    });
    assert!(read.is_err_and(|message| message.contains("error[")));
    let file = Scratch::new("unfollowed", "");
    let message = told(file.reading()).expect_err("nothing to read");
    assert!(message.contains("the file is empty"), "{message}");
}

#[test]
fn who_leaves_early_is_told_that_the_check_was_not_done() {
    let file = Scratch::new("early", &format!("{HEADER}{}", lines(0..10)));
    let reading = file.reading();
    let notes = reading.notes();
    let (mut early, wishes) = (String::new(), mpsc::channel().1);
    let read = reading.read(&wishes, &mut |stage| {
        if let Stage::Whole(..) = stage {
            early = notes.get();
        }
        true
    });
    assert_eq!(read, Ok(()));
    assert!(early.contains("not checked to the end"), "{early}");
    assert_eq!(notes.get(), "");
}
