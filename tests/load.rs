//! Event files through the public door: whatever the bytes are, what is good loads, and what is
//! wrong has a place.

use std::borrow::Cow;
use std::io::Write;

use proptest::prelude::*;
use serde::de::IgnoredAny;
use sokhan::model::{ActorRef, Mode};
use sokhan::store::{
    Class, Limits, LoadError, Loaded, Names, Place, Source, Warnings, decode_event, load, load_as,
};

const HEADER: &str = r#"{"sokhan": 1, "actors": [{"id": "a", "kind": "person"}]}"#;

fn read(bytes: impl Into<Vec<u8>>) -> Result<Loaded, LoadError> {
    let source = Source::Bytes("test", Cow::Owned(bytes.into()));
    load(&source, &Limits::default())
}

fn good(bytes: impl Into<Vec<u8>>) -> Loaded {
    read(bytes).expect("an event file")
}

fn error(bytes: impl Into<Vec<u8>>) -> (Class, Option<(u64, u64)>, String) {
    let LoadError(problem) = read(bytes).expect_err("no event file");
    let place = problem.place.map(|place| (place.line, place.column));
    (problem.class, place, problem.what)
}

fn ids(loaded: &Loaded) -> Vec<&str> {
    loaded
        .events
        .iter()
        .map(|event| event.id.as_str())
        .collect()
}

/// `class line:column path` of each warning.
fn warned(loaded: &Loaded) -> Vec<String> {
    let list = loaded.warnings.list().iter();
    list.map(|problem| {
        let Place { line, column } = problem.place.expect("a place");
        format!("{} {line}:{column} {}", problem.class.name(), problem.path)
    })
    .collect()
}

