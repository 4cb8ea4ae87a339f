//! What is kept beside a data file never changes what is shown, whatever happens to it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use sokhan::model::EventId;
use sokhan::query::{Facet, Filter, Index, counts, rows};
use sokhan::store::{Cache, Limits, Opening, Progress, Source, Store, Table};

const HEADER: &str = r#""sokhan":1,"actors":[{"id":"a","kind":"person","name":"A"},{"id":"m\\","kind":"media"}],"sources":[{"id":"s","publisher":"m\\"}]"#;

/// Records that are written in many ways; `%` is a number.
const RECORDS: &[&str] = &[
    r#"{"id":"%","when":"2024-07-11","title":{"fa":"یک"},"actors":["a"],"tags":["t%","T "],"place":{"fa":"تهران","en":"Tehran"}}"#,
    r#"{"id":"%","when":"19%0","title":"ten","actors":["who%"],"sources":["nowhere"]}"#,
    r#"{"title":"no id","tags":["t%"]}"#,
    r#"{"id":"%","when":"2024-07-11/2024-07-13","title":"long","statements":[{"speaker":"a","mode":"direct","text":"q","source":"s"},{"speaker":"b%"}]}"#,
    r#"{"id":"%","when":"../2001","title":"open","place":{"x-a":"b%","fa":"رشت%"}}"#,
    r#"{"id":"same","when":"2020-01-0%","title":"twice"}"#,
    r#"{"id":"%","title":{},"when":7,"actors":"a","statements":[{"text":{"fa":"s"},"via":["m\\"],"to":["a"],"mode":"reported"}]}"#,
    "7",
];

fn record((kind, number): (usize, u8)) -> String {
    let number = if number < 4 {
        u32::from(number)
    } else {
        u32::from(number) % 10
    };
    RECORDS[kind % RECORDS.len()].replace('%', &number.to_string())
}

fn text(document: bool, records: &[(usize, u8)]) -> String {
    let records: Vec<_> = records.iter().copied().map(record).collect();
    if document {
        format!(
            "{{{HEADER},\"events\":[{}],\"title\":\"T\"}}",
            records.join(",\n")
        )
    } else {
        format!("{{{HEADER}}}\n{}\n", records.join("\n"))
    }
}

fn sample(document: bool) -> String {
    let records: Vec<_> = (0..20).map(|at| (at, at as u8)).collect();
    text(document, &records)
}

fn opening(source: Source) -> Opening {
    Opening::new(source, Limits::default()).expect("a readable source")
}

fn in_memory(text: &str) -> Opening {
    opening(Source::Bytes("text", text.as_bytes().to_vec().into()))
}

fn load(opening: &Opening) -> Store {
    opening.load(&Progress::default()).expect("an event file")
}

/// Everything that can be asked of a store and of its index.
fn all_of(store: Store) -> String {
    use std::fmt::Write;
    let index = Index::build(Arc::new(store));
    let read = index.read_texts(&Progress::default());
    let store = index.store();
    let mut all = format!("{read:?} {:?} {:?}\n", store.header(), store.warnings());
    for event in (0..store.len() as u32).map(EventId) {
        let facts: Vec<_> = store.facts().of(event.0 as usize).collect();
        let _ = writeln!(
            all,
            "{:?} {facts:?} {:?} {:?}",
            store.days(event),
            store.modes(event),
            store.event(event)
        );
    }
    let tables = store.tables();
    let names: BTreeMap<_, _> = tables.tags.keys().chain(tables.places.keys()).collect();
    let _ = writeln!(
        all,
        "{names:?} {:?} {:?} {:?} {:?}",
        tables.unknown_actors.values(),
        tables.unknown_sources.values(),
        tables.places.values(),
        Table::ALL.map(|table| tables.rows(table)),
    );
    for facet in Facet::ALL {
        for value in index.values(facet) {
            let mut filter = Filter::default();
            filter.toggle(facet, value);
            let shown: Vec<_> = rows(&index, &filter).iter().collect();
            let _ = writeln!(
                all,
                "{facet:?} {value:?} {shown:?} {:?}",
                counts(&index, &filter, facet)
            );
        }
    }
    for word in ["a", "long", "تهران"] {
        let found = index.search(word, &Progress::default()).expect("an answer");
        let _ = writeln!(all, "{word} {:?}", found.bits);
    }
    all
}

