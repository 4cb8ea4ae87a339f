//! Bytes become records, warnings and columns.

mod assemble;
mod batch;
mod bytes;
mod columnar;
mod columns;
mod detail;
mod facts;
mod frame;
pub mod letters;
mod names;
mod raw;
mod road;
mod scan;
mod stretch;
mod texts;
mod watch;

pub use columnar::Store;
pub use columns::Days;
pub use detail::DetailError;
pub use facts::{Fact, FactLists, Interned, Modes, Table, Tables};
pub use texts::{Chunk, TextReader, Texts};
pub use watch::Progress;
