//! How things are shown: calendar, digits, language, colours, translations, the strip.

use crate::app::state::State;
use crate::app::{Dates, Show, Theme};
use crate::words::{Digits, Lang, Word, say};

pub(super) fn act(state: &mut State, show: Show) {
    let settings = &mut state.settings;
    let word = match show {
        Show::Dates => {
            let (dates, word) = match settings.dates {
                Dates::Jalali => (Dates::Gregorian, Word::Gregorian),
                Dates::Gregorian => (Dates::Both, Word::BothCalendars),
                Dates::Both => (Dates::Jalali, Word::Jalali),
            };
            settings.dates = dates;
            word
        }
        Show::Digits => {
            let (digits, word) = match settings.digits {
                Digits::Persian => (Digits::Latin, Word::LatinDigits),
                Digits::Latin => (Digits::Persian, Word::PersianDigits),
            };
            settings.digits = digits;
            word
        }
        Show::Language => {
            let (lang, word) = match settings.lang {
                Lang::Fa => (Lang::En, Word::English),
                Lang::En => (Lang::Fa, Word::Persian),
            };
            settings.lang = lang;
            settings.digits = match lang {
                Lang::Fa => Digits::Persian,
                Lang::En => Digits::Latin,
            };
            state.facets.stale = true;
            word
        }
        Show::Theme => {
            let (theme, word) = match settings.theme {
                Theme::Dark => (Theme::Light, Word::Light),
                Theme::Light => (Theme::HighContrast, Word::HighContrast),
                Theme::HighContrast => (Theme::Neutral, Word::Neutral),
                Theme::Neutral => (Theme::Dark, Word::Dark),
            };
            settings.theme = theme;
            word
        }
        Show::Translations => {
            state.translations ^= true;
            if state.translations {
                Word::TranslationsOn
            } else {
                Word::TranslationsOff
            }
        }
        Show::ZoomIn => return state.zoom(true),
        Show::ZoomOut => return state.zoom(false),
    };
    state.tell(say(word, state.settings.lang));
}
