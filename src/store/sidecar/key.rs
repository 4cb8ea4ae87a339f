//! By what a data file is known again: its length, its times, and what stands in some places of it.

use std::fs::Metadata;
use std::io;
use std::os::unix::fs::MetadataExt;

use super::sum::sum;
use crate::store::input::bytes::Bytes;

/// Places of the file that are looked at, spread evenly from its beginning to its end.
const SAMPLES: u64 = 16;
/// How many bytes are looked at in each.
const SAMPLE: u64 = 4096;

/// What a data file was like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key([u64; 6]);

/// Bytes of a key.
pub(super) const LENGTH: usize = 48;

impl Key {
    /// The key of the file that `bytes` are read from; `None` when they are not all of a file.
    pub(super) fn of(bytes: &Bytes) -> io::Result<Option<Self>> {
        let Some(about) = bytes.about() else {
            return Ok(None);
        };
        let about: Metadata = about?;
        // A file of which only a part is read, such as one that grows.
        if about.len() != bytes.len() {
            return Ok(None);
        }
        let mut samples = Vec::new();
        for at in 0..SAMPLES {
            let start = bytes.len().saturating_sub(SAMPLE) / (SAMPLES - 1) * at;
            bytes.read_more(start..start + SAMPLE, &mut samples)?;
        }
        // The change time is the system's own: it tells what a set modification time hides.
        Ok(Some(Self([
            about.len(),
            about.mtime() as u64,
            about.mtime_nsec() as u64,
            about.ctime() as u64,
            about.ctime_nsec() as u64,
            sum(&[&samples]),
        ])))
    }

    /// As it stands in a sidecar.
    pub(super) fn bytes(self) -> [u8; LENGTH] {
        let mut bytes = [0; LENGTH];
        for (to, word) in bytes.chunks_exact_mut(8).zip(self.0) {
            to.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }
}
