//! The bundled events, the schema and the decoder say the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use sokhan::model::{ActorRef, Mode, SourceRef};
use sokhan::store::{Limits, Loaded, Source, load};

fn json(path: &str) -> Value {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
    serde_json::from_str(&text.expect("a file")).expect("JSON")
}

fn sample() -> Loaded {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/iran-russia.json");
    load(&Source::File(path), &Limits::default()).expect("the sample")
}

#[test]
fn the_sample_fits_the_schema() {
    let schema = json("data/schema/events-v1.schema.json");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let sample = json("data/iran-russia.json");
    let faults: Vec<_> = validator
        .iter_errors(&sample)
        .map(|fault| fault.to_string())
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn the_sample_loads_without_a_word() {
    let sample = sample();
    assert!(sample.warnings.is_empty(), "{:?}", sample.warnings.list());
    assert_eq!(sample.events.len(), 24);
}

#[test]
fn every_quotation_of_the_sample_has_a_source() {
    for event in &sample().events {
        for said in event
            .statements
            .iter()
            .filter(|said| said.mode == Mode::Direct)
        {
            assert!(
                matches!(said.source, Some(SourceRef::Known(_))),
                "{}",
                event.id
            );
            assert!(
                matches!(said.speaker, Some(ActorRef::Known(_))),
                "{}",
                event.id
            );
        }
    }
}

/// A file with `field` in the record that `definition` describes.
fn file_with(definition: &str, field: &str) -> String {
    let field = format!("\"{field}\": null");
    let event = |inside: &str| {
        format!(
            r#"{{"sokhan": 1, "events": [{{"id": "e", "when": "2024", "title": "t", {inside}}}]}}"#
        )
    };
    match definition {
        "head" => format!("{{\"sokhan\": 1, \"events\": [], {field}}}"),
        "actor" | "source" | "era" => {
            format!("{{\"sokhan\": 1, \"{definition}s\": [{{{field}}}]}}")
        }
        "event" => event(&field),
        "statement" => event(&format!("\"statements\": [{{{field}}}]")),
        other => unreachable!("{other}"),
    }
}

fn unknown_fields(text: String) -> u64 {
    let source = Source::Bytes("test", text.into_bytes().into());
    match load(&source, &Limits::default()) {
        Ok(loaded) => {
            let counts = loaded.warnings.counts();
            counts
                .filter(|(class, _)| class.name() == "UNKNOWN")
                .map(|(_, count)| count)
                .sum()
        }
        // `sokhan` and `events` of another type: known, and the end of it.
        Err(_) => 0,
    }
}

#[test]
fn the_decoder_knows_the_fields_of_the_schema_and_no_others() {
    let schema = json("data/schema/events-v1.schema.json");
    let definitions = ["head", "actor", "source", "era", "event", "statement"];
    let fields = |definition: &str| -> BTreeSet<String> {
        let properties = &schema["$defs"][definition]["properties"];
        properties
            .as_object()
            .expect("fields")
            .keys()
            .cloned()
            .collect()
    };
    let all: BTreeSet<String> = definitions.iter().flat_map(|name| fields(name)).collect();
    for definition in definitions {
        let mut known = fields(definition);
        if definition == "head" {
            known.insert("events".to_owned());
        }
        for field in &all {
            let unknown = unknown_fields(file_with(definition, field));
            assert_eq!(unknown == 0, known.contains(field), "{definition}.{field}");
        }
    }
}

fn values(schema: &Value, definition: &str, field: &str) -> Vec<String> {
    let list = &schema["$defs"][definition]["properties"][field]["enum"];
    let list = list.as_array().expect("values").iter();
    list.map(|value| value.as_str().expect("a word").to_owned())
        .collect()
}

#[test]
fn the_decoder_knows_the_words_of_the_schema() {
    let schema = json("data/schema/events-v1.schema.json");
    let text = |kind: &str, mode: &str, basis: &str| {
        format!(
            r#"{{"sokhan": 1, "actors": [{{"id": "a", "kind": "{kind}"}}], "events": [{{"id": "e",
                "when": "2024", "title": "t", "when_basis": "{basis}",
                "statements": [{{"speaker": "a", "text": "t", "mode": "{mode}"}}]}}]}}"#
        )
    };
    let warnings = |text: String| {
        let source = Source::Bytes("test", text.into_bytes().into());
        load(&source, &Limits::default())
            .expect("events")
            .warnings
            .total()
    };
    for kind in values(&schema, "actor", "kind") {
        assert_eq!(warnings(text(&kind, "direct", "stated")), 0, "{kind}");
    }
    for mode in values(&schema, "statement", "mode") {
        assert_eq!(warnings(text("person", &mode, "stated")), 0, "{mode}");
    }
    for basis in values(&schema, "event", "when_basis") {
        assert_eq!(warnings(text("person", "direct", &basis)), 0, "{basis}");
    }
    assert_eq!(warnings(text("robot", "sung", "guessed")), 3);
}
