//! Arguments, configuration, exit codes.

mod args;
pub mod check;
pub mod config;
mod data;
mod doctor;
mod environment;
mod event;
pub mod layout_json;
pub mod list;
mod problems;
mod read;
mod reading;
mod resolve;
pub mod setting;
mod show;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::CommandFactory;

use args::{Line, Settled, Task, Unread};
pub use environment::Environment;

use crate::app::Settings;
use crate::shell::today;
use crate::store::Limits;
use crate::text::clean;

/// The data could not be read.
const UNREADABLE: u8 = 1;
/// The program was used wrongly.
const WRONG_USAGE: u8 = 2;

/// Runs the program with `args` (the first is its own name); the exit code is 0 well, 1 the data
/// could not be read, 2 wrong usage.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let environment = Environment::of_process();
    match args::read(args) {
        Ok(line) => dispatch(&line, &environment),
        Err(Unread::Told(text)) => printed(write!(io::stdout().lock(), "{text}")),
        Err(Unread::Wrong(problems)) => misused(&problems),
    }
}

fn dispatch(line: &Line, environment: &Environment) -> ExitCode {
    match &line.command {
        None => read::read(line, environment),
        Some(Task::Completions { shell }) => {
            let mut text = Vec::new();
            clap_complete::generate(*shell, &mut Line::command(), "sokhan", &mut text);
            printed(io::stdout().lock().write_all(&text))
        }
        Some(Task::Man) => {
            let mut text = Vec::new();
            let rendered = clap_mangen::Man::new(Line::command()).render(&mut text);
            printed(rendered.and_then(|()| io::stdout().lock().write_all(&text)))
        }
        Some(Task::Doctor(line)) => doctor::doctor(line, environment),
        Some(Task::LayoutJson) => {
            let output = io::BufWriter::new(io::stdout().lock());
            printed(layout_json::run(io::stdin().lock(), output))
        }
        Some(Task::Check(told)) => of_data(&told.settings, environment, |limits, _, out| {
            let asked = check::Asked {
                source: data::source(&told.data),
                limits,
                strict: told.strict,
                all: told.all,
                format: told.format,
            };
            check::run(&asked, out)
        }),
        Some(Task::List(told)) => of_data(&told.settings, environment, |limits, settings, out| {
            let source = data::source(&told.data);
            let asked = list::Asked {
                query: told.query.clone().unwrap_or_default(),
                format: told.format,
                visual: told.visual,
                settings,
            };
            list::run(&source, &limits, &asked, out, &mut io::stderr().lock())
        }),
        Some(Task::Show(told)) => of_data(&told.settings, environment, |limits, settings, out| {
            let source = data::source(&told.data);
            show::run((&source, &limits), &told.id, told.visual, &settings, out)
        }),
    }
}

/// Runs a command that reads within limits and writes many lines to standard output; its exit code.
fn of_data(
    settings: &Settled,
    environment: &Environment,
    run: impl FnOnce(Limits, Settings, &mut dyn Write) -> io::Result<u8>,
) -> ExitCode {
    let mut chosen = match resolve::resolve(settings, environment) {
        Ok(resolved) => resolved.chosen,
        Err(problems) => return misused(&problems),
    };
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    chosen.settings.today = Some(today());
    let limits = data::limits(&chosen);
    match run(limits, chosen.settings, &mut out).and_then(|code| out.flush().map(|()| code)) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            // What is left would be tried, and fail, once more.
            drop(out.into_parts());
            printed(Err(error))
        }
    }
}

/// The exit code after writing to standard output: a reader who has seen enough is no failure.
pub(super) fn printed(result: io::Result<()>) -> ExitCode {
    match result.and_then(|()| io::stdout().lock().flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&[format!("standard output: {error}")]);
            ExitCode::from(UNREADABLE)
        }
    }
}

/// Tells all problems with the command line or the configuration at once.
pub(super) fn misused(problems: &[String]) -> ExitCode {
    complain(problems);
    let hint = "For the options and commands, try `sokhan --help`.";
    let _ = writeln!(io::stderr().lock(), "{hint}");
    ExitCode::from(WRONG_USAGE)
}

/// One problem a paragraph on standard error, which may be gone.
pub(super) fn complain(problems: &[String]) {
    let mut stderr = io::stderr().lock();
    for problem in problems {
        for (at, line) in problem.lines().enumerate() {
            let mark = if at == 0 { "sokhan: " } else { "" };
            let _ = writeln!(stderr, "{mark}{}", clean(line));
        }
    }
}
