//! Columns as bytes: what a file's head and its own bytes do not tell at once.
//!
//! Places are written in the order of the file and days in the order they are shown in, as
//! distances: what is read back is in order because it cannot be otherwise.

use super::wire::{put, put_text};
use crate::model::EventId;
use crate::store::columns::assemble::Columns;
use crate::store::columns::days::Days;
use crate::store::columns::facts::{FactLists, Tables};
use crate::store::input::source::LONGEST;
use crate::store::road::batch::{Odd, UNDATED};
use crate::store::road::frame::Frame;

/// How many sections there are.
pub(super) const SECTIONS: usize = 6;

/// The columns of a file whose events are in `order`. `None` when there is something in them that
/// has no form here.
pub(super) fn pack(columns: &Columns, frame: &Frame, order: &[EventId]) -> Option<Vec<u8>> {
    let mut sections = Sections::new();
    sections.add(|out| shape(columns, frame, out))?;
    sections.add(|out| places(columns, frame, order, out))?;
    sections.add(|out| days(&columns.days, out))?;
    sections.add(|out| facts(&columns.facts, out))?;
    sections.add(|out| {
        out.extend(columns.modes.iter().map(|modes| modes.0));
        Some(())
    })?;
    sections.add(|out| {
        tables(&columns.tables, out);
        Some(())
    })?;
    Some(sections.out)
}

/// Sections one behind the other; before them how long each is, in eight bytes.
struct Sections {
    out: Vec<u8>,
    count: usize,
}

impl Sections {
    fn new() -> Self {
        Self {
            out: vec![0; SECTIONS * 8],
            count: 0,
        }
    }

    fn add(&mut self, write: impl FnOnce(&mut Vec<u8>) -> Option<()>) -> Option<()> {
        let start = self.out.len();
        write(&mut self.out)?;
        let length = (self.out.len() - start) as u64;
        let place = self.out.get_mut(self.count * 8..)?.first_chunk_mut()?;
        *place = length.to_le_bytes();
        self.count += 1;
        Some(())
    }
}

/// Which shape, where the events begin, where their array ends; what lies between them.
fn shape(columns: &Columns, frame: &Frame, out: &mut Vec<u8>) -> Option<()> {
    put(u64::from(matches!(frame, Frame::Document { .. })), out);
    put(frame.events(), out);
    put(columns.end.map_or(0, |end| end + 1), out);
    put(columns.odd.len() as u64, out);
    let mut last = Odd {
        offset: frame.events(),
        length: 0,
        number: 0,
    };
    for odd in &columns.odd {
        put(odd.offset.checked_sub(last.offset)?, out);
        put(u64::from(odd.length), out);
        put(u64::from(odd.number.checked_sub(last.number)?), out);
        last = *odd;
    }
    Some(())
}

/// Gap, length and skipped numbers of each event in file order; then where each is shown.
fn places(columns: &Columns, frame: &Frame, order: &[EventId], out: &mut Vec<u8>) -> Option<()> {
    out.reserve(order.len() * 9);
    let (mut end, mut next) = (frame.events(), 0);
    for event in order {
        let at = event.0 as usize;
        let (offset, length) = (*columns.offsets.get(at)?, *columns.lengths.get(at)?);
        let number = *columns.numbers.get(at)?;
        if length as usize > LONGEST {
            return None;
        }
        put(offset.checked_sub(end)?, out);
        put(u64::from(length), out);
        put(u64::from(number.checked_sub(next)?), out);
        (end, next) = (offset + u64::from(length), number + 1);
    }
    for event in order {
        out.extend_from_slice(&event.0.to_le_bytes());
    }
    Some(())
}

/// How many are dated; how long after the one before each of them begins, and how long it lasts.
fn days(days: &Days, out: &mut Vec<u8>) -> Option<()> {
    let dated = days.undated_from().0;
    put(u64::from(dated), out);
    let mut last = i32::MIN;
    for event in (0..dated).map(EventId) {
        let days = days.of(event).filter(|days| *days != UNDATED)?;
        put(distance(last, days.first)?, out);
        put(distance(days.first, days.last)?, out);
        last = days.first;
    }
    Some(())
}

fn distance(from: i32, to: i32) -> Option<u64> {
    u64::try_from(i64::from(to) - i64::from(from)).ok()
}

/// How wide a fact is, how many each event has, all of them.
fn facts(facts: &FactLists, out: &mut Vec<u8>) -> Option<()> {
    let (ends, units) = facts.units();
    let mut start = 0;
    for end in ends {
        put(u64::from(end.checked_sub(start)?), out);
        start = *end;
    }
    for unit in units {
        out.extend_from_slice(&unit.to_le_bytes());
    }
    Some(())
}

/// The names that the head does not have.
fn tables(tables: &Tables, out: &mut Vec<u8>) {
    put(u64::from(tables.known_actors), out);
    put(u64::from(tables.known_sources), out);
    for names in [
        &tables.unknown_actors,
        &tables.unknown_sources,
        &tables.tags,
    ] {
        put(names.values().len() as u64, out);
        names.values().iter().for_each(|name| put_text(name, out));
    }
    put(tables.places.values().len() as u64, out);
    for place in tables.places.values() {
        put(place.iter().count() as u64, out);
        for (tag, name) in place.iter() {
            put_text(tag, out);
            put_text(name, out);
        }
    }
}
