//! What came in, what goes out, and the one function between them.

mod choosing;
mod comparing;
mod finding;
mod going;
mod marking;
mod mousing;
mod moving;
mod narrowing;
mod showing;
mod taking;
mod typing;

use std::sync::Arc;

use super::state::{Extent, Focus, Mode, Progress, State};
use super::{Action, Key, Lookup, Mouse, Move, Program, Theme};
use crate::model::EventId;
use crate::query::{Bits, Index, Rows};
use crate::words::{Word, say};

/// Something that happened outside.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse moved or clicked.
    Mouse(Mouse),
    /// The screen has so many columns and rows now.
    Resize(u16, u16),
    /// Events are there: the first ones, or all of them.
    Loaded {
        /// The events and everything asked of them.
        index: Arc<Index>,
        /// What is wrong with the data, one line each.
        warnings: Arc<Vec<String>>,
        /// How much of the data they are.
        extent: Extent,
    },
    /// The texts of the events are read, and what is wrong with the data is all known, one line each.
    Checked(Arc<Vec<String>>),
    /// There are no events yet, but some may come.
    Awaited,
    /// The data is no longer what was read.
    Changed,
    /// Reading was given up, or failed with this message; what was shown stays.
    Kept(Option<String>),
    /// The data came through a pipe that is at its end: it cannot be read again.
    NotAgain,
    /// Loading went on.
    Progress(Progress),
    /// A search that [`Effect::Search`] asked for is done.
    Answer {
        /// The number that the question carried; a stale answer is dropped.
        generation: u64,
        /// What was found, in display order.
        hits: Vec<EventId>,
    },
    /// The terminal's background turned out to be dark or light.
    Background {
        /// True for a dark one.
        dark: bool,
    },
    /// Filter by this, as if it was typed.
    Query(String),
    /// Something outside went well and the reader should know (copied, written).
    Told(String),
    /// Something outside failed; shown at the bottom until the next key.
    Failed(String),
}

/// Something that the outside is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Leave, exit code 0.
    Quit,
    /// Give the terminal back and stop until resumed (Ctrl-z).
    Suspend,
    /// Clear and paint everything again (Ctrl-l).
    Redraw,
    /// Put this logical text on the clipboard.
    Copy(String),
    /// Open this address with the desktop's program; only ever after the reader asked.
    Open(String),
    /// Take the mouse, or leave it to the terminal.
    CaptureMouse(bool),
    /// Search all text; answer with [`Msg::Answer`] and the same number.
    Search {
        /// Grows with each question.
        generation: u64,
        /// What to look for, as typed.
        needle: String,
    },
    /// Stop the search under way.
    CancelSearch,
    /// Read the data again, from the beginning.
    Reload,
    /// Give up reading; what was read is to be shown.
    StopReading,
}

/// Takes one message into the state; the effects are to be done in order.
pub fn update(state: &mut State, msg: Msg) -> Vec<Effect> {
    let effects = hurry(state, msg);
    state.settle();
    effects
}

/// As [`update`], for one message of many: what is shown is laid out only if the message looks at
/// it. [`State::settle`] has to follow before anything is drawn.
pub fn hurry(state: &mut State, msg: Msg) -> Vec<Effect> {
    match looks_at(state, &msg) {
        Looks::Nowhere => {}
        Looks::AtDetail => state.settle_detail(),
        Looks::Anywhere => state.settle(),
    }
    let effects = take(state, msg);
    state.keep_in_range();
    effects
}

/// What has to be laid out before a message can be taken.
enum Looks {
    Nowhere,
    AtDetail,
    Anywhere,
}

fn looks_at(state: &State, msg: &Msg) -> Looks {
    let Msg::Key(key) = msg else {
        return Looks::Anywhere;
    };
    if !state.pending.is_empty() {
        return Looks::Anywhere;
    }
    let action = match state.mode {
        // A letter goes into the line, whatever is shown.
        Mode::Typing(_) | Mode::Choosing(_) if key.letter().is_some() => return Looks::Nowhere,
        Mode::Typing(_) | Mode::Choosing(_) | Mode::Comparing(_) => return Looks::Anywhere,
        Mode::Reading => state.keymap.look_up(state.context(), &[*key]),
    };
    match (action, state.focus) {
        (Lookup::Does(Action::Program(_)), _) => Looks::Nowhere,
        (Lookup::Does(Action::Move(step)), focus) => match (is_counted(step), focus) {
            (true, Focus::Timeline) => Looks::Nowhere,
            (_, Focus::Detail) => Looks::AtDetail,
            (false, Focus::Timeline) | (_, Focus::Facets) => Looks::Anywhere,
        },
        (Lookup::Does(_) | Lookup::Waits | Lookup::Nothing, _) => Looks::Anywhere,
    }
}

