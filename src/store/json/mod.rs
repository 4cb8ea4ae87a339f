//! A cursor over JSON bytes: says what stands where, repairs strings, never builds a tree.
//!
//! Offsets are bytes from the start of the text; lines and columns are for whoever reports. Nesting
//! costs a bit a level, not stack, so depth has no limit.

mod find;
mod path;
pub(in crate::store) mod raw;
mod scan;
mod skim;
mod string;
pub(in crate::store) mod walk;

pub use path::{Path, Step};
pub use skim::{Passed, Skim};
pub use string::{Defect, DefectKind, inside};

use std::borrow::Cow;
use std::fmt;

/// Why bytes are not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Syntax {
    /// Byte offset of the first byte that cannot stand there; the length of the text at its end.
    pub at: usize,
    /// What is wrong.
    pub kind: SyntaxKind,
    /// In words, for a message.
    pub what: String,
    /// What to do about it.
    pub hint: Option<&'static str>,
}

/// Kinds of [`Syntax`] that callers tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxKind {
    /// The text ends too early.
    End,
    /// A byte outside strings is not UTF-8.
    Encoding,
    /// Anything else.
    Other,
}

impl fmt::Display for Syntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Syntax {}

/// What a value is, by its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number.
    Number,
    /// A string.
    String,
    /// `[…]`
    Array,
    /// `{…}`
    Object,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Bool => "true or false",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        })
    }
}

/// True for what JSON takes for white space: no form feed, which Rust's ASCII white space has.
pub fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// A key of an object.
#[derive(Clone, Debug)]
pub struct Key<'a> {
    /// Its name, repaired.
    pub name: Cow<'a, str>,
    /// Offset of its quote.
    pub at: usize,
    /// What was repaired in its name.
    pub defect: Option<Defect>,
}

/// A place in JSON text, between two tokens.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    /// At offset `at` of `text`.
    pub fn new(text: &'a [u8], at: usize) -> Self {
        Self { text, at }
    }

    /// Offset of the next byte.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The bytes from `start` to here.
    pub fn since(&self, start: usize) -> &'a [u8] {
        self.text.get(start..self.at).unwrap_or(&[])
    }

    /// The bytes from here on.
    pub fn rest(&self) -> &'a [u8] {
        self.text.get(self.at..).unwrap_or(&[])
    }

    /// The next byte, without passing it.
    pub fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// Passes white space.
    pub fn blank(&mut self) {
        while self.peek().is_some_and(is_blank) {
            self.at += 1;
        }
    }

    /// True when only white space is left.
    pub fn is_done(&mut self) -> bool {
        self.blank();
        self.at >= self.text.len()
    }

    /// Passes white space; what begins there.
    ///
    /// # Errors
    ///
    /// When no value begins there.
    pub fn kind(&mut self) -> Result<Kind, Syntax> {
        self.blank();
        match self.peek() {
            Some(b'"') => Ok(Kind::String),
            Some(b'{') => Ok(Kind::Object),
            Some(b'[') => Ok(Kind::Array),
            Some(b'-' | b'0'..=b'9') => Ok(Kind::Number),
            Some(b't' | b'f') => Ok(Kind::Bool),
            Some(b'n') => Ok(Kind::Null),
            _ => Err(self.unexpected("a value")),
        }
    }

    /// Passes the bracket that opens an array or an object, where [`Self::kind`] saw one.
    pub fn open(&mut self) {
        self.at += 1;
    }

    /// Passes the comma before the next element, or the closing bracket; false at the end.
    ///
    /// # Errors
    ///
    /// When something else stands there.
    pub fn next_element(&mut self, first: &mut bool) -> Result<bool, Syntax> {
        self.blank();
        if self.peek() == Some(b']') && *first {
            self.at += 1;
            return Ok(false);
        }
        if std::mem::take(first) {
            return Ok(true);
        }
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.no_close(b']')?;
                Ok(true)
            }
            Some(b']') => {
                self.at += 1;
                Ok(false)
            }
            _ => Err(self.unexpected("`,` or `]`")),
        }
    }

    /// Passes the comma, the next key and its colon, or the closing brace; `None` at the end.
    ///
    /// # Errors
    ///
    /// When something else stands there.
    pub fn next_key(&mut self, first: &mut bool) -> Result<Option<Key<'a>>, Syntax> {
        self.blank();
        if *first {
            *first = false;
            if self.peek() == Some(b'}') {
                self.at += 1;
                return Ok(None);
            }
        } else {
            match self.peek() {
                Some(b',') => {
                    self.at += 1;
                    self.no_close(b'}')?;
                }
                Some(b'}') => {
                    self.at += 1;
                    return Ok(None);
                }
                _ => return Err(self.unexpected("`,` or `}`")),
            }
        }
        self.key_start()?;
        let at = self.at;
        let string::Text { words, defect } = self.string()?;
        self.colon()?;
        Ok(Some(Key {
            name: words,
            at,
            defect,
        }))
    }
}
