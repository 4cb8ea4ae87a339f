//! What the real screens cost on the line: the sample on 200×50, one step at a time, through the
//! real backend.

mod support;

use ratatui::layout::Size;
use sokhan::app::{Colours, Settings};
use sokhan::shell::Screen;
use sokhan::shell::backend::Backend;
use sokhan::shell::encode::{Options, Strategy};
use support::Session;

/// Walks through the sample, key by key: what comes before, one step, and how often.
const WALKS: &[(&str, &str, usize)] = &[
    // All events, the detail of each beside the list.
    ("g", "j", 24),
    ("G", "k", 24),
    ("g", "down:190,20", 10),
    // The meeting with the most statements.
    ("g j j j j j j j j j j j j j j j j j j j j enter", "j", 30),
    (
        "g j j j j j j j j j j j j j j j j j j j j",
        "down:10,20",
        20,
    ),
    // All values to filter by, and what each leaves.
    ("f", "j", 60),
    ("/ type:و enter", "n", 15),
];

/// The most bytes that one step costs.
fn dearest_step(strategy: Strategy) -> usize {
    let settings = Settings {
        colours: Colours::True,
        ..Settings::default()
    };
    let size = || Ok(Size::new(200, 50));
    let mut most = 0;
    for (before, step, times) in WALKS {
        let mut session = Session::with(settings.clone(), 200, 50);
        let backend = Backend::with_size(Vec::new(), strategy, Options::default(), size);
        let mut screen = Screen::new(backend);
        session.press(before);
        screen.draw(&session.state).expect("drawn");
        for _ in 0..*times {
            let so_far = screen.backend().writer().len();
            session.press(step);
            screen.draw(&session.state).expect("drawn");
            most = most.max(screen.backend().writer().len() - so_far);
        }
    }
    most
}

#[test]
fn one_step_is_cheap_enough_for_a_slow_line() {
    let dearest = [Strategy::Plain, Strategy::Explicit, Strategy::Boxed].map(dearest_step);
    let [plain, explicit, boxed] = dearest;
    assert!((2_000..=10_000).contains(&plain), "{dearest:?} bytes");
    assert!((2_000..=10_000).contains(&explicit), "{dearest:?} bytes");
    assert!((plain..=40_000).contains(&boxed), "{dearest:?} bytes");
}
