//! Which of the two shapes a file has, and where its events are.

use std::io;
use std::ops::Range;

use memchr::memchr;

use super::scan::{self, Reached};
use super::stretch::Halt;
use crate::store::input::bytes::Bytes;
use crate::store::input::place;
use crate::store::json;
use crate::store::json::walk::Walk;

/// A head longer than this is not looked for, in bytes: such a file is read by the decoder alone.
const LONGEST_HEAD: u64 = 256 << 20;

/// The scanner looks for the events in so many bytes: a longer head is walked over.
const WINDOW: u64 = 1 << 20;

/// The shape of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) enum Frame {
    /// A line with everything but the events, then a line for each event.
    Lines {
        /// The first line.
        header: Range<u64>,
        /// Where the second line begins.
        events: u64,
        /// The byte that ends lines.
        feed: u8,
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
    pub(in crate::store) fn events(&self) -> u64 {
        match self {
            Self::Lines { events, .. } | Self::Document { events, .. } => *events,
        }
    }

    /// The byte that ends lines.
    pub(in crate::store) fn feed(&self) -> u8 {
        match self {
            Self::Lines { feed, .. } => *feed,
            Self::Document { .. } => b'\n',
        }
    }

    /// What is before the events.
    pub(in crate::store) fn head(&self) -> Range<u64> {
        match self {
            Self::Lines { header, .. } => header.clone(),
            Self::Document { head, .. } => head.clone(),
        }
    }
}

/// Tells the shape by what is there. `None` when it is not plain.
pub(in crate::store) fn frame(bytes: &Bytes) -> Result<Option<Frame>, Halt> {
    let mut window = Vec::new();
    let mut length = 64 << 10;
    loop {
        bytes.read(0..length, &mut window)?;
        let all = length >= bytes.len();
        if let Some(frame) = lines(&window).or_else(|| document(&window)) {
            return Ok(Some(frame));
        }
        if all || length >= WINDOW {
            return Ok(walked(bytes)?);
        }
        length *= 4;
    }
}

/// The shape of a file whose head the scanner cannot read, or that has no events.
fn walked(bytes: &Bytes) -> io::Result<Option<Frame>> {
    let start = place::bom(bytes)?;
    let mut walk = Walk::new(bytes, start..start + LONGEST_HEAD);
    if walk.blank()? != Some(b'{') {
        return Ok(None);
    }
    let object = walk.at();
    walk.open()?;
    let mut first = true;
    loop {
        match walk.next_key(&mut first)? {
            Ok(Some(key)) if key == "events" => return array(&mut walk, start),
            Ok(Some(_)) if walk.skip()?.is_ok() => {}
            Ok(None) => return unlisted(bytes, start, object, walk.at()),
            Ok(Some(_)) | Err(_) => return Ok(None),
        }
    }
}

/// The document shape, where `walk` stands before the value of `events`.
fn array(walk: &mut Walk, start: u64) -> io::Result<Option<Frame>> {
    if walk.blank()? != Some(b'[') {
        return Ok(None);
    }
    walk.open()?;
    let head = start..walk.at();
    let inside = walk.blank()?.map(|_| walk.at());
    Ok(inside.map(|events| Frame::Document { head, events }))
}

/// What follows the object from `object` to `end`, which has no `events`: lines, or nothing.
fn unlisted(bytes: &Bytes, start: u64, object: u64, end: u64) -> io::Result<Option<Frame>> {
    let feed = place::end_of_lines(bytes)?;
    let line_end = Walk::new(bytes, object..bytes.len()).to(feed)?;
    let mut walk = Walk::new(bytes, end..bytes.len());
    let header = start..end;
    let events = match (walk.blank()?, line_end) {
        (None, _) => bytes.len(),
        (Some(_), Some(line_end)) if (end..walk.at()).contains(&line_end) => line_end + 1,
        (Some(_), _) => return Ok(None),
    };
    Ok(Some(Frame::Lines {
        header,
        events,
        feed,
    }))
}

/// The lines shape: the first line is a whole object without events, and another line follows.
fn lines(window: &[u8]) -> Option<Frame> {
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
    (blank && more).then_some(Frame::Lines {
        header,
        events,
        feed: b'\n',
    })
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
        let ended = |header: Range<u64>, events, feed| {
            Some(Frame::Lines {
                header,
                events,
                feed,
            })
        };
        let lines = |header, events| ended(header, events, b'\n');
        let document = |head: Range<u64>, events| Some(Frame::Document { head, events });
        assert_eq!(of("{\"sokhan\":1}\n{}"), lines(0..12, 13));
        assert_eq!(of("\u{feff}{\"sokhan\":1} \r\n\n{}"), lines(3..17, 18));
        assert_eq!(of("{\"sokhan\":1}\n"), lines(0..12, 13));
        assert_eq!(of("{\"sokhan\":1} \r{}"), ended(0..12, 14, b'\r'));
        assert_eq!(of("{\n\"sokhan\":1}"), lines(0..13, 13));
        assert_eq!(of("{\n\"sokhan\":1}\n{}"), None);
        assert_eq!(of(" {\"\\u0061\":1} \r\n\n{}"), lines(0..13, 16));
        assert_eq!(of("{\"\\u0065vents\" : [ {}"), document(0..18, 19));
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
