//! Reading the data for the screen: quickly the first events, then all; again when it is wished.

mod follow;
mod incoming;
mod stage;
#[cfg(test)]
mod tests;

use std::fs;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Instant;

use self::incoming::Incoming;
pub(super) use self::stage::Notes;
use self::stage::{Tell, watched};
use crate::query::Index;
use crate::shell::{self, Reader, Stage, Wish};
use crate::store::{
    Cache, Limits, LoadError, OpenError, Opening, Progress, Received, Sidecar, Source, Stamp,
};

/// Bytes of a file whose first events are shown before the rest is read.
const LONG: u64 = 2 << 20;

/// Reads a source for the screen.
pub(super) struct Reading {
    source: Source,
    limits: Limits,
    notes: Notes,
    /// Told once, when the events are there.
    query: Option<String>,
    /// Events that are added are taken up.
    follow: bool,
    /// Where is said that the data may have changed, or that more came.
    wishes: Option<Sender<Wish>>,
    /// Where what takes long is kept.
    cache: Option<Cache>,
    /// What comes through a pipe.
    incoming: Option<Incoming>,
    /// More came through it than what is shown.
    more: bool,
    /// What was told last.
    shown: Option<Arc<Index>>,
    /// What the file was like when it was opened last.
    stamp: Option<Stamp>,
    /// Looking again and again at a file that grows all the time leaves time for other things.
    rest: Instant,
}

/// Why nothing was read.
enum Failure {
    /// The message for the reader.
    Unusable(String),
    /// It was wished.
    Stopped,
}

impl Reading {
    /// Reads `source` within `limits`.
    pub(super) fn new(source: Source, limits: Limits) -> Self {
        Self {
            source,
            limits,
            notes: Notes::default(),
            query: None,
            follow: false,
            wishes: None,
            cache: None,
            incoming: None,
            more: false,
            shown: None,
            stamp: None,
            rest: shell::moment(),
        }
    }

    /// The same, and what the events are filtered by first.
    pub(super) fn with_query(self, query: Option<String>) -> Self {
        Self { query, ..self }
    }

    /// The same, keeping what takes long in `cache`.
    pub(super) fn keeping(self, cache: Option<Cache>) -> Self {
        Self { cache, ..self }
    }

    /// The same, taking up what is added.
    pub(super) fn following(self, follow: bool) -> Self {
        Self { follow, ..self }
    }

    /// The same, noticing changes: a wish to look is sent then.
    pub(super) fn watching(self, wishes: Sender<Wish>) -> Self {
        Self {
            wishes: Some(wishes),
            ..self
        }
    }

    /// What is to be said on standard error when the screen is closed: the first warnings.
    pub(super) fn notes(&self) -> Notes {
        self.notes.clone()
    }

    /// Reads all of it, and what it says; tells of it as it comes.
    fn open(&mut self, wishes: &Receiver<Wish>, tell: Tell<'_>) -> Result<(), Failure> {
        let first = self.shown.is_none();
        self.stamp = self.source.stamp();
        let arrived = self.arrive(wishes, tell)?;
        let opening = self.opening().map_err(|error| self.unusable(&error))?;
        if opening.is_awaited() {
            tell(Stage::Awaited);
            return Ok(());
        }
        let long = self.is_long();
        if long && first {
            self.preview(&opening, tell);
        }
        // What grows is another file the next time.
        let usual = self.limits.record == Limits::default().record;
        let cache = self.cache.clone().filter(|_| usual && !self.follow);
        let sidecar = cache.as_ref().and_then(|cache| cache.sidecar(&opening));
        let kept = sidecar.as_ref().and_then(Sidecar::read);
        let to_write = sidecar.filter(|_| kept.is_none());
        let store = match kept {
            Some(store) => Ok(store),
            None if long => watched(wishes, tell, |progress| opening.load(progress)),
            None => opening.load(&Progress::default()),
        };
        let store = match store {
            Ok(store) if store.is_part() && !first && arrived => return Err(Failure::Stopped),
            Ok(store) => store,
            Err(OpenError::Stopped) => return Err(Failure::Stopped),
            Err(OpenError::Load(error)) => return Err(self.unusable(&error)),
        };
        let stage = if store.is_part() || !arrived {
            Stage::Part
        } else {
            Stage::Whole
        };
        let index = Arc::new(Index::build(Arc::new(store)));
        self.show(&index, stage, tell);
        if let Some(sidecar) = to_write.filter(|_| !index.store().is_part()) {
            sidecar.write(index.store());
        }
        self.check(&index, tell);
        Ok(())
    }

