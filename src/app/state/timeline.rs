//! The list of events: where the cursor is, which rows are on the screen and where.

use std::sync::Arc;

use crate::app::dates;
use crate::app::field::{Ink, Row};
use crate::app::geometry::Area;
use crate::app::setter::Flow;
use crate::model::EventId;
use crate::words::{Word, say};

use super::State;
use super::laid::{Desk, Laid};

/// Rows of the screen that an event takes.
pub const EVENT_ROWS: u16 = 2;

/// The list of events.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// The row under the cursor.
    pub cursor: u32,
    /// The first row on the screen.
    pub top: u32,
    /// What is on the screen, from the top.
    pub shown: Vec<Place>,
    desk: Desk,
}

/// Something on the screen, and its first row in the pane.
#[derive(Clone, Debug)]
pub struct Place {
    /// Row of the pane.
    pub y: u16,
    /// What is there.
    pub entry: Entry,
}

/// Something in the list.
#[derive(Clone, Debug)]
pub enum Entry {
    /// The heading of a year, or of the undated.
    Heading(Row),
    /// An event.
    Event {
        /// Its row in the list.
        row: u32,
        /// Which one.
        event: EventId,
        /// What is written of it.
        laid: Arc<Laid>,
        /// Its date is shown: it is not the one above.
        dated: bool,
    },
}

/// Events under one heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// A year of the reader's calendar.
    Year(i32),
    /// No beginning is known.
    Earlier,
    /// No date.
    Undated,
}

impl Timeline {
    /// The row at `y` of the pane, if an event is there.
    pub fn row_at(&self, y: u16) -> Option<u32> {
        let place = self.shown.iter().rev().find(|place| place.y <= y)?;
        match &place.entry {
            Entry::Event { row, .. } if y < place.y + EVENT_ROWS => Some(*row),
            Entry::Event { .. } | Entry::Heading(_) => None,
        }
    }

    /// How many events are on the screen.
    pub fn events_on_screen(&self) -> usize {
        let event = |place: &&Place| matches!(place.entry, Entry::Event { .. });
        self.shown.iter().filter(event).count()
    }

    /// First and last event on the screen.
    pub fn window(&self) -> Option<(EventId, EventId)> {
        let mut events = self.shown.iter().filter_map(|place| match &place.entry {
            Entry::Event { event, .. } => Some(*event),
            Entry::Heading(_) => None,
        });
        let first = events.next()?;
        Some((first, events.next_back().unwrap_or(first)))
    }
}

impl State {
    /// Scrolls the list by `way` events; the cursor comes along when it would leave the screen.
    pub fn timeline_scroll(&mut self, way: isize) {
        let page = self.timeline.events_on_screen() as u32;
        let last = self.rows.len().saturating_sub(1);
        let timeline = &mut self.timeline;
        let to = |row: u32| (row as isize).saturating_add(way).clamp(0, last as isize) as u32;
        let at_end = timeline.top + page > last && way > 0;
        if at_end || timeline.top == 0 && way < 0 {
            timeline.cursor = to(timeline.cursor);
            return;
        }
        timeline.top = to(timeline.top);
        let lowest = timeline.top + 1;
        let highest = (timeline.top + page).saturating_sub(3).max(lowest);
        timeline.cursor = timeline.cursor.clamp(lowest, highest).min(last);
    }
}

/// The heading that an event belongs under.
pub fn group(state: &State, event: EventId) -> Group {
    match state.store().days(event) {
        None => Group::Undated,
        Some(days) if days.first == i32::MIN => Group::Earlier,
        Some(days) => Group::Year(dates::year(days.first, &state.settings)),
    }
}

pub(super) fn settle(state: &mut State, area: Option<Area>) {
    let Some(area) = area.filter(|area| !area.is_empty()) else {
        state.timeline.shown.clear();
        return;
    };
    state.timeline.top = window(state, area.height);
    let mut desk = std::mem::take(&mut state.timeline.desk);
    desk.ready(state, area.width);
    state.timeline.shown = shown(state, area, &mut desk);
    state.timeline.desk = desk;
}

/// The first row to show so that the cursor, and if possible one row around it, is on the screen,
/// and no room is left empty below.
fn window(state: &State, height: u16) -> u32 {
    let cursor = state.timeline.cursor;
    let last = state.rows.len().saturating_sub(1);
    let spare = u32::from(height >= 4 * EVENT_ROWS);
    let highest = first_row_that_ends_at(state, height, (cursor + spare).min(last));
    let fullest = first_row_that_ends_at(state, height, last);
    let lowest = cursor.saturating_sub(spare);
    state
        .timeline
        .top
        .min(lowest)
        .max(highest)
        .min(fullest.max(highest))
}

/// The first row of the screen when `end` is the last event that fits whole.
fn first_row_that_ends_at(state: &State, height: u16, end: u32) -> u32 {
    let mut first = end;
    let mut used = EVENT_ROWS + 1;
    while first > 0 {
        used += EVENT_ROWS + u16::from(headed(state, first));
        if used > height {
            break;
        }
        first -= 1;
    }
    first
}

/// True when a heading stands before `row` because the row before lies under another.
fn headed(state: &State, row: u32) -> bool {
    let group_of = |row| state.rows.event_at(row).map(|event| group(state, event));
    row == 0 || group_of(row) != group_of(row - 1)
}

fn shown(state: &State, area: Area, desk: &mut Desk) -> Vec<Place> {
    let mut places = Vec::new();
    let mut y = 0;
    let mut leaf = None;
    for row in state.timeline.top..state.rows.len() {
        if y >= area.height {
            break;
        }
        let Some(event) = state.rows.event_at(row) else {
            break;
        };
        if area.height > 3 && (row == state.timeline.top || headed(state, row)) {
            let entry = Entry::Heading(heading(state, event, area.width));
            places.push(Place { y, entry });
            y += 1;
            leaf = None;
        }
        let laid = desk.lay(state, event);
        let dated = leaf.as_ref() != Some(&laid.leaf) || y == 0;
        leaf = Some(laid.leaf.clone());
        let entry = Entry::Event {
            row,
            event,
            laid,
            dated,
        };
        places.push(Place { y, entry });
        y += EVENT_ROWS;
    }
    places
}

fn heading(state: &State, event: EventId, width: u16) -> Row {
    let setter = state.setter();
    let lang = state.settings.lang;
    let (text, beside) = match (group(state, event), state.store().days(event)) {
        (Group::Year(_), Some(days)) => dates::year_heading(days.first, &state.settings),
        (Group::Year(_) | Group::Earlier, _) => (say(Word::Earlier, lang).to_owned(), None),
        (Group::Undated, _) => (say(Word::Undated, lang).to_owned(), None),
    };
    let mut flow = Flow::new(width);
    flow.put(setter.own(&text, width, Ink::Heading), 0);
    if let Some(beside) = beside {
        flow.put_if_fits(setter.own(&beside, width, Ink::Dim), 2);
    }
    flow.rows().into_iter().next().unwrap_or_default()
}
