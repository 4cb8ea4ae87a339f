//! Who speaks, is spoken to, carries words or takes part.

use super::{ActorId, LangText};

/// What an actor is. The "leaders" facet is [`ActorKind::Person`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActorKind {
    /// A human being.
    Person,
    /// A body: party, company, ministry, alliance.
    Organization,
    /// A state.
    State,
    /// A news medium or a network that carries words.
    Media,
    /// The file does not tell, or tells something unknown.
    Unspecified,
}

/// A mention of an actor: by position if the file defines it, else the id as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ActorRef {
    /// Defined in the file.
    Known(ActorId),
    /// Not defined; shown as given.
    Unknown(String),
}

/// A person, organization, state or medium that the file defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The file's own id.
    pub id: String,
    /// What it is.
    pub kind: ActorKind,
    /// Its name; the id if the file gives none.
    pub name: LangText,
    /// What it is or was in general ("president of Russia").
    pub role: LangText,
    /// Other spellings, any script; search and facet narrowing find them.
    pub aliases: Box<[String]>,
    /// The bodies and states it belongs to.
    pub member_of: Box<[ActorRef]>,
    /// Wikidata item, such as `Q7747`.
    pub wikidata: Option<Box<str>>,
}
