//! One line for everything the program says: the word, Persian, English.

use super::Lang;

macro_rules! words {
    ($( $word:ident, $fa:literal, $en:literal; )*) => {
        /// Something that the program says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Word {
            $( #[doc = $en] $word, )*
        }

        impl Word {
            /// All of them.
            pub const ALL: &[Self] = &[ $( Self::$word, )* ];
        }

        /// The text of `word` in `lang`.
        pub const fn say(word: Word, lang: Lang) -> &'static str {
            match (word, lang) {
                $( (Word::$word, Lang::Fa) => $fa, (Word::$word, Lang::En) => $en, )*
            }
        }
    };
}

words! {
    Sokhan, "سخن", "sokhan";
    Events, "رویداد", "events";
    Statement, "سخن", "statement";
    Statements, "سخن", "statements";
    Of, "از", "of";
    Loading, "در حال خواندن", "Reading";
    PerSecond, "در ثانیه", "a second";
    NoEvents, "در این پرونده رویدادی نیست", "There are no events in this file";
    NothingYet, "هنوز رویدادی نیامده است", "No events have come yet";
    IsShownHere, "آنچه بیاید همین\u{200c}جا دیده می\u{200c}شود", "What comes is shown here";
    NothingLeft, "هیچ رویدادی از صافی\u{200c}ها نگذشت", "No event passes the filters";
    ClearThem, "X همه را برمی\u{200c}دارد", "X clears them";
    Undated, "بی\u{200c}تاریخ", "Undated";
    Earlier, "پیش از آن", "Earlier";
    About, "حدود", "about";
    Since, "از", "from";
    Until, "تا", "until";
    SourceSays, "منبع می\u{200c}گوید:", "The source says:";
    Stated, "تاریخ در منبع آمده است", "date given by the source";
    Inferred, "تاریخ از متن برآورد شده است", "date worked out from the text";
    Outside, "تاریخ از بیرون متن است", "date known from elsewhere";
    Computed, "برگردان تقویم محاسبه\u{200c}ای است", "calendars converted by computation";
    Place, "جا", "Place";
    People, "کسان", "People";
    Mentioned, "یادشده", "Named";
    Tags, "برچسب", "Tags";
    Sources, "منبع", "Source";
    To, "به", "to";
    Via, "به نقل از", "via";
    Source, "منبع:", "source:";
    Translation, "ترجمه", "translation";
    UnknownSpeaker, "گویندهٔ نامعلوم", "speaker unknown";
    NoStatements, "سخنی ثبت نشده است", "No statements recorded";
    Direct, "نقل مستقیم", "direct quotation";
    Partial, "پارهٔ سخن", "quoted fragment";
    Reported, "نقل به مضمون", "reported";
    Headline, "تیتر", "headline";
    Unspecified, "نوع نامعلوم", "mode unknown";
    Leaders, "رهبران", "Leaders";
    Organizations, "سازمان\u{200c}ها", "Organizations";
    States, "کشورها", "States";
    MediaNames, "رسانه\u{200c}ها", "Media";
    Others, "دیگران", "Others";
    Places, "جاها", "Places";
    TagNames, "برچسب\u{200c}ها", "Tags";
    Modes, "گونهٔ نقل", "Modes";
    SourceNames, "منبع\u{200c}ها", "Sources";
    Facets, "صافی\u{200c}ها", "Facets";
    AsSpeaker, "در جای گوینده", "as speaker";
    AnyPart, "در هر نقش", "in any part";
    ByCount, "به شمار", "by count";
    ByName, "به نام", "by name";
    FiltersOff, "صافی\u{200c}ها خاموش", "filters off";
    More, "مورد دیگر", "more";
    Without, "بی", "without";
    SearchPrompt, "جست\u{200c}وجو", "Search";
    DatePrompt, "تاریخ", "Date";
    QueryPrompt, "صافی", "Filter";
    NarrowPrompt, "یافتن", "Find";
    Hits, "یافته", "hits";
    NoHits, "یافت نشد", "not found";
    Help, "راهنما", "Help";
    Commands, "فرمان\u{200c}ها", "Commands";
    Marks, "نشان\u{200c}ها", "Marks";
    NoMarks, "نشانی نیست؛ m نشان می\u{200c}گذارد", "No marks yet; m sets one";
    Warnings, "هشدارها", "Warnings";
    NoWarnings, "هشداری نیست", "No warnings";
    Compare, "سنجش", "Compare";
    Marked, "نشان\u{200c}شده\u{200c}ها", "the marked ones";
    SameSpeaker, "همین گوینده، پیش و پس", "same speaker, before and after";
    SameEvent, "همین رویداد، دیگران", "same event, other speakers";
    OtherCarriers, "همین روزها، رسانه\u{200c}های دیگر", "same days, other carriers";
    NothingToCompare, "گفتهٔ دیگری برای سنجش نیست", "There is nothing else to compare with";
    NoAddress, "این منبع نشانی ندارد", "This source has no address";
    NoStatementHere, "این رویداد سخنی ندارد", "This event has no statement";
    Cleared, "صافی\u{200c}ها برداشته شد", "Filters cleared";
    NoFilters, "صافی\u{200c}ای نیست", "There are no filters";
    MarksCleared, "نشان\u{200c}ها برداشته شد", "Marks cleared";
    MarkSet, "نشان شد", "Marked";
    MarkGone, "نشان برداشته شد", "Unmarked";
    ScrollTogether, "پیمایش با هم", "scrolling together";
    ScrollAlone, "پیمایش تک\u{200c}تک", "scrolling alone";
    Jalali, "خورشیدی", "Solar Hijri";
    Gregorian, "میلادی", "Gregorian";
    BothCalendars, "خورشیدی و میلادی", "Solar Hijri and Gregorian";
    PersianDigits, "رقم فارسی", "Persian digits";
    LatinDigits, "رقم لاتین", "Latin digits";
    Persian, "فارسی", "Persian";
    English, "انگلیسی", "English";
    Dark, "تیره", "dark";
    Light, "روشن", "light";
    HighContrast, "پرتضاد", "high contrast";
    Neutral, "میانه", "neutral";
    TranslationsOn, "همهٔ ترجمه\u{200c}ها", "all translations";
    TranslationsOff, "بی ترجمهٔ اضافی", "no further translations";
    MouseOn, "موشواره گرفته شد", "The mouse is taken";
    MouseOff, "موشواره آزاد است", "The mouse is free";
    EndOfHistory, "نمای دیگری نیست", "No other view";
    NoSuchDate, "تاریخ خوانده نشد", "This is no date";
    CannotShow, "این رویداد خوانده نشد:", "This event cannot be read:";
    NoFurther, "دیگر نیست", "There are no more";
    Speaker, "گوینده", "Speaker";
    DateOf, "تاریخ", "Date";
    KeyOpen, "گشودن", "open";
    KeyPanes, "قاب", "pane";
    KeySearch, "جست\u{200c}وجو", "search";
    KeyFacets, "صافی", "filter";
    KeyCompare, "سنجش", "compare";
    KeyMark, "نشان", "mark";
    KeyHelp, "راهنما", "help";
    KeyQuit, "خروج", "quit";
    KeyBack, "بازگشت", "back";
    KeyCopy, "رونوشت", "copy";
    KeyInclude, "با", "with";
    KeyExclude, "بی", "without";
    KeyOnly, "فقط", "only";
    KeyNarrow, "یافتن", "find";
    KeyRun, "انجام", "run";
    KeyTogether, "با هم", "together";
    KeyOther, "گونهٔ دیگر", "other choice";
    KeyTranslations, "ترجمه", "translation";
    Copied, "به بریده\u{200c}دان پایانه فرستاده شد", "Sent to the terminal's clipboard";
    CannotCopy, "این پایانه بریده\u{200c}دان نمی\u{200c}گیرد", "This terminal takes no clipboard";
    TooLongToCopy, "برای بریده\u{200c}دان پایانه بلند است", "Too long for a terminal's clipboard";
    Opening, "باز می\u{200c}شود:", "Opening";
    CannotOpen, "باز نشد:", "Cannot be opened:";
    CannotSuspend, "اینجا نمی\u{200c}شود کنار گذاشت", "Nobody here could resume the program";
    FileChanged, "پرونده عوض شده است؛ R دوباره می\u{200c}خواند", "The file changed; R reloads";
    NoSuchEvent, "چنین رویدادی نیست", "There is no such event";
    PartOnly, "خواندن نیمه\u{200c}کاره ماند؛ R دنباله را می\u{200c}خواند", "Only a part was read; R reads on";
    NewEvents, "رویداد تازه", "new events";
    NotAgain, "آنچه از لوله آمده دوباره خواندنی نیست", "What came through a pipe cannot be read again";
    NotReloaded, "دوباره خوانده نشد:", "Not reloaded:";
    CannotRead, "پرونده دیگر خوانده نمی\u{200c}شود:", "The file cannot be read any more:";
    KeyStop, "بس", "stop";
    KeyReload, "دوباره", "reload";
    Shared, "واژه\u{200c}های مشترک روشن است", "shared words are lit";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_persian_in_persian_and_english_in_english() {
        for word in Word::ALL {
            let (fa, en) = (say(*word, Lang::Fa), say(*word, Lang::En));
            assert!(
                fa.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c)),
                "{word:?}: {fa}"
            );
            assert!(en.is_ascii() && !en.is_empty(), "{word:?}: {en}");
        }
    }

    #[test]
    fn no_stray_joiners() {
        for word in Word::ALL {
            let fa = say(*word, Lang::Fa);
            assert!(
                !fa.contains("\u{200c} ") && !fa.contains(" \u{200c}"),
                "{fa}"
            );
        }
    }
}
