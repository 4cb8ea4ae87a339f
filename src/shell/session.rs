//! One sitting at the terminal, from taking it to giving it back.

use std::io;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;
use std::time::Duration;

use super::caps::{self, Detected, Environment, Known};
use super::event::Event;
use super::real::{Fed, FirstFrame, Real};
use super::run::{End, run_from};
use super::terminal::Terminal;
use super::worker::{Reader, Searcher, Wish, read};
use super::{input, leave, panic, signals};
use crate::app::State;

/// Messages that may wait; who sends more has to wait too, and what is typed stays in the terminal.
const WAITING: usize = 1024;
/// How long data that is quickly read may hold the first screen back, so that an unreadable file
/// is told without one.
const QUICK: Duration = Duration::from_millis(20);
/// How long an answer of the terminal may hold the end back.
const ANSWER: Duration = Duration::from_millis(50);

/// The terminal taken, and the channel through which everything comes.
pub struct Session {
    terminal: &'static Terminal,
    sender: SyncSender<Event>,
    events: Receiver<Event>,
    /// To whoever reads the data.
    wishes: Sender<Wish>,
    /// Keys that came while the terminal was asked.
    typed: Vec<u8>,
    /// What came before the first frame.
    early: Option<Event>,
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
            wishes: channel().0,
            typed: Vec::new(),
            early: None,
        })
    }

    /// The terminal that was taken.
    pub fn terminal(&self) -> &'static Terminal {
        self.terminal
    }

    /// Starts to read by `reader`, in a thread of its own; what it tells reaches the loop. It is
    /// given the other end of the wishes, for whoever else has one.
    ///
    /// # Errors
    ///
    /// When no thread can be made.
    pub fn start<R: Reader>(&mut self, reader: impl FnOnce(Sender<Wish>) -> R) -> io::Result<()> {
        let (wishes, asked) = channel();
        self.wishes = wishes.clone();
        let (reader, events) = (reader(wishes), self.sender.clone());
        thread::Builder::new()
            .name("reader".to_owned())
            .spawn(move || read(reader, &asked, &events))
            .map(drop)
    }

    /// Waits a moment for data that is quickly read, so that data which cannot be used is told
    /// without a screen: the message then.
    pub fn quick_failure(&mut self) -> Option<String> {
        match self.events.recv_timeout(QUICK) {
            Ok(Event::Unreadable(message)) => Some(message),
            Ok(event) => {
                self.early = Some(event);
                None
            }
            Err(_) => None,
        }
    }

    /// Takes the terminal's keys and finds out which terminal it is; only one that nothing tells
    /// of is asked.
    ///
    /// # Errors
    ///
    /// When the terminal refuses.
    pub fn recognise(
        &mut self,
        chosen: Option<&'static Known>,
        environment: &Environment,
    ) -> io::Result<Detected> {
        let terminal = self.terminal;
        terminal.make_raw()?;
        let write = |questions: &[u8]| terminal.question(questions);
        let read = |bytes: &mut [u8], patience| terminal.answer(bytes, patience);
        let (detected, typed) = caps::detect(chosen, environment, write, read)?;
        if !input::is_noise(&typed) {
            self.typed = typed;
        }
        Ok(detected)
    }

    /// Shows `state` until there is a reason to end, and gives the terminal back. Does not come
    /// back when the program was told to leave.
    ///
    /// # Errors
    ///
    /// When the terminal refuses.
    pub fn run(mut self, state: &mut State, fed: Fed, first_frame: FirstFrame) -> io::Result<End> {
        let shown = self.show(state, fed, first_frame);
        if let Ok(End::Told(why)) = shown {
            leave::leave(self.terminal, why);
        }
        while self.terminal.owes_an_answer() && self.events.recv_timeout(ANSWER).is_ok() {}
        self.terminal.restore();
        shown
    }

    fn show(&mut self, state: &mut State, fed: Fed, first_frame: FirstFrame) -> io::Result<End> {
        let terminal = self.terminal;
        let strategy = fed.seen.strategy();
        terminal.capture_mouse(state.settings.mouse)?;
        terminal.enter(strategy.enter(), strategy.leave())?;
        input::start(
            terminal,
            std::mem::take(&mut self.typed),
            self.sender.clone(),
        )?;
        let searcher = Searcher::new(self.sender.clone());
        let to_work = (searcher, self.wishes.clone());
        let mut outside = Real::new(terminal, fed, to_work, first_frame);
        let early = self.early.take();
        Ok(run_from(early, state, &self.events, &mut outside))
    }
}
