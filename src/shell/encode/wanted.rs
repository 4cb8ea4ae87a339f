//! A cell as it should be seen.

use ratatui::buffer::{Cell, CellWidth};

use super::clean::cleaned;
use super::{Look, Options};

/// What stands in a cell, as far as terminals treat it differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A space.
    Blank,
    /// Box drawing and blocks, U+2500 to U+25FF.
    Box,
    /// A character of a right-to-left script, its digits and punctuation included.
    Rtl,
    /// Anything else that can be seen.
    Other,
    /// A further column of the wide character to the left.
    Second,
}

/// A cell as it should be seen: text, look, columns.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Only its symbol is used.
    text: Cell,
    /// Colours and weight, in the colours that may be sent.
    pub look: Look,
    /// What stands in it.
    pub kind: Kind,
    /// Columns: 1, 2, seldom more; 0 for [`Kind::Second`].
    pub width: u8,
}

impl Wanted {
    /// A space in the terminal's own colours.
    pub const BLANK: Self = Self {
        text: Cell::EMPTY,
        look: Look::PLAIN,
        kind: Kind::Blank,
        width: 1,
    };

    /// What `cell` asks for, cleaned of everything a terminal would obey.
    pub fn of(cell: &Cell, options: Options) -> Self {
        let look = Look::of(cell, options.colours);
        if let Some(kind) = quick_kind(cell.symbol()) {
            let look = if kind == Kind::Blank {
                look.of_blank()
            } else {
                look
            };
            return Self {
                text: cell.clone(),
                look,
                kind,
                width: 1,
            };
        }
        let (text, width) = fit(cell, options);
        let kind = kind_of(text.symbol());
        Self {
            text,
            look,
            kind,
            width,
        }
    }

    /// A space.
    pub fn blank(look: Look) -> Self {
        Self {
            look,
            ..Self::BLANK
        }
    }

    /// A further column of a wide character.
    pub fn second(look: Look) -> Self {
        Self {
            look,
            kind: Kind::Second,
            width: 0,
            ..Self::BLANK
        }
    }

    /// The text: a base and its marks.
    pub fn symbol(&self) -> &str {
        self.text.symbol()
    }

    /// The first character of the text.
    pub fn first(&self) -> char {
        self.symbol().chars().next().unwrap_or(' ')
    }
}

/// A cluster of several spacing characters takes more than two columns; nothing takes more than this.
const WIDEST: u16 = 32;

/// The text that takes exactly the columns ratatui counts for `cell`, and their number.
fn fit(cell: &Cell, options: Options) -> (Cell, u8) {
    let claimed = if cell.symbol().chars().any(char::is_control) {
        1
    } else {
        cell.cell_width().clamp(1, WIDEST)
    };
    let mut text = cell.clone();
    if let Some(clean) = cleaned(cell.symbol(), options.marks, options.joiners) {
        let width = if clean.is_empty() {
            0
        } else {
            clean.as_str().cell_width()
        };
        let base = if (1..=claimed).contains(&width) {
            clean.as_str()
        } else {
            "\u{fffd}"
        };
        let missing = claimed.saturating_sub(base.cell_width());
        text.set_symbol(&format!(
            "{base}{:missing$}",
            "",
            missing = usize::from(missing)
        ));
    }
    (text, claimed as u8)
}

/// The kind of what fills most cells: one character of one column that needs no cleaning.
fn quick_kind(symbol: &str) -> Option<Kind> {
    let mut chars = symbol.chars();
    match (chars.next()?, chars.next()) {
        (' ', None) => Some(Kind::Blank),
        ('!'..='~', None) => Some(Kind::Other),
        ('\u{2500}'..='\u{257f}', None) => Some(Kind::Box),
        ('\u{fe80}'..='\u{fefc}' | '\u{fb56}'..='\u{fbb1}' | '۰'..='۹', None) => Some(Kind::Rtl),
        _ => None,
    }
}

fn kind_of(symbol: &str) -> Kind {
    let first = symbol.chars().next().unwrap_or(' ');
    match first as u32 {
        0x20 if symbol.len() == 1 => Kind::Blank,
        0x2500..=0x25FF => Kind::Box,
        0x0590..=0x08FF
        | 0xFB1D..=0xFDFF
        | 0xFE70..=0xFEFF
        | 0x1_0800..=0x1_0FFF
        | 0x1_E800..=0x1_EFFF => Kind::Rtl,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(symbol: &str) -> (String, Kind, u8) {
        let mut cell = Cell::EMPTY;
        cell.set_symbol(symbol);
        let wanted = Wanted::of(&cell, Options::default());
        (wanted.symbol().to_owned(), wanted.kind, wanted.width)
    }

    #[test]
    fn kinds_and_widths() {
        assert_eq!(of(" "), (" ".into(), Kind::Blank, 1));
        assert_eq!(of("│"), ("│".into(), Kind::Box, 1));
        assert_eq!(of("\u{fefc}"), ("\u{fefc}".into(), Kind::Rtl, 1));
        assert_eq!(of("۱"), ("۱".into(), Kind::Rtl, 1));
        assert_eq!(of("中"), ("中".into(), Kind::Other, 2));
        assert_eq!(of("\u{ab}"), ("\u{ab}".into(), Kind::Other, 1));
    }

    #[test]
    fn a_cleaned_cell_keeps_the_columns_it_claimed() {
        assert_eq!(of("\u{1b}"), ("\u{fffd}".into(), Kind::Other, 1));
        assert_eq!(of("a\u{202e}").0, "a");
        assert_eq!(of("\u{2764}\u{fe0f}"), ("\u{2764} ".into(), Kind::Other, 2));
        assert_eq!(of("👨\u{200d}👩"), ("\u{fffd} ".into(), Kind::Other, 2));
    }
}
