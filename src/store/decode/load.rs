//! A whole file becomes a header, events in file order, and warnings.

use super::shape;
use super::{Names, Reader, Top, duplicate, event, header, renamed};
use crate::model::{EventRecord, Header};
use crate::store::detail::too_long;
use crate::store::input::place::{Places, end_of_line};
use crate::store::input::source::{Limits, Source};
use crate::store::input::stream::Tail;
use crate::store::json::{Cursor, Kind, Syntax, SyntaxKind};
use crate::store::problem::{Class, LoadError, Problem, Warnings};
use crate::store::watch::Progress;

/// Where an event's bytes are in the decompressed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Offset of its `{`.
    pub at: u64,
    /// Length in bytes.
    pub length: u32,
}

/// What is kept of each event while a file is loaded: all of it, or as little as is asked for.
pub trait Kept {
    /// What to keep of `event`.
    fn of(event: EventRecord) -> Self;

    /// The event's id.
    fn id(&self) -> &str;

    /// Takes another id: the file has its own twice.
    fn rename(&mut self, id: String);
}

impl Kept for EventRecord {
    fn of(event: EventRecord) -> Self {
        event
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn rename(&mut self, id: String) {
        self.id = id;
    }
}

/// The id alone: enough to check a file.
impl Kept for Box<str> {
    fn of(event: EventRecord) -> Self {
        event.id.into_boxed_str()
    }

    fn id(&self) -> &str {
        self
    }

    fn rename(&mut self, id: String) {
        *self = id.into_boxed_str();
    }
}

/// What a file holds.
#[derive(Clone, Debug)]
pub struct Loaded<E = EventRecord> {
    /// Everything but the events.
    pub header: Header,
    /// The events in file order.
    pub events: Vec<E>,
    /// Where each of them is.
    pub spans: Vec<Span>,
    /// The index of each in the file, where events that were left out count too.
    pub numbers: Vec<u32>,
    /// What was wrong, and what was done.
    pub warnings: Warnings,
}

impl<E> Default for Loaded<E> {
    fn default() -> Self {
        Self {
            header: Header::default(),
            events: Vec::new(),
            spans: Vec::new(),
            numbers: Vec::new(),
            warnings: Warnings::default(),
        }
    }
}

/// Reads and decodes all of `source`.
///
/// # Errors
///
/// When the source cannot be read, is no event file of version 1, or is cut short.
pub fn load(source: &Source, limits: &Limits) -> Result<Loaded, LoadError> {
    load_as(source, limits)
}

/// As [`load`], keeping of each event what `E` does: a million records are not held where their
/// ids will do.
///
/// # Errors
///
/// As [`load`].
pub fn load_as<E: Kept>(source: &Source, limits: &Limits) -> Result<Loaded<E>, LoadError> {
    let (text, tail) = source.read(limits)?;
    parse(&text, tail, limits, &Progress::default())
}

/// Decodes the decompressed `text`; `tail` is what was wrong with its end. When `progress` is
/// stopped, what is given back is void.
///
/// # Errors
///
/// As [`load`].
pub(in crate::store) fn parse<E: Kept>(
    text: &[u8],
    tail: Option<Tail>,
    limits: &Limits,
    progress: &Progress,
) -> Result<Loaded<E>, LoadError> {
    let mut load = Load {
        text,
        tail,
        names: Names::default(),
        loaded: Loaded::default(),
        most: limits.warnings,
        longest: limits.record,
        number: 0,
        of_events: true,
        progress: Some(progress),
    };
    let mut places = Places::new(text);
    match load.run() {
        Ok(()) => {
            let mut loaded = load.loaded;
            places.fill(loaded.warnings.list_mut());
            Ok(loaded)
        }
        Err(LoadError(mut problem)) => {
            places.fill(std::slice::from_mut(&mut *problem));
            Err(LoadError(problem))
        }
    }
}

/// The hint for lines of which none is JSON.
pub(in crate::store) const ONE_A_LINE: &str = "the header is followed by one event a line";

/// Where a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Stands {
    /// In a line, perhaps beside others, which ends with this byte.
    Line { feed: u8 },
    /// In the array of a document.
    Array,
}

