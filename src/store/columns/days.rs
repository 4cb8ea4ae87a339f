//! On which days each event lies, in display order.

use std::ops::Range;

use crate::model::{DaySpan, EventId};
use crate::store::road::batch::UNDATED;

/// Days of all events, sorted: by first day, then by length, then by place in the file; undated
/// events last.
#[derive(Clone, Debug, Default)]
pub struct Days {
    first: Vec<i32>,
    last: Vec<i32>,
    undated_from: u32,
    /// Dated events longer than [`LONG`], ascending.
    long: Vec<EventId>,
}

/// An event of more days is kept in a list of its own, days: a year and a little.
const LONG: i64 = 400;

impl Days {
    /// Sorts; also returns the order: the place in the file of each event. The days of an undated
    /// event are [`UNDATED`].
    pub(in crate::store) fn sorted(days: &[DaySpan]) -> (Self, Vec<u32>) {
        let order = order(days);
        let mut first = Vec::with_capacity(order.len());
        let mut last = Vec::with_capacity(order.len());
        for days in order.iter().filter_map(|at| days.get(*at as usize)) {
            first.push(days.first);
            last.push(days.last);
        }
        let dated = days.iter().filter(|days| **days != UNDATED).count();
        (Self::new(first, last, dated as u32), order)
    }

    /// Days in order, of which the first `dated` are known.
    pub(in crate::store) fn new(first: Vec<i32>, last: Vec<i32>, dated: u32) -> Self {
        let spans = first.iter().zip(&last).take(dated as usize);
        let long = (0..)
            .map(EventId)
            .zip(spans)
            .filter(|(_, (first, last))| i64::from(**last) - i64::from(**first) > LONG);
        Self {
            long: long.map(|(event, _)| event).collect(),
            first,
            last,
            undated_from: dated,
        }
    }

    /// For each event of `added`, which stand behind these in the file, how many of these are
    /// shown before it.
    pub(in crate::store) fn before_each(&self, added: &Self) -> Vec<u32> {
        let place = |own: (i32, i64)| {
            let (mut start, mut end) = (0, self.len());
            while start < end {
                let middle = usize::midpoint(start, end);
                if self.key(middle) <= own {
                    start = middle + 1;
                } else {
                    end = middle;
                }
            }
            start as u32
        };
        (0..added.len()).map(|at| place(added.key(at))).collect()
    }

    /// What the event in place `at` is sorted by.
    fn key(&self, at: usize) -> (i32, i64) {
        let day = |days: &[i32]| days.get(at).copied();
        let span = day(&self.first).zip(day(&self.last));
        let days = span.map_or(UNDATED, |(first, last)| DaySpan { first, last });
        (days.first, length(days))
    }

    /// The first day of each event as it is kept: that of [`UNDATED`] for undated ones.
    pub(in crate::store) fn firsts(&self) -> &[i32] {
        &self.first
    }

    /// The last day of each event as it is kept.
    pub(in crate::store) fn lasts(&self) -> &[i32] {
        &self.last
    }

    /// How many events.
    pub fn len(&self) -> usize {
        self.first.len()
    }

    /// True without events.
    pub fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    /// The days of an event; `None` when undated or when there is no such event.
    pub fn of(&self, event: EventId) -> Option<DaySpan> {
        let at = (event < self.undated_from()).then_some(event.0 as usize)?;
        Some(DaySpan {
            first: *self.first.get(at)?,
            last: *self.last.get(at)?,
        })
    }

    /// The first of the undated events, which come last.
    pub fn undated_from(&self) -> EventId {
        EventId(self.undated_from)
    }

    /// First days of the dated events, ascending.
    pub fn first_days(&self) -> &[i32] {
        self.first.get(..self.undated_from as usize).unwrap_or(&[])
    }

