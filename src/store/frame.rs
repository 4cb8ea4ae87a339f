//! Which of the two shapes a file has, and where its events are.

use std::ops::Range;

use memchr::memchr;

use super::bytes::Bytes;
use super::json;
use super::scan::{self, Reached};
use super::stretch::Halt;

/// A head longer than this is not looked for, in bytes: the events of such a file are read by the
/// decoder.
const LONGEST_HEAD: u64 = 256 << 20;

/// The shape of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// A line with everything but the events, then a line for each event.
    Lines {
        /// The first line.
        header: Range<u64>,
        /// Where the second line begins.
        events: u64,
    },
    /// One object.
    Document {
        /// From its `{` to behind the `[` of its events.
        head: Range<u64>,
        /// Where the first event begins, or the `]` when there is none.
        events: u64,
    },
}

impl Frame {
    /// Where the first event begins.
    pub(super) fn events(&self) -> u64 {
        match self {
            Self::Lines { events, .. } | Self::Document { events, .. } => *events,
        }
    }

    /// What is before the events.
    pub(super) fn head(&self) -> Range<u64> {
        match self {
            Self::Lines { header, .. } => header.clone(),
            Self::Document { head, .. } => head.clone(),
        }
    }
}

/// Tells the shape by what is there. `None` when it is not plain.
pub(super) fn frame(bytes: &Bytes) -> Result<Option<Frame>, Halt> {
    let mut window = Vec::new();
    let mut length = 64 << 10;
    loop {
        bytes.read(0..length, &mut window)?;
        let all = length >= bytes.len();
        if let Some(frame) = lines(&window, all).or_else(|| document(&window)) {
            return Ok(Some(frame));
        }
        if all || length >= LONGEST_HEAD {
            return Ok(None);
        }
        length *= 4;
    }
}

/// The lines shape: the first line is a whole object without events, and another line follows.
fn lines(window: &[u8], all: bool) -> Option<Frame> {
    let start = bom(window);
    let end = memchr(b'\n', window.get(start..)?)? + start;
    let line = window.get(start..end)?;
    let Ok(Reached::End(length)) = scan::walk_to(line, b"events") else {
        return None;
    };
    let blank = line.get(length..)?.iter().all(|byte| json::is_blank(*byte));
    let more = window
        .get(end..)
        .is_some_and(|rest| !rest.trim_ascii().is_empty());
    let (header, events) = (start as u64..end as u64, end as u64 + 1);
    (blank && (more || !all)).then_some(Frame::Lines { header, events })
}

/// The document shape: an object with an array of events.
fn document(window: &[u8]) -> Option<Frame> {
    let start = bom(window);
    let Ok(Reached::Value(array)) = scan::walk_to(window.get(start..)?, b"events") else {
        return None;
    };
    let inside = start + array + 1;
    if window.get(inside - 1) != Some(&b'[') {
        return None;
    }
    let blanks = window
        .get(inside..)?
        .iter()
        .take_while(|byte| json::is_blank(**byte));
    let events = inside + blanks.count();
    window.get(events)?;
    Some(Frame::Document {
        head: start as u64..inside as u64,
        events: events as u64,
    })
}

/// The length of a byte order mark.
fn bom(window: &[u8]) -> usize {
    if window.starts_with(b"\xEF\xBB\xBF") {
        3
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<Frame> {
        frame(&Bytes::Held(text.as_bytes().to_vec())).expect("no file, no error")
    }

    #[test]
    fn tells_lines_from_a_document() {
        let lines = |header: Range<u64>, events| Some(Frame::Lines { header, events });
        let document = |head: Range<u64>, events| Some(Frame::Document { head, events });
        assert_eq!(of("{\"sokhan\":1}\n{}"), lines(0..12, 13));
        assert_eq!(of("\u{feff}{\"sokhan\":1} \r\n\n{}"), lines(3..17, 18));
        assert_eq!(of("{\"sokhan\":1}\n"), None);
        assert_eq!(of("{\"sokhan\":1,\"events\":[]}\n{}"), document(0..22, 22));
        assert_eq!(
            of("{\n\"events\" : [\n {}],\"sokhan\":1}"),
            document(0..14, 16)
        );
        assert_eq!(
            of("{\"x\":{\"events\":[1]},\"events\":[{}]}"),
            document(0..30, 30)
        );
        assert_eq!(of("{\"events\":{}}"), None);
        assert_eq!(of(""), None);
    }
}
