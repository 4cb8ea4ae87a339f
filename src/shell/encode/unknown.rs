//! A terminal nobody knows: everything that helps somewhere and harms nowhere, at once.

use super::alternate::Alternate;
use super::override_row::anchor;
use super::{Colours, Encoder, Options, Sent, Wanted};

/// Alternating colours when there are 24 bits of them, and one LRO a row where asked for.
#[derive(Clone, Copy, Debug)]
pub struct Unknown {
    alternate: Option<Alternate>,
    override_row: bool,
}

impl Unknown {
    /// `override_row` asks for the LRO.
    pub fn new(options: Options, override_row: bool) -> Self {
        let enough = options.colours == Colours::True;
        Self {
            alternate: enough.then(|| Alternate::new(options)),
            override_row,
        }
    }
}

impl Encoder for Unknown {
    fn encode(&mut self, wanted: &[Wanted], sent: &mut Sent) {
        let anchor = anchor(wanted).filter(|_| self.override_row);
        for (column, cell) in wanted.iter().enumerate() {
            let look = self
                .alternate
                .map_or(cell.look, |colours| colours.look(wanted, column));
            sent.push(
                if cell.width == 0 { "" } else { cell.symbol() },
                look,
                cell.width,
            );
            if let Some((_, mark)) = anchor.filter(|(at, _)| *at == column) {
                sent.append(mark);
            }
        }
    }

    fn blanks_part(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Color;

    use super::super::rows::{encoded, row, sent};
    use super::*;

    #[test]
    fn an_override_and_colours() {
        let cells = row(" \u{fefc}");
        let mut encoder = Unknown::new(Options::default(), true);
        assert_eq!(encoded(&mut encoder, &cells), [" \u{202d}", "\u{fefc}"]);
        assert_eq!(
            sent(&mut encoder, &cells).look(1).fg,
            Color::Rgb(229, 229, 228)
        );
    }

    #[test]
    fn few_colours_are_left_alone() {
        let options = Options {
            colours: Colours::Indexed,
            ..Options::default()
        };
        let found = sent(&mut Unknown::new(options, false), &row("\u{fefc}"));
        assert_eq!(
            (found.look(0).fg, found.text(0)),
            (Color::Reset, "\u{fefc}")
        );
    }
}
