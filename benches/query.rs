//! Questions to an index: rows, counts, bars, words.
//! Run with `cargo bench --bench query`; for files of any size see `examples/measure.rs`.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use divan::Bencher;
use sokhan::model::DaySpan;
use sokhan::query::{Facet, Filter, Index, ValueId, counts, histogram, narrow, rows};
use sokhan::store::{Limits, Opening, Progress, Source};

#[path = "../examples/corpus/make.rs"]
mod make;

fn main() {
    divan::main();
}

/// 50,000 events with their texts; few or many actors.
fn index(many_actors: bool) -> &'static Index {
    static INDEXES: [OnceLock<Index>; 2] = [OnceLock::new(), OnceLock::new()];
    INDEXES[usize::from(many_actors)].get_or_init(|| {
        let actors = if many_actors { 100_000 } else { 200 };
        let options = make::Options {
            events: 50_000,
            actors,
            ..make::Options::default()
        };
        let mut text = Vec::new();
        make::write(&options, &mut text).expect("memory takes everything");
        let source = Source::Bytes("corpus", Cow::Owned(text));
        let opening = Opening::new(source, Limits::default()).expect("an event file");
        let store = opening.load(&Progress::default()).expect("an event file");
        let index = Index::build(Arc::new(store));
        index
            .read_texts(&Progress::default())
            .expect("text in memory");
        index
    })
}

fn first_leader() -> Filter {
    let mut filter = Filter::default();
    filter.toggle(Facet::Leader, ValueId(0));
    filter
}

#[divan::bench(args = [false, true])]
fn toggled_leader_with_all_counts(bencher: Bencher, many_actors: bool) {
    let (index, filter) = (index(many_actors), first_leader());
    bencher.bench(|| {
        (
            rows(index, &filter),
            Facet::ALL.map(|facet| counts(index, &filter, facet)),
        )
    });
}

#[divan::bench]
fn bars_of_a_wide_screen(bencher: Bencher) {
    let index = index(false);
    let rows = rows(index, &first_leader());
    bencher.bench(|| {
        histogram(
            index,
            &rows,
            DaySpan {
                first: 7305,
                last: 20_819,
            },
            200,
        )
    });
}

#[divan::bench(args = ["ا", "7", "اق", "اقتصاد", "بین المللی", "ژاپن"])]
fn search(bencher: Bencher, word: &str) {
    let index = index(false);
    bencher.bench(|| {
        index.forget_answers();
        index.search(word, &Progress::default())
    });
}

#[divan::bench(args = [false, true])]
fn names_with_two_letters(bencher: Bencher, many_actors: bool) {
    let index = index(many_actors);
    bencher.bench(|| narrow(index, Facet::Leader, "مر"));
}
