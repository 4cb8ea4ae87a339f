//! Dates as files write them: EDTF (ISO 8601-2) levels 0 and 1, in either calendar.
//!
//! Strict: what is not a date is an error that says why. Kind where the meaning is beyond doubt:
//! Persian digits, white space around, an interval the wrong way round; each is a [`Note`].

use std::fmt;

use super::{Calendar, Ymd, day, days_in_month};
use crate::model::{Certainty, DateExpr, DaySpan, End, Moment, Season, When};

/// A date that was read, and what is odd about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The date.
    pub when: When,
    /// What a checker would want to know; empty for a clean date.
    pub notes: Vec<Note>,
}

/// Something odd about a date that was read all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// Digits that are not ASCII in a Gregorian date.
    Digits,
    /// White space around it.
    Space,
    /// The end was before the beginning; they were exchanged.
    Reversed,
    /// A Gregorian year that looks like a Solar Hijri one (1200 to 1500).
    LooksJalali(i32),
    /// A Solar Hijri year that looks like a Gregorian one (above 1700).
    LooksGregorian(i32),
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Digits => f.write_str("has digits that are not ASCII"),
            Self::Space => f.write_str("has white space around it"),
            Self::Reversed => f.write_str("ends before it begins (reversed order)"),
            Self::LooksJalali(year) => write!(f, "is the Gregorian year {year}: is this Jalali?"),
            Self::LooksGregorian(year) => {
                write!(f, "is the Jalali year {year}: is this Gregorian?")
            }
        }
    }
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    /// Nothing is there.
    Empty,
    /// A character that cannot be seen.
    Invisible(char),
    /// A year of more or fewer than four digits, `Y…` years included.
    Year,
    /// Not the form of a date.
    Form,
    /// The calendar has no such month.
    NoMonth(u8),
    /// The month has fewer days.
    NoDay {
        /// The day that was asked for.
        day: u8,
        /// The last one of that month.
        last: u8,
    },
    /// The time of day is none.
    Time,
    /// The Solar Hijri calendar begins with year 1.
    BeforeEra,
    /// Neither end of the interval is a date.
    NoEnds,
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty"),
            Self::Invisible(letter) => {
                write!(f, "holds the invisible character U+{:04X}", *letter as u32)
            }
            Self::Year => f.write_str("has a year that is not of four digits"),
            Self::Form => f.write_str("is not of the form YYYY-MM-DD, YYYY-MM or YYYY"),
            Self::NoMonth(month) => write!(f, "has no month {month}"),
            Self::NoDay { day, last } => write!(f, "has a day {day}, but the month has {last}"),
            Self::Time => f.write_str("has a time that is not hh:mm or hh:mm:ss"),
            Self::BeforeEra => f.write_str("is before year 1 of the Jalali calendar"),
            Self::NoEnds => f.write_str("is an interval without any date"),
        }
    }
}

impl std::error::Error for DateError {}

/// Reads `written`, a date or an interval in `calendar`.
///
/// # Errors
/// Says why it is no date; the event is undated then.
pub fn parse(written: &str, calendar: Calendar) -> Result<Parsed, DateError> {
    let mut notes = Vec::new();
    let trimmed = written.trim();
    if trimmed.is_empty() {
        return Err(DateError::Empty);
    }
    if trimmed.len() != written.len() {
        notes.push(Note::Space);
    }
    if let Some(letter) = trimmed.chars().find(|letter| is_invisible(*letter)) {
        return Err(DateError::Invisible(letter));
    }
    let ascii: String = trimmed.chars().map(ascii_digit).collect();
    if calendar == Calendar::Gregorian && ascii != trimmed {
        notes.push(Note::Digits);
    }
    let (expr, days) = expression(&ascii, calendar, &mut notes)?;
    notes.extend(looks_foreign(expr, calendar));
    Ok(Parsed {
        when: When {
            calendar,
            expr,
            days,
            written: written.to_owned(),
        },
        notes,
    })
}

