//! What the program is doing: one [`State`], changed by [`update`] alone. Knows no terminal, file,
//! clock or thread; what it wants of them goes out as an [`Effect`].

mod action;
mod dates;
mod edit;
mod field;
mod geometry;
mod key;
mod keymap;
mod layout;
mod mouse;
mod names;
mod setter;
mod settings;
mod state;
mod update;

pub use action::{Action, Find, Go, Mark, Move, Narrow, Program, Show, Take};
pub use dates::ticks;
pub use edit::Edit;
pub use field::{Align, Field, Ink, Row};
pub use geometry::{Area, Areas};
pub use key::{Code, Key, UnknownKey};
pub use keymap::{BINDINGS, Context, Keymap, KeymapFault, Lookup};
pub use mouse::{Mouse, MouseKind};
pub use setter::{Flow, Lit, Setter};
pub use settings::{Colours, Dates, Settings, Theme};
pub use state::{
    Asking, Card, Chip, Choice, Column, Compare, Detail, EVENT_ROWS, Entry, Extent, FacetLine,
    Facets, Focus, Kind, Laid, Mode, News, Node, Notice, Page, Place, Progress, Prompt, SCROLL_BAR,
    Selection, Sort, State, StatementId, Strip, Timeline, TimelineEntry, Zoom, mode_word, quoted,
};
pub use update::{Effect, Msg, hurry, update};
