//! Sets texts as fields: knows the language, the digits, the letter forms and what is searched for.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Settings;
use super::field::{Align, Field, Ink, Row};
use crate::model::LangText;
use crate::text::{Direction, Paragraphs, direction_of, fold, one_line};
use crate::words::{Word, say};

/// What is lit in texts.
#[derive(Clone, Copy, Debug)]
pub enum Lit<'a> {
    /// Where this is found; empty for nothing.
    Needle(&'a str),
    /// These words, folded.
    Words(&'a BTreeSet<String>),
}

/// Sets texts as fields.
#[derive(Clone, Copy, Debug)]
pub struct Setter<'a> {
    /// What the reader chose.
    pub settings: &'a Settings,
    /// What is lit.
    pub lit: Lit<'a>,
}

impl Setter<'_> {
    /// The direction of the program's own words.
    pub fn direction(self) -> Direction {
        direction_of(self.settings.lang.tag())
    }

    /// `text` on as many lines of `width` columns as it takes, each where its paragraph begins.
    pub fn paragraph(self, text: &str, direction: Direction, width: u16, ink: Ink) -> Vec<Field> {
        let found = self.found(text);
        let layout = Paragraphs::new(text, direction, self.settings.text).wrap(width.into());
        let field = |line: crate::text::Line| Field {
            at: 0,
            width,
            lit: if found.is_empty() {
                Vec::new()
            } else {
                line.highlight(&found)
            },
            line,
            align: Align::Own,
            ink,
        };
        layout.lines.into_iter().map(field).collect()
    }

    /// `text` on one line of at most `width` columns; the field is as wide as its line.
    pub fn line(self, text: &str, direction: Direction, width: u16, ink: Ink) -> Field {
        let text = beginning(text, width);
        let found = self.found(text);
        let line = one_line(text, width.into(), direction, self.settings.text);
        Field {
            at: 0,
            width: line.width as u16,
            lit: if found.is_empty() {
                Vec::new()
            } else {
                line.highlight(&found)
            },
            line,
            align: Align::Start,
            ink,
        }
    }

    /// The program's own words on one line.
    pub fn own(self, text: &str, width: u16, ink: Ink) -> Field {
        let unlit = Self {
            lit: Lit::Needle(""),
            ..self
        };
        unlit.line(text, self.direction(), width, ink)
    }

    /// A word of the program on one line.
    pub fn word(self, word: Word, width: u16, ink: Ink) -> Field {
        self.own(say(word, self.settings.lang), width, ink)
    }

    /// A number of the program, in the reader's digits.
    pub fn number(self, number: usize) -> String {
        self.settings.digits.number(number as u64)
    }

    /// The text for the reader's language, with its direction.
    pub fn best(self, text: &LangText) -> (&str, Direction) {
        let (tag, text) = text.best(self.settings.lang.tag()).unwrap_or_default();
        (text, direction_of(tag))
    }

    /// True when what is searched for stands in `text`; shared words are not searched for.
    pub fn finds(self, text: &str) -> bool {
        matches!(self.lit, Lit::Needle(_)) && !self.found(text).is_empty()
    }

    fn found(self, text: &str) -> Vec<Range<usize>> {
        match self.lit {
            Lit::Needle("") => Vec::new(),
            Lit::Needle(needle) => fold::find(needle, text),
            Lit::Words(lit) => words(text)
                .filter(|(_, word)| lit.contains(word))
                .map(|(range, _)| range)
                .collect(),
        }
    }
}

/// Enough of a long text to fill a line of `width` columns: what comes behind is not looked at.
pub(super) fn beginning(text: &str, width: u16) -> &str {
    let most = (usize::from(width) * 32 + 256).min(text.len());
    let end = (0..=most).rev().find(|at| text.is_char_boundary(*at));
    text.get(..end.unwrap_or(0)).unwrap_or(text)
}

