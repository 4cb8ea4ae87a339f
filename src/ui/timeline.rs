//! The list of events, as the state laid it out.

use super::paint::Painter;
use crate::app::{Area, EVENT_ROWS, Focus, Ink, Laid, Node, State, TimelineEntry};
use crate::words::Word;

pub(super) fn paint(painter: &mut Painter<'_>, state: &State, area: Area) {
    if state.rows.is_empty() {
        return empty(painter, state, area);
    }
    let focus = state.focus == Focus::Timeline;
    for place in &state.timeline.shown {
        match &place.entry {
            TimelineEntry::Heading(row) => {
                for field in row {
                    painter.field(area, place.y, field);
                }
                let from = row.last().map_or(0, |field| field.at + field.width + 1);
                let rule = Area {
                    x: painter.column(area, from, area.width.saturating_sub(from)),
                    width: area.width.saturating_sub(from),
                    ..area
                };
                painter.rule(rule, place.y, Ink::Faint);
            }
            TimelineEntry::Event {
                row,
                event,
                laid,
                dated,
            } => {
                let look = Look {
                    chosen: (*row == state.timeline.cursor).then_some(focus),
                    marked: state.marks.iter().any(|mark| mark.event == *event),
                    dated: *dated,
                };
                paint_event(painter, laid, area.rows(place.y, EVENT_ROWS), look);
            }
        }
    }
}

/// How an event looks just now.
#[derive(Clone, Copy)]
struct Look {
    /// Under the cursor, in the pane with the focus or in another.
    chosen: Option<bool>,
    marked: bool,
    dated: bool,
}

fn paint_event(painter: &mut Painter<'_>, laid: &Laid, area: Area, look: Look) {
    if let Some(focus) = look.chosen {
        let style = painter.styles.chosen(focus);
        painter.lay(area, style);
    }
    let x = painter.column(area, laid.rail, 1);
    for (at, line) in laid.lines.iter().enumerate().take(area.height.into()) {
        let (sign, ink) = match (at, look.chosen.is_some()) {
            (0, _) => sign(laid.node, look.marked),
            (_, true) => ("┃", Ink::Text),
            (_, false) => ("│", Ink::Faint),
        };
        let here = look.chosen == Some(true) && at == 0;
        let style = painter.styles.ink(if here { Ink::Mark } else { ink });
        painter.sign(x, area.y + at as u16, sign, style);
        let date = laid.date.get(at).filter(|_| look.dated);
        for field in date.into_iter().chain(line) {
            let title = look.chosen.is_some() && field.ink == Ink::Title;
            let style = painter
                .styles
                .ink(if title { Ink::Strong } else { field.ink });
            painter.field_in(area, at as u16, field, style);
        }
    }
}

/// The sign of an event on the rail.
fn sign(node: Node, marked: bool) -> (&'static str, Ink) {
    match (marked, node) {
        (true, Node::Quoted | Node::Told | Node::Silent) => ("◆", Ink::Mark),
        (false, Node::Quoted) => ("●", Ink::Quote),
        (false, Node::Told) => ("○", Ink::Dim),
        (false, Node::Silent) => ("·", Ink::Dim),
    }
}

fn empty(painter: &mut Painter<'_>, state: &State, area: Area) {
    let words = if state.loading.is_some() {
        [Some(Word::Loading), None]
    } else if state.news.awaited {
        [Some(Word::NothingYet), Some(Word::IsShownHere)]
    } else if state.store().is_empty() {
        [Some(Word::NoEvents), None]
    } else {
        [Some(Word::NothingLeft), Some(Word::ClearThem)]
    };
    for (row, word) in words.into_iter().flatten().enumerate() {
        let field = painter.setter.word(word, area.width, Ink::Dim);
        painter.field(area, 1 + row as u16, &field);
    }
}
