//! Any text in a message: nothing in it is obeyed by a terminal, nothing is invisible but the
//! joiners of words, and it is no longer than asked. The first byte chooses the length.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sokhan::text::{clean, clean_to, isolate};
use unicode_width::UnicodeWidthChar;

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = data.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(bytes);
    let most = usize::from(*choice);
    let (whole, short) = (clean(&text), clean_to(&text, most));
    for (shown, most) in [(&whole, 400), (&short, most)] {
        assert!(!shown.contains(char::is_control), "{shown:?}");
        assert!(!shown.contains(steers), "{shown:?}");
        assert!(shown.chars().count() <= most, "{shown:?}");
        joiners(shown);
    }
    assert!(whole.is_empty() == text.is_empty());
    assert_eq!(clean(&whole), whole, "what is clean stays as it is");
    let isolated = isolate(&text);
    let (mut open, mut lowest) = (0_i32, i32::MAX);
    for letter in isolated.chars() {
        assert!(!matches!(
            letter,
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'
        ));
        open += i32::from(matches!(letter, '\u{2066}'..='\u{2068}'));
        lowest = lowest.min(open);
        open -= i32::from(letter == '\u{2069}');
    }
    assert!(open == 0 && lowest == 1, "{isolated:?} is one isolate");
});

/// Directions, fillers and tags.
fn steers(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// Behind an Arabic letter and its marks.
fn joiners(shown: &str) {
    let mut base = None;
    for letter in shown.chars() {
        match letter {
            '\u{200c}' | '\u{200d}' => {
                assert!(base.is_some_and(|letter| matches!(letter, '\u{620}'..='\u{6d5}')));
                base = None;
            }
            letter if letter.width() == Some(0) && base.is_some() => {}
            letter => base = Some(letter),
        }
    }
}