fn event(id: &str) -> String {
    format!(r#"{{"id": "{id}", "when": "2024-07-11", "title": "t", "actors": ["a"]}}"#)
}

fn document(events: &[String]) -> String {
    let head = HEADER.trim_end_matches('}');
    format!("{head}, \"events\": [\n{}\n]}}", events.join(",\n"))
}

fn lines(events: &[String]) -> String {
    format!("{HEADER}\n{}\n", events.join("\n"))
}

fn three() -> Vec<String> {
    ["x", "y", "z"].map(event).to_vec()
}

#[test]
fn both_shapes_give_the_same_events() {
    let (document, lines) = (document(&three()), lines(&three()));
    let (one, other) = (good(document.clone()), good(lines));
    assert_eq!(one.events, other.events);
    assert_eq!(ids(&one), ["x", "y", "z"]);
    assert!(one.warnings.is_empty() && other.warnings.is_empty());
    let record = |at: usize| {
        let span = one.spans[at];
        &document.as_bytes()[span.at as usize..][..span.length as usize]
    };
    assert_eq!(record(1), event("y").as_bytes());
}

#[test]
fn one_record_is_read_alone_as_in_the_file() {
    let text = document(&three());
    let loaded = good(text.clone());
    let names = Names::of(&loaded.header);
    let mut warnings = Warnings::keeping(10);
    for (at, span) in loaded.spans.iter().enumerate() {
        let bytes = &text.as_bytes()[span.at as usize..][..span.length as usize];
        let alone = decode_event(bytes, at, &names, &mut warnings).expect("JSON");
        assert_eq!(alone.as_ref(), loaded.events.get(at));
    }
    assert!(warnings.is_empty());
}

#[test]
fn keys_come_in_any_order() {
    let text = format!(
        r#"{{"events": [{}], "actors": [{{"id": "a", "kind": "person"}}], "sokhan": 1}}"#,
        event("x")
    );
    let loaded = good(text);
    assert!(loaded.warnings.is_empty());
    assert!(matches!(
        loaded.events[0].actors[0].actor,
        ActorRef::Known(_)
    ));
}

#[test]
fn line_ends_and_a_mark_change_nothing() {
    for end in ["\n", "\r\n", "\r"] {
        for text in [document(&three()), lines(&three())] {
            let text = format!("\u{feff}{}", text.replace('\n', end));
            let loaded = good(text);
            assert_eq!(ids(&loaded), ["x", "y", "z"], "{end:?}");
            assert!(loaded.warnings.is_empty());
        }
    }
}

#[test]
fn places_are_the_same_whatever_ends_the_lines() {
    for end in ["\n", "\r\n", "\r"] {
        let text = lines(&[
            event("x"),
            "{\"id\": \"سلام\", broken".to_owned(),
            event("y"),
        ]);
        let loaded = good(text.replace('\n', end));
        assert_eq!(warned(&loaded), ["SYNTAX 3:16 events[1]"], "{end:?}");
    }
}

#[test]
fn a_bad_line_costs_itself_only() {
    for bad in [
        "{",
        "]",
        "null",
        "17",
        "{\"id\": 1",
        "\"x\"",
        "<html>",
        "\0\0\0",
    ] {
        let loaded = good(lines(&[event("x"), bad.to_owned(), event("y")]));
        assert_eq!(ids(&loaded), ["x", "y"], "{bad}");
        assert_eq!(loaded.warnings.total(), 1, "{bad}");
        assert_eq!(loaded.numbers, [0, 2]);
    }
}

#[test]
fn two_events_on_a_line_are_both_read() {
    let loaded = good(lines(&[
        format!("{} {}", event("x"), event("y")),
        event("z"),
    ]));
    assert_eq!(ids(&loaded), ["x", "y", "z"]);
    assert_eq!(loaded.warnings.total(), 1);
}

#[test]
fn every_line_broken_is_an_error() {
    let (class, place, _) = error(lines(&["nonsense".to_owned(), "x".to_owned()]));
    assert_eq!((class, place), (Class::Syntax, Some((2, 1))));
}

#[test]
fn a_second_header_is_said_and_passed() {
    let loaded = good(lines(&[event("x"), HEADER.to_owned(), event("y")]));
    assert_eq!(ids(&loaded), ["x", "y"]);
    assert_eq!(warned(&loaded), ["DUPLICATE 3:1 $"]);
    assert_eq!(loaded.numbers, [0, 1]);
}

#[test]
fn a_broken_header_line_is_told_by_its_own_place() {
    let text = format!("{{\"sokhan\": 1, \"title\": \"t\"\n{}\n", event("x"));
    let (class, place, _) = error(text);
    assert_eq!((class, place), (Class::Syntax, Some((1, 27))));
}

#[test]
fn nothing_at_all_is_fine_when_it_is_version_1() {
    assert!(good("{\"sokhan\": 1}").events.is_empty());
    assert_eq!(error("").0, Class::Syntax);
    assert_eq!(error("{}").0, Class::Version);
    assert_eq!(error("{\"sokhan\": 1.0}").0, Class::Version);
    assert_eq!(error("[]").0, Class::Shape);
}

#[test]
fn two_lists_of_events_are_joined() {
    let text = format!(
        r#"{{"sokhan": 1, "actors": [{{"id": "a", "kind": "person"}}], "events": [{}], "events": [{}]}}"#,
        event("x"),
        event("y")
    );
    let loaded = good(text);
    assert_eq!(ids(&loaded), ["x", "y"]);
    assert_eq!(loaded.warnings.total(), 1);
}

#[test]
fn duplicate_ids_get_free_ones() {
    let events = ["x", "x~2", "x", "x"].map(event);
    let loaded = good(document(&events));
    assert_eq!(ids(&loaded), ["x", "x~2", "x~3", "x~4"]);
    assert_eq!(
        warned(&loaded),
        ["DUPLICATE 4:8 events[2].id", "DUPLICATE 5:8 events[3].id"]
    );
}

#[test]
fn what_is_missing_is_said_and_made_up_for() {
    let bare = r#"{"statements": [{"text": "t"}, {"speaker": "a"}]}"#;
    let loaded = good(lines(&[bare.to_owned()]));
    let event = &loaded.events[0];
    assert_eq!((event.id.as_str(), &event.when), ("#1", &None));
    assert_eq!(event.title.best("fa"), Some(("", "#1")));
    assert_eq!(event.statements.len(), 1);
    assert_eq!(event.statements[0].mode, Mode::Unspecified);
    assert_eq!(loaded.warnings.total(), 6);
}

#[test]
fn strings_are_repaired() {
    let title = b"\\ud83d|\\u001b|\xFF|\x07|\\n".to_vec();
    let mut text =
        format!("{HEADER}\n{{\"id\": \"x\", \"when\": \"2024\", \"title\": \"").into_bytes();
    text.extend(title);
    text.extend(b"\"}\n");
    let loaded = good(text);
    let shown = loaded.events[0].title.best("fa").map(|(_, title)| title);
    assert_eq!(shown, Some("\u{fffd}|\u{241b}|\u{fffd}|\u{2407}|\n"));
    assert_eq!(warned(&loaded), ["TEXT 2:39 events[0].title"]);
}

#[test]
fn depth_costs_no_stack() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let wrong = format!(r#"{{"id": "x", "when": "2024", "title": {deep}, "x-y": {deep}}}"#);
    let loaded = good(document(&[wrong, event("y")]));
    assert_eq!(ids(&loaded), ["x", "y"]);
    assert_eq!(loaded.warnings.total(), 1);
    assert_eq!(error("[".repeat(100_000)).0, Class::Shape);
    assert_eq!(error("{\"a\":".repeat(100_000)).0, Class::Syntax);
}

#[test]
fn a_million_problems_are_counted_and_few_are_kept() {
    let bad = r#"{"id": 1, "colour": 2, "when": "2024-13"}"#;
    let loaded = good(document(&vec![bad.to_owned(); 30_000]));
    assert_eq!(loaded.events.len(), 30_000);
    assert_eq!(loaded.warnings.total(), 120_000);
    assert_eq!(loaded.warnings.list().len(), 1000);
    let places: Vec<_> = loaded.warnings.list().iter().map(|p| p.place).collect();
    assert!(places.is_sorted());
    let counts: Vec<_> = loaded.warnings.counts().collect();
    assert_eq!(
        counts,
        [
            (Class::Shape, 60_000),
            (Class::Unknown, 30_000),
            (Class::Date, 30_000)
        ]
    );
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).expect("memory");
    packer.finish().expect("memory")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("memory")
}

