//! What terminals make of our bytes: models of each family, fed frame after frame, must show the
//! wanted grid.

use proptest::prelude::*;
use sokhan::shell::encode::{Letter, Levels};

/// The levels of a row by our own algorithm.
fn levels(text: &str) -> Vec<u8> {
    let row: Vec<Letter> = text.chars().map(Letter::new).collect();
    let mut levels = Levels::default();
    levels.resolve(&row);
    levels.of
}

/// The same by the crate `unicode-bidi`.
fn oracle(text: &str) -> Vec<u8> {
    let info = unicode_bidi::ParagraphBidiInfo::new(text, None);
    let levels = info.reordered_levels_per_char(0..text.len());
    text.char_indices()
        .zip(levels)
        .map(|(_, level)| level.number())
        .collect()
}

#[test]
fn levels_as_the_standard_has_them() {
    let rows = [
        "",
        "a",
        "ا",
        "ab اب cd",
        "اب ab",
        "ا 12 ب",
        "اب (ab) ج",
        "12 ا",
        "ا (b) c",
        "a [ا] 1",
        "ا 1.5% ",
        "a $12-13 ا+1",
        "│ا│a│ ",
        "(ا)",
        "«ا» a",
        "ا۱٬۲۳۴٫۵٪",
    ];
    for text in rows {
        assert_eq!(levels(text), oracle(text), "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn levels_as_another_implementation_has_them(
        text in "[abاب12۱۲٣ ,./+$%()\\[\\]«»│-]{0,24}",
    ) {
        prop_assert_eq!(levels(&text), oracle(&text));
    }
}
