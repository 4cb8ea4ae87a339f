//! The real program in a terminal of its own: a pty, an emulator behind it, no sleeping.

#![allow(dead_code, reason = "each test file uses its own part of this")]

use std::fs;
use std::io::{Read, Write};
use std::num::NonZero;
use std::os::fd::OwnedFd;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{FdFlags, fcntl_setfd};
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Termios, Winsize, tcgetattr, tcsetwinsize};

/// How long anything may take before a test fails.
const LIMIT: Duration = Duration::from_secs(20);

/// How long nothing must come for quiet.
const QUIET: Duration = Duration::from_millis(300);

/// Held while a pty is made and while a program is started.
static STARTING: Mutex<()> = Mutex::new(());

/// A program running in a terminal.
pub struct Pty {
    master: fs::File,
    /// Held open, so that the settings can be looked at when the program is gone.
    slave: OwnedFd,
    before: Termios,
    child: Child,
    emulator: vt100::Parser,
    /// All that was written.
    pub raw: Vec<u8>,
    home: PathBuf,
}

/// How to start it.
pub struct Start<'a> {
    pub args: &'a [&'a str],
    pub env: &'a [(&'a str, &'a str)],
    /// Typed before the program runs.
    pub typed: &'a [u8],
    /// Standard input instead of the terminal.
    pub stdin: Option<&'a Path>,
    /// Columns and rows.
    pub size: (u16, u16),
}

impl Default for Start<'_> {
    fn default() -> Self {
        Self {
            args: &[],
            env: &[("SOKHAN_TERMINAL", "plain")],
            typed: b"",
            stdin: None,
            size: (80, 24),
        }
    }
}

