//! What `sokhan check` says about each broken file of `tests/fixtures/invalid`, word for word, and
//! that it says nothing about those of `tests/fixtures/valid`.
//!
//! `UPDATE_FIXTURES=1 cargo test --test messages` writes the expected messages anew.

use std::fs;
use std::path::{Path, PathBuf};

use sokhan::cli::check::{Asked, Format, run};
use sokhan::store::{Limits, Source};

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new("tests/fixtures").join(folder);
    let entries = fs::read_dir(folder).expect("the fixtures").flatten();
    let mut files: Vec<_> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end != "txt"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

fn check(file: &Path, format: Format) -> (String, u8) {
    let asked = Asked {
        source: Source::File(file.to_owned()),
        limits: Limits::default(),
        strict: false,
        all: false,
        format,
    };
    let mut out = Vec::new();
    let code = run(&asked, &mut out).expect("memory");
    (String::from_utf8(out).expect("UTF-8"), code)
}

#[test]
fn broken_files_are_told_word_for_word() {
    for file in files("invalid") {
        let (text, code) = check(&file, Format::Text);
        let said = format!("{text}exit {code}\n");
        let expected = file.with_extension("txt");
        #[expect(clippy::disallowed_methods, reason = "the switch for writing fixtures")]
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            fs::write(&expected, &said).expect("a fixture");
        }
        let expected = fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(said, expected, "{}", file.display());
    }
}

#[test]
fn good_files_are_passed_in_silence() {
    for file in files("valid") {
        let (text, code) = check(&file, Format::Text);
        assert!(
            text.ends_with(", 0 warnings\n"),
            "{}: {text}",
            file.display()
        );
        assert_eq!((text.lines().count(), code), (1, 0), "{}", file.display());
    }
}

#[test]
fn json_tells_the_same_as_text() {
    for file in files("invalid") {
        let (text, _) = check(&file, Format::Text);
        let (json, _) = check(&file, Format::Json);
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        for problem in json["problems"].as_array().expect("a list") {
            let path = problem["path"].as_str().expect("a path");
            let message = problem["message"].as_str().expect("a message");
            assert!(text.contains(&format!(" {path}: {message}\n")), "{message}");
        }
    }
}
