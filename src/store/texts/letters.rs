//! Folded text at one byte a letter, for searching: half of what UTF-8 takes, and as exact.
//!
//! Letters that Persian archives are made of have a byte of their own; any other one is written as
//! `RARE` and six bytes that begin nothing, so that a match never starts inside a letter. What is
//! folded is decided by [`crate::text::fold`] alone: the tables here are made from it.

use std::sync::OnceLock;

use crate::store::json::raw::{self, Raw};
use crate::text::fold::fold_into;

/// Ends a field.
pub const FIELD: u8 = b'\n';

/// Begins a letter without a byte of its own.
const RARE: u8 = 1;

/// The six digits behind [`RARE`], base 16.
const DIGIT: u8 = 0x10;

/// Folded letters with a byte of their own, from 0x80 on. The first ones are Persian.
const OWN: &str = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیء\
                   ٹڈڑںھےڕڵۆێۇۋۈېړږښټډګڼځڅڤڭ«»،؛؟–—‘’“”٪۔°·§±×\
                   абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєў";

/// How many letters of [`OWN`] are Persian.
const PERSIAN: u8 = 33;

/// What a character becomes: a letter's byte, or one of these two, which are no letter's.
type Becomes = u8;
const NOTHING: Becomes = 2;
/// The whole field takes the slow road.
const UNCLEAR: Becomes = 3;

/// Characters that the quick road knows: U+0000 to U+07FF and U+2000 to U+203F.
struct Tables {
    low: [Becomes; 0x800],
    general: [Becomes; 0x40],
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| Tables {
        low: std::array::from_fn(|code| becomes(code as u32)),
        general: std::array::from_fn(|code| becomes(0x2000 + code as u32)),
    })
}

/// What folding makes of a character that stands alone. Marks outside the Arabic block can join
/// with what is before them, and controls are shown as something else: unclear.
fn becomes(code: u32) -> Becomes {
    let clear = |letter: &char| !(0x300..0x370).contains(&code) && !letter.is_control();
    let Some(letter) = char::from_u32(code).filter(clear) else {
        return UNCLEAR;
    };
    let mut folded = String::new();
    fold_into(&letter.to_string(), &mut folded);
    let mut bytes = Vec::new();
    write(&folded, &mut bytes);
    match *bytes {
        [] if (0x600..0x700).contains(&code) || code >= 0x2000 => NOTHING,
        [byte] => byte,
        _ => UNCLEAR,
    }
}

/// Appends already folded text.
pub fn write(folded: &str, out: &mut Vec<u8>) {
    for letter in folded.chars() {
        if let Some(byte) = own_byte(letter) {
            out.push(byte);
        } else {
            out.push(RARE);
            let code = letter as u32;
            out.extend([20, 16, 12, 8, 4, 0].map(|shift| DIGIT + (code >> shift & 15) as u8));
        }
    }
}

fn own_byte(letter: char) -> Option<u8> {
    match letter {
        ' '..='~' => Some(letter as u8),
        _ => OWN
            .chars()
            .position(|own| own == letter)
            .map(|at| 0x80 + at as u8),
    }
}

/// Folds `text` and appends it.
pub fn fold(text: &str, out: &mut Vec<u8>) {
    let start = out.len();
    if !quick(
        Raw {
            bytes: text.as_bytes(),
            escaped: false,
        },
        out,
    ) {
        out.truncate(start);
        slow(text, out);
    }
}

fn slow(text: &str, out: &mut Vec<u8>) {
    let mut folded = String::new();
    fold_into(text, &mut folded);
    write(&folded, out);
}

/// Folds what a JSON string says and appends it; true when there was nothing to repair in it.
pub(in crate::store) fn fold_raw(text: Raw, out: &mut Vec<u8>) -> bool {
    let start = out.len();
    if quick(text, out) {
        return true;
    }
    out.truncate(start);
    slow(&text.says(), out);
    text.is_clean()
}

/// Letters are gathered here and appended many at a time.
const GATHERED: usize = 64;

/// False when the text has something that the tables do not decide.
fn quick(text: Raw, out: &mut Vec<u8>) -> bool {
    let tables = tables();
    let mut gathered = [0; GATHERED];
    let mut count = 0;
    let mut rest = text.bytes;
    while let [first, tail @ ..] = rest {
        let (letter, behind) = match *first {
            b'\\' if text.escaped => {
                let (letter, length) = raw::letter(rest);
                (look_up(tables, letter), rest.get(length..).unwrap_or(&[]))
            }
            byte @ ..0x80 => (tables.low[usize::from(byte)], tail),
            lead @ 0xC2..0xE0 => match tail {
                [next @ 0x80..0xC0, behind @ ..] => {
                    let code = usize::from(lead & 0x1F) << 6 | usize::from(next & 0x3F);
                    (tables.low[code & 0x7FF], behind)
                }
                _ => return false,
            },
            0xE2 => match tail {
                [0x80, last @ 0x80..0xC0, behind @ ..] => {
                    (tables.general[usize::from(last & 0x3F)], behind)
                }
                _ => return false,
            },
            _ => return false,
        };
        if letter == UNCLEAR {
            return false;
        }
        gathered[count] = letter;
        count += usize::from(letter != NOTHING);
        if count == GATHERED {
            out.extend_from_slice(&gathered);
            count = 0;
        }
        rest = behind;
    }
    out.extend_from_slice(gathered.get(..count).unwrap_or(&[]));
    true
}