    /// The events that may lie on one of `days`: those from the first to before the second number
    /// all do, and so do the single ones, which come before.
    pub fn within(&self, days: DaySpan) -> (Range<u32>, Vec<EventId>) {
        let begins = self.first_days();
        let start = begins.partition_point(|first| *first < days.first);
        let end = begins
            .partition_point(|first| *first <= days.last)
            .max(start);
        // Whatever began longer ago than this and still goes on is in the list of long ones.
        let earliest = i64::from(days.first) - LONG;
        let near = begins.partition_point(|first| i64::from(*first) < earliest);
        let goes_on = |event: &EventId| {
            let last = self.last.get(event.0 as usize);
            (event.0 as usize) < start && last.is_some_and(|last| *last >= days.first)
        };
        let long = self.long.iter().copied().filter(goes_on);
        let short = (near as u32..start as u32).map(EventId).filter(goes_on);
        let begun_in_time = |event: &EventId| {
            begins
                .get(event.0 as usize)
                .is_some_and(|first| *first <= days.last)
        };
        let before = long.chain(short).filter(begun_in_time).collect();
        (start as u32..end as u32, before)
    }
}

/// Days further apart than this are sorted by comparing: counting would take too much memory.
const COUNTED: i64 = 1 << 22;

/// Places in the file in display order: a counting sort by first day where the days are near each
/// other, as those of an archive are.
fn order(days: &[DaySpan]) -> Vec<u32> {
    let dated = || {
        days.iter()
            .filter(|days| days.first != i32::MAX && days.first != i32::MIN)
    };
    let low = dated().map(|days| days.first).min().unwrap_or(0);
    let high = dated().map(|days| days.first).max().unwrap_or(0);
    let width = i64::from(high) - i64::from(low) + 3;
    if width > COUNTED {
        let mut order: Vec<u32> = (0..days.len() as u32).collect();
        order.sort_by_key(|at| {
            days.get(*at as usize)
                .map(|days| (days.first, length(*days)))
        });
        return order;
    }
    let heap = |days: &DaySpan| match days.first {
        i32::MIN => 0,
        i32::MAX => width as usize - 1,
        first => (i64::from(first) - i64::from(low)) as usize + 1,
    };
    let mut order = counted(days, width as usize, heap);
    by_length(&mut order, days);
    order
}

/// A stable counting sort into `heaps`.
fn counted(days: &[DaySpan], heaps: usize, heap: impl Fn(&DaySpan) -> usize) -> Vec<u32> {
    let mut next = vec![0_u32; heaps + 1];
    for days in days {
        if let Some(count) = next.get_mut(heap(days) + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for start in &mut next {
        sum += *start;
        *start = sum;
    }
    let mut order = vec![0_u32; days.len()];
    for (at, days) in (0..).zip(days) {
        if let Some(next) = next.get_mut(heap(days)) {
            if let Some(place) = order.get_mut(*next as usize) {
                *place = at;
            }
            *next += 1;
        }
    }
    order
}

/// Sorts the events of each first day by their length, when they differ in it.
fn by_length(order: &mut [u32], days: &[DaySpan]) {
    let of = |at: u32| days.get(at as usize).copied().unwrap_or(UNDATED);
    for same_day in order.chunk_by_mut(|one, two| of(*one).first == of(*two).first) {
        if !same_day.is_sorted_by_key(|at| length(of(*at))) {
            same_day.sort_by_key(|at| length(of(*at)));
        }
    }
}

/// Days from the first to the last; open ends are long. An undated event is shorter than any.
fn length(days: DaySpan) -> i64 {
    match days {
        // What begins at the last day there is, dated, comes before the undated.
        UNDATED => i64::MAX,
        DaySpan { first, last } => i64::from(last) - i64::from(first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_and_comparing_give_one_order() {
        let days = |far: i32| {
            let span = move |at: i32| match at % 11 {
                0 => UNDATED,
                1 => DaySpan {
                    first: i32::MIN,
                    last: at,
                },
                2 => DaySpan {
                    first: i32::MAX,
                    last: i32::MAX,
                },
                _ => DaySpan {
                    first: at * 7919 % 97 * far,
                    last: at * 7919 % 97 * far + at % 3,
                },
            };
            (0..500).map(span).collect::<Vec<_>>()
        };
        for far in [1, 1_000_000] {
            let days = days(far);
            let mut want: Vec<u32> = (0..500).collect();
            let key = |at: u32| {
                let days = days[at as usize];
                (
                    days == UNDATED,
                    days.first,
                    i64::from(days.last) - i64::from(days.first),
                    at,
                )
            };
            want.sort_by_key(|at| key(*at));
            assert_eq!(order(&days), want);
        }
    }
}
