//! What was added behind a text of lines is read alone, and becomes one with what was read before.
//!
//! The result is the store that reading everything would give. Where that is not certain, or would
//! need more than is kept, there is none, and everything has to be read.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::columns::assemble::{self, Columns};
use super::columns::merge::merged;
use super::detail::{Detail, Original};
use super::input::bytes::Bytes;
use super::open::Opening;
use super::problem::Warnings;
use super::road::frame::Frame;
use super::road::{Walked, records};
use super::texts::check::has_twice;
use super::texts::{Chunk, Found, TextReader};
use super::{Progress, Store, Table};
use crate::model::{ActorRef, EventId};

/// What is kept of a text that grows, besides its store.
#[derive(Debug)]
pub(super) struct Seam {
    frame: Frame,
    /// How many records there are, those that were left out included.
    records: u32,
    /// Hashes of all ids, in order, once the events are checked.
    ids: OnceLock<Vec<u64>>,
}

impl Seam {
    /// The end of a text that begins as `frame` says and has so many records.
    pub(super) fn new(frame: Frame, records: u32) -> Self {
        Self {
            frame,
            records,
            ids: OnceLock::new(),
        }
    }

    /// Keeps the hashes of all ids.
    pub(super) fn remember(&self, mut ids: Vec<u64>) {
        ids.sort_unstable();
        ids.dedup();
        // Events are checked once.
        let _ = self.ids.set(ids);
    }
}

/// A store with what was added.
#[derive(Debug)]
pub struct Growth {
    /// All events, checked.
    pub store: Store,
    /// Those that were added, ascending.
    pub came: Vec<EventId>,
    /// The new number of each of the others.
    pub moved: Vec<EventId>,
    /// All in the order of the file.
    pub order: Arc<[EventId]>,
    /// What those that were added say.
    pub chunks: Vec<Chunk>,
}

impl Store {
    /// This store and what stands behind it in `opening`, whose text must begin with that of this
    /// one: only what was added is read. `order` is that of the events in the file. `None` when
    /// everything has to be read, which is no fault.
    pub fn grown(&self, opening: &Opening, order: &[EventId]) -> Option<Growth> {
        let (Some(seam), Detail::Read(original)) = (&self.seam, &self.detail) else {
            return None;
        };
        let (bytes, frame) = opening.plain_lines()?;
        let known = seam.ids.get()?;
        let fits = *frame == seam.frame && !self.is_empty() && original.is_intact();
        if !fits || !self.ends_with_its_line(original, bytes) {
            return None;
        }
        let (added, count) = self.added(opening, bytes, original)?;
        let (columns, seats) = merged(&self.columns, added, seam.records)?;
        let moved = seats.moved();
        let order = self.file_order(order, &moved, &seats.came(), &columns)?;
        let mut store = Self {
            header: Arc::clone(&self.header),
            columns,
            detail: Detail::Read(Box::new(original.grown(Arc::clone(bytes)))),
            warnings: self.warnings.clone(),
            all_warnings: OnceLock::new(),
            part: false,
            seam: None,
        };
        let (chunks, found) = store.read_behind(&order, self.len())?;
        let ids = ids(known, &found)?;
        store.take_warnings(self, found)?;
        let seam = Seam::new(frame.clone(), seam.records.checked_add(count)?);
        seam.remember(ids);
        Some(Growth {
            store: store.growing(seam),
            came: seats.came(),
            moved,
            order,
            chunks,
        })
    }

    /// True when what follows this store's text in `bytes` is no part of its last line.
    fn ends_with_its_line(&self, original: &Original, bytes: &Bytes) -> bool {
        let end = original.bytes().len();
        let mut seam = Vec::new();
        if bytes.len() < end
            || bytes
                .read(end.saturating_sub(1)..end + 1, &mut seam)
                .is_err()
        {
            return false;
        }
        // What is wrong with a line may sound otherwise when its line feed is there.
        let odd = self.columns.odd.last();
        let odd = odd.is_some_and(|odd| odd.offset + u64::from(odd.length) >= end);
        match *seam {
            [b'\n', ..] => true,
            [_, b'\n'] | [_] => !odd,
            _ => false,
        }
    }

