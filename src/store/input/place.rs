//! Byte offsets become lines and columns, only when somebody asks.

use std::io;

use super::bytes::Bytes;
use crate::store::problem::{Place, Problem};

/// Walks a text from problem to problem.
pub(in crate::store) struct Places<'a> {
    text: &'a [u8],
    end_of_line: u8,
    at: usize,
    place: Place,
}

impl<'a> Places<'a> {
    /// At the start of `text`; a BOM is not counted. Lines end with a line feed, in a text that
    /// has none with a carriage return.
    pub(in crate::store) fn new(text: &'a [u8]) -> Self {
        Self {
            text,
            end_of_line: end_of_line(text),
            at: if text.starts_with(b"\xEF\xBB\xBF") {
                3
            } else {
                0
            },
            place: Place { line: 1, column: 1 },
        }
    }

    /// The place of `at`, which is not before the offset asked for last.
    pub(in crate::store) fn of(&mut self, at: usize) -> Place {
        let at = at.min(self.text.len());
        let between = self.text.get(self.at..at).unwrap_or(&[]);
        self.pass(between);
        self.at = self.at.max(at);
        self.place
    }

    /// Goes on by `between`.
    fn pass(&mut self, between: &[u8]) {
        let mut line = between;
        if let Some(last) = memchr::memrchr(self.end_of_line, between) {
            self.place.line += memchr::memchr_iter(self.end_of_line, between).count() as u64;
            self.place.column = 1;
            line = between.get(last + 1..).unwrap_or(&[]);
        }
        self.place.column += line.iter().filter(|b| (**b & 0xC0) != 0x80).count() as u64;
    }

    /// Gives each of `problems`, sorted by offset, its place.
    pub(in crate::store) fn fill(&mut self, problems: &mut [Problem]) {
        for problem in problems {
            problem.place = problem.at.map(|at| self.of(at));
        }
    }
}

/// An offset whose place is known, so that counting may go on there.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Counted {
    at: u64,
    place: Place,
}

/// Gives each of `problems`, sorted by offset, its place in a text that is not in memory. Those that
/// have one keep it. Counting begins where it ended the last time, if that was before.
pub(in crate::store) fn fill(
    bytes: &Bytes,
    problems: &mut [Problem],
    counted: &mut Option<Counted>,
) -> io::Result<()> {
    let lost = |problem: &&mut Problem| problem.at.is_some() && problem.place.is_none();
    let mut problems = problems.iter_mut().filter(lost).peekable();
    let Some(first) = problems.peek().and_then(|problem| problem.at) else {
        return Ok(());
    };
    let mut window = Vec::new();
    let mut places = Places::new(&[]);
    places.end_of_line = end_of_lines(bytes)?;
    let mut at = bom(bytes)?;
    if let Some(known) = counted.filter(|known| known.at <= first as u64) {
        (at, places.place) = (known.at, known.place);
    }
    for problem in problems {
        let wanted = problem.at.map_or(at, |at| at as u64);
        while at < wanted {
            bytes.read(at..wanted.min(at + WINDOW), &mut window)?;
            if window.is_empty() {
                break;
            }
            places.pass(&window);
            at += window.len() as u64;
        }
        let place = places.place;
        problem.place = Some(place);
        *counted = Some(Counted { at, place });
    }
    Ok(())
}

/// Bytes that are read at once.
const WINDOW: u64 = 1 << 20;

/// The length of a byte order mark.
pub(in crate::store) fn bom(bytes: &Bytes) -> io::Result<u64> {
    let mut head = Vec::new();
    bytes.read(0..3, &mut head)?;
    Ok(if head == b"\xEF\xBB\xBF" { 3 } else { 0 })
}

/// As [`end_of_line`].
pub(in crate::store) fn end_of_lines(bytes: &Bytes) -> io::Result<u8> {
    let mut window = Vec::new();
    let (mut at, mut returns) = (0, false);
    while at < bytes.len() {
        bytes.read(at..at + WINDOW, &mut window)?;
        if memchr::memchr(b'\n', &window).is_some() {
            return Ok(b'\n');
        }
        returns |= memchr::memchr(b'\r', &window).is_some();
        at += WINDOW;
    }
    Ok(if returns { b'\r' } else { b'\n' })
}

/// The byte that ends lines in `text`.
pub(in crate::store) fn end_of_line(text: &[u8]) -> u8 {
    if memchr::memchr(b'\n', text).is_some() || memchr::memchr(b'\r', text).is_none() {
        b'\n'
    } else {
        b'\r'
    }
}
