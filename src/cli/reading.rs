//! Reading the data for the screen: quickly the first events, then all; again when it is wished.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{fs, thread};

use super::incoming::Incoming;
use super::problems;
use crate::app;
use crate::query::Index;
use crate::shell::{self, Reader, Stage, Wish};
use crate::store::{
    Cache, Limits, LoadError, OpenError, Opening, Problem, Progress, Sidecar, Source, Stamp, Store,
};

/// Bytes of a file whose first events are shown before the rest is read.
const LONG: u64 = 2 << 20;
/// Bytes of a stream among which the first events must be to be shown before the rest comes.
const SOON: u64 = 4 << 20;
/// Pieces of a stream that are taken in between two words about how far it is.
const MOST: usize = 16;
/// How often the reader is told how far reading is.
const TICK: Duration = Duration::from_millis(100);

/// Says how far reading is; false when nobody listens.
type Tell<'a> = &'a mut dyn FnMut(Stage) -> bool;

/// What is to be said on standard error when the screen is closed; may change until then.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes(Arc<Mutex<String>>);

impl Notes {
    fn set(&self, text: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = text;
    }

    /// What is to be said now.
    pub(super) fn get(&self) -> String {
        let text = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        text.clone()
    }
}

/// Reads a source for the screen.
pub(super) struct Reading {
    source: Source,
    limits: Limits,
    notes: Notes,
    /// Told once, when the events are there.
    query: Option<String>,
    /// Events that are added are taken up.
    follow: bool,
    /// Where is said that the data may have changed, or that more came.
    wishes: Option<Sender<Wish>>,
    /// Where what takes long is kept.
    cache: Option<Cache>,
    /// What comes through a pipe.
    incoming: Option<Incoming>,
    /// What was told last.
    shown: Option<Arc<Index>>,
    /// What the file was like when it was opened last.
    stamp: Option<Stamp>,
    /// Looking again and again at a file that grows all the time leaves time for other things.
    rest: Instant,
}

/// Why nothing was read.
enum Failure {
    /// The message for the reader.
    Unusable(String),
    /// It was wished.
    Stopped,
}

impl Reading {
    /// Reads `source` within `limits`.
    pub(super) fn new(source: Source, limits: Limits) -> Self {
        Self {
            source,
            limits,
            notes: Notes::default(),
            query: None,
            follow: false,
            wishes: None,
            cache: None,
            incoming: None,
            shown: None,
            stamp: None,
            rest: shell::moment(),
        }
    }

    /// The same, and what the events are filtered by first.
    pub(super) fn with_query(self, query: Option<String>) -> Self {
        Self { query, ..self }
    }

    /// The same, keeping what takes long in `cache`.
    pub(super) fn keeping(self, cache: Option<Cache>) -> Self {
        Self { cache, ..self }
    }

    /// The same, taking up what is added.
    pub(super) fn following(self, follow: bool) -> Self {
        Self { follow, ..self }
    }

    /// The same, noticing changes: a wish to look is sent then.
    pub(super) fn watching(self, wishes: Sender<Wish>) -> Self {
        Self {
            wishes: Some(wishes),
            ..self
        }
    }

    /// What is to be said on standard error when the screen is closed: the first warnings.
    pub(super) fn notes(&self) -> Notes {
        self.notes.clone()
    }

    /// Reads all of it, and what it says; tells of it as it comes.
    fn open(&mut self, wishes: &Receiver<Wish>, tell: Tell<'_>) -> Result<(), Failure> {
        let first = self.shown.is_none();
        self.stamp = self.source.stamp();
        let arrived = self.arrive(wishes, tell)?;
        let opening = self.opening().map_err(|error| self.unusable(&error))?;
        let long = self.is_long();
        if long && first {
            self.preview(&opening, tell);
        }
        // What grows is another file the next time.
        let usual = self.limits.record == Limits::default().record;
        let cache = self.cache.clone().filter(|_| usual && !self.follow);
        let sidecar = cache.as_ref().and_then(|cache| cache.sidecar(&opening));
        let kept = sidecar.as_ref().and_then(Sidecar::read);
        let to_write = sidecar.filter(|_| kept.is_none());
        let store = match kept {
            Some(store) => Ok(store),
            None if long => watched(wishes, tell, |progress| opening.load(progress)),
            None => opening.load(&Progress::default()),
        };
        let store = match store {
            Ok(store) if store.is_part() && !first && arrived => return Err(Failure::Stopped),
            Ok(store) => store,
            Err(OpenError::Stopped) => return Err(Failure::Stopped),
            Err(OpenError::Load(error)) => return Err(self.unusable(&error)),
        };
        let stage = if store.is_part() || !arrived {
            Stage::Part
        } else {
            Stage::Whole
        };
        let index = self.show(store, stage, tell);
        if let Some(sidecar) = to_write.filter(|_| !index.store().is_part()) {
            sidecar.write(index.store());
        }
        self.check(&index, tell);
        Ok(())
    }

