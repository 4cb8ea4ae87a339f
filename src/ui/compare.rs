//! Statements side by side.

use super::detail::{Edge, edge, page, scroll_bar};
use super::paint::Painter;
use crate::app::{Area, Compare, Flow, Ink, Selection, State};
use crate::words::Word;

pub(super) fn paint(painter: &mut Painter<'_>, state: &State, compare: &Compare, body: Area) {
    heading(painter, compare, body);
    for (at, column) in compare.columns.iter().enumerate() {
        let front = at == compare.front;
        page(painter, &column.page, column.area, column.scroll);
        for card in &column.page.cards {
            let marked = state.marks.contains(&column.id);
            edge(
                painter,
                &column.page,
                card,
                column.area,
                column.scroll,
                Edge { front, marked },
            );
        }
        scroll_bar(painter, column.area, column.scroll, column.page.rows.len());
    }
    rules(painter, compare);
}

/// What is compared, and what the lit words mean.
fn heading(painter: &mut Painter<'_>, compare: &Compare, body: Area) {
    let setter = painter.setter;
    let selection = match compare.selection {
        Selection::Marked => Word::Marked,
        Selection::SameSpeaker => Word::SameSpeaker,
        Selection::SameEvent => Word::SameEvent,
        Selection::OtherCarriers => Word::OtherCarriers,
    };
    let mut flow = Flow::new(body.width);
    flow.put(setter.word(Word::Compare, body.width, Ink::Heading), 0);
    flow.put_if_fits(setter.word(selection, body.width, Ink::Text), 2);
    flow.put_if_fits(setter.word(Word::Shared, body.width, Ink::Dim), 3);
    for field in flow.rows().into_iter().take(1).flatten() {
        painter.field(body, 0, &field);
    }
}

/// Rules between columns, or between rows where they stand one above the other.
fn rules(painter: &mut Painter<'_>, compare: &Compare) {
    let style = painter.styles.ink(Ink::Faint);
    let mut areas: Vec<Area> = compare.columns.iter().map(|column| column.area).collect();
    areas.sort_by_key(|area| (area.y, area.x));
    for pair in areas.windows(2) {
        let [first, second] = pair else {
            continue;
        };
        if first.y == second.y {
            for y in second.y..second.y + second.height {
                painter.sign(second.x.saturating_sub(2), y, "│", style);
            }
        } else if second.y > 0 && !second.is_empty() {
            painter.rule(
                Area {
                    y: second.y - 1,
                    ..*second
                },
                0,
                Ink::Faint,
            );
        }
    }
}
