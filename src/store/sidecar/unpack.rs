//! Bytes as columns again. Whatever the bytes are, the columns are sound: every number is checked
//! before it is used, and what does not fit is no sidecar.

use std::collections::HashSet;

use super::pack::SECTIONS;
use super::wire::{Wire, words};
use crate::model::{DaySpan, EventId, Header, LangText, Mode};
use crate::store::both;
use crate::store::columns::assemble::Columns;
use crate::store::columns::days::Days;
use crate::store::columns::facts::{
    Fact, FactLists, Interned, Modes, Table, Tables, place_key, tag_key,
};
use crate::store::input::source::LONGEST;
use crate::store::road::batch::{Odd, UNDATED};
use crate::store::road::frame::Frame;

/// What a sidecar says, its sections found and the first of them read.
#[derive(Debug)]
pub(super) struct Packed<'a> {
    sections: [&'a [u8]; SECTIONS],
    /// Bytes of the data file.
    length: u64,
    /// Where its events begin.
    start: u64,
    /// Where its array of events ends, in the document shape.
    pub end: Option<u64>,
    odd: Vec<Odd>,
}

impl<'a> Packed<'a> {
    /// Reads where things are in a file of `length` bytes that begins as `frame` says.
    pub(super) fn open(body: &'a [u8], frame: &Frame, length: u64) -> Option<Self> {
        let mut wire = Wire(body);
        let mut lengths = [0; SECTIONS];
        for length in &mut lengths {
            *length = wire.word()?;
        }
        let mut sections = [&[][..]; SECTIONS];
        for (section, length) in sections.iter_mut().zip(lengths) {
            *section = wire.take(length)?;
        }
        let mut shape = Wire(sections[0]);
        let start = frame.events();
        let document = matches!(frame, Frame::Document { .. });
        let fits = shape.number()? == u64::from(document) && shape.number()? == start;
        let end = shape.number()?.checked_sub(1);
        let end_fits =
            end.is_some() == document && end.is_none_or(|end| (start..length).contains(&end));
        let odd = odd(&mut shape, start, end.unwrap_or(length))?;
        let whole = fits && end_fits && wire.is_done() && shape.is_done();
        whole.then_some(Self {
            sections,
            length,
            start,
            end,
            odd,
        })
    }

    /// The columns of the file, whose head is `header`.
    pub(super) fn columns(self, header: &Header) -> Option<Columns> {
        let [
            _,
            place_bytes,
            day_bytes,
            fact_bytes,
            mode_bytes,
            table_bytes,
        ] = self.sections;
        let events = mode_bytes.len();
        let tables = tables(Wire(table_bytes), header)?;
        let last = self.end.unwrap_or(self.length);
        let places = || places(Wire(place_bytes), events, self.start, last);
        let rest = || {
            let days = days(Wire(day_bytes), events)?;
            let facts = facts(Wire(fact_bytes), events, &tables)?;
            Some((days, facts, modes(mode_bytes)?))
        };
        let (places, rest) = both(events, places, rest);
        let (
            Places {
                offsets,
                lengths,
                numbers,
            },
            (days, facts, modes),
        ) = places.zip(rest)?;
        in_order(&days, &numbers).then_some(Columns {
            days,
            facts,
            modes,
            tables,
            offsets,
            lengths,
            numbers,
            odd: self.odd,
            end: self.end,
        })
    }
}

/// What lies between the events, which are all from `start` to `end`.
fn odd(wire: &mut Wire, start: u64, end: u64) -> Option<Vec<Odd>> {
    let count = wire.number()?;
    let mut all = Vec::new();
    let mut last = Odd {
        offset: start,
        length: 0,
        number: 0,
    };
    for _ in 0..count {
        let offset = last.offset.checked_add(wire.number()?)?;
        let length = wire.small()?;
        let number = last.number.checked_add(wire.small()?)?;
        if offset.checked_add(u64::from(length))? > end {
            return None;
        }
        last = Odd {
            offset,
            length,
            number,
        };
        all.push(last);
    }
    Some(all)
}

/// Where the events are in the file, in the order they are shown in.
struct Places {
    offsets: Vec<u64>,
    lengths: Vec<u32>,
    numbers: Vec<u32>,
}

/// No event has this number.
const NOWHERE: u32 = u32::MAX;

