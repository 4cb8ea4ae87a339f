//! The events of one stretch of the file.
//!
//! An event belongs to the stretch it begins in. The reader of a stretch reads on past its end as
//! far as its last event goes.

use std::io;
use std::ops::Range;

use memchr::memchr;

use super::batch::{Batch, Desk, Judge};
use crate::model::Header;
use crate::store::decode::load::Stands;
use crate::store::input::bytes::Bytes;
use crate::store::json::walk::Walk;
use crate::store::json::{Cursor, SyntaxKind};
use crate::store::problem::LoadError;

/// What is read past the end of a stretch at once, in bytes: most events are shorter.
const SLACK: u64 = 16 << 10;

/// Why a stretch cannot be read this way.
#[derive(Debug)]
pub(in crate::store) enum Halt {
    /// The system said no.
    Unreadable,
    /// What stands here is not what an event file has; where that begins is not known.
    Broken,
    /// It is no event file, for this reason.
    Unusable(LoadError),
}

impl From<io::Error> for Halt {
    fn from(_: io::Error) -> Self {
        Self::Unreadable
    }
}

/// Where a stretch of an array ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum End {
    /// Before the event that begins here.
    Before(u64),
    /// At the array's `]`.
    Closed(u64),
}

/// The end of a line.
enum Line {
    /// Its line feed.
    Ends(usize),
    /// That of the text.
    Last,
    /// Too far away.
    Long,
}

/// Where the JSON value at the start of `text` ends; `None` when that is not seen there.
fn value_end(text: &[u8]) -> Result<Option<usize>, Halt> {
    let mut json = Cursor::new(text, 0);
    match json.skip() {
        // A number may go on.
        Ok(value) if value.end == text.len() => Ok(None),
        Ok(value) => Ok(Some(value.end)),
        Err(syntax) if syntax.kind == SyntaxKind::End => Ok(None),
        Err(_) => Err(Halt::Broken),
    }
}

/// How many bytes of `text`, in which a line begins, are lines without anything: there may be a
/// file full of them.
fn blank_lines(text: &[u8], feed: u8) -> usize {
    let solid = text.iter().position(|byte| !b" \t\r\n".contains(byte));
    let blank = text.get(..solid.unwrap_or(text.len())).unwrap_or(&[]);
    memchr::memrchr(feed, blank).map_or(0, |feed| feed + 1)
}

/// Reads stretches one after the other.
pub(in crate::store) struct Reader<'a> {
    bytes: &'a Bytes,
    judge: Judge<'a>,
    /// Longer records are passed, in bytes.
    longest: usize,
    /// The byte that ends lines.
    feed: u8,
    pub desk: Desk,
    window: Vec<u8>,
    /// Where the window begins in the file.
    at: u64,
    no_header: Header,
}

impl<'a> Reader<'a> {
    pub(in crate::store) fn new(
        bytes: &'a Bytes,
        judge: Judge<'a>,
        longest: usize,
        feed: u8,
    ) -> Self {
        Self {
            bytes,
            judge,
            longest,
            feed,
            desk: Desk::default(),
            window: Vec::new(),
            at: 0,
            no_header: Header::default(),
        }
    }

    /// The lines that begin in `stretch`. `first` tells that a line begins at its start.
    pub(in crate::store) fn lines(
        &mut self,
        stretch: Range<u64>,
        first: bool,
    ) -> Result<Batch, Halt> {
        let mut batch = Batch::of_stretch(stretch.end - stretch.start);
        self.open(stretch.start - u64::from(!first), stretch.end)?;
        let mut start = 0;
        if !first {
            // A line that begins in the stretch begins behind a line feed in it or just before.
            let before = (stretch.end - self.at) as usize;
            let here = self.window.get(..before).unwrap_or(&self.window);
            match memchr(self.feed, here) {
                Some(end) => start = end + 1,
                None => return Ok(batch),
            }
        }
        while self.at + (start as u64) < stretch.end {
            start += blank_lines(self.window.get(start..).unwrap_or(&[]), self.feed);
            if self.at + (start as u64) >= stretch.end {
                break;
            }
            let end = match self.line_end(start)? {
                Line::Ends(end) => Some(end),
                Line::Last => None,
                Line::Long => {
                    let offset = self.at + start as u64;
                    let end = self.pass(Stands::Line { feed: self.feed }, start)?;
                    batch.pass(offset);
                    self.open(end, stretch.end.max(end))?;
                    start = 0;
                    continue;
                }
            };
            let line = self
                .window
                .get(start..end.unwrap_or(self.window.len()))
                .unwrap_or(&[]);
            let range = start..start + line.len();
            self.line(self.at + start as u64, range, &mut batch);
            match end {
                Some(end) => start = end + 1,
                None => break,
            }
        }
        Ok(batch)
    }

