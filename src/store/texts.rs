//! The folded text of events, a few thousand at a time, for searching.

use std::ops::Range;

use super::Store;
use super::detail::DetailError;
use super::letters::{FIELD, Mask, fold};
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

    pub(super) fn letters_mut(&mut self) -> &mut Vec<u8> {
        &mut self.letters
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

    fn shrink(&mut self) {
        self.texts.letters.shrink_to_fit();
        self.texts.ends.shrink_to_fit();
        self.masks.shrink_to_fit();
        self.events.shrink_to_fit();
    }
}

/// Reads the texts of a store chunk by chunk, in any order and by several threads.
#[derive(Debug)]
pub struct TextReader<'a> {
    store: &'a Store,
    /// The events in the order they are read: that of the file.
    order: Vec<EventId>,
}

impl<'a> TextReader<'a> {
    /// Makes ready to read `store`.
    pub fn new(store: &'a Store) -> Self {
        Self {
            store,
            order: store.in_file_order(),
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

    /// Reads a chunk.
    ///
    /// # Errors
    ///
    /// When the file changed or went away since it was loaded.
    pub fn read(&self, chunk: usize) -> Result<Chunk, DetailError> {
        let range: Range<usize> = chunk * CHUNK as usize..(chunk + 1) * CHUNK as usize;
        let range = range.start.min(self.order.len())..range.end.min(self.order.len());
        let mut chunk = self.store.texts(self.order.get(range).unwrap_or(&[]))?;
        chunk.shrink();
        Ok(chunk)
    }
}
