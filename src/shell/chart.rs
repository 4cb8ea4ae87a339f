//! The same line fed to the terminal in several ways, one under the other, for a reader to judge.

use ratatui::buffer::Cell;
use ratatui::layout::Size;

use super::encode::{Options, Screen, Strategy, move_to};
use crate::text::{Direction, TextPolicy, lay_out};

/// One line of a chart.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// Row on the screen, from 0.
    pub row: u16,
    /// What stands at the left end, in ASCII.
    pub label: &'a str,
    /// Column of the text's first cell, from 0.
    pub column: u16,
    /// What is written.
    pub text: &'a str,
    /// How its letters are made cells.
    pub policy: TextPolicy,
    /// How the terminal is fed.
    pub strategy: Strategy,
    /// What the terminal can.
    pub options: Options,
}

/// The bytes that draw `samples` on a blank screen of so many columns and rows. Modes are set
/// around each line: a terminal that knows them keeps them by the line. Those of mlterm are for the
/// whole screen and left to the caller.
pub fn chart(columns: u16, rows: u16, samples: &[Sample]) -> Vec<u8> {
    let mut out = Vec::new();
    for sample in samples {
        let by_line = !matches!(sample.strategy, Strategy::Mlterm | Strategy::MltermInTmux);
        if by_line {
            out.extend_from_slice(sample.strategy.enter());
        }
        // VTE keeps the mode that a line was first written in; erasing the line begins it anew.
        move_to(0, sample.row.into(), &mut out);
        out.extend_from_slice(b"\x1b[2K");
        let mut screen = Screen::new(sample.strategy, sample.options);
        screen.resize(Size::new(columns, rows));
        draw(sample, columns, &mut screen);
        screen.emit(&mut out);
        if by_line {
            out.extend_from_slice(sample.strategy.leave());
        }
    }
    out
}

fn draw(sample: &Sample, columns: u16, screen: &mut Screen) {
    let width = columns.saturating_sub(sample.column);
    let layout = lay_out(sample.text, width.into(), Direction::Rtl, sample.policy);
    let Some(line) = layout.lines.first() else {
        return;
    };
    for (column, letter) in sample.label.chars().enumerate() {
        screen.set(column as u16, sample.row, &Cell::from(letter));
    }
    for (column, laid) in line.columns() {
        let mut cell = Cell::EMPTY;
        cell.set_symbol(laid.symbol());
        screen.set(sample.column + column as u16, sample.row, &cell);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_fed_in_its_own_way() {
        let sample = |row, strategy| Sample {
            row,
            label: "1",
            column: 2,
            text: "لا",
            policy: TextPolicy::default(),
            strategy,
            options: Options::default(),
        };
        let samples = [sample(0, Strategy::Plain), sample(1, Strategy::Explicit)];
        let bytes = String::from_utf8(chart(9, 2, &samples)).expect("UTF-8");
        let line = "1 \u{fefb}";
        assert_eq!(
            bytes,
            format!("\x1b[1;1H\x1b[2K\x1b[1;1H{line}\x1b[8l\x1b[2;1H\x1b[2K\x1b[2;1H{line}\x1b[8h")
        );
    }
}
