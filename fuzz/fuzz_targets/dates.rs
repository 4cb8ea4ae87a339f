//! Any text as a date, in a file or at a prompt: no panic, days in order, never shown as nothing.
//! The first byte chooses calendar, language, digits and style.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sokhan::calendar::format::{Format, Style, date};
use sokhan::calendar::{Unit, edtf, heading, next_of, start_of, typed};
use sokhan::model::{Calendar, When};
use sokhan::words::{Digits, Lang};

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = data.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(bytes);
    let format = format_of(*choice);
    for calendar in [Calendar::Gregorian, Calendar::Jalali] {
        if let Ok(parsed) = edtf::parse(&text, calendar) {
            holds(&parsed.when, format);
        }
        // 2024-07-11 is today; the reader stands wherever the text's length says.
        let from = (text.len() as i32).wrapping_mul(0x0101_0101);
        if let Some(when) = typed::parse(&text, 19_915, from, calendar) {
            holds(&when, format);
        }
    }
});

fn format_of(choice: u8) -> Format {
    Format {
        calendar: if choice & 1 == 0 {
            Calendar::Gregorian
        } else {
            Calendar::Jalali
        },
        lang: if choice & 2 == 0 { Lang::Fa } else { Lang::En },
        digits: if choice & 4 == 0 {
            Digits::Persian
        } else {
            Digits::Latin
        },
        style: match choice >> 3 & 3 {
            0 => Style::Full,
            1 => Style::Long,
            _ => Style::Short,
        },
    }
}

fn holds(when: &When, format: Format) {
    assert!(when.days.first <= when.days.last, "{when:?}");
    assert!(!date(when, format).trim().is_empty(), "{when:?} {format:?}");
    for at in [when.days.first, when.days.last] {
        for unit in [Unit::Day, Unit::Month, Unit::Year, Unit::Decade] {
            let (start, next) = (
                start_of(format.calendar, unit, at),
                next_of(format.calendar, unit, at),
            );
            assert!(
                start <= at && (at < next || at == i32::MAX),
                "{unit:?} {at}"
            );
            let _ = heading(format.calendar, unit, at, format.lang, format.digits);
        }
    }
}
