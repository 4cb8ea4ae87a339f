//! An index of a collection that grew is made from the one before.

use std::ops::Range;
use std::sync::Arc;

use super::index::Filed;
use super::postings::{Came, Postings};
use super::{Facet, Index};
use crate::store::{Growth, Opening};

impl Index {
    /// This index and what stands behind its events in `opening`, whose text must begin with that
    /// of this one: only what was added is read, checked and folded. The letters of the others are
    /// shared with this index. `None` when everything has to be read, which is no fault.
    pub fn grown(&self, opening: &Opening) -> Option<Self> {
        if !self.has_texts() {
            return None;
        }
        let growth = self.store().grown(opening, self.search.order())?;
        let Growth {
            store,
            came,
            moved,
            order,
            chunks,
        } = growth;
        let search = self.search.grown(chunks, order);
        let mut index = Self::unfiled(Arc::new(store), search);
        let slots = index.slots_before(self);
        let postings = |before: &Postings, speaking| {
            let filed = Filed {
                index: &index,
                speaking,
            };
            let mut pairs = Vec::new();
            for event in &came {
                filed.of(*event, |slot| pairs.push((slot, *event)));
            }
            pairs.sort_unstable();
            let came = Came {
                events: &came,
                moved: &moved,
                pairs: &pairs,
            };
            before.grown(&slots, index.len(), &came)
        };
        let (any, speaking) = (postings(&self.any, false), postings(&self.speaking, true));
        (index.any, index.speaking) = (any, speaking);
        Some(index)
    }

    /// The slot that each slot was in `before`, whose values each facet begins with.
    fn slots_before(&self, before: &Self) -> Vec<Option<u32>> {
        let of_facet = |facet: Facet| {
            let Range { start, end } = before.slots(facet);
            let slots = self.slots(facet);
            slots
                .map(move |slot| start + slot - self.slots(facet).start)
                .map(move |slot| (slot < end).then_some(slot))
        };
        Facet::ALL.into_iter().flat_map(of_facet).collect()
    }
}
