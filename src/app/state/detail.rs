//! The event: laid out once for its width and settings, the statement in front, how far it is
//! scrolled.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::app::Settings;
use crate::app::dates;
use crate::app::geometry::Area;
use crate::app::names;
use crate::app::page::{Align, Field, Ink, Row};
use crate::app::setter::{Flow, Lit, Setter};
use crate::model::{Basis, EventId, EventRecord, Header, LangText, Mode, Statement};
use crate::text::{Direction, direction_of};
use crate::words::{Lang, Word, translate};

use super::{State, StatementId};

/// The longest line of running text, in columns: longer ones lose the eye on its way back.
const MEASURE: u16 = 68;
/// Panes of this width have a scroll bar.
pub const SCROLL_BAR: u16 = 30;
/// Columns of a label with its gap.
const LABEL: u16 = 8;
/// Columns between the edge of a card and its words.
const INDENT: u16 = 3;

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
    collection: usize,
    width: u16,
    settings: Settings,
    needle: String,
    translations: bool,
}

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
        collection: Arc::as_ptr(&state.index).addr(),
        width: area.width,
        settings: state.settings.clone(),
        needle: state.search.needle.clone(),
        translations: state.translations,
    };
    if state.detail.made_for.as_ref() != Some(&key) {
        let first_sight = shown(&state.detail) != event;
        state.detail.page = Arc::new(page(state, area.width));
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

/// The event under the cursor, laid out for `width` columns.
fn page(state: &State, width: u16) -> Page {
    let setter = state.setter();
    let measure = measure(width);
    let margin = (width - measure) / 2;
    let margin = if width < MEASURE { 0 } else { margin };
    let mut writer = Writer {
        setter,
        header: state.store().header(),
        translations: state.translations,
        measure,
        page: Page {
            margin,
            measure,
            ..Page::default()
        },
    };
    match state.event().map(|event| state.store().event(event)) {
        None => {}
        Some(Err(fault)) => {
            let text = fault.to_string();
            let says = setter.word(Word::CannotShow, measure, Ink::Alarm);
            writer.page.rows.push(vec![says]);
            writer.paragraph(&text, Direction::Ltr, 0, Ink::Dim);
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
pub(super) fn statement_page(
    state: &State,
    id: StatementId,
    width: u16,
    shared: &BTreeSet<String>,
) -> Page {
    let measure = measure(width);
    let setter = Setter {
        lit: Lit::Words(shared),
        ..state.setter()
    };
    let mut writer = Writer {
        setter,
        header: state.store().header(),
        translations: state.translations,
        measure,
        page: Page {
            margin: 0,
            measure,
            ..Page::default()
        },
    };
    if let Ok(record) = state.store().event(id.event)
        && let Some(statement) = record.statements.get(id.statement)
    {
        writer.dates(&record);
        let (title, direction) = state.setter().best(&record.title);
        for line in state
            .setter()
            .paragraph(title, direction, measure, Ink::Text)
        {
            writer.page.rows.push(vec![Field {
                align: Align::Start,
                lit: Vec::new(),
                ..line
            }]);
        }
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

impl Writer<'_> {
    fn event(&mut self, record: &EventRecord) {
        let (title, direction) = self.setter.best(&record.title);
        let title = self
            .setter
            .paragraph(title, direction, self.measure, Ink::Strong);
        self.page.rows.extend(title.into_iter().map(|field| {
            vec![Field {
                align: Align::Start,
                ..field
            }]
        }));
        self.blank();
        self.dates(record);
        self.place(record);
        if !record.summary.is_empty() {
            self.blank();
            let (summary, direction) = self.setter.best(&record.summary);
            self.paragraph(summary, direction, 0, Ink::Text);
        }
        self.blank();
        self.people(record);
        self.tags(record);
        self.sources(record);
        for statement in &record.statements {
            self.blank();
            self.blank();
            self.card(statement);
        }
        if record.statements.is_empty() {
            self.blank();
            let none = self
                .setter
                .word(Word::NoStatements, self.measure, Ink::Faint);
            self.page.rows.push(vec![none]);
        }
    }

    fn dates(&mut self, record: &EventRecord) {
        let settings = self.setter.settings;
        let mut flow = Flow::new(self.measure);
        let Some(when) = &record.when else {
            flow.put(self.setter.word(Word::Undated, self.measure, Ink::Date), 0);
            self.said(record, &mut flow);
            return self.page.rows.extend(flow.rows());
        };
        for (at, date) in dates::both(when, settings).iter().enumerate() {
            let ink = if at == 0 { Ink::Date } else { Ink::Dim };
            flow.put(self.setter.own(date, self.measure, ink), 3);
        }
        if dates::is_computed(when) {
            flow.put(self.setter.word(Word::Computed, self.measure, Ink::Dim), 3);
        }
        self.page.rows.extend(flow.rows());
        let mut flow = Flow::new(self.measure);
        self.said(record, &mut flow);
        self.page.rows.extend(flow.rows());
    }

    /// How the date is known, and the source's own words for it.
    fn said(&self, record: &EventRecord, flow: &mut Flow) {
        let setter = self.setter;
        if let Some(said) = &record.when_said {
            flow.put(setter.word(Word::SourceSays, self.measure, Ink::Dim), 2);
            let quoted = format!("«{said}»");
            flow.put(
                setter.line(&quoted, Direction::Rtl, self.measure, Ink::Reported),
                1,
            );
        }
        if let Some(basis) = record.when_basis {
            let word = match basis {
                Basis::Stated => Word::Stated,
                Basis::Inferred => Word::Inferred,
                Basis::Outside => Word::Outside,
            };
            flow.put(setter.word(word, self.measure, Ink::Dim), 2);
        }
    }

    fn place(&mut self, record: &EventRecord) {
        if record.place.is_empty() {
            return;
        }
        let (place, direction) = self.setter.best(&record.place);
        let place = self
            .setter
            .line(place, direction, self.beside_label(), Ink::Text);
        self.labelled(Word::Place, vec![vec![(place, 2)]]);
    }

    fn people(&mut self, record: &EventRecord) {
        let mut fields = Vec::new();
        for part in &record.actors {
            let (name, direction) = names::actor(&part.actor, self.header, self.setter);
            let width = self.beside_label();
            let mut group = vec![(self.setter.line(&name, direction, width, Ink::Name), 2)];
            if let Some(role) = part.role.as_deref().filter(|role| *role != "participant") {
                group.push((self.free(role, Ink::Dim), 1));
            }
            fields.push(group);
        }
        self.labelled(Word::People, fields);
    }

    fn tags(&mut self, record: &EventRecord) {
        let fields = record
            .tags
            .iter()
            .map(|tag| vec![(self.free(tag, Ink::Dim), 2)]);
        let fields = fields.collect();
        self.labelled(Word::Tags, fields);
    }

    fn sources(&mut self, record: &EventRecord) {
        let fields = record.sources.iter().map(|source| {
            let (name, direction) = names::source(source, self.header, self.setter);
            let width = self.beside_label();
            vec![(self.setter.line(&name, direction, width, Ink::Dim), 2)]
        });
        let fields = fields.collect();
        self.labelled(Word::Sources, fields);
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

    fn card(&mut self, statement: &Statement) {
        let start = self.page.rows.len();
        self.speaker(statement);
        self.blank();
        let words = self.page.rows.len();
        self.words(statement);
        let end_of_words = self.page.rows.len();
        self.translations(statement);
        self.blank();
        self.carriers(statement);
        self.page.cards.push(Card {
            rows: start..self.page.rows.len(),
            words: words..end_of_words,
            mode: statement.mode,
        });
    }

    fn inner(&self) -> u16 {
        self.measure
            .saturating_sub(2 * INDENT)
            .max(self.measure.min(12))
    }

    /// Who, to whom; at the other edge how and where.
    fn speaker(&mut self, statement: &Statement) {
        let setter = self.setter;
        let width = self.measure.saturating_sub(INDENT);
        let kind = mode_field(statement, setter, width);
        let mut flow = Flow::new(width);
        match &statement.speaker {
            None => {
                flow.put(setter.word(Word::UnknownSpeaker, width, Ink::Dim), 0);
            }
            Some(speaker) => {
                let (name, direction) = names::actor(speaker, self.header, setter);
                flow.put(setter.line(&name, direction, width, Ink::Name), 0);
            }
        }
        for (at, to) in statement.to.iter().enumerate() {
            let (name, direction) = names::actor(to, self.header, setter);
            if at == 0 {
                flow.put(setter.word(Word::To, width, Ink::Dim), 2);
            }
            flow.put(
                setter.line(&name, direction, width, Ink::Text),
                if at == 0 { 1 } else { 2 },
            );
        }
        let mut fields = kind;
        if let Some(channel) = &statement.channel {
            fields.push(self.free(channel, Ink::Dim));
        }
        let needed: u16 = fields.iter().map(|field| field.width + 2).sum();
        if needed <= flow.room(2) {
            let mut at = width;
            let mut rows = flow.rows();
            for field in fields.into_iter().rev() {
                at -= field.width;
                if let Some(row) = rows.last_mut() {
                    row.push(field.moved(at));
                }
                at = at.saturating_sub(2);
            }
            return self.indented(rows);
        }
        self.indented(flow.rows());
        let mut flow = Flow::new(width);
        for field in fields {
            flow.put(field, 2);
        }
        self.indented(flow.rows());
    }

    fn indented(&mut self, rows: Vec<Row>) {
        let moved = |row: Row| row.into_iter().map(|field| field.moved(INDENT)).collect();
        self.page.rows.extend(rows.into_iter().map(moved));
    }

    /// The words themselves, in the language they were said or printed in.
    fn words(&mut self, statement: &Statement) {
        let Some((tag, text)) = original(statement, self.setter.settings.lang) else {
            return;
        };
        let ink = match statement.mode {
            Mode::Direct | Mode::Partial => Ink::Quote,
            Mode::Headline => Ink::Headline,
            Mode::Reported | Mode::Unspecified => Ink::Reported,
        };
        let marked = quoted(text, tag, statement.mode);
        self.paragraph(&marked, direction_of(tag), INDENT, ink);
    }

    fn translations(&mut self, statement: &Statement) {
        let lang = self.setter.settings.lang;
        let shown = original(statement, lang).map(|(tag, _)| tag.to_owned());
        for (tag, text) in statement.text.iter() {
            let wanted = self.translations || names::is_in(tag, lang);
            if shown.as_deref() == Some(tag) || !wanted {
                continue;
            }
            self.blank();
            let label = self.setter.word(Word::Translation, self.inner(), Ink::Dim);
            self.page.rows.push(vec![label.moved(INDENT)]);
            let marked = quoted(text, tag, statement.mode);
            self.paragraph(&marked, direction_of(tag), INDENT, Ink::Translation);
        }
    }

    /// Who carried the words, and the document.
    fn carriers(&mut self, statement: &Statement) {
        let setter = self.setter;
        let width = self.inner();
        let mut flow = Flow::new(width);
        let named = |(name, direction): (String, Direction)| {
            (setter.line(&name, direction, width, Ink::Reported), 1)
        };
        let mut via = statement.via.iter();
        if let Some(first) = via.next() {
            let label = setter.word(Word::Via, width, Ink::Dim);
            let name = named(names::actor(first, self.header, setter));
            flow.put_together(vec![(label, 0), name], 0);
        }
        for other in via {
            let (name, _) = named(names::actor(other, self.header, setter));
            flow.put(name, 2);
        }
        if let Some(source) = &statement.source {
            let label = setter.word(Word::Source, width, Ink::Dim);
            let name = named(names::publisher(source, self.header, setter));
            flow.put_together(vec![(label, 0), name], 3);
        }
        self.indented(flow.rows());
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

fn mode_field(statement: &Statement, setter: Setter<'_>, width: u16) -> Vec<Field> {
    vec![setter.word(mode_word(statement.mode), width, Ink::Dim)]
}

/// What a mode is called on a card.
pub fn mode_word(mode: Mode) -> Word {
    match mode {
        Mode::Direct => Word::Direct,
        Mode::Partial => Word::Partial,
        Mode::Reported => Word::Reported,
        Mode::Headline => Word::Headline,
        Mode::Unspecified => Word::Unspecified,
    }
}

/// Tag and text of the words as said or printed; without that, the reader's language.
pub fn original(statement: &Statement, lang: Lang) -> Option<(&str, &str)> {
    let text: &LangText = &statement.text;
    let own = statement
        .original
        .as_deref()
        .and_then(|tag| text.iter().find(|(have, _)| *have == tag));
    own.or_else(|| text.best(lang.tag()))
}

/// The text in the quotation marks of its language, if it is a quotation and has none yet; a
/// fragment with dots around them.
pub fn quoted(text: &str, tag: &str, mode: Mode) -> String {
    let (open, close) = if direction_of(tag) == Direction::Rtl {
        ('«', '»')
    } else {
        ('“', '”')
    };
    let has_marks = text.starts_with(['«', '“', '"', '„']);
    match mode {
        Mode::Direct if !has_marks => format!("{open}{text}{close}"),
        Mode::Partial if !has_marks => format!("… {open}{text}{close} …"),
        Mode::Direct | Mode::Partial | Mode::Reported | Mode::Headline | Mode::Unspecified => {
            text.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_have_the_marks_of_their_language_once() {
        assert_eq!(quoted("سلام", "fa", Mode::Direct), "«سلام»");
        assert_eq!(quoted("«سلام»", "fa", Mode::Direct), "«سلام»");
        assert_eq!(quoted("hello", "en", Mode::Direct), "“hello”");
        assert_eq!(quoted("سلام", "fa", Mode::Partial), "… «سلام» …");
        assert_eq!(quoted("سلام", "fa", Mode::Reported), "سلام");
    }
}
