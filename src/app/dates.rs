//! Dates for the reader: in the chosen calendars and digits, as exact as the file tells them.

use super::settings::{Dates, Settings};
use crate::calendar::format::{self, Format, Style};
use crate::calendar::{Unit, edtf, heading, names, next_of, start_of, typed, ymd};
use crate::model::{Calendar, DateExpr, DaySpan, End, Moment, When};
use crate::words::{Lang, Word, say};

/// The year of a day in the reader's first calendar.
pub fn year(day: i32, settings: &Settings) -> i32 {
    let own = ymd(settings.dates.first(), day).or_else(|| ymd(Calendar::Gregorian, day));
    own.map_or(day, |name| name.year)
}

/// The first day of the day, month or year that `day` lies in.
pub fn beginning(unit: Unit, day: i32, settings: &Settings) -> i32 {
    start_of(settings.dates.first(), unit, day)
}

/// The heading of the year of `day`, and of the same time in the other calendar if both are wanted.
pub fn year_heading(day: i32, settings: &Settings) -> (String, Option<String>) {
    let first = settings.dates.first();
    let name = |calendar, day| heading(calendar, Unit::Year, day, settings.lang, settings.digits);
    let own = name(first, day);
    let Some(second) = settings.dates.beside() else {
        return (own, None);
    };
    let start = start_of(first, Unit::Year, day);
    let end = next_of(first, Unit::Year, day).saturating_sub(1);
    let (from, to) = (name(second, start), name(second, end));
    (own, Some(format!("{from}–{to}")))
}

/// The date on one short line, in the reader's first calendar.
pub fn short(when: Option<&When>, settings: &Settings) -> String {
    let Some(when) = when else {
        return say(Word::Undated, settings.lang).to_owned();
    };
    format::date(when, style(settings, settings.dates.first(), Style::Long))
}

/// The date in the reader's other calendar, where both are wanted.
pub fn beside(when: &When, settings: &Settings) -> Option<String> {
    let second = settings.dates.beside()?;
    Some(format::date(when, style(settings, second, Style::Long)))
}

/// The date in full: in the reader's first calendar, with the day of the week, and in the other.
pub fn both(when: &When, settings: &Settings) -> [String; 2] {
    let (first, second) = (settings.dates.first(), settings.dates.second());
    [
        format::date(when, style(settings, first, Style::Full)),
        format::date(when, style(settings, second, Style::Long)),
    ]
}

/// True when a date shown is worked out by a rule beyond the years that are known.
pub fn is_computed(when: &When) -> bool {
    format::is_computed(when, Calendar::Jalali)
}

fn style(settings: &Settings, calendar: Calendar, style: Style) -> Format {
    Format {
        calendar,
        lang: settings.lang,
        digits: settings.digits,
        style,
    }
}

/// Columns of the date in the list: the longest name of a month, or a word before a day.
pub const fn leaf_width(settings: &Settings) -> u16 {
    match (settings.lang, settings.dates) {
        (Lang::Fa, _) | (Lang::En, Dates::Gregorian) => 9,
        (Lang::En, Dates::Jalali | Dates::Both) => 11,
    }
}

/// The date in two short lines, for the list: the day with the month under it; less where the file
/// tells less.
pub fn leaf(when: Option<&When>, settings: &Settings) -> [String; 2] {
    let Some(when) = when else {
        return [String::new(), String::new()];
    };
    let leaf = Leaf {
        settings,
        written_in: when.calendar,
    };
    let [first, second] = match when.expr {
        DateExpr::Moment(moment) => leaf.moment(&moment),
        DateExpr::Interval(from, to) => leaf.interval(from, to),
    };
    [settings.digits.of(&first), settings.digits.of(&second)]
}

#[derive(Clone, Copy)]
struct Leaf<'a> {
    settings: &'a Settings,
    written_in: Calendar,
}