    /// Opens the file, or what came through the pipe.
    fn opening(&self) -> Result<Opening, LoadError> {
        let (source, limits) = (self.source.clone(), self.limits);
        let received = self.incoming.as_ref().map(Incoming::received);
        match received {
            Some(received) if received.is_ended() => {
                Ok(Opening::received(source, limits, received))
            }
            Some(_) => Opening::unfinished(source, limits, received),
            None if self.follow => Opening::unfinished(source, limits, None),
            None => Opening::new(source, limits),
        }
    }

    /// True when a pipe is at its end.
    fn is_ended(&self) -> bool {
        let received = self.incoming.as_ref().map(Incoming::received);
        received.is_some_and(Received::is_ended)
    }

    /// True when there are more events than those shown.
    fn is_part(&self) -> bool {
        let shown = self.shown.as_ref();
        let comes = self.incoming.is_some() && !self.is_ended();
        shown.is_none_or(|shown| shown.store().is_part()) || (comes && !self.follow)
    }

    /// True for a file that takes longer to read than a reader likes to wait.
    fn is_long(&self) -> bool {
        match &self.source {
            Source::File(path) => fs::metadata(path).is_ok_and(|file| file.len() > LONG),
            Source::Stdin => true,
            Source::Bytes(..) => false,
        }
    }

    /// Reads it again, or reads on; what is shown stays when that cannot be.
    fn again(&mut self, wishes: &Receiver<Wish>, tell: Tell<'_>) {
        if self.source == Source::Stdin && !self.is_part() {
            tell(Stage::NotAgain);
            return;
        }
        let before = self.stamp;
        if let Err(failure) = self.open(wishes, tell) {
            self.stamp = before;
            let message = match failure {
                Failure::Stopped => None,
                Failure::Unusable(message) => message.lines().next().map(str::to_owned),
            };
            tell(Stage::Kept(message));
        }
        self.watch();
    }
}

impl Reader for Reading {
    fn read(mut self, wishes: &Receiver<Wish>, tell: Tell<'_>) -> Result<(), String> {
        match self.open(wishes, tell) {
            Err(Failure::Unusable(message)) => return Err(message),
            Err(Failure::Stopped) => {
                let shown = self.shown.clone();
                tell(shown.map_or(Stage::Kept(None), |shown| Stage::Part(shown, Vec::new())));
            }
            Ok(()) => {}
        }
        self.watch();
        // Something may have come while it was read.
        let mut due = self.follow;
        loop {
            let wish = if due {
                let rest = self.rest.saturating_duration_since(shell::moment());
                wishes.recv_timeout(rest)
            } else {
                wishes.recv().map_err(RecvTimeoutError::from)
            };
            match wish {
                Ok(Wish::Again) => {
                    self.again(wishes, tell);
                    due |= self.follow;
                }
                Ok(Wish::Look) => {
                    self.receive(tell);
                    due = true;
                }
                // What it was to stop is done.
                Ok(Wish::Stop) => {}
                Err(RecvTimeoutError::Timeout) => {
                    due = false;
                    // While it was read, nobody listened to who sends.
                    self.receive(tell);
                    self.look(wishes, tell)?;
                }
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }
}
