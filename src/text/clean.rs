//! Text from outside made safe for one line of a message.

/// One line of `text` that shows what is in it: controls as pictures, invisible characters as
/// U+FFFD; cut at 120 characters.
pub fn clean(text: &str) -> String {
    clean_to(text, 120)
}

/// As [`clean`], cut at `most` characters, the ellipsis included.
pub fn clean_to(text: &str, most: usize) -> String {
    let shown = |letter: char| {
        if letter.is_control() {
            '\u{fffd}'
        } else {
            letter
        }
    };
    text.chars().take(most).map(shown).collect()
}

/// `text` in a first-strong isolate (U+2068 … U+2069), so that what stands around it cannot turn
/// it round: for a date, a counter or a name inside a sentence that the program makes.
pub fn isolate(text: &str) -> String {
    format!("\u{2068}{text}\u{2069}")
}
