//! Text for the clipboard, by OSC 52: it works over ssh too, and asks no other program.

use std::io;

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

/// Bytes of text that are sent; terminals drop or cut more.
const LONGEST: usize = 74_000;

/// The bytes that make the terminal put `text` on the clipboard.
///
/// # Errors
///
/// When the text is longer than terminals take.
pub fn copy(text: &str) -> io::Result<Vec<u8>> {
    if text.len() > LONGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut sequence = String::new();
    let command = CopyToClipboard::to_clipboard_from(text);
    command
        .write_ansi(&mut sequence)
        .map_err(io::Error::other)?;
    Ok(sequence.into_bytes())
}

/// Terminals that are known to ignore OSC 52, whatever their settings.
const DEAF: [&str; 6] = [
    "vte",
    "vte-tmux",
    "urxvt",
    "putty",
    "qterminal",
    "apple-terminal",
];

/// Whether the terminal of this name (as in [`super::caps::KNOWN`]) takes a clipboard at all.
/// Whether its settings allow it cannot be told.
pub fn is_taken_by(terminal: &str) -> bool {
    !DEAF.contains(&terminal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_rfc_4648() {
        for (text, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("می\u{200c}گوید", "2YXbjOKAjNqv2YjbjNiv"),
        ] {
            let expected = format!("\x1b]52;c;{encoded}\x1b\\");
            assert_eq!(copy(text).expect("short"), expected.into_bytes());
        }
    }

    #[test]
    fn the_deaf_terminals_are_known_ones() {
        for name in DEAF {
            assert!(crate::shell::caps::named(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn what_no_terminal_takes_is_not_sent() {
        assert!(copy(&"x".repeat(LONGEST + 1)).is_err());
    }
}
