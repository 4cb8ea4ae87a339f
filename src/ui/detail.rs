//! The event: its page, the edges of its cards, how far it is scrolled.

use super::paint::Painter;
use crate::app::{Area, Card, Focus, Ink, Mode, Page, SCROLL_BAR, State};
use crate::model;

pub(super) fn paint(painter: &mut Painter<'_>, state: &State, area: Area) {
    let detail = &state.detail;
    page(painter, &detail.page, area, detail.scroll);
    let focus = state.focus == Focus::Detail && !matches!(state.mode, Mode::Comparing(_));
    for (at, card) in detail.page.cards.iter().enumerate() {
        let marked = state
            .marks
            .iter()
            .any(|mark| Some(mark.event) == state.event() && mark.statement == at);
        let front = focus && at == detail.card;
        edge(
            painter,
            &detail.page,
            card,
            area,
            detail.scroll,
            Edge { front, marked },
        );
    }
    scroll_bar(painter, area, detail.scroll, detail.page.rows.len());
}

/// The rows of a page from `scroll` on.
pub(super) fn page(painter: &mut Painter<'_>, page: &Page, area: Area, scroll: usize) {
    for (row, fields) in page
        .rows
        .iter()
        .skip(scroll)
        .take(area.height.into())
        .enumerate()
    {
        for field in fields {
            painter.field(area, row as u16, field);
        }
    }
}

/// How the edge of a card looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    /// The statement in front.
    pub(super) front: bool,
    /// Marked by the reader.
    pub(super) marked: bool,
}

/// A line at the start edge of a card: what it is made of tells how near the words are to those
/// said. All of the card for the one in front, else beside the words.
pub(super) fn edge(
    painter: &mut Painter<'_>,
    page: &Page,
    card: &Card,
    area: Area,
    scroll: usize,
    edge: Edge,
) {
    let (sign, ink) = match card.mode {
        model::Mode::Direct => ("┃", Ink::Date),
        model::Mode::Partial => ("╏", Ink::Date),
        model::Mode::Reported => ("│", Ink::Dim),
        model::Mode::Headline => ("║", Ink::Dim),
        model::Mode::Unspecified => ("┊", Ink::Dim),
    };
    let x = painter.column(area, page.margin, 1);
    let words = if edge.front {
        card.rows.clone()
    } else {
        card.words.clone()
    };
    let ink = if edge.front { Ink::Mark } else { ink };
    let style = painter.styles.ink(ink);
    let visible = scroll..scroll + usize::from(area.height);
    for row in words.filter(|row| visible.contains(row)) {
        painter.sign(x, area.y + (row - scroll) as u16, sign, style);
    }
    let head = card.rows.start;
    if visible.contains(&head) && (edge.front || edge.marked) {
        let sign = if edge.marked {
            "◆"
        } else {
            pointer(painter.rtl)
        };
        let style = painter.styles.ink(Ink::Mark);
        painter.sign(x, area.y + (head - scroll) as u16, sign, style);
    }
}

/// A small triangle that points into the pane.
pub(super) const fn pointer(rtl: bool) -> &'static str {
    if rtl { "◂" } else { "▸" }
}

/// A thumb at the end edge of the pane, when there is more than fits.
pub(super) fn scroll_bar(painter: &mut Painter<'_>, area: Area, scroll: usize, rows: usize) {
    let height = usize::from(area.height);
    if rows <= height || height < 3 || area.width < SCROLL_BAR {
        return;
    }
    let thumb = (height * height / rows).max(1);
    let from = scroll * (height - thumb) / (rows - height).max(1);
    let x = painter.column(area, area.width - 1, 1);
    let style = painter.styles.ink(Ink::Faint);
    for row in from..(from + thumb).min(height) {
        let sign = if painter.rtl { "▎" } else { "▐" };
        painter.sign(x, area.y + row as u16, sign, style);
    }
}
