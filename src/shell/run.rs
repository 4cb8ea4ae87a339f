//! The loop: wait, drain, update each, draw once.

use std::io;
use std::sync::mpsc::Receiver;

use super::event::{Event, Leave, Taken};
use super::screen::usable;
use crate::app::{Effect, MouseKind, Msg, State, update};

/// Events taken between two frames; a flood longer than that is drawn in between.
const MOST_AT_ONCE: usize = 8192;

/// Everything that the loop wants of the world. Real in [`super::real`], scripted in tests.
pub trait Outside {
    /// Columns and rows now.
    fn size(&self) -> (u16, u16);
    /// Puts the state on the terminal.
    ///
    /// # Errors
    ///
    /// `WouldBlock` when something more urgent came in the middle, others when the terminal is
    /// gone.
    fn draw(&mut self, state: &State) -> io::Result<()>;
    /// Does what the state asked for, but for quitting. What the reader should know of it at
    /// once comes back.
    fn perform(&mut self, effect: Effect) -> Option<Msg>;
    /// Gives the terminal back and stops; comes back when resumed.
    fn suspend(&mut self);
    /// Takes the terminal again after a stop, if it is ours to take.
    fn resume(&mut self);
    /// True once after each resumption.
    fn was_resumed(&self) -> bool;
}

/// Why the loop ended.
#[derive(Debug)]
pub enum End {
    /// The reader left, or nobody is left who could send anything.
    Quit,
    /// The program was told to leave, or its terminal is gone.
    Told(Leave),
    /// The data cannot be read.
    Unreadable(String),
}

/// Runs until there is a reason to end. Draws once before the first event.
pub fn run(state: &mut State, events: &Receiver<Event>, outside: &mut impl Outside) -> End {
    loop {
        if let Err(end) = show(state, outside) {
            return end;
        }
        let Ok(first) = events.recv() else {
            return End::Quit;
        };
        if let Err(end) = drain(first, state, events, outside) {
            return end;
        }
    }
}

fn show(state: &mut State, outside: &mut impl Outside) -> Result<(), End> {
    let size = usable(outside.size());
    if size != state.size {
        apply(Msg::Resize(size.0, size.1), state, outside)?;
    }
    match outside.draw(state) {
        Err(error) if error.kind() != io::ErrorKind::WouldBlock => Err(End::Told(Leave::Gone)),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Takes `first` and all that waits behind it.
fn drain(
    first: Event,
    state: &mut State,
    events: &Receiver<Event>,
    outside: &mut impl Outside,
) -> Result<(), End> {
    let mut next = Some(first);
    let mut taken = 0;
    while let Some(event) = next {
        taken += 1;
        next = events.try_recv().ok().filter(|_| taken < MOST_AT_ONCE);
        let overtaken = is_drag(&event) && next.as_ref().is_some_and(is_drag);
        if !overtaken {
            take(event, state, outside)?;
        }
    }
    if outside.was_resumed() {
        outside.resume();
    }
    Ok(())
}

fn take(event: Event, state: &mut State, outside: &mut impl Outside) -> Result<(), End> {
    match event {
        Event::Msg(msg) => apply(msg, state, outside),
        // The size is looked at before each frame, and a resumption at the end of the turn.
        Event::Resized | Event::Resumed => Ok(()),
        Event::Suspend(taken) => {
            if promise(&taken) {
                outside.suspend();
            }
            Ok(())
        }
        Event::Leave(why, taken) => {
            promise(&taken);
            Err(End::Told(why))
        }
        Event::Unreadable(message) => Err(End::Unreadable(message)),
    }
}

fn apply(msg: Msg, state: &mut State, outside: &mut impl Outside) -> Result<(), End> {
    let mut waiting = vec![msg];
    while let Some(msg) = waiting.pop() {
        for effect in update(state, msg) {
            if effect == Effect::Quit {
                return Err(End::Quit);
            }
            waiting.extend(outside.perform(effect));
        }
    }
    Ok(())
}

/// Tells whoever asked that the loop sees to it; false when they stopped waiting.
fn promise(taken: &Taken) -> bool {
    taken.send(()).is_ok()
}

fn is_drag(event: &Event) -> bool {
    matches!(event, Event::Msg(Msg::Mouse(mouse)) if mouse.kind == MouseKind::Drag)
}
