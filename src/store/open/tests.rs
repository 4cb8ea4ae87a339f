//! Both roads over a text agree: records, facts, warnings, errors.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::model::EventId;
use crate::store::{Class, load};
use crate::store::{Fact, Table, TextReader};

const HEADER: &str = r#""sokhan":1,"actors":[{"id":"a","kind":"person","name":"A"},{"id":"m\\","kind":"media"}],"sources":[{"id":"s","publisher":"m\\"}]"#;

/// Records that are written in many ways.
const EVENTS: &[&str] = &[
    r#"{"id":"1","when":"2024-07-11","title":{"fa":"یک"},"actors":["a"],"tags":["t","T "],"place":{"fa":"تهران","en":"Tehran"}}"#,
    r#"{"id":"2","when":"2024-02-30","title":"no such day"}"#,
    r#"{"title":"no id","when":"2023"}"#,
    r#"{"id":"4","when":{"jalali":"1403-04-21"},"title":"x","place":"تهران","sources":["s","nowhere"]}"#,
    r#"{"id":"5","when":"2024-07-11/2024-07-13","title":"long","statements":[{"speaker":"a","mode":"direct","text":"q","source":"s"},{"speaker":"b"}]}"#,
    r#"{ "x-own" : [1, {"y": null}], "id" : "6" , "id":"7", "when":"1999-01-01" , "title":"twice" }"#,
    r#"{"id":"8","when":"2024-07-11","title":"\u0641\u0627","actors":["\u0061",{"id":"m\\","role":"r"}],"unknown":1}"#,
    r#"{"id":"9","title":{},"when":7,"actors":"a","tags":[1,"x"],"statements":[{"text":{"fa":"s","x-a":"b"},"via":["m\\"],"to":["a"]}]}"#,
    r#"{"id":"\ud83d","when":"2024-07-11","title":"\u12"}"#,
    r#"{"id":"11","when":"2024-07-11","title":"a","tags":[" "],"place":{"x-a":"b","fa":"تهران"}}"#,
    r#"{"id":"1","when":"2020-01-01","title":"again"}"#,
    r#"{"id":"1~2","when":"2020-01-01","title":"taken"}"#,
    r#"{"id":"13","when":"2024-07-11","title":"d","summary":"e","x":1e999}"#,
    r#"{"sokhan":1}"#,
    r#"{"id":"14"} {"id":"15","own":1} "#,
    r#"7 {"id":"1","title":"x"} {"sokhan":1} [] {"id":"#,
    r#"{"id":"e","when":"2024","title":"t","x-a":{"sokhan":1}} }"#,
    r#"{"title":"z","x-a":{"sokhan":1}}"#,
    r#"{"id":"e","when":"2024","title":"t"}"#,
    r#"{"id":"deep","when":"2024","title":"t","x-a":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}"#,
    "7",
    "",
    r#"{"id":"16","when":"2024","title":"t""#,
];

/// What a fact stands for.
fn means(store: &Store, fact: Fact) -> String {
    let (row, tables, header) = (fact.row() as usize, store.tables(), store.header());
    let name = match fact.table() {
        Table::Actor => match header.actors.get(row) {
            Some(actor) => actor.id.clone(),
            None => tables.unknown_actors.values()[row - header.actors.len()].clone(),
        },
        Table::Source => match header.sources.get(row) {
            Some(source) => source.id.clone(),
            None => tables.unknown_sources.values()[row - header.sources.len()].clone(),
        },
        Table::Place => format!("{:?}", tables.places.values()[row].best("fa")),
        Table::Tag => tables.tags.values()[row].to_lowercase(),
    };
    format!("{:?} {name} {}", fact.table(), fact.speaks())
}