impl Leaf<'_> {
    fn moment(self, moment: &Moment) -> [String; 2] {
        let [first, second] = self.unqualified(moment);
        let about = if moment.certainty.approximate {
            self.about(&first)
        } else {
            first
        };
        let doubt = if moment.certainty.uncertain {
            self.say("؟", "?")
        } else {
            ""
        };
        if second.is_empty() {
            [format!("{about}{doubt}"), second]
        } else {
            [about, format!("{second}{doubt}")]
        }
    }

    /// «حدود», or its sign where the word has no room.
    fn about(self, text: &str) -> String {
        let word = say(Word::About, self.settings.lang);
        let long = format!("{word} {text}");
        if self.fits(&long) {
            long
        } else {
            format!("~{text}")
        }
    }

    fn unqualified(self, moment: &Moment) -> [String; 2] {
        let calendar = self.settings.dates.first();
        let Ok(days) = edtf::days_of(moment, self.written_in) else {
            return [String::new(), String::new()];
        };
        let (Some(from), Some(to)) = (ymd(calendar, days.first), ymd(calendar, days.last)) else {
            return [format!("{}", moment.year), String::new()];
        };
        let lang = self.settings.lang;
        if moment.day.is_some() {
            return [from.day.to_string(), self.month(from.month)];
        }
        let whole_years = moment.month.is_none() && moment.season.is_none();
        if calendar != self.written_in {
            let (one, other) = if from.year == to.year && !whole_years {
                (self.month(from.month), self.month(to.month))
            } else {
                (from.year.to_string(), to.year.to_string())
            };
            return if one == other {
                [one, String::new()]
            } else {
                [format!("{one}–"), other]
            };
        }
        let text = match (moment.month, moment.season) {
            (Some(month), _) => self.month(month),
            (None, Some(season)) => names::season(season, lang).to_owned(),
            (None, None) if moment.years > 1 => {
                return [format!("{}–", from.year), to.year.to_string()];
            }
            (None, None) => from.year.to_string(),
        };
        [text, String::new()]
    }

    fn interval(self, from: End, to: End) -> [String; 2] {
        match (from, to) {
            (End::At(from), End::At(to)) => self.both_ends(&from, &to),
            (End::At(from), End::Open) => self.opened(Word::Since, &from),
            (End::Open, End::At(to)) => self.opened(Word::Until, &to),
            (End::At(from), End::Unknown) => {
                let [first, second] = self.moment(&from);
                [format!("{first}–{}", self.say("؟", "?")), second]
            }
            (End::Unknown, End::At(to)) => {
                let [first, second] = self.moment(&to);
                [format!("{}–{first}", self.say("؟", "?")), second]
            }
            (End::Open | End::Unknown, End::Open | End::Unknown) => [String::new(), String::new()],
        }
    }

    fn opened(self, word: Word, moment: &Moment) -> [String; 2] {
        let [first, second] = self.moment(moment);
        let several = first.strip_suffix('–').map(ToOwned::to_owned);
        let [first, second] = match (several, word) {
            (Some(first), Word::Since) => [first, String::new()],
            (Some(_), _) => [second, String::new()],
            (None, _) => [first, second],
        };
        let word = say(word, self.settings.lang);
        let long = format!("{word} {first}");
        if self.fits(&long) {
            [long, second]
        } else {
            [word.to_owned(), first]
        }
    }

    fn both_ends(self, from: &Moment, to: &Moment) -> [String; 2] {
        let ([first, below], [last, below_last]) = (self.moment(from), self.moment(to));
        if below == below_last {
            return if below.is_empty() {
                [format!("{first}–"), last]
            } else {
                [format!("{first}–{last}"), below]
            };
        }
        let long = [format!("{first} {below}–"), format!("{last} {below_last}")];
        if long.iter().all(|line| self.fits(line)) {
            long
        } else {
            [format!("{below}–"), below_last]
        }
    }

    fn month(self, month: u8) -> String {
        let settings = self.settings;
        names::month(settings.dates.first(), month, settings.lang).to_owned()
    }

    fn fits(self, line: &str) -> bool {
        line.chars().count() <= usize::from(leaf_width(self.settings))
    }

    fn say(self, fa: &'static str, en: &'static str) -> &'static str {
        match self.settings.lang {
            Lang::Fa => fa,
            Lang::En => en,
        }
    }
}

/// Where periods begin within `span`, and what they are called: as fine as `width` columns allow.
pub fn ticks(span: DaySpan, width: u16, settings: &Settings) -> Vec<(i32, String)> {
    let calendar = settings.dates.first();
    let days = i64::from(span.last) - i64::from(span.first) + 1;
    // The days of a period, and the columns that its name and a gap need.
    let units = [
        (Unit::Day, 1, 2),
        (Unit::Month, 30, 12),
        (Unit::Year, 365, 8),
    ];
    let fits =
        |(_, length, columns): &&(Unit, i64, i64)| i64::from(width) * length >= columns * days;
    let unit = units
        .iter()
        .find(fits)
        .map_or(Unit::Decade, |(unit, _, _)| *unit);
    let mut ticks = Vec::new();
    let mut day = start_of(calendar, unit, span.first);
    while day <= span.last && ticks.len() < usize::from(width) {
        if day >= span.first {
            ticks.push((day, tick(unit, day, settings)));
        }
        day = next_of(calendar, unit, day);
    }
    ticks
}

