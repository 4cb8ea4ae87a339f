//! The loaded collection: columns over all events, whole events on demand.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::Progress;
use super::columns::assemble::{Columns, span};
use super::columns::days::Days;
use super::columns::facts::{self, FactLists, Modes, Tables};
use super::detail::{Detail, DetailError, Original, Place};
use super::grow::Seam;
use super::problem::Warnings;
use super::texts::check::{Check, Verdict, doubled, hash};
use super::texts::{Chunk, Found, TextReader};
use crate::model::{DaySpan, EventId, EventRecord, Header};

/// All events in display order: small columns about every one, the whole record when asked for.
///
/// Shared between threads behind an [`Arc`]; nothing in it changes after loading.
#[derive(Debug)]
pub struct Store {
    pub(super) header: Arc<Header>,
    pub(super) columns: Columns,
    pub(super) detail: Detail,
    /// What was found while loading.
    pub(super) warnings: Warnings,
    /// The same and what was found while the texts were read.
    pub(super) all_warnings: OnceLock<Warnings>,
    /// Reading was stopped before the end of the file.
    pub(super) part: bool,
    /// Where more may be added.
    pub(super) seam: Option<Seam>,
}

impl Store {
    /// A store of records in file order that are already in memory.
    pub fn from_records(header: Header, events: Vec<EventRecord>) -> Self {
        let mut tables = Tables::new(&header);
        let (mut facts, mut own, mut modes) = (FactLists::default(), Vec::new(), Vec::new());
        for event in &events {
            modes.push(facts::of_record(event, &header, &mut tables, &mut own));
            facts.push(own.drain(..));
        }
        let days = |event: &EventRecord| span(event.when.as_ref().map(|when| when.days));
        let (days, numbers) = Days::sorted(&events.iter().map(days).collect::<Vec<_>>());
        let columns = Columns {
            facts: facts.in_order(&numbers),
            modes: in_order(&modes, &numbers),
            days,
            tables,
            offsets: Vec::new(),
            lengths: Vec::new(),
            numbers,
            odd: Vec::new(),
            end: None,
        };
        let events: Vec<_> = events.into_iter().map(Arc::new).collect();
        let detail = Detail::Held(in_order(&events, &columns.numbers));
        Self::of(header, columns, detail)
    }

