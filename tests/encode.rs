//! What terminals make of our bytes: models of each family, fed frame after frame, must show the
//! wanted grid.

#[path = "encode/emulator.rs"]
mod emulator;
#[path = "encode/families.rs"]
mod families;

use std::io::Write;
use std::num::NonZeroU16;
use std::sync::{Arc, Mutex};

use emulator::{Cell, Emulator};
use families::{shown, visible};
use proptest::prelude::*;
use proptest::strategy::Strategy as _;
use ratatui::Terminal;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Modifier, Style};
use sokhan::shell::backend::Backend;
use sokhan::shell::encode::{Letter, Levels, Options, Strategy};
use sokhan::text::{Direction, TextPolicy, lay_out};

/// The levels of a row by our own algorithm.
fn levels(text: &str) -> Vec<u8> {
    let row: Vec<Letter> = text.chars().map(Letter::new).collect();
    let mut levels = Levels::default();
    levels.resolve(&row);
    levels.of
}

/// The same by the crate `unicode-bidi`.
fn oracle(text: &str) -> Vec<u8> {
    let info = unicode_bidi::ParagraphBidiInfo::new(text, None);
    let levels = info.reordered_levels_per_char(0..text.len());
    text.char_indices()
        .zip(levels)
        .map(|(_, level)| level.number())
        .collect()
}

