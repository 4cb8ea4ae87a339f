//! Measures the engine on an event file: loading, filters, searches, memory.
//!
//! `cargo run --release --example measure -- FILE [ROUNDS]`
//!
//! Prints the quickest round, the median of ROUNDS (7 when not told) and the slowest, in
//! milliseconds, and the program's own memory in megabytes.

#![expect(clippy::print_stdout, reason = "an example that prints a table")]
#![expect(clippy::disallowed_methods, reason = "it measures time")]

use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sokhan::model::DaySpan;
use sokhan::query::{Facet, Filter, Index, Term, ValueId, counts, histogram, rows};
use sokhan::store::{Limits, Opening, Progress, Source, Store};

fn main() {
    let mut args = std::env::args().skip(1);
    let file = PathBuf::from(args.next().expect("the name of a file"));
    let rounds: usize = args
        .next()
        .map_or(7, |rounds| rounds.parse().expect("a number"));
    let open =
        || Opening::new(Source::File(file.clone()), Limits::default()).expect("a readable file");
    let load = |opening: &Opening| -> Arc<Store> {
        Arc::new(opening.load(&Progress::default()).expect("an event file"))
    };
    memory("at the start");
    let index = once("columns and index", || Index::build(load(&open())));
    memory("after the index");
    once("search text", || {
        index
            .read_texts(&Progress::default())
            .expect("the file as it was");
    });
    memory("after the search text");
    println!(
        "{} events, {} warnings",
        index.len(),
        index.store().warnings().total()
    );
    if rounds == 0 {
        return;
    }
    time("preview of the first events", rounds, || open().preview());
    sidecar(&open(), index.store(), rounds);
    time("columns", rounds, || load(&open()));
    time("columns and index", rounds, || Index::build(load(&open())));
    queries(&index, rounds);
}

fn sidecar(opening: &Opening, store: &Store, rounds: usize) {
    let packed = opening.pack(store).expect("columns");
    println!("{:<44} {:>9.1} MB", "sidecar", packed.len() as f64 / 1e6);
    time("sidecar written", rounds, || opening.pack(store));
    time("columns from the sidecar", rounds, || {
        opening.unpack(&packed)
    });
    let back = Arc::new(opening.unpack(&packed).expect("columns"));
    time("index of columns that are there", rounds, || {
        Index::build(Arc::clone(&back))
    });
}

fn queries(index: &Index, rounds: usize) {
    let with = |facet: Facet, value: u32| {
        let mut filter = Filter::default();
        filter.toggle(facet, ValueId(value));
        filter
    };
    let mut ten_years = Filter::default();
    ten_years.days = Some(DaySpan {
        first: 10_957,
        last: 14_609,
    });
    let all_counts = |filter: &Filter| {
        let rows = rows(index, filter);
        (
            rows.len(),
            Facet::ALL.map(|facet| counts(index, filter, facet)),
        )
    };
    for (name, filter) in [
        ("no filter", Filter::default()),
        ("the first leader", with(Facet::Leader, 0)),
        (
            "the last leader",
            with(Facet::Leader, index.values(Facet::Leader).len() as u32 - 1),
        ),
        ("a tag", with(Facet::Tag, 1)),
        ("ten years", ten_years),
    ] {
        time(&format!("rows and all counts: {name}"), rounds * 5, || {
            all_counts(&filter)
        });
    }
    let shown = rows(index, &with(Facet::Leader, 0));
    let span = DaySpan {
        first: 7305,
        last: 20_819,
    };
    time("histogram of 200 bars", rounds * 5, || {
        histogram(index, &shown, span, 200)
    });
    for word in [
        "ا",
        "j",
        "x",
        "اق",
        "اقتصاد",
        "رئیس جمهور",
        "بین المللی",
        "ژاپن",
        "1",
        "تا هم نیز",
    ] {
        let count = index
            .search(word, &Progress::default())
            .map_or(0, |found| found.bits.count());
        time(&format!("search {word} ({count})"), rounds, || {
            index.forget_answers();
            index.search(word, &Progress::default())
        });
    }
    let mut filter = Filter::default();
    filter.text.push(Term::new("اقتصاد"));
    time("rows and all counts: words", rounds * 5, || {
        all_counts(&filter)
    });
    let mut event = 0;
    time("an event from the file", rounds * 100, || {
        event = (event + 7919) % index.len();
        index
            .store()
            .event(sokhan::model::EventId(event))
            .expect("an event")
    });
}

/// Prints the time and the seconds of CPU that `work` takes.
fn once<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let (start, before) = (Instant::now(), cpu());
    let done = work();
    let (time, cpu) = (ms(start.elapsed()), cpu() - before);
    println!(
        "{:<44} {time:>9.1} {cpu:>9.2} s of CPU",
        format!("{name}, once")
    );
    done
}

fn time<T>(name: &str, rounds: usize, mut work: impl FnMut() -> T) {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        })
        .collect();
    times.sort();
    let middle = times[times.len() / 2];
    println!(
        "{name:<44} {:>9.3} {:>9.3} {:>9.3}",
        ms(times[0]),
        ms(middle),
        ms(times[times.len() - 1])
    );
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// What the system says of this process: anonymous memory now, and the most there was in all.
fn memory(when: &str) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    let megabytes = |name| of(name).unwrap_or(0) / 1024;
    println!(
        "memory {when}: {} MB, peak {} MB",
        megabytes("RssAnon:"),
        megabytes("VmHWM:")
    );
}

/// Seconds of CPU that this process has used, all threads together.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or("").split_whitespace();
    let ticks = fields
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}
