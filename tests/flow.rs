//! The reader's journeys, through the real loop.

mod support;

use std::sync::Arc;

use sokhan::app::{Action, BINDINGS, Context, Effect, FacetLine, Focus, Keymap, Mode, Msg};
use sokhan::model::EventId;
use sokhan::query::{Facet, Index};
use sokhan::store::Store;
use support::{SAMPLE, Session, key, loaded};

#[test]
fn the_cursor_stays_on_its_event_when_filters_come_and_go() {
    let mut session = Session::open(80, 24);
    session.press("G k k k");
    let event = session.event();
    session.press("F type:رهبر:قالیباف enter");
    assert_eq!(session.event(), event);
    assert_eq!(session.state.rows.len(), 6);
    session.press("X");
    assert_eq!(session.event(), event);
    assert_eq!(session.state.rows.len(), 24);
}

#[test]
fn an_event_that_a_filter_hides_gives_way_to_the_next_one_and_comes_back() {
    let mut session = Session::open(80, 24);
    session.press("j");
    let start = session.event();
    session.press("F type:رهبر:قالیباف enter");
    assert_eq!(session.state.timeline.cursor, 0);
    assert_ne!(session.event(), start);
    session.press("X");
    assert_eq!(session.event(), start);
}

#[test]
fn filters_go_off_and_on_and_one_by_one() {
    let mut session = Session::open(80, 24);
    session.press("f space j - esc");
    assert_eq!(session.state.chips.len(), 2);
    let filtered = session.state.rows.len();
    session.press("ctrl-f");
    assert_eq!(session.state.rows.len(), 24);
    session.press("ctrl-f");
    assert_eq!(session.state.rows.len(), filtered);
    session.press("x");
    assert_eq!(session.state.chips.len(), 1);
    session.press("x");
    assert_eq!(
        (session.state.chips.len(), session.state.rows.len()),
        (0, 24)
    );
}

#[test]
fn context_shows_the_neighbours_and_the_same_key_comes_back() {
    let mut session = Session::open(80, 24);
    session.press("F type:رهبر:قالیباف enter j j");
    let event = session.event();
    session.press("c");
    assert_eq!(
        (session.event(), session.state.rows.len()),
        (event.clone(), 24)
    );
    session.press("k k k c");
    assert_eq!((session.event(), session.state.rows.len()), (event, 6));
}

#[test]
fn every_view_can_be_gone_back_to() {
    let mut session = Session::open(80, 24);
    session.press("j j");
    let start = session.event();
    session.press("t type:۱۴۰۳/۴ enter");
    let there = session.event();
    assert_ne!(start, there);
    session.press("ctrl-o");
    assert_eq!(session.event(), start);
    session.press("ctrl-i");
    assert_eq!(session.event(), there);
    session.press("ctrl-o ctrl-o ctrl-o");
    assert!(session.state.notice.is_some(), "the end is said");
}

#[test]
fn a_search_is_live_and_esc_comes_back() {
    let mut session = Session::open(80, 24);
    let start = session.event();
    session.press("/ type:قالیباف");
    assert_ne!(session.event(), start);
    session.press("esc");
    assert_eq!(session.event(), start);
    assert_eq!(session.state.search.needle, "");
}

#[test]
fn hits_are_gone_through_in_both_directions_and_round_the_end() {
    let mut session = Session::open(80, 24);
    session.press("/ type:قالیباف enter");
    let first = session.event();
    let hits = session
        .state
        .search
        .found
        .as_ref()
        .map_or(0, sokhan::query::Rows::len);
    assert!(hits > 2);
    session.press("n");
    assert_ne!(session.event(), first);
    session.press("N");
    assert_eq!(session.event(), first);
    for _ in 0..hits {
        session.press("n");
    }
    assert_eq!(session.event(), first);
}

#[test]
fn a_search_finds_what_a_reader_takes_for_the_same() {
    for typed in ["سن‌پترزبورگ", "سن_پترزبورگ", "سنپترزبورگ", "petersburg"]
    {
        let mut session = Session::open(80, 24);
        session.press(&format!("/ type:{typed} enter"));
        let found = session.state.search.found.as_ref();
        assert!(found.is_some_and(|rows| rows.len() >= 2), "{typed}");
    }
}

#[test]
fn a_stale_answer_is_dropped() {
    let mut session = Session::open(80, 24);
    session.press("/ type:پوتین enter");
    let before = session
        .state
        .search
        .found
        .as_ref()
        .map(sokhan::query::Rows::len);
    session.send(Msg::Answer {
        generation: 0,
        hits: vec![EventId(1)],
    });
    assert_eq!(
        session
            .state
            .search
            .found
            .as_ref()
            .map(sokhan::query::Rows::len),
        before
    );
}

