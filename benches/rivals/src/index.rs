//! The index that all the others end in: columns in the order of days, and for each actor, source,
//! place, tag and mode the events that lie under it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use foldhash::fast::RandomState;

/// The tables that a fact's number points into: actors, sources, places, tags, modes.
const TABLES: usize = 5;
const SPEAKS: u32 = 1 << 28;
const ROW: u32 = SPEAKS - 1;

/// Names and their numbers.
type Numbers = HashMap<String, u32, RandomState>;

/// Who and what the file defines.
pub struct Header {
    actors: Numbers,
    sources: Numbers,
}

impl Header {
    /// Reads the first line.
    pub fn read(line: &str) -> Self {
        let head: serde_json::Value = serde_json::from_str(line).expect("a header");
        let ids = |list: &str| {
            let records = head[list].as_array().into_iter().flatten();
            let ids = records.filter_map(|record| record["id"].as_str());
            ids.zip(0..).map(|(id, row)| (id.to_owned(), row)).collect()
        };
        Self {
            actors: ids("actors"),
            sources: ids("sources"),
        }
    }
}

/// Places and tags as one thread met them.
#[derive(Default)]
pub struct Met {
    places: Numbers,
    tags: Numbers,
}

/// The events of a stretch, in the order of the file.
#[derive(Default)]
pub struct Part {
    days: Vec<i32>,
    offsets: Vec<u64>,
    lengths: Vec<u32>,
    /// Where each event's facts end.
    ends: Vec<u32>,
    facts: Vec<u32>,
}

/// Takes in what one event says.
pub struct Event<'a> {
    header: &'a Header,
    met: &'a mut Met,
    part: &'a mut Part,
    first: usize,
}

impl<'a> Event<'a> {
    /// An event at a place of the file.
    pub fn at(
        offset: usize,
        length: usize,
        header: &'a Header,
        met: &'a mut Met,
        part: &'a mut Part,
    ) -> Self {
        part.days.push(i32::MAX);
        part.offsets.push(offset as u64);
        part.lengths.push(length as u32);
        part.ends.push(part.facts.len() as u32);
        let first = part.facts.len();
        Self {
            header,
            met,
            part,
            first,
        }
    }

    /// Its day, as `YYYY-MM-DD`.
    pub fn when(&mut self, written: &str) {
        *self.part.days.last_mut().expect("an event") = day(written);
    }

    pub fn actor(&mut self, id: &str, speaks: bool) {
        if let Some(row) = self.header.actors.get(id) {
            self.file(0, row | if speaks { SPEAKS } else { 0 });
        }
    }

    pub fn source(&mut self, id: &str) {
        if let Some(row) = self.header.sources.get(id) {
            self.file(1, *row);
        }
    }

    pub fn place(&mut self, name: &str) {
        let row = number(&mut self.met.places, name);
        self.file(2, row);
    }

    pub fn tag(&mut self, name: &str) {
        let row = number(&mut self.met.tags, name);
        self.file(3, row);
    }

    pub fn mode(&mut self, name: &str) {
        let modes = ["direct", "reported", "partial", "headline"];
        let row = modes.iter().position(|mode| *mode == name);
        self.file(4, row.unwrap_or(modes.len()) as u32);
    }

    /// Each row of a table stands once in an event's list.
    fn file(&mut self, table: u32, row: u32) {
        let fact = table << 29 | row;
        let same = |have: &&mut u32| **have & !SPEAKS == fact & !SPEAKS;
        match self.part.facts[self.first..].iter_mut().find(same) {
            Some(have) => *have |= fact & SPEAKS,
            None => self.part.facts.push(fact),
        }
        *self.part.ends.last_mut().expect("an event") = self.part.facts.len() as u32;
    }
}

fn number(met: &mut Numbers, name: &str) -> u32 {
    if let Some(row) = met.get(name) {
        return *row;
    }
    let row = met.len() as u32;
    met.insert(name.to_owned(), row);
    row
}

