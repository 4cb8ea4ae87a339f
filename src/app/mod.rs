//! What the program is doing: one [`State`], changed by [`update`] alone. Knows no terminal, file,
//! clock or thread; what it wants of them goes out as an [`Effect`].

mod action;
mod key;
mod keymap;
mod layout;
mod mouse;
mod settings;
mod state;
mod update;

pub use action::{Action, Find, Go, Mark, Move, Narrow, Program, Show, Take};
pub use key::{Code, Key, UnknownKey};
pub use keymap::{BINDINGS, Context, Keymap, KeymapFault, Lookup};
pub use mouse::{Mouse, MouseKind};
pub use settings::{Colours, Dates, Settings, Theme};
pub use state::State;
pub use update::{Effect, Msg, update};
