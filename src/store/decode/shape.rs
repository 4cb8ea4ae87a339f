//! Which of the two shapes a broken file was meant to be.

use crate::store::input::place::end_of_line;
use crate::store::json::Cursor;

/// The text up to the end of its first line, when it looks like one event a line: the next line is
/// a whole object, and the first one does not end as if it went on.
pub(in crate::store) fn first_line(text: &[u8], start: usize) -> Option<&[u8]> {
    let end = end_of_line(text);
    let stop = start + memchr::memchr(end, text.get(start..)?)?;
    let line = text.get(..stop)?;
    if matches!(
        line.trim_ascii_end().last(),
        Some(b'{' | b'[' | b',' | b':')
    ) {
        return None;
    }
    let rest = text.get(stop..)?.trim_ascii_start();
    let next = rest.split(|b| *b == end).next()?;
    let mut json = Cursor::new(next, 0);
    let whole = next.starts_with(b"{") && json.skip().is_ok() && json.is_done();
    whole.then_some(line)
}