/// True for moves that do not depend on how much fits on the screen.
fn is_counted(step: Move) -> bool {
    let pages = [Move::HalfDown, Move::HalfUp, Move::PageDown, Move::PageUp];
    !pages.contains(&step)
}

fn take(state: &mut State, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(key) => return press(state, key),
        Msg::Paste(text) => return typing::paste(state, &text),
        Msg::Mouse(mouse) => return mousing::take(state, mouse),
        Msg::Resize(columns, rows) => state.size = (columns, rows),
        Msg::Loaded {
            index,
            warnings,
            extent,
        } => {
            state.warnings = warnings;
            state.load(&index, extent);
        }
        Msg::Checked(warnings) => {
            state.warnings = warnings;
            state.search.stale = true;
        }
        Msg::Awaited => {
            state.loading = None;
            state.news.awaited = true;
        }
        Msg::Changed => state.news.changed = true,
        Msg::Kept(failure) => {
            state.loading = None;
            if let Some(failure) = failure {
                state.alarm(failure);
            }
        }
        Msg::NotAgain => {
            state.loading = None;
            state.alarm(say(Word::NotAgain, state.settings.lang));
        }
        Msg::Progress(come) => {
            if let Some(progress) = &mut state.loading {
                *progress = come;
            }
        }
        Msg::Answer { generation, hits } => answer(state, generation, &hits),
        Msg::Background { dark } => match (state.settings.theme, dark) {
            (Theme::Dark | Theme::Neutral, false) => state.settings.theme = Theme::Light,
            (Theme::Light | Theme::Neutral, true) => state.settings.theme = Theme::Dark,
            (Theme::Dark, true) | (Theme::Light, false) | (Theme::HighContrast, _) => {}
        },
        Msg::Query(text) => typing::query(state, &text),
        Msg::Told(text) => state.tell(text),
        Msg::Failed(text) => state.alarm(text),
    }
    Vec::new()
}

fn answer(state: &mut State, generation: u64, hits: &[EventId]) {
    if generation == state.search.generation {
        let mut bits = Bits::none(state.index.len());
        for event in hits {
            bits.insert(*event);
        }
        if let Rows::Some(shown) = &state.rows {
            bits.keep(shown.bits());
        }
        state.search.found = Some(Rows::of(bits));
        state.search.stale = false;
        state.strip.stale = true;
        if let Mode::Typing(_) = &state.mode {
            state.go_to_hit();
        }
    }
}

fn press(state: &mut State, key: Key) -> Vec<Effect> {
    state.notice = None;
    state.news.came = 0;
    match &state.mode {
        Mode::Typing(_) => typing::press(state, key),
        Mode::Choosing(_) => choosing::press(state, key),
        Mode::Reading | Mode::Comparing(_) => command(state, key),
    }
}

/// Looks the key up, behind the keys that wait for it.
fn command(state: &mut State, key: Key) -> Vec<Effect> {
    let mut keys = std::mem::take(&mut state.pending);
    keys.push(key);
    match state.keymap.look_up(state.context(), &keys) {
        Lookup::Does(action) => act(state, action),
        Lookup::Waits => {
            state.pending = keys;
            Vec::new()
        }
        Lookup::Nothing => Vec::new(),
    }
}

/// Does what a key, the palette or the mouse asked for.
fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Move(step) => moving::act(state, step),
        Action::Go(way) => return going::act(state, way),
        Action::Find(find) => return finding::act(state, find),
        Action::Narrow(narrow) => narrowing::act(state, narrow),
        Action::Mark(mark) => marking::act(state, mark),
        Action::Show(show) => showing::act(state, show),
        Action::Take(take) => return taking::act(state, take),
        Action::Program(program) => return run(state, program),
    }
    Vec::new()
}

fn run(state: &mut State, program: Program) -> Vec<Effect> {
    match program {
        Program::Quit => vec![Effect::Quit],
        Program::Redraw => vec![Effect::Redraw],
        Program::Suspend => vec![Effect::Suspend],
        Program::Reload if state.loading.is_some() => Vec::new(),
        Program::Reload => {
            state.loading = Some(Progress::default());
            vec![Effect::Reload]
        }
        Program::Mouse => {
            let taken = !state.settings.mouse;
            state.settings.mouse = taken;
            let word = if taken { Word::MouseOn } else { Word::MouseOff };
            state.tell(say(word, state.settings.lang));
            vec![Effect::CaptureMouse(taken)]
        }
    }
}
