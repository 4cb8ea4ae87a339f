//! Keys in a prompt: every letter is text; Enter does it, Esc leaves it.

use std::ops::Range;

use super::{Effect, finding, narrowing};
use crate::app::state::{Asking, Mode, Prompt, State};
use crate::app::{Code, Key, dates};
use crate::query::typed;
use crate::words::{Word, say};

pub(super) fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    match &mut state.mode {
        Mode::Typing(prompt) => {
            prompt.edit.insert(text);
            changed(state)
        }
        Mode::Choosing(choice) => {
            choice.edit.insert(text);
            Vec::new()
        }
        Mode::Reading | Mode::Comparing(_) => Vec::new(),
    }
}

pub(super) fn press(state: &mut State, key: Key) -> Vec<Effect> {
    if key.ctrl() && key.code() == Code::Char('c') {
        return vec![Effect::Quit];
    }
    let Mode::Typing(prompt) = &mut state.mode else {
        return Vec::new();
    };
    let narrowing = matches!(prompt.asking, Asking::Narrow);
    let rub_out_nothing = key.code() == Code::Backspace && prompt.edit.text().is_empty();
    match key.code() {
        Code::Enter => done(state),
        Code::Esc => leave(state),
        Code::Backspace if rub_out_nothing => leave(state),
        Code::Down if narrowing => choose(state, 1),
        Code::Up if narrowing => choose(state, -1),
        Code::Down | Code::Up => Vec::new(),
        Code::Char(_)
        | Code::Tab
        | Code::Backspace
        | Code::Delete
        | Code::Insert
        | Code::Left
        | Code::Right
        | Code::Home
        | Code::End
        | Code::PageUp
        | Code::PageDown
        | Code::F(_) => edit(state, key),
    }
}

fn choose(state: &mut State, steps: isize) -> Vec<Effect> {
    state.facets.step(steps);
    Vec::new()
}

fn edit(state: &mut State, key: Key) -> Vec<Effect> {
    let Mode::Typing(prompt) = &mut state.mode else {
        return Vec::new();
    };
    let before = prompt.edit.text().to_owned();
    prompt.edit.press(key);
    if prompt.edit.text() == before {
        Vec::new()
    } else {
        changed(state)
    }
}

/// The text is another one: what can be shown at once is shown.
fn changed(state: &mut State) -> Vec<Effect> {
    let Mode::Typing(prompt) = &state.mode else {
        return Vec::new();
    };
    let text = prompt.edit.text().to_owned();
    match prompt.asking.clone() {
        Asking::Search(view) => {
            if let Some(event) = view.event {
                state.go_to(event);
            }
            let effects = finding::search(state, &text);
            state.go_to_hit();
            effects
        }
        Asking::Narrow => narrowing::typed(state, &text),
        Asking::Date => {
            let understood = dates::typed(&text, state.day(), &state.settings);
            let wrong = say(Word::NoSuchDate, state.settings.lang).to_owned();
            let says = understood
                .map(|date| date.says)
                .ok_or((wrong, 0..text.len()));
            understand(state, says);
            Vec::new()
        }
        Asking::Query(_) => {
            filter_by(state, &text);
            Vec::new()
        }
    }
}

/// Filters by what is typed, as far as it is understood, and says what is not.
fn filter_by(state: &mut State, text: &str) {
    let says = filtered(state, text);
    understand(state, says);
}

/// Filters by a query that came with the command line.
pub(super) fn query(state: &mut State, text: &str) {
    if let Err((says, _)) = filtered(state, text) {
        state.alarm(says);
    }
}

fn filtered(state: &mut State, text: &str) -> Result<String, (String, Range<usize>)> {
    let calendar = state.settings.dates.first();
    let today = state.settings.today.or(state.day()).unwrap_or_default();
    let typed = typed::parse(text, &state.index, today, calendar);
    state.filter = typed.filter;
    state.filter.enabled = true;
    state.refilter();
    match typed.problems.into_iter().next() {
        Some(problem) => {
            let says = problem.what.say(state.settings.lang);
            let column = state.settings.digits.number(problem.column as u64);
            Err((format!("{column}: {says}"), problem.span))
        }
        None => Ok(String::new()),
    }
}

fn understand(state: &mut State, understood: Result<String, (String, Range<usize>)>) {
    if let Mode::Typing(prompt) = &mut state.mode {
        prompt.understood = understood;
    }
}

fn take_prompt(state: &mut State) -> Option<Prompt> {
    match std::mem::take(&mut state.mode) {
        Mode::Typing(prompt) => Some(*prompt),
        Mode::Reading | Mode::Choosing(_) | Mode::Comparing(_) => None,
    }
}

fn done(state: &mut State) -> Vec<Effect> {
    let Some(prompt) = take_prompt(state) else {
        return Vec::new();
    };
    match prompt.asking {
        Asking::Search(view) => {
            if state.event() != view.event {
                state.remember_as(*view);
            }
            if state
                .search
                .found
                .as_ref()
                .is_some_and(crate::query::Rows::is_empty)
            {
                state.tell(say(Word::NoHits, state.settings.lang));
            }
        }
        Asking::Date => go_to_date(state, prompt.edit.text()),
        Asking::Query(view) => state.remember_as(*view),
        Asking::Narrow => {}
    }
    Vec::new()
}

fn go_to_date(state: &mut State, text: &str) {
    let Some(date) = dates::typed(text, state.day(), &state.settings) else {
        return state.alarm(say(Word::NoSuchDate, state.settings.lang));
    };
    state.remember();
    state.go_to_day(date.day);
}

fn leave(state: &mut State) -> Vec<Effect> {
    let Some(prompt) = take_prompt(state) else {
        return Vec::new();
    };
    match prompt.asking {
        Asking::Search(view) => {
            state.stop_search();
            state.restore(*view);
            vec![Effect::CancelSearch]
        }
        Asking::Narrow => narrowing::typed(state, ""),
        Asking::Query(view) => {
            state.restore(*view);
            Vec::new()
        }
        Asking::Date => Vec::new(),
    }
}

impl State {
    /// Puts the cursor on the first event that begins on `day` or later.
    pub(super) fn go_to_day(&mut self, day: i32) {
        let firsts = self.store().all_days().first_days();
        let event = firsts.partition_point(|first| *first < day);
        self.go_to(crate::model::EventId(event as u32));
    }
}
