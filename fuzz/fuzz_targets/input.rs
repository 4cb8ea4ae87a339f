//! Any bytes from the terminal: no panic, no more messages than bytes, nothing grows without a
//! bound, and how the bytes are parted says nothing. The first byte chooses the parts.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sokhan::app::{Key, Msg};
use sokhan::shell::Decoder;

/// Bytes of a paste that are kept; U+FFFD takes three for one.
const LONGEST_PASTE: usize = 3 * 64 * 1024;

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = data.split_first() else {
        return;
    };
    let part = usize::from(*choice % 16) + 1;
    let at_once = decoded(bytes, bytes.len().max(1), false);
    let in_parts = decoded(bytes, part, false);
    assert_eq!(told(&at_once), told(&in_parts), "in parts of {part}");
    check(&at_once, bytes.len());
    check(&decoded(bytes, part, true), bytes.len());
});

/// The messages of `bytes` that come in parts, with a long silence behind each or only at the end.
fn decoded(bytes: &[u8], part: usize, silences: bool) -> Vec<Msg> {
    let mut decoder = Decoder::default();
    let mut messages = Vec::new();
    for bytes in bytes.chunks(part) {
        decoder.feed(bytes, &mut messages);
        if silences {
            expire(&mut decoder, &mut messages);
        }
    }
    expire(&mut decoder, &mut messages);
    // Whatever came before, the next key counts, except while a paste is open.
    let so_far = messages.len();
    decoder.feed(b"\x1b[201~", &mut messages);
    messages.truncate(so_far + 1);
    let so_far = messages.len();
    decoder.feed(b"j", &mut messages);
    assert_eq!(messages.len(), so_far + 1);
    assert!(matches!(messages.last(), Some(Msg::Key(key)) if key.to_string() == "j"));
    messages
}

fn expire(decoder: &mut Decoder, messages: &mut Vec<Msg>) {
    if decoder.patience().is_some() {
        decoder.expire(messages);
    }
    assert!(decoder.patience().is_none(), "nothing is awaited for ever");
}

fn check(messages: &[Msg], bytes: usize) {
    assert!(messages.len() <= bytes + 3);
    for message in messages {
        match message {
            Msg::Key(key) => assert_eq!(key.to_string().parse::<Key>().as_ref(), Ok(key)),
            Msg::Paste(text) => assert!(text.len() <= LONGEST_PASTE),
            Msg::Mouse(_) | Msg::Background { .. } => {}
            other => panic!("the terminal cannot say {other:?}"),
        }
    }
}

fn told(messages: &[Msg]) -> String {
    format!("{messages:?}")
}
