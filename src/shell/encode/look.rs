//! What a cell looks like besides its text, and the SGR bytes from one look to the next.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use super::Colours;
use super::colour::index_of_name;

/// Colours and weight of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Look {
    /// Foreground.
    pub fg: Color,
    /// Background.
    pub bg: Color,
    /// Bold, reversed and the like.
    pub modifier: Modifier,
}

impl Look {
    /// The terminal's own colours, upright.
    pub const PLAIN: Self = Self {
        fg: Color::Reset,
        bg: Color::Reset,
        modifier: Modifier::empty(),
    };

    /// The same for a blank: what cannot be seen on it does not count.
    #[must_use]
    pub fn of_blank(self) -> Self {
        if self.modifier.intersects(DRAWN) {
            return self;
        }
        let (fg, modifier) = (Color::Reset, Modifier::empty());
        Self {
            fg,
            modifier,
            ..self
        }
    }

    /// The look in which a blank of this look may be written after `pen`: what cannot be seen stays
    /// as it is.
    #[must_use]
    pub fn blank_after(self, pen: Self) -> Self {
        if (self.modifier | pen.modifier).intersects(DRAWN) {
            return self;
        }
        Self { bg: self.bg, ..pen }
    }

    /// The look of a ratatui cell in the colours that may be sent.
    pub fn of(cell: &Cell, colours: Colours) -> Self {
        let (fg, bg) = (colours.nearest(cell.fg), colours.nearest(cell.bg));
        Self {
            fg,
            bg,
            modifier: cell.modifier,
        }
    }
}

/// What shows the foreground of a blank, or is seen on it by itself.
const DRAWN: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::CROSSED_OUT);

/// SGR parameters that switch a modifier on.
const ON: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// Writes the SGR sequence that leads from look `from` to look `to`; nothing when they are equal.
///
/// A modifier is taken back by starting over (`0`): SGR 22 to 29 are not the same everywhere.
pub fn change(mut from: Look, to: Look, out: &mut Vec<u8>) {
    if from == to {
        return;
    }
    out.extend_from_slice(b"\x1b[");
    let mut first = true;
    if to == Look::PLAIN || !to.modifier.contains(from.modifier) {
        parameter(0, &mut first, out);
        from = Look::PLAIN;
    }
    for (modifier, code) in ON {
        if to.modifier.contains(modifier) && !from.modifier.contains(modifier) {
            parameter(code, &mut first, out);
        }
    }
    if from.fg != to.fg {
        colour(to.fg, 30, &mut first, out);
    }
    if from.bg != to.bg {
        colour(to.bg, 40, &mut first, out);
    }
    out.push(b'm');
}

/// `base` is 30 for the foreground, 40 for the background.
fn colour(colour: Color, base: u8, first: &mut bool, out: &mut Vec<u8>) {
    match (colour, index_of_name(colour)) {
        (Color::Rgb(r, g, b), _) => parameters(&[base + 8, 2, r, g, b], first, out),
        (Color::Indexed(index), _) => parameters(&[base + 8, 5, index], first, out),
        (_, Some(index @ 0..=7)) => parameter(base + index, first, out),
        (_, Some(index)) => parameter(base + 52 + index, first, out),
        (_, None) => parameter(base + 9, first, out),
    }
}

fn parameters(values: &[u8], first: &mut bool, out: &mut Vec<u8>) {
    for value in values {
        parameter(*value, first, out);
    }
}

fn parameter(value: u8, first: &mut bool, out: &mut Vec<u8>) {
    if !std::mem::take(first) {
        out.push(b';');
    }
    number(u16::from(value), out);
}

/// Writes `value` in decimal.
pub fn number(value: u16, out: &mut Vec<u8>) {
    if value >= 10 {
        number(value / 10, out);
    }
    out.push(b'0' + (value % 10) as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(from: Look, to: Look) -> String {
        let mut out = Vec::new();
        change(from, to, &mut out);
        String::from_utf8(out).expect("ASCII")
    }

    #[test]
    fn a_blank_takes_the_pen_as_it_is() {
        let red = Look {
            fg: Color::Red,
            modifier: Modifier::BOLD,
            ..Look::PLAIN
        };
        let on_blue = Look {
            bg: Color::Blue,
            ..Look::PLAIN
        };
        let lined = Look {
            modifier: Modifier::UNDERLINED,
            ..red
        };
        assert_eq!(red.of_blank(), Look::PLAIN);
        assert_eq!(lined.of_blank(), lined);
        assert_eq!(Look::PLAIN.blank_after(red), red);
        let bg = Color::Blue;
        assert_eq!(on_blue.blank_after(red), Look { bg, ..red });
        assert_eq!(Look::PLAIN.blank_after(lined), Look::PLAIN);
        assert_eq!(lined.blank_after(red), lined);
    }

    #[test]
    fn only_what_changes_is_written() {
        let bold = Look {
            modifier: Modifier::BOLD,
            ..Look::PLAIN
        };
        let red = Look {
            fg: Color::Red,
            ..bold
        };
        let bright = Look {
            fg: Color::LightRed,
            bg: Color::Rgb(1, 20, 255),
            ..bold
        };
        assert_eq!(bytes(bold, bold), "");
        assert_eq!(bytes(Look::PLAIN, bold), "\x1b[1m");
        assert_eq!(bytes(bold, red), "\x1b[31m");
        assert_eq!(bytes(red, bright), "\x1b[91;48;2;1;20;255m");
        assert_eq!(
            bytes(
                red,
                Look {
                    fg: Color::Red,
                    ..Look::PLAIN
                }
            ),
            "\x1b[0;31m"
        );
        assert_eq!(bytes(bright, Look::PLAIN), "\x1b[0m");
        assert_eq!(
            bytes(
                red,
                Look {
                    bg: Color::Indexed(7),
                    ..bold
                }
            ),
            "\x1b[39;48;5;7m"
        );
    }
}
