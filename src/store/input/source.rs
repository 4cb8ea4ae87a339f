//! Where bytes come from, and how much is taken of them.

use std::borrow::Cow;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;

/// An event may be so long, in bytes, if nothing else is wished: a day of parliament with every word
/// is a few million, and each worker may have to hold one of them.
pub(in crate::store) const LONGEST: usize = 64 << 20;

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

/// What a file is like from outside: another one at the same path, or one that was written to, has
/// another stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Device and number on it.
    inode: (u64, u64),
    /// In bytes.
    length: u64,
    /// Seconds and nanoseconds since 1970.
    modified: (i64, i64),
}

impl Stamp {
    pub(in crate::store) fn of(about: &Metadata) -> Self {
        Self {
            inode: (about.dev(), about.ino()),
            length: about.len(),
            modified: (about.mtime(), about.mtime_nsec()),
        }
    }

    /// True when it is the same file, longer.
    pub fn is_grown_from(&self, before: &Self) -> bool {
        self.inode == before.inode && self.length > before.length
    }

    pub(in crate::store) fn length(&self) -> u64 {
        self.length
    }
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
    /// Bytes of one event as it stands in the text; a longer one is left out.
    pub record: usize,
    /// How many warnings are kept; all are counted.
    pub warnings: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 8 << 30,
            pipe: 2 << 30,
            any_growth: false,
            record: LONGEST,
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

impl Source {
    /// Its name in messages, not made visible.
    pub fn name(&self) -> Cow<'_, str> {
        match self {
            Self::File(path) => path.to_string_lossy(),
            Self::Stdin => Cow::Borrowed("<stdin>"),
            Self::Bytes(name, _) => Cow::Borrowed(name),
        }
    }

    /// What it is like now; `None` for what is no file, or gone.
    pub fn stamp(&self) -> Option<Stamp> {
        let Self::File(path) = self else {
            return None;
        };
        let about = std::fs::metadata(path).ok()?;
        about.is_file().then(|| Stamp::of(&about))
    }
}
