//! Facet values and the events under each.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::names::Names;
use super::postings::{Pairs, Postings};
use super::search::Search;
use super::{Facet, ValueId, facet};
use crate::model::{EventId, LangText, Mode};
use crate::store::{Fact, Store, Table, both, place_key};

/// A value that no event can lie under.
const NO_SLOT: u32 = u32::MAX;

/// Answers questions about a [`Store`]: which events, how many, under what.
///
/// A slot is a value of any facet: the facets' values stand one behind the other.
pub struct Index {
    store: Arc<Store>,
    /// The row of a table behind each slot.
    rows: Vec<u32>,
    /// The slots of each facet.
    slots: [Range<u32>; Facet::ALL.len()],
    /// The slot of each row of the store's tables, one table behind the other.
    by_row: Vec<u32>,
    /// Where each table begins there.
    tables: [u32; Table::ALL.len()],
    pub(super) any: Postings,
    pub(super) speaking: Postings,
    pub(super) search: Search,
    names: [OnceLock<Names>; Facet::ALL.len()],
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Index of {} events", self.len())
    }
}

impl Index {
    /// Builds the index: two passes over the facts.
    pub fn build(store: Arc<Store>) -> Self {
        let mut index = Self::unfiled(store, Search::default());
        let (count, len) = (index.rows.len() as u32, index.len());
        let build = |speaking| {
            let index = &index;
            Postings::build(count, len, &Filed { index, speaking })
        };
        let (speaking, any) = both(len as usize, || build(true), || build(false));
        (index.any, index.speaking) = (any, speaking);
        index
    }

    /// An index that knows the values, but nothing that lies under them.
    pub(super) fn unfiled(store: Arc<Store>, search: Search) -> Self {
        let (rows, slots) = lay_slots(&store);
        let (by_row, tables) = lay_rows(&store, &rows, &slots);
        Self {
            search,
            names: Default::default(),
            store,
            any: Postings::default(),
            speaking: Postings::default(),
            rows,
            slots,
            by_row,
            tables,
        }
    }

    /// The events.
    pub fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// How many events.
    pub fn len(&self) -> u32 {
        self.store.len() as u32
    }

    /// True without events.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The values of a facet, in the order the file names them.
    pub fn values(&self, facet: Facet) -> impl ExactSizeIterator<Item = ValueId> + use<> {
        (0..self.slots[facet.number()].len() as u32).map(ValueId)
    }

    /// The name of a value; its id where the file gives no name.
    pub fn label(&self, facet: Facet, value: ValueId) -> LangText {
        let Some(row) = self.row(facet, value) else {
            return LangText::default();
        };
        let tables = self.store.tables();
        let header = self.store.header();
        match facet {
            Facet::Mode => mode_label(row),
            Facet::Place => tables
                .places
                .values()
                .get(row as usize)
                .cloned()
                .unwrap_or_default(),
            Facet::Tag => untagged(tables.tags.values().get(row as usize)),
            Facet::Source => match header.sources.get(row as usize) {
                Some(source) if source.title.is_empty() => LangText::untagged(&source.id),
                Some(source) => source.title.clone(),
                None => {
                    let row = row - tables.known_sources.min(row);
                    untagged(tables.unknown_sources.values().get(row as usize))
                }
            },
            Facet::Leader | Facet::Organization | Facet::State | Facet::Media | Facet::Other => {
                match header.actors.get(row as usize) {
                    Some(actor) if actor.name.is_empty() => LangText::untagged(&actor.id),
                    Some(actor) => actor.name.clone(),
                    None => {
                        let row = row - tables.known_actors.min(row);
                        untagged(tables.unknown_actors.values().get(row as usize))
                    }
                }
            }
        }
    }

    /// Other spellings of a value.
    pub fn aliases(&self, facet: Facet, value: ValueId) -> &[String] {
        let row = self.row(facet, value).filter(|_| facet.of_actors());
        let actor = row.and_then(|row| self.store.header().actors.get(row as usize));
        actor.map_or(&[], |actor| &actor.aliases)
    }

