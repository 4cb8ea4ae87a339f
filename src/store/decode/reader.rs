//! A cursor that knows its path and says what is wrong: fields, lists, words, references, dates.

use std::borrow::Cow;
use std::fmt::Display;

use super::names::{Names, nearest};
use crate::calendar::{edtf, meant};
use crate::model::{ActorRef, Calendar, SourceRef, When};
use crate::store::json::{Cursor, Defect, DefectKind, Key, Kind, Path, Step, Syntax};
use crate::store::problem::{Class, Problem, Warnings};
use crate::text::clean_to;

/// Values are cut to this many characters in messages.
pub(super) const CUT: usize = 60;

/// Reads values where a record wants them.
pub(in crate::store) struct Reader<'a, 'w> {
    pub(in crate::store) json: Cursor<'a>,
    pub(super) names: &'w Names,
    pub(super) path: Path<'a>,
    pub(in crate::store) warnings: &'w mut Warnings,
}

/// Which of an object's known fields were there, and where it began.
pub(super) struct Fields {
    seen: u64,
    names: &'static [&'static str],
    pub(super) at: usize,
}

impl Fields {
    pub(super) fn has(&self, name: &str) -> bool {
        let at = self.names.iter().position(|known| *known == name);
        at.is_some_and(|at| self.seen & 1 << at != 0)
    }
}

impl<'a, 'w> Reader<'a, 'w> {
    pub(in crate::store) fn new(
        json: Cursor<'a>,
        names: &'w Names,
        warnings: &'w mut Warnings,
    ) -> Self {
        Self {
            json,
            names,
            path: Path::default(),
            warnings,
        }
    }

    /// Says what is wrong with the value at `at`; `what` is asked only when it is kept.
    pub(super) fn warn(&mut self, class: Class, at: usize, what: impl FnOnce() -> String) {
        let path = &self.path;
        self.warnings.add(class, || {
            let mut problem = Problem::of_file(class, what()).at(at);
            problem.path = path.to_string();
            problem
        });
    }

    /// As [`Self::warn`], with the name of the field for the message.
    pub(super) fn warn_of_value(
        &mut self,
        class: Class,
        at: usize,
        what: impl FnOnce(&str) -> String,
    ) {
        let path = &self.path;
        self.warnings.add(class, || {
            let what = what(&path.name());
            let mut problem = Problem::of_file(class, what).at(at);
            problem.path = path.to_string();
            problem
        });
    }

    /// Goes down to `step` for the length of `inside`.
    pub(super) fn within<T>(&mut self, step: Step<'a>, inside: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step);
        let result = inside(self);
        self.path.pop();
        result
    }

    /// Passes white space; where the next value begins.
    pub(super) fn place(&mut self) -> usize {
        self.json.blank();
        self.json.at()
    }

    /// True when a value of `wanted` follows; else says what it must be and what was done, and
    /// passes it.
    pub(super) fn expect(
        &mut self,
        wanted: Kind,
        must: impl Display,
        done: impl Display,
    ) -> Result<bool, Syntax> {
        let found = self.json.kind()?;
        if found == wanted {
            return Ok(true);
        }
        self.wrong(found, must, done)?;
        Ok(false)
    }

    /// Says that the value, which is `found`, must be something else, and passes it.
    pub(super) fn wrong(
        &mut self,
        found: Kind,
        must: impl Display,
        done: impl Display,
    ) -> Result<(), Syntax> {
        let at = self.place();
        self.json.skip()?;
        self.warn_of_value(Class::Shape, at, |name| {
            format!("{name} must be {must}, not {found}; {done}")
        });
        Ok(())
    }

    /// Reads the fields of the object that follows; `each` gets the name of a known one and must
    /// pass its value. A field that comes twice is given twice.
    pub(super) fn fields(
        &mut self,
        names: &'static [&'static str],
        mut each: impl FnMut(&mut Self, &'static str) -> Result<(), Syntax>,
    ) -> Result<Fields, Syntax> {
        let at = self.place();
        let mut fields = Fields { seen: 0, names, at };
        self.json.open();
        let mut first = true;
        while let Some(key) = self.json.next_key(&mut first)? {
            let known = names
                .iter()
                .enumerate()
                .find(|(_, name)| **name == key.name);
            let Some((bit, name)) = known else {
                self.key_repaired(&key);
                self.unknown(key.name, key.at, names)?;
                continue;
            };
            self.path.push(Step::Key(Cow::Borrowed(name)));
            if fields.seen & 1 << bit != 0 {
                self.warn(Class::Duplicate, key.at, || {
                    format!(
                        "duplicate key `{name}`: it stands twice in one object; the last counts"
                    )
                });
            }
            fields.seen |= 1 << bit;
            each(self, name)?;
            self.path.pop();
        }
        Ok(fields)
    }

