//! How problems with a file are printed: lines for people, one object for programs; bounded.

use std::borrow::Cow;
use std::io::{self, Write};

use serde_json::{Value, json};

use crate::store::{LoadError, Problem, Source, Warnings};
use crate::text::clean_to;

/// Room for all lines of one output, in bytes; the sums stay below 200 kB with it.
const ROOM: usize = 190_000;
/// A screen's worth of warnings.
const FEW: usize = 20;

/// `path:line:column: error[CLASS] json.path: what`, and a line with the hint.
pub(super) fn error(out: &mut dyn Write, source: &Source, error: &LoadError) -> io::Result<()> {
    let LoadError(problem) = error;
    lines(out, &source.name(), problem, "error").map(drop)
}

/// Writes a problem; how many bytes that were.
fn lines(out: &mut dyn Write, file: &str, problem: &Problem, kind: &str) -> io::Result<usize> {
    let mut text = problem.line(file, kind);
    text.push('\n');
    if let Some(hint) = &problem.hint {
        text.push_str("  hint: ");
        text.push_str(&clean_to(hint, 300));
        text.push('\n');
    }
    out.write_all(text.as_bytes())?;
    Ok(text.len())
}

/// Writes the warnings that were kept, as many as there is room for; how many that were.
pub(super) fn warnings(
    out: &mut dyn Write,
    source: &Source,
    warnings: &Warnings,
    room: usize,
) -> io::Result<u64> {
    let file = source.name();
    let (mut room, mut told) = (room, 0);
    for problem in warnings.list() {
        if room == 0 {
            break;
        }
        room = room.saturating_sub(lines(out, &file, problem, "warning")?);
        told += 1;
    }
    Ok(told)
}

/// As many as fit below the limit of an output, or without end when all are wanted.
pub(super) fn room(all: bool) -> usize {
    if all { usize::MAX } else { ROOM }
}

/// The first warnings for standard error, and where the others are.
pub(super) fn few(out: &mut dyn Write, source: &Source, all: &Warnings) -> io::Result<()> {
    let file = source.name();
    for problem in all.list().iter().take(FEW) {
        lines(out, &file, problem, "warning")?;
    }
    match all.total().saturating_sub(FEW as u64) {
        0 => Ok(()),
        more => writeln!(out, "… and {more} more: `sokhan check` lists them"),
    }
}

/// For standard error, when the reader left before every event was looked at.
pub(super) fn unfinished(out: &mut dyn Write, source: &Source) -> io::Result<()> {
    let file = clean_to(&source.name(), 1000);
    writeln!(
        out,
        "{file}: not checked to the end: `sokhan check` tells what is wrong with it"
    )
}

/// One problem as JSON.
pub(super) fn as_json(problem: &Problem, severity: &str) -> Value {
    json!({
        "severity": severity,
        "class": problem.class.name(),
        "line": problem.place.map(|place| place.line),
        "column": problem.place.map(|place| place.column),
        "path": problem.path,
        "message": problem.what,
        "hint": problem.hint,
    })
}

/// The name of the data, made visible.
pub(super) fn shown_name(source: &Source) -> Cow<'_, str> {
    Cow::Owned(clean_to(&source.name(), 1000))
}
