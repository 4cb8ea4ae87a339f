//! Which keys do what, and where: one table, the reader's changes on top of it.

use std::fmt;

use super::action::{Action, Find, Go, Mark, Move, Narrow, Program, Show, Take};
use super::key::{Code, Key};
use super::layout;
use crate::words::Lang;

/// Where a binding holds. The one in front is asked first, then [`Context::Anywhere`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// On the panes, whichever has the focus.
    Anywhere,
    /// In the list of facet values.
    Facets,
    /// With statements side by side.
    Compare,
}

/// One line of the table: where, which keys (several are one after another), what.
type Binding = (Context, &'static str, Action);

/// All keys as they come.
pub const BINDINGS: &[Binding] = &[
    (Context::Anywhere, "j", Action::Move(Move::Down)),
    (Context::Anywhere, "down", Action::Move(Move::Down)),
    (Context::Anywhere, "k", Action::Move(Move::Up)),
    (Context::Anywhere, "up", Action::Move(Move::Up)),
    (Context::Anywhere, "ctrl-d", Action::Move(Move::HalfDown)),
    (Context::Anywhere, "ctrl-u", Action::Move(Move::HalfUp)),
    (Context::Anywhere, "space", Action::Move(Move::PageDown)),
    (Context::Anywhere, "pagedown", Action::Move(Move::PageDown)),
    (Context::Anywhere, "ctrl-b", Action::Move(Move::PageUp)),
    (Context::Anywhere, "pageup", Action::Move(Move::PageUp)),
    (Context::Anywhere, "g", Action::Move(Move::First)),
    (Context::Anywhere, "home", Action::Move(Move::First)),
    (Context::Anywhere, "G", Action::Move(Move::Last)),
    (Context::Anywhere, "end", Action::Move(Move::Last)),
    (Context::Anywhere, "J", Action::Move(Move::NextEvent)),
    (Context::Anywhere, "K", Action::Move(Move::PreviousEvent)),
    (Context::Anywhere, "] d", Action::Move(Move::NextDay)),
    (Context::Anywhere, "[ d", Action::Move(Move::PreviousDay)),
    (Context::Anywhere, "] m", Action::Move(Move::NextMonth)),
    (Context::Anywhere, "[ m", Action::Move(Move::PreviousMonth)),
    (Context::Anywhere, "] y", Action::Move(Move::NextYear)),
    (Context::Anywhere, "[ y", Action::Move(Move::PreviousYear)),
    (Context::Anywhere, "enter", Action::Go(Go::Open)),
    (Context::Anywhere, "esc", Action::Go(Go::Back)),
    (Context::Anywhere, "tab", Action::Go(Go::NextPane)),
    (Context::Anywhere, "shift-tab", Action::Go(Go::PreviousPane)),
    (Context::Anywhere, "left", Action::Go(Go::LeftPane)),
    (Context::Anywhere, "h", Action::Go(Go::LeftPane)),
    (Context::Anywhere, "right", Action::Go(Go::RightPane)),
    (Context::Anywhere, "l", Action::Go(Go::RightPane)),
    (Context::Anywhere, "t", Action::Go(Go::Date)),
    (Context::Anywhere, "ctrl-o", Action::Go(Go::Earlier)),
    (Context::Anywhere, "alt-left", Action::Go(Go::Earlier)),
    (Context::Anywhere, "ctrl-i", Action::Go(Go::Later)),
    (Context::Anywhere, "alt-right", Action::Go(Go::Later)),
    (Context::Anywhere, "?", Action::Go(Go::Help)),
    (Context::Anywhere, "f1", Action::Go(Go::Help)),
    (Context::Anywhere, ":", Action::Go(Go::Palette)),
    (Context::Anywhere, "ctrl-p", Action::Go(Go::Palette)),
    (Context::Anywhere, "W", Action::Go(Go::Warnings)),
    (Context::Anywhere, "/", Action::Find(Find::Search)),
    (Context::Anywhere, "n", Action::Find(Find::Next)),
    (Context::Anywhere, "N", Action::Find(Find::Previous)),
    (Context::Anywhere, "*", Action::Find(Find::This)),
    (Context::Anywhere, "F", Action::Find(Find::Query)),
    (Context::Anywhere, "f", Action::Narrow(Narrow::Facets)),
    (Context::Anywhere, "x", Action::Narrow(Narrow::ClearLast)),
    (Context::Anywhere, "X", Action::Narrow(Narrow::ClearAll)),
    (Context::Anywhere, "ctrl-f", Action::Narrow(Narrow::Toggle)),
    (Context::Anywhere, "c", Action::Narrow(Narrow::Context)),
    (Context::Facets, "space", Action::Narrow(Narrow::Include)),
    (Context::Facets, "+", Action::Narrow(Narrow::Include)),
    (Context::Facets, "-", Action::Narrow(Narrow::Exclude)),
    (Context::Facets, "enter", Action::Narrow(Narrow::Only)),
    (Context::Facets, "s", Action::Narrow(Narrow::AsSpeaker)),
    (Context::Facets, "S", Action::Narrow(Narrow::Sort)),
    (Context::Facets, "/", Action::Narrow(Narrow::Type)),
    (Context::Facets, "}", Action::Narrow(Narrow::NextFacet)),
    (Context::Facets, "{", Action::Narrow(Narrow::PreviousFacet)),
    (Context::Anywhere, "m", Action::Mark(Mark::Toggle)),
    (Context::Anywhere, "'", Action::Mark(Mark::List)),
    (Context::Anywhere, "v", Action::Mark(Mark::Compare)),
    (Context::Anywhere, "V", Action::Mark(Mark::Clear)),
    (Context::Compare, "s", Action::Mark(Mark::Together)),
    (Context::Anywhere, "C", Action::Show(Show::Dates)),
    (Context::Anywhere, "D", Action::Show(Show::Digits)),
    (Context::Anywhere, "L", Action::Show(Show::Language)),
    (Context::Anywhere, "T", Action::Show(Show::Translations)),
    (Context::Anywhere, "z", Action::Show(Show::ZoomIn)),
    (Context::Anywhere, "Z", Action::Show(Show::ZoomOut)),
    (Context::Anywhere, "B", Action::Show(Show::Theme)),
    (Context::Anywhere, "y", Action::Take(Take::Copy)),
    (Context::Anywhere, "Y", Action::Take(Take::CopyWords)),
    (Context::Anywhere, "o", Action::Take(Take::OpenSource)),
    (Context::Anywhere, "q", Action::Program(Program::Quit)),
    (Context::Anywhere, "ctrl-c", Action::Program(Program::Quit)),
    (Context::Anywhere, "R", Action::Program(Program::Reload)),
    (Context::Anywhere, "f2", Action::Program(Program::Mouse)),
    (
        Context::Anywhere,
        "ctrl-l",
        Action::Program(Program::Redraw),
    ),
    (
        Context::Anywhere,
        "ctrl-z",
        Action::Program(Program::Suspend),
    ),
];

/// What a row of keys leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// This action.
    Does(Action),
    /// The beginning of longer rows of keys.
    Waits,
    /// Nothing.
    Nothing,
}

