//! qterminal and the DOM renderer of xterm.js: both draw, and reorder, stretches of one colour.
//! Neighbours get foregrounds that differ by one step of blue, which nobody sees.

use ratatui::style::{Color, Modifier};

use super::colour::{nearest_of_256, rgb_of, rgb_of_256};
use super::{Colours, Encoder, Kind, Look, Options, Sent, Wanted};

/// Sends right-to-left letters, and what touches them, in alternating colours.
#[derive(Clone, Copy, Debug)]
pub struct Alternate {
    colours: Colours,
    foreground: (u8, u8, u8),
}

impl Alternate {
    /// With as many colours as `options` allows, 256 at least. Where the terminal's own foreground
    /// is asked for, `options.foreground` is sent: two neighbours cannot both have the default.
    pub fn new(options: Options) -> Self {
        let colours = match options.colours {
            Colours::True => Colours::True,
            Colours::None | Colours::Sixteen | Colours::Indexed => Colours::Indexed,
        };
        Self {
            colours,
            foreground: options.foreground,
        }
    }

    /// The look that sets the cell at `column` apart from its neighbours.
    pub fn look(self, wanted: &[Wanted], column: usize) -> Look {
        let Some(cell) = wanted.get(column) else {
            return Look::PLAIN;
        };
        let fg = cell.look.fg;
        let spelled_out = fg == Color::Reset && shows_foreground(cell);
        let mixed_up = self.is_mixed_up(fg) && beside_letters(wanted, column);
        if cell.kind != Kind::Rtl && !spelled_out && !mixed_up {
            return cell.look;
        }
        let fg = self.stepped(fg, column);
        Look { fg, ..cell.look }
    }

    fn stepped(self, fg: Color, column: usize) -> Color {
        let odd = column % 2 == 1;
        let rgb = rgb_of(fg, self.foreground);
        match (self.colours, fg) {
            (Colours::True, _) => step_of_rgb(rgb, odd),
            (_, Color::Indexed(index @ 16..)) => step_of_256(index, odd),
            (_, _) => step_of_256(nearest_of_256(rgb), odd),
        }
    }

    /// A colour that a letter's could be: those of another kind are kept apart by the terminal.
    fn is_mixed_up(self, fg: Color) -> bool {
        match self.colours {
            Colours::True => matches!(fg, Color::Rgb(..)),
            Colours::None | Colours::Sixteen | Colours::Indexed => fg != Color::Reset,
        }
    }
}

/// True when the foreground of a cell can be seen: a text in the terminal's own foreground must
/// not look different from the letters beside it, whose foreground had to be spelled out.
fn shows_foreground(cell: &Wanted) -> bool {
    let drawn = Modifier::REVERSED
        .union(Modifier::UNDERLINED)
        .union(Modifier::CROSSED_OUT);
    cell.kind != Kind::Blank || cell.look.modifier.intersects(drawn)
}

impl Encoder for Alternate {
    fn encode(&mut self, wanted: &[Wanted], sent: &mut Sent) {
        for (column, cell) in wanted.iter().enumerate() {
            let text = if cell.width == 0 { "" } else { cell.symbol() };
            sent.push(text, self.look(wanted, column), cell.width);
        }
    }

    fn blanks_part(&self) -> bool {
        true
    }
}

/// True for what touches a right-to-left letter.
fn beside_letters(wanted: &[Wanted], column: usize) -> bool {
    let near = column.saturating_sub(1)..(column + 2).min(wanted.len());
    wanted
        .get(near)
        .is_some_and(|cells| cells.iter().any(|cell| cell.kind == Kind::Rtl))
}

fn step_of_rgb((r, g, b): (u8, u8, u8), odd: bool) -> Color {
    match (odd, b) {
        (false, _) => Color::Rgb(r, g, b),
        (true, 0) => Color::Rgb(r, g, 1),
        (true, _) => Color::Rgb(r, g, b - 1),
    }
}

/// Neighbours in the greys, or in the blue of the cube.
fn step_of_256(index: u8, odd: bool) -> Color {
    let pair = match index {
        // The cube's greys would turn blue; those of the ramp are nearer to each other.
        16 | 59 | 102 | 145 | 188 | 231 => {
            let (grey, _, _) = rgb_of_256(index);
            232 + (grey.saturating_sub(3) / 10).min(23) / 2 * 2
        }
        16..=231 => 16 + (index - 16) / 2 * 2,
        _ => index / 2 * 2,
    };
    Color::Indexed(if odd { pair + 1 } else { pair })
}

#[cfg(test)]
mod tests {
    use super::super::rows::{row, sent};
    use super::*;

    fn colours(text: &str, colours: Colours, fg: Color) -> Vec<Color> {
        let options = Options {
            colours,
            foreground: (10, 20, 0),
            ..Options::default()
        };
        let mut cells = row(text);
        for cell in &mut cells {
            cell.look.fg = fg;
        }
        let sent = sent(&mut Alternate::new(options), &cells);
        (0..sent.len()).map(|column| sent.look(column).fg).collect()
    }

    #[test]
    fn neighbours_differ_by_one() {
        let wanted = Color::Rgb(1, 2, 3);
        let other = Color::Rgb(1, 2, 2);
        let found = colours("ab\u{fe8e}\u{fe91}.c", Colours::True, wanted);
        assert_eq!(found, [wanted, other, wanted, other, wanted, wanted]);
    }

    #[test]
    fn a_border_in_a_colour_of_the_theme_keeps_it() {
        let mut cells = row("│\u{fe8e}");
        cells[0].look.fg = Color::DarkGray;
        let found = sent(&mut Alternate::new(Options::default()), &cells);
        assert_eq!(found.look(0).fg, Color::DarkGray);
    }

    #[test]
    fn the_default_is_spelled_out() {
        let found = colours("a\u{fe8e}", Colours::True, Color::Reset);
        assert_eq!(found, [Color::Rgb(10, 20, 0), Color::Rgb(10, 20, 1)]);
    }

    #[test]
    fn in_256_colours_neighbours_of_the_table_are_taken() {
        let index = |a, b| [Color::Indexed(a), Color::Indexed(b)];
        assert_eq!(
            colours("a\u{fe8e}", Colours::Indexed, Color::Indexed(253)),
            index(252, 253)
        );
        assert_eq!(
            colours("a\u{fe8e}", Colours::Indexed, Color::Indexed(110)),
            index(110, 111)
        );
        assert_eq!(
            colours("a\u{fe8e}", Colours::Indexed, Color::Indexed(102)),
            index(244, 245)
        );
        assert_eq!(
            colours("a\u{fe8e}", Colours::Indexed, Color::White),
            index(254, 255)
        );
        assert_eq!(
            colours("a\u{fe8e}", Colours::Sixteen, Color::Indexed(16)),
            index(232, 233)
        );
    }
}
