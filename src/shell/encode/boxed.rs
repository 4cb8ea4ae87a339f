//! kitty 0.40 and newer: each letter in an `OSC 66` of its own, so that no two are shaped together.
//!
//! kitty parts shaping runs where the vertical alignment (`v`) differs; at scale 1 it has no other
//! effect. Never for a terminal that does not know OSC 66: it swallows the text.

use super::{Encoder, Kind, Sent, Wanted};

/// Sends right-to-left cells one `OSC 66` each.
#[derive(Debug)]
pub struct Boxed;

impl Encoder for Boxed {
    fn encode(&mut self, wanted: &[Wanted], sent: &mut Sent) {
        for (column, cell) in wanted.iter().enumerate() {
            if cell.kind == Kind::Rtl && cell.width == 1 {
                sent.push(OPEN[column % 2], cell.look, 1);
                sent.append(cell.symbol());
                sent.append("\x1b\\");
            } else {
                sent.push_wanted(cell);
            }
        }
    }
}

/// By column parity, so that a cell's bytes do not depend on its neighbours.
const OPEN: [&str; 2] = ["\x1b]66;w=1:v=1;", "\x1b]66;w=1:v=2;"];

#[cfg(test)]
mod tests {
    use super::super::rows::{encoded, row};
    use super::*;

    #[test]
    fn neighbours_differ() {
        assert_eq!(
            encoded(&mut Boxed, &row("a\u{fefc}۱ ")),
            [
                "a",
                "\x1b]66;w=1:v=2;\u{fefc}\x1b\\",
                "\x1b]66;w=1:v=1;۱\x1b\\",
                " "
            ]
        );
    }
}
