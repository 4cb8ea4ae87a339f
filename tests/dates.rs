//! Dates through the public door: held to the crate `edtf`, to both calendars and to any text.

use edtf::level_1::{Edtf, Terminal};
use proptest::prelude::*;

use sokhan::calendar::format::{self, Format, Style};
use sokhan::calendar::{Unit, edtf as dates, next_of, start_of, typed};
use sokhan::model::{Calendar, DateExpr, End};
use sokhan::words::{Digits, Lang};

/// One part of a date, right or nearly so.
fn part() -> impl Strategy<Value = String> {
    let year = prop_oneof![
        (0u32..10_000).prop_map(|year| format!("{year:04}")),
        (1u32..1000).prop_map(|year| format!("-{year:04}")),
        (0u32..1000).prop_map(|year| format!("{year:03}X")),
        (0u32..100).prop_map(|year| format!("{year:02}XX")),
        "-?[0-9X]{3,5}",
    ];
    let two = prop_oneof![
        8 => (0u32..33).prop_map(|number| format!("-{number:02}")),
        1 => Just("-XX".to_owned()),
        6 => Just(String::new()),
    ];
    let mark = prop_oneof![4 => Just(""), 1 => Just("~"), 1 => Just("?"), 1 => Just("%")];
    (year, two.clone(), two, mark)
        .prop_map(|(year, month, day, mark)| format!("{year}{month}{day}{mark}"))
}

fn expression() -> impl Strategy<Value = String> {
    let end = prop_oneof![6 => part(), 1 => Just("..".to_owned()), 1 => Just(String::new())];
    let time = (
        0u32..26,
        0u32..62,
        0u32..62,
        prop_oneof![Just(""), Just("Z"), Just("+03:30"), Just("-04"), Just("~")],
    );
    prop_oneof![
        part(),
        (end.clone(), end).prop_map(|(from, to)| format!("{from}/{to}")),
        (part(), time).prop_map(|(date, (hour, minute, second, shift))| {
            format!("{date}T{hour:02}:{minute:02}:{second:02}{shift}")
        }),
    ]
}

/// Where the two differ on purpose: here a time may stand on a date before the year 0, a leap second
/// at any minute (23:59:60 at Greenwich is 03:29:60 in Tehran), and a season has no unspecified day
/// (`2024-21-XX`, which the crate lets pass).
fn differs_on_purpose(text: &str) -> bool {
    let season_with_day = ["-21-XX", "-22-XX", "-23-XX", "-24-XX"];
    let early_time = text.starts_with('-') && text.contains('T');
    let leap_second = text
        .split_once('T')
        .is_some_and(|(_, time)| time.get(5..8) == Some(":60"));
    early_time || leap_second || season_with_day.iter().any(|part| text.contains(part))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn the_same_texts_are_dates_as_for_the_crate_edtf(text in expression()) {
        prop_assume!(!differs_on_purpose(&text));
        let (own, theirs) = (dates::parse(&text, Calendar::Gregorian), Edtf::parse(&text));
        prop_assert_eq!(own.is_ok(), theirs.is_ok(), "{}: {:?} {:?}", text, own, theirs);
        if let (Ok(own), Ok(theirs)) = (own, theirs) {
            let open = |end| matches!(end, End::Open);
            let same = match (own.when.expr, theirs) {
                (DateExpr::Interval(from, _), Edtf::IntervalTo(terminal, _)) => {
                    open(from) == (terminal == Terminal::Open)
                }
                (DateExpr::Interval(_, to), Edtf::IntervalFrom(_, terminal)) => {
                    open(to) == (terminal == Terminal::Open)
                }
                (DateExpr::Interval(..), Edtf::Interval(..)) => true,
                (DateExpr::Moment(moment), Edtf::Date(_)) => moment.time.is_none(),
                (DateExpr::Moment(moment), Edtf::DateTime(_)) => moment.time.is_some(),
                _ => false,
            };
            prop_assert!(same, "{}", text);
        }
    }

    #[test]
    fn what_was_read_can_be_shown_everywhere(text in expression()) {
        for written in [Calendar::Gregorian, Calendar::Jalali] {
            let Ok(parsed) = dates::parse(&text, written) else { continue };
            for calendar in [Calendar::Gregorian, Calendar::Jalali] {
                for style in [Style::Full, Style::Long, Style::Short] {
                    for (lang, digits) in [(Lang::Fa, Digits::Persian), (Lang::En, Digits::Latin)] {
                        let format = Format { calendar, lang, digits, style };
                        let shown = format::date(&parsed.when, format);
                        prop_assert!(!shown.trim().is_empty(), "{} {:?}", text, format);
                        prop_assert!(!shown.contains("  "), "{} {:?}: {}", text, format, shown);
                    }
                }
            }
        }
    }

    #[test]
    fn stretches_hold_their_day_anywhere(at in prop_oneof![-4_000_000..4_000_000, any::<i32>()]) {
        for calendar in [Calendar::Gregorian, Calendar::Jalali] {
            for unit in [Unit::Day, Unit::Month, Unit::Year, Unit::Decade] {
                let (start, next) = (start_of(calendar, unit, at), next_of(calendar, unit, at));
                prop_assert!(start <= at && (at < next || at == i32::MAX), "{:?} {:?}", calendar, unit);
            }
        }
    }

    #[test]
    fn any_typed_text_is_a_date_or_none(
        text in "[-+0-9۰-۹/. a-zA-Zآ-ی،,\u{200c}]{0,20}",
        today in any::<i32>(),
    ) {
        for calendar in [Calendar::Gregorian, Calendar::Jalali] {
            if let Some(when) = typed::parse(&text, today, today, calendar) {
                prop_assert!(when.days.first <= when.days.last);
            }
        }
    }
}

#[test]
fn days_of_four_hundred_years_survive_both_calendars_as_text() {
    let format = |calendar| Format {
        calendar,
        lang: Lang::En,
        digits: Digits::Latin,
        style: Style::Short,
    };
    // 1800 to 2199, every fifth day, there and back.
    for at in (-62_091..84_006).step_by(5) {
        for calendar in [Calendar::Gregorian, Calendar::Jalali] {
            let shown = format::day(at, format(calendar));
            let back = typed::parse(&shown, at, at, calendar).expect("a date");
            assert_eq!((back.days.first, back.calendar), (at, calendar), "{shown}");
        }
    }
}
