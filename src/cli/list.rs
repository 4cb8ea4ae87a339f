//! `sokhan list`: the events that pass a query, one a line, in logical order.

use std::io::{self, Write};

use super::args::Format;
use super::event::{Page, as_json};
use super::{UNREADABLE, WRONG_USAGE, complain, problems};
use crate::app::Settings;
use crate::model::EventRecord;
use crate::query::{Index, rows, typed};
use crate::store::{Limits, Source};
use crate::text::clean_to;

/// What is asked of `sokhan list`.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Only events that match; empty for all.
    pub query: String,
    /// The form of the output.
    pub format: Format,
    /// Ready cells instead of logical text.
    pub visual: bool,
    /// Language and calendar.
    pub settings: Settings,
}

/// Lists the events of `source` in the order they happened: date as written, title, id, between
/// tabs; or one JSON object a line. Warnings go to `notes`, the first ones only. The exit code: 0
/// well, 1 the data cannot be used, 2 the query is wrong.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn run(
    source: &Source,
    limits: &Limits,
    asked: &Asked,
    out: &mut dyn Write,
    notes: &mut dyn Write,
) -> io::Result<u8> {
    let index = match super::data::index(source, limits) {
        Ok(index) => index,
        Err(error) => {
            let _ = problems::error(notes, source, &error);
            return Ok(UNREADABLE);
        }
    };
    let filter = match filter(&index, asked) {
        Ok(filter) => filter,
        Err(problems) => {
            complain(&problems);
            return Ok(WRONG_USAGE);
        }
    };
    for event in rows(&index, &filter).iter() {
        match index.store().event(event) {
            Ok(event) => print(out, &event, &index, asked)?,
            Err(error) => drop(writeln!(notes, "{error}")),
        }
    }
    // The list is what was asked for; notes that nobody can read are no failure.
    let _ = problems::few(notes, source, index.store().warnings());
    Ok(0)
}

fn filter(index: &Index, asked: &Asked) -> Result<crate::query::Filter, Vec<String>> {
    let settings = &asked.settings;
    let today = settings.today.unwrap_or_default();
    let typed = typed::parse(&asked.query, index, today, settings.dates.first());
    if typed.problems.is_empty() {
        return Ok(typed.filter);
    }
    let told = |problem: &typed::Problem| {
        let what = problem.what.say(settings.lang);
        format!("query, column {}: {what}", problem.column)
    };
    Err(typed.problems.iter().map(told).collect())
}

fn print(out: &mut dyn Write, event: &EventRecord, index: &Index, asked: &Asked) -> io::Result<()> {
    let header = index.store().header();
    if asked.format == Format::Json {
        return writeln!(out, "{}", as_json(event, header));
    }
    let page = Page {
        settings: &asked.settings,
        header,
        visual: asked.visual,
    };
    let date = event.when.as_ref().map_or("", |when| &when.written);
    let title = page.best(&event.title);
    let fields = [
        clean_to(date, 80),
        page.shown(&clean_to(title, 300)),
        clean_to(&event.id, 200),
    ];
    writeln!(out, "{}", fields.join("\t"))
}
