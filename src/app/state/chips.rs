//! The filters one by one, in the order they came.

use crate::query::{Facet, Filter, ValueId};

/// One thing that a filter asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chip {
    /// An event must lie under this value, or another included one of its facet.
    With(Facet, ValueId),
    /// An event must not lie under this value.
    Without(Facet, ValueId),
    /// Actors count only where they speak.
    Speaking,
    /// Only some days.
    Days,
    /// These words must be found, or not.
    Words(String, bool),
}

/// The chips of `filter`: those that were there in their order, then the new ones.
pub(super) fn kept(mut before: Vec<Chip>, filter: &Filter) -> Vec<Chip> {
    let now = all(filter);
    before.retain(|chip| now.contains(chip));
    for chip in now {
        if !before.contains(&chip) {
            before.push(chip);
        }
    }
    before
}

fn all(filter: &Filter) -> Vec<Chip> {
    let mut chips = Vec::new();
    for facet in Facet::ALL {
        let pick = filter.pick(facet);
        chips.extend(pick.include.iter().map(|value| Chip::With(facet, *value)));
        chips.extend(
            pick.exclude
                .iter()
                .map(|value| Chip::Without(facet, *value)),
        );
    }
    if filter.speaking_only {
        chips.push(Chip::Speaking);
    }
    if filter.days.is_some() {
        chips.push(Chip::Days);
    }
    let words = filter.text.iter();
    chips.extend(words.map(|needle| Chip::Words(needle.typed.clone(), needle.without)));
    chips
}

impl Chip {
    /// Takes this out of `filter`.
    pub fn remove_from(&self, filter: &mut Filter) {
        match self {
            Self::With(facet, value) => {
                filter.pick_mut(*facet).include.remove(value);
            }
            Self::Without(facet, value) => {
                filter.pick_mut(*facet).exclude.remove(value);
            }
            Self::Speaking => filter.speaking_only = false,
            Self::Days => filter.days = None,
            Self::Words(typed, without) => filter
                .text
                .retain(|needle| needle.typed != *typed || needle.without != *without),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chips_keep_the_order_they_came_in() {
        let mut filter = Filter::default();
        filter.toggle(Facet::State, ValueId(4));
        let first = kept(Vec::new(), &filter);
        filter.toggle(Facet::Leader, ValueId(1));
        let both = kept(first, &filter);
        assert_eq!(
            both,
            [
                Chip::With(Facet::State, ValueId(4)),
                Chip::With(Facet::Leader, ValueId(1))
            ]
        );
        for chip in &both {
            chip.remove_from(&mut filter);
        }
        assert!(filter.is_empty());
    }
}
