//! An event file, opened: its first events at once, all of them by the fast road, and by the
//! decoder alone where the fast road does not lead.

use std::fs::File;
use std::io;
use std::num::NonZero;
use std::slice;
use std::sync::Arc;

use super::assemble::{self, Columns};
use super::batch::Odd;
use super::bytes::{Bytes, Opened};
use super::decode::{self, Names, Reader, Top};
use super::detail::{Detail, Original};
use super::facts::Tables;
use super::fault;
use super::frame::{Frame, frame};
use super::grow::Seam;
use super::json::Cursor;
use super::load::{self, Kept, Loaded, Stands, load_as, parse};
use super::look::{self, Packing};
use super::place;
use super::problem::{LoadError, Warnings};
use super::road::{Road, STRETCH, Walked, records};
use super::scan;
use super::source::{Limits, Source};
use super::stream::{HEAD, Received, Tail, cannot_read};
use super::stretch::Halt;
use super::{Progress, Store};
use crate::model::{EventRecord, Header};

/// Why there is no store.
#[derive(Debug)]
pub enum OpenError {
    /// The file cannot be used.
    Load(LoadError),
    /// [`Progress::stop`] was called.
    Stopped,
}

impl From<LoadError> for OpenError {
    fn from(error: LoadError) -> Self {
        Self::Load(error)
    }
}

/// An event file that is ready to be read.
#[derive(Debug)]
pub struct Opening {
    source: Source,
    limits: Limits,
    text: Text,
    /// More may come behind the text.
    grows: bool,
}

/// What is known of the text.
#[derive(Debug)]
enum Text {
    /// Nothing that helps: the decoder must look at all of it; perhaps something is wrong with its
    /// end.
    Odd(Arc<Bytes>, Option<Tail>),
    /// Its beginning shows that it is no event file.
    Hopeless,
    /// There is none, but that may change.
    Awaited,
    /// It is as it should be, as far as one can see from its beginning. A tail does not spoil it.
    Plain(Arc<Bytes>, Frame, Option<Tail>),
}

impl Opening {
    /// Opens `source` and looks at its beginning. Standard input and packed files are read to the
    /// end, and kept.
    ///
    /// # Errors
    ///
    /// When it cannot be read at all.
    pub fn new(source: Source, limits: Limits) -> Result<Self, LoadError> {
        if let Some(bytes) = plain_file(&source, &limits) {
            let text = if is_hopeless(&bytes) {
                Text::Hopeless
            } else {
                framed(bytes, None)
            };
            return Ok(Self::of(source, limits, text));
        }
        let received = source.receive(&limits)?;
        Ok(Self::received(source, limits, &received))
    }

    /// Opens what came of `source` until now.
    pub fn received(source: Source, limits: Limits, received: &Received) -> Self {
        let (bytes, tail) = received.so_far();
        Self::of(source, limits, framed(bytes, tail))
    }

    /// Opens a file that grows, or what came of a stream that goes on: what may be only the
    /// beginning of its last line is left alone until the rest is there. The events that come
    /// behind can be taken up by [`Store::grown`].
    ///
    /// # Errors
    ///
    /// When it cannot be read at all.
    pub fn unfinished(
        source: Source,
        limits: Limits,
        received: Option<&Received>,
    ) -> Result<Self, LoadError> {
        let bytes = match received {
            Some(received) => Some(received.so_far().0),
            None => plain_file(&source, &limits),
        };
        let lines = |bytes: Bytes| {
            let length = whole_lines(&bytes, b'\n')?;
            bytes.cut(length)
        };
        match bytes.map(lines) {
            Some(Ok(bytes)) if !is_hopeless(&bytes) => {
                let text = if is_blank(&bytes) {
                    Text::Awaited
                } else {
                    framed(bytes, None)
                };
                let opening = Self::of(source, limits, text);
                Ok(Self {
                    grows: true,
                    ..opening
                })
            }
            Some(_) | None => Self::new(source, limits),
        }
    }

    /// True when there is nothing yet, not even a whole first line, but something may come.
    pub fn is_awaited(&self) -> bool {
        matches!(self.text, Text::Awaited)
    }

    fn of(source: Source, limits: Limits, text: Text) -> Self {
        Self {
            source,
            limits,
            text,
            grows: false,
        }
    }

    /// How much text there is, in bytes.
    pub fn len(&self) -> u64 {
        match &self.text {
            Text::Odd(bytes, _) | Text::Plain(bytes, ..) => bytes.len(),
            Text::Hopeless | Text::Awaited => 0,
        }
    }

