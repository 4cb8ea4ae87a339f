//! The Solar Hijri calendar of Iran, by `icu_calendar`.

use icu_calendar::Date;
use icu_calendar::cal::Persian;
use icu_calendar::types::RataDie;

use super::Ymd;

/// Years for which the calendar authority's own table is matched (University of Tehran's
/// calendar centre, years 1206 to 1498, and the ones computed ahead to 1501). Outside them dates
/// are computed and marked so.
pub const EXACT_YEARS: std::ops::RangeInclusive<i32> = 1206..=1501;

/// Rata Die of 1970-01-01.
const EPOCH: i64 = 719_163;

/// True when the conversion of this Solar Hijri year is exact.
pub fn is_exact(year: i32) -> bool {
    EXACT_YEARS.contains(&year)
}

pub(super) fn day(date: Ymd) -> Option<i32> {
    if date.year < 1 {
        return None;
    }
    let date = Date::try_new_persian(date.year, date.month, date.day).ok()?;
    i32::try_from(date.to_rata_die().to_i64_date() - EPOCH).ok()
}

pub(super) fn ymd(day: i32) -> Option<Ymd> {
    let date = Date::from_rata_die(RataDie::new(i64::from(day) + EPOCH), Persian);
    let year = date.year().extended_year();
    let name = Ymd {
        year,
        month: date.month().ordinal,
        day: date.day_of_month().0,
    };
    // Far outside its range the library stops at a last date; such a name would not come back.
    (self::day(name) == Some(day)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Calendar, days_in_month};

    /// CC0, from the calendar authority: `year[*|**] ISO date of its first day`.
    const NOWRUZ: &str = include_str!("../../tests/fixtures/nowruz.txt");

    #[test]
    fn every_official_nowruz_and_leap_year_is_right() {
        let mut years = 0;
        for line in NOWRUZ
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
        {
            let (year, iso) = line.split_once(' ').expect("two columns");
            let leap = year.ends_with('*');
            let year: i32 = year.trim_end_matches('*').parse().expect("a year");
            let iso: Vec<i32> = iso
                .trim()
                .split('-')
                .map(|n| n.parse().expect("n"))
                .collect();
            let first = Ymd {
                year: iso[0],
                month: iso[1] as u8,
                day: iso[2] as u8,
            };
            let nowruz = super::super::gregorian::day(first).expect("a day");
            assert_eq!(
                day(Ymd {
                    year,
                    month: 1,
                    day: 1
                }),
                Some(nowruz),
                "{year}"
            );
            assert_eq!(
                ymd(nowruz),
                Some(Ymd {
                    year,
                    month: 1,
                    day: 1
                })
            );
            let last = days_in_month(Calendar::Jalali, year, 12);
            assert_eq!(last, Some(if leap { 30 } else { 29 }), "{year}");
            years += 1;
        }
        assert_eq!(years, 293);
    }

    #[test]
    fn years_before_the_era_have_no_name() {
        assert_eq!(
            day(Ymd {
                year: 0,
                month: 1,
                day: 1
            }),
            None
        );
        let first = day(Ymd {
            year: 1,
            month: 1,
            day: 1,
        })
        .expect("a day");
        assert_eq!(ymd(first - 1), None);
        assert_eq!(ymd(i32::MIN), None);
        assert_eq!(ymd(i32::MAX), None);
    }
}
