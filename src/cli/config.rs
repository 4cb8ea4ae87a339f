//! The configuration file: what was written (with its line) becomes what is chosen.

use std::path::Path;
use std::{fs, io};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::setting::{Chosen, SETTINGS, Setting};
use crate::app::Keymap;
use crate::text::clean;

/// The largest configuration that is read, in bytes.
const LONGEST: u64 = 1 << 20;

/// A configuration file as it was written.
#[derive(Debug, Default)]
pub struct Written {
    /// Settings with their value and line.
    pub settings: Vec<(&'static Setting, String, usize)>,
    /// The keys in force.
    pub keymap: Keymap,
}

/// Reads the configuration at `path`. A file that is not there is an empty one unless it `must`
/// be.
///
/// # Errors
///
/// All problems in the file, each with its place.
pub fn read(path: &Path, must: bool) -> Result<Written, Vec<String>> {
    let shown = clean(&path.display().to_string());
    let size = fs::metadata(path).map(|file| file.len());
    let text = match size {
        Ok(size) if size > LONGEST => return Err(vec![format!("{shown}: larger than 1 MiB")]),
        Ok(_) => fs::read_to_string(path),
        Err(error) => Err(error),
    };
    match text {
        Ok(text) => parse(&text, &shown),
        Err(error) if !must && is_absent(&error) => Ok(Written::default()),
        Err(error) => Err(vec![format!("{shown}: {error}")]),
    }
}

fn is_absent(error: &io::Error) -> bool {
    [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory].contains(&error.kind())
}

/// Reads `text`; `path` is what the messages call it.
///
/// # Errors
///
/// All problems in the text, each with its line.
pub fn parse(text: &str, path: &str) -> Result<Written, Vec<String>> {
    let (table, faults) = DeTable::parse_recoverable(text);
    let mut reading = Reading {
        text,
        path,
        written: Written::default(),
        problems: Vec::new(),
    };
    for fault in faults {
        let at = fault.span().map_or(0, |span| span.start);
        reading.tell(at, fault.message());
    }
    for (name, value) in table.get_ref() {
        reading.entry(name.get_ref(), name.span().start, value);
    }
    let Reading {
        written, problems, ..
    } = reading;
    if problems.is_empty() {
        Ok(written)
    } else {
        Err(problems)
    }
}

struct Reading<'a> {
    text: &'a str,
    path: &'a str,
    written: Written,
    problems: Vec<String>,
}

impl Reading<'_> {
    fn entry(&mut self, name: &str, at: usize, value: &Spanned<DeValue<'_>>) {
        if name == "keys" {
            return self.keys(value);
        }
        let Some(setting) = Setting::named(name) else {
            return self.unknown(name, at);
        };
        let Some(word) = word(value.get_ref()) else {
            return self.tell(
                value.span().start,
                &format!("`{name}` is one of {}", setting.choices()),
            );
        };
        if setting.settle(&word, &mut Chosen::default()) {
            let line = self.line(at);
            self.written.settings.push((setting, word, line));
        } else {
            let choices = setting.choices();
            let word = clean(&word);
            self.tell(
                value.span().start,
                &format!("`{name}` is `{word}`; it can be {choices}"),
            );
        }
    }

    fn keys(&mut self, value: &Spanned<DeValue<'_>>) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.tell(value.span().start, "`keys` is a table of actions");
        };
        let mut lines = Vec::new();
        let mut wanted = Vec::new();
        for (action, keys) in table {
            match strings(keys.get_ref()) {
                Some(keys) => {
                    lines.push((action.get_ref().to_string(), action.span().start));
                    wanted.push((action.get_ref().to_string(), keys));
                }
                None => self.tell(
                    keys.span().start,
                    &format!("`{}` is a key or a list of keys", clean(action.get_ref())),
                ),
            }
        }
        match Keymap::with(&wanted) {
            Ok(keymap) => self.written.keymap = keymap,
            Err(faults) => {
                for fault in faults {
                    let told = fault.to_string();
                    let place = lines.iter().find(|(action, _)| told.contains(action));
                    self.tell(place.map_or(value.span().start, |(_, at)| *at), &told);
                }
            }
        }
    }

    fn unknown(&mut self, name: &str, at: usize) {
        let names = SETTINGS.iter().map(|setting| setting.name);
        let near = names
            .chain(["keys"])
            .filter(|known| strsim::damerau_levenshtein(known, name) <= 2)
            .min_by_key(|known| strsim::damerau_levenshtein(known, name));
        let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        let name = clean(name);
        self.tell(at, &format!("nothing is called `{name}`{hint}"));
    }

    fn tell(&mut self, at: usize, what: &str) {
        let line = self.line(at);
        self.problems
            .push(format!("{}:{line}: {}", self.path, clean(what)));
    }

    fn line(&self, at: usize) -> usize {
        let before = self.text.as_bytes().iter().take(at);
        before.filter(|&&byte| byte == b'\n').count() + 1
    }
}

/// A string, a number or a truth value as the word on the command line would be.
fn word(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(true) => Some("on".to_owned()),
        DeValue::Boolean(false) => Some("off".to_owned()),
        DeValue::Float(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

fn string(value: &DeValue<'_>) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn strings(value: &DeValue<'_>) -> Option<Vec<String>> {
    if let DeValue::Array(items) = value {
        items.iter().map(|item| string(item.get_ref())).collect()
    } else {
        string(value).map(|one| vec![one])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Action;

    #[test]
    fn settings_and_keys_are_read() {
        let text =
            "lang = \"en\"\nmouse = false\nmax-size = 1000\n[keys]\nquit = [\"Q\", \"ctrl-q\"]\n";
        let written = parse(text, "c").expect("right");
        let told: Vec<_> = written
            .settings
            .iter()
            .map(|(setting, value, line)| (setting.name, value.as_str(), *line))
            .collect();
        assert_eq!(
            told,
            [
                ("lang", "en", 1),
                ("max-size", "1000", 3),
                ("mouse", "off", 2)
            ]
        );
        let quit = Action::named("quit").expect("an action");
        assert_eq!(written.keymap.keys_of(quit), ["Q", "ctrl-q"]);
    }

    #[test]
    fn all_problems_are_told_with_their_lines() {
        let text = "lang = \"xx\"\nlagn = \"fa\"\ndigits = 1.5\n[keys]\nno-such = \"a\"\nquit = \"hyper-x\"\n";
        let mut problems = parse(text, "c.toml").expect_err("wrong");
        problems.sort();
        assert_eq!(
            problems,
            [
                "c.toml:1: `lang` is `xx`; it can be fa, en",
                "c.toml:2: nothing is called `lagn`; did you mean `lang`?",
                "c.toml:3: `digits` is one of persian, latin",
                "c.toml:4: `hyper-x` is no key",
                "c.toml:5: no action is called `no-such`",
            ]
        );
    }

    #[test]
    fn broken_toml_is_told_and_the_rest_is_looked_at_too() {
        let problems = parse("lang = \nlagn = \"fa\"\n", "c").expect_err("wrong");
        assert!(
            problems.iter().any(|text| text.starts_with("c:1: ")),
            "{problems:?}"
        );
        assert!(
            problems.iter().any(|text| text.starts_with("c:2: ")),
            "{problems:?}"
        );
    }

    #[test]
    fn any_text_is_survived() {
        for text in [
            "",
            "\u{0}",
            "[",
            "keys = 1",
            "[keys]\nquit = [1]",
            "a.b.c = 1",
            "[[keys]]",
        ] {
            let _ = parse(text, "c");
        }
    }
}
