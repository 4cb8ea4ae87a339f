//! One event as text or JSON, for pipes.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::app::{Settings, mode_word, quoted};
use crate::calendar::format::{self, Format, Style};
use crate::model::{ActorRef, EventRecord, Header, LangText, Mode, SourceRef, Statement};
use crate::text::{Direction, clean_to, lay_out};
use crate::words::{Word, say, translate};

/// Columns of ready cells.
const WIDTH: usize = 80;
/// Characters of one paragraph; more is no text that anybody reads in a pipe.
const LONGEST: usize = 100_000;

/// How an event is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page<'a> {
    pub(super) settings: &'a Settings,
    pub(super) header: &'a Header,
    /// Ready cells, as a terminal without bidi shows them; else logical text.
    pub(super) visual: bool,
}

impl Page<'_> {
    /// The text in the reader's language, or the next best.
    pub(super) fn best<'t>(&self, text: &'t LangText) -> &'t str {
        text.best(self.settings.lang.tag())
            .map_or("", |(_, text)| text)
    }

    /// One line as it is printed, without a line end.
    pub(super) fn shown(&self, line: &str) -> String {
        if !self.visual {
            return line.to_owned();
        }
        let layout = lay_out(line, usize::MAX / 2, Direction::Auto, self.settings.text);
        let cells = layout.lines.iter().flat_map(|line| &line.cells);
        cells.map(crate::text::Cell::symbol).collect()
    }

    /// The whole event.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written to.
    pub(super) fn event(&self, out: &mut dyn Write, event: &EventRecord) -> io::Result<()> {
        self.text(out, self.best(&event.title))?;
        if let Some(when) = &event.when {
            for calendar in [self.settings.dates.first(), self.settings.dates.second()] {
                let date = format::date(when, self.date_in(calendar));
                self.text(out, &date)?;
            }
        } else {
            self.text(out, self.say(Word::Undated))?;
        }
        self.labelled(out, Word::Place, self.best(&event.place))?;
        let people: Vec<String> = event
            .actors
            .iter()
            .map(|part| self.actor(&part.actor))
            .collect();
        self.labelled(out, Word::People, &people.join(self.comma()))?;
        let tags = event.tags.iter();
        let tags: Vec<&str> = tags
            .map(|tag| translate(tag, self.settings.lang).unwrap_or(tag))
            .collect();
        self.labelled(out, Word::Tags, &tags.join(self.comma()))?;
        if !event.summary.is_empty() {
            writeln!(out)?;
            self.text(out, self.best(&event.summary))?;
        }
        for statement in &event.statements {
            writeln!(out)?;
            self.statement(out, statement)?;
        }
        Ok(())
    }

    fn statement(&self, out: &mut dyn Write, statement: &Statement) -> io::Result<()> {
        let speaker = match &statement.speaker {
            Some(speaker) => self.actor(speaker),
            None => self.say(Word::UnknownSpeaker).to_owned(),
        };
        let mode = self.say(mode_word(statement.mode));
        self.text(out, &format!("{speaker} ({mode})"))?;
        let names = |actors: &[ActorRef]| {
            let names: Vec<String> = actors.iter().map(|actor| self.actor(actor)).collect();
            names.join(self.comma())
        };
        self.labelled(out, Word::To, &names(&statement.to))?;
        self.labelled(out, Word::Via, &names(&statement.via))?;
        let source = statement.source.as_ref().map(|source| self.source(source));
        self.labelled(out, Word::Sources, &source.unwrap_or_default())?;
        for (tag, text) in statement.text.iter() {
            let original = statement.original.as_deref().unwrap_or(tag);
            if tag != original {
                let translation = self.say(Word::Translation);
                self.text(out, &format!("[{tag}, {translation}]"))?;
            }
            self.text(out, &quoted(text, tag, statement.mode))?;
        }
        Ok(())
    }

    fn labelled(&self, out: &mut dyn Write, word: Word, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        self.text(out, &format!("{}: {text}", self.say(word)))
    }

    /// Paragraphs, each on a line of its own; ready cells are wrapped and stand where they belong.
    fn text(&self, out: &mut dyn Write, text: &str) -> io::Result<()> {
        for paragraph in text.lines() {
            let paragraph = clean_to(paragraph, LONGEST);
            if !self.visual {
                writeln!(out, "{paragraph}")?;
                continue;
            }
            for line in lay_out(&paragraph, WIDTH, Direction::Auto, self.settings.text).lines {
                let cells: String = line.cells.iter().map(crate::text::Cell::symbol).collect();
                let blank = if line.rtl {
                    WIDTH - line.width.min(WIDTH)
                } else {
                    0
                };
                writeln!(out, "{:blank$}{cells}", "")?;
            }
        }
        Ok(())
    }

    fn actor(&self, actor: &ActorRef) -> String {
        match actor {
            ActorRef::Unknown(id) => id.clone(),
            ActorRef::Known(id) => {
                let actor = self.header.actors.get(id.0 as usize);
                actor.map_or("", |actor| self.best(&actor.name)).to_owned()
            }
        }
    }

    fn source(&self, source: &SourceRef) -> String {
        match source {
            SourceRef::Unknown(id) => id.clone(),
            SourceRef::Known(id) => {
                let source = self.header.sources.get(id.0 as usize);
                source
                    .map_or("", |source| self.best(&source.title))
                    .to_owned()
            }
        }
    }

    fn date_in(&self, calendar: crate::calendar::Calendar) -> Format {
        Format {
            calendar,
            lang: self.settings.lang,
            digits: self.settings.digits,
            style: Style::Full,
        }
    }

    fn say(&self, word: Word) -> &'static str {
        say(word, self.settings.lang)
    }

    fn comma(&self) -> &'static str {
        match self.settings.lang {
            crate::words::Lang::Fa => "، ",
            crate::words::Lang::En => ", ",
        }
    }
}

