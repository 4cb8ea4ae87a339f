//! Names numbered in the order they were met. Their bytes lie one behind the other: a hundred
//! thousand names are three allocations.

use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// Different names, each with its number.
#[derive(Debug, Default)]
pub(in crate::store) struct Rows {
    bytes: Vec<u8>,
    /// Where each name ends.
    ends: Vec<usize>,
    /// The numbers, to be found by their names.
    table: HashTable<u32>,
    hashes: RandomState,
}

impl Rows {
    /// Room for `count` names.
    pub(in crate::store) fn with_capacity(count: usize) -> Self {
        Self {
            ends: Vec::with_capacity(count),
            table: HashTable::with_capacity(count),
            ..Self::default()
        }
    }

    /// How many names.
    pub(in crate::store) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The name of that number; empty when there is none.
    pub(in crate::store) fn name(&self, row: u32) -> &[u8] {
        self.bytes.get(range(&self.ends, row)).unwrap_or(&[])
    }

    /// The number of `name`, if it was met.
    #[inline]
    pub(in crate::store) fn find(&self, name: &[u8]) -> Option<u32> {
        let hash = self.hashes.hash_one(name);
        let found = self.table.find(hash, |row| self.name(*row) == name);
        found.copied()
    }

    /// The number of `name`, which is a new one when it was not met before.
    #[inline]
    pub(in crate::store) fn row(&mut self, name: &[u8]) -> u32 {
        self.find(name).unwrap_or_else(|| self.add(name))
    }

    /// Gives `name` a number of its own. When it stands twice, the first is found.
    pub(in crate::store) fn push(&mut self, name: &[u8]) {
        if self.find(name).is_none() {
            self.add(name);
        } else {
            self.bytes.extend_from_slice(name);
            self.ends.push(self.bytes.len());
        }
    }

    fn add(&mut self, name: &[u8]) -> u32 {
        let row = self.ends.len() as u32;
        self.bytes.extend_from_slice(name);
        self.ends.push(self.bytes.len());
        let Self {
            bytes,
            ends,
            table,
            hashes,
        } = self;
        let hash = |row: &u32| hashes.hash_one(bytes.get(range(ends, *row)).unwrap_or(&[]));
        table.insert_unique(hash(&row), row, hash);
        row
    }
}

/// Where the bytes of a name are.
fn range(ends: &[usize], row: u32) -> Range<usize> {
    let end = |row: usize| ends.get(row).copied().unwrap_or(0);
    let row = row as usize;
    row.checked_sub(1).map_or(0, end)..end(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_number_however_many_there_are() {
        let names: Vec<String> = (0..5000).map(|number| format!("name {number}")).collect();
        let mut rows = Rows::with_capacity(1);
        assert_eq!(rows.find(b""), None);
        for _ in 0..2 {
            for (row, name) in (0..).zip(&names) {
                assert_eq!(rows.row(name.as_bytes()), row);
                assert_eq!(rows.name(row), name.as_bytes());
            }
        }
        assert_eq!(rows.len(), names.len());
        assert_eq!(rows.row(b""), 5000, "an empty one is one too");
        assert_eq!(rows.find(b"name 77"), Some(77));
        assert_eq!(rows.find(b"name"), None);
        assert_eq!(rows.name(6000), b"");
        rows.push(b"name 77");
        rows.push(b"after");
        assert_eq!(
            (rows.find(b"name 77"), rows.find(b"after")),
            (Some(77), Some(5002))
        );
    }
}
