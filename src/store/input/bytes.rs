//! The text of an event file, readable at any place: by small reads, never mapped.

use std::fs::{File, Metadata};
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use super::chunks::Chunks;

/// Where the text is.
#[derive(Debug)]
pub(in crate::store) enum Bytes {
    /// In a file that stays where it is.
    File(Opened),
    /// In memory.
    Held(Vec<u8>),
    /// In memory, packed.
    Packed(Chunks),
}

/// A file and what it was like when it was opened.
#[derive(Debug)]
pub(in crate::store) struct Opened {
    file: File,
    /// Bytes of it that count.
    length: u64,
    /// The last state in which these bytes were as they had been.
    seen: Mutex<(u64, Option<SystemTime>)>,
    /// The first and the last of these bytes.
    seal: (Vec<u8>, Vec<u8>),
}

/// Bytes at each end that tell whether a file only grew.
const SEAL: u64 = 4 << 10;

impl Opened {
    pub(in crate::store) fn new(file: File) -> io::Result<Self> {
        let about = file.metadata()?;
        let mut opened = Self {
            file,
            length: about.len(),
            seen: Mutex::new((about.len(), about.modified().ok())),
            seal: Default::default(),
        };
        opened.seal = opened.ends()?;
        Ok(opened)
    }

    fn ends(&self) -> io::Result<(Vec<u8>, Vec<u8>)> {
        let (mut first, mut last) = (Vec::new(), Vec::new());
        read_file(&self.file, 0..SEAL.min(self.length), &mut first)?;
        let from = self.length.saturating_sub(SEAL);
        read_file(&self.file, from..self.length, &mut last)?;
        Ok((first, last))
    }

    /// True also when something was only added behind.
    fn is_as_it_was(&self) -> io::Result<bool> {
        let about = self.file.metadata()?;
        let now = (about.len(), about.modified().ok());
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if *seen == now {
            return Ok(true);
        }
        let same = now.0 > seen.0 && self.ends()? == self.seal;
        if same {
            *seen = now;
        }
        Ok(same)
    }
}

impl Bytes {
    /// How many bytes.
    pub(in crate::store) fn len(&self) -> u64 {
        match self {
            Self::File(opened) => opened.length,
            Self::Held(text) => text.len() as u64,
            Self::Packed(chunks) => chunks.len(),
        }
    }

    /// What the system says of the file now; `None` when it is in memory.
    pub(in crate::store) fn about(&self) -> Option<io::Result<Metadata>> {
        match self {
            Self::File(opened) => Some(opened.file.metadata()),
            Self::Held(_) | Self::Packed(_) => None,
        }
    }

    /// Only the first `length` of them.
    pub(in crate::store) fn cut(self, length: u64) -> io::Result<Self> {
        Ok(match self {
            Self::File(mut opened) => {
                opened.length = opened.length.min(length);
                opened.seal = opened.ends()?;
                Self::File(opened)
            }
            Self::Held(mut text) => {
                text.truncate(length as usize);
                Self::Held(text)
            }
            Self::Packed(chunks) => Self::Packed(chunks.cut(length)?),
        })
    }

    /// False when the file was written to or cut since it was opened.
    pub(in crate::store) fn is_as_it_was(&self) -> io::Result<bool> {
        match self {
            Self::File(opened) => opened.is_as_it_was(),
            Self::Held(_) | Self::Packed(_) => Ok(true),
        }
    }

    /// Replaces what is in `into` by the bytes of `range`; fewer when the text ends before.
    pub(in crate::store) fn read(&self, range: Range<u64>, into: &mut Vec<u8>) -> io::Result<()> {
        into.clear();
        self.read_more(range, into)
    }

    /// Appends the bytes of `range` to `into`.
    pub(in crate::store) fn read_more(
        &self,
        range: Range<u64>,
        into: &mut Vec<u8>,
    ) -> io::Result<()> {
        let range = range.start.min(self.len())..range.end.min(self.len());
        match self {
            Self::Held(text) => {
                let here = text.get(range.start as usize..range.end as usize);
                into.extend_from_slice(here.unwrap_or(&[]));
                Ok(())
            }
            Self::File(opened) => read_file(&opened.file, range, into),
            Self::Packed(chunks) => chunks.read_more(range, into),
        }
    }
}

fn read_file(file: &File, range: Range<u64>, into: &mut Vec<u8>) -> io::Result<()> {
    let start = into.len();
    into.resize(start + range.end.saturating_sub(range.start) as usize, 0);
    let mut filled = start;
    while let Some(rest) = into.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read_at(rest, range.start + (filled - start) as u64) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    into.truncate(filled);
    Ok(())
}
