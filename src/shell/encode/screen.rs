//! The shadow grid: what should be seen, what was sent, and the bytes from one to the other.

use std::mem;

use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::look::{change, number};
use super::{Colours, Encoder, Kind, Look, Sent, Strategy, Wanted};

/// What a terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Colours that may be sent.
    pub colours: Colours,
    /// Harakat are sent; some terminals draw them over the neighbour.
    pub marks: bool,
    /// ZWNJ and ZWJ behind a letter are sent: for plain letters, joined by the terminal.
    pub joiners: bool,
    /// What the terminal's own foreground looks like: red, green, blue.
    pub foreground: (u8, u8, u8),
}

impl Default for Options {
    fn default() -> Self {
        Self {
            colours: Colours::True,
            marks: true,
            joiners: false,
            foreground: (229, 229, 229),
        }
    }
}

/// The grid of wanted cells, and of what the terminal was sent for them.
pub struct Screen {
    size: Size,
    wanted: Vec<Wanted>,
    sent: Vec<Sent>,
    touched: Vec<bool>,
    spare: Sent,
    encoder: Box<dyn Encoder>,
    options: Options,
    look: Look,
}

impl Screen {
    /// An empty screen of no size.
    pub fn new(strategy: Strategy, options: Options) -> Self {
        Self {
            size: Size::default(),
            wanted: Vec::new(),
            sent: Vec::new(),
            touched: Vec::new(),
            spare: Sent::default(),
            encoder: strategy.encoder(options),
            options,
            look: Look::PLAIN,
        }
    }

    /// Changes the encoder; the terminal must be cleared and everything drawn again.
    pub fn set_strategy(&mut self, strategy: Strategy, options: Options) {
        *self = Self {
            size: self.size,
            ..Self::new(strategy, options)
        };
        self.forget();
    }

    /// Columns and rows.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Takes a new size. What the terminal shows is not known then: clear it.
    pub fn resize(&mut self, size: Size) {
        if size != self.size {
            self.size = size;
            self.forget();
        }
    }

    /// Sets one wanted cell; outside of the screen nothing happens.
    pub fn set(&mut self, x: u16, y: u16, cell: &Cell) {
        if x >= self.size.width || y >= self.size.height {
            return;
        }
        let (column, width) = (usize::from(x), usize::from(self.size.width));
        let mut wanted = Wanted::of(cell, self.options);
        if column + usize::from(wanted.width) > width {
            wanted = Wanted::blank(wanted.look);
        }
        put(
            &mut self.wanted[usize::from(y) * width..][..width],
            column,
            wanted,
        );
        self.touched[usize::from(y)] = true;
    }

    /// Makes the cells from `from` up to, but without, `to` blank, in reading order of the grid.
    pub fn blank(&mut self, from: Position, to: Position) {
        let width = usize::from(self.size.width);
        let at = |p: Position| (usize::from(p.y) * width + usize::from(p.x)).min(self.wanted.len());
        let range = at(from)..at(to);
        for index in range {
            put(
                &mut self.wanted[index / width * width..][..width],
                index % width,
                Wanted::BLANK,
            );
            self.touched[index / width] = true;
        }
    }