    /// Says what was repaired in a key.
    pub(super) fn key_repaired(&mut self, key: &Key<'a>) {
        if let Some(defect) = key.defect {
            self.warn(Class::Text, defect.at, || {
                format!("in a key: {}", repaired(defect))
            });
        }
    }

    fn unknown(
        &mut self,
        name: Cow<'a, str>,
        at: usize,
        known: &'static [&'static str],
    ) -> Result<(), Syntax> {
        self.json.skip()?;
        if name.starts_with("x-") {
            return Ok(());
        }
        let shown = name.clone();
        self.within(Step::Key(name), |reader| {
            reader.warn(Class::Unknown, at, || {
                unknown(&shown, known.iter().copied())
            });
        });
        Ok(())
    }

    /// Says that the object at `at` has no `what`.
    pub(super) fn missing(&mut self, what: &str, at: usize, done: impl Display) {
        self.warn(Class::Shape, at, || format!("{what} is missing; {done}"));
    }

    /// Reads the elements of the array that follows; `each` must pass one. Anything but an array
    /// is said to be wrong and passed.
    pub(super) fn list(
        &mut self,
        mut each: impl FnMut(&mut Self, usize) -> Result<(), Syntax>,
    ) -> Result<(), Syntax> {
        if !self.expect(Kind::Array, "an array (a list)", "ignored")? {
            return Ok(());
        }
        self.json.open();
        let (mut first, mut index) = (true, 0);
        while self.json.next_element(&mut first)? {
            self.path.push(Step::Index(index));
            each(self, index)?;
            self.path.pop();
            index += 1;
        }
        Ok(())
    }

    /// Reads a string that is not empty; anything else is said to be wrong, and ignored.
    pub(super) fn word(&mut self, must: &str) -> Result<Option<String>, Syntax> {
        self.word_or(must, "ignored")
    }

    /// As [`Self::word`], with what was done about a wrong one.
    pub(super) fn word_or(
        &mut self,
        must: impl Display,
        done: impl Display,
    ) -> Result<Option<String>, Syntax> {
        let found = self.json.kind()?;
        if found != Kind::String {
            self.wrong(found, must, done)?;
            return Ok(None);
        }
        let at = self.place();
        let words = self.string()?;
        if words.is_empty() {
            self.warn_of_value(Class::Shape, at, |name| format!("{name} is empty; {done}"));
            return Ok(None);
        }
        Ok(Some(words))
    }

    /// Reads the string that follows, says what was repaired in it.
    pub(super) fn string(&mut self) -> Result<String, Syntax> {
        let text = self.json.string()?;
        if let Some(defect) = text.defect {
            self.warn(Class::Text, defect.at, || repaired(defect));
        }
        Ok(text.words.into_owned())
    }

    /// Reads a list of strings.
    pub(super) fn words(&mut self, what: &str) -> Result<Vec<String>, Syntax> {
        let mut words = Vec::new();
        self.list(|reader, _| {
            words.extend(reader.word_or(what, "left out")?);
            Ok(())
        })?;
        words.shrink_to_fit();
        Ok(words)
    }

    /// Reads an actor's id.
    pub(super) fn actor(&mut self) -> Result<Option<ActorRef>, Syntax> {
        let at = self.place();
        let id = self.word_or("the id of an actor (a string)", "left out")?;
        Ok(id.map(|id| self.actor_of(id, at)))
    }

    /// The actor of `id`, which stands at `at`.
    pub(super) fn actor_of(&mut self, id: String, at: usize) -> ActorRef {
        let names = self.names;
        let actor = names.actor(id);
        if let ActorRef::Unknown(id) = &actor {
            self.warn(Class::Reference, at, || {
                no_such("actor", id, names.near_actor(id))
            });
        }
        actor
    }

    /// Reads a list of actors' ids.
    pub(super) fn actors(&mut self) -> Result<Vec<ActorRef>, Syntax> {
        let mut actors = Vec::new();
        self.list(|reader, _| {
            actors.extend(reader.actor()?);
            Ok(())
        })?;
        actors.shrink_to_fit();
        Ok(actors)
    }

    /// Reads a source's id.
    pub(super) fn source(&mut self) -> Result<Option<SourceRef>, Syntax> {
        let at = self.place();
        let names = self.names;
        let Some(id) = self.word_or("the id of a source (a string)", "left out")? else {
            return Ok(None);
        };
        let source = names.source(id);
        if let SourceRef::Unknown(id) = &source {
            self.warn(Class::Reference, at, || {
                no_such("source", id, names.near_source(id))
            });
        }
        Ok(Some(source))
    }

    /// Reads a date; `done` is what happens without one.
    pub(super) fn when(&mut self, done: &str) -> Result<Option<When>, Syntax> {
        match self.json.kind()? {
            Kind::Object => {
                let mut when = None;
                let fields = self.fields(&["jalali"], |reader, _| {
                    when = reader.date(Calendar::Jalali, done)?;
                    Ok(())
                })?;
                if !fields.has("jalali") {
                    self.missing("`jalali`", fields.at, done);
                }
                Ok(when)
            }
            Kind::Null | Kind::Bool | Kind::Number | Kind::String | Kind::Array => {
                self.date(Calendar::Gregorian, done)
            }
        }
    }

    fn wrong_date(&mut self, found: Kind, done: &str) -> Result<(), Syntax> {
        let at = self.place();
        self.json.skip()?;
        let written = self.json.since(at);
        self.warn_of_value(Class::Date, at, |name| {
            let head = written.get(..written.len().min(4 * CUT)).unwrap_or(&[]);
            let written = clean_to(&String::from_utf8_lossy(head), CUT);
            let like = if found == Kind::Number {
                format!(" like \"{written}\"")
            } else {
                String::new()
            };
            format!("{name} must be a date in a string{like}, not {found} ({written}); {done}")
        });
        Ok(())
    }

    fn date(&mut self, calendar: Calendar, done: &str) -> Result<Option<When>, Syntax> {
        let found = self.json.kind()?;
        if found != Kind::String {
            self.wrong_date(found, done)?;
            return Ok(None);
        }
        let at = self.place();
        let written = self.json.string()?.words;
        let shown = |what: &str| format!("date `{}` {what}", clean_to(&written, CUT));
        match edtf::parse(&written, calendar) {
            Ok(parsed) => {
                for note in parsed.notes {
                    self.warn(Class::Date, at, || {
                        shown(&format!("{note}; read all the same"))
                    });
                }
                Ok(Some(parsed.when))
            }
            Err(why) if written.is_empty() => {
                self.warn_of_value(Class::Date, at, |name| format!("{name} {why}; {done}"));
                Ok(None)
            }
            Err(why) => {
                let path = &self.path;
                self.warnings.add(Class::Date, || {
                    let what = format!("{}; {done}", shown(&why.to_string()));
                    let mut problem = Problem::of_file(Class::Date, what).at(at);
                    problem.path = path.to_string();
                    problem.hint = meant(&written, calendar).map(|meant| format!("write {meant}"));
                    problem
                });
                Ok(None)
            }
        }
    }
}

