//! Dates for the reader's eye: in either calendar, language and set of digits, as exact as the
//! file tells them and no more exact.
//!
//! A date made here is a field of its own on the screen: glued into a Persian sentence, its parts
//! would change places (UAX #9 W2, W4).

use super::{Calendar, Ymd, edtf, is_exact, names, weekday, ymd};
use crate::model::{Certainty, DateExpr, DaySpan, End, Moment, When};
use crate::words::{Digits, Lang};

/// How long a date is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Style {
    /// «پنجشنبه ۲۱ تیر ۱۴۰۳», "Thu 11 Jul 2024".
    Full,
    /// «۲۱ تیر ۱۴۰۳», "11 Jul 2024".
    #[default]
    Long,
    /// «۱۴۰۳/۴/۲۱», "2024-07-11".
    Short,
}

/// Everything that decides how a date is written, but the date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Format {
    /// The calendar to write it in, whatever it was written in.
    pub calendar: Calendar,
    /// The language of names and little words.
    pub lang: Lang,
    /// The digits.
    pub digits: Digits,
    /// How long.
    pub style: Style,
}

/// Writes `when`. A month of the other calendar becomes the days from its first to its last; an
/// open or unknown end is said in words; «حدود» and «؟» show doubt. What the calendar cannot name
/// (days before its year 1) is written in the Gregorian one, which is then said.
pub fn date(when: &When, format: Format) -> String {
    let pen = Pen {
        format,
        written_in: when.calendar,
    };
    if pen.can_name(when) {
        return format.digits.of(&pen.expression(&when.expr));
    }
    let format = Format {
        calendar: Calendar::Gregorian,
        ..format
    };
    let text = Pen { format, ..pen }.expression(&when.expr);
    let era = match format.lang {
        Lang::Fa => "میلادی",
        Lang::En => "Gregorian",
    };
    format.digits.of(&format!("{text} ({era})"))
}

/// Writes one day.
pub fn day(day: i32, format: Format) -> String {
    let pen = Pen {
        format,
        written_in: format.calendar,
    };
    format.digits.of(&pen.day(day))
}

/// True when some day of `when` is shown in a Solar Hijri year outside those that are exact
/// ([`super::EXACT_YEARS`]): the conversion is computed and the screen says so.
pub fn is_computed(when: &When, calendar: Calendar) -> bool {
    if calendar == when.calendar && calendar == Calendar::Gregorian {
        return false;
    }
    closed(when.days).any(|day| ymd(Calendar::Jalali, day).is_none_or(|name| !is_exact(name.year)))
}

/// The dates in an expression.
fn moments(expr: &DateExpr) -> impl Iterator<Item = Moment> {
    let ends = match *expr {
        DateExpr::Moment(moment) => [End::At(moment), End::Unknown],
        DateExpr::Interval(from, to) => [from, to],
    };
    ends.into_iter().filter_map(|end| match end {
        End::At(moment) => Some(moment),
        End::Open | End::Unknown => None,
    })
}

/// The ends of `days` that are days.
fn closed(days: DaySpan) -> impl Iterator<Item = i32> {
    let ends = [days.first, days.last];
    ends.into_iter()
        .filter(|day| !matches!(*day, i32::MIN | i32::MAX))
}

#[derive(Clone, Copy)]
struct Pen {
    format: Format,
    written_in: Calendar,
}

impl Pen {
    fn can_name(self, when: &When) -> bool {
        // Each moment's own days: an open interval's range does not hold where its end begins.
        self.format.calendar == Calendar::Gregorian
            || moments(&when.expr)
                .filter_map(|moment| edtf::days_of(&moment, self.written_in).ok())
                .flat_map(closed)
                .all(|day| self.name(day).is_some())
    }

    fn expression(self, expr: &DateExpr) -> String {
        match expr {
            DateExpr::Moment(moment) => self.moment(moment),
            DateExpr::Interval(from, to) => self.interval(*from, *to),
        }
    }

