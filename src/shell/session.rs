//! One sitting at the terminal, from taking it to giving it back.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use ratatui::backend::CrosstermBackend;

use super::event::Event;
use super::real::{FirstFrame, Real};
use super::run::{End, run};
use super::terminal::{Frames, Terminal};
use super::{input, leave, panic, signals};
use crate::app::State;

/// Messages that may wait; who sends more has to wait too, and what is typed stays in the terminal.
const WAITING: usize = 4096;
/// How long data that is quickly read may hold the first screen back, so that an unreadable file
/// is told without one.
const QUICK: Duration = Duration::from_millis(20);

/// The terminal taken, and the channel through which everything comes.
pub struct Session {
    terminal: &'static Terminal,
    sender: SyncSender<Event>,
    events: Receiver<Event>,
}

/// Why there can be no session.
#[derive(Debug)]
pub enum Unfit {
    /// Standard output is no terminal.
    NoTerminal,
    /// The terminal or the system refuses.
    Refused(io::Error),
}

impl From<io::Error> for Unfit {
    fn from(error: io::Error) -> Self {
        Self::Refused(error)
    }
}

impl Session {
    /// Takes the terminal: signals, panics and its end are seen to from now on.
    ///
    /// # Errors
    ///
    /// When standard output is no terminal or the system refuses.
    pub fn open() -> Result<Self, Unfit> {
        let terminal = Terminal::open()?.ok_or(Unfit::NoTerminal)?;
        // For any thread, until the process ends.
        let terminal: &'static Terminal = Box::leak(Box::new(terminal));
        let (sender, events) = sync_channel(WAITING);
        panic::install(terminal);
        signals::start(terminal, sender.clone())?;
        Ok(Self {
            terminal,
            sender,
            events,
        })
    }

    /// Starts `work` in a thread of its own; what it sends reaches the loop.
    ///
    /// # Errors
    ///
    /// When no thread can be made.
    pub fn start(&self, work: impl FnOnce(SyncSender<Event>) + Send + 'static) -> io::Result<()> {
        let sender = self.sender.clone();
        thread::Builder::new()
            .name("work".to_owned())
            .spawn(move || work(sender))
            .map(drop)
    }

    /// Shows `state` until there is a reason to end, and gives the terminal back. Does not come
    /// back when the program was told to leave.
    ///
    /// # Errors
    ///
    /// When the terminal refuses.
    pub fn run(self, state: &mut State, first_frame: FirstFrame) -> io::Result<End> {
        let early = match self.events.recv_timeout(QUICK) {
            Ok(Event::Unreadable(message)) => return Ok(End::Unreadable(message)),
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
        };
        let end = self.show(state, early, first_frame);
        if let Ok(End::Told(why)) = end {
            leave::leave(self.terminal, why);
        }
        self.terminal.restore();
        end
    }

    fn show(&self, state: &mut State, early: Option<Event>, first: FirstFrame) -> io::Result<End> {
        self.terminal.capture_mouse(state.settings.mouse)?;
        self.terminal.enter(&[], &[])?;
        input::start(self.terminal, Vec::new(), self.sender.clone())?;
        let writer = io::BufWriter::with_capacity(1 << 20, Frames(self.terminal));
        let mut outside = Real::new(self.terminal, CrosstermBackend::new(writer), first);
        let _ = early;
        Ok(run(state, &self.events, &mut outside))
    }
}
