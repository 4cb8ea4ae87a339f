//! Lines of cells, and where each cell comes from.

use std::ops::Range;

use compact_str::CompactString;

use super::cut::{self, Cut};
use super::paragraph::{Analysis, Atom, Lines, Paragraph};
use super::policy::{Direction, TextPolicy};
use super::sanitize::{self, Kind};
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

/// The text of `ranges`, which ascend, one after the other; a range outside `text` gives nothing.
/// What has no cell of its own and lies between two ranges is copied too: line ends, blanks that
/// hung at a wrap, invisible characters.
pub fn copy(text: &str, ranges: &[Range<usize>]) -> String {
    let mut copied = String::new();
    let mut end = None;
    for range in ranges {
        let gap = end.and_then(|end| text.get(end..range.start));
        copied.push_str(gap.filter(|gap| gap.chars().all(has_no_cell)).unwrap_or(""));
        copied.push_str(text.get(range.clone()).unwrap_or(""));
        end = Some(range.end);
    }
    copied
}

fn has_no_cell(letter: char) -> bool {
    let drawn = |kind| matches!(kind, Kind::Plain | Kind::Control | Kind::Mark);
    letter.is_whitespace() || !drawn(sanitize::kind(letter))
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
            analysis: Analysis::of(text, direction, policy, Lines::Many),
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
        if atom.nonjoiner
            && atom.level % 2 == 1
            && let Some(left) = cells.last_mut()
        {
            left.symbol.push(cluster::NONJOINER);
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

/// `text` on one line of at most `width` columns, as [`Paragraphs::cut`] has it; quicker, since
/// nobody will ask where a line may end.
pub fn one_line(text: &str, width: usize, direction: Direction, policy: TextPolicy) -> Line {
    let paragraphs = Paragraphs {
        analysis: Analysis::of(text, direction, policy, Lines::One),
        direction,
        end: text.len(),
    };
    paragraphs.cut(width)
}

/// Analyses and wraps at once.
pub fn lay_out(text: &str, width: usize, direction: Direction, policy: TextPolicy) -> Layout {
    Paragraphs::new(text, direction, policy).wrap(width)
}

#[cfg(test)]
#[expect(
    clippy::single_range_in_vec_init,
    reason = "one highlight is a list of one range"
)]
mod tests {
    use super::super::policy::{Letters, Marks};
    use super::*;

    const BASE: TextPolicy = TextPolicy {
        letters: Letters::Base,
        marks: Marks::Keep,
    };

    /// The rows of a right-to-left field: code points of a cell joined by `+`, ASCII as it is, `_`
    /// for a blank, `-` for the second half of a wide cell.
    fn rows(text: &str, width: usize, policy: TextPolicy) -> Vec<String> {
        let layout = lay_out(text, width, Direction::Rtl, policy);
        layout.lines.iter().map(|line| row(line, width)).collect()
    }

    fn row(line: &Line, width: usize) -> String {
        let mut cells = vec!["_".to_owned(); width - line.width];
        for cell in &line.cells {
            cells.push(spell(cell.symbol()));
            cells.extend((1..cell.width()).map(|_| "-".to_owned()));
        }
        cells.join(" ")
    }

    fn spell(symbol: &str) -> String {
        match symbol {
            " " => "_".to_owned(),
            one if one.is_ascii() => one.to_owned(),
            _ => {
                let codes = symbol.chars().map(|c| format!("{:04X}", c as u32));
                codes.collect::<Vec<_>>().join("+")
            }
        }
    }

    fn pres(text: &str, width: usize) -> Vec<String> {
        rows(text, width, TextPolicy::default())
    }

    #[test]
    fn lam_and_alef_are_one_cell_but_in_plain_letters() {
        assert_eq!(pres("سلام", 6), ["_ _ _ FEE1 FEFC FEB3"]);
        assert_eq!(rows("سلام", 6, BASE), ["_ _ 0645 0627 0644 0633"]);
        assert_eq!(pres("ل\u{200d}ا", 3), ["_ FE8E FEDF"]);
        assert_eq!(pres("ل\u{200c}ا", 3), ["_ FE8D FEDD"]);
        assert_eq!(pres("لأ لآ لإ", 5), ["FEF9 _ FEF5 _ FEF7"]);
    }

    #[test]
    fn a_nonjoiner_parts_letters_and_has_no_cell() {
        let text = "می\u{200c}رود";
        assert_eq!(pres(text, 6), ["_ FEA9 FEED FEAD FBFD FEE3"]);
        assert_eq!(rows(text, 6, BASE), ["_ 062F 0648 0631+200C 06CC 0645"]);
    }

