//! Passing values without reading them, and the words for what is no JSON.

use std::ops::Range;

use super::{Cursor, Kind, Syntax, SyntaxKind};

impl Cursor<'_> {
    /// Passes one value with everything in it; where it stands.
    ///
    /// # Errors
    ///
    /// When it is not JSON. Strings may hold raw controls and bytes that are not UTF-8, which
    /// reading repairs.
    pub fn skip(&mut self) -> Result<Range<usize>, Syntax> {
        self.blank();
        let start = self.at;
        let mut open = Nesting::default();
        loop {
            match self.kind()? {
                Kind::String => self.skip_string()?,
                Kind::Number => self.number()?,
                Kind::Bool | Kind::Null => self.literal()?,
                Kind::Array => {
                    self.at += 1;
                    self.blank();
                    if self.peek() == Some(b']') {
                        self.at += 1;
                    } else {
                        open.push(false);
                        continue;
                    }
                }
                Kind::Object => {
                    self.at += 1;
                    self.blank();
                    if self.peek() == Some(b'}') {
                        self.at += 1;
                    } else {
                        open.push(true);
                        self.skip_key()?;
                        continue;
                    }
                }
            }
            if !self.close(&mut open)? {
                return Ok(start..self.at);
            }
        }
    }

    /// After a value: closes what ends here; true when another value follows, false when the
    /// outermost one is over.
    fn close(&mut self, open: &mut Nesting) -> Result<bool, Syntax> {
        loop {
            let Some(object) = open.top() else {
                return Ok(false);
            };
            self.blank();
            match (self.peek(), object) {
                (Some(b','), true) => {
                    self.at += 1;
                    self.no_close(b'}')?;
                    self.skip_key()?;
                    return Ok(true);
                }
                (Some(b','), false) => {
                    self.at += 1;
                    self.no_close(b']')?;
                    return Ok(true);
                }
                (Some(b'}'), true) | (Some(b']'), false) => {
                    self.at += 1;
                    open.pop();
                }
                (_, true) => return Err(self.unexpected("`,` or `}`")),
                (_, false) => return Err(self.unexpected("`,` or `]`")),
            }
        }
    }

    fn skip_key(&mut self) -> Result<(), Syntax> {
        self.key_start()?;
        self.skip_string()?;
        self.colon()
    }

    /// Passes white space up to a key's quote.
    pub(super) fn key_start(&mut self) -> Result<(), Syntax> {
        self.blank();
        match self.peek() {
            Some(b'"') => Ok(()),
            _ => Err(self.unexpected("a key in double quotes (\")")),
        }
    }

    pub(super) fn colon(&mut self) -> Result<(), Syntax> {
        self.blank();
        if self.peek() == Some(b':') {
            self.at += 1;
            return Ok(());
        }
        Err(self.unexpected("a colon `:` after the key"))
    }

    /// Fails at a comma that stands before the closing bracket.
    pub(super) fn no_close(&mut self, close: u8) -> Result<(), Syntax> {
        let comma = self.at - 1;
        self.blank();
        if self.peek() != Some(close) {
            return Ok(());
        }
        Err(idle_comma(comma, close))
    }

    /// Passes a string, where its quote was seen.
    pub(super) fn skip_string(&mut self) -> Result<(), Syntax> {
        self.at += 1;
        if self.rest_of_string()? {
            Ok(())
        } else {
            Err(self.cut("a string"))
        }
    }

    /// Passes the rest of a string, as much as is there; false without its end.
    pub(super) fn rest_of_string(&mut self) -> Result<bool, Syntax> {
        loop {
            let rest = self.text.get(self.at..).unwrap_or(&[]);
            let found = memchr::memchr2(b'"', b'\\', rest);
            self.at += found.unwrap_or(rest.len());
            match found.and_then(|found| rest.get(found)) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(true);
                }
                Some(_) => match self.escape(self.at) {
                    Ok(end) => self.at = end,
                    Err(cut) if cut.kind == SyntaxKind::End => return Ok(false),
                    Err(error) => return Err(error),
                },
                None => return Ok(false),
            }
        }
    }

    /// Checks the escape at `at`; where it ends.
    fn escape(&self, at: usize) -> Result<usize, Syntax> {
        let bad = |what: &str| Syntax {
            at,
            kind: SyntaxKind::Other,
            what: what.to_owned(),
            hint: Some("a backslash itself is written \\\\"),
        };
        match self.text.get(at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
            Some(b'u') => match self.text.get(at + 2..at + 6) {
                Some(hex) if hex.iter().all(u8::is_ascii_hexdigit) => Ok(at + 6),
                Some(_) => Err(bad("an escape `\\u` without four hexadecimal digits")),
                None => Err(self.cut("a string")),
            },
            Some(_) => Err(bad("an escape that JSON does not have: a stray backslash")),
            None => Err(self.cut("a string")),
        }
    }

    pub(super) fn literal(&mut self) -> Result<(), Syntax> {
        let rest = self.text.get(self.at..).unwrap_or(&[]);
        let length = rest.iter().take_while(|b| is_word(**b)).count();
        match rest.get(..length) {
            Some(b"true" | b"false" | b"null") => {
                self.at += length;
                Ok(())
            }
            Some(word) if length == rest.len() && is_begun(word) => Err(self.cut("a value")),
            _ => Err(self.unexpected("a value")),
        }
    }

    /// Passes a number in JSON's grammar.
    pub(super) fn number(&mut self) -> Result<(), Syntax> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let zero = self.peek() == Some(b'0');
        let whole = self.digits();
        let mut good = whole > 0 && !(zero && whole > 1);
        let leading_zero = zero && whole > 1;
        if good && self.peek() == Some(b'.') {
            self.at += 1;
            good = self.digits() > 0;
        }
        if good && matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            good = self.digits() > 0;
        }
        if good && !self.peek().is_some_and(|b| is_word(b) || b == b'.') {
            return Ok(());
        }
        if self.at >= self.text.len() && !leading_zero {
            return Err(self.cut("a number"));
        }
        let what = if leading_zero {
            "a number with a leading zero"
        } else {
            "a malformed number: a digit is missing or something follows it"
        };
        Err(Syntax {
            at: start,
            kind: SyntaxKind::Other,
            what: what.to_owned(),
            hint: None,
        })
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    /// The text ends in the middle of `inside`.
    pub(super) fn cut(&self, inside: &str) -> Syntax {
        Syntax {
            at: self.text.len(),
            kind: SyntaxKind::End,
            what: format!("the text ends in the middle of {inside}"),
            hint: Some("the download or the copy stopped early?"),
        }
    }

    /// Something else than `wanted` stands here.
    pub fn unexpected(&self, wanted: &str) -> Syntax {
        let Some(byte) = self.peek() else {
            return self.cut(&format!("the data: expected {wanted}"));
        };
        let Some(found) = self.found() else {
            return Syntax {
                at: self.at,
                kind: SyntaxKind::Encoding,
                what: format!("expected {wanted}, found the byte 0x{byte:02X}, which is not UTF-8"),
                hint: Some("convert the file to UTF-8, for example with iconv"),
            };
        };
        Syntax {
            at: self.at,
            kind: SyntaxKind::Other,
            what: format!("expected {wanted}, found {found}"),
            hint: hint(byte, self.text.get(self.at..).unwrap_or(&[])),
        }
    }

    /// The word or the character that stands here, in visible form; `None` for broken UTF-8.
    fn found(&self) -> Option<String> {
        let rest = self.text.get(self.at..).unwrap_or(&[]);
        let word = rest.iter().take_while(|b| is_word(**b)).take(24);
        let word: String = word.map(|b| char::from(*b)).collect();
        if !word.is_empty() {
            return Some(format!("`{word}`"));
        }
        if rest.starts_with(b"/*") || rest.starts_with(b"//") {
            return Some("a comment".to_owned());
        }
        let letter = first_char(rest)?;
        let number = u32::from(letter);
        Some(match letter {
            '\0' => "NUL (U+0000)".to_owned(),
            '\u{a0}' => "a no-break space (U+00A0)".to_owned(),
            '!'..='~' => format!("`{letter}`"),
            _ if letter.is_alphanumeric() => format!("`{letter}` (U+{number:04X})"),
            '«' | '»' | '“' | '”' | '،' | '؛' | '：' => {
                format!("`{letter}` (U+{number:04X})")
            }
            _ => format!("U+{number:04X}"),
        })
    }
}