/// What is in a line, or in an element of the array.
#[derive(Debug)]
pub(in crate::store) struct Alone {
    /// Its events, their places counted from its start. The warnings are those that belong to none
    /// of them.
    pub loaded: Loaded,
    /// How many numbers it takes.
    pub records: usize,
    /// True when something in it is JSON.
    pub good: bool,
    /// What is wrong with it when nothing is.
    pub broken: Option<Problem>,
}

/// Reads a line, or an element of the array, without the rest of the file: names are left as they
/// stand, for which actors there are may be told behind the events.
///
/// A line brings its line feed, but for the last one. `number` is the index in the file that its
/// first event has.
pub(in crate::store) fn alone(text: &[u8], stands: Stands, number: usize, most: usize) -> Alone {
    let mut load: Load<EventRecord> = Load {
        text,
        tail: None,
        names: Names::default(),
        loaded: Loaded::default(),
        most,
        longest: usize::MAX,
        number,
        of_events: false,
        progress: None,
    };
    let mut warnings = Warnings::keeping(most);
    let mut lines = Lines::default();
    match stands {
        Stands::Line { feed } => {
            let words = text.strip_suffix(&[feed]).unwrap_or(text);
            load.line(Cursor::new(words, 0), false, &mut lines, &mut warnings);
        }
        Stands::Array => {
            let read = load.value(Cursor::new(text, 0), &mut warnings).1;
            lines.good += usize::from(read.is_ok());
        }
    }
    Alone {
        loaded: Loaded {
            warnings,
            ..load.loaded
        },
        records: load.number - number,
        good: lines.good > 0,
        broken: lines.broken,
    }
}

struct Load<'a, E> {
    text: &'a [u8],
    tail: Option<Tail>,
    names: Names,
    loaded: Loaded<E>,
    most: usize,
    /// Longer events are left out, in bytes.
    longest: usize,
    /// How many events were met, the ones left out included.
    number: usize,
    /// Warnings that belong to an event of a line are wanted.
    of_events: bool,
    progress: Option<&'a Progress>,
}

impl<'a, E: Kept> Load<'a, E> {
    fn run(&mut self) -> Result<(), LoadError> {
        let start = if self.text.starts_with(b"\xEF\xBB\xBF") {
            3
        } else {
            0
        };
        let (top, rest) = self.top(start)?;
        let lines = self.is_lines(&top, rest.clone());
        if !lines {
            self.is_over(rest.clone())?;
        }
        top.check(|at| self.text.get(at..).unwrap_or_default().into())?;
        let header = header(self.text, &top, &mut self.loaded.warnings);
        (self.loaded.header, self.names) = header.map_err(|syntax| syntax_error(&syntax))?;
        let mut warnings = Warnings::keeping(self.most);
        if lines {
            self.lines(rest.at(), &mut warnings)?;
        } else {
            self.document(&top, &mut warnings);
        }
        self.rename(&mut warnings);
        if let Some(tail) = self.tail.take() {
            warnings.add(tail.problem.class, || tail.problem);
        }
        self.loaded.warnings.join(warnings);
        Ok(())
    }

    /// Walks over the object that the text begins with; what follows it.
    fn top(&mut self, start: usize) -> Result<(Top, Cursor<'a>), LoadError> {
        let mut json = Cursor::new(self.text, start);
        if json.is_done() {
            return Err(self.or_tail(empty(json.at())));
        }
        match json.kind() {
            Ok(Kind::Object) => {}
            Ok(found) => return Err(not_object(found, json.at()).into()),
            Err(syntax) => return Err(syntax_error(&syntax)),
        }
        match self.walk(self.text, json.at()) {
            Ok(walked) => Ok(walked),
            Err(whole) => {
                let line = shape::first_line(self.text, json.at());
                let syntax = match line.map(|line| self.walk(line, json.at())) {
                    Some(Err(syntax)) => syntax,
                    Some(Ok(_)) | None => whole,
                };
                let ends = syntax.kind == SyntaxKind::End;
                let LoadError(problem) = syntax_error(&syntax);
                Err(if ends {
                    self.or_tail(*problem)
                } else {
                    LoadError(problem)
                })
            }
        }
    }

