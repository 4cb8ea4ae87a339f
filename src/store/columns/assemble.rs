//! Batches of all workers become one set of columns in display order.

use std::collections::HashSet;
use std::ops::Range;

use super::days::Days;
use super::facts::{Fact, FactLists, Modes, Table, Tables, file_under};
use crate::model::{DaySpan, Header, SourceDocument};
use crate::store::both::both;
use crate::store::decode::Names as Ids;
use crate::store::road::batch::{Batch, Odd, Row, UNDATED};
use crate::store::road::names::{Meaning, Names, settle};

/// Everything about all events but their words.
#[derive(Debug, Default)]
pub(in crate::store) struct Columns {
    pub days: Days,
    pub facts: FactLists,
    pub modes: Vec<Modes>,
    pub tables: Tables,
    /// Where the JSON of each event begins, in display order.
    pub offsets: Vec<u64>,
    /// How long it is.
    pub lengths: Vec<u32>,
    /// Index in the file of each event, in display order.
    pub numbers: Vec<u32>,
    /// What lies between the events, in file order.
    pub odd: Vec<Odd>,
    /// Where the array of the events ends, in the document shape.
    pub end: Option<u64>,
}

/// Puts together what the workers did: for each one its names and its batches, each batch with its
/// place among all. `header` is that of the file, `ids` are those in it; other names are added to
/// `tables`.
pub(in crate::store) fn columns(
    workers: Vec<(Names, Vec<(usize, Batch)>)>,
    header: &Header,
    ids: &Ids,
    mut tables: Tables,
) -> Columns {
    let (names, batches): (Vec<_>, Vec<_>) = workers.into_iter().unzip();
    let meanings = settle(&names, ids, &mut tables);
    let publishers = publishers(header, &meanings, &mut tables);
    drop(names);
    let of_worker = |(batches, meaning): (Vec<(usize, Batch)>, &Meaning)| {
        let translate = |(place, batch)| (place, translated(batch, meaning, &publishers));
        batches.into_iter().map(translate).collect::<Vec<_>>()
    };
    let mut workers = batches.into_iter().zip(&meanings);
    // The first one's are done here: often there is no other.
    let first = workers.next();
    let mut batches: Vec<_> = std::thread::scope(|scope| {
        let others: Vec<_> = workers
            .map(|work| scope.spawn(|| of_worker(work)))
            .collect();
        let mut done = first.map(of_worker).unwrap_or_default();
        for other in others {
            done.extend(other.join().expect("a panic ends the program at once"));
        }
        done
    });
    batches.sort_by_key(|(place, _)| *place);
    let whole = joined(batches);
    in_order(&whole, tables)
}

/// The actor that published each source of the header that an event mentions.
fn publishers(header: &Header, meanings: &[Meaning], tables: &mut Tables) -> Vec<Option<Fact>> {
    let mentioned: HashSet<u32> = meanings.iter().flat_map(Meaning::sources).collect();
    let mut publisher = |(row, source): (u32, &SourceDocument)| {
        let publisher = source
            .publisher
            .as_ref()
            .filter(|_| mentioned.contains(&row))?;
        Some(tables.actor(publisher))
    };
    (0..).zip(&header.sources).map(&mut publisher).collect()
}

/// The batch with its facts numbered by the tables, each once in an event, publishers added.
fn translated(batch: Batch, meaning: &Meaning, publishers: &[Option<Fact>]) -> Batch {
    let mut facts = Vec::with_capacity(batch.facts.len());
    let mut rows = batch.rows;
    let mut from = 0;
    for row in &mut rows {
        let own = batch.facts.get(from..row.facts_end as usize).unwrap_or(&[]);
        from = row.facts_end as usize;
        let start = facts.len();
        for fact in own.iter().filter_map(|fact| meaning.of(*fact)) {
            file_under(&mut facts, start, fact);
            if fact.table() == Table::Source
                && let Some(Some(publisher)) = publishers.get(fact.row() as usize)
            {
                file_under(&mut facts, start, *publisher);
            }
        }
        row.facts_end = facts.len() as u32;
    }
    Batch {
        rows,
        facts,
        ..batch
    }
}