/// The keys in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<(Context, Vec<Key>, Action)>,
}

/// What is wrong with the reader's own keys; all of it at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeymapFault {
    /// No action has this name.
    UnknownAction(String),
    /// This is no key.
    UnknownKey(String),
    /// Two actions want the same keys, or one is the beginning of the other.
    Conflict(String, &'static str, &'static str),
}

impl fmt::Display for KeymapFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownAction(name) => write!(f, "no action is called `{name}`"),
            Self::UnknownKey(key) => write!(f, "`{key}` is no key"),
            Self::Conflict(keys, one, other) => {
                write!(f, "`{keys}` is both `{one}` and `{other}`")
            }
        }
    }
}

impl Default for Keymap {
    fn default() -> Self {
        let bindings = BINDINGS
            .iter()
            .filter_map(|(context, keys, action)| Some((*context, parse(keys).ok()?, *action)));
        Self {
            bindings: bindings.collect(),
        }
    }
}

impl Keymap {
    /// The keys as they come, with the reader's changes: an action named here has these keys and
    /// no others, in the context that it had; no keys take it off the keyboard.
    ///
    /// # Errors
    /// All unknown names, unknown keys and conflicts together.
    pub fn with(overrides: &[(String, Vec<String>)]) -> Result<Self, Vec<KeymapFault>> {
        let mut map = Self::default();
        let mut faults = Vec::new();
        for (name, keys) in overrides {
            let Some(action) = Action::named(name) else {
                faults.push(KeymapFault::UnknownAction(name.clone()));
                continue;
            };
            let context = context_of(action);
            map.bindings.retain(|(_, _, have)| *have != action);
            for written in keys {
                match parse(written) {
                    Ok(keys) => map.bindings.push((context, keys, action)),
                    Err(key) => faults.push(KeymapFault::UnknownKey(key)),
                }
            }
        }
        faults.extend(map.conflicts());
        if faults.is_empty() {
            Ok(map)
        } else {
            Err(faults)
        }
    }