#[test]
fn packed_parts_are_one_text() {
    let text = lines(&three());
    for pack in [gzip, zstd] {
        let (head, rest) = text.as_bytes().split_at(70);
        let packed = [pack(head), pack(rest)].concat();
        assert_eq!(ids(&good(packed)), ["x", "y", "z"]);
    }
}

#[test]
fn packed_and_cut_keeps_the_lines_that_were_whole() {
    let events: Vec<_> = (0..2000).map(|at| event(&format!("e{at}"))).collect();
    for pack in [gzip, zstd] {
        let packed = pack(lines(&events).as_bytes());
        let loaded = good(&packed[..packed.len() - 20]);
        assert!(loaded.events.len() > 100);
        assert_eq!(loaded.warnings.total(), 1);
        assert_eq!(loaded.warnings.list()[0].class, Class::Io);
        let packed = pack(document(&events).as_bytes());
        assert_eq!(error(&packed[..packed.len() - 20]).0, Class::Io);
    }
}

#[test]
fn what_stands_behind_packed_data_costs_nothing() {
    for text in [document(&three()), lines(&three())] {
        let padded = [gzip(text.as_bytes()), vec![0; 512]].concat();
        let loaded = good(padded);
        assert_eq!(ids(&loaded), ["x", "y", "z"]);
        assert!(loaded.warnings.is_empty(), "zeros are padding");
        let followed = [gzip(text.as_bytes()), b"garbage".to_vec()].concat();
        let loaded = good(followed);
        assert_eq!(ids(&loaded), ["x", "y", "z"]);
        assert!(warned(&loaded)[0].starts_with("IO "));
    }
}

#[test]
fn a_check_keeps_ids_and_finds_the_same() {
    let bad = ["{\"id\": \"x\"}".to_owned(), "{\"id\": \"x\"}".to_owned()];
    let text = lines(&bad);
    let source = Source::Bytes("test", Cow::Owned(text.clone().into_bytes()));
    let kept: Loaded<Box<str>> = load_as(&source, &Limits::default()).expect("an event file");
    let whole = good(text);
    assert_eq!(kept.warnings, whole.warnings);
    assert_eq!(
        kept.events.iter().map(|id| &**id).collect::<Vec<_>>(),
        ids(&whole)
    );
    assert_eq!(ids(&whole), ["x", "x~2"]);
}

