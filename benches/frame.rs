//! What a frame of 200×50 costs, from a key to the last byte: the real state, the real screen, the
//! real encoders, a sink for a terminal.
//!
//! `cargo bench --bench frame [-- EVENTS]` compares 10,000 events with `EVENTS` (a million when not
//! told, 800 MB under `target`, which are removed). Goals: a frame (what is shown laid out, then
//! drawn: painted, compared, encoded, written) in 1 ms (p99) however many events there are (at most
//! 1.2 times as long), no byte for a state that did not change, one row scrolled in 10 KB; in a
//! quotation of 2,000 words 3 ms for its first frame, 0.6 ms for each row that it is scrolled by.
//! A filter switched is counted while it is laid out: for that frame the goal is of what is drawn.

#![expect(clippy::print_stdout, reason = "it prints a table")]
#![expect(clippy::disallowed_methods, reason = "it measures time")]

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ratatui::layout::Size;
use sokhan::app::{Colours, Extent, Msg, Settings, State, hurry, update};
use sokhan::query::Index;
use sokhan::shell::Screen;
use sokhan::shell::backend::Backend;
use sokhan::shell::encode::{Options, Strategy};
use sokhan::store::{Limits, Opening, Progress, Source};

#[path = "../examples/corpus/make.rs"]
mod make;

const SIZE: (u16, u16) = (200, 50);
/// Frames for each figure: p99 is the tenth slowest.
const ROUNDS: usize = 1000;
const STRATEGIES: [Strategy; 4] = [
    Strategy::Plain,
    Strategy::Explicit,
    Strategy::Boxed,
    Strategy::Unknown,
];

/// A way to go through the events: what is pressed before, and then over and over.
struct Walk {
    name: &'static str,
    before: &'static str,
    steps: &'static [(&'static str, usize)],
}

const WALKS: &[Walk] = &[
    Walk {
        name: "one row",
        before: "G space g space space",
        steps: &[("j", ROUNDS)],
    },
    Walk {
        name: "a page",
        before: "g",
        steps: &[("space", 150), ("pageup", 150)],
    },
    Walk {
        name: "facet",
        before: "g f j j",
        steps: &[("space", 1)],
    },
    Walk {
        name: "nothing",
        before: "g",
        steps: &[("", 1)],
    },
];

/// Between two events whose words are 2,000, and in one of them.
const QUOTATION: &[Walk] = &[
    Walk {
        name: "2,000 words: first",
        before: "G",
        steps: &[("K", 1), ("J", 1)],
    },
    Walk {
        name: "2,000 words: one row",
        before: "g enter",
        steps: &[("j", 60), ("k", 60)],
    },
];

fn main() {
    let many = std::env::args().find_map(|word| word.parse().ok());
    let all = [10_000, many.unwrap_or(1_000_000)].map(|events| (events, corpus(events)));
    println!("milliseconds, median and p99 of {ROUNDS} each; bytes of the longest frame\n");
    println!(
        "{:8} {:12} {:>8}  {:>13}  {:>13}  {:>13}  {:>6}  of the fewer",
        "", "", "events", "key", "frame", "drawn", "bytes"
    );
    for strategy in STRATEGIES {
        for walk in WALKS {
            let mut before = None;
            for (events, index) in &all {
                print!("{:8} {:12} {events:8}", strategy.name(), walk.name);
                let times = Reader::open(index, strategy).walk(walk);
                let frame = (times.frame, times.drawn);
                if let Some((frame, drawn)) = before.replace(frame) {
                    let of = |now: [f64; 2], then: [f64; 2]| now[0] / then[0];
                    let (frame, drawn) = (of(times.frame, frame), of(times.drawn, drawn));
                    print!("  frame {frame:.2}, drawn {drawn:.2}");
                }
                println!();
            }
        }
    }
    quotation();
}

/// Milliseconds of a walk: median and p99.
struct Times {
    /// What is shown laid out, and drawn.
    frame: [f64; 2],
    /// Painted, compared, encoded, written.
    drawn: [f64; 2],
}

/// The corpus in a file, which is gone when it is open: events are read from it again.
fn corpus(events: u64) -> Arc<Index> {
    let options = make::Options {
        events,
        ..make::Options::default()
    };
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("frame-{events}.jsonl"));
    let file = File::create(&path).expect("room on the disk");
    make::write(&options, &mut BufWriter::with_capacity(1 << 20, file)).expect("room on the disk");
    let index = index(Source::File(path.clone()));
    fs::remove_file(&path).expect("a file of ours");
    index
}

