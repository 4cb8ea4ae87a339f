//! The shown rows: all events, or those that pass a filter, without a list of them.

use std::sync::Arc;

use super::Bits;
use crate::model::EventId;

/// Words of the set between two entries of the directory of ranks.
const BLOCK: usize = 8;

/// What is shown, in display order. A row is a position in it, from 0.
#[derive(Clone, Debug)]
pub enum Rows {
    /// Every event; row and event number are the same.
    All(u32),
    /// Some of them.
    Some(Arc<Hits>),
}

/// A set of events that knows how many of them come before each.
#[derive(Debug)]
pub struct Hits {
    bits: Bits,
    /// How many events are in the set before each block.
    ranks: Vec<u32>,
    count: u32,
}

impl Hits {
    /// Builds the directory: one pass over the set.
    pub fn new(bits: Bits) -> Self {
        let mut count = 0;
        let ranks = bits.words().chunks(BLOCK).map(|block| {
            let before = count;
            count += block.iter().map(|word| word.count_ones()).sum::<u32>();
            before
        });
        let ranks = ranks.collect();
        Self { bits, ranks, count }
    }

    /// The set.
    pub fn bits(&self) -> &Bits {
        &self.bits
    }

    /// How many events of the set come before `event`.
    fn rank(&self, event: u32) -> u32 {
        let word = event as usize / 64;
        let block = word / BLOCK;
        let Some(before) = self.ranks.get(block) else {
            return self.count;
        };
        let words = self.bits.words();
        let whole = words.get(block * BLOCK..word).unwrap_or(&[]);
        let part = words
            .get(word)
            .map_or(0, |word| word & !(u64::MAX << (event % 64)));
        before + whole.iter().map(|word| word.count_ones()).sum::<u32>() + part.count_ones()
    }

    /// The event in `row`.
    fn select(&self, row: u32) -> Option<EventId> {
        if row >= self.count {
            return None;
        }
        let block = self
            .ranks
            .partition_point(|before| *before <= row)
            .checked_sub(1)?;
        let mut left = row - self.ranks.get(block)?;
        let words = self.bits.words().iter().enumerate().skip(block * BLOCK);
        for (at, word) in words {
            let here = word.count_ones();
            if left < here {
                let word = (0..left).fold(*word, |word, _| word & (word - 1));
                return Some(EventId(at as u32 * 64 + word.trailing_zeros()));
            }
            left -= here;
        }
        None
    }
}

impl Rows {
    /// Rows of a set.
    pub fn of(bits: Bits) -> Self {
        Self::Some(Arc::new(Hits::new(bits)))
    }

    /// How many rows.
    pub fn len(&self) -> u32 {
        match self {
            Self::All(len) => *len,
            Self::Some(hits) => hits.count,
        }
    }

    /// True when nothing is shown.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The event in `row`; `None` past the end.
    pub fn event_at(&self, row: u32) -> Option<EventId> {
        match self {
            Self::All(len) => (row < *len).then_some(EventId(row)),
            Self::Some(hits) => hits.select(row),
        }
    }

    /// The row of `event`; `None` when it is not shown.
    pub fn row_of(&self, event: EventId) -> Option<u32> {
        match self {
            Self::All(len) => (event.0 < *len).then_some(event.0),
            Self::Some(hits) => hits.bits.contains(event).then(|| hits.rank(event.0)),
        }
    }

    /// The row of `event`, else of the next one that is shown, else the last row; `None` only when
    /// nothing is shown. Keeps the reader's place when a filter changes.
    pub fn nearest(&self, event: EventId) -> Option<u32> {
        let last = self.len().checked_sub(1)?;
        Some(self.before(event).min(last))
    }

    /// How many rows lie before `event`, shown or not.
    pub fn before(&self, event: EventId) -> u32 {
        match self {
            Self::All(len) => event.0.min(*len),
            Self::Some(hits) => hits.rank(event.0),
        }
    }

    /// True when `event` is shown.
    pub fn contains(&self, event: EventId) -> bool {
        self.row_of(event).is_some()
    }

    /// All shown events in order. For exports and tests; screens ask for single rows.
    pub fn iter(&self) -> impl Iterator<Item = EventId> {
        let all = match self {
            Self::All(len) => *len,
            Self::Some(_) => 0,
        };
        let some = match self {
            Self::All(_) => None,
            Self::Some(hits) => Some(hits.bits.iter()),
        };
        (0..all).map(EventId).chain(some.into_iter().flatten())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rank_and_select_invert_each_other() {
        let events: Vec<u32> = (0..5000)
            .filter(|at| at % 7 == 3 || at / 600 == 2)
            .collect();
        let mut bits = Bits::none(5000);
        for event in &events {
            bits.insert(EventId(*event));
        }
        let rows = Rows::of(bits);
        assert_eq!(rows.len() as usize, events.len());
        for (row, event) in events.iter().enumerate() {
            assert_eq!(rows.event_at(row as u32), Some(EventId(*event)));
            assert_eq!(rows.row_of(EventId(*event)), Some(row as u32));
        }
        assert_eq!(rows.event_at(rows.len()), None);
        assert_eq!(rows.row_of(EventId(0)), None);
    }

    #[test]
    fn the_nearest_row_is_the_next_one_left() {
        let mut bits = Bits::none(100);
        bits.insert(EventId(10));
        bits.insert(EventId(50));
        let rows = Rows::of(bits);
        let nearest = |event| rows.nearest(EventId(event));
        assert_eq!(
            [nearest(0), nearest(10), nearest(11), nearest(99)],
            [Some(0), Some(0), Some(1), Some(1)]
        );
        assert_eq!(Rows::of(Bits::none(100)).nearest(EventId(3)), None);
        assert_eq!(Rows::All(3).nearest(EventId(9)), Some(2));
    }
}
