//! Words in what events say and in the names of those who take part.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};

use super::pattern::Pattern;
use super::{Bits, Facet, Index};
use crate::model::EventId;
use crate::store::{Chunk, DetailError, Progress, TextReader};

/// Answers that are kept.
const KEPT: usize = 16;

/// Threads that look at once.
const WORKERS: usize = 2;

/// The events that have the words.
#[derive(Clone, Debug)]
pub struct Found {
    /// Which.
    pub bits: Arc<Bits>,
    /// False while texts are still being read: there may be more.
    pub complete: bool,
}

/// `(pattern, chunks that were looked at, what was found)`.
type Answer = (Vec<u8>, usize, Arc<Bits>);

/// The texts that were read so far, and the last answers.
#[derive(Debug, Default)]
pub(super) struct Search {
    chunks: RwLock<Vec<Arc<Chunk>>>,
    /// The events in the order of the file, which is that of the texts.
    order: OnceLock<Arc<[EventId]>>,
    /// Held while texts are read: one caller reads, others wait for it.
    reading: Mutex<()>,
    /// The oldest first.
    answers: Mutex<Vec<Answer>>,
}

impl Index {
    /// Reads the texts of all events, so that they can be searched; two threads help. What is read
    /// can be searched at once; when it was stopped before the end, it begins again. What is wrong with
    /// the events is known afterwards: [`crate::store::Store::warnings`].
    ///
    /// # Errors
    ///
    /// When the file changed or went away since it was loaded.
    pub fn read_texts(&self, progress: &Progress) -> Result<(), DetailError> {
        let _reading = self
            .search
            .reading
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        // Without events there is no text, but what stands in their place is looked at.
        if self.has_texts() && !self.is_empty() {
            return Ok(());
        }
        // The first letter would wait for them where there are a hundred thousand.
        for facet in named() {
            self.names(facet);
        }
        self.search.chunks_mut().clear();
        let reader = TextReader::new(self.store());
        let _ = self.search.order.set(Arc::clone(reader.order()));
        reader.each(progress, |chunk| {
            self.search.chunks_mut().push(Arc::new(chunk));
        })?;
        if self.has_texts() {
            reader.finish()
        } else {
            Ok(())
        }
    }

    /// True when the texts of all events can be searched.
    pub fn has_texts(&self) -> bool {
        let chunks = self.search.chunks();
        chunks.iter().map(|chunk| chunk.len()).sum::<usize>() == self.store().len()
    }

    /// The events that have `typed` somewhere: in a title, a summary, a statement, the name of an
    /// actor or a place. All of them when there is nothing but blanks in it. Answers from what is
    /// read; the last answers are kept. `None` when `progress` was stopped.
    pub fn search(&self, typed: &str, progress: &Progress) -> Option<Found> {
        let pattern = Pattern::new(typed);
        if pattern.is_empty() {
            return Some(Found {
                bits: Arc::new(Bits::all(self.len())),
                complete: true,
            });
        }
        let chunks = self.search.chunks().clone();
        let complete = self.has_texts();
        let key = pattern.key();
        if let Some(bits) = self.search.answer(&key, chunks.len()) {
            return Some(Found { bits, complete });
        }
        let mut bits = self.named(&pattern);
        for part in found(&chunks, self.search.order(), &pattern, progress) {
            bits.add(&part);
        }
        if progress.is_stopped() {
            return None;
        }
        let bits = Arc::new(bits);
        self.search.keep(key, chunks.len(), &bits);
        Some(Found { bits, complete })
    }

    /// Drops the kept answers, so that the next search looks again: for measuring.
    pub fn forget_answers(&self) {
        self.search.answers().clear();
    }

    /// The events whose actors or place have it in a name.
    fn named(&self, pattern: &Pattern) -> Bits {
        let mut bits = Bits::none(self.len());
        for facet in named() {
            for value in self.names(facet).named(pattern) {
                self.any.add_to(self.slot(facet, value), &mut bits);
            }
        }
        bits
    }
}

/// The facets whose values' names are searched.
fn named() -> impl Iterator<Item = Facet> {
    let named = |facet: &Facet| facet.of_actors() || *facet == Facet::Place;
    Facet::ALL.into_iter().filter(named)
}

