//! The world as it is: one terminal, its screen, and what the state asks of the rest.

use std::io;
use std::sync::mpsc::Sender;

use ratatui::layout::{Position, Size};

use super::backend::Backend;
use super::caps::{self, Detected};
use super::encode::Options;
use super::run::Outside;
use super::screen::{Screen, usable};
use super::terminal::{Frames, Terminal};
use super::worker::{Searcher, Wish};
use super::{browser, clipboard, leave};
use crate::app::{Effect, Msg, State};
use crate::words::{Word, say};

/// The outside of a running program.
pub struct Real {
    terminal: &'static Terminal,
    screen: Screen<Backend<Frames>>,
    searcher: Searcher,
    /// To whoever reads the data.
    wishes: Sender<Wish>,
    fed: Fed,
    first_frame: FirstFrame,
    /// The background colour is asked for whenever the terminal may be another one.
    asks_background: bool,
}

/// How the terminal is fed, now and when it turns out to be another one.
pub struct Fed {
    /// The terminal.
    pub seen: Detected,
    /// What told.
    pub environment: caps::Environment,
    /// What is sent to a terminal, as far as the reader has a say in it.
    pub options: Box<dyn Fn(&Detected) -> Options>,
}

/// What is done once, when the first frame stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FirstFrame {
    /// The terminal is asked for its background colour; the answer comes as a message.
    pub ask_background: bool,
    /// The program panics: a door for tests (`SOKHAN_PANIC=1`).
    pub panic: bool,
}

impl Real {
    /// Draws on `terminal`, which is entered and fed as `fed` says.
    pub fn new(
        terminal: &'static Terminal,
        fed: Fed,
        (searcher, wishes): (Searcher, Sender<Wish>),
        first_frame: FirstFrame,
    ) -> Self {
        let size = || {
            let (columns, rows) = usable(terminal.size());
            Ok(Size::new(columns, rows))
        };
        let options = (fed.options)(&fed.seen);
        let backend = Backend::with_size(Frames(terminal), fed.seen.strategy(), options, size);
        Self {
            terminal,
            screen: Screen::new(backend),
            searcher,
            wishes,
            fed,
            first_frame,
            asks_background: first_frame.ask_background,
        }
    }

    /// Looks whether the terminal is another one by now, and feeds that in its own way then.
    fn recognise(&mut self) {
        let Some(seen) = caps::again(&self.fed.seen, &self.fed.environment) else {
            // It may still be another window, that was told nothing.
            if self.terminal.feed_again().unwrap_or(false) {
                self.screen.forget();
            }
            return;
        };
        let strategy = seen.strategy();
        // If this fails, so does the next frame, and that ends the loop.
        let _ = self.terminal.feed_anew(strategy.enter(), strategy.leave());
        let options = (self.fed.options)(&seen);
        self.screen.backend_mut().set_strategy(strategy, options);
        self.screen.forget();
        self.first_frame.ask_background = self.asks_background;
        self.fed.seen = seen;
    }

    fn after_first_frame(&mut self) -> io::Result<()> {
        let FirstFrame {
            ask_background,
            panic,
        } = std::mem::take(&mut self.first_frame);
        if ask_background {
            self.terminal.ask_background()?;
        }
        if panic {
            on_purpose();
        }
        Ok(())
    }

    /// Passes a wish on; when nobody reads, what is shown stays.
    fn wish(&self, wish: Wish) -> Option<Msg> {
        let sent = self.wishes.send(wish);
        sent.err().map(|_| Msg::Kept(None))
    }

    fn copy(&self, text: &str) -> Result<Word, Word> {
        if !clipboard::is_taken_by(self.fed.seen.terminal.name) {
            return Err(Word::CannotCopy);
        }
        let bytes = clipboard::copy(text).map_err(|_| Word::TooLongToCopy)?;
        let sent = self.terminal.write(&bytes);
        sent.map(|()| Word::Copied).map_err(|_| Word::CannotCopy)
    }
}

impl Outside for Real {
    fn size(&self) -> (u16, u16) {
        self.terminal.size()
    }

    fn draw(&mut self, state: &State) -> io::Result<()> {
        if !self.terminal.is_entered() || !self.terminal.is_in_front() {
            self.screen.forget();
            return Ok(());
        }
        self.screen.draw(state)?;
        self.after_first_frame()
    }

    fn perform(&mut self, effect: Effect, state: &State) -> Option<Msg> {
        let say = |word| say(word, state.settings.lang);
        match effect {
            Effect::Quit => None,
            Effect::Suspend => leave::stop_the_group()
                .err()
                .map(|_| Msg::Failed(say(Word::CannotSuspend).to_owned())),
            Effect::Redraw => {
                self.recognise();
                self.screen.forget();
                None
            }
            Effect::Copy(text) => Some(match self.copy(&text) {
                Ok(word) => Msg::Told(say(word).to_owned()),
                Err(word) => Msg::Failed(say(word).to_owned()),
            }),
            Effect::Open(address) => Some(match browser::open(&address) {
                Ok(()) => Msg::Told(format!("{} {address}", say(Word::Opening))),
                Err(_) => Msg::Failed(format!("{} {address}", say(Word::CannotOpen))),
            }),
            Effect::CaptureMouse(on) => {
                // A terminal that is gone ends the loop at the next frame.
                let _ = self.terminal.capture_mouse(on);
                None
            }
            Effect::Search { generation, needle } => {
                let index = state.index.clone();
                let asked = self.searcher.ask(index, generation, needle);
                asked.err().map(|error| Msg::Failed(error.to_string()))
            }
            Effect::CancelSearch => {
                self.searcher.cancel();
                None
            }
            Effect::Reload => self.wish(Wish::Again),
            Effect::StopReading => self.wish(Wish::Stop),
        }
    }

    fn suspend(&mut self) {
        leave::suspend(self.terminal);
    }

    fn resume(&mut self) {
        if self.terminal.is_in_front() {
            self.recognise();
            // If this fails, so does the next frame, and that ends the loop.
            let _ = self.terminal.reenter();
            self.screen.forget();
        }
    }

    fn was_resumed(&self) -> bool {
        self.terminal.take_resumed()
    }

    fn resized(&mut self) {
        self.recognise();
    }

    fn seen_column(&self, column: u16, row: u16) -> u16 {
        let at = Position::new(column, row);
        self.screen.backend().screen().from_terminal(at).x
    }
}

#[expect(clippy::panic, reason = "a test wants to see the terminal given back")]
fn on_purpose() {
    panic!("on purpose, because SOKHAN_PANIC is 1");
}
