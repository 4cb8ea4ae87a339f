//! What a frame of 200×50 full of Persian costs: from changed cells to bytes, for each strategy.
//!
//! Goal: a full frame in 1 ms (p99). Run with `cargo bench --bench encode`, on a quiet machine:
//! whatever else runs shows in p99. What the real screens cost in bytes is held to in
//! `tests/cost.rs`.

#![expect(clippy::print_stdout, reason = "it prints a table")]
#![expect(clippy::disallowed_methods, reason = "it measures time")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use sokhan::shell::encode::{Options, Screen, Strategy};
use sokhan::text::{Direction, TextPolicy, lay_out};

/// Frames for each figure: p99 is the tenth slowest.
const ROUNDS: usize = 1000;

fn main() {
    println!(
        "{:16} {:>8} {:>8} {:>8} {:>8}   {:>8} {:>8} {:>8}",
        "", "full: ms", "p99", "slowest", "bytes", "row: ms", "p99", "bytes"
    );
    for strategy in Strategy::ALL {
        let (full, bytes) = full_frame(*strategy);
        let (row, row_bytes) = scroll_by_one(*strategy);
        println!(
            "{:16} {:>8.3} {:>8.3} {:>8.3} {bytes:>8}   {:>8.3} {:>8.3} {row_bytes:>8}",
            strategy.name(),
            ms(full[ROUNDS / 2]),
            ms(full[ROUNDS * 99 / 100]),
            ms(full[ROUNDS - 1]),
            ms(row[ROUNDS / 2]),
            ms(row[ROUNDS * 99 / 100]),
        );
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// How long each round took, shortest first; some rounds before do not count.
fn times(mut round: impl FnMut()) -> Vec<Duration> {
    (0..ROUNDS / 10).for_each(|_| round());
    let rounds = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        round();
        start.elapsed()
    });
    let mut times: Vec<Duration> = rounds.collect();
    times.sort();
    times
}

const SIZE: Size = Size::new(200, 50);

const TEXTS: &[&str] = &[
    "قالیباف: «سلام! این لایحه (دربارهٔ ماده ۱۲) را امضا نمی‌کنیم.» نمایندگان گفتند: آری.",
    "رئیس‌جمهور می‌رود؛ خانه‌ها و کتاب‌های او می‌مانند، مگر نه؟",
    "گروه BRICS با SCO و ECO در ۱۴۰۳ نشست داشت: ۲۴٫۵٪ رشد، ۱۲ کشور در کازان.",
    "۱۴۰۳/۰۹/۰۲ روز جمعه، سن‌پترزبورگ؛ پوتین و پزشکیان دیدار کردند.",
];

/// Three panes: facets, a list, a text that fills its lines. `first` scrolls all of them.
fn frame(first: usize) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.width, SIZE.height));
    for (x, width, repeat) in [(0, 40, 1), (40, 80, 1), (120, 80, 9)] {
        pane(
            Rect::new(x, 0, width, SIZE.height),
            first,
            repeat,
            &mut buffer,
        );
    }
    buffer
}

fn pane(area: Rect, first: usize, repeat: usize, buffer: &mut Buffer) {
    let width = usize::from(area.width) - 4;
    let texts = TEXTS.iter().map(|text| text.repeat(repeat));
    let layouts: Vec<_> = texts
        .map(|text| lay_out(&text, width, Direction::Rtl, TextPolicy::default()))
        .collect();
    let lines: Vec<_> = layouts.iter().flat_map(|layout| &layout.lines).collect();
    for y in 0..area.height {
        buffer[(area.x, y)].set_symbol("│");
        buffer[(area.right() - 1, y)].set_symbol("│");
        let line = lines[(usize::from(y) + first) % lines.len()];
        for (column, cell) in line.columns() {
            let x = area.x + 2 + (width - line.width + column) as u16;
            buffer[(x, y)].set_symbol(cell.symbol());
        }
    }
}

/// Draws what differs from `before`, as ratatui would.
fn draw(screen: &mut Screen, before: &Buffer, after: &Buffer, out: &mut Vec<u8>) {
    for (x, y, cell) in before.diff(after) {
        screen.set(x, y, cell);
    }
    screen.emit(out);
}

fn screen(strategy: Strategy) -> Screen {
    let mut screen = Screen::new(strategy, Options::default());
    screen.resize(SIZE);
    screen
}

/// The whole screen drawn on a cleared one; times, and bytes a frame.
fn full_frame(strategy: Strategy) -> (Vec<Duration>, usize) {
    let blank = Buffer::empty(Rect::new(0, 0, SIZE.width, SIZE.height));
    let full = frame(0);
    let changes = blank.diff(&full);
    let mut screen = screen(strategy);
    let mut out = Vec::new();
    let times = times(|| {
        out.clear();
        screen.clear(&mut out);
        for (x, y, cell) in &changes {
            screen.set(*x, *y, cell);
        }
        screen.emit(&mut out);
        black_box(out.len());
    });
    (times, out.len())
}

/// All three panes scrolled by one row, to and fro.
fn scroll_by_one(strategy: Strategy) -> (Vec<Duration>, usize) {
    let frames = [frame(0), frame(1)];
    let mut screen = screen(strategy);
    let mut out = Vec::new();
    let blank = Buffer::empty(frames[0].area);
    draw(&mut screen, &blank, &frames[0], &mut out);
    let changes = [frames[0].diff(&frames[1]), frames[1].diff(&frames[0])];
    let mut turn = 0;
    let times = times(|| {
        out.clear();
        for (x, y, cell) in &changes[turn] {
            screen.set(*x, *y, cell);
        }
        screen.emit(&mut out);
        turn = 1 - turn;
        black_box(out.len());
    });
    (times, out.len())
}