fn tick(unit: Unit, day: i32, settings: &Settings) -> String {
    let calendar = settings.dates.first();
    let name = ymd(calendar, day);
    match (unit, name) {
        (Unit::Day, Some(name)) if name.day > 1 => settings.digits.number(name.day),
        (Unit::Day | Unit::Month, Some(name)) if name.month > 1 || unit == Unit::Day => {
            names::month(calendar, name.month, settings.lang).to_owned()
        }
        (Unit::Day | Unit::Month | Unit::Year, _) => {
            heading(calendar, Unit::Year, day, settings.lang, settings.digits)
        }
        (Unit::Decade, _) => heading(calendar, unit, day, settings.lang, settings.digits),
    }
}

/// A date that the reader typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Its first day.
    pub day: i32,
    /// How it was understood, in both calendars.
    pub says: String,
}

/// Reads a typed date; `None` when it is none. Distances count from the day `from`.
pub fn typed(text: &str, from: Option<i32>, settings: &Settings) -> Option<Typed> {
    let from = from.or(settings.today).unwrap_or_default();
    let today = settings.today.unwrap_or(from);
    let when = typed::parse(text, today, from, settings.dates.first())?;
    Some(Typed {
        day: when.days.first,
        says: both(&when, settings).join(" · "),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(lang: Lang, dates: Dates) -> Settings {
        Settings {
            lang,
            dates,
            digits: match lang {
                Lang::Fa => crate::words::Digits::Persian,
                Lang::En => crate::words::Digits::Latin,
            },
            ..Settings::default()
        }
    }

    fn leaf_of(written: &str, calendar: Calendar, settings: &Settings) -> String {
        let when = edtf::parse(written, calendar).expect("a date").when;
        leaf(Some(&when), settings).join("/")
    }

    #[test]
    fn the_list_shows_as_much_of_a_date_as_is_told() {
        let fa = settings(Lang::Fa, Dates::Jalali);
        for (written, calendar, wanted) in [
            ("2024-07-11", Calendar::Gregorian, "۲۱/تیر"),
            ("2024-07-11~", Calendar::Gregorian, "حدود ۲۱/تیر"),
            ("1402", Calendar::Jalali, "۱۴۰۲/"),
            ("1402?", Calendar::Jalali, "۱۴۰۲؟/"),
            ("1402-12", Calendar::Jalali, "اسفند/"),
            ("2022-07~", Calendar::Gregorian, "حدود تیر–/مرداد"),
            ("2023", Calendar::Gregorian, "۱۴۰۱–/۱۴۰۲"),
            ("1402-12-27/1402-12-29", Calendar::Jalali, "۲۷–۲۹/اسفند"),
            ("1402-12-27/1403-02-02", Calendar::Jalali, "اسفند–/اردیبهشت"),
            ("2022-02-24/..", Calendar::Gregorian, "از ۵/اسفند"),
            ("2022-07~/..", Calendar::Gregorian, "از/حدود تیر"),
        ] {
            assert_eq!(leaf_of(written, calendar, &fa), wanted, "{written}");
        }
    }

    #[test]
    fn the_same_in_the_other_calendar_and_language() {
        let en = settings(Lang::En, Dates::Gregorian);
        for (written, calendar, wanted) in [
            ("2024-07-11", Calendar::Gregorian, "11/Jul"),
            ("2022-07~", Calendar::Gregorian, "about Jul/"),
            ("1402", Calendar::Jalali, "2023–/2024"),
            ("2022-02-24/..", Calendar::Gregorian, "from 24/Feb"),
        ] {
            assert_eq!(leaf_of(written, calendar, &en), wanted, "{written}");
        }
    }

    #[test]
    fn ticks_are_as_fine_as_the_width_allows() {
        let fa = settings(Lang::Fa, Dates::Jalali);
        let day = |written: &str| {
            edtf::parse(written, Calendar::Jalali)
                .expect("a date")
                .when
                .days
                .first
        };
        let span = |first: &str, last: &str| DaySpan {
            first: day(first),
            last: day(last),
        };
        let names = |span, width| -> Vec<String> {
            ticks(span, width, &fa)
                .into_iter()
                .map(|(_, name)| name)
                .collect()
        };
        assert_eq!(
            names(span("1400-12-05", "1403-04-21"), 80),
            ["۱۴۰۱", "۱۴۰۲", "۱۴۰۳"]
        );
        assert_eq!(
            names(span("1402-11-20", "1403-02-10"), 80),
            ["اسفند", "۱۴۰۳", "اردیبهشت"]
        );
        assert_eq!(names(span("1350-01-01", "1403-01-01"), 80).len(), 6);
    }

    #[test]
    fn a_typed_date_says_how_it_was_understood() {
        let fa = settings(Lang::Fa, Dates::Jalali);
        let understood = typed("۱۴۰۳/۴/۲۱", None, &fa).expect("a date");
        assert_eq!(
            understood.says,
            "پنجشنبه ۲۱ تیر ۱۴۰۳ · ۱۱ ژوئیه\u{654} ۲۰۲۴"
        );
        assert_eq!(typed("سلام", None, &fa), None);
    }
}