fn index(source: Source) -> Arc<Index> {
    let opening = Opening::new(source, Limits::default()).expect("an event file");
    let store = opening.load(&Progress::default()).expect("an event file");
    Arc::new(Index::build(Arc::new(store)))
}

/// The quotation's first frame, and scrolling through it.
fn quotation() {
    let words = "رئیس\u{200c}جمهور گفت: «روابط ما با ایران (۱۴۰۳) گسترش می\u{200c}یابد.» BRICS";
    let words: Vec<&str> = words.split(' ').cycle().take(2_000).collect();
    let event = |id, words: &str| {
        format!(
            r#"{{"id":"{id}","when":"2024-07-12","title":{{"fa":"یک"}},"statements":[{{"text":{{"fa":"{words}"}}}}]}}"#
        )
    };
    let lines = [
        r#"{"sokhan":1}"#.to_owned(),
        event("e0", &words.join(" ")),
        event("e1", &words[1..].join(" ")),
    ];
    let bytes = Cow::Owned(lines.join("\n").into_bytes());
    let index = index(Source::Bytes("quotation", bytes));
    for strategy in STRATEGIES {
        for walk in QUOTATION {
            print!("{:8} {:21}", strategy.name(), walk.name);
            Reader::open(&index, strategy).walk(walk);
            println!();
        }
    }
}

/// Somebody who has the program open in front of a sink.
struct Reader {
    state: State,
    screen: Screen<Backend<Counted>>,
}

impl Reader {
    fn open(index: &Arc<Index>, strategy: Strategy) -> Self {
        let settings = Settings {
            colours: Colours::True,
            ..Settings::default()
        };
        let size = || Ok(Size::new(SIZE.0, SIZE.1));
        let backend = Backend::with_size(Counted(0), strategy, Options::default(), size);
        let mut state = State::new(settings, SIZE);
        let loaded = Msg::Loaded {
            index: Arc::clone(index),
            warnings: Arc::default(),
            extent: Extent::Whole,
        };
        update(&mut state, loaded);
        Self {
            state,
            screen: Screen::new(backend),
        }
    }

    /// Goes a walk and prints what its frames cost.
    fn walk(&mut self, walk: &Walk) -> Times {
        for key in walk.before.split(' ') {
            self.step(key);
        }
        let steps = walk.steps.iter();
        let keys = steps.flat_map(|(key, times)| std::iter::repeat_n(*key, *times));
        let keys = keys.cycle().take(ROUNDS);
        let costs: Vec<Cost> = keys.map(|key| self.step(key)).collect();
        let most = costs.iter().map(|cost| cost.bytes).max().unwrap_or(0);
        assert!(
            walk.name != "nothing" || most == 0,
            "{most} bytes for nothing"
        );
        let middle_and_p99 = |part: fn(&Cost) -> Duration| {
            let mut times: Vec<Duration> = costs.iter().map(part).collect();
            times.sort();
            [times[ROUNDS / 2], times[ROUNDS * 99 / 100]].map(|time| time.as_secs_f64() * 1e3)
        };
        let key = middle_and_p99(|cost| cost.key);
        let frame = middle_and_p99(|cost| cost.laid + cost.drawn);
        let drawn = middle_and_p99(|cost| cost.drawn);
        for [middle, late] in [key, frame, drawn] {
            print!("  {middle:6.3} {late:6.3}");
        }
        print!("  {most:6}");
        Times { frame, drawn }
    }

    /// One key as the loop takes it (none for ""), and the frame behind it.
    fn step(&mut self, key: &str) -> Cost {
        let bytes = self.screen.backend().writer().0;
        let start = Instant::now();
        if !key.is_empty() {
            hurry(&mut self.state, Msg::Key(key.parse().expect("a key")));
        }
        let taken = Instant::now();
        self.state.settle();
        let laid = Instant::now();
        self.screen.draw(&self.state).expect("a sink takes it");
        Cost {
            drawn: laid.elapsed(),
            laid: laid.duration_since(taken),
            key: taken.duration_since(start),
            bytes: self.screen.backend().writer().0 - bytes,
        }
    }
}

/// What one key cost.
struct Cost {
    /// The key taken into the state.
    key: Duration,
    /// What is shown laid out.
    laid: Duration,
    /// Painted, compared with what is there, encoded, written.
    drawn: Duration,
    bytes: usize,
}

/// Counts what is written.
struct Counted(usize);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
