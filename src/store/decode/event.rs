//! Events and statements.

use std::borrow::Cow;
use std::fmt;

use super::names::nearest;
use super::reader::{CUT, Reader};
use crate::model::{Basis, EventRecord, LangText, Mode, Participation, Statement};
use crate::store::json::{Kind, Step, Syntax};
use crate::store::problem::Class;
use crate::text::clean_to;

/// Fields of an event.
pub(super) const EVENT: &[&str] = &[
    "id",
    "when",
    "when_said",
    "when_basis",
    "title",
    "summary",
    "place",
    "actors",
    "tags",
    "sources",
    "statements",
];

/// Fields of a statement.
pub(super) const STATEMENT: &[&str] = &[
    "speaker", "to", "mode", "channel", "text", "original", "via", "source",
];

/// Names of the modes.
pub(super) const MODES: [(&str, Mode); 4] = [
    ("direct", Mode::Direct),
    ("partial", Mode::Partial),
    ("reported", Mode::Reported),
    ("headline", Mode::Headline),
];

/// Names of the ways a date is known.
pub(super) const BASES: [(&str, Basis); 3] = [
    ("stated", Basis::Stated),
    ("inferred", Basis::Inferred),
    ("outside", Basis::Outside),
];

/// Reads the event `number` of the file, where the cursor stands; `None` when it is no object.
///
/// # Errors
///
/// When it is not JSON.
pub(in crate::store) fn event(
    reader: &mut Reader,
    number: usize,
) -> Result<Option<EventRecord>, Syntax> {
    reader.within(Step::Key(Cow::Borrowed("events")), |reader| {
        reader.within(Step::Index(number), |reader| {
            if reader.expect(Kind::Object, "an object", "left out")? {
                record(reader, number).map(Some)
            } else {
                Ok(None)
            }
        })
    })
}

fn record(reader: &mut Reader, number: usize) -> Result<EventRecord, Syntax> {
    let mut event = EventRecord::default();
    let unnamed = format_args!("#{}", number + 1);
    let as_unnamed = format_args!("kept as `#{}`", number + 1);
    let fields = reader.fields(EVENT, |reader, name| {
        match name {
            "id" => {
                let id = reader.word_or("an id (a string)", as_unnamed)?;
                event.id = id.unwrap_or_default();
            }
            "when" => event.when = reader.when("kept as undated")?,
            "when_said" => event.when_said = reader.word("a string")?,
            "when_basis" => event.when_basis = basis(reader)?,
            "title" => event.title = reader.text("kept as its id")?,
            "summary" => event.summary = reader.text("ignored")?,
            "place" => event.place = reader.text("ignored")?,
            "actors" => event.actors = participants(reader)?,
            "tags" => event.tags = reader.words("a string")?,
            "sources" => {
                event.sources.clear();
                reader.list(|reader, _| {
                    event.sources.extend(reader.source()?);
                    Ok(())
                })?;
                event.sources.shrink_to_fit();
            }
            _ => event.statements = statements(reader)?,
        }
        Ok(())
    })?;
    if !fields.has("id") {
        reader.missing("`id`", fields.at, as_unnamed);
    }
    if !fields.has("when") {
        reader.missing("`when` (the date)", fields.at, "kept as undated");
    }
    if !fields.has("title") {
        reader.missing("`title`", fields.at, "kept as its id");
    }
    if event.id.is_empty() {
        event.id = unnamed.to_string();
    }
    if event.title.is_empty() {
        event.title = LangText::untagged(event.id.clone());
    }
    Ok(event)
}

/// The names of a table, with commas between them.
struct OneOf<T: 'static>(&'static [(&'static str, T)]);

impl<T> fmt::Display for OneOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (name, _)) in self.0.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(f, "{comma}{name}")?;
        }
        Ok(())
    }
}

