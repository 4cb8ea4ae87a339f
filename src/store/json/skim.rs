//! Passing a value that comes piece by piece: as [`Cursor::skip`], with the same words for what is
//! no JSON, but nothing of what was passed is held.

use super::scan::{Nesting, idle_comma};
use super::{Cursor, Kind, Syntax, SyntaxKind};

/// Bytes behind the place of an error that its words may speak of.
const SEEN: usize = 64;

/// How far into a value one is.
#[derive(Default)]
pub struct Skim {
    open: Nesting,
    awaited: Awaited,
}

/// What comes next.
#[derive(Clone, Copy, Default)]
enum Awaited {
    #[default]
    Value,
    /// A value, or the end of an array that just began.
    First,
    /// A key, or the end of an object that just began.
    FirstKey,
    Key,
    /// The rest of a string, which is a key or a value.
    Inside {
        key: bool,
    },
    Colon,
    /// What follows the comma at this offset of the text.
    Next {
        comma: usize,
    },
    /// A comma or a closing bracket.
    Close,
    /// Nothing: the value is over.
    Over,
}

/// How far a piece led.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    /// To the end of the value, which is here in the piece.
    Over(usize),
    /// To here; the bytes from here on are wanted again, with more behind them.
    More(usize),
}

impl Skim {
    /// Goes on in `piece`, which begins at offset `base` of the text and is its `last` one or not.
    ///
    /// # Errors
    ///
    /// When it is not JSON; the offset is one of the text.
    pub fn pass(&mut self, piece: &[u8], base: usize, last: bool) -> Result<Passed, Syntax> {
        let mut json = Cursor::new(piece, 0);
        loop {
            if let Awaited::Over = self.awaited {
                return Ok(Passed::Over(json.at()));
            }
            if !matches!(self.awaited, Awaited::Inside { .. }) {
                json.blank();
            }
            let here = json.at();
            if json.peek().is_none() && !last {
                return Ok(Passed::More(here));
            }
            match self.step(&mut json, base) {
                // A word or a number may go on.
                Ok(Passing::Word) if json.peek().is_none() && !last => {
                    return Ok(Passed::More(here));
                }
                Ok(Passing::Word) => self.awaited = self.behind(),
                Ok(Passing::Token(awaited)) => self.awaited = awaited,
                Ok(Passing::Part) if last => return Err(moved(json.cut("a string"), base)),
                Ok(Passing::Part) => return Ok(Passed::More(json.at())),
                Err(error) => {
                    let seen = error.at + SEEN <= base + piece.len();
                    if last || (seen && error.kind != SyntaxKind::End) {
                        return Err(error);
                    }
                    return Ok(Passed::More(here));
                }
            }
        }
    }

    /// Passes one token.
    fn step(&mut self, json: &mut Cursor, base: usize) -> Result<Passing, Syntax> {
        let moved = |error| moved(error, base);
        let object = self.open.top() == Some(true);
        Ok(Passing::Token(match (self.awaited, json.peek()) {
            (Awaited::Value, _) => return self.value(json).map_err(moved),
            (Awaited::First, Some(b']')) | (Awaited::FirstKey, Some(b'}')) => self.end(json),
            (Awaited::FirstKey, _) => Awaited::Key,
            (Awaited::Key, _) => {
                json.key_start().map_err(moved)?;
                json.open();
                Awaited::Inside { key: true }
            }
            (Awaited::Inside { key }, _) => match json.rest_of_string().map_err(moved)? {
                true if key => Awaited::Colon,
                true => self.behind(),
                false => return Ok(Passing::Part),
            },
            (Awaited::Colon, _) => {
                json.colon().map_err(moved)?;
                Awaited::Value
            }
            (Awaited::Next { comma }, Some(b'}')) if object => return Err(idle_comma(comma, b'}')),
            (Awaited::Next { comma }, Some(b']')) if !object => {
                return Err(idle_comma(comma, b']'));
            }
            (Awaited::Next { .. }, _) if object => Awaited::Key,
            (Awaited::First | Awaited::Next { .. }, _) => Awaited::Value,
            (Awaited::Close, Some(b',')) => {
                let comma = base + json.at();
                json.open();
                Awaited::Next { comma }
            }
            (Awaited::Close, Some(b'}')) if object => self.end(json),
            (Awaited::Close, Some(b']')) if !object => self.end(json),
            (Awaited::Close, _) if object => return Err(moved(json.unexpected("`,` or `}`"))),
            (Awaited::Close, _) => return Err(moved(json.unexpected("`,` or `]`"))),
            (Awaited::Over, _) => Awaited::Over,
        }))
    }