    /// The events of an array that begin in `stretch`, at whose start the first one begins.
    pub(in crate::store) fn array(&mut self, stretch: Range<u64>) -> Result<(Batch, End), Halt> {
        let mut batch = Batch::of_stretch(stretch.end - stretch.start);
        self.open(stretch.start, stretch.end)?;
        let mut start = 0;
        loop {
            let offset = self.at + start as u64;
            if offset >= stretch.end {
                return Ok((batch, End::Before(offset)));
            }
            let end = self.element(start, &mut batch)?;
            match self.solid(end)? {
                Some((at, b',')) => start = self.solid(at + 1)?.ok_or(Halt::Broken)?.0,
                Some((at, b']')) => return Ok((batch, End::Closed(self.at + at as u64))),
                _ => return Err(Halt::Broken),
            }
        }
    }

    /// Files what is in a line.
    fn line(&mut self, offset: u64, range: Range<usize>, batch: &mut Batch) {
        let end = range.end;
        let line = self.window.get(range).unwrap_or(&[]);
        if batch.scan_line(line, offset, &mut self.desk).is_ok() {
            return;
        }
        let found = (self.judge)(line, Stands::Line { feed: self.feed });
        // With its line feed, so that the decoder can tell its end from that of the file.
        let feed = usize::from(self.window.get(end) == Some(&self.feed));
        let length = line.len() + feed;
        batch.take(&found, offset, length, &self.no_header, &mut self.desk);
    }

    /// Files the array element at `start` of the window; returns where it ends.
    fn element(&mut self, start: usize, batch: &mut Batch) -> Result<usize, Halt> {
        loop {
            let offset = self.at + start as u64;
            let json = self.window.get(start..).unwrap_or(&[]);
            if let Some(short) = json.get(..=self.longest)
                && value_end(short)?.is_none_or(|end| end > self.longest)
            {
                let end = self.pass(Stands::Array, start)?;
                batch.pass(offset);
                self.open(end, end)?;
                return Ok(0);
            }
            if let Ok(length) = batch.scan(json, offset, &mut self.desk) {
                return Ok(start + length);
            }
            if let Some(length) = value_end(json)? {
                let element = json.get(..length).unwrap_or(&[]);
                let found = (self.judge)(element, Stands::Array);
                batch.take(&found, offset, length, &self.no_header, &mut self.desk);
                return Ok(start + length);
            }
            if !self.read_on()? {
                return Err(Halt::Broken);
            }
        }
    }

    /// The first byte from `start` of the window that is not blank.
    fn solid(&mut self, start: usize) -> Result<Option<(usize, u8)>, Halt> {
        let mut at = start;
        loop {
            match self.window.get(at).copied() {
                Some(b' ' | b'\t' | b'\r' | b'\n') => at += 1,
                Some(byte) => return Ok(Some((at, byte))),
                None if self.read_on()? => {}
                None => return Ok(None),
            }
        }
    }

    /// Where the line that goes on at `start` of the window ends.
    fn line_end(&mut self, start: usize) -> Result<Line, Halt> {
        let mut from = start;
        loop {
            if let Some(found) = memchr(self.feed, self.window.get(from..).unwrap_or(&[])) {
                let long = from + found - start > self.longest;
                return Ok(if long {
                    Line::Long
                } else {
                    Line::Ends(from + found)
                });
            }
            from = self.window.len();
            if from - start > self.longest {
                return Ok(Line::Long);
            }
            if !self.read_on()? {
                return Ok(Line::Last);
            }
        }
    }