/// The events of `chunks` that have `pattern`, in parts.
fn found(
    chunks: &[Arc<Chunk>],
    order: &[EventId],
    pattern: &Pattern,
    progress: &Progress,
) -> Vec<Bits> {
    let next = AtomicUsize::new(0);
    in_parallel(chunks.len(), || {
        let mut bits = Bits::none(order.len() as u32);
        while let Some(chunk) = chunks.get(next.fetch_add(1, Ordering::Relaxed)) {
            if progress.is_stopped() {
                break;
            }
            let events = order.get(chunk.first as usize..).unwrap_or(&[]);
            find_in(chunk, events, pattern, |event| bits.insert(event));
        }
        bits
    })
}

/// Calls `found` with those of `events`, which `chunk` has the texts of, that have `pattern`.
fn find_in(chunk: &Chunk, events: &[EventId], pattern: &Pattern, mut found: impl FnMut(EventId)) {
    if pattern.is_in_mask() {
        let masks = chunk.masks.iter().zip(events);
        let has = masks.filter(|(mask, _)| mask.may_have(pattern.mask()));
        has.for_each(|(_, event)| found(*event));
    } else {
        pattern.each(&chunk.texts, |text| {
            if let Some(event) = events.get(text) {
                found(*event);
            }
        });
    }
}

/// Does `work` on several threads, or on this one when there is little of it.
fn in_parallel<T: Send>(amount: usize, work: impl Fn() -> T + Sync) -> Vec<T> {
    if amount < 2 {
        return vec![work()];
    }
    std::thread::scope(|scope| {
        let helpers: Vec<_> = (1..WORKERS).map(|_| scope.spawn(&work)).collect();
        let own = work();
        let others = helpers.into_iter().filter_map(|helper| helper.join().ok());
        std::iter::once(own).chain(others).collect()
    })
}

impl Search {
    /// The texts of more events: `chunks` follow those of this one, `order` is that of all.
    pub(super) fn grown(&self, chunks: Vec<Chunk>, order: Arc<[EventId]>) -> Self {
        let mut all = self.chunks().clone();
        for chunk in chunks {
            // Many little ones would be slow to search.
            let last = (0..all.len()).max_by_key(|at| all.get(*at).map(|chunk| chunk.first));
            match last.and_then(|at| all.get_mut(at)) {
                Some(last) if !last.is_full() => *last = Arc::new(last.with(&chunk)),
                Some(_) | None => all.push(Arc::new(chunk)),
            }
        }
        Self {
            chunks: RwLock::new(all),
            order: OnceLock::from(order),
            ..Self::default()
        }
    }

    /// The events in the order of the file; none before texts were read.
    pub(super) fn order(&self) -> &[EventId] {
        self.order.get().map_or(&[], |order| order)
    }

    fn chunks(&self) -> std::sync::RwLockReadGuard<'_, Vec<Arc<Chunk>>> {
        self.chunks.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn chunks_mut(&self) -> std::sync::RwLockWriteGuard<'_, Vec<Arc<Chunk>>> {
        self.chunks.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn answers(&self) -> MutexGuard<'_, Vec<Answer>> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, key: &[u8], chunks: usize) -> Option<Arc<Bits>> {
        let answers = self.answers();
        let found = answers
            .iter()
            .find(|(kept, read, _)| kept == key && *read == chunks);
        found.map(|(_, _, bits)| Arc::clone(bits))
    }

    fn keep(&self, key: Vec<u8>, chunks: usize, bits: &Arc<Bits>) {
        let mut answers = self.answers();
        answers.retain(|(kept, _, _)| *kept != key);
        if answers.len() >= KEPT {
            answers.remove(0);
        }
        answers.push((key, chunks, Arc::clone(bits)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Header;
    use crate::store::Store;

    #[test]
    fn names_are_ready_for_the_first_letter() {
        let store = Store::from_records(Header::default(), Vec::new());
        let index = Index::build(Arc::new(store));
        assert!(!named().any(|facet| index.has_names(facet)));
        index.read_texts(&Progress::default()).expect("in memory");
        assert!(named().all(|facet| index.has_names(facet)));
    }
}
