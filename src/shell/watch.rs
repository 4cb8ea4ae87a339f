//! Notices that a file changes, without looking at it again and again: the system tells. Where the
//! system cannot, nothing is noticed here, unless looking from time to time was asked for.

use std::io;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

/// What comes at once is one change: somebody who writes line by line is not heard line by line.
const PAUSE: Duration = Duration::from_millis(100);

/// How often the file is looked at when it is followed: writers on other machines are not told of.
const PATIENCE: Duration = Duration::from_secs(2);

/// Calls `look` in a thread of its own when the file at `path` may have changed, been replaced or
/// removed; once at the beginning, too. Ends when `look` says false. `often`: look also when
/// nothing is told, every two seconds.
///
/// # Errors
///
/// When no thread can be made.
pub fn watch(
    path: PathBuf,
    often: bool,
    mut look: impl FnMut() -> bool + Send + 'static,
) -> io::Result<()> {
    let patience = often.then_some(PATIENCE);
    let watching = move || {
        loop {
            let changes = system::Changes::of(&path);
            // Behind the point from which changes are told: none is missed.
            if !look() {
                return;
            }
            match (changes, patience) {
                (Ok(changes), _) if changes.wait(patience).is_ok() => thread::sleep(PAUSE),
                (_, Some(patience)) => thread::sleep(patience),
                (_, None) => return,
            }
        }
    };
    thread::Builder::new()
        .name("watch".to_owned())
        .spawn(watching)
        .map(drop)
}

#[cfg(target_os = "linux")]
mod system {
    use std::io;
    use std::os::fd::OwnedFd;
    use std::path::Path;
    use std::time::Duration;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::fs::inotify::{CreateFlags, WatchFlags, add_watch, init};
    use rustix::io::Errno;

    /// Changes of a file since this was made.
    pub(super) struct Changes(OwnedFd);

    impl Changes {
        /// Of the file at `path`; when there is none, of its folder.
        pub(super) fn of(path: &Path) -> io::Result<Self> {
            let changes = init(CreateFlags::CLOEXEC)?;
            let of_file = WatchFlags::MODIFY
                | WatchFlags::ATTRIB
                | WatchFlags::MOVE_SELF
                | WatchFlags::DELETE_SELF;
            if add_watch(&changes, path, of_file).is_err() {
                let folder = path.parent().filter(|folder| *folder != Path::new(""));
                let of_folder = WatchFlags::CREATE | WatchFlags::MOVED_TO;
                add_watch(&changes, folder.unwrap_or(Path::new(".")), of_folder)?;
            }
            Ok(Self(changes))
        }

        /// Waits for one, at most for `patience`.
        pub(super) fn wait(&self, patience: Option<Duration>) -> io::Result<()> {
            let patience = patience.and_then(|time| Timespec::try_from(time).ok());
            let mut changes = [PollFd::new(&self.0, PollFlags::IN)];
            loop {
                match poll(&mut changes, patience.as_ref()) {
                    Ok(_) => return Ok(()),
                    Err(Errno::INTR) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use std::io;
    use std::path::Path;
    use std::time::Duration;

    /// Nobody tells of changes here.
    pub(super) struct Changes;

    impl Changes {
        pub(super) fn of(_path: &Path) -> io::Result<Self> {
            Err(io::ErrorKind::Unsupported.into())
        }

        pub(super) fn wait(&self, _patience: Option<Duration>) -> io::Result<()> {
            Err(io::ErrorKind::Unsupported.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn writing_replacing_and_removing_are_noticed() {
        let folder = std::env::temp_dir().join(format!("sokhan-watch-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let (path, other) = (folder.join("file"), folder.join("other"));
        fs::write(&path, "one").expect("written");
        let (sender, looks) = channel();
        watch(path.clone(), false, move || sender.send(()).is_ok()).expect("watched");
        let limit = Duration::from_secs(20);
        let looked = |what: &str| looks.recv_timeout(limit).expect(what);
        looked("the first look");
        fs::write(&path, "two").expect("written");
        looked("written");
        fs::write(&other, "three").expect("written");
        fs::rename(&other, &path).expect("replaced");
        looked("replaced");
        fs::remove_file(&path).expect("removed");
        looked("removed");
        fs::write(&path, "four").expect("written again");
        looked("written again");
        let _ = fs::remove_dir_all(&folder);
    }
}
