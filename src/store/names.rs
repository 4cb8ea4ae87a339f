//! The names that one worker met, numbered as it met them; then one numbering for all workers.

use std::collections::HashMap;

use super::facts::{Fact, Table, Tables};
use super::raw::Raw;
use super::scan;
use crate::model::{ActorId, ActorRef, Header, SourceId, SourceRef};

/// Names of one table as they stand in the file, escapes and all.
#[derive(Debug, Default)]
struct Met {
    rows: HashMap<Box<[u8]>, u32, foldhash::fast::RandomState>,
    /// Where each was met first: the offset of its event.
    first: Vec<u64>,
}

impl Met {
    #[inline]
    fn row(&mut self, name: &[u8], event: u64) -> u32 {
        if let Some(row) = self.rows.get(name) {
            return *row;
        }
        let row = self.first.len() as u32;
        self.rows.insert(name.into(), row);
        self.first.push(event);
        row
    }
}

/// What one worker met.
#[derive(Debug, Default)]
pub(super) struct Names {
    tables: [Met; Table::ALL.len()],
}

impl Names {
    /// The worker's own number for `name` in `table`, met in the event at offset `event`. A place's
    /// name is its whole JSON value.
    #[inline]
    pub(super) fn fact(&mut self, table: Table, name: &[u8], event: u64) -> Fact {
        Fact::new(table, self.tables[table as usize].row(name, event))
    }
}

/// What one worker's numbers mean in the [`Tables`]; `None` for names that say nothing, such as a
/// tag of blanks.
#[derive(Debug, Default)]
pub(super) struct Meaning {
    rows: [Vec<Option<Fact>>; Table::ALL.len()],
}

impl Meaning {
    /// The fact for all that a worker's own `fact` stands for.
    #[inline]
    pub(super) fn of(&self, fact: Fact) -> Option<Fact> {
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
    pub(super) fn sources(&self) -> impl Iterator<Item = u32> {
        let sources = self.rows[Table::Source as usize].iter();
        sources.filter_map(|fact| fact.map(Fact::row))
    }
}

/// Numbers what all workers met in the order of the file, whoever met it.
pub(super) fn settle(workers: &[Names], header: &Header, tables: &mut Tables) -> Vec<Meaning> {
    let ids = Ids::new(header);
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
                *place = ids.mean(table, name, tables);
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
        for (name, row) in &names.rows {
            let first = names.first.get(*row as usize).copied().unwrap_or(0);
            met.push((first, *row, worker, &**name));
        }
    }
    met.sort_unstable();
    met
}

/// The header's ids; of two equal ones the first counts.
struct Ids<'a> {
    actors: HashMap<&'a str, ActorId>,
    sources: HashMap<&'a str, SourceId>,
}

impl<'a> Ids<'a> {
    fn new(header: &'a Header) -> Self {
        let mut ids = Self {
            actors: HashMap::new(),
            sources: HashMap::new(),
        };
        for (id, actor) in (0..).map(ActorId).zip(&header.actors) {
            ids.actors.entry(&actor.id).or_insert(id);
        }
        for (id, source) in (0..).map(SourceId).zip(&header.sources) {
            ids.sources.entry(&source.id).or_insert(id);
        }
        ids
    }

    fn mean(&self, table: Table, name: &[u8], tables: &mut Tables) -> Option<Fact> {
        if table == Table::Place {
            return tables.place(&scan::lang_text(name).unwrap_or_default());
        }
        let name = Raw::new(name).says();
        match table {
            Table::Actor => Some(tables.actor(&match self.actors.get(&*name) {
                Some(id) => ActorRef::Known(*id),
                None => ActorRef::Unknown(name.into_owned()),
            })),
            Table::Source => Some(tables.source(&match self.sources.get(&*name) {
                Some(id) => SourceRef::Known(*id),
                None => SourceRef::Unknown(name.into_owned()),
            })),
            Table::Tag | Table::Place => tables.tag(&name),
        }
    }
}
