//! Search folding and the order of names against ICU's collator for Persian (CLDR `fa`).

use std::cmp::Ordering;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use proptest::prelude::*;
use sokhan::text::fold::fold;
use sokhan::text::order_key;

/// The letters of the Persian alphabet.
const LETTERS: &str = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی";

/// Letters that search takes for one and ICU does not: it sees a hamza with a seat, and آ as a
/// letter of its own. Readers type these words without the hamza and the madda.
const SEATS: &[(char, char)] = &[('آ', 'ا'), ('أ', 'ا'), ('إ', 'ا'), ('ؤ', 'و'), ('ئ', 'ی')];

#[test]
fn letters_that_search_takes_for_one_are_one_to_icu() {
    let icu = collator();
    for letter in '\u{621}'..='\u{6ff}' {
        let folded = fold(&letter.to_string());
        if folded.text() == letter.to_string() || SEATS.iter().any(|(seat, _)| *seat == letter) {
            continue;
        }
        let order = icu.compare(&letter.to_string(), folded.text());
        // The separators of numbers, and Kazakh letters that NFKC takes apart.
        let others = matches!(letter, '٫' | '٬' | '\u{675}'..='\u{678}');
        assert!(
            order == Ordering::Equal || others,
            "{letter} and {}",
            folded.text()
        );
    }
    for (seat, letter) in SEATS {
        assert_eq!(fold(&seat.to_string()).text(), letter.to_string());
    }
}

#[test]
fn letters_of_the_alphabet_stay_apart_but_the_two_alefs() {
    let letters: Vec<String> = LETTERS
        .chars()
        .map(|letter| fold(&letter.to_string()).text().to_owned())
        .collect();
    for (at, letter) in letters.iter().enumerate().skip(1) {
        assert_eq!(letters[..at].contains(letter), at == 1, "{letter}");
    }
}

#[test]
fn the_alphabet_is_in_order() {
    let keys: Vec<_> = LETTERS
        .chars()
        .map(|letter| order_key(&letter.to_string()))
        .collect();
    assert!(keys.is_sorted());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn names_compare_as_icu_compares_them(
        one in "[آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیيكةأؤئء\u{64e}\u{200c} ۰-۹A-Za-zé.-]{0,6}",
        other in "[آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیيكةأؤئء\u{64e}\u{200c} ۰-۹A-Za-zé.-]{0,6}",
    ) {
        let icu = collator().compare(&one, &other);
        let own = order_key(&one).cmp(&order_key(&other));
        prop_assert!(icu == own || icu == Ordering::Equal, "{:?}: {:?}, not {:?}", (one, other), own, icu);
    }
}

fn collator() -> CollatorBorrowed<'static> {
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Primary);
    Collator::try_new(locale!("fa").into(), options).expect("ICU knows Persian")
}
