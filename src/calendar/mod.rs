//! A day is one `i32`, counted from 1970-01-01; calendars give it a year, a month and a number.
//!
//! Reads dates as files write them ([`edtf`]) and as people type them ([`typed`]), and writes them
//! for the reader ([`mod@format`]). Partial dates stay partial: no day is ever made up.

pub mod edtf;
pub mod format;
mod gregorian;
mod jalali;
mod meant;
pub mod names;
mod period;
pub mod typed;

pub use crate::model::Calendar;
pub use jalali::{EXACT_YEARS, is_exact};
pub use meant::meant;
pub use period::{Unit, heading, next_of, start_of};

/// A day's name in a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ymd {
    /// Year; in the Gregorian calendar 0 is 1 BC, in the Solar Hijri one it is 1 or more.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// The day of `date`; `None` when the calendar has no such date.
pub fn day(calendar: Calendar, date: Ymd) -> Option<i32> {
    match calendar {
        Calendar::Gregorian => gregorian::day(date),
        Calendar::Jalali => jalali::day(date),
    }
}

/// The name of `day`; `None` outside the years that the calendar can name.
pub fn ymd(calendar: Calendar, day: i32) -> Option<Ymd> {
    match calendar {
        Calendar::Gregorian => gregorian::ymd(day),
        Calendar::Jalali => jalali::ymd(day),
    }
}

/// Days in a month, 28 to 31; `None` when the calendar has no such month.
pub fn days_in_month(calendar: Calendar, year: i32, month: u8) -> Option<u8> {
    (28..=31)
        .rev()
        .find(|&day| self::day(calendar, Ymd { year, month, day }).is_some())
}

/// Day of the week, 0 (Saturday, the first day of the Iranian week) to 6 (Friday).
pub fn weekday(day: i32) -> usize {
    // 1970-01-01 was a Thursday.
    (i64::from(day) + 5).rem_euclid(7) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_and_name_are_inverse_over_four_hundred_years() {
        let start = day(
            Calendar::Gregorian,
            Ymd {
                year: 1800,
                month: 1,
                day: 1,
            },
        )
        .expect("a day");
        for calendar in [Calendar::Gregorian, Calendar::Jalali] {
            for at in start..start + 400 * 366 {
                let name = ymd(calendar, at).expect("a name");
                assert_eq!(day(calendar, name), Some(at), "{calendar:?} {name:?}");
            }
        }
    }

    #[test]
    fn weekdays_are_the_published_ones() {
        let thursday = Ymd {
            year: 2024,
            month: 7,
            day: 11,
        };
        assert_eq!(day(Calendar::Gregorian, thursday).map(weekday), Some(5));
        let friday = Ymd {
            year: 1403,
            month: 9,
            day: 2,
        };
        assert_eq!(day(Calendar::Jalali, friday).map(weekday), Some(6));
    }

    #[test]
    fn months_have_their_days() {
        assert_eq!(days_in_month(Calendar::Jalali, 1403, 12), Some(30));
        assert_eq!(days_in_month(Calendar::Jalali, 1402, 12), Some(29));
        assert_eq!(days_in_month(Calendar::Jalali, 1402, 13), None);
        assert_eq!(days_in_month(Calendar::Gregorian, 2024, 2), Some(29));
    }
}
