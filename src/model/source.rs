//! What the file says about itself: its title, documents, eras.

use super::{Actor, ActorRef, LangText, SourceId, When};

/// A mention of a source document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SourceRef {
    /// Defined in the file.
    Known(SourceId),
    /// Not defined; shown as given.
    Unknown(String),
}

/// A document that statements were taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceDocument {
    /// The file's own id.
    pub id: String,
    /// The medium that published it.
    pub publisher: Option<ActorRef>,
    /// Its title.
    pub title: LangText,
    /// When it was published.
    pub published: Option<When>,
    /// When somebody saved it; never the date of what it tells.
    pub captured: Option<When>,
    /// Where it is; never opened without the reader's word.
    pub url: Option<String>,
}

/// A stretch of time with a name, such as a presidency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Era {
    /// Its days.
    pub when: When,
    /// Its name.
    pub title: LangText,
}

/// Everything in the file but the events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Title of the whole collection.
    pub title: LangText,
    /// Actors; [`super::ActorId`] is the position here.
    pub actors: Vec<Actor>,
    /// Source documents; [`SourceId`] is the position here.
    pub sources: Vec<SourceDocument>,
    /// Named stretches of time.
    pub eras: Vec<Era>,
}
