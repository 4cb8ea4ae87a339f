//! The events of one stretch of the file, as the columns will need them.

use super::STRETCH;
use super::dates::Dates;
use super::names::Names;
use super::scan::{self, PlainMode, Sink, Unsure};
use crate::model::{ActorRef, DaySpan, EventRecord, Header, LangText, Mode, SourceRef};
use crate::store::columns::facts::{Fact, Modes, Table};
use crate::store::decode::load::{Alone, Loaded, Stands};
use crate::store::json::raw::Raw;

/// The days of an undated event: sorts behind all others.
pub(in crate::store) const UNDATED: DaySpan = DaySpan {
    first: i32::MAX,
    last: i32::MIN,
};

/// One event.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Row {
    /// Where its JSON begins, in bytes.
    pub offset: u64,
    /// How long its JSON is, in bytes.
    pub length: u32,
    /// Its index in the file: in a batch, counted from the batch's first record. Records that were
    /// left out count too.
    pub number: u32,
    /// Its days, or [`UNDATED`].
    pub days: DaySpan,
    /// Where its facts end in the batch's; they begin where those of the row before end.
    pub facts_end: u32,
    pub modes: Modes,
}

/// Events in file order.
#[derive(Debug, Default)]
pub(in crate::store) struct Batch {
    pub rows: Vec<Row>,
    /// Numbered by the worker's own [`Names`].
    pub facts: Vec<Fact>,
    /// How many records there are, those that were left out included.
    pub records: u32,
    /// Where something lies besides events, or something that is no event.
    pub odd: Vec<Odd>,
    /// True when some of that is JSON.
    pub good: bool,
}

/// A line, or an element of the array, that the decoder has a word about besides those about its
/// events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct Odd {
    /// In bytes.
    pub offset: u64,
    /// In bytes; 0 when it was passed because of its length.
    pub length: u32,
    /// The index in the file that its first event has, or would have; counted as in [`Row`].
    pub number: u32,
}

/// Reads what is not written in the plain way.
pub(in crate::store) type Judge<'a> = &'a (dyn Fn(&[u8], Stands) -> Alone + Sync);

/// What a worker keeps from batch to batch.
#[derive(Default)]
pub(in crate::store) struct Desk {
    pub names: Names,
    /// Events filed since somebody asked.
    pub filed: u64,
    dates: Dates,
}

/// Bytes of a block that the allocator gives back to the system when it is freed (see
/// `src/allocator.c`).
const OF_ITS_OWN: usize = 160 << 10;

impl Batch {
    /// With room for the events of `bytes` bytes. Batches of long stretches have blocks of their
    /// own, of which only what is written costs memory; smaller ones would stay behind, in pieces.
    pub(in crate::store) fn of_stretch(bytes: u64) -> Self {
        if bytes < STRETCH / 2 {
            return Self::default();
        }
        Self {
            rows: Vec::with_capacity(OF_ITS_OWN / size_of::<Row>()),
            facts: Vec::with_capacity(OF_ITS_OWN / size_of::<Fact>()),
            ..Self::default()
        }
    }

    /// Files the event whose JSON begins at the start of `json`, which lies at `offset` of the
    /// file. Returns where it ends in `json`.
    pub(in crate::store) fn scan(
        &mut self,
        json: &[u8],
        offset: u64,
        desk: &mut Desk,
    ) -> Result<usize, Unsure> {
        self.scan_if(json, offset, desk, |_| true)
    }

    /// The same for a line: nothing but blanks may follow.
    pub(in crate::store) fn scan_line(
        &mut self,
        line: &[u8],
        offset: u64,
        desk: &mut Desk,
    ) -> Result<(), Unsure> {
        self.scan_if(line, offset, desk, |rest| {
            rest.iter().all(|byte| b" \t\r\n".contains(byte))
        })
        .map(drop)
    }

    fn scan_if(
        &mut self,
        json: &[u8],
        offset: u64,
        desk: &mut Desk,
        fits: impl FnOnce(&[u8]) -> bool,
    ) -> Result<usize, Unsure> {
        let mut filing = Filing {
            desk,
            found: Vec::with_capacity(16),
            days: UNDATED,
            modes: Modes::default(),
        };
        let span = scan::event(json, &mut filing)?;
        let Filing {
            desk,
            found,
            days,
            modes,
        } = filing;
        if !json.get(span.end..).is_some_and(fits) {
            return Err(Unsure);
        }
        for (table, name, speaks) in found {
            let fact = desk.names.fact(table, name, offset);
            self.facts.push(if speaks { fact.speaking() } else { fact });
        }
        desk.filed += 1;
        self.push(offset + span.start as u64, span.len(), days, modes);
        Ok(span.end)
    }

    /// Files what the decoder found in the `length` bytes from `offset` on.
    pub(in crate::store) fn take(
        &mut self,
        found: &Alone,
        offset: u64,
        length: usize,
        header: &Header,
        desk: &mut Desk,
    ) {
        let first = self.records;
        let Loaded {
            events,
            spans,
            numbers,
            warnings,
            ..
        } = &found.loaded;
        for ((event, span), number) in events.iter().zip(spans).zip(numbers) {
            self.records = first + number;
            self.take_event(event, header, offset + span.at, span.length as usize, desk);
        }
        self.records = first;
        if warnings.is_empty() {
            self.records += found.records as u32;
        } else {
            self.odd(offset, length, found.records);
        }
        self.good |= found.good;
    }

