//! The list of events: where the cursor is, which rows are on the screen and where.

use crate::app::dates;
use crate::app::field::{Field, Ink, Row};
use crate::app::geometry::Area;
use crate::app::setter::{Flow, Setter};
use crate::model::{ActorKind, ActorRef, EventId, EventRecord, Mode};
use crate::words::{Word, say};

use super::State;

/// Rows of the screen that an event takes.
pub const EVENT_ROWS: u16 = 2;
/// Columns of the rail with its gaps.
const RAIL: u16 = 4;
/// Columns of the rail alone, where the pane is too narrow for dates.
const NARROW_GUTTER: u16 = 3;

/// The list of events.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// The row under the cursor.
    pub cursor: u32,
    /// The first row on the screen.
    pub top: u32,
    /// What is on the screen, from the top.
    pub shown: Vec<Place>,
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
        /// The sign on the rail.
        node: Node,
        /// Column of the rail, from the start edge.
        rail: u16,
        /// The rows of the screen: date, title, people.
        lines: Vec<Row>,
    },
}

/// What the sign on the rail tells of the event's statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// At least one is word for word.
    Quoted,
    /// Some, all in other words.
    Told,
    /// None.
    Silent,
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
    let shown = shown(state, area);
    state.timeline.shown = shown;
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

fn shown(state: &State, area: Area) -> Vec<Place> {
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
        let entry = self::event(state, row, event, area.width, &mut leaf);
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

/// An event, laid out. The date is left out when it is the one above (`leaf`).
fn event(
    state: &State,
    row: u32,
    event: EventId,
    width: u16,
    leaf: &mut Option<[String; 2]>,
) -> Entry {
    let setter = state.setter();
    let record = state.store().event(event);
    let wide = width >= 24;
    let leaf_width = dates::leaf_width(&state.settings);
    let (gutter, rail) = if wide {
        (leaf_width + RAIL, leaf_width + 1)
    } else {
        (NARROW_GUTTER, 1)
    };
    let room = width.saturating_sub(gutter + u16::from(width > gutter + 10));
    let mut lines = vec![Row::new(); usize::from(EVENT_ROWS)];
    let record = match record {
        Ok(record) => record,
        Err(fault) => {
            push(
                &mut lines,
                0,
                setter
                    .own(&fault.to_string(), room, Ink::Alarm)
                    .moved(gutter),
            );
            return Entry::Event {
                row,
                event,
                node: Node::Silent,
                rail,
                lines,
            };
        }
    };
    if wide {
        let own = dates::leaf(record.when.as_ref(), &state.settings);
        if leaf.as_ref() != Some(&own) {
            for (at, part) in own.iter().enumerate() {
                let ink = if at == 0 { Ink::Date } else { Ink::Dim };
                let field = setter.own(part, leaf_width, ink);
                let at_end = leaf_width - field.width;
                push(&mut lines, at, field.moved(at_end));
            }
        }
        *leaf = Some(own);
    }
    let title = title(setter, &record, room);
    let free = title.len() < lines.len();
    for (at, field) in title.into_iter().enumerate() {
        push(&mut lines, at, field.moved(gutter));
    }
    if free {
        for field in people(state, setter, &record, room) {
            push(&mut lines, 1, field.moved(gutter));
        }
    }
    Entry::Event {
        row,
        event,
        node: node(&record),
        rail,
        lines,
    }
}

fn push(lines: &mut [Row], at: usize, field: Field) {
    if let Some(line) = lines.get_mut(at) {
        line.push(field);
    }
}

/// The title on at most two lines, the second one cut.
fn title(setter: Setter<'_>, record: &EventRecord, width: u16) -> Vec<Field> {
    let (text, direction) = setter.best(&record.title);
    let mut lines = setter.paragraph(text, direction, width, Ink::Title);
    if lines.len() > usize::from(EVENT_ROWS) {
        let from = lines.get(1).map_or(0, |field| field.line.source.start);
        let rest = text.get(from..).unwrap_or("");
        lines.truncate(1);
        lines.push(setter.line(rest, direction, width, Ink::Title));
    }
    for field in &mut lines {
        field.align = crate::app::field::Align::Start;
    }
    lines
}

/// Who takes part, as many as fit, and how many statements there are.
fn people(state: &State, setter: Setter<'_>, record: &EventRecord, width: u16) -> Row {
    let mut flow = Flow::new(width);
    let statements = record.statements.len();
    if statements > 0 {
        let word = if statements == 1 {
            Word::Statement
        } else {
            Word::Statements
        };
        let word = say(word, state.settings.lang);
        let count = format!("{} {word}", setter.number(statements));
        flow.put(setter.own(&count, width, Ink::Dim), 0);
    }
    let other = record
        .when
        .as_ref()
        .and_then(|when| dates::beside(when, &state.settings));
    if let Some(other) = other {
        flow.put_if_fits(setter.own(&other, width, Ink::Dim), 2);
    }
    for actor in leading(state, record) {
        let (name, direction) = setter.best(&actor.name);
        let field = setter.line(name, direction, width, Ink::Name);
        if !flow.put_if_fits(field, 2) {
            break;
        }
    }
    flow.rows().into_iter().next().unwrap_or_default()
}

/// The persons of an event, else its bodies and states.
fn leading<'a>(
    state: &'a State,
    record: &EventRecord,
) -> impl Iterator<Item = &'a crate::model::Actor> {
    let header = state.index.store().header();
    let listed = record
        .actors
        .iter()
        .filter(|part| part.role.as_deref() != Some("mentioned"));
    let speakers = record
        .statements
        .iter()
        .filter_map(|said| said.speaker.as_ref());
    let mut actors: Vec<&crate::model::Actor> = Vec::new();
    for actor in speakers.chain(listed.map(|part| &part.actor)) {
        if let ActorRef::Known(id) = actor
            && let Some(actor) = header.actors.get(id.0 as usize)
            && !actors.iter().any(|have| have.id == actor.id)
        {
            actors.push(actor);
        }
    }
    let persons = actors.iter().any(|actor| actor.kind == ActorKind::Person);
    actors
        .into_iter()
        .filter(move |actor| !persons || actor.kind == ActorKind::Person)
}

fn node(record: &EventRecord) -> Node {
    let quoted = |mode: Mode| matches!(mode, Mode::Direct | Mode::Partial);
    if record.statements.iter().any(|said| quoted(said.mode)) {
        Node::Quoted
    } else if record.statements.is_empty() {
        Node::Silent
    } else {
        Node::Told
    }
}
