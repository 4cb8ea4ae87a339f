//! Bytes from the terminal become messages, one byte at a time.
//!
//! Refuses to guess: a sequence it does not know, a late answer of the terminal or half of
//! something never acts as a key. What is incomplete is dropped after a silence
//! ([`Decoder::patience`]), so that the next key counts again.

use std::time::Duration;

use super::paste::Paste;
use super::sequence::{self, Meaning};
use crate::app::{Code, Key, Mouse, MouseKind, Msg};

/// Bytes of a control sequence that are kept; a longer one is swallowed to its end.
const LONGEST_SEQUENCE: usize = 64;
/// Bytes of an answer of the terminal that are kept; a longer one is swallowed to its end.
const LONGEST_ANSWER: usize = 256;

/// After Escape and inside a sequence or a letter: how long until it counts as given up.
const ESCAPE: Duration = Duration::from_millis(50);
/// Inside an answer of the terminal, which may come in pieces over a slow line.
const ANSWER: Duration = Duration::from_millis(250);
/// Inside a paste.
const PASTE: Duration = Duration::from_millis(500);

/// The state between two bytes.
#[derive(Debug, Default)]
pub struct Decoder {
    mode: Mode,
}

#[derive(Debug, Default)]
enum Mode {
    /// Between keys.
    #[default]
    Ground,
    /// Inside a letter of several bytes.
    Letter {
        alt: bool,
        bytes: [u8; 4],
        have: usize,
        need: usize,
    },
    /// After ESC.
    Escape,
    /// After `ESC O`.
    Ss3,
    /// After `ESC [`; `None` when it grew too long.
    Csi(Option<Vec<u8>>),
    /// After `ESC [ [`, a function key of the Linux console.
    Console,
    /// After `ESC [ M`: button, column, row.
    OldMouse { bytes: [u8; 3], have: usize },
    /// Inside an OSC, DCS, SOS, PM or APC string, opened by this byte.
    Answer { opened: u8, body: Vec<u8> },
    /// ESC inside such a string: its end, if `\` follows.
    AnswerEscape { opened: u8, body: Vec<u8> },
    /// Between the brackets of a paste.
    Paste(Paste),
    /// In a paste that has been silent for long.
    StalePaste(Paste),
}

impl Decoder {
    /// Takes what was read at once.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Msg>) {
        self.mode = std::mem::take(&mut self.mode).settle_stale(bytes, out);
        for &byte in bytes {
            self.byte(byte, out);
        }
    }

    /// How long to wait for more before [`Self::expire`]; `None` for ever.
    pub fn patience(&self) -> Option<Duration> {
        match self.mode {
            Mode::Ground | Mode::StalePaste(_) => None,
            Mode::Answer { ref body, .. } if body.is_empty() => Some(ESCAPE),
            Mode::Answer { .. } | Mode::AnswerEscape { .. } => Some(ANSWER),
            Mode::Paste(_) => Some(PASTE),
            Mode::Letter { .. }
            | Mode::Escape
            | Mode::Ss3
            | Mode::Csi(_)
            | Mode::Console
            | Mode::OldMouse { .. } => Some(ESCAPE),
        }
    }

    /// Nothing came for [`Self::patience`]: a lone Escape was the key, the rest is given up.
    pub fn expire(&mut self, out: &mut Vec<Msg>) {
        match std::mem::take(&mut self.mode) {
            Mode::Escape => press(Key::plain(Code::Esc), out),
            Mode::Ss3 => press(alt('O'), out),
            Mode::Csi(Some(body)) if body.is_empty() => press(alt('['), out),
            Mode::Answer { opened, body } if body.is_empty() => {
                press(alt(char::from(opened)), out);
            }
            Mode::Paste(paste) | Mode::StalePaste(paste) => self.mode = Mode::StalePaste(paste),
            Mode::Ground
            | Mode::Letter { .. }
            | Mode::Csi(_)
            | Mode::Console
            | Mode::OldMouse { .. }
            | Mode::Answer { .. }
            | Mode::AnswerEscape { .. } => {}
        }
    }

    fn byte(&mut self, byte: u8, out: &mut Vec<Msg>) {
        self.mode = match std::mem::take(&mut self.mode) {
            Mode::Ground => ground(byte, false, out),
            Mode::Letter {
                alt,
                bytes,
                have,
                need,
            } => letter(alt, bytes, have, need, byte, out),
            Mode::Escape => escape(byte, out),
            Mode::Ss3 => {
                if let Some(key) = sequence::ss3(byte) {
                    press(key, out);
                    Mode::Ground
                } else {
                    given_up(byte, out)
                }
            }
            Mode::Csi(body) => csi(body, byte, out),
            Mode::Console => {
                if let b'A'..=b'E' = byte {
                    press(Key::plain(Code::F(byte - b'A' + 1)), out);
                }
                Mode::Ground
            }
            Mode::OldMouse { bytes, have } => old_mouse(bytes, have, byte, out),
            Mode::Answer { opened, body } => answer(opened, body, byte, out),
            Mode::AnswerEscape { opened, body } => {
                if byte == b'\\' {
                    answered(opened, &body, out);
                    Mode::Ground
                } else {
                    escape(byte, out)
                }
            }
            Mode::Paste(paste) | Mode::StalePaste(paste) => match paste.byte(byte) {
                Ok(text) => {
                    out.push(Msg::Paste(text));
                    Mode::Ground
                }
                Err(paste) => Mode::Paste(paste),
            },
        };
    }
}

