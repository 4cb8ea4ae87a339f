//! The clock, asked in one place.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds of a day.
const DAY: u64 = 86_400;

/// Today in days from 1970-01-01, at Greenwich: no time zone is looked up for it.
#[expect(clippy::disallowed_methods, reason = "the one place that asks")]
pub fn today() -> i32 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| (since.as_secs() / DAY) as i32)
}

/// A moment, to reckon how long something takes.
#[expect(clippy::disallowed_methods, reason = "this is where the clock is")]
pub fn moment() -> std::time::Instant {
    std::time::Instant::now()
}
