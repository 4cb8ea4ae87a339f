//! `sokhan [FILE]`: the screen.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use super::args::Line;
use super::data;
use super::environment::Environment;
use super::reading::Reading;
use super::resolve::{Resolved, resolve};
use super::setting::Chosen;
use super::{UNREADABLE, WRONG_USAGE, complain, misused};
use crate::app::{Colours, Settings, State, Theme};
use crate::shell::caps::{self, Detected};
use crate::shell::encode::{self, Options};
use crate::shell::{self, End, Fed, FirstFrame, Session, Unfit};
use crate::store::Cache;
use crate::text::{Letters, Marks};

/// Shows the data until the reader leaves.
pub(super) fn read(line: &Line, environment: &Environment) -> ExitCode {
    let resolved = match resolve(&line.settings, environment) {
        Ok(resolved) => resolved,
        Err(problems) => return misused(&problems),
    };
    if let Some(problem) = unfit(line, environment) {
        complain(&[problem]);
        return ExitCode::from(WRONG_USAGE);
    }
    match sit(line, resolved, environment) {
        Ok(End::Quit | End::Told(_)) => ExitCode::SUCCESS,
        Ok(End::Unreadable(message)) => {
            let _ = io::stderr().lock().write_all(message.as_bytes());
            ExitCode::from(UNREADABLE)
        }
        Err(Unfit::NoTerminal) => {
            complain(&[
                "standard output is no terminal; `sokhan list` writes the events as text"
                    .to_owned(),
            ]);
            ExitCode::from(WRONG_USAGE)
        }
        Err(Unfit::Refused(error)) => {
            complain(&[format!("the terminal cannot be used: {error}")]);
            ExitCode::from(WRONG_USAGE)
        }
    }
}

/// One sitting at the terminal.
fn sit(line: &Line, resolved: Resolved, environment: &Environment) -> Result<End, Unfit> {
    let chosen = resolved.chosen;
    let mut session = Session::open()?;
    let folder = environment.cache_dir().filter(|_| !chosen.no_cache);
    let reading = Reading::new(data::source(&line.data), data::limits(&chosen))
        .keeping(folder.map(Cache::new))
        .with_query(line.query.clone())
        .following(line.follow);
    let notes = reading.notes();
    session.start(|wishes| reading.watching(wishes))?;
    if let Some(message) = session.quick_failure() {
        return Ok(End::Unreadable(message));
    }
    let variables = caps::Environment::new(environment.all());
    let seen = session.recognise(chosen.terminal, &variables)?;
    let first_frame = FirstFrame {
        ask_background: !chosen.theme_told
            && seen.background.is_none()
            && seen.colours != encode::Colours::None
            && answers(environment),
        panic: environment.get("SOKHAN_PANIC").as_deref() == Some("1"),
    };
    let settings = settings(&chosen, &seen, &variables);
    let mut state = State::new(settings, (0, 0));
    state.keymap = resolved.keymap;
    let fed = Fed {
        seen,
        environment: variables,
        options: Box::new(move |seen| options(&chosen, seen)),
    };
    let end = session.run(&mut state, fed, first_frame);
    // Freeing a million events would only keep the reader waiting.
    std::mem::forget(state);
    let end = end?;
    if let End::Quit = end {
        let _ = io::stderr().lock().write_all(notes.get().as_bytes());
    }
    Ok(end)
}

/// What the reader chose, and what the terminal can where the reader did not.
fn settings(chosen: &Chosen, seen: &Detected, variables: &caps::Environment) -> Settings {
    let mut settings = chosen.settings.clone();
    settings.today = Some(shell::today());
    settings.colours = match seen.colours {
        encode::Colours::None => Colours::None,
        encode::Colours::Sixteen => Colours::Sixteen,
        encode::Colours::Indexed => Colours::Indexed,
        encode::Colours::True => Colours::True,
    };
    if !chosen.marks_told && !seen.terminal.marks {
        settings.text.marks = Marks::Strip;
    }
    if !chosen.theme_told {
        settings.theme = match seen.light {
            Some(true) => Theme::Light,
            // Many a multiplexer does not tell what lies behind it.
            None if variables.is_multiplexed() => Theme::Neutral,
            Some(false) | None => Theme::Dark,
        };
    }
    settings
}

fn options(chosen: &Chosen, seen: &Detected) -> Options {
    let mut options = seen.options();
    if chosen.marks_told {
        options.marks = chosen.settings.text.marks == Marks::Keep;
    }
    // Plain letters are joined by the terminal, and the joiners tell it where not to.
    options.joiners = chosen.settings.text.letters == Letters::Base;
    options
}

/// What in the surroundings makes a screen impossible, before anything is touched.
fn unfit(line: &Line, environment: &Environment) -> Option<String> {
    if environment.get("TERM").as_deref() == Some("dumb") {
        return Some(
            "TERM is `dumb`: no screen can be shown there; `sokhan list` writes text".to_owned(),
        );
    }
    let from_stdin = line.data.file.as_deref() == Some(Path::new("-"));
    (from_stdin && io::stdin().is_terminal()).then(|| {
        "`-` reads standard input, but that is the terminal: give it data by a pipe".to_owned()
    })
}

/// Whether the terminal may be asked for its background colour.
fn answers(environment: &Environment) -> bool {
    let term = environment.get("TERM").unwrap_or_default();
    !(term.is_empty() || term.starts_with("vt") || term == "linux")
}
