//! Persian for the free words that event files use most: channels, parts, tags. What is not here
//! is shown as the file has it.

use super::Lang;

const VOCABULARY: &[(&str, &str)] = &[
    // Channels.
    ("meeting", "دیدار"),
    ("phone call", "گفت\u{200c}وگوی تلفنی"),
    ("message", "پیام"),
    ("post", "نوشتهٔ شبکهٔ اجتماعی"),
    ("speech", "سخنرانی"),
    ("report", "گزارش"),
    ("interview", "گفت\u{200c}وگو"),
    ("letter", "نامه"),
    ("statement", "بیانیه"),
    ("press conference", "نشست خبری"),
    // Parts in an event.
    ("participant", "شرکت\u{200c}کننده"),
    ("mentioned", "یادشده"),
    ("subject", "موضوع"),
    ("publisher", "ناشر"),
    ("carrier", "ناقل"),
    ("host", "میزبان"),
    ("guest", "میهمان"),
    // Tags.
    ("caucasus", "قفقاز"),
    ("culture", "فرهنگ"),
    ("diplomacy", "دیپلماسی"),
    ("economy", "اقتصاد"),
    ("election", "انتخابات"),
    ("energy", "انرژی"),
    ("gaza", "غزه"),
    ("media", "رسانه"),
    ("multilateral", "چندجانبه"),
    ("nuclear", "هسته\u{200c}ای"),
    ("politics", "سیاست"),
    ("sanctions", "تحریم"),
    ("security", "امنیت"),
    ("trade", "بازرگانی"),
    ("transport", "ترابری"),
    ("treaty", "پیمان"),
    ("war", "جنگ"),
];

/// `word` in `lang`, and the language that the answer is in; `None` when it is not known.
pub fn translate(word: &str, lang: Lang) -> Option<&'static str> {
    let (english, persian) = VOCABULARY
        .iter()
        .find(|(english, _)| english.eq_ignore_ascii_case(word.trim()))?;
    Some(match lang {
        Lang::Fa => persian,
        Lang::En => english,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_are_said_in_persian_and_others_left_alone() {
        assert_eq!(
            translate("Phone call", Lang::Fa),
            Some("گفت\u{200c}وگوی تلفنی")
        );
        assert_eq!(translate("war", Lang::En), Some("war"));
        assert_eq!(translate("cricket", Lang::Fa), None);
    }
}
