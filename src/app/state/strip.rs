//! The histogram of the whole range: how many events begin in each part of it.

use std::ops::RangeInclusive;

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
    /// The parts of the strip that `day` lies in: one of them, or several when there are more
    /// parts than days.
    pub fn bars_of(&self, day: i32) -> Option<RangeInclusive<usize>> {
        let span = self.span?;
        if self.bars.is_empty() || day < span.first || day > span.last {
            return None;
        }
        let from = i64::from(day) - i64::from(span.first);
        let (parts, length) = (self.bars.len() as i64, length(span));
        let last = ((from + 1) * parts - 1) / length;
        let first = (from * parts + length - 1) / length;
        Some(first.min(last) as usize..=last as usize)
    }

    /// The first day of a part.
    pub fn day_of(&self, bar: usize) -> Option<i32> {
        let span = self.span?;
        let from = bar as i64 * length(span) / self.bars.len().max(1) as i64;
        Some((i64::from(span.first) + from) as i32)
    }

    /// A day that is several parts wide has the same bar in all of them.
    fn widen(&mut self) {
        for bar in (0..self.bars.len()).rev() {
            let parts = self.day_of(bar).and_then(|day| self.bars_of(day));
            let last = parts.map_or(bar, |parts| *parts.end());
            self.bars[bar] = self.bars.get(last).copied().unwrap_or(0);
            if let Some(hit) = self.hits.get(last).copied() {
                self.hits[bar] = hit;
            }
        }
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
    if length(span) < bars as i64 {
        strip.widen();
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(days: i32, bars: usize) -> Strip {
        Strip {
            span: Some(DaySpan {
                first: 100,
                last: 99 + days,
            }),
            bars: vec![0; bars],
            ..Strip::default()
        }
    }

    #[test]
    fn a_day_and_its_bar_find_each_other() {
        for (days, bars) in [(10, 5), (10, 10), (1000, 78), (31, 78), (3, 78), (1, 1)] {
            let strip = strip(days, bars);
            for day in 100..100 + days {
                let own = strip.bars_of(day).expect("on the strip");
                let first = strip.day_of(*own.end()).expect("a day");
                assert!(first <= day, "{days} days, {bars} bars, day {day}");
                if bars as i32 >= days {
                    assert_eq!(first, day);
                }
            }
            assert_eq!(strip.bars_of(100 + days), None);
        }
    }
}
