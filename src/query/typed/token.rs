//! The words of a typed query: `-field:"some words",more`, parted by blanks.

use std::ops::Range;

/// One condition as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// `-` before it.
    pub without: bool,
    /// What stands before the colon, and where.
    pub field: Option<(String, Range<usize>)>,
    /// What is asked for; several, parted by commas, only behind a field.
    pub values: Vec<(String, Range<usize>)>,
    /// A quotation mark that no other closes.
    pub open: Option<usize>,
    /// Bytes of the query.
    pub span: Range<usize>,
}

/// Parts `query` into its conditions.
pub(super) fn tokens(query: &str) -> Vec<Token> {
    let mut reader = Reader { query, at: 0 };
    let mut tokens = Vec::new();
    while reader.blanks() {
        tokens.push(reader.token());
    }
    tokens
}

struct Reader<'a> {
    query: &'a str,
    at: usize,
}

impl Reader<'_> {
    /// Goes over blanks; false at the end.
    fn blanks(&mut self) -> bool {
        while self.peek().is_some_and(char::is_whitespace) {
            self.next();
        }
        self.peek().is_some()
    }

    fn token(&mut self) -> Token {
        let start = self.at;
        let mut token = Token {
            without: false,
            field: None,
            values: Vec::new(),
            open: None,
            span: start..start,
        };
        token.without = matches!(self.peek(), Some('-' | '\u{2212}')) && self.next().is_some();
        let first = self.value(&mut token.open, false);
        if self.peek() == Some(':') && !first.0.is_empty() {
            self.next();
            token.field = Some(first);
            loop {
                token.values.push(self.value(&mut token.open, true));
                if !matches!(self.peek(), Some(',' | '،')) {
                    break;
                }
                self.next();
            }
        } else {
            token.values.push(first);
        }
        if self.at == start {
            self.next();
        }
        token.span = start..self.at;
        token
    }

    /// A word or what stands in quotation marks. Behind a field, commas end a word; before it, a
    /// colon does.
    fn value(&mut self, open: &mut Option<usize>, behind_field: bool) -> (String, Range<usize>) {
        let start = self.at;
        let close = match self.peek() {
            Some('"') => '"',
            Some('«') => '»',
            Some('“') => '”',
            _ => return self.word(behind_field),
        };
        self.next();
        let mut text = String::new();
        loop {
            match self.next() {
                Some(letter) if letter == close => break,
                Some(letter) => text.push(letter),
                None => {
                    *open = Some(start);
                    break;
                }
            }
        }
        (text, start..self.at)
    }

    fn word(&mut self, behind_field: bool) -> (String, Range<usize>) {
        let start = self.at;
        let ends = |letter: char| {
            letter.is_whitespace()
                || if behind_field {
                    matches!(letter, ',' | '،')
                } else {
                    letter == ':'
                }
        };
        while self.peek().is_some_and(|letter| !ends(letter)) {
            self.next();
        }
        (
            self.query.get(start..self.at).unwrap_or("").to_owned(),
            start..self.at,
        )
    }

    fn peek(&self) -> Option<char> {
        self.query.get(self.at..)?.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += letter.len_utf8();
        Some(letter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_words_fields_and_quotations() {
        let seen: Vec<_> = tokens(" جنگ  -org:بریکس,«دو واژه» \"a:b c\" x: - :y after:\"21 Tir")
            .into_iter()
            .map(|token| {
                let field = token.field.map(|(name, _)| name + ":").unwrap_or_default();
                let values: Vec<_> = token.values.into_iter().map(|(value, _)| value).collect();
                let minus = if token.without { "-" } else { "" };
                let open = if token.open.is_some() { "…" } else { "" };
                format!("{minus}{field}{}{open}", values.join("|"))
            })
            .collect();
        let want = [
            "جنگ",
            "-org:بریکس|دو واژه",
            "a:b c",
            "x:",
            "-",
            "",
            "y",
            "after:21 Tir…",
        ];
        assert_eq!(seen, want);
    }

    #[test]
    fn spans_cover_everything_but_blanks() {
        for query in ["a:b,c -\"d e\" : :: ,, «", "  ", "-", "\"", "نام:«x»y z"] {
            let covered: usize = tokens(query).iter().map(|token| token.span.len()).sum();
            let blanks_inside: usize = tokens(query)
                .iter()
                .map(|token| query[token.span.clone()].matches(' ').count())
                .sum();
            let blanks = query.matches(' ').count() - blanks_inside;
            assert_eq!(covered + blanks, query.len(), "{query}");
        }
    }
}
