//! What comes in from outside: the rules of `deny.toml` for what is compiled here, without a tool
//! or a network. `cargo deny check` knows more: other platforms, advisories.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use serde_json::Value;
use toml::Table;

#[test]
fn every_crate_is_from_the_registry_and_under_a_licence_that_is_allowed() {
    let rules = rules();
    let allowed: BTreeSet<&str> = words(&rules["licenses"]["allow"]).collect();
    let mut faults = Vec::new();
    for (id, package) in shipped() {
        let licence = package["license"].as_str().unwrap_or("none");
        if !permits(licence, &allowed) {
            faults.push(format!("{id}: licence {licence}"));
        }
        let registry = package["source"].as_str().unwrap_or("");
        if package["name"] != "sokhan" && !registry.contains("crates.io-index") {
            faults.push(format!("{id}: from {registry:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_crate_comes_in_two_versions_but_those_that_are_told() {
    let rules = rules();
    let skipped = rules["bans"]["skip"].as_array().expect("a list");
    let skipped = skipped.iter().map(|skip| skip["crate"].as_str());
    let skipped: BTreeSet<&str> = skipped
        .map(|skip| {
            skip.and_then(|skip| skip.split('@').next())
                .expect("a name")
        })
        .collect();
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in shipped().values() {
        let text = |field: &str| package[field].as_str().unwrap_or("").to_owned();
        versions
            .entry(text("name"))
            .or_default()
            .push(text("version"));
    }
    versions.retain(|_, versions| versions.len() > 1);
    let twice: BTreeSet<&str> = versions.keys().map(String::as_str).collect();
    assert_eq!(twice, skipped, "{versions:?}");
}

#[test]
fn licences_are_understood() {
    let allowed = BTreeSet::from(["MIT", "Zlib"]);
    for (licence, permitted) in [
        ("MIT", true),
        ("MIT OR Apache-2.0", true),
        ("Apache-2.0/MIT", true),
        ("(Apache-2.0 OR MIT) AND Zlib", true),
        ("(Apache-2.0 OR MIT) AND GPL-3.0", false),
        ("Apache-2.0 WITH LLVM-exception", false),
        ("none", false),
    ] {
        assert_eq!(permits(licence, &allowed), permitted, "{licence}");
    }
}

/// True when each part of an SPDX expression can be had under an allowed licence.
fn permits(licence: &str, allowed: &BTreeSet<&str>) -> bool {
    let one_of = |part: &str| {
        let part = part.replace(['(', ')'], "").replace('/', " OR ");
        part.split(" OR ").any(|name| allowed.contains(name.trim()))
    };
    licence.split(" AND ").all(one_of)
}

fn rules() -> Table {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/deny.toml");
    let text = fs::read_to_string(path).expect("deny.toml");
    text.parse().expect("TOML")
}

fn words(list: &toml::Value) -> impl Iterator<Item = &str> {
    list.as_array()
        .expect("a list")
        .iter()
        .filter_map(toml::Value::as_str)
}

/// The packages that the program needs to be built here, by their ids.
fn shipped() -> BTreeMap<String, Value> {
    let metadata = metadata();
    let nodes = metadata["resolve"]["nodes"].as_array().expect("nodes");
    let nodes: BTreeMap<&str, &Value> = nodes
        .iter()
        .filter_map(|node| Some((node["id"].as_str()?, node)))
        .collect();
    let mut waiting = vec![metadata["resolve"]["root"].as_str().expect("a root")];
    let mut met = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if met.insert(id) {
            let needs = nodes[id]["deps"].as_array().expect("dependencies");
            waiting.extend(
                needs
                    .iter()
                    .filter(|need| is_shipped(need))
                    .filter_map(|need| need["pkg"].as_str()),
            );
        }
    }
    let packages = metadata["packages"].as_array().expect("packages").iter();
    let packages = packages.filter_map(|package| Some((package["id"].as_str()?, package)));
    packages
        .filter(|(id, _)| met.contains(id))
        .map(|(id, package)| (id.to_owned(), package.clone()))
        .collect()
}

/// Needed by more than tests.
fn is_shipped(need: &Value) -> bool {
    let kinds = need["dep_kinds"].as_array().expect("kinds");
    kinds.iter().any(|kind| kind["kind"] != "dev")
}

/// What cargo knows, for this platform alone: all of that is here already.
fn metadata() -> Value {
    let host = Command::new("rustc").arg("-vV").output().expect("rustc");
    let host = String::from_utf8(host.stdout).expect("UTF-8");
    let host = host.lines().find_map(|line| line.strip_prefix("host: "));
    let told = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", host.expect("a host")])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo");
    assert!(
        told.status.success(),
        "{}",
        String::from_utf8_lossy(&told.stderr)
    );
    serde_json::from_slice(&told.stdout).expect("JSON")
}
