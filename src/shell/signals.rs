//! Signals, in a thread of their own that never blocks on the loop.

use std::io;
use std::sync::mpsc::SyncSender;
use std::thread;

use signal_hook::consts::{
    SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGVTALRM,
    SIGWINCH, SIGXCPU,
};
use signal_hook::iterator::Signals;

use super::event::{Event, Leave};
use super::group::somebody_resumes_us;
use super::leave::{ask_to_leave, ask_to_suspend};
use super::terminal::Terminal;

/// All that would end the process and leave the terminal in disorder, and those that steer it.
const SIGNALS: &[i32] = &[
    SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGALRM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU, SIGTSTP,
    SIGCONT, SIGWINCH,
];

/// Starts to listen; from now on no signal reaches the process unseen.
///
/// # Errors
///
/// When the handlers cannot be set or no thread can be made.
pub fn start(terminal: &'static Terminal, events: SyncSender<Event>) -> io::Result<()> {
    let mut signals = Signals::new(SIGNALS)?;
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for signal in signals.forever() {
                obey(signal, terminal, &events);
            }
        })
        .map(drop)
}

fn obey(signal: i32, terminal: &Terminal, events: &SyncSender<Event>) {
    match signal {
        // When the channel is full the loop is about to look at the size anyway.
        SIGWINCH => drop(events.try_send(Event::Resized)),
        SIGCONT => {
            terminal.note_resumed();
            drop(events.try_send(Event::Resumed));
        }
        SIGTSTP if somebody_resumes_us() => ask_to_suspend(terminal, events),
        SIGTSTP => {}
        _ => ask_to_leave(terminal, events, Leave::Signal(signal)),
    }
}
