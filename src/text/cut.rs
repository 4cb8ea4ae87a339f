//! Shortening to one line with an ellipsis, in the order of the text.

use super::paragraph::Atom;
use super::wrap::Fill;

/// How much of a paragraph a line of some width shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// All of it.
    Whole,
    /// The atoms before this one, then an ellipsis.
    Before(usize),
    /// There is no room for the ellipsis.
    Nothing,
}

/// Where to cut `atoms` for `width` columns. `last` is true when no more text follows them.
pub(super) fn shown(atoms: &[Atom], width: usize, last: bool) -> Cut {
    let mut fill = Fill::default();
    let mut before_ellipsis = 0;
    for (at, atom) in atoms.iter().enumerate() {
        if !fill.take(atom, width) {
            return cut(before_ellipsis, width);
        }
        if fill.text < width {
            before_ellipsis = at + 1;
        }
    }
    if last {
        Cut::Whole
    } else {
        cut(before_ellipsis, width)
    }
}

fn cut(before: usize, width: usize) -> Cut {
    if width == 0 {
        Cut::Nothing
    } else {
        Cut::Before(before)
    }
}
