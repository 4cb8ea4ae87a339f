//! A string becomes lines of terminal cells: visual order, joined letters, source bytes.
//!
//! Usable on its own; depends on no other layer. It is for terminals that neither reorder nor join:
//! what stands in the cells is what is seen. All of it is linear in the text.
//!
//! 1. Text from outside is sanitised: controls and overrides are shown, not obeyed; what terminals
//!    disagree about is dropped; every character that is left knows its source bytes.
//! 2. [`Paragraphs::new`] analyses a field once: direction, embedding levels (UAX #9), chances to
//!    break (UAX #14), grapheme clusters (UAX #29), joining in the order of the text, presentation
//!    forms with lam-alef, mirroring (UAX #9 L4). Nothing of this depends on the width.
//! 3. [`Paragraphs::wrap`] breaks by columns in the order of the text and turns each line round by
//!    itself (UAX #9 L1, L2); [`Paragraphs::cut`] (or [`one_line`]) shortens to
//!    one line with an ellipsis.
//! 4. Each [`Cell`] tells its source bytes: [`Line::highlight`] lights matches, [`source_of`] and
//!    [`copy`] take what was chosen on the screen back to the text.
//!
//! ```
//! use sokhan::text::{Direction, Paragraphs, TextPolicy};
//!
//! let paragraphs = Paragraphs::new("سلام دنیا", Direction::Rtl, TextPolicy::default());
//! let layout = paragraphs.wrap(6);
//! assert_eq!(layout.lines.len(), 2);
//! let first = &layout.lines[0];
//! assert_eq!((first.width, first.rtl), (3, true));
//! let symbols: Vec<&str> = first.cells.iter().map(|cell| cell.symbol()).collect();
//! assert_eq!(symbols, ["\u{fee1}", "\u{fefc}", "\u{feb3}"]);
//! assert_eq!(first.cells[1].source(), 2..6);
//! ```
//!
//! [`fold`] finds words however their letters were typed, [`order_key`] orders names, [`clean`] and
//! [`isolate`] put text from outside into sentences of the program.

mod bidi;
mod caret;
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

pub use caret::{Side, cluster_after, cluster_before, rubbed_out_from, word_after, word_before};
pub use clean::{clean, clean_to, isolate};
pub use layout::{Cell, Layout, Line, Paragraphs, copy, lay_out, one_line, source_of};
pub use order::order_key;
pub use policy::{Direction, Letters, Marks, TextPolicy, direction_of};
pub use property::{BidiType, Bracket, bidi_type, bracket, mirrored};
