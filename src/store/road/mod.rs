//! The fast road over a whole file: stretches, claimed one after the other by the workers.

pub(in crate::store) mod batch;
pub(in crate::store) mod dates;
pub(in crate::store) mod frame;
pub(in crate::store) mod names;
pub(in crate::store) mod rows;
pub(in crate::store) mod scan;
pub(in crate::store) mod stretch;

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use memchr::memmem;

use super::watch::Progress;
use crate::store::input::bytes::Bytes;
use batch::{Batch, Desk, Judge, Odd};
use names::Names;
use stretch::{End, Halt, Reader};

/// Bytes in a stretch, when nothing else is wished: the window of a worker stays in the second level cache.
pub(super) const STRETCH: u64 = 1 << 20;

/// What one worker did: the names it met, what it made of stretches with their numbers.
type Shift<T> = (Names, Vec<(usize, T)>);

/// The same when it made batches.
pub(super) type Done = Shift<Batch>;

/// How many records the workers met, those that were left out included.
pub(super) fn records(done: &[Done]) -> u32 {
    let batches = done.iter().flat_map(|(_, batches)| batches);
    batches.map(|(_, batch)| batch.records).sum()
}

/// The way that was gone.
pub(super) struct Walked {
    pub done: Vec<Done>,
    /// Where the array's `]` is.
    pub end: Option<u64>,
    /// False when it was stopped: then it is the beginning, without gaps.
    pub whole: bool,
}

/// What all workers share.
pub(super) struct Road<'a> {
    pub bytes: &'a Bytes,
    pub judge: Judge<'a>,
    pub progress: &'a Progress,
    pub workers: usize,
    /// Bytes in a stretch.
    pub stretch: u64,
    /// Longer records are left out, in bytes.
    pub longest: usize,
    /// The byte that ends lines.
    pub feed: u8,
}

impl Walked {
    /// The first line, when no line is JSON, and one is there.
    pub(super) fn only_broken(&self) -> Option<Odd> {
        let batches = || self.done.iter().flat_map(|(_, done)| done);
        let broken = |(_, batch): &(usize, Batch)| batch.rows.is_empty() && !batch.good;
        let first = batches().flat_map(|(_, batch)| &batch.odd);
        let first = first.min_by_key(|odd| odd.offset).copied();
        first.filter(|_| self.whole && batches().all(broken))
    }
}

