//! Keys in a list that covers the panes: letters narrow it, arrows choose.

use super::{Effect, act};
use crate::app::state::{Entry, Kind, Mode, State};
use crate::app::{Code, Key};

pub(super) fn press(state: &mut State, key: Key) -> Vec<Effect> {
    let Mode::Choosing(choice) = &mut state.mode else {
        return Vec::new();
    };
    let page = choice.height.max(2) as isize - 1;
    let control = |letter: char| key.ctrl() && key.code() == Code::Char(letter);
    let bare = choice.edit.text().is_empty();
    if control('c') {
        return vec![Effect::Quit];
    }
    match key.code() {
        Code::Esc if bare => state.mode = Mode::Reading,
        Code::Esc => choice.edit = crate::app::Edit::default(),
        Code::Enter => return choose(state),
        Code::Down => choice.step(1),
        Code::Up => choice.step(-1),
        Code::PageDown => choice.step(page),
        Code::PageUp => choice.step(-page),
        Code::Home => choice.step(isize::MIN / 2),
        Code::End => choice.step(isize::MAX / 2),
        Code::Char(_)
        | Code::Tab
        | Code::Backspace
        | Code::Delete
        | Code::Insert
        | Code::Left
        | Code::Right
        | Code::F(_) => {
            if control('n') {
                choice.step(1);
            } else if control('p') {
                choice.step(-1);
            } else if closes(choice.kind, key) && bare {
                state.mode = Mode::Reading;
            } else {
                choice.edit.press(key);
            }
        }
    }
    Vec::new()
}

/// Help goes as it came, marks and warnings leave by their own keys.
fn closes(kind: Kind, key: Key) -> bool {
    let letter = key.letter();
    match kind {
        Kind::Help => matches!(letter, Some('?' | 'q' | '؟')) || key.code() == Code::F(1),
        Kind::Marks | Kind::Warnings => matches!(letter, Some('q' | '\'' | 'W')),
        Kind::Palette => false,
    }
}

fn choose(state: &mut State) -> Vec<Effect> {
    let Mode::Choosing(choice) = &state.mode else {
        return Vec::new();
    };
    let entry = choice.entries.get(choice.cursor).cloned();
    match entry {
        Some(Entry::Action(action, ..)) => {
            state.mode = Mode::Reading;
            return act(state, action);
        }
        Some(Entry::Mark(id, ..)) => state.open_statement(id),
        Some(Entry::Warning(_) | Entry::Heading(_) | Entry::Blank) | None => {
            state.mode = Mode::Reading;
        }
    }
    Vec::new()
}