    fn moment(self, moment: &Moment) -> String {
        let text = self.unqualified(moment);
        let text = match moment.time {
            Some((hour, minute)) if self.format.style != Style::Short => {
                self.timed(&text, hour, minute)
            }
            Some(_) | None => text,
        };
        self.qualified(&text, moment.certainty)
    }

    fn unqualified(self, moment: &Moment) -> String {
        let same = self.format.calendar == self.written_in;
        let Ok(days) = edtf::days_of(moment, self.written_in) else {
            return String::new();
        };
        match moment.day {
            Some(_) => self.day(days.first),
            None if same => self.partial(moment),
            None => self.between(days),
        }
    }

    /// A year, month, season, decade or century in the calendar it was written in.
    fn partial(self, moment: &Moment) -> String {
        let Moment {
            year,
            years,
            month,
            season,
            ..
        } = *moment;
        let shown = self.year(year);
        match (month, season) {
            (Some(month), _) if self.format.style == Style::Short => {
                self.numbers(year, month, None)
            }
            (Some(month), _) => format!("{} {shown}", self.month_before_year(month)),
            (None, Some(season)) => format!("{} {shown}", names::season(season, self.format.lang)),
            (None, None) => match (years, self.format.lang) {
                (1, _) => shown,
                // A decade before Christ has no round name.
                (10, Lang::Fa | Lang::En) if year < 1 => self.joined(&shown, &self.year(year + 9)),
                (10, Lang::Fa) => format!("دهه\u{654} {shown}"),
                (10, Lang::En) => format!("{shown}s"),
                (_, _) => self.joined(&shown, &self.year(year + i32::from(years) - 1)),
            },
        }
    }

    fn interval(self, from: End, to: End) -> String {
        let fa = self.format.lang == Lang::Fa;
        match (from, to) {
            (End::At(from), End::At(to)) => self.both_ends(&from, &to),
            (End::At(from), End::Open) if fa => format!("از {} به بعد", self.moment(&from)),
            (End::At(from), End::Open) => format!("from {} on", self.moment(&from)),
            (End::At(from), End::Unknown) => {
                self.joined(&self.moment(&from), if fa { "؟" } else { "?" })
            }
            (End::Open, End::At(to)) if fa => format!("تا {}", self.moment(&to)),
            (End::Open, End::At(to)) => format!("until {}", self.moment(&to)),
            (End::Unknown, End::At(to)) => {
                self.joined(if fa { "؟" } else { "?" }, &self.moment(&to))
            }
            (End::Open | End::Unknown, End::Open | End::Unknown) => String::new(),
        }
    }

    fn both_ends(self, from: &Moment, to: &Moment) -> String {
        let plain = |moment: &Moment| {
            moment.day.is_some()
                && moment.certainty == Certainty::default()
                && moment.time.is_none()
        };
        let days = |moment| edtf::days_of(moment, self.written_in).map(|days| days.first);
        if let (true, true, Ok(first), Ok(last)) = (plain(from), plain(to), days(from), days(to)) {
            return self.between(DaySpan { first, last });
        }
        self.joined(&self.moment(from), &self.moment(to))
    }

    /// From one day to another, what they share said once: «۲۷ تا ۲۹ اسفند ۱۴۰۲».
    fn between(self, days: DaySpan) -> String {
        if days.first == days.last {
            return self.day(days.first);
        }
        let (Some(a), Some(b)) = (self.name(days.first), self.name(days.last)) else {
            return self.joined(&self.day(days.first), &self.day(days.last));
        };
        if self.format.style == Style::Short {
            return self.joined(&self.day(days.first), &self.day(days.last));
        }
        let start = match (a.year == b.year, a.month == b.month) {
            (true, true) => a.day.to_string(),
            (true, false) => format!(
                "{} {}",
                a.day,
                names::month(self.format.calendar, a.month, self.format.lang)
            ),
            (false, _) => self.named(a),
        };
        self.joined(&start, &self.named(b))
    }

