//! The outside world: terminal, threads, clock.
