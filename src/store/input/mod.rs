//! Bytes come in: from files, pipes and packed data; then they can be read at any place.

pub(in crate::store) mod bytes;
mod chunks;
mod gzip;
pub(in crate::store) mod look;
pub(in crate::store) mod place;
pub(in crate::store) mod source;
pub(in crate::store) mod stream;
