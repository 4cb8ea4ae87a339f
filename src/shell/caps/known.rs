//! The terminals we know by name: how each is fed, and whether its marks are right.

use std::fmt;

use crate::shell::encode::{Colours, Strategy};

/// A terminal, or a family of them.
#[derive(Debug, PartialEq, Eq)]
pub struct Known {
    /// What `--terminal` calls it.
    pub name: &'static str,
    /// How it is fed.
    pub strategy: Strategy,
    /// Harakat stand where they belong. Where they do not, they are left out.
    pub marks: bool,
    /// The colours it has when nothing else tells; inside tmux or screen those decide.
    pub colours: Colours,
    /// What it is, for `--help` and for messages.
    pub what: &'static str,
}

const fn known(
    name: &'static str,
    strategy: Strategy,
    marks: bool,
    colours: Colours,
    what: &'static str,
) -> Known {
    Known {
        name,
        strategy,
        marks,
        colours,
        what,
    }
}

/// All of them. Families first, then single terminals.
#[rustfmt::skip]
pub const KNOWN: &[Known] = &[
    known("plain", Strategy::Plain, true, Colours::Sixteen, "any terminal that neither reorders nor joins letters"),
    known("vte", Strategy::Explicit, true, Colours::True, "GNOME Terminal, Xfce Terminal and others made with VTE"),
    known("konsole", Strategy::Joined, true, Colours::True, "Konsole, Yakuake"),
    known("konsole-tmux", Strategy::JoinedInTmux, true, Colours::Sixteen, "Konsole inside tmux"),
    known("kitty", Strategy::Boxed, true, Colours::True, "kitty 0.40 and newer"),
    known("kitty-old", Strategy::Reversed, false, Colours::Sixteen, "kitty before 0.40, and any kitty inside tmux"),
    known("mlterm", Strategy::Mlterm, true, Colours::Indexed, "mlterm"),
    known("mlterm-tmux", Strategy::MltermInTmux, true, Colours::Sixteen, "mlterm inside tmux with allow-passthrough"),
    known("qterminal", Strategy::Alternate, true, Colours::True, "QTerminal and others made with QTermWidget"),
    known("qterminal-tmux", Strategy::Alternate256, false, Colours::Sixteen, "QTerminal inside tmux"),
    known("putty", Strategy::Inverse, true, Colours::True, "PuTTY, pterm"),
    known("vte-tmux", Strategy::OverrideRow, true, Colours::Sixteen, "GNOME Terminal and its kin inside tmux or screen"),
    known("tmux", Strategy::OverrideRow, false, Colours::Sixteen, "tmux or screen inside a terminal nobody knows"),
    known("vscode", Strategy::Alternate, true, Colours::True, "Visual Studio Code and others made with xterm.js"),
    known("xterm", Strategy::Plain, true, Colours::True, "xterm"),
    known("alacritty", Strategy::Plain, false, Colours::True, "Alacritty"),
    known("foot", Strategy::Plain, false, Colours::True, "foot"),
    known("urxvt", Strategy::Plain, true, Colours::Indexed, "rxvt-unicode"),
    known("st", Strategy::Plain, false, Colours::Indexed, "st"),
    known("zutty", Strategy::Plain, false, Colours::True, "Zutty"),
    known("ghostty", Strategy::Plain, false, Colours::True, "Ghostty"),
    known("windows-terminal", Strategy::Plain, false, Colours::True, "Windows Terminal"),
    known("wezterm", Strategy::Explicit, false, Colours::True, "WezTerm"),
    known("iterm2", Strategy::Explicit, false, Colours::True, "iTerm2"),
    known("mintty", Strategy::Explicit, false, Colours::True, "mintty"),
    known("apple-terminal", Strategy::OverrideRow, false, Colours::Sixteen, "Terminal.app of macOS"),
    known("unknown", Strategy::Unknown, false, Colours::Sixteen, "a terminal nobody knows"),
    known("unknown-bare", Strategy::UnknownBare, false, Colours::Sixteen, "the same, with nothing invisible sent"),
];

/// The terminal of this name.
///
/// # Errors
///
/// When there is none; the message lists the names there are.
pub fn named(name: &str) -> Result<&'static Known, UnknownName> {
    let found = KNOWN.iter().find(|known| known.name == name);
    found.ok_or_else(|| UnknownName(crate::text::clean(name)))
}

/// The terminal that we know to exist in [`KNOWN`].
pub(super) fn entry(name: &str) -> &'static Known {
    named(name).unwrap_or(&KNOWN[KNOWN.len() - 2])
}

/// A name that no terminal has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName(String);

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no terminal is called “{}”; there are:", self.0)?;
        for (at, known) in KNOWN.iter().enumerate() {
            write!(f, "{}{}", if at == 0 { " " } else { ", " }, known.name)?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownName {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_strategy_can_be_named() {
        for strategy in Strategy::ALL {
            assert!(
                KNOWN.iter().any(|known| known.strategy == *strategy),
                "{strategy:?}"
            );
        }
    }

    #[test]
    fn a_wrong_name_lists_the_right_ones() {
        let message = named("xtrem").expect_err("unknown").to_string();
        assert!(message.starts_with("no terminal is called “xtrem”; there are: plain, vte,"));
        assert!(message.ends_with(", unknown, unknown-bare"));
    }

    #[test]
    fn names_are_unique_and_found() {
        for known in KNOWN {
            assert_eq!(named(known.name), Ok(known));
        }
        assert_eq!(entry("nonsense").name, "unknown");
    }
}
