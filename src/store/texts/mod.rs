//! The folded text of events, a few thousand at a time, for searching.

pub(in crate::store) mod check;
pub mod letters;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::both::both;
use super::columnar::Window;
use super::detail::DetailError;
use super::problem::Warnings;
use super::{Progress, Store};
use crate::model::{EventId, EventRecord};
use crate::store::road::scan::Unsure;
use check::{Check, Verdict};
use letters::{FIELD, Mask, fold};

/// Events in one [`Chunk`].
const CHUNK: u32 = 2048;

/// Nothing is added to a chunk of so many bytes of letters: it would have to be copied.
const LETTERS: usize = 1 << 20;

/// Texts one behind the other, written with [`letters`].
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

/// What some events say that lie side by side in the file: titles, summaries and statements in all
/// languages. It holds no event numbers, so it stays right when those of a growing file move on.
#[derive(Clone, Debug, Default)]
pub struct Chunk {
    /// The place of its first event among all in the order of the file.
    pub first: u32,
    /// One text for each event.
    pub texts: Texts,
    /// The letters of each.
    pub masks: Vec<Mask>,
}

impl Chunk {
    /// How many events.
    pub fn len(&self) -> usize {
        self.masks.len()
    }

    /// True without events.
    pub fn is_empty(&self) -> bool {
        self.masks.is_empty()
    }

    /// True when it has as many events, or letters, as a chunk should have.
    pub fn is_full(&self) -> bool {
        self.len() >= CHUNK as usize || self.texts.letters.len() >= LETTERS
    }

    /// This one and `later`, which follows it in the file.
    #[must_use]
    pub fn with(&self, later: &Self) -> Self {
        let mut both = self.clone();
        let letters = both.texts.letters.len() as u32;
        both.texts.letters.extend_from_slice(&later.texts.letters);
        let ends = later.texts.ends.iter().map(|end| end + letters);
        both.texts.ends.extend(ends);
        both.masks.extend_from_slice(&later.masks);
        both
    }

    /// Ends the text of an event.
    pub(super) fn end(&mut self) {
        self.texts.end();
        self.masks.push(Mask::of(self.texts.text(self.len())));
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
    }
}

/// Reads the texts of a store chunk by chunk, in any order and by several threads, and checks the
/// events by the way.
#[derive(Debug)]
pub struct TextReader<'a> {
    store: &'a Store,
    /// The events in the order of the file.
    order: Arc<[EventId]>,
    /// Those before this place in it are left out.
    from: usize,
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
        Self::behind(store, store.in_file_order().into(), 0)
    }

    /// The same for the events from place `from` on in `order`, which is that of the file.
    pub(super) fn behind(store: &'a Store, order: Arc<[EventId]>, from: usize) -> Self {
        Self {
            store,
            order,
            from,
            found: Mutex::default(),
            desks: Mutex::default(),
        }
    }

    /// All events in the order of the file.
    pub fn order(&self) -> &Arc<[EventId]> {
        &self.order
    }

    /// How many chunks there are.
    pub fn len(&self) -> usize {
        let events = self.order.len().saturating_sub(self.from);
        events.div_ceil(CHUNK as usize)
    }

    /// True without events.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
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
        let events = self.order.len().saturating_sub(self.from);
        let (one, other) = both(events, work, work);
        one.and(other)
    }

    /// Reads a chunk.
    ///
    /// # Errors
    ///
    /// When the file changed or went away since it was loaded.
    pub fn read(&self, at: usize) -> Result<Chunk, DetailError> {
        let start = (self.from + at * CHUNK as usize).min(self.order.len());
        let end = (start + CHUNK as usize).min(self.order.len());
        let mut found = Found {
            warnings: Warnings::keeping(self.room(at)),
            ids: Vec::new(),
        };
        let events = self.order.get(start..end).unwrap_or(&[]);
        let mut desk = locked(&self.desks).pop().unwrap_or_default();
        let Desk { window, chunk } = &mut desk;
        chunk.clear();
        chunk.first = start as u32;
        self.store.texts(events, window, chunk, &mut found)?;
        let read = chunk.clone();
        locked(&self.desks).push(desk);
        locked(&self.found).insert(at, found);
        Ok(read)
    }

    /// How many warnings of chunk `at` are wanted: those of the chunks before it come first.
    fn room(&self, at: usize) -> usize {
        let found = locked(&self.found);
        let before = found.range(..at);
        let kept: usize = before.map(|(_, found)| found.warnings.list().len()).sum();
        self.store.warnings().most().saturating_sub(kept)
    }

    /// When all chunks are read: tells the store what was wrong with the events.
    ///
    /// # Errors
    ///
    /// When the file changed or went away since it was loaded.
    pub fn finish(self) -> Result<(), DetailError> {
        let order = Arc::clone(&self.order);
        self.store.checked(self.found().into_iter(), &order)
    }

    /// What checking brought to light, in the order of the file.
    pub(super) fn found(self) -> Vec<Found> {
        let found = self.found.into_inner();
        let found = found.unwrap_or_else(PoisonError::into_inner);
        found.into_values().collect()
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Limits, Opening, Source, load};

    #[test]
    fn of_many_warnings_only_the_first_are_held() {
        let event = |at| format!(r#"{{"id":"{at}","when":"2024","title":"t","own":1}}"#);
        let count = 3 * CHUNK as usize;
        let events: Vec<_> = (0..count).map(event).collect();
        let text = format!("{{\"sokhan\":1}}\n{}\n", events.join("\n"));
        let source = Source::Bytes("text", text.into_bytes().into());
        let limits = Limits {
            warnings: CHUNK as usize + 7,
            ..Limits::default()
        };
        let opening = Opening::new(source.clone(), limits).expect("a file");
        let store = opening.load(&Progress::default()).expect("an event file");
        let reader = TextReader::new(&store);
        for at in 0..reader.len() {
            reader.read(at).expect("a chunk");
        }
        let held: Vec<_> = locked(&reader.found)
            .values()
            .map(|found| found.warnings.list().len())
            .collect();
        assert_eq!(held, [CHUNK as usize, 7, 0]);
        reader.finish().expect("a file as it was");
        let want = load(&source, &limits).expect("an event file").warnings;
        assert_eq!(*store.warnings(), want);
        assert_eq!(want.total(), count as u64);
    }
}
