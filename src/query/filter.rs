//! What the reader asked for.

use std::collections::BTreeSet;

use super::{Facet, Index, ValueId};
use crate::model::DaySpan;

/// The values of one facet that the reader chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pick {
    /// An event must lie under one of these, if there are any.
    pub include: BTreeSet<ValueId>,
    /// And under none of these.
    pub exclude: BTreeSet<ValueId>,
}

impl Pick {
    /// True when nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }
}

/// Words to look for in titles, summaries, statements, names and places; folded before matching.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// The words as typed; found one behind the other.
    pub typed: String,
    /// True when events with these words are left out.
    pub without: bool,
}

impl Term {
    /// Looks for `typed`.
    pub fn new(typed: impl Into<String>) -> Self {
        Self {
            typed: typed.into(),
            without: false,
        }
    }
}

/// Everything that decides which events are shown. Within a facet any included value will do;
/// all facets, the days and the words must agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// False: kept, but all events are shown.
    pub enabled: bool,
    /// Count actors only where they speak.
    pub speaking_only: bool,
    /// Events that may have happened on one of these days; the undated are left out.
    pub days: Option<DaySpan>,
    /// All of these must be found.
    pub text: Vec<Term>,
    picks: [Pick; Facet::ALL.len()],
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            enabled: true,
            speaking_only: false,
            days: None,
            text: Vec::new(),
            picks: std::array::from_fn(|_| Pick::default()),
        }
    }
}

impl Filter {
    /// What is chosen in a facet.
    pub fn pick(&self, facet: Facet) -> &Pick {
        &self.picks[facet.number()]
    }

    /// What is chosen in a facet, to change it.
    pub fn pick_mut(&mut self, facet: Facet) -> &mut Pick {
        &mut self.picks[facet.number()]
    }

    /// Includes a value, or takes it back.
    pub fn toggle(&mut self, facet: Facet, value: ValueId) {
        let pick = self.pick_mut(facet);
        pick.exclude.remove(&value);
        if !pick.include.remove(&value) {
            pick.include.insert(value);
        }
    }

    /// Excludes a value, or takes it back.
    pub fn toggle_without(&mut self, facet: Facet, value: ValueId) {
        let pick = self.pick_mut(facet);
        pick.include.remove(&value);
        if !pick.exclude.remove(&value) {
            pick.exclude.insert(value);
        }
    }

    /// Only this value of the facet; a second time all of them again.
    pub fn only(&mut self, facet: Facet, value: ValueId) {
        let only = Pick {
            include: BTreeSet::from([value]),
            exclude: BTreeSet::new(),
        };
        let pick = self.pick_mut(facet);
        *pick = if *pick == only { Pick::default() } else { only };
    }

    /// True when all events pass, enabled or not.
    pub fn is_empty(&self) -> bool {
        self.days.is_none() && self.text.is_empty() && self.picks.iter().all(Pick::is_empty)
    }

    /// The same filter for another index: values are found by what they stand for; those that are
    /// not there are dropped.
    #[must_use]
    pub fn carried(&self, from: &Index, to: &Index) -> Self {
        let mut filter = self.clone();
        for facet in Facet::ALL {
            let carry = |values: &BTreeSet<ValueId>| {
                let found = values
                    .iter()
                    .filter_map(|value| to.find(facet, &from.key(facet, *value)?));
                found.collect()
            };
            let pick = self.pick(facet);
            *filter.pick_mut(facet) = Pick {
                include: carry(&pick.include),
                exclude: carry(&pick.exclude),
            };
        }
        filter
    }
}