impl Road<'_> {
    /// The lines from `from` to the end of the file.
    pub(super) fn lines(&self, from: u64) -> Result<Walked, Halt> {
        let way = from..self.bytes.len();
        let mut done = self.each_stretch(&way, |reader, number, stretch| {
            reader.lines(stretch, number == 0)
        })?;
        let gap = first_gap(&done);
        let whole = gap as u64 == (way.end.saturating_sub(way.start)).div_ceil(self.stretch);
        cut(&mut done, gap);
        Ok(Walked {
            done,
            end: None,
            whole,
        })
    }

    /// The events of an array whose first one begins at `from`.
    ///
    /// Where events begin in the middle of an array can only be guessed. Every guess is checked:
    /// the stretch before must end exactly there. If one does not, one worker reads it all.
    pub(super) fn array(&self, from: u64) -> Result<Walked, Halt> {
        let whole = from..self.bytes.len();
        let mut first = Vec::new();
        self.bytes.read(from..from + 1, &mut first)?;
        if first == b"]" {
            self.progress.begin(0);
            return Ok(Walked {
                done: Vec::new(),
                end: Some(from),
                whole: true,
            });
        }
        if let Some(seam) = self.seam(from)? {
            let guessed = self.each_stretch(&whole, |reader, number, stretch| {
                let start = if number == 0 {
                    Some(stretch.start)
                } else {
                    self.guess(&seam, &stretch)?
                };
                let Some(start) = start else {
                    return Ok((None, Batch::default()));
                };
                let (batch, end) = reader.array(start..stretch.end.max(start + 1))?;
                Ok((Some((start, end)), batch))
            });
            if let Err(Halt::Unreadable) = guessed {
                return Err(Halt::Unreadable);
            }
            if let Some(walked) = guessed.ok().and_then(|done| fitting(done, from))
                && (walked.whole || self.progress.is_stopped())
            {
                return Ok(walked);
            }
        }
        self.array_alone(whole)
    }

    /// The same by one worker.
    fn array_alone(&self, whole: Range<u64>) -> Result<Walked, Halt> {
        self.progress.begin(whole.end.saturating_sub(whole.start));
        let mut reader = Reader::new(self.bytes, self.judge, self.longest, self.feed);
        let mut batches = Vec::new();
        let mut start = whole.start;
        let walked = |names, batches, end: Option<u64>| Walked {
            done: vec![(names, batches)],
            end,
            whole: end.is_some(),
        };
        while start < whole.end {
            if self.progress.is_stopped() {
                return Ok(walked(reader.desk.names, batches, None));
            }
            let (batch, end) = reader.array(start..whole.end.min(start + self.stretch))?;
            batches.push((batches.len(), batch));
            let (End::Before(at) | End::Closed(at)) = end;
            let filed = std::mem::take(&mut reader.desk.filed);
            self.progress.add(at - start, filed);
            if let End::Closed(at) = end {
                return Ok(walked(reader.desk.names, batches, Some(at)));
            }
            start = at;
        }
        Err(Halt::Broken)
    }

    /// Lets the workers claim the stretches of `whole` and do `work` on each, until they are done
    /// or it is stopped.
    fn each_stretch<T: Send>(
        &self,
        whole: &Range<u64>,
        work: impl Fn(&mut Reader, usize, Range<u64>) -> Result<T, Halt> + Sync,
    ) -> Result<Vec<Shift<T>>, Halt> {
        self.progress.begin(whole.end.saturating_sub(whole.start));
        let (next, halted) = (AtomicU64::new(0), AtomicBool::new(false));
        let worker = || {
            let mut reader = Reader::new(self.bytes, self.judge, self.longest, self.feed);
            let mut done = Vec::new();
            while !self.progress.is_stopped() && !halted.load(Ordering::Relaxed) {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let start = whole.start + number * self.stretch;
                if start >= whole.end {
                    break;
                }
                let end = whole.end.min(start + self.stretch);
                let worked = work(&mut reader, number as usize, start..end);
                halted.fetch_or(worked.is_err(), Ordering::Relaxed);
                done.push((number as usize, worked?));
                let filed = std::mem::take(&mut reader.desk.filed);
                self.progress.add(end - start, filed);
            }
            Ok((reader.desk.names, done))
        };
        if whole.end.saturating_sub(whole.start) <= self.stretch {
            // One stretch is done sooner than a thread is made.
            return Ok(vec![worker()?]);
        }
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..self.workers.max(1))
                .map(|_| scope.spawn(worker))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().map_err(|_| Halt::Broken)?)
                .collect()
        })
    }

    /// What stands between two events and begins the second: from behind the first event to behind
    /// the second's first key. `None` with fewer than two events, or when they are far apart.
    fn seam(&self, from: u64) -> Result<Option<Vec<u8>>, Halt> {
        let mut window = Vec::new();
        self.bytes.read(from..from + STRETCH, &mut window)?;
        let Ok(end) = scan::skip(&window) else {
            return Ok(None);
        };
        let seam = window.get(end..).unwrap_or(&[]);
        let mut quotes = memchr::memchr_iter(b'"', seam);
        let length = (quotes.next(), quotes.next());
        Ok(length
            .1
            .filter(|length| *length < 256)
            .and_then(|length| Some(seam.get(..=length)?.to_vec())))
    }

    /// True when what begins at `offset` looks like an event, and not like an actor of one.
    fn is_plain(&self, offset: u64) -> Result<bool, Halt> {
        let mut window = Vec::new();
        self.bytes.read(offset..offset + (64 << 10), &mut window)?;
        let (mut batch, mut desk) = (Batch::default(), Desk::default());
        Ok(batch.scan(&window, offset, &mut desk).is_ok())
    }

    /// Where the first event in `stretch` seems to begin.
    fn guess(&self, seam: &[u8], stretch: &Range<u64>) -> Result<Option<u64>, Halt> {
        let brace = memchr::memchr(b'{', seam).ok_or(Halt::Broken)?;
        let mut window = Vec::new();
        let mut start = stretch.start.saturating_sub(brace as u64);
        while start < stretch.end {
            let end = (start + (64 << 10)).min(stretch.end + seam.len() as u64);
            self.bytes.read(start..end, &mut window)?;
            for found in memmem::find_iter(&window, seam) {
                let event = start + (found + brace) as u64;
                if stretch.contains(&event) && self.is_plain(event)? {
                    return Ok(Some(event));
                }
            }
            if end == stretch.end + seam.len() as u64 || window.is_empty() {
                break;
            }
            start = end - seam.len() as u64;
        }
        Ok(None)
    }
}

