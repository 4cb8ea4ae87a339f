//! A list that covers the panes and can be narrowed by typing: help, commands, marks, warnings.

use crate::app::edit::Edit;
use crate::app::geometry::Area;
use crate::app::names;
use crate::app::{Action, dates};
use crate::text::fold::{self, Needle};
use crate::words::{Lang, Word, say};

use super::{Mode, State, StatementId};

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// All keys, by group.
    Help,
    /// All actions, the typed ones.
    Palette,
    /// The marked statements.
    Marks,
    /// What is wrong with the data.
    Warnings,
}

/// A list, what was typed to narrow it, and the cursor.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is listed.
    pub kind: Kind,
    /// What was typed.
    pub edit: Edit,
    /// Position of the cursor in `entries`.
    pub cursor: usize,
    /// First entry on the screen.
    pub top: usize,
    /// What is left of the list.
    pub entries: Vec<Entry>,
    /// Rows of the list.
    pub height: usize,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A blank row.
    Blank,
    /// A heading.
    Heading(String),
    /// An action and its keys, in the Latin and the Persian layout.
    Action(Action, Vec<String>, Vec<String>),
    /// A marked statement: whose, when, the beginning of it.
    Mark(StatementId, String, String, String),
    /// Something wrong with the data.
    Warning(String),
}

impl Choice {
    /// A list with nothing typed.
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            edit: Edit::default(),
            cursor: 0,
            top: 0,
            entries: Vec::new(),
            height: 0,
        }
    }

    /// Moves the cursor over `steps` entries that can be chosen.
    pub fn step(&mut self, steps: isize) {
        let places: Vec<usize> = self
            .entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| !matches!(entry, Entry::Heading(_) | Entry::Blank))
            .map(|(at, _)| at)
            .collect();
        let at = places.partition_point(|place| *place < self.cursor);
        let to = at
            .saturating_add_signed(steps)
            .min(places.len().saturating_sub(1));
        self.cursor = places.get(to).copied().unwrap_or(0);
    }
}

pub(super) fn settle(state: &mut State, area: Area) {
    let Mode::Choosing(choice) = &state.mode else {
        return;
    };
    let entries = entries(state, choice);
    let Mode::Choosing(choice) = &mut state.mode else {
        return;
    };
    choice.entries = entries;
    choice.height = usize::from(area.height.saturating_sub(2));
    choice.cursor = choice.cursor.min(choice.entries.len().saturating_sub(1));
    choice.step(0);
    let heading = choice.cursor.saturating_sub(1);
    choice.top = choice
        .top
        .max((choice.cursor + 1).saturating_sub(choice.height))
        .min(heading)
        .min(choice.entries.len().saturating_sub(choice.height));
}

fn entries(state: &State, choice: &Choice) -> Vec<Entry> {
    // Folded once, not for each of the many texts that it is looked for in.
    let typed = &Needle::new(choice.edit.text());
    match choice.kind {
        Kind::Help => help(state, typed),
        Kind::Palette => Action::all()
            .filter(|action| fits(state, *action, typed))
            .map(|action| entry(state, action))
            .collect(),
        Kind::Marks => state
            .marks
            .iter()
            .filter_map(|mark| marked(state, *mark))
            .collect(),
        Kind::Warnings => state
            .warnings
            .iter()
            .filter(|warning| has(warning, typed))
            .cloned()
            .map(Entry::Warning)
            .collect(),
    }
}

fn help(state: &State, typed: &Needle) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (heading, actions) in Action::groups() {
        let mut own: Vec<Entry> = actions
            .filter(|action| fits(state, *action, typed))
            .map(|action| entry(state, action))
            .collect();
        if !own.is_empty() {
            if !entries.is_empty() {
                entries.push(Entry::Blank);
            }
            entries.push(Entry::Heading(
                heading[state.settings.lang as usize].to_owned(),
            ));
            entries.append(&mut own);
        }
    }
    entries
}

fn entry(state: &State, action: Action) -> Entry {
    let persian = match state.settings.lang {
        Lang::Fa => state.keymap.persian_keys_of(action),
        Lang::En => Vec::new(),
    };
    Entry::Action(action, state.keymap.keys_of(action), persian)
}

/// True when the typed words are in the action's name, its words in either language or its keys.
fn fits(state: &State, action: Action, typed: &Needle) -> bool {
    let words = [
        action.name(),
        action.words(Lang::Fa),
        action.words(Lang::En),
    ];
    typed.is_empty()
        || words.iter().any(|text| has(text, typed))
        || state
            .keymap
            .keys_of(action)
            .iter()
            .any(|keys| has(keys, typed))
}

fn has(text: &str, typed: &Needle) -> bool {
    typed.is_empty() || typed.find_in(fold::fold(text).text(), 0).is_some()
}

fn marked(state: &State, mark: StatementId) -> Option<Entry> {
    let record = state.store().event(mark.event).ok()?;
    let statement = record.statements.get(mark.statement)?;
    let setter = state.setter();
    let speaker = statement.speaker.as_ref().map_or_else(
        || say(Word::UnknownSpeaker, state.settings.lang).to_owned(),
        |speaker| names::actor(speaker, state.store().header(), setter).0,
    );
    let date = dates::short(record.when.as_ref(), &state.settings);
    let (_, text) = super::page::original(statement, state.settings.lang)?;
    Some(Entry::Mark(mark, speaker, date, text.to_owned()))
}
