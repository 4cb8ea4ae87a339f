//! A reader with any keys and any sizes, before the sample: bytes from the terminal become keys,
//! keys change the state, and the state is painted. Nothing panics, nothing hidden is painted.
//! 0xFF, which no terminal sends, changes the size to the two bytes behind it.
#![no_main]

#[path = "../../tests/support/sample.rs"]
mod sample;

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use sokhan::app::{Effect, Extent, Msg, Settings, State, hurry, update};
use sokhan::query::Index;
use sokhan::shell::Decoder;
use sokhan::store::Progress;
use sokhan::ui;

static SAMPLE: LazyLock<Arc<Index>> = LazyLock::new(|| Arc::new(sample::index()));

fuzz_target!(|data: &[u8]| {
    let settings = Settings {
        today: Some(19_915),
        mouse: true,
        ..Settings::default()
    };
    let mut state = State::new(settings, (80, 24));
    let mut waiting = vec![Msg::Loaded {
        index: Arc::clone(&SAMPLE),
        warnings: Arc::new(vec!["one".to_owned(), "two".to_owned()]),
        extent: Extent::Whole,
    }];
    let mut decoder = Decoder::default();
    let mut parts = data.split(|byte| *byte == 0xFF);
    decoder.feed(parts.next().unwrap_or_default(), &mut waiting);
    show(&mut state, &mut waiting);
    for part in parts {
        let (size, keys) = part.split_at(part.len().min(2));
        if let [columns, rows] = *size {
            waiting.push(Msg::Resize(columns.into(), (rows / 2).into()));
        }
        if decoder.patience().is_some() {
            decoder.expire(&mut waiting);
        }
        decoder.feed(keys, &mut waiting);
        show(&mut state, &mut waiting);
    }
});

/// Takes all that waits and paints once.
fn show(state: &mut State, waiting: &mut Vec<Msg>) {
    let mut effects = Vec::new();
    for message in waiting.drain(..) {
        effects.extend(hurry(state, message));
    }
    state.settle();
    for effect in effects {
        perform(state, effect);
    }
    let area = Rect::new(0, 0, state.size.0, state.size.1);
    let mut buffer = Buffer::empty(area);
    if let Some(cursor) = ui::view(state, &mut buffer) {
        assert!(area.contains(cursor.into()), "{cursor:?} in {area:?}");
    }
    for cell in buffer.content() {
        assert!(!cell.symbol().contains(hidden), "{:?}", cell.symbol());
    }
}

fn perform(state: &mut State, effect: Effect) {
    match effect {
        Effect::Search { generation, needle } => {
            let found = state.index.search(&needle, &Progress::default());
            let hits = found.map(|found| found.bits.iter().collect());
            let hits = hits.unwrap_or_default();
            update(state, Msg::Answer { generation, hits });
        }
        Effect::Open(address) => {
            assert!(address.starts_with("https://") || address.starts_with("http://"));
        }
        _ => {}
    }
}

fn hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