    /// What `keys` do in `context`. A letter of the Persian layout counts as the Latin letter on
    /// its key, unless it is bound itself.
    pub fn look_up(&self, context: Context, keys: &[Key]) -> Lookup {
        let found = self.exact(context, keys);
        if found != Lookup::Nothing {
            return found;
        }
        let latin: Vec<Key> = keys.iter().map(|key| latin(*key)).collect();
        self.exact(context, &latin)
    }

    fn exact(&self, context: Context, keys: &[Key]) -> Lookup {
        [context, Context::Anywhere]
            .into_iter()
            .map(|place| self.in_place(place, keys))
            .find(|found| *found != Lookup::Nothing)
            .unwrap_or(Lookup::Nothing)
    }

    fn in_place(&self, place: Context, keys: &[Key]) -> Lookup {
        let mut here = self
            .bindings
            .iter()
            .filter(|(context, bound, _)| *context == place && bound.starts_with(keys));
        match here.next() {
            Some((_, bound, action)) if bound.len() == keys.len() => Lookup::Does(*action),
            Some(_) => Lookup::Waits,
            None => Lookup::Nothing,
        }
    }

    /// The keys of `action`, as they are written in the table: `] d`.
    pub fn keys_of(&self, action: Action) -> Vec<String> {
        let own = self.bindings.iter().filter(|(_, _, have)| *have == action);
        own.map(|(_, keys, _)| print(keys)).collect()
    }

    /// The same keys on a Persian keyboard, where they differ: `چ ی`.
    pub fn persian_keys_of(&self, action: Action) -> Vec<String> {
        let own = self.bindings.iter().filter(|(_, _, have)| *have == action);
        own.filter_map(|(_, keys, _)| {
            let persian: Vec<Key> = keys.iter().map(|key| persian(*key)).collect();
            (persian != *keys && !persian.iter().any(is_mark)).then(|| print(&persian))
        })
        .collect()
    }

    /// All keys as a table in Markdown, for the documentation: a row in bold for each group, a row
    /// for each action.
    pub fn markdown(&self, lang: Lang) -> String {
        let line = |action: Action| {
            let keys = self.keys_of(action);
            let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
            format!("| {} | {} |\n", keys.join(" "), action.words(lang))
        };
        let group = |(heading, actions): ([&str; 2], _)| {
            let lines: String = Iterator::map(actions, line).collect();
            format!("| **{}** | |\n{lines}", heading[lang as usize])
        };
        let groups: String = Action::groups().map(group).collect();
        format!("| | |\n| --- | --- |\n{groups}")
    }

    /// What may come after `keys`, for a hint: the next key and the action it leads to.
    pub fn continuations(&self, context: Context, keys: &[Key]) -> Vec<(String, Action)> {
        let latin: Vec<Key> = keys.iter().map(|key| latin(*key)).collect();
        let fits = |bound: &[Key]| bound.starts_with(keys) || bound.starts_with(&latin);
        self.bindings
            .iter()
            .filter(|(place, bound, _)| {
                (*place == context || *place == Context::Anywhere)
                    && bound.len() > keys.len()
                    && fits(bound)
            })
            .map(|(_, bound, action)| (print(bound.get(keys.len()..).unwrap_or_default()), *action))
            .collect()
    }

    fn conflicts(&self) -> Vec<KeymapFault> {
        let mut found = Vec::new();
        for (at, (context, keys, action)) in self.bindings.iter().enumerate() {
            for (other_context, other_keys, other) in self.bindings.iter().skip(at + 1) {
                let fight = keys.starts_with(other_keys) || other_keys.starts_with(keys);
                if context == other_context && action != other && fight {
                    let shorter = if keys.len() < other_keys.len() {
                        keys
                    } else {
                        other_keys
                    };
                    found.push(KeymapFault::Conflict(
                        print(shorter),
                        action.name(),
                        other.name(),
                    ));
                }
            }
        }
        found
    }
}

/// Where the table has `action`.
fn context_of(action: Action) -> Context {
    let own = BINDINGS.iter().find(|(_, _, have)| *have == action);
    own.map_or(Context::Anywhere, |(context, _, _)| *context)
}

