//! Event files on disk: opened quickly, shown from the file, noticed when they change.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use flate2::write::GzEncoder;
use sokhan::model::EventId;
use sokhan::query::Index;
use sokhan::store::{
    Class, DetailError, Limits, OpenError, Opening, Progress, Source, Store, load,
};

/// A file that goes away with its owner.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, text: &str) -> Self {
        let name = format!("sokhan-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::write(&path, text).expect("a place for temporary files");
        Self(path)
    }

    fn opening(&self) -> Opening {
        let source = Source::File(self.0.clone());
        Opening::new(source, Limits::default()).expect("a readable file")
    }

    fn store(&self) -> Store {
        self.opening()
            .load(&Progress::default())
            .expect("an event file")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Events of several stretches of the fast road, some of them odd.
fn lines(events: usize) -> String {
    let header = "{\"sokhan\":1,\"actors\":[{\"id\":\"a\",\"name\":\"A\"}]}\n".to_owned();
    std::iter::once(header)
        .chain((0..events).map(line))
        .collect()
}

fn line(at: usize) -> String {
    let (day, words) = (
        at * 7 % 28 + 1,
        "گفت\u{200c}وگو دربارهٔ صلح ".repeat(at % 9 + 1),
    );
    let actor = if at.is_multiple_of(777) { "b" } else { "a" };
    match at % 1000 {
        500 => "not an event\n".to_owned(),
        600 => format!(
            "{{\"id\":\"{}\",\"when\":\"2020\",\"title\":\"again\"}}\n",
            at - 1
        ),
        _ => format!(
            "{{\"id\":\"{at}\",\"when\":\"2024-01-{day:02}\",\"title\":{{\"fa\":\"{words}\"}},\"actors\":[\"{actor}\"]}}\n"
        ),
    }
}

#[test]
fn a_file_of_several_stretches_is_what_the_decoder_makes_of_it() {
    let scratch = Scratch::new("stretches.jsonl", &lines(12_000));
    let fast = Index::build(Arc::new(scratch.store()));
    assert!(!fast.store().is_held(), "the fast road gave up");
    fast.read_texts(&Progress::default())
        .expect("the file as it was");
    let slow = load(&Source::File(scratch.0.clone()), &Limits::default()).expect("an event file");
    let (spans, warnings) = (slow.spans.len(), slow.warnings.clone());
    let slow = Store::from_records(slow.header, slow.events);
    assert_eq!(fast.store().len(), spans);
    assert_eq!(*fast.store().warnings(), warnings);
    assert!(
        warnings.total() > 24,
        "left out lines, doubled ids and an unknown actor"
    );
    for event in (0..spans as u32).map(EventId) {
        assert_eq!(fast.store().days(event), slow.days(event));
        assert_eq!(fast.store().event(event), slow.event(event));
    }
}

#[test]
fn a_file_that_was_cut_or_written_to_is_not_shown_as_if_it_were_the_old_one() {
    let text = lines(100);
    let same_length = text.replacen("2024", "2025", 1);
    let inserted = text.replacen("{\"id\":\"50\"", "\n{\"id\":\"50\"", 1);
    for changed in [&text[..text.len() / 2], &same_length, &inserted, ""] {
        let scratch = Scratch::new("changed.jsonl", &text);
        let store = scratch.store();
        let shown = store.event(EventId(0)).expect("an event");
        fs::write(&scratch.0, changed).expect("a file of ours");
        assert_eq!(store.event(EventId(0)), Ok(shown), "what was shown stays");
        assert_eq!(store.event(EventId(50)), Err(DetailError::Changed));
        let index = Index::build(Arc::new(store));
        assert_eq!(
            index.read_texts(&Progress::default()),
            Err(DetailError::Changed)
        );
    }
}

#[test]
fn events_that_are_far_apart_or_very_long_are_read_for_searching() {
    let blanks = "\n".repeat(3 << 20);
    let long = "دراز ".repeat(300_000);
    let event = |id: &str, title: &str| format!("{{\"id\":\"{id}\",\"title\":\"{title}\"}}\n");
    let events = [event("1", "near"), event("2", &long), event("3", "far")];
    let text = format!("{{\"sokhan\":1}}\n{}", events.join(&blanks));
    let scratch = Scratch::new("apart.jsonl", &text);
    let index = Index::build(Arc::new(scratch.store()));
    index
        .read_texts(&Progress::default())
        .expect("the file as it was");
    for (word, event) in [("near", 0), ("دراز", 1), ("far", 2)] {
        let found = index.search(word, &Progress::default()).expect("an answer");
        assert_eq!(
            found.bits.iter().collect::<Vec<_>>(),
            [EventId(event)],
            "{word}"
        );
    }
}

#[test]
fn what_is_added_behind_leaves_the_rest_readable() {
    let scratch = Scratch::new("grown.jsonl", &lines(100));
    let store = scratch.store();
    for more in [101, 102] {
        fs::write(&scratch.0, lines(more)).expect("a file of ours");
        assert!(store.event(EventId(more as u32 - 60)).is_ok());
    }
    fs::write(&scratch.0, lines(50)).expect("a file of ours");
    assert_eq!(store.event(EventId(60)), Err(DetailError::Changed));
}

#[test]
fn a_line_that_is_not_whole_waits_for_its_end() {
    let text = lines(20);
    let whole = scratch_len(&text, Opening::new);
    for cut in (text.len() - 300..=text.len()).filter(|cut| text.is_char_boundary(*cut)) {
        let feed = text[..cut].rfind('\n').expect("a line");
        let last_is_whole = text[feed..cut].ends_with("]}");
        let lines = text[..cut].lines().count() - 1;
        let events = if last_is_whole || feed + 1 == cut {
            lines
        } else {
            lines - 1
        };
        let unfinished = |source, limits| Opening::unfinished(source, limits, None);
        assert_eq!(
            scratch_len(&text[..cut], unfinished),
            events,
            "cut at {cut}"
        );
    }
    assert_eq!(whole, 20);
}

/// How many events `open` finds in a file of `text`; no line is broken.
fn scratch_len(
    text: &str,
    open: impl Fn(Source, Limits) -> Result<Opening, sokhan::store::LoadError>,
) -> usize {
    let scratch = Scratch::new("growing.jsonl", text);
    let opening = open(Source::File(scratch.0.clone()), Limits::default()).expect("a file");
    let store = opening.load(&Progress::default()).expect("events");
    let mut classes = store.warnings().counts().map(|(class, _)| class);
    assert!(!classes.any(|class| class == Class::Syntax));
    store.len()
}

#[test]
fn a_load_that_is_stopped_ends_without_a_store() {
    let scratch = Scratch::new("stopped.jsonl", &lines(100));
    let progress = Progress::default();
    progress.stop();
    assert!(matches!(
        scratch.opening().load(&progress),
        Err(OpenError::Stopped)
    ));
}

#[test]
fn progress_counts_bytes_and_events() {
    let text = lines(400);
    let scratch = Scratch::new("progress.jsonl", &text);
    let progress = Progress::default();
    scratch.opening().load(&progress).expect("an event file");
    let (done, total) = progress.bytes();
    assert_eq!((done, progress.events()), (total, 400));
}

/// Both roads over `text` find the same events and say the same of them.
fn assert_the_roads_agree(text: impl AsRef<[u8]>) {
    let bytes = text.as_ref();
    let text = String::from_utf8_lossy(bytes);
    let source = || Source::Bytes("text", bytes.to_vec().into());
    let opening = Opening::new(source(), Limits::default()).ok();
    let fast = opening.and_then(|opening| opening.load(&Progress::default()).ok());
    let slow = load(&source(), &Limits::default()).ok();
    assert_eq!(fast.is_some(), slow.is_some(), "{text:?}");
    let Some((fast, slow)) = fast.zip(slow) else {
        return;
    };
    let fast = Index::build(Arc::new(fast));
    fast.read_texts(&Progress::default())
        .expect("bytes in memory");
    assert_eq!(*fast.store().warnings(), slow.warnings, "{text:?}");
    let slow = Store::from_records(slow.header, slow.events);
    assert_eq!(fast.store().len(), slow.len(), "{text:?}");
    for event in (0..slow.len() as u32).map(EventId) {
        assert_eq!(fast.store().event(event), slow.event(event), "{text:?}");
    }
}

#[test]
fn a_form_feed_is_no_white_space_on_either_road() {
    let event = |id| format!(r#"{{"id":"{id}","when":"2024","title":"t"}}"#);
    for (before, after) in [("", "\u{c}"), ("\u{c}", ""), (" ", "\t \u{c} ")] {
        let (one, other) = (event(1), event(2));
        let lines = format!("{before}{one}{after}\n{other}\n\u{c}\n");
        assert_the_roads_agree(format!("{{\"sokhan\":1}}\n{lines}"));
        assert_the_roads_agree(format!("{{\"sokhan\":1}}{after}\n{other}\n{one}\n"));
    }
}

#[test]
fn a_control_in_a_key_of_the_files_own_is_told_on_either_road() {
    let event = "{\"id\":\"e\",\"when\":\"2024\",\"title\":\"t\",\"x-\u{3}\":1}";
    assert_the_roads_agree(format!("{{\"sokhan\":1}}\n{event}\n"));
    assert_the_roads_agree(format!("{{\"sokhan\":1,\"events\":[{event}]}}"));
}

#[test]
fn text_in_another_encoding_is_told_and_not_shown() {
    let scratch = Scratch::new("cp1256.json", "");
    let words = b"\xd3\xe1\xc7\xe3 ".repeat(20);
    let event = [b"{\"id\":\"1\",\"title\":\"", &words[..], b"\"}"].concat();
    let text = [b"{\"sokhan\":1,\"events\":[", &event[..], b"]}"].concat();
    fs::write(&scratch.0, text).expect("a file of ours");
    for failed in [
        scratch.opening().check().map(drop),
        match scratch.opening().load(&Progress::default()) {
            Err(OpenError::Load(error)) => Err(error),
            Ok(_) | Err(OpenError::Stopped) => Ok(()),
        },
    ] {
        assert_eq!(failed.expect_err("no UTF-8").0.class, Class::Encoding);
    }
}

#[test]
fn without_a_single_event_what_stands_in_their_place_is_told_on_either_road() {
    assert_the_roads_agree("{\"sokhan\": 1}\n\n[1]\n{\"id\": 7, \"when\":\n");
    assert_the_roads_agree("{\"sokhan\": 1}\n");
    let lines = "{\"sokhan\": 1}\n{\"id\": \"e\", \"when\": \"2024\", \"title\": \"t\"}\n";
    let mut packed = GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(lines.as_bytes()).expect("in memory");
    let packed = packed.finish().expect("in memory");
    for cut in 0..packed.len() {
        assert_the_roads_agree(&packed[..cut]);
    }
}
