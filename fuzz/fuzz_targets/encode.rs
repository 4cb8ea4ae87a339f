//! Any cells, any colours, through every way to feed a terminal: nothing but our own controls goes
//! out, and the models of the terminals show what was wanted. The first bytes choose the way, the
//! colours and the width; each frame is a text on some rows, ended by 0xFF.
#![no_main]

#[allow(dead_code, reason = "the cursor is looked at in tests")]
#[path = "../../tests/encode/emulator.rs"]
mod emulator;
#[path = "../../tests/encode/families.rs"]
mod families;

use emulator::Emulator;
use libfuzzer_sys::fuzz_target;
use ratatui::buffer::Cell;
use ratatui::layout::Size;
use ratatui::style::{Color, Modifier};
use sokhan::shell::encode::{Colours, Options, Screen, Strategy, Wanted};
use sokhan::text::{Direction, TextPolicy, lay_out};

const ROWS: u16 = 6;
const CONTROLS: &[&str] = &["\u{1b}[", "\u{1b}]66;w=1:v=", "\u{1b}\\"];

fuzz_target!(|data: &[u8]| {
    let [way, colours, width, frames @ ..] = data else {
        return;
    };
    let strategy = Strategy::ALL[usize::from(*way) % Strategy::ALL.len()];
    let options = Options {
        colours: [Colours::True, Colours::Indexed, Colours::Sixteen][usize::from(*colours) % 3],
        marks: colours & 4 == 0,
        joiners: colours & 8 == 0,
        ..Options::default()
    };
    let size = Size::new(u16::from(*width % 60) + 1, ROWS);
    let mut screen = Screen::new(strategy, options);
    screen.resize(size);
    let mut emulator = Emulator::new(size.width.into(), size.height.into());
    for (at, frame) in frames.split(|byte| *byte == 0xFF).take(4).enumerate() {
        if at == 0 && colours & 16 != 0 {
            raw(&mut screen, frame, size.width);
        } else {
            laid_out(&mut screen, frame, size.width);
        }
        let mut bytes = Vec::new();
        screen.emit(&mut bytes);
        only_ours(&bytes);
        if shows_as_it_is(strategy) && colours & 16 == 0 {
            emulator.feed(&bytes);
            compare(strategy, &screen, &emulator);
        }
    }
});

/// Ways whose model shows any text, of any script, as it was sent.
fn shows_as_it_is(strategy: Strategy) -> bool {
    matches!(
        strategy,
        Strategy::Plain | Strategy::Explicit | Strategy::Mlterm | Strategy::MltermInTmux
    )
}

/// A text as a pane shows it, at the row and in the colours of its first bytes.
fn laid_out(screen: &mut Screen, frame: &[u8], width: u16) {
    let Some(([row, style], bytes)) = frame.split_first_chunk() else {
        return;
    };
    // A sign before its number, a sound mark behind its letter: the model's widths are not ours.
    let text = String::from_utf8_lossy(bytes).replace(['\u{605}', '\u{ff9e}', '\u{ff9f}'], "");
    let layout = lay_out(&text, width.into(), Direction::Auto, TextPolicy::default());
    for (y, line) in (u16::from(*row) % ROWS..ROWS).zip(&layout.lines) {
        let indent = if line.rtl {
            usize::from(width) - line.width
        } else {
            0
        };
        for (column, cell) in line.columns() {
            let x = (indent + column) as u16;
            screen.set(
                x,
                y,
                &styled(Cell::default().set_symbol(cell.symbol()), *style, x),
            );
        }
    }
}

/// Whatever bytes, a few in each cell, as no part of the program would set them.
fn raw(screen: &mut Screen, frame: &[u8], width: u16) {
    for (at, symbol) in String::from_utf8_lossy(frame).split('|').enumerate() {
        let (x, y) = (at as u16 % (width + 1), at as u16 / (width + 1));
        screen.set(
            x,
            y,
            &styled(Cell::default().set_symbol(symbol), symbol.len() as u8, x),
        );
    }
}

fn styled(cell: &mut Cell, style: u8, x: u16) -> Cell {
    cell.fg = match style & 3 {
        0 => Color::Reset,
        1 => Color::Rgb(style, 0, 255),
        2 => Color::Indexed(style),
        _ => Color::LightRed,
    };
    if u16::from(style >> 4) <= x {
        cell.modifier = Modifier::from_bits_truncate(u16::from(style >> 2));
        cell.bg = Color::Blue;
    }
    cell.clone()
}

/// No control but those that begin or end what we send, no bidi control of an isolate or embedding.
fn only_ours(bytes: &[u8]) {
    let text = str::from_utf8(bytes).expect("UTF-8");
    for (at, letter) in text
        .char_indices()
        .filter(|(_, letter)| letter.is_control())
    {
        let rest = &text[at..];
        assert!(
            CONTROLS.iter().any(|own| rest.starts_with(own)),
            "{letter:?} in {text:?}"
        );
    }
    let steers =
        |letter| matches!(letter, '\u{202a}'..='\u{202c}' | '\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!text.contains(steers), "{text:?}");
}

/// A cluster of several spacing characters is several cells of a terminal.
fn compare(strategy: Strategy, screen: &Screen, emulator: &Emulator) {
    for y in 0..ROWS {
        let wanted = screen.row(y).iter().filter(|cell| cell.width > 0);
        let wanted: String = wanted.map(Wanted::symbol).collect();
        let seen = families::shown(strategy, &emulator.rows[usize::from(y)]);
        let seen: String = seen.iter().map(|(symbol, _)| symbol.as_str()).collect();
        assert_eq!(seen, wanted, "{strategy:?} row {y}");
    }
}
