//! Finding a value by a part of its name, in any script.

use super::{Facet, Index, ValueId};
use crate::text::fold::{Needle, fold_into};

/// The values of `facet` whose name, alias or id has `typed` in it, folded; all for nothing typed.
/// Those with a name that begins with it come first.
pub fn narrow(index: &Index, facet: Facet, typed: &str) -> Vec<ValueId> {
    let needle = Needle::new(typed);
    let place = |value| {
        names(index, facet, value)
            .filter_map(|name| find(&needle, &name))
            .min()
    };
    let found = index
        .values(facet)
        .filter_map(|value| Some((place(value)? != 0, value)));
    let mut found: Vec<_> = found.collect();
    found.sort();
    found.into_iter().map(|(_, value)| value).collect()
}

/// All spellings of a value, folded.
fn names(index: &Index, facet: Facet, value: ValueId) -> impl Iterator<Item = String> {
    let label = index.label(facet, value);
    let label: Vec<_> = label.iter().map(|(_, name)| name.to_owned()).collect();
    label
        .into_iter()
        .chain(index.aliases(facet, value))
        .map(|name| {
            let mut folded = String::new();
            fold_into(&name, &mut folded);
            folded
        })
}

fn find(needle: &Needle, name: &str) -> Option<usize> {
    if needle.is_empty() {
        return Some(0);
    }
    needle.find_in(name, 0).map(|range| range.start)
}
