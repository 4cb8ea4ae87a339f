//! What is told of reading: how far it is, what is there, what is wrong with it.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::{Failure, Reading};
use crate::app;
use crate::cli::problems;
use crate::query::Index;
use crate::shell::{self, Stage, Wish};
use crate::store::{LoadError, Opening, Problem, Progress};

/// How often the reader is told how far reading is.
pub(super) const TICK: Duration = Duration::from_millis(100);

/// Says how far reading is; false when nobody listens.
pub(super) type Tell<'a> = &'a mut dyn FnMut(Stage) -> bool;

/// What is to be said on standard error when the screen is closed; may change until then.
#[derive(Clone, Debug, Default)]
pub(in crate::cli) struct Notes(Arc<Mutex<String>>);

impl Notes {
    fn set(&self, text: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = text;
    }

    /// What is to be said now.
    pub(in crate::cli) fn get(&self) -> String {
        let text = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        text.clone()
    }
}

impl Reading {
    /// Shows the first events.
    pub(super) fn preview(&mut self, opening: &Opening, tell: Tell<'_>) {
        if self.shown.is_none()
            && let Some(preview) = opening.preview().filter(|preview| !preview.is_empty())
        {
            let index = Arc::new(Index::build(Arc::new(preview)));
            self.shown = Some(index.clone());
            tell(Stage::First(index));
        }
    }

    /// Tells of all events, which may not be checked yet.
    pub(super) fn show(
        &mut self,
        index: &Arc<Index>,
        stage: impl Fn(Arc<Index>, Vec<String>) -> Stage,
        tell: Tell<'_>,
    ) {
        self.shown = Some(index.clone());
        self.notes.set(self.unfinished(index));
        tell(stage(index.clone(), self.lines(index)));
        if self.follow && index.is_empty() && !self.is_ended() {
            tell(Stage::Awaited);
        }
        if let Some(query) = self.query.take() {
            tell(Stage::Query(query));
        }
    }

    /// Reads what the events say and tells what is wrong with them.
    pub(super) fn check(&self, index: &Index, tell: Tell<'_>) {
        // A file that changed meanwhile tells so when an event is shown.
        if index.read_texts(&Progress::default()).is_ok() && !self.is_part() {
            let warnings = index.store().warnings();
            self.notes
                .set(text_of(|out| problems::few(out, &self.source, warnings)));
        }
        tell(Stage::Checked(self.lines(index)));
    }

    /// What is to be said when the screen is closed before every event was looked at.
    fn unfinished(&self, index: &Index) -> String {
        let warnings = index.store().warnings();
        text_of(|out| {
            problems::few(out, &self.source, warnings)?;
            problems::unfinished(out, &self.source)
        })
    }

    pub(super) fn unusable(&self, error: &LoadError) -> Failure {
        Failure::Unusable(text_of(|out| problems::error(out, &self.source, error)))
    }

    fn lines(&self, index: &Index) -> Vec<String> {
        let name = self.source.name();
        let line = |problem: &Problem| problem.line(&name, "warning");
        index.store().warnings().list().iter().map(line).collect()
    }
}

/// Does `work` in another thread and tells how far it is, until it is done. A wish to stop is
/// passed on.
pub(super) fn watched<T: Send>(
    wishes: &Receiver<Wish>,
    tell: Tell<'_>,
    work: impl FnOnce(&Progress) -> T + Send,
) -> T {
    let progress = Progress::default();
    let began = shell::moment();
    let (done, waits) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let worker = scope.spawn(|| {
            let _tells_by_its_end = done;
            work(&progress)
        });
        while waits.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
            let stopped = wishes.try_iter().any(|wish| wish == Wish::Stop);
            if stopped || !tell(stage(&progress, began)) {
                progress.stop();
            }
        }
        worker.join().expect("a panic ends the program at once")
    })
}

fn stage(progress: &Progress, began: Instant) -> Stage {
    let (bytes, total) = progress.bytes();
    let percent = (total > 0).then(|| (bytes.saturating_mul(100) / total).min(100) as u8);
    far(progress.events() as usize, percent, began)
}

/// So many `events` were read since reading `began`.
pub(super) fn far(events: usize, percent: Option<u8>, began: Instant) -> Stage {
    let millis = began.elapsed().as_millis() as usize;
    Stage::Progress(app::Progress {
        events,
        percent,
        rate: (events * 1000).checked_div(millis).unwrap_or(0),
    })
}

fn text_of(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut text = Vec::new();
    // Memory takes everything.
    let _ = write(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}