#[test]
fn blank_lines_count_as_lines() {
    let text = format!("{HEADER}\n{}\n{{\n", "\n \t\r\n".repeat(500));
    let text = format!("{text}{}\n", event("x"));
    let loaded = good(text);
    assert_eq!(ids(&loaded), ["x"]);
    assert_eq!(warned(&loaded), ["SYNTAX 1003:2 events[0]"]);
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = [HEADER.as_bytes(), &vec![b' '; 100 << 20]].concat();
    let (class, ..) = error(zstd(&bomb));
    assert_eq!(class, Class::Limit);
}

#[test]
fn a_limit_holds() {
    let source = Source::Bytes("test", Cow::Owned(lines(&three()).into_bytes()));
    let LoadError(problem) = load(&source, &Limits::bytes(100)).expect_err("too large");
    assert_eq!(problem.class, Class::Limit);
}

#[test]
fn other_files_are_named() {
    for (bytes, name) in [
        (&b"PK\x03\x04...."[..], "zip"),
        (b"\x89PNG\r\n", "PNG"),
        (b"SQLite format 3\0", "SQLite"),
        (b"\xFF\xFE{\0", "UTF-16"),
        (b"{\0\"\0s\0", "UTF-16"),
        (b"<!doctype html>", "web page"),
        (b"\0\0\0\0\0\0", "binary"),
    ] {
        let (class, _, what) = error(bytes);
        assert_eq!(class, Class::Encoding);
        assert!(what.contains(name), "{what}");
    }
}

#[test]
fn every_prefix_is_read_or_refused() {
    for text in [document(&three()), lines(&three())] {
        for end in 0..text.len() {
            let _ = read(&text.as_bytes()[..end]);
        }
        for pack in [gzip, zstd] {
            let packed = pack(text.as_bytes());
            for end in 0..packed.len() {
                let _ = read(&packed[..end]);
            }
        }
    }
}

/// Any JSON value, in text.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        any::<i32>().prop_map(|number| number.to_string()),
        "[a-z\u{627}-\u{62b}~/0-9-]{0,12}".prop_map(|word| format!("\"{word}\"")),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let key = prop_oneof![
            Just("id"),
            Just("when"),
            Just("title"),
            Just("actors"),
            Just("statements"),
            Just("text"),
            Just("other")
        ];
        let field = (key, inner.clone()).prop_map(|(key, value)| format!("\"{key}\": {value}"));
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(|all| format!("[{}]", all.join(", "))),
            prop::collection::vec(field, 0..4).prop_map(|all| format!("{{{}}}", all.join(", "))),
        ]
    })
}

proptest! {
    #[test]
    fn a_bad_record_hides_no_other(bad in value(), at in 0usize..4) {
        let mut events = three();
        events.insert(at.min(3), bad);
        for text in [document(&events), lines(&events)] {
            let loaded = good(text);
            for id in ["x", "y", "z"] {
                prop_assert!(ids(&loaded).contains(&id));
            }
        }
    }

    #[test]
    fn bytes_of_any_kind_are_survived(
        at in 0usize..400,
        new in prop::collection::vec(any::<u8>(), 0..4),
        gone in 0usize..4,
        packed in any::<bool>(),
    ) {
        for text in [document(&three()), lines(&three())] {
            let mut bytes = text.into_bytes();
            if packed {
                bytes = gzip(&bytes);
            }
            let at = at % bytes.len();
            let end = (at + gone).min(bytes.len());
            bytes.splice(at..end, new.clone());
            let _ = read(bytes);
        }
    }

    #[test]
    fn json_is_what_serde_takes_for_json(soup in "[\\[\\]{}:,\"\\\\un0-9a-f.eE+ -]{0,40}") {
        let text = format!("{{\"sokhan\": 1, \"x-soup\": {soup}}}");
        let known = serde_json::from_str::<IgnoredAny>(&text).is_ok();
        match read(text) {
            Ok(_) => prop_assert!(known),
            Err(LoadError(problem)) => {
                prop_assert_eq!(problem.class == Class::Syntax, !known, "{:?}", problem);
            }
        }
    }
}
