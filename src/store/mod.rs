//! Bytes become records, warnings and columns.

mod columnar;
mod columns;
mod detail;
mod facts;
mod scan;

pub use columnar::Store;
pub use columns::Days;
pub use detail::DetailError;
pub use facts::{Fact, FactLists, Interned, Modes, Table, Tables};
