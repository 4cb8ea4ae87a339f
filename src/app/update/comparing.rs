//! Statements side by side: scrolling them, turning from one to another, opening one.

use crate::app::Move;
use crate::app::state::{Focus, Mode, State};
use crate::words::{Word, say};

use super::moving::distance;

pub(super) fn step(state: &mut State, step: Move) {
    let Mode::Comparing(compare) = &mut state.mode else {
        return;
    };
    let heights = compare.columns.iter().map(|column| column.area.height);
    let page = usize::from(heights.max().unwrap_or(0));
    compare.scroll(distance(step, page));
}

/// The next statement in front, or the one before.
pub(super) fn turn(state: &mut State, forward: bool) {
    if let Mode::Comparing(compare) = &mut state.mode {
        let last = compare.columns.len().saturating_sub(1);
        compare.front = if forward {
            (compare.front + 1).min(last)
        } else {
            compare.front.saturating_sub(1)
        };
    }
}

/// Leaves the comparison for the event of the statement in front.
pub(super) fn open(state: &mut State) {
    if let Some(id) = state.statement() {
        state.open_statement(id);
    }
}

pub(super) fn toggle_together(state: &mut State) {
    let Mode::Comparing(compare) = &mut state.mode else {
        return;
    };
    compare.together ^= true;
    let word = if compare.together {
        Word::ScrollTogether
    } else {
        Word::ScrollAlone
    };
    state.tell(say(word, state.settings.lang));
}

impl State {
    /// Shows a statement in its event; the filters go off if they hide it.
    pub(super) fn open_statement(&mut self, id: crate::app::StatementId) {
        self.mode = Mode::Reading;
        self.remember();
        if !self.rows.contains(id.event) {
            self.filter.enabled = false;
            self.refilter();
        }
        self.go_to(id.event);
        self.focus = Focus::Detail;
        self.settle();
        self.detail.card = id.statement;
        self.detail.reveal();
    }
}
