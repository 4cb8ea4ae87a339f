//! The proleptic Gregorian calendar, by `chrono`.

use chrono::{Datelike, NaiveDate};

use super::Ymd;

/// Days from 0001-01-01 (day 1 of the Common Era) to 1970-01-01.
const EPOCH: i32 = 719_163;

pub(super) fn day(date: Ymd) -> Option<i32> {
    let date = NaiveDate::from_ymd_opt(date.year, u32::from(date.month), u32::from(date.day))?;
    Some(date.num_days_from_ce() - EPOCH)
}

pub(super) fn ymd(day: i32) -> Option<Ymd> {
    let date = NaiveDate::from_num_days_from_ce_opt(day.checked_add(EPOCH)?)?;
    Some(Ymd {
        year: date.year(),
        month: date.month() as u8,
        day: date.day() as u8,
    })
}
