//! VTE inside tmux or screen, where the mode for explicit order does not get through: one LRO
//! (U+202D) in the row makes it one left-to-right stretch.

use super::{Encoder, Kind, Sent, Wanted};

/// Sends the cells as they are, and one LRO in each row that has right-to-left letters.
#[derive(Debug)]
pub struct OverrideRow;

impl Encoder for OverrideRow {
    fn encode(&mut self, wanted: &[Wanted], sent: &mut Sent) {
        let anchor = anchor(wanted);
        for (column, cell) in wanted.iter().enumerate() {
            sent.push_wanted(cell);
            if let Some((_, mark)) = anchor.filter(|(at, _)| *at == column) {
                sent.append(mark);
            }
        }
    }
}

/// The column whose cell carries the row's LRO, and what it carries; `None` in a row that needs
/// none.
///
/// Never a box character: VTE would draw it thin, and Konsole 26.08 junk beside it. A
/// right-to-left letter must not touch the LRO, or both would be one stretch and change sides
/// (UAX #9 L2): an LRM parts them.
pub fn anchor(wanted: &[Wanted]) -> Option<(usize, &'static str)> {
    let needed = wanted.iter().any(|cell| cell.kind == Kind::Rtl);
    let at = wanted
        .iter()
        .position(|cell| !matches!(cell.kind, Kind::Box | Kind::Second));
    let at = at.filter(|_| needed)?;
    let letter = wanted.get(at).is_some_and(|cell| cell.kind == Kind::Rtl);
    Some((
        at,
        if letter {
            "\u{200e}\u{202d}"
        } else {
            "\u{202d}"
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::super::rows::{encoded, row};
    use super::*;

    #[test]
    fn the_first_cell_that_is_no_border_carries_it() {
        assert_eq!(
            encoded(&mut OverrideRow, &row("│ \u{fefc}│")),
            ["│", " \u{202d}", "\u{fefc}", "│"]
        );
        assert_eq!(encoded(&mut OverrideRow, &row("│ a")), ["│", " ", "a"]);
    }

    #[test]
    fn a_letter_that_must_carry_it_is_parted_from_it() {
        assert_eq!(
            encoded(&mut OverrideRow, &row("\u{fefc}\u{fedf}")),
            ["\u{fefc}\u{200e}\u{202d}", "\u{fedf}"]
        );
    }
}
