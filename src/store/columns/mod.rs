//! Small columns about every event, in display order.

pub(in crate::store) mod assemble;
pub(in crate::store) mod days;
pub(in crate::store) mod facts;
pub(in crate::store) mod merge;
