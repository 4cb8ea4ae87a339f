//! The fast road and the decoder read the same out of any bytes.

#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use sokhan::model::EventId;
use sokhan::query::Index;
use sokhan::store::{Limits, OpenError, Opening, Progress, Source, Store, load};

fuzz_target!(|bytes: &[u8]| {
    let source = || Source::Bytes("fuzz", bytes.to_vec().into());
    let limits = Limits::bytes(1 << 20);
    let fast = Opening::new(source(), limits).map_err(OpenError::Load);
    let fast = fast.and_then(|opening| opening.load(&Progress::default()));
    let (fast, slow) = match (fast, load(&source(), &limits)) {
        (Ok(fast), Ok(slow)) => (fast, slow),
        (Err(OpenError::Load(fast)), Err(slow)) => return assert_eq!(fast, slow),
        (fast, slow) => panic!("one of two fails: {fast:?}, {slow:?}"),
    };
    let warnings = slow.warnings.clone();
    let slow = Store::from_records(slow.header, slow.events);
    let fast = Index::build(Arc::new(fast));
    fast.read_texts(&Progress::default())
        .expect("bytes in memory");
    let fast = fast.store();
    assert_eq!(fast.header(), slow.header());
    assert_eq!(fast.len(), slow.len());
    assert_eq!(*fast.warnings(), warnings);
    for event in (0..fast.len() as u32).map(EventId) {
        assert_eq!(fast.days(event), slow.days(event));
        assert_eq!(fast.modes(event), slow.modes(event));
        assert_eq!(fast.event(event), slow.event(event));
    }
});
