//! Names of actors, sources and faults for the reader, with the direction they are written in.

use super::field::{Field, Ink};
use super::setter::Setter;
use crate::model::{Actor, ActorRef, Header, SourceRef};
use crate::store::DetailError;
use crate::text::Direction;
use crate::words::{Lang, Word, say};

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

/// The name of an actor on one line of at most `width` columns. All of it is lit when the search
/// found the actor by a name that is not shown here: in another language, or an alias.
pub fn actor_field(
    actor: &ActorRef,
    header: &Header,
    setter: Setter<'_>,
    width: u16,
    ink: Ink,
) -> Field {
    let known = match actor {
        ActorRef::Known(id) => header.actors.get(id.0 as usize),
        ActorRef::Unknown(_) => None,
    };
    if let Some(actor) = known {
        return known_field(actor, setter, width, ink);
    }
    let (id, direction) = self::actor(actor, header, setter);
    setter.line(&id, direction, width, ink)
}

/// As [`actor_field`], for an actor of the file.
pub fn known_field(actor: &Actor, setter: Setter<'_>, width: u16, ink: Ink) -> Field {
    let (name, direction) = setter.best(&actor.name);
    let mut field = setter.line(name, direction, width, ink);
    let mut others = actor.name.iter().map(|(_, name)| name);
    let mut aliases = actor.aliases.iter().map(String::as_str);
    if field.lit.is_empty()
        && (others.any(|one| setter.finds(one)) || aliases.any(|one| setter.finds(one)))
    {
        field.lit = vec![true; field.line.cells.len()];
    }
    field
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

/// Why an event cannot be shown.
pub fn fault(fault: &DetailError, lang: Lang) -> String {
    match fault {
        DetailError::NoSuchEvent(_) => say(Word::NoSuchEvent, lang).to_owned(),
        DetailError::Changed => say(Word::FileChanged, lang).to_owned(),
        DetailError::Unreadable(why) => format!("{} {why}", say(Word::CannotRead, lang)),
    }
}

/// True when `tag` names the language, with or without a region or script.
pub fn is_in(tag: &str, lang: Lang) -> bool {
    let language = tag.split(['-', '_']).next().unwrap_or("");
    language.eq_ignore_ascii_case(lang.tag())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Settings;
    use crate::app::setter::Lit;
    use crate::model::{ActorId, ActorKind};

    #[test]
    fn a_name_is_lit_where_it_has_the_word_and_whole_when_another_name_has_it() {
        let name = [("fa", "ایران"), ("en", "Iran")].into_iter().collect();
        let header = Header {
            actors: vec![Actor {
                id: "ir".to_owned(),
                kind: ActorKind::State,
                name,
                aliases: ["جمهوری اسلامی".to_owned()].into(),
                role: crate::model::LangText::default(),
                member_of: Box::default(),
                wikidata: None,
            }],
            ..Header::default()
        };
        let settings = Settings::default();
        let lit = |needle| {
            let lit = Lit::Needle(needle);
            let setter = Setter {
                settings: &settings,
                lit,
            };
            actor_field(&ActorRef::Known(ActorId(0)), &header, setter, 20, Ink::Name).lit
        };
        assert_eq!(lit("ان"), [true, true, false, false, false], "visual order");
        assert_eq!(lit("اسلامی"), [true; 5]);
        assert_eq!(lit("iran"), [true; 5]);
        assert!(lit("چین").is_empty());
        assert!(lit("").is_empty());
    }
}
