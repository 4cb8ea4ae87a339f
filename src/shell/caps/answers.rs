//! What a terminal answers when it is asked who it is, told apart from what was typed meanwhile.

/// What was answered; `None` where nothing came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// DA1, the fence: `?64;1;2`.
    pub da1: Option<String>,
    /// DA2: `>41;379;0`.
    pub da2: Option<String>,
    /// DA3, eight hexadecimal digits.
    pub da3: Option<String>,
    /// XTVERSION: `XTerm(379)`.
    pub version: Option<String>,
    /// DECRQM of mode 8 (explicit or implicit bidi): 0 unknown, 1 set, 2 reset.
    pub bidi_mode: Option<u8>,
    /// The foreground (OSC 10), 8 bits a colour.
    pub foreground: Option<(u8, u8, u8)>,
    /// The background (OSC 11).
    pub background: Option<(u8, u8, u8)>,
}

/// Takes bytes as they come from the terminal and sorts them.
#[derive(Clone, Debug, Default)]
pub struct Listener {
    answers: Answers,
    typed: Vec<u8>,
    pending: Vec<u8>,
}

/// Longer than any answer: what goes on is no answer.
const LONGEST: usize = 256;

impl Listener {
    /// Takes some bytes.
    pub fn hear(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.pending.push(*byte);
            match state(&self.pending) {
                State::Unfinished if self.pending.len() < LONGEST => {}
                State::Answer => {
                    if let Ok(answer) = str::from_utf8(&self.pending) {
                        self.answers.note(answer);
                    }
                    self.pending.clear();
                }
                State::Unfinished | State::Typed => self.typed.append(&mut self.pending),
            }
        }
    }

    /// True when the last question was answered: nothing more is to come.
    pub fn is_done(&self) -> bool {
        self.answers.da1.is_some()
    }

    /// What was answered, and what was typed meanwhile, as bytes. Half an answer is dropped: its
    /// rest is still to come, and whoever reads on must not take it for keys.
    pub fn finish(mut self) -> (Answers, Vec<u8>) {
        if self.pending == b"\x1b" || self.pending == b"\x1b[" {
            self.typed.append(&mut self.pending);
        }
        (self.answers, self.typed)
    }
}

enum State {
    Unfinished,
    Answer,
    Typed,
}

/// What `bytes`, one more than last time, have become.
fn state(bytes: &[u8]) -> State {
    match bytes {
        [0x1B] | [0x1B, b'[' | b']' | b'P'] | [0x1B, b'P', b'>' | b'!'] => State::Unfinished,
        [0x1B, b'[', rest @ ..] => control_sequence(rest),
        // An operating system command is never typed; a device control string is, as Alt and P,
        // unless `>|` or `!|` follows.
        [0x1B, b']', rest @ ..] if rest.first().is_none_or(u8::is_ascii_digit) => string(rest),
        [0x1B, b'P', b'>' | b'!', b'|', rest @ ..] => string(rest),
        _ => State::Typed,
    }
}

/// After `ESC [`: attributes end in `c`, a mode report in `$y`; all else is a key.
fn control_sequence(rest: &[u8]) -> State {
    match rest {
        [b'?' | b'>', .., b'c'] | [.., b'$', b'y'] => State::Answer,
        [.., 0x20..=0x3F] => State::Unfinished,
        _ => State::Typed,
    }
}

/// Until ST or BEL.
fn string(rest: &[u8]) -> State {
    match rest {
        [.., 0x07] | [.., 0x1B, b'\\'] => State::Answer,
        [.., 0x1B | 0x20..=0xFF] | [] => State::Unfinished,
        _ => State::Typed,
    }
}

