//! Days, months, years and decades as stretches of days: for headings, jumps and bars.

use super::{Calendar, Ymd, day, names, ymd};
use crate::words::{Digits, Lang};

/// A stretch of a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// One day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
    /// Ten years that begin with a year divisible by ten.
    Decade,
}

/// The first day of the stretch that holds `day`. Where the calendar cannot name the day, the
/// Gregorian one serves; a day outside all calendars is its own stretch.
pub fn start_of(calendar: Calendar, unit: Unit, at: i32) -> i32 {
    let Some((calendar, name)) = named(calendar, at) else {
        return at;
    };
    first_day(calendar, beginning(unit, name)).unwrap_or(at)
}

/// The first day after the stretch that holds `day`; always later than `day`.
pub fn next_of(calendar: Calendar, unit: Unit, at: i32) -> i32 {
    let tomorrow = at.saturating_add(1);
    let Some((calendar, name)) = named(calendar, at) else {
        return tomorrow;
    };
    let Ymd { year, month, .. } = beginning(unit, name);
    let next = match unit {
        Unit::Day => return tomorrow,
        Unit::Month if month == 12 => Ymd {
            year: year + 1,
            month: 1,
            day: 1,
        },
        Unit::Month => Ymd {
            year,
            month: month + 1,
            day: 1,
        },
        Unit::Year => Ymd {
            year: year + 1,
            month: 1,
            day: 1,
        },
        Unit::Decade => Ymd {
            year: year + 10,
            month: 1,
            day: 1,
        },
    };
    first_day(calendar, next).unwrap_or(tomorrow).max(tomorrow)
}

/// What the stretch that holds `at` is called: «تیر ۱۴۰۳», "Jul 2024", "1403", "1400s".
pub fn heading(calendar: Calendar, unit: Unit, at: i32, lang: Lang, digits: Digits) -> String {
    let Some((calendar, name)) = named(calendar, at) else {
        return String::new();
    };
    let year = beginning(unit, name).year;
    let month = names::month_before_year(calendar, name.month, lang);
    digits.of(&match (unit, lang) {
        (Unit::Day, _) => format!("{} {month} {year}", name.day),
        (Unit::Month, _) => format!("{month} {year}"),
        (Unit::Year, _) => year.to_string(),
        (Unit::Decade, Lang::Fa) => format!("دهه\u{654} {year}"),
        (Unit::Decade, Lang::En) => format!("{year}s"),
    })
}

fn named(calendar: Calendar, at: i32) -> Option<(Calendar, Ymd)> {
    [calendar, Calendar::Gregorian]
        .into_iter()
        .find_map(|calendar| Some((calendar, ymd(calendar, at)?)))
}

fn beginning(unit: Unit, name: Ymd) -> Ymd {
    match unit {
        Unit::Day => name,
        Unit::Month => Ymd { day: 1, ..name },
        Unit::Year => Ymd {
            month: 1,
            day: 1,
            ..name
        },
        Unit::Decade => Ymd {
            year: name.year.div_euclid(10) * 10,
            month: 1,
            day: 1,
        },
    }
}

/// The Solar Hijri years 1 to 9 have no year 0 to begin their decade.
fn first_day(calendar: Calendar, name: Ymd) -> Option<i32> {
    let year = if calendar == Calendar::Jalali {
        name.year.max(1)
    } else {
        name.year
    };
    day(calendar, Ymd { year, ..name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_touch_and_cover() {
        for calendar in [Calendar::Gregorian, Calendar::Jalali] {
            for unit in [Unit::Day, Unit::Month, Unit::Year, Unit::Decade] {
                for at in (-30_000..30_000).step_by(37) {
                    let (start, next) = (start_of(calendar, unit, at), next_of(calendar, unit, at));
                    assert!(start <= at && at < next, "{calendar:?} {unit:?} {at}");
                    assert_eq!(start_of(calendar, unit, next), next);
                    assert_eq!(next_of(calendar, unit, start), next);
                }
            }
        }
    }

    #[test]
    fn the_ends_of_time_are_no_trap() {
        for at in [i32::MIN, i32::MAX] {
            assert_eq!(start_of(Calendar::Jalali, Unit::Month, at), at);
            assert!(next_of(Calendar::Jalali, Unit::Year, at) >= at);
        }
    }
}
