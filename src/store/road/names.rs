//! The names that one worker met, numbered as it met them; then one numbering for all workers.

use super::rows::Rows;
use super::scan;
use crate::store::columns::facts::{Fact, Table, Tables};
use crate::store::decode::Names as Ids;
use crate::store::json::raw::Raw;

/// Names of one table as they stand in the file, escapes and all.
#[derive(Debug, Default)]
struct Met {
    names: Rows,
    /// Where each was met first: the offset of its event.
    first: Vec<u64>,
}

impl Met {
    #[inline]
    fn row(&mut self, name: &[u8], event: u64) -> u32 {
        let row = self.names.row(name);
        if row as usize == self.first.len() {
            self.first.push(event);
        }
        row
    }
}

/// What one worker met.
#[derive(Debug, Default)]
pub(in crate::store) struct Names {
    tables: [Met; Table::ALL.len()],
}

impl Names {
    /// The worker's own number for `name` in `table`, met in the event at offset `event`. A place's
    /// name is its whole JSON value.
    #[inline]
    pub(in crate::store) fn fact(&mut self, table: Table, name: &[u8], event: u64) -> Fact {
        Fact::new(table, self.tables[table as usize].row(name, event))
    }
}

/// What one worker's numbers mean in the [`Tables`]; `None` for names that say nothing, such as a
/// tag of blanks.
#[derive(Debug, Default)]
pub(in crate::store) struct Meaning {
    rows: [Vec<Option<Fact>>; Table::ALL.len()],
}

impl Meaning {
    /// The fact for all that a worker's own `fact` stands for.
    #[inline]
    pub(in crate::store) fn of(&self, fact: Fact) -> Option<Fact> {
        let rows = &self.rows[fact.table() as usize];
        let meant = rows.get(fact.row() as usize).copied().flatten()?;
        Some(if fact.speaks() {
            meant.speaking()
        } else {
            meant
        })
    }
}

impl Meaning {
    /// The rows of the sources that were met.
    pub(in crate::store) fn sources(&self) -> impl Iterator<Item = u32> {
        let sources = self.rows[Table::Source as usize].iter();
        sources.filter_map(|fact| fact.map(Fact::row))
    }
}

/// Numbers what all workers met in the order of the file, whoever met it.
pub(in crate::store) fn settle(workers: &[Names], ids: &Ids, tables: &mut Tables) -> Vec<Meaning> {
    let unknown = |names: &Names| Meaning {
        rows: std::array::from_fn(|table| vec![None; names.tables[table].first.len()]),
    };
    let mut meanings: Vec<_> = workers.iter().map(unknown).collect();
    for table in Table::ALL {
        for (_, row, worker, name) in in_file_order(workers, table) {
            let place = meanings
                .get_mut(worker)
                .and_then(|meaning| meaning.rows[table as usize].get_mut(row as usize));
            if let Some(place) = place {
                *place = mean(table, name, ids, tables);
            }
        }
    }
    meanings
}

/// `(offset where first met, row, worker, name)` of all names in a table.
fn in_file_order(workers: &[Names], table: Table) -> Vec<(u64, u32, usize, &[u8])> {
    let mut met = Vec::new();
    for (worker, names) in workers.iter().enumerate() {
        let names = &names.tables[table as usize];
        for (row, first) in (0..).zip(&names.first) {
            met.push((*first, row, worker, names.names.name(row)));
        }
    }
    met.sort_unstable();
    met
}

/// The fact that `name` stands for; of two equal ids the first counts.
fn mean(table: Table, name: &[u8], ids: &Ids, tables: &mut Tables) -> Option<Fact> {
    if table == Table::Place {
        return tables.place(&scan::lang_text(name).unwrap_or_default());
    }
    let name = Raw::new(name).says();
    match table {
        Table::Actor => Some(tables.actor(&ids.actor(name.into_owned()))),
        Table::Source => Some(tables.source(&ids.source(name.into_owned()))),
        Table::Tag | Table::Place => tables.tag(&name),
    }
}
