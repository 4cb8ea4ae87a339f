//! What is added to a text is read alone: the result is what reading everything gives.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use proptest::prelude::*;
use sokhan::model::{DaySpan, EventId};
use sokhan::query::{Facet, Filter, Index, ValueId, counts, rows};
use sokhan::store::{End, Limits, Opening, Piece, Progress, Received, Source, Store, Table};

const HEADER: &str = r#"{"sokhan":1,"odd":1,"actors":[{"id":"a","kind":"person","name":"A"},{"id":"m\\","kind":"media"},{"id":"o","kind":"other"}],"sources":[{"id":"s","publisher":"m\\"},{"id":"t"}]}"#;

/// The same, and a source whose publisher nobody knows.
const UNKNOWN_PUBLISHER: &str = r#"{"sokhan":1,"actors":[{"id":"a","kind":"person"}],"sources":[{"id":"s","publisher":"nobody"},{"id":"t","publisher":"noone"}]}"#;

/// Lines that are written in many ways; `%` is the number of the line.
const LINES: &[&str] = &[
    r#"{"id":"%","when":"2024-07-11","title":{"fa":"یک سلام"},"actors":["a"],"tags":["t","T "],"place":{"fa":"تهران","en":"Tehran"}}"#,
    r#"{"id":"%","when":"2024-0%-1%","title":"صلح","actors":["new-%"],"tags":["tag %"],"place":"place %"}"#,
    r#"{"id":"%","when":"2023-02-30","title":"no such day"}"#,
    r#"{"title":"no id","when":"2023"}"#,
    r#"{"id":"%","when":{"jalali":"1403-04-21"},"title":"x","place":"تهران","sources":["s","nowhere-%"]}"#,
    r#"{"id":"%","when":"2024-07-11/2024-07-13","title":"long","statements":[{"speaker":"a","mode":"direct","text":"سلام","source":"s"},{"speaker":"b"}]}"#,
    r#"{"id":"%","when":"2001/2024","title":"longer","sources":["t"]}"#,
    r#"{ "x-own" : [1, {"y": null}], "id" : "%" , "when":"1999-01-01" , "title":"twice" }"#,
    r#"{"id":"%","when":"2024-07-11","title":"\u0641\u0627","actors":["\u0061",{"id":"m\\","role":"r"}],"unknown":1}"#,
    r#"{"id":"%","title":{},"when":7,"actors":"a","tags":[1,"x"],"statements":[{"text":{"fa":"s","x-a":"b"},"via":["m\\"],"to":["a"]}]}"#,
    r#"{"id":"\ud83d%","when":"2024-07-11","title":"\u12"}"#,
    r#"{"id":"same","when":"2020-01-01","title":"again"}"#,
    r#"{"id":"same~2","when":"2020-01-01","title":"taken"}"#,
    r#"{"sokhan":1}"#,
    r#"{"id":"%","when":"2024","title":"صلح""#,
    r#"{"id":"%","title":"undated"} "#,
    r#"{"id":"%","title":"one"} {"id":"and %","title":"two","when":7} x"#,
    "7",
    "not an event",
    "",
    " \t",
    "\r",
];

const NEEDLES: &[&str] = &[
    "س",
    "سلام",
    "صلح",
    "o",
    "Tehran",
    "تهران",
    "new",
    "twice",
    "zz",
];

/// A text of which more and more comes.
struct Text {
    received: Received,
    limits: Limits,
}

impl Text {
    fn new(limits: Limits) -> Self {
        Self {
            received: Received::default(),
            limits,
        }
    }

    fn come(&mut self, text: &[u8]) -> &mut Self {
        let taken = self.received.take(Piece::Text(text.to_vec()));
        taken.expect("memory takes everything");
        self
    }

    fn end(&mut self) {
        let taken = self.received.take(Piece::End(End::default()));
        taken.expect("memory takes everything");
    }

    fn opening(&self) -> Opening {
        let (source, received) = (Source::Stdin, &self.received);
        if received.is_ended() {
            return Opening::received(source, self.limits, received);
        }
        Opening::unfinished(source, self.limits, Some(received)).expect("text in memory")
    }
}

/// Everything is read.
fn read(opening: &Opening) -> Option<Index> {
    let store = opening.load(&Progress::default()).ok()?;
    let index = Index::build(Arc::new(store));
    index.read_texts(&Progress::default()).expect("as it was");
    Some(index)
}

