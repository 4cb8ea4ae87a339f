//! The facet values: which are shown, how many events each has under the other filters, where the
//! cursor is.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::app::geometry::Area;
use crate::query::{Facet, Index, ValueId, counts, narrow};
use crate::text::order_key;

use super::State;

/// The order of the values of a facet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The most events first.
    #[default]
    Count,
    /// By name, in the reader's alphabet.
    Name,
}

/// The list of facet values.
#[derive(Clone, Debug)]
pub struct Facets {
    /// Open or closed, once the reader said so; else open where there is room.
    pub open: Option<bool>,
    /// Only values with this in their name.
    pub typed: String,
    /// The order of values.
    pub sort: Sort,
    /// Facets with all their values on the list.
    pub unfolded: BTreeSet<Facet>,
    /// Position of the cursor in `lines`.
    pub cursor: usize,
    /// First line on the screen.
    pub top: usize,
    /// All lines.
    pub lines: Vec<Line>,
    /// The counts are to be taken again.
    pub stale: bool,
    height: usize,
}

impl Default for Facets {
    fn default() -> Self {
        Self {
            open: None,
            typed: String::new(),
            sort: Sort::default(),
            unfolded: BTreeSet::new(),
            cursor: 0,
            top: 0,
            lines: Vec::new(),
            stale: true,
            height: 0,
        }
    }
}

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A blank before a heading.
    Blank,
    /// The name of a facet.
    Heading(Facet),
    /// A value and the number of its events.
    Value {
        /// Which facet.
        facet: Facet,
        /// Which value.
        value: ValueId,
        /// Events under it that the other filters let through.
        count: u32,
        /// The most events of any value of the facet.
        most: u32,
    },
    /// So many more values of the facet.
    More(Facet, usize),
}

/// Values of a facet that stand on the list before the reader asks for more.
const FIRST: usize = 12;

impl Facets {
    /// The value under the cursor.
    pub fn value(&self) -> Option<(Facet, ValueId)> {
        match self.lines.get(self.cursor)? {
            Line::Value { facet, value, .. } => Some((*facet, *value)),
            Line::Blank | Line::Heading(_) | Line::More(..) => None,
        }
    }

    /// Puts all values of the facet on the list whose last line is under the cursor; false
    /// elsewhere.
    pub fn unfold(&mut self) -> bool {
        let Some(Line::More(facet, _)) = self.lines.get(self.cursor) else {
            return false;
        };
        self.unfolded.insert(*facet);
        self.stale = true;
        true
    }

    /// Rows of a page.
    pub fn page(&self) -> usize {
        self.height.max(1)
    }

    /// Moves the cursor over `steps` values.
    pub fn step(&mut self, steps: isize) {
        let values = self.values();
        let at = values.partition_point(|line| *line < self.cursor);
        let to = at
            .saturating_add_signed(steps)
            .min(values.len().saturating_sub(1));
        self.cursor = values.get(to).copied().unwrap_or(0);
    }

    /// To the first value of the next facet, or of the one before.
    pub fn step_facet(&mut self, forward: bool) {
        let headings = self.lines.iter().enumerate();
        let headings: Vec<usize> = headings
            .filter(|(_, line)| matches!(line, Line::Heading(_)))
            .map(|(at, _)| at)
            .collect();
        let own = headings
            .partition_point(|at| *at < self.cursor)
            .saturating_sub(1);
        let to = if forward {
            own + 1
        } else {
            own.saturating_sub(1)
        };
        if let Some(heading) = headings.get(to) {
            self.cursor = heading + 1;
        }
    }

    fn values(&self) -> Vec<usize> {
        let lines = self.lines.iter().enumerate();
        lines
            .filter(|(_, line)| matches!(line, Line::Value { .. } | Line::More(..)))
            .map(|(at, _)| at)
            .collect()
    }
}

pub(super) fn settle(state: &mut State, area: Option<Area>) {
    let Some(area) = area else {
        return;
    };
    if state.facets.stale {
        let own = state.facets.value();
        state.facets.lines = lines(state);
        state.facets.stale = false;
        let again = |line: &Line| matches!(line, Line::Value { facet, value, .. } if Some((*facet, *value)) == own);
        if let Some(at) = state.facets.lines.iter().position(again) {
            state.facets.cursor = at;
        }
    }
    let facets = &mut state.facets;
    facets.height = usize::from(area.under_heading().height);
    facets.step(0);
    let heading = facets.cursor.saturating_sub(1);
    facets.top = facets
        .top
        .max((facets.cursor + 1).saturating_sub(facets.height))
        .min(heading)
        .min(facets.lines.len().saturating_sub(facets.height));
}

fn lines(state: &State) -> Vec<Line> {
    let mut lines = Vec::new();
    for facet in Facet::ALL {
        let values = values(state, facet);
        if values.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(Line::Blank);
        }
        lines.push(Line::Heading(facet));
        let most = values.iter().map(|(_, count)| *count).max().unwrap_or(0);
        let (shown, hidden) = folded(state, facet, values);
        lines.extend(shown.into_iter().map(|(value, count)| Line::Value {
            facet,
            value,
            count,
            most,
        }));
        if hidden > 0 {
            lines.push(Line::More(facet, hidden));
        }
    }
    lines
}

/// The first values and the chosen ones, and how many are left; all once the reader asked for them.
fn folded(
    state: &State,
    facet: Facet,
    values: Vec<(ValueId, u32)>,
) -> (Vec<(ValueId, u32)>, usize) {
    if state.facets.unfolded.contains(&facet) || values.len() <= FIRST + 1 {
        return (values, 0);
    }
    let pick = state.filter.pick(facet);
    let chosen = |value: &ValueId| pick.include.contains(value) || pick.exclude.contains(value);
    let all = values.len();
    let ranked = values.into_iter().enumerate();
    let shown: Vec<_> = ranked
        .filter(|(rank, (value, _))| *rank < FIRST || chosen(value))
        .map(|(_, value)| value)
        .collect();
    let hidden = all - shown.len();
    (shown, hidden)
}

/// The values to show: those typed for, with events or chosen.
fn values(state: &State, facet: Facet) -> Vec<(ValueId, u32)> {
    let index: &Index = &state.index;
    let counts = counts(index, &state.filter, facet);
    let pick = state.filter.pick(facet);
    let count = |value: ValueId| counts.get(value.0 as usize).copied().unwrap_or(0);
    let mut values: Vec<(ValueId, u32)> = narrow(index, facet, &state.facets.typed)
        .into_iter()
        .map(|value| (value, count(value)))
        .filter(|(value, count)| {
            *count > 0 || pick.include.contains(value) || pick.exclude.contains(value)
        })
        .collect();
    match state.facets.sort {
        Sort::Count => values.sort_by_key(|(_, count)| Reverse(*count)),
        Sort::Name => {
            let lang = state.settings.lang.tag();
            values.sort_by_cached_key(|(value, _)| {
                let label = index.label(facet, *value);
                order_key(label.best(lang).map_or("", |(_, name)| name))
            });
        }
    }
    values
}
