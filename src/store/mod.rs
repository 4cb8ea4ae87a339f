//! Bytes become records, warnings and columns.

mod assemble;
mod batch;
mod bytes;
mod columnar;
mod columns;
mod decode;
mod detail;
mod facts;
mod frame;
mod json;
pub mod letters;
mod load;
mod look;
mod names;
mod place;
mod problem;
mod raw;
mod road;
mod scan;
mod shape;
mod source;
mod stretch;
mod texts;
mod watch;

pub use columnar::Store;
pub use columns::Days;
pub use decode::{Names, decode_event};
pub use detail::DetailError;
pub use facts::{Fact, FactLists, Interned, Modes, Table, Tables};
pub use json::{Syntax, SyntaxKind};
pub use load::{Loaded, Span, load};
pub use problem::{Class, LoadError, Place, Problem, Warnings};
pub use source::{Limits, Source};
pub use texts::{Chunk, TextReader, Texts};
pub use watch::Progress;