    fn walk(&mut self, text: &'a [u8], at: usize) -> Result<(Top, Cursor<'a>), Syntax> {
        let mut warnings = Warnings::keeping(self.most);
        let nobody = Names::default();
        let mut reader = Reader::new(Cursor::new(text, at), &nobody, &mut warnings);
        let top = Top::read(&mut reader)?;
        let rest = Cursor::new(self.text, reader.json.at());
        self.loaded.warnings = warnings;
        Ok((top, rest))
    }

    /// Where the text was cut, that is the better reason.
    fn or_tail(&mut self, problem: Problem) -> LoadError {
        match self.tail.take() {
            Some(tail) => tail.problem.into(),
            None => problem.into(),
        }
    }

    /// True when the text's first line is a whole object without `events` and more follows.
    fn is_lines(&self, top: &Top, mut rest: Cursor) -> bool {
        let end = end_of_line(self.text);
        let head = self.text.get(top.whole.clone()).unwrap_or(&[]);
        let to_end = self.text.get(top.whole.end..).unwrap_or(&[]);
        let line_rest = to_end.split(|b| *b == end).next().unwrap_or(&[]);
        top.events.is_empty()
            && memchr::memchr(end, head).is_none()
            && Cursor::new(line_rest, 0).is_done()
            && !rest.is_done()
    }

    /// Makes sure that nothing follows a document.
    fn is_over(&mut self, mut rest: Cursor) -> Result<(), LoadError> {
        if !rest.is_done() {
            return Err(after_document(rest.unexpected("nothing")));
        }
        match self.tail.take() {
            Some(tail) if tail.spoils_document => Err(tail.problem.into()),
            tail => {
                self.tail = tail;
                Ok(())
            }
        }
    }

    fn document(&mut self, top: &Top, warnings: &mut Warnings) {
        for at in &top.events {
            let json = Cursor::new(self.text, *at);
            let mut reader = Reader::new(json, &self.names, warnings);
            let (mut first, mut more) = (true, reader.json.kind() == Ok(Kind::Array));
            reader.json.open();
            while more {
                more = match reader.json.next_element(&mut first) {
                    Ok(true) if self.progress.is_none_or(|progress| !progress.is_stopped()) => {
                        let longest = self.longest;
                        element(&mut self.loaded, &mut self.number, &mut reader, longest).is_ok()
                    }
                    _ => false,
                };
            }
        }
    }

    fn lines(&mut self, from: usize, warnings: &mut Warnings) -> Result<(), LoadError> {
        let end = end_of_line(self.text);
        let mut lines = Lines::default();
        let mut at = from;
        // Blank lines are passed at once: there may be a file full of them.
        let passed = |at: usize| {
            let blank = |byte: &u8| b" \t\r\n".contains(byte);
            let rest = self.text.get(at..)?;
            rest.iter()
                .position(|byte| !blank(byte))
                .map(|more| at + more)
        };
        while let Some((start, rest)) = passed(at).and_then(|at| Some((at, self.text.get(at..)?))) {
            if self.progress.is_some_and(Progress::is_stopped) {
                break;
            }
            at = start;
            let length = memchr::memchr(end, rest);
            let stop = at + length.unwrap_or(rest.len());
            let line = self.text.get(..stop).unwrap_or(&[]);
            let cut = length.is_none() && self.tail.is_some();
            if stop - at > self.longest {
                lines.good += 1;
                self.pass(at, warnings);
            } else {
                self.line(Cursor::new(line, at), cut, &mut lines, warnings);
            }
            at = stop + 1;
        }
        match lines.broken {
            Some(problem) if lines.good == 0 => Err(problem.hint(ONE_A_LINE).into()),
            _ => Ok(()),
        }
    }

