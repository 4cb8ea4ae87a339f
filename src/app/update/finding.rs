//! Searching words: live while typing, then from hit to hit.

use super::Effect;
use crate::app::Find;
use crate::app::names;
use crate::app::state::{Asking, Mode, Prompt, State};
use crate::query::{Filter, Rows, Term, rows, typed};
use crate::words::{Word, say};

/// Up to this many events a search is answered at once; above, by a worker.
const AT_ONCE: u32 = 20_000;

pub(super) fn act(state: &mut State, find: Find) -> Vec<Effect> {
    match find {
        Find::Search => {
            let asking = Asking::Search(Box::new(state.view()));
            state.mode = Mode::Typing(Box::new(Prompt::new(asking, "")));
        }
        Find::Query => ask_for_query(state),
        Find::Next => step(state, true),
        Find::Previous => step(state, false),
        Find::This => return search_speaker(state),
    }
    Vec::new()
}

/// Opens the line for a filter, with the filter in force in it.
fn ask_for_query(state: &mut State) {
    let asking = Asking::Query(Box::new(state.view()));
    let calendar = state.settings.dates.first();
    let query = typed::print(&state.index, &state.filter, state.settings.lang, calendar);
    state.mode = Mode::Typing(Box::new(Prompt::new(asking, &query)));
}

/// Searches for `needle`; the answer may come later.
pub(super) fn search(state: &mut State, needle: &str) -> Vec<Effect> {
    needle.clone_into(&mut state.search.needle);
    state.search.generation += 1;
    state.search.found = None;
    state.strip.stale = true;
    if needle.trim().is_empty() {
        return vec![Effect::CancelSearch];
    }
    if state.index.len() > AT_ONCE {
        return vec![Effect::Search {
            generation: state.search.generation,
            needle: needle.to_owned(),
        }];
    }
    state.find_again();
    Vec::new()
}

impl State {
    /// Forgets the search.
    pub(super) fn stop_search(&mut self) {
        self.search.needle.clear();
        self.search.found = None;
        self.search.generation += 1;
        self.strip.stale = true;
    }

    /// Searches among the rows as they are now.
    pub(in crate::app) fn find_again(&mut self) {
        self.search.stale = false;
        if self.search.needle.trim().is_empty() {
            return;
        }
        let mut filter = if self.filter.enabled {
            self.filter.clone()
        } else {
            Filter::default()
        };
        filter.text.push(Term::new(self.search.needle.trim()));
        self.search.found = Some(rows(&self.index, &filter));
        self.strip.stale = true;
    }

    /// Puts the cursor on the first found event from the cursor on, else on the first.
    pub(super) fn go_to_hit(&mut self) {
        let Some((found, here)) = self.search.found.as_ref().zip(self.event()) else {
            return;
        };
        let row = found.before(here);
        if let Some(event) = found.event_at(row).or_else(|| found.event_at(0)) {
            self.go_to(event);
            self.detail.seek = true;
        }
    }
}

fn step(state: &mut State, forward: bool) {
    let Some((found, here)) = state.search.found.as_ref().zip(state.event()) else {
        return act_without_search(state);
    };
    match neighbour(found, here, forward) {
        Some(event) => {
            state.remember();
            state.go_to(event);
            state.detail.seek = true;
        }
        None => state.tell(say(Word::NoHits, state.settings.lang)),
    }
}

fn act_without_search(state: &mut State) {
    let asking = Asking::Search(Box::new(state.view()));
    state.mode = Mode::Typing(Box::new(Prompt::new(asking, "")));
}

/// The next found event, round the end.
fn neighbour(
    found: &Rows,
    here: crate::model::EventId,
    forward: bool,
) -> Option<crate::model::EventId> {
    let last = found.len().checked_sub(1)?;
    let before = found.before(here);
    let row = if forward {
        let next = before + u32::from(found.contains(here));
        if next > last { 0 } else { next }
    } else {
        before.checked_sub(1).unwrap_or(last)
    };
    found.event_at(row)
}

fn search_speaker(state: &mut State) -> Vec<Effect> {
    let speaker = state.statement().and_then(|id| {
        let record = state.store().event(id.event).ok()?;
        let speaker = record.statements.get(id.statement)?.speaker.clone()?;
        Some(names::actor(&speaker, state.store().header(), state.setter()).0)
    });
    if let Some(name) = speaker {
        return search(state, &name);
    }
    state.tell(say(Word::NoStatementHere, state.settings.lang));
    Vec::new()
}
