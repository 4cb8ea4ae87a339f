//! From the bytes of an event file to columns, index and search texts.
//! Run with `cargo bench --bench load`; for files of any size see `examples/measure.rs`.

use std::borrow::Cow;
use std::sync::Arc;

use divan::Bencher;
use divan::counter::BytesCount;
use sokhan::query::Index;
use sokhan::store::{Limits, Opening, Progress, Source, Store, load};

#[path = "../examples/corpus/make.rs"]
mod make;

fn main() {
    divan::main();
}

const EVENTS: [u64; 2] = [10_000, 50_000];

fn source(events: u64, document: bool, escaped: bool) -> (Source, usize) {
    let options = make::Options {
        events,
        document,
        escaped,
        ..make::Options::default()
    };
    let mut text = Vec::new();
    make::write(&options, &mut text).expect("memory takes everything");
    let length = text.len();
    (Source::Bytes("corpus", Cow::Owned(text)), length)
}

fn columns(source: Source) -> Arc<Store> {
    let opening = Opening::new(source, Limits::default()).expect("an event file");
    Arc::new(opening.load(&Progress::default()).expect("an event file"))
}

#[divan::bench(args = EVENTS)]
fn lines_to_index(bencher: Bencher, events: u64) {
    let (source, length) = source(events, false, false);
    bencher
        .counter(BytesCount::new(length))
        .bench(|| Index::build(columns(source.clone())));
}

#[divan::bench(args = EVENTS)]
fn document_to_index(bencher: Bencher, events: u64) {
    let (source, length) = source(events, true, false);
    bencher
        .counter(BytesCount::new(length))
        .bench(|| Index::build(columns(source.clone())));
}

#[divan::bench(args = EVENTS)]
fn escaped_lines_to_index(bencher: Bencher, events: u64) {
    let (source, length) = source(events, false, true);
    bencher
        .counter(BytesCount::new(length))
        .bench(|| Index::build(columns(source.clone())));
}

#[divan::bench(args = EVENTS)]
fn texts_and_checks(bencher: Bencher, events: u64) {
    let (source, length) = source(events, false, false);
    let store = columns(source);
    bencher
        .counter(BytesCount::new(length))
        .with_inputs(|| Index::build(Arc::clone(&store)))
        .bench_refs(|index| index.read_texts(&Progress::default()));
}

/// The decoder alone, all records in memory: what the fast road is measured against.
#[divan::bench(args = EVENTS)]
fn lines_to_records(bencher: Bencher, events: u64) {
    let (source, length) = source(events, false, false);
    bencher
        .counter(BytesCount::new(length))
        .bench(|| load(&source, &Limits::default()));
}

#[divan::bench]
fn first_screen_of_events(bencher: Bencher) {
    let (source, _) = source(10_000, false, false);
    let opening = Opening::new(source, Limits::default()).expect("an event file");
    bencher.bench(|| opening.preview());
}
