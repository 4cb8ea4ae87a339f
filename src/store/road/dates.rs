//! Dates as they stand in the file, each worked out once.

use std::collections::HashMap;

use super::batch::UNDATED;
use super::scan;
use crate::calendar::{Calendar, edtf};
use crate::model::DaySpan;
use crate::store::json::raw::Raw;

/// Dates that are kept; an archive with more of them has times of day, and few twice.
const KEPT: usize = 1 << 16;

/// The dates that were met.
#[derive(Default)]
pub(in crate::store) struct Dates {
    met: HashMap<Box<[u8]>, Option<Date>, foldhash::fast::RandomState>,
}

/// 1700-01-01: nobody takes a later year for one of another calendar.
const CERTAINLY_GREGORIAN: i32 = -98_615;

/// What the decoder makes of a date.
#[derive(Clone, Copy)]
struct Date {
    days: DaySpan,
    /// It says nothing about it.
    clean: bool,
}

impl Dates {
    /// The days of a JSON value that is a date; [`UNDATED`] for one that is none, `None` when only
    /// the decoder can tell.
    #[inline]
    pub(in crate::store) fn days(&mut self, json: &[u8]) -> Option<DaySpan> {
        match plain_day(json) {
            Some(day) => Some(DaySpan {
                first: day,
                last: day,
            }),
            None => self.date(json).map(|date| date.days),
        }
    }

    /// True when the decoder reads the date without a word.
    pub(in crate::store) fn is_clean(&mut self, json: &[u8]) -> bool {
        let certainly = plain_day(json).is_some_and(|day| day >= CERTAINLY_GREGORIAN);
        certainly || self.date(json).is_some_and(|date| date.clean)
    }

    fn date(&mut self, json: &[u8]) -> Option<Date> {
        if let Some(date) = self.met.get(json) {
            return *date;
        }
        let date = date(json);
        if self.met.len() < KEPT {
            self.met.insert(json.into(), date);
        }
        date
    }
}

/// The text of a date string, or that in `{"jalali": "…"}` and nothing else.
pub(in crate::store) fn written(json: &[u8]) -> Option<(Raw<'_>, Calendar)> {
    match json
        .strip_prefix(b"\"")
        .and_then(|rest| rest.strip_suffix(b"\""))
    {
        Some(inside) => Some((Raw::new(inside), Calendar::Gregorian)),
        None => Some((scan::only_string(json, b"jalali").ok()?, Calendar::Jalali)),
    }
}

/// Reads a date as [`written`] finds it.
fn date(json: &[u8]) -> Option<Date> {
    let (written, calendar) = written(json)?;
    Some(match edtf::parse(&written.says(), calendar) {
        Ok(parsed) => {
            let clean = parsed.notes.is_empty() && written.is_clean();
            Date {
                days: parsed.when.days,
                clean,
            }
        }
        Err(_) => Date {
            days: UNDATED,
            clean: false,
        },
    })
}

/// The day of `"2024-07-11"` with its quotes.
#[inline]
fn plain_day(json: &[u8]) -> Option<i32> {
    let [b'"', y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b'"'] = *json else {
        return None;
    };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| i32::from(byte - b'0'));
    let year = digit(y0)? * 1000 + digit(y1)? * 100 + digit(y2)? * 10 + digit(y3)?;
    let month = digit(m0)? * 10 + digit(m1)?;
    let day = digit(d0)? * 10 + digit(d1)?;
    ((1..=12).contains(&month) && day >= 1 && day <= days_in(year, month))
        .then(|| since_1970(year, month, day))
}

fn days_in(year: i32, month: i32) -> i32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a proleptic Gregorian date of year 0 or later. Years are counted from
/// March, so that the leap day is the last one.
fn since_1970(year: i32, month: i32, day: i32) -> i32 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leaps + (153 * month + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_days_are_chronos() {
        let mut days = 0;
        for year in [0, 1, 4, 100, 1600, 1899, 1900, 1970, 2000, 2023, 2024, 9999] {
            for (month, day) in (0..=13).flat_map(|month| (0..=32).map(move |day| (month, day))) {
                let written = format!("\"{year:04}-{month:02}-{day:02}\"");
                let want = naive_day(year, month, day);
                assert_eq!(plain_day(written.as_bytes()), want, "{written}");
                days += i32::from(want.is_some());
            }
        }
        assert_eq!(days, 365 * 12 + 5);
        for written in [
            "\"2024-07\"",
            "\"2024-7-11\"",
            "2024-07-11",
            "\"2024-07-1x\"",
            "\"2024/07/11\"",
        ] {
            assert_eq!(plain_day(written.as_bytes()), None, "{written}");
        }
    }

    /// Counts the days one by one.
    fn naive_day(year: i32, month: i32, day: i32) -> Option<i32> {
        let valid = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        let of_year = |year| if days_in(year, 2) == 29 { 366 } else { 365 };
        let years: i32 = match year {
            1970.. => (1970..year).map(of_year).sum(),
            _ => -(year..1970).map(of_year).sum::<i32>(),
        };
        valid.then(|| years + (1..month).map(|month| days_in(year, month)).sum::<i32>() + day - 1)
    }
}
