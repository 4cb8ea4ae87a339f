//! Names of months, weekdays and seasons.

use crate::model::{Calendar, Season};
use crate::words::Lang;

const JALALI_FA: [&str; 12] = [
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
const JALALI_EN: [&str; 12] = [
    "Farvardin",
    "Ordibehesht",
    "Khordad",
    "Tir",
    "Mordad",
    "Shahrivar",
    "Mehr",
    "Aban",
    "Azar",
    "Dey",
    "Bahman",
    "Esfand",
];
const GREGORIAN_FA: [&str; 12] = [
    "ژانویه",
    "فوریه",
    "مارس",
    "آوریل",
    "مه",
    "ژوئن",
    "ژوئیه",
    "اوت",
    "سپتامبر",
    "اکتبر",
    "نوامبر",
    "دسامبر",
];
const GREGORIAN_EN: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS_FA: [&str; 7] = [
    "شنبه",
    "یکشنبه",
    "دوشنبه",
    "سه\u{200c}شنبه",
    "چهارشنبه",
    "پنجشنبه",
    "جمعه",
];
const WEEKDAYS_EN: [&str; 7] = ["Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"];

/// Name of month 1 to 12 as it stands alone; empty for another number.
pub fn month(calendar: Calendar, month: u8, lang: Lang) -> &'static str {
    let names = match (calendar, lang) {
        (Calendar::Jalali, Lang::Fa) => &JALALI_FA,
        (Calendar::Jalali, Lang::En) => &JALALI_EN,
        (Calendar::Gregorian, Lang::Fa) => &GREGORIAN_FA,
        (Calendar::Gregorian, Lang::En) => &GREGORIAN_EN,
    };
    names
        .get(usize::from(month).wrapping_sub(1))
        .copied()
        .unwrap_or("")
}

/// Name of a month before a year: Persian joins the two with the ezafe, which a silent he shows
/// («ژوئیهٔ ۲۰۲۴»; «مه» ends in a sounded one).
pub fn month_before_year(calendar: Calendar, number: u8, lang: Lang) -> String {
    let name = month(calendar, number, lang);
    if name.ends_with("یه") {
        format!("{name}\u{654}")
    } else {
        name.to_owned()
    }
}

/// Name of a day of the week as [`super::weekday`] counts them; empty for another number.
pub fn weekday(weekday: usize, lang: Lang) -> &'static str {
    let names = match lang {
        Lang::Fa => &WEEKDAYS_FA,
        Lang::En => &WEEKDAYS_EN,
    };
    names.get(weekday).copied().unwrap_or("")
}

/// Name of a season.
pub fn season(season: Season, lang: Lang) -> &'static str {
    match (season, lang) {
        (Season::Spring, Lang::Fa) => "بهار",
        (Season::Summer, Lang::Fa) => "تابستان",
        (Season::Autumn, Lang::Fa) => "پاییز",
        (Season::Winter, Lang::Fa) => "زمستان",
        (Season::Spring, Lang::En) => "spring",
        (Season::Summer, Lang::En) => "summer",
        (Season::Autumn, Lang::En) => "autumn",
        (Season::Winter, Lang::En) => "winter",
    }
}

/// The month whose name begins a word, in either calendar and language, for typed dates: whole
/// names, or at least three Latin letters.
pub(super) fn month_named(word: &str) -> Option<(Calendar, u8)> {
    let word = word.to_lowercase();
    let word = word.trim_end_matches('\u{654}');
    let tables = [
        (Calendar::Jalali, &JALALI_FA),
        (Calendar::Gregorian, &GREGORIAN_FA),
        (Calendar::Jalali, &JALALI_EN),
        (Calendar::Gregorian, &GREGORIAN_EN),
    ];
    tables.into_iter().find_map(|(calendar, names)| {
        let at = names
            .iter()
            .position(|name| names_month(word, &name.to_lowercase()))?;
        Some((calendar, at as u8 + 1))
    })
}

fn names_month(word: &str, name: &str) -> bool {
    // English Gregorian names are kept short here; "July" begins with "jul".
    let latin = name.is_ascii() && word.is_ascii() && word.len() >= 3 && name.len() == 3;
    word == name || (latin && word.starts_with(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_he_takes_the_ezafe() {
        let july = month_before_year(Calendar::Gregorian, 7, Lang::Fa);
        assert_eq!(july, "ژوئیه\u{654}");
        assert_eq!(month_before_year(Calendar::Gregorian, 5, Lang::Fa), "مه");
    }

    #[test]
    fn names_agree_with_chrono_and_with_published_dates() {
        use chrono::{Datelike, NaiveDate};
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a date");
        for at in 0..366 {
            let date = epoch + chrono::Days::new(at);
            let day = weekday(super::super::weekday(at as i32), Lang::En);
            assert_eq!(day, date.weekday().to_string(), "{date}");
            let full = chrono::Month::try_from(date.month() as u8).expect("a month");
            let short = month(Calendar::Gregorian, date.month() as u8, Lang::En);
            assert!(full.name().starts_with(short), "{date}");
        }
        // The header of a Persian news page: a Friday; and Nowruz 1403, a Wednesday.
        let known = [
            ("1403-09-02", "جمعه"),
            ("1403-01-01", "چهارشنبه"),
            ("1402-12-29", "سه\u{200c}شنبه"),
        ];
        for (written, name) in known {
            let parsed = super::super::edtf::parse(written, Calendar::Jalali).expect(written);
            let at = parsed.when.days.first;
            assert_eq!(
                weekday(super::super::weekday(at), Lang::Fa),
                name,
                "{written}"
            );
        }
    }

    #[test]
    fn months_are_known_by_name() {
        assert_eq!(month_named("July"), Some((Calendar::Gregorian, 7)));
        assert_eq!(month_named("Tir"), Some((Calendar::Jalali, 4)));
        assert_eq!(month_named("تیر"), Some((Calendar::Jalali, 4)));
        assert_eq!(month_named("ژوئیه\u{654}"), Some((Calendar::Gregorian, 7)));
        assert_eq!(month_named("x"), None);
    }
}
