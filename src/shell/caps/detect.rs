//! From what is known about the terminal to how it is fed.

use std::fmt;
use std::io;
use std::time::Duration;

use super::known::entry;
use super::{Answers, Asked, Client, Environment, Known, ask, client, patience};
use crate::shell::encode::{Colours, Options, Strategy};

/// What was found, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detected {
    /// The terminal.
    pub terminal: &'static Known,
    /// What told.
    pub why: Why,
    /// How many colours to send.
    pub colours: Colours,
    /// The terminal's own foreground, where it is known.
    pub foreground: Option<(u8, u8, u8)>,
    /// The terminal's own background, where it is known.
    pub background: Option<(u8, u8, u8)>,
    /// Whether the background is light, as far as anything tells.
    pub light: Option<bool>,
}

/// The colours that a terminal promises by itself; a multiplexer between passes on its own.
fn promised(terminal: &Known, environment: &Environment) -> Colours {
    let multiplexed =
        environment.term().starts_with("tmux") || environment.term().starts_with("screen");
    if multiplexed {
        Colours::Sixteen
    } else {
        terminal.colours
    }
}

/// The most colours a terminal keeps apart, whatever the environment promises.
fn most(terminal: &Known) -> Colours {
    if terminal.strategy == Strategy::Mlterm {
        // After some redraws it shows one 24-bit colour for another.
        Colours::Indexed
    } else {
        Colours::True
    }
}

/// What told which terminal this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The reader: `--terminal`, `SOKHAN_TERMINAL` or the configuration.
    Chosen,
    /// A variable and its value.
    Environment(String),
    /// tmux, asked for its client.
    Tmux(String),
    /// The terminal, asked who it is.
    Answer(String),
    /// Nothing did.
    Nothing,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chosen => write!(f, "chosen by hand"),
            Self::Environment(what) => write!(f, "the environment says {what}"),
            Self::Tmux(what) => write!(f, "tmux says {what}"),
            Self::Answer(what) => write!(f, "the terminal answered {what}"),
            Self::Nothing => write!(f, "nothing told which terminal this is"),
        }
    }
}

impl Detected {
    fn new(name: &str, why: Why, environment: &Environment) -> Self {
        let terminal = entry(name);
        Self {
            terminal,
            why,
            colours: environment
                .colours(promised(terminal, environment))
                .min(most(terminal)),
            foreground: None,
            background: None,
            light: environment.is_light(),
        }
    }

    /// With the colours the terminal answered.
    #[must_use]
    pub fn coloured(self, answers: &Answers) -> Self {
        let (foreground, background) = (answers.foreground, answers.background);
        let light = background.map(is_light).or(self.light);
        Self {
            foreground,
            background,
            light,
            ..self
        }
    }

    /// How the terminal is fed.
    pub fn strategy(&self) -> Strategy {
        self.terminal.strategy
    }

    /// What the backend must know. A terminal whose foreground nobody knows is taken for dark,
    /// unless something says otherwise.
    pub fn options(&self) -> Options {
        let light = self.light == Some(true);
        let assumed = if light { (0, 0, 0) } else { (229, 229, 229) };
        Options {
            colours: self.colours,
            marks: self.terminal.marks,
            joiners: false,
            foreground: self.foreground.unwrap_or(assumed),
        }
    }
}

/// What the environment tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guess {
    /// Enough.
    Known(Detected),
    /// Not enough: the terminal must be asked; this is what remains if it does not answer.
    Ask(Detected),
}

/// Finds out without asking the terminal. `client` is what tmux said, if there is one.
pub fn by_environment(environment: &Environment, client: Option<&Client>) -> Guess {
    if environment.get("TMUX").is_some() && !is_decisive(environment.term()) {
        return Guess::Known(inside_tmux(environment, client));
    }
    if environment.get("STY").is_some() && environment.term().starts_with("screen") {
        return Guess::Known(inside_screen(environment, client));
    }
    let found = |name, what| Detected::new(name, Why::Environment(what), environment);
    let term = format!("TERM={}", environment.term());
    if let Some(name) = by_term(environment.term()) {
        return Guess::Known(found(name, term));
    }
    let marks = marks(environment);
    match marks.as_slice() {
        // The version decides, and only kitty itself tells it.
        _ if environment.term() == "xterm-kitty" => Guess::Ask(found("kitty-old", term)),
        // QTerminal leaves only COLORFGBG; started from another terminal, it leaks that one's mark.
        [(name, what)] if *name != "vte" || environment.get("COLORFGBG").is_none() => {
            Guess::Known(found(name, what.clone()))
        }
        [(name, what), ..] => Guess::Ask(found(name, what.clone())),
        [] => Guess::Ask(Detected::new("unknown", Why::Nothing, environment)),
    }
}

/// `TERM` names that only one terminal has.
fn by_term(term: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 7] = [
        ("alacritty", "alacritty"),
        ("foot", "foot"),
        ("rxvt-unicode", "urxvt"),
        ("st-", "st"),
        ("mlterm", "mlterm"),
        ("xterm-ghostty", "ghostty"),
        ("wezterm", "wezterm"),
    ];
    let found = NAMES.iter().find(|(prefix, _)| term.starts_with(prefix));
    found.map(|(_, name)| *name)
}

