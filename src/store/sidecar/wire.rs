//! Numbers and texts as bytes, and back. Reading never goes past the end: what is not there is
//! `None`.

/// Appends a number: seven bits a byte, the low ones first (LEB128).
pub(super) fn put(number: u64, out: &mut Vec<u8>) {
    let mut rest = number;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

/// Appends a text behind its length in bytes.
pub(super) fn put_text(text: &str, out: &mut Vec<u8>) {
    put(text.len() as u64, out);
    out.extend_from_slice(text.as_bytes());
}

/// Bytes that are read from the front.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wire<'a>(pub &'a [u8]);

impl<'a> Wire<'a> {
    /// A number of [`put`].
    #[inline]
    pub(super) fn number(&mut self) -> Option<u64> {
        match self.0 {
            [byte @ ..0x80, rest @ ..] => {
                self.0 = rest;
                Some(u64::from(*byte))
            }
            [low, high @ ..0x80, rest @ ..] => {
                self.0 = rest;
                Some(u64::from(low & 0x7F) | u64::from(*high) << 7)
            }
            _ => self.long(),
        }
    }

    fn long(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            let bits = u64::from(byte & 0x7F);
            number |= bits
                .checked_shl(shift)
                .filter(|more| more >> shift == bits)?;
            if *byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A number of at most 32 bits.
    #[inline]
    pub(super) fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    /// A text of [`put_text`].
    pub(super) fn text(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        str::from_utf8(self.take(length)?).ok()
    }

    /// The next `length` bytes.
    pub(super) fn take(&mut self, length: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    /// The next eight bytes as a number.
    pub(super) fn word(&mut self) -> Option<u64> {
        let (word, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u64::from_le_bytes(*word))
    }

    /// True when nothing is left.
    pub(super) fn is_done(self) -> bool {
        self.0.is_empty()
    }
}

/// The numbers of four bytes each that `bytes` are.
pub(super) fn words(bytes: &[u8]) -> Option<impl ExactSizeIterator<Item = u32>> {
    let (words, rest) = bytes.as_chunks();
    rest.is_empty()
        .then(|| words.iter().map(|word| u32::from_le_bytes(*word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_come_back() {
        let numbers = [0, 1, 127, 128, 300, 16_383, 16_384, 1 << 35, u64::MAX];
        let mut bytes = Vec::new();
        for number in numbers {
            put(number, &mut bytes);
            put_text(&format!("سلام {number}"), &mut bytes);
        }
        let mut wire = Wire(&bytes);
        for number in numbers {
            assert_eq!(wire.number(), Some(number));
            assert_eq!(wire.text(), Some(&*format!("سلام {number}")));
        }
        assert!(wire.is_done());
        assert_eq!(wire.number(), None);
    }

    #[test]
    fn what_is_cut_or_too_long_is_nothing() {
        for bytes in [&[0x80][..], &[0xFF; 9], &[0xFF; 11], &[0x80; 40]] {
            assert_eq!(Wire(bytes).number(), None, "{bytes:?}");
        }
        assert_eq!(Wire(&[0xFF, 0xFF, 0xFF, 0xFF, 0x10]).small(), None);
        assert_eq!(Wire(&[5, b'a']).text(), None);
        assert_eq!(Wire(&[1, 0xFF]).text(), None);
        assert!(words(&[1, 2, 3]).is_none());
    }
}
