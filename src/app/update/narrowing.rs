//! Filters: setting, clearing, switching off and on.

use super::Effect;
use crate::app::Narrow;
use crate::app::geometry::Areas;
use crate::app::state::{Asking, Focus, Mode, Prompt, Sort, State};
use crate::query::{Facet, Filter, ValueId};
use crate::words::{Word, say};

pub(super) fn act(state: &mut State, narrow: Narrow) {
    match narrow {
        Narrow::Facets => open(state),
        Narrow::Include => on_value(state, Filter::toggle),
        Narrow::Exclude => on_value(state, Filter::toggle_without),
        Narrow::Only => on_value(state, Filter::only),
        Narrow::AsSpeaker => change(state, |filter| filter.speaking_only ^= true),
        Narrow::Sort => {
            state.facets.sort = match state.facets.sort {
                Sort::Count => Sort::Name,
                Sort::Name => Sort::Count,
            };
            state.facets.stale = true;
        }
        Narrow::Type => {
            let typed = state.facets.typed.clone();
            state.mode = Mode::Typing(Box::new(Prompt::new(Asking::Narrow, &typed)));
        }
        Narrow::NextFacet => state.facets.step_facet(true),
        Narrow::PreviousFacet => state.facets.step_facet(false),
        Narrow::ClearLast => clear_last(state),
        Narrow::ClearAll => clear_all(state),
        Narrow::Toggle => toggle(state),
        Narrow::Context => context(state),
    }
}

/// Opens the facets and goes there; where it stood in the focus, closes them.
fn open(state: &mut State) {
    if state.focus == Focus::Facets {
        let beside = Areas::has_room_for_facets(state.size.0);
        state.facets.open = if beside { None } else { Some(false) };
        state.focus = Focus::Timeline;
    } else {
        state.facets.open = Some(true);
        state.facets.stale = true;
        state.focus = Focus::Facets;
    }
}

fn on_value(state: &mut State, edit: fn(&mut Filter, Facet, ValueId)) {
    if state.facets.unfold() {
        return;
    }
    if let Some((facet, value)) = state.facets.value() {
        change(state, |filter| edit(filter, facet, value));
    }
}

/// Changes the filter, which is on then, and keeps the view before.
pub(super) fn change(state: &mut State, edit: impl FnOnce(&mut Filter)) {
    state.remember();
    state.out_of_context = None;
    edit(&mut state.filter);
    state.filter.enabled = true;
    state.refilter();
}

fn clear_last(state: &mut State) {
    match state.chips.last().cloned() {
        Some(chip) => change(state, |filter| chip.remove_from(filter)),
        None => state.tell(say(Word::NoFilters, state.settings.lang)),
    }
}

fn clear_all(state: &mut State) {
    if state.chips.is_empty() {
        state.tell(say(Word::NoFilters, state.settings.lang));
    } else {
        change(state, |filter| *filter = Filter::default());
        state.tell(say(Word::Cleared, state.settings.lang));
    }
}

fn toggle(state: &mut State) {
    if state.chips.is_empty() {
        return state.tell(say(Word::NoFilters, state.settings.lang));
    }
    state.filter.enabled ^= true;
    state.refilter();
}

/// Switches the filters off around the event, or goes back to the view before that.
fn context(state: &mut State) {
    if let Some(view) = state.out_of_context.take() {
        return state.restore(view);
    }
    if state.chips.is_empty() || !state.filter.enabled {
        return state.tell(say(Word::NoFilters, state.settings.lang));
    }
    state.out_of_context = Some(state.view());
    state.filter.enabled = false;
    state.refilter();
}

/// A name in the facets was typed.
pub(super) fn typed(state: &mut State, text: &str) -> Vec<Effect> {
    text.clone_into(&mut state.facets.typed);
    state.facets.stale = true;
    Vec::new()
}
