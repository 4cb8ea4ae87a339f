//! What an event is filed under: actors, sources, a place, tags, modes, as small numbers.
//!
//! A number means a row of one of four [`Tables`]. The tables know the names; what a facet is, and
//! which actor belongs to which, is for the layers above.

use std::collections::HashMap;

use crate::model::{ActorRef, EventRecord, Header, LangText, Mode, SourceRef};

/// The table that a fact's number points into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Table {
    /// The header's actors, then ids that no actor has.
    Actor,
    /// The header's sources, then ids that no source has.
    Source,
    /// Places, told apart by [`place_key`].
    Place,
    /// Tags, told apart by `tag_key`.
    Tag,
}

impl Table {
    /// All tables, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Actor, Self::Source, Self::Place, Self::Tag];
}

/// One entry of an event's list of facts, packed: two bits of table, one of "speaks", the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fact(u32);

impl Fact {
    const SPEAKS: u32 = 1 << 29;
    /// Rows a table can have; a file that has more files the rest under the last one.
    const ROWS: u32 = (1 << 28) - 1;
    /// Bits of the row in the first two bytes of a fact in [`FactLists`] …
    const NEAR: u32 = 12;
    /// … where this one says that the others follow in two more.
    const FAR: u16 = 1 << Self::NEAR;

    /// The fact that an event is filed under `row` of `table`.
    pub fn new(table: Table, row: u32) -> Self {
        Self((table as u32) << 30 | row.min(Self::ROWS))
    }

    /// The same fact, of an actor who speaks in the event.
    #[must_use]
    pub fn speaking(self) -> Self {
        Self(self.0 | Self::SPEAKS)
    }

    /// Which table.
    pub fn table(self) -> Table {
        match self.0 >> 30 {
            0 => Table::Actor,
            1 => Table::Source,
            2 => Table::Place,
            _ => Table::Tag,
        }
    }

    /// Which row of it.
    pub fn row(self) -> u32 {
        self.0 & Self::ROWS
    }

    /// True when an actor is the speaker of a statement.
    pub fn speaks(self) -> bool {
        self.0 & Self::SPEAKS != 0
    }

    /// Appends it in two bytes, or in four if the row has more than 12 bits.
    #[inline]
    fn write(self, units: &mut Vec<u16>) {
        let (near, far) = (
            self.row() as u16 & (Self::FAR - 1),
            self.row() >> Self::NEAR,
        );
        let first = (self.0 >> 16) as u16 & 0xE000 | near;
        if far == 0 {
            units.push(first);
        } else {
            units.extend([first | Self::FAR, far as u16]);
        }
    }

    /// What [`Self::write`] wrote first into `units`, and the rest of them.
    #[inline]
    fn read(units: &[u16]) -> Option<(Self, &[u16])> {
        let (first, rest) = units.split_first()?;
        let near = u32::from(first & (Self::FAR - 1));
        let known = (u32::from(*first) & 0xE000) << 16 | near;
        if first & Self::FAR == 0 {
            return Some((Self(known), rest));
        }
        let (far, rest) = rest.split_first()?;
        Some((Self(known | u32::from(*far) << Self::NEAR), rest))
    }
}

/// Adds `fact` to one event's list, where each row of a table stands at most once.
pub(in crate::store) fn file_under(list: &mut Vec<Fact>, start: usize, fact: Fact) {
    let same = |have: &&mut Fact| have.table() == fact.table() && have.row() == fact.row();
    match list.iter_mut().skip(start).find(same) {
        Some(have) if fact.speaks() => *have = have.speaking(),
        Some(_) => {}
        None => list.push(fact),
    }
}

/// The lists of all events one behind the other, two bytes a fact; four for a row far behind.
#[derive(Clone, Debug, Default)]
pub struct FactLists {
    /// Where each event's list ends.
    ends: Vec<u32>,
    units: Vec<u16>,
}

