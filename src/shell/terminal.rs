//! The terminal as a device, and its life cycle: who enters it, and how it is given back.
//!
//! There is one [`Terminal`] in the process. [`Terminal::restore`] may be called from any thread,
//! any number of times, and never blocks for longer than [`PATIENCE`].

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::{Errno, ioctl_fionbio};
use rustix::termios::{
    OptionalActions, QueueSelector, Termios, isatty, tcflush, tcgetattr, tcgetwinsize, tcsetattr,
    ttyname,
};

use super::group;

/// What is switched on, after what the encoder asks for: alternate screen, bracketed paste; the
/// cursor is hidden and the screen cleared.
const ENTER: &[u8] = b"\x1b[?2004h\x1b[?25l\x1b[0m\x1b[2J\x1b[H";
const ALTERNATE: &[u8] = b"\x1b[?1049h";
/// Ends whatever a broken-off frame left open (a string, synchronized output, a style), then
/// switches the mouse and bracketed paste off.
const LEAVE: &[u8] = b"\x1b\\\x1b[?2026l\x1b[0m\x1b[?1002l\x1b[?1000l\x1b[?1006l\x1b[?2004l";
const LEAVE_ALTERNATE: &[u8] = b"\x1b[?25h\x1b[?1049l";
const MOUSE_ON: &[u8] = b"\x1b[?1006h\x1b[?1000h\x1b[?1002h";
const MOUSE_OFF: &[u8] = b"\x1b[?1002l\x1b[?1000l\x1b[?1006l";

/// How long a terminal that takes no output is waited for when it is given back.
const PATIENCE: Duration = Duration::from_millis(200);
/// While keys wait that are somebody else's: how often to look whether the terminal is still there.
const ABSENCE: Duration = Duration::from_secs(1);

/// The terminal in front of the reader.
#[derive(Debug)]
pub struct Terminal {
    /// Where keys come from: standard input, or the terminal behind a redirected one.
    keys: OwnedFd,
    /// Where the screen is: opened anew if possible, so that writing can be non-blocking without
    /// changing the shell's own handle.
    screen: OwnedFd,
    /// Readable while somebody wants the loop's attention in the middle of a write.
    interrupts: PipeReader,
    interrupter: PipeWriter,
    resumed: AtomicBool,
    /// The terminal was asked for its background and has not answered.
    asked: AtomicBool,
    modes: Mutex<Modes>,
    /// The terminal became ours.
    ours: Condvar,
}

#[derive(Debug, Default)]
struct Modes {
    /// The settings before we came; `Some` while the terminal is ours.
    before: Option<Termios>,
    /// True when the alternate screen is on.
    screen: bool,
    mouse: bool,
    /// What the encoder switches on and off.
    enter: Vec<u8>,
    leave: Vec<u8>,
}

/// What reading the keys gave.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// So many bytes.
    Bytes(usize),
    /// Nothing in the time given.
    Silence,
    /// The terminal is gone.
    Gone,
}

impl Terminal {
    /// The terminal at standard output; `None` if that is none.
    ///
    /// # Errors
    ///
    /// When the terminal can be told but not opened.
    pub fn open() -> io::Result<Option<Self>> {
        let stdout = io::stdout();
        if !isatty(&stdout) {
            return Ok(None);
        }
        let stdin = io::stdin();
        let keys = if isatty(&stdin) {
            stdin.as_fd().try_clone_to_owned()?
        } else {
            reopen(stdout.as_fd(), OFlags::RDONLY)?
        };
        let screen = reopen(stdout.as_fd(), OFlags::WRONLY | OFlags::NONBLOCK)
            .or_else(|_| stdout.as_fd().try_clone_to_owned())?;
        Self::of(keys, screen).map(Some)
    }

    fn of(keys: OwnedFd, screen: OwnedFd) -> io::Result<Self> {
        let (interrupts, interrupter) = io::pipe()?;
        ioctl_fionbio(&interrupts, true)?;
        Ok(Self {
            keys,
            screen,
            interrupts,
            interrupter,
            resumed: AtomicBool::new(false),
            asked: AtomicBool::new(false),
            modes: Mutex::default(),
            ours: Condvar::new(),
        })
    }

    /// Columns and rows; `(0, 0)` when the terminal does not tell.
    pub fn size(&self) -> (u16, u16) {
        tcgetwinsize(&self.screen).map_or((0, 0), |size| (size.ws_col, size.ws_row))
    }

