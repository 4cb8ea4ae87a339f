//! Bytes become records, warnings and columns.

mod both;
mod columnar;
mod columns;
mod decode;
mod detail;
mod fault;
mod grow;
mod input;
mod json;
mod open;
mod preview;
mod problem;
mod road;
mod sidecar;
mod texts;
mod watch;

pub(crate) use both::both;
pub use columnar::Store;
pub use columns::days::Days;
pub use columns::facts::{Fact, FactLists, Interned, Modes, Table, Tables, place_key};
pub use decode::load::{Kept, Loaded, Span, load, load_as};
pub use decode::{Names, decode_event};
pub use detail::DetailError;
pub use detail::heading::{Heading, Headings};
pub use grow::Growth;
pub use input::source::{Limits, Source, Stamp};
pub use input::stream::{End, Piece, Received};
pub use json::{Syntax, SyntaxKind};
pub use open::{OpenError, Opening};
pub use problem::{Class, LoadError, Place, Problem, Warnings};
pub use sidecar::{Cache, Sidecar};
pub use texts::letters;
pub use texts::{Chunk, TextReader, Texts};
pub use watch::Progress;
