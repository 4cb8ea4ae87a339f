//! What stands between the brackets of a bracketed paste.

/// Bytes of a paste that are kept; the rest is dropped.
const LONGEST: usize = 64 * 1024;
const END: &[u8] = b"\x1b[201~";
/// So many bytes at once, and no more, are typed by a person.
const TYPED: usize = 16;

/// A paste that has begun.
#[derive(Debug, Default)]
pub(super) struct Paste {
    text: Vec<u8>,
    /// Bytes of [`END`] that came last.
    matched: usize,
}

impl Paste {
    /// Takes one byte: the text if the paste ends here, else the paste as it is now.
    pub(super) fn byte(mut self, byte: u8) -> Result<String, Self> {
        let before = self.matched;
        self.matched = matched_after(before, byte);
        if self.matched == END.len() {
            return Ok(self.into_text());
        }
        if self.matched <= before {
            self.keep(END.get(..before).unwrap_or_default());
            if self.matched == 0 {
                self.keep(&[byte]);
            }
        }
        Err(self)
    }

    /// What was pasted so far. Bytes that are no UTF-8 become U+FFFD.
    pub(super) fn into_text(self) -> String {
        String::from_utf8_lossy(&self.text).into_owned()
    }

    /// After a long silence: true when `bytes` look typed and do not end the paste.
    pub(super) fn was_given_up(&self, bytes: &[u8]) -> bool {
        let mut matched = self.matched;
        let ends = bytes.iter().any(|&byte| {
            matched = matched_after(matched, byte);
            matched == END.len()
        });
        bytes.len() <= TYPED && !ends
    }

    fn keep(&mut self, bytes: &[u8]) {
        let room = LONGEST.saturating_sub(self.text.len()).min(bytes.len());
        self.text.extend(bytes.iter().take(room));
    }
}

/// Bytes of [`END`] matched after `byte`; only its first byte is an ESC.
fn matched_after(matched: usize, byte: u8) -> usize {
    if END.get(matched) == Some(&byte) {
        matched + 1
    } else {
        usize::from(byte == 0x1B)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pasted(bytes: &[u8]) -> Option<String> {
        let mut paste = Paste::default();
        for &byte in bytes {
            match paste.byte(byte) {
                Ok(text) => return Some(text),
                Err(more) => paste = more,
            }
        }
        None
    }

    #[test]
    fn the_end_is_found_behind_its_own_beginning() {
        assert_eq!(pasted(b"a\x1b[\x1b[201~").as_deref(), Some("a\u{1b}["));
        assert_eq!(pasted(b"\x1b\x1b[201~").as_deref(), Some("\u{1b}"));
        assert_eq!(pasted(b"a\x1b[201"), None);
    }

    #[test]
    fn a_long_paste_is_cut() {
        let mut long = vec![b'x'; 3 * LONGEST];
        long.extend(END);
        assert_eq!(pasted(&long).map(|text| text.len()), Some(LONGEST));
    }
}
