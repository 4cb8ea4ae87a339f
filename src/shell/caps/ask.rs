//! Asking a terminal who it is: one write, and reading until the last answer or until patience
//! ends.

use std::io;
use std::time::{Duration, Instant};

use super::{Answers, Environment, Listener};

/// All questions at once: mode 8, version, DA2, DA3, the colours, and DA1, which every terminal
/// answers, as the fence. A terminal may print a letter of the first: ask on the alternate screen,
/// before the first clear.
pub const QUESTIONS: &[u8] = b"\x1b[8$p\x1b[>q\x1b[>c\x1b[=c\x1b]10;?\x1b\\\x1b]11;?\x1b\\\x1b[c";

/// How long a terminal has for its answers: 300 ms here, 1 s over a network.
pub fn patience(environment: &Environment) -> Duration {
    Duration::from_millis(if environment.is_remote() { 1000 } else { 300 })
}

/// What came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The answers.
    pub answers: Answers,
    /// Keys that were typed meanwhile, as they came: hand them to whoever reads keys.
    pub typed: Vec<u8>,
}

/// Asks. `write` sends all bytes; `read` waits at most so long for some and gives their number,
/// 0 when none came. The terminal must be raw.
///
/// # Errors
///
/// When nothing can be written. A terminal that answers nothing, too late or garbage is no error.
#[expect(clippy::disallowed_methods, reason = "patience is measured here")]
pub fn ask(
    patience: Duration,
    write: impl FnOnce(&[u8]) -> io::Result<()>,
    mut read: impl FnMut(&mut [u8], Duration) -> usize,
) -> io::Result<Asked> {
    write(QUESTIONS)?;
    let until = Instant::now() + patience;
    let mut listener = Listener::default();
    let mut bytes = [0; 512];
    while !listener.is_done() {
        let left = until.saturating_duration_since(Instant::now());
        let count = read(&mut bytes, left);
        let Some(heard) = bytes.get(..count).filter(|heard| !heard.is_empty()) else {
            break;
        };
        listener.hear(heard);
    }
    let (answers, typed) = listener.finish();
    Ok(Asked { answers, typed })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(mut answers: Vec<&[u8]>) -> Asked {
        answers.reverse();
        let read = |bytes: &mut [u8], _| {
            let answer = answers.pop().unwrap_or_default();
            bytes[..answer.len()].copy_from_slice(answer);
            answer.len()
        };
        ask(Duration::from_secs(9), |_| Ok(()), read).expect("written")
    }

    #[test]
    fn asking_ends_at_the_fence() {
        let asked = asked(vec![
            b"k\x1bP>|foot(1.28.0)\x1b",
            b"\\\x1b[?62;4;22c",
            b"never read",
        ]);
        assert_eq!(asked.answers.version.as_deref(), Some("foot(1.28.0)"));
        assert_eq!(asked.typed, b"k");
    }

    #[test]
    fn a_mute_terminal_is_no_error() {
        assert_eq!(asked(vec![]), Asked::default());
    }
}
