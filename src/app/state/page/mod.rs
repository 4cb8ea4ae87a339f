//! An event or a statement as a page: rows of fields for a width, made once and scrolled after.

mod card;
mod heading;

use std::collections::BTreeSet;
use std::ops::Range;

pub use card::{mode_word, original, quoted};

use crate::app::field::{Field, Ink, Row};
use crate::app::names;
use crate::app::setter::{Flow, Lit, Setter};
use crate::model::{Header, Mode};
use crate::text::Direction;
use crate::words::{Word, translate};

use super::{State, StatementId};

/// The longest line of running text, in columns: longer ones lose the eye on its way back.
const MEASURE: u16 = 68;
/// Panes of this width have a scroll bar.
pub const SCROLL_BAR: u16 = 30;
/// Columns of a label with its gap.
const LABEL: u16 = 8;
/// Columns between the edge of a card and its words.
const INDENT: u16 = 3;

/// An event, laid out for a width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// From the top.
    pub rows: Vec<Row>,
    /// Its statements, from the top.
    pub cards: Vec<Card>,
    /// Columns from the start edge of the pane to the text block.
    pub margin: u16,
    /// Columns of the text block.
    pub measure: u16,
}

/// Where a statement stands on its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// All its rows.
    pub rows: Range<usize>,
    /// The rows of its words.
    pub words: Range<usize>,
    /// How near the words are to those said.
    pub mode: Mode,
}

/// The event under the cursor, laid out for `width` columns.
pub(super) fn event_page(state: &State, width: u16) -> Page {
    let setter = state.setter();
    let measure = measure(width);
    let margin = (width - measure) / 2;
    let margin = if width < MEASURE { 0 } else { margin };
    let mut writer = Writer::new(state, setter, width, margin);
    match state.event().map(|event| state.store().event(event)) {
        None => {}
        Some(Err(fault)) => {
            let text = names::fault(&fault, state.settings.lang);
            let says = setter.word(Word::CannotShow, measure, Ink::Alarm);
            writer.page.rows.push(vec![says]);
            writer.paragraph(&text, setter.direction(), 0, Ink::Dim);
        }
        Some(Ok(record)) => writer.event(&record),
    }
    for row in &mut writer.page.rows {
        for field in row {
            field.at += margin;
        }
    }
    writer.page
}

/// A statement alone, under who said it and when, for a column of `width`; `shared` words are lit.
/// In few rows if `short`.
pub(super) fn statement_page(
    state: &State,
    id: StatementId,
    width: u16,
    shared: &BTreeSet<String>,
    short: bool,
) -> Page {
    let setter = Setter {
        lit: Lit::Words(shared),
        ..state.setter()
    };
    let mut writer = Writer::new(state, setter, width, 0);
    if let Ok(record) = state.store().event(id.event)
        && let Some(statement) = record.statements.get(id.statement)
    {
        if short {
            writer.short_card(&record, statement);
            return writer.page;
        }
        writer.dates(&record);
        writer.title(&record, Ink::Text);
        writer.blank();
        writer.card(statement);
    }
    writer.page
}

/// Columns of the text block in a pane of `width`: readable, and clear of the scroll bar.
fn measure(width: u16) -> u16 {
    let room = if width >= SCROLL_BAR {
        width - 2
    } else {
        width
    };
    room.min(MEASURE + 2 * INDENT)
}

/// Writes a page from the top.
struct Writer<'a> {
    setter: Setter<'a>,
    header: &'a Header,
    translations: bool,
    measure: u16,
    page: Page,
}

impl<'a> Writer<'a> {
    fn new(state: &'a State, setter: Setter<'a>, width: u16, margin: u16) -> Self {
        let measure = measure(width);
        Self {
            setter,
            header: state.store().header(),
            translations: state.translations,
            measure,
            page: Page {
                margin,
                measure,
                ..Page::default()
            },
        }
    }

    /// Columns beside a label.
    fn beside_label(&self) -> u16 {
        if self.measure >= 30 {
            self.measure - LABEL
        } else {
            self.measure
        }
    }

    /// A label in its own column, the fields beside it.
    fn labelled(&mut self, label: Word, fields: Vec<Vec<(Field, u16)>>) {
        if fields.is_empty() {
            return;
        }
        let width = self.measure - self.beside_label();
        let mut flow = Flow::new(self.beside_label());
        for group in fields {
            flow.put_together(group, 2);
        }
        for (at, row) in flow.rows().into_iter().enumerate() {
            let mut row: Row = row.into_iter().map(|field| field.moved(width)).collect();
            if at == 0 && width > 0 {
                row.insert(0, self.setter.word(label, width - 1, Ink::Dim));
            }
            self.page.rows.push(row);
        }
    }

    fn indented(&mut self, rows: Vec<Row>) {
        let moved = |row: Row| row.into_iter().map(|field| field.moved(INDENT)).collect();
        self.page.rows.extend(rows.into_iter().map(moved));
    }

    /// A free word of the file in the reader's language, if we know it.
    fn free(&self, word: &str, ink: Ink) -> Field {
        let setter = self.setter;
        match translate(word, setter.settings.lang) {
            Some(known) => setter.own(known, self.measure, ink),
            None => setter.line(word, Direction::Auto, self.beside_label(), ink),
        }
    }

    fn paragraph(&mut self, text: &str, direction: Direction, indent: u16, ink: Ink) {
        let width = self.measure.saturating_sub(2 * indent).max(1);
        let lines = self.setter.paragraph(text, direction, width, ink);
        let rows = lines.into_iter().map(|field| vec![field.moved(indent)]);
        self.page.rows.extend(rows);
    }

    fn blank(&mut self) {
        self.page.rows.push(Row::new());
    }
}