impl Answers {
    fn note(&mut self, answer: &str) {
        let body = answer.trim_end_matches(['\u{7}', '\\', '\u{1b}']);
        if let Some(version) = body.strip_prefix("\u{1b}P>|") {
            self.version = Some(version.to_owned());
        } else if let Some(unit) = body.strip_prefix("\u{1b}P!|") {
            self.da3 = Some(unit.to_owned());
        } else if let Some(colour) = body.strip_prefix("\u{1b}]10;") {
            self.foreground = rgb(colour).or(self.foreground);
        } else if let Some(colour) = body.strip_prefix("\u{1b}]11;") {
            self.background = rgb(colour).or(self.background);
        } else if let Some(mode) = body.strip_prefix("\u{1b}[8;") {
            self.bidi_mode = mode.strip_suffix("$y").and_then(|state| state.parse().ok());
        } else if let Some(class) = body
            .strip_prefix("\u{1b}[?")
            .and_then(|b| b.strip_suffix('c'))
        {
            self.da1 = Some(format!("?{class}"));
        } else if let Some(class) = body
            .strip_prefix("\u{1b}[>")
            .and_then(|b| b.strip_suffix('c'))
        {
            self.da2 = Some(format!(">{class}"));
        }
    }
}

/// `rgb:RRRR/GGGG/BBBB`, one to four digits each.
fn rgb(colour: &str) -> Option<(u8, u8, u8)> {
    let digits = colour
        .strip_prefix("rgb:")
        .or(colour.strip_prefix("rgba:"))?;
    let mut parts = digits.split('/').map(|part| {
        let most = 16_u32
            .checked_pow(u32::try_from(part.len()).ok()?)?
            .checked_sub(1)?;
        let value = u32::from_str_radix(part, 16).ok()?;
        (most > 0).then(|| (u64::from(value) * 255 / u64::from(most)) as u8)
    });
    Some((parts.next()??, parts.next()??, parts.next()??))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(bytes: &[u8]) -> (Answers, Vec<u8>) {
        let mut listener = Listener::default();
        listener.hear(bytes);
        listener.finish()
    }

    #[test]
    fn all_answers_are_read() {
        let (answers, typed) = heard(
            b"\x1b[8;1$y\x1bP>|VTE(8401)\x1b\\\x1b[>65;8401;1c\x1bP!|7E565445\x1b\\\
              \x1b]10;rgb:ffff/8080/0000\x1b\\\x1b]11;rgb:00/10/20\x07\x1b[?61;1;21c",
        );
        let wanted = Answers {
            da1: Some("?61;1;21".into()),
            da2: Some(">65;8401;1".into()),
            da3: Some("7E565445".into()),
            version: Some("VTE(8401)".into()),
            bidi_mode: Some(1),
            foreground: Some((255, 128, 0)),
            background: Some((0, 16, 32)),
        };
        assert_eq!((answers, typed), (wanted, Vec::new()));
    }

    #[test]
    fn what_is_typed_meanwhile_is_kept() {
        let (answers, typed) =
            heard("q\u{1b}[Aس\u{1b}[?6c\u{1b}P\u{1b}[1;5C\u{1b}[<0;3;4M\u{1b}".as_bytes());
        assert_eq!(answers.da1.as_deref(), Some("?6"));
        assert_eq!(
            typed,
            "q\u{1b}[Aس\u{1b}P\u{1b}[1;5C\u{1b}[<0;3;4M\u{1b}".as_bytes()
        );
    }

    #[test]
    fn half_an_answer_is_not_typed() {
        assert_eq!(heard(b"a\x1bP>|XTe").1, b"a");
        assert_eq!(heard(b"a\x1b[?64;1").1, b"a");
        assert_eq!(heard(b"a\x1b]11;rgb").1, b"a");
    }

    proptest::proptest! {
        #[test]
        fn garbage_does_no_harm(bytes in proptest::collection::vec(0_u8..128, 0..600)) {
            let (_, typed) = heard(&bytes);
            proptest::prop_assert!(typed.len() <= bytes.len());
        }

        #[test]
        fn bytes_may_come_in_any_pieces(cut in 0_usize..60) {
            let bytes = b"x\x1b[8;2$y\x1bP>|kitty(0.48.2)\x1b\\y\x1b[>1;4000;48c\x1b[?62;52cz";
            let (first, second) = bytes.split_at(cut.min(bytes.len()));
            let mut listener = Listener::default();
            listener.hear(first);
            listener.hear(second);
            let (answers, typed) = listener.finish();
            proptest::prop_assert_eq!(answers.version.as_deref(), Some("kitty(0.48.2)"));
            proptest::prop_assert_eq!(typed, b"xyz");
        }
    }
}
