//! Whole events, for the ones that are shown.

pub(in crate::store) mod heading;
mod recent;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::{fmt, io};

use super::decode::{self, Names, Renamed, decode_event};
use super::problem::{Class, Problem, Warnings};
use crate::store::decode::load::{Stands, alone};
use crate::store::input::bytes::Bytes;
use crate::store::input::place::{self, Counted};
use crate::store::road::batch::Odd;
use recent::Recent;

use crate::model::{EventId, EventRecord};

/// Why an event cannot be shown whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DetailError {
    /// There is no event of that number.
    NoSuchEvent(EventId),
    /// The file is no longer the one that was loaded.
    Changed,
    /// The file cannot be read any more; the system's words.
    Unreadable(String),
}

impl fmt::Display for DetailError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchEvent(EventId(number)) => write!(f, "there is no event {number}"),
            Self::Changed => f.write_str("the file was changed after it was loaded"),
            Self::Unreadable(why) => write!(f, "the file cannot be read any more: {why}"),
        }
    }
}

impl std::error::Error for DetailError {}

/// Where whole events come from.
#[derive(Debug)]
pub(super) enum Detail {
    /// Held in memory, in display order.
    Held(Vec<Arc<EventRecord>>),
    /// Read again from the file.
    Read(Box<Original>),
}

/// Where an event's JSON is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// In bytes.
    pub offset: u64,
    /// In bytes.
    pub length: u32,
    /// Index in the file.
    pub number: u32,
}

impl Place {
    /// Behind its last byte.
    pub(super) fn end(self) -> u64 {
        self.offset + u64::from(self.length)
    }
}

/// The file that was loaded, and the events that were read from it last.
#[derive(Debug)]
pub(super) struct Original {
    bytes: Arc<Bytes>,
    names: Arc<Names>,
    /// Longer records were left out, in bytes.
    longest: usize,
    /// The byte that ends lines.
    feed: u8,
    /// Ids that had to be changed, by index in the file.
    renamed: OnceLock<Arc<HashMap<u32, String>>>,
    /// How far lines were counted.
    counted: Mutex<Option<Counted>>,
    last: Mutex<Recent>,
}

impl Original {
    pub(super) fn new(bytes: Arc<Bytes>, names: Names, longest: usize, feed: u8) -> Self {
        Self {
            bytes,
            names: Arc::new(names),
            longest,
            feed,
            renamed: OnceLock::new(),
            counted: Mutex::default(),
            last: Mutex::default(),
        }
    }

    /// The same of `bytes`, which begin with those of this one.
    pub(super) fn grown(&self, bytes: Arc<Bytes>) -> Self {
        Self {
            bytes,
            names: Arc::clone(&self.names),
            longest: self.longest,
            feed: self.feed,
            renamed: self.renamed.clone(),
            counted: Mutex::new(*self.counted()),
            last: Mutex::default(),
        }
    }

    /// The text.
    pub(super) fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Ids that the file does not have: events got them because theirs were taken.
    pub(super) fn new_ids(&self) -> impl Iterator<Item = &str> {
        let renamed = self.renamed.get().into_iter();
        renamed.flat_map(|renamed| renamed.values().map(String::as_str))
    }

    /// True while the file has what was read.
    pub(super) fn is_intact(&self) -> bool {
        self.bytes.is_as_it_was().unwrap_or(false)
    }

    /// The whole event; `place` tells where it is.
    pub(super) fn event(
        &self,
        event: EventId,
        place: Place,
    ) -> Result<Arc<EventRecord>, DetailError> {
        if let Some(record) = self.last().get(event) {
            return Ok(record);
        }
        let record = Arc::new(self.read(place)?);
        self.last().keep(event, Arc::clone(&record));
        Ok(record)
    }

    fn read(&self, place: Place) -> Result<EventRecord, DetailError> {
        let mut json = Vec::new();
        self.text(place.offset..place.end(), &mut json)?;
        self.record(place, &json)
    }

    /// Decodes the event that was read from `place`.
    pub(super) fn record(&self, place: Place, json: &[u8]) -> Result<EventRecord, DetailError> {
        let mut warnings = Warnings::keeping(0);
        let read = decode_event(json, place.number as usize, &self.names, &mut warnings);
        let mut record = read.ok().flatten().ok_or(DetailError::Changed)?;
        if let Some(id) = self.renamed(place) {
            id.clone_into(&mut record.id);
        }
        Ok(record)
    }

    /// The id that the event at `place` has instead of its own.
    pub(super) fn renamed(&self, place: Place) -> Option<&String> {
        self.renamed.get()?.get(&place.number)
    }