    /// The columns of what `bytes` have behind the text of this store, and how many records that
    /// is. Its names are added to those of this store.
    fn added(
        &self,
        opening: &Opening,
        bytes: &Bytes,
        original: &Original,
    ) -> Option<(Columns, u32)> {
        let from = original.bytes().len();
        let progress = Progress::default();
        let Walked { done, whole, .. } = opening.road(bytes, &progress).lines(from).ok()?;
        let count = records(&done);
        let tables = self.tables().clone();
        let columns = assemble::columns(done, &self.header, original.names(), tables);
        (whole && self.numbers_alike(&columns)).then_some((columns, count))
    }

    /// True when reading everything would number the names as they are numbered now. Publishers
    /// that the header does not know are numbered behind all that events name.
    fn numbers_alike(&self, columns: &Columns) -> bool {
        let [before, now] =
            [self.tables(), &columns.tables].map(|tables| tables.rows(Table::Actor));
        let unknown = |publisher: &ActorRef| matches!(publisher, ActorRef::Unknown(_));
        let mut sources = self.header.sources.iter();
        before == now || !sources.any(|source| source.publisher.as_ref().is_some_and(unknown))
    }

    /// All events of `columns` in the order of the file: that of the old ones is `order`.
    fn file_order(
        &self,
        order: &[EventId],
        moved: &[EventId],
        came: &[EventId],
        columns: &Columns,
    ) -> Option<Arc<[EventId]>> {
        let mut came = came.to_vec();
        came.sort_by_cached_key(|event| columns.numbers.get(event.0 as usize));
        let mut all = Vec::with_capacity(order.len() + came.len());
        all.extend(order.iter().filter_map(|event| moved.get(event.0 as usize)));
        (all.len() == self.len()).then_some(())?;
        all.extend(came);
        Some(all.into())
    }

    /// What the events from place `from` on in `order` say, and what is wrong with them.
    fn read_behind(&self, order: &Arc<[EventId]>, from: usize) -> Option<(Vec<Chunk>, Vec<Found>)> {
        let reader = TextReader::behind(self, Arc::clone(order), from);
        let chunks: Mutex<Vec<Chunk>> = Mutex::default();
        let take = |chunk| lock(&chunks).push(chunk);
        reader.each(&Progress::default(), take).ok()?;
        let mut chunks = std::mem::take(&mut *lock(&chunks));
        chunks.sort_by_key(|chunk| chunk.first);
        Some((chunks, reader.found()))
    }

    /// Joins what was wrong with `before` and what was `found` behind it.
    fn take_warnings(&mut self, before: &Self, found: Vec<Found>) -> Option<()> {
        let Detail::Read(original) = &self.detail else {
            return None;
        };
        let most = self.warnings.most();
        let mut of_events = Warnings::keeping(most);
        for found in found {
            of_events.append(found.warnings);
        }
        let odd = self.columns.odd.get(before.columns.odd.len()..)?;
        let mut warnings = original.odd(odd, most).ok()?;
        warnings.join(of_events);
        let mut all = before.warnings().clone();
        all.join(warnings);
        original.place(&mut all).ok()?;
        self.all_warnings = OnceLock::from(all);
        Some(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The hashes of all ids, in order; `None` when one stands twice.
fn ids(known: &[u64], found: &[Found]) -> Option<Vec<u64>> {
    let mut new: Vec<u64> = found
        .iter()
        .flat_map(|found| found.ids.iter().copied())
        .collect();
    new.sort_unstable();
    let mut all = Vec::with_capacity(known.len() + new.len());
    let mut rest = known;
    for id in new {
        let (before, behind) = rest.split_at(rest.partition_point(|known| *known < id));
        all.extend_from_slice(before);
        all.push(id);
        rest = behind;
    }
    all.extend_from_slice(rest);
    (!has_twice(&all)).then_some(all)
}
