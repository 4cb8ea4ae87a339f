//! Lines of cells, and where each cell comes from.

use std::ops::Range;

use super::{Direction, TextPolicy};

/// What one or two terminal columns show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What is written: a base and its marks. Never a control, never a bidi control.
    pub symbol: String,
    /// Columns: 1 or 2.
    pub width: u8,
    /// Bytes of the source text that it stands for.
    pub source: Range<usize>,
}

/// One laid out line, cells left to right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The cells from the left; no padding.
    pub cells: Vec<Cell>,
    /// Sum of the widths of `cells`, in columns.
    pub width: usize,
    /// True when the paragraph is right to left: the line belongs at the right edge.
    pub rtl: bool,
    /// Bytes of the source text in this line, hanging blanks included.
    pub source: Range<usize>,
}

/// The lines of one field for one width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// From the top.
    pub lines: Vec<Line>,
}

/// A field analysed once for all widths.
#[derive(Clone, Debug, Default)]
pub struct Paragraphs {
    text: String,
}

impl Paragraphs {
    /// Analyses `text`.
    pub fn new(text: &str, _direction: Direction, _policy: TextPolicy) -> Self {
        Self {
            text: text.to_owned(),
        }
    }

    /// Breaks into lines of at most `width` columns.
    pub fn wrap(&self, width: usize) -> Layout {
        let _ = (&self.text, width);
        Layout::default()
    }

    /// One line of at most `width` columns; what does not fit is cut in logical order and `…` set.
    pub fn cut(&self, width: usize) -> Line {
        let _ = width;
        Line::default()
    }
}

/// Analyses and wraps at once.
pub fn lay_out(text: &str, width: usize, direction: Direction, policy: TextPolicy) -> Layout {
    Paragraphs::new(text, direction, policy).wrap(width)
}
