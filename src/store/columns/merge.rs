//! The columns of a text and those of what was added behind it become one set, in display order.

use super::assemble::Columns;
use super::days::Days;
use super::facts::FactLists;
use crate::model::EventId;
use crate::store::road::batch::Odd;

/// Where the events of two sets of columns are in the one that was made of them.
#[derive(Debug)]
pub(in crate::store) struct Seats {
    /// For each added event, how many old ones come before it; ascending.
    at: Vec<u32>,
    old: u32,
}

impl Seats {
    /// The added events, ascending.
    pub(in crate::store) fn came(&self) -> Vec<EventId> {
        let came = (0..).zip(&self.at);
        came.map(|(added, at)| EventId(at + added)).collect()
    }

    /// Each old event's new number.
    pub(in crate::store) fn moved(&self) -> Vec<EventId> {
        let mut moved = Vec::with_capacity(self.old as usize);
        for (added, run) in (0..).zip(self.runs()) {
            moved.extend(run.map(|event| EventId(event + added)));
        }
        moved
    }

    /// The old events before the first added one, between it and the second, and so on: one more
    /// than there are added ones.
    fn runs(&self) -> impl Iterator<Item = std::ops::Range<u32>> {
        let ends = self.at.iter().copied().chain([self.old]);
        let mut start = 0;
        ends.map(move |end| std::mem::replace(&mut start, end)..end)
    }

    /// A column of both.
    fn merged<T: Copy>(&self, old: &[T], added: &[T]) -> Vec<T> {
        let mut both = Vec::with_capacity(old.len() + added.len());
        let mut added = added.iter();
        for run in self.runs() {
            let run = old.get(run.start as usize..run.end as usize);
            both.extend_from_slice(run.unwrap_or(&[]));
            both.extend(added.next());
        }
        both
    }

    fn days(&self, old: &Days, added: &Days) -> Days {
        let [first, last] = [Days::firsts, Days::lasts].map(|of| self.merged(of(old), of(added)));
        let dated = old.undated_from().0 + added.undated_from().0;
        Days::new(first, last, dated)
    }

    fn facts(&self, old: &FactLists, added: &FactLists) -> FactLists {
        let mut ends = Vec::with_capacity(old.len() + added.len());
        let mut all = Vec::with_capacity(old.units().1.len() + added.units().1.len());
        let mut take = |lists: &FactLists, from: u32, to: u32| {
            let (own_ends, own) = lists.units();
            let end = |at: Option<u32>| at.and_then(|at| own_ends.get(at as usize)).copied();
            let start = end(from.checked_sub(1)).unwrap_or(0);
            let stop = end(to.checked_sub(1)).unwrap_or(0).max(start);
            let before = all.len() as u32;
            all.extend_from_slice(own.get(start as usize..stop as usize).unwrap_or(&[]));
            let own_ends = own_ends.get(from as usize..to as usize).unwrap_or(&[]);
            ends.extend(own_ends.iter().map(|end| end - start + before));
        };
        for (number, run) in (0..).zip(self.runs()) {
            take(old, run.start, run.end);
            if (number as usize) < self.at.len() {
                take(added, number, number + 1);
            }
        }
        FactLists::joined(ends, all)
    }
}

/// Puts `added`, whose tables begin with those of `old`, behind it. `records` is how many records
/// the old text has. `None` when there are too many to be numbered.
pub(in crate::store) fn merged(
    old: &Columns,
    added: Columns,
    records: u32,
) -> Option<(Columns, Seats)> {
    let seats = Seats {
        at: old.days.before_each(&added.days),
        old: old.days.len() as u32,
    };
    let behind = |number: u32| number.checked_add(records);
    let numbers: Vec<u32> = added
        .numbers
        .iter()
        .map(|own| behind(*own))
        .collect::<Option<_>>()?;
    let odd = added.odd.iter().map(|odd| {
        let number = behind(odd.number)?;
        Some(Odd { number, ..*odd })
    });
    let odd: Vec<Odd> = odd.collect::<Option<_>>()?;
    let columns = Columns {
        days: seats.days(&old.days, &added.days),
        facts: seats.facts(&old.facts, &added.facts),
        modes: seats.merged(&old.modes, &added.modes),
        tables: added.tables,
        offsets: seats.merged(&old.offsets, &added.offsets),
        lengths: seats.merged(&old.lengths, &added.lengths),
        numbers: seats.merged(&old.numbers, &numbers),
        odd: [&*old.odd, &*odd].concat(),
        end: None,
    };
    Some((columns, seats))
}
