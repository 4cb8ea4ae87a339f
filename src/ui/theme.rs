//! Colours as data: a palette for each theme, cut down to what the terminal can show.

use ratatui::style::{Color, Modifier, Style};

use crate::app::{Colours, Ink, Settings, Theme};

/// A colour for terminals with many colours, and the nearest of the sixteen.
#[derive(Clone, Copy, Debug)]
struct Shade(u32, Color);

/// The terminal's own foreground, in any number of colours.
const OWN: Shade = Shade(0, Color::Reset);

/// The colours of a theme.
#[derive(Clone, Copy, Debug)]
struct Palette {
    text: Shade,
    strong: Shade,
    heading: Shade,
    dim: Shade,
    faint: Shade,
    name: Shade,
    date: Shade,
    quote: Shade,
    reported: Shade,
    translation: Shade,
    mark: Shade,
    alarm: Shade,
    /// Behind the row under the cursor: in the pane with the focus, in another.
    chosen: [Shade; 2],
    /// What a search found: the letters, and behind them.
    lit: [Shade; 2],
    /// Bars of the strip: elsewhere, on the screen.
    bars: [Shade; 2],
}

const DARK: Palette = Palette {
    text: Shade(0x00c9_c5bd, Color::Gray),
    strong: Shade(0x00f0_ebe1, Color::White),
    heading: Shade(0x00b3_ac9f, Color::White),
    dim: Shade(0x008f_897f, Color::DarkGray),
    faint: Shade(0x0055_514b, Color::DarkGray),
    name: Shade(0x0085_b6d6, Color::Cyan),
    date: Shade(0x00d0_b57f, Color::Yellow),
    quote: Shade(0x00f6_f1e6, Color::White),
    reported: Shade(0x00b5_b0a6, Color::Gray),
    translation: Shade(0x009d_aa98, Color::Gray),
    mark: Shade(0x00e6_b450, Color::LightYellow),
    alarm: Shade(0x00e8_7a68, Color::LightRed),
    chosen: [
        Shade(0x002c_3842, Color::Blue),
        Shade(0x0024_2729, Color::Black),
    ],
    lit: [
        Shade(0x00ff_ecb8, Color::Black),
        Shade(0x0063_4f16, Color::Yellow),
    ],
    bars: [
        Shade(0x005b_7d8c, Color::DarkGray),
        Shade(0x0090_b8d6, Color::Cyan),
    ],
};

const LIGHT: Palette = Palette {
    text: Shade(0x003b_3834, Color::Black),
    strong: Shade(0x0014_120f, Color::Black),
    heading: Shade(0x0056_5048, Color::Black),
    dim: Shade(0x0076_7068, Color::DarkGray),
    faint: Shade(0x00c2_bcb2, Color::Gray),
    name: Shade(0x001b_5d8c, Color::Blue),
    date: Shade(0x0089_5800, Color::Red),
    quote: Shade(0x000c_0b09, Color::Black),
    reported: Shade(0x004c_4842, Color::Black),
    translation: Shade(0x004b_6150, Color::Black),
    mark: Shade(0x00a8_6200, Color::Red),
    alarm: Shade(0x00b3_261e, Color::Red),
    chosen: [
        Shade(0x00d6_e5f0, Color::Cyan),
        Shade(0x00ed_eae4, Color::White),
    ],
    lit: [
        Shade(0x0018_1400, Color::Black),
        Shade(0x00ff_dd80, Color::Yellow),
    ],
    bars: [
        Shade(0x00b0_c8d7, Color::Gray),
        Shade(0x002b_789f, Color::Blue),
    ],
};

const HIGH_CONTRAST: Palette = Palette {
    text: Shade(0x00ff_ffff, Color::White),
    strong: Shade(0x00ff_ffff, Color::White),
    heading: Shade(0x00ff_ffff, Color::White),
    dim: Shade(0x00e0_e0e0, Color::White),
    faint: Shade(0x00b0_b0b0, Color::Gray),
    name: Shade(0x0000_ffff, Color::LightCyan),
    date: Shade(0x00ff_ff00, Color::LightYellow),
    quote: Shade(0x00ff_ffff, Color::White),
    reported: Shade(0x00ff_ffff, Color::White),
    translation: Shade(0x00d0_ffd0, Color::White),
    mark: Shade(0x00ff_d000, Color::LightYellow),
    alarm: Shade(0x00ff_9090, Color::LightRed),
    chosen: [
        Shade(0x0000_3a6e, Color::Blue),
        Shade(0x0033_3333, Color::Black),
    ],
    lit: [
        Shade(0x0000_0000, Color::Black),
        Shade(0x00ff_e000, Color::LightYellow),
    ],
    bars: [
        Shade(0x00a0_a0a0, Color::Gray),
        Shade(0x0000_ffff, Color::LightCyan),
    ],
};

