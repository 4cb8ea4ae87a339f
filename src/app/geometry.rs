//! Where the panes are, from the size of the screen and what is open. Used for drawing, for paging
//! and for the mouse alike.

use super::State;
use super::state::{Focus, Mode};

/// Columns and rows of a part of the screen, from 0 at the top left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Area {
    /// First column.
    pub x: u16,
    /// First row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// True when the cell lies inside.
    pub fn holds(self, column: u16, row: u16) -> bool {
        (self.x..self.x + self.width).contains(&column)
            && (self.y..self.y + self.height).contains(&row)
    }

    /// True without a cell.
    pub fn is_empty(self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// The part from column `from`, `width` columns wide.
    fn columns(self, from: u16, width: u16) -> Self {
        Self {
            x: self.x + from.min(self.width),
            width: width.min(self.width.saturating_sub(from)),
            ..self
        }
    }

    /// The part under a pane's heading, with a blank row between where there is room.
    #[must_use]
    pub fn under_heading(self) -> Self {
        self.rows(if self.height >= 16 { 2 } else { 1 }, self.height)
    }

    /// The part from row `from`, `height` rows high.
    #[must_use]
    pub fn rows(self, from: u16, height: u16) -> Self {
        Self {
            y: self.y + from.min(self.height),
            height: height.min(self.height.saturating_sub(from)),
            ..self
        }
    }
}

/// The parts of the screen. A pane that is not on the screen is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    /// Title and numbers, at the top.
    pub header: Area,
    /// The histogram of the whole range; empty on low screens.
    pub strip: Area,
    /// Everything between the top and the status line.
    pub body: Area,
    /// The list of events.
    pub timeline: Option<Area>,
    /// The event.
    pub detail: Option<Area>,
    /// The facet values.
    pub facets: Option<Area>,
    /// Columns of the rules between panes, from the left.
    pub rules: Vec<u16>,
    /// The last row: filters, hints, prompts.
    pub status: Area,
}

/// From this width on two panes stand side by side.
const TWO_PANES: u16 = 76;
/// From this width on the facets have a column of their own.
const THREE_PANES: u16 = 140;
/// Columns between panes: blank, rule, blank.
const GAP: u16 = 3;
/// Columns of the facets beside two other panes.
const FACETS: [u16; 2] = [32, 42];

impl Areas {
    /// The parts of the screen in `state`.
    pub fn of(state: &State) -> Self {
        let (width, height) = state.size;
        let margin = u16::from(width >= 40);
        let whole = Area {
            x: margin,
            y: 0,
            width: width.saturating_sub(2 * margin),
            height,
        };
        let header = u16::from(height >= 5);
        let strip = match height {
            0..16 => 0,
            16..40 => 2,
            40.. => 4,
        };
        let status = u16::from(height >= 2);
        let gap = u16::from(height >= 12);
        let top = header + strip + gap;
        let body = whole.rows(top, height.saturating_sub(top + status));
        let mut areas = Self {
            header: whole.rows(0, header),
            strip: whole.rows(header, strip),
            body,
            status: whole.rows(height.saturating_sub(status), status),
            ..Self::default()
        };
        if !matches!(state.mode, Mode::Choosing(_) | Mode::Comparing(_)) {
            areas.place_panes(state, width);
        }
        areas
    }

    /// True when the facets are open beside the other panes, not in the place of one.
    pub fn has_room_for_facets(width: u16) -> bool {
        width >= THREE_PANES
    }

    fn place_panes(&mut self, state: &State, width: u16) {
        let facets = state.facets_open();
        if width < TWO_PANES {
            let only = match state.focus {
                Focus::Timeline => &mut self.timeline,
                Focus::Detail => &mut self.detail,
                Focus::Facets => &mut self.facets,
            };
            *only = Some(self.body);
            return;
        }
        let third = if facets && Self::has_room_for_facets(width) {
            facets_width(width) + GAP
        } else {
            0
        };
        let both = self.body.width.saturating_sub(third + GAP);
        let list = list_width(both, state.split);
        let rest = both - list;
        let body = self.body;
        let place = |from: u16, width: u16| {
            let rtl = state.rtl();
            let left = if rtl {
                body.width.saturating_sub(from + width)
            } else {
                from
            };
            body.columns(left, width)
        };
        let timeline = place(0, list);
        let second = place(list + GAP, rest);
        self.timeline = Some(timeline);
        match (facets, third) {
            (true, 0) => self.facets = Some(second),
            (true, _) => {
                self.detail = Some(second);
                self.facets = Some(place(list + rest + 2 * GAP, facets_width(width)));
            }
            (false, _) => self.detail = Some(second),
        }
        let right_ends = [self.timeline, self.detail, self.facets]
            .into_iter()
            .flatten();
        let mut rules: Vec<u16> = right_ends.map(|pane| pane.x + pane.width + 1).collect();
        rules.sort_unstable();
        rules.pop();
        self.rules = rules;
    }

    /// The pane of `focus`, if it is on the screen.
    pub fn pane(&self, focus: Focus) -> Option<Area> {
        match focus {
            Focus::Timeline => self.timeline,
            Focus::Detail => self.detail,
            Focus::Facets => self.facets,
        }
    }

    /// Panes on the screen, from the left.
    pub fn panes(&self) -> Vec<(Focus, Area)> {
        let all = [Focus::Timeline, Focus::Detail, Focus::Facets];
        let mut panes: Vec<_> = all
            .into_iter()
            .filter_map(|focus| Some((focus, self.pane(focus)?)))
            .collect();
        panes.sort_by_key(|(_, area)| area.x);
        panes
    }
}

/// Columns of the facets on a screen of `width`.
fn facets_width(width: u16) -> u16 {
    let [least, most] = FACETS;
    (width / 5).clamp(least, most)
}

/// Columns of the timeline when it shares `both` with another pane. `split` is the reader's own
/// choice, in percent.
fn list_width(both: u16, split: Option<u8>) -> u16 {
    let share = u32::from(split.unwrap_or(43).clamp(20, 80));
    let wanted = (u32::from(both) * share / 100) as u16;
    let most = if split.is_some() {
        both.saturating_sub(24)
    } else {
        64
    };
    wanted.clamp(24.min(both), most.max(24))
}
