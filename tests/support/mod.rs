//! A reader at a scripted keyboard: the real loop, and a sheet of cells for a terminal.

#![allow(dead_code, reason = "each test file uses its own part of this")]

pub mod sample;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::sync::{Arc, LazyLock, mpsc};

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use sokhan::app::{Effect, Extent, Key, Mouse, MouseKind, Msg, Settings, State};
use sokhan::query::Index;
use sokhan::shell::{Event, Outside, run};
use sokhan::ui;

/// The bundled sample.
pub static SAMPLE: LazyLock<Arc<Index>> = LazyLock::new(|| Arc::new(sample::index()));

/// What stands in for the terminal: takes frames, remembers what was asked of it.
pub struct Sheet {
    size: (u16, u16),
    pub cells: Buffer,
    pub cursor: Option<(u16, u16)>,
    pub effects: Vec<Effect>,
}

impl Outside for Sheet {
    fn size(&self) -> (u16, u16) {
        self.size
    }

    fn draw(&mut self, state: &State) -> io::Result<()> {
        self.cells = Buffer::empty(Rect::new(0, 0, state.size.0, state.size.1));
        self.cursor = ui::view(state, &mut self.cells);
        Ok(())
    }

    fn perform(&mut self, effect: Effect, _state: &State) -> Option<Msg> {
        self.effects.push(effect);
        None
    }

    fn suspend(&mut self) {
        self.effects.push(Effect::Suspend);
    }

    fn resume(&mut self) {}

    fn was_resumed(&self) -> bool {
        false
    }
}

/// A reader who has the program open.
pub struct Session {
    pub state: State,
    pub sheet: Sheet,
}

impl Session {
    /// The sample on a screen of `width` columns and `height` rows.
    pub fn open(width: u16, height: u16) -> Self {
        Self::with(Settings::default(), width, height)
    }

    /// The same, with settings.
    pub fn with(settings: Settings, width: u16, height: u16) -> Self {
        let mut session = Self::empty(settings, width, height);
        session.send(loaded(&SAMPLE));
        session
    }

    /// Before any data.
    pub fn empty(settings: Settings, width: u16, height: u16) -> Self {
        Self {
            state: State::new(settings, (width, height)),
            sheet: Sheet {
                size: (width, height),
                cells: Buffer::default(),
                cursor: None,
                effects: Vec::new(),
            },
        }
    }

    /// Presses keys, written as in the key table and parted by blanks. Besides keys: `type:WORDS`
    /// (`_` for a blank), `paste:WORDS`, `size:80x24`, `click:COLUMN,ROW`, `drag:…`, `up:…`,
    /// `down:…` (the wheel), `release:…`.
    pub fn press(&mut self, script: &str) -> &mut Self {
        for word in script.split_whitespace() {
            for msg in self.messages(word) {
                self.send(msg);
            }
        }
        self
    }

    /// The same, but all keys come at once and are drawn once.
    pub fn flood(&mut self, script: &str) -> &mut Self {
        let words = script.split_whitespace();
        let messages: Vec<Msg> = words.flat_map(|word| self.messages(word)).collect();
        self.send_all(messages)
    }

    /// One message, through the real loop.
    pub fn send(&mut self, msg: Msg) -> &mut Self {
        self.send_all([msg])
    }

    fn send_all(&mut self, messages: impl IntoIterator<Item = Msg>) -> &mut Self {
        let (sender, events) = mpsc::channel();
        for msg in messages {
            sender.send(Event::Msg(msg)).expect("the loop listens");
        }
        drop(sender);
        run(&mut self.state, &events, &mut self.sheet);
        self
    }