impl FactLists {
    /// Room for the lists of `events` events, which have `facts` together.
    pub(in crate::store) fn with_room(events: usize, facts: &[Fact]) -> Self {
        let far = facts.iter().filter(|fact| fact.row() >> Fact::NEAR > 0);
        Self {
            ends: Vec::with_capacity(events),
            units: Vec::with_capacity(facts.len() + far.count()),
        }
    }

    /// Adds the lists of more events.
    pub(in crate::store) fn append(&mut self, other: &Self) {
        let start = self.units.len() as u32;
        self.ends.extend(other.ends.iter().map(|end| start + end));
        self.units.extend_from_slice(&other.units);
    }

    /// The lists that end at `ends` in what [`Self::units`] gave; `None` when not every list is
    /// made of `sound` facts.
    pub(in crate::store) fn from_units(
        ends: Vec<u32>,
        units: Vec<u16>,
        sound: impl Fn(Fact) -> bool,
    ) -> Option<Self> {
        let lists = Self { ends, units };
        let mut start = 0;
        for end in &lists.ends {
            let mut list = lists.units.get(start..*end as usize)?;
            while !list.is_empty() {
                let (fact, rest) = Fact::read(list)?;
                list = rest;
                sound(fact).then_some(())?;
            }
            start = *end as usize;
        }
        (start == lists.units.len()).then_some(lists)
    }

    /// Lists put together from the [`Self::units`] of others.
    pub(in crate::store) fn joined(ends: Vec<u32>, units: Vec<u16>) -> Self {
        Self { ends, units }
    }

    /// Where each list ends in the second, which are all of them.
    pub(in crate::store) fn units(&self) -> (&[u32], &[u16]) {
        (&self.ends, &self.units)
    }

    /// Adds the list of one more event.
    pub(in crate::store) fn push(&mut self, facts: impl IntoIterator<Item = Fact>) {
        facts
            .into_iter()
            .for_each(|fact| fact.write(&mut self.units));
        self.ends.push(self.units.len() as u32);
    }

    /// The lists of the events in `order`.
    pub(in crate::store) fn in_order(&self, order: &[u32]) -> Self {
        let mut lists = Self::default();
        for event in order {
            lists.push(self.of(*event as usize));
        }
        lists
    }

    /// How many events.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True without events.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The facts of the event in place `event`; none when there is no such event.
    pub fn of(&self, event: usize) -> impl Iterator<Item = Fact> {
        read(stretch(&self.ends, &self.units, event))
    }

    /// Calls `with` with each event's place and each of its facts, in order: quicker than asking
    /// for event after event.
    #[inline]
    pub fn each(&self, mut with: impl FnMut(usize, Fact)) {
        let mut start = 0;
        for (event, end) in self.ends.iter().enumerate() {
            let own = self.units.get(start..*end as usize).unwrap_or(&[]);
            for fact in read(own) {
                with(event, fact);
            }
            start = *end as usize;
        }
    }
}

#[inline]
fn read(mut units: &[u16]) -> impl Iterator<Item = Fact> {
    std::iter::from_fn(move || {
        let (fact, rest) = Fact::read(units)?;
        units = rest;
        Some(fact)
    })
}

/// What lies between the end before and the end of `event`.
fn stretch<'a, T>(ends: &[u32], all: &'a [T], event: usize) -> &'a [T] {
    let end = ends.get(event).map_or(0, |end| *end as usize);
    let start = match event.checked_sub(1) {
        Some(before) => ends.get(before).map_or(0, |end| *end as usize),
        None => 0,
    };
    all.get(start..end).unwrap_or(&[])
}

/// The modes of an event's statements as a set of bits, in the order of [`Mode::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Modes(pub u8);

impl Modes {
    /// Puts `mode` into the set.
    pub fn insert(&mut self, mode: Mode) {
        self.0 |= 1 << mode as u8;
    }

    /// True when a statement of the event has `mode`.
    pub fn contains(self, mode: Mode) -> bool {
        self.0 & 1 << mode as u8 != 0
    }
}