fn assert_same(fast: &Store, slow: &Store, text: &str) {
    assert_eq!(fast.header(), slow.header(), "{text}");
    assert_eq!(fast.len(), slow.len(), "{text}");
    assert_eq!(fast.undated_from(), slow.undated_from(), "{text}");
    for event in (0..fast.len() as u32).map(EventId) {
        assert_eq!(fast.days(event), slow.days(event), "{event:?} of {text}");
        let facts = |store: &Store| {
            store
                .facts()
                .of(event.0 as usize)
                .map(|fact| means(store, fact))
                .collect::<BTreeSet<_>>()
        };
        assert_eq!(facts(fast), facts(slow), "{event:?} of {text}");
        assert_eq!(fast.modes(event), slow.modes(event), "{event:?} of {text}");
        assert_eq!(fast.event(event), slow.event(event), "{event:?} of {text}");
    }
    for table in Table::ALL {
        assert_eq!(
            fast.tables().rows(table),
            slow.tables().rows(table),
            "{table:?} of {text}"
        );
    }
}

/// Loads `text` by both roads, in stretches of many sizes, and in memory all at once.
fn agree(text: &[u8]) {
    for stretch in [STRETCH, 50, 7] {
        agree_within(Limits::default(), stretch, text);
    }
}

fn agree_within(limits: Limits, stretch: u64, text: &[u8]) {
    let shown = String::from_utf8_lossy(text).into_owned();
    let source = Source::Bytes("text", text.to_vec().into());
    let slow = load(&source, &limits);
    let fast = bounded(Opening::new(source, limits), stretch);
    match (fast.expect(&shown), slow) {
        (Ok(fast), Ok(slow)) => {
            let (events, warnings) = (slow.events, slow.warnings);
            let slow = Store::from_records(slow.header, events).with_warnings(warnings);
            assert_eq!(texts(&fast), texts(&slow), "{shown}");
            assert_same(&fast, &slow, &shown);
            assert_eq!(fast.warnings(), slow.warnings(), "{shown}");
        }
        (fast, slow) => assert_eq!(fast.err(), slow.err(), "{shown}"),
    }
}

/// What is found without the whole text in memory.
fn bounded(opening: Result<Opening, LoadError>, stretch: u64) -> Option<Result<Store, LoadError>> {
    let (opening, progress) = match opening {
        Ok(opening) => (opening, Progress::default()),
        Err(error) => return Some(Err(error)),
    };
    let (bytes, tail) = match &opening.text {
        Text::Hopeless | Text::Awaited => {
            return Some(Err(opening.check().expect_err("no event file")));
        }
        Text::Odd(bytes, tail) => (bytes, tail),
        Text::Plain(bytes, frame, tail) => {
            let road = Road {
                stretch,
                workers: if bytes.len() <= stretch { 1 } else { 2 },
                ..opening.road(bytes, &progress)
            };
            match opening.by(&road, bytes, frame) {
                Ok(store) => return Some(Ok(store)),
                Err(Halt::Unusable(error)) => return Some(Err(error)),
                Err(Halt::Unreadable | Halt::Broken) => (bytes, tail),
            }
        }
    };
    fault::find(bytes, tail.as_ref(), &progress).map(Err)
}

/// Reads and checks the texts; the letters of each event.
fn texts(store: &Store) -> BTreeMap<EventId, Vec<u8>> {
    let reader = TextReader::new(store);
    let mut texts = BTreeMap::new();
    for at in 0..reader.len() {
        let chunk = reader.read(at).expect("a chunk");
        let events = reader.order().iter().skip(chunk.first as usize);
        for (at, event) in events.take(chunk.len()).enumerate() {
            texts.insert(*event, chunk.texts.text(at).to_owned());
        }
    }
    reader.finish().expect("a file as it was");
    texts
}

fn lines(events: &[&str]) -> String {
    format!("{{{HEADER}}}\n{}\n", events.join("\n"))
}

fn document(events: &[&str]) -> String {
    format!("{{\"events\":[{}],{HEADER}}}", events.join(",\n"))
}

#[test]
fn both_roads_agree_on_every_record() {
    for event in EVENTS {
        for other in EVENTS {
            agree(lines(&[event, other, EVENTS[0]]).as_bytes());
            agree(document(&[event, other, EVENTS[0]]).as_bytes());
        }
    }
}