/// Days from 1970-01-01.
fn day(written: &str) -> i32 {
    let part = |range: Range<usize>| written.get(range)?.parse::<i32>().ok();
    let (Some(year), Some(month), Some(day)) = (part(0..4), part(5..7), part(8..10)) else {
        return i32::MAX;
    };
    // As Hinnant has it: years begin with March.
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Reads `events` with two threads that claim one stretch after the other.
pub fn with_two(
    events: &str,
    header: &Header,
    read: impl Fn(&str, Range<usize>, &Header, &mut Met, &mut Part) + Sync,
) -> Built {
    const STRETCH: usize = 1 << 20;
    let next = AtomicUsize::new(0);
    let bytes = events.as_bytes();
    let line_from = |at: usize| {
        let before = at.saturating_sub(1);
        let rest = bytes.get(before..).unwrap_or_default();
        match memchr::memchr(b'\n', rest) {
            _ if at == 0 => 0,
            Some(end) => before + end + 1,
            None => bytes.len(),
        }
    };
    let work = || {
        let (mut met, mut parts) = (Met::default(), Vec::new());
        loop {
            let at = next.fetch_add(STRETCH, Ordering::Relaxed);
            if at >= bytes.len() {
                break (met, parts);
            }
            let mut part = Part::default();
            let stretch = line_from(at)..line_from(at + STRETCH);
            read(events, stretch, header, &mut met, &mut part);
            parts.push((at, part));
        }
    };
    let (one, other) = thread::scope(|scope| {
        let other = scope.spawn(work);
        (work(), other.join().expect("a thread"))
    });
    build(vec![one, other], header, true)
}

/// Columns in the order of days, and postings.
#[expect(dead_code, reason = "made to be measured, not to be asked")]
pub struct Built {
    days: Vec<i32>,
    offsets: Vec<u64>,
    lengths: Vec<u32>,
    numbers: Vec<u32>,
    any: Postings,
    speaking: Postings,
    tables: [u32; TABLES],
}

/// For each slot the events under it.
#[expect(dead_code, reason = "as above")]
pub struct Postings {
    starts: Vec<u32>,
    events: Vec<u32>,
}

impl Built {
    /// How many events.
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// How many events lie under all values of each table.
    pub fn filed(&self) -> [u64; TABLES] {
        let mut from = 0;
        self.tables.map(|rows| {
            let (first, end) = (from, from + rows as usize);
            from = end;
            u64::from(self.any.starts[end] - self.any.starts[first])
        })
    }
}

/// Puts together what some threads read.
pub fn build(read: Vec<(Met, Vec<(usize, Part)>)>, header: &Header, threads: bool) -> Built {
    let mut all = Met::default();
    let mut parts = Vec::new();
    for (met, own) in read {
        let places = renumbered(&met.places, &mut all.places);
        let tags = renumbered(&met.tags, &mut all.tags);
        for (at, mut part) in own {
            for fact in &mut part.facts {
                match *fact >> 29 {
                    2 => *fact = 2 << 29 | places[(*fact & ROW) as usize],
                    3 => *fact = 3 << 29 | tags[(*fact & ROW) as usize],
                    _ => {}
                }
            }
            parts.push((at, part));
        }
    }
    parts.sort_by_key(|(at, _)| *at);
    let mut whole = Part::default();
    for (_, part) in parts {
        let before = whole.facts.len() as u32;
        whole.days.extend(part.days);
        whole.offsets.extend(part.offsets);
        whole.lengths.extend(part.lengths);
        whole.ends.extend(part.ends.iter().map(|end| end + before));
        whole.facts.extend(part.facts);
    }
    let tables = [
        header.actors.len() as u32,
        header.sources.len() as u32,
        all.places.len() as u32,
        all.tags.len() as u32,
        5,
    ];
    in_order(&whole, tables, threads)
}

fn renumbered(met: &Numbers, all: &mut Numbers) -> Vec<u32> {
    let mut rows = vec![0; met.len()];
    for (name, row) in met {
        rows[*row as usize] = number(all, name);
    }
    rows
}

fn in_order(whole: &Part, tables: [u32; TABLES], threads: bool) -> Built {
    let numbers = by_day(&whole.days);
    let (mut ends, mut facts) = (Vec::new(), Vec::with_capacity(whole.facts.len()));
    for event in numbers.iter().map(|event| *event as usize) {
        let first = event.checked_sub(1).map_or(0, |before| whole.ends[before]);
        facts.extend_from_slice(&whole.facts[first as usize..whole.ends[event] as usize]);
        ends.push(facts.len() as u32);
    }
    let any = || postings(&ends, &facts, tables, |_| true);
    let speaks = |fact: u32| fact >> 29 != 0 || fact & SPEAKS != 0;
    let speaking = || postings(&ends, &facts, tables, speaks);
    let (any, speaking) = if threads {
        thread::scope(|scope| {
            let speaking = scope.spawn(speaking);
            (any(), speaking.join().expect("a thread"))
        })
    } else {
        (any(), speaking())
    };
    Built {
        days: numbers
            .iter()
            .map(|event| whole.days[*event as usize])
            .collect(),
        offsets: numbers
            .iter()
            .map(|event| whole.offsets[*event as usize])
            .collect(),
        lengths: numbers
            .iter()
            .map(|event| whole.lengths[*event as usize])
            .collect(),
        numbers,
        any,
        speaking,
        tables,
    }
}

/// A counting sort: the events in the order of their days, the undated last.
fn by_day(days: &[i32]) -> Vec<u32> {
    let dated = || days.iter().copied().filter(|day| *day != i32::MAX);
    let (first, last) = (dated().min().unwrap_or(0), dated().max().unwrap_or(0));
    let place = |day: i32| (day.min(last + 1) - first) as usize;
    let mut next = vec![0_u32; (last - first) as usize + 3];
    days.iter().for_each(|day| next[place(*day) + 1] += 1);
    (1..next.len()).for_each(|at| next[at] += next[at - 1]);
    let mut order = vec![0; days.len()];
    for (event, day) in (0..).zip(days) {
        let at = &mut next[place(*day)];
        order[*at as usize] = event;
        *at += 1;
    }
    order
}

fn postings(
    ends: &[u32],
    facts: &[u32],
    tables: [u32; TABLES],
    wanted: impl Fn(u32) -> bool,
) -> Postings {
    let mut firsts = [0; TABLES];
    let mut slots = 0;
    for (first, rows) in firsts.iter_mut().zip(tables) {
        *first = slots;
        slots += rows;
    }
    let slot = |fact: u32| (firsts[(fact >> 29) as usize] + (fact & ROW)) as usize;
    let mut starts = vec![0_u32; slots as usize + 1];
    for fact in facts.iter().filter(|fact| wanted(**fact)) {
        starts[slot(*fact) + 1] += 1;
    }
    (1..starts.len()).for_each(|at| starts[at] += starts[at - 1]);
    let mut next = starts.clone();
    let mut events = vec![0; starts[slots as usize] as usize];
    let mut from = 0;
    for (event, end) in (0..).zip(ends) {
        for fact in facts[from..*end as usize]
            .iter()
            .filter(|fact| wanted(**fact))
        {
            let at = &mut next[slot(*fact)];
            events[*at as usize] = event;
            *at += 1;
        }
        from = *end as usize;
    }
    Postings { starts, events }
}
