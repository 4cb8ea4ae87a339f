//! What came in, what goes out, and the one function between them.

use super::{Code, Key, Mouse, State};
use crate::model::EventId;

/// Something that happened outside.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse moved or clicked.
    Mouse(Mouse),
    /// The screen has so many columns and rows now.
    Resize(u16, u16),
    /// Loading went on: so many events so far, and the share of the file in percent if known.
    Progress {
        /// Events read so far.
        events: usize,
        /// Share of the file that was read, 0 to 100; `None` for a pipe.
        percent: Option<u8>,
    },
    /// A search that [`Effect::Search`] asked for is done.
    Answer {
        /// The number that the question carried; a stale answer is dropped.
        generation: u64,
        /// What was found, in display order.
        hits: Vec<EventId>,
    },
    /// The terminal's background turned out to be dark or light.
    Background {
        /// True for a dark one.
        dark: bool,
    },
    /// Something outside went well and the reader should know (copied, written).
    Told(String),
    /// Something outside failed; shown at the bottom until the next key.
    Failed(String),
}

/// Something that the outside is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Leave, exit code 0.
    Quit,
    /// Give the terminal back and stop until resumed (Ctrl-z).
    Suspend,
    /// Clear and paint everything again (Ctrl-l).
    Redraw,
    /// Put this logical text on the clipboard.
    Copy(String),
    /// Open this address with the desktop's program; only ever after the reader asked.
    Open(String),
    /// Take the mouse, or leave it to the terminal.
    CaptureMouse(bool),
    /// Search all text; answer with [`Msg::Answer`] and the same number.
    Search {
        /// Grows with each question.
        generation: u64,
        /// What to look for, as typed.
        needle: String,
    },
    /// Stop the search under way.
    CancelSearch,
}

/// Takes one message into the state; the effects are to be done in order.
pub fn update(state: &mut State, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(key) => return press(state, key),
        Msg::Resize(columns, rows) => state.size = (columns, rows),
        Msg::Told(text) | Msg::Failed(text) => state.notice = Some(text),
        Msg::Paste(_)
        | Msg::Mouse(_)
        | Msg::Progress { .. }
        | Msg::Answer { .. }
        | Msg::Background { .. } => {}
    }
    Vec::new()
}

fn press(state: &mut State, key: Key) -> Vec<Effect> {
    state.notice = None;
    match (key.code(), key.ctrl()) {
        (Code::Char('q'), false) | (Code::Char('c'), true) => vec![Effect::Quit],
        (Code::Char('z'), true) => vec![Effect::Suspend],
        (Code::Char('l'), true) => vec![Effect::Redraw],
        _ => Vec::new(),
    }
}
