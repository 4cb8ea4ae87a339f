//! The questions the doctor asks, and what follows from the answers.
//!
//! They are in English letters: nothing Persian can be trusted to be legible yet.

use crate::shell::Sample;
use crate::shell::caps::{Detected, KNOWN};
use crate::shell::encode::{Colours, Options, Strategy};
use crate::text::{Letters, Marks, TextPolicy};

/// Letters of all shapes, a lam-alef, a ZWNJ, guillemets, brackets, digits, Latin letters.
const SENTENCE: &str = "«سلام» گفت و رفت؛ نمی‌مانم (ماده ۱۲) BRICS.";
/// The same word with and without marks.
const MARKED: &str = "مُحَمَّد سَلامٌ";

/// The keys that choose a line.
const LABELS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// A page to show: lines of text, and samples under them.
#[derive(Clone, Debug)]
pub struct Page {
    /// From the top.
    pub lines: Vec<String>,
    /// Where samples stand.
    pub samples: Vec<Sample<'static>>,
}

/// What was answered so far.
#[derive(Clone, Debug)]
pub struct Questions {
    detected: Detected,
    ways: Vec<Strategy>,
    chosen: Option<Strategy>,
    marks: Option<Marks>,
    letters: Option<Letters>,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Another page, or the same again.
    Ask,
    /// Enough is known.
    Done,
    /// The reader left.
    Left,
}

impl Questions {
    /// Begins with what was detected.
    pub fn new(detected: Detected) -> Self {
        let ways = ways(&detected);
        Self {
            detected,
            ways,
            chosen: None,
            marks: None,
            letters: None,
        }
    }

    /// The question to show now.
    pub fn page(&self) -> Page {
        match self.chosen {
            None => self.first_page(),
            Some(strategy) => self.second_page(strategy),
        }
    }

    /// Takes a key.
    pub fn answer(&mut self, key: u8) -> Next {
        match (self.chosen, key) {
            (_, b'q' | 0x1B | 0x03 | 0x04) => Next::Left,
            (None, b'1'..=b'9') => {
                self.chosen = self.ways.get(usize::from(key - b'1')).copied();
                Next::Ask
            }
            (None, b'0') => {
                self.chosen = Some(self.detected.strategy());
                self.letters = Some(Letters::Base);
                Next::Done
            }
            (Some(_), b'1') => self.marked(Marks::Keep),
            (Some(_), b'2') => self.marked(Marks::Strip),
            _ => Next::Ask,
        }
    }

    fn marked(&mut self, marks: Marks) -> Next {
        self.marks = Some(marks);
        Next::Done
    }

    /// What the configuration should say; nothing when the program finds out by itself.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        let mut settings = Vec::new();
        let (seen, known) = (self.detected.strategy(), self.detected.terminal);
        let chosen = self.chosen.unwrap_or(seen);
        let named = KNOWN
            .iter()
            .find(|known| known.strategy == chosen)
            .filter(|_| chosen != seen);
        if let Some(named) = named {
            settings.push(("terminal", named.name.to_owned()));
        }
        let usual = named.unwrap_or(known).marks;
        match self.marks {
            Some(Marks::Keep) if !usual => settings.push(("marks", "keep".to_owned())),
            Some(Marks::Strip) if usual => settings.push(("marks", "strip".to_owned())),
            Some(_) | None => {}
        }
        if self.letters == Some(Letters::Base) {
            settings.push(("letters", "base".to_owned()));
        }
        settings
    }

    fn first_page(&self) -> Page {
        let Detected { terminal, why, .. } = &self.detected;
        let mut lines = vec![
            format!("This looks like {}:", terminal.what),
            format!("{why}."),
            String::new(),
            "Which line reads right? Its letters join, it runs from right to left,".to_owned(),
            "and the Latin word stands at its left end. If several do, take the first.".to_owned(),
            String::new(),
        ];
        let mut samples = Vec::new();
        for (at, strategy) in self.ways.iter().enumerate() {
            let label = LABELS.get(at).copied().unwrap_or("");
            samples.push(self.sample((lines.len(), label), (SENTENCE, Marks::Strip), *strategy));
            lines.extend([String::new(), String::new()]);
        }
        lines.push(
            "Press its number; 0 if all show boxes or gaps for letters; q to leave.".to_owned(),
        );
        Page { lines, samples }
    }

    fn second_page(&self, strategy: Strategy) -> Page {
        let mut lines = vec![
            "Vowel marks: do they stand on their letters in the first line?".to_owned(),
            String::new(),
        ];
        let mut samples = Vec::new();
        for (label, marks) in LABELS.into_iter().zip([Marks::Keep, Marks::Strip]) {
            samples.push(self.sample((lines.len(), label), (MARKED, marks), strategy));
            lines.extend([String::new(), String::new()]);
        }
        lines.push("Press 1 if they do, 2 if only the line without them reads right.".to_owned());
        Page { lines, samples }
    }

    fn sample(
        &self,
        (row, label): (usize, &'static str),
        (text, marks): (&'static str, Marks),
        strategy: Strategy,
    ) -> Sample<'static> {
        let options = Options {
            marks: marks == Marks::Keep,
            ..self.detected.options()
        };
        let policy = TextPolicy {
            marks,
            ..TextPolicy::default()
        };
        Sample {
            row: row as u16,
            label,
            column: 6,
            text,
            policy,
            strategy,
            options,
        }
    }
}