impl Mode {
    /// A paste that was silent for long goes on when a burst or its end comes; a few bytes are
    /// somebody typing at a terminal that lost the end of it.
    fn settle_stale(self, bytes: &[u8], out: &mut Vec<Msg>) -> Self {
        if let Self::StalePaste(paste) = self {
            if !paste.was_given_up(bytes) {
                return Self::Paste(paste);
            }
            out.push(Msg::Paste(paste.into_text()));
            return Self::Ground;
        }
        self
    }
}

/// A byte between keys; `alt` when ESC came before it.
fn ground(byte: u8, alt: bool, out: &mut Vec<Msg>) -> Mode {
    let (code, ctrl) = match byte {
        0x1B => return Mode::Escape,
        b'\r' | b'\n' => (Code::Enter, false),
        b'\t' => (Code::Tab, false),
        0x08 | 0x7F => (Code::Backspace, false),
        0x00 => (Code::Char(' '), true),
        0x01..=0x1A => (Code::Char(char::from(byte + 0x60)), true),
        0x1C..=0x1F => (Code::Char(char::from(byte + 0x40)), true),
        0x20..=0x7E => (Code::Char(char::from(byte)), false),
        0xC2..=0xDF => return first_of(byte, 2, alt),
        0xE0..=0xEF => return first_of(byte, 3, alt),
        0xF0..=0xF4 => return first_of(byte, 4, alt),
        // No letter begins so in UTF-8.
        0x80..=0xC1 | 0xF5..=0xFF => return Mode::Ground,
    };
    press(Key::with(code, ctrl, alt, false), out);
    Mode::Ground
}

/// The sequence ended too early: it is dropped and the byte counts for itself.
fn given_up(byte: u8, out: &mut Vec<Msg>) -> Mode {
    ground(byte, false, out)
}

fn first_of(byte: u8, need: usize, alt: bool) -> Mode {
    Mode::Letter {
        alt,
        bytes: [byte, 0, 0, 0],
        have: 1,
        need,
    }
}

fn letter(
    alt: bool,
    mut bytes: [u8; 4],
    have: usize,
    need: usize,
    byte: u8,
    out: &mut Vec<Msg>,
) -> Mode {
    if !(0x80..=0xBF).contains(&byte) {
        return given_up(byte, out);
    }
    if let Some(slot) = bytes.get_mut(have) {
        *slot = byte;
    }
    let have = have + 1;
    if have < need {
        return Mode::Letter {
            alt,
            bytes,
            have,
            need,
        };
    }
    let whole = bytes
        .get(..need)
        .and_then(|bytes| str::from_utf8(bytes).ok());
    if let Some(letter) = whole.and_then(|text| text.chars().next())
        && !letter.is_control()
    {
        press(Key::with(Code::Char(letter), false, alt, false), out);
    }
    Mode::Ground
}

fn escape(byte: u8, out: &mut Vec<Msg>) -> Mode {
    match byte {
        0x1B => {
            press(Key::plain(Code::Esc), out);
            Mode::Escape
        }
        b'[' => Mode::Csi(Some(Vec::new())),
        b'O' => Mode::Ss3,
        b']' | b'P' | b'X' | b'^' | b'_' => Mode::Answer {
            opened: byte,
            body: Vec::new(),
        },
        _ => ground(byte, true, out),
    }
}