#[test]
fn both_roads_agree_on_two_values_of_a_line_wherever_stretches_end() {
    let pairs = [
        r#"{"id":"1","when":"2024","title":"a"}{"id":"2","when":"2023","title":"b","actors":["z"]}"#,
        r#"{"id":"1","when":"2024","title":"a"} {"sokhan":1}"#,
        r#"{"sokhan":1} {"id":"1","when":"2024","title":"a"} 7 {"id":"1","when":"x"}"#,
        r#" {"id":"1","when":"2024","title":"a"} rubbish {"id":"2"}"#,
        r#"{"id":"1","when":"2024","title":"a"},{"id":"2","when":"2023","title":"b"}"#,
        r#"rubbish {"id":"1","when":"2024","title":"a"}"#,
    ];
    for pair in pairs {
        for text in [lines(&[pair]), lines(&[EVENTS[0], pair, EVENTS[0], pair])] {
            for stretch in 1..text.len() as u64 - HEADER.len() as u64 {
                agree_within(Limits::default(), stretch, text.as_bytes());
            }
            agree(text.trim_end().as_bytes());
        }
    }
}

#[test]
fn what_is_read_in_memory_can_be_stopped() {
    let twice = format!("{{\"events\":[],{HEADER},\"events\":[{}]}}", EVENTS[0]);
    let source = Source::Bytes("text", twice.into_bytes().into());
    assert!(bounded(Opening::new(source.clone(), Limits::default()), STRETCH).is_none());
    let opening = Opening::new(source, Limits::default()).expect("an event file");
    let progress = Progress::default();
    assert_eq!(opening.load(&progress).expect("an event file").len(), 1);
    progress.stop();
    let stopped = opening.slowly(&progress);
    assert!(matches!(stopped, Err(OpenError::Stopped)));
}

#[test]
fn both_roads_agree_without_any_event() {
    let header = format!("{{{HEADER}}}");
    for rest in [
        "",
        "\n",
        "\n \n\r\n",
        "\n7",
        "\nrubbish\n\"\n",
        "\n\n{\"id\"\n{\"id\":1",
        "\n{\"sokhan\":1}\nrubbish",
        " 7",
        " \u{c}",
        "]",
    ] {
        agree(format!("{header}{rest}").as_bytes());
        agree(format!("\u{feff} \n{header}{rest}").as_bytes());
        let pretty = header.replace(',', ",\n");
        agree(format!("{pretty}{rest}").as_bytes());
    }
    for events in [
        "", " ", "7", "7,[]", "{", "[", "{},", ",", "\"", "]", "null",
    ] {
        agree(document(&[events]).as_bytes());
        agree(format!("{{{HEADER},\"events\":[{events}").as_bytes());
    }
    for text in [
        "", " \n ", "\u{feff}", "7", "[]", "{", "{}", "{}\n{}", "nul", "\u{a0}",
    ] {
        agree(text.as_bytes());
    }
}

#[test]
fn both_roads_agree_on_lines_that_end_with_carriage_returns() {
    for event in EVENTS {
        for text in [lines(&[event, EVENTS[0], event]), lines(&[event])] {
            let text = text.replace('\n', "\r");
            agree(text.as_bytes());
            agree(text.trim_end().as_bytes());
            agree(format!("{text}\n").as_bytes());
        }
    }
}

#[test]
fn both_roads_agree_on_heads_that_are_wrong() {
    let event = EVENTS[0];
    for head in [
        r#""sokhan":2"#,
        r#""sokhan":"1","actors":7"#,
        r#""title":"no version""#,
        r#""sokhan":1,"sokhan":1.0"#,
        r#""sokhan":1,"actors":[{"id":"a"},{"id":"a"},7]"#,
        r#""sokhan":1,"\u0061ctors":[]"#,
        r#""sokhan":1,"events":7"#,
        r#""sokhan":1,}"#,
        r#""sokhan":1 "title":"#,
        r#""sokhan":1,"title":"\q""#,
        "\"sokhan\":1,\n\"title\":\"\n\"",
        "\"sokhan\":1\u{a0}",
        "'sokhan':1",
    ] {
        for text in [
            format!("{{{head}}}\n{event}\n{event}\n"),
            format!("{{{head}}}\n{event}"),
            format!("{{{head},\"events\":[{event}]}}"),
            format!("{{\"events\":[{event},\n{event}],\n{head}}}"),
            format!("{{\"events\":[{event}],{head}}}\n{event}\n"),
            format!("{{\n\"\\u0065vents\" : [{event}],{head}}} rubbish"),
            format!("{{{head},\"events\" : {{}}}}"),
        ] {
            if text.matches("vents\"").count() < 2 {
                agree(text.as_bytes());
            }
        }
    }
}