#[test]
fn words_are_copied_in_logical_order_with_their_citation() {
    let mut session = Session::open(80, 24);
    session.press("G k k k enter y Y");
    let copied: Vec<String> = session
        .effects()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Copy(text) => Some(text),
            Effect::Quit
            | Effect::Suspend
            | Effect::Redraw
            | Effect::Open(_)
            | Effect::CaptureMouse(_)
            | Effect::Search { .. }
            | Effect::CancelSearch
            | Effect::Reload
            | Effect::StopReading => None,
        })
        .collect();
    let words = "روابط میان کشورهای ما به\u{200c}طور موفقیت\u{200c}امیزی در حال گسترش است.";
    assert_eq!(copied.len(), 2);
    assert!(
        copied[0].starts_with(&format!("«{words}»\n— ولادیمیر پوتین، ")),
        "{}",
        copied[0]
    );
    for part in [
        "پنجشنبه ۲۱ تیر ۱۴۰۳",
        "۱۱ ژوئیه\u{654} ۲۰۲۴",
        "دیدار",
        "به نقل از اینترفکس",
        "رادیو فردا",
    ] {
        assert!(copied[0].contains(part), "{part}");
    }
    assert_eq!(copied[1], words);
}

#[test]
fn marked_statements_stand_side_by_side() {
    let mut session = Session::open(120, 40);
    session.press("G k k k enter m j m v");
    let Mode::Comparing(compare) = &session.state.mode else {
        unreachable!("statements stand side by side");
    };
    assert_eq!(compare.columns.len(), 2);
    session.press("esc V");
    assert!(session.state.marks.is_empty());
}

#[test]
fn a_comparison_leads_to_the_event_of_the_statement_in_front() {
    let mut session = Session::open(120, 40);
    session.press("G k k k v left left enter");
    assert!(matches!(session.state.mode, Mode::Reading));
    assert_eq!(session.state.focus, Focus::Detail);
}

#[test]
fn a_persian_keyboard_does_the_same() {
    for (persian, latin) in [
        ("ت ت ن", "j j k"),
        ("أ", "G"),
        ("چ پ", "] m"),
        ("ب", "f"),
        ("ژ", "C"),
    ] {
        let (mut one, mut other) = (Session::open(80, 24), Session::open(80, 24));
        one.press(persian);
        other.press(latin);
        assert_eq!(one.screen(), other.screen(), "{persian}");
    }
}

#[test]
fn days_months_and_years_with_events_are_steps() {
    let mut session = Session::open(80, 24);
    session.press("] y");
    let year = session.event();
    session.press("[ y");
    assert_ne!(session.event(), year);
    session.press("] y");
    assert_eq!(session.event(), year);
    session.press("G ] d");
    assert!(session.state.notice.is_some(), "the end is said");
}

#[test]
fn the_mouse_chooses_opens_scrolls_and_drags() {
    let mut session = Session::open(80, 24);
    session.press("click:70,8");
    assert_eq!(
        (session.state.timeline.cursor, session.state.focus),
        (1, Focus::Timeline)
    );
    session.press("click:70,8");
    assert_eq!(session.state.focus, Focus::Detail);
    session.press("down:70,10 down:70,10");
    assert!(session.state.timeline.top > 0);
    let divider = session.rows()[10]
        .chars()
        .position(|sign| sign == '│')
        .expect("a divider");
    session.press(&format!("click:{divider},10 drag:30,10 release:30,10"));
    let moved = session.rows()[10]
        .chars()
        .position(|sign| sign == '│')
        .expect("a divider");
    assert!(moved < divider);
    session.press("click:2,1");
    assert!(session.event().starts_with("2024-07"));
}

#[test]
fn a_click_on_a_facet_value_includes_it() {
    let mut session = Session::open(80, 24);
    session.press("f click:20,7");
    assert_eq!(session.state.chips.len(), 1);
    assert_eq!(session.state.filter.pick(Facet::Leader).include.len(), 1);
}

#[test]
fn a_long_facet_shows_its_first_values_and_unfolds() {
    let mut record = SAMPLE
        .store()
        .event(EventId(0))
        .expect("an event")
        .as_ref()
        .clone();
    record.tags = (0..40).map(|number| format!("tag {number}")).collect();
    let header = SAMPLE.store().header().clone();
    let index = Index::build(Arc::new(Store::from_records(header, vec![record])));
    let mut session = Session::empty(sokhan::app::Settings::default(), 80, 24);
    session.send(loaded(&Arc::new(index))).press("f");
    let more = |session: &Session| {
        let lines = &session.state.facets.lines;
        lines
            .iter()
            .position(|line| matches!(line, FacetLine::More(..)))
    };
    let before = session.state.facets.lines.len();
    session.state.facets.cursor = more(&session).expect("a folded facet");
    session.press("space");
    assert!(session.state.chips.is_empty(), "unfolding is no filter");
    assert_eq!(more(&session), None);
    assert_eq!(session.state.facets.lines.len(), before - 1 + 28);
}