/// What usually lies behind `byte` at the head of `rest`.
fn hint(byte: u8, rest: &[u8]) -> Option<&'static str> {
    match byte {
        b'\'' => Some("JSON strings stand in double quotes"),
        b'/' | b'#' => Some("JSON has no comments"),
        b'N' | b'T' | b'F'
            if [&b"None"[..], b"True", b"False"]
                .iter()
                .any(|w| rest.starts_with(w)) =>
        {
            Some("this is Python's repr, not JSON: write it with json.dumps")
        }
        b'N' | b'I' => Some("JSON has no NaN and no Infinity: use null"),
        b'u' => Some("JSON has no undefined: use null"),
        _ => None,
    }
}

/// The first character; `None` when its bytes are not UTF-8.
fn first_char(bytes: &[u8]) -> Option<char> {
    let head = bytes.get(..4.min(bytes.len()))?;
    match std::str::from_utf8(head) {
        Ok(text) => text.chars().next(),
        Err(error) => {
            let good = head.get(..error.valid_up_to())?;
            std::str::from_utf8(good).ok()?.chars().next()
        }
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_begun(word: &[u8]) -> bool {
    [&b"true"[..], b"false", b"null"]
        .iter()
        .any(|whole| whole.starts_with(word))
}

/// A comma at `at` with nothing behind it but the closing bracket.
pub(super) fn idle_comma(at: usize, close: u8) -> Syntax {
    let close = char::from(close);
    Syntax {
        at,
        kind: SyntaxKind::Other,
        what: format!("a comma `,` before the closing `{close}`"),
        hint: Some("JSON has no comma after the last one"),
    }
}

/// The open brackets, a bit each: set for an object.
#[derive(Default)]
pub(super) struct Nesting {
    bits: Vec<u64>,
    depth: usize,
}

impl Nesting {
    pub(super) fn push(&mut self, object: bool) {
        if self.depth / 64 == self.bits.len() {
            self.bits.push(0);
        }
        if let Some(word) = self.bits.get_mut(self.depth / 64) {
            let bit = 1 << (self.depth % 64);
            *word = if object { *word | bit } else { *word & !bit };
        }
        self.depth += 1;
    }

    pub(super) fn pop(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    pub(super) fn top(&self) -> Option<bool> {
        let at = self.depth.checked_sub(1)?;
        self.bits
            .get(at / 64)
            .map(|word| word & 1 << (at % 64) != 0)
    }
}
