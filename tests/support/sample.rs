//! The bundled sample, loaded as the program loads it.

use std::sync::Arc;

use sokhan::query::Index;
use sokhan::store::{Limits, Source, Store, load};

/// The sample's events and everything asked of them.
pub fn index() -> Index {
    let bytes = include_bytes!("../../data/iran-russia.json");
    let source = Source::Bytes("iran-russia.json", bytes.as_slice().into());
    let loaded = load(&source, &Limits::default()).expect("the sample is whole");
    Index::build(Arc::new(Store::from_records(loaded.header, loaded.events)))
}