fn is_decisive(term: &str) -> bool {
    term == "xterm-kitty" || by_term(term).is_some()
}

/// The marks that terminals leave in the environment, each with the terminal that leaves it.
fn marks(environment: &Environment) -> Vec<(&'static str, String)> {
    const MARKS: [(&str, &str); 9] = [
        ("KONSOLE_VERSION", "konsole"),
        ("VTE_VERSION", "vte"),
        ("XTERM_VERSION", "xterm"),
        ("ZUTTY_VERSION", "zutty"),
        ("MLTERM", "mlterm"),
        ("KITTY_WINDOW_ID", "kitty-old"),
        ("ALACRITTY_WINDOW_ID", "alacritty"),
        ("WT_SESSION", "windows-terminal"),
        ("GHOSTTY_RESOURCES_DIR", "ghostty"),
    ];
    const PROGRAMS: [(&str, &str); 6] = [
        ("vscode", "vscode"),
        ("iTerm.app", "iterm2"),
        ("Apple_Terminal", "apple-terminal"),
        ("WezTerm", "wezterm"),
        ("ghostty", "ghostty"),
        ("mintty", "mintty"),
    ];
    let mut found: Vec<(&str, String)> = Vec::new();
    for (variable, name) in MARKS {
        if let Some(value) = environment.get(variable) {
            found.push((name, format!("{variable}={value}")));
        }
    }
    let program = environment.get("TERM_PROGRAM").unwrap_or("");
    for (value, name) in PROGRAMS {
        if program == value && found.iter().all(|(known, _)| *known != name) {
            found.push((name, format!("TERM_PROGRAM={value}")));
        }
    }
    found
}

/// Inside tmux modes do not get through: Konsole, old kitty and the row override still work.
fn inside_tmux(environment: &Environment, client: Option<&Client>) -> Detected {
    let none = Client::default();
    let client = client.unwrap_or(&none);
    // What leaked in is of the terminal in which tmux was started, perhaps days ago.
    let left = client.environment.as_ref().unwrap_or(environment);
    let found = |name, why| Detected {
        light: left.is_light(),
        ..Detected::new(name, why, environment)
    };
    let told = by_version(&client.version)
        .or(by_term(&client.term))
        .or_else(|| (client.term == "xterm-kitty").then_some("kitty"));
    if let Some(name) = told {
        let what = if client.version.is_empty() {
            &client.term
        } else {
            &client.version
        };
        return found(inside(name), Why::Tmux(what.clone()));
    }
    let mut marks = marks(left);
    if let (true, Some(colours)) = (marks.is_empty(), left.get("COLORFGBG")) {
        // QTerminal says nothing else, and others that set it are known by then.
        marks.push(("qterminal", format!("COLORFGBG={colours}")));
    }
    marks.into_iter().next().map_or_else(
        || found("tmux", Why::Tmux("nothing".to_owned())),
        |(name, what)| found(inside(name), Why::Environment(what)),
    )
}

/// Inside screen only what leaked in tells. Of the colours sent, screen shows those of the terminal
/// it was started in: 256 become 16 there, and not the ones that go together.
fn inside_screen(environment: &Environment, client: Option<&Client>) -> Detected {
    let leaked = marks(environment).into_iter().next();
    let few = client.is_some_and(|client| !promises_256(&client.term));
    let most = if few {
        Colours::Sixteen
    } else {
        Colours::Indexed
    };
    let detected = leaked.map_or_else(
        || Detected::new("tmux", Why::Environment("STY".to_owned()), environment),
        |(name, what)| {
            let name = match name {
                // Passthrough is tmux's.
                "mlterm" => "tmux",
                "konsole" => name,
                name => inside(name),
            };
            Detected::new(name, Why::Environment(what), environment)
        },
    );
    let colours = detected.colours.min(most);
    Detected {
        colours,
        ..detected
    }
}

/// Terminals whose description, as screen reads it, has 256 colours.
fn promises_256(term: &str) -> bool {
    term.contains("256color")
        || by_term(term).is_some_and(|name| name != "mlterm")
        || term == "xterm-kitty"
}

/// What becomes of a terminal inside a multiplexer.
fn inside(name: &'static str) -> &'static str {
    match name {
        "vte" | "wezterm" | "iterm2" | "mintty" => "vte-tmux",
        "konsole" => "konsole-tmux",
        "kitty" => "kitty-old",
        "mlterm" => "mlterm-tmux",
        "qterminal" | "vscode" => "qterminal-tmux",
        name => name,
    }
}

/// How each begins its answer to XTVERSION.
const VERSIONS: [(&str, &str); 9] = [
    ("XTerm(", "xterm"),
    ("VTE(", "vte"),
    ("Konsole ", "konsole"),
    ("foot(", "foot"),
    ("WezTerm ", "wezterm"),
    ("iTerm2 ", "iterm2"),
    ("ghostty ", "ghostty"),
    ("mintty ", "mintty"),
    ("tmux ", "tmux"),
];

/// What XTVERSION tells.
fn by_version(version: &str) -> Option<&'static str> {
    if let Some(kitty) = version.strip_prefix("kitty(") {
        return Some(if is_boxed_kitty(kitty) {
            "kitty"
        } else {
            "kitty-old"
        });
    }
    let found = VERSIONS
        .iter()
        .find(|(prefix, _)| version.starts_with(prefix));
    found.map(|(_, name)| *name)
}

