//! `serde_json` into owned records, all of them in memory, then the index: what one would write
//! first.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::index::{Built, Event, Header, Met, Part, build};
use crate::sonic::each_line;

type Texts = BTreeMap<String, String>;

#[derive(Deserialize)]
#[expect(
    dead_code,
    reason = "a whole record is read, as a program would that shows it"
)]
pub struct Record {
    id: String,
    when: String,
    title: Texts,
    summary: Texts,
    place: Texts,
    actors: Vec<String>,
    tags: Vec<String>,
    sources: Vec<String>,
    statements: Vec<Statement>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "as above")]
pub struct Statement {
    speaker: String,
    mode: String,
    channel: String,
    text: Texts,
    original: String,
    source: String,
}

/// A record, and where it stands: offset and length.
type Placed = (usize, usize, Record);

/// All records, then the index. Both are given back, since the records are what would be shown.
pub fn read(events: &str, header: &Header) -> (Built, Vec<Placed>) {
    let mut records = Vec::new();
    each_line(events, 0..events.len(), |offset, line| {
        let record: Record = serde_json::from_str(line).expect("an event");
        records.push((offset, line.len(), record));
    });
    let (mut met, mut part) = (Met::default(), Part::default());
    for (offset, length, record) in &records {
        let mut event = Event::at(*offset, *length, header, &mut met, &mut part);
        event.when(&record.when);
        record.actors.iter().for_each(|id| event.actor(id, false));
        record.place.values().for_each(|name| event.place(name));
        record.tags.iter().for_each(|tag| event.tag(tag));
        record.sources.iter().for_each(|id| event.source(id));
        for statement in &record.statements {
            event.mode(&statement.mode);
            event.actor(&statement.speaker, true);
            event.source(&statement.source);
        }
    }
    (build(vec![(met, vec![(0, part)])], header, false), records)
}
