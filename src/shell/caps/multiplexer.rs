//! What tmux says of the terminal it is attached to, and what screen was started in.

use std::process::{Command, Stdio};
use std::time::Duration;
use std::{fs, thread};

use super::Environment;

/// The terminal that a client of tmux, or screen, runs in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Client {
    /// `client_termtype`: what XTVERSION answered, empty if nothing.
    pub version: String,
    /// `client_termname`: its `TERM`.
    pub term: String,
    /// What the terminal left in the environment of the client itself; `None` where the system
    /// does not show it.
    pub environment: Option<Environment>,
}

impl Client {
    /// From `type|name`, a line of tmux.
    pub fn parse(line: &str) -> Self {
        let (version, term) = line.trim().split_once('|').unwrap_or(("", ""));
        Self {
            version: version.to_owned(),
            term: term.to_owned(),
            environment: None,
        }
    }

    /// From `pid|type|name`, where the client is a process of this machine.
    fn living(line: &str) -> Self {
        let (pid, rest) = line.split_once('|').unwrap_or(("", ""));
        let pid = pid.parse::<u32>().ok();
        Self {
            environment: pid.and_then(environment_of),
            ..Self::parse(rest)
        }
    }
}

/// The environment a process was started with, where the system shows it (Linux).
fn environment_of(pid: u32) -> Option<Environment> {
    let bytes = fs::read(format!("/proc/{pid}/environ")).ok()?;
    let variables = bytes.split(|byte| *byte == 0).filter_map(|variable| {
        let (name, value) = str::from_utf8(variable).ok()?.split_once('=')?;
        Some((name.to_owned(), value.to_owned()))
    });
    Some(Environment::new(variables))
}

/// tmux has this long to answer, in steps of [`STEP`].
const STEPS: u32 = 30;
const STEP: Duration = Duration::from_millis(10);

/// Asks tmux, if we are inside one, or looks what screen was started in.
pub fn client(environment: &Environment) -> Option<Client> {
    if environment.get("TMUX").is_some() {
        client_of_tmux()
    } else {
        client_of_screen(environment.get("STY")?)
    }
}

/// `STY` is `pid.name`, of the process that once was the first client.
fn client_of_screen(sty: &str) -> Option<Client> {
    let environment = environment_of(sty.split('.').next()?.parse().ok()?)?;
    Some(Client {
        version: String::new(),
        term: environment.term().to_owned(),
        environment: Some(environment),
    })
}

/// No shell is involved, and a tmux that hangs is given up.
fn client_of_tmux() -> Option<Client> {
    let mut tmux = Command::new("tmux")
        .args([
            "display-message",
            "-p",
            "#{client_pid}|#{client_termtype}|#{client_termname}",
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    for _ in 0..STEPS {
        match tmux.try_wait() {
            Ok(Some(_)) => {
                let output = tmux.wait_with_output().ok()?;
                return Some(Client::living(&String::from_utf8_lossy(&output.stdout)));
            }
            Ok(None) => thread::sleep(STEP),
            Err(_) => break,
        }
    }
    // It may have ended just now; either way nothing more is wanted of it.
    let _ = tmux.kill();
    let _ = tmux.wait();
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_tmux() {
        let client = Client::parse("Konsole 22.12.3|xterm-256color\n");
        assert_eq!(client.version, "Konsole 22.12.3");
        assert_eq!(client.term, "xterm-256color");
        assert_eq!(Client::parse("|xterm").term, "xterm");
        assert_eq!(Client::parse("nonsense"), Client::default());
    }

    #[test]
    fn the_client_is_looked_at_itself() {
        let own = Client::living(&format!(
            "{}|VTE(8401)|xterm-256color\n",
            std::process::id()
        ));
        assert_eq!(own.version, "VTE(8401)");
        assert_eq!(own.term, "xterm-256color");
        let shown = fs::exists("/proc/self/environ").expect("told");
        assert_eq!(own.environment.is_some(), shown);
        assert_eq!(Client::living("0||xterm").environment, None);
        assert_eq!(Client::living("||xterm").term, "xterm");
        assert_eq!(Client::living("nonsense"), Client::default());
    }

    #[test]
    fn the_first_client_of_screen_is_looked_at() {
        let sty = format!("{}.pts-0.here", std::process::id());
        let shown = fs::exists("/proc/self/environ").expect("told");
        assert_eq!(client_of_screen(&sty).is_some(), shown);
        for wrong in ["", "x.pts-0", "0.pts-0"] {
            assert_eq!(client_of_screen(wrong), None);
        }
    }

    #[test]
    fn outside_of_tmux_nobody_is_asked() {
        assert_eq!(client(&Environment::default()), None);
    }
}
