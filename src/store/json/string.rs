//! Reading strings: escapes resolved, everything else that is no text repaired and said.

use std::borrow::Cow;

use super::{Cursor, Syntax};

/// What a string held that is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefectKind {
    /// Half of a surrogate pair, by its code unit.
    Surrogate(u16),
    /// A byte that is not UTF-8.
    Byte(u8),
    /// A control character other than an escaped tab, line feed or carriage return.
    Control(char),
    /// A control character that JSON wants escaped: raw tab, line feed or carriage return.
    Raw(char),
}

/// The first repair in a string, and how many there were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Defect {
    /// What it was.
    pub kind: DefectKind,
    /// Where: a byte offset.
    pub at: usize,
    /// How many repairs in the same string, this one included.
    pub count: usize,
}

/// A string as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<'a> {
    /// Its characters. Broken ones became U+FFFD, control characters their pictures (U+2400 …);
    /// tabs and line ends stay.
    pub words: Cow<'a, str>,
    /// What was repaired.
    pub defect: Option<Defect>,
}

impl<'a> Cursor<'a> {
    /// Reads a string, where [`Cursor::kind`] saw one.
    ///
    /// # Errors
    ///
    /// When it has a malformed escape or no end.
    pub fn string(&mut self) -> Result<Text<'a>, Syntax> {
        let start = self.at + 1;
        self.skip_string()?;
        Ok(read(
            self.text.get(start..self.at - 1).unwrap_or(&[]),
            start,
        ))
    }
}

/// Reads what stands between a string's quotes, its escapes well formed.
pub fn inside(bytes: &[u8]) -> Text<'_> {
    read(bytes, 0)
}

/// Reads the inside of a string that begins at offset `start`.
fn read(inside: &[u8], start: usize) -> Text<'_> {
    match std::str::from_utf8(inside) {
        Ok(words) if is_plain(inside) => {
            let words = Cow::Borrowed(words);
            Text {
                words,
                defect: None,
            }
        }
        _ => Repair::new(start).read(inside),
    }
}

/// True without escapes and control characters; UTF-8 is looked at apart.
fn is_plain(bytes: &[u8]) -> bool {
    let odd = |b: &u8| *b < 0x20 || *b == b'\\' || *b == 0x7F;
    !bytes.iter().any(odd) && !has_c1(bytes)
}

/// U+0080 to U+009F are C2 80 to C2 9F.
fn has_c1(bytes: &[u8]) -> bool {
    memchr::memchr_iter(0xC2, bytes).any(|at| matches!(bytes.get(at + 1), Some(0x80..=0x9F)))
}

struct Repair {
    start: usize,
    words: String,
    defect: Option<Defect>,
}

impl Repair {
    fn new(start: usize) -> Self {
        Self {
            start,
            words: String::new(),
            defect: None,
        }
    }

    fn read<'a>(mut self, mut bytes: &[u8]) -> Text<'a> {
        let whole = bytes.len();
        self.words.reserve(whole);
        while !bytes.is_empty() {
            let at = self.start + whole - bytes.len();
            let run = memchr::memchr(b'\\', bytes).unwrap_or(bytes.len());
            let (plain, rest) = bytes.split_at_checked(run).unwrap_or((bytes, &[]));
            self.plain(plain, at);
            bytes = self.escape(rest, at + run);
        }
        Text {
            words: Cow::Owned(self.words),
            defect: self.defect,
        }
    }

    fn found(&mut self, kind: DefectKind, at: usize) {
        match &mut self.defect {
            Some(first) => first.count += 1,
            None => self.defect = Some(Defect { kind, at, count: 1 }),
        }
    }

    /// Characters without escapes.
    fn plain(&mut self, bytes: &[u8], mut at: usize) {
        for chunk in bytes.utf8_chunks() {
            if is_plain(chunk.valid().as_bytes()) {
                self.words.push_str(chunk.valid());
            } else {
                for (more, letter) in chunk.valid().char_indices() {
                    self.raw(letter, at + more);
                }
            }
            at += chunk.valid().len();
            if let Some(byte) = chunk.invalid().first() {
                self.found(DefectKind::Byte(*byte), at);
                self.words.push(char::REPLACEMENT_CHARACTER);
                at += chunk.invalid().len();
            }
        }
    }

    fn raw(&mut self, letter: char, at: usize) {
        if matches!(letter, '\t' | '\n' | '\r') {
            self.found(DefectKind::Raw(letter), at);
            self.words.push(letter);
        } else {
            self.letter(letter, at);
        }
    }

    fn letter(&mut self, letter: char, at: usize) {
        if letter.is_control() && !matches!(letter, '\t' | '\n' | '\r') {
            self.found(DefectKind::Control(letter), at);
            self.words.push(picture(letter));
        } else {
            self.words.push(letter);
        }
    }

    /// The escape at the head of `bytes`, if any; what follows it.
    fn escape<'b>(&mut self, bytes: &'b [u8], at: usize) -> &'b [u8] {
        let Some(kind) = bytes.get(1) else {
            return &[];
        };
        let letter = match kind {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(bytes, at),
            other => char::from(*other),
        };
        self.letter(letter, at);
        bytes.get(2..).unwrap_or(&[])
    }

    fn unicode<'b>(&mut self, bytes: &'b [u8], at: usize) -> &'b [u8] {
        let unit = code_unit(bytes).unwrap_or(0xFFFD);
        let rest = bytes.get(6..).unwrap_or(&[]);
        if let Some(letter) = char::from_u32(unit.into()) {
            self.letter(letter, at);
            return rest;
        }
        let pair = code_unit(rest).and_then(|low| char::decode_utf16([unit, low]).next()?.ok());
        if let Some(letter) = pair {
            self.words.push(letter);
            return rest.get(6..).unwrap_or(&[]);
        }
        self.found(DefectKind::Surrogate(unit), at);
        self.words.push(char::REPLACEMENT_CHARACTER);
        rest
    }
}

/// The code unit of a `\uXXXX` at the head of `bytes`.
fn code_unit(bytes: &[u8]) -> Option<u16> {
    let hex = bytes.get(..6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()
}

/// What is shown for a control character: its picture if there is one.
fn picture(control: char) -> char {
    match control {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(control)),
        '\u{7f}' => Some('\u{2421}'),
        _ => None,
    }
    .unwrap_or(char::REPLACEMENT_CHARACTER)
}