    /// Passes a word or a number, or what opens something longer.
    fn value(&mut self, json: &mut Cursor) -> Result<Passing, Syntax> {
        let kind = json.kind()?;
        match kind {
            Kind::Number => json.number()?,
            Kind::Bool | Kind::Null => json.literal()?,
            Kind::String | Kind::Array | Kind::Object => json.open(),
        }
        Ok(match kind {
            Kind::Number | Kind::Bool | Kind::Null => Passing::Word,
            Kind::String => Passing::Token(Awaited::Inside { key: false }),
            Kind::Array => {
                self.open.push(false);
                Passing::Token(Awaited::First)
            }
            Kind::Object => {
                self.open.push(true);
                Passing::Token(Awaited::FirstKey)
            }
        })
    }

    /// Passes a closing bracket.
    fn end(&mut self, json: &mut Cursor) -> Awaited {
        json.open();
        self.open.pop();
        self.behind()
    }

    /// What comes behind a value.
    fn behind(&self) -> Awaited {
        match self.open.top() {
            Some(_) => Awaited::Close,
            None => Awaited::Over,
        }
    }
}

/// What was passed at once.
enum Passing {
    /// A word or a number, as far as it is seen.
    Word,
    /// Something whole, behind which this comes.
    Token(Awaited),
    /// A part of a string.
    Part,
}

fn moved(error: Syntax, base: usize) -> Syntax {
    Syntax {
        at: error.at + base,
        ..error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Passes `text` in windows of `size` bytes, which grow while they lead nowhere.
    fn skimmed(text: &[u8], size: usize) -> Result<usize, Syntax> {
        let (mut skim, mut at, mut length) = (Skim::default(), 0, size);
        loop {
            let end = text.len().min(at + length);
            match skim.pass(&text[at..end], at, end == text.len())? {
                Passed::Over(end) => return Ok(at + end),
                Passed::More(0) => length += size,
                Passed::More(more) => {
                    at += more;
                    length = size;
                }
            }
        }
    }

    fn assert_skims(text: &[u8]) {
        let mut json = Cursor::new(text, 0);
        let want = json.skip().map(|value| value.end);
        for size in [1, 2, 3, 7, 64, 1000] {
            let shown = String::from_utf8_lossy(text);
            assert_eq!(skimmed(text, size), want, "{shown} in {size} bytes");
        }
    }

    const TEXT: &str = r#" {"a" :[1 , -0.5e+3,true, null ,[],{} ,[[ ]],"سلام \\\u06a9\""],"\"":{"b":{ "c":"d"}, "e" : false}} ,7"#;

    #[test]
    fn pieces_lead_where_the_whole_does() {
        for (at, _) in TEXT.char_indices() {
            assert_skims(&TEXT.as_bytes()[..at]);
        }
        assert_skims(TEXT.as_bytes());
        for word in [
            "12", "12 ", "tru", "true", "-", "01", "1.", "nulls", "", " ", "\"a", "1,",
        ] {
            assert_skims(word.as_bytes());
        }
    }

    #[test]
    fn pieces_fail_where_and_as_the_whole_does() {
        for at in 0..TEXT.len() {
            for byte in br#""\{}[],:'/0.tN "#.iter().chain(&[0, b'\n', 0xD9, 0xFF]) {
                let mut text = TEXT.as_bytes().to_vec();
                text[at] = *byte;
                assert_skims(&text);
                text.insert(at, *byte);
                assert_skims(&text);
                text.drain(at..at + 2);
                assert_skims(&text);
            }
        }
    }

    #[test]
    fn what_was_passed_is_not_wanted_again() {
        let long = format!("[{}\"{}", "1, ".repeat(5000), "x".repeat(5000));
        let mut skim = Skim::default();
        let passed = skim.pass(long.as_bytes(), 0, false).expect("a part");
        assert_eq!(passed, Passed::More(long.len()));
    }
}
