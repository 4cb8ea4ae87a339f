//! What is known about the terminal, as lines for a report.

use crate::shell::caps::{Answers, Client, Detected, Environment};
use crate::shell::encode::Colours;
use crate::text::clean;

/// Everything that was found out.
#[derive(Clone, Debug)]
pub struct Facts {
    /// What was detected.
    pub detected: Detected,
    /// What the terminal answered; `None` when it was not asked.
    pub answers: Option<Answers>,
    /// What tmux said.
    pub client: Option<Client>,
    /// The variables that tell of the terminal.
    pub environment: Environment,
    /// Columns and rows; `None` without a terminal.
    pub size: Option<(u16, u16)>,
}

/// The report: one fact a line, nothing that identifies the reader.
pub fn report(facts: &Facts) -> Vec<String> {
    let Facts {
        detected,
        answers,
        client,
        environment,
        size,
    } = facts;
    let terminal = detected.terminal;
    let mut lines = vec![
        format!("sokhan {}", env!("CARGO_PKG_VERSION")),
        format!("terminal: {} ({})", terminal.name, terminal.what),
        format!("why: {}", detected.why),
        format!("strategy: {}", terminal.strategy.name()),
        format!(
            "marks: {}",
            if terminal.marks { "kept" } else { "left out" }
        ),
        format!("colours: {}", colours(detected.colours)),
    ];
    if let Some((columns, rows)) = size {
        lines.push(format!("size: {columns}x{rows}"));
    }
    for (name, value) in environment.all() {
        // An address is nobody's business.
        let value = if name.starts_with("SSH_") {
            "set"
        } else {
            value
        };
        lines.push(format!("environment: {name}={value}"));
    }
    if let Some(client) = client {
        lines.push(format!("client: {} ({})", client.version, client.term));
    }
    match answers {
        None => lines.push("answers: not asked".to_owned()),
        Some(answers) => lines.extend(answered(answers)),
    }
    lines.into_iter().map(|line| clean(&line)).collect()
}

fn answered(answers: &Answers) -> Vec<String> {
    let rgb =
        |colour: Option<(u8, u8, u8)>| colour.map(|(r, g, b)| format!("#{r:02x}{g:02x}{b:02x}"));
    let all = [
        ("DA1", answers.da1.clone()),
        ("DA2", answers.da2.clone()),
        ("DA3", answers.da3.clone()),
        ("XTVERSION", answers.version.clone()),
        ("mode 8", answers.bidi_mode.map(|state| state.to_string())),
        ("foreground", rgb(answers.foreground)),
        ("background", rgb(answers.background)),
    ];
    let line = |(name, value): (&str, Option<String>)| {
        format!("answer: {name} {}", value.as_deref().unwrap_or("none"))
    };
    all.into_iter().map(line).collect()
}

fn colours(colours: Colours) -> &'static str {
    match colours {
        Colours::None => "none",
        Colours::Sixteen => "16",
        Colours::Indexed => "256",
        Colours::True => "24 bits",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::caps::{Guess, by_environment};

    #[test]
    fn facts_are_told_and_nothing_private() {
        let variables = [
            ("TERM", "xterm-256color"),
            ("KONSOLE_VERSION", "221203"),
            ("SSH_CONNECTION", "10.1.2.3 4 5 6"),
            ("HOME", "/home/me"),
        ];
        let environment = Environment::new(variables);
        let Guess::Known(detected) = by_environment(&environment, None) else {
            unreachable!("it says so")
        };
        let answers = Some(Answers {
            version: Some("Konsole 22\u{1b}[2J".into()),
            ..Answers::default()
        });
        let facts = Facts {
            detected,
            answers,
            client: None,
            environment,
            size: Some((80, 24)),
        };
        let text = report(&facts).join("\n");
        assert!(
            text.contains("terminal: konsole (Konsole, Yakuake)\n"),
            "{text}"
        );
        assert!(text.contains("why: the environment says KONSOLE_VERSION=221203\n"));
        assert!(text.contains("environment: SSH_CONNECTION=set\n"));
        assert!(text.contains("answer: DA1 none\n"));
        assert!(!text.contains('\u{1b}') && !text.contains("10.1.2.3") && !text.contains("/home"));
    }
}
