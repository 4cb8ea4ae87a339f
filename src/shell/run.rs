//! The loop: wait, drain, update each, draw once.

use std::io;
use std::sync::mpsc::Receiver;

use super::event::{Event, Leave, Taken};
use super::screen::usable;
use crate::app::{Effect, Mouse, MouseKind, Msg, State, hurry};

/// Events taken between two frames; a flood longer than that is drawn in between.
const MOST_AT_ONCE: usize = 8192;

/// Everything that the loop wants of the world. Real in `shell::real`, scripted in tests.
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
    fn perform(&mut self, effect: Effect, state: &State) -> Option<Msg>;
    /// Gives the terminal back and stops; comes back when resumed.
    fn suspend(&mut self);
    /// Takes the terminal again after a stop, if it is ours to take.
    fn resume(&mut self);
    /// True once after each resumption.
    fn was_resumed(&self) -> bool;
    /// The size may have changed, and with it the terminal: a multiplexer was attached elsewhere.
    fn resized(&mut self) {}
    /// The column in which the reader sees what the terminal reports at this column and row.
    fn seen_column(&self, column: u16, _row: u16) -> u16 {
        column
    }
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
    run_from(None, state, events, outside)
}

/// As [`run`], but takes `early`, and all that waits behind it, before the first frame.
pub(super) fn run_from(
    early: Option<Event>,
    state: &mut State,
    events: &Receiver<Event>,
    outside: &mut impl Outside,
) -> End {
    let drained = early.map_or(Ok(()), |early| drain(early, state, events, outside));
    if let Err(end) = drained {
        return end;
    }
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
    state.settle();
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
    let mut resized = false;
    while let Some(event) = next {
        taken += 1;
        resized |= matches!(event, Event::Resized);
        next = events.try_recv().ok().filter(|_| taken < MOST_AT_ONCE);
        let overtaken = is_drag(&event) && next.as_ref().is_some_and(is_drag);
        if !overtaken {
            take(event, state, outside)?;
        }
    }
    if outside.was_resumed() {
        outside.resume();
    } else if resized {
        outside.resized();
    }
    Ok(())
}

