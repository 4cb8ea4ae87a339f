//! Konsole: it turns forms back into letters, joins them by their neighbours in the row and
//! reorders the row as one left-to-right paragraph.
//!
//! One LRO a row keeps the order; a ZWJ or ZWNJ on each side of each letter forces the shapes.
//!
//! tmux (3.3a) loses a ZWJ behind which a read of its ends, wherever that may be: inside tmux each
//! is sent twice, with something between the two.

use ratatui::style::Modifier;

use super::forms::{Joins, joins};
use super::override_row::anchor;
use super::{Encoder, Kind, Look, Sent, Wanted};

/// Sends letters with joiners behind them, and one LRO a row.
#[derive(Debug)]
pub struct Joined {
    /// Each ZWJ is sent twice.
    pub twice: bool,
}

impl Encoder for Joined {
    fn encode(&mut self, wanted: &[Wanted], sent: &mut Sent) {
        let anchor = anchor(wanted);
        for (column, cell) in wanted.iter().enumerate() {
            let text = if cell.width == 0 { "" } else { cell.symbol() };
            sent.push(text, look(cell), cell.width);
            if cell.kind != Kind::Second {
                let next = column + usize::from(cell.width);
                let marks = between(neighbour(Some(cell)), neighbour(wanted.get(next)));
                // tmux has room for 21 bytes in a cell, and an LRO behind a letter must find its
                // place.
                let carries = anchor.is_some_and(|(at, _)| at == column);
                let twice = self.twice && !(carries && cell.kind == Kind::Rtl);
                sent.append(if twice { doubled(marks) } else { marks });
            }
            if let Some((_, mark)) = anchor.filter(|(at, _)| *at == column) {
                sent.append(mark);
            }
        }
    }
}

/// Letters are never bold: a letter with a ZWJ behind it comes from another font, which is seldom
/// bold, and half of each word would be.
fn look(cell: &Wanted) -> Look {
    let bold = if cell.kind == Kind::Rtl {
        Modifier::BOLD
    } else {
        Modifier::empty()
    };
    Look {
        modifier: cell.look.modifier.difference(bold),
        ..cell.look
    }
}

/// What stands beside a boundary, as far as joining goes.
#[derive(Clone, Copy)]
enum Neighbour {
    Letter(Joins),
    /// Tatweel: joins whatever touches it.
    Joining,
    Nothing,
}

fn neighbour(cell: Option<&Wanted>) -> Neighbour {
    let Some(cell) = cell.filter(|cell| cell.kind == Kind::Rtl) else {
        return Neighbour::Nothing;
    };
    match (cell.first(), joins(cell.first())) {
        (_, Some(joins)) => Neighbour::Letter(joins),
        ('\u{640}', None) => Neighbour::Joining,
        (_, None) => Neighbour::Nothing,
    }
}

/// What is written between two cells. Konsole takes the row's order for the reading order: the
/// cell to the right counts as the one *after*, whichever way the letters run.
///
/// U+206E (invisible, transparent to joining) closes what ends in ZWJ, or tmux would put the next
/// character into the same cell.
fn between(left: Neighbour, right: Neighbour) -> &'static str {
    use Neighbour::{Joining, Letter, Nothing};
    let mark = |joined: bool| if joined { JOIN } else { PART };
    match (left, right) {
        (Letter(left), Letter(right)) => match (left.after, right.before) {
            (true, true) => JOIN,
            (false, false) => PART,
            (true, false) => JOIN_PART,
            (false, true) => PART_JOIN,
        },
        (Letter(left), Joining) => mark(left.after),
        (Joining, Letter(right)) => mark(right.before),
        (Letter(left), Nothing) if left.after => JOIN,
        (Nothing, Letter(right)) if right.before => JOIN,
        (Letter(_) | Joining | Nothing, _) => "",
    }
}

const JOIN: &str = "\u{200d}\u{206e}";
const PART: &str = "\u{200c}";
const JOIN_PART: &str = "\u{200d}\u{200c}";
const PART_JOIN: &str = "\u{200c}\u{200d}\u{206e}";

/// The same with each ZWJ twice.
fn doubled(marks: &'static str) -> &'static str {
    match marks {
        JOIN => "\u{200d}\u{206e}\u{200d}\u{206e}",
        JOIN_PART => "\u{200d}\u{206e}\u{200d}\u{200c}",
        PART_JOIN => "\u{200c}\u{200d}\u{206e}\u{200d}\u{206e}",
        marks => marks,
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::{encoded, row, sent};
    use super::*;

    fn once() -> Joined {
        Joined { twice: false }
    }

    #[test]
    fn shapes_are_forced_from_both_sides() {
        // «با» in visual order: alef final, beh initial
        assert_eq!(
            encoded(&mut once(), &row("x\u{fe8e}\u{fe91}.")),
            [
                "x\u{200d}\u{206e}\u{202d}",
                "\u{fe8e}\u{200c}",
                "\u{fe91}\u{200d}\u{206e}",
                "."
            ]
        );
    }

    #[test]
    fn letters_are_not_bold_and_the_rest_is() {
        let mut cells = row("a\u{fe8e}");
        for cell in &mut cells {
            cell.look.modifier = Modifier::BOLD | Modifier::UNDERLINED;
        }
        let sent = sent(&mut once(), &cells);
        assert_eq!(sent.look(0).modifier, Modifier::BOLD | Modifier::UNDERLINED);
        assert_eq!(sent.look(1).modifier, Modifier::UNDERLINED);
    }

    #[test]
    fn a_row_without_letters_is_sent_as_it_is() {
        assert_eq!(
            encoded(&mut once(), &row("│a 1│")),
            ["│", "a", " ", "1", "│"]
        );
    }
}
