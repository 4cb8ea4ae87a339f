//! The Persian order of names (CLDR `fa`): آ before ا, پ after ب, ک گ before ل, و before ه; Persian
//! before Latin.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::cluster::is_invisible;
use super::sanitize::is_dropped;

/// A key whose bytes compare as Persian readers order names. Marks, U+200C and case do not count
/// unless two names are else the same; equal keys mean equal names.
///
/// ```
/// use sokhan::text::order_key;
/// let mut names = ["یزد", "گرگان", "پوتین", "آمل", "اراک", "بغداد", "Minsk"];
/// names.sort_by_cached_key(|name| order_key(name));
/// assert_eq!(names, ["آمل", "اراک", "بغداد", "پوتین", "گرگان", "یزد", "Minsk"]);
/// ```
pub fn order_key(name: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(2 * name.len() + 1);
    for letter in name.chars() {
        match place(letter) {
            Some(place) => key.push(place),
            None => other(letter, &mut key),
        }
    }
    key.push(0);
    key.extend(name.as_bytes());
    key
}

/// Pushes a letter without a place of its own behind all that have one, by its code point.
fn other(letter: char, key: &mut Vec<u8>) {
    let shown = |letter: &char| {
        !is_combining_mark(*letter) && !is_invisible(*letter) && !is_dropped(*letter)
    };
    for part in std::iter::once(letter).nfkd().filter(shown) {
        for letter in part.to_lowercase().filter(shown) {
            if let Some(place) = place(letter) {
                key.push(place);
            } else {
                key.push(u8::MAX);
                key.extend(&(letter as u32).to_be_bytes()[1..]);
            }
        }
    }
}

/// Where a letter stands in [`PLACES`], from 1.
fn place(letter: char) -> Option<u8> {
    let table = match letter as u32 {
        0..=0xff => &TABLES[0],
        0x600..=0x6ff => &TABLES[1],
        _ => return None,
    };
    table
        .get(letter as usize % 256)
        .copied()
        .filter(|place| *place > 0)
}

/// Places of U+0000 to U+00FF and of U+0600 to U+06FF.
static TABLES: LazyLock<[[u8; 256]; 2]> = LazyLock::new(|| {
    let mut tables = [[0; 256]; 2];
    for (place, letters) in (1..).zip(PLACES.split(' ')) {
        for letter in letters.chars() {
            let letter = if letter == '\u{2423}' { ' ' } else { letter };
            let table = usize::from(letter >= '\u{600}');
            tables[table][letter as usize % 256] = place;
        }
    }
    tables
});

/// Characters in their order, those of one place together; `␣` is the blank.
const PLACES: &str = "␣ _ - , ، ؛ : ! ؟ . « » ( ) [ ] / ٪ \
    0٠۰ 1١۱ 2٢۲ 3٣۳ 4٤۴ 5٥۵ 6٦۶ 7٧۷ 8٨۸ 9٩۹ آ اٱ ءأؤإئٲٳ ٮ ب ٻ پ ڀ ت ث ٹ ٺ ټ ٽ ٿ ج ڃ ڄ چ ڿ ڇ ح خ ځ ڂ څ د \
    ذ ڈ ډ ڊ ڋ ڌ ڍ ڎ ڏ ڐ ۮ ر ز ڑ ڒ ړ ڔ ڕ ږ ڗ ژ ڙ ۯ س ش ښ ڛ ڜ ۺ ص ض ڝ ڞ ۻ ط ظ ڟ ع غ ڠ ۼ ف ڡ ڢ ڣ \
    ڤ ڥ ڦ ٯ ق ڧ ڨ كکڪګڬڭڮ گ ڰ ڱ ڲ ڳ ڴ ػ ؼ ل ڵ ڶ ڷ ڸ م ن ں ڻ ڼ ڽ ڹ ۿ و ۄ ۅ ۆ ۇ ۈ ۉ ۊ ۋ ۏ ةهھۀہۂۃە ى\
    يیۍێېۑےۓ ؽ ؾ ؿ ؠ a b c d e f g h i j k l m n o p q r s t u v w x y z";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_one_place() {
        let count = PLACES.split(' ').count();
        assert!(count < usize::from(u8::MAX));
        let letters: Vec<char> = PLACES.chars().filter(|letter| *letter != ' ').collect();
        for (at, letter) in letters.iter().enumerate() {
            assert!(!letters[..at].contains(letter), "{letter} stands twice");
        }
    }

    #[test]
    fn marks_and_case_decide_last() {
        let mut names = ["Zé", "zebra", "ze", "اِیران", "ایران", "ایرانی"];
        names.sort_by_key(|name| order_key(name));
        assert_eq!(names, ["اِیران", "ایران", "ایرانی", "Zé", "ze", "zebra"]);
    }
}