    fn messages(&mut self, word: &str) -> Vec<Msg> {
        let Some((what, rest)) = word.split_once(':').filter(|(what, _)| !what.is_empty()) else {
            return vec![Msg::Key(key(word))];
        };
        let words = || rest.replace('_', " ");
        let kind = match what {
            "type" => {
                let letters = words();
                let keys = letters.chars().map(|letter| match letter {
                    ' ' => key("space"),
                    _ => key(&letter.to_string()),
                });
                return keys.map(Msg::Key).collect();
            }
            "paste" => return vec![Msg::Paste(words())],
            "size" => {
                let (width, height) = pair(rest, 'x');
                self.sheet.size = (width, height);
                return vec![Msg::Resize(width, height)];
            }
            "click" => MouseKind::Press,
            "drag" => MouseKind::Drag,
            "release" => MouseKind::Release,
            "up" => MouseKind::WheelUp,
            "down" => MouseKind::WheelDown,
            _ => unreachable!("`{word}` is no step"),
        };
        let (column, row) = pair(rest, ',');
        vec![Msg::Mouse(Mouse { kind, column, row })]
    }

    /// The rows of the screen, cells from left to right, without blanks at the end.
    pub fn rows(&self) -> Vec<String> {
        let width = usize::from(self.sheet.cells.area.width).max(1);
        let rows = self.sheet.cells.content().chunks(width);
        rows.map(|row| row.iter().map(Cell::symbol).collect::<String>())
            .map(|row| row.trim_end().to_owned())
            .collect()
    }

    /// The screen for a snapshot: rows in the order of cells, each between U+202D and U+202C so
    /// that a viewer who reorders shows them as the terminal does; then a letter for the style of
    /// each cell, and what the letters mean.
    pub fn screen(&self) -> String {
        let mut text = String::new();
        for row in self.rows() {
            let _ = writeln!(text, "\u{202d}{row}\u{202c}");
        }
        if let Some((column, row)) = self.sheet.cursor {
            let _ = writeln!(text, "cursor at {column},{row}");
        }
        text.push_str(&self.styles());
        text
    }

    fn styles(&self) -> String {
        let width = usize::from(self.sheet.cells.area.width).max(1);
        let mut letters: BTreeMap<String, char> = BTreeMap::new();
        let mut legend = String::new();
        let mut grid = String::new();
        for row in self.sheet.cells.content().chunks(width) {
            let mut line = String::new();
            for cell in row {
                let style = style(cell);
                if style.is_empty() {
                    line.push('.');
                    continue;
                }
                let next = (b'a' + letters.len() as u8) as char;
                let letter = *letters.entry(style.clone()).or_insert_with(|| {
                    let _ = writeln!(legend, "{next}  {style}");
                    next
                });
                line.push(letter);
            }
            let _ = writeln!(grid, "{}", line.trim_end_matches('.'));
        }
        grid + &legend
    }

    /// What was asked of the outside since the last look.
    pub fn effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.sheet.effects)
    }

    /// Id of the event under the cursor.
    pub fn event(&self) -> String {
        self.state
            .record()
            .map_or_else(String::new, |record| record.id.clone())
    }
}

/// The message that brings a collection.
pub fn loaded(index: &Arc<Index>) -> Msg {
    Msg::Loaded {
        index: Arc::clone(index),
        warnings: Arc::default(),
        extent: Extent::Whole,
    }
}

/// A key by its name.
pub fn key(name: &str) -> Key {
    name.parse().expect("a key")
}

fn pair(text: &str, between: char) -> (u16, u16) {
    let (one, other) = text.split_once(between).expect("two numbers");
    (
        one.parse().expect("a number"),
        other.parse().expect("a number"),
    )
}

/// The style of a cell in words; nothing for a blank that shows none.
fn style(cell: &Cell) -> String {
    let shows_ink = cell.symbol() != " ";
    let mut words = Vec::new();
    if cell.fg != Color::Reset && shows_ink {
        words.push(cell.fg.to_string());
    }
    if cell.bg != Color::Reset {
        words.push(format!("on {}", cell.bg));
    }
    for (modifier, name) in [
        (Modifier::BOLD, "bold"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
    ] {
        if cell.modifier.contains(modifier) && (shows_ink || modifier != Modifier::BOLD) {
            words.push(name.to_owned());
        }
    }
    words.join(" ")
}
