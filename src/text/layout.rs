//! Lines of cells, and where each cell comes from.

use std::ops::Range;

use compact_str::CompactString;

use super::{Direction, TextPolicy};

/// What one or two terminal columns show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    symbol: CompactString,
    start: u32,
    end: u32,
    width: u8,
}

impl Cell {
    /// A cell that shows `symbol` in `width` columns and stands for the bytes `source`.
    pub fn new(symbol: impl AsRef<str>, width: u8, source: Range<usize>) -> Self {
        Self {
            symbol: CompactString::new(symbol),
            start: source.start as u32,
            end: source.end as u32,
            width,
        }
    }

    /// What is written: a base and its marks. Never a control, never a bidi control.
    pub fn symbol(&self) -> &str {
        &self.symbol
    }

    /// Columns: 1 or 2, seldom more (a cluster of several spacing characters).
    pub fn width(&self) -> usize {
        usize::from(self.width)
    }

    /// Bytes of the source text that it stands for.
    pub fn source(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// True when the cell stands for any byte of `range`.
    pub fn touches(&self, range: &Range<usize>) -> bool {
        (self.start as usize) < range.end && range.start < self.end as usize
    }
}

/// One laid out line, cells left to right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The cells from the left; no padding.
    pub cells: Vec<Cell>,
    /// Sum of the widths of `cells`, in columns.
    pub width: usize,
    /// True when the line belongs at the right edge of its pane.
    pub rtl: bool,
    /// Bytes of the source text in this line, hanging blanks included; empty for a blank line.
    pub source: Range<usize>,
}

impl Line {
    /// Each cell with the column it starts at, counted from the line's first cell.
    pub fn columns(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.cells.iter().scan(0, |next, cell| {
            let column = *next;
            *next += cell.width();
            Some((column, cell))
        })
    }

    /// The cell over `column`, counted from the line's first cell.
    pub fn cell_at(&self, column: usize) -> Option<&Cell> {
        self.columns()
            .find(|(start, cell)| (*start..start + cell.width()).contains(&column))
            .map(|(_, cell)| cell)
    }

    /// Indices into `cells` of those that stand for any byte of `range`; several stretches when
    /// the range runs over a change of direction.
    pub fn cells_in(&self, range: &Range<usize>) -> impl Iterator<Item = usize> {
        let touched = self.cells.iter().enumerate();
        touched
            .filter(move |(_, cell)| cell.touches(range))
            .map(|(at, _)| at)
    }

    /// For each cell, whether it stands for any byte of any of `ranges`.
    pub fn highlight(&self, ranges: &[Range<usize>]) -> Vec<bool> {
        let here =
            |range: &&Range<usize>| range.start < self.source.end && self.source.start < range.end;
        let near: Vec<_> = ranges.iter().filter(here).collect();
        let lit = |cell: &Cell| near.iter().any(|range| cell.touches(range));
        self.cells.iter().map(lit).collect()
    }
}

/// The lines of one field for one width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// From the top.
    pub lines: Vec<Line>,
}

/// The bytes that `cells` stand for, in the order of the text; stretches that meet are joined.
/// What the reader chose on the screen becomes the logical text by [`copy`].
pub fn source_of<'a>(cells: impl IntoIterator<Item = &'a Cell>) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = cells.into_iter().map(Cell::source).collect();
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            Some(_) | None => joined.push(range),
        }
    }
    joined
}

/// The text of `ranges`, one after the other; a range outside `text` gives nothing.
pub fn copy(text: &str, ranges: &[Range<usize>]) -> String {
    let parts = ranges.iter().filter_map(|range| text.get(range.clone()));
    parts.collect()
}

/// A field analysed once for all widths.
#[derive(Clone, Debug, Default)]
pub struct Paragraphs {
    text: String,
    rtl: bool,
}

impl Paragraphs {
    /// Analyses `text`.
    pub fn new(text: &str, direction: Direction, _policy: TextPolicy) -> Self {
        Self {
            text: text.to_owned(),
            rtl: direction == Direction::Rtl,
        }
    }

    /// Breaks into lines of at most `width` columns; no line at all when `width` is 0.
    pub fn wrap(&self, width: usize) -> Layout {
        let letters: Vec<(usize, char)> = self.text.char_indices().collect();
        let lines = letters.chunks(width.max(1)).map(|row| self.line(row));
        Layout {
            lines: lines.collect(),
        }
    }

    /// One line of at most `width` columns; what does not fit is cut in logical order and `…` set.
    pub fn cut(&self, width: usize) -> Line {
        self.wrap(width)
            .lines
            .into_iter()
            .next()
            .unwrap_or_default()
    }

    fn line(&self, row: &[(usize, char)]) -> Line {
        let cell = |(at, letter): &(usize, char)| {
            let shown = if letter.is_control() { ' ' } else { *letter };
            Cell::new(
                shown.encode_utf8(&mut [0; 4]),
                1,
                *at..at + letter.len_utf8(),
            )
        };
        let mut cells: Vec<Cell> = row.iter().map(cell).collect();
        let start = cells.first().map_or(0, |cell| cell.source().start);
        let end = cells.last().map_or(0, |cell| cell.source().end);
        if self.rtl {
            cells.reverse();
        }
        Line {
            width: cells.len(),
            cells,
            rtl: self.rtl,
            source: start..end,
        }
    }
}

/// Analyses and wraps at once.
pub fn lay_out(text: &str, width: usize, direction: Direction, policy: TextPolicy) -> Layout {
    Paragraphs::new(text, direction, policy).wrap(width)
}