fn look_up(tables: &Tables, letter: char) -> Becomes {
    match letter as usize {
        // An escaped tab or line end is as good as a blank.
        0x09 | 0x0A | 0x0D => b' ',
        code @ ..0x800 => tables.low[code],
        code @ 0x2000..0x2040 => tables.general[code - 0x2000],
        _ => UNCLEAR,
    }
}

/// The letters that an event has, as bits: Persian and Latin ones and some digits have their own,
/// the rest share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mask(pub u64);

/// The bit that letters without their own share.
const SHARED: u32 = 63;

impl Mask {
    /// The letters of `letters`.
    pub fn of(letters: &[u8]) -> Self {
        let add = |mask, letter: &u8| mask | 1 << BITS[usize::from(*letter)];
        Self(letters.iter().fold(0, add))
    }

    /// True when all letters of `other` may be here.
    pub fn may_have(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// True when `letter` alone owns its bit: the mask then tells for certain.
    pub fn is_certain(letter: u8) -> bool {
        bit(letter) != SHARED
    }
}

/// [`bit`] of each letter.
static BITS: [u8; 256] = {
    let mut bits = [0; 256];
    let mut letter = 0;
    while letter < bits.len() {
        bits[letter] = bit(letter as u8) as u8;
        letter += 1;
    }
    bits
};

const fn bit(letter: u8) -> u32 {
    const FIRST_LATIN: u32 = PERSIAN as u32;
    const FIRST_DIGIT: u32 = FIRST_LATIN + 26;
    const DIGITS: u8 = (SHARED - FIRST_DIGIT) as u8;
    match letter {
        0x80.. if letter < 0x80 + PERSIAN => (letter - 0x80) as u32,
        b'a'..=b'z' => FIRST_LATIN + (letter - b'a') as u32,
        b'0'.. if letter < b'0' + DIGITS => FIRST_DIGIT + (letter - b'0') as u32,
        _ => SHARED,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slowly(text: &str) -> Vec<u8> {
        let mut out = Vec::new();
        slow(text, &mut out);
        out
    }

    #[test]
    fn each_letter_has_its_own_byte_and_the_certain_ones_their_bit() {
        assert!(OWN.chars().count() <= 128);
        let bytes: std::collections::BTreeSet<_> = OWN.chars().map(own_byte).collect();
        assert_eq!(bytes.len(), OWN.chars().count());
        let certain: Vec<u8> = (0..=255)
            .filter(|letter| Mask::is_certain(*letter))
            .collect();
        let bits: std::collections::BTreeSet<_> =
            certain.iter().map(|letter| bit(*letter)).collect();
        assert_eq!(bits.len(), certain.len());
        assert!(bits.iter().all(|bit| *bit < SHARED));
    }

    #[test]
    fn every_character_folds_as_the_text_layer_folds_it() {
        for letter in '\0'..='\u{ffff}' {
            for text in [letter.to_string(), format!("ا{letter}b")] {
                let mut out = Vec::new();
                fold(&text, &mut out);
                assert_eq!(out, slowly(&text), "U+{:04X}", letter as u32);
            }
        }
    }

    #[test]
    fn what_persian_is_written_with_takes_the_quick_road() {
        for text in [
            "می\u{200c}گویَد: «سلام»، ك ي ۱۲۳",
            "Abc-1.",
            "Россия",
            "\u{2013}\u{2026}",
        ] {
            let quick = quick(
                Raw {
                    bytes: text.as_bytes(),
                    escaped: false,
                },
                &mut Vec::new(),
            );
            assert_eq!(quick, !text.contains('\u{2026}'), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_folds_as_the_text_layer_folds_it(
            text in "([آ-یa-zA-Z0-9 \u{200c}\u{64b}-\u{655}\u{300}-\u{303}ёЁ«»\u{fef5}-\u{fefc}\\PC]|\n){0,20}",
        ) {
            let mut out = Vec::new();
            fold(&text, &mut out);
            prop_assert_eq!(&out, &slowly(&text));
            let json = serde_json::to_string(&text).expect("a string");
            let units = text.encode_utf16().map(|unit| format!("\\u{unit:04x}"));
            let escaped = format!("\"{}\"", units.collect::<String>());
            for json in [json, escaped] {
                let inside = &json.as_bytes()[1..json.len() - 1];
                let (mut raw, mut said) = (Vec::new(), Vec::new());
                let clean = fold_raw(Raw::new(inside), &mut raw);
                fold(&Raw::new(inside).says(), &mut said);
                prop_assert_eq!(&raw, &said);
                prop_assert!(!clean || raw == out);
                prop_assert_eq!(clean, Raw::new(inside).is_clean());
            }
        }

        #[test]
        fn any_bytes_are_folded_as_what_they_say(bytes in proptest::collection::vec(any::<u8>(), 0..30)) {
            let bytes: Vec<u8> = bytes.into_iter().filter(|byte| *byte != b'\\').collect();
            let raw = Raw::new(&bytes);
            let mut out = Vec::new();
            fold_raw(raw, &mut out);
            prop_assert_eq!(out, slowly(&raw.says()));
        }
    }
}
