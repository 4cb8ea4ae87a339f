//! The object that holds everything: its keys in any order, then actors, sources and eras.

use std::borrow::Cow;
use std::ops::Range;

use super::event::one_of;
use super::members::read_members;
use super::names::Names;
use super::reader::{CUT, Reader};
use super::unique::{Renamed, duplicate, renamed};
use crate::model::{Actor, ActorKind, Era, Header, LangText, SourceDocument};
use crate::store::json::{Cursor, Kind, Step, Syntax};
use crate::store::problem::{Class, LoadError, Problem, Warnings};
use crate::text::clean_to;

/// Fields of the file's object.
pub(super) const TOP: &[&str] = &["sokhan", "title", "actors", "sources", "eras", "events"];

/// Fields of an actor.
pub(super) const ACTOR: &[&str] = &[
    "id",
    "kind",
    "name",
    "role",
    "aliases",
    "member_of",
    "wikidata",
];

/// Fields of a source.
pub(super) const SOURCE: &[&str] = &["id", "publisher", "title", "published", "captured", "url"];

/// Fields of an era.
pub(super) const ERA: &[&str] = &["when", "title"];

/// Names of the kinds of actors.
pub(super) const KINDS: [(&str, ActorKind); 4] = [
    ("person", ActorKind::Person),
    ("organization", ActorKind::Organization),
    ("state", ActorKind::State),
    ("media", ActorKind::Media),
];

/// Where the parts of the file's object stand.
#[derive(Debug, Default)]
pub(in crate::store) struct Top {
    /// The whole object.
    pub(in crate::store) whole: Range<usize>,
    /// The last value of each field but `events`, in the order of [`TOP`].
    parts: [Option<usize>; 5],
    /// Every value of `events`.
    pub(in crate::store) events: Vec<usize>,
}

impl Top {
    /// Walks over the object where `reader` stands, which makes sure that it is JSON.
    pub(in crate::store) fn read(reader: &mut Reader) -> Result<Self, Syntax> {
        let mut top = Self::default();
        let start = reader.place();
        reader.fields(TOP, |reader, name| {
            top.meet(name, reader.place());
            reader.json.skip().map(drop)
        })?;
        top.whole = start..reader.json.at();
        Ok(top)
    }

    /// Notes that the value of the field `name` stands at `at`.
    pub(in crate::store) fn meet(&mut self, name: &str, at: usize) {
        let Some(field) = TOP.iter().position(|known| *known == name) else {
            return;
        };
        match self.parts.get_mut(field) {
            Some(part) => *part = Some(at),
            None => self.events.push(at),
        }
    }

    /// Makes sure of version 1 and of `events` being lists. `text` gives what stands at an offset:
    /// as much as is wanted for a message about it.
    pub(in crate::store) fn check<'t>(
        &self,
        text: impl Fn(usize) -> Cow<'t, [u8]>,
    ) -> Result<(), LoadError> {
        let [sokhan, ..] = self.parts;
        check_version(&text, sokhan, self.whole.start)?;
        for at in &self.events {
            match Cursor::new(&text(*at), 0).kind() {
                Ok(Kind::Array) | Err(_) => {}
                Ok(found) => {
                    let what = format!("`events` must be an array (a list), not {found}");
                    let mut problem = Problem::of_file(Class::Shape, what).at(*at);
                    "events".clone_into(&mut problem.path);
                    return Err(problem.into());
                }
            }
        }
        Ok(())
    }
}

fn check_version<'t>(
    text: impl Fn(usize) -> Cow<'t, [u8]>,
    sokhan: Option<usize>,
    object: usize,
) -> Result<(), LoadError> {
    let Some(at) = sokhan else {
        let what = "`sokhan` (the version of the format) is missing: this is no event file";
        let problem = Problem::of_file(Class::Version, what).at(object);
        return Err(problem.hint("add \"sokhan\": 1").into());
    };
    let text = text(at);
    let mut json = Cursor::new(&text, 0);
    if json.skip().is_err() || json.since(0) == b"1" {
        return Ok(());
    }
    let written = String::from_utf8_lossy(json.since(0)).into_owned();
    let newer = written.parse::<u64>().is_ok_and(|version| version > 1);
    let written = clean_to(&written, CUT);
    let what = if newer {
        format!("`sokhan` is {written}: a newer version of the format than this program knows (1)")
    } else {
        format!("`sokhan` (the version of the format) must be the integer 1, not {written}")
    };
    let mut problem = Problem::of_file(Class::Version, what).at(at);
    "sokhan".clone_into(&mut problem.path);
    Err(problem.into())
}

