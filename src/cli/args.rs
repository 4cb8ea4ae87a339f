//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, Parser, Subcommand};

use super::setting::{SETTINGS, Setting};

/// Read who said what, and when, in Persian.
///
/// Without FILE the bundled example opens. `-` reads standard input. A file that is called like a
/// command is written `./list`.
#[derive(Debug, Parser)]
#[command(name = "sokhan", version, args_conflicts_with_subcommands = true)]
pub struct Line {
    /// What to do instead of showing the screen.
    #[command(subcommand)]
    pub command: Option<Task>,
    /// The data and how it is read.
    #[command(flatten)]
    pub data: Data,
    /// Set the first filter, such as `leader:پوتین after:1403`
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,
    /// Take up events that are added to FILE, or come through the pipe, while it is shown
    #[arg(long)]
    pub follow: bool,
    /// What was settled on the line.
    #[command(flatten)]
    pub settings: Settled,
}

/// The data and how it is read.
#[derive(Clone, Debug, Default, Args)]
pub struct Data {
    /// Event file (JSON or JSON lines, perhaps compressed); `-` is standard input
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub file: Option<PathBuf>,
}

/// What can be done besides showing the screen.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// List the events as text
    List(List),
    /// Print one event as text
    Show(Show),
    /// Tell everything that is wrong with a file
    Check(Check),
    /// Tell which terminal this is and how it is fed
    Doctor(Doctor),
    /// Print the completions for a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
    /// Lay out texts: one JSON object a line in and out
    #[command(hide = true)]
    LayoutJson,
}

/// `sokhan list`.
#[derive(Debug, Args)]
pub struct List {
    /// The data.
    #[command(flatten)]
    pub data: Data,
    /// Only events that match, such as `leader:پوتین after:1403`
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,
    /// The form of the output
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Cells as a terminal without bidi shows them, instead of logical text
    #[arg(long)]
    pub visual: bool,
    /// What was settled on the line.
    #[command(flatten)]
    pub settings: Settled,
}

/// `sokhan show`.
#[derive(Debug, Args)]
pub struct Show {
    /// Id of the event
    #[arg(value_name = "ID")]
    pub id: String,
    /// The data.
    #[command(flatten)]
    pub data: Data,
    /// Cells as a terminal without bidi shows them, instead of logical text
    #[arg(long)]
    pub visual: bool,
    /// What was settled on the line.
    #[command(flatten)]
    pub settings: Settled,
}

/// `sokhan check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The data.
    #[command(flatten)]
    pub data: Data,
    /// Exit with 1 when there are warnings
    #[arg(long)]
    pub strict: bool,
    /// Tell all, not the first 1000
    #[arg(long)]
    pub all: bool,
    /// The form of the output
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// What was settled on the line.
    #[command(flatten)]
    pub settings: Settled,
}

/// `sokhan doctor`.
#[derive(Debug, Args)]
pub struct Doctor {
    /// Ask nothing: print the facts for a report
    #[arg(long)]
    pub report: bool,
    /// What was settled on the line.
    #[command(flatten)]
    pub settings: Settled,
}

/// The form of what goes to a pipe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Lines for people.
    #[default]
    Text,
    /// JSON.
    Json,
}

/// Settings told on the command line, in the order of the table.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    /// The setting and its value.
    pub told: Vec<(&'static Setting, String)>,
    /// The configuration file instead of the usual one.
    pub config: Option<PathBuf>,
}

/// `--no-cache`
const NO_CACHE: &str = "no-cache";

