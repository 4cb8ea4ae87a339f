//! The names of all values, folded, for finding values by them.

use std::collections::BTreeMap;

use super::pattern::Pattern;
use super::{Facet, Index, ValueId};
use crate::store::Texts;
use crate::store::letters::FIELD;

/// The names of one facet's values, one text a value.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Labels and aliases.
    names: Texts,
    /// Ids in the file.
    ids: Texts,
}

impl Names {
    pub(super) fn of(index: &Index, facet: Facet) -> Self {
        let mut all = Self::default();
        for value in index.values(facet) {
            let label = index.label(facet, value);
            label.iter().for_each(|(_, name)| all.names.field(name));
            index
                .aliases(facet, value)
                .iter()
                .for_each(|name| all.names.field(name));
            index
                .id(facet, value)
                .into_iter()
                .for_each(|id| all.ids.field(id));
            all.names.end();
            all.ids.end();
        }
        all
    }

    /// The values that have `pattern` in a label or alias.
    pub(super) fn named(&self, pattern: &Pattern) -> Vec<ValueId> {
        let mut found = Vec::new();
        pattern.each(&self.names, |value| found.push(ValueId(value as u32)));
        found
    }

    /// The values that have `pattern` in a label, alias or id, and whether one begins with it.
    pub(super) fn find(&self, pattern: &Pattern) -> Vec<(ValueId, bool)> {
        let mut found = BTreeMap::new();
        for texts in [&self.names, &self.ids] {
            pattern.each(texts, |value| {
                let mut fields = texts.text(value).split(|letter| *letter == FIELD);
                let begins = fields.any(|name| pattern.find(name) == Some(0));
                *found.entry(ValueId(value as u32)).or_insert(false) |= begins;
            });
        }
        found.into_iter().collect()
    }
}
