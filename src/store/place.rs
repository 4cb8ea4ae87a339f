//! Byte offsets become lines and columns, only when somebody asks.

use super::problem::{Place, Problem};

/// Walks a text from problem to problem.
pub(super) struct Places<'a> {
    text: &'a [u8],
    end_of_line: u8,
    at: usize,
    place: Place,
}

impl<'a> Places<'a> {
    /// At the start of `text`; a BOM is not counted. Lines end with a line feed, in a text that
    /// has none with a carriage return.
    pub(super) fn new(text: &'a [u8]) -> Self {
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
    pub(super) fn of(&mut self, at: usize) -> Place {
        let at = at.min(self.text.len());
        let between = self.text.get(self.at..at).unwrap_or(&[]);
        let mut line = between;
        if let Some(last) = memchr::memrchr(self.end_of_line, between) {
            self.place.line += memchr::memchr_iter(self.end_of_line, between).count() as u64;
            self.place.column = 1;
            line = between.get(last + 1..).unwrap_or(&[]);
        }
        self.place.column += line.iter().filter(|b| (**b & 0xC0) != 0x80).count() as u64;
        self.at = self.at.max(at);
        self.place
    }

    /// Gives each of `problems`, sorted by offset, its place.
    pub(super) fn fill(&mut self, problems: &mut [Problem]) {
        for problem in problems {
            problem.place = problem.at.map(|at| self.of(at));
        }
    }
}

/// The byte that ends lines in `text`.
pub(super) fn end_of_line(text: &[u8]) -> u8 {
    if memchr::memchr(b'\n', text).is_some() || memchr::memchr(b'\r', text).is_none() {
        b'\n'
    } else {
        b'\r'
    }
}
