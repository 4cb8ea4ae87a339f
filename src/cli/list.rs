//! `sokhan list FILE`: one event a line, in logical order.

use std::io::{self, Write};

use super::UNREADABLE;
use super::problems;
use crate::model::EventRecord;
use crate::store::{Limits, Source, load};
use crate::text::clean_to;

/// Lists the events of `source` in the order they happened: date as written, title, id, between
/// tabs. Warnings go to `notes`, the first ones only. The exit code: 0 well, 1 the data cannot be
/// used.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn run(
    source: &Source,
    limits: &Limits,
    out: &mut dyn Write,
    notes: &mut dyn Write,
) -> io::Result<u8> {
    let loaded = match load(source, limits) {
        Ok(loaded) => loaded,
        Err(error) => {
            let _ = problems::error(notes, source, &error);
            return Ok(UNREADABLE);
        }
    };
    let mut events: Vec<&EventRecord> = loaded.events.iter().collect();
    events.sort_by_key(|event| {
        let days = event.when.as_ref().map(|when| when.days);
        let length = |first: i32, last: i32| i64::from(last) - i64::from(first);
        (
            days.is_none(),
            days.map(|days| (days.first, length(days.first, days.last))),
        )
    });
    for event in events {
        line(out, event)?;
    }
    // The list is what was asked for; notes that nobody can read are no failure.
    let _ = problems::few(notes, source, &loaded.warnings);
    Ok(0)
}

fn line(out: &mut dyn Write, event: &EventRecord) -> io::Result<()> {
    let date = event.when.as_ref().map_or("", |when| &when.written);
    let title = event.title.best("fa").map_or("", |(_, title)| title);
    let fields =
        [(date, 80), (title, 300), (&*event.id, 200)].map(|(text, most)| clean_to(text, most));
    writeln!(out, "{}", fields.join("\t"))
}