proptest! {
    #[test]
    fn what_comes_back_is_what_was_packed(
        records in proptest::collection::vec((0_usize..8, any::<u8>()), 1..40),
        document: bool,
    ) {
        let opening = in_memory(&text(document, &records));
        let store = load(&opening);
        prop_assume!(!store.is_held());
        let packed = opening.pack(&store).expect("a form");
        let back = opening.unpack(&packed).expect("the columns");
        prop_assert_eq!(opening.pack(&back), Some(packed));
        prop_assert_eq!(all_of(back), all_of(store));
    }

    #[test]
    fn damaged_columns_are_refused_or_sound(
        document: bool,
        damage in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..4),
        end: proptest::sample::Index,
        cut: bool,
    ) {
        let opening = in_memory(&sample(document));
        let mut packed = opening.pack(&load(&opening)).expect("a form");
        for (at, byte) in damage {
            *at.get_mut(&mut packed) = byte;
        }
        if cut {
            packed.truncate(end.index(packed.len()));
        }
        opening.unpack(&packed).map(all_of);
    }
}

#[test]
fn columns_with_any_bit_flipped_or_cut_anywhere_are_refused_or_sound() {
    for document in [false, true] {
        let opening = in_memory(&sample(document));
        let packed = opening.pack(&load(&opening)).expect("a form");
        let mut taken = 0;
        for at in 0..packed.len() * 8 {
            let mut wrong = packed.clone();
            wrong[at / 8] ^= 1 << (at % 8);
            taken += usize::from(opening.unpack(&wrong).map(all_of).is_some());
        }
        assert!(
            taken < packed.len() * 4,
            "{taken} of {} taken",
            packed.len() * 8
        );
        for end in 0..packed.len() {
            assert!(opening.unpack(&packed[..end]).is_none(), "cut at {end}");
        }
        assert!(opening.unpack(&[&packed[..], &[0]].concat()).is_none());
    }
}

