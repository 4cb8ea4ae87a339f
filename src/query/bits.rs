//! A set of events, one bit each.

use std::ops::Range;

use crate::model::EventId;

/// A set of events out of `len`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    len: u32,
}

impl Bits {
    /// No event out of `len`.
    pub fn none(len: u32) -> Self {
        Self {
            words: vec![0; words_for(len)],
            len,
        }
    }

    /// All of `len` events.
    pub fn all(len: u32) -> Self {
        let mut bits = Self::none(len);
        bits.insert_range(0, len);
        bits
    }

    /// The set with room for events that came between its own and are not in it. `came` ascends.
    #[must_use]
    pub fn spread(&self, came: &[EventId]) -> Self {
        let mut spread = Self::none(self.len + came.len() as u32);
        let mut start = 0;
        for (shift, event) in (0..).zip(came) {
            let end = event.0.saturating_sub(shift);
            spread.take(self, start..end, shift);
            start = end;
        }
        spread.take(self, start..self.len, came.len() as u32);
        spread
    }

    /// Adds what `other` has of `range`, moved on by `shift`.
    fn take(&mut self, other: &Self, range: Range<u32>, shift: u32) {
        let mut at = range.start + shift;
        let end = range.end + shift;
        while at < end {
            let next = (at / 64 * 64 + 64).min(end);
            let bits = other.bits_from(at - shift) & u64::MAX >> (64 - (next - at));
            if let Some(word) = self.words.get_mut(at as usize / 64) {
                *word |= bits << (at % 64);
            }
            at = next;
        }
    }

    /// The 64 bits from `start` on.
    fn bits_from(&self, start: u32) -> u64 {
        let word = |at: usize| self.words.get(at).copied().unwrap_or(0);
        let (at, bit) = (start as usize / 64, start % 64);
        match bit {
            0 => word(at),
            _ => word(at) >> bit | word(at + 1) << (64 - bit),
        }
    }

    /// How many events there are, in the set or not.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// True when the set could hold nothing at all.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many events are in the set.
    pub fn count(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// True when the event is in the set.
    #[inline]
    pub fn contains(&self, event: EventId) -> bool {
        let word = self.words.get(event.0 as usize / 64).copied();
        word.unwrap_or(0) >> (event.0 % 64) & 1 == 1
    }

    /// Puts an event in; one past the end is ignored.
    #[inline]
    pub fn insert(&mut self, event: EventId) {
        if event.0 < self.len
            && let Some(word) = self.words.get_mut(event.0 as usize / 64)
        {
            *word |= 1 << (event.0 % 64);
        }
    }

    /// Puts the events from `start` to before `end` in.
    pub fn insert_range(&mut self, start: u32, end: u32) {
        let end = end.min(self.len);
        if start >= end {
            return;
        }
        let (first, last) = (start as usize / 64, (end as usize - 1) / 64);
        for at in first..=last {
            let low = if at == first { start % 64 } else { 0 };
            let high = if at == last { (end - 1) % 64 } else { 63 };
            if let Some(word) = self.words.get_mut(at) {
                *word |= (u64::MAX >> (63 - high)) & (u64::MAX << low);
            }
        }
    }

    /// Keeps what `other` has too.
    pub fn keep(&mut self, other: &Self) {
        self.combine(other, |own, other| own & other);
    }

    /// Adds what `other` has.
    pub fn add(&mut self, other: &Self) {
        self.combine(other, |own, other| own | other);
    }

    /// Drops what `other` has.
    pub fn drop(&mut self, other: &Self) {
        self.combine(other, |own, other| own & !other);
    }

    /// How many events are in both.
    pub fn count_both(&self, other: &Self) -> u32 {
        let both = self.words.iter().zip(&other.words);
        both.map(|(own, other)| (own & other).count_ones()).sum()
    }

    /// The events, ascending.
    pub fn iter(&self) -> impl Iterator<Item = EventId> {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let bit = rest.trailing_zeros();
                    rest &= rest - 1;
                    EventId(at as u32 * 64 + bit)
                })
            })
        })
    }

    /// The words, 64 events each.
    pub(super) fn words(&self) -> &[u64] {
        &self.words
    }

    fn combine(&mut self, other: &Self, with: impl Fn(u64, u64) -> u64) {
        for (own, other) in self.words.iter_mut().zip(&other.words) {
            *own = with(*own, *other);
        }
    }
}

fn words_for(len: u32) -> usize {
    (len as usize).div_ceil(64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_its_events() {
        for (start, end) in [(0, 0), (0, 1), (63, 65), (5, 200), (64, 128), (199, 500)] {
            let mut bits = Bits::none(200);
            bits.insert_range(start, end);
            let want: Vec<_> = (start..end.min(200)).map(EventId).collect();
            assert_eq!(bits.iter().collect::<Vec<_>>(), want, "{start}..{end}");
            assert_eq!(bits.count() as usize, want.len());
        }
    }

    #[test]
    fn a_set_is_spread_around_what_came() {
        for came in [
            &[][..],
            &[0],
            &[70],
            &[3, 4, 64, 65, 130, 131, 132],
            &[63, 140],
        ] {
            let came: Vec<_> = came.iter().copied().map(EventId).collect();
            let mut bits = Bits::none(130);
            (0..130).step_by(3).for_each(|at| bits.insert(EventId(at)));
            let others = (0..).map(EventId).filter(|event| !came.contains(event));
            let moved: Vec<_> = others.take(130).collect();
            let want: Vec<_> = moved.into_iter().step_by(3).collect();
            let spread = bits.spread(&came);
            assert_eq!(spread.iter().collect::<Vec<_>>(), want, "{came:?}");
            assert_eq!(spread.len() as usize, 130 + came.len());
        }
    }

    #[test]
    fn nothing_lies_past_the_end() {
        let mut bits = Bits::all(70);
        bits.insert(EventId(70));
        bits.insert(EventId(127));
        assert_eq!(bits.count(), 70);
        assert!(!bits.contains(EventId(1000)));
    }
}