#[test]
fn levels_as_the_standard_has_them() {
    let rows = [
        "",
        "a",
        "ا",
        "ab اب cd",
        "اب ab",
        "ا 12 ب",
        "اب (ab) ج",
        "12 ا",
        "ا (b) c",
        "a [ا] 1",
        "ا 1.5% ",
        "a $12-13 ا+1",
        "│ا│a│ ",
        "(ا)",
        "«ا» a",
        "ا۱٬۲۳۴٫۵٪",
    ];
    for text in rows {
        assert_eq!(levels(text), oracle(text), "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]
    #[test]
    fn levels_as_another_implementation_has_them(
        text in "[abاب12۱۲٣ ,./+$%()\\[\\]«»│-]{0,24}",
    ) {
        prop_assert_eq!(levels(&text), oracle(&text));
    }
}

const COLUMNS: u16 = 46;
const ROWS: u16 = 8;

/// What a pane can hold.
const TEXTS: &[&str] = &[
    "قالیباف: «سلام! این لایحه (دربارهٔ ماده ۱۲) را امضا نمی‌کنیم.»",
    "رئیس‌جمهور می‌رود؛ خانه‌ها و کتاب‌های او، مگر نه؟",
    "گروه BRICS با SCO و ECO در ۱۴۰۳ نشست: ۲۴٫۵٪ رشد.",
    "BRICS گسترش یافت؛ ۱۲ کشور.",
    "۱۴۰۳/۰۹/۰۲ روز جمعه ۲۲-۱۱ بود (22 Nov 2024)",
    "مُحَمَّد: اَلسَّلامُ عَلَیکُم",
    "Kazan: 22-24 October, «yes» (no)",
    "50% of 12 — «ما» (we) said: \"نه\"",
    "ابن‌سینا ـ بـــله ﷲ",
    "中国 و ایران 👍 است",
    "لا لا لا الا",
    "",
];

/// One frame: a text and a first line for each pane, and what is lit.
#[derive(Clone, Debug)]
struct Frame {
    texts: [usize; 2],
    first: u16,
    split: u16,
    lit: (u16, u16, u16),
    style: usize,
    /// Columns between a pane's edge and its text: nothing, a border, a border and a blank.
    margin: u16,
    cursor: (u16, u16),
}

fn frames() -> impl proptest::strategy::Strategy<Value = Vec<Frame>> {
    let texts = [0..TEXTS.len(), 0..TEXTS.len()];
    let lit = (0..COLUMNS, 0..ROWS, 0..COLUMNS);
    let cursor = (0..COLUMNS, 0..ROWS);
    let frame = (
        texts,
        0..4_u16,
        8..COLUMNS - 8,
        lit,
        0..STYLES.len(),
        0..3_u16,
        cursor,
    );
    let frame = frame.prop_map(|(texts, first, split, lit, style, margin, cursor)| Frame {
        texts,
        first,
        split,
        lit,
        style,
        margin,
        cursor,
    });
    proptest::collection::vec(frame, 1..6)
}

const STYLES: &[Style] = &[
    Style::new()
        .fg(Color::Rgb(200, 30, 30))
        .bg(Color::Rgb(0, 0, 90)),
    Style::new().add_modifier(Modifier::BOLD),
    Style::new().fg(Color::Black).bg(Color::Yellow),
    Style::new().add_modifier(Modifier::REVERSED),
    Style::new()
        .fg(Color::Indexed(99))
        .add_modifier(Modifier::UNDERLINED),
];

/// Draws a frame: two panes of laid out text, and a lit stretch over whatever is there.
fn draw(frame: &Frame, buffer: &mut Buffer) {
    let split = frame.split;
    let panes = [
        Rect::new(0, 0, split, ROWS),
        Rect::new(split, 0, COLUMNS - split, ROWS),
    ];
    for (pane, text) in panes.into_iter().zip(frame.texts) {
        let margin = frame.margin;
        let width = pane.width - 2 * margin;
        let layout = lay_out(
            TEXTS[text],
            usize::from(width),
            Direction::Rtl,
            TextPolicy::default(),
        );
        for y in 0..ROWS {
            if margin > 0 {
                buffer[(pane.x, y)].set_symbol("│");
                buffer[(pane.right() - 1, y)].set_symbol("│");
            }
            let Some(line) = layout.lines.get(usize::from(y + frame.first) % 9) else {
                continue;
            };
            let indent = if line.rtl {
                usize::from(width) - line.width
            } else {
                0
            };
            for (column, cell) in line.columns() {
                let x = pane.x + margin + (indent + column) as u16;
                buffer[(x, y)].set_symbol(cell.symbol());
            }
        }
    }
    let (x, y, length) = frame.lit;
    buffer.set_style(
        Rect::new(x, y, length.min(COLUMNS - x), 1),
        STYLES[frame.style],
    );
}

/// A writer that can be looked into from outside.
#[derive(Clone, Default)]
struct Pipe(Arc<Mutex<Vec<u8>>>);

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("one thread").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Draws all frames through one backend and looks at the screen after each.
fn watch(strategy: Strategy, frames: &[Frame], mut look: impl FnMut(&Frame, &Buffer, &Emulator)) {
    let pipe = Pipe::default();
    let options = Options {
        marks: strategy != Strategy::Reversed,
        ..Options::default()
    };
    let size = || Ok(Size::new(COLUMNS, ROWS));
    let backend = Backend::with_size(pipe.clone(), strategy, options, size);
    let mut terminal = Terminal::new(backend).expect("a terminal");
    let mut emulator = Emulator::new(COLUMNS.into(), ROWS.into());
    for frame in frames {
        let mut wanted = Buffer::empty(Rect::new(0, 0, COLUMNS, ROWS));
        draw(frame, &mut wanted);
        let drawn = terminal.draw(|out| {
            *out.buffer_mut() = wanted.clone();
            out.set_cursor_position(frame.cursor);
        });
        drawn.expect("drawn");
        let bytes = std::mem::take(&mut *pipe.0.lock().expect("one thread"));
        emulator.feed(&bytes);
        look(frame, &wanted, &emulator);
        for x in 0..COLUMNS {
            let screen = terminal.backend().screen();
            let at = Position::new(x, frame.cursor.1);
            assert_eq!(
                screen.from_terminal(screen.to_terminal(at)),
                at,
                "clicks come back"
            );
        }
        let at = terminal.backend().screen().to_terminal(frame.cursor.into());
        assert_eq!(emulator.cursor(), (at.x.into(), at.y.into()));
    }
}

/// The symbols of a row, as they should be seen.
fn wanted_row(strategy: Strategy, buffer: &Buffer, y: u16) -> Vec<String> {
    let mut covered = 0;
    let symbol = |x| {
        let symbol = buffer[(x, y)].symbol();
        if covered > 0 {
            covered -= 1;
            return String::new();
        }
        covered = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
        let marks = |c: &char| ('\u{64b}'..='\u{65f}').contains(c);
        if strategy == Strategy::Reversed {
            return symbol.chars().filter(|c| !marks(c)).collect();
        }
        symbol.to_owned()
    };
    (0..COLUMNS).map(symbol).collect()
}

/// What cannot be shown rightly: `PuTTY` needs a blank left of the letters when a row begins with
/// them and ends otherwise; Konsole cannot join the letter in the very first column.
fn is_beyond(strategy: Strategy, wanted: &[String], seen: &[String]) -> bool {
    let first = wanted.iter().find(|symbol| *symbol != "│");
    let touches_the_edge = first.is_some_and(|symbol| symbol != " ");
    (strategy == Strategy::Inverse && touches_the_edge)
        || (joins(strategy) && wanted[1..] == seen[1..])
}

fn joins(strategy: Strategy) -> bool {
    matches!(strategy, Strategy::Joined | Strategy::JoinedInTmux)
}

/// The rows that are shown wrongly.
fn wrong_rows(strategy: Strategy, frames: &[Frame]) -> Vec<String> {
    let mut wrong = Vec::new();
    watch(strategy, frames, |frame, buffer, emulator| {
        for y in 0..ROWS {
            let wanted = wanted_row(strategy, buffer, y);
            let seen = shown(strategy, &emulator.rows[usize::from(y)]);
            let symbols: Vec<String> = seen.iter().map(|(symbol, _)| symbol.clone()).collect();
            if symbols != wanted && is_beyond(strategy, &wanted, &symbols) {
                continue;
            }
            if symbols != wanted {
                wrong.push(format!("{frame:?} row {y}:\n{wanted:?}\n{symbols:?}"));
                continue;
            }
            for (x, (_, cell)) in seen.iter().enumerate() {
                let wanted = &buffer[(x as u16, y)];
                let style = (wanted.fg, wanted.bg, wanted.modifier);
                if !is_alike(strategy, style, cell) {
                    wrong.push(format!("{frame:?} column {x} row {y}: {style:?} {cell:?}"));
                }
            }
        }
    });
    wrong
}

/// Whether a cell's colours are the wanted ones, as far as an eye tells.
fn is_alike(strategy: Strategy, (fg, bg, modifier): (Color, Color, Modifier), cell: &Cell) -> bool {
    if cell.text.is_empty() {
        return true;
    }
    let drawn = Modifier::REVERSED | Modifier::UNDERLINED;
    if [" ", "\u{2800}"].contains(&&*visible(&cell.text))
        && !(modifier | cell.modifier).intersects(drawn)
    {
        return bg == cell.bg;
    }
    let font = Modifier::BOLD | Modifier::ITALIC;
    // Where another weight would be another font, it is given up.
    let gives_up = strategy == Strategy::Reversed || joins(strategy);
    let fonts = if gives_up { font } else { Modifier::empty() };
    let same_modifier = modifier - fonts == cell.modifier - fonts;
    let coloured = matches!(
        strategy,
        Strategy::Alternate | Strategy::Alternate256 | Strategy::Unknown | Strategy::UnknownBare
    );
    let same_fg = fg == cell.fg
        || match (coloured, fg, cell.fg) {
            (true, Color::Rgb(r, g, b), Color::Rgb(cr, cg, cb)) => {
                (r, g) == (cr, cg) && b.abs_diff(cb) <= 1
            }
            // The theme's colours are spelled out.
            (true, _, Color::Rgb(..) | Color::Indexed(_)) => true,
            _ => false,
        };
    same_fg && bg == cell.bg && same_modifier
}

/// A frame as it stands in the program: borders, blanks, Persian in both panes.
fn usual() -> Frame {
    let (lit, cursor) = ((20, 2, 9), (3, 3));
    Frame {
        texts: [0, 2],
        first: 0,
        split: 20,
        lit,
        style: 2,
        margin: 2,
        cursor,
    }
}

#[test]
fn the_models_spoil_what_is_not_meant_for_them() {
    let spoiling = [
        Strategy::Joined,
        Strategy::Boxed,
        Strategy::Reversed,
        Strategy::Alternate,
        Strategy::Inverse,
        Strategy::OverrideRow,
    ];
    watch(Strategy::Plain, &[usual()], |_, buffer, emulator| {
        for strategy in spoiling {
            let row = shown(strategy, &emulator.rows[0]);
            let seen: Vec<String> = row.into_iter().map(|(symbol, _)| symbol).collect();
            assert_ne!(seen, wanted_row(Strategy::Plain, buffer, 0), "{strategy:?}");
        }
    });
}

/// What comes out of a tmux whose first read ends at `cut`: it loses a ZWJ there.
fn through_tmux(text: &str, cut: usize) -> String {
    let (first, second) = text.split_at(cut);
    format!(
        "{}{second}",
        first.strip_suffix('\u{200d}').unwrap_or(first)
    )
}

#[test]
fn wherever_a_read_of_tmux_ends_konsole_shows_the_same() {
    let pipe = Pipe::default();
    let size = || Ok(Size::new(COLUMNS, ROWS));
    let strategy = Strategy::JoinedInTmux;
    let backend = Backend::with_size(pipe.clone(), strategy, Options::default(), size);
    let mut terminal = Terminal::new(backend).expect("a terminal");
    let mut wanted = Buffer::empty(Rect::new(0, 0, COLUMNS, ROWS));
    draw(&usual(), &mut wanted);
    terminal
        .draw(|out| *out.buffer_mut() = wanted.clone())
        .expect("drawn");
    let bytes = std::mem::take(&mut *pipe.0.lock().expect("one thread"));
    let text = String::from_utf8(bytes).expect("UTF-8");
    let cuts = text
        .match_indices('\u{200d}')
        .map(|(at, zwj)| at + zwj.len());
    assert!(cuts.clone().count() > 40);
    for cut in cuts.chain([0]) {
        let mut emulator = Emulator::new(COLUMNS.into(), ROWS.into());
        emulator.feed(through_tmux(&text, cut).as_bytes());
        for y in 0..ROWS {
            let seen = shown(strategy, &emulator.rows[usize::from(y)]);
            let seen: Vec<String> = seen.into_iter().map(|(symbol, _)| symbol).collect();
            assert_eq!(seen, wanted_row(strategy, &wanted, y), "cut at {cut}");
        }
    }
}

#[test]
fn no_cell_outgrows_what_tmux_keeps_of_it() {
    let frames = [
        usual(),
        Frame {
            texts: [5, 9],
            margin: 0,
            ..usual()
        },
    ];
    watch(Strategy::JoinedInTmux, &frames, |_, _, emulator| {
        for cell in emulator.rows.iter().flatten() {
            assert!(cell.text.len() <= 21, "{:?}", cell.text);
        }
    });
}

#[test]
fn another_emulator_sees_the_same() {
    let pipe = Pipe::default();
    let size = || Ok(Size::new(COLUMNS, ROWS));
    let backend = Backend::with_size(pipe.clone(), Strategy::Plain, Options::default(), size);
    let mut terminal = Terminal::new(backend).expect("a terminal");
    let columns = NonZeroU16::new(COLUMNS).expect("some");
    let mut other = vt100::Parser::new(NonZeroU16::new(ROWS).expect("some"), columns, 0);
    for texts in [[0, 2], [5, 9], [1, 7], [10, 9]] {
        let mut wanted = Buffer::empty(Rect::new(0, 0, COLUMNS, ROWS));
        draw(&Frame { texts, ..usual() }, &mut wanted);
        terminal
            .draw(|out| *out.buffer_mut() = wanted.clone())
            .expect("drawn");
        other.process(&std::mem::take(&mut *pipe.0.lock().expect("one thread")));
        for y in 0..ROWS {
            let cell = |x| {
                other
                    .screen()
                    .cell(y, x)
                    .map(|cell| cell.contents().to_owned())
            };
            let seen: Vec<String> = (0..COLUMNS).filter_map(cell).collect();
            let blank = |symbol: String| if symbol == " " { String::new() } else { symbol };
            let seen: Vec<String> = seen.into_iter().map(blank).collect();
            let wanted = wanted_row(Strategy::Plain, &wanted, y)
                .into_iter()
                .map(blank);
            assert_eq!(seen, wanted.collect::<Vec<_>>());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn any_frames_are_shown_as_wanted(frames in frames()) {
        for strategy in Strategy::ALL {
            if *strategy != Strategy::Inverse {
                let wrong = wrong_rows(*strategy, &frames);
                prop_assert!(wrong.is_empty(), "{:?}: {}", strategy, wrong[0]);
            }
        }
    }

    #[test]
    fn any_frames_are_shown_as_wanted_by_putty(frames in frames()) {
        let wrong = wrong_rows(Strategy::Inverse, &frames);
        prop_assert!(wrong.is_empty(), "{}", wrong[0]);
    }
}
