//! The ways to feed a terminal, one line each.

use super::{Encoder, Options, Plain};

/// A way to make a family of terminals show the cells as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Strategy {
    /// Nothing added.
    #[default]
    Plain,
    /// VTE's explicit mode: `CSI 8 l` before the first clear, `CSI 8 h` at the end.
    Explicit,
}

impl Strategy {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Plain, Self::Explicit];

    /// The name in reports and in the documentation.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Explicit => "explicit",
        }
    }

    /// What to send after entering the alternate screen and *before* the first clear and draw, and
    /// again after the program was stopped and resumed (then clear and draw everything).
    pub fn enter(self) -> &'static [u8] {
        match self {
            Self::Plain => b"",
            Self::Explicit => b"\x1b[8l",
        }
    }

    /// What takes [`Strategy::enter`] back: on every way out, before the alternate screen is left.
    pub fn leave(self) -> &'static [u8] {
        match self {
            Self::Plain => b"",
            Self::Explicit => b"\x1b[8h",
        }
    }

    /// The encoder.
    pub fn encoder(self, _options: Options) -> Box<dyn Encoder> {
        match self {
            Self::Plain | Self::Explicit => Box::new(Plain),
        }
    }
}