    /// Opens the file, or what came through the pipe.
    fn opening(&self) -> Result<Opening, LoadError> {
        let (source, limits) = (self.source.clone(), self.limits);
        let received = self.incoming.as_ref().map(Incoming::received);
        match received {
            Some(received) if received.is_ended() => {
                Ok(Opening::received(source, limits, received))
            }
            Some(_) => Opening::unfinished(source, limits, received),
            None if self.follow => Opening::unfinished(source, limits, None),
            None => Opening::new(source, limits),
        }
    }

    /// Lets come what comes through a pipe: all of it, or, when it is followed, until there is a
    /// pause. False when that was stopped.
    fn arrive(&mut self, wishes: &Receiver<Wish>, tell: Tell<'_>) -> Result<bool, Failure> {
        let (Source::Stdin, Some(sender)) = (&self.source, &self.wishes) else {
            return Ok(true);
        };
        let mut incoming = match self.incoming.take() {
            Some(incoming) => incoming,
            None => Incoming::start(Source::Stdin, self.limits, self.follow, sender.clone())
                .map_err(|error| Failure::Unusable(error.to_string()))?,
        };
        let began = shell::moment();
        let come = loop {
            let news = match incoming.take(MOST) {
                Ok(news) => news,
                Err(error) => break Err(self.unusable(&error)),
            };
            let received = incoming.received();
            if news {
                if self.shown.is_none() && received.len() < SOON {
                    let source = self.source.clone();
                    self.preview(&Opening::received(source, self.limits, received), tell);
                }
                tell(far(received.lines() as usize, None, began));
            }
            if received.is_ended() {
                break Ok(true);
            }
            // Nothing is waited for in vain: who sends says so.
            let paused = self.follow && received.lines() > 0;
            let wish = if news || paused {
                wishes.recv_timeout(TICK)
            } else {
                wishes.recv().map_err(RecvTimeoutError::from)
            };
            match wish {
                Ok(Wish::Stop) | Err(RecvTimeoutError::Disconnected) => break Ok(false),
                Err(RecvTimeoutError::Timeout) if paused => break Ok(true),
                Ok(Wish::Again | Wish::Look) | Err(RecvTimeoutError::Timeout) => {}
            }
        };
        self.incoming = Some(incoming);
        come
    }

    /// Shows the first events.
    fn preview(&mut self, opening: &Opening, tell: Tell<'_>) {
        if self.shown.is_none()
            && let Some(preview) = opening.preview().filter(|preview| !preview.is_empty())
        {
            let index = Arc::new(Index::build(Arc::new(preview)));
            self.shown = Some(index.clone());
            tell(Stage::First(index));
        }
    }

    /// Tells of a store.
    fn show(
        &mut self,
        store: Store,
        stage: impl Fn(Arc<Index>, Vec<String>) -> Stage,
        tell: Tell<'_>,
    ) -> Arc<Index> {
        let index = Arc::new(Index::build(Arc::new(store)));
        self.shown = Some(index.clone());
        self.notes.set(self.unfinished(&index));
        tell(stage(index.clone(), self.lines(&index)));
        if let Some(query) = self.query.take() {
            tell(Stage::Query(query));
        }
        index
    }

    /// Reads what the events say and tells what is wrong with them.
    fn check(&self, index: &Index, tell: Tell<'_>) {
        // A file that changed meanwhile tells so when an event is shown.
        if index.read_texts(&Progress::default()).is_ok() && !self.is_part() {
            let warnings = index.store().warnings();
            self.notes
                .set(text_of(|out| problems::few(out, &self.source, warnings)));
        }
        tell(Stage::Checked(self.lines(index)));
    }

