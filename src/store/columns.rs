//! Where each event lies and on which days, in display order.

use crate::model::{DaySpan, EventId};

/// The first day of an undated event: after all others.
const UNDATED: DaySpan = DaySpan {
    first: i32::MAX,
    last: i32::MIN,
};

/// Days of all events, sorted: by first day, then by length, then by place in the file; undated
/// events last.
#[derive(Clone, Debug, Default)]
pub struct Days {
    first: Vec<i32>,
    last: Vec<i32>,
    undated_from: u32,
}

impl Days {
    /// Sorts; also returns the order: the place in the file of each event.
    pub(super) fn sorted(days: &[Option<DaySpan>]) -> (Self, Vec<u32>) {
        let order = order(days);
        let days = || order.iter().filter_map(|at| days.get(*at as usize));
        let sorted = Self {
            first: days().map(|days| days.unwrap_or(UNDATED).first).collect(),
            last: days().map(|days| days.unwrap_or(UNDATED).last).collect(),
            undated_from: days().filter(|days| days.is_some()).count() as u32,
        };
        (sorted, order)
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

    /// Last days of the dated events, in the same order.
    pub fn last_days(&self) -> &[i32] {
        self.last.get(..self.undated_from as usize).unwrap_or(&[])
    }
}

/// Places in the file in display order.
fn order(days: &[Option<DaySpan>]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..days.len() as u32).collect();
    order.sort_by_key(|at| {
        let days = days.get(*at as usize).copied().flatten();
        (days.is_none(), days.map(|days| (days.first, length(days))))
    });
    order
}

/// Days from the first to the last; open ends are long.
fn length(days: DaySpan) -> i64 {
    i64::from(days.last) - i64::from(days.first)
}