/// A folder with a data file and a cache; it goes away with its owner.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let name = format!("sokhan-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).expect("a place for temporary files");
        let scratch = Self(path);
        scratch.write("data", &sample(false));
        scratch
    }

    fn cache(&self) -> Cache {
        Cache::new(self.0.join("cache").join("sokhan")).from(0)
    }

    /// Writes a data file that seems to be old.
    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).expect("a file of ours");
        age(&path, 1_000_000);
        path
    }

    /// Loads a data file and keeps what was loaded.
    fn keep(&self, cache: &Cache, name: &str) {
        let opening = self.open(name);
        cache
            .sidecar(&opening)
            .expect("a plain file")
            .write(&load(&opening));
    }

    /// What is kept of a data file.
    fn kept(&self, cache: &Cache, name: &str) -> Option<Store> {
        cache
            .sidecar(&self.open(name))
            .expect("a plain file")
            .read()
    }

    fn open(&self, name: &str) -> Opening {
        opening(Source::File(self.0.join(name)))
    }

    /// The files in the cache.
    fn files(&self) -> Vec<PathBuf> {
        let Ok(files) = fs::read_dir(self.0.join("cache/sokhan")) else {
            return Vec::new();
        };
        files.map(|file| file.expect("a file").path()).collect()
    }

    fn file(&self) -> PathBuf {
        let files = self.files();
        assert_eq!(files.len(), 1, "{files:?}");
        files[0].clone()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Makes `path` look so many seconds old, from some day on.
fn age(path: &Path, seconds: u64) {
    age_in(path, Duration::from_secs(1_700_000_000 - seconds));
}

/// Makes `path` look written so long after 1970.
fn age_in(path: &Path, after: Duration) {
    let time = SystemTime::UNIX_EPOCH + after;
    let file = File::options()
        .write(true)
        .open(path)
        .expect("a file of ours");
    file.set_modified(time).expect("a time");
}

#[test]
fn the_second_start_has_what_the_first_one_had() {
    let scratch = Scratch::new("second");
    let cache = scratch.cache();
    assert!(scratch.kept(&cache, "data").is_none());
    scratch.keep(&cache, "data");
    let kept = scratch.kept(&cache, "data").expect("a sidecar");
    assert_eq!(all_of(kept), all_of(load(&scratch.open("data"))));
}

#[test]
fn only_the_owner_can_read_a_sidecar_and_one_that_others_can_write_is_dropped() {
    let scratch = Scratch::new("owner");
    let cache = scratch.cache();
    scratch.keep(&cache, "data");
    let mode = |path: &Path| {
        fs::metadata(path)
            .expect("it is there")
            .permissions()
            .mode()
            & 0o777
    };
    let set = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("ours");
    };
    let file = scratch.file();
    let folder = file.parent().expect("a folder").to_owned();
    assert_eq!((mode(&file), mode(&folder)), (0o600, 0o700));
    set(&file, 0o620);
    assert!(scratch.kept(&cache, "data").is_none());
    set(&file, 0o600);
    assert!(scratch.kept(&cache, "data").is_some());
    set(&folder, 0o777);
    let before = fs::metadata(&file)
        .expect("it is there")
        .modified()
        .expect("a time");
    fs::remove_file(&file).expect("ours");
    scratch.keep(&cache, "data");
    assert_eq!(
        scratch.files(),
        Vec::<PathBuf>::new(),
        "written at {before:?}"
    );
}

#[test]
fn a_link_or_a_pipe_in_its_place_is_no_sidecar() {
    let scratch = Scratch::new("link");
    let cache = scratch.cache();
    scratch.keep(&cache, "data");
    let file = scratch.file();
    let other = scratch.0.join("other");
    fs::rename(&file, &other).expect("ours");
    symlink(&other, &file).expect("a link");
    assert!(scratch.kept(&cache, "data").is_none());
    fs::remove_file(&file).expect("ours");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &file,
        rustix::fs::FileType::Fifo,
        0o600.into(),
        0,
    )
    .expect("a pipe");
    assert!(scratch.kept(&cache, "data").is_none());
    scratch.keep(&cache, "data");
    assert!(scratch.kept(&cache, "data").is_some(), "replaced");
}

#[test]
fn a_sidecar_with_any_byte_wrong_is_dropped() {
    let scratch = Scratch::new("wrong");
    let cache = scratch.cache();
    scratch.keep(&cache, "data");
    let file = scratch.file();
    let right = fs::read(&file).expect("ours");
    let is_dropped = |bytes: &[u8]| {
        // The file stays, and with it its owner and mode.
        fs::write(&file, bytes).expect("ours");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("ours");
        scratch.kept(&cache, "data").is_none() && !file.exists()
    };
    for at in 0..right.len() {
        let mut wrong = right.clone();
        wrong[at] ^= 1 << (at % 8);
        assert!(is_dropped(&wrong), "byte {at}");
        assert!(is_dropped(&right[..at]), "cut at {at}");
    }
    assert!(is_dropped(&[&right[..], b"x"].concat()));
    assert!(!is_dropped(&right));
}