    /// True when there are more events than those shown.
    fn is_part(&self) -> bool {
        let shown = self.shown.as_ref();
        let received = self.incoming.as_ref().map(Incoming::received);
        let comes = received.is_some_and(|received| !received.is_ended());
        shown.is_none_or(|shown| shown.store().is_part()) || (comes && !self.follow)
    }

    /// What is to be said when the screen is closed before every event was looked at.
    fn unfinished(&self, index: &Index) -> String {
        let warnings = index.store().warnings();
        text_of(|out| {
            problems::few(out, &self.source, warnings)?;
            problems::unfinished(out, &self.source)
        })
    }

    fn unusable(&self, error: &LoadError) -> Failure {
        Failure::Unusable(text_of(|out| problems::error(out, &self.source, error)))
    }

    fn lines(&self, index: &Index) -> Vec<String> {
        let name = self.source.name();
        let line = |problem: &Problem| problem.line(&name, "warning");
        index.store().warnings().list().iter().map(line).collect()
    }

    /// True for a file that takes longer to read than a reader likes to wait.
    fn is_long(&self) -> bool {
        match &self.source {
            Source::File(path) => fs::metadata(path).is_ok_and(|file| file.len() > LONG),
            Source::Stdin => true,
            Source::Bytes(..) => false,
        }
    }

    /// Reads it again, or reads on; what is shown stays when that cannot be.
    fn again(&mut self, wishes: &Receiver<Wish>, tell: Tell<'_>) {
        if self.source == Source::Stdin && !self.is_part() {
            tell(Stage::NotAgain);
            return;
        }
        let before = self.stamp;
        if let Err(failure) = self.open(wishes, tell) {
            self.stamp = before;
            let message = match failure {
                Failure::Stopped => None,
                Failure::Unusable(message) => message.lines().next().map(str::to_owned),
            };
            tell(Stage::Kept(message));
        }
        self.watch();
    }

    /// Looks whether the data is still what is shown. What was added is taken up, when it is
    /// followed.
    fn look(&mut self, tell: Tell<'_>) {
        if let Some(incoming) = &mut self.incoming {
            // A pipe that is not followed waits until it is read on.
            if self.follow && incoming.take(usize::MAX).is_ok_and(|news| news) {
                self.take_up(tell);
            }
            return;
        }
        let now = self.source.stamp();
        if self.stamp.is_none() || now == self.stamp {
            return;
        }
        let grown = |before: &Stamp, now: &Stamp| now.is_grown_from(before);
        let grown = self.stamp.zip(now).is_some_and(|(a, b)| grown(&a, &b));
        let intact = self
            .shown
            .as_ref()
            .is_some_and(|shown| shown.store().is_intact());
        if self.follow && grown && intact && !self.is_part() && self.take_up(tell) {
            self.stamp = now;
        } else {
            tell(Stage::Changed);
        }
    }

    /// Shows what was added besides what is shown; false when it is not that.
    fn take_up(&mut self, tell: Tell<'_>) -> bool {
        let began = shell::moment();
        let loaded = self.opening().ok();
        let loaded = loaded.and_then(|opening| opening.load(&Progress::default()).ok());
        let (Some(store), Some(before)) = (loaded, self.shown.clone()) else {
            return false;
        };
        let before = before.store();
        let Some(count) = store.len().checked_sub(before.len()) else {
            return false;
        };
        if store.header() != before.header() {
            return false;
        }
        if count > 0 || store.warnings() != before.warnings() {
            let stage = |index, lines| Stage::Grown(index, lines, count);
            let index = self.show(store, stage, tell);
            self.check(&index, tell);
        }
        self.rest = shell::moment() + began.elapsed() * 4;
        true
    }

    /// Has the file watched: until it changes, or all the time when it is followed.
    fn watch(&self) {
        let (Some(wishes), Source::File(path), Some(stamp)) =
            (&self.wishes, &self.source, self.stamp)
        else {
            return;
        };
        let (wishes, source, follow) = (wishes.clone(), self.source.clone(), self.follow);
        let mut last = Some(stamp);
        let look = move || {
            let now = source.stamp();
            now == last || {
                last = now;
                wishes.send(Wish::Look).is_ok() && follow
            }
        };
        // Without a watch, a change is noticed when an event is read.
        let _ = shell::watch(path.clone(), follow, look);
    }
}