    /// Where the record that begins at `start` of the window ends in the file, without holding it.
    fn pass(&mut self, stands: Stands, start: usize) -> Result<u64, Halt> {
        let at = self.at + start as u64;
        self.window = Vec::new();
        let mut walk = Walk::new(self.bytes, at..self.bytes.len());
        match stands {
            Stands::Line { feed } => Ok(walk.to(feed)?.unwrap_or(self.bytes.len())),
            Stands::Array => walk.skip()?.map_err(|_| Halt::Broken),
        }
    }

    fn open(&mut self, start: u64, end: u64) -> io::Result<()> {
        self.at = start;
        self.bytes.read(start..end + SLACK, &mut self.window)
    }

    /// Reads as much again; false at the end of the file.
    fn read_on(&mut self) -> io::Result<bool> {
        let end = self.at + self.window.len() as u64;
        let more = (self.window.len() as u64).clamp(SLACK, 64 << 20);
        self.bytes.read_more(end..end + more, &mut self.window)?;
        Ok(self.at + self.window.len() as u64 > end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::decode::load::{Alone, alone};

    fn event(id: usize, words: usize) -> String {
        format!(
            r#"{{"id":"e{id}","when":"2024-01-01","title":"{}"}}"#,
            r#"\"}\n["#.repeat(words)
        )
    }

    fn decoded(text: &[u8], stands: Stands) -> Alone {
        alone(text, stands, 0, 0)
    }

    /// The events and the odd places, each with offset and length, by stretches of `size`.
    fn lines(text: &str, size: u64) -> [Vec<(u64, u32)>; 2] {
        let bytes = Bytes::Held(text.as_bytes().to_vec());
        let mut reader = Reader::new(&bytes, &decoded, 1000, b'\n');
        let (mut events, mut odd) = (Vec::new(), Vec::new());
        for start in (0..bytes.len()).step_by(size as usize) {
            let stretch = start..bytes.len().min(start + size);
            let batch = reader.lines(stretch, start == 0).expect("lines");
            events.extend(batch.rows.iter().map(|row| (row.offset, row.length)));
            odd.extend(batch.odd.iter().map(|odd| (odd.offset, odd.length)));
        }
        [events, odd]
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_and_the_others_stay() {
        let long = event(2, 20_000);
        let all = [
            event(1, 3),
            long.clone(),
            event(3, 3),
            "\n \n".repeat(50),
            event(4, 3),
        ];
        let text = all.join("\n");
        let place = |event: &str| {
            let at = text.find(event).expect("the event");
            (at as u64, event.len() as u32)
        };
        let passed = [(place(&long).0, 0)];
        let want = [&all[0], &all[2], &all[4]].map(|event| place(event));
        for size in [1, 50, 5000, 1 << 20] {
            let [events, odd] = lines(&text, size);
            assert_eq!(events, want, "stretches of {size}");
            assert_eq!(odd, passed, "stretches of {size}");
        }
        let [events, odd] = lines(&[event(1, 1), long].join("\n"), 64);
        assert_eq!((events.len(), odd.len()), (1, 1), "at the end of the file");
    }

    #[test]
    fn an_element_that_is_too_long_is_passed_and_the_others_stay() {
        let all = [event(1, 3), event(2, 20_000), event(3, 3)];
        let text = all.join(",\n") + "]";
        let bytes = Bytes::Held(text.as_bytes().to_vec());
        let mut reader = Reader::new(&bytes, &decoded, 1000, b'\n');
        let (batch, end) = reader.array(0..bytes.len()).expect("an array");
        let ends: Vec<_> = batch.rows.iter().map(|row| row.length as usize).collect();
        assert_eq!(ends, [all[0].len(), all[2].len()]);
        assert_eq!(batch.odd.len(), 1);
        let long = text.find(&all[1]).expect("the long one");
        assert_eq!((batch.odd[0].offset, batch.odd[0].length), (long as u64, 0));
        assert_eq!(end, End::Closed(text.len() as u64 - 1));
    }
}
