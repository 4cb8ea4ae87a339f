//! Detection against what real terminals say of themselves, recorded in each.

use std::time::Duration;

use sokhan::shell::caps::{
    Answers, Client, Detected, Environment, Guess, Why, ask, by_answers, by_environment, named,
    settle,
};
use sokhan::shell::encode::Colours;

/// `(terminal, environment, answers, what it must be taken for)`.
type Case = (
    &'static str,
    &'static [Variable],
    &'static [u8],
    &'static str,
);

/// A name and its value.
type Variable = (&'static str, &'static str);

const XTERM_256: Variable = ("TERM", "xterm-256color");
const TRUE: Variable = ("COLORTERM", "truecolor");

const CASES: &[Case] = &[
    (
        "xterm 379",
        &[("TERM", "xterm"), ("XTERM_VERSION", "XTerm(379)")],
        b"\x1b[8;0$y\x1bP>|XTerm(379)\x1b\\\x1b[>41;379;0c\x1bP!|00000000\x1b\\\x1b[?64;1;2;6;9;15c",
        "xterm",
    ),
    (
        "xterm over ssh",
        &[XTERM_256, ("SSH_CONNECTION", "x")],
        b"\x1b[8;0$y\x1bP>|XTerm(379)\x1b\\\x1b[>41;379;0c\x1bP!|00000000\x1b\\\x1b[?64;1;2;6;9;15c",
        "xterm",
    ),
    (
        "gnome-terminal, VTE 0.70",
        &[XTERM_256, TRUE, ("VTE_VERSION", "7006")],
        b"\x1b[8;1$y\x1b[>65;7006;1c\x1bP!|7E565445\x1b\\\x1b[?65;1;9c",
        "vte",
    ),
    (
        "VTE 0.70 over ssh",
        &[XTERM_256, ("SSH_CONNECTION", "x")],
        b"\x1b[8;1$y\x1b[>65;7006;1c\x1bP!|7E565445\x1b\\\x1b[?65;1;9c",
        "vte",
    ),
    (
        "VTE 0.84 over ssh",
        &[XTERM_256, ("SSH_CONNECTION", "x")],
        b"\x1b[8;1$y\x1bP>|VTE(8401)\x1b\\\x1b[>61;8401;1c\x1bP!|7E565445\x1b\\\x1b[?61;1;21;22;28c",
        "vte",
    ),
    (
        "konsole 22.12",
        &[XTERM_256, TRUE, ("KONSOLE_VERSION", "221203"), ("COLORFGBG", "15;0")],
        b"",
        "konsole",
    ),
    (
        "konsole 26.08 over ssh",
        &[XTERM_256, ("SSH_CONNECTION", "x")],
        b"\x1bP>|Konsole 26.08.2\x1b\\\x1b[>1;115;0c\x1bP!|7E4B4445\x1b\\\x1b[?62;1;4c",
        "konsole",
    ),
    (
        "konsole 22.12 over ssh, only DA3",
        &[XTERM_256, ("SSH_CONNECTION", "x")],
        b"\x1b[>1;115;0c\x1bP!|7E4B4445\x1b\\\x1b[?62;1;4c",
        "konsole",
    ),
    (
        "kitty 0.26",
        &[("TERM", "xterm-kitty"), TRUE, ("KITTY_WINDOW_ID", "1")],
        b"\x1b[8;0$y\x1bP>|kitty(0.26.5)\x1b\\\x1b[>1;4000;26c\x1b[?62;c",
        "kitty-old",
    ),
    (
        "kitty 0.48",
        &[("TERM", "xterm-kitty"), TRUE, ("KITTY_WINDOW_ID", "1")],
        b"\x1b[8;0$y\x1bP>|kitty(0.48.2)\x1b\\\x1b[>1;4000;48c\x1b[?62;52;c",
        "kitty",
    ),
    (
        "kitty 0.48, only DA2",
        &[("TERM", "xterm-kitty")],
        b"\x1b[>1;4000;48c\x1b[?62;52;c",
        "kitty",
    ),
    ("kitty that does not answer", &[("TERM", "xterm-kitty")], b"", "kitty-old"),
    ("mlterm", &[("TERM", "mlterm"), ("MLTERM", "3.9.0")], b"", "mlterm"),
    (
        "mlterm over ssh as xterm",
        &[XTERM_256, ("SSH_CONNECTION", "x")],
        b"\x1b[8;0$y\x1b[>24;279;0c\x1bP!|000000\x1b\\\x1b[?63;1;2;3;4;6;7;15;18;22;29c",
        "mlterm",
    ),
    ("pterm", &[XTERM_256], b"\x1b[>0;136;0c\x1b[?6c", "putty"),
    ("qterminal", &[XTERM_256, ("COLORFGBG", "15;0")], b"\x1b[>0;115;0c\x1b[?1;2c", "qterminal"),
    (
        "qterminal started from gnome-terminal",
        &[XTERM_256, ("COLORFGBG", "15;0"), ("VTE_VERSION", "7006")],
        b"\x1b[>0;115;0c\x1b[?1;2c",
        "qterminal",
    ),
    (
        "xterm started from konsole",
        &[("TERM", "xterm"), ("XTERM_VERSION", "XTerm(379)"), ("KONSOLE_VERSION", "221203")],
        b"\x1b[8;0$y\x1bP>|XTerm(379)\x1b\\\x1b[>41;379;0c\x1b[?64;1;2;6;9;15c",
        "xterm",
    ),
    ("alacritty", &[("TERM", "alacritty"), TRUE], b"", "alacritty"),
    ("foot", &[("TERM", "foot"), TRUE], b"", "foot"),
    ("foot over ssh as xterm", &[XTERM_256], b"\x1bP>|foot(1.28.0)\x1b\\\x1b[?62;4;22c", "foot"),
    ("urxvt", &[("TERM", "rxvt-unicode-256color"), ("COLORFGBG", "7;0")], b"", "urxvt"),
    ("st", &[("TERM", "st-256color")], b"", "st"),
    ("zutty", &[XTERM_256, ("ZUTTY_VERSION", "0.14")], b"", "zutty"),
    ("zutty over ssh", &[XTERM_256], b"\x1b[>64;0;0c\x1b[?64;1;9;15;21;22c", "zutty"),
    ("VS Code", &[XTERM_256, TRUE, ("TERM_PROGRAM", "vscode")], b"", "vscode"),
    ("xterm.js", &[XTERM_256, TRUE], b"\x1b[8;0$y\x1b[>0;276;0c\x1b[?1;2c", "vscode"),
    ("Windows Terminal", &[XTERM_256, ("WT_SESSION", "x")], b"", "windows-terminal"),
    ("Terminal.app", &[XTERM_256, ("TERM_PROGRAM", "Apple_Terminal")], b"", "apple-terminal"),
    (
        "WezTerm from gnome-terminal",
        &[XTERM_256, ("TERM_PROGRAM", "WezTerm"), ("VTE_VERSION", "7006")],
        b"\x1bP>|WezTerm 20240203\x1b\\\x1b[?65;4c",
        "wezterm",
    ),
    ("alacritty over ssh as xterm", &[XTERM_256], b"\x1b[8;0$y\x1b[>0;2600;1c\x1b[?6c", "unknown-bare"),
    ("one that denies mode 8", &[XTERM_256, TRUE], b"\x1b[8;0$y\x1bP>|new 1\x1b\\\x1b[?62;22c", "unknown-bare"),
    (
        "one that denies mode 8, under two names",
        &[XTERM_256, ("COLORFGBG", "15;0"), ("VTE_VERSION", "7006")],
        b"\x1b[8;0$y\x1b[?62;22c",
        "vte",
    ),
    ("a mute one", &[("TERM", "linux")], b"", "unknown"),
    ("one with garbage", &[XTERM_256], b"p\x1b[m\xff\xfe\x1b]10;x\x07\x1b[?1;2c", "unknown"),
];

