//! Statements side by side: which ones, laid out, and how far each is scrolled.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::app::Settings;
use crate::app::geometry::Area;
use crate::app::setter::words;
use crate::model::{ActorRef, EventId, EventRecord, Statement};
use crate::query::{Filter, Rows, rows};

use super::page::{Page, original, statement_page};
use super::{Mode, State, StatementId};

/// Statements that stand side by side at most.
pub const MOST: usize = 4;
/// The narrowest column.
const NARROWEST: u16 = 30;
/// Columns between two columns: blank, rule, blank.
const GAP: u16 = 3;
/// Events looked at in each direction for what else was said.
const REACH: u32 = 500;
/// Letters of the shortest word that counts as shared.
const SHORTEST: usize = 3;

/// Which statements are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// The marked ones.
    Marked,
    /// What the same speaker said before and after.
    SameSpeaker,
    /// What others said in the same event.
    SameEvent,
    /// What others carried of the same days.
    OtherCarriers,
}

impl Selection {
    /// All of them, in the order that the key goes through.
    pub const ALL: [Self; 4] = [
        Self::Marked,
        Self::SameSpeaker,
        Self::SameEvent,
        Self::OtherCarriers,
    ];
}

/// Statements side by side.
#[derive(Clone, Debug)]
pub struct Compare {
    /// The statement that the comparison began with.
    pub base: StatementId,
    /// Which statements.
    pub selection: Selection,
    /// Them, in order of time.
    pub columns: Vec<Column>,
    /// The one in front.
    pub front: usize,
    /// Scrolling moves all of them.
    pub together: bool,
    made_for: Option<(Settings, Area)>,
}

/// A statement, laid out.
#[derive(Clone, Debug)]
pub struct Column {
    /// Which one.
    pub id: StatementId,
    /// Where on the screen.
    pub area: Area,
    /// Its words, who, when, from where.
    pub page: Arc<Page>,
    /// First row on the screen.
    pub scroll: usize,
}

impl Compare {
    /// `base` beside what `selection` finds; `None` when there is nothing to put beside it.
    pub fn new(state: &State, base: StatementId, selection: Selection) -> Option<Self> {
        let found = find(state, base, selection);
        if found.len() < 2 {
            return None;
        }
        let column = |id: &StatementId| Column {
            id: *id,
            area: Area::default(),
            page: Arc::default(),
            scroll: 0,
        };
        Some(Self {
            base,
            selection,
            front: found.iter().position(|id| *id == base).unwrap_or(0),
            columns: found.iter().map(column).collect(),
            together: true,
            made_for: None,
        })
    }

    /// Follows its statements into another collection; false when one is not there.
    pub(super) fn carry(&mut self, to: impl Fn(StatementId) -> Option<StatementId>) -> bool {
        let ids = self.columns.iter().map(|column| to(column.id));
        let (Some(base), Some(ids)) = (to(self.base), ids.collect::<Option<Vec<_>>>()) else {
            return false;
        };
        self.base = base;
        for (column, id) in self.columns.iter_mut().zip(ids) {
            column.id = id;
        }
        true
    }

    /// The next selection that finds something.
    pub fn next(&self, state: &State) -> Option<Self> {
        let all = Selection::ALL;
        let own = all
            .iter()
            .position(|one| *one == self.selection)
            .unwrap_or(0);
        let mut order = (1..all.len()).filter_map(|step| all.get((own + step) % all.len()));
        order.find_map(|selection| Self::new(state, self.base, *selection))
    }

    /// Scrolls the statement in front, or all.
    pub fn scroll(&mut self, rows: isize) {
        for (at, column) in self.columns.iter_mut().enumerate() {
            if self.together || at == self.front {
                let end = column
                    .page
                    .rows
                    .len()
                    .saturating_sub(column.area.height.into());
                column.scroll = column.scroll.saturating_add_signed(rows).min(end);
            }
        }
    }

    /// The statement in front.
    pub fn statement(&self) -> Option<StatementId> {
        self.columns.get(self.front).map(|column| column.id)
    }
}

/// Statements in order of time, `base` among them.
fn find(state: &State, base: StatementId, selection: Selection) -> Vec<StatementId> {
    let mut found = match selection {
        Selection::Marked => state.marks.clone(),
        Selection::SameSpeaker => same_speaker(state, base),
        Selection::SameEvent => same_event(state, base),
        Selection::OtherCarriers => other_carriers(state, base),
    };
    found.sort_unstable();
    found.dedup();
    found.truncate(MOST);
    found
}

fn record(state: &State, event: EventId) -> Option<Arc<EventRecord>> {
    state.store().event(event).ok()
}