    /// Keys come byte by byte, unechoed and without signals from now on. Keys that were typed
    /// before are kept.
    ///
    /// # Errors
    ///
    /// When the terminal refuses.
    pub fn make_raw(&self) -> io::Result<()> {
        let mut modes = self.modes();
        let before = match modes.before.take() {
            Some(before) => before,
            None => tcgetattr(&self.keys)?,
        };
        let mut raw = before.clone();
        raw.make_raw();
        modes.before = Some(before);
        tcsetattr(&self.keys, OptionalActions::Now, &raw)?;
        self.ours.notify_all();
        Ok(())
    }

    /// Takes the alternate screen, for questions that the terminal may print.
    ///
    /// # Errors
    ///
    /// When the terminal is gone.
    pub fn take_screen(&self) -> io::Result<()> {
        self.modes().screen = true;
        self.write(ALTERNATE)
    }

    /// The screen is ours from now on, empty. `enter` and `leave` are what the encoder wants
    /// written besides.
    ///
    /// # Errors
    ///
    /// When the terminal is gone.
    pub fn enter(&self, enter: &[u8], leave: &[u8]) -> io::Result<()> {
        let taken = {
            let mut modes = self.modes();
            modes.enter = enter.to_vec();
            modes.leave = leave.to_vec();
            modes.screen
        };
        if !taken {
            self.take_screen()?;
        }
        self.set_modes()
    }

    /// As [`Self::enter`] with what was given there, after a stop, when a shell has changed what
    /// it liked.
    ///
    /// # Errors
    ///
    /// When the terminal is gone.
    pub fn reenter(&self) -> io::Result<()> {
        self.attend();
        self.make_raw()?;
        self.take_screen()?;
        self.set_modes()
    }

    /// Takes back what the encoder had written and writes what another one wants. The screen is
    /// the caller's to clear.
    ///
    /// # Errors
    ///
    /// When the terminal is gone.
    pub fn feed_anew(&self, enter: &[u8], leave: &[u8]) -> io::Result<()> {
        let (entered, bytes) = {
            let mut modes = self.modes();
            let bytes = [&modes.leave, enter].concat();
            modes.enter = enter.to_vec();
            modes.leave = leave.to_vec();
            (modes.screen, bytes)
        };
        if entered { self.write(&bytes) } else { Ok(()) }
    }

    /// Writes what the encoder wants once more, for a window that may be a new one; true when that
    /// is anything.
    ///
    /// # Errors
    ///
    /// When the terminal is gone.
    pub fn feed_again(&self) -> io::Result<bool> {
        let bytes = {
            let modes = self.modes();
            if !modes.screen || modes.enter.is_empty() {
                return Ok(false);
            }
            modes.enter.clone()
        };
        self.write(&bytes).map(|()| true)
    }

    fn set_modes(&self) -> io::Result<()> {
        let bytes = {
            let modes = self.modes();
            let mouse = if modes.mouse { MOUSE_ON } else { &[] };
            [&modes.enter, mouse, ENTER].concat()
        };
        self.write(&bytes)
    }

    /// Writes questions for the terminal, on a screen that is ours, since it may print them.
    ///
    /// # Errors
    ///
    /// When the terminal is gone.
    pub fn question(&self, questions: &[u8]) -> io::Result<()> {
        self.take_screen()?;
        self.write(questions)
    }

    /// Reads what it answers; 0 when nothing came within `patience`, or never will.
    pub fn answer(&self, bytes: &mut [u8], patience: Duration) -> usize {
        match self.read(bytes, Some(patience)) {
            Heard::Bytes(count) => count,
            Heard::Silence | Heard::Gone => 0,
        }
    }

    /// True while the screen is ours.
    pub fn is_entered(&self) -> bool {
        self.modes().screen
    }

    /// False when another process group has the terminal (`bg`).
    pub fn is_in_front(&self) -> bool {
        group::is_in_front(&self.screen)
    }

    /// Takes the mouse, or leaves it to the terminal.
    ///
    /// # Errors
    ///
    /// When the terminal is gone.
    pub fn capture_mouse(&self, on: bool) -> io::Result<()> {
        let entered = {
            let mut modes = self.modes();
            modes.mouse = on;
            modes.screen
        };
        if entered {
            self.write(if on { MOUSE_ON } else { MOUSE_OFF })?;
        }
        Ok(())
    }

