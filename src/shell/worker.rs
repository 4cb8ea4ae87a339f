//! Work that takes longer than a frame, in threads of its own: reading the data, searching all of
//! it. A thread never touches the state; it sends messages.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::SyncSender;
use std::thread;

use super::event::Event;
use crate::app::Msg;
use crate::query::{Found, Index};
use crate::store::Progress;

/// Something that reads data.
pub trait Reader: Send + 'static {
    /// Reads all of it. `tell` hears how far it is; it says false when nobody listens any more.
    ///
    /// # Errors
    ///
    /// When the data cannot be used: the message for the reader, with its place.
    fn read(self, tell: &mut dyn FnMut(Stage) -> bool) -> Result<(), String>;
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
    /// All events, and what is wrong with the data as far as it is known, one line each. May be
    /// told again when more of that is known.
    Whole(Arc<Index>, Vec<String>),
}

/// Reads by `reader` and sends what the state should know.
pub fn read(reader: impl Reader, events: &SyncSender<Event>) {
    let mut tell = |stage| events.send(Event::Msg(message(stage))).is_ok();
    if let Err(message) = reader.read(&mut tell) {
        // When nobody listens, the program is leaving.
        let _ = events.send(Event::Unreadable(message));
    }
}

fn message(stage: Stage) -> Msg {
    match stage {
        Stage::First(index) => Msg::Loaded {
            index,
            warnings: Arc::default(),
            whole: false,
        },
        Stage::Progress { events, percent } => Msg::Progress { events, percent },
        Stage::Whole(index, warnings) => Msg::Loaded {
            index,
            warnings: Arc::new(warnings),
            whole: true,
        },
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
