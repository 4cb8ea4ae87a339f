//! The density strip: bars over time, what is on the screen, what a search found.

use super::paint::Painter;
use crate::app::{Area, Ink, State, ticks};

/// Bars by eighths of a row.
const BARS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

pub(super) fn paint(painter: &mut Painter<'_>, state: &State, area: Area) {
    let bars = &state.strip.bars;
    if area.height < 2 || bars.len() != usize::from(area.width) {
        return;
    }
    let rows = area.height - 1;
    let most = bars.iter().copied().max().unwrap_or(0).max(1);
    let window = window(state);
    let cursor = state.day().and_then(|day| state.strip.bar_of(day));
    for (at, count) in bars.iter().enumerate() {
        let on_screen = window.is_some_and(|(first, last)| (first..=last).contains(&at));
        let hit = state.strip.hits.get(at).copied().unwrap_or(false);
        let style = if cursor == Some(at) {
            painter.styles.bar_under_cursor()
        } else if hit {
            painter.styles.ink(Ink::Mark)
        } else if *count > 0 {
            painter.styles.bar(on_screen)
        } else {
            painter.styles.ink(Ink::Faint)
        };
        let eighths = eighths(*count, most, rows);
        let x = painter.column(area, at as u16, 1);
        for row in 0..rows {
            let below = u32::from(rows - 1 - row) * 8;
            let level = eighths.saturating_sub(below).min(8) as usize;
            let bottom = row + 1 == rows;
            let sign = if level == 0 && bottom {
                "▁"
            } else {
                BARS[level.min(8)]
            };
            painter.sign(x, area.y + row, sign, style);
        }
    }
    labels(painter, state, area);
}

/// Height of a bar; one event is seen.
fn eighths(count: u32, most: u32, rows: u16) -> u32 {
    if count == 0 {
        return 0;
    }
    let full = u64::from(rows) * 8;
    ((u64::from(count) * full).div_ceil(u64::from(most)) as u32).max(3)
}

/// Bars of the first and the last event on the screen.
fn window(state: &State) -> Option<(usize, usize)> {
    let (first, last) = state.timeline.window()?;
    let bar = |event| {
        let day = state.store().days(event)?.first;
        state.strip.bar_of(day)
    };
    Some((bar(first)?, bar(last).unwrap_or(state.strip.bars.len())))
}

/// Years, months or days under the bars where they begin.
fn labels(painter: &mut Painter<'_>, state: &State, area: Area) {
    let Some(span) = state.strip.span else {
        return;
    };
    let row = area.height - 1;
    let mut free = 0;
    for (day, label) in ticks(span, area.width, &state.settings) {
        let Some(at) = state.strip.bar_of(day) else {
            continue;
        };
        let at = at as u16;
        let field = painter.setter.own(&label, area.width, Ink::Dim);
        if at >= free && at + field.width <= area.width {
            free = at + field.width + 2;
            painter.field(area, row, &field.moved(at));
        }
    }
}