/// Every foreground here has a contrast of at least 3.5 to 1 both on black and on white (WCAG 2.1
/// asks 3 to 1 for signs), in 24 bits and in 256 colours.
const NEUTRAL: Palette = Palette {
    text: OWN,
    strong: OWN,
    heading: OWN,
    dim: Shade(0x0080_8080, Color::DarkGray),
    faint: Shade(0x0080_8080, Color::DarkGray),
    name: Shade(0x003f_83bf, Color::LightBlue),
    date: Shade(0x00af_6f1f, Color::Magenta),
    quote: OWN,
    reported: OWN,
    translation: Shade(0x005f_875f, Color::DarkGray),
    mark: Shade(0x00af_6f1f, Color::Red),
    alarm: Shade(0x00d7_3f3f, Color::Red),
    // Not used: the row is turned round.
    chosen: [OWN, OWN],
    lit: [
        Shade(0x0018_1400, Color::Black),
        Shade(0x00ff_d75f, Color::Yellow),
    ],
    bars: [
        Shade(0x0080_8080, Color::DarkGray),
        Shade(0x003f_83bf, Color::LightBlue),
    ],
};

/// The styles of a screen, by what they are for.
#[derive(Clone, Copy, Debug)]
pub struct Styles {
    palette: &'static Palette,
    colours: Colours,
    /// The row under the cursor is turned round: no background would do.
    turns: bool,
}

impl Styles {
    /// The styles that the reader and the terminal want.
    pub fn of(settings: &Settings) -> Self {
        let palette = match settings.theme {
            Theme::Dark => &DARK,
            Theme::Light => &LIGHT,
            Theme::HighContrast => &HIGH_CONTRAST,
            Theme::Neutral => &NEUTRAL,
        };
        let colours = settings.colours;
        let turns = colours <= Colours::Sixteen || settings.theme == Theme::Neutral;
        Self {
            palette,
            colours,
            turns,
        }
    }

    /// The style of a text.
    pub fn ink(self, ink: Ink) -> Style {
        let palette = self.palette;
        let (shade, weight) = match ink {
            Ink::Text => (palette.text, Modifier::empty()),
            Ink::Strong => (palette.strong, Modifier::BOLD),
            Ink::Title => (palette.strong, Modifier::empty()),
            Ink::Heading => (palette.heading, Modifier::BOLD),
            Ink::Dim => (palette.dim, Modifier::empty()),
            Ink::Faint => (palette.faint, Modifier::empty()),
            Ink::Name => (palette.name, Modifier::empty()),
            Ink::Date => (palette.date, Modifier::empty()),
            Ink::Quote => (palette.quote, Modifier::empty()),
            Ink::Reported => (palette.reported, Modifier::empty()),
            Ink::Headline => (palette.quote, Modifier::BOLD),
            Ink::Translation => (palette.translation, Modifier::empty()),
            Ink::Mark => (palette.mark, Modifier::BOLD),
            Ink::Alarm => (palette.alarm, Modifier::BOLD),
            Ink::Key => (palette.text, Modifier::BOLD),
        };
        self.foreground(shade).add_modifier(weight)
    }

    /// What lies over the row under the cursor. Without enough colours, or on an unknown
    /// background, it is turned round in the pane with the focus; in another its weight and its
    /// sign tell.
    pub fn chosen(self, focus: bool) -> Style {
        let [own, other] = self.palette.chosen;
        match (self.turns, focus) {
            (true, true) => Style::new().add_modifier(Modifier::REVERSED),
            (true, false) => Style::new(),
            (false, true) => self.background(own),
            (false, false) => self.background(other),
        }
    }

    /// What lies over the cells that a search found.
    pub fn lit(self) -> Style {
        let [letters, behind] = self.palette.lit;
        if self.colours == Colours::None {
            return Style::new().add_modifier(Modifier::REVERSED);
        }
        let style = self.foreground(letters).patch(self.background(behind));
        if self.colours == Colours::Sixteen {
            // Bold black is the dark grey in many terminals, and hard to read.
            return style.remove_modifier(Modifier::BOLD);
        }
        style
    }

