//! Dates as people type them: ۱۴۰۳/۴/۲۱, 1403-04-21, «۲۱ تیر ۱۴۰۳», "11 Jul 2024", today, +3m.
//!
//! A year below 1700 is Solar Hijri, above it Gregorian; what was understood can be shown with
//! [`super::format`].

use super::{Calendar, Ymd, day, days_in_month, edtf, names, ymd};
use crate::model::{Certainty, DateExpr, DaySpan, Moment, When};

/// A year from here on is Gregorian.
const FIRST_GREGORIAN: i32 = 1700;

/// Reads a typed date: a day, a month, a year, or a distance from `from` (a day; today, or where
/// the reader stands). Distances are `+3d`, `-2w`, `+1m`, `-1y`, counted in `calendar`.
///
/// `None` when it is no date, or no date yet.
pub fn parse(text: &str, today: i32, from: i32, calendar: Calendar) -> Option<When> {
    let text: String = text.trim().chars().map(edtf::ascii_digit).collect();
    let text = text.to_lowercase();
    match text.as_str() {
        "today" | "امروز" => return exact(calendar, today, &text),
        "yesterday" | "دیروز" => return exact(calendar, today.checked_sub(1)?, &text),
        _ => {}
    }
    if text.starts_with(['+', '-']) {
        return exact(calendar, shifted(&text, from, calendar)?, &text);
    }
    named(&text).or_else(|| numeric(&text))
}

/// `۱۴۰۳/۴/۲۱`, `2024-07`, `1403`.
fn numeric(text: &str) -> Option<When> {
    let parts: Option<Vec<i32>> = text.split(['/', '-', '.']).map(number).collect();
    let (year, month, day) = match parts?[..] {
        [year] => (year, None, None),
        [year, month] => (year, Some(month), None),
        [year, month, day] if year > 31 => (year, Some(month), Some(day)),
        [day, month, year] => (year, Some(month), Some(day)),
        _ => return None,
    };
    when(calendar_of(year)?, year, month, day, text)
}

/// «۲۱ تیر ۱۴۰۳», "Tir 1403", "July 11 2024".
fn named(text: &str) -> Option<When> {
    let mut month = None;
    let mut numbers = Vec::new();
    for word in text
        .split([' ', ',', '،', '\u{200c}'])
        .filter(|word| !word.is_empty())
    {
        match number(word) {
            Some(number) => numbers.push(number),
            None if month.is_none() => month = Some(names::month_named(word)?),
            None => return None,
        }
    }
    let (calendar, month) = month?;
    let (year, day) = match numbers[..] {
        [year] => (year, None),
        [day, year] if day <= 31 => (year, Some(day)),
        [year, day] => (year, Some(day)),
        _ => return None,
    };
    (calendar_of(year)? == calendar).then_some(())?;
    when(calendar, year, Some(i32::from(month)), day, text)
}

fn when(
    calendar: Calendar,
    year: i32,
    month: Option<i32>,
    day: Option<i32>,
    text: &str,
) -> Option<When> {
    let small = |number: Option<i32>| number.map(u8::try_from).transpose().ok();
    let moment = Moment {
        year,
        years: 1,
        month: small(month)?,
        season: None,
        day: small(day)?,
        time: None,
        certainty: Certainty::default(),
    };
    let days = edtf::days_of(&moment, calendar).ok()?;
    Some(When {
        calendar,
        expr: DateExpr::Moment(moment),
        days,
        written: text.to_owned(),
    })
}

fn exact(calendar: Calendar, at: i32, text: &str) -> Option<When> {
    let Ymd { year, month, day } = ymd(calendar, at)?;
    let found = when(
        calendar,
        year,
        Some(i32::from(month)),
        Some(i32::from(day)),
        text,
    )?;
    Some(When {
        days: DaySpan {
            first: at,
            last: at,
        },
        ..found
    })
}

fn shifted(text: &str, from: i32, calendar: Calendar) -> Option<i32> {
    let unit = text.chars().next_back()?;
    let amount: i32 = text
        .strip_suffix(unit)?
        .parse()
        .ok()
        .filter(|n: &i32| n.abs() < 100_000)?;
    match unit {
        'd' | 'ر' => from.checked_add(amount),
        'w' | 'ه' => from.checked_add(amount * 7),
        'm' | 'م' => months_later(from, amount, calendar),
        'y' | 'س' => months_later(from, amount.checked_mul(12)?, calendar),
        _ => None,
    }
}

/// The same day of another month, or its last day where it is shorter.
fn months_later(from: i32, months: i32, calendar: Calendar) -> Option<i32> {
    let name = ymd(calendar, from)?;
    let count = name
        .year
        .checked_mul(12)?
        .checked_add(i32::from(name.month) - 1)?
        .checked_add(months)?;
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) as u8 + 1);
    let last = days_in_month(calendar, year, month)?;
    day(
        calendar,
        Ymd {
            year,
            month,
            day: name.day.min(last),
        },
    )
}

/// The calendar that a typed year is of; `None` when no such year can be typed.
pub fn calendar_of(year: i32) -> Option<Calendar> {
    match year {
        1000..FIRST_GREGORIAN => Some(Calendar::Jalali),
        FIRST_GREGORIAN..=9999 => Some(Calendar::Gregorian),
        _ => None,
    }
}

fn number(text: &str) -> Option<i32> {
    text.parse::<u16>()
        .ok()
        .filter(|_| !text.starts_with('+'))
        .map(i32::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Option<(i32, i32)> {
        let from = 19_915; // 2024-07-11
        let when = parse(text, from, from, Calendar::Jalali)?;
        Some((when.days.first, when.days.last))
    }

    #[test]
    fn one_day_typed_in_many_ways() {
        let ways = [
            "۱۴۰۳/۴/۲۱",
            "1403-04-21",
            "۲۱ تیر ۱۴۰۳",
            "21 Tir 1403",
            "2024-07-11",
            "11 Jul 2024",
            "July 11, 2024",
            "11/7/2024",
            "today",
            "امروز",
            "١٤٠٣/٤/٢١",
            "۱۱ ژوئیه\u{654} ۲۰۲۴",
        ];
        for way in ways {
            assert_eq!(days(way), Some((19_915, 19_915)), "{way}");
        }
    }

    #[test]
    fn months_years_and_distances() {
        assert_eq!(days("تیر ۱۴۰۳"), days("1403-04"));
        assert_eq!(days("2024-07").map(|(first, last)| last - first), Some(30));
        assert_eq!(days("1403").map(|(first, last)| last - first), Some(365));
        assert_eq!(days("-10d"), Some((19_905, 19_905)));
        assert_eq!(days("+۳m"), days("1403/7/21"));
        assert_eq!(days("-1y"), days("1402/4/21"));
        assert_eq!(days("+2w"), Some((19_929, 19_929)));
    }

    #[test]
    fn what_is_no_date_yet_is_none() {
        for text in [
            "",
            "14",
            "140",
            "1403/",
            "1403/13",
            "1402/12/30",
            "21 Tir 2024",
            "تیر",
            "+m",
            "+9999999999d",
            "-",
            "foo 1403",
        ] {
            assert_eq!(days(text), None, "{text}");
        }
    }
}