/// "unknown field `event`, ignored; did you mean `events`?"
pub(super) fn unknown<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let near = nearest(name, known).map(|near| format!("; did you mean `{near}`?"));
    let name = clean_to(name, CUT);
    format!(
        "unknown field `{name}`; ignored{}",
        near.unwrap_or_default()
    )
}

fn no_such(what: &str, id: &str, near: Option<&str>) -> String {
    let near = near.map(|near| format!("; did you mean `{}`?", clean_to(near, CUT)));
    format!(
        "no {what} has the id `{}`; kept as given{}",
        clean_to(id, CUT),
        near.unwrap_or_default()
    )
}

fn repaired(defect: Defect) -> String {
    let more = match defect.count {
        1 => String::new(),
        count => format!(" (and {} more in this string)", count - 1),
    };
    match defect.kind {
        DefectKind::Surrogate(unit) => {
            format!("half a surrogate pair, U+{unit:04X}{more}; shown as U+FFFD")
        }
        DefectKind::Byte(byte) => {
            format!("the byte 0x{byte:02X} is not UTF-8{more}; shown as U+FFFD")
        }
        DefectKind::Control(control) => format!(
            "control character U+{:04X}{}{more}; shown as a mark",
            u32::from(control),
            if control == '\u{1b}' { " (ESC)" } else { "" }
        ),
        DefectKind::Raw(control) => format!(
            "raw control character U+{:04X} in a string{more}; kept",
            u32::from(control)
        ),
    }
}
