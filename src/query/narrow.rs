//! Finding a value by a part of its name, in any script.

use super::{Facet, Index, ValueId};

/// The values of `facet` whose name, alias or id has `typed` in it; all for nothing typed. Names
/// that begin with it come first.
pub fn narrow(index: &Index, facet: Facet, typed: &str) -> Vec<ValueId> {
    let needle = typed.trim().to_lowercase();
    let place = |value: ValueId| {
        let label = index.label(facet, value);
        let names = label.iter().map(|(_, name)| name.to_lowercase());
        let names = names
            .chain(
                index
                    .aliases(facet, value)
                    .iter()
                    .map(|name| name.to_lowercase()),
            )
            .collect::<Vec<_>>();
        names.iter().filter_map(|name| name.find(&needle)).min()
    };
    let mut found: Vec<_> = index
        .values(facet)
        .filter_map(|value| Some((place(value)? != 0, value)))
        .collect();
    found.sort();
    found.into_iter().map(|(_, value)| value).collect()
}