/// The event in the keys of the event file.
pub(super) fn as_json(event: &EventRecord, header: &Header) -> Value {
    let actor = |actor: &ActorRef| match actor {
        ActorRef::Unknown(id) => id.clone(),
        ActorRef::Known(id) => {
            let actor = header.actors.get(id.0 as usize);
            actor.map_or_else(String::new, |actor| actor.id.clone())
        }
    };
    let source = |source: &SourceRef| match source {
        SourceRef::Unknown(id) => id.clone(),
        SourceRef::Known(id) => {
            let source = header.sources.get(id.0 as usize);
            source.map_or_else(String::new, |source| source.id.clone())
        }
    };
    let statement = |statement: &Statement| {
        json!({
            "speaker": statement.speaker.as_ref().map(&actor),
            "to": statement.to.iter().map(&actor).collect::<Vec<_>>(),
            "mode": mode_name(statement.mode),
            "channel": statement.channel,
            "text": texts(&statement.text),
            "original": statement.original,
            "via": statement.via.iter().map(&actor).collect::<Vec<_>>(),
            "source": statement.source.as_ref().map(&source),
        })
    };
    json!({
        "id": event.id,
        "when": event.when.as_ref().map(|when| &when.written),
        "title": texts(&event.title),
        "summary": texts(&event.summary),
        "place": texts(&event.place),
        "actors": event.actors.iter().map(|part| json!({"id": actor(&part.actor), "role": part.role})).collect::<Vec<_>>(),
        "tags": event.tags,
        "sources": event.sources.iter().map(&source).collect::<Vec<_>>(),
        "statements": event.statements.iter().map(statement).collect::<Vec<_>>(),
    })
}

/// A string, or an object keyed by language.
fn texts(text: &LangText) -> Value {
    match text.get("") {
        Some(untagged) => json!(untagged),
        None => text
            .iter()
            .map(|(tag, text)| (tag.to_owned(), json!(text)))
            .collect::<Map<_, _>>()
            .into(),
    }
}

fn mode_name(mode: Mode) -> Option<&'static str> {
    match mode {
        Mode::Direct => Some("direct"),
        Mode::Partial => Some("partial"),
        Mode::Reported => Some("reported"),
        Mode::Headline => Some("headline"),
        Mode::Unspecified => None,
    }
}