/// A mark cannot be shown without a letter.
fn is_mark(key: &Key) -> bool {
    let marks = '\u{64b}'..='\u{670}';
    key.letter().is_some_and(|letter| marks.contains(&letter))
}

fn parse(written: &str) -> Result<Vec<Key>, String> {
    let keys: Result<Vec<Key>, _> = written.split_whitespace().map(str::parse).collect();
    match keys {
        Ok(keys) if !keys.is_empty() => Ok(keys),
        Ok(_) => Err(written.to_owned()),
        Err(fault) => Err(fault.0),
    }
}

fn print(keys: &[Key]) -> String {
    let names: Vec<String> = keys.iter().map(Key::to_string).collect();
    names.join(" ")
}

fn latin(key: Key) -> Key {
    let typed = key.letter().and_then(layout::latin);
    typed.map_or(key, |letter| Key::plain(Code::Char(letter)))
}

fn persian(key: Key) -> Key {
    let typed = key.letter().and_then(layout::persian);
    typed.map_or(key, |letter| Key::plain(Code::Char(letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(written: &str) -> Vec<Key> {
        parse(written).expect("keys")
    }

    #[test]
    fn every_line_of_the_table_parses_and_no_two_fight() {
        assert_eq!(Keymap::default().bindings.len(), BINDINGS.len());
        assert_eq!(Keymap::default().conflicts(), []);
    }

    #[test]
    fn every_action_has_a_key() {
        let map = Keymap::default();
        for action in Action::all() {
            assert!(!map.keys_of(action).is_empty(), "{}", action.name());
        }
    }

    #[test]
    fn the_context_in_front_is_asked_first() {
        let map = Keymap::default();
        let space = keys("space");
        assert_eq!(
            map.look_up(Context::Facets, &space),
            Lookup::Does(Action::Narrow(Narrow::Include))
        );
        assert_eq!(
            map.look_up(Context::Anywhere, &space),
            Lookup::Does(Action::Move(Move::PageDown))
        );
    }

    #[test]
    fn a_row_of_keys_waits_for_its_end() {
        let map = Keymap::default();
        assert_eq!(map.look_up(Context::Anywhere, &keys("]")), Lookup::Waits);
        assert_eq!(
            map.look_up(Context::Anywhere, &keys("] m")),
            Lookup::Does(Action::Move(Move::NextMonth))
        );
        assert_eq!(
            map.look_up(Context::Anywhere, &keys("] z")),
            Lookup::Nothing
        );
        assert_eq!(map.continuations(Context::Anywhere, &keys("]")).len(), 3);
    }

    #[test]
    fn the_persian_layout_reaches_the_same_commands() {
        let map = Keymap::default();
        for (persian, latin) in [
            ("ت", "j"),
            ("ض", "q"),
            ("چ ی", "] d"),
            ("÷", "/"),
            ("؟", "?"),
        ] {
            assert_eq!(
                map.look_up(Context::Anywhere, &keys(persian)),
                map.look_up(Context::Anywhere, &keys(latin)),
                "{persian}"
            );
        }
        assert_eq!(map.persian_keys_of(Action::Move(Move::NextDay)), ["چ ی"]);
    }

    #[test]
    fn the_table_for_the_documentation_has_every_action() {
        let table = Keymap::default().markdown(Lang::En);
        for action in Action::all() {
            assert!(table.contains(&format!(" | {} |", action.words(Lang::En))));
        }
        assert!(
            table.contains("| `] d` | Next day with events |"),
            "{table}"
        );
    }

    #[test]
    fn own_keys_replace_and_all_faults_come_together() {
        let own = |name: &str, keys: &[&str]| {
            (
                name.to_owned(),
                keys.iter().map(|key| (*key).to_owned()).collect(),
            )
        };
        let map = Keymap::with(&[own("quit", &["Q"])]).expect("no fault");
        assert_eq!(map.keys_of(Action::Program(Program::Quit)), ["Q"]);
        let faults = Keymap::with(&[
            own("quit", &["j"]),
            own("dance", &["d"]),
            own("help", &["hyper-h"]),
        ]);
        assert_eq!(
            faults.expect_err("faults"),
            [
                KeymapFault::UnknownAction("dance".into()),
                KeymapFault::UnknownKey("hyper-h".into()),
                KeymapFault::Conflict("j".into(), "down", "quit"),
            ]
        );
    }
}
