//! A ratatui [`Backend`] that writes Persian so that the terminal in front of it shows it rightly.
//!
//! It keeps the [`Screen`] (the shadow grid) and one buffer of bytes: a frame leaves in one write.
//! It never touches the terminal's modes; send [`Strategy::enter`] and [`Strategy::leave`] for that.

use std::io::{self, Write};

use ratatui::backend::{Backend as Draw, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use rustix::termios::tcgetwinsize;

use super::encode::{Options, Screen, Strategy, move_to};

/// Asks for the size of the terminal.
type SizeOf = Box<dyn Fn() -> io::Result<Size> + Send>;

/// The backend: give it to `ratatui::Terminal::new`.
pub struct Backend<W: Write> {
    writer: W,
    screen: Screen,
    buffer: Vec<u8>,
    cursor: Position,
    size: SizeOf,
}

impl<W: Write> Backend<W> {
    /// A backend that writes to `writer` and asks the terminal at standard output for its size.
    pub fn new(writer: W, strategy: Strategy, options: Options) -> Self {
        let size = || {
            let size = tcgetwinsize(io::stdout())?;
            Ok(Size::new(size.ws_col, size.ws_row))
        };
        Self::with_size(writer, strategy, options, size)
    }

    /// A backend that asks `size` for columns and rows.
    pub fn with_size(
        writer: W,
        strategy: Strategy,
        options: Options,
        size: impl Fn() -> io::Result<Size> + Send + 'static,
    ) -> Self {
        let screen = Screen::new(strategy, options);
        let (buffer, cursor) = (Vec::new(), Position::ORIGIN);
        Self {
            writer,
            screen,
            buffer,
            cursor,
            size: Box::new(size),
        }
    }

    /// The shadow grid: where clicks are mapped back with [`Screen::from_terminal`].
    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// Changes how the terminal is fed. Send [`Strategy::leave`] of the old and
    /// [`Strategy::enter`] of the new one, then clear and draw everything.
    pub fn set_strategy(&mut self, strategy: Strategy, options: Options) {
        self.screen.set_strategy(strategy, options);
    }

    /// Where the writer can be reached, in tests for instance.
    pub fn writer(&self) -> &W {
        &self.writer
    }

    fn emit(&mut self) {
        self.screen.emit(&mut self.buffer);
    }
}

/// Bytes written here leave with the frame, in their place.
impl<W: Write> Write for Backend<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.emit();
        let written = self.writer.write_all(&self.buffer);
        self.buffer.clear();
        written.and_then(|()| self.writer.flush())
    }
}

impl<W: Write> Draw for Backend<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let size = self.size()?;
        if size != self.screen.size() {
            self.screen.resize(size);
            self.screen.clear(&mut self.buffer);
        }
        for (x, y, cell) in content {
            self.screen.set(x, y, cell);
        }
        self.emit();
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.buffer.extend_from_slice(b"\x1b[?25l");
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.buffer.extend_from_slice(b"\x1b[?25h");
        Ok(())
    }

    /// Where the cursor was last put; the terminal is not asked.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.emit();
        self.cursor = position.into();
        let Position { x, y } = self.screen.to_terminal(self.cursor);
        move_to(x.into(), y.into(), &mut self.buffer);
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        let Position { x, y } = self.cursor;
        let at = |x, y| Position { x, y };
        let end = at(0, self.screen.size().height);
        match region {
            ClearType::All => {
                self.screen.resize((self.size)()?);
                self.screen.clear(&mut self.buffer);
            }
            ClearType::AfterCursor => self.screen.blank(self.cursor, end),
            ClearType::BeforeCursor => self.screen.blank(Position::ORIGIN, at(x + 1, y)),
            ClearType::CurrentLine => self.screen.blank(at(0, y), at(0, y + 1)),
            ClearType::UntilNewLine => self.screen.blank(self.cursor, at(0, y + 1)),
        }
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        (self.size)()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size()?,
            pixels: Size::default(),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(self)
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;

    use super::*;

    fn terminal() -> Terminal<Backend<Vec<u8>>> {
        let size = || Ok(Size::new(5, 2));
        let options = Options::default();
        let backend = Backend::with_size(Vec::new(), Strategy::Plain, options, size);
        Terminal::new(backend).expect("a terminal")
    }

    #[test]
    fn a_frame_is_drawn_and_then_only_its_changes() {
        let mut terminal = terminal();
        for symbol in ["\u{fefc}", "\u{fefc}", "x"] {
            terminal
                .draw(|frame| {
                    frame.buffer_mut()[(1, 0)].set_symbol(symbol);
                })
                .expect("drawn");
        }
        let bytes = String::from_utf8(terminal.backend().writer().clone()).expect("UTF-8");
        let drawn = bytes
            .split("\x1b[0m\x1b[2J")
            .last()
            .expect("after the clear");
        assert_eq!(
            drawn.replace("\x1b[?25l", ""),
            "\x1b[1;2H\u{fefc}\x1b[1;2Hx"
        );
    }

    #[test]
    fn a_region_is_cleared_by_blanks() {
        let mut backend = showing("abc");
        backend.set_cursor_position((1, 0)).expect("moved");
        backend
            .clear_region(ClearType::UntilNewLine)
            .expect("cleared");
        Write::flush(&mut backend).expect("flushed");
        let bytes = String::from_utf8(backend.writer).expect("UTF-8");
        assert!(bytes.ends_with("\x1b[1;2H\x1b[1;2H  "), "{bytes:?}");
    }

    fn showing(text: &str) -> Backend<Vec<u8>> {
        let size = || Ok(Size::new(5, 2));
        let mut backend = Backend::with_size(Vec::new(), Strategy::Plain, Options::default(), size);
        let cells: Vec<Cell> = text.chars().map(Cell::from).collect();
        let cells = cells
            .iter()
            .enumerate()
            .map(|(x, cell)| (x as u16, 0, cell));
        backend.draw(cells).expect("drawn");
        backend
    }
}
