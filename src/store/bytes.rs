//! The text of an event file, readable at any place: by small reads, never mapped.

use std::fs::{File, Metadata};
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::time::SystemTime;

/// Where the text is.
#[derive(Debug)]
pub(super) enum Bytes {
    /// In a file that stays where it is.
    File(Opened),
    /// In memory.
    Held(Vec<u8>),
}

/// A file and what it was like when it was opened.
#[derive(Debug)]
pub(super) struct Opened {
    file: File,
    length: u64,
    modified: Option<SystemTime>,
}

impl Opened {
    pub(super) fn new(file: File) -> io::Result<Self> {
        let about = file.metadata()?;
        Ok(Self {
            file,
            length: about.len(),
            modified: about.modified().ok(),
        })
    }

    fn is_as_it_was(&self) -> io::Result<bool> {
        let about = self.file.metadata()?;
        Ok(about.len() == self.length && about.modified().ok() == self.modified)
    }
}

impl Bytes {
    /// How many bytes.
    pub(super) fn len(&self) -> u64 {
        match self {
            Self::File(opened) => opened.length,
            Self::Held(text) => text.len() as u64,
        }
    }

    /// What the system says of the file now; `None` when it is in memory.
    pub(super) fn about(&self) -> Option<io::Result<Metadata>> {
        match self {
            Self::File(opened) => Some(opened.file.metadata()),
            Self::Held(_) => None,
        }
    }

    /// All of it, when it is in memory.
    pub(super) fn held(&self) -> Option<&[u8]> {
        match self {
            Self::Held(text) => Some(text),
            Self::File(_) => None,
        }
    }

    /// False when the file was written to or cut since it was opened.
    pub(super) fn is_as_it_was(&self) -> io::Result<bool> {
        match self {
            Self::File(opened) => opened.is_as_it_was(),
            Self::Held(_) => Ok(true),
        }
    }

    /// Replaces what is in `into` by the bytes of `range`; fewer when the text ends before.
    pub(super) fn read(&self, range: Range<u64>, into: &mut Vec<u8>) -> io::Result<()> {
        into.clear();
        self.read_more(range, into)
    }

    /// Appends the bytes of `range` to `into`.
    pub(super) fn read_more(&self, range: Range<u64>, into: &mut Vec<u8>) -> io::Result<()> {
        let range = range.start.min(self.len())..range.end.min(self.len());
        match self {
            Self::Held(text) => {
                let here = text.get(range.start as usize..range.end as usize);
                into.extend_from_slice(here.unwrap_or(&[]));
                Ok(())
            }
            Self::File(opened) => read_file(&opened.file, range, into),
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