/// The days that a moment may mean, first and last.
///
/// # Errors
/// The calendar has no such month or day.
pub fn days_of(moment: &Moment, calendar: Calendar) -> Result<DaySpan, DateError> {
    let Moment {
        year,
        years,
        month,
        season,
        day,
        ..
    } = *moment;
    if calendar == Calendar::Jalali && year < 1 {
        return Err(DateError::BeforeEra);
    }
    let (from, to) = match (season, month) {
        (Some(season), _) => season_months(year, season, calendar),
        (None, Some(month)) => ((year, month), (year, month)),
        (None, None) => ((year, 1), (year + i32::from(years) - 1, 12)),
    };
    match day {
        Some(day) => one_day(calendar, from, day),
        None => Ok(DaySpan {
            first: month_start(calendar, from)?,
            last: month_end(calendar, to)?,
        }),
    }
}

fn expression(
    text: &str,
    calendar: Calendar,
    notes: &mut Vec<Note>,
) -> Result<(DateExpr, DaySpan), DateError> {
    let Some((from, to)) = text.split_once('/') else {
        let moment = moment(text)?;
        return Ok((DateExpr::Moment(moment), days_of(&moment, calendar)?));
    };
    let (mut from, mut to) = (end(from)?, end(to)?);
    let mut first = end_days(from, calendar)?;
    let mut last = end_days(to, calendar)?;
    if first.is_none() && last.is_none() {
        return Err(DateError::NoEnds);
    }
    if let (Some(a), Some(b)) = (first, last)
        && b.last < a.first
    {
        notes.push(Note::Reversed);
        std::mem::swap(&mut from, &mut to);
        std::mem::swap(&mut first, &mut last);
    }
    let days = DaySpan {
        first: first.map_or(i32::MIN, |span| span.first),
        last: last.map_or(i32::MAX, |span| span.last),
    };
    Ok((DateExpr::Interval(from, to), days))
}

fn end(text: &str) -> Result<End, DateError> {
    match text {
        ".." => Ok(End::Open),
        "" => Ok(End::Unknown),
        date => Ok(End::At(moment(date)?)),
    }
}

fn end_days(end: End, calendar: Calendar) -> Result<Option<DaySpan>, DateError> {
    match end {
        End::At(moment) => days_of(&moment, calendar).map(Some),
        End::Open | End::Unknown => Ok(None),
    }
}

/// One date, digits already ASCII.
fn moment(text: &str) -> Result<Moment, DateError> {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time_of_day(time).ok_or(DateError::Time)?)),
        None => (text, None),
    };
    // Level 1 qualifies dates, not times: behind a time a mark is no part of one.
    let (date, certainty) = match time {
        Some(_) => (date, Certainty::default()),
        None => qualifier(date),
    };
    let (sign, rest) = date.strip_prefix('-').map_or((1, date), |rest| (-1, rest));
    let mut parts = rest.split('-');
    let (year, years) = year(parts.next().unwrap_or_default(), sign)?;
    let month = parts.next().map(two).transpose()?;
    let day = parts.next().map(two).transpose()?;
    let day_for_time = time.is_none() || matches!(day, Some(Two::Number(_)));
    if parts.next().is_some() || !day_for_time {
        return Err(DateError::Form);
    }
    let moment = Moment {
        year,
        years,
        month: None,
        season: None,
        day: None,
        time,
        certainty,
    };
    with_month(moment, month, day)
}

/// Puts month (or season) and day into a moment that has its year.
fn with_month(moment: Moment, month: Option<Two>, day: Option<Two>) -> Result<Moment, DateError> {
    match (month, day) {
        (Some(_), _) if moment.years > 1 => Err(DateError::Form),
        (None, None) | (Some(Two::Unspecified), None | Some(Two::Unspecified)) => Ok(moment),
        (Some(Two::Number(number @ 21..=24)), None) => Ok(Moment {
            season: Some(season(number)),
            ..moment
        }),
        (Some(Two::Number(month)), None | Some(Two::Unspecified)) => Ok(Moment {
            month: Some(month),
            ..moment
        }),
        (Some(Two::Number(month)), Some(Two::Number(day))) => Ok(Moment {
            month: Some(month),
            day: Some(day),
            ..moment
        }),
        (Some(Two::Unspecified) | None, Some(_)) => Err(DateError::Form),
    }
}

