//! Dates for the reader: in the chosen calendars and digits, as exact as the file tells them.

use super::settings::{Dates, Settings};
use crate::model::{DaySpan, When};

/// The year of a day in the reader's first calendar.
pub fn year(day: i32, dates: Dates) -> i32 {
    match dates {
        Dates::Jalali | Dates::Both => tmp::jalali(day).0,
        Dates::Gregorian => tmp::gregorian(day).0,
    }
}

/// The heading of a year.
pub fn year_heading(year: i32, settings: &Settings) -> String {
    settings.digits.of(&year.to_string())
}

/// The date in two short lines, for the list: the day, and the month under it.
pub fn leaf(when: Option<&When>, settings: &Settings) -> [String; 2] {
    let Some(when) = when else {
        return [String::new(), String::new()];
    };
    let (_, m, d) = tmp::jalali(when.days.first);
    [
        settings.digits.of(&d.to_string()),
        tmp::MONTHS[m as usize - 1].to_owned(),
    ]
}

/// The date on one short line.
pub fn short(when: Option<&When>, settings: &Settings) -> String {
    when.and_then(|when| both(when, settings).into_iter().next())
        .unwrap_or_default()
}

/// The date in full, in the reader's first calendar and in the other one.
pub fn both(when: &When, settings: &Settings) -> Vec<String> {
    let (y, m, d) = tmp::jalali(when.days.first);
    let (gy, gm, gd) = tmp::gregorian(when.days.first);
    vec![
        settings
            .digits
            .of(&format!("{d} {} {y}", tmp::MONTHS[m as usize - 1])),
        settings.digits.of(&format!("{gd}/{gm}/{gy}")),
    ]
}

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A day.
    Day,
    /// A month of the reader's first calendar.
    Month,
    /// A year of it.
    Year,
}

/// The first day of the day, month or year that `day` lies in.
pub fn start_of(unit: Unit, day: i32, _dates: Dates) -> i32 {
    let (_, m, d) = tmp::jalali(day);
    match unit {
        Unit::Day => day,
        Unit::Month => day - d + 1,
        Unit::Year => day - d + 1 - (m - 1).min(6) * 31 - (m - 7).max(0) * 30,
    }
}

/// A date that the reader typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Its first day.
    pub day: i32,
    /// How it was understood.
    pub says: String,
}

/// Reads a typed date; `None` when it is none.
pub fn typed(text: &str, _settings: &Settings) -> Option<Typed> {
    text.trim().parse::<i32>().ok().map(|day| Typed {
        day,
        says: String::new(),
    })
}

/// Where periods begin within `span`, and what they are called: as fine as `width` columns allow.
pub fn ticks(span: DaySpan, _width: u16, settings: &Settings) -> Vec<(i32, String)> {
    let mut ticks = Vec::new();
    let mut day = start_of(Unit::Year, span.first, settings.dates);
    while day <= span.last {
        ticks.push((day, year_heading(year(day, settings.dates), settings)));
        day = start_of(Unit::Year, day + 370, settings.dates);
    }
    ticks
}

mod tmp {
    pub const MONTHS: [&str; 12] = [
        "فروردین",
        "اردیبهشت",
        "خرداد",
        "تیر",
        "مرداد",
        "شهریور",
        "مهر",
        "آبان",
        "آذر",
        "دی",
        "بهمن",
        "اسفند",
    ];
    pub fn gregorian(day: i32) -> (i32, i32, i32) {
        let z = i64::from(day) + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let d = doy - (153 * mp + 2) / 5 + 1;
        let m = if mp < 10 { mp + 3 } else { mp - 9 };
        (
            (yoe + era * 400 + i64::from(m <= 2)) as i32,
            m as i32,
            d as i32,
        )
    }
    pub fn jalali(day: i32) -> (i32, i32, i32) {
        // 1403-01-01 is day 19802; 33-year rule is good enough near it.
        let mut y = 1403;
        let mut start = 19802;
        let len = |y: i32| {
            if [1, 5, 9, 13, 17, 22, 26, 30].contains(&y.rem_euclid(33)) {
                366
            } else {
                365
            }
        };
        while day < start && y > 1000 {
            y -= 1;
            start -= len(y);
        }
        while day >= start + len(y) && y < 2000 {
            start += len(y);
            y += 1;
        }
        let n = (day - start).clamp(0, 365);
        if n < 186 {
            (y, n / 31 + 1, n % 31 + 1)
        } else {
            (y, (n - 186) / 30 + 7, (n - 186) % 30 + 1)
        }
    }
}
