//! The query as typed: `leader:پوتین -org:بریکس mode:direct after:1403-04 "عین عبارت"`.
//!
//! Conditions are parted by blanks; all must hold. `field:value` asks for a facet's value by a part
//! of its name, `field:one,two` for either; `after:`, `before:` and `on:` ask for days; other words
//! are looked for in the text, a phrase in quotation marks as it stands. `-` before a condition
//! turns it round. Fields have English and Persian names.

mod print;
mod token;

use std::ops::Range;

use super::{Facet, Filter, Index, Term, ValueId, narrow};
use crate::calendar::{Calendar, typed};
use crate::model::{DaySpan, When};
use crate::text::fold::fold;
use crate::words::Lang;

pub use print::print;
use token::{Token, tokens};

/// A field that is no facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    /// From the first of these days on.
    After,
    /// Until the day before the first of these.
    Before,
    /// On one of these days.
    On,
    /// `part:speaker`: actors count where they speak.
    Part,
}

impl Field {
    const ALL: [Self; 4] = [Self::After, Self::Before, Self::On, Self::Part];

    /// Names, the preferred one first: English, then Persian.
    const fn names(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::After => (&["after", "from", "since"], &["از", "پس"]),
            Self::Before => (&["before", "until"], &["تا", "پیش"]),
            Self::On => (&["on", "date", "when"], &["در", "تاریخ"]),
            Self::Part => (&["part", "as"], &["نقش"]),
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| {
            let (en, fa) = field.names();
            en.iter().any(|own| own.eq_ignore_ascii_case(name)) || fa.contains(&name)
        })
    }
}

/// Words for [`Field::Part`].
const SPEAKER: (&str, &str) = ("speaker", "گوینده");
const ANY_PART: (&str, &str) = ("any", "هر");

/// Something in a query that was not understood; the rest counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, in bytes of the query.
    pub span: Range<usize>,
    /// Where it begins, in characters from 1.
    pub column: usize,
    /// What.
    pub what: What,
}

/// What was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// No such field.
    Field(String),
    /// No value of the facet has this in its name.
    Value(Facet, String),
    /// No date.
    Date(String),
    /// A part is `speaker` or `any`.
    Part(String),
    /// A field without a value.
    Missing,
    /// A quotation mark that is not closed.
    Open,
    /// Days cannot be turned round.
    Without,
}

impl What {
    /// In the reader's words.
    pub fn say(&self, lang: Lang) -> String {
        let fa = lang == Lang::Fa;
        match self {
            Self::Field(name) if fa => format!("«{name}» نام هیچ دسته\u{200c}ای نیست"),
            Self::Field(name) => format!("there is no field “{name}”"),
            Self::Value(facet, name) if fa => {
                format!("در «{}» چیزی با «{name}» نیست", facet.field(lang))
            }
            Self::Value(facet, name) => {
                format!("no {} has “{name}” in its name", facet.field(lang))
            }
            Self::Date(text) if fa => format!("«{text}» تاریخ نیست"),
            Self::Date(text) => format!("“{text}” is no date"),
            Self::Part(text) if fa => format!("نقش «گوینده» یا «هر» است، نه «{text}»"),
            Self::Part(text) => format!("a part is “speaker” or “any”, not “{text}”"),
            Self::Missing if fa => "پس از دونقطه چیزی نیست".to_owned(),
            Self::Missing => "there is nothing behind the colon".to_owned(),
            Self::Open if fa => "گیومه بسته نشده است".to_owned(),
            Self::Open => "the quotation mark is not closed".to_owned(),
            Self::Without if fa => "شرط روزها را نمی\u{200c}توان وارونه کرد".to_owned(),
            Self::Without => "a condition on days cannot be turned round".to_owned(),
        }
    }
}

/// A typed query, understood as far as it goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// What was understood.
    pub filter: Filter,
    /// What was not.
    pub problems: Vec<Problem>,
}

/// Reads a typed query. `today` and `calendar` are for dates such as `-3m`.
pub fn parse(query: &str, index: &Index, today: i32, calendar: Calendar) -> Typed {
    let mut reading = Reading {
        query,
        index,
        today,
        calendar,
        typed: Typed::default(),
    };
    for token in tokens(query) {
        reading.condition(&token);
    }
    reading.typed
}

