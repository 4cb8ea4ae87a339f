//! Which terminal is in front of us, and how it is fed.
//!
//! What decides is passed in: the environment as a plain [`Environment`], the terminal as two
//! functions that write and read. Everything between is pure and tested by tables of what real
//! terminals say.

mod answers;
mod ask;
mod detect;
mod environment;
mod known;
mod multiplexer;

pub use answers::{Answers, Listener};
pub use ask::{Asked, QUESTIONS, ask, patience};
pub use detect::{Detected, Guess, Why, again, by_answers, by_environment, detect, settle};
pub use environment::Environment;
pub use known::{KNOWN, Known, UnknownName, named};
pub use multiplexer::{Client, client};