impl Args for Settled {
    fn augment_args(command: Command) -> Command {
        let config = Arg::new("config")
            .long("config")
            .value_name("FILE")
            .value_parser(clap::value_parser!(PathBuf))
            .help("Configuration file instead of the usual one");
        let no_cache = Arg::new(NO_CACHE)
            .long(NO_CACHE)
            .action(ArgAction::SetTrue)
            .conflicts_with("cache")
            .help("The same as --cache off");
        let command = command.arg(config).arg(no_cache);
        SETTINGS.iter().map(option).fold(command, Command::arg)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Settled {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let told = |setting: &'static Setting| {
            let value = matches.get_one::<String>(setting.name)?;
            Some((setting, value.clone()))
        };
        let mut all: Vec<_> = SETTINGS.iter().filter_map(told).collect();
        if matches.get_flag(NO_CACHE) {
            all.extend(Setting::named("cache").map(|cache| (cache, "off".to_owned())));
        }
        Ok(Self {
            told: all,
            config: matches.get_one("config").cloned(),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn option(setting: &'static Setting) -> Arg {
    let arg = Arg::new(setting.name)
        .long(setting.name)
        .value_name("VALUE")
        .help(setting.help);
    match setting.words() {
        words if words.is_empty() => arg,
        words => arg.value_parser(PossibleValuesParser::new(words)),
    }
}

/// What is wrong with a command line, or what it asked to be told.
#[derive(Debug)]
pub enum Unread {
    /// `--help` or `--version`: the text.
    Told(String),
    /// All problems.
    Wrong(Vec<String>),
}

/// Reads the command line; the first argument is the program's own name.
///
/// # Errors
///
/// All that is wrong at once, or the help that was asked for.
pub fn read(args: impl IntoIterator<Item = OsString>) -> Result<Line, Unread> {
    let mut args: Vec<OsString> = args.into_iter().collect();
    let mut wrong = Vec::new();
    loop {
        match Line::try_parse_from(&args) {
            Ok(line) if wrong.is_empty() => return Ok(line),
            Ok(_) => return Err(Unread::Wrong(wrong)),
            Err(error) if !error.use_stderr() => {
                return Err(if wrong.is_empty() {
                    Unread::Told(error.render().to_string())
                } else {
                    Unread::Wrong(wrong)
                });
            }
            Err(error) => {
                let culprit = culprit(&error, &args);
                wrong.push(problem(&error));
                match culprit {
                    Some(place) => drop(args.drain(place)),
                    None => return Err(Unread::Wrong(wrong)),
                }
            }
        }
    }
}

/// The arguments that `error` is about; without them the rest can be read for more problems.
fn culprit(error: &clap::Error, args: &[OsString]) -> Option<std::ops::Range<usize>> {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let invalid = text(ContextKind::InvalidArg)?;
    let name = invalid.split([' ', '=']).next()?;
    let at = args.iter().skip(1).position(|arg| {
        let arg = arg.to_string_lossy();
        arg.split('=').next() == Some(name)
    })? + 1;
    let own_value = args.get(at)?.to_string_lossy().contains('=');
    let takes_next = error.kind() == ErrorKind::InvalidValue
        && !own_value
        && text(ContextKind::InvalidValue).is_some_and(|value| !value.is_empty());
    Some(at..(at + 1 + usize::from(takes_next)).min(args.len()))
}

/// What clap says, without the usage that stands behind each of its messages.
fn problem(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let ends = ["\n\nUsage:", "\n\nFor more information"];
    let end = ends.iter().filter_map(|end| text.find(end)).min();
    text.get(..end.unwrap_or(text.len()))
        .unwrap_or(text)
        .trim_end()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(args: &[&str]) -> Result<Line, Unread> {
        let program = std::iter::once("sokhan");
        read(program.chain(args.iter().copied()).map(OsString::from))
    }

    fn problems(args: &[&str]) -> Vec<String> {
        match line(args) {
            Err(Unread::Wrong(problems)) => problems,
            other => vec![format!("read as {other:?}")],
        }
    }

    #[test]
    fn the_command_is_sound() {
        <Line as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn a_file_and_settings_are_read() {
        let line = line(&["--lang", "en", "a.json", "--digits=latin"]).expect("right");
        assert_eq!(line.data.file, Some("a.json".into()));
        let told: Vec<_> = line
            .settings
            .told
            .iter()
            .map(|(setting, value)| (setting.name, value.as_str()))
            .collect();
        assert_eq!(told, [("lang", "en"), ("digits", "latin")]);
    }

    #[test]
    fn the_cache_is_turned_off_in_two_ways() {
        for args in [&["--no-cache"][..], &["--cache", "off"]] {
            let told = line(args).expect("right").settings.told;
            let told: Vec<_> = told.iter().map(|(set, word)| (set.name, &**word)).collect();
            assert_eq!(told, [("cache", "off")]);
        }
        assert_eq!(problems(&["--no-cache", "--cache", "on"]).len(), 1);
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let told = problems(&["--lang", "xx", "--nonsense", "--digits=roman", "a.json"]);
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told.iter().any(|text| text.contains("'xx'")));
        assert!(told.iter().any(|text| text.contains("--nonsense")));
        assert!(told.iter().any(|text| text.contains("'roman'")));
    }

    #[test]
    fn each_problem_is_told_once_and_the_reading_ends() {
        assert_eq!(problems(&["--lang"]).len(), 1);
        assert_eq!(problems(&["a", "b", "c"]).len(), 1);
        assert_eq!(problems(&["--lang", "fa", "--lang", "en"]).len(), 1);
        assert_eq!(problems(&["show"]).len(), 1);
        assert_eq!(problems(&["check", "--nope", "--nix"]).len(), 2);
    }

    #[test]
    fn help_and_version_are_no_problems() {
        for args in [
            &["--help"][..],
            &["-h"],
            &["--version"],
            &["list", "--help"],
        ] {
            assert!(matches!(line(args), Err(Unread::Told(_))), "{args:?}");
        }
    }
}
