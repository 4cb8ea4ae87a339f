//! The world as it is: one terminal, its screen, and what the state asks of the rest.

use std::io;

use ratatui::backend::Backend;

use super::run::Outside;
use super::screen::Screen;
use super::terminal::Terminal;
use super::worker::Searcher;
use super::{browser, clipboard, leave};
use crate::app::{Effect, Msg, State};
use crate::words::{Word, say};

/// The outside of a running program.
pub struct Real<B> {
    terminal: &'static Terminal,
    screen: Screen<B>,
    searcher: Searcher,
    /// The terminal's name among the known ones.
    name: &'static str,
    first_frame: FirstFrame,
}

/// What is done once, when the first frame stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FirstFrame {
    /// The terminal is asked for its background colour; the answer comes as a message.
    pub ask_background: bool,
    /// The program panics: a door for tests (`SOKHAN_PANIC=1`).
    pub panic: bool,
}

impl<B: Backend<Error = io::Error>> Real<B> {
    /// Draws on `terminal`, which is called `name`, by `backend`.
    pub fn new(
        terminal: &'static Terminal,
        name: &'static str,
        backend: B,
        searcher: Searcher,
        first_frame: FirstFrame,
    ) -> Self {
        Self {
            terminal,
            screen: Screen::new(backend),
            searcher,
            name,
            first_frame,
        }
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

    fn copy(&self, text: &str) -> Result<Word, Word> {
        if !clipboard::is_taken_by(self.name) {
            return Err(Word::CannotCopy);
        }
        let bytes = clipboard::copy(text).map_err(|_| Word::TooLongToCopy)?;
        let sent = self.terminal.write(&bytes);
        sent.map(|()| Word::Copied).map_err(|_| Word::CannotCopy)
    }
}

impl<B: Backend<Error = io::Error>> Outside for Real<B> {
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
        }
    }

    fn suspend(&mut self) {
        leave::suspend(self.terminal);
    }

    fn resume(&mut self) {
        if self.terminal.is_in_front() {
            // If this fails, so does the next frame, and that ends the loop.
            let _ = self.terminal.reenter();
            self.screen.forget();
        }
    }

    fn was_resumed(&self) -> bool {
        self.terminal.take_resumed()
    }
}

#[expect(clippy::panic, reason = "a test wants to see the terminal given back")]
fn on_purpose() {
    panic!("on purpose, because SOKHAN_PANIC is 1");
}