    fn joined(self, from: &str, to: &str) -> String {
        match (self.format.lang, self.format.style) {
            (Lang::Fa, Style::Full | Style::Long) => format!("{from} تا {to}"),
            (Lang::Fa | Lang::En, _) => format!("{from} – {to}"),
        }
    }

    fn day(self, day: i32) -> String {
        let Some(name) = self.name(day) else {
            return String::new();
        };
        match self.format.style {
            Style::Full => format!(
                "{} {}",
                names::weekday(weekday(day), self.format.lang),
                self.named(name)
            ),
            Style::Long => self.named(name),
            Style::Short => self.numbers(name.year, name.month, Some(name.day)),
        }
    }

    fn name(self, day: i32) -> Option<Ymd> {
        ymd(self.format.calendar, day)
    }

    fn named(self, name: Ymd) -> String {
        format!(
            "{} {} {}",
            name.day,
            self.month_before_year(name.month),
            self.year(name.year)
        )
    }

    fn month_before_year(self, month: u8) -> String {
        names::month_before_year(self.format.calendar, month, self.format.lang)
    }

    fn numbers(self, year: i32, month: u8, day: Option<u8>) -> String {
        let iso =
            self.format.calendar == Calendar::Gregorian && self.format.digits == Digits::Latin;
        match day {
            Some(day) if iso => format!("{year:04}-{month:02}-{day:02}"),
            None if iso => format!("{year:04}-{month:02}"),
            Some(day) => format!("{year}/{month}/{day}"),
            None => format!("{year}/{month}"),
        }
    }

    /// Year 0 is 1 BC (EDTF, astronomical years).
    fn year(self, year: i32) -> String {
        match (year > 0, self.format.lang) {
            (true, _) => year.to_string(),
            (false, Lang::Fa) => format!("{} پیش از میلاد", 1 - year),
            (false, Lang::En) => format!("{} BC", 1 - year),
        }
    }

    fn timed(self, date: &str, hour: u8, minute: u8) -> String {
        match self.format.lang {
            Lang::Fa => format!("{date}، {hour:02}:{minute:02}"),
            Lang::En => format!("{date}, {hour:02}:{minute:02}"),
        }
    }

