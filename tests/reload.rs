//! The data changes while it is read: through the real loop.

mod support;

use std::sync::Arc;

use sokhan::app::{Effect, Extent, Focus, Mode, Msg, Settings};
use sokhan::model::{EventId, EventRecord};
use sokhan::query::Index;
use sokhan::store::Store;
use support::{SAMPLE, Session};

/// The sample's records.
fn records() -> Vec<EventRecord> {
    let event = |at| SAMPLE.store().event(EventId(at)).expect("an event");
    (0..SAMPLE.len()).map(|at| (*event(at)).clone()).collect()
}

fn collection(records: Vec<EventRecord>) -> Arc<Index> {
    let header = SAMPLE.store().header().clone();
    Arc::new(Index::build(Arc::new(Store::from_records(header, records))))
}

fn load(session: &mut Session, index: &Arc<Index>, extent: Extent) {
    session.send(Msg::Loaded {
        index: Arc::clone(index),
        warnings: Arc::default(),
        extent,
    });
}

/// The text of the status line, in the order of cells.
fn status(session: &Session) -> String {
    session.rows().pop().unwrap_or_default()
}

fn english(width: u16, height: u16) -> Session {
    let settings = Settings {
        lang: sokhan::words::Lang::En,
        digits: sokhan::words::Digits::Latin,
        ..Settings::default()
    };
    Session::with(settings, width, height)
}

#[test]
fn a_change_is_said_and_a_key_reads_again() {
    let mut session = english(120, 24);
    session.send(Msg::Changed);
    assert!(status(&session).contains("The file changed; R reloads"));
    session.press("j R");
    assert_eq!(session.effects(), [Effect::Reload]);
    assert!(session.state.loading.is_some());
    session.press("R");
    assert_eq!(session.effects(), [], "one at a time");
    load(&mut session, &collection(records()), Extent::Whole);
    assert!(!session.state.news.changed && session.state.loading.is_none());
    assert!(!status(&session).contains("reloads"));
}

#[test]
fn the_persian_layout_and_interface_reload_too() {
    let mut session = Session::open(120, 24);
    session.send(Msg::Changed);
    assert!(session.state.news.changed);
    // Shift and the key of R.
    session.press("\u{64b}");
    assert_eq!(session.effects(), [Effect::Reload]);
}

#[test]
fn what_cannot_be_read_again_is_said_and_what_is_shown_stays() {
    let mut session = english(120, 24);
    session.press("j j R");
    let event = session.event();
    session.send(Msg::NotAgain);
    assert!(status(&session).contains("a pipe cannot be read again"));
    session.press("R");
    session.send(Msg::Kept(Some(
        "data.json: error[IO] $: no such file".into(),
    )));
    assert!(status(&session).contains("no such file"));
    assert_eq!((session.event(), session.state.rows.len()), (event, 24));
    assert!(session.state.loading.is_none());
}

#[test]
fn reloading_keeps_the_event_the_filters_and_the_marks_that_still_are() {
    let mut session = Session::open(120, 24);
    session.press("F type:رهبر:قالیباف enter j j m j m");
    let (event, rows) = (session.event(), session.state.rows.len());
    assert_eq!(session.state.marks.len(), 2);
    let marked = session.state.marks[1];
    let gone = session.state.marks[0].event;
    let gone = SAMPLE.store().event(gone).expect("an event").id.clone();
    let mut others = records();
    others.retain(|record| record.id != gone);
    let mut early = others[0].clone();
    "early".clone_into(&mut early.id);
    others.push(early);
    load(&mut session, &collection(others), Extent::Whole);
    assert_eq!(session.event(), event);
    assert_eq!(session.state.rows.len(), rows - 1);
    assert_eq!(session.state.chips.len(), 1);
    let kept = session.state.marks.clone();
    assert_eq!(kept.len(), 1);
    let id = |index: &Index, event| index.store().event(event).expect("an event").id.clone();
    assert_eq!(
        id(&session.state.index, kept[0].event),
        id(&SAMPLE, marked.event)
    );
}

#[test]
fn an_event_that_is_gone_gives_way_to_one_near_its_day() {
    let mut session = Session::open(120, 24);
    session.press("G k k k");
    let day = session.state.day().expect("a day");
    let id = session.event();
    let mut others = records();
    others.retain(|record| record.id != id);
    load(&mut session, &collection(others), Extent::Whole);
    assert!(session.state.day().expect("a day") >= day);
    session.press("k");
    assert!(session.state.day().expect("a day") <= day);
}

