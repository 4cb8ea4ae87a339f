//! Ids that the file defines, and the known name nearest to a wrong one.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::model::{Actor, ActorId, ActorRef, Header, SourceDocument, SourceId, SourceRef};
use crate::store::road::rows::Rows;

/// So many names are looked at in all for the ones that are nearest to wrong ones.
const LOOKS: usize = 200_000;

/// The actors and sources that a file defines, by id; the first of a name counts.
#[derive(Debug, Default)]
pub struct Names {
    actors: Rows,
    sources: Rows,
    /// Names that were looked at for a nearest one.
    looked: AtomicUsize,
}

impl Names {
    /// The names in `header`.
    pub fn of(header: &Header) -> Self {
        Self::of_actors(&header.actors).with_sources(&header.sources)
    }

    /// The names of `actors` alone.
    pub(super) fn of_actors(actors: &[Actor]) -> Self {
        let mut names = Self {
            actors: Rows::with_capacity(actors.len()),
            ..Self::default()
        };
        for actor in actors {
            names.actors.push(actor.id.as_bytes());
        }
        names
    }

    /// The same and the names of `sources`.
    pub(super) fn with_sources(mut self, sources: &[SourceDocument]) -> Self {
        self.sources = Rows::with_capacity(sources.len());
        for source in sources {
            self.sources.push(source.id.as_bytes());
        }
        self
    }

    /// The actor of that id, or the id as it is.
    pub fn actor(&self, id: String) -> ActorRef {
        match self.actors.find(id.as_bytes()) {
            Some(at) => ActorRef::Known(ActorId(at)),
            None => ActorRef::Unknown(id),
        }
    }

    /// The source of that id, or the id as it is.
    pub fn source(&self, id: String) -> SourceRef {
        match self.sources.find(id.as_bytes()) {
            Some(at) => SourceRef::Known(SourceId(at)),
            None => SourceRef::Unknown(id),
        }
    }

    /// True when the file defines an actor of that id.
    pub fn has_actor(&self, id: &[u8]) -> bool {
        self.actors.find(id).is_some()
    }

    /// True when the file defines a source of that id.
    pub fn has_source(&self, id: &[u8]) -> bool {
        self.sources.find(id).is_some()
    }

    /// The actor's id that `wrong` is probably meant for.
    pub fn near_actor(&self, wrong: &str) -> Option<&str> {
        self.near(wrong, &self.actors)
    }

    /// The source's id that `wrong` is probably meant for.
    pub fn near_source(&self, wrong: &str) -> Option<&str> {
        self.near(wrong, &self.sources)
    }

    fn near<'n>(&self, wrong: &str, ids: &'n Rows) -> Option<&'n str> {
        let before = self.looked.fetch_add(ids.len(), Ordering::Relaxed);
        let ids = (before + ids.len() <= LOOKS).then_some(ids)?;
        let ids = (0..ids.len() as u32).map(|row| ids.name(row));
        nearest(wrong, ids.filter_map(|id| str::from_utf8(id).ok()))
    }
}

/// The one of `known` that `wrong` is probably meant for: the same but for case, or at most a
/// third of its letters away.
pub(super) fn nearest<'n>(wrong: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let length = wrong.chars().count();
    if length > 40 {
        return None;
    }
    let lower = wrong.to_lowercase();
    let distance = |name: &str| strsim::damerau_levenshtein(&lower, &name.to_lowercase());
    let near = known.filter(|name| name.len().abs_diff(wrong.len()) <= length.div_ceil(2));
    let best = near.map(|name| (distance(name), name)).min()?;
    (best.0 <= (length / 3).max(1) && best.0 < length.max(2)).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_a_word_is_not() {
        let known = || ["events", "title", "actors", "id"].into_iter();
        assert_eq!(nearest("event", known()), Some("events"));
        assert_eq!(nearest("Titel", known()), Some("title"));
        assert_eq!(nearest("ID", known()), Some("id"));
        assert_eq!(nearest("colour", known()), None);
        assert_eq!(nearest("", known()), None);
    }
}
