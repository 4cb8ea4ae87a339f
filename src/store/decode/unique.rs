//! Ids that stand twice: the second one gets a free one.

use std::collections::HashMap;

use super::reader::CUT;
use crate::store::json::Cursor;
use crate::store::problem::{Class, Problem};
use crate::text::clean_to;

/// The warning about the id `from` of the record that begins at `object`.
pub(in crate::store) fn duplicate(
    text: &[u8],
    object: usize,
    from: &str,
    to: &str,
    first: &str,
    path: &str,
) -> Problem {
    let value = Cursor::new(text, object).field("id");
    let at = value.map_or(object, |value| value.at());
    let (from, to) = (clean_to(from, CUT), clean_to(to, CUT));
    let what = format!("duplicate id `{from}`, which {first} has already; kept as `{to}`");
    let mut problem = Problem::of_file(Class::Duplicate, what).at(at);
    path.clone_into(&mut problem.path);
    problem
}

/// A record that gets another id.
pub(in crate::store) struct Renamed {
    /// Which one.
    pub(in crate::store) at: usize,
    /// The first one of its id.
    pub(in crate::store) first: usize,
    /// Its new id.
    pub(in crate::store) to: String,
}

/// The records whose id stands before already, and a free id for each: none of `ids`, and none that
/// `is_taken` by others.
pub(in crate::store) fn renamed<S: AsRef<str>>(
    ids: &[S],
    is_taken: impl Fn(&str) -> bool,
) -> Vec<Renamed> {
    let mut firsts: HashMap<&str, usize, foldhash::fast::RandomState> = HashMap::default();
    firsts.reserve(ids.len());
    let mut again = Vec::new();
    for (at, id) in ids.iter().enumerate() {
        let first = *firsts.entry(id.as_ref()).or_insert(at);
        if first != at {
            again.push((at, first, id.as_ref()));
        }
    }
    let mut next: HashMap<&str, usize> = HashMap::new();
    let free = again.into_iter().map(|(at, first, id)| {
        let number = next.entry(id).or_insert(2);
        let mut to = format!("{id}~{number}");
        while firsts.contains_key(to.as_str()) || is_taken(&to) {
            *number += 1;
            to = format!("{id}~{number}");
        }
        *number += 1;
        Renamed { at, first, to }
    });
    free.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new_ids(ids: &[&str]) -> Vec<(usize, String)> {
        renamed(ids, |_| false)
            .into_iter()
            .map(|again| (again.at, again.to))
            .collect()
    }

    #[test]
    fn the_first_keeps_its_id_and_the_others_get_free_ones() {
        assert!(new_ids(&["a", "b"]).is_empty());
        assert_eq!(new_ids(&["a", "a"]), [(1, "a~2".to_owned())]);
        let thrice = new_ids(&["a", "a~2", "a", "a"]);
        assert_eq!(thrice, [(2, "a~3".to_owned()), (3, "a~4".to_owned())]);
    }

    #[test]
    fn no_two_records_end_with_one_id() {
        let ids = ["a", "a", "a~2", "a~2", "a~2~2", "a", "a~3"];
        let mut all: Vec<String> = ids.map(str::to_owned).to_vec();
        for (at, to) in new_ids(&ids) {
            all[at] = to;
        }
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), ids.len());
    }
}
