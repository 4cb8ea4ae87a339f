//! `sokhan check FILE`: everything that is wrong with a file.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::UNREADABLE;
pub use super::args::Format;
use super::problems;
use crate::store::{Limits, LoadError, Opening, Source, Warnings};

/// How many events, and what is wrong.
type Checked = (usize, Warnings);

/// What is asked of `sokhan check`.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The data.
    pub source: Source,
    /// How much of it is read.
    pub limits: Limits,
    /// Warnings make it fail.
    pub strict: bool,
    /// Every warning, not the first 1000.
    pub all: bool,
    /// The form of the output.
    pub format: Format,
}

/// Checks and tells on `out`; the exit code: 0 well, 1 the data cannot be used, or has warnings
/// and `strict` was asked for.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn run(asked: &Asked, out: &mut dyn Write) -> io::Result<u8> {
    let source = &asked.source;
    let mut limits = asked.limits;
    if asked.all {
        limits.warnings = usize::MAX;
    }
    let loaded = Opening::new(source.clone(), limits).and_then(|opening| opening.check());
    match asked.format {
        Format::Text => text(asked, source, &loaded, out)?,
        Format::Json => json(asked, source, &loaded, out)?,
    }
    Ok(match loaded {
        Ok((_, warnings)) if warnings.is_empty() || !asked.strict => 0,
        _ => UNREADABLE,
    })
}

fn text(
    asked: &Asked,
    source: &Source,
    loaded: &Result<Checked, LoadError>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (events, warnings) = match loaded {
        Ok(checked) => checked,
        Err(error) => return problems::error(out, source, error),
    };
    let told = problems::warnings(out, source, warnings, problems::room(asked.all))?;
    let more = warnings.total().saturating_sub(told);
    if more > 0 {
        writeln!(
            out,
            "… and {more} more warnings: `sokhan check --all` lists them"
        )?;
    }
    let events = count(*events as u64, "event");
    let total = count(warnings.total(), "warning");
    writeln!(out, "{events}, {total}{}", by_class(warnings))
}

/// `1 event`, `2 events`
fn count(number: u64, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

/// ` (3 DATE, 1 TEXT)`
fn by_class(warnings: &Warnings) -> String {
    let counts: Vec<_> = warnings
        .counts()
        .map(|(class, count)| format!("{count} {}", class.name()))
        .collect();
    match counts.len() {
        0 => String::new(),
        _ => format!(" ({})", counts.join(", ")),
    }
}

/// One object: the file, its problems by place, their counts by class.
fn json(
    asked: &Asked,
    source: &Source,
    loaded: &Result<Checked, LoadError>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (events, listed, counts) = match loaded {
        Ok((events, warnings)) => (
            Some(*events),
            listed(asked, warnings),
            warnings
                .counts()
                .map(|(class, count)| (class.name().to_owned(), json!(count)))
                .collect(),
        ),
        Err(LoadError(problem)) => (
            None,
            vec![problems::as_json(problem, "error")],
            serde_json::Map::new(),
        ),
    };
    let whole = json!({
        "file": problems::shown_name(source),
        "usable": loaded.is_ok(),
        "events": events,
        "warnings": loaded.as_ref().map_or(0, |(_, warnings)| warnings.total()),
        "counts": counts,
        "problems": listed,
    });
    writeln!(out, "{whole}")
}

fn listed(asked: &Asked, warnings: &Warnings) -> Vec<Value> {
    let mut room = problems::room(asked.all);
    let mut listed = Vec::new();
    for problem in warnings.list() {
        let value = problems::as_json(problem, "warning");
        let length = value.to_string().len() + 1;
        if length > room {
            break;
        }
        room -= length;
        listed.push(value);
    }
    listed
}