    #[test]
    fn a_joiner_joins_to_nothing() {
        assert_eq!(pres("ه\u{200d}.ش", 6), ["_ _ _ FEB5 . FEEB"]);
        // Its level is that of the digit before it, which parts nothing (UAX #9 X9).
        assert_eq!(pres("۱ه\u{200d}", 2), ["FEEB 06F1"]);
    }

    #[test]
    fn quotes_and_brackets_are_mirrored() {
        let row = "_ _ 00AB FE8F _ ( a ) 00BB _ : FE96 FED4 FB94";
        assert_eq!(pres("گفت: «(a) ب»", 14), [row]);
        assert_eq!(pres("ا ≥ ب", 5), ["FE8F _ 2264 _ FE8D"]);
    }

    #[test]
    fn digits_keep_their_order() {
        let row = "_ _ _ 2 2 - 1 1 - 2 0 2 4 _ FEED _ 06F1 06F4 06F0 06F3 / 06F0 06F9 / 06F0 06F2 _ \
            FEA6 FBFE FEAD FE8E FE97";
        assert_eq!(pres("تاریخ ۱۴۰۳/۰۹/۰۲ و 2024-11-22", 32), [row]);
    }

    #[test]
    fn marks_stay_in_the_cell_of_their_letter() {
        let row = "_ FEE1+064C FEFC FEB3+064E _ FEEA+0654 FEE7 FE8E FEA7";
        assert_eq!(pres("خانهٔ سَلامٌ", 9), [row]);
        let stripped = TextPolicy {
            marks: Marks::Strip,
            ..TextPolicy::default()
        };
        let row = "_ FEE1 FEFC FEB3 _ FEEA FEE7 FE8E FEA7";
        assert_eq!(rows("خانهٔ سَلامٌ", 9, stripped), [row]);
        assert_eq!(pres("لَاِ", 1), ["FEFB+064E+0650"]);
    }

    #[test]
    fn each_row_is_turned_round_alone() {
        let wanted = [
            "_ B R I C S _ FEAD FEA9",
            "_ _ a n d _ S C O",
            "_ _ _ _ _ _ FE96 FEB3 FE8D",
        ];
        assert_eq!(pres("در BRICS and SCO است", 9), wanted);
    }

    #[test]
    fn blanks_hang_at_a_wrap() {
        assert_eq!(pres("الف   ب", 4), ["_ FED2 FEDF FE8D", "_ _ _ FE8F"]);
        assert_eq!(pres("ا \u{200d}ب ", 1), ["FE8D", "FE90"]);
        assert_eq!(pres("ا\u{a0}ب", 2), ["_ FE8D", "_ FE8F"]);
        assert_eq!(pres("   ", 2), ["_ _"]);
    }

    #[test]
    fn a_word_broken_by_force_keeps_its_joins() {
        let wanted = ["FEE8 FEC4 FEB4 FED7", "FEEA FBFF FEE8 FEC4"];
        assert_eq!(pres("قسطنطنیه", 4), wanted);
    }

    #[test]
    fn overrides_and_controls_are_shown_and_isolates_honoured() {
        let row = "_ _ _ _ a FFFD b 241B [ 2 J FE9D";
        assert_eq!(pres("a\u{202e}b\u{1b}[2J\u{2067}\u{62c}", 12), [row]);
        let parted = "ب\u{2067}\u{2069}ب \u{200f}ب\u{200f}ب ب\u{200e}ب";
        assert_eq!(pres(parted, 8), ["FE8F FE8F _ FE90 FE91 _ FE8F FE8F"]);
    }

    #[test]
    fn a_mark_without_a_base_stands_on_a_circle() {
        assert_eq!(
            pres("\u{64e}\u{628}\n\u{651}", 4),
            ["_ _ FE8F 25CC+064E", "_ _ _ 25CC+0651"]
        );
        assert_eq!(pres("ا\u{200f}\u{64e}", 2), ["25CC+064E FE8D"]);
    }

    #[test]
    fn what_is_wider_than_the_pane_is_one_replacement() {
        assert_eq!(pres("中a", 1), ["FFFD", "a"]);
        assert_eq!(pres("中a", 2), ["4E2D -", "_ a"]);
        assert!(pres("سلام", 0).is_empty());
    }

    #[test]
    fn emoji_are_as_wide_in_every_terminal() {
        let family = "👨\u{200d}👩\u{200d}👧\u{fe0f} 👍\u{1f3fd}";
        assert_eq!(pres(family, 9), ["1F44D - _ 1F467 - 1F469 - 1F468 -"]);
        assert_eq!(pres("a 🇮🇷", 4), ["a _ 1F1EE+1F1F7 -"]);
    }

