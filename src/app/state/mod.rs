//! What the program is doing, in one value; and [`State::settle`], which restores what must hold
//! after every message.

mod carry;
mod chips;
mod choice;
mod compare;
mod detail;
mod facets;
mod history;
mod laid;
mod page;
mod prompt;
mod strip;
mod timeline;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use carry::Extent;
pub use chips::Chip;
pub use choice::{Choice, Entry, Kind};
pub use compare::{Column, Compare, Selection};
pub use detail::Detail;
pub use facets::{Facets, Line as FacetLine, Sort};
pub use history::{History, View};
pub use laid::{Laid, Node};
pub use page::{Card, Page, SCROLL_BAR, mode_word, original, quoted};
pub use prompt::{Asking, Prompt};
pub use strip::{Strip, Zoom};
pub use timeline::{EVENT_ROWS, Entry as TimelineEntry, Place, Timeline};

use super::geometry::Areas;
use super::key::Key;
use super::keymap::{Context, Keymap};
use super::setter::{Lit, Setter};
use super::{Action, Settings};
use crate::model::{EventId, EventRecord, Header};
use crate::query::{Filter, Index, Rows, rows};
use crate::store::Store;
use crate::words::Lang;

/// Which pane the keys go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Focus {
    /// The list of events.
    #[default]
    Timeline,
    /// The event.
    Detail,
    /// The facet values.
    Facets,
}

/// What the keys mean just now.
#[derive(Clone, Debug, Default)]
pub enum Mode {
    /// Reading: the panes are in front.
    #[default]
    Reading,
    /// Typing into the line at the bottom.
    Typing(Box<Prompt>),
    /// Choosing from a list that covers the panes.
    Choosing(Box<Choice>),
    /// Statements side by side.
    Comparing(Box<Compare>),
}

/// A statement that the reader marked: the event and the statement's place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId {
    /// The event.
    pub event: EventId,
    /// Place in the event's statements.
    pub statement: usize,
}

/// What is searched for and where it is.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// As typed; empty for no search.
    pub needle: String,
    /// Those of the shown events that have it; `None` while the answer is awaited.
    pub found: Option<Rows>,
    /// Number of the last question.
    pub generation: u64,
    /// The rows changed since.
    pub stale: bool,
}

/// How far loading has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Events read.
    pub events: usize,
    /// Share of the file that was read, 0 to 100; `None` for a pipe.
    pub percent: Option<u8>,
    /// Events read in a second, from the beginning on; 0 while nobody knows.
    pub rate: usize,
}

/// What the reader should know of the data besides what is wrong with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Reading was given up: there are more events than these.
    pub part: bool,
    /// The file is no longer what it was when it was read.
    pub changed: bool,
    /// There are no events yet, but some may come.
    pub awaited: bool,
    /// Events that came to the file since the last key.
    pub came: usize,
}

/// All that the screen depends on. [`super::update`] alone changes it; `ui::view` reads it.
#[derive(Clone, Debug)]
pub struct State {
    /// What the reader chose.
    pub settings: Settings,
    /// The keys in force.
    pub keymap: Keymap,
    /// Columns and rows of the screen.
    pub size: (u16, u16),
    /// The events.
    pub index: Arc<Index>,
    /// Which collection it is: grows with each one that takes another's place.
    pub collection: u64,
    /// While the file is being read.
    pub loading: Option<Progress>,
    /// What became of the data since.
    pub news: News,
    /// One line for each thing wrong with the data.
    pub warnings: Arc<Vec<String>>,
    /// What is left out.
    pub filter: Filter,
    /// What is left.
    pub rows: Rows,
    /// The filters in the order they came, for the status line and for taking back the last one.
    pub chips: Vec<Chip>,
    /// The event that a filter took from under the cursor, and where the cursor went.
    held: Option<(EventId, Option<EventId>)>,
    /// What is searched for.
    pub search: Search,
    /// The pane that the keys go to.
    pub focus: Focus,
    /// What the keys mean.
    pub mode: Mode,
    /// The list of events.
    pub timeline: Timeline,
    /// The event.
    pub detail: Detail,
    /// The facet values.
    pub facets: Facets,
    /// The histogram.
    pub strip: Strip,
    /// Marked statements, the oldest mark first.
    pub marks: Vec<StatementId>,
    /// The ids of their events, which tell them in another collection.
    pub marked_ids: BTreeMap<EventId, String>,
    /// Where the reader was.
    pub history: History,
    /// The view before the filters were switched off to see an event among its neighbours.
    pub out_of_context: Option<View>,
    /// All translations are shown, not only those for the reader's language.
    pub translations: bool,
    /// Share of the timeline among two panes, in percent, once the reader moved the divider.
    pub split: Option<u8>,
    /// The mouse holds the divider.
    pub dragging: bool,
    /// Keys of an unfinished row of keys.
    pub pending: Vec<Key>,
    /// A line at the bottom, gone at the next key.
    pub notice: Option<Notice>,
}

/// A line at the bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it says.
    pub text: String,
    /// True for something that went wrong.
    pub alarm: bool,
}

