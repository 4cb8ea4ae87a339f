//! Columns kept beside a data file, so that the next start need not read it: in a folder of the
//! reader's own, never trusted, dropped when anything about them is wrong.
//!
//! A sidecar changes nothing but the time that loading takes. What is in it is checked as if a
//! stranger had written it, and when in doubt the data file is read.

mod folder;
mod key;
mod pack;
mod seal;
mod sum;
mod unpack;
mod wire;

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use folder::Folder;
use key::Key;
use sum::sum;

use super::open::Opening;
use super::{Source, Store};
use crate::store::input::bytes::Bytes;

/// Below so many bytes of data, reading them is as quick.
const PAYS: u64 = 16 << 20;
/// Bytes that all sidecars may take together.
const ROOM: u64 = 512 << 20;
/// A data file that was written so shortly before its sidecar may be written again without its
/// times telling: some file systems count in twos of seconds.
const UNSETTLED: Duration = Duration::from_secs(2);

/// A folder of sidecars.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: Folder,
    least: u64,
}

impl Cache {
    /// Keeps sidecars in `folder`, which is made when there is something to keep.
    pub fn new(folder: PathBuf) -> Self {
        let folder = Folder {
            path: folder,
            room: ROOM,
        };
        Self {
            folder,
            least: PAYS,
        }
    }

    /// The same for data files from `bytes` on.
    #[must_use]
    pub fn from(self, bytes: u64) -> Self {
        Self {
            least: bytes,
            ..self
        }
    }

    /// The same with sidecars of at most `bytes` together.
    #[must_use]
    pub fn room(mut self, bytes: u64) -> Self {
        self.folder.room = bytes;
        self
    }

    /// The place for what is kept of the file that `opening` opened, as it is now. `None` for what
    /// is no plain file, and for one that is quickly read.
    pub fn sidecar<'a>(&'a self, opening: &'a Opening) -> Option<Sidecar<'a>> {
        let Source::File(path) = opening.source() else {
            return None;
        };
        let (bytes, _) = opening
            .plain()
            .filter(|(bytes, _)| bytes.len() >= self.least)?;
        let path = fs::canonicalize(path).ok()?;
        Some(Sidecar {
            folder: &self.folder,
            opening,
            bytes,
            name: sum(&[OsStr::as_bytes(path.as_os_str())]),
            key: Key::of(bytes).ok()??,
        })
    }
}

/// What is kept of one data file.
#[derive(Debug)]
pub struct Sidecar<'a> {
    folder: &'a Folder,
    opening: &'a Opening,
    bytes: &'a Bytes,
    name: u64,
    key: Key,
}

impl Sidecar<'_> {
    /// The store that was kept; `None` when there is none or it cannot be used, which drops it.
    pub fn read(&self) -> Option<Store> {
        // More than the data itself has only somebody's joke.
        let most = self.bytes.len() + (1 << 16);
        let sidecar = self.folder.read(self.name, most).ok()?;
        let body = seal::open(&sidecar, self.key);
        let store = body.and_then(|body| self.opening.unpack(body));
        if store.is_none() {
            self.folder.drop(self.name);
        }
        store
    }

    /// Keeps `store`, which is all of the file. Does nothing when that cannot be done, or when the
    /// file is being changed.
    pub fn write(&self, store: &Store) {
        let Some(body) = self.opening.pack(store) else {
            return;
        };
        let is_wanted = |now: SystemTime| self.is_settled(now).unwrap_or(false);
        let seal = seal::seal(self.key, &body);
        // Who cannot keep it reads the file again next time.
        let _ = self.folder.write(self.name, &[&seal, &body], is_wanted);
    }

    /// True when the file is as it was, and will not change without its times telling.
    fn is_settled(&self, now: SystemTime) -> Option<bool> {
        let modified = self.bytes.about()?.ok()?.modified().ok()?;
        let age = now.duration_since(modified).ok()?;
        Some(age >= UNSETTLED && Key::of(self.bytes).ok()?? == self.key)
    }
}

impl Opening {
    /// The columns of `store`, which this file was loaded into, as bytes; `None` when they have no
    /// such form.
    pub fn pack(&self, store: &Store) -> Option<Vec<u8>> {
        let whole = !store.is_held() && !store.is_part();
        let (_, frame) = self.plain().filter(|_| whole)?;
        pack::pack(store.columns(), frame, &store.in_file_order())
    }

    /// The store that `body`, of [`Self::pack`], tells of. Any other bytes give `None`, or a store
    /// that is sound but may be wrong.
    pub fn unpack(&self, body: &[u8]) -> Option<Store> {
        let (bytes, frame) = self.plain()?;
        let packed = unpack::Packed::open(body, frame, bytes.len())?;
        let head = self.head(packed.end)?;
        let columns = packed.columns(&head.header)?;
        self.store(head, columns)
    }
}
