//! What the program itself says, in Persian and in English. Knows nothing of the rest.

mod digits;
mod table;
mod vocabulary;

pub use digits::Digits;
pub use table::{Word, say};
pub use vocabulary::translate;

/// The language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Persian: panes are laid out right to left.
    #[default]
    Fa,
    /// English.
    En,
}

impl Lang {
    /// The BCP 47 tag, as the event file uses it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fa => "fa",
            Self::En => "en",
        }
    }
}
