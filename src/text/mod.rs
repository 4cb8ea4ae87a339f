//! A string becomes lines of terminal cells: visual order, joined letters, source bytes.
//!
//! Usable on its own; depends on no other layer.

mod clean;
mod cluster;
mod cut;
pub mod fold;
mod forms;
mod join;
mod layout;
mod order;
mod paragraph;
mod policy;
mod property;
mod reorder;
mod sanitize;
mod wrap;

pub use clean::{clean, clean_to, isolate};
pub use layout::{Cell, Layout, Line, Paragraphs, copy, lay_out, source_of};
pub use order::order_key;
pub use policy::{Direction, Letters, Marks, TextPolicy, direction_of};
pub use property::{BidiType, Bracket, bidi_type, bracket, mirrored};
