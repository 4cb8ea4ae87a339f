//! Which events pass, and how many under each value.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Bits, Facet, Filter, Index, Pick, Rows};
use crate::model::{DaySpan, EventId};
use crate::store::Progress;

/// The events that pass the filter.
pub fn rows(index: &Index, filter: &Filter) -> Rows {
    match passing(index, filter, None) {
        Some(bits) => Rows::of(bits),
        None => Rows::All(index.len()),
    }
}

/// For each value of `facet`, in the order of [`Index::values`], how many events would be shown
/// under it: those that pass everything but this facet's own choice.
pub fn counts(index: &Index, filter: &Filter, facet: Facet) -> Vec<u32> {
    let postings = if filter.speaking_only && facet.of_actors() {
        &index.speaking
    } else {
        &index.any
    };
    let others = passing(index, filter, Some(facet));
    let count = |slot| match &others {
        Some(bits) => postings.count_in(slot, bits),
        None => postings.total(slot),
    };
    index.slots(facet).map(count).collect()
}

/// How many of `rows` begin in each of `bars` equal parts of `span`.
///
/// Both ends of `span` are inclusive. A bar can stand for a part of a day.
pub fn histogram(index: &Index, rows: &Rows, span: DaySpan, bars: usize) -> Vec<u32> {
    let first_days = index.store().all_days().first_days();
    let length = (i64::from(span.last) - i64::from(span.first) + 1).max(0);
    let before = |bar: usize| {
        let day = i64::from(span.first) + (length * bar as i64).div_euclid(bars as i64);
        let event = first_days.partition_point(|first| i64::from(*first) < day);
        rows.before(EventId(event as u32))
    };
    (0..bars).map(|bar| before(bar + 1) - before(bar)).collect()
}

/// The events that pass all but the choice in `but`; `None` when that is every event.
fn passing(index: &Index, filter: &Filter, but: Option<Facet>) -> Option<Bits> {
    if !filter.enabled {
        return None;
    }
    let mut passing = None;
    if let Some(days) = filter.days {
        narrow(&mut passing, within(index, days));
    }
    for term in &filter.text {
        let hits = hits(index, &term.typed);
        if term.without {
            passing
                .get_or_insert_with(|| Bits::all(index.len()))
                .drop(&hits);
        } else {
            narrow(&mut passing, (*hits).clone());
        }
    }
    for facet in Facet::ALL.into_iter().filter(|facet| Some(*facet) != but) {
        choose(index, filter, facet, &mut passing);
    }
    passing
}

/// The events that have `typed`, as far as texts are read. A store that holds its records is read
/// at the first search.
fn hits(index: &Index, typed: &str) -> Arc<Bits> {
    let progress = Progress::default();
    if index.store().is_held() {
        // Records in memory cannot fail to be read.
        let _ = index.read_texts(&progress);
    }
    let found = index.search(typed, &progress);
    found.map_or_else(|| Arc::new(Bits::none(index.len())), |found| found.bits)
}

/// Narrows to the choice in one facet.
fn choose(index: &Index, filter: &Filter, facet: Facet, passing: &mut Option<Bits>) {
    let Pick { include, exclude } = filter.pick(facet);
    let postings = if filter.speaking_only && facet.of_actors() {
        &index.speaking
    } else {
        &index.any
    };
    let under = |values: &BTreeSet<_>| {
        let mut bits = Bits::none(index.len());
        for value in values {
            postings.add_to(index.slot(facet, *value), &mut bits);
        }
        bits
    };
    if !include.is_empty() {
        narrow(passing, under(include));
    }
    if !exclude.is_empty() {
        passing
            .get_or_insert_with(|| Bits::all(index.len()))
            .drop(&under(exclude));
    }
}

fn narrow(passing: &mut Option<Bits>, to: Bits) {
    match passing {
        Some(bits) => bits.keep(&to),
        None => *passing = Some(to),
    }
}

/// The events that may have happened on one of `days`.
fn within(index: &Index, days: DaySpan) -> Bits {
    let (whole, before) = index.store().all_days().within(days);
    let mut bits = Bits::none(index.len());
    bits.insert_range(whole.start, whole.end);
    for event in before {
        bits.insert(event);
    }
    bits
}
