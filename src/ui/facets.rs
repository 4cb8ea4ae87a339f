//! The facet values with their counts and small bars.

use super::paint::Painter;
use crate::app::{Area, FacetLine, Flow, Focus, Ink, Sort, State};
use crate::query::{Facet, ValueId};
use crate::text::{Direction, direction_of};
use crate::words::{Lang, Word, say, translate};

/// Columns of the longest bar.
const BAR: u16 = 8;

pub(super) fn paint(painter: &mut Painter<'_>, state: &State, area: Area) {
    heading(painter, state, area);
    let lines = state.facets.lines.iter().enumerate().skip(state.facets.top);
    let list = area.under_heading();
    for (row, (at, line)) in lines.take(list.height.into()).enumerate() {
        match line {
            FacetLine::Blank => {}
            FacetLine::Heading(facet) => {
                let field = painter
                    .setter
                    .word(facet_word(*facet), list.width, Ink::Heading);
                painter.field(list, row as u16, &field);
            }
            FacetLine::More(_, hidden) => {
                let line = list.rows(row as u16, 1);
                if at == state.facets.cursor {
                    let style = painter.styles.chosen(state.focus == Focus::Facets);
                    painter.lay(line, style);
                }
                let number = painter.setter.number(*hidden);
                let more = format!("… {number} {}", say(Word::More, state.settings.lang));
                let field = painter.setter.own(&more, list.width, Ink::Dim);
                painter.field(line, 0, &field.moved(2));
            }
            FacetLine::Value {
                facet,
                value,
                count,
                most,
            } => {
                let line = list.rows(row as u16, 1);
                if at == state.facets.cursor {
                    let focus = state.focus == Focus::Facets;
                    let style = painter.styles.chosen(focus);
                    painter.lay(line, style);
                }
                paint_value(painter, state, line, (*facet, *value), (*count, *most));
            }
        }
    }
}

/// What is counted, and how the values are sorted.
fn heading(painter: &mut Painter<'_>, state: &State, area: Area) {
    let setter = painter.setter;
    let speaking = if state.filter.speaking_only {
        Word::AsSpeaker
    } else {
        Word::AnyPart
    };
    let sort = match state.facets.sort {
        Sort::Count => Word::ByCount,
        Sort::Name => Word::ByName,
    };
    let mut flow = Flow::new(area.width);
    let ink = if state.focus == Focus::Facets {
        Ink::Mark
    } else {
        Ink::Heading
    };
    flow.put(setter.word(Word::Facets, area.width, ink), 0);
    flow.put_if_fits(setter.word(speaking, area.width, Ink::Dim), 2);
    flow.put_if_fits(setter.word(sort, area.width, Ink::Dim), 2);
    if !state.facets.typed.is_empty() {
        let room = flow.room(2);
        let typed = setter.line(&state.facets.typed, Direction::Auto, room, Ink::Key);
        flow.put_if_fits(typed, 2);
    }
    for field in flow.rows().into_iter().take(1).flatten() {
        painter.field(area, 0, &field);
    }
}

fn paint_value(
    painter: &mut Painter<'_>,
    state: &State,
    line: Area,
    (facet, value): (Facet, ValueId),
    (count, most): (u32, u32),
) {
    let pick = state.filter.pick(facet);
    let (sign, ink) = if pick.include.contains(&value) {
        (Some("+"), Ink::Mark)
    } else if pick.exclude.contains(&value) {
        (Some("−"), Ink::Alarm)
    } else {
        (None, Ink::Text)
    };
    if let Some(sign) = sign {
        let x = painter.column(line, 0, 1);
        let style = painter.styles.ink(ink);
        painter.sign(x, line.y, sign, style);
    }
    let number = painter.setter.number(count as usize);
    let number = painter.setter.own(&number, 8, Ink::Dim);
    let numbers = 6.min(line.width);
    let bar = if line.width >= 30 { BAR } else { 0 };
    let room = line.width.saturating_sub(2 + numbers + bar + 1);
    let (name, direction) = label(state, facet, value);
    let name = painter.setter.line(&name, direction, room, ink);
    painter.field(line, 0, &name.moved(2));
    let at = line.width.saturating_sub(number.width);
    painter.field(line, 0, &number.moved(at));
    paint_bar(
        painter,
        line,
        line.width.saturating_sub(numbers + bar),
        (count, most),
        bar,
    );
}

/// A thin bar of `most` columns at most, from the start edge on.
fn paint_bar(painter: &mut Painter<'_>, line: Area, at: u16, (count, most): (u32, u32), bar: u16) {
    if bar == 0 || count == 0 {
        return;
    }
    let halves = (u64::from(count) * u64::from(bar) * 2).div_ceil(u64::from(most.max(1))) as u16;
    let style = painter.styles.bar(false);
    for column in 0..halves / 2 {
        let x = painter.column(line, at + column, 1);
        painter.sign(x, line.y, "━", style);
    }
    if halves % 2 == 1 {
        let x = painter.column(line, at + halves / 2, 1);
        let half = if painter.rtl { "╺" } else { "╸" };
        painter.sign(x, line.y, half, style);
    }
}

/// The name of a value for the reader, and how it is written.
pub(super) fn label(state: &State, facet: Facet, value: ValueId) -> (String, Direction) {
    let label = state.index.label(facet, value);
    let lang = state.settings.lang;
    let (tag, name) = label.best(lang.tag()).unwrap_or_default();
    match (facet, translate(name, lang)) {
        (Facet::Tag, Some(known)) => (known.to_owned(), direction_of(lang.tag())),
        (_, _) => (name.to_owned(), direction_of(tag)),
    }
}

/// What a facet is called.
pub(super) fn facet_word(facet: Facet) -> Word {
    match facet {
        Facet::Leader => Word::Leaders,
        Facet::Organization => Word::Organizations,
        Facet::State => Word::States,
        Facet::Media => Word::MediaNames,
        Facet::Other => Word::Others,
        Facet::Place => Word::Places,
        Facet::Tag => Word::TagNames,
        Facet::Mode => Word::Modes,
        Facet::Source => Word::SourceNames,
    }
}

/// The heading of a filter that leaves something out.
pub(super) fn without(lang: Lang) -> &'static str {
    say(Word::Without, lang)
}