fn csi(body: Option<Vec<u8>>, byte: u8, out: &mut Vec<Msg>) -> Mode {
    match byte {
        0x20..=0x3F => Mode::Csi(body.and_then(|mut body| {
            body.push(byte);
            (body.len() <= LONGEST_SEQUENCE).then_some(body)
        })),
        0x40..=0x7E => match body {
            None => Mode::Ground,
            Some(body) => sequence_end(&body, byte, out),
        },
        0x18 | 0x1A => Mode::Ground,
        _ => given_up(byte, out),
    }
}

fn sequence_end(body: &[u8], last: u8, out: &mut Vec<Msg>) -> Mode {
    match (body, last) {
        ([], b'M') => Mode::OldMouse {
            bytes: [0; 3],
            have: 0,
        },
        ([], b'[') => Mode::Console,
        _ => match sequence::csi(body, last) {
            Meaning::Key(key) => {
                press(key, out);
                Mode::Ground
            }
            Meaning::Mouse(mouse) => {
                out.push(Msg::Mouse(mouse));
                Mode::Ground
            }
            Meaning::PasteBegins => Mode::Paste(Paste::default()),
            Meaning::Nothing => Mode::Ground,
        },
    }
}

/// The report of terminals that know no other: each number is a byte with 32 added.
fn old_mouse(mut bytes: [u8; 3], have: usize, byte: u8, out: &mut Vec<Msg>) -> Mode {
    if let Some(slot) = bytes.get_mut(have) {
        *slot = byte;
    }
    if have < 2 {
        return Mode::OldMouse {
            bytes,
            have: have + 1,
        };
    }
    let [button, column, row] = bytes.map(|byte| u32::from(byte.saturating_sub(32)));
    // Button 3 is any button's release.
    let (button, released) = if button & 0b1100_0011 == 3 {
        (0, true)
    } else {
        (button, false)
    };
    if let Some(mouse) = mouse(button, column, row, released) {
        out.push(Msg::Mouse(mouse));
    }
    Mode::Ground
}

/// A report of the mouse: `column` and `row` count from 1, 0 is outside the screen.
pub(super) fn mouse(button: u32, column: u32, row: u32, released: bool) -> Option<Mouse> {
    let place = |from_one: u32| u16::try_from(from_one.checked_sub(1)?).ok();
    // Bits 4, 8, 16 are shift, alt and ctrl.
    let kind = match (button & !0b1_1100, released) {
        (0, false) => MouseKind::Press,
        (0, true) => MouseKind::Release,
        (32, _) => MouseKind::Drag,
        (64, false) => MouseKind::WheelUp,
        (65, false) => MouseKind::WheelDown,
        _ => return None,
    };
    Some(Mouse {
        kind,
        column: place(column)?,
        row: place(row)?,
    })
}

fn answer(opened: u8, mut body: Vec<u8>, byte: u8, out: &mut Vec<Msg>) -> Mode {
    match byte {
        0x1B => Mode::AnswerEscape { opened, body },
        0x07 => {
            answered(opened, &body, out);
            Mode::Ground
        }
        0x18 | 0x1A => Mode::Ground,
        _ => {
            if body.len() < LONGEST_ANSWER {
                body.push(byte);
            }
            Mode::Answer { opened, body }
        }
    }
}

/// A whole answer of the terminal. Only its background colour is of use after the start.
fn answered(opened: u8, body: &[u8], out: &mut Vec<Msg>) {
    if opened != b']' {
        return;
    }
    let text = str::from_utf8(body).unwrap_or_default();
    let colour = text.strip_prefix("11;rgb:");
    if let Some(dark) = colour.and_then(is_dark) {
        out.push(Msg::Background { dark });
    }
}

/// Whether `rrrr/gggg/bbbb` (one to four hexadecimal digits each, as X11 writes colours) is dark.
fn is_dark(colour: &str) -> Option<bool> {
    let mut parts = colour.split('/').map(|part| {
        let digits = u32::try_from(part.len()).ok()?;
        let full = (1..=4)
            .contains(&digits)
            .then(|| (1_u32 << (4 * digits)) - 1)?;
        Some(u32::from_str_radix(part, 16).ok()? * 255 / full)
    });
    let mut next = || parts.next().flatten();
    let (red, green, blue) = (next()?, next()?, next()?);
    // Rec. 601 luma.
    Some((299 * red + 587 * green + 114 * blue) / 1000 < 128)
}

fn alt(letter: char) -> Key {
    Key::with(Code::Char(letter), false, true, false)
}

