//! Names of actors and sources for the reader, with the direction they are written in.

use super::setter::Setter;
use crate::model::{ActorRef, Header, SourceRef};
use crate::text::Direction;
use crate::words::Lang;

/// The name of an actor; the id as given when the file has no such actor.
pub fn actor(actor: &ActorRef, header: &Header, setter: Setter<'_>) -> (String, Direction) {
    match actor {
        ActorRef::Unknown(id) => (id.clone(), Direction::Auto),
        ActorRef::Known(id) => header
            .actors
            .get(id.0 as usize)
            .map(|actor| setter.best(&actor.name))
            .map(|(name, direction)| (name.to_owned(), direction))
            .unwrap_or_default(),
    }
}

/// The title of a source, behind its publisher's name.
pub fn source(source: &SourceRef, header: &Header, setter: Setter<'_>) -> (String, Direction) {
    let (publisher, direction) = publisher(source, header, setter);
    let title = match source {
        SourceRef::Known(id) => header.sources.get(id.0 as usize),
        SourceRef::Unknown(_) => None,
    };
    let title = title.map(|document| setter.best(&document.title));
    match title.filter(|(title, _)| !title.is_empty() && *title != publisher) {
        Some((title, direction)) => (format!("{publisher}: {title}"), direction),
        None => (publisher, direction),
    }
}

/// The publisher of a source; its title, its id when the file names none.
pub fn publisher(source: &SourceRef, header: &Header, setter: Setter<'_>) -> (String, Direction) {
    let document = match source {
        SourceRef::Unknown(id) => return (id.clone(), Direction::Auto),
        SourceRef::Known(id) => header.sources.get(id.0 as usize),
    };
    let Some(document) = document else {
        return (String::new(), Direction::Auto);
    };
    if let Some(publisher) = &document.publisher {
        return actor(publisher, header, setter);
    }
    let (title, direction) = setter.best(&document.title);
    if title.is_empty() {
        (document.id.clone(), Direction::Ltr)
    } else {
        (title.to_owned(), direction)
    }
}

/// True when `tag` names the language, with or without a region or script.
pub fn is_in(tag: &str, lang: Lang) -> bool {
    let language = tag.split(['-', '_']).next().unwrap_or("");
    language.eq_ignore_ascii_case(lang.tag())
}
