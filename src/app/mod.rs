//! What the program is doing: one [`State`], changed by [`update`] alone. Knows no terminal, file,
//! clock or thread; what it wants of them goes out as an [`Effect`].

mod key;
mod mouse;
mod settings;
mod state;
mod update;

pub use key::{Code, Key, UnknownKey};
pub use mouse::{Mouse, MouseKind};
pub use settings::{Colours, Dates, Settings, Theme};
pub use state::State;
pub use update::{Effect, Msg, update};