fn take(event: Event, state: &mut State, outside: &mut impl Outside) -> Result<(), End> {
    match event {
        Event::Msg(Msg::Mouse(mouse)) => {
            let column = outside.seen_column(mouse.column, mouse.row);
            apply(Msg::Mouse(Mouse { column, ..mouse }), state, outside)
        }
        Event::Msg(msg) => apply(msg, state, outside),
        // The size is looked at before each frame, the rest at the end of the turn.
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
        for effect in hurry(state, msg) {
            if effect == Effect::Quit {
                return Err(End::Quit);
            }
            waiting.extend(outside.perform(effect, state));
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{self, sync_channel};

    use super::*;
    use crate::app::{Focus, Settings};

    /// A world that notes what is wanted of it.
    #[derive(Default)]
    struct Noted {
        size: (u16, u16),
        log: Vec<String>,
        drawing: Vec<io::ErrorKind>,
        resumed: std::cell::Cell<bool>,
    }

    impl Outside for Noted {
        fn size(&self) -> (u16, u16) {
            self.size
        }

        fn draw(&mut self, state: &State) -> io::Result<()> {
            let (columns, rows) = state.size;
            self.log.push(format!("draw {columns}x{rows}"));
            self.drawing.pop().map_or(Ok(()), |kind| Err(kind.into()))
        }

        fn perform(&mut self, effect: Effect, _: &State) -> Option<Msg> {
            self.log.push(format!("{effect:?}"));
            (effect == Effect::Redraw).then(|| Msg::Failed("no".to_owned()))
        }

        fn suspend(&mut self) {
            self.log.push("stopped".to_owned());
            self.resumed.set(true);
        }

        fn resume(&mut self) {
            self.log.push("resumed".to_owned());
        }

        fn was_resumed(&self) -> bool {
            self.resumed.take()
        }

        fn resized(&mut self) {
            self.log.push("resized".to_owned());
        }

        fn seen_column(&self, column: u16, row: u16) -> u16 {
            row + self.size.0 - 1 - column
        }
    }

    fn key(written: &str) -> Event {
        Event::Msg(Msg::Key(written.parse().expect("a key")))
    }

    /// Runs over `events`, all waiting from the start.
    fn ran(outside: &mut Noted, events: Vec<Event>) -> (State, End) {
        let (sender, receiver) = mpsc::channel();
        for event in events {
            sender.send(event).expect("received");
        }
        drop(sender);
        let mut state = State::new(Settings::default(), (0, 0));
        let end = run(&mut state, &receiver, outside);
        (state, end)
    }

    #[test]
    fn a_flood_is_drawn_once_and_quitting_not_at_all() {
        let mut outside = Noted {
            size: (80, 24),
            ..Noted::default()
        };
        let mut events: Vec<_> = (0..5000).map(|_| key("j")).collect();
        events.push(key("q"));
        events.push(key("j"));
        let (_, end) = ran(&mut outside, events);
        assert!(matches!(end, End::Quit));
        assert_eq!(outside.log, ["draw 80x24"]);
    }

    #[test]
    fn what_came_early_is_taken_first_and_is_in_the_first_frame() {
        let (sender, receiver) = mpsc::channel();
        for name in ["second", "third"] {
            let told = Msg::Failed(name.to_owned());
            sender.send(Event::Msg(told)).expect("received");
        }
        drop(sender);
        let mut outside = Noted::default();
        let mut state = State::new(Settings::default(), (0, 0));
        let early = Some(Event::Msg(Msg::Failed("first".to_owned())));
        run_from(early, &mut state, &receiver, &mut outside);
        let notice = state.notice.map(|notice| notice.text);
        assert_eq!(notice.as_deref(), Some("third"));
        assert_eq!(outside.log, ["draw 0x0"]);
    }

    #[test]
    fn the_size_is_looked_at_before_each_frame_and_an_absurd_one_is_none() {
        let mut outside = Noted {
            size: (65535, 65535),
            ..Noted::default()
        };
        let (state, _) = ran(&mut outside, vec![Event::Resized]);
        assert_eq!(state.size, (0, 0));
        assert_eq!(outside.log, ["draw 0x0", "resized", "draw 0x0"]);
    }

    #[test]
    fn many_new_sizes_at_once_are_one() {
        let mut outside = Noted::default();
        ran(&mut outside, vec![Event::Resized, key("j"), Event::Resized]);
        assert_eq!(outside.log, ["draw 0x0", "resized", "draw 0x0"]);
    }

    #[test]
    fn the_mouse_is_where_the_reader_sees_it() {
        let press = |column| {
            let mouse = Mouse {
                kind: MouseKind::Press,
                column,
                row: 10,
            };
            vec![Event::Msg(Msg::Mouse(mouse))]
        };
        let focus = |size, column| {
            let mut outside = Noted {
                size,
                ..Noted::default()
            };
            ran(&mut outside, press(column)).0.focus
        };
        // The panes begin at the right; this terminal counts from there.
        assert_eq!(focus((120, 40), 125), Focus::Detail);
        assert_eq!(focus((120, 40), 20), Focus::Timeline);
    }

    #[test]
    fn what_fails_outside_is_told_to_the_reader() {
        let (state, _) = ran(&mut Noted::default(), vec![key("ctrl-l")]);
        assert!(state.notice.is_some_and(|notice| notice.alarm));
    }

    #[test]
    fn a_stop_is_taken_and_gone_on_from() {
        let (taken, asked) = sync_channel(1);
        let mut outside = Noted::default();
        ran(&mut outside, vec![Event::Suspend(taken), Event::Resumed]);
        assert_eq!(asked.recv(), Ok(()));
        assert_eq!(outside.log, ["draw 0x0", "stopped", "resumed", "draw 0x0"]);
    }

    #[test]
    fn a_stop_that_is_no_longer_waited_for_is_not_made() {
        let (taken, asked) = sync_channel(1);
        drop(asked);
        let mut outside = Noted::default();
        ran(&mut outside, vec![Event::Suspend(taken)]);
        assert_eq!(outside.log, ["draw 0x0", "draw 0x0"]);
    }

    #[test]
    fn leaving_is_promised_and_nothing_is_drawn_any_more() {
        let (taken, asked) = sync_channel(1);
        let mut outside = Noted::default();
        let (_, end) = ran(
            &mut outside,
            vec![Event::Leave(Leave::Gone, taken), key("j")],
        );
        assert!(matches!(end, End::Told(Leave::Gone)));
        assert_eq!(asked.recv(), Ok(()));
        assert_eq!(outside.log, ["draw 0x0"]);
    }

    #[test]
    fn a_frame_that_was_broken_off_is_no_end_and_a_lost_terminal_is() {
        let mut outside = Noted {
            drawing: vec![io::ErrorKind::WouldBlock],
            ..Noted::default()
        };
        assert!(matches!(ran(&mut outside, vec![]).1, End::Quit));
        outside.drawing = vec![io::ErrorKind::BrokenPipe];
        assert!(matches!(
            ran(&mut outside, vec![]).1,
            End::Told(Leave::Gone)
        ));
    }
}
