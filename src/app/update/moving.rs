//! Moving the cursor of whatever is in front.

use super::comparing;
use crate::app::Move;
use crate::app::dates;
use crate::app::state::{Focus, Mode, State};
use crate::calendar::Unit;
use crate::words::{Word, say};

pub(super) fn act(state: &mut State, step: Move) {
    match step {
        Move::NextEvent => by(state, 1),
        Move::PreviousEvent => by(state, -1),
        Move::NextDay => to_next(state, true, Unit::Day),
        Move::PreviousDay => to_next(state, false, Unit::Day),
        Move::NextMonth => to_next(state, true, Unit::Month),
        Move::PreviousMonth => to_next(state, false, Unit::Month),
        Move::NextYear => to_next(state, true, Unit::Year),
        Move::PreviousYear => to_next(state, false, Unit::Year),
        Move::Down
        | Move::Up
        | Move::HalfDown
        | Move::HalfUp
        | Move::PageDown
        | Move::PageUp
        | Move::First
        | Move::Last => in_front(state, step),
    }
}

fn in_front(state: &mut State, step: Move) {
    if matches!(state.mode, Mode::Comparing(_)) {
        return comparing::step(state, step);
    }
    match state.focus {
        Focus::Timeline => in_timeline(state, step),
        Focus::Detail => in_detail(state, step),
        Focus::Facets => in_facets(state, step),
    }
}

/// How far a step goes: a line, half a page, a page, all.
pub(super) fn distance(step: Move, page: usize) -> isize {
    let page = page.max(2) as isize;
    match step {
        Move::Down => 1,
        Move::Up => -1,
        Move::HalfDown => page / 2,
        Move::HalfUp => -page / 2,
        Move::PageDown => page - 1,
        Move::PageUp => 1 - page,
        Move::First => isize::MIN / 2,
        Move::Last => isize::MAX / 2,
        Move::NextEvent
        | Move::PreviousEvent
        | Move::NextDay
        | Move::PreviousDay
        | Move::NextMonth
        | Move::PreviousMonth
        | Move::NextYear
        | Move::PreviousYear => 0,
    }
}

fn by(state: &mut State, rows: isize) {
    let last = state.rows.len().saturating_sub(1) as isize;
    let to = (state.timeline.cursor as isize)
        .saturating_add(rows)
        .clamp(0, last);
    state.timeline.cursor = to as u32;
}

fn in_timeline(state: &mut State, step: Move) {
    let page = state.timeline.events_on_screen();
    by(state, distance(step, page));
}

fn in_detail(state: &mut State, step: Move) {
    let detail = &mut state.detail;
    match step {
        Move::Down => detail.down(),
        Move::Up => detail.up(),
        Move::First => detail.first(),
        Move::Last => detail.last(),
        Move::HalfDown
        | Move::HalfUp
        | Move::PageDown
        | Move::PageUp
        | Move::NextEvent
        | Move::PreviousEvent
        | Move::NextDay
        | Move::PreviousDay
        | Move::NextMonth
        | Move::PreviousMonth
        | Move::NextYear
        | Move::PreviousYear => detail.scroll_by(distance(step, detail.height)),
    }
}

fn in_facets(state: &mut State, step: Move) {
    let page = state.facets.page();
    state.facets.step(distance(step, page));
}

/// To the first event of the next day, month or year that has one; back to the first of the one
/// before.
fn to_next(state: &mut State, forward: bool, unit: Unit) {
    let start_of = |state: &State, row: u32| {
        let event = state.rows.event_at(row)?;
        let first = state.store().days(event)?.first;
        Some(dates::beginning(unit, first, &state.settings))
    };
    let own = start_of(state, state.timeline.cursor);
    let len = state.rows.len();
    // Rows are in order of first days, so halving finds the border between two periods.
    let border = |state: &State, start: Option<i32>, past: bool| {
        let (mut low, mut high) = (0, len);
        while low < high {
            let middle = low + (high - low) / 2;
            let before = match (start_of(state, middle), start) {
                (Some(there), Some(here)) => there < here || past && there == here,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => past,
            };
            if before {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    };
    let to = if forward {
        Some(border(state, own, true)).filter(|row| *row < len)
    } else {
        let first = border(state, own, false);
        let before = first.checked_sub(1).map(|row| start_of(state, row));
        before.map(|start| border(state, start, false))
    };
    match to {
        Some(row) => {
            state.remember();
            state.timeline.cursor = row;
        }
        None => state.tell(say(Word::NoFurther, state.settings.lang)),
    }
}
