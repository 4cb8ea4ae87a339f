//! What the mouse does: a click chooses, a second one opens, the wheel scrolls what is under it,
//! the divider is dragged, a bar of the strip is a place in time.

use super::{Effect, act};
use crate::app::geometry::{Area, Areas};
use crate::app::state::{FacetLine, Focus, Mode, State};
use crate::app::{Action, Mouse, MouseKind, Narrow};

/// Rows that one turn of the wheel moves.
const WHEEL: isize = 3;

pub(super) fn take(state: &mut State, mouse: Mouse) -> Vec<Effect> {
    match (&mut state.mode, mouse.kind) {
        (Mode::Comparing(compare), MouseKind::WheelDown) => compare.scroll(WHEEL),
        (Mode::Comparing(compare), MouseKind::WheelUp) => compare.scroll(-WHEEL),
        (Mode::Comparing(compare), MouseKind::Press) => {
            let under = |area: &Area| area.holds(mouse.column, mouse.row);
            let at = compare
                .columns
                .iter()
                .position(|column| under(&column.area));
            compare.front = at.unwrap_or(compare.front);
        }
        (Mode::Choosing(choice), MouseKind::WheelDown) => choice.step(WHEEL),
        (Mode::Choosing(choice), MouseKind::WheelUp) => choice.step(-WHEEL),
        (Mode::Reading | Mode::Typing(_), _) => return on_panes(state, mouse),
        (Mode::Comparing(_) | Mode::Choosing(_), _) => {}
    }
    Vec::new()
}

fn on_panes(state: &mut State, mouse: Mouse) -> Vec<Effect> {
    let areas = Areas::of(state);
    let under = areas
        .panes()
        .into_iter()
        .find(|(_, area)| area.holds(mouse.column, mouse.row));
    match mouse.kind {
        MouseKind::WheelDown => wheel(state, under, 1),
        MouseKind::WheelUp => wheel(state, under, -1),
        MouseKind::Press => return press(state, &areas, under, mouse),
        MouseKind::Drag => drag(state, &areas, mouse),
        MouseKind::Release => state.dragging = false,
    }
    Vec::new()
}

fn wheel(state: &mut State, under: Option<(Focus, Area)>, way: isize) {
    match under {
        Some((Focus::Timeline, _)) => state.timeline_scroll(way),
        Some((Focus::Detail, _)) => state.detail.scroll_by(way * WHEEL),
        Some((Focus::Facets, _)) => state.facets.step(way * WHEEL),
        None => {}
    }
}

fn press(
    state: &mut State,
    areas: &Areas,
    under: Option<(Focus, Area)>,
    mouse: Mouse,
) -> Vec<Effect> {
    state.notice = None;
    if areas.body.holds(mouse.column, mouse.row) && areas.rules.contains(&mouse.column) {
        state.dragging = true;
        return Vec::new();
    }
    if areas.strip.holds(mouse.column, mouse.row) {
        go_to_bar(state, areas.strip, mouse.column);
        return Vec::new();
    }
    let Some((focus, area)) = under else {
        return Vec::new();
    };
    let had_focus = state.focus == focus;
    state.focus = focus;
    let row = mouse.row - area.y;
    match focus {
        Focus::Timeline => {
            if let Some(row) = state.timeline.row_at(row) {
                if had_focus && row == state.timeline.cursor {
                    return act(state, Action::Go(crate::app::Go::Open));
                }
                state.timeline.cursor = row;
            }
        }
        Focus::Detail => {
            let row = state.detail.scroll + usize::from(row);
            state.detail.card = state.detail.card_at(row).unwrap_or(state.detail.card);
        }
        Focus::Facets => {
            let list = area.under_heading();
            let line = state.facets.top + usize::from(mouse.row.saturating_sub(list.y));
            if mouse.row >= list.y
                && matches!(
                    state.facets.lines.get(line),
                    Some(FacetLine::Value { .. } | FacetLine::More(..))
                )
            {
                state.facets.cursor = line;
                return act(state, Action::Narrow(Narrow::Include));
            }
        }
    }
    Vec::new()
}

fn go_to_bar(state: &mut State, strip: Area, column: u16) {
    let at = column - strip.x;
    let at = if state.rtl() {
        strip.width - 1 - at
    } else {
        at
    };
    if let Some(day) = state.strip.day_of(at.into()) {
        state.remember();
        state.go_to_day(day);
    }
}

/// Moves the divider next to the timeline.
fn drag(state: &mut State, areas: &Areas, mouse: Mouse) {
    let (true, Some(timeline), Some(second)) = (
        state.dragging,
        areas.timeline,
        areas.detail.or(areas.facets),
    ) else {
        return;
    };
    let both = u32::from(timeline.width + second.width);
    let columns = if state.rtl() {
        (timeline.x + timeline.width).saturating_sub(mouse.column + 2)
    } else {
        mouse.column.saturating_sub(timeline.x + 1)
    };
    let percent = u32::from(columns) * 100 / both.max(1);
    state.split = Some(percent.clamp(20, 80) as u8);
}