fn season(number: u8) -> Season {
    match number {
        21 => Season::Spring,
        22 => Season::Summer,
        23 => Season::Autumn,
        _ => Season::Winter,
    }
}

fn qualifier(text: &str) -> (&str, Certainty) {
    let marks = [("~", true, false), ("?", false, true), ("%", true, true)];
    marks
        .into_iter()
        .find_map(|(mark, approximate, uncertain)| {
            Some((
                text.strip_suffix(mark)?,
                Certainty {
                    approximate,
                    uncertain,
                },
            ))
        })
        .unwrap_or((text, Certainty::default()))
}

/// Four digits, the last one or two of which may be `X`: the first year, and how many it may be.
/// `-201X` is -2019 to -2010; there is no year `-0000`.
fn year(text: &str, sign: i32) -> Result<(i32, u16), DateError> {
    let known = text.trim_end_matches('X');
    let years = match text.len() - known.len() {
        0 => 1,
        1 => 10,
        2 => 100,
        _ => return Err(DateError::Year),
    };
    let number = known.parse::<u16>().ok().filter(|_| digits(known));
    match number {
        Some(0) if sign < 0 => Err(DateError::Year),
        Some(number) if text.len() == 4 => {
            let nearest = sign * i32::from(number) * i32::from(years);
            let first = nearest.min(nearest + sign * (i32::from(years) - 1));
            Ok((first, years))
        }
        Some(_) => Err(DateError::Year),
        None if text.starts_with('Y') || digits(text) => Err(DateError::Year),
        None => Err(DateError::Form),
    }
}

#[derive(Clone, Copy)]
enum Two {
    Number(u8),
    Unspecified,
}

fn two(text: &str) -> Result<Two, DateError> {
    match text {
        "XX" => Ok(Two::Unspecified),
        _ if text.len() == 2 && digits(text) => {
            text.parse().map(Two::Number).map_err(|_| DateError::Form)
        }
        _ => Err(DateError::Form),
    }
}

/// `hh:mm`, `hh:mm:ss`, with `Z`, `±hh` or `±hh:mm` behind; seconds and shift are not kept.
fn time_of_day(text: &str) -> Option<(u8, u8)> {
    let shift = text.find(['+', '-']).map(|at| text.split_at(at));
    let (clock, shift) = shift.unwrap_or((text, ""));
    let clock = if shift.is_empty() {
        clock.strip_suffix('Z').unwrap_or(clock)
    } else {
        clock
    };
    let fields = clock_fields(clock, 60)?;
    if !shift.is_empty() {
        clock_fields(shift.get(1..)?, 60).filter(|fields| fields.len() <= 2)?;
    }
    match fields[..] {
        [hour, minute] | [hour, minute, _] => Some((hour, minute)),
        _ => None,
    }
}

