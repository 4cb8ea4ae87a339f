//! A key as the reader presses it, and its name in the key table and the configuration.

use std::fmt;
use std::str::FromStr;

/// What is on the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A letter, digit or sign as typed: `G` is shift and `g`.
    Char(char),
    /// Enter or Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab; with shift it goes back.
    Tab,
    /// Rubs out to the left (of the logical text).
    Backspace,
    /// Rubs out to the right.
    Delete,
    /// Insert.
    Insert,
    /// Arrow to the left of the screen.
    Left,
    /// Arrow to the right of the screen.
    Right,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// F1 to F35.
    F(u8),
}

impl Code {
    const fn as_letter(self) -> Option<char> {
        if let Self::Char(letter) = self {
            Some(letter)
        } else {
            None
        }
    }
}

/// A key with its modifiers. Written `g`, `G`, `ctrl-f`, `shift-tab`, `alt-enter`, `space`, `f2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    code: Code,
    ctrl: bool,
    alt: bool,
    shift: bool,
}

/// A word that names no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKey(pub String);

impl fmt::Display for UnknownKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no key", self.0)
    }
}

impl std::error::Error for UnknownKey {}

impl Key {
    /// A key with modifiers. A letter carries its own shift, so `shift` is dropped there; with
    /// ctrl the case of a letter says nothing and is lower.
    pub fn with(code: Code, ctrl: bool, alt: bool, shift: bool) -> Self {
        let (code, shift) = match code.as_letter() {
            Some(letter) if ctrl => (Code::Char(letter.to_ascii_lowercase()), false),
            Some(_) => (code, false),
            None => (code, shift),
        };
        Self {
            code,
            ctrl,
            alt,
            shift,
        }
    }

    /// A key alone.
    pub const fn plain(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// What is on the key.
    pub const fn code(self) -> Code {
        self.code
    }

    /// True with ctrl held.
    pub const fn ctrl(self) -> bool {
        self.ctrl
    }

    /// True with alt held.
    pub const fn alt(self) -> bool {
        self.alt
    }

    /// True with shift held, for keys that are no letters.
    pub const fn shift(self) -> bool {
        self.shift
    }

    /// The letter to type, if the key is one without ctrl and alt.
    pub const fn letter(self) -> Option<char> {
        if self.ctrl || self.alt {
            None
        } else {
            self.code.as_letter()
        }
    }
}

/// Names of the keys that are no letters.
const NAMES: &[(&str, Code)] = &[
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("insert", Code::Insert),
    ("left", Code::Left),
    ("right", Code::Right),
    ("up", Code::Up),
    ("down", Code::Down),
    ("home", Code::Home),
    ("end", Code::End),
    ("pageup", Code::PageUp),
    ("pagedown", Code::PageDown),
    ("space", Code::Char(' ')),
];

impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(written: &str) -> Result<Self, UnknownKey> {
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = written;
        loop {
            let (held, after) = match rest.split_once('-') {
                Some(("ctrl", after)) => (&mut ctrl, after),
                Some(("alt", after)) => (&mut alt, after),
                Some(("shift", after)) => (&mut shift, after),
                _ => break,
            };
            *held = true;
            rest = after;
        }
        code(rest)
            .map(|code| Self::with(code, ctrl, alt, shift))
            .ok_or_else(|| UnknownKey(written.to_owned()))
    }
}

fn code(name: &str) -> Option<Code> {
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return (!letter.is_control()).then_some(Code::Char(letter));
    }
    let named = NAMES.iter().find(|(known, _)| *known == name);
    named.map(|(_, code)| *code).or_else(|| {
        let number = name.strip_prefix('f')?.parse().ok()?;
        (1..=35).contains(&number).then_some(Code::F(number))
    })
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [
            (self.ctrl, "ctrl-"),
            (self.alt, "alt-"),
            (self.shift, "shift-"),
        ] {
            if held {
                f.write_str(name)?;
            }
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        if let Code::F(number) = self.code {
            return write!(f, "f{number}");
        }
        self.code
            .as_letter()
            .map_or(Ok(()), |letter| write!(f, "{letter}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(written: &str) -> Key {
        written.parse().expect("a key")
    }

    #[test]
    fn a_key_is_printed_as_it_is_read() {
        for written in [
            "g",
            "G",
            "ctrl-f",
            "shift-tab",
            "alt-enter",
            "space",
            "f2",
            "f12",
            "-",
            "ctrl--",
            "?",
            "ت",
            "esc",
            "pagedown",
            "'",
        ] {
            assert_eq!(key(written).to_string(), written);
        }
    }

    #[test]
    fn ctrl_takes_the_lower_letter_and_shift_belongs_to_the_letter() {
        assert_eq!(key("ctrl-F"), key("ctrl-f"));
        assert_eq!(Key::with(Code::Char('G'), false, false, true), key("G"));
        assert_eq!(key("ctrl-f").letter(), None);
        assert_eq!(key("f").letter(), Some('f'));
    }

    #[test]
    fn what_is_no_key_is_told() {
        for written in ["", "hyper-x", "f36", "f0", "gg", "ctrl-"] {
            assert_eq!(written.parse::<Key>(), Err(UnknownKey(written.to_owned())));
        }
    }
}