#[test]
fn both_roads_agree_on_packed_files_with_a_bad_end() {
    let packed = |text: &str| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packer, text.as_bytes()).expect("memory");
        packer.finish().expect("memory")
    };
    for text in [lines(&EVENTS[..9]), document(&EVENTS[..9])] {
        let whole = packed(&text);
        agree(&whole);
        for end in (0..whole.len()).step_by(5) {
            agree(&whole[..end]);
        }
        agree(&[&whole, &b"rubbish"[..]].concat());
        agree(&packed(&format!("{text} rubbish")));
        agree(&[packed(&format!("{text}]")), b"rubbish".to_vec()].concat());
        agree(&[packed(&text[..text.len() - 3]), b"rubbish".to_vec()].concat());
    }
    // Several values on the line that is cut: what stands before the cut counts.
    let several = lines(&[EVENTS[1], &format!("{} \"e\" {}", EVENTS[0], EVENTS[3])]);
    for end in (several.len() / 2..several.len()).filter(|end| several.is_char_boundary(*end)) {
        let cut = [packed(&several[..end]), b"rubbish".to_vec()].concat();
        agree(&cut);
    }
    let source = |text: &[u8]| Source::Bytes("cut", text.to_vec().into());
    let line = several.len() - EVENTS[3].len();
    let cut = [packed(&several[..line]), b"rubbish".to_vec()].concat();
    let opening = Opening::new(source(&cut), Limits::default()).expect("an event file");
    let store = opening.load(&Progress::default()).expect("an event file");
    assert_eq!(store.len(), 2, "the event before the cut is kept");
    // Nothing whole is left behind the header, which is wrong itself.
    for version in [1, 7] {
        let text = format!("{{\"sokhan\":{version},\"actors\":[]}}\n");
        for cut in ["\u{3}zzz", "{\"id\"", ""] {
            let mut torn = packed(&(text.clone() + cut));
            let sum = torn.len() - 8;
            torn[sum] ^= 1;
            agree(&torn);
        }
    }
}

#[test]
fn both_roads_agree_on_what_is_too_long() {
    for record in [0, 1, 30, 60, 100, 120] {
        let limits = Limits {
            record,
            ..Limits::default()
        };
        for text in [lines(&EVENTS[..12]), document(&EVENTS[..8])] {
            agree_within(limits, STRETCH, text.as_bytes());
            agree_within(limits, 40, text.as_bytes());
            let source = Source::Bytes("text", text.into_bytes().into());
            let opening = Opening::new(source, limits).expect("an event file");
            let (_, warnings) = opening.check().expect("an event file");
            let loaded: Loaded<Box<str>> =
                load_as(&opening.source, &limits).expect("an event file");
            assert_eq!(warnings, loaded.warnings, "{record}");
            let mut counts = warnings.counts();
            assert!(counts.any(|(class, _)| class == Class::Limit), "{record}");
        }
    }
}

#[test]
fn both_roads_agree_on_files_cut_anywhere() {
    let head_first = format!("{{{HEADER},\n\"events\":[{}]}}", EVENTS[1]);
    for text in [lines(&EVENTS[..5]), document(&EVENTS[..5]), head_first] {
        for end in 0..text.len() {
            agree(&text.as_bytes()[..end]);
        }
    }
}

#[test]
fn both_roads_agree_on_files_with_any_byte_changed() {
    for text in [lines(&EVENTS[4..6]), document(&EVENTS[6..8])] {
        for at in 0..text.len() {
            for byte in [
                b'"', b'\\', b'{', b'}', b']', b',', b' ', b'\n', b'\r', b'0', 0, 0xFF,
            ] {
                let mut text = text.clone().into_bytes();
                text[at] = byte;
                agree_within(Limits::default(), STRETCH, &text);
                if at % 5 == 0 {
                    agree_within(Limits::default(), 61, &text);
                }
            }
        }
    }
}
