//! The events of one stretch of the file.
//!
//! An event belongs to the stretch it begins in. The reader of a stretch reads on past its end as
//! far as its last event goes.

use std::io;
use std::ops::Range;

use memchr::memchr;

use super::batch::{Batch, Desk, Judge};
use super::bytes::Bytes;
use super::json;
use super::load::without_event;
use super::scan;
use crate::model::Header;

/// What is read past the end of a stretch at once, in bytes: most events are shorter.
const SLACK: u64 = 16 << 10;

/// An event longer than this is left out, in bytes.
pub(super) const LONGEST: usize = 64 << 20;

/// Why a stretch cannot be read this way.
#[derive(Debug)]
pub(super) enum Halt {
    /// The system said no.
    Unreadable,
    /// What stands here is not one event as a file has them; only the decoder can tell.
    Broken,
}

impl From<io::Error> for Halt {
    fn from(_: io::Error) -> Self {
        Self::Unreadable
    }
}

/// Where a stretch of an array ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Before the event that begins here.
    Before(u64),
    /// At the array's `]`.
    Closed(u64),
}

/// Reads stretches one after the other.
pub(super) struct Reader<'a> {
    bytes: &'a Bytes,
    judge: Judge<'a>,
    pub desk: Desk,
    window: Vec<u8>,
    /// Where the window begins in the file.
    at: u64,
    no_header: Header,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a Bytes, judge: Judge<'a>) -> Self {
        Self {
            bytes,
            judge,
            desk: Desk::default(),
            window: Vec::new(),
            at: 0,
            no_header: Header::default(),
        }
    }

    /// The lines that begin in `stretch`. `first` tells that a line begins at its start.
    pub(super) fn lines(&mut self, stretch: Range<u64>, first: bool) -> Result<Batch, Halt> {
        let mut batch = Batch::default();
        self.open(stretch.start - u64::from(!first), stretch.end)?;
        let mut start = 0;
        if !first {
            match self.line_end(0)? {
                Some(end) => start = end + 1,
                None => return Ok(batch),
            }
        }
        while self.at + (start as u64) < stretch.end {
            let end = self.line_end(start)?;
            let line = self
                .window
                .get(start..end.unwrap_or(self.window.len()))
                .unwrap_or(&[]);
            self.line(
                self.at + start as u64,
                start..start + line.len(),
                &mut batch,
            )?;
            match end {
                Some(end) => start = end + 1,
                None => break,
            }
        }
        Ok(batch)
    }

    /// The events of an array that begin in `stretch`, at whose start the first one begins.
    pub(super) fn array(&mut self, stretch: Range<u64>) -> Result<(Batch, End), Halt> {
        let mut batch = Batch::default();
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

    /// Files the event of a line, if it has one.
    fn line(&mut self, offset: u64, range: Range<usize>, batch: &mut Batch) -> Result<(), Halt> {
        let end = range.end;
        let line = self.window.get(range).unwrap_or(&[]);
        if batch.scan_line(line, offset, &mut self.desk).is_ok() {
            return Ok(());
        }
        let (indent, json) = json::trim(line);
        if json.is_empty() {
            return Ok(());
        }
        let Some(event) = (self.judge)(json) else {
            let (records, _) = without_event(line, 0, 0).ok_or(Halt::Broken)?;
            // With its line feed, so that the decoder can tell its end from that of the file.
            let feed = usize::from(self.window.get(end) == Some(&b'\n'));
            batch.odd(offset, line.len() + feed, records);
            return Ok(());
        };
        batch.take(
            &event,
            &self.no_header,
            offset + indent as u64,
            json.len(),
            &mut self.desk,
        );
        Ok(())
    }

    /// Files the array element at `start` of the window; returns where it ends.
    fn element(&mut self, start: usize, batch: &mut Batch) -> Result<usize, Halt> {
        loop {
            let offset = self.at + start as u64;
            let json = self.window.get(start..).unwrap_or(&[]);
            if let Ok(length) = batch.scan(json, offset, &mut self.desk) {
                return Ok(start + length);
            }
            if let Ok(length) = scan::skip(json) {
                let element = json.get(..length).unwrap_or(&[]);
                if let Some(event) = (self.judge)(element) {
                    batch.take(&event, &self.no_header, offset, length, &mut self.desk);
                } else {
                    // In an array any object is an event, whatever it has.
                    let plain = !element.starts_with(b"{");
                    let none = without_event(element, 0, 0).filter(|_| plain);
                    let (records, _) = none.ok_or(Halt::Broken)?;
                    batch.odd(offset, length, records);
                }
                return Ok(start + length);
            }
            if json.len() > LONGEST || !self.read_on()? {
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

    /// Where the line that goes on at `start` of the window ends: at its newline, or nowhere in
    /// the file.
    fn line_end(&mut self, start: usize) -> Result<Option<usize>, Halt> {
        let mut from = start;
        loop {
            if let Some(found) = memchr(b'\n', self.window.get(from..).unwrap_or(&[])) {
                return Ok(Some(from + found));
            }
            from = self.window.len();
            if !self.read_on()? {
                return Ok(None);
            }
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
