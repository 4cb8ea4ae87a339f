//! The world as it is: one terminal, its screen, and what the state asks of the rest.

use std::io;

use ratatui::backend::Backend;

use super::run::Outside;
use super::screen::Screen;
use super::terminal::Terminal;
use super::{browser, clipboard, leave};
use crate::app::{Effect, Msg, State};

/// The outside of a running program.
pub struct Real<B> {
    terminal: &'static Terminal,
    screen: Screen<B>,
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
    /// Draws on `terminal` by `backend`.
    pub fn new(terminal: &'static Terminal, backend: B, first_frame: FirstFrame) -> Self {
        Self {
            terminal,
            screen: Screen::new(backend),
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

    fn copy(&self, text: &str) -> io::Result<()> {
        self.terminal.write(&clipboard::copy(text)?)
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

    fn perform(&mut self, effect: Effect) -> Option<Msg> {
        let done = match effect {
            Effect::Quit | Effect::CancelSearch | Effect::Search { .. } => Ok(()),
            Effect::Suspend => leave::stop_the_group(),
            Effect::Redraw => {
                self.screen.forget();
                Ok(())
            }
            Effect::Copy(text) => self.copy(&text),
            Effect::Open(address) => browser::open(&address),
            Effect::CaptureMouse(on) => self.terminal.capture_mouse(on),
        };
        done.err().map(|error| Msg::Failed(error.to_string()))
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
