//! The state on the terminal: painted into one buffer, sent as one frame, nothing when nothing
//! changed.

use std::io;

use ratatui::backend::Backend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::State;
use crate::ui;

/// A screen of more cells is a fault of the terminal: nothing is drawn on it.
const MOST_CELLS: u32 = 1_000_000;
/// Of a screen of more cells only the upper rows are used: each cell is kept four times over.
const MOST_USED: u32 = 200_000;

/// `size` as the state should know it: nothing at all when it is absurd.
pub fn usable((columns, rows): (u16, u16)) -> (u16, u16) {
    let cells = u32::from(columns) * u32::from(rows);
    if cells > MOST_CELLS {
        (0, 0)
    } else if cells > MOST_USED {
        (columns, (MOST_USED / u32::from(columns)) as u16)
    } else {
        (columns, rows)
    }
}

/// What was drawn last, and the backend that draws.
pub struct Screen<B> {
    backend: B,
    shown: Buffer,
    next: Buffer,
    cursor: Option<(u16, u16)>,
    /// True when the terminal shows `shown`.
    known: bool,
}

impl<B: Backend<Error = io::Error>> Screen<B> {
    /// A screen of which nothing is known.
    pub fn new(backend: B) -> Self {
        Self {
            backend,
            shown: Buffer::empty(Rect::ZERO),
            next: Buffer::empty(Rect::ZERO),
            cursor: None,
            known: false,
        }
    }

    /// The backend.
    pub fn backend(&self) -> &B {
        &self.backend
    }

    /// The backend, to be changed.
    pub fn backend_mut(&mut self) -> &mut B {
        &mut self.backend
    }

    /// Somebody else wrote on the terminal: the next frame is drawn whole.
    pub fn forget(&mut self) {
        self.known = false;
    }

    /// Draws `state`.
    ///
    /// # Errors
    ///
    /// When the terminal does not take the frame; the next one is drawn whole then.
    pub fn draw(&mut self, state: &State) -> io::Result<()> {
        let (columns, rows) = usable(state.size);
        if columns == 0 || rows == 0 {
            self.forget();
            return Ok(());
        }
        let area = Rect::new(0, 0, columns, rows);
        if self.next.area == area {
            self.next.reset();
        } else {
            self.next = Buffer::empty(area);
            self.forget();
        }
        let cursor = ui::view(state, &mut self.next);
        let sent = self.send(cursor);
        self.known = sent.is_ok();
        std::mem::swap(&mut self.shown, &mut self.next);
        sent
    }

    fn send(&mut self, cursor: Option<(u16, u16)>) -> io::Result<()> {
        if !self.known {
            self.backend.clear()?;
            self.backend.hide_cursor()?;
            self.cursor = None;
            self.shown = Buffer::empty(self.next.area);
        }
        let mut changes = self.shown.diff_iter(&self.next).peekable();
        let differs = changes.peek().is_some();
        if self.known && !differs && cursor == self.cursor {
            return Ok(());
        }
        self.backend.draw(changes)?;
        if let Some((x, y)) = cursor {
            self.backend.set_cursor_position(Position { x, y })?;
        }
        match (self.cursor, cursor) {
            (None, Some(_)) => self.backend.show_cursor()?,
            (Some(_), None) => self.backend.hide_cursor()?,
            (None, None) | (Some(_), Some(_)) => {}
        }
        self.cursor = cursor;
        self.backend.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absurd_sizes_are_none_and_huge_ones_are_cut() {
        for (size, used) in [
            ((80, 24), (80, 24)),
            ((0, 24), (0, 24)),
            ((400, 500), (400, 500)),
            ((1000, 500), (1000, 200)),
            ((65535, 3), (65535, 3)),
            ((65535, 15), (65535, 3)),
            ((65535, 65535), (0, 0)),
        ] {
            assert_eq!(usable(size), used);
        }
    }
}