    /// A bar of the strip: on the screen or elsewhere.
    pub fn bar(self, on_screen: bool) -> Style {
        let [elsewhere, here] = self.palette.bars;
        self.foreground(if on_screen { here } else { elsewhere })
    }

    fn foreground(self, shade: Shade) -> Style {
        self.colour(shade)
            .map_or_else(Style::new, |colour| Style::new().fg(colour))
    }

    fn background(self, shade: Shade) -> Style {
        self.colour(shade)
            .map_or_else(Style::new, |colour| Style::new().bg(colour))
    }

    fn colour(self, Shade(rgb, sixteen): Shade) -> Option<Color> {
        let [_, red, green, blue] = rgb.to_be_bytes();
        match self.colours {
            Colours::None => None,
            _ if sixteen == Color::Reset => Some(Color::Reset),
            Colours::Sixteen => Some(sixteen),
            Colours::Indexed => Some(Color::Indexed(indexed([red, green, blue]))),
            Colours::True => Some(Color::Rgb(red, green, blue)),
        }
    }
}

/// Steps of the 6×6×6 cube of the 256-colour palette.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The nearest of the 256 colours: from the cube (16 to 231) or the greys (232 to 255).
fn indexed(rgb: [u8; 3]) -> u8 {
    let cube = rgb.map(|part| {
        let near = |step: &(usize, &u8)| part.abs_diff(*step.1);
        STEPS
            .iter()
            .enumerate()
            .min_by_key(near)
            .map_or(0, |(at, _)| at)
    });
    let in_cube = cube.map(|at| STEPS.get(at).copied().unwrap_or(0));
    let mean = rgb.iter().map(|part| u32::from(*part)).sum::<u32>() / 3;
    let grey = ((mean.saturating_sub(3)) / 10).min(23) as u8;
    let in_greys = [8 + 10 * grey; 3];
    if distance(rgb, in_greys) < distance(rgb, in_cube) {
        232 + grey
    } else {
        let [red, green, blue] = cube;
        (16 + 36 * red + 6 * green + blue) as u8
    }
}

fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    let parts = one.iter().zip(other);
    parts.map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_of_256() {
        assert_eq!(indexed([0, 0, 0]), 16);
        assert_eq!(indexed([255, 255, 255]), 231);
        assert_eq!(indexed([8, 8, 8]), 232);
        assert_eq!(indexed([95, 135, 175]), 67);
    }

    /// Relative luminance (WCAG 2.1).
    fn luminance(rgb: [u8; 3]) -> f64 {
        let linear = rgb.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// What one of the 256 looks like.
    fn rgb_of(index: u8) -> [u8; 3] {
        if index >= 232 {
            return [8 + 10 * (index - 232); 3];
        }
        let at = usize::from(index - 16);
        [at / 36, at / 6 % 6, at % 6].map(|step| STEPS[step])
    }

    #[test]
    fn neutral_letters_are_legible_on_black_and_on_white() {
        for colours in [Colours::True, Colours::Indexed] {
            let settings = Settings {
                colours,
                theme: Theme::Neutral,
                ..Settings::default()
            };
            let styles = Styles::of(&settings);
            let inks = [Ink::Dim, Ink::Faint, Ink::Name, Ink::Date, Ink::Translation];
            for ink in inks.into_iter().chain([Ink::Mark, Ink::Alarm]) {
                let rgb = match styles.ink(ink).fg {
                    Some(Color::Rgb(red, green, blue)) => [red, green, blue],
                    Some(Color::Indexed(index)) => rgb_of(index),
                    other => unreachable!("{other:?}"),
                };
                let bright = luminance(rgb);
                let contrast = (1.05 / (bright + 0.05)).min((bright + 0.05) / 0.05);
                assert!(contrast >= 3.5, "{ink:?} {colours:?}: {contrast:.2}");
            }
            assert_eq!(styles.ink(Ink::Text).fg, Some(Color::Reset));
            assert_eq!(styles.chosen(true).bg, None);
        }
    }

    #[test]
    fn without_colours_nothing_is_coloured() {
        let settings = Settings {
            colours: Colours::None,
            ..Settings::default()
        };
        let styles = Styles::of(&settings);
        let all = [
            styles.ink(Ink::Name),
            styles.chosen(true),
            styles.lit(),
            styles.bar(true),
        ];
        assert!(
            all.iter()
                .all(|style| style.fg.is_none() && style.bg.is_none())
        );
    }
}