/// Texts that events share, each once, in the order they were first met.
#[derive(Clone, Debug, Default)]
pub struct Interned<T> {
    rows: HashMap<Box<str>, u32>,
    values: Vec<T>,
}

impl<T> Interned<T> {
    /// The row of `key`; `value` makes it if it is new.
    pub fn row(&mut self, key: &str, value: impl FnOnce() -> T) -> u32 {
        if let Some(row) = self.rows.get(key) {
            return *row;
        }
        let row = self.values.len() as u32;
        self.rows.insert(key.into(), row);
        self.values.push(value());
        row
    }

    /// True when `key` has a row.
    pub fn has(&self, key: &str) -> bool {
        self.rows.contains_key(key)
    }

    /// All of them.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// With their keys, in no particular order.
    pub fn keys(&self) -> impl Iterator<Item = (&str, u32)> {
        self.rows.iter().map(|(key, row)| (&**key, *row))
    }
}

/// The names behind the facts' numbers.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// How many actors the header defines: rows from there on are [`Self::unknown_actors`].
    pub known_actors: u32,
    /// How many sources the header defines.
    pub known_sources: u32,
    /// Ids that no actor has.
    pub unknown_actors: Interned<String>,
    /// Ids that no source has.
    pub unknown_sources: Interned<String>,
    /// Where events took place.
    pub places: Interned<LangText>,
    /// Free words.
    pub tags: Interned<String>,
}

impl Tables {
    /// Tables that know the header's actors and sources.
    pub fn new(header: &Header) -> Self {
        Self {
            known_actors: header.actors.len() as u32,
            known_sources: header.sources.len() as u32,
            ..Self::default()
        }
    }

    /// How many rows `table` has.
    pub fn rows(&self, table: Table) -> u32 {
        match table {
            Table::Actor => self.known_actors + self.unknown_actors.values().len() as u32,
            Table::Source => self.known_sources + self.unknown_sources.values().len() as u32,
            Table::Place => self.places.values().len() as u32,
            Table::Tag => self.tags.values().len() as u32,
        }
    }

    pub(in crate::store) fn actor(&mut self, actor: &ActorRef) -> Fact {
        let row = match actor {
            ActorRef::Known(id) => id.0,
            ActorRef::Unknown(id) => self.known_actors + self.unknown_actors.row(id, || id.clone()),
        };
        Fact::new(Table::Actor, row)
    }

    pub(in crate::store) fn source(&mut self, source: &SourceRef) -> Fact {
        let row = match source {
            SourceRef::Known(id) => id.0,
            SourceRef::Unknown(id) => {
                self.known_sources + self.unknown_sources.row(id, || id.clone())
            }
        };
        Fact::new(Table::Source, row)
    }

    pub(in crate::store) fn place(&mut self, place: &LangText) -> Option<Fact> {
        let key = place_key(place)?;
        let row = self.places.row(&key, || place.clone());
        Some(Fact::new(Table::Place, row))
    }

    pub(in crate::store) fn tag(&mut self, tag: &str) -> Option<Fact> {
        let key = tag_key(tag)?;
        let row = self.tags.row(&key, || tag.trim().to_owned());
        Some(Fact::new(Table::Tag, row))
    }
}

/// Two places are one when their Persian names (else their first ones) are: `{"fa": "تهران"}` and
/// `{"en": "Tehran", "fa": "تهران"}`.
pub fn place_key(place: &LangText) -> Option<String> {
    place.best("fa").and_then(|(_, name)| tag_key(name))
}

/// Two tags are one when they differ in blanks at their ends or in case only.
pub fn tag_key(tag: &str) -> Option<String> {
    let tag = tag.trim();
    (!tag.is_empty()).then(|| tag.to_lowercase())
}