    /// Leaves out the event at `at`, which is too long.
    fn pass(&mut self, at: usize, warnings: &mut Warnings) {
        let (number, longest) = (self.number, self.longest);
        warnings.add(Class::Limit, || too_long(number, longest).at(at));
        self.number += 1;
    }

    /// Reads the events of one line, which is one but for slips. `cut`: the text ends in it.
    fn line(&mut self, json: Cursor, cut: bool, lines: &mut Lines, warnings: &mut Warnings) {
        let mut next = json;
        let mut whole = 0;
        while !next.is_done() {
            // What was cut off is told of by the tail; what stands before it counts.
            if cut && next.clone().skip().is_err() {
                return;
            }
            if whole > 0 {
                let at = next.at();
                warnings.add(Class::Syntax, || {
                    let what = "something follows after the event: a second value on the line";
                    self.of_event(Class::Syntax, what.to_owned(), at)
                });
            }
            if is_header(&next) {
                second_header(&mut next, warnings);
                lines.good += 1;
                whole += 1;
                continue;
            }
            let (rest, read) = self.value(next, warnings);
            next = rest;
            match read {
                Ok(()) => {
                    lines.good += 1;
                    whole += 1;
                }
                Err(syntax) => {
                    if whole == 0 {
                        let problem = || self.of_line(&syntax);
                        if lines.broken.is_none() && lines.good == 0 {
                            lines.broken = Some(problem());
                        }
                        warnings.add(class_of(&syntax), problem);
                        self.number += 1;
                    }
                    return;
                }
            }
        }
    }

    /// Reads the event that `json` stands before; what follows it.
    fn value<'t>(
        &mut self,
        json: Cursor<'t>,
        warnings: &mut Warnings,
    ) -> (Cursor<'t>, Result<(), Syntax>) {
        let events = self.loaded.events.len();
        let mut found = Warnings::keeping(warnings.room());
        let mut reader = Reader::new(json, &self.names, &mut found);
        let read = element(&mut self.loaded, &mut self.number, &mut reader, usize::MAX);
        let rest = reader.json;
        let is_event = self.loaded.events.len() > events;
        if read.is_ok() && (self.of_events || !is_event) {
            warnings.append(found);
        }
        (rest, read)
    }

    /// A problem with the event that is read now.
    fn of_event(&self, class: Class, what: String, at: usize) -> Problem {
        let mut problem = Problem::of_file(class, what).at(at);
        problem.path = format!("events[{}]", self.number);
        problem
    }

    /// A line that is no event.
    fn of_line(&self, syntax: &Syntax) -> Problem {
        let ends = syntax.kind == SyntaxKind::End && syntax.at < self.text.len();
        let what = if ends {
            syntax.what.replacen("the text ends", "the line ends", 1)
        } else {
            syntax.what.clone()
        };
        let hint = syntax.hint.filter(|_| !ends).map(str::to_owned);
        let problem = self.of_event(
            class_of(syntax),
            format!("{what}; the line is left out"),
            syntax.at,
        );
        Problem { hint, ..problem }
    }

    /// Gives events whose id is taken another one.
    fn rename(&mut self, warnings: &mut Warnings) {
        let ids: Vec<&str> = self.loaded.events.iter().map(Kept::id).collect();
        let renamed = renamed(&ids, |_| false);
        if renamed.is_empty() {
            return;
        }
        let mut found = Warnings::keeping(self.most);
        for again in &renamed {
            found.add(Class::Duplicate, || {
                let span = self.loaded.spans.get(again.at).copied();
                let number = |at: usize| self.loaded.numbers.get(at).copied().unwrap_or_default();
                let at = span.map_or(0, |span| span.at as usize);
                let id = ids.get(again.at).copied().unwrap_or_default();
                let first = format!("events[{}]", number(again.first));
                let path = format!("events[{}].id", number(again.at));
                duplicate(self.text, at, id, &again.to, &first, &path)
            });
        }
        for again in renamed {
            if let Some(event) = self.loaded.events.get_mut(again.at) {
                event.rename(again.to);
            }
        }
        warnings.join(found);
    }
}

