//! What the reader was at, found again when another collection takes the place of the one shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Asking, Mode, State, StatementId, View};
use crate::model::EventId;
use crate::query::{Filter, Index};
use crate::store::Store;

/// Events of one day that are looked at for the same one in a new collection.
const SAME_DAY: usize = 1_000;

/// A collection up to this size is looked through for an event whose date changed.
const FEW: usize = 10_000;

/// How much of the data a collection has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The first events; all of them are being read.
    Beginning,
    /// What was read until reading was given up.
    Part,
    /// All.
    Whole,
    /// All: those of the collection before, unchanged, and so many that came to the file since.
    Grown(usize),
}

/// The way from one collection to another.
pub(super) struct Carry<'a> {
    pub before: &'a Index,
    pub after: &'a Index,
    pub extent: Extent,
    /// Ids of events that may no longer be readable.
    pub ids: &'a BTreeMap<EventId, String>,
}

impl Carry<'_> {
    /// The number of `event` in the new collection: the one of the same id; `None` when it is not
    /// there.
    pub(super) fn event(&self, event: EventId) -> Option<EventId> {
        let (before, after) = (self.before.store(), self.after.store());
        if let Extent::Grown(_) = self.extent
            && before.is_held() == after.is_held()
        {
            return same_number(before, after, event);
        }
        let id = match self.ids.get(&event) {
            Some(id) => id.clone(),
            None => before.event(event).ok()?.id.clone(),
        };
        let has_id = |event: &EventId| after.event(*event).is_ok_and(|other| other.id == id);
        let found = same_days(before, after, event).take(SAME_DAY).find(has_id);
        let all = || (0..after.len() as u32).map(EventId).find(has_id);
        found.or_else(|| (after.len() <= FEW).then(all).flatten())
    }

    /// The same; when it is not there, the first event that is not before its day.
    pub(super) fn event_or_near(&self, event: EventId) -> EventId {
        let near = || {
            let before = self.before.store().all_days().first_days();
            let after = self.after.store().all_days().first_days();
            let at = match before.get(event.0 as usize) {
                Some(day) => after.partition_point(|first| first < day),
                None => after.len(),
            };
            EventId(at as u32)
        };
        self.event(event).unwrap_or_else(near)
    }

    pub(super) fn statement(&self, id: StatementId) -> Option<StatementId> {
        let event = self.event(id.event)?;
        Some(StatementId { event, ..id })
    }

    pub(super) fn filter(&self, filter: &Filter) -> Filter {
        filter.carried(self.before, self.after)
    }

    fn view(&self, view: &mut View) {
        view.event = view.event.and_then(|event| self.event(event));
        view.filter = self.filter(&view.filter);
    }
}

/// The events of `after` that begin on the day on which `event` begins in `before`; or are undated
/// like it.
fn same_days(before: &Store, after: &Store, event: EventId) -> impl Iterator<Item = EventId> {
    let firsts = after.all_days().first_days();
    let day = before.all_days().first_days().get(event.0 as usize);
    let (from, to) = match day {
        Some(day) => (
            firsts.partition_point(|first| first < day),
            firsts.partition_point(|first| first <= day),
        ),
        None => (firsts.len(), after.len()),
    };
    (from as u32..to as u32).map(EventId)
}

/// The event of the same place in the file.
fn same_number(before: &Store, after: &Store, event: EventId) -> Option<EventId> {
    let number = before.number(event)?;
    same_days(before, after, event).find(|event| after.number(*event) == Some(number))
}

impl State {
    /// Takes in another collection, or more of the same. The reader stays on the same event, or
    /// near its day; filters and marks are kept where they still mean something. Places in the
    /// history are kept when the collection only grew.
    pub(in crate::app) fn load(&mut self, index: &Arc<Index>, extent: Extent) {
        let before = std::mem::replace(&mut self.index, Arc::clone(index));
        self.news.awaited = false;
        if extent != Extent::Beginning {
            self.loading = None;
            self.news.part = extent == Extent::Part;
        }
        let ids = std::mem::take(&mut self.marked_ids);
        let carry = Carry {
            before: &before,
            after: index,
            extent,
            ids: &ids,
        };
        let cursor = self.rows.event_at(self.timeline.cursor);
        let on_screen = self.timeline.cursor.saturating_sub(self.timeline.top);
        let here = cursor.map(|event| carry.event_or_near(event));
        self.carry_marks(&carry);
        self.carry_views(&carry, here);
        self.filter = carry.filter(&self.filter);
        self.collection += 1;
        let same_page = matches!(extent, Extent::Grown(_));
        let same_page = same_page.then_some(self.collection);
        self.detail.carry(cursor, here, same_page);
        if let Extent::Grown(count) = extent {
            self.news.came += count;
        } else {
            self.news.changed = false;
        }
        self.rows = crate::query::Rows::All(index.len());
        self.refilter();
        if let Some(event) = here {
            self.go_to(event);
            self.timeline.top = self.timeline.cursor.saturating_sub(on_screen);
        }
    }

    fn carry_marks(&mut self, carry: &Carry<'_>) {
        let carried = |mark: &StatementId| Some((*mark, carry.statement(*mark)?));
        let marks: Vec<_> = self.marks.iter().filter_map(carried).collect();
        let id = |(old, new): &(StatementId, StatementId)| {
            Some((new.event, carry.ids.get(&old.event)?.clone()))
        };
        self.marked_ids = marks.iter().filter_map(id).collect();
        self.marks = marks.into_iter().map(|(_, new)| new).collect();
    }

    /// Views to come back to. When the events may be others, only that of an open prompt is kept.
    fn carry_views(&mut self, carry: &Carry<'_>, here: Option<EventId>) {
        let grown = matches!(carry.extent, Extent::Grown(_));
        if grown {
            self.history.each(|view| carry.view(view));
            if let Some(view) = &mut self.out_of_context {
                carry.view(view);
            }
            let again = |event: EventId| carry.event(event);
            self.held = self
                .held
                .and_then(|(wanted, landed)| Some((again(wanted)?, landed.and_then(again))));
        } else {
            self.history = super::History::default();
            (self.held, self.out_of_context) = (None, None);
        }
        match &mut self.mode {
            Mode::Typing(prompt) => match &mut prompt.asking {
                Asking::Search(view) | Asking::Query(view) => {
                    if grown {
                        carry.view(view);
                    } else {
                        view.event = here;
                        view.filter = carry.filter(&view.filter);
                    }
                }
                Asking::Date | Asking::Narrow => {}
            },
            Mode::Comparing(compare) => {
                if !grown || !compare.carry(|id| carry.statement(id)) {
                    self.mode = Mode::Reading;
                }
            }
            Mode::Reading | Mode::Choosing(_) => {}
        }
    }
}
