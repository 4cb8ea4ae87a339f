//! `sokhan list`: the events that pass a query, one a line, in logical order.

use std::io::{self, Write};

use super::args::Format;
use super::event::{Page, as_json};
use super::{UNREADABLE, WRONG_USAGE, complain, problems};
use crate::app::Settings;
use crate::model::EventId;
use crate::query::{Index, rows, typed};
use crate::store::{DetailError, Heading, Headings, Limits, Progress, Source, Store, both};
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
    let store = index.store();
    // What went away meanwhile is told below.
    let _ = if filter.text.is_empty() {
        store.check()
    } else {
        index.read_texts(&Progress::default())
    };
    let events: Vec<EventId> = rows(&index, &filter).iter().collect();
    if let Err(error) = lines(store, &events, asked, out)? {
        let _ = writeln!(notes, "sokhan: {error}");
        return Ok(UNREADABLE);
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

/// Events that are read, in the order of the file, before the first ones are written.
const FIRST: usize = 1 << 10;
/// Later ones, whose lines take some tens of megabytes: of a packed file, all of it is unpacked
/// for so many.
const MOST: usize = 1 << 18;
/// The same for JSON, whose lines are longer.
const MOST_JSON: usize = 1 << 16;

/// Writes the lines of `events`.
fn lines(
    store: &Store,
    events: &[EventId],
    asked: &Asked,
    out: &mut dyn Write,
) -> io::Result<Result<(), DetailError>> {
    let most = match asked.format {
        Format::Text => MOST,
        Format::Json => MOST_JSON,
    };
    let (mut rest, mut many) = (events, FIRST);
    while !rest.is_empty() {
        let (now, later) = rest.split_at(many.min(rest.len()));
        let mut order: Vec<(Option<u32>, usize)> = (now.iter().enumerate())
            .map(|(at, event)| (store.number(*event), at))
            .collect();
        order.sort_unstable();
        let (one, other) = order.split_at(order.len() / 2);
        let write = |part| Written::of(store, now, part, asked);
        let (one, other) = match both(now.len(), || write(one), || write(other)) {
            (Ok(one), Ok(other)) => (one, other),
            (Err(error), _) | (_, Err(error)) => return Ok(Err(error)),
        };
        let mut sorted = vec![&[][..]; now.len()];
        one.put(&mut sorted);
        other.put(&mut sorted);
        for line in sorted {
            out.write_all(line)?;
        }
        (rest, many) = (later, (many * 4).min(most));
    }
    Ok(Ok(()))
}

/// Lines in the order of the file.
struct Written {
    text: Vec<u8>,
    /// Which line ends where.
    ends: Vec<(usize, usize)>,
}

impl Written {
    /// The lines of `part` of `events`: of each its number in the file and its place in `events`.
    fn of(
        store: &Store,
        events: &[EventId],
        part: &[(Option<u32>, usize)],
        asked: &Asked,
    ) -> Result<Self, DetailError> {
        let (mut text, mut ends) = (Vec::new(), Vec::with_capacity(part.len()));
        let mut headings = Headings::new(store);
        for (_, at) in part {
            let Some(event) = events.get(*at) else {
                continue;
            };
            // Memory takes everything.
            let _ = match asked.format {
                Format::Text => heading(&mut text, &headings.read(*event)?, store, asked),
                Format::Json => {
                    let event = store.event(*event)?;
                    writeln!(text, "{}", as_json(&event, store.header()))
                }
            };
            ends.push((*at, text.len()));
        }
        Ok(Self { text, ends })
    }

    /// Puts each line in its place.
    fn put<'a>(&'a self, lines: &mut [&'a [u8]]) {
        let mut start = 0;
        for (at, end) in &self.ends {
            if let (Some(line), Some(text)) = (lines.get_mut(*at), self.text.get(start..*end)) {
                *line = text;
            }
            start = *end;
        }
    }
}

fn heading(out: &mut Vec<u8>, heading: &Heading, store: &Store, asked: &Asked) -> io::Result<()> {
    let page = Page {
        settings: &asked.settings,
        header: store.header(),
        visual: asked.visual,
    };
    let title = page.best(&heading.title);
    let fields = [
        clean_to(&heading.when, 80),
        page.shown(&clean_to(title, 300)),
        clean_to(&heading.id, 200),
    ];
    writeln!(out, "{}", fields.join("\t"))
}
