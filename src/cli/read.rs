//! `sokhan [FILE]`: the screen.

use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;

use super::args::Line;
use super::environment::Environment;
use super::resolve::resolve;
use super::{UNREADABLE, WRONG_USAGE, complain, misused};
use crate::app::State;
use crate::shell::{End, FirstFrame, Look, Session, Unfit};

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
    let session = match Session::open() {
        Ok(session) => session,
        Err(error) => return cannot(error),
    };
    let chosen = resolved.chosen;
    let look = Look {
        strategy: chosen.terminal.unwrap_or_default(),
        ..Look::default()
    };
    let first_frame = FirstFrame {
        ask_background: !chosen.theme_told && answers(environment),
        panic: environment.get("SOKHAN_PANIC").as_deref() == Some("1"),
    };
    let mut state = State::new(chosen.settings, (0, 0));
    let end = session.run(&mut state, look, first_frame);
    // Freeing a million events would only keep the reader waiting.
    std::mem::forget(state);
    match end {
        Ok(End::Quit | End::Told(_)) => ExitCode::SUCCESS,
        Ok(End::Unreadable(message)) => {
            complain(&[message]);
            ExitCode::from(UNREADABLE)
        }
        Err(error) => cannot(Unfit::Refused(error)),
    }
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

fn cannot(error: Unfit) -> ExitCode {
    let told = match error {
        Unfit::NoTerminal => {
            "standard output is no terminal; `sokhan list` writes the events as text".to_owned()
        }
        Unfit::Refused(error) => format!("the terminal cannot be used: {error}"),
    };
    complain(&[told]);
    ExitCode::from(WRONG_USAGE)
}