/// Reads `text` up to each of `ends`, then its end, and compares with what reading everything
/// gives. How often only what was added was read.
fn follow(text: &[u8], ends: &[usize], limits: Limits) -> usize {
    let mut ends: Vec<_> = ends.iter().map(|end| (*end).min(text.len())).collect();
    ends.sort_unstable();
    let (mut growing, mut from, mut grown) = (Text::new(limits), 0, 0);
    let mut shown: Option<Index> = None;
    let steps = ends.into_iter().map(|end| (end, false));
    for (end, last) in steps.chain([(text.len(), true)]) {
        growing.come(&text[from..end]);
        let mut all = Text::new(limits);
        all.come(&text[..end]);
        if last {
            growing.end();
            all.end();
        }
        from = end;
        let opening = growing.opening();
        let more = shown.as_ref().and_then(|shown| shown.grown(&opening));
        grown += usize::from(more.is_some());
        let want = read(&all.opening());
        shown = more.or_else(|| read(&opening));
        match (&shown, &want) {
            (Some(shown), Some(want)) => assert_same(shown, want),
            (None, None) => {}
            _ => assert_eq!(shown.is_some(), want.is_some(), "readable"),
        }
    }
    grown
}

fn assert_same(one: &Index, other: &Index) {
    assert_same_store(one.store(), other.store());
    for facet in Facet::ALL {
        let values = |index: &Index| {
            let value = |value| {
                (
                    index.label(facet, value),
                    index.id(facet, value).map(str::to_owned),
                )
            };
            index.values(facet).map(value).collect::<Vec<_>>()
        };
        assert_eq!(values(one), values(other), "{facet:?}");
        for speaking_only in [false, true] {
            let mut filter = Filter::default();
            filter.speaking_only = speaking_only;
            let count = |index| counts(index, &filter, facet);
            assert_eq!(count(one), count(other), "{facet:?}, {speaking_only}");
            // With many values, some will do.
            let step = one.values(facet).len() / 50 + 1;
            for value in one.values(facet).step_by(step) {
                let under = |index| under(index, &filter, facet, value);
                assert_eq!(under(one), under(other), "{facet:?} {value:?}");
            }
        }
    }
    for typed in NEEDLES {
        let found = |index: &Index| {
            let found = index
                .search(typed, &Progress::default())
                .expect("not stopped");
            assert!(found.complete);
            found.bits.iter().collect::<Vec<_>>()
        };
        assert_eq!(found(one), found(other), "{typed}");
    }
}

fn under(index: &Index, filter: &Filter, facet: Facet, value: ValueId) -> Vec<EventId> {
    let mut filter = filter.clone();
    filter.toggle(facet, value);
    rows(index, &filter).iter().collect()
}

fn assert_same_store(one: &Store, other: &Store) {
    assert_eq!(one.header(), other.header());
    assert_eq!(one.len(), other.len());
    assert_eq!(one.undated_from(), other.undated_from());
    assert_eq!(one.warnings(), other.warnings());
    assert_eq!((one.is_part(), one.is_held()), (false, other.is_held()));
    for event in (0..one.len() as u32).map(EventId) {
        assert_eq!(one.number(event), other.number(event), "{event:?}");
        assert_eq!(one.days(event), other.days(event), "{event:?}");
        assert_eq!(one.modes(event), other.modes(event), "{event:?}");
        let facts = |store: &Store| store.facts().of(event.0 as usize).collect::<Vec<_>>();
        assert_eq!(facts(one), facts(other), "{event:?}");
        assert_eq!(one.event(event), other.event(event), "{event:?}");
    }
    let (tables, others) = (one.tables(), other.tables());
    for table in Table::ALL {
        assert_eq!(tables.rows(table), others.rows(table), "{table:?}");
    }
    assert_eq!(
        tables.unknown_actors.values(),
        others.unknown_actors.values()
    );
    assert_eq!(
        tables.unknown_sources.values(),
        others.unknown_sources.values()
    );
    assert_eq!(tables.places.values(), others.places.values());
    assert_eq!(tables.tags.values(), others.tags.values());
    for first in [8_000, 10_000, 19_900, 19_915] {
        let days = DaySpan {
            first,
            last: first + 30,
        };
        let within = |store: &Store| store.all_days().within(days);
        assert_eq!(within(one), within(other));
    }
}

fn text(header: &str, lines: &[usize], joint: &str) -> String {
    let line = |(at, line): (usize, &usize)| LINES[*line].replace('%', &at.to_string());
    let lines: Vec<_> = lines.iter().enumerate().map(line).collect();
    format!("{header}\n{}", lines.join(joint))
}

