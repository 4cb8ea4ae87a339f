//! The Persian keyboard: which Latin key a Persian letter sits on (ISIRI 9147), so that commands
//! answer to the key, whatever layout is on.

/// Rows of the keyboard: the Latin letters and what the same keys give in the Persian layout.
/// Letters that commands do not need to reach (digits, controls) are left out.
const ROWS: &[(&str, &str)] = &[
    ("qwertyuiop[]", "ضصثقفغعهخحجچ"),
    ("asdfghjkl;'", "شسیبلاتنمکگ"),
    ("zxcvbnm,", "ظطزرذدپو"),
    // With shift.
    ("ASDFGHJKLZCM", "\u{624}\u{626}\u{64a}إأآة»«كژء"),
    (
        "QWERTYU",
        "\u{652}\u{64c}\u{64d}\u{64b}\u{64f}\u{650}\u{64e}",
    ),
    ("XVN", "\u{653}\u{670}\u{654}"),
    ("\"?_", "؛؟ـ"),
];

/// The Latin letter on the key that types `letter` in the Persian layout.
pub(super) fn latin(letter: char) -> Option<char> {
    if letter == '÷' {
        return Some('/');
    }
    ROWS.iter().find_map(|(latin, persian)| {
        let at = persian.chars().position(|have| have == letter)?;
        latin.chars().nth(at)
    })
}

/// The Persian letter on the same key as `letter`, for the help.
pub(super) fn persian(letter: char) -> Option<char> {
    ROWS.iter().find_map(|(latin, persian)| {
        let at = latin.chars().position(|have| have == letter)?;
        persian.chars().nth(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_key_in_both_layouts() {
        for (persian_letter, latin_letter) in [
            ('ت', 'j'),
            ('ض', 'q'),
            ('ب', 'f'),
            ('چ', ']'),
            ('گ', '\''),
            ('أ', 'G'),
            ('ژ', 'C'),
        ] {
            assert_eq!(latin(persian_letter), Some(latin_letter));
            assert_eq!(persian(latin_letter), Some(persian_letter));
        }
        assert_eq!(latin('÷'), Some('/'));
        assert_eq!(latin('j'), None);
    }

    #[test]
    fn rows_are_as_long_as_each_other() {
        for (latin, persian) in ROWS {
            assert_eq!(latin.chars().count(), persian.chars().count(), "{latin}");
        }
    }
}