/// Reads a word that must be one of `known`; else says so, with what was done.
pub(super) fn one_of<T: Copy>(
    reader: &mut Reader,
    known: &'static [(&'static str, T)],
    done: &str,
) -> Result<Option<T>, Syntax> {
    let at = reader.place();
    let one_of = OneOf(known);
    let Some(word) = reader.word_or(format_args!("a string: one of {one_of}"), done)? else {
        return Ok(None);
    };
    let found = known.iter().find(|(name, _)| *name == word);
    if found.is_none() {
        reader.warn_of_value(Class::Value, at, |field| {
            let names = known.iter().map(|(name, _)| *name);
            let near = nearest(&word, names).map(|near| format!("; did you mean `{near}`?"));
            let word = clean_to(&word, CUT);
            let near = near.unwrap_or_default();
            format!("{field} is `{word}`, none of {one_of}; {done}{near}")
        });
    }
    Ok(found.map(|(_, value)| *value))
}

fn basis(reader: &mut Reader) -> Result<Option<Basis>, Syntax> {
    one_of(reader, &BASES, "ignored")
}

fn participants(reader: &mut Reader) -> Result<Vec<Participation>, Syntax> {
    let mut all = Vec::new();
    reader.list(|reader, _| {
        if reader.json.kind()? == Kind::Object {
            all.extend(participant(reader)?);
        } else {
            all.extend(
                reader
                    .actor()?
                    .map(|actor| Participation { actor, role: None }),
            );
        }
        Ok(())
    })?;
    all.shrink_to_fit();
    Ok(all)
}

fn participant(reader: &mut Reader) -> Result<Option<Participation>, Syntax> {
    let (mut actor, mut role) = (None, None);
    let fields = reader.fields(&["id", "role"], |reader, name| {
        match name {
            "id" => actor = reader.actor()?,
            _ => role = reader.word("a string")?,
        }
        Ok(())
    })?;
    if !fields.has("id") {
        reader.missing("`id`", fields.at, "left out");
    }
    Ok(actor.map(|actor| Participation { actor, role }))
}

fn statements(reader: &mut Reader) -> Result<Vec<Statement>, Syntax> {
    let mut all = Vec::new();
    reader.list(|reader, _| {
        if reader.expect(Kind::Object, "an object", "left out")? {
            all.extend(statement(reader)?);
        }
        Ok(())
    })?;
    all.shrink_to_fit();
    Ok(all)
}

fn statement(reader: &mut Reader) -> Result<Option<Statement>, Syntax> {
    let mut said = Statement {
        speaker: None,
        to: Vec::new(),
        mode: Mode::Unspecified,
        channel: None,
        text: LangText::default(),
        original: None,
        via: Vec::new(),
        source: None,
    };
    let mut original_at = 0;
    let fields = reader.fields(STATEMENT, |reader, name| {
        match name {
            "speaker" => said.speaker = reader.actor()?,
            "to" => said.to = reader.actors()?,
            "mode" => {
                let mode = one_of(reader, &MODES, "kept as unspecified")?;
                said.mode = mode.unwrap_or(Mode::Unspecified);
            }
            "channel" => said.channel = reader.word("a string")?,
            "text" => said.text = reader.text("the statement is left out")?,
            "original" => {
                original_at = reader.place();
                said.original = reader.word("a language tag (a string)")?;
            }
            "via" => said.via = reader.actors()?,
            _ => said.source = reader.source()?,
        }
        Ok(())
    })?;
    if !fields.has("text") {
        reader.missing("`text`", fields.at, "the statement is left out");
        return Ok(None);
    }
    if said.text.is_empty() {
        return Ok(None);
    }
    if !fields.has("speaker") {
        reader.missing("`speaker`", fields.at, "kept without one");
    }
    if !fields.has("mode") {
        reader.missing("`mode`", fields.at, "kept as unspecified");
    }
    check_original(reader, &said, original_at);
    Ok(Some(said))
}

/// Words whose own language is not among the texts are known in translation only: worth a word.
fn check_original(reader: &mut Reader, said: &Statement, at: usize) {
    let Some(tag) = &said.original else {
        return;
    };
    if said.text.get(tag).is_some() {
        return;
    }
    reader.within(Step::Key(Cow::Borrowed("original")), |reader| {
        reader.warn(Class::Value, at, || {
            format!(
                "`original` is `{}`, but `text` has no such language; kept",
                clean_to(tag, CUT)
            )
        });
    });
}
