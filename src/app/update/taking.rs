//! What the reader takes along: words with their citation, the source's address.

use std::fmt::Write as _;

use super::Effect;
use crate::app::state::{State, StatementId, original, quoted};
use crate::app::{Take, dates, names};
use crate::model::{EventRecord, SourceRef, Statement};
use crate::words::{Word, say, translate};

pub(super) fn act(state: &mut State, take: Take) -> Vec<Effect> {
    let effect = match take {
        Take::Copy => copy(state, true).map(Effect::Copy),
        Take::CopyWords => copy(state, false).map(Effect::Copy),
        Take::OpenSource => address(state).map(Effect::Open),
    };
    if effect.is_none() {
        state.tell(say(Word::NoAddress, state.settings.lang));
    }
    effect.into_iter().collect()
}

/// The statement in front in logical order, with or without its citation; for an event without
/// statements its title and date.
fn copy(state: &State, citation: bool) -> Option<String> {
    let record = state.record_in_front()?;
    let Some(statement) = statement(state, &record) else {
        let (title, _) = state.setter().best(&record.title);
        let date = dates_of(state, &record);
        return Some(if citation {
            format!("{title}\n{date}")
        } else {
            title.to_owned()
        });
    };
    let (tag, text) = original(statement, state.settings.lang)?;
    if !citation {
        return Some(text.to_owned());
    }
    let words = quoted(text, tag, statement.mode);
    Some(format!("{words}\n— {}", cite(state, &record, statement)))
}

fn statement<'a>(state: &State, record: &'a EventRecord) -> Option<&'a Statement> {
    let StatementId { statement, .. } = state.statement()?;
    record.statements.get(statement)
}

fn dates_of(state: &State, record: &EventRecord) -> String {
    let settings = &state.settings;
    record.when.as_ref().map_or_else(
        || say(Word::Undated, settings.lang).to_owned(),
        |when| dates::both(when, settings).join(" / "),
    )
}

/// Speaker, dates, channel, carriers, source: one line.
fn cite(state: &State, record: &EventRecord, statement: &Statement) -> String {
    let lang = state.settings.lang;
    let (header, setter) = (state.store().header(), state.setter());
    let comma = if state.rtl() { '،' } else { ',' };
    let mut line = statement.speaker.as_ref().map_or_else(
        || say(Word::UnknownSpeaker, lang).to_owned(),
        |speaker| names::actor(speaker, header, setter).0,
    );
    let _ = write!(line, "{comma} {}", dates_of(state, record));
    if let Some(channel) = &statement.channel {
        let channel = translate(channel, lang).unwrap_or(channel);
        let _ = write!(line, "{comma} {channel}");
    }
    for via in &statement.via {
        let name = names::actor(via, header, setter).0;
        let _ = write!(line, "{comma} {} {name}", say(Word::Via, lang));
    }
    if let Some(source) = &statement.source {
        let name = names::source(source, header, setter).0;
        let _ = write!(line, "{comma} {} {name}", say(Word::Source, lang));
    }
    line
}

fn address(state: &State) -> Option<String> {
    let record = state.record_in_front()?;
    let own = statement(state, &record).and_then(|said| said.source.as_ref());
    let all = own.into_iter().chain(&record.sources);
    let mut urls = all.filter_map(|source| match source {
        SourceRef::Known(id) => state
            .store()
            .header()
            .sources
            .get(id.0 as usize)?
            .url
            .clone(),
        SourceRef::Unknown(_) => None,
    });
    urls.find(|url| url.starts_with("http://") || url.starts_with("https://"))
}

impl State {
    fn record_in_front(&self) -> Option<std::sync::Arc<EventRecord>> {
        match self.statement() {
            Some(id) => self.store().event(id.event).ok(),
            None => self.record(),
        }
    }
}
