//! Is all well with an event? The scanner says yes for certain, or the decoder is asked.

use std::hash::{BuildHasher, RandomState};

use super::letters::{FIELD, fold_raw};
use crate::store::decode::{Names, is_tag};
use crate::store::json::raw::Raw;
use crate::store::road::dates::Dates;
use crate::store::road::scan::{self, Field, PlainMode, Sink, Unsure};

/// What is known of an event after it was scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Verdict {
    /// The decoder would say nothing; the hash of its id.
    Clean(u64),
    /// The decoder may have something to say.
    Odd,
    /// Only the decoder can read it.
    Unsure,
}

/// Checks events, and folds their texts by the way.
pub(in crate::store) struct Check<'n> {
    names: &'n Names,
    dates: Dates,
}

impl<'n> Check<'n> {
    pub(in crate::store) fn new(names: &'n Names) -> Self {
        Self {
            names,
            dates: Dates::default(),
        }
    }

    /// Scans an event; appends its folded texts to `letters`.
    pub(in crate::store) fn event(
        &mut self,
        json: &[u8],
        letters: &mut Vec<u8>,
    ) -> Result<Verdict, Unsure> {
        let mut looking = Looking {
            check: self,
            letters,
            odd: false,
            id: 0,
            languages: Vec::new(),
        };
        scan::event(json, &mut looking)?;
        let Looking { odd, id, .. } = looking;
        Ok(if odd {
            Verdict::Odd
        } else {
            Verdict::Clean(id)
        })
    }
}

/// The hash of an id, the same for equal ids in one run of the program.
pub(in crate::store) fn hash(id: &str) -> u64 {
    hasher().hash_one(id)
}

/// One key for the whole run: hashes of different threads are compared.
fn hasher() -> &'static RandomState {
    static HASHER: std::sync::OnceLock<RandomState> = std::sync::OnceLock::new();
    HASHER.get_or_init(RandomState::new)
}

struct Looking<'a, 'c, 'n> {
    check: &'c mut Check<'n>,
    letters: &'c mut Vec<u8>,
    odd: bool,
    id: u64,
    /// Languages of the statement that is being read.
    languages: Vec<&'a [u8]>,
}

impl<'a> Sink<'a> for Looking<'a, '_, '_> {
    fn id(&mut self, id: Raw<'a>) {
        self.odd |= !id.is_clean();
        self.id = hash(&id.says());
    }

    fn when(&mut self, json: &'a [u8]) -> Result<(), Unsure> {
        self.odd |= !self.check.dates.is_clean(json);
        Ok(())
    }

    fn text(&mut self, field: Field, tag: &'a [u8], text: Raw<'a>) {
        if field == Field::Place {
            self.odd |= !text.is_clean();
        } else {
            self.odd |= !fold_raw(text, self.letters);
            self.letters.push(FIELD);
        }
        if field == Field::Statement {
            self.languages.push(tag);
        }
        self.odd |= !matches!(tag, b"" | b"fa" | b"en") && !str::from_utf8(tag).is_ok_and(is_tag);
    }

    fn actor(&mut self, id: Raw<'a>, _speaks: bool) {
        self.odd |= id.escaped || !self.check.names.has_actor(id.bytes);
    }

    fn source(&mut self, id: Raw<'a>) {
        self.odd |= id.escaped || !self.check.names.has_source(id.bytes);
    }

    fn tag(&mut self, tag: Raw<'a>) {
        self.odd |= !tag.is_clean();
    }

    fn word(&mut self, word: Raw<'a>) {
        self.odd |= !word.is_clean();
    }

    fn statement(&mut self, _mode: PlainMode, original: Option<Raw<'a>>) {
        if let Some(original) = original {
            self.odd |= !original.is_clean() || !self.languages.contains(&original.bytes);
        }
        self.languages.clear();
    }

    fn unusual(&mut self) {
        self.odd = true;
    }
}

/// Those of `hashes`, which are in order, that stand twice, in order.
pub(in crate::store) fn doubled(hashes: &[u64]) -> Vec<u64> {
    let twice = |pair: &[u64]| match pair {
        [one, two] if one == two => Some(*one),
        _ => None,
    };
    let mut doubled: Vec<_> = hashes.windows(2).filter_map(twice).collect();
    doubled.dedup();
    doubled
}

/// True when one of `hashes`, which are in order, stands twice.
pub(in crate::store) fn has_twice(hashes: &[u64]) -> bool {
    hashes
        .windows(2)
        .any(|pair| matches!(pair, [one, two] if one == two))
}
