//! Any bytes as an event file: no panic, and what was loaded holds together.
#![no_main]

use std::borrow::Cow;
use std::collections::HashSet;

use libfuzzer_sys::fuzz_target;
use sokhan::store::{Limits, Loaded, Names, Source, Warnings, decode_event, load};

fuzz_target!(|bytes: &[u8]| {
    let source = Source::Bytes("fuzz", Cow::Owned(bytes.to_vec()));
    match load(&source, &Limits::bytes(1 << 24)) {
        Ok(loaded) => holds(bytes, &loaded),
        Err(error) => visible(&error.0.line("fuzz", "error")),
    }
});

fn holds(bytes: &[u8], loaded: &Loaded) {
    assert_eq!(loaded.events.len(), loaded.spans.len());
    assert_eq!(loaded.events.len(), loaded.numbers.len());
    let ids: HashSet<_> = loaded.events.iter().map(|event| &event.id).collect();
    assert_eq!(ids.len(), loaded.events.len());
    let list = loaded.warnings.list();
    assert!(list.len() as u64 <= loaded.warnings.total());
    assert!(list.is_sorted_by_key(|problem| problem.place));
    for problem in list {
        visible(&problem.line("fuzz", "warning"));
    }
    again(bytes, loaded);
}

/// Each record reads alone as it did in the file, but for an id that was taken. Packed bytes are
/// not those of the text.
fn again(bytes: &[u8], loaded: &Loaded) {
    let names = Names::of(&loaded.header);
    for ((event, span), number) in loaded.events.iter().zip(&loaded.spans).zip(&loaded.numbers) {
        let start = span.at as usize;
        let record = bytes.get(start..start + span.length as usize);
        let Some(record) = record.filter(|_| matches!(bytes.first(), Some(b'{'))) else {
            return;
        };
        let mut warnings = Warnings::keeping(0);
        let alone = decode_event(record, *number as usize, &names, &mut warnings);
        let mut alone = alone.expect("JSON").expect("an object");
        if alone.title.get("") == Some(&alone.id) {
            alone.title.clone_from(&event.title);
        }
        alone.id.clone_from(&event.id);
        assert_eq!(&alone, event);
    }
}

fn visible(line: &str) {
    let hidden = |letter: char| {
        letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!line.contains(hidden), "{line:?}");
    assert!(line.chars().count() <= 2000);
}
