//! An event of the list, laid out: its date, title and people; kept while the width and the
//! settings stay the same.

use std::collections::HashMap;
use std::sync::Arc;

use crate::app::field::{Align, Field, Ink, Row};
use crate::app::setter::{Flow, Setter, beginning};
use crate::app::{Settings, dates, names};
use crate::model::{Actor, ActorKind, ActorRef, EventId, EventRecord, Mode};
use crate::words::{Word, say};

use super::State;
use super::timeline::EVENT_ROWS;

/// Columns of the rail with its gaps.
const RAIL: u16 = 4;
/// Columns of the rail alone, where the pane is too narrow for dates.
const NARROW_GUTTER: u16 = 3;
/// The narrowest pane with dates.
const DATED: u16 = 24;
/// So many events, and as many again, are kept at most.
const KEPT: usize = 128;

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

/// What is written of an event.
#[derive(Clone, Debug)]
pub struct Laid {
    /// The date in two short lines.
    pub leaf: [String; 2],
    /// The same, laid out.
    pub date: Vec<Field>,
    /// The rows of the screen beside it: title, people.
    pub lines: Vec<Row>,
    /// The sign on the rail.
    pub node: Node,
    /// Column of the rail, from the start edge.
    pub rail: u16,
}

/// Where events are laid out, and those that were.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// Those that were asked for last.
    done: HashMap<EventId, Arc<Laid>>,
    /// Those of before, which are forgotten first.
    before: HashMap<EventId, Arc<Laid>>,
    made_for: Option<Key>,
}

/// What all of them depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    collection: u64,
    width: u16,
    settings: Settings,
    needle: String,
}

impl Desk {
    /// Clears what was laid out for another width or other settings; forgets what was not asked
    /// for since much else was, so that no screen has to be laid out twice.
    pub(super) fn ready(&mut self, state: &State, width: u16) {
        let key = Key {
            collection: state.collection,
            width,
            settings: state.settings.clone(),
            needle: state.search.needle.clone(),
        };
        if self.made_for.as_ref() != Some(&key) {
            self.done.clear();
            self.before.clear();
            self.made_for = Some(key);
        } else if self.done.len() > KEPT {
            self.before = std::mem::take(&mut self.done);
        }
    }

    /// The event, laid out.
    pub(super) fn lay(&mut self, state: &State, event: EventId) -> Arc<Laid> {
        let width = self.made_for.as_ref().map_or(0, |key| key.width);
        let before = &mut self.before;
        let lay = || {
            before
                .remove(&event)
                .unwrap_or_else(|| Arc::new(lay(state, event, width)))
        };
        Arc::clone(self.done.entry(event).or_insert_with(lay))
    }
}

fn lay(state: &State, event: EventId, width: u16) -> Laid {
    let setter = state.setter();
    let leaf_width = dates::leaf_width(&state.settings);
    let (gutter, rail) = if width >= DATED {
        (leaf_width + RAIL, leaf_width + 1)
    } else {
        (NARROW_GUTTER, 1)
    };
    let room = width.saturating_sub(gutter + u16::from(width > gutter + 10));
    let mut laid = Laid {
        leaf: Default::default(),
        date: Vec::new(),
        lines: Vec::new(),
        node: Node::Silent,
        rail,
    };
    let lines = match state.store().event(event) {
        Err(fault) => {
            let says = names::fault(&fault, state.settings.lang);
            vec![vec![setter.own(&says, room, Ink::Alarm)]]
        }
        Ok(record) => {
            laid.node = node(&record);
            if width >= DATED {
                laid.leaf = dates::leaf(record.when.as_ref(), &state.settings);
                laid.date = date(setter, &laid.leaf, leaf_width);
            }
            lines(state, setter, &record, room)
        }
    };
    let moved = |row: Row| row.into_iter().map(|field| field.moved(gutter)).collect();
    laid.lines = lines.into_iter().map(moved).collect();
    laid.lines.resize(EVENT_ROWS.into(), Row::new());
    laid
}

/// The date, its lines ending beside the rail.
fn date(setter: Setter<'_>, leaf: &[String; 2], width: u16) -> Vec<Field> {
    let parts = leaf.iter().zip([Ink::Date, Ink::Dim]);
    let fields = parts.map(|(part, ink)| {
        let field = setter.own(part, width, ink);
        let at_end = width - field.width;
        field.moved(at_end)
    });
    fields.collect()
}

/// The title; under it, where it leaves a row, the people.
fn lines(state: &State, setter: Setter<'_>, record: &EventRecord, width: u16) -> Vec<Row> {
    let title = title(setter, record, width);
    let mut lines: Vec<Row> = title.into_iter().map(|field| vec![field]).collect();
    if lines.len() < usize::from(EVENT_ROWS) {
        lines.push(people(state, setter, record, width));
    }
    lines
}

/// The title on at most two lines, the second one cut.
fn title(setter: Setter<'_>, record: &EventRecord, width: u16) -> Vec<Field> {
    let (text, direction) = setter.best(&record.title);
    let text = beginning(text, EVENT_ROWS * width);
    let mut lines = setter.paragraph(text, direction, width, Ink::Title);
    if lines.len() > usize::from(EVENT_ROWS) {
        let from = lines.get(1).map_or(0, |field| field.line.source.start);
        let rest = text.get(from..).unwrap_or("");
        lines.truncate(1);
        lines.push(setter.line(rest, direction, width, Ink::Title));
    }
    for field in &mut lines {
        field.align = Align::Start;
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
        let field = names::known_field(actor, setter, width, Ink::Name);
        if !flow.put_if_fits(field, 2) {
            break;
        }
    }
    flow.rows().into_iter().next().unwrap_or_default()
}

/// The persons of an event, else its bodies and states.
fn leading<'a>(state: &'a State, record: &EventRecord) -> impl Iterator<Item = &'a Actor> {
    let header = state.index.store().header();
    let listed = record
        .actors
        .iter()
        .filter(|part| part.role.as_deref() != Some("mentioned"));
    let speakers = record
        .statements
        .iter()
        .filter_map(|said| said.speaker.as_ref());
    let mut actors: Vec<&Actor> = Vec::new();
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
