//! `sokhan doctor`: which terminal this is, how it is fed, and whether that reads right.

mod questions;
mod report;
mod settle;

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use super::args::Doctor;
use super::environment::Environment;
use super::resolve::{resolve, usual};
use super::{UNREADABLE, complain, misused, printed};
use crate::shell::caps::{self, Asked, Detected, Guess, Known};
use crate::shell::encode::Strategy;
use crate::shell::{Heard, Session, Terminal, Unfit, chart};
use questions::{Next, Page, Questions};
use report::{Facts, report};

/// Tells what is known and, with a reader in front, asks which line reads right.
pub(super) fn doctor(line: &Doctor, environment: &Environment) -> ExitCode {
    let resolved = match resolve(&line.settings, environment) {
        Ok(resolved) => resolved,
        Err(problems) => return misused(&problems),
    };
    let path = line.settings.config.clone().or_else(|| usual(environment));
    let told = examine(line, environment, resolved.chosen.terminal, path);
    match told {
        Ok(lines) => {
            let mut out = io::stdout().lock();
            printed(lines.iter().try_for_each(|line| writeln!(out, "{line}")))
        }
        Err(error) => {
            complain(&[error.to_string()]);
            ExitCode::from(UNREADABLE)
        }
    }
}

/// The lines to print when all is said.
fn examine(
    line: &Doctor,
    environment: &Environment,
    chosen: Option<&'static Known>,
    path: Option<PathBuf>,
) -> io::Result<Vec<String>> {
    let session = match Session::open() {
        Ok(session) => Some(session),
        Err(Unfit::NoTerminal) => None,
        Err(Unfit::Refused(error)) => return Err(error),
    };
    let terminal = session.as_ref().map(Session::terminal);
    let facts = find_out(terminal, &caps::Environment::new(environment.all()), chosen)?;
    let mut lines = report(&facts);
    if let Some(terminal) = terminal {
        let mut settings = None;
        if !line.report && io::stdin().is_terminal() {
            settings = ask(terminal, facts.detected)?;
        }
        let written = match (settings, path) {
            (Some(settings), Some(path)) => offer(terminal, &settings, &path),
            (_, _) => Ok(Vec::new()),
        };
        terminal.restore();
        lines.extend(written?);
    }
    Ok(lines)
}

/// Asks everything there is to ask.
fn find_out(
    terminal: Option<&'static Terminal>,
    environment: &caps::Environment,
    chosen: Option<&'static Known>,
) -> io::Result<Facts> {
    let client = caps::client(environment);
    let asked = terminal
        .map(|terminal| listen(terminal, environment))
        .transpose()?;
    let answers = asked.map(|asked| asked.answers);
    let mut detected = match caps::settle(chosen, environment, client.as_ref()) {
        Guess::Known(detected) => detected,
        Guess::Ask(otherwise) => caps::by_answers(
            &answers.clone().unwrap_or_default(),
            &otherwise,
            environment,
        ),
    };
    if let Some(answers) = &answers {
        detected = detected.coloured(answers);
    }
    let (environment, size) = (environment.clone(), terminal.map(Terminal::size));
    Ok(Facts {
        detected,
        answers,
        client,
        environment,
        size,
    })
}

/// The terminal's answers; it is raw from now on.
fn listen(terminal: &'static Terminal, environment: &caps::Environment) -> io::Result<Asked> {
    terminal.make_raw()?;
    let write = |questions: &[u8]| terminal.question(questions);
    let read = |bytes: &mut [u8], patience| terminal.answer(bytes, patience);
    caps::ask(caps::patience(environment), write, read)
}

/// Shows the questions; what the configuration should say, or nothing if the reader left.
fn ask(terminal: &Terminal, detected: Detected) -> io::Result<Option<Vec<(&'static str, String)>>> {
    let strategy = detected.strategy();
    // The chart sets the modes of the others around each line.
    let whole_screen = matches!(strategy, Strategy::Mlterm | Strategy::MltermInTmux);
    terminal.enter(
        if whole_screen { strategy.enter() } else { b"" },
        strategy.leave(),
    )?;
    let mut questions = Questions::new(detected);
    loop {
        show(terminal, &questions.page())?;
        let Some(key) = key(terminal) else {
            return Ok(None);
        };
        match questions.answer(key) {
            Next::Ask => {}
            Next::Done => return Ok(Some(questions.settings())),
            Next::Left => return Ok(None),
        }
    }
}

/// Draws a page on the cleared screen.
fn show(terminal: &Terminal, page: &Page) -> io::Result<()> {
    let mut bytes = b"\x1b[0m\x1b[2J\x1b[H".to_vec();
    let (columns, rows) = terminal.size();
    for line in &page.lines {
        let cut = line
            .char_indices()
            .nth(columns.into())
            .map_or(line.len(), |(end, _)| end);
        bytes.extend_from_slice(line.as_bytes().get(..cut).unwrap_or_default());
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend(chart(columns, rows, &page.samples));
    terminal.write(&bytes)
}

/// The next key's first byte.
fn key(terminal: &Terminal) -> Option<u8> {
    let mut bytes = [0; 64];
    match terminal.read(&mut bytes, None) {
        Heard::Bytes(_) => bytes.first().copied(),
        Heard::Silence | Heard::Gone => None,
    }
}

/// Offers to write the settings; what happened, as lines.
fn offer(
    terminal: &Terminal,
    settings: &[(&str, String)],
    path: &std::path::Path,
) -> io::Result<Vec<String>> {
    if settings.is_empty() {
        return Ok(vec!["verdict: nothing needs to be set".to_owned()]);
    }
    let told: Vec<String> = settings
        .iter()
        .map(|(name, value)| format!("setting: {name} = \"{value}\""))
        .collect();
    let mut lines = told.clone();
    lines.extend([
        String::new(),
        format!("Write this to {}? y or n", path.display()),
    ]);
    show(
        terminal,
        &Page {
            lines,
            samples: Vec::new(),
        },
    )?;
    if !matches!(key(terminal), Some(b'y' | b'Y')) {
        return Ok([told, vec!["written: no".to_owned()]].concat());
    }
    let before = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, settle::settled(&before, settings))?;
    Ok([told, vec![format!("written: {}", path.display())]].concat())
}