    /// True without text.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reads all of it; when `progress` is stopped, what came before that, if it can be shown:
    /// [`Store::is_part`].
    ///
    /// # Errors
    ///
    /// When it is no event file, or when `progress` was stopped too soon.
    pub fn load(&self, progress: &Progress) -> Result<Store, OpenError> {
        match &self.text {
            Text::Plain(bytes, frame, _) => match self.quickly(bytes, frame, progress) {
                Ok(store) => Ok(store),
                Err(_) if progress.is_stopped() => Err(OpenError::Stopped),
                Err(Halt::Unusable(error)) => Err(error.into()),
                Err(Halt::Unreadable | Halt::Broken) => self.slowly(progress),
            },
            Text::Odd(..) | Text::Hopeless | Text::Awaited => self.slowly(progress),
        }
    }

    /// Looks at every event for what is wrong with it: how many there are, and that.
    ///
    /// # Errors
    ///
    /// When it is no event file.
    pub fn check(&self) -> Result<(usize, Warnings), LoadError> {
        let progress = Progress::default();
        if let Text::Plain(bytes, frame, _) = &self.text {
            match self.quickly(bytes, frame, &progress) {
                Ok(store) if store.check().is_ok() => {
                    return Ok((store.len(), store.warnings().clone()));
                }
                Err(Halt::Unusable(error)) => return Err(error),
                Ok(_) | Err(Halt::Unreadable | Halt::Broken) => {}
            }
        }
        // Problems are what is asked for: of the events, only their ids are held.
        let loaded: Loaded<Box<str>> = self.decode(&progress)?;
        Ok((loaded.events.len(), loaded.warnings))
    }

    /// By the decoder alone, which knows what to say about anything.
    fn slowly(&self, progress: &Progress) -> Result<Store, OpenError> {
        let loaded = self.decode::<EventRecord>(progress);
        if progress.is_stopped() {
            return Err(OpenError::Stopped);
        }
        let Loaded {
            header,
            events,
            warnings,
            ..
        } = loaded?;
        Ok(Store::from_records(header, events).with_warnings(warnings))
    }

    /// By the decoder, in memory, what can be read at all; void when `progress` was stopped.
    fn decode<E: Kept>(&self, progress: &Progress) -> Result<Loaded<E>, LoadError> {
        let (bytes, tail) = match &self.text {
            Text::Odd(bytes, tail) | Text::Plain(bytes, _, tail) => (bytes, tail.as_ref()),
            // Only its beginning is read, which says why.
            Text::Hopeless | Text::Awaited => return load_as(&self.source, &self.limits),
        };
        if let Some(error) = fault::find(bytes, tail, progress) {
            return Err(error);
        }
        let (mut text, mut at) = (Vec::new(), 0);
        // Growing by doubling would hold it nearly three times over.
        text.reserve_exact(bytes.len() as usize);
        while at < bytes.len() && !progress.is_stopped() {
            let read = bytes.read_more(at..at + STRETCH, &mut text);
            read.map_err(|error| cannot_read(&error))?;
            at += STRETCH;
        }
        parse(&text, tail.cloned(), &self.limits, progress)
    }

    /// By the scanner.
    fn quickly(
        &self,
        bytes: &Arc<Bytes>,
        frame: &Frame,
        progress: &Progress,
    ) -> Result<Store, Halt> {
        self.by(&self.road(bytes, progress), bytes, frame)
    }

    /// The same, on a given road.
    fn by(&self, road: &Road, bytes: &Bytes, frame: &Frame) -> Result<Store, Halt> {
        let (walked, head) = match frame {
            Frame::Lines { events, .. } => {
                let head = self.head(None).ok_or(Halt::Broken)?;
                (road.lines(*events)?, head)
            }
            Frame::Document { events, .. } => {
                let walked = road.array(*events)?;
                let head = self.head(walked.end).ok_or(Halt::Broken)?;
                (walked, head)
            }
        };
        if let (Frame::Lines { .. }, Some(odd)) = (frame, walked.only_broken()) {
            return Err(no_event(bytes, odd, frame.feed())?);
        }
        let Walked { done, end, whole } = walked;
        let records = records(&done);
        let tables = Tables::new(&head.header);
        let mut columns = assemble::columns(done, &head.header, &head.names, tables);
        columns.end = end;
        if columns.days.is_empty() && !whole {
            return Err(Halt::Broken);
        }
        let store = self.store(head, columns).ok_or(Halt::Broken)?;
        let seam = Seam::new(frame.clone(), records);
        Ok(match (whole, self.grows) {
            (true, true) => store.growing(seam),
            (true, false) => store,
            (false, _) => store.cut_short(),
        })
    }

