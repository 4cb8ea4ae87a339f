//! `sokhan show ID`: one event as text.

use std::io::{self, Write};

use super::event::Page;
use super::{UNREADABLE, data, problems};
use crate::app::Settings;
use crate::store::{Headings, Limits, Source};
use crate::text::clean;

/// Prints the event of this id; with `visual` as ready cells. The exit code: 0 well, 1 the data
/// cannot be used or has no such event.
///
/// # Errors
///
/// When `out` cannot be written to.
pub(super) fn run(
    (source, limits): (&Source, &Limits),
    id: &str,
    visual: bool,
    settings: &Settings,
    out: &mut dyn Write,
) -> io::Result<u8> {
    let mut notes = io::stderr().lock();
    let index = match data::index(source, limits) {
        Ok(index) => index,
        Err(error) => {
            let _ = problems::error(&mut notes, source, &error);
            return Ok(UNREADABLE);
        }
    };
    let store = index.store();
    // What went away meanwhile is told as missing.
    let _ = store.check();
    let mut headings = Headings::new(store);
    let mut events = store.in_file_order().into_iter();
    let asked = events.find(|event| headings.read(*event).is_ok_and(|found| found.id == id));
    let asked = asked.and_then(|event| store.event(event).ok());
    let page = Page {
        settings,
        header: store.header(),
        visual,
    };
    if let Some(event) = asked {
        return page.event(out, &event).map(|()| 0);
    }
    let _ = writeln!(notes, "sokhan: no event has the id “{}”", clean(id));
    Ok(UNREADABLE)
}
