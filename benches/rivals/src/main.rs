//! The road to the index, against what else one could take: `sonic-rs` with two threads, twice (its
//! lazy values, its typed records), and `serde_json` into owned records with one.
//!
//! ```text
//! RUSTFLAGS='-C target-cpu=native' cargo run --release \
//!     --manifest-path benches/rivals/Cargo.toml -- FILE [ESCAPED] [--rounds 7]
//! ```
//!
//! `FILE` is one of `examples/corpus` in the lines shape, `ESCAPED` the same events with `--escaped`.
//! All of them take turns in each round; medians are printed, with the ratio to ours. The
//! others have the file in memory and known to be UTF-8, take the shape of the corpus for granted,
//! look for no fault and keep no place to read events from again but offset and length: what they
//! reach is held against our index by counting. `sonic-rs` asks for `target-cpu=native`.

mod index;
mod serde_owned;
mod sonic;

use std::any::Any;
use std::hint::black_box;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use index::{Built, Header};
use rustix::time::{ClockId, clock_gettime};
use sokhan::query::{Facet, Filter, Index, counts};
use sokhan::store::{Limits, Opening, Progress, Source};

fn main() {
    let mut files = Vec::new();
    let mut rounds = 7;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        if arg == "--rounds" {
            let number = args.next().expect("a number");
            rounds = number.parse().expect("a number");
        } else {
            files.push(PathBuf::from(arg));
        }
    }
    let file = files.first().expect("the name of a file");
    let text = std::fs::read_to_string(file).expect("UTF-8");
    let (head, events) = text.split_once('\n').expect("lines");
    let header = &Header::read(head);
    let index = ours(file);
    hold_against(&index, &sonic::lazy(events, header));
    hold_against(&index, &sonic::typed(events, header));
    hold_against(&index, &serde_owned::read(events, header).0);
    drop(index);

    let mut ways: Vec<Way> = vec![
        Way::new("ours, from the file, 2 threads", || ours(file)),
        Way::new("sonic-rs, lazy values, 2 threads", || {
            sonic::lazy(events, header)
        }),
        Way::new("sonic-rs, typed, 2 threads", || {
            sonic::typed(events, header)
        }),
        Way::new("serde_json, owned, 1 thread", || {
            serde_owned::read(events, header)
        }),
        Way::new("only reading the file, 2 threads", || read_alone(file)),
    ];
    if let Some(escaped) = files.get(1) {
        ways.push(Way::new("ours, the escaped file", || ours(escaped)));
    }
    for _ in 0..rounds {
        ways.iter_mut().for_each(Way::go);
    }
    table(&ways, rounds);
    let spared = |ours: &[f64], lazy: &[f64], reading: &[f64]| {
        median(ours) / (median(lazy) + median(reading))
    };
    println!(
        "ours of sonic-rs lazy and the reading that it was spared: {:.2} by time, {:.2} by CPU",
        spared(&ways[0].wall, &ways[1].wall, &ways[4].wall),
        spared(&ways[0].cpu, &ways[1].cpu, &ways[4].cpu)
    );
    if let Some(escaped) = ways.get(5) {
        let wall = median(&escaped.wall) / median(&ways[0].wall);
        let cpu = median(&escaped.cpu) / median(&ways[0].cpu);
        println!("escaped: {wall:.2} × the time of the plain file, {cpu:.2} × the CPU");
    }
}

/// One of the ways, and what each round of it took.
struct Way<'a> {
    name: &'static str,
    /// What it makes is dropped when the clock has stopped.
    work: Box<dyn Fn() -> Box<dyn Any> + 'a>,
    /// Seconds.
    wall: Vec<f64>,
    /// Seconds of all threads together.
    cpu: Vec<f64>,
}

impl<'a> Way<'a> {
    fn new<T: 'static>(name: &'static str, work: impl Fn() -> T + 'a) -> Self {
        Self {
            name,
            work: Box::new(move || Box::new(work())),
            wall: Vec::new(),
            cpu: Vec::new(),
        }
    }

    fn go(&mut self) {
        let (start, before) = (Instant::now(), cpu());
        let made = black_box((self.work)());
        self.wall.push(start.elapsed().as_secs_f64());
        self.cpu.push(cpu() - before);
        drop(made);
    }
}

fn table(ways: &[Way<'_>], rounds: usize) {
    println!("medians of {rounds} rounds, in turn; ratios: ours of theirs");
    println!(
        "{:34} {:>8} {:>8}  {:>8} {:>8}",
        "", "wall s", "CPU s", "wall", "CPU"
    );
    let ours = (median(&ways[0].wall), median(&ways[0].cpu));
    for way in ways {
        let (wall, cpu) = (median(&way.wall), median(&way.cpu));
        println!(
            "{:34} {wall:8.3} {cpu:8.3}  {:8.2} {:8.2}",
            way.name,
            ours.0 / wall,
            ours.1 / cpu
        );
    }
}

fn median(times: &[f64]) -> f64 {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Seconds of CPU of this process.
fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

fn ours(file: &Path) -> Index {
    let source = Source::File(file.to_owned());
    let opening = Opening::new(source, Limits::default()).expect("an event file");
    let store = opening.load(&Progress::default()).expect("an event file");
    Index::build(Arc::new(store))
}

/// Brings the file in, a megabyte at a time, into memory that stays: what the others are spared.
fn read_alone(file: &Path) -> u64 {
    const WINDOW: u64 = 1 << 20;
    let file = std::fs::File::open(file).expect("a file");
    let length = file.metadata().expect("a file").len();
    let next = AtomicU64::new(0);
    let work = || {
        let mut window = vec![0; WINDOW as usize];
        let mut read = 0;
        loop {
            let at = next.fetch_add(WINDOW, Ordering::Relaxed);
            if at >= length {
                break read;
            }
            read += black_box(file.read_at(&mut window, at)).expect("readable") as u64;
        }
    };
    thread::scope(|scope| {
        let other = scope.spawn(work);
        work() + other.join().expect("a thread")
    })
}

/// Stops when the other index does not have the same events under as many values.
fn hold_against(ours: &Index, theirs: &Built) {
    let sum = |facets: &[Facet]| -> u64 {
        let of = |facet: &Facet| counts(ours, &Filter::default(), *facet);
        facets.iter().flat_map(of).map(u64::from).sum()
    };
    let actors: Vec<Facet> = Facet::ALL
        .into_iter()
        .filter(|facet| facet.of_actors())
        .collect();
    let have = [
        sum(&actors),
        sum(&[Facet::Source]),
        sum(&[Facet::Place]),
        sum(&[Facet::Tag]),
        sum(&[Facet::Mode]),
    ];
    assert_eq!((ours.len() as usize, have), (theirs.len(), theirs.filed()));
}
