//! The histogram of the whole range: how many events begin in each part of it.

use crate::app::geometry::Area;
use crate::model::DaySpan;
use crate::query::histogram;

use super::State;

/// How much time is on the strip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zoom {
    /// The whole range.
    #[default]
    All,
    /// Ten years around the cursor.
    Decade,
    /// A year around the cursor.
    Year,
    /// A month around the cursor.
    Month,
}

impl Zoom {
    const ALL: [Self; 4] = [Self::All, Self::Decade, Self::Year, Self::Month];

    /// Days on the strip; `None` for all.
    const fn days(self) -> Option<i32> {
        match self {
            Self::All => None,
            Self::Decade => Some(3653),
            Self::Year => Some(366),
            Self::Month => Some(31),
        }
    }
}

/// The histogram.
#[derive(Clone, Debug, Default)]
pub struct Strip {
    /// How much time is on it.
    pub zoom: Zoom,
    /// From the first to the last day on it.
    pub span: Option<DaySpan>,
    /// Events that begin in each part, the earliest first.
    pub bars: Vec<u32>,
    /// Which parts have events that a search found.
    pub hits: Vec<bool>,
    /// The bars are to be counted again.
    pub stale: bool,
    width: u16,
}

impl Strip {
    /// The part of the strip that `day` lies in.
    pub fn bar_of(&self, day: i32) -> Option<usize> {
        let span = self.span?;
        if self.bars.is_empty() || day < span.first || day > span.last {
            return None;
        }
        let from = i64::from(day) - i64::from(span.first);
        Some((from * self.bars.len() as i64 / length(span)) as usize)
    }

    /// The first day of a part.
    pub fn day_of(&self, bar: usize) -> Option<i32> {
        let span = self.span?;
        let parts = self.bars.len().max(1) as i64;
        let from = (bar as i64 * length(span) + parts - 1) / parts;
        Some((i64::from(span.first) + from) as i32)
    }
}

fn length(span: DaySpan) -> i64 {
    i64::from(span.last) - i64::from(span.first) + 1
}

impl State {
    /// Shows less time on the strip (`closer`) or more.
    pub fn zoom(&mut self, closer: bool) {
        let at = Zoom::ALL
            .iter()
            .position(|zoom| *zoom == self.strip.zoom)
            .unwrap_or(0);
        let to = if closer { at + 1 } else { at.saturating_sub(1) };
        self.strip.zoom = Zoom::ALL.get(to).copied().unwrap_or(self.strip.zoom);
        self.strip.stale = true;
    }
}

pub(super) fn settle(state: &mut State, area: Area) {
    let span = span(state);
    let strip = &mut state.strip;
    if area.is_empty() || strip.width == area.width && strip.span == span && !strip.stale {
        return;
    }
    strip.width = area.width;
    strip.stale = false;
    strip.span = span;
    let Some(span) = span else {
        strip.bars = Vec::new();
        return;
    };
    let bars = usize::from(area.width);
    strip.bars = histogram(&state.index, &state.rows, span, bars);
    let found = state.search.found.as_ref();
    let found = found.map(|rows| histogram(&state.index, rows, span, bars));
    strip.hits = found.map_or_else(Vec::new, |found| {
        found.iter().map(|count| *count > 0).collect()
    });
}

/// The days on the strip: all with events, or those around the cursor.
fn span(state: &State) -> Option<DaySpan> {
    let days = state.store().all_days();
    let known = |day: &&i32| **day != i32::MIN;
    let whole = DaySpan {
        first: *days.first_days().iter().find(known)?,
        last: *days.first_days().iter().rfind(known)?,
    };
    let Some(length) = state.strip.zoom.days() else {
        return Some(whole);
    };
    let here = state
        .event()
        .and_then(|event| state.store().days(event))
        .map_or(whole.last, |days| days.first.clamp(whole.first, whole.last));
    // The strip moves by halves of itself, so that it stands still under small steps.
    let half = length / 2;
    let first = (here.div_euclid(half) * half).saturating_sub(half / 2);
    Some(DaySpan {
        first,
        last: first + length - 1,
    })
}
