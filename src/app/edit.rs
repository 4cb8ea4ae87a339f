//! A line that the reader types into: logical text and a place in it.

use super::key::{Code, Key};
use crate::text::{
    Direction, Side, TextPolicy, cluster_after, lay_out, rubbed_out_from, word_before,
};

/// Bytes that a line takes; what is typed or pasted beyond is dropped. Each letter may search all
/// the data anew, so a line without end would hold the program up.
const LONGEST: usize = 400;

/// The text of a prompt and the cursor in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    text: String,
    /// Byte before which the next letter goes; on a character bound.
    cursor: usize,
}

impl Edit {
    /// The text, with the cursor behind it.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            cursor: text.len(),
            text,
        }
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Byte before which the next letter goes.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts `typed` at the cursor, without its control characters; a line end becomes a blank.
    pub fn insert(&mut self, typed: &str) {
        for letter in typed.chars() {
            let letter = if matches!(letter, '\n' | '\t') {
                ' '
            } else {
                letter
            };
            if self.text.len() + letter.len_utf8() > LONGEST {
                return;
            }
            if !letter.is_control() {
                self.text.insert(self.cursor, letter);
                self.cursor += letter.len_utf8();
            }
        }
    }

    /// Takes a key; false when it means nothing here. The arrows go where the eye sees them go.
    pub fn press(&mut self, key: Key) -> bool {
        if let Some(letter) = key.letter() {
            self.insert(letter.encode_utf8(&mut [0; 4]));
            return true;
        }
        let control = key.ctrl().then_some(key.code());
        match (key.code(), control) {
            (Code::Backspace, None) | (_, Some(Code::Char('h'))) => self.rub_out(),
            (Code::Delete, _) | (_, Some(Code::Char('d'))) => self.rub_out_next(),
            (_, Some(Code::Char('w') | Code::Backspace)) => self.rub_out_word(),
            (_, Some(Code::Char('u'))) => {
                self.text.replace_range(..self.cursor, "");
                self.cursor = 0;
            }
            (_, Some(Code::Char('k'))) => self.text.truncate(self.cursor),
            (Code::Home, _) | (_, Some(Code::Char('a'))) => self.cursor = 0,
            (Code::End, _) | (_, Some(Code::Char('e'))) => self.cursor = self.text.len(),
            (Code::Left, None) => self.step(Side::Left),
            (Code::Right, None) => self.step(Side::Right),
            (_, _) => return false,
        }
        true
    }

    fn step(&mut self, side: Side) {
        let layout = lay_out(
            &self.text,
            usize::MAX,
            Direction::Auto,
            TextPolicy::default(),
        );
        let line = layout.lines.first();
        let beside = line.and_then(|line| line.caret_beside(self.cursor, side));
        self.cursor = beside.unwrap_or(self.cursor);
    }

    fn rub_out(&mut self) {
        let from = rubbed_out_from(&self.text, self.cursor);
        self.text.replace_range(from..self.cursor, "");
        self.cursor = from;
    }

    fn rub_out_next(&mut self) {
        let to = cluster_after(&self.text, self.cursor);
        self.text.replace_range(self.cursor..to, "");
    }

    fn rub_out_word(&mut self) {
        let from = word_before(&self.text, self.cursor);
        self.text.replace_range(from..self.cursor, "");
        self.cursor = from;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[&str]) -> Edit {
        let mut edit = Edit::default();
        for key in keys {
            edit.press(key.parse().expect("a key"));
        }
        edit
    }

    #[test]
    fn letters_go_in_at_the_cursor() {
        assert_eq!(typed(&["س", "م", "right", "ل", "ا"]).text(), "سلام");
        assert_eq!(
            typed(&["س", "ل", "backspace", "خ", "home", "delete"]).text(),
            "خ"
        );
    }

    #[test]
    fn a_word_or_all_can_be_rubbed_out() {
        let mut edit = Edit::new("ایران و روسیه");
        edit.press("ctrl-w".parse().expect("a key"));
        assert_eq!(edit.text(), "ایران و ");
        edit.press("ctrl-u".parse().expect("a key"));
        assert_eq!((edit.text(), edit.cursor()), ("", 0));
    }

    #[test]
    fn a_line_does_not_grow_without_end() {
        let mut edit = Edit::default();
        edit.insert(&"ب".repeat(10_000));
        assert_eq!(edit.text().len(), LONGEST);
    }

    #[test]
    fn pasted_controls_do_not_get_in() {
        let mut edit = Edit::default();
        edit.insert("a\u{1b}[31m\nب");
        assert_eq!(edit.text(), "a[31m ب");
    }
}
