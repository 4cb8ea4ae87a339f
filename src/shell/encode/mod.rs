//! One grid of cells, an encoding for each family of terminals.
//!
//! The cells are the same everywhere: visual order, presentation forms, lam-alef in one cell. What
//! differs is the bytes that make a terminal leave them alone. This folder knows those bytes; it
//! refuses to know which terminal is in front of it ([`crate::shell::caps`]) and what is drawn.
//! It needs nothing but ratatui and [`crate::text`], so any ratatui program can take it.

mod alternate;
mod boxed;
mod clean;
mod colour;
mod forms;
mod inverse;
mod joined;
mod look;
mod override_row;
mod plain;
mod reversed;
#[cfg(test)]
mod rows;
mod screen;
mod sent;
mod strategy;
mod unknown;
mod wanted;

pub use colour::Colours;
pub use inverse::{Letter, Levels};
pub use look::Look;
pub(crate) use screen::move_to;
pub use screen::{Options, Screen};
pub use sent::Sent;
pub use strategy::Strategy;
pub use wanted::{Kind, Wanted};

/// How one family of terminals is fed: a row of wanted cells becomes what each column is sent.
pub trait Encoder: Send {
    /// Fills `sent` (which comes empty) so that it covers the same columns as `wanted`.
    ///
    /// The whole row is always given, because neighbours can change each other's bytes. Equal rows
    /// must give equal results: what did not change is not sent again.
    fn encode(&mut self, wanted: &[Wanted], sent: &mut Sent);

    /// True when the colour of the letters counts on a blank, where nobody sees it: it parts what
    /// stands on either side.
    fn blanks_part(&self) -> bool {
        false
    }
}