    pub(super) fn of(header: Header, columns: Columns, detail: Detail) -> Self {
        Self {
            header: Arc::new(header),
            columns,
            detail,
            warnings: Warnings::default(),
            all_warnings: OnceLock::new(),
            part: false,
            seam: None,
        }
    }

    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }

    pub(super) fn with_warnings(self, warnings: Warnings) -> Self {
        Self { warnings, ..self }
    }

    pub(super) fn cut_short(self) -> Self {
        Self { part: true, ..self }
    }

    pub(super) fn growing(self, seam: Seam) -> Self {
        Self {
            seam: Some(seam),
            ..self
        }
    }

    /// True when reading was stopped: the file has more events.
    pub fn is_part(&self) -> bool {
        self.part
    }

    /// True while what was read stands in the file as it did; something may have been added.
    pub fn is_intact(&self) -> bool {
        match &self.detail {
            Detail::Held(_) => true,
            Detail::Read(original) => original.is_intact(),
        }
    }

    /// Looks at every event: [`Self::warnings`] are complete then, and every id stands once.
    ///
    /// # Errors
    ///
    /// When the file changed or went away since it was loaded.
    pub fn check(&self) -> Result<(), DetailError> {
        let reader = TextReader::new(self);
        reader.each(&Progress::default(), drop)?;
        reader.finish()
    }

    /// The index in the file of an event; `None` when there is no such event.
    pub fn number(&self, event: EventId) -> Option<u32> {
        self.columns.numbers.get(event.0 as usize).copied()
    }

    /// How many events.
    pub fn len(&self) -> usize {
        self.columns.days.len()
    }

    /// True without events.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Everything in the file but the events.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// What is known to be wrong with the file: all of it once the texts are read.
    pub fn warnings(&self) -> &Warnings {
        self.all_warnings.get().unwrap_or(&self.warnings)
    }

    /// The days an event may mean; `None` when it is undated.
    pub fn days(&self, event: EventId) -> Option<DaySpan> {
        self.columns.days.of(event)
    }

    /// The first of the undated events, which come last.
    pub fn undated_from(&self) -> EventId {
        self.columns.days.undated_from()
    }

    /// The whole event. A thousand of the last ones are kept.
    ///
    /// # Errors
    ///
    /// When the file changed or went away since it was loaded.
    pub fn event(&self, event: EventId) -> Result<Arc<EventRecord>, DetailError> {
        match &self.detail {
            Detail::Held(events) => events.get(event.0 as usize).map(Arc::clone),
            Detail::Read(original) => match self.place(event) {
                Some(place) => return original.event(event, place),
                None => None,
            },
        }
        .ok_or(DetailError::NoSuchEvent(event))
    }

    /// Where an event can be read from; `None` when the records are held in memory.
    pub(super) fn original(
        &self,
        event: EventId,
    ) -> Result<Option<(&Original, Place)>, DetailError> {
        match (&self.detail, self.place(event)) {
            (Detail::Held(_), _) => Ok(None),
            (Detail::Read(original), Some(place)) => Ok(Some((original, place))),
            (Detail::Read(_), None) => Err(DetailError::NoSuchEvent(event)),
        }
    }

    /// True when the records are held in memory.
    pub fn is_held(&self) -> bool {
        matches!(self.detail, Detail::Held(_))
    }

    /// The events in the order of the file.
    pub fn in_file_order(&self) -> Vec<EventId> {
        let mut events: Vec<_> = (0..self.len() as u32).map(EventId).collect();
        let number = |event: &EventId| self.number(*event);
        // Numbers are few and near each other: this sort looks at their bytes, not at pairs.
        events.sort_by_cached_key(number);
        events
    }

    /// Appends to `chunk` what `events`, which lie side by side in the file, say, folded; what is
    /// wrong with them goes to `found`.
    pub(super) fn texts(
        &self,
        events: &[EventId],
        window: &mut Window,
        chunk: &mut Chunk,
        found: &mut Found,
    ) -> Result<(), DetailError> {
        let Detail::Read(original) = &self.detail else {
            for event in events {
                chunk.record(&*self.event(*event)?);
                chunk.end();
            }
            return Ok(());
        };
        window.end = self.end_of(events);
        let mut check = Check::new(original.names());
        for event in events {
            let place = self.place(*event).ok_or(DetailError::NoSuchEvent(*event))?;
            let json = window.read(original, place)?;
            match chunk.json(json, &mut check) {
                Verdict::Clean(id) => found.ids.push(id),
                verdict @ (Verdict::Odd | Verdict::Unsure) => {
                    let record = original.checked(place, json, &mut found.warnings)?;
                    found.ids.push(hash(&record.id));
                    if verdict == Verdict::Unsure {
                        chunk.record(&record);
                    }
                }
            }
            chunk.end();
        }
        Ok(())
    }

    /// Takes in what was found wrong with the events, `order` being that of the file.
    pub(super) fn checked(
        &self,
        found: impl Iterator<Item = Found>,
        order: &[EventId],
    ) -> Result<(), DetailError> {
        let Detail::Read(original) = &self.detail else {
            return Ok(());
        };
        let most = self.warnings.most();
        let mut of_events = Warnings::keeping(most);
        let mut ids = Vec::with_capacity(order.len());
        for found in found {
            of_events.append(found.warnings);
            ids.extend(found.ids);
        }
        // Of two at one place, what is said of the line comes first.
        let mut warnings = original.odd(&self.columns.odd, most)?;
        warnings.join(of_events);
        let in_file = ids.clone();
        ids.sort_unstable();
        let doubled = doubled(&ids);
        if !doubled.is_empty() {
            let places = order.iter().zip(in_file);
            let places = places.filter(|(_, id)| doubled.binary_search(id).is_ok());
            let places: Vec<_> = places.filter_map(|(event, _)| self.place(*event)).collect();
            let is_taken = |id: &str| ids.binary_search(&hash(id)).is_ok();
            warnings.join(original.rename(&places, is_taken, most)?);
        }
        let mut all = self.warnings.clone();
        all.join(warnings);
        original.place(&mut all)?;
        if let Some(seam) = &self.seam {
            ids.extend(original.new_ids().map(hash));
            seam.remember(ids);
        }
        // Only the first reader of texts comes here with news.
        let _ = self.all_warnings.set(all);
        Ok(())
    }

    /// Where the last of `events` ends in the file.
    fn end_of(&self, events: &[EventId]) -> u64 {
        let last = events.last().and_then(|event| self.place(*event));
        last.map_or(0, Place::end)
    }

    pub(super) fn place(&self, event: EventId) -> Option<Place> {
        let at = event.0 as usize;
        Some(Place {
            offset: *self.columns.offsets.get(at)?,
            length: *self.columns.lengths.get(at)?,
            number: *self.columns.numbers.get(at)?,
        })
    }

    /// The column of days.
    pub fn all_days(&self) -> &Days {
        &self.columns.days
    }

    /// What each event is filed under, in display order.
    pub fn facts(&self) -> &FactLists {
        &self.columns.facts
    }

    /// The modes of an event's statements; none when there is no such event.
    pub fn modes(&self, event: EventId) -> Modes {
        self.columns
            .modes
            .get(event.0 as usize)
            .copied()
            .unwrap_or_default()
    }

    /// The names behind the facts.
    pub fn tables(&self) -> &Tables {
        &self.columns.tables
    }
}

/// Bytes of the file that are read at once.
const WINDOW: u64 = 1 << 20;

/// A part of the file that moves on.
#[derive(Debug, Default)]
pub(super) struct Window {
    start: u64,
    bytes: Vec<u8>,
    /// Nothing behind this is wanted.
    end: u64,
}

impl Window {
    /// The JSON of an event. What follows it is read with it, up to a bound: events may lie far
    /// apart.
    fn read(&mut self, original: &Original, place: Place) -> Result<&[u8], DetailError> {
        if self.range(place).is_none() {
            let end = self.end.min(place.offset + WINDOW).max(place.end());
            original.text(place.offset..end, &mut self.bytes)?;
            self.start = place.offset;
        }
        let range = self.range(place).ok_or(DetailError::Changed)?;
        self.bytes.get(range).ok_or(DetailError::Changed)
    }

    /// Where an event is in the window, if all of it is.
    fn range(&self, place: Place) -> Option<Range<usize>> {
        let start = place.offset.checked_sub(self.start)? as usize;
        let end = start + place.length as usize;
        (end <= self.bytes.len()).then_some(start..end)
    }
}

fn in_order<T: Clone>(all: &[T], order: &[u32]) -> Vec<T> {
    order
        .iter()
        .filter_map(|at| all.get(*at as usize).cloned())
        .collect()
}
