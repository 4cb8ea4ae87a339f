//! What comes while the screen is up: through a pipe, or behind the end of a file.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::incoming::Incoming;
use super::stage::{TICK, Tell, far};
use super::{Failure, Reading};
use crate::query::Index;
use crate::shell::{self, Stage, Wish};
use crate::store::{Opening, Progress, Source, Stamp};

/// Bytes of a stream among which the first events must be to be shown before the rest comes.
const SOON: u64 = 4 << 20;
/// Pieces of a stream that are taken in between two words about how far it is.
const MOST: usize = 16;
/// What comes through a followed pipe without a pause is shown after this time.
const PATIENCE: Duration = Duration::from_millis(500);
/// What was added alone is taken up after this time again, however long it took.
const LONGEST_REST: Duration = Duration::from_secs(1);

impl Reading {
    /// Lets come what comes through a pipe: all of it, or, when it is followed, until there is a
    /// pause or it takes long. False when that was stopped.
    pub(super) fn arrive(
        &mut self,
        wishes: &Receiver<Wish>,
        tell: Tell<'_>,
    ) -> Result<bool, Failure> {
        let (Source::Stdin, Some(sender)) = (&self.source, &self.wishes) else {
            return Ok(true);
        };
        let mut incoming = match self.incoming.take() {
            Some(incoming) => incoming,
            None => Incoming::start(Source::Stdin, self.limits, self.follow, sender.clone())
                .map_err(|error| Failure::Unusable(error.to_string()))?,
        };
        let began = shell::moment();
        let come = loop {
            let news = match incoming.take(MOST) {
                Ok(news) => news,
                Err(error) => break Err(self.unusable(&error)),
            };
            let received = incoming.received();
            if news {
                if self.shown.is_none() && received.len() < SOON {
                    let source = self.source.clone();
                    self.preview(&Opening::received(source, self.limits, received), tell);
                }
                tell(far(received.lines() as usize, None, began));
            }
            // The header alone is shown when nothing follows it for a while.
            let shows = self.follow && received.lines() > 1 && began.elapsed() > PATIENCE;
            if received.is_ended() || shows {
                break Ok(true);
            }
            // Nothing is waited for in vain: who sends says so.
            let paused = self.follow && received.lines() > 0;
            let wish = if news || paused {
                wishes.recv_timeout(TICK)
            } else {
                wishes.recv().map_err(RecvTimeoutError::from)
            };
            match wish {
                Ok(Wish::Stop) | Err(RecvTimeoutError::Disconnected) => break Ok(false),
                Err(RecvTimeoutError::Timeout) if paused => break Ok(true),
                Ok(Wish::Again | Wish::Look) | Err(RecvTimeoutError::Timeout) => {}
            }
        };
        self.incoming = Some(incoming);
        self.more = false;
        come
    }

    /// Takes in what came through a pipe that is followed, so that the sender need not wait. One
    /// that is not followed waits until it is read on.
    pub(super) fn receive(&mut self, tell: Tell<'_>) {
        let Some(incoming) = self.incoming.as_mut().filter(|_| self.follow) else {
            return;
        };
        match incoming.take(usize::MAX) {
            Ok(news) => self.more |= news,
            Err(error) => {
                let Failure::Unusable(message) = self.unusable(&error) else {
                    return;
                };
                tell(Stage::Kept(message.lines().next().map(str::to_owned)));
            }
        }
    }

    /// Looks whether the data is still what is shown. What was added is taken up, when it is
    /// followed.
    ///
    /// # Errors
    ///
    /// When what was awaited came and cannot be used: the message for the reader.
    pub(super) fn look(&mut self, wishes: &Receiver<Wish>, tell: Tell<'_>) -> Result<(), String> {
        if self.incoming.is_some() {
            if std::mem::take(&mut self.more) {
                self.look_again(wishes, tell)?;
            }
            return Ok(());
        }
        let now = self.source.stamp();
        if self.stamp.is_none() || now == self.stamp {
            return Ok(());
        }
        if self.shown.is_none() {
            // One that was taken away may come back.
            return now.map_or(Ok(()), |_| self.look_again(wishes, tell));
        }
        let grown = |before: &Stamp, now: &Stamp| now.is_grown_from(before);
        let grown = self.stamp.zip(now).is_some_and(|(a, b)| grown(&a, &b));
        let intact = self
            .shown
            .as_ref()
            .is_some_and(|shown| shown.store().is_intact());
        if self.follow && grown && intact && !self.is_part() && self.take_up(tell) {
            self.stamp = now;
        } else {
            tell(Stage::Changed);
        }
        Ok(())
    }

    /// Takes up what was added to what is shown; when nothing is, all there is.
    fn look_again(&mut self, wishes: &Receiver<Wish>, tell: Tell<'_>) -> Result<(), String> {
        if self.shown.is_some() {
            self.take_up(tell);
            return Ok(());
        }
        match self.open(wishes, tell) {
            Err(Failure::Unusable(message)) => Err(message),
            Ok(()) | Err(Failure::Stopped) => Ok(()),
        }
    }

    /// Shows what was added besides what is shown; false when it is not that.
    fn take_up(&mut self, tell: Tell<'_>) -> bool {
        let began = shell::moment();
        let Some((before, opening)) = self.shown.clone().zip(self.opening().ok()) else {
            return false;
        };
        let grown = before.grown(&opening);
        // Much that came at once says nothing of what comes next; reading everything does.
        let longest = grown.as_ref().map_or(Duration::MAX, |_| LONGEST_REST);
        let Some(index) = grown.or_else(|| whole(&opening)) else {
            return false;
        };
        let (index, store) = (Arc::new(index), before.store());
        let Some(count) = index.store().len().checked_sub(store.len()) else {
            return false;
        };
        if index.store().header() != store.header() {
            return false;
        }
        if count > 0 || index.store().warnings() != store.warnings() {
            let stage = |index, lines| Stage::Grown(index, lines, count);
            self.show(&index, stage, tell);
            self.check(&index, tell);
        }
        self.rest = shell::moment() + (began.elapsed() * 4).min(longest);
        true
    }

    /// Has the file watched: until it changes, or all the time when it is followed.
    pub(super) fn watch(&self) {
        let (Some(wishes), Source::File(path), Some(stamp)) =
            (&self.wishes, &self.source, self.stamp)
        else {
            return;
        };
        let (wishes, source, follow) = (wishes.clone(), self.source.clone(), self.follow);
        let mut last = Some(stamp);
        let look = move || {
            let now = source.stamp();
            now == last || {
                last = now;
                wishes.send(Wish::Look).is_ok() && follow
            }
        };
        // Without a watch, a change is noticed when an event is read.
        let _ = shell::watch(path.clone(), follow, look);
    }
}

/// Everything, where what was added could not be read alone.
fn whole(opening: &Opening) -> Option<Index> {
    let store = opening.load(&Progress::default()).ok()?;
    Some(Index::build(Arc::new(store)))
}