    #[test]
    fn lines_end_as_in_str_lines() {
        for end in ["\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"] {
            let rows = pres(&format!("a{end}{end}b{end}"), 1);
            assert_eq!(rows, ["a", "_", "b"], "{end:?}");
        }
        assert!(pres("", 1).is_empty());
        assert_eq!(pres("\n", 1), ["_"]);
    }

    #[test]
    fn each_paragraph_of_a_persian_field_finds_its_direction() {
        assert_eq!(
            pres("Hi!\nسلام!\n۱ - ۲", 5),
            ["_ _ H i !", "_ ! FEE1 FEFC FEB3", "06F2 _ - _ 06F1"]
        );
        let auto = lay_out("a\nب\n1", 9, Direction::Auto, BASE);
        let sides: Vec<bool> = auto.lines.iter().map(|line| line.rtl).collect();
        assert_eq!(sides, [false, true, false]);
        assert!(lay_out("a", 9, Direction::Rtl, BASE).lines[0].rtl);
        assert!(!lay_out("ب", 9, Direction::Ltr, BASE).lines[0].rtl);
    }

    fn cut(text: &str, width: usize) -> (String, Range<usize>) {
        let line = Paragraphs::new(text, Direction::Rtl, TextPolicy::default()).cut(width);
        (row(&line, width), line.source)
    }

    #[test]
    fn what_does_not_fit_is_cut_at_the_end_of_the_text() {
        assert_eq!(
            cut("سلام دنیا", 8),
            ("FE8E FBFF FEE7 FEA9 _ FEE1 FEFC FEB3".into(), 0..17)
        );
        assert_eq!(
            cut("سلام دنیا", 6),
            ("2026 FEA9 _ FEE1 FEFC FEB3".into(), 0..17)
        );
        assert_eq!(cut("سلام دنیا", 5), ("_ 2026 FEE1 FEFC FEB3".into(), 0..17));
        assert_eq!(cut("Hello world", 8), ("H e l l o _ w 2026".into(), 0..11));
        assert_eq!(cut("در BRICS", 6), ("2026 B R _ FEAD FEA9".into(), 0..10));
        assert_eq!(cut("中文", 3), ("4E2D - 2026".into(), 0..6));
        assert_eq!(cut("中文", 2), ("_ 2026".into(), 0..6));
        assert_eq!(cut("ab", 1), ("2026".into(), 0..2));
        assert_eq!(cut("ab", 0), (String::new(), 0..0));
        assert_eq!(cut("", 3), ("_ _ _".into(), 0..0));
    }

    #[test]
    fn a_cut_shows_the_first_paragraph_that_has_anything() {
        assert_eq!(cut("\n \nab\n", 3), ("_ a b".into(), 3..5));
        assert_eq!(cut("ab\ncd", 3), ("a b 2026".into(), 0..5));
        assert_eq!(cut("ab\ncd", 2), ("a 2026".into(), 0..5));
    }

    #[test]
    fn the_ellipsis_stands_for_what_is_hidden() {
        let line = Paragraphs::new("abcdef", Direction::Ltr, BASE).cut(3);
        assert_eq!(line.cells[2].source(), 2..6);
        assert_eq!(line.highlight(&[5..6]), [false, false, true]);
        assert_eq!(source_of(&line.cells), [0..6]);
    }

    #[test]
    fn cells_tell_where_they_come_from() {
        let text = "لا xب";
        let line = &lay_out(text, 9, Direction::Rtl, TextPolicy::default()).lines[0];
        let sources: Vec<_> = line.cells.iter().map(Cell::source).collect();
        assert_eq!(sources, [6..8, 5..6, 4..5, 0..4]);
        assert_eq!(line.cells_in(&(2..6)).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(line.cell_at(3).map(Cell::source), Some(0..4));
        assert_eq!(line.cell_at(4), None);
        assert_eq!(source_of(&line.cells[..2]), [5..8]);
        assert_eq!(copy(text, &[0..4, 5..8, 90..99]), "لا xب");
    }

    #[test]
    fn a_copy_over_lines_is_the_text_again() {
        let text = "نخست  \u{2067}دوم\u{2069}\r\n\nسوم\u{ad}چهارم 👍\u{1f3fd}\u{fe0f}a";
        let layout = lay_out(text, 6, Direction::Rtl, TextPolicy::default());
        let cells = layout.lines.iter().flat_map(|line| &line.cells);
        assert_eq!(copy(text, &source_of(cells)), text);
        assert_eq!(copy("abc", &[0..1, 2..3]), "ac");
    }

    #[test]
    fn the_natural_width_is_that_of_the_widest_paragraph() {
        let width = |text| Paragraphs::new(text, Direction::Rtl, TextPolicy::default()).width();
        assert_eq!(width("سلام  \nab\n中文"), 4);
        assert_eq!(width(""), 0);
    }
}