    /// The id of an actor or a source that the file defines.
    pub fn id(&self, facet: Facet, value: ValueId) -> Option<&str> {
        let row = self.row(facet, value)? as usize;
        let header = self.store.header();
        match facet {
            Facet::Source => header.sources.get(row).map(|source| &*source.id),
            Facet::Place | Facet::Tag | Facet::Mode => None,
            Facet::Leader | Facet::Organization | Facet::State | Facet::Media | Facet::Other => {
                header.actors.get(row).map(|actor| &*actor.id)
            }
        }
    }

    /// The value that an actor of the header is, and its facet.
    pub fn of_actor(&self, actor: crate::model::ActorId) -> Option<(Facet, ValueId)> {
        self.of_slot(self.slot_of(Fact::new(Table::Actor, actor.0)))
    }

    /// The values that an event lies under; for actors, where they speak if `speaking`.
    pub fn of_event(&self, event: EventId, speaking: bool) -> Vec<(Facet, ValueId)> {
        let facts = self.store.facts().of(event.0 as usize);
        let facts = facts.filter(|fact| !speaking || fact.table() != Table::Actor || fact.speaks());
        let slots = facts
            .map(|fact| self.slot_of(fact))
            .chain(self.mode_slots(event));
        slots.filter_map(|slot| self.of_slot(slot)).collect()
    }

    /// The names of a facet's values, folded when they are first asked for.
    pub(super) fn names(&self, facet: Facet) -> &Names {
        self.names[facet.number()].get_or_init(|| Names::of(self, facet))
    }

    /// True when [`Self::names`] are folded.
    #[cfg(test)]
    pub(super) fn has_names(&self, facet: Facet) -> bool {
        self.names[facet.number()].get().is_some()
    }

    /// What a value stands for, whatever the index.
    pub(super) fn key(&self, facet: Facet, value: ValueId) -> Option<String> {
        let label = || place_key(&self.label(facet, value));
        self.id(facet, value).map(str::to_owned).or_else(label)
    }

    /// The value that stands for `key`.
    pub(super) fn find(&self, facet: Facet, key: &str) -> Option<ValueId> {
        self.values(facet)
            .find(|value| self.key(facet, *value).as_deref() == Some(key))
    }

    /// All slots of a facet.
    pub(super) fn slots(&self, facet: Facet) -> Range<u32> {
        self.slots[facet.number()].clone()
    }

    /// The slot of a value; one that nothing lies under when there is no such value.
    pub(super) fn slot(&self, facet: Facet, value: ValueId) -> u32 {
        let slots = &self.slots[facet.number()];
        let slot = slots.start.saturating_add(value.0);
        if slots.contains(&slot) { slot } else { NO_SLOT }
    }

    fn mode_slots(&self, event: EventId) -> impl Iterator<Item = u32> {
        let modes = self.store.modes(event);
        let start = self.slots[Facet::Mode.number()].start;
        let here = Mode::ALL
            .into_iter()
            .filter(move |mode| modes.contains(*mode));
        here.map(move |mode| start + mode as u32)
    }

    #[inline]
    fn slot_of(&self, fact: Fact) -> u32 {
        let row = self.tables[fact.table() as usize] + fact.row();
        self.by_row.get(row as usize).copied().unwrap_or(NO_SLOT)
    }

    fn of_slot(&self, slot: u32) -> Option<(Facet, ValueId)> {
        let facet = Facet::ALL
            .into_iter()
            .find(|facet| self.slots(*facet).contains(&slot))?;
        Some((facet, ValueId(slot - self.slots(facet).start)))
    }

    fn row(&self, facet: Facet, value: ValueId) -> Option<u32> {
        self.rows.get(self.slot(facet, value) as usize).copied()
    }
}

