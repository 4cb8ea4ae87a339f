//! Everything that a key can do: one line each, with its name for the configuration and its words
//! for the help.

use crate::words::Lang;

macro_rules! actions {
    ($( $(#[$group_doc:meta])* $group:ident [$group_fa:literal, $group_en:literal] {
        $( $variant:ident, $name:literal, $fa:literal, $en:literal; )*
    } )*) => {
        $(
            $(#[$group_doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            pub enum $group {
                $( #[doc = $en] $variant, )*
            }
        )*

        /// Everything that a key can do, by group.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action {
            $( #[doc = $group_en] $group($group), )*
        }

        /// The groups with their headings, in the order of the help.
        const GROUPS: &[(&[Described], [&str; 2])] = &[
            $( (
                &[ $( Described {
                    action: Action::$group($group::$variant),
                    name: $name,
                    words: [$fa, $en],
                }, )* ],
                [$group_fa, $group_en],
            ), )*
        ];
    };
}

/// An action with its name and words.
#[derive(Clone, Copy, Debug)]
struct Described {
    action: Action,
    name: &'static str,
    words: [&'static str; 2],
}

actions! {
    /// Where the cursor goes.
    Move ["رفتن", "Moving"] {
        Down, "down", "یک گام پایین", "One step down";
        Up, "up", "یک گام بالا", "One step up";
        HalfDown, "half-page-down", "نیم صفحه پایین", "Half a page down";
        HalfUp, "half-page-up", "نیم صفحه بالا", "Half a page up";
        PageDown, "page-down", "یک صفحه پایین", "A page down";
        PageUp, "page-up", "یک صفحه بالا", "A page up";
        First, "first", "به آغاز", "To the first";
        Last, "last", "به پایان", "To the last";
        NextEvent, "next-event", "رویداد بعد", "Next event";
        PreviousEvent, "previous-event", "رویداد پیش", "Previous event";
        NextDay, "next-day", "روز بعد که رویدادی دارد", "Next day with events";
        PreviousDay, "previous-day", "روز پیش که رویدادی دارد", "Previous day with events";
        NextMonth, "next-month", "ماه بعد", "Next month with events";
        PreviousMonth, "previous-month", "ماه پیش", "Previous month with events";
        NextYear, "next-year", "سال بعد", "Next year with events";
        PreviousYear, "previous-year", "سال پیش", "Previous year with events";
    }
    /// Which pane or screen is in front.
    Go ["گشتن در صفحه", "Getting around"] {
        Open, "open", "گشودن رویداد", "Open the event";
        Back, "back", "یک گام واپس", "One step back";
        NextPane, "next-pane", "قاب بعد", "Next pane";
        PreviousPane, "previous-pane", "قاب پیش", "Previous pane";
        LeftPane, "left-pane", "قاب سمت چپ", "The pane on the left";
        RightPane, "right-pane", "قاب سمت راست", "The pane on the right";
        Date, "go-to-date", "رفتن به تاریخ", "Go to a date";
        Earlier, "view-back", "نمای پیشین", "Back in the history of views";
        Later, "view-forward", "نمای بعدی", "Forward in the history of views";
        Help, "help", "راهنما", "Help";
        Palette, "palette", "همهٔ فرمان\u{200c}ها", "All commands";
        Warnings, "warnings", "هشدارهای داده", "Warnings about the data";
    }
    /// How words are found.
    Find ["جست\u{200c}وجو", "Searching"] {
        Search, "search", "جست\u{200c}وجو", "Search";
        Next, "next-hit", "یافتهٔ بعد", "Next hit";
        Previous, "previous-hit", "یافتهٔ پیش", "Previous hit";
        This, "search-this", "جست\u{200c}وجوی گوینده", "Search for the speaker";
        Query, "query", "صافی نوشتنی", "Type a filter";
    }
    /// What is left out.
    Narrow ["صافی", "Filtering"] {
        Facets, "facets", "قاب صافی\u{200c}ها", "Facets";
        Include, "include", "با این", "Include this value";
        Exclude, "exclude", "بی این", "Exclude this value";
        Only, "only", "فقط این", "Only this value";
        AsSpeaker, "as-speaker", "فقط در جای گوینده", "As speaker, or in any part";
        Sort, "sort-facets", "چیدن به شمار یا نام", "Sort by count or by name";
        Type, "narrow-facets", "یافتن در صافی\u{200c}ها", "Type to narrow the values";
        NextFacet, "next-facet", "دستهٔ بعد", "Next facet";
        PreviousFacet, "previous-facet", "دستهٔ پیش", "Previous facet";
        ClearLast, "clear-last", "برداشتن واپسین صافی", "Clear the last filter";
        ClearAll, "clear-all", "برداشتن همهٔ صافی\u{200c}ها", "Clear all filters";
        Toggle, "toggle-filters", "صافی\u{200c}ها خاموش یا روشن", "All filters off or on";
        Context, "context", "پیرامون رویداد، بی صافی", "The event in its context, without filters";
    }
    /// What is kept side by side.
    Mark ["نشان و سنجش", "Marking and comparing"] {
        Toggle, "mark", "نشان کردن گفته", "Mark the statement";
        List, "marks", "نشان\u{200c}ها", "Marks";
        Compare, "compare", "سنجش گفته\u{200c}ها کنار هم", "Compare statements side by side";
        Clear, "clear-marks", "برداشتن نشان\u{200c}ها", "Clear all marks";
        Together, "scroll-together", "پیمایش با هم یا تک\u{200c}تک", "Scroll together or alone";
    }
    /// How things are shown.
    Show ["نمایش", "Showing"] {
        Dates, "dates", "تقویم: خورشیدی، میلادی، هر دو", "Calendar: Solar Hijri, Gregorian, both";
        Digits, "digits", "رقم\u{200c}ها: فارسی یا لاتین", "Digits: Persian or Latin";
        Language, "language", "زبان: فارسی یا انگلیسی", "Language: Persian or English";
        Translations, "translations", "ترجمه\u{200c}ها", "Translations";
        ZoomIn, "zoom-in", "نوار زمان: نزدیک\u{200c}تر", "Time strip: closer";
        ZoomOut, "zoom-out", "نوار زمان: دورتر", "Time strip: farther";
        Theme, "theme", "رنگ\u{200c}ها: تیره، روشن، پرتضاد", "Colours: dark, light, high contrast";
    }
    /// What is taken along.
    Take ["برداشتن", "Taking along"] {
        Copy, "copy", "رونوشت با ارجاع", "Copy with the citation";
        CopyWords, "copy-words", "رونوشت خود گفته", "Copy the words only";
        OpenSource, "open-source", "گشودن منبع", "Open the source";
    }
    /// The program itself.
    Program ["برنامه", "The program"] {
        Quit, "quit", "بیرون رفتن", "Leave";
        Reload, "reload", "خواندن دوبارهٔ داده", "Read the data again";
        Mouse, "mouse", "موشواره آزاد یا گرفته", "Take or leave the mouse";
        Redraw, "redraw", "کشیدن دوبارهٔ صفحه", "Draw the screen again";
        Suspend, "suspend", "کنار گذاشتن برنامه", "Suspend";
    }
}

impl Action {
    /// All actions, in the order of the help.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::groups().flat_map(|(_, actions)| actions)
    }

    /// The groups: headings in Persian and English, and the actions.
    pub fn groups() -> impl Iterator<Item = ([&'static str; 2], impl Iterator<Item = Self>)> {
        GROUPS
            .iter()
            .map(|(actions, heading)| (*heading, actions.iter().map(|one| one.action)))
    }

    /// The action of this name.
    pub fn named(name: &str) -> Option<Self> {
        described()
            .find(|one| one.name == name)
            .map(|one| one.action)
    }

    /// Its name in the configuration.
    pub fn name(self) -> &'static str {
        self.described().map_or("", |one| one.name)
    }

    /// What it does, in the reader's words.
    pub fn words(self, lang: Lang) -> &'static str {
        let words = self.described().map_or(["", ""], |one| one.words);
        words[lang as usize]
    }

    fn described(self) -> Option<&'static Described> {
        described().find(|one| one.action == self)
    }
}

fn described() -> impl Iterator<Item = &'static Described> {
    GROUPS.iter().flat_map(|(actions, _)| actions.iter())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_find_their_action() {
        let names: BTreeSet<&str> = Action::all().map(Action::name).collect();
        assert_eq!(names.len(), Action::all().count());
        for action in Action::all() {
            assert_eq!(Action::named(action.name()), Some(action));
        }
    }

    #[test]
    fn every_action_has_words_in_both_languages() {
        for action in Action::all() {
            let (fa, en) = (action.words(Lang::Fa), action.words(Lang::En));
            assert!(
                fa.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c)),
                "{fa}"
            );
            assert!(en.is_ascii(), "{en}");
        }
    }
}