    /// Gives the terminal back as it was found. Any thread, any number of times.
    pub fn restore(&self) {
        let mut modes = self.modes();
        let in_front = self.is_in_front();
        if std::mem::take(&mut modes.screen) && in_front {
            let bytes = [LEAVE, &modes.leave, LEAVE_ALTERNATE].concat();
            self.write_last(&bytes);
        }
        if let Some(before) = modes.before.take()
            && in_front
        {
            // A terminal that is gone keeps no settings.
            let _ = tcsetattr(&self.keys, OptionalActions::Now, &before);
        }
    }

    /// Writes all of `bytes`, waiting as long as the terminal takes.
    ///
    /// # Errors
    ///
    /// `WouldBlock` when somebody wants the loop's attention: the bytes are half written then.
    /// Others when the terminal is gone.
    pub fn write(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match rustix::io::write(&self.screen, bytes) {
                Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
                Err(Errno::AGAIN) => self.wait_for_room()?,
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Breaks off the [`Self::write`] that waits now, or the next one that has to.
    pub fn interrupt(&self) {
        let _ = (&self.interrupter).write_all(&[0]);
    }

    /// Forgets the interruptions so far.
    fn attend(&self) {
        let _ = (&self.interrupts).read(&mut [0; 64]);
    }

    /// Asks for the background colour; the answer comes as a message.
    ///
    /// # Errors
    ///
    /// As [`Self::write`].
    pub fn ask_background(&self) -> io::Result<()> {
        self.asked.store(true, Ordering::Release);
        self.write(b"\x1b]11;?\x1b\\")
    }

    /// The answer came.
    pub fn note_answer(&self) {
        self.asked.store(false, Ordering::Release);
    }

    /// True while an answer is on its way: without us it would be typed at the shell.
    pub fn owes_an_answer(&self) -> bool {
        self.asked.load(Ordering::Acquire)
    }

    /// The process runs again after a stop.
    pub fn note_resumed(&self) {
        self.resumed.store(true, Ordering::Release);
    }

    /// True once after each [`Self::note_resumed`].
    pub fn take_resumed(&self) -> bool {
        self.resumed.swap(false, Ordering::AcqRel)
    }

    /// Reads what was typed, waiting for `patience`, or for ever. What is typed while the terminal
    /// is not ours stays there: in its own settings ctrl-d would read as its end, and reading would
    /// make room for a ctrl-\\ that throws our last words away.
    pub fn read(&self, bytes: &mut [u8], patience: Option<Duration>) -> Heard {
        loop {
            let mut fds = [PollFd::new(&self.keys, PollFlags::IN)];
            match poll(&mut fds, patience.map(timespec).as_ref()) {
                Ok(0) => return Heard::Silence,
                Ok(_) => {}
                Err(Errno::INTR | Errno::AGAIN) => continue,
                Err(_) => return Heard::Gone,
            }
            let [keys] = &fds;
            let gone = !keys.revents().difference(PollFlags::IN).is_empty();
            if !gone && self.waited_until_ours() {
                continue;
            }
            match rustix::io::read(&self.keys, &mut *bytes) {
                Ok(0) if !gone => {}
                Ok(0) => return Heard::Gone,
                Ok(count) => return Heard::Bytes(count),
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(_) => return Heard::Gone,
            }
        }
    }

    /// False when the terminal is ours; else waits for it, but not for ever.
    fn waited_until_ours(&self) -> bool {
        let modes = self.modes();
        if modes.before.is_some() {
            return false;
        }
        // What a thread left that panicked with the lock is as good here.
        drop(self.ours.wait_timeout(modes, ABSENCE));
        true
    }

    /// Waits until the terminal takes output again or somebody interrupts.
    fn wait_for_room(&self) -> io::Result<()> {
        let mut fds = [
            PollFd::new(&self.screen, PollFlags::OUT),
            PollFd::new(&self.interrupts, PollFlags::IN),
        ];
        match poll(&mut fds, None) {
            Ok(_) | Err(Errno::INTR | Errno::AGAIN) => {}
            Err(error) => return Err(error.into()),
        }
        let [_, interrupts] = &fds;
        if interrupts.revents().is_empty() {
            Ok(())
        } else {
            self.attend();
            // Not `Interrupted`: `write_all` would begin the frame again.
            Err(io::ErrorKind::WouldBlock.into())
        }
    }

    /// Writes `bytes` as the last ones. What still waits in a terminal that takes nothing is
    /// thrown away for them.
    fn write_last(&self, bytes: &[u8]) {
        let mut rest = bytes;
        for throw_away in [false, true] {
            if throw_away {
                let _ = tcflush(&self.screen, QueueSelector::OFlush);
                // The bytes that went before may be among those thrown away.
                rest = bytes;
            }
            while !rest.is_empty() && has_room(self.screen.as_fd()) {
                match rustix::io::write(&self.screen, rest) {
                    Ok(count) => rest = rest.get(count..).unwrap_or_default(),
                    Err(Errno::INTR | Errno::AGAIN) => {}
                    Err(_) => return,
                }
            }
            if rest.is_empty() {
                return;
            }
        }
    }

    /// A thread that panicked with the lock has at worst left a mode set that is then reset.
    fn modes(&self) -> MutexGuard<'_, Modes> {
        self.modes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the terminal takes output within [`PATIENCE`].
fn has_room(screen: BorrowedFd<'_>) -> bool {
    let mut fds = [PollFd::from_borrowed_fd(screen, PollFlags::OUT)];
    poll(&mut fds, Some(&timespec(PATIENCE))).is_ok_and(|ready| ready > 0)
}

/// The terminal at `known`, opened again: by its name, or as the controlling one.
fn reopen(known: BorrowedFd<'_>, how: OFlags) -> io::Result<OwnedFd> {
    let how = how | OFlags::NOCTTY | OFlags::CLOEXEC;
    let by_name = ttyname(known, Vec::new()).and_then(|name| {
        let path = Path::new(std::ffi::OsStr::from_bytes(name.as_bytes()));
        open(path, how, Mode::empty())
    });
    by_name
        .or_else(|_| open("/dev/tty", how, Mode::empty()))
        .map_err(Into::into)
}

fn timespec(duration: Duration) -> Timespec {
    Timespec {
        tv_sec: duration.as_secs() as i64,
        tv_nsec: duration.subsec_nanos().into(),
    }
}

/// The terminal is written to as a file of bytes: what is written at once is one frame, painted at
/// once by terminals that know synchronized output.
#[derive(Clone, Copy, Debug)]
pub struct Frames(pub &'static Terminal);

impl Write for Frames {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !bytes.is_empty() {
            // The write ends with the end of the frame: Konsole shows nothing that follows it.
            self.0
                .write(&[b"\x1b[?2026h", bytes, b"\x1b[?2026l"].concat())?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::sync::mpsc::sync_channel;
    use std::thread;

    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

    use super::*;

    /// The other end of a terminal, and the terminal.
    fn terminal() -> (File, Terminal) {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let master = openpt(flags).expect("a pty");
        grantpt(&master).expect("granted");
        unlockpt(&master).expect("unlocked");
        let name = ptsname(&master, Vec::new()).expect("its name");
        let end = || {
            let how = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
            open(name.as_c_str(), how, Mode::empty()).expect("its other end")
        };
        let terminal = Terminal::of(end(), end()).expect("a terminal");
        (master.into(), terminal)
    }

    #[test]
    fn what_is_typed_while_the_terminal_is_not_ours_is_neither_read_nor_its_end() {
        // Whether the reader or the new settings come first is not ours to say.
        for _ in 0..50 {
            let (mut master, terminal) = terminal();
            // In the terminal's own settings, ctrl-d.
            master.write_all(b"\x04").expect("typed");
            let (ready, begins) = sync_channel(0);
            thread::scope(|scope| {
                let terminal = &terminal;
                let reading = scope.spawn(move || {
                    ready.send(()).expect("somebody waits");
                    terminal.read(&mut [0; 8], None)
                });
                begins.recv().expect("a reader");
                terminal.make_raw().expect("ours");
                master.write_all(b"x").expect("typed");
                let heard = reading.join().expect("heard");
                assert!(matches!(heard, Heard::Bytes(_)), "{heard:?}");
            });
        }
    }

    #[test]
    fn a_terminal_that_goes_is_noticed_though_it_is_not_ours() {
        let (mut master, terminal) = terminal();
        master.write_all(b"x").expect("typed");
        drop(master);
        assert_eq!(terminal.read(&mut [0; 8], None), Heard::Gone);
    }
}
