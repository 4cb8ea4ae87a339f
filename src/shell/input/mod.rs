//! Keys, mouse and pastes: a thread of its own reads the terminal and sends messages.
//!
//! It also is the watcher for a terminal that vanished: reading then ends at once.

mod decoder;
mod paste;
mod sequence;

use std::sync::mpsc::SyncSender;
use std::thread;

pub use decoder::Decoder;

use super::event::{Event, Leave};
use super::leave::ask_to_leave;
use super::terminal::{Heard, Terminal};
use crate::app::Msg;

/// Starts to read `terminal`. `typed` are bytes that were read from it before.
pub fn start(
    terminal: &'static Terminal,
    typed: Vec<u8>,
    events: SyncSender<Event>,
) -> std::io::Result<()> {
    thread::Builder::new()
        .name("input".to_owned())
        .spawn(move || read(terminal, &typed, &events))
        .map(drop)
}

/// Reads until the terminal is gone or nobody listens.
fn read(terminal: &Terminal, typed: &[u8], events: &SyncSender<Event>) {
    let mut decoder = Decoder::default();
    let mut messages = Vec::new();
    decoder.feed(typed, &mut messages);
    let mut bytes = [0; 4096];
    loop {
        for message in messages.drain(..) {
            if matches!(message, Msg::Background { .. }) {
                terminal.note_answer();
            }
            if events.send(Event::Msg(message)).is_err() {
                return;
            }
        }
        match terminal.read(&mut bytes, decoder.patience()) {
            Heard::Bytes(count) => {
                let heard = bytes.get(..count).unwrap_or_default();
                if terminal.owes_an_answer() && is_noise(heard) {
                    terminal.note_answer();
                } else {
                    decoder.feed(heard, &mut messages);
                }
            }
            Heard::Silence => decoder.expire(&mut messages),
            Heard::Gone => return ask_to_leave(terminal, events, Leave::Gone),
        }
    }
}

/// True for bytes that nobody types and no terminal answers: with something in them that is no
/// UTF-8. What comes so in place of an answer must not act as keys. A letter cut off at the end is
/// no noise.
pub(super) fn is_noise(bytes: &[u8]) -> bool {
    str::from_utf8(bytes).is_err_and(|error| error.error_len().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_told_from_keys_and_answers() {
        for typed in [&b"jkq"[..], "سلام".as_bytes(), b"\x1b[?62c", b"\xd8", b""] {
            assert!(!is_noise(typed), "{typed:?}");
        }
        for noise in [&b"\xff:q"[..], b"a\x80b", b"\xd8q"] {
            assert!(is_noise(noise), "{noise:?}");
        }
    }
}
