//! Words in the folded text of events.

use std::sync::{Arc, OnceLock};

use super::Bits;
use crate::model::{ActorRef, EventId, EventRecord, Header, LangText};
use crate::store::Store;
use crate::text::fold::{Needle, fold_into};

/// Finds words in what events say.
#[derive(Debug)]
pub(super) struct Search {
    store: Arc<Store>,
    texts: OnceLock<Vec<String>>,
}

impl Search {
    pub(super) fn new(store: Arc<Store>) -> Self {
        Self {
            store,
            texts: OnceLock::new(),
        }
    }

    /// The events that have `typed` somewhere; all for nothing but blanks.
    pub(super) fn hits(&self, typed: &str) -> Arc<Bits> {
        let needle = Needle::new(typed);
        let mut bits = Bits::none(self.store.len() as u32);
        for (event, text) in self.texts().iter().enumerate() {
            if needle.is_empty() || needle.find_in(text, 0).is_some() {
                bits.insert(EventId(event as u32));
            }
        }
        Arc::new(bits)
    }

    fn texts(&self) -> &[String] {
        self.texts.get_or_init(|| {
            let events = (0..self.store.len() as u32).map(|event| self.store.event(EventId(event)));
            let header = self.store.header();
            events
                .map(|event| event.map_or_else(|_| String::new(), |event| text_of(&event, header)))
                .collect()
        })
    }
}

/// Everything in an event that search looks at, folded, fields parted by newlines.
fn text_of(event: &EventRecord, header: &Header) -> String {
    let mut all = String::new();
    let mut add = |text: &LangText| {
        for (_, text) in text.iter() {
            fold_into(text, &mut all);
            all.push('\n');
        }
    };
    add(&event.title);
    add(&event.summary);
    add(&event.place);
    for statement in &event.statements {
        add(&statement.text);
    }
    let spoken = event.statements.iter().flat_map(|statement| {
        statement
            .speaker
            .iter()
            .chain(&statement.to)
            .chain(&statement.via)
    });
    for actor in event.actors.iter().map(|part| &part.actor).chain(spoken) {
        match actor {
            ActorRef::Known(id) => {
                if let Some(actor) = header.actors.get(id.0 as usize) {
                    add(&actor.name);
                }
            }
            ActorRef::Unknown(id) => add(&LangText::untagged(id)),
        }
    }
    all
}