#[test]
fn a_data_file_that_changed_is_read_again() {
    let text = sample(false);
    let other = text.replacen("یک", "دو", 1);
    assert_eq!(text.len(), other.len());
    for changed in [
        format!("{text}\n"),
        text[..text.len() - 1].to_owned(),
        other,
    ] {
        let scratch = Scratch::new("changed");
        let cache = scratch.cache();
        scratch.keep(&cache, "data");
        scratch.write("data", &changed);
        assert!(scratch.kept(&cache, "data").is_none());
        assert_eq!(scratch.files(), Vec::<PathBuf>::new());
    }
    let scratch = Scratch::new("touched");
    let cache = scratch.cache();
    scratch.keep(&cache, "data");
    age(&scratch.0.join("data"), 5);
    assert!(scratch.kept(&cache, "data").is_none(), "another time");
}

#[test]
fn a_data_file_that_changes_while_it_is_read_is_not_kept() {
    let scratch = Scratch::new("changing");
    let cache = scratch.cache();
    let opening = scratch.open("data");
    let sidecar = cache.sidecar(&opening).expect("a plain file");
    let store = load(&opening);
    scratch.write("data", &sample(true));
    sidecar.write(&store);
    assert_eq!(scratch.files(), Vec::<PathBuf>::new());
}

#[test]
fn a_data_file_that_was_just_written_is_not_kept() {
    let scratch = Scratch::new("unsettled");
    let cache = scratch.cache();
    let path = scratch.write("data", &sample(false));
    // Later than whatever time it is now.
    age_in(&path, Duration::from_secs(1 << 33));
    scratch.keep(&cache, "data");
    assert_eq!(scratch.files(), Vec::<PathBuf>::new());
}

#[test]
fn the_oldest_go_first_when_there_is_no_room() {
    let scratch = Scratch::new("room");
    let cache = scratch.cache();
    scratch.keep(&cache, "data");
    let length = fs::metadata(scratch.file()).expect("ours").len();
    let cache = cache.room(length * 3 + 10);
    let own = scratch.0.join("cache/sokhan/notes.index");
    fs::write(&own, "somebody's own file").expect("ours");
    let names = ["data", "1", "2", "3"];
    for (name, seconds) in names.into_iter().zip([100, 400, 300, 200]) {
        scratch.write(name, &sample(false));
        let before = scratch.files();
        scratch.keep(&cache, name);
        let new = scratch
            .files()
            .into_iter()
            .find(|file| !before.contains(file));
        new.inspect(|new| age(new, seconds));
    }
    let kept = names.map(|name| scratch.kept(&cache, name).is_some());
    assert_eq!(kept, [true, false, true, true]);
    assert!(own.exists());
    scratch.keep(&cache.room(length - 1), "1");
    assert_eq!(scratch.files().len(), 4, "too large a one changes nothing");
}

#[test]
fn what_was_left_half_written_is_cleared_away() {
    let scratch = Scratch::new("half");
    let cache = scratch.cache();
    scratch.keep(&cache, "data");
    let half = |name: &str| scratch.0.join("cache/sokhan").join(name);
    let (old, new) = (
        half("0123456789abcdef.1.part"),
        half("0123456789abcdef.2.part"),
    );
    fs::write(&old, "x").expect("ours");
    fs::write(&new, "x").expect("ours");
    age(&old, 0);
    scratch.keep(&cache, "data");
    assert_eq!((old.exists(), new.exists()), (false, true));
}

#[test]
fn nothing_is_kept_of_pipes_bytes_and_small_files() {
    let scratch = Scratch::new("small");
    assert!(
        scratch
            .cache()
            .sidecar(&in_memory(&sample(false)))
            .is_none()
    );
    let cache = Cache::new(scratch.0.join("cache"));
    assert!(cache.sidecar(&scratch.open("data")).is_none());
}

#[test]
fn a_cache_that_cannot_be_written_is_no_failure() {
    let scratch = Scratch::new("blocked");
    scratch.write("cache", "a file where the folder should be");
    let cache = scratch.cache();
    scratch.keep(&cache, "data");
    assert!(scratch.kept(&cache, "data").is_none());
}
