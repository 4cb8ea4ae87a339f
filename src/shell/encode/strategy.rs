//! The ways to feed a terminal: a name, the bytes that set and take back its modes, an encoder.

use super::alternate::Alternate;
use super::boxed::Boxed;
use super::joined::Joined;
use super::override_row::OverrideRow;
use super::plain::Plain;
use super::reversed::Reversed;
use super::unknown::Unknown;
use super::{Colours, Encoder, Options};

/// A way to make a family of terminals show the cells as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Strategy {
    /// Nothing added: terminals that neither reorder nor join.
    Plain,
    /// The mode for explicit order (VTE): `CSI 8 l` before the first clear.
    Explicit,
    /// Joiners behind each letter and one LRO a row (Konsole).
    Joined,
    /// Konsole inside tmux: the same, each ZWJ twice.
    JoinedInTmux,
    /// Each letter in an `OSC 66` of its own (kitty 0.40 and newer).
    Boxed,
    /// Runs of letters reversed (kitty before 0.40, and any kitty inside tmux).
    Reversed,
    /// mlterm's switch for bidi off.
    Mlterm,
    /// The same, handed through tmux (which must have `allow-passthrough on`).
    MltermInTmux,
    /// Neighbours in colours that differ by one (qterminal, xterm.js).
    Alternate,
    /// The same in 256 colours (qterminal inside tmux).
    Alternate256,
    /// The whole row inverted (`PuTTY`).
    Inverse,
    /// One LRO a row (VTE inside tmux or screen).
    OverrideRow,
    /// All that harms nowhere: explicit mode, mlterm's switch, alternating colours, LRO.
    #[default]
    Unknown,
    /// The same without the LRO, which costs some terminals a cell.
    UnknownBare,
}

impl Strategy {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Plain,
        Self::Explicit,
        Self::Joined,
        Self::JoinedInTmux,
        Self::Boxed,
        Self::Reversed,
        Self::Mlterm,
        Self::MltermInTmux,
        Self::Alternate,
        Self::Alternate256,
        Self::Inverse,
        Self::OverrideRow,
        Self::Unknown,
        Self::UnknownBare,
    ];

    /// The name in reports and in the documentation.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Explicit => "explicit",
            Self::Joined => "joined",
            Self::JoinedInTmux => "joined-in-tmux",
            Self::Boxed => "boxed",
            Self::Reversed => "reversed",
            Self::Mlterm => "mlterm",
            Self::MltermInTmux => "mlterm-in-tmux",
            Self::Alternate => "alternate",
            Self::Alternate256 => "alternate-256",
            Self::Inverse => "inverse",
            Self::OverrideRow => "override-row",
            Self::Unknown => "unknown",
            Self::UnknownBare => "unknown-bare",
        }
    }

    /// What to send after entering the alternate screen and *before* the first clear and draw, and
    /// again after the program was stopped and resumed (then clear and draw everything).
    pub fn enter(self) -> &'static [u8] {
        match self {
            Self::Explicit => b"\x1b[8l",
            Self::Mlterm => b"\x1b]5379;use_ctl=false\x07",
            Self::MltermInTmux => b"\x1bPtmux;\x1b\x1b]5379;use_ctl=false\x07\x1b\\",
            Self::Unknown | Self::UnknownBare => b"\x1b[8l\x1b]5379;use_ctl=false\x07",
            Self::Plain
            | Self::Joined
            | Self::JoinedInTmux
            | Self::Boxed
            | Self::Reversed
            | Self::Alternate
            | Self::Alternate256
            | Self::Inverse
            | Self::OverrideRow => b"",
        }
    }

    /// What takes [`Strategy::enter`] back: on every way out, before the alternate screen is left.
    pub fn leave(self) -> &'static [u8] {
        match self {
            Self::Explicit => b"\x1b[8h",
            Self::Mlterm => b"\x1b]5379;use_ctl=true\x07",
            Self::MltermInTmux => b"\x1bPtmux;\x1b\x1b]5379;use_ctl=true\x07\x1b\\",
            Self::Unknown | Self::UnknownBare => b"\x1b[8h\x1b]5379;use_ctl=true\x07",
            Self::Plain
            | Self::Joined
            | Self::JoinedInTmux
            | Self::Boxed
            | Self::Reversed
            | Self::Alternate
            | Self::Alternate256
            | Self::Inverse
            | Self::OverrideRow => b"",
        }
    }

    /// The encoder.
    pub fn encoder(self, options: Options) -> Box<dyn Encoder> {
        match self {
            Self::Plain | Self::Explicit | Self::Mlterm | Self::MltermInTmux => Box::new(Plain),
            Self::Joined => Box::new(Joined { twice: false }),
            Self::JoinedInTmux => Box::new(Joined { twice: true }),
            Self::Boxed => Box::new(Boxed),
            Self::Reversed => Box::new(Reversed),
            Self::Alternate => Box::new(Alternate::new(options)),
            Self::Alternate256 => Box::new(Alternate::new(Options {
                colours: Colours::Indexed,
                ..options
            })),
            Self::Inverse => Box::new(super::inverse::Inverse::default()),
            Self::OverrideRow => Box::new(OverrideRow),
            Self::Unknown => Box::new(Unknown::new(options, true)),
            Self::UnknownBare => Box::new(Unknown::new(options, false)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        for (at, strategy) in Strategy::ALL.iter().enumerate() {
            let later = &Strategy::ALL[at + 1..];
            assert!(later.iter().all(|other| other.name() != strategy.name()));
        }
    }

    #[test]
    fn what_is_set_is_taken_back() {
        for strategy in Strategy::ALL {
            assert_eq!(strategy.enter().is_empty(), strategy.leave().is_empty());
        }
    }
}
