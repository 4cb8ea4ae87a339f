//! Text from outside made safe to stand in a sentence of the program.

use std::fmt::Write;

use super::cluster::{JOINER, NONJOINER};
use super::sanitize::{Kind, MOST_MARKS, kind, picture};

/// One line of `text` for a message, which shows what is in it: controls as pictures or U+FFFD,
/// bidi controls and other invisible characters as `\u{202e}`; cut at 400 characters.
///
/// U+200C and U+200D stay behind Arabic letters, where Persian needs them.
///
/// ```
/// use sokhan::text::clean;
/// assert_eq!(clean("می\u{200c}رود\u{1b}[2J\u{202e}"), "می\u{200c}رود␛[2J\\u{202e}");
/// ```
pub fn clean(text: &str) -> String {
    clean_to(text, 400)
}

/// As [`clean`], cut at `most` characters, the `…` at the end included.
pub fn clean_to(text: &str, most: usize) -> String {
    let mut clean = Clean::default();
    // What is longer than `most` before the last character is read will be cut.
    for letter in text.chars() {
        clean.take(letter);
        if clean.letters > most {
            clean.cut(most);
            break;
        }
    }
    clean.text
}

#[derive(Default)]
struct Clean {
    text: String,
    letters: usize,
    last: Option<char>,
    marks: u8,
}

impl Clean {
    fn take(&mut self, letter: char) {
        match letter {
            '\n' | '\r' | '\t' => self.push(picture(letter)),
            NONJOINER | JOINER if self.last.is_some_and(is_arabic) => self.push(letter),
            _ => match kind(letter) {
                Kind::Plain | Kind::SkinTone => self.push(letter),
                Kind::Control if !matches!(letter, '\u{202d}' | '\u{202e}') => {
                    self.push(picture(letter));
                }
                Kind::Mark => self.mark(letter),
                Kind::Control
                | Kind::Dropped
                | Kind::Format
                | Kind::LineEnd
                | Kind::Nonjoiner
                | Kind::Joiner => self.escape(letter),
            },
        }
    }

    fn push(&mut self, letter: char) {
        self.text.push(letter);
        self.letters += 1;
        self.last = Some(letter);
        self.marks = 0;
    }

    fn mark(&mut self, letter: char) {
        if self.last.is_none() {
            self.push('\u{25cc}');
        }
        if self.marks < MOST_MARKS {
            self.text.push(letter);
            self.letters += 1;
            self.marks += 1;
        }
    }

    fn escape(&mut self, letter: char) {
        let escaped = letter.escape_unicode();
        self.letters += escaped.len();
        // Writing to a String does not fail.
        let _ = write!(self.text, "{escaped}");
        self.last = Some('}');
        self.marks = 0;
    }

    fn cut(&mut self, most: usize) {
        self.text = self.text.chars().take(most.saturating_sub(1)).collect();
        if most > 0 {
            self.text.push('\u{2026}');
        }
    }
}

fn is_arabic(letter: char) -> bool {
    matches!(letter, '\u{620}'..='\u{6d5}')
}

/// `text` in a first-strong isolate (U+2068 … U+2069) on one line, so that it and what stands
/// around it cannot turn each other round: for a date, a counter or a name inside a sentence that
/// the program makes.
///
/// Isolates in `text` that are closed and not opened are left out, those that are opened and not
/// closed are closed.
///
/// ```
/// use sokhan::text::isolate;
/// assert_eq!(isolate("1402-12-29"), "\u{2068}1402-12-29\u{2069}");
/// ```
pub fn isolate(text: &str) -> String {
    let mut isolated = String::with_capacity(text.len() + 6);
    isolated.push('\u{2068}');
    let mut open: usize = 0;
    for letter in text.chars() {
        match letter {
            '\u{2066}'..='\u{2068}' => open += 1,
            '\u{2069}' if open == 0 => continue,
            '\u{2069}' => open -= 1,
            _ => {}
        }
        let ends_line = kind(letter) == Kind::LineEnd;
        isolated.push(if ends_line { ' ' } else { letter });
    }
    isolated.extend(std::iter::repeat_n('\u{2069}', open + 1));
    isolated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_invisible_is_left_but_the_joiners_of_words() {
        let hostile = "\u{feff}a\u{202e}b\r\n\t\u{9b}\u{7f}\u{ad}\u{2028}\u{200c}ی\u{200c}\u{200c}";
        let shown = "\\u{feff}a\\u{202e}b\u{240d}\u{240a}\u{2409}\u{fffd}\u{2421}\\u{ad}\\u{2028}\
            \\u{200c}ی\u{200c}\\u{200c}";
        assert_eq!(clean(hostile), shown);
    }

    #[test]
    fn marks_do_not_pile_up() {
        let pile = format!("{0}a{0}", "\u{301}".repeat(99));
        let shown = format!("\u{25cc}{0}a{0}", "\u{301}".repeat(6));
        assert_eq!(clean(&pile), shown);
    }

    #[test]
    fn long_text_is_cut_to_the_letter() {
        assert_eq!(clean_to("abcdef", 6), "abcdef");
        assert_eq!(clean_to("abcdefg", 6), "abcde\u{2026}");
        assert_eq!(clean_to("ab\u{202e}", 6), "ab\\u{\u{2026}");
        assert_eq!(clean_to("abc", 1), "\u{2026}");
        assert_eq!(clean_to("abc", 0), "");
        assert_eq!(clean(&"پ".repeat(1000)).chars().count(), 400);
    }

    #[test]
    fn what_is_isolated_cannot_get_out() {
        assert_eq!(isolate("a\u{2069}b"), "\u{2068}ab\u{2069}");
        assert_eq!(isolate("\u{2067}a"), "\u{2068}\u{2067}a\u{2069}\u{2069}");
        assert_eq!(isolate("a\nb"), "\u{2068}a b\u{2069}");
    }
}
