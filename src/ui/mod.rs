//! [`State`] becomes cells. Reads the state and changes nothing; text reaches cells through
//! `paint` alone.

mod choice;
mod compare;
mod detail;
mod facets;
mod header;
mod paint;
mod status;
mod strip;
mod theme;
mod timeline;

use ratatui::buffer::Buffer;

use crate::app::{Areas, Ink, Lit, Mode, State};
use paint::Painter;
use theme::Styles;

/// Paints the whole screen into `buffer`. Returns the column and row of the terminal's cursor when
/// the reader is typing; else the cursor is hidden.
pub fn view(state: &State, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let areas = Areas::of(state);
    let setter = crate::app::Setter {
        lit: Lit::Needle(""),
        ..state.setter()
    };
    let styles = Styles::of(&state.settings);
    let mut painter = Painter::new(buffer, styles, setter, state.rtl());
    header::paint(&mut painter, state, areas.header);
    strip::paint(&mut painter, state, areas.strip);
    match &state.mode {
        Mode::Reading | Mode::Typing(_) => panes(&mut painter, state, &areas),
        Mode::Comparing(compare) => compare::paint(&mut painter, state, compare, areas.body),
        Mode::Choosing(choice) => {
            return choice::paint(&mut painter, state, choice, areas.body)
                .inspect(|_| ())
                .or_else(|| status::paint(&mut painter, state, areas.status));
        }
    }
    status::paint(&mut painter, state, areas.status)
}

fn panes(painter: &mut Painter<'_>, state: &State, areas: &Areas) {
    if let Some(area) = areas.timeline {
        timeline::paint(painter, state, area);
    }
    if let Some(area) = areas.detail {
        detail::paint(painter, state, area);
    }
    if let Some(area) = areas.facets {
        facets::paint(painter, state, area);
    }
    let faint = painter.styles.ink(Ink::Faint);
    for x in &areas.rules {
        for y in areas.body.y..areas.body.y + areas.body.height {
            painter.sign(*x, y, "│", faint);
        }
    }
}
