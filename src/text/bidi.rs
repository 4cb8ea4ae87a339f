//! The bidi classes of `unicode-bidi`, with a table in front of its search for the letters that
//! nearly all text here is made of.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_bidi::{BidiClass, BidiDataSource};

/// Latin, Cyrillic, Hebrew, Arabic: their classes are looked up in a table.
const LETTERS: usize = 0x700;
/// General punctuation, with the half-space and the marks of direction: the same.
const SIGNS: Range<usize> = 0x2000..0x2070;

static CLASSES: LazyLock<Box<[BidiClass]>> = LazyLock::new(|| {
    let letters = (0..LETTERS).chain(SIGNS);
    letters.map(|code| searched(code as u32)).collect()
});

/// `Bidi_Class` of the Unicode Character Database.
#[derive(Clone, Copy, Debug)]
pub(super) struct Classes;

impl BidiDataSource for Classes {
    fn bidi_class(&self, letter: char) -> BidiClass {
        bidi_class(letter)
    }
}

/// The bidi class of a character.
pub(super) fn bidi_class(letter: char) -> BidiClass {
    let code = letter as usize;
    let place = if SIGNS.contains(&code) {
        code - SIGNS.start + LETTERS
    } else if code < LETTERS {
        code
    } else {
        return unicode_bidi::bidi_class(letter);
    };
    CLASSES.get(place).copied().unwrap_or(BidiClass::L)
}

fn searched(code: u32) -> BidiClass {
    char::from_u32(code).map_or(BidiClass::L, unicode_bidi::bidi_class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_the_search_says() {
        for letter in '\0'..='\u{ffff}' {
            let class = unicode_bidi::bidi_class(letter);
            assert_eq!(bidi_class(letter), class, "{letter:?}");
        }
    }
}
