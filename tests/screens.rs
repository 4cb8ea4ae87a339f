//! Whole screens against their snapshots.

mod support;

use ratatui::style::{Color, Modifier};
use sokhan::app::{Colours, Settings, Theme};
use support::Session;

/// Opens the sample on a screen, presses keys and holds the screen to its snapshot.
fn check(name: &str, (width, height): (u16, u16), script: &str) {
    let mut session = Session::open(width, height);
    session.press(script);
    insta::assert_snapshot!(name, session.screen());
}

#[test]
fn the_first_screen() {
    check("first", (80, 24), "");
}

#[test]
fn an_event_with_its_statements() {
    check("event", (80, 24), "G k k k enter");
    check("event-wide", (120, 40), "G k k k enter j");
}

#[test]
fn three_columns_on_a_wide_screen() {
    check("wide", (200, 50), "G k k k");
}

#[test]
fn one_pane_on_a_narrow_screen() {
    check("narrow-list", (40, 12), "G k");
    check("narrow-event", (40, 12), "G k enter j j j j");
}

#[test]
fn in_english() {
    check("english", (80, 24), "L G k k k");
    check("english-wide", (120, 40), "L G k k k enter");
}

#[test]
fn both_calendars() {
    check("both-calendars", (120, 40), "C C G");
}

#[test]
fn facets_with_a_filter() {
    check("facets", (80, 24), "f j j space");
    check("facets-narrowed", (80, 24), "f / type:putin");
}

#[test]
fn nothing_is_left() {
    check("nothing-left", (80, 24), "F type:\"هیچ_کس_نگفت\" enter");
}

#[test]
fn while_searching() {
    check("search", (80, 24), "/ type:پوتین");
}

#[test]
fn a_query_with_a_mistake() {
    check("query", (80, 24), "F type:رهبر:پوتین_نوع:xx");
}

#[test]
fn a_date_is_understood_while_it_is_typed() {
    check("date", (80, 24), "t type:۱۴۰۳/۴/۲۱");
}

#[test]
fn statements_side_by_side() {
    check("compare", (120, 40), "G k k k enter m j m j v");
    check("compare-narrow", (80, 24), "G k k k enter j v");
}

#[test]
fn lists_over_the_panes() {
    check("help", (80, 24), "?");
    check("palette", (80, 24), ": type:نشان");
    check("marks", (80, 24), "G k k k enter m j m '");
}

#[test]
fn keys_that_wait_say_what_may_follow() {
    check("pending", (80, 24), "]");
}

#[test]
fn without_colours_and_in_other_themes() {
    for (name, colours, theme) in [
        ("no-colours", Colours::None, Theme::Dark),
        ("sixteen", Colours::Sixteen, Theme::Dark),
        ("light", Colours::True, Theme::Light),
        ("high-contrast", Colours::True, Theme::HighContrast),
        ("neutral", Colours::Indexed, Theme::Neutral),
    ] {
        let settings = Settings {
            colours,
            theme,
            ..Settings::default()
        };
        let mut session = Session::with(settings, 80, 24);
        session.press("G k k k enter j");
        insta::assert_snapshot!(name, session.screen());
    }
}

#[test]
fn a_row_that_is_turned_round_is_of_one_colour_but_for_what_was_found() {
    for (colours, theme) in [
        (Colours::None, Theme::Dark),
        (Colours::Sixteen, Theme::Light),
        (Colours::True, Theme::Neutral),
    ] {
        let settings = Settings {
            colours,
            theme,
            ..Settings::default()
        };
        let mut session = Session::with(settings, 110, 32);
        session.press("/ type:جنگ enter");
        let cells = &session.sheet.cells;
        let is_turned = |x, y| cells[(x, y)].modifier.contains(Modifier::REVERSED);
        let right = cells.area.right() - 2;
        let row = (0..cells.area.bottom()).find(|y| is_turned(right, *y));
        let row = row.expect("a row under the cursor");
        let end = (0..right).rfind(|x| !is_turned(*x, row) && cells[(*x, row)].symbol() == "│");
        let list = end.expect("its border") + 2..=right;
        let (turned, found): (Vec<u16>, Vec<u16>) = list.partition(|x| is_turned(*x, row));
        assert_eq!(found.len(), 3, "{theme:?}");
        for x in turned {
            let colours = (cells[(x, row)].fg, cells[(x, row)].bg);
            assert_eq!(colours, (Color::Reset, Color::Reset), "{theme:?} {x}");
        }
    }
}

#[test]
fn while_reading_and_without_events() {
    let mut session = Session::empty(Settings::default(), 80, 24);
    session.press("down");
    insta::assert_snapshot!("reading", session.screen());
}
