//! How events are found: facets, filters, search, counts.

mod bits;
mod facet;
mod filter;
mod grow;
mod index;
mod names;
mod narrow;
mod pattern;
mod postings;
mod rows;
mod search;
mod select;
pub mod typed;

pub use bits::Bits;
pub use facet::{Facet, ValueId, mode_names};
pub use filter::{Filter, Pick, Term};
pub use index::Index;
pub use narrow::narrow;
pub use rows::{Hits, Rows};
pub use search::Found;
pub use select::{counts, histogram, rows};