/// What was read of one array of records, and where each one stands.
struct Records<T> {
    all: Vec<T>,
    /// Index in the file's array and offset.
    places: Vec<(usize, usize)>,
}

/// Reads everything but the events; the header, and whom it names.
///
/// # Errors
///
/// When it is not JSON, which [`Top::read`] made sure of.
pub(in crate::store) fn header(
    text: &[u8],
    top: &Top,
    warnings: &mut Warnings,
) -> Result<(Header, Names), Syntax> {
    let nobody = Names::default();
    let mut header = Header::default();
    let [_, title, actors, sources, eras] = top.parts;
    let at = |at: usize| Cursor::new(text, at);
    if let Some(title) = title {
        let mut reader = Reader::new(at(title), &nobody, warnings);
        header.title = reader.within(key("title"), |reader| reader.text("ignored"))?;
    }
    let found = records(text, actors, "actors", &nobody, warnings, actor)?;
    let lists: Vec<_>;
    (header.actors, lists) = found.all.into_iter().unzip();
    let ids: Vec<&str> = header.actors.iter().map(|actor| &*actor.id).collect();
    for Renamed { at, to, .. } in doubled(text, &found.places, "actors", warnings, &ids) {
        if let Some(actor) = header.actors.get_mut(at) {
            actor.id = to;
        }
    }
    let names = Names::of_actors(&header.actors);
    read_members(text, &found.places, &lists, &names, &mut header, warnings);
    let found = records(text, sources, "sources", &names, warnings, source)?;
    header.sources = found.all;
    header.sources.shrink_to_fit();
    let ids: Vec<&str> = header.sources.iter().map(|source| &*source.id).collect();
    for Renamed { at, to, .. } in doubled(text, &found.places, "sources", warnings, &ids) {
        if let Some(source) = header.sources.get_mut(at) {
            source.id = to;
        }
    }
    let names = names.with_sources(&header.sources);
    header.eras = records(text, eras, "eras", &names, warnings, era)?.all;
    Ok((header, names))
}

fn key<'a>(name: &'static str) -> Step<'a> {
    Step::Key(Cow::Borrowed(name))
}

/// Reads the array `name` at `at` record by record.
fn records<T>(
    text: &[u8],
    at: Option<usize>,
    name: &'static str,
    names: &Names,
    warnings: &mut Warnings,
    read: fn(&mut Reader) -> Result<Option<T>, Syntax>,
) -> Result<Records<T>, Syntax> {
    let mut found = Records {
        all: Vec::new(),
        places: Vec::new(),
    };
    let Some(at) = at else {
        return Ok(found);
    };
    let mut reader = Reader::new(Cursor::new(text, at), names, warnings);
    reader.within(key(name), |reader| {
        reader.list(|reader, index| {
            let at = reader.place();
            if reader.expect(Kind::Object, "an object", "left out")?
                && let Some(record) = read(reader)?
            {
                found.all.push(record);
                found.places.push((index, at));
            }
            Ok(())
        })
    })?;
    Ok(found)
}

