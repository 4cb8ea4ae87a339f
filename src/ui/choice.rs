//! Lists that cover the panes: help, commands, marks, warnings.

use super::paint::Painter;
use super::status::{caret, prompt_field};
use crate::app::{Area, Choice, Entry, Field, Flow, Ink, Kind, State};
use crate::text::Direction;
use crate::words::Word;

/// The widest list: lines that the eye can follow.
const WIDEST: u16 = 96;

pub(super) fn paint(
    painter: &mut Painter<'_>,
    state: &State,
    choice: &Choice,
    body: Area,
) -> Option<(u16, u16)> {
    let width = body.width.min(WIDEST);
    let area = Area {
        x: body.x + (body.width - width) / 2,
        width,
        ..body
    };
    let cursor = heading(painter, choice, area);
    let list = area.rows(2, area.height);
    let entries = choice.entries.iter().enumerate().skip(choice.top);
    for (row, (at, entry)) in entries.take(list.height.into()).enumerate() {
        let line = list.rows(row as u16, 1);
        if at == choice.cursor && !matches!(entry, Entry::Heading(_) | Entry::Blank) {
            let style = painter.styles.chosen(true);
            painter.lay(line, style);
        }
        for field in fields(painter, state, entry, line.width) {
            painter.field(line, 0, &field);
        }
    }
    cursor
}

/// What is listed, and what was typed to narrow it.
fn heading(painter: &mut Painter<'_>, choice: &Choice, area: Area) -> Option<(u16, u16)> {
    let word = match choice.kind {
        Kind::Help => Word::Help,
        Kind::Palette => Word::Commands,
        Kind::Marks => Word::Marks,
        Kind::Warnings => Word::Warnings,
    };
    let label = painter.setter.word(word, area.width, Ink::Heading);
    let at = label.width + 2;
    painter.field(area, 0, &label);
    if area.is_empty() || choice.kind == Kind::Marks {
        return None;
    }
    let field = prompt_field(painter, &choice.edit, area.width.saturating_sub(at + 1)).moved(at);
    painter.field(area, 0, &field);
    caret(painter, area, 0, &field, &choice.edit)
}

fn fields(painter: &Painter<'_>, state: &State, entry: &Entry, width: u16) -> Vec<Field> {
    let setter = painter.setter;
    let one = match entry {
        Entry::Blank => return Vec::new(),
        Entry::Heading(text) => return vec![setter.own(text, width, Ink::Heading)],
        Entry::Warning(text) => {
            return vec![setter.line(text, Direction::Ltr, width, Ink::Text)];
        }
        Entry::Action(action, keys, persian) => {
            let words = action.words(state.settings.lang);
            let column = if width >= 60 { 22 } else { 12.min(width / 2) };
            let mut fields = vec![
                setter
                    .own(words, width.saturating_sub(2 * column), Ink::Text)
                    .moved(2),
            ];
            for (keys, at) in [(keys, 2 * column), (persian, column)] {
                let mut flow = Flow::new(column.saturating_sub(2));
                for key in keys {
                    let ink = if at == column { Ink::Dim } else { Ink::Key };
                    flow.put_if_fits(setter.line(key, Direction::Auto, column, ink), 2);
                }
                let from = width.saturating_sub(at);
                let row = flow.rows().into_iter().take(1).flatten();
                fields.extend(row.map(|field| field.moved(from)));
            }
            return fields;
        }
        Entry::Mark(_, speaker, date, words) => [
            (date.as_str(), Ink::Date, 20),
            (speaker.as_str(), Ink::Name, 20),
            (words.as_str(), Ink::Quote, width.saturating_sub(44)),
        ],
    };
    let mut at = 0;
    let mut fields = Vec::new();
    for (text, ink, room) in one {
        fields.push(setter.line(text, setter.direction(), room, ink).moved(at));
        at += room + 2;
    }
    fields
}