/// What was met on the lines after the header.
#[derive(Default)]
struct Lines {
    /// How many values that are JSON.
    good: usize,
    /// The first line that is not.
    broken: Option<Problem>,
}

/// Reads one event, where `reader` stands, into `loaded`.
fn element<E: Kept>(
    loaded: &mut Loaded<E>,
    number: &mut usize,
    reader: &mut Reader,
    longest: usize,
) -> Result<(), Syntax> {
    reader.json.blank();
    let start = reader.json.at();
    if reader.json.rest().len() > longest {
        let mut end = reader.json.clone();
        end.skip()?;
        if end.at() - start > longest {
            reader
                .warnings
                .add(Class::Limit, || too_long(*number, longest).at(start));
            reader.json = end;
            *number += 1;
            return Ok(());
        }
    }
    let read = event(reader, *number)?;
    if let Some(event) = read {
        loaded.events.push(E::of(event));
        loaded.spans.push(Span {
            at: start as u64,
            length: u32::try_from(reader.json.at() - start).unwrap_or(u32::MAX),
        });
        loaded.numbers.push(*number as u32);
    }
    *number += 1;
    Ok(())
}

/// True when an object with `sokhan` follows.
fn is_header(json: &Cursor) -> bool {
    memchr::memmem::find(json.rest(), b"\"sokhan\"").is_some()
        && json.clone().field("sokhan").is_some()
}

/// Passes a header where an event should be, and says so.
fn second_header(next: &mut Cursor, warnings: &mut Warnings) {
    next.blank();
    let at = next.at();
    let _ = next.skip();
    warnings.add(Class::Duplicate, || {
        let what = "a second header line (an object with `sokhan`); left out";
        Problem::of_file(Class::Duplicate, what).at(at)
    });
}

/// What is said of a file without anything.
pub(in crate::store) fn empty(at: usize) -> Problem {
    let problem = Problem::of_file(Class::Syntax, "the file is empty").at(at);
    problem.hint("an event file begins with {\"sokhan\": 1")
}

/// What is said of something behind the object that should be all; `syntax` tells what.
pub(in crate::store) fn after_document(mut syntax: Syntax) -> LoadError {
    syntax.what = format!("something stands after the document's end: {}", syntax.what);
    let LoadError(problem) = syntax_error(&syntax);
    let problem = problem.hint(
        "one object is a document; for one event a line, the header is a line of its own without `events`",
    );
    problem.into()
}

/// What is said of a file that is something else than an object.
pub(in crate::store) fn not_object(found: Kind, at: usize) -> Problem {
    let what = format!("the file must be an object, not {found}");
    let problem = Problem::of_file(Class::Shape, what).at(at);
    if found == Kind::Array {
        return problem.hint("wrap it: {\"sokhan\": 1, \"events\": [...]}");
    }
    problem
}

fn class_of(syntax: &Syntax) -> Class {
    match syntax.kind {
        SyntaxKind::Encoding => Class::Encoding,
        SyntaxKind::End | SyntaxKind::Other => Class::Syntax,
    }
}

/// The error of a file that is no JSON.
pub(in crate::store) fn syntax_error(syntax: &Syntax) -> LoadError {
    let mut problem = Problem::of_file(class_of(syntax), syntax.what.clone()).at(syntax.at);
    problem.hint = syntax.hint.map(str::to_owned);
    problem.into()
}
