//! Any text as a query: no panic, every complaint has its place, and what was understood is
//! written as a query that means the same. The first byte chooses language and calendar.
#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use sokhan::model::{Calendar, DaySpan};
use sokhan::query::typed::{Typed, parse, print};
use sokhan::query::{Facet, Filter, Index, counts, rows};
use sokhan::store::{Limits, Source, Store, load};
use sokhan::words::Lang;

/// 2024-07-11.
const TODAY: i32 = 19_915;
/// From the year 1000 of the Solar Hijri calendar on, days can be typed.
const FIRST_TYPED: i32 = -127_000;

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let bytes = include_bytes!("../../data/iran-russia.json");
    let source = Source::Bytes("sample", bytes.as_slice().into());
    let loaded = load(&source, &Limits::default()).expect("the sample is whole");
    Index::build(Arc::new(Store::from_records(loaded.header, loaded.events)))
});

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = data.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(bytes);
    let lang = if choice & 1 == 0 { Lang::Fa } else { Lang::En };
    let calendar = if choice & 2 == 0 {
        Calendar::Jalali
    } else {
        Calendar::Gregorian
    };
    let typed = parse(&text, &INDEX, TODAY, calendar);
    complaints(&text, &typed, lang);
    let found = rows(&INDEX, &typed.filter);
    assert!(found.len() <= INDEX.len());
    assert!(
        counts(&INDEX, &typed.filter, Facet::Leader)
            .iter()
            .all(|count| *count <= INDEX.len())
    );
    if typed.filter.days.is_none_or(can_be_typed) {
        again(&typed.filter, lang, calendar);
    }
});

fn complaints(text: &str, typed: &Typed, lang: Lang) {
    for problem in &typed.problems {
        assert!(text.get(problem.span.clone()).is_some(), "{problem:?}");
        let before = text[..problem.span.start].chars().count();
        assert_eq!(problem.column, before + 1);
        assert!(!problem.what.say(lang).is_empty());
    }
}

fn can_be_typed(days: DaySpan) -> bool {
    let typed = |day: i32| (FIRST_TYPED..2_000_000).contains(&day);
    (days.first == i32::MIN || typed(days.first)) && (days.last == i32::MAX || typed(days.last))
}

fn again(filter: &Filter, lang: Lang, calendar: Calendar) {
    let printed = print(&INDEX, filter, lang, calendar);
    let typed = parse(&printed, &INDEX, TODAY, calendar);
    assert!(typed.problems.is_empty(), "{printed:?} {typed:?}");
    assert_eq!(&typed.filter, filter, "{printed:?}");
}
