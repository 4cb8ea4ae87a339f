//! The inside of a JSON string as it stands in the file, and what it says.

use std::borrow::Cow;

use crate::store::json;

/// Between the quotes, escapes and all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct Raw<'a> {
    pub bytes: &'a [u8],
    /// True when there is a backslash in it. All escapes are well formed.
    pub escaped: bool,
}

impl<'a> Raw<'a> {
    /// What is known of bytes that were a string once.
    pub(in crate::store) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            escaped: memchr::memchr(b'\\', bytes).is_some(),
        }
    }

    /// What the decoder reads: what is no text is replaced.
    pub(in crate::store) fn says(self) -> Cow<'a, str> {
        json::inside(self.bytes).words
    }

    /// True when the decoder has nothing to repair.
    pub(in crate::store) fn is_clean(self) -> bool {
        let plain = |byte: &u8| (0x20..0x7F).contains(byte);
        (!self.escaped && self.bytes.iter().all(plain)) || json::inside(self.bytes).defect.is_none()
    }
}

/// The letter of the escape that `bytes` begin with, and how many bytes it takes.
pub(in crate::store) fn letter(bytes: &[u8]) -> (char, usize) {
    match bytes.get(1) {
        Some(b'b') => ('\u{8}', 2),
        Some(b'f') => ('\u{c}', 2),
        Some(b'n') => ('\n', 2),
        Some(b'r') => ('\r', 2),
        Some(b't') => ('\t', 2),
        Some(b'u') => match unit(bytes) {
            high @ 0xD800..0xDC00 => match bytes.get(6..).map(unit) {
                Some(low @ 0xDC00..0xE000) => {
                    let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                    (
                        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
                        12,
                    )
                }
                _ => (char::REPLACEMENT_CHARACTER, 6),
            },
            unit => (
                char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER),
                6,
            ),
        },
        other => (other.copied().map_or('\\', char::from), 2),
    }
}

/// The UTF-16 unit of `\uXXXX` at the start of `bytes`; 0 when there is none.
fn unit(bytes: &[u8]) -> u32 {
    let Some([b'\\', b'u', digits @ ..]) = bytes.first_chunk::<6>() else {
        return 0;
    };
    digits.iter().fold(0, |unit, digit| {
        unit << 4 | char::from(*digit).to_digit(16).unwrap_or(0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_serde_json_reads() {
        for inside in [
            r"",
            r"a",
            r"\u0633\u0644ا\n\t\r\/\\\q",
            r"\ud83d\ude00!",
            r"سلام \u200c",
        ] {
            let inside = inside.replace(r"\q", "\\\"");
            let want: String = serde_json::from_str(&format!("\"{inside}\"")).expect("a string");
            assert_eq!(Raw::new(inside.as_bytes()).says(), want);
        }
    }
}
