//! Where bytes come from, unpacked and bounded; what they are when they are no event file.

use std::borrow::Cow;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::PathBuf;
use std::rc::Rc;

use super::gzip::{self, Members};
use super::look::{self, Packing};
use super::problem::{Class, LoadError, Problem};

/// The first bytes are looked at before the rest is read.
const HEAD: usize = 64 << 10;
const CHUNK: usize = 1 << 20;
/// Unpacked data that grew more than this many times is taken for a bomb …
const GROWTH: u64 = 200;
/// … but only above this many bytes.
const SMALL: u64 = 64 << 20;

/// Where an event file comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file, or whatever a path leads to.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// Bytes inside the program, with a name for messages.
    Bytes(&'static str, Cow<'static, [u8]>),
}

/// How much is read and kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file, unpacked.
    pub file: u64,
    /// Bytes of a pipe, a device or standard input, unpacked.
    pub pipe: u64,
    /// Packed data may grow without bound up to the other limits.
    pub any_growth: bool,
    /// How many warnings are kept; all are counted.
    pub warnings: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 8 << 30,
            pipe: 2 << 30,
            any_growth: false,
            warnings: 1000,
        }
    }
}

impl Limits {
    /// At most `bytes`, from wherever they come.
    pub fn bytes(bytes: u64) -> Self {
        Self {
            file: bytes,
            pipe: bytes,
            any_growth: true,
            ..Self::default()
        }
    }
}

/// What was wrong with the end of the text.
#[derive(Clone, Debug)]
pub(super) struct Tail {
    pub(super) problem: Problem,
    /// A document cannot be trusted then.
    pub(super) spoils_document: bool,
}

impl Source {
    /// Its name in messages, not made visible.
    pub fn name(&self) -> Cow<'_, str> {
        match self {
            Self::File(path) => path.to_string_lossy(),
            Self::Stdin => Cow::Borrowed("<stdin>"),
            Self::Bytes(name, _) => Cow::Borrowed(name),
        }
    }

    /// All its bytes, unpacked. When they cannot be an event file, perhaps only the first ones:
    /// enough to say so.
    pub(super) fn read(&self, limits: &Limits) -> Result<(Vec<u8>, Option<Tail>), LoadError> {
        match self {
            Self::Bytes(_, bytes) => unpack(&bytes[..], bytes.len() as u64, limits.file, limits),
            Self::Stdin => unpack(io::stdin().lock(), 0, limits.pipe, limits),
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
                unpack(file, about.len(), most, limits)
            }
        }
    }
}

fn cannot_read(error: &io::Error) -> LoadError {
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

/// Reads `raw` to its end, unpacking it. `length`: how many bytes it should have, if it is known.
fn unpack(
    mut raw: impl Read,
    length: u64,
    most: u64,
    limits: &Limits,
) -> Result<(Vec<u8>, Option<Tail>), LoadError> {
    let mut head = Vec::new();
    fill(&mut raw, &mut head, HEAD).map_err(|error| cannot_read(&error))?;
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
    let mut tail = None;
    let length = if packing == Packing::None { length } else { 0 };
    loop {
        let chunk = if text.is_empty() { HEAD } else { CHUNK };
        let before = text.len();
        if let Err(error) = fill(&mut unpacked, &mut text, chunk) {
            tail = Some(broken_off(packing, &error, text.len())?);
            break;
        }
        if before == 0 && look::is_hopeless(&text)? {
            break;
        }
        if text.len() as u64 > most_now() {
            return Err(too_much(most, packing).into());
        }
        let new = text.get(before..).unwrap_or(&[]);
        if new.len() < chunk {
            break;
        }
        if before > 0 && new.iter().all(|b| *b == 0) {
            tail = Some(hole(before));
            break;
        }
        // Growing by doubling would hold a large file nearly three times over. Not before the
        // beginning was seen: a length alone costs nothing to claim.
        if before == 0 {
            let _ = text
                .try_reserve_exact((length + CHUNK as u64).saturating_sub(chunk as u64) as usize);
        }
    }
    Ok((text, tail))
}

/// Adds up to `most` bytes to `text`, fewer only at the end.
fn fill(from: &mut impl Read, text: &mut Vec<u8>, most: usize) -> io::Result<()> {
    from.take(most as u64).read_to_end(text).map(drop)
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
