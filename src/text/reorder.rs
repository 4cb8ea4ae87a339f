//! From the order of the text to the order on the screen, one row alone (UAX #9 L1, L2).

use unicode_bidi::{Level, ParagraphBidiInfo};

use super::paragraph::{Atom, Reset};

/// Indices into `row` from the left to the right, of a paragraph of level `paragraph`.
pub(super) fn visual(row: &[Atom], paragraph: u8) -> Vec<usize> {
    let levels = levels(row, paragraph);
    let first = levels.first().copied().unwrap_or(paragraph);
    if levels.iter().any(|level| *level != first) {
        let levels: Vec<Level> = levels.into_iter().map(level).collect();
        ParagraphBidiInfo::reorder_visual(&levels)
    } else if first % 2 == 1 {
        (0..row.len()).rev().collect()
    } else {
        (0..row.len()).collect()
    }
}

/// The levels of `row` after rule L1: separators, and blanks and isolate controls before a
/// separator or the end of the row, have the level of the paragraph.
fn levels(row: &[Atom], paragraph: u8) -> Vec<u8> {
    let mut levels: Vec<u8> = row.iter().map(|atom| atom.level).collect();
    let mut trails = true;
    for (level, atom) in levels.iter_mut().zip(row).rev() {
        trails = match atom.reset {
            Reset::Separator => true,
            Reset::Trailing => trails,
            Reset::Never => false,
        };
        if trails {
            *level = paragraph;
        }
    }
    levels
}

fn level(number: u8) -> Level {
    Level::new(number).unwrap_or_else(|_| Level::ltr())
}
