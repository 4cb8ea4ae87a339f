//! The outside world: terminal, threads, clock.

pub mod backend;
pub mod caps;
pub mod encode;