/// A stretch of an array: where it began and ended, if an event seemed to begin in it.
type Guessed = Shift<(Option<(u64, End)>, Batch)>;

/// The work with the guesses taken off, as far as each stretch began where the one before it ended.
/// `None` when one did not.
fn fitting(done: Vec<Guessed>, from: u64) -> Option<Walked> {
    let gap = first_gap(&done);
    let mut spans: Vec<_> = done.iter().flat_map(|(_, done)| done).collect();
    spans.sort_by_key(|(number, _)| *number);
    let mut expected = End::Before(from);
    for (start, end) in spans.iter().take(gap).filter_map(|(_, (span, _))| *span) {
        if expected != End::Before(start) {
            return None;
        }
        expected = end;
    }
    let end = match expected {
        End::Closed(end) => Some(end),
        End::Before(_) => None,
    };
    let plain = |(names, done): Guessed| {
        let done = done.into_iter().map(|(number, (_, batch))| (number, batch));
        (names, done.collect())
    };
    let mut done: Vec<Done> = done.into_iter().map(plain).collect();
    cut(&mut done, gap);
    Some(Walked {
        done,
        end,
        whole: end.is_some(),
    })
}

/// How many stretches were done from the first one on without a gap.
fn first_gap<T>(done: &[Shift<T>]) -> usize {
    let mut numbers: Vec<_> = done.iter().flat_map(|(_, done)| done).collect();
    numbers.sort_by_key(|(number, _)| *number);
    let in_place = |(at, (number, _)): &(usize, &&(usize, T))| at == number;
    numbers.iter().enumerate().take_while(in_place).count()
}

