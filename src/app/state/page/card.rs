//! A statement on a page: who to whom and how, the words with room around them, translations,
//! who carried them.

use super::{Card, INDENT, Writer};
use crate::app::field::{Field, Ink};
use crate::app::setter::Flow;
use crate::app::{dates, names};
use crate::model::{EventRecord, LangText, Mode, Statement};
use crate::text::{Direction, direction_of};
use crate::words::{Lang, Word};

impl Writer<'_> {
    pub(super) fn card(&mut self, statement: &Statement) {
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

    /// Who, to whom; at the other edge how and where, on a row of its own if there is no room.
    fn speaker(&mut self, statement: &Statement) {
        let width = self.measure.saturating_sub(INDENT);
        let mut flow = Flow::new(width);
        self.who(statement, &mut flow);
        let how = self.how(statement);
        let needed: u16 = how.iter().map(|field| field.width + 2).sum();
        if needed > flow.room(2) {
            self.indented(flow.rows());
            flow = Flow::new(width);
            for field in how {
                flow.put(field, 2);
            }
            return self.indented(flow.rows());
        }
        let mut rows = flow.rows();
        if let Some(row) = rows.last_mut() {
            row.extend(at_end(how, width));
        }
        self.indented(rows);
    }

    fn who(&self, statement: &Statement, flow: &mut Flow) {
        let setter = self.setter;
        let width = flow.room(0);
        let named = |actor, ink| names::actor_field(actor, self.header, setter, width, ink);
        flow.put(
            match &statement.speaker {
                None => setter.word(Word::UnknownSpeaker, width, Ink::Dim),
                Some(speaker) => named(speaker, Ink::Name),
            },
            0,
        );
        let mut to = statement.to.iter();
        if let Some(first) = to.next() {
            let label = setter.word(Word::To, width, Ink::Dim);
            flow.put_together(vec![(label, 0), (named(first, Ink::Text), 1)], 2);
        }
        for other in to {
            flow.put(named(other, Ink::Text), 2);
        }
    }

    /// How near the words are to those said, and where they were said.
    fn how(&self, statement: &Statement) -> Vec<Field> {
        let mode = mode_word(statement.mode);
        let mode = self.setter.word(mode, self.measure, Ink::Dim);
        let channel = statement.channel.as_deref();
        let channel = channel.map(|channel| self.free(channel, Ink::Dim));
        std::iter::once(mode).chain(channel).collect()
    }

    /// A statement in few rows, for a column that has no more.
    pub(super) fn short_card(&mut self, record: &EventRecord, statement: &Statement) {
        let width = self.measure.saturating_sub(INDENT);
        let mut flow = Flow::new(width);
        self.who(statement, &mut flow);
        let date = dates::short(record.when.as_ref(), self.setter.settings);
        flow.put(self.setter.own(&date, width, Ink::Date), 3);
        for field in self.how(statement) {
            flow.put(field, 2);
        }
        self.indented(flow.rows());
        let words = self.page.rows.len();
        self.words(statement);
        let end_of_words = self.page.rows.len();
        self.translations(statement);
        self.carriers(statement);
        self.page.cards.push(Card {
            rows: 0..self.page.rows.len(),
            words: words..end_of_words,
            mode: statement.mode,
        });
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
        let named = |actor| names::actor_field(actor, self.header, setter, width, Ink::Reported);
        let mut via = statement.via.iter();
        if let Some(first) = via.next() {
            let label = setter.word(Word::Via, width, Ink::Dim);
            flow.put_together(vec![(label, 0), (named(first), 1)], 0);
        }
        for other in via {
            flow.put(named(other), 2);
        }
        if let Some(source) = &statement.source {
            let label = setter.word(Word::Source, width, Ink::Dim);
            let (name, direction) = names::publisher(source, self.header, setter);
            let name = setter.line(&name, direction, width, Ink::Reported);
            flow.put_together(vec![(label, 0), (name, 1)], 3);
        }
        self.indented(flow.rows());
    }
}

/// `fields` one after another, so that the last one ends at column `width`.
fn at_end(fields: Vec<Field>, width: u16) -> impl Iterator<Item = Field> {
    let all: u16 = fields.iter().map(|field| field.width + 2).sum();
    let mut at = (width + 2).saturating_sub(all);
    fields.into_iter().map(move |field| {
        let from = at;
        at += field.width + 2;
        field.moved(from)
    })
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