fn environment(all: &[(&str, &str)]) -> Environment {
    Environment::new(all.iter().map(|(name, value)| (*name, *value)))
}

fn answers(bytes: &[u8]) -> Answers {
    let mut bytes = Some(bytes);
    let read = |buffer: &mut [u8], _| {
        let bytes = bytes.take().unwrap_or_default();
        buffer[..bytes.len()].copy_from_slice(bytes);
        bytes.len()
    };
    ask(Duration::from_secs(9), |_| Ok(()), read)
        .expect("written")
        .answers
}

fn detected(environment: &Environment, client: Option<&Client>, bytes: &[u8]) -> Detected {
    match by_environment(environment, client) {
        Guess::Known(detected) => detected,
        Guess::Ask(otherwise) => by_answers(&answers(bytes), &otherwise, environment),
    }
}

#[test]
fn every_recorded_terminal_is_known() {
    for (terminal, variables, bytes, wanted) in CASES {
        let found = detected(&environment(variables), None, bytes);
        assert_eq!(found.terminal.name, *wanted, "{terminal}: {}", found.why);
    }
}

#[test]
fn a_terminal_that_says_who_it_is_in_the_environment_is_not_asked() {
    for (terminal, variables, bytes, _) in CASES {
        if bytes.is_empty() && !terminal.contains("not answer") && !terminal.contains("mute") {
            let guess = by_environment(&environment(variables), None);
            assert!(matches!(guess, Guess::Known(_)), "{terminal}");
        }
    }
}

