//! A filter written as a query that means the same.

use super::{Field, SPEAKER, named};
use crate::calendar::{Calendar, format, typed, ymd};
use crate::model::DaySpan;
use crate::query::{Facet, Filter, Index, ValueId};
use crate::words::{Digits, Lang};

/// Writes `filter` as a query, with the field names of `lang` and days of `calendar`. Reading it
/// gives the filter again, enabled, as far as its days can be typed: from the year 1000 of the Solar
/// Hijri calendar on.
pub fn print(index: &Index, filter: &Filter, lang: Lang, calendar: Calendar) -> String {
    let mut conditions = Vec::new();
    for facet in Facet::ALL {
        let pick = filter.pick(facet);
        for (minus, values) in [("", &pick.include), ("-", &pick.exclude)] {
            let names: Vec<_> = values
                .iter()
                .map(|value| quoted(&name(index, facet, *value, lang)))
                .collect();
            if !names.is_empty() {
                conditions.push(format!("{minus}{}:{}", facet.field(lang), names.join(",")));
            }
        }
    }
    if filter.speaking_only {
        let word = if lang == Lang::Fa {
            SPEAKER.1
        } else {
            SPEAKER.0
        };
        conditions.push(format!("{}:{word}", field(Field::Part, lang)));
    }
    if let Some(days) = filter.days {
        conditions.extend(printed_days(days, lang, calendar));
    }
    for term in &filter.text {
        let minus = if term.without { "-" } else { "" };
        conditions.push(format!("{minus}{}", quoted_always(&term.typed)));
    }
    conditions.join(" ")
}

/// The first of a value's names that means it and nothing else; its label when none does.
fn name(index: &Index, facet: Facet, value: ValueId, lang: Lang) -> String {
    let label = index.label(facet, value);
    let shown = label
        .best(lang.tag())
        .map_or("", |(_, name)| name)
        .to_owned();
    let others = label.iter().map(|(_, name)| name.to_owned());
    let mut names = std::iter::once(shown.clone())
        .chain(others)
        .chain(index.aliases(facet, value).iter().cloned())
        .chain(index.id(facet, value).map(str::to_owned));
    names
        .find(|name| named(index, facet, name) == [value])
        .unwrap_or(shown)
}

fn field(field: Field, lang: Lang) -> &'static str {
    let (en, fa) = field.names();
    let names = if lang == Lang::Fa { fa } else { en };
    names.first().copied().unwrap_or("")
}

fn printed_days(days: DaySpan, lang: Lang, calendar: Calendar) -> Vec<String> {
    let written = |day: i32| {
        let calendar = readable(day, calendar);
        let style = format::Style::Short;
        format::day(
            day,
            format::Format {
                calendar,
                lang: Lang::En,
                digits: Digits::Latin,
                style,
            },
        )
    };
    let mut conditions = Vec::new();
    if days.first != i32::MIN {
        conditions.push(format!(
            "{}:{}",
            field(Field::After, lang),
            written(days.first)
        ));
    }
    if days.last != i32::MAX {
        let next = days.last.saturating_add(1);
        conditions.push(format!("{}:{}", field(Field::Before, lang), written(next)));
    }
    conditions
}

/// `wanted`, unless the year would be read in the other calendar.
fn readable(day: i32, wanted: Calendar) -> Calendar {
    let year = ymd(wanted, day).map(|date| date.year);
    year.and_then(typed::calendar_of).unwrap_or(wanted)
}

/// In quotation marks where a bare word would be read otherwise.
fn quoted(text: &str) -> String {
    let special = |letter: char| letter.is_whitespace() || ",،\"«“".contains(letter);
    if text.is_empty() || text.contains(special) {
        quoted_always(text)
    } else {
        text.to_owned()
    }
}

/// In such quotation marks as `text` does not close. What would close them all was a bare word.
fn quoted_always(text: &str) -> String {
    let marks = [('"', '"'), ('«', '»'), ('“', '”')];
    let fitting = marks.iter().find(|(_, close)| !text.contains(*close));
    fitting.map_or_else(
        || text.to_owned(),
        |(open, close)| format!("{open}{text}{close}"),
    )
}
