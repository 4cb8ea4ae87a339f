//! `sokhan list FILE`: one event a line, in logical order.

use std::io::{self, Write};

use super::UNREADABLE;
use super::problems;
use crate::model::{DaySpan, EventRecord};
use crate::store::{Kept, Limits, Loaded, Source, load_as};
use crate::text::clean_to;

/// What is printed of an event, and what it is sorted by.
struct Entry {
    days: Option<DaySpan>,
    /// Date and title, between tabs.
    text: Box<str>,
    id: Box<str>,
}

impl Kept for Entry {
    fn of(event: EventRecord) -> Self {
        let date = event.when.as_ref().map_or("", |when| &when.written);
        let title = event.title.best("fa").map_or("", |(_, title)| title);
        let text = [(date, 80), (title, 300)].map(|(text, most)| clean_to(text, most));
        Self {
            days: event.when.map(|when| when.days),
            text: text.join("\t").into(),
            id: event.id.into(),
        }
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn rename(&mut self, id: String) {
        self.id = id.into();
    }
}

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
    let mut loaded: Loaded<Entry> = match load_as(source, limits) {
        Ok(loaded) => loaded,
        Err(error) => {
            let _ = problems::error(notes, source, &error);
            return Ok(UNREADABLE);
        }
    };
    loaded.events.sort_by_key(|event| {
        let length = |days: DaySpan| i64::from(days.last) - i64::from(days.first);
        let days = event.days.map(|days| (days.first, length(days)));
        (days.is_none(), days)
    });
    for Entry { text, id, .. } in &loaded.events {
        writeln!(out, "{text}\t{}", clean_to(id, 200))?;
    }
    // The list is what was asked for; notes that nobody can read are no failure.
    let _ = problems::few(notes, source, &loaded.warnings);
    Ok(0)
}
