//! Leaving and stopping on somebody else's word: the loop is asked; if it does not answer, because
//! it works on something long or the terminal takes no output, the asking thread does it itself.

use std::sync::mpsc::{self, SyncSender};
use std::time::Duration;
use std::{io, process};

use rustix::process::{Signal, kill_current_process_group};
use signal_hook::consts::{SIGHUP, SIGSTOP};
use signal_hook::low_level::{emulate_default_handler, raise};

use super::event::{Event, Leave, Taken};
use super::group::somebody_resumes_us;
use super::terminal::Terminal;

/// How long the loop may take to answer.
const WATCHDOG: Duration = Duration::from_millis(400);

/// Asks the loop to leave. Does not come back if the loop does not answer.
pub(super) fn ask_to_leave(terminal: &Terminal, events: &SyncSender<Event>, why: Leave) {
    if !ask(terminal, events, |taken| Event::Leave(why, taken)) {
        leave(terminal, why);
    }
}

/// Asks the loop to stop the process; stops it from here if the loop does not answer.
pub(super) fn ask_to_suspend(terminal: &Terminal, events: &SyncSender<Event>) {
    if !ask(terminal, events, Event::Suspend) {
        suspend(terminal);
    }
}

/// Gives the terminal back and ends the process in the way that `why` ends processes.
pub(super) fn leave(terminal: &Terminal, why: Leave) -> ! {
    terminal.restore();
    match why {
        // A shell that waits for us should see that the signal was obeyed.
        Leave::Signal(signal) => {
            let _ = emulate_default_handler(signal);
            process::exit(128 + signal)
        }
        Leave::Gone => process::exit(128 + SIGHUP),
    }
}

/// Gives the terminal back and stops; comes back when the process is continued.
pub(super) fn suspend(terminal: &Terminal) {
    terminal.restore();
    let _ = raise(SIGSTOP);
}

/// True when the loop took the request in time.
fn ask(
    terminal: &Terminal,
    events: &SyncSender<Event>,
    request: impl FnOnce(Taken) -> Event,
) -> bool {
    let (taken, answer) = mpsc::sync_channel(1);
    terminal.interrupt();
    // A full channel is a loop that is stuck.
    let asked = events.try_send(request(taken)).is_ok();
    asked && answer.recv_timeout(WATCHDOG).is_ok()
}

/// Stops us and whoever runs with us in one pipeline, as the terminal does at ctrl-z when it is
/// not raw. It comes back to us as a signal.
///
/// # Errors
///
/// When nobody is there who could continue us, or the system refuses.
pub(super) fn stop_the_group() -> io::Result<()> {
    if !somebody_resumes_us() {
        return Err(io::ErrorKind::Unsupported.into());
    }
    Ok(kill_current_process_group(Signal::TSTP)?)
}
