//! What the loop waits for.

use std::sync::mpsc::SyncSender;

use crate::app::Msg;

/// Said by the loop when it has taken a request and sees to it.
pub type Taken = SyncSender<()>;

/// Something that happened outside. All come through one channel.
#[derive(Debug)]
pub enum Event {
    /// For the state.
    Msg(Msg),
    /// The size of the screen may have changed.
    Resized,
    /// Stop until resumed.
    Suspend(Taken),
    /// The process runs again after a stop.
    Resumed,
    /// Leave now.
    Leave(Leave, Taken),
    /// The data cannot be read; the message for the reader.
    Unreadable(String),
}

/// Why the program has to leave without the reader's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// This signal came.
    Signal(i32),
    /// The terminal vanished.
    Gone,
}