#[test]
fn an_event_whose_date_was_mended_is_followed() {
    let mut session = Session::open(120, 24);
    session.press("G k k k");
    let id = session.event();
    let mut others = records();
    let first = others[0].when.clone();
    let own = others.iter_mut().find(|record| record.id == id);
    own.expect("the event").when = first;
    load(&mut session, &collection(others), Extent::Whole);
    assert_eq!(session.event(), id);
}

#[test]
fn events_that_come_move_nothing_under_the_reader() {
    let all = records();
    // In the file the first ones come last.
    let mut turned: Vec<_> = all.iter().rev().cloned().collect();
    let (some, whole) = (turned[..12].to_vec(), std::mem::take(&mut turned));
    let mut session = english(120, 24);
    load(&mut session, &collection(some), Extent::Whole);
    session.press("t type:1403 enter j m j m enter j ctrl-d");
    let before = (session.event(), session.state.marks.len());
    let (scroll, card) = (session.state.detail.scroll, session.state.detail.card);
    let row = session.state.timeline.cursor - session.state.timeline.top;
    load(&mut session, &collection(whole), Extent::Grown(12));
    assert_eq!((session.event(), session.state.marks.len()), before);
    assert_eq!(session.state.focus, Focus::Detail);
    assert_eq!(
        (session.state.detail.scroll, session.state.detail.card),
        (scroll, card)
    );
    let now = session.state.timeline.cursor - session.state.timeline.top;
    assert_eq!(now, row, "the row of the screen");
    assert!(
        status(&session).contains("+12 new events"),
        "{}",
        status(&session)
    );
    session.press("k");
    assert!(!status(&session).contains("new events"), "a key answers it");
    session.press("ctrl-o");
    assert_ne!(session.event(), before.0, "the history is kept");
}

#[test]
fn a_comparison_and_a_prompt_go_on_while_events_come() {
    let all = records();
    let mut session = Session::open(120, 40);
    load(&mut session, &collection(all[4..].to_vec()), Extent::Whole);
    session.press("G k k k enter v");
    let Mode::Comparing(compare) = &session.state.mode else {
        unreachable!("statements stand side by side");
    };
    let id = |session: &Session, event| {
        let store = session.state.store();
        store.event(event).expect("an event").id.clone()
    };
    let shown: Vec<_> = compare
        .columns
        .iter()
        .map(|c| id(&session, c.id.event))
        .collect();
    let mut more = all[4..].to_vec();
    more.extend(all[..4].iter().cloned());
    load(&mut session, &collection(more.clone()), Extent::Grown(4));
    let Mode::Comparing(compare) = &session.state.mode else {
        unreachable!("they still do");
    };
    let now: Vec<_> = compare
        .columns
        .iter()
        .map(|c| id(&session, c.id.event))
        .collect();
    assert_eq!(now, shown);
    session.press("esc esc G");
    let start = session.event();
    session.press("/ type:قالیباف");
    load(&mut session, &collection(more), Extent::Grown(0));
    session.press("esc");
    assert_eq!(session.event(), start);
}

#[test]
fn esc_goes_back_first_and_then_stops_reading() {
    let mut session = Session::empty(Settings::default(), 120, 24);
    load(&mut session, &collection(records()), Extent::Beginning);
    session.press("/ type:پوتین enter enter esc");
    assert_eq!(session.state.focus, Focus::Timeline);
    assert_eq!(session.state.search.needle, "پوتین");
    session.press("esc");
    assert_eq!(session.state.search.needle, "");
    let stops = |session: &mut Session| session.effects().contains(&Effect::StopReading);
    assert!(!stops(&mut session));
    session.press("esc");
    assert!(stops(&mut session));
    session.press("L j");
    load(&mut session, &collection(records()), Extent::Part);
    assert!(session.state.loading.is_none());
    assert!(
        status(&session).contains("Only a part was read; R reads on"),
        "{}",
        status(&session)
    );
    session.press("esc");
    assert!(!stops(&mut session), "nothing is read any more");
    session.press("R");
    load(&mut session, &collection(records()), Extent::Whole);
    assert!(!session.state.news.part);
}

#[test]
fn the_texts_of_the_same_events_change_nothing_else() {
    let mut session = Session::open(120, 24);
    session.press("j j t type:1403 enter enter");
    let history = session.state.view();
    session.send(Msg::Checked(Arc::new(vec!["one".to_owned()])));
    assert_eq!(session.state.view(), history);
    assert_eq!(session.state.warnings.len(), 1);
    session.press("ctrl-o");
    assert!(session.state.notice.is_none(), "the history is kept");
}
