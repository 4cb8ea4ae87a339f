//! Finding a value by a part of its name, in any script.

use super::pattern::Pattern;
use super::{Facet, Index, ValueId};

/// The values of `facet` whose name, alias or id has `typed` in it, folded; all for nothing typed.
/// Those that have it in exactly this spelling come first, then those with a name that begins with
/// it.
pub fn narrow(index: &Index, facet: Facet, typed: &str) -> Vec<ValueId> {
    let pattern = Pattern::new(typed);
    if pattern.is_empty() {
        return index.values(facet).collect();
    }
    let typed = typed.trim();
    let exact = |value| {
        let label = index.label(facet, value);
        label.iter().any(|(_, name)| name.contains(typed))
            || index
                .aliases(facet, value)
                .iter()
                .any(|name| name.contains(typed))
    };
    let found = index.names(facet).find(&pattern);
    let ranked = found
        .into_iter()
        .map(|(value, begins)| (!exact(value), !begins, value));
    let mut ranked: Vec<_> = ranked.collect();
    ranked.sort();
    ranked.into_iter().map(|(_, _, value)| value).collect()
}
