//! JSON becomes records: what is wrong is said, and everything else is kept.

mod event;
mod header;
mod lang_text;
pub(in crate::store) mod load;
mod members;
mod names;
mod reader;
pub(in crate::store) mod shape;
mod tag;
mod unique;

pub use names::Names;

pub(super) use event::event;
pub(super) use header::{Top, header};
pub(super) use reader::Reader;
pub(super) use tag::is_tag;
pub(super) use unique::{Renamed, duplicate, renamed};

use super::json::{Cursor, Syntax};
use super::problem::Warnings;
use crate::model::EventRecord;

/// Reads one event from the bytes of its record alone.
///
/// `number` is its index in the file; it is named `#number+1` when it has no id, and its paths
/// begin with `events[number]`. Offsets of warnings are relative to `bytes`. `None` when the
/// record is no object.
///
/// # Errors
///
/// When `bytes` are not JSON.
pub fn decode_event(
    bytes: &[u8],
    number: usize,
    names: &Names,
    warnings: &mut Warnings,
) -> Result<Option<EventRecord>, Syntax> {
    let mut reader = Reader::new(Cursor::new(bytes, 0), names, warnings);
    event(&mut reader, number)
}