impl Reader for Reading {
    fn read(mut self, wishes: &Receiver<Wish>, tell: Tell<'_>) -> Result<(), String> {
        match self.open(wishes, tell) {
            Err(Failure::Unusable(message)) => return Err(message),
            Err(Failure::Stopped) => {
                let shown = self.shown.clone();
                tell(shown.map_or(Stage::Kept(None), |shown| Stage::Part(shown, Vec::new())));
            }
            Ok(()) => {}
        }
        self.watch();
        // Something may have come while it was read.
        let mut due = self.follow;
        loop {
            let wish = if due {
                let rest = self.rest.saturating_duration_since(shell::moment());
                wishes.recv_timeout(rest)
            } else {
                wishes.recv().map_err(RecvTimeoutError::from)
            };
            match wish {
                Ok(Wish::Again) => self.again(wishes, tell),
                Ok(Wish::Look) => due = true,
                // What it was to stop is done.
                Ok(Wish::Stop) => {}
                Err(RecvTimeoutError::Timeout) => {
                    due = false;
                    self.look(tell);
                }
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }
}

/// Does `work` in another thread and tells how far it is, until it is done. A wish to stop is
/// passed on.
fn watched<T: Send>(
    wishes: &Receiver<Wish>,
    tell: Tell<'_>,
    work: impl FnOnce(&Progress) -> T + Send,
) -> T {
    let progress = Progress::default();
    let began = shell::moment();
    let (done, waits) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let worker = scope.spawn(|| {
            let _tells_by_its_end = done;
            work(&progress)
        });
        while waits.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
            let stopped = wishes.try_iter().any(|wish| wish == Wish::Stop);
            if stopped || !tell(stage(&progress, began)) {
                progress.stop();
            }
        }
        worker.join().expect("a panic ends the program at once")
    })
}

fn stage(progress: &Progress, began: Instant) -> Stage {
    let (bytes, total) = progress.bytes();
    let percent = (total > 0).then(|| (bytes.saturating_mul(100) / total).min(100) as u8);
    far(progress.events() as usize, percent, began)
}

/// So many `events` were read since reading `began`.
fn far(events: usize, percent: Option<u8>, began: Instant) -> Stage {
    let millis = began.elapsed().as_millis() as usize;
    Stage::Progress(app::Progress {
        events,
        percent,
        rate: (events * 1000).checked_div(millis).unwrap_or(0),
    })
}