/// The places of `events` events, which lie one behind the other from `start` to `end`.
fn places(mut wire: Wire, events: usize, start: u64, end: u64) -> Option<Places> {
    let from = wire.0.len().checked_sub(events.checked_mul(4)?)?;
    let mut order = words(wire.0.get(from..)?)?;
    wire = Wire(wire.0.get(..from)?);
    let mut places = Places {
        offsets: vec![0; events],
        lengths: vec![0; events],
        numbers: vec![NOWHERE; events],
    };
    let (mut at, mut next) = (start, 0_u32);
    for shown in &mut order {
        let shown = shown as usize;
        let offset = at.checked_add(wire.number()?)?;
        let length = wire.small()?;
        let number = next.checked_add(wire.small()?)?;
        next = number.checked_add(1)?;
        at = offset.checked_add(u64::from(length))?;
        let free = places
            .numbers
            .get_mut(shown)
            .filter(|have| **have == NOWHERE)?;
        *free = number;
        *places.offsets.get_mut(shown)? = offset;
        *places.lengths.get_mut(shown)? = length;
        if length as usize > LONGEST {
            return None;
        }
    }
    (at <= end && wire.is_done()).then_some(places)
}

/// The days of `events` events.
fn days(mut wire: Wire, events: usize) -> Option<Days> {
    let dated = wire.small()?;
    let mut first = Vec::with_capacity(events);
    let mut last = Vec::with_capacity(events);
    if dated as usize > events {
        return None;
    }
    let mut day = i32::MIN;
    for _ in 0..dated {
        day = after(day, wire.number()?)?;
        first.push(day);
        last.push(after(day, wire.number()?)?);
    }
    first.resize(events, UNDATED.first);
    last.resize(events, UNDATED.last);
    wire.is_done().then(|| Days::new(first, last, dated))
}

fn after(day: i32, distance: u64) -> Option<i32> {
    i32::try_from(i64::from(day).checked_add_unsigned(distance)?).ok()
}

/// True when events are in order of their days and lengths, of equal ones in that of the file.
fn in_order(days: &Days, numbers: &[u32]) -> bool {
    let key = |event: usize, number: u32| {
        let span = days.of(EventId(event as u32));
        let DaySpan { first, last } = span.unwrap_or(UNDATED);
        (span.is_none(), first, last, number)
    };
    let keys = || {
        numbers
            .iter()
            .enumerate()
            .map(|(event, number)| key(event, *number))
    };
    keys().zip(keys().skip(1)).all(|(one, two)| one < two)
}

/// The facts of `events` events.
fn facts(mut wire: Wire, events: usize, tables: &Tables) -> Option<FactLists> {
    let mut ends = Vec::with_capacity(events);
    let mut end = 0_u32;
    for _ in 0..events {
        end = end.checked_add(wire.small()?)?;
        ends.push(end);
    }
    let rows = Table::ALL.map(|table| tables.rows(table));
    let is_sound = |fact: Fact| {
        let known = rows
            .get(fact.table() as usize)
            .is_some_and(|rows| fact.row() < *rows);
        known && (!fact.speaks() || fact.table() == Table::Actor)
    };
    let (pairs, rest) = wire.0.as_chunks();
    let units = pairs.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
    let lists = FactLists::from_units(ends, units, is_sound)?;
    rest.is_empty().then_some(lists)
}

fn modes(bytes: &[u8]) -> Option<Vec<Modes>> {
    let known = bytes.iter().all(|modes| modes >> Mode::ALL.len() == 0);
    known.then(|| bytes.iter().copied().map(Modes).collect())
}

fn tables(mut wire: Wire, header: &Header) -> Option<Tables> {
    let mut tables = Tables::new(header);
    let known = wire.small()? == tables.known_actors && wire.small()? == tables.known_sources;
    let own = |name: &str| Some(name.to_owned());
    for (names, key) in [
        (
            &mut tables.unknown_actors,
            &own as &dyn Fn(&str) -> Option<String>,
        ),
        (&mut tables.unknown_sources, &own),
        (&mut tables.tags, &tag_key),
    ] {
        for _ in 0..wire.number()? {
            let name = wire.text()?;
            add(names, &key(name)?, name.to_owned())?;
        }
    }
    for _ in 0..wire.number()? {
        let place = place(&mut wire)?;
        add(&mut tables.places, &place_key(&place)?, place)?;
    }
    (known && wire.is_done()).then_some(tables)
}

fn place(wire: &mut Wire) -> Option<LangText> {
    let (mut tags, mut names) = (HashSet::new(), Vec::new());
    for _ in 0..wire.number()? {
        let (tag, name) = (wire.text()?, wire.text()?);
        names.push((tag, name));
        tags.insert(tag);
    }
    (tags.len() == names.len()).then(|| LangText::from_distinct(&names))
}

/// Adds a name, which must be a new one.
fn add<T>(names: &mut Interned<T>, key: &str, name: T) -> Option<()> {
    let row = names.values().len();
    (names.row(key, || name) as usize == row).then_some(())
}