impl Pty {
    /// Starts the program and does not wait.
    pub fn start(name: &str, start: &Start<'_>) -> Self {
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&home).expect("a folder to live in");
        // No other test's program may inherit the master, or this terminal could never vanish.
        let alone = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pty");
        fcntl_setfd(&master, FdFlags::CLOEXEC).expect("kept to ourselves");
        drop(alone);
        grantpt(&master).expect("granted");
        unlockpt(&master).expect("unlocked");
        let path = ptsname(&master, Vec::new()).expect("its name");
        let slave = rustix::fs::open(
            path.as_c_str(),
            rustix::fs::OFlags::RDWR | rustix::fs::OFlags::NOCTTY | rustix::fs::OFlags::CLOEXEC,
            rustix::fs::Mode::empty(),
        )
        .expect("its other end");
        let (columns, rows) = start.size;
        set_size(&master, columns, rows);
        let before = tcgetattr(&slave).expect("its settings");
        let mut master = fs::File::from(master);
        master.write_all(start.typed).expect("typed ahead");
        let end = || slave.try_clone().expect("a copy");
        let mut command = Command::new(env!("CARGO_BIN_EXE_sokhan"));
        command
            .args(start.args)
            .env_clear()
            .env("TERM", "xterm-256color")
            .env("HOME", &home)
            .envs(start.env.iter().copied())
            .stdout(end())
            .stderr(end())
            .process_group(0);
        match start.stdin {
            Some(path) => command.stdin(fs::File::open(path).expect("standard input")),
            None => command.stdin(end()),
        };
        let alone = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
        let child = command.spawn().expect("started");
        drop(alone);
        Self {
            child,
            master,
            slave,
            before,
            emulator: vt100::Parser::new(at_least_one(rows), at_least_one(columns), 0),
            raw: Vec::new(),
            home,
        }
    }

    /// Starts the program and waits for its first screen.
    pub fn open(name: &str, start: &Start<'_>) -> Self {
        let mut pty = Self::start(name, start);
        pty.wait("the first screen", Self::is_painted);
        pty
    }

    /// What the emulator shows.
    pub fn screen(&self) -> &vt100::Screen {
        self.emulator.screen()
    }

    /// True when the alternate screen has something on it.
    pub fn is_painted(&self) -> bool {
        self.screen().alternate_screen() && !self.screen().contents().trim().is_empty()
    }

    /// Reads what the program writes until `done`.
    pub fn wait(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        while !done(self) {
            let shown = self.screen().contents();
            assert!(
                self.hear(LIMIT),
                "{what} did not come; on the screen:\n{shown}"
            );
        }
    }

    /// Waits for `needle` among the bytes written after the first `from`.
    pub fn wait_for_bytes(&mut self, needle: &[u8], from: usize) {
        let what = String::from_utf8_lossy(needle).into_owned();
        self.wait(&what, |pty| contains(&pty.raw[from..], needle));
    }

    /// Reads until nothing came for a while.
    pub fn wait_quiet(&mut self) {
        while self.hear(QUIET) {}
    }

    /// How often the threads of the program went on after a wait, all together. Linux counts it.
    pub fn wake_ups(&self) -> u64 {
        let threads = format!("/proc/{}/task", self.child.id());
        let status = fs::read_dir(threads)
            .expect("threads")
            .flatten()
            .filter_map(|thread| fs::read_to_string(thread.path().join("status")).ok());
        let count = |status: String| {
            let line = status
                .lines()
                .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
            line.trim().parse::<u64>().ok()
        };
        status.filter_map(count).sum()
    }

    /// Types.
    pub fn send(&mut self, bytes: &[u8]) {
        self.master.write_all(bytes).expect("typed");
    }

    /// Sends a signal to the program.
    pub fn kill(&self, signal: Signal) {
        kill_process(self.pid(), signal).expect("a living program");
    }

    /// Changes the size and tells the program.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        set_size(&self.master, columns, rows);
        if (1..500).contains(&columns) && (1..500).contains(&rows) {
            let (rows, columns) = (at_least_one(rows), at_least_one(columns));
            self.emulator.set_size(rows, columns);
        }
        self.kill(Signal::WINCH);
    }

    /// Waits until the program is stopped.
    pub fn wait_stopped(&mut self) {
        let pid = self.pid();
        let stopped = limited(move || waitpid(Some(pid), WaitOptions::UNTRACED));
        let (_, status) = stopped.expect("waited").expect("a status");
        self.hear_all();
        assert!(
            status.stopped(),
            "{status:?}; on the screen:\n{}",
            self.screen().contents()
        );
    }

    /// Waits for the end; what was written until then is read.
    pub fn end(&mut self) -> ExitStatus {
        let pid = self.pid();
        // Somebody has to read, or the program waits for ever to write its last words.
        let waiting = thread::spawn(move || waitpid(Some(pid), WaitOptions::empty()));
        let mut rounds = LIMIT.as_millis() / 20;
        while !waiting.is_finished() {
            self.hear(Duration::from_millis(20));
            rounds -= 1;
            assert!(rounds > 0, "the program does not end");
        }
        let (_, status) = waiting
            .join()
            .expect("joined")
            .expect("waited")
            .expect("a status");
        self.hear_all();
        ExitStatus::from_raw(status.as_raw())
    }

    /// Closes the terminal, as a window is closed, and waits for the end of the program.
    pub fn hang_up(mut self) -> ExitStatus {
        let pid = self.pid();
        let nothing = || fs::File::open("/dev/null").expect("nothing");
        self.slave = nothing().into();
        self.master = nothing();
        let ended = limited(move || waitpid(Some(pid), WaitOptions::empty()));
        let (_, status) = ended.expect("waited").expect("a status");
        ExitStatus::from_raw(status.as_raw())
    }

    /// Asserts that every mode and every setting is as the program found it.
    pub fn assert_restored(&self) {
        let screen = self.screen();
        let tail = self.raw.len().saturating_sub(300);
        let tail = String::from_utf8_lossy(&self.raw[tail..]);
        assert!(
            !screen.alternate_screen(),
            "the alternate screen is left after {tail:?}"
        );
        assert!(!screen.hide_cursor(), "the cursor is shown");
        assert!(!screen.bracketed_paste(), "pastes are plain again");
        let mouse = screen.mouse_protocol_mode();
        assert_eq!(mouse, vt100::MouseProtocolMode::None, "the mouse is free");
        let encoding = screen.mouse_protocol_encoding();
        assert_eq!(encoding, vt100::MouseProtocolEncoding::Default);
        assert_eq!(screen.fgcolor(), vt100::Color::Default);
        assert_eq!(screen.bgcolor(), vt100::Color::Default);
        assert!(!screen.bold() && !screen.inverse() && !screen.underline());
        for (on, off) in [
            (&b"\x1b[?2026h"[..], &b"\x1b[?2026l"[..]),
            (b"\x1b[8l", b"\x1b[8h"),
        ] {
            assert!(
                last(&self.raw, on) <= last(&self.raw, off),
                "{on:?} is taken back"
            );
        }
        let after = tcgetattr(&self.slave).expect("its settings");
        assert_eq!(
            told(&after),
            told(&self.before),
            "the settings are as before"
        );
    }

    /// True when these bytes were written.
    pub fn has_shown(&self, bytes: &[u8]) -> bool {
        contains(&self.raw, bytes)
    }

    /// The folder that the program takes for home.
    pub fn home(&self) -> &Path {
        &self.home
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Reads once; false when nothing came.
    fn hear(&mut self, patience: Duration) -> bool {
        let patience = Timespec {
            tv_sec: patience.as_secs() as i64,
            tv_nsec: patience.subsec_nanos().into(),
        };
        let mut fds = [PollFd::new(&self.master, PollFlags::IN)];
        if poll(&mut fds, Some(&patience)).is_ok_and(|ready| ready == 0) {
            return false;
        }
        let mut bytes = [0; 4096];
        let count = self.master.read(&mut bytes).unwrap_or(0);
        self.raw.extend_from_slice(&bytes[..count]);
        self.emulator.process(&bytes[..count]);
        count > 0
    }

    fn hear_all(&mut self) {
        while self.hear(Duration::ZERO) {}
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // A test that failed leaves it running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs `work`, which may not take longer than the limit.
fn limited<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, answer) = mpsc::channel();
    thread::spawn(move || done.send(work()));
    answer.recv_timeout(LIMIT).expect("in time")
}

fn set_size(master: impl std::os::fd::AsFd, columns: u16, rows: u16) {
    let size = Winsize {
        ws_row: rows,
        ws_col: columns,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    tcsetwinsize(master, size).expect("a size");
}

fn at_least_one(number: u16) -> NonZero<u16> {
    NonZero::new(number).unwrap_or(NonZero::<u16>::MIN)
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    last(bytes, needle).is_some()
}

fn last(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes
        .windows(needle.len())
        .rposition(|window| window == needle)
}

fn told(settings: &Termios) -> String {
    format!("{settings:?}")
}