impl State {
    /// An empty screen of `size` columns and rows, before any data.
    pub fn new(settings: Settings, size: (u16, u16)) -> Self {
        let store = Store::from_records(Header::default(), Vec::new());
        let index = Arc::new(Index::build(Arc::new(store)));
        let mut state = Self {
            settings,
            keymap: Keymap::default(),
            size,
            rows: Rows::All(0),
            index,
            collection: 0,
            loading: Some(Progress::default()),
            news: News::default(),
            warnings: Arc::default(),
            filter: Filter::default(),
            chips: Vec::new(),
            held: None,
            search: Search::default(),
            focus: Focus::default(),
            mode: Mode::default(),
            timeline: Timeline::default(),
            detail: Detail::default(),
            facets: Facets::default(),
            strip: Strip::default(),
            marks: Vec::new(),
            marked_ids: BTreeMap::new(),
            history: History::default(),
            out_of_context: None,
            translations: false,
            split: None,
            dragging: false,
            pending: Vec::new(),
            notice: None,
        };
        state.settle();
        state
    }

    /// The events.
    pub fn store(&self) -> &Store {
        self.index.store()
    }

    /// True when panes begin at the right.
    pub fn rtl(&self) -> bool {
        self.settings.lang == Lang::Fa
    }

    /// True when the facets are on the screen or asked for.
    pub fn facets_open(&self) -> bool {
        self.facets
            .open
            .unwrap_or(Areas::has_room_for_facets(self.size.0))
    }

    /// The event under the cursor.
    pub fn event(&self) -> Option<EventId> {
        self.rows.event_at(self.timeline.cursor)
    }

    /// The event under the cursor, whole; `None` also when it cannot be read.
    pub fn record(&self) -> Option<Arc<EventRecord>> {
        self.store().event(self.event()?).ok()
    }

    /// The first day of the event under the cursor.
    pub fn day(&self) -> Option<i32> {
        let days = self.store().days(self.event()?)?;
        Some(days.first).filter(|day| *day != i32::MIN)
    }

    /// The statement that the keys are about: the one in front in the detail, else the first.
    pub fn statement(&self) -> Option<StatementId> {
        if let Mode::Comparing(compare) = &self.mode {
            return compare.statement();
        }
        let event = self.event()?;
        let record = self.record()?;
        let card = if self.focus == Focus::Detail {
            self.detail.card
        } else {
            0
        };
        let statement = card.min(record.statements.len().checked_sub(1)?);
        Some(StatementId { event, statement })
    }

    /// Sets texts the way the reader wants them.
    pub fn setter(&self) -> Setter<'_> {
        Setter {
            settings: &self.settings,
            lit: Lit::Needle(&self.search.needle),
        }
    }

    /// Where bindings are looked up first.
    pub fn context(&self) -> Context {
        match (&self.mode, self.focus) {
            (Mode::Comparing(_), _) => Context::Compare,
            (_, Focus::Facets) => Context::Facets,
            (_, Focus::Timeline | Focus::Detail) => Context::Anywhere,
        }
    }

    /// The keys of `action` for a hint: the first binding, as written.
    pub fn key_of(&self, action: Action) -> String {
        let keys = self.keymap.keys_of(action);
        keys.into_iter().next().unwrap_or_default()
    }

    /// Says something at the bottom until the next key.
    pub fn tell(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            alarm: false,
        });
    }

    /// Says that something went wrong.
    pub fn alarm(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            alarm: true,
        });
    }

    /// Works out the rows again after the filter changed. The cursor stays on its event, or goes
    /// to the next one left; and back to it when it is shown again and the reader did not move.
    pub fn refilter(&mut self) {
        let here = self.event();
        let event = match self.held {
            Some((wanted, landed)) if here.is_none() || here == landed => Some(wanted),
            Some(_) | None => here,
        };
        self.rows = rows(&self.index, &self.filter);
        self.chips = chips::kept(std::mem::take(&mut self.chips), &self.filter);
        self.facets.stale = true;
        self.strip.stale = true;
        self.search.stale = true;
        if let Some(event) = event {
            self.go_to(event);
            self.held = Some((event, self.event()));
        }
    }

    /// Puts the cursor on `event`, or on the next one that is shown.
    pub fn go_to(&mut self, event: EventId) {
        self.timeline.cursor = self.rows.nearest(event).unwrap_or(0);
    }

    /// Restores what must hold: cursors in range, windows around cursors, the shown event laid out
    /// for its width.
    pub fn settle(&mut self) {
        self.keep_in_range();
        let areas = Areas::of(self);
        timeline::settle(self, areas.timeline);
        detail::settle(self, areas.detail);
        facets::settle(self, areas.facets);
        strip::settle(self, areas.strip);
        compare::settle(self, areas.body);
        choice::settle(self, areas.body);
    }

    /// The part of [`Self::settle`] that lays nothing out.
    pub(super) fn keep_in_range(&mut self) {
        self.timeline.cursor = self.timeline.cursor.min(self.rows.len().saturating_sub(1));
        if self.search.stale {
            self.find_again();
        }
        self.settle_focus();
    }

    /// The part of [`Self::settle`] that concerns the event alone.
    pub(super) fn settle_detail(&mut self) {
        let areas = Areas::of(self);
        detail::settle(self, areas.detail);
    }

    fn settle_focus(&mut self) {
        if self.focus == Focus::Facets && !self.facets_open() {
            self.focus = Focus::Timeline;
        }
        let areas = Areas::of(self);
        if areas.timeline.is_some() && areas.pane(self.focus).is_none() {
            self.focus = Focus::Timeline;
        }
    }
}
