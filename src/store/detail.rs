//! Whole events, for the ones that are shown.

use std::fmt;
use std::sync::Arc;

use crate::model::{EventId, EventRecord};

/// Why an event cannot be shown whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DetailError {
    /// There is no event of that number.
    NoSuchEvent(EventId),
    /// The file is no longer the one that was loaded.
    Changed,
    /// The file cannot be read any more; the system's words.
    Unreadable(String),
}

impl fmt::Display for DetailError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchEvent(EventId(number)) => write!(f, "there is no event {number}"),
            Self::Changed => f.write_str("the file was changed after it was loaded"),
            Self::Unreadable(why) => write!(f, "the file cannot be read any more: {why}"),
        }
    }
}

impl std::error::Error for DetailError {}

/// Where whole events come from.
#[derive(Debug)]
pub(super) enum Detail {
    /// Held in memory, in display order.
    Held(Vec<Arc<EventRecord>>),
}

impl Detail {
    pub(super) fn event(&self, event: EventId) -> Result<Arc<EventRecord>, DetailError> {
        match self {
            Self::Held(events) => {
                let event = events
                    .get(event.0 as usize)
                    .ok_or(DetailError::NoSuchEvent(event))?;
                Ok(Arc::clone(event))
            }
        }
    }
}
