//! The first events of a file, before the rest is read.
//!
//! An archive may define a hundred thousand actors before its first event. Of such a head only
//! those that the first events name are read.

use super::Store;
use super::columns::facts::{Interned, Tables};
use super::decode::{Names, decode_event};
use super::open::{Head, Opening};
use super::problem::Warnings;
use super::road::scan;
use crate::model::{EventRecord, Header};

/// Events in a preview.
const EVENTS: usize = 200;
/// Bytes that they are looked for in.
const WINDOW: u64 = 1 << 20;
/// A head of so many bytes is read whole.
const SHORT: usize = 256 << 10;

impl Opening {
    /// The first events, before the rest is read; `None` when they are not easily had. Where the
    /// file defines very many actors, it has only those that the events name.
    pub fn preview(&self) -> Option<Store> {
        let (bytes, frame) = self.plain()?;
        let mut window = Vec::new();
        let start = frame.events();
        bytes.read(start..start + WINDOW, &mut window).ok()?;
        let mut head = self.head_text(None)?;
        if head.len() > SHORT {
            let nameless = events(&window, &Names::default())?;
            let named = Store::from_records(Header::default(), nameless);
            head = abridged(&head, named.tables()).unwrap_or(head);
        }
        let Head { header, names, .. } = Head::read(&head, 0)?;
        let events = events(&window, &names)?;
        Some(Store::from_records(header, events))
    }
}

/// The events that `window` begins with.
fn events(window: &[u8], names: &Names) -> Option<Vec<EventRecord>> {
    let mut events = Vec::new();
    let mut at = 0;
    while let Some(rest) = window.get(at..).filter(|_| events.len() < EVENTS) {
        let Ok(length) = scan::skip(rest) else { break };
        let json = rest.get(..length)?;
        let mut warnings = Warnings::keeping(0);
        let event = decode_event(json, events.len(), names, &mut warnings).ok()??;
        events.push(event);
        at += length + joint(rest.get(length..)?);
    }
    Some(events)
}

/// The bytes between two events: blanks and at most one comma.
fn joint(rest: &[u8]) -> usize {
    let blanks = |rest: &[u8]| {
        rest.iter()
            .take_while(|byte| b" \t\r\n".contains(byte))
            .count()
    };
    let before = blanks(rest);
    match rest.get(before) {
        Some(b',') => before + 1 + blanks(rest.get(before + 1..).unwrap_or(&[])),
        _ => before,
    }
}

/// The object `head` with only those of its sources that `named` has, and of its actors those and
/// the sources' publishers. `None` when it is not written in the plain way.
fn abridged(head: &[u8], named: &Tables) -> Option<Vec<u8>> {
    let mut parts = Vec::new();
    scan::members(head, |key, value| parts.push((key, value))).ok()?;
    let mut actors = named.unknown_actors.clone();
    let sources = chosen(&parts, b"sources", |source| {
        let wanted = has(&named.unknown_sources, source);
        if wanted && let Ok(publisher) = scan::string_at(source, b"publisher") {
            let publisher = publisher.says();
            actors.row(&publisher, || publisher.to_string());
        }
        wanted
    });
    let actors = chosen(&parts, b"actors", |actor| has(&actors, actor));
    let written = parts.into_iter().map(|(key, value)| {
        let value = match key {
            b"sources" => sources.as_deref().unwrap_or(value),
            b"actors" => actors.as_deref().unwrap_or(value),
            _ => value,
        };
        [b"\"", key, b"\":", value].concat()
    });
    let written: Vec<_> = written.collect();
    Some([b"{", &*written.join(&b','), b"}"].concat())
}

/// True when the id of `record` is among `names`.
fn has<T>(names: &Interned<T>, record: &[u8]) -> bool {
    scan::string_at(record, b"id").is_ok_and(|name| names.has(&name.says()))
}

/// The records that are `wanted` of the last array under `key`, as an array.
fn chosen(
    parts: &[(&[u8], &[u8])],
    key: &[u8],
    mut wanted: impl FnMut(&[u8]) -> bool,
) -> Option<Vec<u8>> {
    let (_, array) = parts.iter().rfind(|(met, _)| *met == key)?;
    let mut records = Vec::new();
    scan::elements(array, |record| {
        if wanted(record) {
            records.push(record);
        }
    })
    .ok()?;
    Some([b"[", &*records.join(&b','), b"]"].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EventId;
    use crate::store::{Limits, Progress, Source, Table};

    fn opening(text: &str) -> Opening {
        let source = Source::Bytes("text", text.as_bytes().to_vec().into());
        Opening::new(source, Limits::default()).expect("a file")
    }

    /// A head with so many actors, and events that name a few of them.
    fn file(actors: usize, document: bool) -> String {
        let actor = |at| format!(r#"{{ "kind":"person", "id":"a{at}","name":"Actor {at}"}}"#);
        let actors: Vec<_> = (0..actors).map(actor).collect();
        let head = format!(
            r#""sokhan":1,"actors":[{}],"title":"T","sources":[{{"id":"s","publisher":"a7"}},{{"id":"t"}}]"#,
            actors.join(" , ")
        );
        let events = [
            r#"{"id":"1","when":"2024","title":"one","actors":["a\u0033","nobody"],"sources":["s"]}"#,
            r#"{"id":"2","when":"2023","title":"two","statements":[{"speaker":"a5","text":"x","to":["a6"]}]}"#,
        ];
        if document {
            format!("{{{head},\"events\":[{}]}}", events.join(",\n"))
        } else {
            format!("{{{head}}}\n{}\n", events.join("\n"))
        }
    }

    /// The ids of all that the events mention.
    fn named(store: &Store) -> Vec<Option<String>> {
        let header = store.header();
        let facts = (0..store.len()).flat_map(|event| store.facts().of(event));
        facts
            .map(|fact| {
                let (row, actors) = (fact.row() as usize, fact.table() == Table::Actor);
                let actor = header.actors.get(row).filter(|_| actors);
                let source = header.sources.get(row).filter(|_| !actors);
                let id = actor.map(|actor| &actor.id);
                id.or(source.map(|source| &source.id)).cloned()
            })
            .collect()
    }

    #[test]
    fn a_preview_shows_the_first_events_by_their_names_however_many_there_are() {
        for document in [false, true] {
            for actors in [10, 20_000] {
                let opening = opening(&file(actors, document));
                let preview = opening.preview().expect("a preview");
                let whole = opening.load(&Progress::default()).expect("an event file");
                assert_eq!(preview.len(), 2);
                assert_eq!(named(&preview), named(&whole));
                let of = |store: &Store| store.event(EventId(0)).expect("it").title.clone();
                assert_eq!(of(&preview), of(&whole));
                let (few, all) = (preview.header(), whole.header());
                assert_eq!(few.title, all.title);
                assert_eq!(few.actors.len(), if actors > 10 { 4 } else { actors });
            }
        }
    }
}
