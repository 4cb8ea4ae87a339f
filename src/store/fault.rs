//! Why a text is no event file, found without holding it: the same errors as those of the decoder,
//! in the same order.

use std::borrow::Cow;
use std::io;
use std::ops::Range;
use std::slice;

use super::decode::Top;
use super::decode::load::{after_document, empty, not_object, syntax_error};
use super::input::bytes::Bytes;
use super::input::place;
use super::input::stream::{self, Tail, cannot_read};
use super::json::walk::Walk;
use super::json::{Kind, Syntax, SyntaxKind};
use super::problem::{LoadError, Problem};
use super::watch::Progress;

/// Bytes of a value that a message may speak of.
const SHOWN: u64 = 64 << 10;

/// What is wrong with the whole of a text. `None` when that is not seen from outside of the events
/// and the header: then the decoder has more to say. Also when `progress` was stopped.
pub(super) fn find(bytes: &Bytes, tail: Option<&Tail>, progress: &Progress) -> Option<LoadError> {
    progress.begin(bytes.len());
    let fault = Fault {
        bytes,
        tail,
        progress,
    };
    match fault.find() {
        Ok(None) => None,
        Ok(Some(LoadError(mut problem))) => {
            let placed = place::fill(bytes, slice::from_mut(&mut problem), &mut None);
            Some(placed.map_or_else(|error| cannot_read(&error), |()| LoadError(problem)))
        }
        Err(_) if progress.is_stopped() => None,
        Err(error) => Some(cannot_read(&error)),
    }
}

struct Fault<'a> {
    bytes: &'a Bytes,
    tail: Option<&'a Tail>,
    progress: &'a Progress,
}

impl<'a> Fault<'a> {
    fn find(&self) -> io::Result<Option<LoadError>> {
        let mut walk = self.walk(place::bom(self.bytes)?..self.bytes.len());
        if walk.blank()?.is_none() {
            return Ok(Some(self.or_tail(empty(walk.at() as usize))?));
        }
        match walk.kind()? {
            Ok(Kind::Object) => {}
            Ok(found) => return Ok(Some(not_object(found, walk.at() as usize).into())),
            Err(syntax) => return Ok(Some(syntax_error(&syntax))),
        }
        let start = walk.at();
        let top = match walk.top()? {
            Ok(top) => top,
            Err(whole) => return self.broken(start, whole).map(Some),
        };
        if walk.blank()?.is_some() {
            if self.is_lines(&top, walk.at())? {
                return self.check(&top);
            }
            let syntax = walk.unexpected("nothing")?;
            return Ok(Some(after_document(syntax)));
        }
        match self.tail.filter(|tail| tail.spoils_document) {
            Some(tail) => Ok(Some(tail.problem.clone().into())),
            None => self.check(&top),
        }
    }

    fn walk(&self, part: Range<u64>) -> Walk<'a> {
        Walk::new(self.bytes, part).watched(self.progress)
    }

    /// What is said of an object that begins at `start` and is no JSON, which `whole` says.
    fn broken(&self, start: u64, whole: Syntax) -> io::Result<LoadError> {
        let mut syntax = whole;
        if let Some(end) = self.first_line(start)?
            && let Err(of_line) = self.walk(start..end).top()?
        {
            syntax = of_line;
        }
        let LoadError(problem) = syntax_error(&syntax);
        if syntax.kind == SyntaxKind::End {
            self.or_tail(*problem)
        } else {
            Ok(LoadError(problem))
        }
    }

    /// Where the first line ends, when it looks like one event a line: as
    /// [`crate::store::decode::shape::first_line`].
    fn first_line(&self, start: u64) -> io::Result<Option<u64>> {
        let feed = place::end_of_lines(self.bytes)?;
        let Some(end) = self.walk(start..self.bytes.len()).to(feed)? else {
            return Ok(None);
        };
        let last = self.last_solid(start..end)?;
        if matches!(last, Some(b'{' | b'[' | b',' | b':')) {
            return Ok(None);
        }
        let mut rest = self.walk(end..self.bytes.len());
        if rest.over(|byte| byte.is_ascii_whitespace())? != Some(b'{') {
            return Ok(None);
        }
        let next = rest.at();
        let stop = rest.to(feed)?.unwrap_or(self.bytes.len());
        let mut line = self.walk(next..stop);
        let whole = line.skip()?.is_ok() && line.blank()?.is_none();
        Ok(whole.then_some(end))
    }

    /// The last byte of `part` that is no white space.
    fn last_solid(&self, part: Range<u64>) -> io::Result<Option<u8>> {
        let (mut end, mut window) = (part.end, Vec::new());
        while end > part.start {
            let from = end.saturating_sub(SHOWN).max(part.start);
            self.bytes.read(from..end, &mut window)?;
            let solid = window.iter().rfind(|byte| !byte.is_ascii_whitespace());
            if solid.is_some() {
                return Ok(solid.copied());
            }
            end = from;
        }
        Ok(None)
    }

    /// True when the object is a line of its own without `events`; `next` is what follows it.
    fn is_lines(&self, top: &Top, next: u64) -> io::Result<bool> {
        let feed = place::end_of_lines(self.bytes)?;
        let (start, end) = (top.whole.start as u64, top.whole.end as u64);
        let inside = self.walk(start..end).to(feed)?;
        let behind = self.walk(end..next).to(feed)?;
        Ok(top.events.is_empty() && inside.is_none() && behind.is_some())
    }

    /// What is wrong with the version, or with what `events` is.
    fn check(&self, top: &Top) -> io::Result<Option<LoadError>> {
        let failed = std::cell::Cell::new(None);
        let text = |at: usize| {
            let mut text = Vec::new();
            let at = at as u64;
            let read = self.bytes.read(at..at + SHOWN, &mut text);
            failed.set(read.err());
            Cow::Owned(text)
        };
        let checked = top.check(text);
        match failed.take() {
            Some(error) => Err(error),
            None => Ok(checked.err()),
        }
    }

    /// Where the text was cut, that is the better reason.
    fn or_tail(&self, problem: Problem) -> io::Result<LoadError> {
        if let Some(tail) = self.tail {
            return Ok(tail.problem.clone().into());
        }
        let hole = match self.bytes {
            Bytes::File(_) => stream::hole_in(self.bytes)?,
            Bytes::Held(_) | Bytes::Packed(_) => None,
        };
        Ok(hole.unwrap_or(problem).into())
    }
}
