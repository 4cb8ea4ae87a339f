//! Rows for the tests of the encoders.

use ratatui::buffer::Cell;

use super::{Encoder, Options, Sent, Wanted};

/// One cell a character; a mark goes into the cell before it.
pub fn row(text: &str) -> Vec<Wanted> {
    let mut symbols: Vec<String> = Vec::new();
    for c in text.chars() {
        match symbols.last_mut() {
            Some(last) if ('\u{64b}'..='\u{65f}').contains(&c) => last.push(c),
            _ => symbols.push(c.to_string()),
        }
    }
    let cell = |symbol: &String| {
        let mut cell = Cell::EMPTY;
        cell.set_symbol(symbol);
        Wanted::of(&cell, Options::default())
    };
    symbols.iter().map(cell).collect()
}

/// What an encoder makes of `wanted`.
pub fn sent(encoder: &mut dyn Encoder, wanted: &[Wanted]) -> Sent {
    let mut sent = Sent::default();
    encoder.encode(wanted, &mut sent);
    assert_eq!(sent.len(), wanted.len());
    sent
}

/// The text of each column.
pub fn encoded(encoder: &mut dyn Encoder, wanted: &[Wanted]) -> Vec<String> {
    let sent = sent(encoder, wanted);
    (0..sent.len())
        .map(|column| sent.text(column).to_owned())
        .collect()
}
