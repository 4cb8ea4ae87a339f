//! The folder of sidecars: files that only their owner reads, of a bounded size together.

use std::ffi::OsStr;
use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{fs, process};

use rustix::fs::{OFlags, Timespec, Timestamps, UTIME_NOW, UTIME_OMIT, futimens};
use rustix::process::geteuid;

/// How the name of a sidecar ends.
const END: &str = "index";
/// How that of one ends that is being written.
const PART: &str = "part";
/// What was being written so much earlier will never be done.
const LOST: Duration = Duration::from_secs(3600);

/// Where sidecars are.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    pub path: PathBuf,
    /// Bytes that all sidecars may take together.
    pub room: u64,
}

impl Folder {
    /// The sidecar called `name`, of at most `most` bytes. One of somebody else, or one that others
    /// may have written, is none.
    pub(super) fn read(&self, name: u64, most: u64) -> io::Result<Vec<u8>> {
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        let mut file = OpenOptions::new()
            .read(true)
            .custom_flags(flags.bits() as i32)
            .open(self.file(name, END))?;
        let about = file.metadata()?;
        if !about.is_file() || !is_private(&about) || about.len() > most {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut bytes = Vec::with_capacity(about.len() as usize);
        let read = Read::take(&mut file, about.len()).read_to_end(&mut bytes)?;
        if read as u64 != about.len() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        // The one that was not used for the longest time goes first. If this fails, it goes sooner.
        let _ = futimens(&file, &NOW);
        Ok(bytes)
    }

    /// Writes the sidecar called `name`, unless `is_wanted` says no, which hears when it was
    /// written.
    pub(super) fn write(
        &self,
        name: u64,
        parts: &[&[u8]],
        is_wanted: impl FnOnce(SystemTime) -> bool,
    ) -> io::Result<()> {
        let length: u64 = parts.iter().map(|part| part.len() as u64).sum();
        if length > self.room {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.make()?;
        let part = self.file(name, &format!("{}.{PART}", process::id()));
        let done = write(&part, parts).and_then(|now| {
            self.tidy(length, now)?;
            if !is_wanted(now) {
                return Err(io::ErrorKind::Interrupted.into());
            }
            fs::rename(&part, self.file(name, END))
        });
        if done.is_err() {
            let _ = fs::remove_file(&part);
        }
        done
    }

    /// Drops the sidecar called `name`.
    pub(super) fn drop(&self, name: u64) {
        // What cannot be removed is not used either.
        let _ = fs::remove_file(self.file(name, END));
    }

    fn file(&self, name: u64, end: &str) -> PathBuf {
        self.path.join(format!("{name:016x}.{end}"))
    }

    /// Makes the folder if there is none; it must be ours to write alone.
    fn make(&self) -> io::Result<()> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.path)?;
        let about = fs::metadata(&self.path)?;
        let ours = about.uid() == geteuid().as_raw() && about.mode() & 0o022 == 0;
        ours.then_some(())
            .ok_or_else(|| io::ErrorKind::PermissionDenied.into())
    }

    /// Drops the oldest sidecars until `length` more bytes have room, and what was left half
    /// written long before `now`.
    fn tidy(&self, length: u64, now: SystemTime) -> io::Result<()> {
        let mut kept = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let path = entry?.path();
            let Some(end) = end_of(&path) else { continue };
            // Another program may tidy up at the same time.
            let Ok(about) = fs::symlink_metadata(&path) else {
                continue;
            };
            let age = about.modified()?;
            if end == END {
                kept.push((age, about.len(), path));
            } else if now.duration_since(age).is_ok_and(|age| age > LOST) {
                let _ = fs::remove_file(&path);
            }
        }
        kept.sort();
        let mut all = kept.iter().map(|(_, length, _)| length).sum::<u64>();
        for (_, gone, path) in kept {
            if all.saturating_add(length) <= self.room {
                break;
            }
            fs::remove_file(&path)?;
            all -= gone;
        }
        Ok(())
    }
}

const NOW: Timestamps = Timestamps {
    last_access: Timespec {
        tv_sec: 0,
        tv_nsec: UTIME_OMIT,
    },
    last_modification: Timespec {
        tv_sec: 0,
        tv_nsec: UTIME_NOW,
    },
};

/// True for a file that nobody but its owner, who is us, can read or write.
fn is_private(about: &Metadata) -> bool {
    about.uid() == geteuid().as_raw() && [0o600, 0o400].contains(&(about.mode() & 0o7777))
}

/// How the name of a file of ours ends; `None` for any other one, which is left alone.
fn end_of(path: &Path) -> Option<&'static str> {
    let name = path.file_name().and_then(OsStr::to_str)?;
    let (name, end) = name.split_once('.')?;
    let ours = name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    let known = [END, PART]
        .into_iter()
        .find(|known| end.rsplit('.').next() == Some(known))?;
    ours.then_some(known)
}

/// Writes a file that is new; when it was done, by the clock of its file system.
fn write(path: &Path, parts: &[&[u8]]) -> io::Result<SystemTime> {
    // One of the same name was left by a program that is gone.
    let _ = fs::remove_file(path);
    let mut file: File = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    parts.iter().try_for_each(|part| file.write_all(part))?;
    file.metadata()?.modified()
}