    /// Files an event that the decoder read.
    fn take_event(
        &mut self,
        event: &EventRecord,
        header: &Header,
        offset: u64,
        length: usize,
        desk: &mut Desk,
    ) {
        let names = &mut desk.names;
        let mut file = |table, name: &[u8], speaks: bool| {
            let fact = names.fact(table, name, offset);
            self.facts.push(if speaks { fact.speaking() } else { fact });
        };
        for part in &event.actors {
            file(Table::Actor, &actor_name(&part.actor, header), false);
        }
        if !event.place.is_empty() {
            file(Table::Place, &place_name(&event.place), false);
        }
        for tag in &event.tags {
            file(Table::Tag, &raw_name(tag), false);
        }
        for source in &event.sources {
            file(Table::Source, &source_name(source, header), false);
        }
        let mut modes = Modes::default();
        for said in &event.statements {
            modes.insert(said.mode);
            if let Some(speaker) = &said.speaker {
                file(Table::Actor, &actor_name(speaker, header), true);
            }
            for actor in said.to.iter().chain(&said.via) {
                file(Table::Actor, &actor_name(actor, header), false);
            }
            if let Some(source) = &said.source {
                file(Table::Source, &source_name(source, header), false);
            }
        }
        let days = event.when.as_ref().map_or(UNDATED, |when| when.days);
        desk.filed += 1;
        self.push(offset, length, days, modes);
    }

    /// Notes an event that was passed because of its length.
    pub(in crate::store) fn pass(&mut self, offset: u64) {
        self.odd(offset, 0, 1);
        self.good = true;
    }

    /// Notes something that takes `records` numbers.
    fn odd(&mut self, offset: u64, length: usize, records: usize) {
        self.odd.push(Odd {
            offset,
            length: length.try_into().unwrap_or(u32::MAX),
            number: self.records,
        });
        self.records += records as u32;
    }

    fn push(&mut self, offset: u64, length: usize, days: DaySpan, modes: Modes) {
        let facts_end = self.facts.len() as u32;
        let number = self.records;
        self.records += 1;
        self.rows.push(Row {
            offset,
            length: length as u32,
            number,
            days,
            facts_end,
            modes,
        });
    }
}

/// Notes what the scanner finds, until it is sure.
struct Filing<'a, 'd> {
    desk: &'d mut Desk,
    /// `(table, name, speaks)`.
    found: Vec<(Table, &'a [u8], bool)>,
    days: DaySpan,
    modes: Modes,
}

impl<'a> Sink<'a> for Filing<'a, '_> {
    #[inline]
    fn when(&mut self, json: &'a [u8]) -> Result<(), Unsure> {
        self.days = self.desk.dates.days(json).ok_or(Unsure)?;
        Ok(())
    }

    fn place(&mut self, json: &'a [u8]) {
        self.found.push((Table::Place, json, false));
    }

    #[inline]
    fn actor(&mut self, id: Raw<'a>, speaks: bool) {
        self.found.push((Table::Actor, id.bytes, speaks));
    }

    #[inline]
    fn source(&mut self, id: Raw<'a>) {
        self.found.push((Table::Source, id.bytes, false));
    }

    #[inline]
    fn tag(&mut self, tag: Raw<'a>) {
        self.found.push((Table::Tag, tag.bytes, false));
    }

    #[inline]
    fn statement(&mut self, mode: PlainMode, _original: Option<Raw<'a>>) {
        self.modes.insert(match mode {
            PlainMode::Direct => Mode::Direct,
            PlainMode::Partial => Mode::Partial,
            PlainMode::Reported => Mode::Reported,
            PlainMode::Headline => Mode::Headline,
            PlainMode::Unspecified => Mode::Unspecified,
        });
    }
}

/// `name` as it could stand in the file.
fn raw_name(name: &str) -> Vec<u8> {
    name.replace('\\', "\\\\").into_bytes()
}

fn actor_name(actor: &ActorRef, header: &Header) -> Vec<u8> {
    match actor {
        ActorRef::Known(id) => header
            .actors
            .get(id.0 as usize)
            .map(|actor| raw_name(&actor.id))
            .unwrap_or_default(),
        ActorRef::Unknown(id) => raw_name(id),
    }
}

fn source_name(source: &SourceRef, header: &Header) -> Vec<u8> {
    match source {
        SourceRef::Known(id) => header
            .sources
            .get(id.0 as usize)
            .map(|source| raw_name(&source.id))
            .unwrap_or_default(),
        SourceRef::Unknown(id) => raw_name(id),
    }
}

/// A place as JSON.
fn place_name(place: &LangText) -> Vec<u8> {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let names = place
        .iter()
        .map(|(tag, name)| format!("{}:{}", quoted(tag), quoted(name)));
    format!("{{{}}}", names.collect::<Vec<_>>().join(",")).into_bytes()
}
