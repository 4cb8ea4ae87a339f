//! What comes from a source piece by piece: unpacked and bounded, its end judged.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

use super::bytes::Bytes;
use super::chunks::Growing;
use super::gzip::{self, Members};
use super::look::{self, Packing};
use super::source::{Limits, Source};
use crate::store::problem::{Class, LoadError, Problem};

/// The first bytes are looked at before the rest is read.
pub(in crate::store) const HEAD: usize = 64 << 10;
const CHUNK: usize = 1 << 20;
/// Unpacked data that grew more than this many times is taken for a bomb …
const GROWTH: u64 = 200;
/// … but only above this many bytes.
const SMALL: u64 = 64 << 20;

/// What was wrong with the end of the text.
#[derive(Clone, Debug)]
pub(in crate::store) struct Tail {
    pub(in crate::store) problem: Problem,
    /// A document cannot be trusted then.
    pub(in crate::store) spoils_document: bool,
}

/// Something that came.
#[derive(Debug)]
pub enum Piece {
    /// More text.
    Text(Vec<u8>),
    /// Nothing more will come.
    End(End),
    /// The source cannot be used.
    Failed(LoadError),
}

/// How a stream ended.
#[derive(Debug, Default)]
pub struct End(pub(in crate::store) Option<Tail>);

/// What came until now.
#[derive(Debug, Default)]
pub struct Received {
    text: Growing,
    lines: u64,
    end: Option<End>,
}

impl Received {
    /// Takes in what came.
    ///
    /// # Errors
    ///
    /// When the source cannot be used.
    pub fn take(&mut self, piece: Piece) -> Result<(), LoadError> {
        match piece {
            Piece::Text(text) => self.push(&text),
            Piece::End(end) => {
                self.end = Some(end);
                Ok(())
            }
            Piece::Failed(error) => Err(error),
        }
    }

    fn push(&mut self, text: &[u8]) -> Result<(), LoadError> {
        self.lines += memchr::memchr_iter(b'\n', text).count() as u64;
        self.text.push(text).map_err(|error| cannot_read(&error))
    }

    /// True when nothing more will come.
    pub fn is_ended(&self) -> bool {
        self.end.is_some()
    }

    /// Line feeds that came: about as many as events, where each has its line.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// How much came, in bytes.
    pub fn len(&self) -> u64 {
        self.text.len()
    }

    /// True when nothing came yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text, and what is wrong with its end.
    pub(in crate::store) fn so_far(&self) -> (Bytes, Option<Tail>) {
        let tail = self.end.as_ref().and_then(|End(tail)| tail.clone());
        (Bytes::Packed(self.text.so_far()), tail)
    }
}

impl Source {
    /// Reads it to its end; `give` takes what comes, and says false to hear no more. `eager`: each
    /// piece as soon as it is there, however small.
    pub fn feed(&self, limits: &Limits, eager: bool, give: &mut dyn FnMut(Piece) -> bool) {
        let text = &mut |text: &[u8]| give(Piece::Text(text.to_vec()));
        let end = self.stream(limits, eager, text);
        give(match end {
            Ok(tail) => Piece::End(End(tail)),
            Err(error) => Piece::Failed(error),
        });
    }

    /// All that comes until the end.
    pub(in crate::store) fn receive(&self, limits: &Limits) -> Result<Received, LoadError> {
        let mut received = Received::default();
        let mut failed = Ok(());
        let tail = self.stream(limits, false, &mut |text| {
            failed = received.push(text);
            failed.is_ok()
        })?;
        failed?;
        received.end = Some(End(tail));
        Ok(received)
    }

    /// All its bytes, unpacked. When they cannot be an event file, perhaps only the first ones:
    /// enough to say so.
    pub(in crate::store) fn read(
        &self,
        limits: &Limits,
    ) -> Result<(Vec<u8>, Option<Tail>), LoadError> {
        let mut text: Vec<u8> = Vec::new();
        let length = self.stamp().map_or(0, |stamp| stamp.length());
        let tail = self.stream(limits, false, &mut |piece| {
            // Growing by doubling would hold a large file nearly three times over. Not before the
            // beginning was seen: a length alone costs nothing to claim.
            if !text.is_empty() && text.capacity() < length as usize {
                let _ =
                    text.try_reserve_exact((length as usize + CHUNK).saturating_sub(text.len()));
            }
            text.extend_from_slice(piece);
            true
        })?;
        Ok((text, tail))
    }

    fn stream(
        &self,
        limits: &Limits,
        eager: bool,
        give: &mut dyn FnMut(&[u8]) -> bool,
    ) -> Result<Option<Tail>, LoadError> {
        match self {
            Self::Bytes(_, bytes) => unpack(&bytes[..], limits.file, limits, eager, give),
            Self::Stdin => unpack(io::stdin().lock(), limits.pipe, limits, eager, give),
            Self::File(path) => {
                let file = File::open(path).map_err(|error| cannot_read(&error))?;
                let about = file.metadata().map_err(|error| cannot_read(&error))?;
                if about.is_dir() {
                    return Err(Problem::of_file(Class::Io, "it is a directory, not a file").into());
                }
                if about.is_file() && about.len() > limits.file {
                    return Err(too_large(limits.file).into());
                }
                let most = if about.is_file() {
                    limits.file
                } else {
                    limits.pipe
                };
                unpack(file, most, limits, eager, give)
            }
        }
    }
}

