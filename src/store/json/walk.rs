//! A walk over JSON that is not in memory: the same steps and the same errors as those of the
//! decoder's cursor, through a window that moves on. It holds no more than a key or a number.

use std::io;
use std::ops::Range;

use super::{Cursor, Kind, Passed, Skim, Syntax, SyntaxKind, is_blank};
use crate::store::decode::Top;
use crate::store::input::bytes::Bytes;
use crate::store::watch::Progress;

/// Bytes that are read at once.
const PIECE: u64 = 1 << 20;

/// Bytes behind the place of an error that its words may speak of.
const SEEN: usize = 64;

/// A place in the text, and the window behind it.
pub(in crate::store) struct Walk<'a> {
    bytes: &'a Bytes,
    /// Where the text ends.
    end: u64,
    /// Where the window begins.
    base: u64,
    window: Vec<u8>,
    /// Where one is in the window.
    at: usize,
    progress: Option<&'a Progress>,
}

impl<'a> Walk<'a> {
    /// Over a part of the text, from its start.
    pub(in crate::store) fn new(bytes: &'a Bytes, part: Range<u64>) -> Self {
        Self {
            bytes,
            end: part.end.min(bytes.len()),
            base: part.start,
            window: Vec::new(),
            at: 0,
            progress: None,
        }
    }

    /// The same; it fails as interrupted when `progress` is stopped.
    pub(in crate::store) fn watched(self, progress: &'a Progress) -> Self {
        Self {
            progress: Some(progress),
            ..self
        }
    }

    /// The offset of where one is.
    pub(in crate::store) fn at(&self) -> u64 {
        self.base + self.at as u64
    }

    /// True when the window goes to the end.
    fn is_last(&self) -> bool {
        self.base + self.window.len() as u64 >= self.end
    }

    fn rest(&self) -> &[u8] {
        self.window.get(self.at..).unwrap_or(&[])
    }

    /// Forgets what lies behind and reads on.
    fn more(&mut self) -> io::Result<()> {
        if self.progress.is_some_and(Progress::is_stopped) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        self.window.drain(..self.at);
        self.base += self.at as u64;
        self.at = 0;
        let from = self.base + self.window.len() as u64;
        let length = PIECE.max(self.window.len() as u64);
        let before = self.window.len();
        let to = self.end.min(from + length);
        self.bytes.read_more(from..to, &mut self.window)?;
        if self.window.len() == before {
            // The file has become shorter.
            self.end = from;
        }
        if let Some(progress) = self.progress {
            progress.add((self.window.len() - before) as u64, 0);
        }
        Ok(())
    }

    /// Passes bytes that are `passed`; the first that is not, `None` at the end.
    pub(in crate::store) fn over(&mut self, passed: impl Fn(u8) -> bool) -> io::Result<Option<u8>> {
        loop {
            let found = self.rest().iter().position(|byte| !passed(*byte));
            self.at += found.unwrap_or(self.rest().len());
            match found {
                Some(_) => return Ok(self.rest().first().copied()),
                None if self.is_last() => return Ok(None),
                None => self.more()?,
            }
        }
    }

    /// Passes white space; what stands behind it.
    pub(in crate::store) fn blank(&mut self) -> io::Result<Option<u8>> {
        self.over(is_blank)
    }

    /// Goes to the next `byte`; its offset, `None` when there is none.
    pub(in crate::store) fn to(&mut self, byte: u8) -> io::Result<Option<u64>> {
        loop {
            let found = memchr::memchr(byte, self.rest());
            self.at += found.unwrap_or(self.rest().len());
            match found {
                Some(_) => return Ok(Some(self.at())),
                None if self.is_last() => return Ok(None),
                None => self.more()?,
            }
        }
    }

    /// Passes a value; where it ends.
    pub(in crate::store) fn skip(&mut self) -> io::Result<Result<u64, Syntax>> {
        let mut skim = Skim::default();
        loop {
            let (base, last) = (self.at() as usize, self.is_last());
            match skim.pass(self.rest(), base, last) {
                Ok(Passed::Over(length)) => {
                    self.at += length;
                    return Ok(Ok(self.at()));
                }
                Ok(Passed::More(passed)) => {
                    self.at += passed;
                    self.more()?;
                }
                Err(syntax) => return Ok(Err(syntax)),
            }
        }
    }

    /// Does `step` with a cursor that stands here, as often as it needs more text for certainty.
    fn try_step<T>(
        &mut self,
        mut step: impl FnMut(&mut Cursor) -> Result<T, Syntax>,
    ) -> io::Result<Result<T, Syntax>> {
        loop {
            let mut json = Cursor::new(self.rest(), 0);
            let done = step(&mut json);
            let (at, length) = (json.at(), self.rest().len());
            let sure = match &done {
                Ok(_) => at < length,
                Err(error) => error.kind != SyntaxKind::End && error.at + SEEN <= length,
            };
            if sure || self.is_last() {
                let base = self.at() as usize;
                self.at += if done.is_ok() { at } else { 0 };
                return Ok(done.map_err(|error| Syntax {
                    at: error.at + base,
                    ..error
                }));
            }
            self.more()?;
        }
    }

    /// Passes white space; what begins there.
    pub(in crate::store) fn kind(&mut self) -> io::Result<Result<Kind, Syntax>> {
        self.try_step(|json| {
            json.blank();
            json.kind()
        })
    }

    /// Passes a comma, the next key and its colon and what is blank behind that: as
    /// [`Cursor::next_key`], after whose `first` key it is false. The name of the key.
    pub(in crate::store) fn next_key(
        &mut self,
        first: &mut bool,
    ) -> io::Result<Result<Option<String>, Syntax>> {
        self.blank()?;
        let is_first = std::mem::take(first);
        let key = self.try_step(|json| {
            let key = json.next_key(&mut is_first.clone())?;
            Ok(key.map(|key| key.name.into_owned()))
        })?;
        if matches!(key, Ok(Some(_))) {
            self.blank()?;
        }
        Ok(key)
    }

    /// What is wrong with what stands here, where `wanted` should be.
    pub(in crate::store) fn unexpected(&mut self, wanted: &str) -> io::Result<Syntax> {
        let wrong = self.try_step(|json| Err::<(), _>(json.unexpected(wanted)))?;
        Ok(wrong.expect_err("it is one"))
    }

    /// Passes the bracket that opens an object.
    pub(in crate::store) fn open(&mut self) -> io::Result<()> {
        self.blank()?;
        self.at += 1;
        Ok(())
    }

    /// Passes an object, whose brace stands here, and notes where its parts are: as
    /// [`Top::read`], without the warnings.
    pub(in crate::store) fn top(&mut self) -> io::Result<Result<Top, Syntax>> {
        let mut top = Top::default();
        let start = self.at() as usize;
        self.open()?;
        let mut first = true;
        loop {
            match self.next_key(&mut first)? {
                Ok(Some(name)) => top.meet(&name, self.at() as usize),
                Ok(None) => break,
                Err(syntax) => return Ok(Err(syntax)),
            }
            if let Err(syntax) = self.skip()? {
                return Ok(Err(syntax));
            }
        }
        top.whole = start..self.at() as usize;
        Ok(Ok(top))
    }
}
