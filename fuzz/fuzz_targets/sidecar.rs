//! Damaged columns are refused, or sound: whatever is asked of them is answered.
//!
//! The input is the columns themselves, or, when its first byte is even, changes to the right
//! ones: two bytes of place and one to put there, again and again.

#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use sokhan::model::{DaySpan, EventId};
use sokhan::query::{Facet, Filter, Index, counts, histogram, rows};
use sokhan::store::{Limits, Opening, Progress, Source};

const TEXT: &str = r#"{"sokhan":1,"actors":[{"id":"a","kind":"person"},{"id":"m","kind":"media"}],"sources":[{"id":"s","publisher":"m"}]}
{"id":"1","when":"2024-07-11","title":"one","actors":["a","who"],"tags":["t","T "],"place":{"fa":"تهران","en":"Tehran"}}
{"id":"2","when":"1999","title":"two","statements":[{"speaker":"a","mode":"direct","text":"q","source":"s"},{"speaker":"b"}]}
7
{"id":"3","title":"three","sources":["nowhere"],"tags":["u"]}
{"id":"4","when":"../2001","title":"four","place":"Rasht"}
"#;

static OPENING: LazyLock<(Opening, Vec<u8>)> = LazyLock::new(|| {
    let source = Source::Bytes("fuzz", TEXT.as_bytes().into());
    let opening = Opening::new(source, Limits::default()).expect("an event file");
    let store = opening.load(&Progress::default()).expect("an event file");
    let packed = opening.pack(&store).expect("columns");
    (opening, packed)
});

fuzz_target!(|input: &[u8]| {
    let (opening, packed) = &*OPENING;
    let Some((kind, rest)) = input.split_first() else {
        return;
    };
    let mut columns = rest.to_vec();
    if kind % 2 == 0 {
        columns.clone_from(packed);
        for change in rest.chunks_exact(3) {
            let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % columns.len();
            columns[at] = change[2];
        }
    }
    if let Some(store) = opening.unpack(&columns) {
        ask(Index::build(Arc::new(store)));
    }
});

fn ask(index: Index) {
    let _ = index.read_texts(&Progress::default());
    for event in (0..index.len()).map(EventId) {
        let _ = (index.store().event(event), index.store().days(event));
        let _ = index.of_event(event, true);
    }
    let mut filter = Filter::default();
    for facet in Facet::ALL {
        for value in index.values(facet) {
            let _ = index.label(facet, value);
            filter.toggle(facet, value);
            let shown = rows(&index, &filter);
            let _ = (counts(&index, &filter, facet), shown.iter().count());
        }
    }
    filter.days = Some(DaySpan {
        first: -10_000,
        last: 20_000,
    });
    let shown = rows(&index, &filter);
    let span = DaySpan {
        first: i32::MIN,
        last: i32::MAX,
    };
    let _ = histogram(&index, &shown, span, 50);
    let _ = index.search("two", &Progress::default());
}
