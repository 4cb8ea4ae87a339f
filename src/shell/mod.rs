//! The outside world: terminal, threads, clock.

pub mod backend;
pub mod encode;