/// Files `event` under everything it mentions: whoever takes part, speaks, is spoken to or carries
/// words; the publishers of its sources; the sources, the place, the tags, the modes.
///
/// This is the definition. The byte scanner takes the same from the JSON without a record.
pub(in crate::store) fn of_record(
    event: &EventRecord,
    header: &Header,
    tables: &mut Tables,
    list: &mut Vec<Fact>,
) -> Modes {
    let start = list.len();
    let mut modes = Modes::default();
    for part in &event.actors {
        file_under(list, start, tables.actor(&part.actor));
    }
    if let Some(fact) = tables.place(&event.place) {
        file_under(list, start, fact);
    }
    for tag in &event.tags {
        if let Some(fact) = tables.tag(tag) {
            file_under(list, start, fact);
        }
    }
    for source in &event.sources {
        of_source(source, header, tables, list, start);
    }
    for statement in &event.statements {
        modes.insert(statement.mode);
        if let Some(speaker) = &statement.speaker {
            file_under(list, start, tables.actor(speaker).speaking());
        }
        for actor in statement.to.iter().chain(&statement.via) {
            file_under(list, start, tables.actor(actor));
        }
        if let Some(source) = &statement.source {
            of_source(source, header, tables, list, start);
        }
    }
    modes
}

fn of_source(
    source: &SourceRef,
    header: &Header,
    tables: &mut Tables,
    list: &mut Vec<Fact>,
    start: usize,
) {
    file_under(list, start, tables.source(source));
    if let SourceRef::Known(id) = source {
        let document = header.sources.get(id.0 as usize);
        if let Some(publisher) = document.and_then(|document| document.publisher.as_ref()) {
            file_under(list, start, tables.actor(publisher));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_come_back_from_their_lists() {
        let rows = [0, 1, 4095, 4096, 100_000, Fact::ROWS];
        let of_table = |table| rows.map(|row| Fact::new(table, row));
        let facts: Vec<_> = Table::ALL.into_iter().flat_map(of_table).collect();
        let mut lists = FactLists::default();
        for fact in facts.iter().copied() {
            assert_eq!(Fact::new(fact.table(), fact.row()), fact);
            lists.push([fact, fact.speaking()]);
        }
        lists.push(facts.iter().copied());
        assert_eq!(lists.len(), facts.len() + 1);
        for (event, fact) in facts.iter().enumerate() {
            let both: Vec<_> = lists.of(event).collect();
            assert_eq!(both, [*fact, fact.speaking()]);
        }
        assert!(lists.of(facts.len()).eq(facts.iter().copied()));
        assert_eq!(lists.of(facts.len() + 1).count(), 0);
        let back = lists.in_order(&[facts.len() as u32, 3]);
        assert!(back.of(0).eq(facts.iter().copied()) && back.of(1).eq(lists.of(3)));
        let (mut all, mut own) = (0, 0);
        lists.each(|event, _| {
            all += 1;
            own += usize::from(event == facts.len());
        });
        assert_eq!((all, own), (3 * facts.len(), facts.len()));
    }

    #[test]
    fn units_that_are_no_facts_are_no_lists() {
        let sound = |fact: Fact| fact.row() < 5000;
        let made = |ends: &[u32], units: &[u16]| {
            FactLists::from_units(ends.to_vec(), units.to_vec(), sound).is_some()
        };
        assert!(made(&[], &[]) && made(&[0, 1, 3], &[7, Fact::FAR, 1]));
        assert!(!made(&[1], &[]) && !made(&[0], &[7]) && !made(&[2, 1], &[7, 7]));
        assert!(!made(&[1], &[Fact::FAR]), "cut");
        assert!(!made(&[1, 2], &[Fact::FAR, 1]), "over the end of its list");
        assert!(!made(&[2], &[Fact::FAR, 2]), "no such row");
    }

    #[test]
    fn speaking_is_kept_however_often_an_actor_is_named() {
        let fact = Fact::new(Table::Actor, 3);
        let mut list = vec![fact];
        for named in [fact, fact.speaking(), fact] {
            file_under(&mut list, 1, named);
        }
        assert_eq!(list, [fact, fact.speaking()]);
    }
}
