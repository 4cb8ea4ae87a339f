//! Lines of cells, and where each cell comes from.

use std::ops::Range;

use compact_str::CompactString;

use super::cut::{self, Cut};
use super::paragraph::{Analysis, Atom, Paragraph};
use super::policy::{Direction, TextPolicy};
use super::{cluster, reorder, wrap};

/// What one or two terminal columns show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    symbol: CompactString,
    start: u32,
    end: u32,
    width: u16,
}

impl Cell {
    /// A cell that shows `symbol` in `width` columns and stands for the bytes `source`.
    pub fn new(symbol: impl AsRef<str>, width: u16, source: Range<usize>) -> Self {
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
///
/// [`wrap`](Self::wrap) and [`cut`](Self::cut) only count columns and copy cells.
#[derive(Clone, Debug, Default)]
pub struct Paragraphs {
    analysis: Analysis,
    direction: Direction,
    /// Length of the source in bytes.
    end: usize,
}

impl Paragraphs {
    /// Analyses `text`, of which the first 4 GiB count.
    pub fn new(text: &str, direction: Direction, policy: TextPolicy) -> Self {
        Self {
            analysis: Analysis::of(text, direction, policy),
            direction,
            end: text.len(),
        }
    }

    /// Breaks into lines of at most `width` columns; no line at all when `width` is 0.
    pub fn wrap(&self, width: usize) -> Layout {
        let mut layout = Layout::default();
        if width == 0 {
            return layout;
        }
        for paragraph in &self.analysis.paragraphs {
            let atoms = self.analysis.atoms_of(paragraph);
            for row in wrap::rows(atoms, width) {
                layout.lines.push(self.line(&atoms[row], paragraph, width));
            }
            if atoms.is_empty() {
                layout.lines.push(self.line(&[], paragraph, width));
            }
        }
        layout
    }

    /// One line of at most `width` columns; what does not fit is cut in the order of the text and
    /// `…` set, which stands for all that is hidden. The line is the first paragraph that shows
    /// anything.
    pub fn cut(&self, width: usize) -> Line {
        let shows = |paragraph: &&Paragraph| {
            !wrap::without_hanging(self.analysis.atoms_of(paragraph)).is_empty()
        };
        let mut paragraphs = self.analysis.paragraphs.iter();
        let Some(paragraph) = paragraphs.find(shows) else {
            return Line::default();
        };
        let atoms = self.analysis.atoms_of(paragraph);
        let last = !paragraphs.any(|paragraph| shows(&paragraph));
        match cut::shown(atoms, width, last) {
            Cut::Whole => self.line(atoms, paragraph, width),
            Cut::Before(at) => self.shortened(&atoms[..at], paragraph, width),
            Cut::Nothing => Line::default(),
        }
    }

    /// Columns of the widest paragraph on one line.
    pub fn width(&self) -> usize {
        let columns = |paragraph| {
            let row = wrap::without_hanging(self.analysis.atoms_of(paragraph));
            row.iter().map(|atom| usize::from(atom.width)).sum()
        };
        let paragraphs = self.analysis.paragraphs.iter();
        paragraphs.map(columns).max().unwrap_or(0)
    }

    /// The source bytes of each cluster in the order of the text (lam-alef is one): what is never
    /// parted, and where a caret can stand.
    pub fn clusters(&self) -> impl Iterator<Item = Range<usize>> {
        let atoms = self.analysis.atoms().iter();
        atoms.map(|atom| atom.start as usize..atom.end as usize)
    }

    /// The source bytes behind which a line may end (UAX #14).
    pub fn opportunities(&self) -> impl Iterator<Item = usize> {
        let atoms = self.analysis.atoms().iter();
        atoms
            .filter(|atom| atom.breaks)
            .map(|atom| atom.end as usize)
    }

    fn shortened(&self, atoms: &[Atom], paragraph: &Paragraph, width: usize) -> Line {
        let mut line = self.line(atoms, paragraph, width);
        let hidden = match atoms.last() {
            Some(atom) => atom.end as usize,
            None => paragraph.at as usize,
        };
        let ellipsis = Cell::new("\u{2026}", 1, hidden..self.end);
        let place = if paragraph.level % 2 == 1 {
            0
        } else {
            line.cells.len()
        };
        line.cells.insert(place, ellipsis);
        line.width += 1;
        line.source.end = self.end;
        line
    }

    fn line(&self, atoms: &[Atom], paragraph: &Paragraph, width: usize) -> Line {
        let shown = wrap::without_hanging(atoms);
        let mut cells: Vec<Cell> = Vec::with_capacity(shown.len());
        for at in reorder::visual(shown, paragraph.level) {
            self.write(&shown[at], width, &mut cells);
        }
        let at = paragraph.at as usize;
        Line {
            width: cells.iter().map(Cell::width).sum(),
            cells,
            rtl: match self.direction {
                Direction::Rtl => true,
                Direction::Ltr => false,
                Direction::Auto => paragraph.level % 2 == 1,
            },
            source: atoms.first().map_or(at, |first| first.start as usize)
                ..atoms.last().map_or(at, |last| last.end as usize),
        }
    }

    /// Writes `atom` to the right of `cells`.
    fn write(&self, atom: &Atom, width: usize, cells: &mut Vec<Cell>) {
        // HarfBuzz turns a run of Arabic letters round by clusters and leaves U+200C where it is.
        if atom.nonjoiner && atom.level % 2 == 1 {
            if let Some(left) = cells.last_mut() {
                left.symbol.push(cluster::NONJOINER);
            }
        }
        let symbol = match usize::from(atom.width) {
            0 => return,
            own if own > width => "\u{fffd}",
            _ => self.analysis.symbol(atom),
        };
        cells.push(Cell {
            symbol: CompactString::new(symbol),
            start: atom.start,
            end: atom.end,
            width: wrap::columns(atom, width) as u16,
        });
    }
}

/// Analyses and wraps at once.
pub fn lay_out(text: &str, width: usize, direction: Direction, policy: TextPolicy) -> Layout {
    Paragraphs::new(text, direction, policy).wrap(width)
}
