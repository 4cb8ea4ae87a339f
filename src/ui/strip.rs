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
    let cursor = state.day().and_then(|day| state.strip.bars_of(day));
    let under_cursor = |at: usize| cursor.as_ref().is_some_and(|bars| bars.contains(&at));
    for (at, count) in bars.iter().enumerate() {
        let on_screen = window.is_some_and(|(first, last)| (first..=last).contains(&at));
        let hit = state.strip.hits.get(at).copied().unwrap_or(false);
        let style = if under_cursor(at) || hit {
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
    labels(
        painter,
        state,
        area,
        cursor.map(|bars| *bars.start() as u16),
    );
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
    let bars = |event| {
        let day = state.store().days(event)?.first;
        state.strip.bars_of(day)
    };
    let end = state.strip.bars.len();
    Some((
        *bars(first)?.start(),
        bars(last).map_or(end, |bars| *bars.end()),
    ))
}

/// Years, months or days under the bars where they begin, and a sign under the cursor's bar.
fn labels(painter: &mut Painter<'_>, state: &State, area: Area, cursor: Option<u16>) {
    let row = area.height - 1;
    if let Some(at) = cursor {
        let x = painter.column(area, at, 1);
        let style = painter.styles.ink(Ink::Mark);
        painter.sign(x, area.y + row, "▴", style);
    }
    let Some(span) = state.strip.span else {
        return;
    };
    let mut free = 0;
    for (day, label) in ticks(span, area.width, &state.settings) {
        let Some(at) = state.strip.bars_of(day).map(|bars| *bars.start() as u16) else {
            continue;
        };
        let field = painter.setter.own(&label, area.width, Ink::Dim);
        let end = at + field.width;
        let on_cursor = cursor.is_some_and(|cursor| (at..=end).contains(&(cursor + 1)));
        if at >= free && end <= area.width && !on_cursor {
            free = end + 2;
            painter.field(area, row, &field.moved(at));
        }
    }
}
