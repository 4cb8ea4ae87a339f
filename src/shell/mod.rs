//! The outside world: terminal, threads, clock.

pub mod backend;
mod browser;
pub mod caps;
mod chart;
mod clipboard;
mod clock;
pub mod encode;
mod event;
mod group;
mod input;
mod leave;
mod panic;
mod real;
mod run;
mod screen;
mod session;
mod signals;
mod terminal;
mod watch;
mod worker;

pub use chart::{Sample, chart};
pub use clock::{moment, today};
pub use event::{Event, Leave, Taken};
pub use input::Decoder;
pub use real::{Fed, FirstFrame};
pub use run::{End, Outside, run};
pub use screen::{Screen, usable};
pub use session::{Session, Unfit};
pub use terminal::{Heard, Terminal};
pub use watch::watch;
pub use worker::{Reader, Stage, Wish, read};
