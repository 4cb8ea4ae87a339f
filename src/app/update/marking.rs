//! Marks, and the way into the comparison.

use super::comparing;
use super::going;
use crate::app::Mark;
use crate::app::state::{Compare, Kind, Mode, Selection, State};
use crate::words::{Word, say};

pub(super) fn act(state: &mut State, mark: Mark) {
    match mark {
        Mark::Toggle => toggle(state),
        Mark::List => going::list(state, Kind::Marks, state.marks.is_empty(), Word::NoMarks),
        Mark::Compare => compare(state),
        Mark::Clear => {
            state.marks.clear();
            state.marked_ids.clear();
            state.tell(say(Word::MarksCleared, state.settings.lang));
        }
        Mark::Together => comparing::toggle_together(state),
    }
}

fn toggle(state: &mut State) {
    let Some(statement) = state.statement() else {
        return state.tell(say(Word::NoStatementHere, state.settings.lang));
    };
    let word = if let Some(at) = state.marks.iter().position(|mark| *mark == statement) {
        state.marks.remove(at);
        Word::MarkGone
    } else {
        state.marks.push(statement);
        if let Ok(record) = state.store().event(statement.event) {
            state.marked_ids.insert(statement.event, record.id.clone());
        }
        Word::MarkSet
    };
    state.tell(say(word, state.settings.lang));
}

/// The marked statements side by side; without two marks, what the speaker said before and after.
/// In a comparison the next kind of it.
fn compare(state: &mut State) {
    let next = match &state.mode {
        Mode::Comparing(compare) => compare.next(state),
        Mode::Reading | Mode::Typing(_) | Mode::Choosing(_) => first(state),
    };
    match next {
        Some(compare) => state.mode = Mode::Comparing(Box::new(compare)),
        None => state.tell(say(Word::NothingToCompare, state.settings.lang)),
    }
}

fn first(state: &State) -> Option<Compare> {
    let base = state.statement().or_else(|| state.marks.last().copied())?;
    let mut selections = Selection::ALL.into_iter();
    selections.find_map(|selection| Compare::new(state, base, selection))
}
