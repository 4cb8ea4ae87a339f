//! Command line over environment over configuration file: one answer to each question.

use std::path::PathBuf;

use super::args::Settled;
use super::config::{self, Written};
use super::environment::Environment;
use super::setting::{Chosen, Setting};
use crate::app::{Dates, Keymap};
use crate::words::{Digits, Lang};

/// What the reader chose: settings and keys.
#[derive(Debug, Default)]
pub struct Resolved {
    /// The settings.
    pub chosen: Chosen,
    /// The keys in force.
    pub keymap: Keymap,
}

/// Puts together what the line, the environment and the configuration say.
///
/// # Errors
///
/// All that is wrong in the environment and the configuration.
pub fn resolve(line: &Settled, environment: &Environment) -> Result<Resolved, Vec<String>> {
    let (written, mut problems) = match configuration(line, environment) {
        Ok(written) => (written, Vec::new()),
        Err(problems) => (Written::default(), problems),
    };
    let mut chosen = from_environment(environment);
    let told = written
        .settings
        .iter()
        .map(|(setting, value, _)| (*setting, value));
    let on_the_line = line.told.iter().map(|(setting, value)| (*setting, value));
    for (setting, value) in told.clone().chain(on_the_line) {
        if setting.name == "lang" {
            setting.settle(value, &mut chosen);
        }
    }
    follow_the_language(&mut chosen);
    for (setting, value) in told {
        setting.settle(value, &mut chosen);
    }
    if let Some(name) = environment.get("SOKHAN_TERMINAL") {
        settle(
            "SOKHAN_TERMINAL",
            "terminal",
            &name,
            &mut chosen,
            &mut problems,
        );
    }
    for (setting, value) in &line.told {
        settle(
            &format!("--{}", setting.name),
            setting.name,
            value,
            &mut chosen,
            &mut problems,
        );
    }
    if problems.is_empty() {
        Ok(Resolved {
            chosen,
            keymap: written.keymap,
        })
    } else {
        Err(problems)
    }
}

fn configuration(line: &Settled, environment: &Environment) -> Result<Written, Vec<String>> {
    match &line.config {
        Some(path) => config::read(path, true),
        None => match usual(environment) {
            Some(path) => config::read(&path, false),
            None => Ok(Written::default()),
        },
    }
}

/// Where the configuration usually is.
pub fn usual(environment: &Environment) -> Option<PathBuf> {
    Some(environment.config_dir()?.join("config.toml"))
}

fn settle(source: &str, name: &str, value: &str, chosen: &mut Chosen, problems: &mut Vec<String>) {
    let Some(setting) = Setting::named(name) else {
        return;
    };
    if !setting.settle(value, chosen) {
        let value = crate::text::clean(value);
        let choices = setting.choices();
        problems.push(format!("{source} is `{value}`; it can be {choices}"));
    }
}

/// What the environment says by itself.
fn from_environment(environment: &Environment) -> Chosen {
    let mut chosen = Chosen::default();
    chosen.settings.mouse = true;
    chosen.settings.lang = match environment.language().as_deref() {
        Some("fa") | None => Lang::Fa,
        Some(_) => Lang::En,
    };
    chosen
}

/// Digits and calendar that go with the language, unless they are told.
fn follow_the_language(chosen: &mut Chosen) {
    let settings = &mut chosen.settings;
    (settings.digits, settings.dates) = match settings.lang {
        Lang::Fa => (Digits::Persian, Dates::Jalali),
        Lang::En => (Digits::Latin, Dates::Gregorian),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(variables: &[(&str, &str)], line: &[(&str, &str)]) -> Result<Chosen, Vec<String>> {
        let told = line.iter().map(|(name, value)| {
            let setting = Setting::named(name).expect("a setting");
            (setting, (*value).to_owned())
        });
        let settled = Settled {
            told: told.collect(),
            config: None,
        };
        let environment = Environment::of(variables.iter().copied());
        resolve(&settled, &environment).map(|resolved| resolved.chosen)
    }

    #[test]
    fn the_language_brings_its_digits_and_calendar_unless_they_are_told() {
        let fa = chosen(&[], &[]).expect("right").settings;
        assert_eq!(
            (fa.lang, fa.digits, fa.dates),
            (Lang::Fa, Digits::Persian, Dates::Jalali)
        );
        let en = chosen(&[("LANG", "en_US.UTF-8")], &[("calendar", "both")])
            .expect("right")
            .settings;
        assert_eq!(
            (en.lang, en.digits, en.dates),
            (Lang::En, Digits::Latin, Dates::Both)
        );
        let line = chosen(&[("LANG", "en_US.UTF-8")], &[("lang", "fa")]).expect("right");
        assert_eq!(line.settings.digits, Digits::Persian);
    }

    #[test]
    fn the_line_counts_more_than_the_environment() {
        let plain = chosen(&[("SOKHAN_TERMINAL", "plain")], &[]).expect("right");
        assert_eq!(plain.terminal.map(|known| known.name), Some("plain"));
        let line = chosen(&[("SOKHAN_TERMINAL", "plain")], &[("terminal", "auto")]);
        assert_eq!(line.expect("right").terminal, None);
    }

    #[test]
    fn a_wrong_variable_is_told() {
        let told = chosen(&[("SOKHAN_TERMINAL", "no\u{1b}such")], &[]).expect_err("wrong");
        assert_eq!(told.len(), 1);
        assert!(
            told.iter()
                .all(|text| text.starts_with("SOKHAN_TERMINAL is `no"))
        );
        assert!(!told.concat().contains('\u{1b}'));
    }
}