    /// Who is known.
    pub(super) fn names(&self) -> &Names {
        &self.names
    }

    /// Decodes an event again for what is wrong with it.
    pub(super) fn checked(
        &self,
        place: Place,
        json: &[u8],
        warnings: &mut Warnings,
    ) -> Result<EventRecord, DetailError> {
        let mut found = Warnings::keeping(warnings.room());
        let read = decode_event(json, place.number as usize, &self.names, &mut found);
        let record = read.ok().flatten().ok_or(DetailError::Changed)?;
        found.shift(place.offset);
        warnings.append(found);
        Ok(record)
    }

    /// Gives those of the events at `places`, which are in file order, whose id stands before
    /// already others that are not taken.
    pub(super) fn rename(
        &self,
        places: &[Place],
        is_taken: impl Fn(&str) -> bool,
        most: usize,
    ) -> Result<Warnings, DetailError> {
        let mut ids = Vec::with_capacity(places.len());
        for place in places {
            ids.push(self.read(*place)?.id.into_boxed_str());
        }
        let mut warnings = Warnings::keeping(most);
        let mut renamed = HashMap::new();
        let mut json = Vec::new();
        for Renamed { at, first, to } in decode::renamed(&ids, is_taken) {
            let (Some(again), Some(first)) = (places.get(at), places.get(first)) else {
                continue;
            };
            if warnings.room() > 0 {
                self.text(
                    again.offset..again.offset + u64::from(again.length),
                    &mut json,
                )?;
            }
            let mut found = Warnings::keeping(warnings.room());
            found.add(Class::Duplicate, || {
                let first = format!("events[{}]", first.number);
                let path = format!("events[{}].id", again.number);
                decode::duplicate(
                    &json,
                    0,
                    ids.get(at).map_or("", |id| id),
                    &to,
                    &first,
                    &path,
                )
            });
            found.shift(again.offset);
            warnings.append(found);
            renamed.insert(again.number, to);
        }
        // Set once: the texts are read once.
        let _ = self.renamed.set(Arc::new(renamed));
        self.last().clear();
        Ok(warnings)
    }

    /// What is wrong with what lies between the events and beside them.
    pub(super) fn odd(&self, all: &[Odd], most: usize) -> Result<Warnings, DetailError> {
        let mut warnings = Warnings::keeping(most);
        let mut line = Vec::new();
        for odd in all {
            if odd.length == 0 {
                let mut found = Warnings::keeping(warnings.room());
                found.add(Class::Limit, || too_long(odd.number as usize, self.longest));
                found.shift(odd.offset);
                warnings.append(found);
                continue;
            }
            self.text(odd.offset..odd.offset + u64::from(odd.length), &mut line)?;
            let number = odd.number as usize;
            let stands = Stands::Line { feed: self.feed };
            let mut found = alone(&line, stands, number, warnings.room())
                .loaded
                .warnings;
            found.shift(odd.offset);
            warnings.append(found);
        }
        Ok(warnings)
    }

    /// Gives warnings, sorted by offset, their lines and columns.
    pub(super) fn place(&self, warnings: &mut Warnings) -> Result<(), DetailError> {
        let filled = place::fill(&self.bytes, warnings.list_mut(), &mut self.counted());
        filled.map_err(|error| unreadable(&error))
    }

    /// Replaces what is in `into` by a part of the file, which must be as it was when loaded.
    pub(super) fn text(&self, range: Range<u64>, into: &mut Vec<u8>) -> Result<(), DetailError> {
        let length = range.end.saturating_sub(range.start);
        let read = || {
            self.bytes.read(range, into)?;
            Ok(into.len() as u64 == length && self.bytes.is_as_it_was()?)
        };
        match read() {
            Ok(true) => Ok(()),
            Ok(false) => Err(DetailError::Changed),
            Err(error) => Err(unreadable(&error)),
        }
    }

    fn counted(&self) -> MutexGuard<'_, Option<Counted>> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn last(&self) -> MutexGuard<'_, Recent> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is said of an event that is left out because of its length; it begins the text.
pub(super) fn too_long(number: usize, longest: usize) -> Problem {
    let what = format!("an event of more than {longest} bytes; left out");
    let mut problem = Problem::of_file(Class::Limit, what).at(0);
    problem.path = format!("events[{number}]");
    problem.hint("if that is right, raise the limit with --max-record")
}

fn unreadable(error: &io::Error) -> DetailError {
    DetailError::Unreadable(error.to_string())
}