fn clock_fields(text: &str, seconds: u8) -> Option<Vec<u8>> {
    let limits = [23, 59, seconds];
    let fields: Option<Vec<u8>> = text
        .split(':')
        .enumerate()
        .map(|(at, field)| {
            let number = field
                .parse::<u8>()
                .ok()
                .filter(|_| field.len() == 2 && digits(field))?;
            limits
                .get(at)
                .is_some_and(|limit| number <= *limit)
                .then_some(number)
        })
        .collect();
    fields
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Persian and Arabic-Indic digits as ASCII, other characters as they are.
pub(super) fn ascii_digit(letter: char) -> char {
    let zero = match letter {
        '\u{6F0}'..='\u{6F9}' => 0x6F0,
        '\u{660}'..='\u{669}' => 0x660,
        _ => return letter,
    };
    char::from(b'0' + (letter as u32 - zero) as u8)
}

fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

type YearMonth = (i32, u8);

/// Meteorological seasons in the Gregorian calendar (winter begins in December), the calendar's
/// own quarters in the Solar Hijri one, whose year begins with spring.
fn season_months(year: i32, season: Season, calendar: Calendar) -> (YearMonth, YearMonth) {
    let quarter = match season {
        Season::Spring => 1,
        Season::Summer => 4,
        Season::Autumn => 7,
        Season::Winter => 10,
    };
    match calendar {
        Calendar::Jalali => ((year, quarter), (year, quarter + 2)),
        Calendar::Gregorian if season == Season::Winter => ((year, 12), (year + 1, 2)),
        Calendar::Gregorian => ((year, quarter + 2), (year, quarter + 4)),
    }
}

fn one_day(calendar: Calendar, (year, month): YearMonth, at: u8) -> Result<DaySpan, DateError> {
    let last = last_day(calendar, (year, month))?;
    let found = day(
        calendar,
        Ymd {
            year,
            month,
            day: at,
        },
    );
    let day = found.ok_or(DateError::NoDay { day: at, last })?;
    Ok(DaySpan {
        first: day,
        last: day,
    })
}

fn month_start(calendar: Calendar, (year, month): YearMonth) -> Result<i32, DateError> {
    day(
        calendar,
        Ymd {
            year,
            month,
            day: 1,
        },
    )
    .ok_or(DateError::NoMonth(month))
}

fn month_end(calendar: Calendar, (year, month): YearMonth) -> Result<i32, DateError> {
    let last = last_day(calendar, (year, month))?;
    day(
        calendar,
        Ymd {
            year,
            month,
            day: last,
        },
    )
    .ok_or(DateError::NoMonth(month))
}

fn last_day(calendar: Calendar, (year, month): YearMonth) -> Result<u8, DateError> {
    days_in_month(calendar, year, month).ok_or(DateError::NoMonth(month))
}

fn looks_foreign(expr: DateExpr, calendar: Calendar) -> Option<Note> {
    let years = match expr {
        DateExpr::Moment(moment) => [Some(moment.year), None],
        DateExpr::Interval(from, to) => [from, to].map(|end| match end {
            End::At(moment) => Some(moment.year),
            End::Open | End::Unknown => None,
        }),
    };
    years.into_iter().flatten().find_map(|year| match calendar {
        Calendar::Gregorian => (1200..=1500)
            .contains(&year)
            .then_some(Note::LooksJalali(year)),
        Calendar::Jalali => (year > 1700).then_some(Note::LooksGregorian(year)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn days(written: &str, calendar: Calendar) -> (i32, i32) {
        let days = parse(written, calendar).expect(written).when.days;
        (days.first, days.last)
    }

    fn iso(text: &str) -> i32 {
        days(text, Calendar::Gregorian).0
    }

    #[test]
    fn a_jalali_year_is_its_days() {
        let year = (iso("2023-03-21"), iso("2024-03-19"));
        assert_eq!(days("1402", Calendar::Jalali), year);
        assert_eq!(days("۱۴۰۲", Calendar::Jalali), year);
        let day = iso("2024-07-11");
        assert_eq!(days("1403-04-21", Calendar::Jalali), (day, day));
    }

    #[test]
    fn every_form_of_level_one_is_read() {
        let forms = [
            ("2024", "2024-01-01", "2024-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2024-07-11T18:01", "2024-07-11", "2024-07-11"),
            ("2024-07-11T18:01:05+03:30", "2024-07-11", "2024-07-11"),
            ("2024-07-11T18:01Z", "2024-07-11", "2024-07-11"),
            ("201X", "2010-01-01", "2019-12-31"),
            ("20XX", "2000-01-01", "2099-12-31"),
            ("2024-XX", "2024-01-01", "2024-12-31"),
            ("2024-XX-XX", "2024-01-01", "2024-12-31"),
            ("2024-07-XX", "2024-07-01", "2024-07-31"),
            ("2024-21", "2024-03-01", "2024-05-31"),
            ("2024-24", "2024-12-01", "2025-02-28"),
            ("2023?/2024~", "2023-01-01", "2024-12-31"),
            ("2024-07-11/2024-07", "2024-07-11", "2024-07-31"),
        ];
        for (form, first, last) in forms {
            let parsed = parse(form, Calendar::Gregorian).expect(form);
            assert_eq!(
                days(form, Calendar::Gregorian),
                (iso(first), iso(last)),
                "{form}"
            );
            assert_eq!(parsed.notes, [], "{form}");
        }
        assert_eq!(
            days("../2024-07-11", Calendar::Gregorian),
            (i32::MIN, iso("2024-07-11"))
        );
        assert_eq!(
            days("2024-07-11/", Calendar::Gregorian),
            (iso("2024-07-11"), i32::MAX)
        );
        assert!(iso("-0044-03-15") < iso("0000-01-01"));
        let decade = (iso("-2019-01-01"), days("-2010", Calendar::Gregorian).1);
        assert_eq!(days("-201X", Calendar::Gregorian), decade);
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let refused = [
            "",
            " ",
            "2023-02-29",
            "2024-13-01",
            "2024-13",
            "2024-00-10",
            "2024-07-00",
            "2024/07/11",
            "11-07-2024",
            "24-07-11",
            "979-07-11",
            "2024-7-11",
            "2024-W28-4",
            "2024-07-11T10",
            "2024-07-11T10:00foo",
            "2024-07-11T24:00",
            "10000-01-01",
            "Y170000002",
            "Y17E7",
            "2024~?",
            "~2024",
            "2024~-07",
            "../..",
            "2024-07-11/foo",
            "2024-07-11/P3D",
            "2024--07-11",
            "2024-07-",
            "2024–07–11",
            "/",
            "2XXX",
            "201X-07",
            "2024-XX-11",
            "2024-07T10:00",
            "\u{200f}2024-07-11",
            "+2024",
            "2024-1é",
            "2024/2025/2026",
            "2024-07-11T18:01~",
            "2024-07-11~T18:01",
            "2024-07-XXT18:01",
            "-0000",
            "-00XX",
        ];
        for form in refused {
            assert!(parse(form, Calendar::Gregorian).is_err(), "{form:?}");
        }
        for form in [
            "1400-12-30",
            "1403-12-31",
            "1403-07-31",
            "0000",
            "-0001",
            "1403-13",
        ] {
            assert!(parse(form, Calendar::Jalali).is_err(), "{form:?}");
        }
    }

    #[test]
    fn what_is_odd_is_noted() {
        let notes = |text, calendar| parse(text, calendar).expect("a date").notes;
        assert_eq!(notes(" 2024-07-11\n", Calendar::Gregorian), [Note::Space]);
        assert_eq!(notes("۲۰۲۴-۰۷-۱۱", Calendar::Gregorian), [Note::Digits]);
        assert_eq!(
            notes("1403-04-21", Calendar::Gregorian),
            [Note::LooksJalali(1403)]
        );
        assert_eq!(
            notes("2024-07-11", Calendar::Jalali),
            [Note::LooksGregorian(2024)]
        );
        let reversed = parse("2025/2024", Calendar::Gregorian).expect("a date");
        assert_eq!(reversed.notes, [Note::Reversed]);
        assert_eq!(
            reversed.when.days,
            parse("2024/2025", Calendar::Gregorian)
                .expect("ok")
                .when
                .days
        );
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_an_error(text in "[-0-9X/.~?%TZ:+ ۰-۹Y]{0,24}") {
            for calendar in [Calendar::Gregorian, Calendar::Jalali] {
                if let Ok(parsed) = parse(&text, calendar) {
                    prop_assert!(parsed.when.days.first <= parsed.when.days.last);
                }
            }
        }
    }
}