/// The last statement of the speaker before this one and the first ones after.
fn same_speaker(state: &State, base: StatementId) -> Vec<StatementId> {
    let Some(own) = record(state, base.event) else {
        return Vec::new();
    };
    let speaker = own
        .statements
        .get(base.statement)
        .and_then(|said| said.speaker.clone());
    if speaker.is_none() {
        return Vec::new();
    }
    let of_speaker = |event: EventId| -> Vec<StatementId> {
        let Some(record) = record(state, event) else {
            return Vec::new();
        };
        let statements = record.statements.iter().enumerate();
        statements
            .filter(|(_, said)| said.speaker == speaker)
            .map(|(statement, _)| StatementId { event, statement })
            .collect()
    };
    let here = of_speaker(base.event);
    let rows = rows_of(state, speaker.as_ref());
    let row = rows.before(base.event);
    let before = (row.saturating_sub(REACH)..row).rev();
    let after = row..row.saturating_add(REACH).min(rows.len());
    let earlier = before
        .filter_map(|row| rows.event_at(row))
        .flat_map(|event| of_speaker(event).into_iter().rev());
    let later = after
        .filter_map(|row| rows.event_at(row))
        .filter(|event| *event != base.event)
        .flat_map(of_speaker);
    let own_earlier = here.iter().rev().filter(|id| **id < base).copied();
    let own_later = here.iter().filter(|id| **id > base).copied();
    let mut found = vec![base];
    found.extend(own_earlier.chain(earlier).take(1));
    found.extend(own_later.chain(later).take(1));
    found
}

/// The events in which `speaker` speaks; all when the file does not define them.
fn rows_of(state: &State, speaker: Option<&ActorRef>) -> Rows {
    let known = match speaker {
        Some(ActorRef::Known(id)) => state.index.of_actor(*id),
        Some(ActorRef::Unknown(_)) | None => None,
    };
    let mut filter = Filter::default();
    filter.speaking_only = true;
    if let Some((facet, value)) = known {
        filter.only(facet, value);
    }
    rows(&state.index, &filter)
}

/// What others said in the event.
fn same_event(state: &State, base: StatementId) -> Vec<StatementId> {
    let Some(record) = record(state, base.event) else {
        return Vec::new();
    };
    let speaker = record
        .statements
        .get(base.statement)
        .map(|said| &said.speaker);
    let mut seen = vec![speaker];
    let mut found = vec![base];
    for (statement, said) in record.statements.iter().enumerate() {
        if !seen.contains(&Some(&said.speaker)) && found.len() < MOST {
            seen.push(Some(&said.speaker));
            found.push(StatementId {
                event: base.event,
                statement,
            });
        }
    }
    found
}

/// What was said on the same days and came through others.
fn other_carriers(state: &State, base: StatementId) -> Vec<StatementId> {
    let Some(own) = record(state, base.event) else {
        return Vec::new();
    };
    let (Some(said), Some(days)) = (
        own.statements.get(base.statement),
        state.store().days(base.event),
    ) else {
        return Vec::new();
    };
    let carriers = |said: &Statement| (said.via.clone(), said.source.clone());
    let mut seen = vec![carriers(said)];
    let mut found = vec![base];
    let near = base.event.0.saturating_sub(REACH)..(base.event.0 + REACH).min(state.index.len());
    for event in near.map(EventId) {
        let meets = state
            .store()
            .days(event)
            .is_some_and(|other| other.first <= days.last && days.first <= other.last);
        let Some(record) = meets.then(|| record(state, event)).flatten() else {
            continue;
        };
        for (statement, other) in record.statements.iter().enumerate() {
            if found.len() < MOST && !seen.contains(&carriers(other)) {
                seen.push(carriers(other));
                found.push(StatementId { event, statement });
            }
        }
    }
    found
}

pub(super) fn settle(state: &mut State, body: Area) {
    let Mode::Comparing(compare) = &state.mode else {
        return;
    };
    let mut compare = compare.as_ref().clone();
    let wanted = (state.settings.clone(), body);
    if compare.made_for.as_ref() != Some(&wanted) {
        let beside = place(&mut compare, body, state.rtl());
        let shared = shared(state, &compare);
        for column in &mut compare.columns {
            let page = statement_page(state, column.id, column.area.width, &shared, !beside);
            column.page = Arc::new(page);
        }
        compare.made_for = Some(wanted);
    }
    compare.front = compare.front.min(compare.columns.len().saturating_sub(1));
    compare.scroll(0);
    state.mode = Mode::Comparing(Box::new(compare));
}

/// Side by side where there is room (true), else one above the other.
fn place(compare: &mut Compare, body: Area, rtl: bool) -> bool {
    // The first two rows say what is compared.
    let body = body.rows(2, body.height);
    let count = compare.columns.len().max(1) as u16;
    let wide = body.width >= count * NARROWEST + (count - 1) * GAP;
    let width = (body.width.saturating_sub((count - 1) * GAP)) / count;
    let height = body.height.saturating_sub(count - 1) / count;
    for (at, column) in compare.columns.iter_mut().enumerate() {
        let at = at as u16;
        column.area = if wide {
            let from = if rtl { count - 1 - at } else { at };
            Area {
                x: body.x + from * (width + GAP),
                width,
                ..body
            }
        } else {
            body.rows(at * (height + 1), height)
        };
    }
    wide
}

/// Words that at least two of the statements have.
fn shared(state: &State, compare: &Compare) -> BTreeSet<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for column in &compare.columns {
        let Some(record) = record(state, column.id.event) else {
            continue;
        };
        let text = record
            .statements
            .get(column.id.statement)
            .and_then(|said| original(said, state.settings.lang));
        let own: BTreeSet<String> = words(text.map_or("", |(_, text)| text))
            .map(|(_, word)| word)
            .filter(|word| word.chars().count() >= SHORTEST)
            .collect();
        for word in own {
            *seen.entry(word).or_default() += 1;
        }
    }
    let shared = seen.into_iter().filter(|(_, count)| *count > 1);
    shared.map(|(word, _)| word).collect()
}