fn joined(batches: Vec<(usize, Batch)>) -> Batch {
    let sum = |of: fn(&Batch) -> usize| batches.iter().map(|(_, batch)| of(batch)).sum();
    let mut whole = Batch {
        rows: Vec::with_capacity(sum(|batch| batch.rows.len())),
        facts: Vec::with_capacity(sum(|batch| batch.facts.len())),
        ..Batch::default()
    };
    for (_, batch) in batches {
        let facts = whole.facts.len() as u32;
        let records = whole.records;
        whole.facts.extend_from_slice(&batch.facts);
        whole.rows.extend(batch.rows.iter().map(|row| Row {
            facts_end: row.facts_end + facts,
            number: row.number + records,
            ..*row
        }));
        let odd = batch.odd.iter();
        whole.odd.extend(odd.map(|odd| Odd {
            number: odd.number + records,
            ..*odd
        }));
        whole.records += batch.records;
    }
    whole
}

fn in_order(whole: &Batch, tables: Tables) -> Columns {
    let spans: Vec<_> = whole.rows.iter().map(|row| row.days).collect();
    let (days, order) = Days::sorted(&spans);
    drop(spans);
    let (one, other) = order.split_at(order.len() / 2);
    let (other, mut places) = both(
        order.len(),
        || Places::of(whole, other, (other.len(), &[])),
        || Places::of(whole, one, (order.len(), &whole.facts)),
    );
    places.append(other);
    let Places {
        facts,
        modes,
        offsets,
        lengths,
        numbers,
    } = places;
    let odd = whole.odd.clone();
    Columns {
        days,
        facts,
        modes,
        tables,
        offsets,
        lengths,
        numbers,
        odd,
        end: None,
    }
}

/// Rows that are fetched from all over before they are used: the next ones come while the first
/// are waited for.
const NEAR: usize = 64;

/// What the columns have of some events but their days, in display order.
struct Places {
    facts: FactLists,
    modes: Vec<Modes>,
    offsets: Vec<u64>,
    lengths: Vec<u32>,
    numbers: Vec<u32>,
}

impl Places {
    /// Those of `order`, which are places in `whole`; with room for so many events and these facts.
    /// Rows that are neighbours here are far apart there, so each is visited once.
    fn of(whole: &Batch, order: &[u32], (events, facts): (usize, &[Fact])) -> Self {
        let mut places = Self {
            facts: FactLists::with_room(events, facts),
            modes: Vec::with_capacity(events),
            offsets: Vec::with_capacity(events),
            lengths: Vec::with_capacity(events),
            numbers: Vec::with_capacity(events),
        };
        let mut near = Vec::with_capacity(NEAR);
        for order in order.chunks(NEAR) {
            near.clear();
            let rows = order.iter().filter_map(|at| whole.rows.get(*at as usize));
            near.extend(rows.zip(order).map(|(row, at)| (*row, range(whole, *at))));
            for (row, facts) in &near {
                places.offsets.push(row.offset);
                places.lengths.push(row.length);
                places.numbers.push(row.number);
                places.modes.push(row.modes);
                let own = whole.facts.get(facts.clone()).unwrap_or(&[]);
                places.facts.push(own.iter().copied());
            }
        }
        places
    }

    fn append(&mut self, other: Self) {
        self.facts.append(&other.facts);
        self.modes.extend(other.modes);
        self.offsets.extend(other.offsets);
        self.lengths.extend(other.lengths);
        self.numbers.extend(other.numbers);
    }
}

fn range(whole: &Batch, number: u32) -> Range<usize> {
    let end = |at: usize| whole.rows.get(at).map_or(0, |row| row.facts_end as usize);
    let start = (number as usize).checked_sub(1).map_or(0, end);
    start..end(number as usize)
}

/// An event's days as the columns hold them.
pub(in crate::store) fn span(days: Option<DaySpan>) -> DaySpan {
    days.unwrap_or(UNDATED)
}
