//! What can be wrong with a file: errors, warnings, their classes and places, and how they print.

use std::fmt;

use crate::text::clean_to;

/// What sort of thing is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Reading failed.
    Io,
    /// Not UTF-8 text.
    Encoding,
    /// Not JSON.
    Syntax,
    /// Not version 1 of the format.
    Version,
    /// A value of the wrong type, or none.
    Shape,
    /// Larger than allowed.
    Limit,
    /// A field that the format does not have.
    Unknown,
    /// Something twice.
    Duplicate,
    /// An id that nothing has.
    Reference,
    /// A date that cannot be read or is doubtful.
    Date,
    /// A value that is not one of the known ones.
    Value,
    /// A string with something in it that is no text.
    Text,
}

impl Class {
    /// All classes, in the order they are counted.
    pub const ALL: [Self; 12] = [
        Self::Io,
        Self::Encoding,
        Self::Syntax,
        Self::Version,
        Self::Shape,
        Self::Limit,
        Self::Unknown,
        Self::Duplicate,
        Self::Reference,
        Self::Date,
        Self::Value,
        Self::Text,
    ];

    /// The name in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Io => "IO",
            Self::Encoding => "ENCODING",
            Self::Syntax => "SYNTAX",
            Self::Version => "VERSION",
            Self::Shape => "SHAPE",
            Self::Limit => "LIMIT",
            Self::Unknown => "UNKNOWN",
            Self::Duplicate => "DUPLICATE",
            Self::Reference => "REFERENCE",
            Self::Date => "DATE",
            Self::Value => "VALUE",
            Self::Text => "TEXT",
        }
    }
}

/// Line and column, from 1; the column counts Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line.
    pub line: u64,
    /// Column.
    pub column: u64,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What sort.
    pub class: Class,
    /// Byte offset in the decompressed text, a BOM included; `None` without a text.
    pub at: Option<usize>,
    /// The same as line and column, once somebody counted.
    pub place: Option<Place>,
    /// JSON path of the value, `$` for the whole.
    pub path: String,
    /// What is wrong and what was done, in one visible line.
    pub what: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem with the file as a whole.
    pub fn of_file(class: Class, what: impl Into<String>) -> Self {
        Self {
            class,
            at: None,
            place: None,
            path: "$".to_owned(),
            what: what.into(),
            hint: None,
        }
    }

    /// The same, at a byte offset.
    #[must_use]
    pub fn at(mut self, at: usize) -> Self {
        self.at = Some(at);
        self
    }

    /// The same, with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// `path:line:column: error[CLASS] json.path: what`, without the hint; at most 2000
    /// characters. `kind` is `error` or `warning`.
    pub fn line(&self, file: &str, kind: &str) -> String {
        let file = clean_to(file, 1000);
        let class = self.class.name();
        let path = if self.path.chars().count() > 400 {
            "$"
        } else {
            &self.path
        };
        let what = &self.what;
        match self.place {
            Some(Place { line, column }) => {
                format!("{file}:{line}:{column}: {kind}[{class}] {path}: {what}")
            }
            None => format!("{file}: {kind}[{class}] {path}: {what}"),
        }
    }
}

/// Why a file cannot be used at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError(pub Box<Problem>);

impl From<Problem> for LoadError {
    fn from(problem: Problem) -> Self {
        Self(Box::new(problem))
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.what)
    }
}

impl std::error::Error for LoadError {}

/// The first warnings of a file, in the order of their places, and exact counts of all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Warnings {
    list: Vec<Problem>,
    most: usize,
    counts: [u64; Class::ALL.len()],
}

impl Warnings {
    /// Keeps the first `most`; all are counted.
    pub fn keeping(most: usize) -> Self {
        Self {
            most,
            ..Self::default()
        }
    }

    /// Counts a warning; `problem` is asked for only if it is kept.
    pub fn add(&mut self, class: Class, problem: impl FnOnce() -> Problem) {
        if let Some(count) = self.counts.get_mut(class as usize) {
            *count += 1;
        }
        if self.list.len() < self.most {
            self.list.push(problem());
        }
    }

    /// How many are kept at most.
    pub fn most(&self) -> usize {
        self.most
    }

    /// How many more would be kept.
    pub fn room(&self) -> usize {
        self.most.saturating_sub(self.list.len())
    }

    /// Moves all offsets: those of a record become those of the file.
    pub(super) fn shift(&mut self, by: u64) {
        for problem in &mut self.list {
            problem.at = problem.at.map(|at| at + by as usize);
        }
    }

    /// Takes in the warnings of what follows in the file.
    pub fn append(&mut self, later: Self) {
        for (count, more) in self.counts.iter_mut().zip(later.counts) {
            *count += more;
        }
        let room = self.room();
        self.list.extend(later.list.into_iter().take(room));
    }

    /// Takes in the warnings of another part of the file: the first by place stay.
    pub fn join(&mut self, other: Self) {
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
        self.list.extend(other.list);
        self.list.sort_by_key(|problem| problem.at);
        self.list.truncate(self.most);
    }

    /// The ones that were kept, by place.
    pub fn list(&self) -> &[Problem] {
        &self.list
    }

    pub(super) fn list_mut(&mut self) -> &mut [Problem] {
        &mut self.list
    }

    /// How many there are in all.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// True without warnings.
    pub fn is_empty(&self) -> bool {
        self.total() == 0
    }

    /// How many of each class, without those that have none.
    pub fn counts(&self) -> impl Iterator<Item = (Class, u64)> {
        let all = Class::ALL.into_iter().zip(self.counts);
        all.filter(|(_, count)| *count > 0)
    }
}