/// Under which slots the events lie; by their speakers alone, if `speaking`.
pub(super) struct Filed<'a> {
    pub index: &'a Index,
    pub speaking: bool,
}

impl Filed<'_> {
    /// Calls `file` with each slot that `event` lies under.
    pub(super) fn of(&self, event: EventId, file: impl FnMut(u32)) {
        let Self { index, speaking } = self;
        let facts = index.store.facts().of(event.0 as usize);
        let facts = facts.filter(|fact| !speaking || fact.speaks());
        let modes = index.mode_slots(event).filter(|_| !speaking);
        facts
            .map(|fact| index.slot_of(fact))
            .chain(modes)
            .for_each(file);
    }
}

impl Pairs for Filed<'_> {
    fn each(&self, mut file: impl FnMut(u32, EventId)) {
        let Self { index, speaking } = self;
        index.store.facts().each(|event, fact| {
            if !speaking || fact.speaks() {
                file(index.slot_of(fact), EventId(event as u32));
            }
        });
        let modes = (0..index.len()).filter(|_| !speaking).map(EventId);
        modes.for_each(|event| index.mode_slots(event).for_each(|slot| file(slot, event)));
    }
}

/// Gives every value a slot: the rows behind the slots, the facets' slots.
fn lay_slots(store: &Store) -> (Vec<u32>, [Range<u32>; Facet::ALL.len()]) {
    let mut by_facet: HashMap<Facet, Vec<u32>> = HashMap::new();
    let header = store.header();
    for row in 0..store.tables().rows(Table::Actor) {
        let kind = header.actors.get(row as usize).map(|actor| actor.kind);
        let facet = kind.map_or(Facet::Other, Facet::of_kind);
        by_facet.entry(facet).or_default().push(row);
    }
    let tables = [
        (Facet::Source, Table::Source),
        (Facet::Place, Table::Place),
        (Facet::Tag, Table::Tag),
    ];
    for (facet, table) in tables {
        by_facet.insert(facet, (0..store.tables().rows(table)).collect());
    }
    by_facet.insert(Facet::Mode, (0..Mode::ALL.len() as u32).collect());
    let mut rows = Vec::new();
    let slots = Facet::ALL.map(|facet| {
        let start = rows.len() as u32;
        rows.extend(by_facet.remove(&facet).unwrap_or_default());
        start..rows.len() as u32
    });
    (rows, slots)
}

/// The slot of each row, and where each table's rows begin.
fn lay_rows(
    store: &Store,
    rows: &[u32],
    slots: &[Range<u32>; Facet::ALL.len()],
) -> (Vec<u32>, [u32; Table::ALL.len()]) {
    let mut sum = 0;
    let tables = Table::ALL.map(|table| {
        let start = sum;
        sum += store.tables().rows(table);
        start
    });
    let mut by_row = vec![NO_SLOT; sum as usize];
    for facet in Facet::ALL {
        let table = match facet {
            Facet::Source => Table::Source,
            Facet::Place => Table::Place,
            Facet::Tag => Table::Tag,
            Facet::Mode => continue,
            Facet::Leader | Facet::Organization | Facet::State | Facet::Media | Facet::Other => {
                Table::Actor
            }
        };
        for slot in slots[facet.number()].clone() {
            let row = rows.get(slot as usize).copied().unwrap_or(NO_SLOT);
            let place = tables[table as usize].saturating_add(row) as usize;
            if let Some(place) = by_row.get_mut(place) {
                *place = slot;
            }
        }
    }
    (by_row, tables)
}

fn untagged(text: Option<&String>) -> LangText {
    text.map(LangText::untagged).unwrap_or_default()
}

fn mode_label(row: u32) -> LangText {
    let mode = Mode::ALL
        .get(row as usize)
        .copied()
        .unwrap_or(Mode::Unspecified);
    let (en, fa) = facet::mode_names(mode);
    LangText::from_iter([("en", en), ("fa", fa)])
}
