//! `sonic-rs`, which skips what is not asked for: by its lazy values, and by typed records that
//! borrow from the text.

use std::ops::Range;

use serde::Deserialize;
use sonic_rs::{JsonValueTrait, LazyValue, to_array_iter, to_object_iter};

use crate::index::{Built, Event, Header, with_two};

/// By lazy values.
pub fn lazy(events: &str, header: &Header) -> Built {
    with_two(events, header, |events, stretch, header, met, part| {
        each_line(events, stretch, |offset, line| {
            let mut event = Event::at(offset, line.len(), header, met, part);
            for (key, value) in to_object_iter(line).map(|field| field.expect("a field")) {
                match &*key {
                    "when" => event.when(text(&value)),
                    "place" => each_field(&value, |_, name| event.place(text(&name))),
                    "actors" => each(&value, |id| event.actor(text(&id), false)),
                    "tags" => each(&value, |tag| event.tag(text(&tag))),
                    "sources" => each(&value, |id| event.source(text(&id))),
                    "statements" => each(&value, |statement| {
                        each_field(&statement, |key, value| match key {
                            "speaker" => event.actor(text(&value), true),
                            "mode" => event.mode(text(&value)),
                            "source" => event.source(text(&value)),
                            _ => {}
                        });
                    }),
                    _ => {}
                }
            }
        });
    })
}

fn text<'a>(value: &'a LazyValue<'_>) -> &'a str {
    value.as_str().unwrap_or_default()
}

fn each(list: &LazyValue<'_>, mut with: impl FnMut(LazyValue<'_>)) {
    for value in to_array_iter(list.as_raw_str()) {
        with(value.expect("a value"));
    }
}

fn each_field(object: &LazyValue<'_>, mut with: impl FnMut(&str, LazyValue<'_>)) {
    for field in to_object_iter(object.as_raw_str()) {
        let (key, value) = field.expect("a field");
        with(&key, value);
    }
}

#[derive(Deserialize)]
struct Record<'a> {
    when: &'a str,
    #[serde(borrow)]
    place: Place<'a>,
    actors: Vec<&'a str>,
    tags: Vec<&'a str>,
    sources: Vec<&'a str>,
    statements: Vec<Statement<'a>>,
}

#[derive(Deserialize)]
struct Place<'a> {
    fa: &'a str,
}

#[derive(Deserialize)]
struct Statement<'a> {
    speaker: &'a str,
    mode: &'a str,
    source: &'a str,
}

/// By typed records.
pub fn typed(events: &str, header: &Header) -> Built {
    with_two(events, header, |events, stretch, header, met, part| {
        each_line(events, stretch, |offset, line| {
            let mut event = Event::at(offset, line.len(), header, met, part);
            let record: Record<'_> = sonic_rs::from_str(line).expect("an event");
            event.when(record.when);
            record.actors.iter().for_each(|id| event.actor(id, false));
            event.place(record.place.fa);
            record.tags.iter().for_each(|tag| event.tag(tag));
            record.sources.iter().for_each(|id| event.source(id));
            for statement in &record.statements {
                event.mode(statement.mode);
                event.actor(statement.speaker, true);
                event.source(statement.source);
            }
        });
    })
}

/// Calls `with` for each line of a stretch, with its offset.
pub fn each_line(events: &str, stretch: Range<usize>, mut with: impl FnMut(usize, &str)) {
    let mut from = stretch.start;
    let ends = memchr::memchr_iter(b'\n', events[stretch.clone()].as_bytes());
    for end in ends.map(|end| stretch.start + end) {
        with(from, &events[from..end]);
        from = end + 1;
    }
}