    fn qualified(self, text: &str, certainty: Certainty) -> String {
        let about = match (certainty.approximate, self.format.lang) {
            (false, _) => "",
            (true, Lang::Fa) => "حدود ",
            (true, Lang::En) => "about ",
        };
        let doubt = match (certainty.uncertain, self.format.lang) {
            (false, _) => "",
            (true, Lang::Fa) => "؟",
            (true, Lang::En) => "?",
        };
        format!("{about}{text}{doubt}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JALALI: Format = Format {
        calendar: Calendar::Jalali,
        lang: Lang::Fa,
        digits: Digits::Persian,
        style: Style::Long,
    };
    const ENGLISH: Format = Format {
        calendar: Calendar::Gregorian,
        lang: Lang::En,
        digits: Digits::Latin,
        style: Style::Long,
    };

    fn show(written: &str, calendar: Calendar, format: Format) -> String {
        date(&edtf::parse(written, calendar).expect(written).when, format)
    }

    #[test]
    fn a_day_in_both_calendars() {
        let g = Calendar::Gregorian;
        let full = |format| Format {
            style: Style::Full,
            ..format
        };
        let short = |format| Format {
            style: Style::Short,
            ..format
        };
        assert_eq!(show("2024-07-11", g, full(JALALI)), "پنجشنبه ۲۱ تیر ۱۴۰۳");
        assert_eq!(show("2024-07-11", g, short(JALALI)), "۱۴۰۳/۴/۲۱");
        assert_eq!(show("2024-07-11", g, full(ENGLISH)), "Thu 11 Jul 2024");
        assert_eq!(show("2024-07-11", g, short(ENGLISH)), "2024-07-11");
        let persian = Format {
            calendar: g,
            ..JALALI
        };
        assert_eq!(show("2024-07-11", g, persian), "۱۱ ژوئیه\u{654} ۲۰۲۴");
        assert_eq!(show("2024-07-11T18:01", g, JALALI), "۲۱ تیر ۱۴۰۳، ۱۸:۰۱");
    }

    #[test]
    fn a_partial_date_stays_partial_in_both_calendars() {
        let j = Calendar::Jalali;
        assert_eq!(show("1402", j, JALALI), "۱۴۰۲");
        assert_eq!(show("1402", j, ENGLISH), "21 Mar 2023 – 19 Mar 2024");
        assert_eq!(show("1403-04", j, JALALI), "تیر ۱۴۰۳");
        assert_eq!(show("1403-04", j, ENGLISH), "21 Jun – 21 Jul 2024");
        assert_eq!(
            show("2024-07", Calendar::Gregorian, JALALI),
            "۱۱ تیر تا ۱۰ مرداد ۱۴۰۳"
        );
        assert_eq!(show("1402-23", j, JALALI), "پاییز ۱۴۰۲");
    }

    #[test]
    fn doubt_and_open_ends_are_said() {
        let g = Calendar::Gregorian;
        assert_eq!(show("2022-07~/..", g, ENGLISH), "from about Jul 2022 on");
        assert_eq!(show("1402?", Calendar::Jalali, JALALI), "۱۴۰۲؟");
        assert_eq!(show("2024%", g, ENGLISH), "about 2024?");
        assert_eq!(
            show("2024-03-15/2024-03-17", g, ENGLISH),
            "15 – 17 Mar 2024"
        );
        assert_eq!(
            show("1402-12-27/1402-12-29", Calendar::Jalali, JALALI),
            "۲۷ تا ۲۹ اسفند ۱۴۰۲"
        );
        assert_eq!(show("2022-02-24/", g, ENGLISH), "24 Feb 2022 – ?");
        assert_eq!(show("../2024", g, ENGLISH), "until 2024");
        assert_eq!(show("../06XX", g, JALALI), "تا ۶۰۰ تا ۶۹۹ (میلادی)");
        assert_eq!(show("201X", g, ENGLISH), "2010s");
        assert_eq!(show("-0043", g, ENGLISH), "44 BC");
        assert_eq!(show("-004X", g, ENGLISH), "50 BC – 41 BC");
    }

    #[test]
    fn a_date_before_the_calendar_is_still_shown() {
        let g = Calendar::Gregorian;
        assert_eq!(show("0500-03-15", g, JALALI), "۱۵ مارس ۵۰۰ (میلادی)");
        let short = Format {
            style: Style::Short,
            lang: Lang::En,
            digits: Digits::Latin,
            ..JALALI
        };
        assert_eq!(show("0600/0700", g, short), "600 – 700 (Gregorian)");
        assert_eq!(show("../0500", g, short), "until 500 (Gregorian)");
        assert_eq!(show("0700", g, JALALI), "۱۱ دی ۷۸ تا ۱۰ دی ۷۹");
    }

    #[test]
    fn what_is_computed_is_marked() {
        let when = |text, calendar| edtf::parse(text, calendar).expect(text).when;
        assert!(!is_computed(
            &when("1403-01-01", Calendar::Jalali),
            Calendar::Gregorian
        ));
        assert!(is_computed(
            &when("1100-01-01", Calendar::Jalali),
            Calendar::Gregorian
        ));
        assert!(is_computed(
            &when("1721-01-01", Calendar::Gregorian),
            Calendar::Jalali
        ));
        assert!(!is_computed(
            &when("1721-01-01", Calendar::Gregorian),
            Calendar::Gregorian
        ));
    }
}