fn limits(record: usize, warnings: usize) -> Limits {
    Limits {
        record,
        warnings,
        ..Limits::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn what_grows_is_what_is_read_at_once(
        unknown in any::<bool>(),
        lines in proptest::collection::vec(0..LINES.len(), 1..40),
        ends in proptest::collection::vec(0_usize..4000, 1..6),
        feed in any::<bool>(),
        record in prop_oneof![4 => Just(64 << 20), 1 => 60_usize..200],
        warnings in prop_oneof![3 => Just(1000), 1 => 0_usize..8],
    ) {
        let header = if unknown { UNKNOWN_PUBLISHER } else { HEADER };
        let mut text = text(header, &lines, "\n");
        text.extend(feed.then_some('\n'));
        follow(text.as_bytes(), &ends, limits(record, warnings));
    }
}

#[test]
fn every_line_that_a_reader_expects_is_read_alone() {
    let plain: Vec<usize> = (0..200)
        .map(|at| [0, 1, 4, 5, 6, 8, 9, 16][at % 8])
        .collect();
    let text = text(HEADER, &plain, "\n") + "\n";
    let ends: Vec<_> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
    let ends = &ends[1..];
    assert_eq!(follow(text.as_bytes(), ends, Limits::default()), ends.len());
}

#[test]
fn a_text_may_be_split_at_any_byte() {
    let lines: Vec<usize> = (0..LINES.len()).collect();
    let text = text(HEADER, &lines, "\n");
    let mut grown = 0;
    for end in 0..text.len() {
        grown += follow(text.as_bytes(), &[end], Limits::default());
    }
    assert!(grown > text.len() / 3, "{grown} of {}", text.len());
}

#[test]
fn many_values_and_many_events_come_at_once() {
    let line = |at: usize| {
        let (month, day) = (at % 12 + 1, at % 28 + 1);
        format!(
            "{{\"id\":\"{at}\",\"when\":\"20{:02}-{month:02}-{day:02}\",\"title\":\"سلام {at}\",\"actors\":[\"a\",\"x{at}\"],\"tags\":[\"{}\"]}}\n",
            at % 20,
            at % 3
        )
    };
    let lines: String = (0..12_000).map(line).collect();
    let text = format!("{HEADER}\n{lines}");
    // Rows of more than 13 bits are written in another way.
    let ends = [9_000, 9_001, 9_002, 11_999].map(|at| text.find(&line(at)).expect("a line"));
    assert_eq!(follow(text.as_bytes(), &ends, Limits::default()), 4);
}

/// A file that goes away with its owner.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, text: &str) -> Self {
        let name = format!("sokhan-growing-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::write(&path, text).expect("a place for temporary files");
        Self(path)
    }

    fn append(&self, text: &str) {
        let file = fs::OpenOptions::new().append(true).open(&self.0);
        file.expect("a file")
            .write_all(text.as_bytes())
            .expect("appended");
    }

    fn opening(&self) -> Opening {
        let source = Source::File(self.0.clone());
        Opening::unfinished(source, Limits::default(), None).expect("a readable file")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn a_file_grows_and_one_that_was_written_anew_does_not() {
    let lines: Vec<usize> = (0..10).collect();
    let old = text(HEADER, &lines, "\n") + "\n";
    let file = Scratch::new("file", &old);
    let before = read(&file.opening()).expect("an event file");
    file.append(r#"{"id":"behind","when":"2002-01-01","title":"سلام"}"#);
    file.append("\nnot an event\n{\"id\":");
    let grown = before.grown(&file.opening()).expect("lines were added");
    assert_same(&grown, &read(&file.opening()).expect("an event file"));
    let again = grown.grown(&file.opening()).expect("nothing was added");
    assert_same(&again, &grown);
    let other = old.replace("no such day", "no SUCH day") + "\n{\"id\":\"x\",\"title\":\"x\"}\n";
    fs::write(&file.0, other).expect("written");
    assert!(grown.grown(&file.opening()).is_none());
}

#[test]
fn what_may_only_be_read_whole_is() {
    let grows = |before: &str, behind: &str| {
        let mut text = Text::new(Limits::default());
        let shown = read(&text.come(before.as_bytes()).opening()).expect("readable");
        shown
            .grown(&text.come(behind.as_bytes()).opening())
            .is_some()
    };
    let (line, other) = (
        "{\"id\":\"1\",\"title\":\"t\"}\n",
        "{\"id\":\"2\",\"title\":\"t\"}\n",
    );
    let lines = format!("{HEADER}\n{line}");
    assert!(grows(&lines, other));
    assert!(grows(lines.trim_end(), &format!("\n{other}")));
    assert!(!grows(&lines, line), "an id that stands twice");
    assert!(
        !grows(lines.trim_end(), &format!(" x\n{other}")),
        "the last line goes on"
    );
    assert!(!grows(&format!("{HEADER}\n"), other), "no event was there");
    assert!(!grows("{\"sokhan\":1,\"events\":[]}", "\n"), "a document");
}

#[test]
fn nothing_yet_is_awaited() {
    for text in ["", "\n", " \r\n", "{\"sokhan\":1,\"act"] {
        assert!(
            Text::new(Limits::default())
                .come(text.as_bytes())
                .opening()
                .is_awaited(),
            "{text:?}"
        );
    }
    for text in ["{\"sokhan\":1}", "{\"sokhan\":1}\n{", "x\n", "[1]"] {
        assert!(
            !Text::new(Limits::default())
                .come(text.as_bytes())
                .opening()
                .is_awaited(),
            "{text:?}"
        );
    }
    let mut ended = Text::new(Limits::default());
    ended.end();
    assert!(!ended.opening().is_awaited());
}