fn text_of(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut text = Vec::new();
    // Memory takes everything.
    let _ = write(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::MetadataExt;

    use super::super::args::Data;
    use super::super::data::source;
    use super::*;

    /// What is told while `source` is read; nobody wishes anything.
    fn told(reading: Reading) -> Result<Vec<Stage>, String> {
        let (mut told, wishes) = (Vec::new(), mpsc::channel().1);
        reading.read(&wishes, &mut |stage| {
            told.push(stage);
            true
        })?;
        Ok(told)
    }

    /// The number of events, the warnings and the notes.
    fn read(source: Source) -> Result<(u32, Vec<String>, String), String> {
        let reading = Reading::new(source, Limits::default());
        let notes = reading.notes();
        let (mut events, mut warnings) = (0, Vec::new());
        for stage in told(reading)? {
            match stage {
                Stage::Whole(index, _) => events = index.len(),
                Stage::Checked(lines) => warnings = lines,
                Stage::First(_)
                | Stage::Progress(_)
                | Stage::Part(..)
                | Stage::Grown(..)
                | Stage::Changed
                | Stage::Kept(_)
                | Stage::NotAgain
                | Stage::Query(_) => {}
            }
        }
        Ok((events, warnings, notes.get()))
    }

    #[test]
    fn the_bundled_example_has_nothing_to_complain_of() {
        let (events, warnings, notes) = read(source(&Data::default())).expect("readable");
        assert!(events > 10);
        assert_eq!((warnings, notes), (vec![], String::new()));
    }

    #[test]
    fn data_that_cannot_be_used_is_told_with_its_place() {
        let bad = Source::Bytes("bad.json", b"{\"sokhan\": 1,\n x".into());
        let message = read(bad).expect_err("unreadable");
        assert!(
            message.starts_with("bad.json:2:2: error[SYNTAX]"),
            "{message}"
        );
    }

    #[test]
    fn warnings_are_for_the_reader_and_the_first_for_the_end() {
        let events = "{},".repeat(30);
        let text = format!(
            "{{\"sokhan\": 1, \"events\": [{}]}}",
            events.trim_end_matches(',')
        );
        let source = Source::Bytes("w.json", text.into_bytes().into());
        let (events, warnings, notes) = read(source).expect("readable");
        assert_eq!(events, 30);
        assert!(warnings.len() >= 30);
        let told = notes
            .lines()
            .filter(|line| line.contains("warning["))
            .count();
        assert_eq!(told, 20);
        assert!(notes.contains("sokhan check"), "{notes}");
    }

    const HEADER: &str = "{\"sokhan\":1,\"actors\":[{\"id\":\"a\",\"kind\":\"person\"}]}\n";

    fn line(at: usize) -> String {
        format!(
            "{{\"id\":\"{at}\",\"when\":\"2024-01-{:02}\",\"title\":\"t\"}}\n",
            at % 28 + 1
        )
    }

    fn lines(events: std::ops::Range<usize>) -> String {
        events.map(line).collect()
    }

    /// A file that goes away with its owner.
    struct Scratch(std::path::PathBuf);

    impl Scratch {
        fn new(name: &str, text: &str) -> Self {
            let name = format!("sokhan-reading-{}-{name}", std::process::id());
            let path = std::env::temp_dir().join(name);
            fs::write(&path, text).expect("written");
            Self(path)
        }

        fn reading(&self) -> Reading {
            Reading::new(Source::File(self.0.clone()), Limits::default())
        }

        fn append(&self, text: &str) {
            let file = fs::OpenOptions::new().append(true).open(&self.0);
            let mut file = file.expect("a file");
            std::io::Write::write_all(&mut file, text.as_bytes()).expect("appended");
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_file(&self.0);
        }
    }

    #[test]
    fn the_index_is_kept_used_and_replaced_when_it_is_damaged() {
        let scratch = Scratch::new("kept.jsonl", &format!("{HEADER}{}", lines(0..50)));
        let file = fs::File::options().write(true).open(&scratch.0);
        let long_ago = std::time::SystemTime::UNIX_EPOCH;
        file.expect("a file").set_modified(long_ago).expect("aged");
        let folder = scratch.0.with_extension("cache");
        let cache = || Cache::new(folder.clone()).from(0);
        let kept = || {
            let mut files = fs::read_dir(&folder).expect("a folder");
            files.next().expect("one").expect("a file").path()
        };
        let number = || fs::metadata(kept()).expect("it is there").ino();
        let read = || scripted(scratch.reading().keeping(Some(cache())), &[]);
        let first = read();
        let (right, own) = (fs::read(kept()).expect("ours"), number());
        assert_eq!((read(), number()), (first.clone(), own), "used");
        fs::write(kept(), &right[1..]).expect("ours");
        assert_eq!(read(), first);
        assert_eq!(fs::read(kept()).expect("ours"), right, "replaced");
        assert_eq!(first, ["whole 50"]);
        fs::remove_dir_all(&folder).expect("ours");
    }

    /// Reads; each time that nothing more is told by itself the next of `steps` is taken, which
    /// changes something and may wish something. What is told, in short.
    fn scripted(reading: Reading, steps: &[&dyn Fn() -> Wish]) -> Vec<String> {
        let (sender, wishes) = mpsc::channel();
        let (mut sender, mut steps) = (Some(sender), steps.iter());
        let mut told = Vec::new();
        let read = reading.read(&wishes, &mut |stage| {
            let settled = match &stage {
                Stage::Checked(warnings) => {
                    if !warnings.is_empty() {
                        told.push(format!("{} warnings", warnings.len()));
                    }
                    true
                }
                Stage::Changed | Stage::Kept(_) | Stage::NotAgain => true,
                Stage::First(_)
                | Stage::Progress(_)
                | Stage::Part(..)
                | Stage::Whole(..)
                | Stage::Grown(..)
                | Stage::Query(_) => false,
            };
            match stage {
                Stage::Whole(index, _) => told.push(format!("whole {}", index.len())),
                Stage::Part(index, _) => told.push(format!("part {}", index.len())),
                Stage::Grown(index, _, count) => {
                    told.push(format!("grown {} by {count}", index.len()));
                }
                Stage::Changed => told.push("changed".to_owned()),
                Stage::Kept(message) => told.push(format!("kept {}", message.is_some())),
                Stage::NotAgain => told.push("not again".to_owned()),
                Stage::Query(query) => told.push(query),
                Stage::First(_) | Stage::Progress(_) | Stage::Checked(_) => {}
            }
            if settled {
                match (steps.next(), &sender) {
                    (Some(step), Some(sender)) => sender.send(step()).expect("heard"),
                    _ => sender = None,
                }
            }
            true
        });
        assert_eq!(read, Ok(()));
        told
    }

    #[test]
    fn what_is_added_is_taken_up_when_its_line_is_whole() {
        let file = Scratch::new("added", &format!("{HEADER}{}", lines(0..10)));
        let half = line(12);
        let (one, other) = half.split_at(20);
        let told = scripted(
            file.reading()
                .following(true)
                .with_query(Some("q".to_owned())),
            &[
                &|| {
                    file.append(&lines(10..12));
                    file.append(one);
                    Wish::Look
                },
                &|| {
                    file.append(other);
                    file.append("not an event\n");
                    Wish::Look
                },
                &|| {
                    fs::write(&file.0, format!("{HEADER}{}", lines(0..5))).expect("written");
                    Wish::Look
                },
                &|| Wish::Again,
                &|| {
                    file.append(&line(6));
                    Wish::Look
                },
            ],
        );
        let want = [
            "whole 10",
            "q",
            "grown 12 by 2",
            "grown 13 by 1",
            "1 warnings",
            "changed",
            "whole 5",
            "grown 6 by 1",
        ];
        assert_eq!(told, want);
    }

    #[test]
    fn what_is_added_is_offered_when_it_is_not_followed() {
        let file = Scratch::new("offered", &format!("{HEADER}{}", lines(0..10)));
        let told = scripted(
            file.reading(),
            &[
                &|| {
                    file.append(&line(10));
                    Wish::Look
                },
                &|| Wish::Again,
                &|| {
                    fs::remove_file(&file.0).expect("removed");
                    Wish::Look
                },
                &|| Wish::Again,
            ],
        );
        assert_eq!(
            told,
            ["whole 10", "changed", "whole 11", "changed", "kept true"]
        );
    }

    #[test]
    fn a_file_of_another_writer_is_not_taken_for_a_longer_one() {
        let old = format!("{HEADER}{}", lines(0..10));
        let file = Scratch::new("another", &old);
        let other = format!("{HEADER}{}", lines(100..200));
        let told = scripted(
            file.reading().following(true),
            &[
                &|| {
                    fs::write(&file.0, &other).expect("written");
                    Wish::Look
                },
                &|| Wish::Again,
                &|| {
                    let beside = file.0.with_extension("beside");
                    fs::write(&beside, format!("{other}{}", line(7))).expect("written");
                    fs::rename(&beside, &file.0).expect("renamed");
                    Wish::Look
                },
            ],
        );
        assert_eq!(told, ["whole 10", "changed", "whole 100", "changed"]);
    }

    #[test]
    fn a_file_with_only_a_header_grows_into_lines() {
        let file = Scratch::new("header", HEADER);
        let told = scripted(
            file.reading().following(true),
            &[&|| {
                file.append(&lines(0..3));
                Wish::Look
            }],
        );
        assert_eq!(told, ["whole 0", "grown 3 by 3"]);
    }

    #[test]
    fn who_leaves_early_is_told_that_the_check_was_not_done() {
        let file = Scratch::new("early", &format!("{HEADER}{}", lines(0..10)));
        let reading = file.reading();
        let notes = reading.notes();
        let (mut early, wishes) = (String::new(), mpsc::channel().1);
        let read = reading.read(&wishes, &mut |stage| {
            if let Stage::Whole(..) = stage {
                early = notes.get();
            }
            true
        });
        assert_eq!(read, Ok(()));
        assert!(early.contains("not checked to the end"), "{early}");
        assert_eq!(notes.get(), "");
    }
}
