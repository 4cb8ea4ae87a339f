//! What a list shows of an event, without the rest of it. What is not written in the plain way is
//! left to the decoder.

use std::borrow::Cow;

use super::DetailError;
use crate::model::{EventId, EventRecord, LangText};
use crate::store::Store;
use crate::store::json::raw::Raw;
use crate::store::road::dates::{self, Dates};
use crate::store::road::scan::{self, Field, Sink, Unsure};

/// The first things that are told of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// The event's id, made unique.
    pub id: String,
    /// The date as it was written; empty when the event is undated.
    pub when: String,
    /// The title; the id if the file gives none.
    pub title: LangText,
}

impl From<&EventRecord> for Heading {
    fn from(event: &EventRecord) -> Self {
        let when = event.when.as_ref().map(|when| when.written.clone());
        Self {
            id: event.id.clone(),
            when: when.unwrap_or_default(),
            title: event.title.clone(),
        }
    }
}

/// Reads the headings of many events. Near each other in the file, they are read quickest.
pub struct Headings<'a> {
    store: &'a Store,
    json: Vec<u8>,
    dates: Dates,
}

impl<'a> Headings<'a> {
    /// Makes ready to read `store`.
    pub fn new(store: &'a Store) -> Self {
        Self {
            store,
            json: Vec::new(),
            dates: Dates::default(),
        }
    }

    /// The heading of `event`.
    ///
    /// # Errors
    ///
    /// When the file changed or went away since it was loaded.
    pub fn read(&mut self, event: EventId) -> Result<Heading, DetailError> {
        let Some((original, place)) = self.store.original(event)? else {
            return Ok(Heading::from(&*self.store.event(event)?));
        };
        original.text(place.offset..place.end(), &mut self.json)?;
        let mut looking = Looking {
            dates: &mut self.dates,
            id: Cow::default(),
            when: Cow::default(),
            title: Vec::new(),
        };
        if let Err(Unsure) = scan::event(&self.json, &mut looking) {
            return Ok(Heading::from(&original.record(place, &self.json)?));
        }
        let renamed = original.renamed(place).map(|id| Cow::Borrowed(&**id));
        Ok(Heading {
            id: renamed.unwrap_or(looking.id).into_owned(),
            when: looking.when.into_owned(),
            title: LangText::from_distinct(&looking.title),
        })
    }
}

struct Looking<'a, 'd> {
    dates: &'d mut Dates,
    id: Cow<'a, str>,
    when: Cow<'a, str>,
    title: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> Sink<'a> for Looking<'a, '_> {
    fn id(&mut self, id: Raw<'a>) {
        self.id = id.says();
    }

    fn when(&mut self, json: &'a [u8]) -> Result<(), Unsure> {
        // Only the decoder knows what it makes of a date that is not clean.
        let clean = self.dates.is_clean(json);
        let (written, _) = dates::written(json).filter(|_| clean).ok_or(Unsure)?;
        self.when = written.says();
        Ok(())
    }

    fn text(&mut self, field: Field, tag: &'a [u8], text: Raw<'a>) {
        if field == Field::Title {
            self.title.push((String::from_utf8_lossy(tag), text.says()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Limits, Opening, Progress, Source};

    #[test]
    fn a_heading_is_that_of_the_whole_event() {
        let events = [
            r#"{"id":"1","when":"2024-05-01","title":"one","summary":"x"}"#,
            r#"{"when":{"jalali":"1402-12"},"id":"\u0032","title":{"fa":"دو","en":"t\"wo"}}"#,
            r#"{"id":"3","when":" 2024 ","title":"three"}"#,
            r#"{"id":"3","when":"never","title":"again"}"#,
            r#"{"when":"2023-06","summary":"neither"}"#,
            r#"{"id":"6","when":"2024-05-01","title":"a","title":"b"}"#,
            r#"{"id":"7","when":"0900-01-01","title":"\ud800"}"#,
        ];
        let text = format!("{{\"sokhan\":1}}\n{}\n", events.join("\n"));
        let source = Source::Bytes("text", text.into_bytes().into());
        let opening = Opening::new(source, Limits::default()).expect("a file");
        let store = opening.load(&Progress::default()).expect("an event file");
        store.check().expect("the file as it was");
        assert!(!store.is_held() && store.len() == events.len());
        let mut headings = Headings::new(&store);
        for event in (0..store.len() as u32).map(EventId) {
            let whole = store.event(event).expect("an event");
            assert_eq!(headings.read(event), Ok(Heading::from(&*whole)));
        }
        let nowhere = EventId(store.len() as u32);
        let none = Err(DetailError::NoSuchEvent(nowhere));
        assert_eq!(headings.read(nowhere), none);
    }
}
