//! The loaded collection: columns over all events, whole events on demand.

use std::sync::Arc;

use super::assemble::span;
use super::columns::Days;
use super::detail::{Detail, DetailError};
use super::facts::{self, FactLists, Modes, Tables};
use super::texts::Chunk;
use crate::model::{DaySpan, EventId, EventRecord, Header};

/// All events in display order: small columns about every one, the whole record when asked for.
///
/// Shared between threads behind an [`Arc`]; nothing in it changes after loading.
#[derive(Debug)]
pub struct Store {
    header: Header,
    days: Days,
    facts: FactLists,
    modes: Vec<Modes>,
    tables: Tables,
    detail: Detail,
}

impl Store {
    /// A store of records in file order that are already in memory.
    pub fn from_records(header: Header, events: Vec<EventRecord>) -> Self {
        let days = |event: &EventRecord| span(event.when.as_ref().map(|when| when.days));
        let spans: Vec<_> = events.iter().map(days).collect();
        let (days, order) = Days::sorted(&spans);
        let mut events: Vec<_> = events
            .into_iter()
            .map(|event| Some(Arc::new(event)))
            .collect();
        let take = |at: &u32| events.get_mut(*at as usize).and_then(Option::take);
        let events: Vec<_> = order.iter().filter_map(take).collect();
        let mut tables = Tables::new(&header);
        let (mut list, mut ends, mut modes) = (Vec::new(), Vec::new(), Vec::new());
        for event in &events {
            modes.push(facts::of_record(event, &header, &mut tables, &mut list));
            ends.push(list.len() as u32);
        }
        Self {
            header,
            days,
            facts: FactLists::new(ends, list),
            modes,
            tables,
            detail: Detail::Held(events),
        }
    }

    /// How many events.
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// True without events.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Everything in the file but the events.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The days an event may mean; `None` when it is undated.
    pub fn days(&self, event: EventId) -> Option<DaySpan> {
        self.days.of(event)
    }

    /// The first of the undated events, which come last.
    pub fn undated_from(&self) -> EventId {
        self.days.undated_from()
    }

    /// The whole event.
    ///
    /// # Errors
    ///
    /// When the file changed or went away since it was loaded.
    pub fn event(&self, event: EventId) -> Result<Arc<EventRecord>, DetailError> {
        self.detail.event(event)
    }

    /// True when the records are held in memory.
    pub fn is_held(&self) -> bool {
        matches!(self.detail, Detail::Held(_))
    }

    /// The events in the order of the file.
    pub(super) fn in_file_order(&self) -> Vec<EventId> {
        (0..self.len() as u32).map(EventId).collect()
    }

    /// What `events` say, folded.
    pub(super) fn texts(&self, events: &[EventId]) -> Result<Chunk, DetailError> {
        let mut chunk = Chunk::default();
        for event in events {
            chunk.record(&*self.event(*event)?);
            chunk.end(*event);
        }
        Ok(chunk)
    }

    /// The column of days.
    pub fn all_days(&self) -> &Days {
        &self.days
    }

    /// What each event is filed under, in display order.
    pub fn facts(&self) -> &FactLists {
        &self.facts
    }

    /// The modes of an event's statements; none when there is no such event.
    pub fn modes(&self, event: EventId) -> Modes {
        self.modes
            .get(event.0 as usize)
            .copied()
            .unwrap_or_default()
    }

    /// The names behind the facts.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }
}
