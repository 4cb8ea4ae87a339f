//! The data that a command line names, and reading it for the screen.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::args::Data;
use super::problems;
use crate::query::Index;
use crate::shell::{Reader, Stage, Whole};
use crate::store::{Limits, LoadError, Loaded, Source, Store, load};

/// The example that opens without a file.
const SAMPLE: &[u8] = include_bytes!("../../data/iran-russia.json");
/// What messages call it.
const SAMPLE_NAME: &str = "iran-russia.json";

/// Where the data comes from: a file, standard input for `-`, the bundled example for nothing.
pub(super) fn source(data: &Data) -> Source {
    match data.file.as_deref() {
        Some(path) if path == Path::new("-") => Source::Stdin,
        Some(path) => Source::File(path.to_owned()),
        None => Source::Bytes(SAMPLE_NAME, SAMPLE.into()),
    }
}

/// At most so many bytes, or as many as are usual for the source.
pub(super) fn limits(max_size: Option<u64>) -> Limits {
    max_size.map_or_else(Limits::default, Limits::bytes)
}

/// Reads a source for the screen.
pub(super) struct Reading {
    source: Source,
    limits: Limits,
    notes: Arc<OnceLock<String>>,
}

impl Reading {
    /// Reads `source` within `limits`.
    pub(super) fn new(source: Source, limits: Limits) -> Self {
        Self {
            source,
            limits,
            notes: Arc::default(),
        }
    }

    /// What is to be said on standard error when the screen is closed: the first warnings. Filled
    /// when everything is read.
    pub(super) fn notes(&self) -> Arc<OnceLock<String>> {
        self.notes.clone()
    }

    fn message(&self, error: &LoadError) -> String {
        text_of(|out| problems::error(out, &self.source, error))
    }

    fn keep_notes(&self, loaded: &Loaded) {
        let notes = text_of(|out| problems::few(out, &self.source, &loaded.warnings));
        let _ = self.notes.set(notes);
    }

    fn lines(&self, loaded: &Loaded) -> Vec<String> {
        let name = self.source.name();
        let line = |problem: &crate::store::Problem| problem.line(&name, "warning");
        loaded.warnings.list().iter().map(line).collect()
    }
}

impl Reader for Reading {
    fn read(self, _tell: &mut dyn FnMut(Stage) -> bool) -> Result<Whole, String> {
        let loaded = load(&self.source, &self.limits).map_err(|error| self.message(&error))?;
        self.keep_notes(&loaded);
        let warnings = self.lines(&loaded);
        let store = Store::from_records(loaded.header, loaded.events);
        let index = Arc::new(Index::build(Arc::new(store)));
        Ok(Whole { index, warnings })
    }
}

fn text_of(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut text = Vec::new();
    // Memory takes everything.
    let _ = write(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: Source) -> Result<(Whole, String), String> {
        let reading = Reading::new(source, Limits::default());
        let notes = reading.notes();
        let whole = reading.read(&mut |_| true)?;
        Ok((whole, notes.get().cloned().unwrap_or_default()))
    }

    #[test]
    fn the_bundled_example_has_nothing_to_complain_of() {
        let (whole, notes) = read(source(&Data::default())).expect("readable");
        assert!(whole.index.len() > 10);
        assert_eq!((whole.warnings, notes), (vec![], String::new()));
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
        let (whole, notes) = read(Source::Bytes("w.json", text.into_bytes().into())).expect("fine");
        assert_eq!(whole.index.len(), 30);
        assert!(whole.warnings.len() >= 30);
        let told = notes
            .lines()
            .filter(|line| line.contains("warning["))
            .count();
        assert_eq!(told, 20);
        assert!(notes.contains("sokhan check"), "{notes}");
    }
}