/// Forgets the stretches from number `gap` on.
fn cut<T>(done: &mut [Shift<T>], gap: usize) {
    for (_, stretches) in done {
        stretches.retain(|(number, _)| *number < gap);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::decode::load::{Alone, Stands, alone};
    use crate::store::input::source::LONGEST;

    /// Events whose places in `text` are told; some are not plain, some hold what looks like the
    /// beginning of an event.
    fn events(count: usize) -> Vec<String> {
        let event = |at: usize| match at % 7 {
            3 => format!("{{\"id\":\"e{at}\"}}"),
            4 => format!(
                r#"{{"id":"e{at}","when":"2024-01-01","title":"a","actors":[{{"id":"a"}},{{"id":"b"}}]}}"#
            ),
            5 => format!(r#"{{"id":"e{at}","when":"2024-01-01","title":"}},{{\"id\":\"e"}}"#),
            _ => format!(
                r#"{{"id":"e{at}","when":"2024-01-{:02}","title":{{"fa":"{}"}}}}"#,
                at % 28 + 1,
                "سلام ".repeat(at % 40)
            ),
        };
        (0..count)
            .map(event)
            .filter(|event| !event.contains("\"\""))
            .collect()
    }

    fn decoded(text: &[u8], stands: Stands) -> Alone {
        alone(text, stands, 0, 0)
    }

    fn places(done: Vec<Done>) -> Vec<(u64, u32)> {
        let mut batches: Vec<_> = done.into_iter().flat_map(|(_, done)| done).collect();
        batches.sort_by_key(|(number, _)| *number);
        let rows = batches.iter().flat_map(|(_, batch)| &batch.rows);
        rows.map(|row| (row.offset, row.length)).collect()
    }

    /// Reads `text` by stretches of many sizes; `want` is where its events are.
    fn try_stretches(text: &str, read: impl Fn(&Road) -> Vec<Done>) {
        let want: Vec<_> = events(300)
            .iter()
            .scan(0, |from, event| {
                let at = text[*from..].find(event.as_str()).expect("the event") + *from;
                *from = at + event.len();
                Some((at as u64, event.len() as u32))
            })
            .collect();
        let bytes = Bytes::Held(text.as_bytes().to_vec());
        for stretch in [1, 7, 64, 100, 1000, 4096, 1 << 20] {
            let progress = Progress::default();
            let whole = Road {
                bytes: &bytes,
                judge: &decoded,
                progress: &progress,
                workers: 3,
                stretch,
                longest: LONGEST,
                feed: b'\n',
            };
            assert_eq!(places(read(&whole)), want, "stretches of {stretch} bytes");
            assert_eq!(progress.bytes().0.min(1), 1);
            assert!(progress.events() >= want.len() as u64);
        }
    }

    #[test]
    fn lines_are_found_wherever_stretches_end() {
        for joint in ["\n", "\r\n", "\n\n \n"] {
            let text = events(300).join(joint);
            try_stretches(&text, |road| road.lines(0).expect("lines").done);
            try_stretches(&format!("{text}\n"), |road| {
                road.lines(0).expect("lines").done
            });
        }
    }

    #[test]
    fn events_of_an_array_are_found_wherever_stretches_end() {
        for joint in [",", ",\n", "\n , "] {
            let text = events(300).join(joint);
            for tail in ["]", " ]}", r#"],"actors":[{"id":"a"},{"id":"b"}]}"#] {
                let text = format!("{text}{tail}");
                let close = text.len() - tail.trim_start().len();
                try_stretches(&text, |road| {
                    let walked = road.array(0).expect("an array");
                    assert_eq!(walked.end, Some(close as u64));
                    walked.done
                });
            }
        }
    }

    #[test]
    fn an_array_that_is_cut_is_no_array() {
        let text = events(60).join(",") + "]";
        let bytes = |end: usize| Bytes::Held(text.as_bytes()[..end].to_vec());
        for end in (0..text.len()).step_by(13) {
            let progress = Progress::default();
            let bytes = bytes(end);
            let road = Road {
                bytes: &bytes,
                judge: &decoded,
                progress: &progress,
                workers: 2,
                stretch: 200,
                longest: LONGEST,
                feed: b'\n',
            };
            assert!(matches!(road.array(0), Err(Halt::Broken)), "cut at {end}");
        }
    }

    type Way<'a> = &'a dyn Fn(&Road) -> Walked;

    /// Stops when the judge is asked for the `after`th time; the places of what was done.
    fn stopped(
        text: &str,
        after: usize,
        read: impl Fn(&Road) -> Walked,
    ) -> (Vec<(u64, u32)>, bool) {
        let bytes = Bytes::Held(text.as_bytes().to_vec());
        let (progress, asked) = (Progress::default(), AtomicU64::new(0));
        let judge = |text: &[u8], stands| {
            if asked.fetch_add(1, Ordering::Relaxed) as usize >= after {
                progress.stop();
            }
            decoded(text, stands)
        };
        let walked = read(&Road {
            bytes: &bytes,
            judge: &judge,
            progress: &progress,
            workers: 2,
            stretch: 200,
            longest: LONGEST,
            feed: b'\n',
        });
        (places(walked.done), walked.whole)
    }

    #[test]
    fn stopped_work_is_the_beginning_without_gaps() {
        let odd = |at: usize| format!(r#"{{"id":"e{at}","when":7,"title":"not plain"}}"#);
        let all: Vec<_> = (0..300).map(odd).collect();
        let (lines, array) = (all.join("\n"), all.join(",") + "]");
        let roads: [(&str, Way); 3] = [
            (&lines, &|road| road.lines(0).expect("lines")),
            (&array, &|road| road.array(0).expect("an array")),
            (&array, &|road| {
                road.array_alone(0..road.bytes.len()).expect("an array")
            }),
        ];
        for (text, read) in roads {
            let (whole, is_whole) = stopped(text, usize::MAX, read);
            assert!(is_whole && whole.len() == 300, "{}", whole.len());
            for after in [0, 1, 50, 150] {
                let (part, is_whole) = stopped(text, after, read);
                assert!(!is_whole && part.len() < 300, "stopped after {after}");
                assert_eq!(part, whole[..part.len()], "stopped after {after}");
            }
        }
    }
}
