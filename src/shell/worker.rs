//! Work that takes longer than a frame, in threads of its own: reading the data, searching all of
//! it. A thread never touches the state; it sends messages.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::SyncSender;
use std::thread;

use super::event::Event;
use crate::app::Msg;
use crate::query::{Filter, Index, Term, rows};

/// Something that reads data.
pub trait Reader: Send + 'static {
    /// Reads all of it. `tell` hears how far it is; it says false when nobody listens any more.
    ///
    /// # Errors
    ///
    /// When the data cannot be used: the message for the reader, with its place.
    fn read(self, tell: &mut dyn FnMut(Stage) -> bool) -> Result<Whole, String>;
}

/// How far reading has come.
#[derive(Clone, Debug)]
pub enum Stage {
    /// The first events, to be shown while the rest is read.
    First(Arc<Index>),
    /// So many events, and the share of the file in percent if it is known.
    Progress {
        /// Events read so far.
        events: usize,
        /// 0 to 100.
        percent: Option<u8>,
    },
}

/// All of the data.
#[derive(Clone, Debug)]
pub struct Whole {
    /// The events and everything asked of them.
    pub index: Arc<Index>,
    /// What is wrong with the data, one line each.
    pub warnings: Vec<String>,
}

/// Reads by `reader` and sends what the state should know.
pub fn read(reader: impl Reader, events: &SyncSender<Event>) {
    let mut tell = |stage| events.send(Event::Msg(stage_msg(stage))).is_ok();
    let last = match reader.read(&mut tell) {
        Ok(Whole { index, warnings }) => Event::Msg(Msg::Loaded {
            index,
            warnings: Arc::new(warnings),
            whole: true,
        }),
        Err(message) => Event::Unreadable(message),
    };
    // When nobody listens, the program is leaving.
    let _ = events.send(last);
}

fn stage_msg(stage: Stage) -> Msg {
    match stage {
        Stage::First(index) => Msg::Loaded {
            index,
            warnings: Arc::default(),
            whole: false,
        },
        Stage::Progress { events, percent } => Msg::Progress { events, percent },
    }
}

/// Searches in the background; only the last question is answered.
#[derive(Clone, Debug)]
pub struct Searcher {
    events: SyncSender<Event>,
    /// The number of the last question; 0 for none.
    wanted: Arc<AtomicU64>,
}

impl Searcher {
    /// A searcher whose answers go to `events`.
    pub fn new(events: SyncSender<Event>) -> Self {
        Self {
            events,
            wanted: Arc::default(),
        }
    }

    /// Searches `index` for `needle`; what was asked before is given up.
    ///
    /// # Errors
    ///
    /// When no thread can be made.
    pub fn ask(&self, index: Arc<Index>, generation: u64, needle: String) -> io::Result<()> {
        self.wanted.store(generation, Ordering::Release);
        let searcher = self.clone();
        thread::Builder::new()
            .name("search".to_owned())
            .spawn(move || searcher.search(&index, generation, &needle))
            .map(drop)
    }

    /// Gives up the search under way.
    pub fn cancel(&self) {
        self.wanted.store(0, Ordering::Release);
    }

    fn search(&self, index: &Index, generation: u64, needle: &str) {
        let is_wanted = || self.wanted.load(Ordering::Acquire) == generation;
        if !is_wanted() {
            return;
        }
        let mut filter = Filter::default();
        filter.text.push(Term::new(needle.trim()));
        let hits = rows(index, &filter).iter().collect();
        if is_wanted() {
            let _ = self
                .events
                .send(Event::Msg(Msg::Answer { generation, hits }));
        }
    }
}