#[test]
fn when_the_rest_arrives_the_reader_stays_on_the_same_event() {
    let records = |from: usize| -> Vec<_> {
        let all = (from as u32..SAMPLE.len()).map(EventId);
        all.map(|event| {
            SAMPLE
                .store()
                .event(event)
                .expect("an event")
                .as_ref()
                .clone()
        })
        .collect()
    };
    let header = SAMPLE.store().header().clone();
    let part = Index::build(Arc::new(Store::from_records(header, records(12))));
    let mut session = Session::empty(sokhan::app::Settings::default(), 80, 24);
    session.send(loaded(&Arc::new(part)));
    session.press("j j j");
    let event = session.event();
    session.send(loaded(&SAMPLE));
    assert_eq!(session.event(), event);
    assert_eq!(session.state.rows.len(), 24);
}

#[test]
fn the_language_turns_the_screen_round() {
    let mut session = Session::open(80, 24);
    let right = session.rows();
    session.press("L");
    let left = session.rows();
    assert!(
        left[0].starts_with(" sokhan  Iran and Russia"),
        "{}",
        left[0]
    );
    assert!(!right[0].contains("Iran"));
}

/// Places to try every action from.
const PLACES: &[&str] = &[
    "j j j j",
    "G k k k enter j",
    "f j",
    "f space",
    "/ type:پوتین enter",
    "F type:رهبر:پوتین enter j j j",
    "G k k k enter m j m",
    "G k k k enter v",
    "t type:۱۴۰۲ enter ctrl-o",
    "W",
];

#[test]
fn every_action_does_something_somewhere() {
    let keymap = Keymap::default();
    let mut idle = Vec::new();
    for action in Action::all() {
        let keys = keymap.keys_of(action).into_iter().next().expect("a key");
        let does = PLACES.iter().any(|place| {
            let mut session = Session::open(80, 24);
            session.press(place);
            session.effects();
            let before = session.screen();
            session.press(&keys);
            let left = action == Action::Program(sokhan::app::Program::Quit);
            left || session.screen() != before || !session.effects().is_empty()
        });
        if !does {
            idle.push(action.name());
        }
    }
    assert!(idle.is_empty(), "{idle:?} change nothing");
}

#[test]
fn the_focus_is_seen_at_every_size() {
    for (width, height) in [(30, 8), (40, 12), (76, 16), (80, 24), (200, 50)] {
        let mut session = Session::open(width, height);
        session.press("G k k k");
        let list = session.screen();
        session.press("tab");
        assert_ne!(session.screen(), list, "{width}x{height}");
    }
}

/// A small generator, always the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

#[test]
fn any_keys_on_any_size_leave_a_whole_screen() {
    let mut keys: Vec<&str> = BINDINGS
        .iter()
        .filter(|(_, _, action)| action.name() != "quit")
        .flat_map(|(_, keys, _)| keys.split(' '))
        .collect();
    keys.extend([
        "a",
        "پ",
        "backspace",
        "left",
        "delete",
        "type:پو",
        "click:3,4",
        "down:9,6",
    ]);
    let mut dice = Dice(0x5eed);
    for width in 0..30 {
        for height in 0..12 {
            let mut session = Session::open(width, height);
            for _ in 0..6 {
                session.press(keys[dice.roll(keys.len())]);
            }
            whole(&session, width, height);
        }
    }
    for (width, height) in [(80, 24), (120, 40), (200, 50)] {
        let mut session = Session::open(width, height);
        for _ in 0..50 {
            session.press(keys[dice.roll(keys.len())]);
            whole(&session, width, height);
        }
    }
}

/// What must hold after any message.
fn whole(session: &Session, width: u16, height: u16) {
    let state = &session.state;
    assert!(state.timeline.cursor < state.rows.len().max(1));
    assert!(state.detail.card < state.detail.page.cards.len().max(1));
    let cells = &session.sheet.cells;
    assert_eq!((cells.area.width, cells.area.height), (width, height));
    for cell in cells.content() {
        assert!(
            !cell.symbol().chars().any(char::is_control),
            "{:?}",
            cell.symbol()
        );
    }
    if let Some((column, row)) = session.sheet.cursor {
        assert!(
            column < width && row < height,
            "the cursor is on the screen"
        );
    }
}

#[test]
fn keys_of_a_context_are_found_there() {
    let keymap = Keymap::default();
    assert_ne!(
        keymap.look_up(Context::Facets, &[key("enter")]),
        keymap.look_up(Context::Anywhere, &[key("enter")])
    );
}