    /// Clears the terminal and the grid.
    pub fn clear(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\x1b[0m\x1b[2J");
        self.forget();
    }

    /// Writes the bytes that make the terminal show the wanted cells.
    pub fn emit(&mut self, out: &mut Vec<u8>) {
        for y in 0..self.touched.len() {
            if mem::take(&mut self.touched[y]) {
                self.emit_row(y, out);
            }
        }
        change(mem::replace(&mut self.look, Look::PLAIN), Look::PLAIN, out);
    }

    /// The position that the terminal knows a wanted position by. Call it after [`Screen::emit`].
    pub fn to_terminal(&self, at: Position) -> Position {
        let row = self.sent.get(usize::from(at.y));
        Position {
            x: row.map_or(at.x, |row| row.place(at.x)),
            ..at
        }
    }

    /// The wanted position of one that the terminal reports (a click).
    pub fn from_terminal(&self, at: Position) -> Position {
        let row = self.sent.get(usize::from(at.y));
        Position {
            x: row.map_or(at.x, |row| row.wanted_at(at.x)),
            ..at
        }
    }

    /// All wanted cells of a row, from the left.
    pub fn row(&self, y: u16) -> &[Wanted] {
        let width = usize::from(self.size.width);
        let start = usize::from(y) * width;
        self.wanted.get(start..start + width).unwrap_or(&[])
    }

    /// Everything blank, here and on the terminal.
    fn forget(&mut self) {
        let (columns, rows) = (usize::from(self.size.width), usize::from(self.size.height));
        self.wanted.clear();
        self.wanted.resize(columns * rows, Wanted::BLANK);
        self.sent.resize_with(rows, Sent::default);
        for row in &mut self.sent {
            row.make_blank(columns);
        }
        self.touched.clear();
        self.touched.resize(rows, false);
        self.look = Look::PLAIN;
    }

    fn emit_row(&mut self, y: usize, out: &mut Vec<u8>) {
        let columns = usize::from(self.size.width);
        let mut row = mem::take(&mut self.spare);
        row.clear();
        self.encoder
            .encode(&self.wanted[y * columns..][..columns], &mut row);
        debug_assert_eq!(row.len(), columns, "an encoder covers the row");
        let old = &self.sent[y];
        let blanks_part = self.encoder.blanks_part();
        let mut cursor = None;
        let mut x = 0;
        while x < columns {
            let next = x + usize::from(row.width(x).max(1));
            if !row.same(old, x) {
                let pen = Pen {
                    look: self.look,
                    blanks_part,
                };
                if !bridge(&row, cursor, x, pen, out) {
                    move_to(x, y, out);
                }
                let look = pen.next(&row, x);
                change(self.look, look, out);
                self.look = look;
                out.extend_from_slice(row.text(x).as_bytes());
                cursor = Some(next);
            }
            x = next;
        }
        self.spare = mem::replace(&mut self.sent[y], row);
    }
}

/// Puts a cell into a row; what it covers in part becomes blank.
fn put(row: &mut [Wanted], x: usize, wanted: Wanted) {
    if wanted.width == 1 && row[x].width == 1 {
        row[x] = wanted;
        return;
    }
    let (look, end) = (wanted.look, (x + usize::from(wanted.width)).min(row.len()));
    for covered in x..end {
        part(row, covered);
    }
    row[x] = wanted;
    row[x + 1..end].fill(Wanted::second(look));
}

/// Makes the character over `column` blank if it takes more columns than that.
fn part(row: &mut [Wanted], column: usize) {
    let lead = row[..=column]
        .iter()
        .rposition(|cell| cell.kind != Kind::Second)
        .unwrap_or(0);
    let end = (lead + usize::from(row[lead].width)).min(row.len());
    if end - lead > 1 {
        let blank = Wanted::blank(row[lead].look);
        row[lead..end].fill(blank);
    }
}

/// What the terminal writes in.
#[derive(Clone, Copy)]
struct Pen {
    look: Look,
    /// The encoder counts on the looks of blanks.
    blanks_part: bool,
}

impl Pen {
    /// The look to write the cell at `x` in.
    fn next(self, row: &Sent, x: usize) -> Look {
        if is_blank(row.text(x)) && !self.blanks_part {
            row.look(x).blank_after(self.look)
        } else {
            row.look(x)
        }
    }
}

/// A space, and what an encoder put behind it that nobody sees.
fn is_blank(text: &str) -> bool {
    let rest = text.strip_prefix(' ');
    rest.is_some_and(|rest| rest.chars().all(|c| matches!(c, '\u{200b}'..='\u{206f}')))
}

/// Moving the cursor costs some eight bytes; this much text in the same look is sent again instead.
const BRIDGE: usize = 6;

/// Reaches column `to` by writing what stands before it again; false when moving is cheaper.
fn bridge(row: &Sent, from: Option<usize>, to: usize, pen: Pen, out: &mut Vec<u8>) -> bool {
    let Some(from) = from else { return false };
    let gap = || (from..to).map(|x| row.text(x));
    if to - from > BRIDGE || gap().map(str::len).sum::<usize>() > BRIDGE {
        return false;
    }
    if (from..to).any(|x| pen.next(row, x) != pen.look) {
        return false;
    }
    gap().for_each(|text| out.extend_from_slice(text.as_bytes()));
    true
}

/// Moves the cursor; `x` and `y` count from 0.
pub(crate) fn move_to(x: usize, y: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x1b[");
    number(y as u16 + 1, out);
    out.push(b';');
    number(x as u16 + 1, out);
    out.push(b'H');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(columns: u16, rows: u16) -> Screen {
        let mut screen = Screen::new(Strategy::Plain, Options::default());
        screen.resize(Size::new(columns, rows));
        screen
    }

    fn write(screen: &mut Screen, x: u16, y: u16, symbols: &[&'static str]) -> String {
        for (at, symbol) in symbols.iter().enumerate() {
            screen.set(x + at as u16, y, &Cell::new(symbol));
        }
        let mut out = Vec::new();
        screen.emit(&mut out);
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn what_is_there_already_is_not_sent_again() {
        let mut screen = screen(6, 2);
        assert_eq!(write(&mut screen, 1, 1, &["a", "b"]), "\x1b[2;2Hab");
        assert_eq!(write(&mut screen, 1, 1, &["a", "b"]), "");
        assert_eq!(write(&mut screen, 1, 1, &["x", "b", "y"]), "\x1b[2;2Hxby");
    }

    #[test]
    fn half_a_wide_character_never_stays() {
        let mut screen = screen(4, 1);
        assert_eq!(write(&mut screen, 0, 0, &["中"]), "\x1b[1;1H中");
        assert_eq!(write(&mut screen, 1, 0, &["中"]), "\x1b[1;1H 中");
        assert_eq!(write(&mut screen, 1, 0, &["a"]), "\x1b[1;2Ha ");
        assert_eq!(
            write(&mut screen, 3, 0, &["中"]),
            "",
            "no room at the edge: a blank"
        );
    }

    #[test]
    fn outside_of_the_screen_nothing_happens() {
        let mut screen = screen(2, 1);
        assert_eq!(write(&mut screen, 0, 1, &["a"]), "");
        assert_eq!(write(&mut screen, 2, 0, &["a"]), "");
        screen.blank(Position::new(0, 0), Position::new(9, 9));
        assert_eq!(write(&mut screen, 0, 0, &[]), "");
    }
}