    /// The scanner's way over `bytes`.
    pub(super) fn road<'a>(&self, bytes: &'a Bytes, progress: &'a Progress) -> Road<'a> {
        let workers = if bytes.len() <= STRETCH {
            1
        } else {
            std::thread::available_parallelism()
                .map_or(1, NonZero::get)
                .min(2)
        };
        Road {
            bytes,
            judge: &|text, stands| load::alone(text, stands, 0, 0),
            progress,
            workers,
            stretch: STRETCH,
            longest: self.limits.record,
            feed: self.plain().map_or(b'\n', |(_, frame)| frame.feed()),
        }
    }

    /// Where the data comes from.
    pub(super) fn source(&self) -> &Source {
        &self.source
    }

    /// The text and its shape, when it is as it should be as far as one can see.
    pub(super) fn plain(&self) -> Option<(&Arc<Bytes>, &Frame)> {
        match &self.text {
            Text::Plain(bytes, frame, _) => Some((bytes, frame)),
            Text::Odd(..) | Text::Hopeless | Text::Awaited => None,
        }
    }

    /// The same of lines whose end nothing is wrong with.
    pub(super) fn plain_lines(&self) -> Option<(&Arc<Bytes>, &Frame)> {
        match &self.text {
            Text::Plain(bytes, frame @ Frame::Lines { .. }, None) => Some((bytes, frame)),
            Text::Plain(..) | Text::Odd(..) | Text::Hopeless | Text::Awaited => None,
        }
    }

    /// What stands around the events, whose array ends at `end` in the document shape.
    pub(super) fn head(&self, end: Option<u64>) -> Option<Head> {
        let (_, frame) = self.plain()?;
        let range = frame.head();
        let mut head = Head::read(&self.head_text(end)?, self.limits.warnings)?;
        // Back to the offsets of the file.
        for problem in head.warnings.list_mut() {
            let seam = range.end - range.start;
            let behind = |at: usize| end.filter(|_| at as u64 >= seam).map(|end| end - seam);
            problem.at = problem
                .at
                .map(|at| at + behind(at).unwrap_or(range.start) as usize);
        }
        Some(head)
    }

    /// The file without its events: what stands before them, and from `end` on, where their array
    /// ends. When that is not told, it ends at once, and the object with it.
    pub(super) fn head_text(&self, end: Option<u64>) -> Option<Vec<u8>> {
        let (bytes, frame) = self.plain()?;
        let mut text = Vec::new();
        bytes.read(frame.head(), &mut text).ok()?;
        if let Frame::Document { .. } = frame {
            match end {
                Some(end) => bytes.read_more(end..bytes.len(), &mut text).ok()?,
                None => text.extend_from_slice(b"]}"),
            }
        }
        Some(text)
    }

    /// The store of a plain text, whose details are read from it.
    pub(super) fn store(&self, head: Head, columns: Columns) -> Option<Store> {
        let (bytes, frame) = self.plain()?;
        let (bytes, longest) = (Arc::clone(bytes), self.limits.record);
        let original = Original::new(bytes, head.names, longest, frame.feed());
        let detail = Detail::Read(Box::new(original));
        let mut warnings = head.warnings;
        if let Text::Plain(_, _, Some(tail)) = &self.text {
            warnings.add(tail.problem.class, || tail.problem.clone());
        }
        Some(Store::of(head.header, columns, detail).with_warnings(warnings))
    }
}

/// The file, when it is one that can be read at any place and is not packed.
fn plain_file(source: &Source, limits: &Limits) -> Option<Bytes> {
    let Source::File(path) = source else {
        return None;
    };
    let file = File::open(path).ok()?;
    let about = file.metadata().ok()?;
    if !about.is_file() || about.len() > limits.file {
        return None;
    }
    let bytes = Bytes::File(Opened::new(file).ok()?);
    let mut head = Vec::new();
    bytes.read(0..4096, &mut head).ok()?;
    (look::packing(&head) == Packing::None).then_some(bytes)
}

/// True when the beginning shows that it is no event file: the decoder says why.
fn is_hopeless(bytes: &Bytes) -> bool {
    let mut head = Vec::new();
    let read = bytes.read(0..HEAD as u64, &mut head);
    read.is_err() || !matches!(look::is_hopeless(&head), Ok(false))
}

