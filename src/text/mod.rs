//! A string becomes lines of terminal cells: visual order, joined letters, source bytes.
//!
//! Usable on its own; depends on no other layer.

mod layout;
mod policy;

pub use layout::{Cell, Layout, Line, Paragraphs, lay_out};
pub use policy::{Direction, Letters, Marks, TextPolicy};
