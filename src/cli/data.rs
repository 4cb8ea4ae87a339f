//! The data that a command line names, and reading it for the screen.

use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use std::{fs, thread};

use super::args::Data;
use super::problems;
use crate::model::Header;
use crate::query::Index;
use crate::shell::{Reader, Stage};
use crate::store::{
    Cache, Limits, LoadError, OpenError, Opening, Problem, Progress, Sidecar, Source, Store,
};

/// The example that opens without a file.
const SAMPLE: &[u8] = include_bytes!("../../data/iran-russia.json");
/// What messages call it.
const SAMPLE_NAME: &str = "iran-russia.json";

/// Bytes of a file whose first events are shown before the rest is read.
const LONG: u64 = 2 << 20;
/// How often the reader is told how far reading is.
const TICK: Duration = Duration::from_millis(100);

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

/// All of `source`, for a command that needs no screen.
pub(super) fn index(source: &Source, limits: &Limits) -> Result<Index, LoadError> {
    let opening = Opening::new(source.clone(), *limits)?;
    let progress = Progress::default();
    let store = match opening.load(&progress) {
        Ok(store) => store,
        Err(OpenError::Load(error)) => return Err(error),
        // Nobody stops it.
        Err(OpenError::Stopped) => Store::from_records(Header::default(), Vec::new()),
    };
    let index = Index::build(Arc::new(store));
    // What went away meanwhile is told where it is missing.
    let _ = index.read_texts(&progress);
    Ok(index)
}

/// Reads a source for the screen.
pub(super) struct Reading {
    source: Source,
    limits: Limits,
    cache: Option<Cache>,
    notes: Arc<OnceLock<String>>,
}

impl Reading {
    /// Reads `source` within `limits`.
    pub(super) fn new(source: Source, limits: Limits) -> Self {
        Self {
            source,
            limits,
            cache: None,
            notes: Arc::default(),
        }
    }

    /// The same, keeping what takes long in `cache`.
    pub(super) fn keeping(self, cache: Option<Cache>) -> Self {
        Self { cache, ..self }
    }

    /// What is to be said on standard error when the screen is closed: the first warnings. Filled
    /// when everything is read.
    pub(super) fn notes(&self) -> Arc<OnceLock<String>> {
        self.notes.clone()
    }

    fn message(&self, error: &LoadError) -> String {
        text_of(|out| problems::error(out, &self.source, error))
    }

    fn lines(&self, index: &Index) -> Vec<String> {
        let name = self.source.name();
        let line = |problem: &Problem| problem.line(&name, "warning");
        index.store().warnings().list().iter().map(line).collect()
    }

    /// True for a file that takes longer to read than a reader likes to wait.
    fn is_long(&self) -> bool {
        match &self.source {
            Source::File(path) => fs::metadata(path).is_ok_and(|file| file.len() > LONG),
            Source::Stdin => true,
            Source::Bytes(..) => false,
        }
    }
}

impl Reader for Reading {
    fn read(self, tell: &mut dyn FnMut(Stage) -> bool) -> Result<(), String> {
        let opening =
            Opening::new(self.source.clone(), self.limits).map_err(|error| self.message(&error))?;
        let long = self.is_long();
        if long && let Some(preview) = opening.preview() {
            tell(Stage::First(Arc::new(Index::build(Arc::new(preview)))));
        }
        let cache = self.cache.as_ref();
        let sidecar = cache.and_then(|cache| cache.sidecar(&opening));
        let kept = sidecar.as_ref().and_then(Sidecar::read);
        let to_write = sidecar.filter(|_| kept.is_none());
        let store = match kept {
            Some(store) => Ok(store),
            None if long => watched(tell, |progress| opening.load(progress)),
            None => opening.load(&Progress::default()),
        };
        let store = match store {
            Ok(store) => store,
            Err(OpenError::Stopped) => return Ok(()),
            Err(OpenError::Load(error)) => return Err(self.message(&error)),
        };
        let index = Arc::new(Index::build(Arc::new(store)));
        tell(Stage::Whole(index.clone(), self.lines(&index)));
        if let Some(sidecar) = to_write {
            sidecar.write(index.store());
        }
        // A file that changed meanwhile tells so when an event is shown.
        let _ = index.read_texts(&Progress::default());
        let warnings = index.store().warnings();
        let _ = self
            .notes
            .set(text_of(|out| problems::few(out, &self.source, warnings)));
        tell(Stage::Whole(index.clone(), self.lines(&index)));
        Ok(())
    }
}

/// Does `work` in another thread and tells how far it is, until it is done.
fn watched<T: Send>(
    tell: &mut dyn FnMut(Stage) -> bool,
    work: impl FnOnce(&Progress) -> T + Send,
) -> T {
    let progress = Progress::default();
    let (done, waits) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let worker = scope.spawn(|| {
            let _tells_by_its_end = done;
            work(&progress)
        });
        while waits.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
            if !tell(stage(&progress)) {
                progress.stop();
            }
        }
        worker.join().expect("a panic ends the program at once")
    })
}

fn stage(progress: &Progress) -> Stage {
    let (bytes, total) = progress.bytes();
    Stage::Progress {
        events: progress.events() as usize,
        percent: (total > 0).then(|| (bytes.saturating_mul(100) / total).min(100) as u8),
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

    /// The number of events, the warnings and the notes.
    fn read(source: Source) -> Result<(u32, Vec<String>, String), String> {
        let reading = Reading::new(source, Limits::default());
        let notes = reading.notes();
        let mut whole = (0, Vec::new());
        reading.read(&mut |stage| {
            if let Stage::Whole(index, warnings) = stage {
                whole = (index.len(), warnings);
            }
            true
        })?;
        Ok((whole.0, whole.1, notes.get().cloned().unwrap_or_default()))
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
}
