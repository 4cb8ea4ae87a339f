//! The part of a terminal that is the same everywhere: a grid, a cursor, colours.

use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthChar;

/// What stands in one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The character and everything of no width behind it; empty under a wide character.
    pub text: String,
    pub fg: Color,
    pub bg: Color,
    pub modifier: Modifier,
    /// `v` of the `OSC 66` it came in; 0 without.
    pub boxed: u8,
}

const BLANK: Cell = Cell {
    text: String::new(),
    fg: Color::Reset,
    bg: Color::Reset,
    modifier: Modifier::empty(),
    boxed: 0,
};

impl Cell {
    /// The character, without what has no width.
    pub fn base(&self) -> char {
        self.text.chars().next().unwrap_or(' ')
    }
}

/// A grid that is written to.
pub struct Emulator {
    pub rows: Vec<Vec<Cell>>,
    x: usize,
    y: usize,
    pen: Cell,
}

impl Emulator {
    pub fn new(columns: usize, rows: usize) -> Self {
        let blank = Cell {
            text: " ".into(),
            ..BLANK
        };
        Self {
            rows: vec![vec![blank; columns]; rows],
            x: 0,
            y: 0,
            pen: BLANK,
        }
    }

    /// Columns are counted from 0.
    pub fn cursor(&self) -> (usize, usize) {
        (self.x, self.y)
    }

    /// Obeys `bytes`. Panics on anything our writer should never send.
    pub fn feed(&mut self, bytes: &[u8]) {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            rest = match c {
                '\u{1b}' => self.escape(&rest[1..]),
                c => {
                    assert!(!c.is_control(), "a control: {c:?}");
                    self.put(c);
                    &rest[c.len_utf8()..]
                }
            };
        }
    }

    /// Obeys what follows an ESC, gives what follows that.
    fn escape<'a>(&mut self, rest: &'a str) -> &'a str {
        if let Some(rest) = rest.strip_prefix("]66;w=1:v=") {
            let (body, after) = rest.split_once("\u{1b}\\").expect("ST");
            self.pen.boxed = body[..1].parse().expect("v");
            body[2..].chars().for_each(|c| self.put(c));
            self.pen.boxed = 0;
            return after;
        }
        let body = rest.strip_prefix('[').expect("CSI");
        let end = body
            .find(|c: char| ('@'..='~').contains(&c))
            .expect("an end");
        let (numbers, after) = body.split_at(end);
        let list = || numbers.split(';').map(|n| n.parse::<usize>().unwrap_or(0));
        match &after[..1] {
            "H" => {
                let at: Vec<usize> = list().collect();
                (self.y, self.x) = (at[0] - 1, at[1] - 1);
            }
            "J" => {
                assert_eq!(numbers, "2");
                let blank = Cell {
                    text: " ".into(),
                    ..BLANK
                };
                self.rows.iter_mut().for_each(|row| row.fill(blank.clone()));
            }
            "m" => self.colours(&list().collect::<Vec<_>>()),
            "h" | "l" => assert_eq!(numbers, "?25"),
            other => unreachable!("CSI {numbers} {other}"),
        }
        &after[1..]
    }

    fn colours(&mut self, numbers: &[usize]) {
        const MODIFIERS: [Modifier; 9] = [
            Modifier::BOLD,
            Modifier::DIM,
            Modifier::ITALIC,
            Modifier::UNDERLINED,
            Modifier::SLOW_BLINK,
            Modifier::RAPID_BLINK,
            Modifier::REVERSED,
            Modifier::HIDDEN,
            Modifier::CROSSED_OUT,
        ];
        const NAMES: [Color; 16] = [
            Color::Black,
            Color::Red,
            Color::Green,
            Color::Yellow,
            Color::Blue,
            Color::Magenta,
            Color::Cyan,
            Color::Gray,
            Color::DarkGray,
            Color::LightRed,
            Color::LightGreen,
            Color::LightYellow,
            Color::LightBlue,
            Color::LightMagenta,
            Color::LightCyan,
            Color::White,
        ];
        let mut rest = numbers;
        while let [number, after @ ..] = rest {
            rest = after;
            match number {
                0 => {
                    let boxed = self.pen.boxed;
                    self.pen = Cell { boxed, ..BLANK };
                }
                1..=9 => self.pen.modifier |= MODIFIERS[number - 1],
                30..=37 => self.pen.fg = NAMES[number - 30],
                90..=97 => self.pen.fg = NAMES[number - 82],
                40..=47 => self.pen.bg = NAMES[number - 40],
                100..=107 => self.pen.bg = NAMES[number - 92],
                39 => self.pen.fg = Color::Reset,
                49 => self.pen.bg = Color::Reset,
                38 | 48 => {
                    let (colour, count) = match rest {
                        [2, r, g, b, ..] => (Color::Rgb(*r as u8, *g as u8, *b as u8), 4),
                        [5, index, ..] => (Color::Indexed(*index as u8), 2),
                        _ => unreachable!("SGR {numbers:?}"),
                    };
                    rest = &rest[count..];
                    *(if *number == 38 {
                        &mut self.pen.fg
                    } else {
                        &mut self.pen.bg
                    }) = colour;
                }
                _ => unreachable!("SGR {numbers:?}"),
            }
        }
    }

    fn put(&mut self, c: char) {
        let width = c.width().unwrap_or(0);
        let row = &mut self.rows[self.y];
        if width == 0 {
            let lead = row[..self.x].iter().rposition(|cell| !cell.text.is_empty());
            row[lead.expect("a base in this row")].text.push(c);
            return;
        }
        assert!(self.x + width <= row.len(), "past the edge");
        for x in self.x..self.x + width {
            part(row, x);
        }
        row[self.x] = Cell {
            text: c.to_string(),
            ..self.pen.clone()
        };
        for second in &mut row[self.x + 1..self.x + width] {
            *second = self.pen.clone();
        }
        self.x += width;
    }
}

/// Half of a wide character that is written over leaves blanks.
fn part(row: &mut [Cell], x: usize) {
    if row[x].text.is_empty() && x > 0 {
        row[x - 1].text = " ".into();
        row[x].text = " ".into();
    }
    if row.get(x + 1).is_some_and(|next| next.text.is_empty()) {
        row[x + 1].text = " ".into();
    }
}
