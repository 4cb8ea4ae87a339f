//! kitty before 0.40, and any kitty inside tmux: `HarfBuzz` turns each run of Arabic letters round,
//! so runs are sent reversed.
//!
//! A run ends at a blank and where the font changes. Whatever else touches a run is made bold (or
//! not bold, beside a bold run), which is another font. Marks would be misplaced and are left out.

use ratatui::style::Modifier;

use super::{Encoder, Kind, Look, Sent, Wanted};

/// Sends runs of right-to-left cells reversed.
#[derive(Debug)]
pub struct Reversed;

impl Encoder for Reversed {
    fn encode(&mut self, wanted: &[Wanted], sent: &mut Sent) {
        let mut column = 0;
        while let Some(cell) = wanted.get(column) {
            let run = run_at(&wanted[column..]);
            for at in 0..run {
                let turned = &wanted[column + run - 1 - at];
                let base = turned.first().encode_utf8(&mut [0; 4]).len();
                let text = turned.symbol().get(..base).unwrap_or(" ");
                sent.push(text, wanted[column + at].look, 1);
            }
            if run == 0 {
                let look = apart(wanted, column);
                sent.push(
                    if cell.width == 0 { "" } else { cell.symbol() },
                    look,
                    cell.width,
                );
            }
            column += run.max(1);
        }
    }
}

/// Modifiers that choose another font.
const FONT: Modifier = Modifier::BOLD.union(Modifier::ITALIC);

fn font(look: Look) -> Modifier {
    look.modifier.intersection(FONT)
}

/// Length of the run of right-to-left cells in one font that `cells` begins with.
fn run_at(cells: &[Wanted]) -> usize {
    let Some(first) = cells.first() else { return 0 };
    let same = |cell: &&Wanted| cell.kind == Kind::Rtl && font(cell.look) == font(first.look);
    cells.iter().take_while(same).count()
}

/// The look of a cell that is no part of a run: in another font than the runs it touches.
fn apart(wanted: &[Wanted], column: usize) -> Look {
    let look = wanted[column].look;
    if wanted[column].kind != Kind::Other {
        return look;
    }
    let after = column + usize::from(wanted[column].width);
    let beside = [
        column.checked_sub(1).and_then(|at| wanted.get(at)),
        wanted.get(after),
    ];
    let taken = |modifier: Modifier| {
        let runs = beside
            .iter()
            .flatten()
            .filter(|cell| cell.kind == Kind::Rtl);
        runs.into_iter().any(|cell| font(cell.look) == modifier)
    };
    let fonts = [
        font(look),
        Modifier::BOLD,
        Modifier::empty(),
        Modifier::ITALIC,
    ];
    let free = fonts.into_iter().find(|modifier| !taken(*modifier));
    let modifier = free.map_or(look.modifier, |font| {
        look.modifier.difference(FONT).union(font)
    });
    Look { modifier, ..look }
}

#[cfg(test)]
mod tests {
    use super::super::rows::{encoded, row, sent};
    use super::*;

    #[test]
    fn runs_are_turned_round_and_marks_left_out() {
        assert_eq!(
            encoded(&mut Reversed, &row("ab \u{fe8e}\u{fe91}\u{64e}\u{fe8f} ۱۲")),
            [
                "a", "b", " ", "\u{fe8f}", "\u{fe91}", "\u{fe8e}", " ", "۲", "۱"
            ]
        );
    }

    #[test]
    fn what_touches_a_run_is_in_another_font() {
        let mut cells = row("(\u{fe8e}).");
        assert!(font(sent(&mut Reversed, &cells).look(0)) == Modifier::BOLD);
        assert!(font(sent(&mut Reversed, &cells).look(3)).is_empty());
        cells[1].look.modifier = Modifier::BOLD;
        assert!(font(sent(&mut Reversed, &cells).look(0)).is_empty());
    }

    #[test]
    fn bold_letters_inside_a_word_are_a_run_of_their_own() {
        let mut cells = row("\u{fe8e}\u{fe91}\u{fe8f}\u{feb3}");
        cells[1].look.modifier = Modifier::BOLD;
        assert_eq!(
            encoded(&mut Reversed, &cells),
            ["\u{fe8e}", "\u{fe91}", "\u{feb3}", "\u{fe8f}"]
        );
    }
}