#[test]
fn inside_tmux_its_client_decides() {
    let cases: &[(&str, &[Variable], &str)] = &[
        ("XTerm(379)|xterm", &[], "xterm"),
        ("VTE(8401)|xterm-256color", &[], "vte-tmux"),
        ("|xterm-256color", &[("VTE_VERSION", "7006")], "vte-tmux"),
        ("Konsole 22.12.3|xterm-256color", &[], "konsole-tmux"),
        ("kitty(0.26.5)|xterm-kitty", &[], "kitty-old"),
        ("kitty(0.48.2)|xterm-kitty", &[], "kitty-old"),
        ("|xterm-kitty", &[], "kitty-old"),
        ("|mlterm", &[("VTE_VERSION", "7006")], "mlterm-tmux"),
        ("foot(1.28.0)|foot", &[], "foot"),
        ("|alacritty", &[], "alacritty"),
        ("|st-256color", &[], "st"),
        ("|xterm-256color", &[], "tmux"),
        (
            "|xterm-256color",
            &[("COLORFGBG", "15;0")],
            "qterminal-tmux",
        ),
        (
            "kitty(0.48.2)|xterm-kitty",
            &[("VTE_VERSION", "7006")],
            "kitty-old",
        ),
    ];
    for (line, leaked, wanted) in cases {
        let inside = [
            ("TERM", "tmux-256color"),
            ("TMUX", "/tmp/tmux-0/default,1,0"),
        ];
        let environment = environment(&[&inside, *leaked].concat());
        let found = detected(&environment, Some(&Client::parse(line)), b"");
        assert_eq!(found.terminal.name, *wanted, "{line} {leaked:?}");
    }
}

#[test]
fn inside_screen_no_more_colours_are_sent_than_the_terminal_behind_it_has() {
    let inside = [("TERM", "screen-256color"), ("STY", "1.pts-0")];
    for (term, colours) in [
        ("xterm", Colours::Sixteen),
        ("mlterm", Colours::Sixteen),
        ("xterm-256color", Colours::Indexed),
        ("alacritty", Colours::Indexed),
        ("xterm-kitty", Colours::Indexed),
    ] {
        let client = Client {
            term: term.into(),
            ..Client::default()
        };
        let found = detected(&environment(&inside), Some(&client), b"");
        assert_eq!(found.colours, colours, "{term}");
    }
    let found = detected(&environment(&inside), None, b"");
    assert_eq!(found.colours, Colours::Indexed);
}

#[test]
fn mlterm_is_given_no_more_colours_than_it_keeps_apart() {
    for colorterm in ["", "truecolor"] {
        let variables = [("TERM", "mlterm"), ("COLORTERM", colorterm)];
        let found = detected(&environment(&variables), None, b"");
        assert_eq!(found.colours, Colours::Indexed);
    }
}

