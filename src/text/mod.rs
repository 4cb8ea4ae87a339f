//! A string becomes lines of terminal cells: visual order, joined letters, source bytes.
//!
//! Usable on its own; depends on no other layer.

mod clean;
pub mod fold;
mod layout;
mod order;
mod policy;
mod property;

pub use clean::{clean, clean_to, isolate};
pub use layout::{Cell, Layout, Line, Paragraphs, copy, lay_out, source_of};
pub use order::order_key;
pub use policy::{Direction, Letters, Marks, TextPolicy, direction_of};
pub use property::{BidiType, Bracket, bidi_type, bracket, mirrored};
