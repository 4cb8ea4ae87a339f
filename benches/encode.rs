//! What a frame of 200×50 costs: from changed cells to bytes, for each strategy.
//! Goals: a full frame in 1 ms (p99); one row of scrolling in 10 KB (`plain`, `explicit`), 40 KB
//! (`boxed`). Run with `cargo bench --bench encode`.

use divan::Bencher;
use divan::counter::BytesCount;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use sokhan::shell::encode::{Options, Screen, Strategy};
use sokhan::text::{Direction, TextPolicy, lay_out};

fn main() {
    divan::main();
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

#[divan::bench(args = Strategy::ALL, sample_count = 500, sample_size = 1)]
fn full_frame(bencher: Bencher, strategy: Strategy) {
    let (blank, full) = (
        Buffer::empty(Rect::new(0, 0, SIZE.width, SIZE.height)),
        frame(0),
    );
    let changes = blank.diff(&full);
    let mut screen = screen(strategy);
    let mut out = Vec::new();
    screen.clear(&mut out);
    draw(&mut screen, &blank, &full, &mut out);
    let bencher = bencher.counter(BytesCount::new(out.len()));
    bencher.bench_local(move || {
        out.clear();
        screen.clear(&mut out);
        for (x, y, cell) in &changes {
            screen.set(*x, *y, cell);
        }
        screen.emit(&mut out);
        out.len()
    });
}

#[divan::bench(args = Strategy::ALL, sample_count = 500, sample_size = 1)]
fn scroll_by_one(bencher: Bencher, strategy: Strategy) {
    let frames = [frame(0), frame(1)];
    let mut screen = screen(strategy);
    let mut out = Vec::new();
    draw(
        &mut screen,
        &Buffer::empty(frames[0].area),
        &frames[0],
        &mut out,
    );
    out.clear();
    draw(&mut screen, &frames[0], &frames[1], &mut out);
    let changes = [frames[1].diff(&frames[0]), frames[0].diff(&frames[1])];
    let bencher = bencher.counter(BytesCount::new(out.len()));
    let mut turn = 0;
    bencher.bench_local(move || {
        out.clear();
        for (x, y, cell) in &changes[turn] {
            screen.set(*x, *y, cell);
        }
        screen.emit(&mut out);
        turn = 1 - turn;
        out.len()
    });
}
