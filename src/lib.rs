//! `sokhan` reads who said what, and when, in Persian.
//!
//! # Layers
//!
//! Each folder knows only the folders above it in this table; `tests/layers.rs` holds the border.
//!
//! | layer | what it knows |
//! | --- | --- |
//! | [`words`] | what the program itself says, in Persian and English; digits |
//! | [`model`] | ids and plain records: actor, source, event, statement, date |
//! | [`calendar`] | a day is one `i32`; Gregorian and Solar Hijri; EDTF; dates as people type them |
//! | [`text`] | a string becomes lines of terminal cells; folding for search |
//! | [`store`] | bytes become records, warnings, columns |
//! | [`query`] | facets, filters, search, counts |
//! | [`app`] | what the program is doing: `State`, `update` |
//! | [`ui`] | `State` becomes cells |
//! | [`shell`] | terminal, threads, clock: the outside world |
//! | [`cli`] | arguments, configuration, exit codes |

pub mod app;
pub mod calendar;
pub mod cli;
pub mod model;
pub mod query;
pub mod shell;
pub mod store;
pub mod text;
pub mod ui;
pub mod words;