fn press(key: Key, out: &mut Vec<Msg>) {
    out.push(Msg::Key(key));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of `chunks`, with a long silence after each where `silence` says so.
    fn decoded(chunks: &[(&[u8], bool)]) -> Vec<String> {
        let mut decoder = Decoder::default();
        let mut out = Vec::new();
        for (bytes, silence) in chunks {
            decoder.feed(bytes, &mut out);
            if *silence && decoder.patience().is_some() {
                decoder.expire(&mut out);
            }
        }
        out.iter().map(told).collect()
    }

    fn told(msg: &Msg) -> String {
        if let Msg::Key(key) = msg {
            key.to_string()
        } else if let Msg::Paste(text) = msg {
            format!("paste:{text}")
        } else if let Msg::Mouse(mouse) = msg {
            format!("{:?}@{},{}", mouse.kind, mouse.column, mouse.row)
        } else if let Msg::Background { dark } = msg {
            format!("dark:{dark}")
        } else {
            format!("{msg:?}")
        }
    }

    fn keys(bytes: &[u8]) -> String {
        decoded(&[(bytes, true)]).join(" ")
    }

    #[test]
    fn keys_are_told_apart() {
        for (bytes, name) in [
            (&b"j"[..], "j"),
            (b"G", "G"),
            (b" ", "space"),
            (b"\r", "enter"),
            (b"\n", "enter"),
            (b"\t", "tab"),
            (b"\x7f", "backspace"),
            (b"\x08", "backspace"),
            (b"\x03", "ctrl-c"),
            (b"\x1a", "ctrl-z"),
            (b"\x00", "ctrl-space"),
            (b"\x1c", "ctrl-\\"),
            (b"\x1b", "esc"),
            (b"\x1b\x1b", "esc esc"),
            (b"\x1bx", "alt-x"),
            (b"\x1b\r", "alt-enter"),
            ("ت".as_bytes(), "ت"),
            ("\u{1b}ت".as_bytes(), "alt-ت"),
            (b"\x1b[A", "up"),
            (b"\x1bOA", "up"),
            (b"\x1b[1;5D", "ctrl-left"),
            (b"\x1b[1;2C", "shift-right"),
            (b"\x1b[H", "home"),
            (b"\x1b[4~", "end"),
            (b"\x1b[5~\x1b[6~", "pageup pagedown"),
            (b"\x1b[3;5~", "ctrl-delete"),
            (b"\x1b[Z", "shift-tab"),
            (b"\x1bOP\x1b[12~\x1b[1;2R\x1b[[E", "f1 f2 shift-f3 f5"),
            (b"\x1b[24~", "f12"),
            (b"\x1b[97;5u", "ctrl-a"),
            (b"\x1b[27;5;9~", "ctrl-tab"),
            (b"\x1b[13;2u", "shift-enter"),
        ] {
            assert_eq!(keys(bytes), name, "{bytes:?}");
        }
    }

    #[test]
    fn each_byte_may_come_alone() {
        let all = "jت\u{1b}[1;5D\u{1b}[200~text\u{1b}[201~\u{1b}[<0;3;4M".as_bytes();
        let split: Vec<_> = all.chunks(1).map(|byte| (byte, false)).collect();
        let at_once = decoded(&[(all, false)]);
        assert_eq!(decoded(&split), at_once);
        assert_eq!(at_once, ["j", "ت", "ctrl-left", "paste:text", "Press@2,3"]);
    }

    #[test]
    fn an_answer_of_the_terminal_is_no_key() {
        for answer in [
            &b"\x1b[?62;22c"[..],
            b"\x1b[>1;10;0c",
            b"\x1b[12;40R",
            b"\x1b[?2026;2$y",
            b"\x1b[8;24;80t",
            b"\x1b[0n",
            b"\x1b[I\x1b[O",
            b"\x1b[?997;1n",
            b"\x1b[?1u",
            b"\x1bP>|XTerm(379)\x1b\\",
            b"\x1bP1+r544e=787465726d\x1b\\",
            b"\x1b]10;rgb:ffff/ffff/ffff\x07",
            b"\x1b_Gi=1;OK\x1b\\",
        ] {
            assert_eq!(keys(answer), "", "{answer:?}");
            let mut and_a_key = answer.to_vec();
            and_a_key.push(b'q');
            assert_eq!(keys(&and_a_key), "q", "{answer:?}");
        }
    }

    #[test]
    fn the_background_is_dark_or_light() {
        assert_eq!(keys(b"\x1b]11;rgb:0000/0000/0000\x1b\\"), "dark:true");
        assert_eq!(keys(b"\x1b]11;rgb:ff/ff/dd\x07"), "dark:false");
        assert_eq!(keys(b"\x1b]11;rgb:zz/ff/dd\x07"), "");
        assert_eq!(keys(b"\x1b]11;rgb:\x07"), "");
        assert_eq!(keys(b"\x1b]11;rgb:fffff/0/0\x07"), "");
        assert_eq!(keys(b"\x1b]11;rgb:ffffffff/0/0\x07"), "");
    }

    #[test]
    fn half_of_something_is_given_up_after_a_silence() {
        for half in [
            &b"\x1b[1;"[..],
            b"\x1b]11;rgb:",
            b"\x1bP1",
            b"\xd8",
            b"\xf0\x9f",
            b"\x1b[M!",
            b"\x1b[[",
            b"\x1b]11;rgb:0/0/0\x1b",
        ] {
            let after = decoded(&[(half, true), (b"q", false)]);
            assert_eq!(after, ["q"], "{half:?}");
        }
    }

    #[test]
    fn a_broken_letter_does_not_eat_the_key_behind_it() {
        assert_eq!(keys(b"\xd8q\xff\x80j\xed\xa0\x80k"), "q j k");
        assert_eq!(keys(b"\x1b[12\rj"), "enter j");
        assert_eq!(keys("\u{9b}j".as_bytes()), "j");
    }

    #[test]
    fn a_sequence_without_end_takes_no_memory_and_does_nothing() {
        let mut long = b"\x1b[".to_vec();
        long.extend(std::iter::repeat_n(b'9', 100_000));
        long.extend(b"mj");
        assert_eq!(keys(&long), "j");
        let mut long = b"\x1b]0;".to_vec();
        long.extend(std::iter::repeat_n(b'q', 100_000));
        long.extend(b"\x07j");
        assert_eq!(keys(&long), "j");
    }

    #[test]
    fn the_mouse_outside_the_screen_is_nowhere() {
        assert_eq!(keys(b"\x1b[<0;0;5M\x1b[<0;5;0m\x1b[<0;;M"), "");
        assert_eq!(keys(b"\x1b[<0;65536;1M"), "Press@65535,0");
        assert_eq!(keys(b"\x1b[<0;99999999999999;1M"), "");
        assert_eq!(keys(b"\x1b[M   \x1b[M!!"), "");
        assert_eq!(
            keys(b"\x1b[<64;2;3M\x1b[<65;2;3M\x1b[<32;2;3M\x1b[<0;2;3m"),
            "WheelUp@1,2 WheelDown@1,2 Drag@1,2 Release@1,2"
        );
        assert_eq!(keys(b"\x1b[M !!\x1b[M#!!"), "Press@0,0 Release@0,0");
    }

    #[test]
    fn a_paste_is_text_only() {
        let paste = b"\x1b[200~q\x1b[31mq\x03\x1b[201\x1b[201~j";
        assert_eq!(
            decoded(&[(paste, false)]),
            ["paste:q\u{1b}[31mq\u{3}\u{1b}[201", "j"]
        );
    }

    #[test]
    fn a_paste_that_stalls_goes_on_and_one_that_lost_its_end_is_left_by_a_key() {
        let burst = [b'q'; 40];
        let stalled = decoded(&[(b"\x1b[200~a", true), (&burst, true), (b"\x1b[201~", false)]);
        assert_eq!(stalled, [format!("paste:a{}", "q".repeat(40))]);
        let lost = decoded(&[(b"\x1b[200~a", true), (b"q", false)]);
        assert_eq!(lost, ["paste:a", "q"]);
        let cut = decoded(&[(b"\x1b[200~a\x1b[20", true), (b"1~", false), (b"q", false)]);
        assert_eq!(cut, ["paste:a", "q"]);
    }

    #[test]
    fn any_bytes_leave_it_alive_and_the_last_key_counts() {
        let mut seed = 0x2545_F491_4F6C_DD1D_u64;
        for _ in 0..2_000 {
            let mut decoder = Decoder::default();
            let mut out = Vec::new();
            for _ in 0..20 {
                let mut chunk = Vec::new();
                for _ in 0..8 {
                    seed ^= seed << 13;
                    seed ^= seed >> 7;
                    seed ^= seed << 17;
                    let special = b"\x1b\x1b[]O<;0M~P\\\x07";
                    let at = (seed >> 20) as usize % (2 * special.len());
                    chunk.push(special.get(at).copied().unwrap_or((seed >> 33) as u8));
                }
                decoder.feed(&chunk, &mut out);
            }
            decoder.expire(&mut out);
            decoder.expire(&mut out);
            decoder.feed(b"q", &mut out);
            assert!(matches!(out.last(), Some(Msg::Key(key)) if key.letter() == Some('q')));
        }
    }
}
