//! What the reader can settle, once: the options of the command line, the keys of the
//! configuration file and their documentation are made from this table.

use crate::app::{Dates, Settings, Theme};
use crate::shell::caps::{self, KNOWN, Known};
use crate::text::{Letters, Marks};
use crate::words::{Digits, Lang};

/// Everything settled, as the program uses it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// What the screen follows.
    pub settings: Settings,
    /// The theme was told; else it follows the terminal's background.
    pub theme_told: bool,
    /// The marks were told; else they follow the terminal.
    pub marks_told: bool,
    /// The terminal; else it is recognised.
    pub terminal: Option<&'static Known>,
    /// Bytes of data that are read at most; else as the source has it.
    pub max_size: Option<u64>,
    /// Bytes of one event at most; else as is usual.
    pub max_record: Option<u64>,
    /// Nothing is kept from one start to the next.
    pub no_cache: bool,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The name: `--name` on the command line, `name` in the configuration.
    pub name: &'static str,
    /// What it settles, for the help.
    pub help: &'static str,
    /// What may be said.
    pub values: Values,
}

/// A word and what it settles.
pub type Word = (&'static str, fn(&mut Chosen));

/// What may be said.
#[derive(Clone, Copy, Debug)]
pub enum Values {
    /// One of these words.
    Words(&'static [Word]),
    /// One of these names.
    Names(fn() -> Vec<&'static str>, fn(&mut Chosen, &str) -> bool),
    /// Anything of this form.
    Form(&'static str, fn(&mut Chosen, &str) -> bool),
}

/// All settings.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "lang",
        help: "Language of the interface",
        values: Values::Words(&[
            ("fa", |to| to.settings.lang = Lang::Fa),
            ("en", |to| to.settings.lang = Lang::En),
        ]),
    },
    Setting {
        name: "digits",
        help: "Digits of the program's own numbers",
        values: Values::Words(&[
            ("persian", |to| to.settings.digits = Digits::Persian),
            ("latin", |to| to.settings.digits = Digits::Latin),
        ]),
    },
    Setting {
        name: "calendar",
        help: "Calendar of the dates",
        values: Values::Words(&[
            ("jalali", |to| to.settings.dates = Dates::Jalali),
            ("gregorian", |to| to.settings.dates = Dates::Gregorian),
            ("both", |to| to.settings.dates = Dates::Both),
        ]),
    },
    Setting {
        name: "theme",
        help: "Colours; without it the terminal is asked for its background",
        values: Values::Words(&[
            ("dark", |to| to.theme(Theme::Dark)),
            ("light", |to| to.theme(Theme::Light)),
            ("high-contrast", |to| to.theme(Theme::HighContrast)),
            ("neutral", |to| to.theme(Theme::Neutral)),
        ]),
    },
    Setting {
        name: "terminal",
        help: "Which terminal this is; without it the terminal is recognised",
        values: Values::Names(terminals, |to, name| {
            to.terminal = caps::named(name).ok();
            name == AUTO || to.terminal.is_some()
        }),
    },
    Setting {
        name: "letters",
        help: "Joined presentation forms, or plain letters for fonts without them",
        values: Values::Words(&[
            ("pres", |to| to.letters(Letters::Presentation)),
            ("base", |to| to.letters(Letters::Base)),
        ]),
    },
    Setting {
        name: "marks",
        help: "Vowel marks on the screen; copies always have them",
        values: Values::Words(&[
            ("keep", |to| to.marks(Marks::Keep)),
            ("strip", |to| to.marks(Marks::Strip)),
        ]),
    },
    Setting {
        name: "mouse",
        help: "Whether the mouse is ours or the terminal's",
        values: Values::Words(&[
            ("on", |to| to.settings.mouse = true),
            ("off", |to| to.settings.mouse = false),
        ]),
    },
    Setting {
        name: "max-size",
        help: "Bytes of data read at most, such as 500M or 8G",
        values: Values::Form("a number of bytes such as 500M or 8G", |to, size| {
            to.max_size = bytes(size);
            to.max_size.is_some()
        }),
    },
    Setting {
        name: "max-record",
        help: "Bytes of one event at most, 64M if nothing is said; a longer one is left out",
        values: Values::Form("a number of bytes such as 500M or 8G", |to, size| {
            to.max_record = bytes(size);
            to.max_record.is_some()
        }),
    },
    Setting {
        name: "cache",
        help: "Whether the index of a large file is kept for the next start",
        values: Values::Words(&[
            ("on", |to| to.no_cache = false),
            ("off", |to| to.no_cache = true),
        ]),
    },
];

const AUTO: &str = "auto";

impl Chosen {
    fn theme(&mut self, theme: Theme) {
        self.settings.theme = theme;
        self.theme_told = true;
    }

    fn letters(&mut self, letters: Letters) {
        self.settings.text.letters = letters;
    }

    fn marks(&mut self, marks: Marks) {
        self.settings.text.marks = marks;
        self.marks_told = true;
    }
}

impl Setting {
    /// The setting called `name`.
    pub fn named(name: &str) -> Option<&'static Self> {
        SETTINGS.iter().find(|setting| setting.name == name)
    }

    /// Settles it; false when `value` is none of its values.
    pub fn settle(&self, value: &str, chosen: &mut Chosen) -> bool {
        match self.values {
            Values::Words(words) => words
                .iter()
                .find(|(word, _)| *word == value)
                .map(|(_, set)| set(chosen))
                .is_some(),
            Values::Names(_, set) | Values::Form(_, set) => set(chosen, value),
        }
    }

    /// The words that may be said; none when it has a form instead.
    pub fn words(&self) -> Vec<&'static str> {
        match self.values {
            Values::Words(words) => words.iter().map(|(word, _)| *word).collect(),
            Values::Names(names, _) => names(),
            Values::Form(..) => Vec::new(),
        }
    }

    /// What may be said, for a message.
    pub fn choices(&self) -> String {
        match self.values {
            Values::Form(form, _) => form.to_owned(),
            Values::Words(_) | Values::Names(..) => self.words().join(", "),
        }
    }
}

fn terminals() -> Vec<&'static str> {
    let names = KNOWN.iter().map(|known| known.name);
    std::iter::once(AUTO).chain(names).collect()
}

/// `500M` in bytes: a number and perhaps K, M, G or T (powers of 1024).
fn bytes(size: &str) -> Option<u64> {
    let digits = size.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let power = match size.get(digits.len()..)?.to_ascii_uppercase().as_str() {
        "" | "B" => 0,
        "K" | "KB" | "KIB" => 1,
        "M" | "MB" | "MIB" => 2,
        "G" | "GB" | "GIB" => 3,
        "T" | "TB" | "TIB" => 4,
        _ => return None,
    };
    let number: u64 = digits.parse().ok()?;
    number.checked_mul(1024_u64.pow(power)).filter(|&n| n > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_settles_something_and_nothing_else_does() {
        for setting in SETTINGS {
            for word in setting.words() {
                assert!(setting.settle(word, &mut Chosen::default()), "{word}");
            }
            assert!(!setting.settle("no such", &mut Chosen::default()));
            assert!(!setting.choices().is_empty());
        }
    }

    #[test]
    fn sizes_are_read() {
        assert_eq!(bytes("12"), Some(12));
        assert_eq!(bytes("1k"), Some(1024));
        assert_eq!(bytes("8GiB"), Some(8 << 30));
        for bad in ["", "G", "-1", "1.5G", "1X", "99999999T", "0", "۱"] {
            assert_eq!(bytes(bad), None, "{bad}");
        }
    }
}
