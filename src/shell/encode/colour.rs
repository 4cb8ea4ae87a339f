//! How many colours a terminal has, and the nearest one it can show.

use ratatui::style::Color;

/// The colours that may be sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colours {
    /// None at all (`NO_COLOR`): weight and reversal only.
    None,
    /// The sixteen of the terminal's own theme.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// 24 bits.
    #[default]
    True,
}

impl Colours {
    /// The nearest colour that may be sent.
    pub fn nearest(self, colour: Color) -> Color {
        match (self, colour) {
            (Self::True, _) | (_, Color::Reset) => colour,
            (Self::None, _) => Color::Reset,
            (Self::Indexed, Color::Rgb(r, g, b)) => Color::Indexed(nearest_of_256((r, g, b))),
            (Self::Sixteen, Color::Rgb(r, g, b)) => Color::Indexed(nearest_of_16((r, g, b))),
            (Self::Sixteen, Color::Indexed(i)) if i > 15 => {
                Color::Indexed(nearest_of_16(rgb_of_256(i)))
            }
            (Self::Indexed | Self::Sixteen, _) => colour,
        }
    }
}

/// Red, green, blue, 0 to 255 each.
pub type Rgb = (u8, u8, u8);

/// xterm's defaults for the sixteen.
const SIXTEEN: [Rgb; 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

/// The steps of the 6×6×6 cube, colours 16 to 231.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// What one of xterm's 256 colours looks like.
pub fn rgb_of_256(index: u8) -> Rgb {
    match index {
        0..=15 => SIXTEEN[usize::from(index)],
        16..=231 => {
            let cube = usize::from(index - 16);
            (STEPS[cube / 36], STEPS[cube / 6 % 6], STEPS[cube % 6])
        }
        232..=255 => {
            let grey = 8 + (index - 232) * 10;
            (grey, grey, grey)
        }
    }
}

/// What a colour looks like; `default` stands for the terminal's own.
pub fn rgb_of(colour: Color, default: Rgb) -> Rgb {
    match (colour, index_of_name(colour)) {
        (Color::Rgb(r, g, b), _) => (r, g, b),
        (Color::Indexed(index), _) | (_, Some(index)) => rgb_of_256(index),
        (_, None) => default,
    }
}

/// The index of one of the sixteen named colours.
pub fn index_of_name(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => return None,
    })
}

/// The nearest of the cube and the greys: those look alike everywhere, the first sixteen do not.
pub fn nearest_of_256(wanted: Rgb) -> u8 {
    let step = |v: u8| nearest(&STEPS, |s| u32::from(s.abs_diff(v)));
    let (r, g, b) = (step(wanted.0), step(wanted.1), step(wanted.2));
    let cube = 16 + 36 * r + 6 * g + b;
    let mean = (u16::from(wanted.0) + u16::from(wanted.1) + u16::from(wanted.2)) / 3;
    let grey = 232 + (mean.saturating_sub(3) / 10).min(23) as u8;
    if distance(rgb_of_256(grey), wanted) < distance(rgb_of_256(cube), wanted) {
        grey
    } else {
        cube
    }
}

fn nearest_of_16(wanted: Rgb) -> u8 {
    nearest(&SIXTEEN, |c| distance(c, wanted))
}

fn nearest<T: Copy>(all: &[T], far: impl Fn(T) -> u32) -> u8 {
    let best = all.iter().enumerate().min_by_key(|(_, item)| far(**item));
    best.map_or(0, |(at, _)| at as u8)
}

fn distance(a: Rgb, b: Rgb) -> u32 {
    let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
    square(a.0, b.0) + square(a.1, b.1) + square(a.2, b.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_256_are_their_own_nearest() {
        for index in 16..=255 {
            let rgb = rgb_of_256(index);
            assert_eq!(rgb_of_256(nearest_of_256(rgb)), rgb, "{index}");
        }
    }

    #[test]
    fn fewer_colours_are_the_nearest_ones() {
        let orange = Color::Rgb(250, 130, 2);
        assert_eq!(Colours::True.nearest(orange), orange);
        assert_eq!(Colours::Indexed.nearest(orange), Color::Indexed(208));
        assert_eq!(
            Colours::Sixteen.nearest(Color::Rgb(250, 2, 2)),
            Color::Indexed(9)
        );
        assert_eq!(
            Colours::Sixteen.nearest(Color::Indexed(196)),
            Color::Indexed(9)
        );
        assert_eq!(Colours::None.nearest(orange), Color::Reset);
        assert_eq!(Colours::None.nearest(Color::Red), Color::Reset);
    }

    #[test]
    fn named_colours_stay_named_so_that_the_readers_theme_decides() {
        for colours in [Colours::True, Colours::Indexed, Colours::Sixteen] {
            assert_eq!(colours.nearest(Color::LightBlue), Color::LightBlue);
        }
    }
}
