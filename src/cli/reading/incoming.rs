//! What comes through a pipe while the screen is up.

use std::sync::mpsc::{Receiver, Sender, sync_channel};
use std::{io, thread};

use crate::shell::Wish;
use crate::store::{Limits, LoadError, Piece, Received, Source};

/// Pieces that may wait; the pipe has to wait then.
const WAITING: usize = 8;

/// A pipe that is read by a thread of its own.
pub(super) struct Incoming {
    received: Received,
    pieces: Receiver<Piece>,
}

impl Incoming {
    /// Begins to read `source`; a wish to look is sent when something came. `eager`: however
    /// little that is.
    ///
    /// # Errors
    ///
    /// When no thread can be made.
    pub(super) fn start(
        source: Source,
        limits: Limits,
        eager: bool,
        wishes: Sender<Wish>,
    ) -> io::Result<Self> {
        let (sender, pieces) = sync_channel(WAITING);
        let give = move |piece| sender.send(piece).is_ok() && wishes.send(Wish::Look).is_ok();
        thread::Builder::new()
            .name("pipe".to_owned())
            .spawn(move || source.feed(&limits, eager, &mut { give }))?;
        Ok(Self {
            received: Received::default(),
            pieces,
        })
    }

    /// Takes in at most `most` pieces that wait; false when there was none.
    ///
    /// # Errors
    ///
    /// When the source cannot be used.
    pub(super) fn take(&mut self, most: usize) -> Result<bool, LoadError> {
        let mut any = false;
        for piece in self.pieces.try_iter().take(most) {
            self.received.take(piece)?;
            any = true;
        }
        Ok(any)
    }

    /// What came until now.
    pub(super) fn received(&self) -> &Received {
        &self.received
    }
}
