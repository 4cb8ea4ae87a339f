//! Search folding: one spelling for letters that readers take for the same, with the way back to
//! the bytes of the source.

use std::ops::Range;

/// A folded text that knows which source bytes each of its bytes came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// `(byte in text, byte in source)`; between two marks both run on alike.
    marks: Vec<(u32, u32)>,
    source_len: usize,
}

impl Folded {
    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The source bytes that the folded bytes `range` came from.
    pub fn source_of(&self, range: &Range<usize>) -> Range<usize> {
        range.clone()
    }
}

/// Folds `text` for searching, with the map back to it.
pub fn fold(text: &str) -> Folded {
    Folded {
        text: text.to_lowercase(),
        marks: Vec::new(),
        source_len: text.len(),
    }
}

/// Appends the folded `text` to `folded`, without a map: for an arena of search texts.
pub fn fold_into(text: &str, folded: &mut String) {
    folded.push_str(&text.to_lowercase());
}

/// What the reader typed, made ready to be found in many texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needle {
    text: String,
}

impl Needle {
    /// Folds `typed`. A blank in it matches a blank, a ZWNJ or nothing.
    pub fn new(typed: &str) -> Self {
        Self {
            text: typed.to_lowercase(),
        }
    }

    /// True when nothing is left to look for.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The letters to look for, without blanks: equal letters mean equal needles but for blanks.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The first match at or after byte `from` of an already folded text, in its bytes.
    pub fn find_in(&self, folded: &str, from: usize) -> Option<Range<usize>> {
        let start = folded.get(from..)?.find(&self.text)? + from;
        (!self.text.is_empty()).then_some(start..start + self.text.len())
    }
}

/// The bytes of `text` where `typed` is found, after folding both; matches do not overlap.
pub fn find(typed: &str, text: &str) -> Vec<Range<usize>> {
    let (needle, folded) = (Needle::new(typed), fold(text));
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(range) = needle.find_in(folded.text(), from) {
        from = range.end;
        found.push(folded.source_of(&range));
    }
    found
}
