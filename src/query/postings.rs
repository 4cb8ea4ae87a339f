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

/// Pairs of a slot and an event; the events of a slot ascend.
pub(super) trait Pairs {
    /// Calls `with` with every pair.
    fn each(&self, with: impl FnMut(u32, EventId));
}

/// Events that came to others.
pub(super) struct Came<'a> {
    /// Which, ascending.
    pub events: &'a [EventId],
    /// The new numbers of the others.
    pub moved: &'a [EventId],
    /// What those that came lie under, ascending.
    pub pairs: &'a [(u32, EventId)],
}

impl Came<'_> {
    fn under(&self, slot: u32) -> &[(u32, EventId)] {
        let start = self.pairs.partition_point(|(at, _)| *at < slot);
        let end = self.pairs.partition_point(|(at, _)| *at <= slot);
        self.pairs.get(start..end).unwrap_or(&[])
    }

    fn now(&self, event: EventId) -> EventId {
        self.moved.get(event.0 as usize).copied().unwrap_or(event)
    }
}

/// Appends `moved` and `fresh`, both ascending, in order.
fn merge(moved: impl Iterator<Item = EventId>, fresh: &[(u32, EventId)], into: &mut Vec<EventId>) {
    let mut fresh = fresh.iter().map(|(_, event)| *event).peekable();
    for event in moved {
        while let Some(first) = fresh.next_if(|first| *first < event) {
            into.push(first);
        }
        into.push(event);
    }
    into.extend(fresh);
}

/// Where the next event of a slot goes.
enum Place {
    /// Into the set of this number.
    Set(u32),
    /// To this place of the lists.
    List(u32),
}

impl Postings {
    /// Takes in all `pairs`, in two passes.
    pub(super) fn build(slots: u32, len: u32, pairs: &impl Pairs) -> Self {
        let mut totals = vec![0_u32; slots as usize];
        pairs.each(|slot, _| {
            if let Some(total) = totals.get_mut(slot as usize) {
                *total += 1;
            }
        });
        let mut dense = Vec::new();
        let mut starts = Vec::with_capacity(slots as usize + 1);
        let mut places = Vec::with_capacity(slots as usize);
        let mut end = 0;
        for (slot, total) in (0..).zip(&totals) {
            starts.push(end);
            if *total > len / DENSE {
                places.push(Place::Set(dense.len() as u32));
                dense.push((slot, Bits::none(len)));
            } else {
                places.push(Place::List(end));
                end += total;
            }
        }
        starts.push(end);
        let mut events = vec![EventId(0); end as usize];
        pairs.each(|slot, event| match places.get_mut(slot as usize) {
            Some(Place::Set(at)) => {
                if let Some((_, bits)) = dense.get_mut(*at as usize) {
                    bits.insert(event);
                }
            }
            Some(Place::List(at)) => {
                if let Some(place) = events.get_mut(*at as usize) {
                    *place = event;
                }
                *at += 1;
            }
            None => {}
        });
        Self {
            starts,
            events,
            dense,
            totals,
        }
    }

    /// The postings of `len` events: these, and those that came. `slots` tells for each slot which
    /// one it was here.
    pub(super) fn grown(&self, slots: &[Option<u32>], len: u32, came: &Came) -> Self {
        let mut grown = Self {
            events: Vec::with_capacity(self.events.len() + came.pairs.len()),
            ..Self::default()
        };
        for (slot, before) in (0..).zip(slots) {
            let fresh = came.under(slot);
            let total = before.map_or(0, |slot| self.total(slot)) + fresh.len() as u32;
            grown.totals.push(total);
            grown.starts.push(grown.events.len() as u32);
            if total > len / DENSE {
                let mut bits = match before.and_then(|slot| self.set(slot)) {
                    Some(set) => set.spread(came.events),
                    None => Bits::none(len),
                };
                self.moved(*before, came)
                    .for_each(|event| bits.insert(event));
                for (_, event) in fresh {
                    bits.insert(*event);
                }
                grown.dense.push((slot, bits));
            } else {
                // A set that is no longer one is rare.
                let set = before.and_then(|slot| self.set(slot)).into_iter();
                let of_set = set.flat_map(Bits::iter).map(|event| came.now(event));
                let all = of_set.chain(self.moved(*before, came));
                merge(all, fresh, &mut grown.events);
            }
        }
        grown.starts.push(grown.events.len() as u32);
        grown
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

    /// The list of `slot`, if there is one, with the new numbers.
    fn moved(&self, slot: Option<u32>, came: &Came) -> impl Iterator<Item = EventId> {
        let list = slot.map_or(&[][..], |slot| self.list(slot));
        list.iter().map(|event| came.now(*event))
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