struct Reading<'a> {
    query: &'a str,
    index: &'a Index,
    today: i32,
    calendar: Calendar,
    typed: Typed,
}

impl Reading<'_> {
    fn condition(&mut self, token: &Token) {
        if let Some(at) = token.open {
            self.problem(at..token.span.end, What::Open);
        }
        let Some((name, span)) = &token.field else {
            self.words(token);
            return;
        };
        match (Facet::of_field(name), Field::named(name)) {
            (Some(facet), _) => self.values(facet, token),
            (None, Some(Field::Part)) => self.part(token),
            (None, Some(field)) => self.days(field, token),
            (None, None) => self.problem(span.clone(), What::Field(name.clone())),
        }
    }

    fn words(&mut self, token: &Token) {
        for (typed, _) in token
            .values
            .iter()
            .filter(|(typed, _)| !typed.trim().is_empty())
        {
            let term = Term {
                typed: typed.clone(),
                without: token.without,
            };
            if !self.typed.filter.text.contains(&term) {
                self.typed.filter.text.push(term);
            }
        }
    }

    fn values(&mut self, facet: Facet, token: &Token) {
        for (typed, span) in &token.values {
            if typed.trim().is_empty() {
                self.problem(token.span.clone(), What::Missing);
                continue;
            }
            let found = named(self.index, facet, typed);
            if found.is_empty() {
                self.problem(span.clone(), What::Value(facet, typed.clone()));
            }
            let pick = self.typed.filter.pick_mut(facet);
            let set = if token.without {
                &mut pick.exclude
            } else {
                &mut pick.include
            };
            set.extend(found);
        }
    }

    fn part(&mut self, token: &Token) {
        for (typed, span) in &token.values {
            let word = typed.trim();
            let is = |(en, fa): (&str, &str)| word.eq_ignore_ascii_case(en) || word == fa;
            match () {
                () if is(SPEAKER) => self.typed.filter.speaking_only = !token.without,
                () if is(ANY_PART) => self.typed.filter.speaking_only = token.without,
                () => self.problem(span.clone(), What::Part(word.to_owned())),
            }
        }
    }

    fn days(&mut self, field: Field, token: &Token) {
        if token.without {
            self.problem(token.span.clone(), What::Without);
            return;
        }
        for (typed, span) in &token.values {
            match typed::parse(typed, self.today, self.today, self.calendar) {
                _ if typed.trim().is_empty() => self.problem(token.span.clone(), What::Missing),
                Some(when) => self.narrow_days(field, &when),
                None => self.problem(span.clone(), What::Date(typed.clone())),
            }
        }
    }

    fn narrow_days(&mut self, field: Field, when: &When) {
        let DaySpan { first, last } = when.days;
        let asked = match field {
            Field::After => DaySpan {
                first,
                last: i32::MAX,
            },
            Field::Before => DaySpan {
                first: i32::MIN,
                last: first.saturating_sub(1),
            },
            Field::On | Field::Part => DaySpan { first, last },
        };
        let days = self.typed.filter.days.unwrap_or(asked);
        self.typed.filter.days = Some(DaySpan {
            first: days.first.max(asked.first),
            last: days.last.min(asked.last),
        });
    }

    fn problem(&mut self, span: Range<usize>, what: What) {
        let before = self.query.get(..span.start).unwrap_or("");
        self.typed.problems.push(Problem {
            column: before.chars().count() + 1,
            span,
            what,
        });
    }
}

/// The values that `typed` names: those whose name, alias or id it is, folded; else those that
/// have it in their name.
fn named(index: &Index, facet: Facet, typed: &str) -> Vec<ValueId> {
    let typed = typed.trim();
    let folded = fold(typed);
    let is_whole = |name: &str| fold(name).text() == folded.text();
    let found = narrow(index, facet, typed);
    let is_named = |value: &ValueId| {
        let label = index.label(facet, *value);
        label.iter().any(|(_, name)| is_whole(name))
            || index
                .aliases(facet, *value)
                .iter()
                .any(|name| is_whole(name))
            || index.id(facet, *value).is_some_and(is_whole)
    };
    let whole: Vec<_> = found.iter().copied().filter(is_named).collect();
    if whole.is_empty() { found } else { whole }
}