/// The words of a text: where they are, and their folded form.
pub fn words(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    // Harakat and the half-space belong to the word they stand in.
    let inside = |letter| {
        matches!(letter, '\u{200c}' | '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}')
    };
    let joined = move |letter: char| letter.is_alphanumeric() || inside(letter);
    let mut from = 0;
    let pieces = text.split(move |letter| !joined(letter)).map(move |piece| {
        let at = from..from + piece.len();
        let gap = text.get(at.end..).and_then(|rest| rest.chars().next());
        from = at.end + gap.map_or(0, char::len_utf8);
        (at, piece)
    });
    pieces
        .filter(|(_, piece)| !piece.is_empty())
        .map(|(at, piece)| (at, fold::Needle::new(piece).text().to_owned()))
}

/// Puts fields one after another from the start edge, and goes on to the next row when one is full.
#[derive(Clone, Debug)]
pub struct Flow {
    width: u16,
    at: u16,
    rows: Vec<Row>,
}

impl Flow {
    /// Rows of `width` columns.
    pub fn new(width: u16) -> Self {
        Self {
            width,
            at: 0,
            rows: vec![Row::new()],
        }
    }

    /// Columns left on this row, after a gap of `gap` if the row has begun.
    pub fn room(&self, gap: u16) -> u16 {
        let gap = if self.at == 0 { 0 } else { gap };
        self.width.saturating_sub(self.at + gap)
    }

    /// Puts `field` behind the last one with `gap` columns between; on the next row if this one
    /// has no room.
    pub fn put(&mut self, field: Field, gap: u16) -> &mut Self {
        if field.width > self.room(gap) && self.at > 0 {
            self.rows.push(Row::new());
            self.at = 0;
        }
        let from = if self.at == 0 { 0 } else { self.at + gap };
        self.at = from + field.width;
        if let Some(row) = self.rows.last_mut() {
            row.push(field.moved(from));
        }
        self
    }

    /// Puts fields that belong together: on the next row if this one has no room for all of them.
    pub fn put_together(&mut self, fields: Vec<(Field, u16)>, gap: u16) -> &mut Self {
        let inner = fields.iter().skip(1).map(|(field, gap)| field.width + gap);
        let first = fields.first().map_or(0, |(field, _)| field.width);
        let all = first + inner.sum::<u16>();
        if all > self.room(gap) && all <= self.width && self.at > 0 {
            self.rows.push(Row::new());
            self.at = 0;
        }
        for (at, (field, own)) in fields.into_iter().enumerate() {
            self.put(field, if at == 0 { gap } else { own });
        }
        self
    }

    /// Puts `field` only if this row has room for it.
    pub fn put_if_fits(&mut self, field: Field, gap: u16) -> bool {
        let fits = field.width <= self.room(gap);
        if fits {
            self.put(field, gap);
        }
        fits
    }

    /// The rows that hold something.
    pub fn rows(self) -> Vec<Row> {
        let filled = self.rows.into_iter().filter(|row| !row.is_empty());
        filled.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_where_they_stand() {
        let text = "گفت: «می\u{200c}رود» و رفت.";
        let found: Vec<(&str, String)> = words(text)
            .map(|(at, word)| (text.get(at).unwrap_or(""), word))
            .collect();
        let plain: Vec<&str> = found.iter().map(|(word, _)| *word).collect();
        assert_eq!(plain, ["گفت", "می\u{200c}رود", "و", "رفت"]);
    }

    /// Shared words of a vowelled and a bare spelling were not lit.
    #[test]
    fn marks_do_not_part_a_word() {
        let (marked, bare) = ("سَلامٌ خانه\u{654}", "سلام خانه");
        let folded = |text| words(text).map(|(_, word)| word).collect::<Vec<_>>();
        assert_eq!(folded(marked), folded(bare));
    }

    fn field(width: u16) -> Field {
        Field {
            width,
            ..Field::default()
        }
    }

    #[test]
    fn a_full_row_flows_into_the_next() {
        let mut flow = Flow::new(10);
        flow.put(field(4), 1).put(field(4), 1).put(field(4), 1);
        assert!(!flow.put_if_fits(field(6), 1));
        let rows = flow.rows();
        let places: Vec<Vec<u16>> = rows
            .iter()
            .map(|row| row.iter().map(|field| field.at).collect())
            .collect();
        assert_eq!(places, [vec![0, 5], vec![0]]);
    }
}
