//! The house rules: who may know whom. Reads `src/` as text.

use std::fs;
use std::path::{Path, PathBuf};

/// Left never names right.
const LAYERS: &[&str] = &[
    "words", "model", "calendar", "text", "store", "query", "app", "ui", "shell", "cli",
];

/// Third-party crates and the layers that may name them.
const FENCES: &[(&str, &[&str])] = &[
    ("chrono", &["calendar", "shell"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("compact_str", &["text"]),
    ("flate2", &["store"]),
    ("foldhash", &["store"]),
    ("hashbrown", &["store"]),
    ("icu_calendar", &["calendar"]),
    ("icu_properties", &["text"]),
    ("icu_segmenter", &["text"]),
    ("memchr", &["store", "query", "text"]),
    ("ratatui", &["ui", "shell"]),
    ("crossterm", &["shell"]),
    ("nix", &["shell"]),
    ("rustix", &["shell", "store", "cli"]),
    ("serde", &["store", "cli"]),
    ("serde_json", &["store", "cli"]),
    ("signal_hook", &["shell"]),
    ("strsim", &["store", "query", "cli"]),
    ("toml", &["cli"]),
    ("unicode_bidi", &["text"]),
    ("unicode_normalization", &["text"]),
    ("unicode_segmentation", &["text"]),
    ("unicode_width", &["text"]),
    ("zstd", &["store"]),
];

#[test]
fn a_layer_names_only_the_layers_above_it() {
    let mut faults = Vec::new();
    for (layer, path, code) in sources() {
        let own = LAYERS
            .iter()
            .position(|name| *name == layer)
            .expect("a known layer");
        for (at, below) in LAYERS.iter().enumerate().skip(own + 1) {
            if names(&code, &format!("crate::{below}")) {
                faults.push(format!(
                    "{}: `{}` ({own}) names `{below}` ({at})",
                    path.display(),
                    layer
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_crate_stays_behind_its_fence() {
    let mut faults = Vec::new();
    for (layer, path, code) in sources() {
        for (krate, allowed) in FENCES {
            if !allowed.contains(&layer.as_str()) && names(&code, &format!("{krate}::")) {
                faults.push(format!("{}: `{layer}` names `{krate}`", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_dependency_has_a_fence() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let table = manifest
        .split("[dependencies]")
        .nth(1)
        .expect("a table of dependencies");
    let table = table.split("\n[").next().expect("its end");
    for line in table.lines().filter(|line| line.contains('=')) {
        let name = line
            .split('=')
            .next()
            .unwrap_or("")
            .trim()
            .replace('-', "_");
        assert!(
            FENCES.iter().any(|(krate, _)| *krate == name),
            "`{name}` has no fence"
        );
    }
}

#[test]
fn every_folder_is_a_layer() {
    for (layer, path, _) in sources() {
        assert!(
            LAYERS.contains(&layer.as_str()),
            "{} is in no layer",
            path.display()
        );
    }
}

/// True when `code` has `path` as a whole path, not as the tail of a longer name.
fn names(code: &str, path: &str) -> bool {
    code.match_indices(path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + path.len()..].chars().next();
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !letter(before) && (path.ends_with("::") || !letter(after))
    })
}

/// `(layer, path, code without comments)` of each file in a layer's folder.
fn sources() -> Vec<(String, PathBuf, String)> {
    let mut found = Vec::new();
    let src = root().join("src");
    for entry in fs::read_dir(&src)
        .expect("src")
        .flatten()
        .filter(|e| e.path().is_dir())
    {
        let layer = entry.file_name().to_string_lossy().into_owned();
        walk(&entry.path(), &mut |path| {
            let code = fs::read_to_string(path).expect("a source file");
            found.push((layer.clone(), path.to_owned(), without_comments(&code)));
        });
    }
    assert!(!found.is_empty(), "no source was read");
    found
}

fn walk(folder: &Path, each: &mut impl FnMut(&Path)) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, each);
        } else if path.extension().is_some_and(|end| end == "rs") {
            each(&path);
        }
    }
}

fn without_comments(code: &str) -> String {
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
