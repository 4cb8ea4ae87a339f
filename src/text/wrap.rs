//! Greedy line breaking by columns, in the order of the text.

use std::ops::Range;

use super::paragraph::Atom;

/// The rows of one paragraph, each at most `width` columns (at least 1), as ranges of `atoms`.
///
/// A row ends at the furthest opportunity that fits, blanks before it not counted; where there is
/// none, after as many atoms as fit.
pub(super) fn rows(atoms: &[Atom], width: usize) -> Rows<'_> {
    Rows {
        atoms,
        width: width.max(1),
        start: 0,
    }
}

pub(super) struct Rows<'a> {
    atoms: &'a [Atom],
    width: usize,
    start: usize,
}

impl Iterator for Rows<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.start;
        let rest = self.atoms.get(start..).filter(|rest| !rest.is_empty())?;
        self.start = start + row_length(rest, self.width);
        Some(start..self.start)
    }
}

/// How many of `atoms` the first row takes; at least one.
fn row_length(atoms: &[Atom], width: usize) -> usize {
    let mut last_break = None;
    let mut fill = Fill::default();
    for (at, atom) in atoms.iter().enumerate() {
        if !fill.take(atom, width) {
            return last_break.unwrap_or(at.max(1));
        }
        if atom.breaks {
            last_break = Some(at + 1);
        }
    }
    atoms.len()
}

/// The columns of a row that grows.
#[derive(Default)]
pub(super) struct Fill {
    /// Up to the last atom that is no hanging blank.
    pub text: usize,
    /// The blanks behind it.
    blanks: usize,
}

impl Fill {
    /// Adds `atom` if the row is then not wider than `width`.
    pub(super) fn take(&mut self, atom: &Atom, width: usize) -> bool {
        if atom.hangs {
            self.blanks += usize::from(atom.width);
        } else if atom.width > 0 {
            let text = self.text + self.blanks + columns(atom, width);
            if text > width {
                return false;
            }
            *self = Self { text, blanks: 0 };
        }
        true
    }
}

/// The columns of `atom` in a pane of `width`: one that is wider than the pane is shown as U+FFFD.
pub(super) fn columns(atom: &Atom, width: usize) -> usize {
    match usize::from(atom.width) {
        own if own > width => 1,
        own => own,
    }
}

/// `row` without the blanks that hang at its end and what has no width between them.
pub(super) fn without_hanging(row: &[Atom]) -> &[Atom] {
    let shown = |atom: &Atom| atom.width > 0 && !atom.hangs;
    let end = row.iter().rposition(shown).map_or(0, |last| last + 1);
    row.get(..end).unwrap_or_default()
}
