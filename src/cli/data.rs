//! The data that a command line names, and reading it for a command.

use std::path::Path;
use std::sync::Arc;

use super::args::Data;
use super::setting::Chosen;
use crate::model::Header;
use crate::query::Index;
use crate::store::{Limits, LoadError, OpenError, Opening, Progress, Source, Store};

/// The example that opens without a file.
const SAMPLE: &[u8] = include_bytes!("../../data/iran-russia.json");
/// What messages call it.
const SAMPLE_NAME: &str = "iran-russia.json";

/// Where the data comes from: a file, standard input for `-`, the bundled example for nothing.
pub(super) fn source(data: &Data) -> Source {
    match data.file.as_deref() {
        Some(path) if path == Path::new("-") => Source::Stdin,
        Some(path) => Source::File(path.to_owned()),
        None => Source::Bytes(SAMPLE_NAME, SAMPLE.into()),
    }
}

/// At most so many bytes as were chosen, or as many as are usual for the source.
pub(super) fn limits(chosen: &Chosen) -> Limits {
    let limits = chosen.max_size.map_or_else(Limits::default, Limits::bytes);
    Limits {
        record: chosen
            .max_record
            .map_or(limits.record, |bytes| bytes as usize),
        ..limits
    }
}

/// All of `source`, for a command that needs no screen; the events are not looked at one by one.
pub(super) fn index(source: &Source, limits: &Limits) -> Result<Index, LoadError> {
    let opening = Opening::new(source.clone(), *limits)?;
    let progress = Progress::default();
    let store = match opening.load(&progress) {
        Ok(store) => store,
        Err(OpenError::Load(error)) => return Err(error),
        // Nobody stops it.
        Err(OpenError::Stopped) => Store::from_records(Header::default(), Vec::new()),
    };
    Ok(Index::build(Arc::new(store)))
}
