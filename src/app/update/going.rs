//! Which pane or list is in front, and the history of views.

use super::comparing;
use crate::app::geometry::Areas;
use crate::app::state::{Asking, Choice, Focus, Kind, Mode, Prompt, State};
use crate::app::{Effect, Go};
use crate::words::{Word, say};

pub(super) fn act(state: &mut State, way: Go) -> Vec<Effect> {
    match way {
        Go::Open => open(state),
        Go::Back => return back(state),
        Go::NextPane => turn(state, true),
        Go::PreviousPane => turn(state, false),
        Go::LeftPane => aside(state, false),
        Go::RightPane => aside(state, true),
        Go::Date => state.mode = Mode::Typing(Box::new(Prompt::new(Asking::Date, ""))),
        Go::Earlier => {
            let went = state.go_back();
            say_end(state, went);
        }
        Go::Later => {
            let went = state.go_forward();
            say_end(state, went);
        }
        Go::Help => state.mode = Mode::Choosing(Box::new(Choice::new(Kind::Help))),
        Go::Palette => state.mode = Mode::Choosing(Box::new(Choice::new(Kind::Palette))),
        Go::Warnings => list(
            state,
            Kind::Warnings,
            state.warnings.is_empty(),
            Word::NoWarnings,
        ),
    }
    Vec::new()
}

/// Opens a list, or says that there is nothing in it.
pub(super) fn list(state: &mut State, kind: Kind, empty: bool, says: Word) {
    if empty {
        state.tell(say(says, state.settings.lang));
    } else {
        state.mode = Mode::Choosing(Box::new(Choice::new(kind)));
    }
}

fn say_end(state: &mut State, went: bool) {
    if !went {
        state.tell(say(Word::EndOfHistory, state.settings.lang));
    }
}

fn open(state: &mut State) {
    if matches!(state.mode, Mode::Comparing(_)) {
        return comparing::open(state);
    }
    if state.focus == Focus::Timeline && state.event().is_some() {
        show_detail(state);
        state.focus = Focus::Detail;
    }
}

/// Makes room for the detail where the facets stand in its place.
fn show_detail(state: &mut State) {
    if state.facets_open() && !Areas::has_room_for_facets(state.size.0) {
        state.facets.open = Some(false);
    }
}

/// One step back: the comparison, the facets, the event, the search, the context, reading the data,
/// in this order.
fn back(state: &mut State) -> Vec<Effect> {
    if matches!(state.mode, Mode::Comparing(_)) {
        state.mode = Mode::Reading;
    } else if state.focus == Focus::Facets {
        leave_facets(state);
    } else if state.focus == Focus::Detail {
        state.focus = Focus::Timeline;
    } else if !state.search.needle.is_empty() {
        state.stop_search();
    } else if let Some(view) = state.out_of_context.take() {
        state.restore(view);
    } else if state.loading.is_some() {
        return vec![Effect::StopReading];
    }
    Vec::new()
}

fn leave_facets(state: &mut State) {
    if !state.facets.typed.is_empty() {
        state.facets.typed.clear();
        state.facets.stale = true;
        return;
    }
    if !Areas::has_room_for_facets(state.size.0) {
        state.facets.open = Some(false);
    }
    state.focus = Focus::Timeline;
}

/// The panes that can have the focus, in the order of reading.
fn panes(state: &State) -> Vec<Focus> {
    let mut panes = vec![Focus::Timeline];
    let in_place = state.facets_open() && !Areas::has_room_for_facets(state.size.0);
    if !in_place {
        panes.push(Focus::Detail);
    }
    if state.facets_open() {
        panes.push(Focus::Facets);
    }
    panes
}

fn turn(state: &mut State, forward: bool) {
    if matches!(state.mode, Mode::Comparing(_)) {
        return comparing::turn(state, forward);
    }
    let panes = panes(state);
    let at = panes
        .iter()
        .position(|pane| *pane == state.focus)
        .unwrap_or(0);
    let step = if forward { 1 } else { panes.len() - 1 };
    state.focus = panes
        .get((at + step) % panes.len())
        .copied()
        .unwrap_or_default();
}

/// To the pane that the eye sees on that side.
fn aside(state: &mut State, right: bool) {
    let on = right != state.rtl();
    if matches!(state.mode, Mode::Comparing(_)) {
        return comparing::turn(state, on);
    }
    let panes = panes(state);
    let at = panes
        .iter()
        .position(|pane| *pane == state.focus)
        .unwrap_or(0);
    let to = if on { at + 1 } else { at.wrapping_sub(1) };
    if let Some(pane) = panes.get(to) {
        state.focus = *pane;
    }
}
