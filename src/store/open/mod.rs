//! An event file, opened: its first events at once, all of them by the fast road, and by the
//! decoder alone where the fast road does not lead.

use std::fs::File;
use std::io;
use std::num::NonZero;
use std::slice;
use std::sync::Arc;

use super::columns::assemble::{self, Columns};
use super::columns::facts::Tables;
use super::decode::load::{self, Kept, Loaded, Stands, load_as, parse};
use super::decode::{self, Names, Reader, Top};
use super::detail::{Detail, Original};
use super::fault;
use super::grow::Seam;
use super::input::bytes::{Bytes, Opened};
use super::input::look::{self, Packing};
use super::input::place;
use super::input::source::{Limits, Source};
use super::input::stream::{HEAD, Received, Tail, cannot_read};
use super::json::Cursor;
use super::problem::{LoadError, Warnings};
use super::road::batch::Odd;
use super::road::frame::{Frame, frame};
use super::road::stretch::Halt;
use super::road::{Road, STRETCH, Walked, records};
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
                framed(bytes, None, limits.record)
            };
            return Ok(Self::of(source, limits, text));
        }
        let received = source.receive(&limits)?;
        Ok(Self::received(source, limits, &received))
    }

    /// Opens what came of `source` until now.
    pub fn received(source: Source, limits: Limits, received: &Received) -> Self {
        let (bytes, tail) = received.so_far();
        Self::of(source, limits, framed(bytes, tail, limits.record))
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
            // It is one line, whole or not yet.
            let length = without_cut(&bytes, b'\n', |line| whole_values(line).map(|_| 0))?;
            bytes.cut(length)
        };
        match bytes.map(lines) {
            Some(Ok(bytes)) if !is_hopeless(&bytes) => {
                let text = if is_blank(&bytes) {
                    Text::Awaited
                } else {
                    framed(bytes, None, limits.record)
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
fn framed(bytes: Bytes, mut tail: Option<Tail>, longest: usize) -> Text {
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
            // Who reads a line that is too long says so, however long it is.
            let cut = |line: &[u8]| whole_values(line).filter(|_| line.len() <= longest);
            match without_cut(&bytes, frame.feed(), cut).and_then(|length| bytes.cut(length)) {
                // That it is lines is known; what is left may look like a document.
                Ok(bytes) => {
                    let tail = tail.map(|tail| Tail {
                        spoils_document: false,
                        ..tail
                    });
                    Text::Plain(Arc::new(bytes), frame, tail)
                }
                Err(_) => Text::Hopeless,
            }
        }
        (Ok(_) | Err(_), _) => Text::Odd(Arc::new(bytes), tail),
    }
}

/// Where a text ends without what was cut off, in bytes. `cut` tells of the last line where it is
/// cut off, `None` for a line that is whole.
fn without_cut(bytes: &Bytes, feed: u8, cut: impl Fn(&[u8]) -> Option<usize>) -> io::Result<u64> {
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
        let end = cut(window.get(line..).unwrap_or(&[]));
        return Ok(end.map_or(bytes.len(), |end| start + (line + end) as u64));
    }
}

/// Where the last whole value on a line ends, when something that is none follows.
fn whole_values(line: &[u8]) -> Option<usize> {
    let mut json = Cursor::new(line, 0);
    let mut end = 0;
    while !json.is_done() {
        if json.skip().is_err() {
            return Some(end);
        }
        end = json.at();
    }
    None
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
mod tests;
