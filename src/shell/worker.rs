//! Work that takes longer than a frame, in threads of its own: reading the data, searching all of
//! it. A thread never touches the state; it sends messages.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender};
use std::thread;

use super::event::Event;
use crate::app::{self, Extent, Msg};
use crate::query::{Found, Index};
use crate::store::Progress;

/// Something that reads data.
pub trait Reader: Send + 'static {
    /// Reads all of it, then does what is wished, until nobody can wish any more. `tell` hears how
    /// far it is; it says false when nobody listens any more.
    ///
    /// # Errors
    ///
    /// When the data cannot be used: the message for the reader, with its place.
    fn read(
        self,
        wishes: &Receiver<Wish>,
        tell: &mut dyn FnMut(Stage) -> bool,
    ) -> Result<(), String>;
}

/// What a [`Reader`] is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Give up what is being read.
    Stop,
    /// Read it again.
    Again,
    /// See whether the data changed.
    Look,
}

/// How far reading has come.
#[derive(Clone, Debug)]
pub enum Stage {
    /// The first events, to be shown while the rest is read.
    First(Arc<Index>),
    /// How far reading has come.
    Progress(app::Progress),
    /// All events, and what is wrong with the data as far as it is known, one line each.
    Whole(Arc<Index>, Vec<String>),
    /// The same, but reading was given up: there are more.
    Part(Arc<Index>, Vec<String>),
    /// All events, of which so many came since all were told of last.
    Grown(Arc<Index>, Vec<String>, usize),
    /// What the events say is read: now all that is wrong with the data is known.
    Checked(Vec<String>),
    /// There are no events yet, but some may come.
    Awaited,
    /// The data is no longer what was told.
    Changed,
    /// Reading was given up or failed with this message; what was told last still holds.
    Kept(Option<String>),
    /// The data cannot be read a second time.
    NotAgain,
    /// The events are there to be filtered by this.
    Query(String),
}

/// Reads by `reader` and sends what the state should know.
pub fn read(reader: impl Reader, wishes: &Receiver<Wish>, events: &SyncSender<Event>) {
    let mut tell = |stage| events.send(Event::Msg(message(stage))).is_ok();
    if let Err(message) = reader.read(wishes, &mut tell) {
        // When nobody listens, the program is leaving.
        let _ = events.send(Event::Unreadable(message));
    }
}

fn message(stage: Stage) -> Msg {
    let loaded = |index, warnings, extent| Msg::Loaded {
        index,
        warnings: Arc::new(warnings),
        extent,
    };
    match stage {
        Stage::First(index) => loaded(index, Vec::new(), Extent::Beginning),
        Stage::Progress(progress) => Msg::Progress(progress),
        Stage::Whole(index, warnings) => loaded(index, warnings, Extent::Whole),
        Stage::Part(index, warnings) => loaded(index, warnings, Extent::Part),
        Stage::Grown(index, warnings, count) => loaded(index, warnings, Extent::Grown(count)),
        Stage::Checked(warnings) => Msg::Checked(Arc::new(warnings)),
        Stage::Awaited => Msg::Awaited,
        Stage::Changed => Msg::Changed,
        Stage::Kept(failure) => Msg::Kept(failure),
        Stage::NotAgain => Msg::NotAgain,
        Stage::Query(query) => Msg::Query(query),
    }
}

/// Searches in the background; only the last question is answered.
#[derive(Debug)]
pub struct Searcher {
    events: SyncSender<Event>,
    /// Stops the search under way.
    under_way: Arc<Progress>,
}

impl Searcher {
    /// A searcher whose answers go to `events`.
    pub fn new(events: SyncSender<Event>) -> Self {
        Self {
            events,
            under_way: Arc::default(),
        }
    }

    /// Searches `index` for `needle`; what was asked before is given up. While texts are still
    /// being read the answer comes twice: from what is there, and from all of it.
    ///
    /// # Errors
    ///
    /// When no thread can be made.
    pub fn ask(&mut self, index: Arc<Index>, generation: u64, needle: String) -> io::Result<()> {
        self.cancel();
        let (events, progress) = (self.events.clone(), self.under_way.clone());
        let answer = move |found: &Found| {
            let hits = found.bits.iter().collect();
            let _ = events.send(Event::Msg(Msg::Answer { generation, hits }));
        };
        thread::Builder::new()
            .name("search".to_owned())
            .spawn(move || search(&index, &needle, &progress, answer))
            .map(drop)
    }

    /// Gives up the search under way.
    pub fn cancel(&mut self) {
        self.under_way.stop();
        self.under_way = Arc::default();
    }
}

fn search(index: &Index, needle: &str, progress: &Progress, answer: impl Fn(&Found)) {
    let Some(first) = index.search(needle, progress) else {
        return;
    };
    answer(&first);
    // Another thread reads the texts: this waits for it.
    if !first.complete
        && index.read_texts(&Progress::default()).is_ok()
        && let Some(whole) = index.search(needle, progress)
    {
        answer(&whole);
    }
}
