//! For each value, the events that lie under it.

use super::Bits;
use crate::model::EventId;

/// A value that more than one event in so many lies under is kept as a set, not as a list: it is
/// smaller then, and counted faster.
const DENSE: u32 = 32;

/// Lists of events, ascending, one behind the other; sets for the common values.
#[derive(Debug, Default)]
pub(super) struct Postings {
    /// Where each slot's list starts; one more at the end.
    starts: Vec<u32>,
    events: Vec<EventId>,
    /// `(slot, its set)`, ascending.
    dense: Vec<(u32, Bits)>,
    /// How many events lie under each slot.
    totals: Vec<u32>,
}

impl Postings {
    /// `each` calls what it is given with every `(slot, event)`, events ascending, twice over.
    pub(super) fn build(slots: u32, len: u32, each: impl Fn(&mut dyn FnMut(u32, EventId))) -> Self {
        let mut totals = vec![0_u32; slots as usize];
        each(&mut |slot, _| {
            if let Some(total) = totals.get_mut(slot as usize) {
                *total += 1;
            }
        });
        let is_dense = |total: u32| total > len / DENSE;
        let mut dense = Vec::new();
        let mut starts = Vec::with_capacity(slots as usize + 1);
        let mut end = 0;
        for (slot, total) in totals.iter().enumerate() {
            starts.push(end);
            if is_dense(*total) {
                dense.push((slot as u32, Bits::none(len)));
            } else {
                end += total;
            }
        }
        starts.push(end);
        let mut events = vec![EventId(0); end as usize];
        let mut next = starts.clone();
        each(&mut |slot, event| {
            if totals.get(slot as usize).copied().is_some_and(is_dense) {
                if let Ok(at) = dense.binary_search_by_key(&slot, |(slot, _)| *slot)
                    && let Some((_, bits)) = dense.get_mut(at)
                {
                    bits.insert(event);
                }
            } else if let Some(at) = next.get_mut(slot as usize) {
                if let Some(place) = events.get_mut(*at as usize) {
                    *place = event;
                }
                *at += 1;
            }
        });
        Self {
            starts,
            events,
            dense,
            totals,
        }
    }

    /// How many events lie under `slot`.
    pub(super) fn total(&self, slot: u32) -> u32 {
        self.totals.get(slot as usize).copied().unwrap_or(0)
    }

    /// How many of them are in `bits`.
    pub(super) fn count_in(&self, slot: u32, bits: &Bits) -> u32 {
        match self.set(slot) {
            Some(set) => set.count_both(bits),
            None => self
                .list(slot)
                .iter()
                .map(|event| u32::from(bits.contains(*event)))
                .sum(),
        }
    }

    /// Adds them to `bits`.
    pub(super) fn add_to(&self, slot: u32, bits: &mut Bits) {
        match self.set(slot) {
            Some(set) => bits.add(set),
            None => self.list(slot).iter().for_each(|event| bits.insert(*event)),
        }
    }

    fn set(&self, slot: u32) -> Option<&Bits> {
        let at = self
            .dense
            .binary_search_by_key(&slot, |(slot, _)| *slot)
            .ok()?;
        self.dense.get(at).map(|(_, bits)| bits)
    }

    fn list(&self, slot: u32) -> &[EventId] {
        let start = self.starts.get(slot as usize).copied().unwrap_or(0);
        let end = self.starts.get(slot as usize + 1).copied().unwrap_or(start);
        self.events.get(start as usize..end as usize).unwrap_or(&[])
    }
}
