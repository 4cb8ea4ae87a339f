//! What tmux says of the terminal it is attached to.

use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::Environment;

/// The terminal that a tmux client runs in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Client {
    /// `client_termtype`: what XTVERSION answered, empty if nothing.
    pub version: String,
    /// `client_termname`: its `TERM`.
    pub term: String,
}

impl Client {
    /// From `type|name`, a line of tmux.
    pub fn parse(line: &str) -> Self {
        let (version, term) = line.trim().split_once('|').unwrap_or(("", ""));
        Self {
            version: version.to_owned(),
            term: term.to_owned(),
        }
    }
}

/// tmux has this long to answer, in steps of [`STEP`].
const STEPS: u32 = 30;
const STEP: Duration = Duration::from_millis(10);

/// Asks tmux, if we are inside one. No shell is involved, and a tmux that hangs is given up.
pub fn client(environment: &Environment) -> Option<Client> {
    environment.get("TMUX")?;
    let mut tmux = Command::new("tmux")
        .args([
            "display-message",
            "-p",
            "#{client_termtype}|#{client_termname}",
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
                return Some(Client::parse(&String::from_utf8_lossy(&output.stdout)));
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
    fn outside_of_tmux_nobody_is_asked() {
        assert_eq!(client(&Environment::default()), None);
    }
}