pub(in crate::store) fn cannot_read(error: &io::Error) -> LoadError {
    let system = error.to_string();
    let words = system.split(" (os error").next().unwrap_or("");
    let what = if error.kind() == io::ErrorKind::NotFound {
        "no such file".to_owned()
    } else {
        format!("cannot be read: {words}")
    };
    Problem::of_file(Class::Io, what).into()
}

fn too_large(most: u64) -> Problem {
    let what = format!("it is larger than the limit of {most} bytes");
    Problem::of_file(Class::Limit, what).hint("raise the limit with --max-size")
}

/// Reads `raw` to its end, unpacking it. `most`: bytes of text.
fn unpack(
    mut raw: impl Read,
    most: u64,
    limits: &Limits,
    eager: bool,
    give: &mut dyn FnMut(&[u8]) -> bool,
) -> Result<Option<Tail>, LoadError> {
    let mut head = Vec::new();
    // The magic numbers have four bytes.
    let enough = if eager { 4 } else { HEAD };
    fill(&mut raw, &mut head, enough).map_err(|error| cannot_read(&error))?;
    let packing = look::packing(&head);
    let bytes = Rc::new(Cell::new(0));
    let counted = Counted {
        inner: io::Cursor::new(head).chain(raw),
        bytes: Rc::clone(&bytes),
    };
    let mut unpacked: Box<dyn Read + '_> = match packing {
        Packing::None => Box::new(counted),
        Packing::Gzip => Box::new(Members::new(BufReader::with_capacity(CHUNK, counted))),
        Packing::Zstd => Box::new(
            zstd::stream::read::Decoder::new(counted).map_err(|error| cannot_read(&error))?,
        ),
    };
    let bomb = packing != Packing::None && !limits.any_growth;
    let most_now = || {
        let grown = bytes.get().saturating_mul(GROWTH).max(SMALL);
        if bomb { most.min(grown) } else { most }
    };
    let mut text = Vec::new();
    let mut length = 0;
    loop {
        text.clear();
        let wanted = if length == 0 { HEAD } else { CHUNK };
        let filled = if eager {
            some(&mut unpacked, &mut text)
        } else {
            fill(&mut unpacked, &mut text, wanted)
        };
        let first = length == 0;
        length += text.len();
        if length as u64 > most_now() {
            return Err(too_much(most, packing).into());
        }
        if !first && text.len() >= HEAD && text.iter().all(|b| *b == 0) {
            give(&text);
            return Ok(Some(hole(length - text.len())));
        }
        let hopeless = first && look::is_hopeless(&text)?;
        let wanted_more = text.is_empty() || give(&text);
        if let Err(error) = filled {
            return broken_off(packing, &error, length).map(Some);
        }
        let over = if eager {
            text.is_empty()
        } else {
            text.len() < wanted
        };
        if over || hopeless || !wanted_more {
            return Ok(None);
        }
    }
}

/// Adds up to `most` bytes to `text`, fewer only at the end.
fn fill(from: &mut impl Read, text: &mut Vec<u8>, most: usize) -> io::Result<()> {
    from.take(most as u64).read_to_end(text).map(drop)
}

/// Adds what is there, or waits for something; nothing only at the end.
fn some(from: &mut impl Read, text: &mut Vec<u8>) -> io::Result<()> {
    text.resize(HEAD, 0);
    let read = loop {
        match from.read(text) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => break read,
        }
    };
    text.truncate(*read.as_ref().unwrap_or(&0));
    read.map(drop)
}

fn too_much(most: u64, packing: Packing) -> Problem {
    if packing == Packing::None {
        return too_large(most);
    }
    let what = format!(
        "the {} data is larger unpacked than the limit allows",
        packing.name()
    );
    Problem::of_file(Class::Limit, what).hint("if that is right, raise the limit with --max-size")
}

/// Reading failed after `length` good bytes.
fn broken_off(packing: Packing, error: &io::Error, length: usize) -> Result<Tail, LoadError> {
    if packing == Packing::None {
        return Err(cannot_read(error));
    }
    if gzip::is_garbage(error) {
        let what = "something that is no gzip data stands after it; not read";
        return Ok(Tail {
            problem: Problem::of_file(Class::Io, what).at(length),
            spoils_document: false,
        });
    }
    let what = if error.kind() == io::ErrorKind::UnexpectedEof {
        "ends too early: it was cut off".to_owned()
    } else {
        format!("is corrupt: {error}")
    };
    let what = format!("the {} data {what}", packing.name());
    let problem = Problem::of_file(Class::Io, what).at(length);
    Ok(Tail {
        problem: problem.hint("the file is not whole: get it again"),
        spoils_document: true,
    })
}

/// What is said of a file, not packed, when it has a hole.
pub(in crate::store) fn hole_in(bytes: &Bytes) -> io::Result<Option<Problem>> {
    let (mut window, mut at) = (Vec::new(), HEAD as u64);
    while at < bytes.len() {
        bytes.read(at..at + 1, &mut window)?;
        if window == [0] {
            bytes.read(at..at + CHUNK as u64, &mut window)?;
            if window.len() >= HEAD && window.iter().all(|byte| *byte == 0) {
                return Ok(Some(hole(at as usize).problem));
            }
        }
        at += CHUNK as u64;
    }
    Ok(None)
}

fn hole(at: usize) -> Tail {
    let what = "only NUL bytes (U+0000) from here on, a hole in the file; the rest is not read";
    Tail {
        problem: Problem::of_file(Class::Io, what).at(at),
        spoils_document: true,
    }
}

/// Counts what was read.
struct Counted<R> {
    inner: R,
    bytes: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes.set(self.bytes.get() + read as u64);
        Ok(read)
    }
}
