//! An event and what was said in it, as the file tells it.

use super::{ActorRef, Basis, LangText, SourceRef, When};

/// How near a statement's text is to the speaker's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// The speaker's words in quotation marks.
    Direct,
    /// A quoted fragment.
    Partial,
    /// A paraphrase.
    Reported,
    /// A headline that attributes words.
    Headline,
    /// The file does not tell, or tells something unknown.
    Unspecified,
}

impl Mode {
    /// All modes, in the order they are listed to the reader.
    pub const ALL: [Self; 5] = [
        Self::Direct,
        Self::Partial,
        Self::Reported,
        Self::Headline,
        Self::Unspecified,
    ];
}

/// An actor's part in an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participation {
    /// Who.
    pub actor: ActorRef,
    /// As what, in the file's word.
    pub role: Option<String>,
}

/// Words that somebody said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Who said it.
    pub speaker: Option<ActorRef>,
    /// To whom.
    pub to: Vec<ActorRef>,
    /// How near the text is to the words said.
    pub mode: Mode,
    /// Meeting, phone call, message, post, speech …: a free word.
    pub channel: Option<String>,
    /// The words.
    pub text: LangText,
    /// Tag of the words as said or printed; every other language is a translation.
    pub original: Option<String>,
    /// Who carried the words.
    pub via: Vec<ActorRef>,
    /// The document they were taken from.
    pub source: Option<SourceRef>,
}

/// One event, whole, as read from the file when it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventRecord {
    /// The file's own id, made unique (`#N` without one, `id~2` for a second).
    pub id: String,
    /// The date; `None` when the file has none that can be read: the event is undated.
    pub when: Option<When>,
    /// The source's own words for the date.
    pub when_said: Option<String>,
    /// How the date is known.
    pub when_basis: Option<Basis>,
    /// Title; the id if the file gives none.
    pub title: LangText,
    /// Summary.
    pub summary: LangText,
    /// Where.
    pub place: LangText,
    /// Who takes part, as listed; speakers and addressees count too without being here.
    pub actors: Vec<Participation>,
    /// Free words.
    pub tags: Vec<String>,
    /// Documents that tell of it.
    pub sources: Vec<SourceRef>,
    /// What was said, in file order.
    pub statements: Vec<Statement>,
}
