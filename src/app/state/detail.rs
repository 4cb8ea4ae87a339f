//! The event: laid out once for its width and settings, the statement in front, how far it is
//! scrolled.

use std::sync::Arc;

use crate::app::Settings;
use crate::app::field::Row;
use crate::app::geometry::Area;
use crate::model::EventId;

use super::State;
use super::page::{Card, Page, event_page};

/// The event in front.
#[derive(Clone, Debug, Default)]
pub struct Detail {
    /// The statement in front.
    pub card: usize,
    /// The first row on the screen.
    pub scroll: usize,
    /// Rows of the pane.
    pub height: usize,
    /// The event, laid out.
    pub page: Arc<Page>,
    /// Bring the first statement in front that a search lit.
    pub seek: bool,
    made_for: Option<Key>,
}

/// What a page depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    event: Option<EventId>,
    collection: u64,
    width: u16,
    settings: Settings,
    needle: String,
    translations: bool,
}

impl Detail {
    /// Goes one step down: scrolls while the statement in front has more to show, else brings the
    /// next one in front.
    pub fn down(&mut self) {
        let bottom = self.scroll + self.height;
        let card = self.page.cards.get(self.card).map(|card| card.rows.clone());
        let more = card.as_ref().is_none_or(|rows| rows.end > bottom);
        let at_top = card.is_some_and(|rows| rows.start >= bottom);
        if self.page.cards.is_empty() || more && !at_top {
            self.scroll += 1;
        } else if self.card + 1 < self.page.cards.len() {
            self.card += 1;
            self.reveal();
        } else {
            self.scroll += 1;
        }
    }

    /// Goes one step up.
    pub fn up(&mut self) {
        let above = |card: &Card| card.rows.start < self.scroll;
        let hidden = self.page.cards.get(self.card).is_none_or(above);
        if hidden || self.card == 0 {
            self.scroll = self.scroll.saturating_sub(1);
        } else {
            self.card -= 1;
            self.reveal();
        }
    }

    /// Scrolls by `rows` and brings the first statement in front that is on the screen.
    pub fn scroll_by(&mut self, rows: isize) {
        self.scroll = self
            .scroll
            .saturating_add_signed(rows)
            .min(self.last_scroll());
        let visible = self.scroll..self.scroll + self.height;
        let shows = |at: usize| {
            let card = self.page.cards.get(at);
            card.is_some_and(|card| {
                card.words.start < visible.end && card.words.end > visible.start
            })
        };
        if !shows(self.card) {
            let first = (0..self.page.cards.len()).find(|at| shows(*at));
            self.card = first.unwrap_or(self.card);
        }
    }

    /// To the top, the first statement in front.
    pub fn first(&mut self) {
        (self.card, self.scroll) = (0, 0);
    }

    /// To the end, the last statement in front.
    pub fn last(&mut self) {
        self.card = self.page.cards.len().saturating_sub(1);
        self.scroll = self.last_scroll();
    }

    /// Scrolls so that the statement in front is on the screen: whole, or its beginning.
    pub fn reveal(&mut self) {
        let Some(card) = self.page.cards.get(self.card) else {
            return;
        };
        if self.card == 0 && card.rows.end <= self.height {
            self.scroll = 0;
        }
        if card.rows.end > self.scroll + self.height {
            self.scroll = card.rows.end - self.height;
        }
        self.scroll = self.scroll.min(card.rows.start);
    }

    /// Brings the first row on the screen that a search lit, and its statement in front.
    fn show_lit(&mut self) {
        let lit = |row: &Row| row.iter().any(|field| field.lit.contains(&true));
        let Some(row) = self.page.rows.iter().position(lit) else {
            return;
        };
        match self.card_at(row) {
            Some(card) => {
                self.card = card;
                self.reveal();
            }
            None => self.scroll = 0,
        }
        if row >= self.scroll + self.height {
            self.scroll = row + 1 - self.height;
        }
    }

    /// Follows the event shown from the number `from` to the number `to` in another collection,
    /// so that it stays where it was scrolled to. `same_page`: the collection in which it reads the
    /// same.
    pub(super) fn carry(
        &mut self,
        from: Option<EventId>,
        to: Option<EventId>,
        same_page: Option<u64>,
    ) {
        if let Some(key) = self.made_for.as_mut().filter(|key| key.event == from) {
            key.event = to;
            key.collection = same_page.unwrap_or(key.collection);
        }
    }

    /// The statement whose rows hold `row` of the page.
    pub fn card_at(&self, row: usize) -> Option<usize> {
        let holds = |card: &Card| card.rows.contains(&row);
        self.page.cards.iter().position(holds)
    }

    fn last_scroll(&self) -> usize {
        self.page.rows.len().saturating_sub(self.height)
    }
}

pub(super) fn settle(state: &mut State, area: Option<Area>) {
    let event = state.event();
    let shown = |detail: &Detail| detail.made_for.as_ref().and_then(|key| key.event);
    if shown(&state.detail) != event {
        (state.detail.card, state.detail.scroll) = (0, 0);
    }
    let Some(area) = area else {
        if shown(&state.detail) != event {
            state.detail.made_for = None;
            state.detail.page = Arc::default();
        }
        return;
    };
    state.detail.height = usize::from(area.height);
    let key = Key {
        event,
        collection: state.collection,
        width: area.width,
        settings: state.settings.clone(),
        needle: state.search.needle.clone(),
        translations: state.translations,
    };
    if state.detail.made_for.as_ref() != Some(&key) {
        let first_sight = shown(&state.detail) != event;
        state.detail.page = Arc::new(event_page(state, area.width));
        state.detail.made_for = Some(key);
        if !first_sight {
            state.detail.reveal();
        }
    }
    let detail = &mut state.detail;
    if std::mem::take(&mut detail.seek) {
        detail.show_lit();
    }
    detail.card = detail.card.min(detail.page.cards.len().saturating_sub(1));
    detail.scroll = detail.scroll.min(detail.last_scroll());
}