/// OSC 66 came with kitty 0.40.
fn is_boxed_kitty(version: &str) -> bool {
    let mut numbers = version
        .split(|c: char| !c.is_ascii_digit())
        .map(str::parse::<u32>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => (major, minor) >= (0, 40),
        _ => false,
    }
}

/// Finds out from what the terminal answered; `otherwise` is what remains if that tells nothing.
pub fn by_answers(answers: &Answers, otherwise: &Detected, environment: &Environment) -> Detected {
    let (name, why) = match told(answers) {
        Some((name, what)) => (name, Why::Answer(what)),
        // It tells which modes it has, and has none for bidi: nobody will turn a row round.
        None if otherwise.why == Why::Nothing && answers.bidi_mode == Some(0) => {
            ("unknown-bare", Why::Answer("mode 8 is unknown".to_owned()))
        }
        None => (otherwise.terminal.name, otherwise.why.clone()),
    };
    Detected::new(name, why, environment).coloured(answers)
}

/// Brighter than the middle grey, as an eye weighs the colours (ITU-R BT.601).
fn is_light((r, g, b): (u8, u8, u8)) -> bool {
    299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b) > 127_500
}

/// How each begins its answer to DA2.
const DA2: [(&str, &str); 8] = [
    (">65;", "vte"),
    (">24;279;", "mlterm"),
    (">0;136;", "putty"),
    (">0;115;", "qterminal"),
    (">0;276;", "vscode"),
    (">85;95;", "urxvt"),
    (">64;0;0", "zutty"),
    (">41;", "xterm"),
];

/// The first answer that decides.
fn told(answers: &Answers) -> Option<(&'static str, String)> {
    let version = answers.version.as_deref().unwrap_or("");
    if let Some(name) = by_version(version) {
        return Some((name, format!("XTVERSION {version}")));
    }
    let da2 = answers.da2.as_deref().unwrap_or("");
    if let Some(minor) = da2.strip_prefix(">1;4000;") {
        let name = if minor.parse().is_ok_and(|minor: u32| minor >= 40) {
            "kitty"
        } else {
            "kitty-old"
        };
        return Some((name, format!("DA2 {da2}")));
    }
    if answers.da3.as_deref() == Some("7E4B4445") {
        return Some(("konsole", "DA3 ~KDE".to_owned()));
    }
    if let Some(state @ 1..=4) = answers.bidi_mode {
        return Some(("vte", format!("mode 8 is {state}")));
    }
    let found = DA2.iter().find(|(prefix, _)| da2.starts_with(prefix));
    found.map(|(_, name)| (*name, format!("DA2 {da2}")))
}

/// Finds out, asking tmux and the terminal where needed. `chosen` is what the reader wants.
/// `write` and `read` are as in [`ask`]; keys typed meanwhile come back.
///
/// # Errors
///
/// When the terminal cannot be written to.
pub fn detect(
    chosen: Option<&'static Known>,
    environment: &Environment,
    write: impl FnOnce(&[u8]) -> io::Result<()>,
    read: impl FnMut(&mut [u8], Duration) -> usize,
) -> io::Result<(Detected, Vec<u8>)> {
    let client = if chosen.is_none() {
        client(environment)
    } else {
        None
    };
    match settle(chosen, environment, client.as_ref()) {
        Guess::Known(detected) => Ok((detected, Vec::new())),
        Guess::Ask(otherwise) => {
            let Asked { answers, typed } = ask(patience(environment), write, read)?;
            Ok((by_answers(&answers, &otherwise, environment), typed))
        }
    }
}

/// Finds out again inside tmux, which may have been attached to another terminal since `seen`;
/// `None` when it is the same, or nobody can tell. The terminal is not asked.
pub fn again(seen: &Detected, environment: &Environment) -> Option<Detected> {
    if seen.why == Why::Chosen {
        return None;
    }
    let client = client(environment).filter(|client| !client.term.is_empty())?;
    match by_environment(environment, Some(&client)) {
        Guess::Known(now) if now.terminal != seen.terminal => Some(now),
        Guess::Known(_) | Guess::Ask(_) => None,
    }
}

/// What the reader chose, or what the environment tells.
pub fn settle(
    chosen: Option<&'static Known>,
    environment: &Environment,
    client: Option<&Client>,
) -> Guess {
    match chosen {
        Some(known) => Guess::Known(Detected::new(known.name, Why::Chosen, environment)),
        None => by_environment(environment, client),
    }
}
