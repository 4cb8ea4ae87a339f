//! Ids and plain records, as the event file means them. Knows nothing of files, screens or search.

mod actor;
mod event;
mod id;
mod lang_text;
mod source;
mod when;

pub use actor::{Actor, ActorKind, ActorRef};
pub use event::{EventRecord, Mode, Participation, Statement};
pub use id::{ActorId, EventId, SourceId};
pub use lang_text::LangText;
pub use source::{Era, Header, SourceDocument, SourceRef};
pub use when::{Basis, Calendar, Certainty, DateExpr, DaySpan, End, Moment, Season, When};
