//! Where the cursor of a prompt stands in a laid out line, and where the arrow keys take it.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::layout::Line;

/// A side of the screen, whatever way the text runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// To the left.
    Left,
    /// To the right.
    Right,
}

impl Line {
    /// The column of a cursor before source byte `byte`, counted from the line's first cell: that
    /// of the cell which comes next in the text, where a letter typed now goes in. At the end of
    /// the text it is the free column behind it, which is −1 in a right-to-left line.
    pub fn caret_column(&self, byte: usize) -> isize {
        match self.caret_cell(byte) {
            Some(at) => self
                .columns()
                .nth(at)
                .map_or(0, |(column, _)| column as isize),
            None if self.rtl => -1,
            None => self.width as isize,
        }
    }

    /// The source byte of the cursor one cell to the `side` of the cursor before `byte`, as the eye
    /// sees it: in Persian words the left arrow goes on, in Latin ones back. `None` at the edge.
    pub fn caret_beside(&self, byte: usize, side: Side) -> Option<usize> {
        let end = self.source.end;
        let place = match (self.caret_cell(byte), self.rtl) {
            (Some(at), _) => at as isize,
            (None, true) => -1,
            (None, false) => self.cells.len() as isize,
        };
        let next = match side {
            Side::Left => place - 1,
            Side::Right => place + 1,
        };
        match usize::try_from(next).ok().and_then(|at| self.cells.get(at)) {
            Some(cell) => Some(cell.source().start),
            None if (byte < end) && (next < 0) == self.rtl => Some(end),
            None => None,
        }
    }

    /// The cell that comes next in the text after a cursor before `byte`.
    fn caret_cell(&self, byte: usize) -> Option<usize> {
        let behind = |cell: &Range<usize>| cell.end > byte;
        let cells = self.cells.iter().map(super::Cell::source).enumerate();
        cells
            .filter(|(_, source)| behind(source))
            .min_by_key(|(_, source)| source.start)
            .map(|(at, _)| at)
    }
}

/// The byte where the cluster before byte `at` of `text` starts: what a step back passes over.
pub fn cluster_before(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(floor(text, at), text.len(), true);
    cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

/// The byte where the cluster behind byte `at` of `text` ends: what a step on passes over, and
/// what the Delete key takes.
pub fn cluster_after(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(floor(text, at), text.len(), true);
    let end = text.len();
    cursor.next_boundary(text, 0).ok().flatten().unwrap_or(end)
}

/// The byte from which Backspace takes what is before byte `at`: a mark or a joiner alone, so that
/// a wrong vowel can be mended, else a whole cluster.
pub fn rubbed_out_from(text: &str, at: usize) -> usize {
    let head = &text[..floor(text, at)];
    match head.char_indices().next_back() {
        Some((start, last)) if is_small(last) => start,
        _ => cluster_before(text, at),
    }
}

fn is_small(letter: char) -> bool {
    matches!(letter, '\u{200c}' | '\u{200d}') || super::sanitize::is_mark(letter)
}

/// The byte where the word before byte `at` of `text` starts, for a step back by words.
pub fn word_before(text: &str, at: usize) -> usize {
    let head = &text[..floor(text, at)];
    let last = head.unicode_word_indices().next_back();
    last.map_or(0, |(start, _)| start)
}

/// The byte where the word behind byte `at` of `text` ends, for a step on by words.
pub fn word_after(text: &str, at: usize) -> usize {
    let at = floor(text, at);
    let next = text[at..].unicode_word_indices().next();
    next.map_or(text.len(), |(start, word)| at + start + word.len())
}

/// The nearest character bound at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::{Direction, TextPolicy, lay_out};
    use super::*;

    fn line(text: &str) -> Line {
        let layout = lay_out(text, 99, Direction::Auto, TextPolicy::default());
        layout.lines.into_iter().next().unwrap_or_default()
    }

    #[test]
    fn the_cursor_stands_on_the_letter_that_comes_next() {
        let latin = line("ab");
        let columns = [0, 1, 2].map(|byte| latin.caret_column(byte));
        assert_eq!(columns, [0, 1, 2]);
        let persian = line("سلام");
        let columns = [0, 2, 4, 6, 8].map(|byte| persian.caret_column(byte));
        assert_eq!(columns, [2, 1, 1, 0, -1]);
        assert_eq!(line("中ب").caret_column(3), 2);
        assert_eq!(Line::default().caret_column(0), 0);
    }

    #[test]
    fn the_arrows_follow_the_eye_through_both_directions() {
        let line = line("با BRICS هم");
        let mut seen = vec![0];
        while let Some(next) = line.caret_beside(seen[seen.len() - 1], Side::Left) {
            seen.push(next);
        }
        assert_eq!(seen, [0, 2, 4, 9, 8, 7, 6, 5, 10, 11, 13, 15]);
        let mut back = vec![15];
        while let Some(next) = line.caret_beside(back[back.len() - 1], Side::Right) {
            back.push(next);
        }
        back.reverse();
        assert_eq!(back, seen);
    }

    #[test]
    fn steps_pass_over_clusters_and_words() {
        let text = "سَلام\u{200c}ها 👍🏽 x";
        assert_eq!(cluster_after(text, 0), 4);
        assert_eq!(cluster_before(text, 4), 0);
        assert_eq!(rubbed_out_from(text, 4), 2);
        assert_eq!(rubbed_out_from(text, 13), 10);
        assert_eq!(word_after(text, 0), 17);
        assert_eq!(word_before(text, 17), 0);
        let thumb = text.find('👍').expect("it is there");
        assert_eq!(rubbed_out_from(text, thumb + 8), thumb);
        assert_eq!(cluster_after(text, 99), text.len());
        assert_eq!(
            (cluster_before("", 0), word_before("", 3), word_after("", 3)),
            (0, 0, 0)
        );
    }
}
