//! The variables that tell something about the terminal.

use std::collections::BTreeMap;

use crate::shell::encode::Colours;

/// The variables that are looked at; nothing else is kept, so a report can be shown around.
const LOOKED_AT: &[&str] = &[
    "TERM",
    "COLORTERM",
    "COLORFGBG",
    "NO_COLOR",
    "TERM_PROGRAM",
    "TERM_PROGRAM_VERSION",
    "SOKHAN_TERMINAL",
    "TMUX",
    "STY",
    "SSH_CONNECTION",
    "SSH_TTY",
    "VTE_VERSION",
    "KONSOLE_VERSION",
    "XTERM_VERSION",
    "ZUTTY_VERSION",
    "MLTERM",
    "KITTY_WINDOW_ID",
    "ALACRITTY_WINDOW_ID",
    "WT_SESSION",
    "GHOSTTY_RESOURCES_DIR",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
];

/// What the environment says; an empty variable counts as none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment(BTreeMap<&'static str, String>);

impl Environment {
    /// Keeps what is looked at.
    pub fn new<K: AsRef<str>, V: Into<String>>(all: impl IntoIterator<Item = (K, V)>) -> Self {
        let kept = all.into_iter().filter_map(|(name, value)| {
            let name = LOOKED_AT.iter().find(|known| **known == name.as_ref())?;
            Some((*name, value.into())).filter(|(_, value)| !value.is_empty())
        });
        Self(kept.collect())
    }

    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// All that is set, by name.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// `TERM`, or nothing.
    pub fn term(&self) -> &str {
        self.get("TERM").unwrap_or("")
    }

    /// True when the terminal is at the other end of a network.
    pub fn is_remote(&self) -> bool {
        self.get("SSH_CONNECTION").or(self.get("SSH_TTY")).is_some()
    }

    /// True inside tmux or screen.
    pub fn is_multiplexed(&self) -> bool {
        let named = |name| self.term().starts_with(name);
        self.get("TMUX").is_some() || named("tmux") || named("screen")
    }

    /// True when the background is light, as far as `COLORFGBG` (`15;0`, `0;default;15`) tells.
    pub fn is_light(&self) -> Option<bool> {
        let background = self.get("COLORFGBG")?.rsplit(';').next()?;
        background
            .parse()
            .ok()
            .map(|index: u8| index == 7 || index > 8)
    }

    /// `COLORTERM`, unless screen stands between: it hands the variable on and not the colours.
    fn promises_24_bits(&self) -> bool {
        let inside_screen = self.get("STY").is_some() && self.term().starts_with("screen");
        matches!(self.get("COLORTERM"), Some("truecolor" | "24bit")) && !inside_screen
    }

    /// How many colours to send: nothing (no-color.org), or the most that `COLORTERM`, the name in
    /// `TERM` and the terminal itself promise.
    pub fn colours(&self, terminal: Colours) -> Colours {
        let term = self.term();
        if self.get("NO_COLOR").is_some() || matches!(term, "dumb" | "vt100" | "vt102" | "vt220") {
            Colours::None
        } else if self.promises_24_bits() || is_direct(term) {
            Colours::True
        } else if term.contains("256color") {
            terminal.max(Colours::Indexed)
        } else {
            terminal.max(Colours::Sixteen)
        }
    }
}

/// Terminals with 24 bits whatever else is said.
fn is_direct(term: &str) -> bool {
    const NAMES: [&str; 6] = [
        "xterm-kitty",
        "alacritty",
        "foot",
        "xterm-ghostty",
        "wezterm",
        "mlterm",
    ];
    term.ends_with("-direct") || NAMES.iter().any(|name| term.starts_with(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colours(all: &[(&str, &str)]) -> Colours {
        Environment::new(all.iter().map(|(name, value)| (*name, *value))).colours(Colours::Sixteen)
    }

    #[test]
    fn colours_as_the_terminal_says() {
        assert_eq!(colours(&[("TERM", "xterm")]), Colours::Sixteen);
        assert_eq!(colours(&[("TERM", "xterm-256color")]), Colours::Indexed);
        assert_eq!(colours(&[("TERM", "xterm-kitty")]), Colours::True);
        assert_eq!(
            colours(&[("TERM", "xterm"), ("COLORTERM", "truecolor")]),
            Colours::True
        );
        assert_eq!(
            colours(&[("TERM", "xterm-kitty"), ("NO_COLOR", "1")]),
            Colours::None
        );
        assert_eq!(
            colours(&[("TERM", "xterm-kitty"), ("NO_COLOR", "")]),
            Colours::True
        );
    }

    #[test]
    fn screen_hands_on_what_it_cannot_show() {
        let inside = [
            ("TERM", "screen-256color"),
            ("STY", "1.x"),
            ("COLORTERM", "truecolor"),
        ];
        assert_eq!(colours(&inside), Colours::Indexed);
    }

    #[test]
    fn the_terminal_may_promise_more_than_its_name() {
        let xterm = Environment::new([("TERM", "xterm")]);
        assert_eq!(xterm.colours(Colours::True), Colours::True);
        assert_eq!(xterm.colours(Colours::Indexed), Colours::Indexed);
        let quiet = Environment::new([("TERM", "xterm"), ("NO_COLOR", "1")]);
        assert_eq!(quiet.colours(Colours::True), Colours::None);
    }

    #[test]
    fn a_light_background_is_known() {
        let light = |value| Environment::new([("COLORFGBG", value)]).is_light();
        assert_eq!(light("15;0"), Some(false));
        assert_eq!(light("0;default;15"), Some(true));
        assert_eq!(light("15;default"), None);
        assert_eq!(Environment::default().is_light(), None);
    }

    #[test]
    fn only_what_tells_of_the_terminal_is_kept() {
        let environment = Environment::new([("TERM", "st"), ("SECRET", "x"), ("STY", "")]);
        assert_eq!(environment.all().collect::<Vec<_>>(), [("TERM", "st")]);
    }
}
