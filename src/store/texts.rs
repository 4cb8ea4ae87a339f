//! The folded text of events, a few thousand at a time, for searching.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::both::both;
use super::check::{Check, Verdict};
use super::columnar::Window;
use super::detail::DetailError;
use super::letters::{FIELD, Mask, fold};
use super::problem::Warnings;
use super::scan::Unsure;
use super::{Progress, Store};
use crate::model::{EventId, EventRecord};

/// Events in one [`Chunk`].
const CHUNK: u32 = 2048;

/// Texts one behind the other, written with [`super::letters`].
#[derive(Clone, Debug, Default)]
pub struct Texts {
    letters: Vec<u8>,
    ends: Vec<u32>,
}

impl Texts {
    /// Adds a field to the text that is being written.
    pub fn field(&mut self, text: &str) {
        fold(text, &mut self.letters);
        self.letters.push(FIELD);
    }

    /// Ends the text that is being written; the next field begins another one.
    pub fn end(&mut self) {
        self.ends.push(self.letters.len() as u32);
    }

    /// All letters.
    pub fn letters(&self) -> &[u8] {
        &self.letters
    }

    /// Where each text ends.
    pub fn ends(&self) -> &[u32] {
        &self.ends
    }

    /// The letters of one text.
    pub fn text(&self, at: usize) -> &[u8] {
        let end = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        let start = at.checked_sub(1).map_or(0, end);
        self.letters.get(start..end(at)).unwrap_or(&[])
    }
}

/// What some events say: titles, summaries and statements in all languages.
#[derive(Clone, Debug, Default)]
pub struct Chunk {
    /// One text for each event.
    pub texts: Texts,
    /// The letters of each.
    pub masks: Vec<Mask>,
    /// Which events.
    pub events: Vec<EventId>,
}

impl Chunk {
    /// Ends the text of `event`.
    pub(super) fn end(&mut self, event: EventId) {
        self.texts.end();
        self.masks
            .push(Mask::of(self.texts.text(self.events.len())));
        self.events.push(event);
    }

    pub(super) fn record(&mut self, record: &EventRecord) {
        let statements = record.statements.iter().map(|said| &said.text);
        for text in [&record.title, &record.summary]
            .into_iter()
            .chain(statements)
        {
            text.iter().for_each(|(_, text)| self.texts.field(text));
        }
    }

    /// Takes the texts from an event's JSON and looks whether all is well with it.
    pub(super) fn json(&mut self, json: &[u8], check: &mut Check) -> Verdict {
        let letters = &mut self.texts.letters;
        let start = letters.len();
        check.event(json, letters).unwrap_or_else(|Unsure| {
            letters.truncate(start);
            Verdict::Unsure
        })
    }

    fn clear(&mut self) {
        self.texts.letters.clear();
        self.texts.ends.clear();
        self.masks.clear();
        self.events.clear();
    }
}

/// Reads the texts of a store chunk by chunk, in any order and by several threads, and checks the
/// events by the way.
#[derive(Debug)]
pub struct TextReader<'a> {
    store: &'a Store,
    /// The events in the order they are read: that of the file.
    order: Vec<EventId>,
    found: Mutex<BTreeMap<usize, Found>>,
    desks: Mutex<Vec<Desk>>,
}

/// What reading a chunk needs and leaves for the next one. Chunks grow here and are copied when
/// their length is known, so that the ones that stay lie close together.
#[derive(Debug, Default)]
struct Desk {
    window: Window,
    chunk: Chunk,
}

/// What checking a chunk brought to light.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub warnings: Warnings,
    /// A hash of the id of each event.
    pub ids: Vec<u64>,
}

impl<'a> TextReader<'a> {
    /// Makes ready to read `store`.
    pub fn new(store: &'a Store) -> Self {
        Self {
            store,
            order: store.in_file_order(),
            found: Mutex::default(),
            desks: Mutex::default(),
        }
    }

    /// How many chunks there are.
    pub fn len(&self) -> usize {
        self.order.len().div_ceil(CHUNK as usize)
    }

    /// True without events.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Reads all chunks, in two threads; `take` gets each as soon as it is read, in any order. Ends
    /// early when `progress` is stopped.
    ///
    /// # Errors
    ///
    /// When the file changed or went away since it was loaded.
    pub fn each(
        &self,
        progress: &Progress,
        take: impl Fn(Chunk) + Sync,
    ) -> Result<(), DetailError> {
        progress.begin(self.len() as u64);
        let next = AtomicUsize::new(0);
        let work = || {
            while !progress.is_stopped() {
                let chunk = next.fetch_add(1, Ordering::Relaxed);
                if chunk >= self.len() {
                    break;
                }
                let chunk = self.read(chunk)?;
                progress.add(1, 0);
                take(chunk);
            }
            Ok(())
        };
        let (one, other) = both(self.order.len(), work, work);
        one.and(other)
    }

    /// Reads a chunk.
    ///
    /// # Errors
    ///
    /// When the file changed or went away since it was loaded.
    pub fn read(&self, at: usize) -> Result<Chunk, DetailError> {
        let range: Range<usize> = at * CHUNK as usize..(at + 1) * CHUNK as usize;
        let range = range.start.min(self.order.len())..range.end.min(self.order.len());
        let mut found = Found::default();
        let events = self.order.get(range).unwrap_or(&[]);
        let mut desk = locked(&self.desks).pop().unwrap_or_default();
        let Desk { window, chunk } = &mut desk;
        chunk.clear();
        self.store.texts(events, window, chunk, &mut found)?;
        let read = chunk.clone();
        locked(&self.desks).push(desk);
        locked(&self.found).insert(at, found);
        Ok(read)
    }

    /// When all chunks are read: tells the store what was wrong with the events.
    ///
    /// # Errors
    ///
    /// When the file changed or went away since it was loaded.
    pub fn finish(self) -> Result<(), DetailError> {
        let found = self
            .found
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        self.store.checked(found.into_values(), &self.order)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