/// The ways worth a try: the one detected first; those that change the whole screen only then.
fn ways(detected: &Detected) -> Vec<Strategy> {
    const TRIED: [Strategy; 8] = [
        Strategy::Plain,
        Strategy::Explicit,
        Strategy::Joined,
        Strategy::Boxed,
        Strategy::Reversed,
        Strategy::Inverse,
        Strategy::OverrideRow,
        Strategy::Alternate,
    ];
    let seen = detected.strategy();
    let alternate = match detected.colours {
        Colours::True => Strategy::Alternate,
        Colours::None | Colours::Sixteen | Colours::Indexed => Strategy::Alternate256,
    };
    let tried = TRIED.map(|way| {
        if way == Strategy::Alternate {
            alternate
        } else {
            way
        }
    });
    let others = tried.into_iter().filter(|way| *way != seen);
    std::iter::once(seen).chain(others).take(9).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::caps::{Environment, Guess, by_environment};

    fn questions(variables: &[(&str, &str)]) -> Questions {
        let environment = Environment::new(variables.iter().copied());
        match by_environment(&environment, None) {
            Guess::Known(detected) | Guess::Ask(detected) => Questions::new(detected),
        }
    }

    #[test]
    fn what_is_right_already_needs_no_setting() {
        let mut questions = questions(&[("TERM", "xterm"), ("VTE_VERSION", "7006")]);
        assert_eq!(questions.answer(b'1'), Next::Ask);
        assert_eq!(questions.answer(b'1'), Next::Done);
        assert_eq!(questions.settings(), []);
    }

    #[test]
    fn another_line_becomes_another_terminal() {
        let mut questions = questions(&[("TERM", "foot")]);
        let konsole = questions
            .ways
            .iter()
            .position(|way| *way == Strategy::Joined);
        let key = b'1' + konsole.expect("tried") as u8;
        assert_eq!(questions.answer(b'x'), Next::Ask, "no answer");
        assert_eq!(questions.answer(key), Next::Ask);
        assert_eq!(questions.answer(b'2'), Next::Done);
        let wanted = [
            ("terminal", "konsole".to_owned()),
            ("marks", "strip".to_owned()),
        ];
        assert_eq!(questions.settings(), wanted);
    }

    #[test]
    fn boxes_everywhere_are_the_fonts_fault() {
        let mut questions = questions(&[("TERM", "foot")]);
        assert_eq!(questions.answer(b'0'), Next::Done);
        assert_eq!(questions.settings(), [("letters", "base".to_owned())]);
    }

    #[test]
    fn every_line_has_its_number_and_every_way_once() {
        let questions = questions(&[("TERM", "xterm-256color")]);
        let page = questions.page();
        for (at, sample) in page.samples.iter().enumerate() {
            assert_eq!(sample.label, (at + 1).to_string());
            assert_eq!(page.lines[usize::from(sample.row)], "", "the row is free");
        }
        for (at, way) in questions.ways.iter().enumerate() {
            assert!(!questions.ways[at + 1..].contains(way));
        }
    }

    #[test]
    fn the_reader_may_leave() {
        for key in [b'q', 0x1B, 0x03] {
            assert_eq!(questions(&[]).answer(key), Next::Left);
        }
    }
}
