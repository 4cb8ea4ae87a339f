//! What a whole control sequence means: xterm's keys, rxvt's, the Linux console's, kitty's and
//! the mouse's. Anything else means nothing.

use super::decoder::mouse;
use crate::app::{Code, Key, Mouse};

/// The meaning of a sequence.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Key(Key),
    Mouse(Mouse),
    PasteBegins,
    Nothing,
}

/// `ESC O` and a byte: cursor, function and keypad keys. `None` if it is none.
pub(super) fn ss3(byte: u8) -> Option<Key> {
    let code = match byte {
        b'M' => Code::Enter,
        b'X' => Code::Char('='),
        // The keypad's signs and digits are ASCII moved by 0x40.
        b'j'..=b'y' => Code::Char(char::from(byte - 0x40)),
        // rxvt: ctrl and an arrow.
        b'a'..=b'd' => {
            return named(byte - 0x20).map(|code| Key::with(code, true, false, false));
        }
        _ => named(byte)?,
    };
    Some(Key::plain(code))
}

/// `ESC [`, the bytes in between, and the last byte.
pub(super) fn csi(body: &[u8], last: u8) -> Meaning {
    if let Some(report) = body.strip_prefix(b"<") {
        return sgr_mouse(report, last).map_or(Meaning::Nothing, Meaning::Mouse);
    }
    let Some(numbers) = numbers(body) else {
        return Meaning::Nothing;
    };
    let at = |place: usize| numbers.get(place).copied().flatten();
    if (last, at(0)) == (b'~', Some(200)) {
        return Meaning::PasteBegins;
    }
    let held = match last {
        b'^' => 5,
        b'@' => 6,
        _ => at(1).unwrap_or(1),
    };
    let key = match last {
        b'~' if at(0) == Some(27) => at(2).and_then(by_letter).map(|code| (code, held)),
        b'~' | b'^' | b'@' => at(0).and_then(by_number).map(|code| (code, held)),
        // A key let go (kitty's third event) is no key.
        b'u' if is_release(body) => None,
        b'u' => at(0).and_then(by_letter).map(|code| (code, held)),
        b'Z' => Some((Code::Tab, 2)),
        // rxvt: shift and an arrow.
        b'a'..=b'd' if body.is_empty() => named(last - 0x20).map(|code| (code, 2)),
        // `CSI row ; column R` is the answer to "where is the cursor?"; F3 says 1 first.
        b'R' if numbers.len() != 2 || at(0) != Some(1) || held > 16 => None,
        _ if at(0).unwrap_or(1) == 1 => named(last).map(|code| (code, held)),
        _ => None,
    };
    key.map_or(Meaning::Nothing, |(code, held)| {
        Meaning::Key(with_held(code, held))
    })
}

/// `held` is 1 and the sum of shift 1, alt 2, ctrl 4.
fn with_held(code: Code, held: u32) -> Key {
    let bits = held.saturating_sub(1);
    Key::with(code, bits & 4 != 0, bits & 2 != 0, bits & 1 != 0)
}

/// The numbers between `;`; of `a:b` the first. `None` when there is anything else.
fn numbers(body: &[u8]) -> Option<Vec<Option<u32>>> {
    let text = str::from_utf8(body).ok()?;
    let part = |part: &str| {
        let first = part.split(':').next().unwrap_or_default();
        if first.is_empty() {
            return Some(None);
        }
        first.bytes().all(|byte| byte.is_ascii_digit()).then(|| {
            // Too large a number names nothing.
            first.parse().ok()
        })
    };
    text.split(';').map(part).collect()
}

/// True for kitty's `code;held:3u`.
fn is_release(body: &[u8]) -> bool {
    let mut parts = body.split(|&byte| byte == b';');
    let held = parts.nth(1).unwrap_or_default();
    held.split(|&byte| byte == b':').nth(1) == Some(b"3")
}

fn sgr_mouse(report: &[u8], last: u8) -> Option<Mouse> {
    let released = match last {
        b'M' => false,
        b'm' => true,
        _ => return None,
    };
    match numbers(report)?.as_slice() {
        &[Some(button), Some(column), Some(row)] => mouse(button, column, row, released),
        _ => None,
    }
}

fn named(byte: u8) -> Option<Code> {
    Some(match byte {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'F' => Code::End,
        b'H' => Code::Home,
        b'P'..=b'S' => Code::F(byte - b'P' + 1),
        _ => return None,
    })
}

fn by_number(number: u32) -> Option<Code> {
    let f = |first: u32, of: u8| Code::F(of + u8::try_from(number - first).unwrap_or(0));
    Some(match number {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => f(11, 1),
        17..=21 => f(17, 6),
        23..=26 => f(23, 11),
        28..=29 => f(28, 15),
        31..=34 => f(31, 17),
        _ => return None,
    })
}

/// A Unicode scalar value as kitty and xterm's modifyOtherKeys report it.
fn by_letter(number: u32) -> Option<Code> {
    Some(match number {
        9 => Code::Tab,
        13 => Code::Enter,
        27 => Code::Esc,
        8 | 127 => Code::Backspace,
        // Kitty's private use area: modifiers alone, media keys.
        57_344..=63_743 => return None,
        _ => {
            let letter = char::from_u32(number)?;
            return (!letter.is_control()).then_some(Code::Char(letter));
        }
    })
}