/// True when there is nothing, or blanks only.
fn is_blank(bytes: &Bytes) -> bool {
    let mut text = Vec::new();
    bytes.len() <= HEAD as u64
        && bytes.read(0..bytes.len(), &mut text).is_ok()
        && text.trim_ascii().is_empty()
}

/// Lines of which the last one was cut are read without it.
fn framed(bytes: Bytes, mut tail: Option<Tail>) -> Text {
    if let Some(tail) = &mut tail {
        // It may stand in the line that goes. If this fails, so does what follows.
        let _ = place::fill(&bytes, slice::from_mut(&mut tail.problem), &mut None);
    }
    let spoiled = |frame: &Frame| match frame {
        // A header alone is a document.
        Frame::Lines { events, .. } => *events >= bytes.len(),
        Frame::Document { .. } => true,
    };
    let spoils = tail.as_ref().is_some_and(|tail| tail.spoils_document);
    match (frame(&bytes), &tail) {
        (Ok(Some(frame)), _) if spoils && spoiled(&frame) => Text::Odd(Arc::new(bytes), tail),
        (Ok(Some(frame @ Frame::Document { .. })), _) | (Ok(Some(frame)), None) => {
            Text::Plain(Arc::new(bytes), frame, tail)
        }
        (Ok(Some(frame @ Frame::Lines { .. })), Some(_)) => {
            match whole_lines(&bytes, frame.feed()).and_then(|length| bytes.cut(length)) {
                Ok(bytes) => Text::Plain(Arc::new(bytes), frame, tail),
                Err(_) => Text::Hopeless,
            }
        }
        (Ok(_) | Err(_), _) => Text::Odd(Arc::new(bytes), tail),
    }
}

/// Where the last line that is whole ends, in bytes: behind its line feed, or at the end of the
/// text when what stands there is JSON to its end.
fn whole_lines(bytes: &Bytes, feed: u8) -> io::Result<u64> {
    let (mut window, mut length) = (Vec::new(), 64 << 10);
    loop {
        let start = bytes.len().saturating_sub(length);
        bytes.read(start..bytes.len(), &mut window)?;
        let last = memchr::memrchr(feed, &window);
        if last.is_none() && start > 0 {
            length *= 4;
            continue;
        }
        let line = last.map_or(0, |last| last + 1);
        let rest = window.get(line..).unwrap_or(&[]);
        let whole = scan::skip(rest.trim_ascii()).is_ok_and(|end| end == rest.trim_ascii().len());
        return Ok(if whole {
            bytes.len()
        } else {
            start + line as u64
        });
    }
}

/// What is said of lines of which none is JSON, `first` being the first of them.
fn no_event(bytes: &Bytes, first: Odd, feed: u8) -> Result<Halt, Halt> {
    let mut line = Vec::new();
    bytes.read(
        first.offset..first.offset + u64::from(first.length),
        &mut line,
    )?;
    let mut problem = load::alone(&line, Stands::Line { feed }, 0, 0)
        .broken
        .ok_or(Halt::Broken)?;
    problem.at = problem.at.map(|at| at + first.offset as usize);
    let mut problem = problem.hint(load::ONE_A_LINE);
    place::fill(bytes, slice::from_mut(&mut problem), &mut None)?;
    Ok(Halt::Unusable(problem.into()))
}

/// Everything but the events.
pub(super) struct Head {
    pub header: Header,
    pub names: Names,
    warnings: Warnings,
}

impl Head {
    /// Reads an object that has an array of events at most once. `None` when the decoder should
    /// see the whole file.
    pub(super) fn read(text: &[u8], most: usize) -> Option<Self> {
        let nobody = Names::default();
        let mut warnings = Warnings::keeping(most);
        let mut reader = Reader::new(Cursor::new(text, 0), &nobody, &mut warnings);
        let top = Top::read(&mut reader).ok()?;
        if !reader.json.is_done() || top.events.len() > 1 {
            return None;
        }
        top.check(|at| text.get(at..).unwrap_or_default().into())
            .ok()?;
        let (header, names) = decode::header(text, &top, &mut warnings).ok()?;
        Some(Self {
            header,
            names,
            warnings,
        })
    }
}

#[cfg(test)]
mod tests {
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
    fn bounded(
        opening: Result<Opening, LoadError>,
        stretch: u64,
    ) -> Option<Result<Store, LoadError>> {
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
}
