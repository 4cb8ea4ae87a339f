//! The list of events, as the state laid it out.

use super::paint::Painter;
use crate::app::{Area, Focus, Ink, Node, State, TimelineEntry};
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
                node,
                rail,
                lines,
            } => {
                let chosen = *row == state.timeline.cursor;
                let height = (lines.len() as u16).min(area.height.saturating_sub(place.y));
                if chosen {
                    let style = painter.styles.chosen(focus);
                    painter.lay(area.rows(place.y, height), style);
                }
                let x = painter.column(area, *rail, 1);
                let marked = state.marks.iter().any(|mark| mark.event == *event);
                let rows = lines.iter().zip(place.y..area.height);
                for (at, (line, y)) in rows.enumerate() {
                    let (sign, ink) = match (at, chosen) {
                        (0, _) => sign(*node, marked),
                        (_, true) => ("┃", Ink::Text),
                        (_, false) => ("│", Ink::Faint),
                    };
                    let ink = if chosen && focus && at == 0 {
                        Ink::Mark
                    } else {
                        ink
                    };
                    let style = painter.styles.ink(ink);
                    painter.sign(x, area.y + y, sign, style);
                    for field in line {
                        let title = chosen && field.ink == Ink::Title;
                        let ink = if title { Ink::Strong } else { field.ink };
                        let style = painter.styles.ink(ink);
                        painter.field_in(area, y, field, style);
                    }
                }
            }
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
