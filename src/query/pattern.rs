//! What the reader typed, looked for in texts of one byte a letter.

use memchr::memmem::Finder;

use crate::store::Texts;
use crate::store::letters::{self, Mask};
use crate::text::fold::Needle;

/// A needle in the letters of [`Texts`]; finds what [`Needle`] finds.
#[derive(Debug)]
pub(super) struct Pattern {
    pieces: Vec<Finder<'static>>,
    /// Index of the longest piece, which is looked for first.
    longest: usize,
    mask: Mask,
}

impl Pattern {
    pub(super) fn new(typed: &str) -> Self {
        let needle = Needle::new(typed);
        let (words, _) = needle.pieces();
        let pieces: Vec<Vec<u8>> = words.into_iter().map(written).collect();
        let length = |at: &usize| pieces.get(*at).map_or(0, Vec::len);
        Self {
            longest: (0..pieces.len()).rev().max_by_key(length).unwrap_or(0),
            mask: Mask::of(&pieces.concat()),
            pieces: pieces
                .iter()
                .map(|piece| Finder::new(piece).into_owned())
                .collect(),
        }
    }

    /// True when there is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Equal for patterns that find the same.
    pub(super) fn key(&self) -> Vec<u8> {
        let pieces: Vec<_> = self.pieces.iter().map(Finder::needle).collect();
        pieces.join(&b' ')
    }

    /// The letters that a text must have.
    pub(super) fn mask(&self) -> Mask {
        self.mask
    }

    /// True when a text has it if and only if it has its mask.
    pub(super) fn is_in_mask(&self) -> bool {
        match self.pieces.as_slice() {
            [one] => matches!(one.needle(), [letter] if Mask::is_certain(*letter)),
            _ => false,
        }
    }

    /// Where it is first found in `text`.
    pub(super) fn find(&self, text: &[u8]) -> Option<usize> {
        let longest = self.pieces.get(self.longest)?;
        let mut at = 0;
        loop {
            let found = at + longest.find(text.get(at..)?)?;
            if self.is_at(text, found) {
                return Some(found);
            }
            at = found + 1;
        }
    }

    /// Calls `found` with each text that has it, in order.
    pub(super) fn each(&self, texts: &Texts, mut found: impl FnMut(usize)) {
        let (letters, ends) = (texts.letters(), texts.ends());
        let mut text = 0;
        let mut at = 0;
        while let Some(hit) = letters.get(at..).and_then(|rest| self.find(rest)) {
            text += after(ends.get(text..).unwrap_or(&[]), (at + hit) as u32);
            let Some(end) = ends.get(text) else {
                return;
            };
            found(text);
            at = *end as usize;
        }
    }

    /// True when the longest piece at `found` has the others around it.
    fn is_at(&self, text: &[u8], found: usize) -> bool {
        let (before, rest) = self.pieces.split_at(self.longest.min(self.pieces.len()));
        let Some((longest, behind)) = rest.split_first() else {
            return false;
        };
        ends_with(text.get(..found).unwrap_or(&[]), before)
            && begins_with(
                text.get(found + longest.needle().len()..).unwrap_or(&[]),
                behind,
            )
    }
}

fn written(word: &str) -> Vec<u8> {
    let mut letters = Vec::new();
    letters::write(word, &mut letters);
    letters
}

fn ends_with(mut text: &[u8], pieces: &[Finder]) -> bool {
    pieces.iter().rev().all(|piece| {
        while let Some(rest) = text.strip_suffix(b" ") {
            text = rest;
        }
        text.strip_suffix(piece.needle())
            .map(|rest| text = rest)
            .is_some()
    })
}

fn begins_with(mut text: &[u8], pieces: &[Finder]) -> bool {
    pieces.iter().all(|piece| {
        while let Some(rest) = text.strip_prefix(b" ") {
            text = rest;
        }
        text.strip_prefix(piece.needle())
            .map(|rest| text = rest)
            .is_some()
    })
}

/// How many of `ends` lie at or before `at`: few, most often, so the steps begin small.
fn after(ends: &[u32], at: u32) -> usize {
    let mut step = 1;
    while ends.get(step).is_some_and(|end| *end <= at) {
        step *= 2;
    }
    let near = ends
        .get(..step.saturating_add(1).min(ends.len()))
        .unwrap_or(ends);
    near.partition_point(|end| *end <= at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::fold;

    proptest! {
        #[test]
        fn finds_what_the_text_layer_finds(
            fields in proptest::collection::vec(proptest::collection::vec("[ابپ \u{200c}aB1中ё]{0,12}", 0..3), 0..12),
            typed in "[ابپ \u{200c}aB1中ё]{0,4}",
        ) {
            let mut texts = Texts::default();
            for event in &fields {
                for field in event {
                    texts.field(field);
                }
                texts.end();
            }
            let pattern = Pattern::new(&typed);
            let mut found = Vec::new();
            pattern.each(&texts, |text| found.push(text));
            let has = |event: &Vec<String>| event.iter().any(|field| !fold::find(&typed, field).is_empty());
            let want: Vec<_> = (0..fields.len()).filter(|at| has(&fields[*at])).collect();
            prop_assert_eq!(&found, &want);
            for text in 0..fields.len() {
                let has = want.contains(&text);
                let mask = Mask::of(texts.text(text)).may_have(pattern.mask());
                prop_assert!(mask || !has);
                prop_assert!(!pattern.is_in_mask() || mask == has);
            }
        }
    }
}
