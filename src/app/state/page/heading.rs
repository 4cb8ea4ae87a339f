//! The top of a page: title, dates with their certainty, place, summary, who and from where.

use super::{Writer, quoted};
use crate::app::field::{Align, Field, Ink};
use crate::app::setter::Flow;
use crate::app::{dates, names};
use crate::model::{Basis, EventRecord, Mode, Participation};
use crate::text::direction_of;
use crate::words::Word;

/// The part of somebody who is there; goes without saying.
const PARTICIPANT: &str = "participant";
/// The part of somebody who is only spoken of.
const MENTIONED: &str = "mentioned";

fn is_mentioned(part: &Participation) -> bool {
    part.role.as_deref() == Some(MENTIONED)
}

impl Writer<'_> {
    pub(super) fn event(&mut self, record: &EventRecord) {
        self.title(record, Ink::Strong);
        self.blank();
        self.dates(record);
        self.place(record);
        self.people(Word::People, record, |part| !is_mentioned(part));
        if !record.summary.is_empty() {
            self.blank();
            let (summary, direction) = self.setter.best(&record.summary);
            self.paragraph(summary, direction, 0, Ink::Text);
        }
        for statement in &record.statements {
            self.blank();
            self.blank();
            self.card(statement);
        }
        if record.statements.is_empty() {
            self.blank();
            let none = self.setter.word(Word::NoStatements, self.measure, Ink::Dim);
            self.page.rows.push(vec![none]);
        }
        self.blank();
        self.blank();
        self.people(Word::Mentioned, record, is_mentioned);
        self.tags(record);
        self.sources(record);
    }

    pub(super) fn title(&mut self, record: &EventRecord, ink: Ink) {
        let (title, direction) = self.setter.best(&record.title);
        let lines = self.setter.paragraph(title, direction, self.measure, ink);
        let at_start = |field| {
            vec![Field {
                align: Align::Start,
                ..field
            }]
        };
        self.page.rows.extend(lines.into_iter().map(at_start));
    }

    pub(super) fn dates(&mut self, record: &EventRecord) {
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
            let persian = said
                .chars()
                .any(|letter| ('\u{600}'..='\u{6ff}').contains(&letter));
            let tag = if persian { "fa" } else { "en" };
            let quoted = quoted(said, tag, Mode::Direct);
            let width = self.measure;
            flow.put(
                setter.line(&quoted, direction_of(tag), width, Ink::Reported),
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

    fn people(
        &mut self,
        label: Word,
        record: &EventRecord,
        wanted: impl Fn(&Participation) -> bool,
    ) {
        let mut fields = Vec::new();
        for part in record.actors.iter().filter(|part| wanted(part)) {
            let width = self.beside_label();
            let name = names::actor_field(&part.actor, self.header, self.setter, width, Ink::Name);
            let mut group = vec![(name, 2)];
            let plain = |role: &&str| ![PARTICIPANT, MENTIONED].contains(role);
            if let Some(role) = part.role.as_deref().filter(plain) {
                group.push((self.free(role, Ink::Dim), 1));
            }
            fields.push(group);
        }
        self.labelled(label, fields);
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
}