#[test]
fn what_the_client_itself_knows_is_newer_than_what_leaked() {
    let leaked = [
        ("TERM", "tmux-256color"),
        ("TMUX", "x"),
        ("KONSOLE_VERSION", "221203"),
    ];
    let cases: &[(&[Variable], &str, Option<bool>)] = &[
        (&[("VTE_VERSION", "7006")], "vte-tmux", None),
        (&[("COLORFGBG", "0;15")], "qterminal-tmux", Some(true)),
        (&[], "tmux", None),
    ];
    for (own, wanted, light) in cases {
        let client = Client {
            term: "xterm-256color".into(),
            environment: Some(environment(own)),
            ..Client::default()
        };
        let found = detected(&environment(&leaked), Some(&client), b"");
        assert_eq!(found.terminal.name, *wanted, "{own:?}");
        assert_eq!(found.light, *light, "{own:?}");
    }
}

#[test]
fn a_tmux_that_does_not_answer_leaves_what_leaked() {
    let inside = [
        ("TERM", "tmux-256color"),
        ("TMUX", "x"),
        ("KONSOLE_VERSION", "221203"),
    ];
    assert_eq!(
        detected(&environment(&inside), None, b"").terminal.name,
        "konsole-tmux"
    );
    assert_eq!(
        detected(&environment(&inside[..2]), None, b"")
            .terminal
            .name,
        "tmux"
    );
}

#[test]
fn inside_screen_what_leaked_decides() {
    let inside = [("TERM", "screen.xterm-256color"), ("STY", "1.pts-0")];
    let cases: &[(&str, &str, &str)] = &[
        ("VTE_VERSION", "7006", "vte-tmux"),
        ("XTERM_VERSION", "XTerm(379)", "xterm"),
        ("KONSOLE_VERSION", "221203", "konsole"),
        ("KITTY_WINDOW_ID", "1", "kitty-old"),
        ("MLTERM", "3.9.0", "tmux"),
        ("LANG", "fa_IR.UTF-8", "tmux"),
    ];
    for (name, value, wanted) in cases {
        let environment = environment(&[&inside[..], &[(*name, *value)]].concat());
        assert_eq!(
            detected(&environment, None, b"").terminal.name,
            *wanted,
            "{name}"
        );
    }
}

#[test]
fn a_new_terminal_started_from_tmux_is_itself() {
    let variables = [
        ("TERM", "alacritty"),
        ("TMUX", "x"),
        ("KONSOLE_VERSION", "221203"),
    ];
    assert_eq!(
        detected(&environment(&variables), None, b"").terminal.name,
        "alacritty"
    );
}

#[test]
fn what_the_reader_chose_wins() {
    let chosen = named("putty").expect("a name");
    let variables = environment(&[("TERM", "xterm"), ("XTERM_VERSION", "XTerm(379)")]);
    let Guess::Known(found) = settle(Some(chosen), &variables, None) else {
        unreachable!("nothing is asked")
    };
    assert_eq!((found.terminal.name, found.why), ("putty", Why::Chosen));
}

#[test]
fn marks_and_colours_come_with_it() {
    let variables = environment(&[("TERM", "xterm"), ("XTERM_VERSION", "XTerm(379)")]);
    assert_eq!(detected(&variables, None, b"").colours, Colours::True);
    let variables = environment(&[("TERM", "screen"), ("STY", "x"), ("XTERM_VERSION", "x")]);
    assert_eq!(
        detected(&variables, None, b"").colours,
        Colours::Sixteen,
        "screen's own"
    );
    let foot = detected(&environment(&[("TERM", "foot")]), None, b"");
    assert!(!foot.options().marks, "foot loses the letter under a mark");
    let variables = environment(&[XTERM_256]);
    let light = b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[>0;115;0c\x1b[?1;2c";
    let qterminal = detected(&variables, None, light);
    assert_eq!(
        qterminal.options().foreground,
        (0, 0, 0),
        "black on a light background"
    );
}