/// An actor, and where its memberships stand.
fn actor(reader: &mut Reader) -> Result<Option<(Actor, Option<usize>)>, Syntax> {
    let mut members = None;
    let mut actor = Actor {
        id: String::new(),
        kind: ActorKind::Unspecified,
        name: LangText::default(),
        role: LangText::default(),
        aliases: Box::default(),
        member_of: Box::default(),
        wikidata: None,
    };
    let fields = reader.fields(ACTOR, |reader, name| {
        match name {
            "id" => actor.id = id(reader)?,
            "kind" => {
                let kind = one_of(reader, &KINDS, "kept as unspecified")?;
                actor.kind = kind.unwrap_or(ActorKind::Unspecified);
            }
            "name" => actor.name = reader.text("shown by its id")?,
            "role" => actor.role = reader.text("ignored")?,
            "aliases" => actor.aliases = reader.words("a string")?.into(),
            // Read when all actors are known.
            "member_of" => {
                members = Some(reader.place());
                reader.json.skip()?;
            }
            _ => actor.wikidata = reader.word("a string")?.map(String::into_boxed_str),
        }
        Ok(())
    })?;
    if !has_id(
        reader,
        fields.has("id"),
        &actor.id,
        fields.at,
        "the actor is left out",
    ) {
        return Ok(None);
    }
    if !fields.has("kind") {
        reader.missing("`kind`", fields.at, "kept as unspecified");
    }
    if actor.name.is_empty() {
        actor.name = LangText::untagged(&actor.id);
    }
    Ok(Some((actor, members)))
}

fn id(reader: &mut Reader) -> Result<String, Syntax> {
    let id = reader.word_or("an id (a string)", "the record is left out")?;
    Ok(id.unwrap_or_default())
}

/// Says so when a record has no id at all.
fn has_id(reader: &mut Reader, there: bool, id: &str, at: usize, done: &str) -> bool {
    if !there {
        reader.missing("`id`", at, done);
    }
    !id.is_empty()
}

fn source(reader: &mut Reader) -> Result<Option<SourceDocument>, Syntax> {
    let mut source = SourceDocument {
        id: String::new(),
        publisher: None,
        title: LangText::default(),
        published: None,
        captured: None,
        url: None,
    };
    let fields = reader.fields(SOURCE, |reader, name| {
        match name {
            "id" => source.id = id(reader)?,
            "publisher" => source.publisher = reader.actor()?,
            "title" => source.title = reader.text("ignored")?,
            "published" => source.published = reader.when("ignored")?,
            "captured" => source.captured = reader.when("ignored")?,
            _ => source.url = url(reader)?,
        }
        Ok(())
    })?;
    let there = has_id(
        reader,
        fields.has("id"),
        &source.id,
        fields.at,
        "the source is left out",
    );
    Ok(there.then_some(source))
}

fn url(reader: &mut Reader) -> Result<Option<String>, Syntax> {
    let at = reader.place();
    let url = reader.word("a string")?;
    if let Some(url) = &url
        && !is_web(url)
    {
        reader.warn(Class::Value, at, || {
            let url = clean_to(url, CUT);
            format!("`url` is `{url}`: its scheme is not http or https; shown, never opened")
        });
    }
    Ok(url)
}

fn is_web(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|s| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https"))
}

fn era(reader: &mut Reader) -> Result<Option<Era>, Syntax> {
    let (mut when, mut title) = (None, LangText::default());
    let fields = reader.fields(ERA, |reader, name| {
        match name {
            "when" => when = reader.when("the era is left out")?,
            _ => title = reader.text("kept without one")?,
        }
        Ok(())
    })?;
    if !fields.has("when") {
        reader.missing("`when`", fields.at, "the era is left out");
    }
    if !fields.has("title") {
        reader.missing("`title`", fields.at, "kept without one");
    }
    Ok(when.map(|when| Era { when, title }))
}

/// The records whose id is taken, each with a free one (`id~2`), and says so.
fn doubled(
    text: &[u8],
    places: &[(usize, usize)],
    list: &'static str,
    warnings: &mut Warnings,
    ids: &[&str],
) -> Vec<Renamed> {
    let again = renamed(ids, |_| false);
    for Renamed { at, first, to } in &again {
        let place = |at: usize| places.get(at).copied().unwrap_or_default();
        let (index, object) = place(*at);
        warnings.add(Class::Duplicate, || {
            duplicate(
                text,
                object,
                ids.get(*at).unwrap_or(&""),
                to,
                &format!("{list}[{}]", place(*first).0),
                &format!("{list}[{index}].id"),
            )
        });
    }
    again
}
