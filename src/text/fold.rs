//! Search folding: one spelling for what readers take for the same, and the way back from a match
//! to the bytes of the source. Never for what is shown.
//!
//! Folded are: compatibility characters (NFKC); the Arabic and the Persian code points of one
//! letter (ي ى ئ to ی, ك to ک, أ إ آ ٱ to ا, ؤ to و, ة ۀ ە ہ to ه); the three sets of digits; case
//! (Unicode simple case folding); white space to U+0020. Dropped are U+200C, U+200D, bidi
//! controls and what has no cell, kashida, harakat and other marks on Arabic letters, and ٬.

use std::ops::Range;

use memchr::memmem::Finder;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::cluster::is_invisible;
use super::sanitize::is_dropped;

/// A folded text that knows which source bytes each of its letters came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// One for each letter of `text`.
    origins: Vec<Origin>,
}

/// Where a folded letter stands and which source bytes it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Origin {
    folded: u32,
    start: u32,
    end: u32,
}

impl Folded {
    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The source bytes that the folded bytes `range` came from; `0..0` for an empty range.
    pub fn source_of(&self, range: &Range<usize>) -> Range<usize> {
        if range.is_empty() || range.start >= self.text.len() {
            return 0..0;
        }
        let end = |origin: &Origin| (origin.folded as usize) < range.end;
        let start = |origin: &Origin| origin.folded as usize <= range.start;
        let first = self.origins.partition_point(start).saturating_sub(1);
        let last = self.origins.partition_point(end);
        match self.origins.get(first..last) {
            Some([one]) => one.start as usize..one.end as usize,
            Some([first, .., last]) => first.start as usize..last.end as usize,
            Some([]) | None => 0..0,
        }
    }
}

/// Folds `text` for searching, with the map back to it.
///
/// ```
/// use sokhan::text::fold::fold;
/// let folded = fold("می\u{200c}گویَد");
/// assert_eq!(folded.text(), "میگوید");
/// assert_eq!(folded.source_of(&(4..6)), 7..9);
/// ```
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded::default();
    fold_each(text, &mut |letter, source: Range<usize>| {
        folded.origins.push(Origin {
            folded: folded.text.len() as u32,
            start: source.start as u32,
            end: source.end as u32,
        });
        folded.text.push(letter);
    });
    folded
}

/// Appends the folded `text` to `folded`, without a map: for an arena of search texts.
pub fn fold_into(text: &str, folded: &mut String) {
    folded.reserve(text.len());
    fold_each(text, &mut |letter, _| folded.push(letter));
}

/// Calls `each` with every folded letter and the source bytes it came from.
fn fold_each(text: &str, each: &mut impl FnMut(char, Range<usize>)) {
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let mut end = at + letter.len_utf8();
        match quick(letter) {
            Quick::Arabic(folded) => each(folded, at..end),
            Quick::Dropped => {}
            Quick::Other(folded) if !composes(folded, text, end) => each(folded, at..end),
            Quick::Other(_) | Quick::Slow => {
                end += marks_length(&text[end..]);
                normalize(text, at..end, each);
            }
        }
        at = end;
    }
}

/// What one look tells of a character.
enum Quick {
    /// Folded; a mark after it is dropped or an unlikely one.
    Arabic(char),
    /// Folded, unless it composes with what follows.
    Other(char),
    Dropped,
    /// The Unicode tables must tell.
    Slow,
}

fn quick(letter: char) -> Quick {
    match letter {
        '\t'..='\r' => Quick::Other(' '),
        '\0'..='\u{7f}' => Quick::Other(letter.to_ascii_lowercase()),
        '\u{600}'..='\u{674}' | '\u{679}'..='\u{6ff}' => {
            arabic(letter).map_or(Quick::Dropped, Quick::Arabic)
        }
        '\u{200b}'..='\u{200f}' => Quick::Dropped,
        '«' | '»' | '\u{2013}' | '\u{2014}' | '\u{2018}'..='\u{201d}' | 'а'..='џ' => {
            Quick::Other(letter)
        }
        'А'..='Я' => Quick::Other(simple_case(letter)),
        _ => Quick::Slow,
    }
}

/// The fold of a character of the Arabic block; `None` for what is dropped.
fn arabic(letter: char) -> Option<char> {
    let at = (letter as usize).wrapping_sub(0x600);
    ARABIC.get(at).copied().filter(|folded| *folded != DROPPED)
}

const DROPPED: char = '\0';

/// [`arabic_letter`] of U+0600 to U+06FF.
static ARABIC: [char; 256] = {
    let mut table = [DROPPED; 256];
    let mut at = 0;
    while at < table.len() {
        if let Some(letter) = char::from_u32(0x600 + at as u32) {
            table[at] = arabic_letter(letter);
        }
        at += 1;
    }
    table
};

const fn arabic_letter(letter: char) -> char {
    match letter {
        'ي' | 'ى' | 'ئ' => 'ی',
        'ك' => 'ک',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        'ة' | 'ۀ' | 'ە' | 'ہ' | '\u{6c2}' => 'ه',
        '\u{6d3}' => '\u{6d2}',
        '۰'..='۹' => digit(letter, '۰'),
        '٠'..='٩' => digit(letter, '٠'),
        '٫' => '.',
        // The thousands' separator, kashida, marks on letters, the Arabic letter mark.
        '٬'
        | 'ـ'
        | '\u{610}'..='\u{61a}'
        | '\u{61c}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e4}'
        | '\u{6e7}'
        | '\u{6e8}'
        | '\u{6ea}'..='\u{6ed}' => DROPPED,
        _ => letter,
    }
}

const fn digit(letter: char, zero: char) -> char {
    (b'0' + (letter as u32 - zero as u32) as u8) as char
}

/// True when `letter` may compose with what stands at byte `at`: a mark of Latin, Greek and Cyrillic
/// (U+0300 to U+036F), perhaps behind an Arabic one.
fn composes(letter: char, text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        Some(0xcc | 0xcd) => true,
        Some(0xd8..=0xdb) => letter.is_alphabetic(),
        Some(_) | None => false,
    }
}

/// The bytes at the start of `rest` that belong to the letter before: marks and the later parts of
/// a Hangul syllable.
fn marks_length(rest: &str) -> usize {
    let belongs = |letter: &char| {
        is_combining_mark(*letter)
            || matches!(letter, '\u{1160}'..='\u{11ff}' | '\u{16d63}' | '\u{16d67}')
    };
    rest.chars().take_while(belongs).map(char::len_utf8).sum()
}

/// Folds the segment `source` of `text` by the tables.
fn normalize(text: &str, source: Range<usize>, each: &mut impl FnMut(char, Range<usize>)) {
    for letter in text[source.clone()].nfkc() {
        let folded = match letter {
            '\u{600}'..='\u{6ff}' => arabic(letter),
            _ if is_invisible(letter) || is_dropped(letter) => None,
            _ if letter.is_whitespace() => Some(' '),
            _ => Some(simple_case(letter)),
        };
        if let Some(folded) = folded {
            each(folded, source.clone());
        }
    }
}

/// Simple case folding (`CaseFolding.txt`, C and S): the small letter of the capital, so that ς is
/// σ; the dotless ı stays, and İ loses its dot.
fn simple_case(letter: char) -> char {
    let mut capital = letter.to_uppercase();
    let capital = match (capital.next(), capital.next()) {
        (Some(one), None) if letter != 'ı' => one,
        _ => letter,
    };
    capital.to_lowercase().next().unwrap_or(letter)
}

/// What the reader typed, made ready to be found in many folded texts.
///
/// A blank or a U+200C in it matches any number of blanks, or none.
#[derive(Clone, Debug, Default)]
pub struct Needle {
    text: String,
    pieces: Vec<Finder<'static>>,
    /// Index of the longest piece, which is looked for first.
    longest: usize,
}

impl Needle {
    /// Folds `typed`.
    pub fn new(typed: &str) -> Self {
        let gap = |letter: char| letter.is_whitespace() || letter == '\u{200c}';
        let pieces = typed.split(gap).map(fold);
        let pieces = pieces.flat_map(|piece| {
            let words = piece.text().split(' ').filter(|word| !word.is_empty());
            words
                .map(|word| Finder::new(word).into_owned())
                .collect::<Vec<_>>()
        });
        let pieces: Vec<_> = pieces.collect();
        let length = |at: &usize| pieces.get(*at).map_or(0, |piece| piece.needle().len());
        let longest = (0..pieces.len()).rev().max_by_key(length).unwrap_or(0);
        let text = pieces
            .iter()
            .filter_map(|piece| str::from_utf8(piece.needle()).ok());
        Self {
            text: text.collect(),
            pieces,
            longest,
        }
    }

    /// True when nothing is left to look for.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The folded letters, without the blanks.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The folded words between the blanks, and which of them is the longest: for those who keep
    /// folded texts in another form.
    pub fn pieces(&self) -> (Vec<&str>, usize) {
        let pieces = self.pieces.iter();
        let words = pieces.filter_map(|piece| str::from_utf8(piece.needle()).ok());
        (words.collect(), self.longest)
    }

    /// The first match at or after byte `from` of an already folded text, in its bytes.
    pub fn find_in(&self, folded: &str, from: usize) -> Option<Range<usize>> {
        let text = folded.as_bytes().get(from..)?;
        let longest = self.pieces.get(self.longest)?;
        let mut at = 0;
        loop {
            let found = at + longest.find(text.get(at..)?)?;
            let start = self.start_before(text.get(..found)?);
            let end = self.end_after(text, found + longest.needle().len());
            if let Some((start, end)) = start.zip(end) {
                return Some(from + start..from + end);
            }
            at = found + 1;
        }
    }

    /// Where the pieces before the longest start, if `text` ends with them.
    fn start_before(&self, mut text: &[u8]) -> Option<usize> {
        for piece in self.pieces.get(..self.longest)?.iter().rev() {
            while let Some((b' ', rest)) = text.split_last() {
                text = rest;
            }
            text = text.strip_suffix(piece.needle())?;
        }
        Some(text.len())
    }

    /// Where the pieces behind the longest end, if `text` goes on with them at `at`.
    fn end_after(&self, text: &[u8], at: usize) -> Option<usize> {
        let mut rest = text.get(at..)?;
        for piece in self.pieces.get(self.longest + 1..)? {
            while let Some((b' ', after)) = rest.split_first() {
                rest = after;
            }
            rest = rest.strip_prefix(piece.needle())?;
        }
        Some(text.len() - rest.len())
    }

    /// All matches in `text` from the start on, in bytes of its source; they do not overlap.
    pub fn find_all(&self, text: &Folded) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(range) = self.find_in(text.text(), from) {
            from = range.end;
            found.push(text.source_of(&range));
        }
        found
    }
}

/// The bytes of `text` where `typed` is found, after folding both; matches do not overlap.
///
/// ```
/// use sokhan::text::fold::find;
/// assert_eq!(find("بین المللی", "اجلاس بین\u{200c}المللی"), [11..32]);
/// ```
pub fn find(typed: &str, text: &str) -> Vec<Range<usize>> {
    Needle::new(typed).find_all(&fold(text))
}

#[cfg(test)]
#[expect(
    clippy::single_range_in_vec_init,
    reason = "one highlight is a list of one range"
)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_for_each_letter() {
        let spellings = [
            ("كتاب عربي ى", "کتاب عربی ی"),
            ("رئیس", "رییس"),
            ("آمریکا أحمد إيران ٱلله", "امریکا احمد ایران الله"),
            ("مؤمن", "مومن"),
            ("خانۀ خانهٔ فاطمة ہە", "خانه خانه فاطمه هه"),
            ("سَـــلامٌ", "سلام"),
            ("۱٬۲۳۴٫۵ ٠٩", "1234.5 09"),
            ("BRICS Ёлка ΣΑΣ ς Straße", "brics ёлка σασ σ straße"),
            (
                "\u{fedf}\u{fe8e}\u{fee3} \u{fefb} \u{fdf2} \u{fb01} Ⅷ",
                "لام لا الله fi viii",
            ),
            ("a\u{a0}b\tc\nd\u{3000}e", "a b c d e"),
            ("\u{2067}می\u{200c}رود\u{2069}\u{ad}\u{feff}", "میرود"),
        ];
        for (typed, folded) in spellings {
            assert_eq!(fold(typed).text(), folded, "{typed}");
        }
    }

    #[test]
    fn composed_or_not_is_the_same() {
        let names = "École Ångström Ёж Йод أإؤئۀۂۓ \u{ac00}\u{3070} \u{1eaf}";
        let parted: String = names.nfd().collect();
        assert_ne!(parted, names);
        assert_eq!(fold(&parted).text(), fold(names).text());
    }

    #[test]
    fn the_quick_road_and_the_tables_agree() {
        for letter in '\0'..='\u{2fff}' {
            let mut text = String::from(letter);
            let quick = fold(&text);
            text.push('x');
            let mut slow = String::new();
            normalize(&text, 0..letter.len_utf8(), &mut |letter, _| {
                slow.push(letter);
            });
            if letter.is_alphanumeric() || letter == '\u{200c}' {
                assert_eq!(quick.text(), slow, "U+{:04X}", letter as u32);
            }
        }
    }

    #[test]
    fn the_way_back_leads_to_whole_letters() {
        let text = "سَلامٌ É\u{fdf2}";
        let folded = fold(text);
        assert_eq!(folded.text(), "سلام éالله");
        let back = |range: Range<usize>| &text[folded.source_of(&range)];
        assert_eq!(back(0..4), "سَل");
        assert_eq!(back(6..8), "م");
        assert_eq!(back(9..11), "É");
        assert_eq!(back(13..15), "\u{fdf2}");
        assert_eq!(folded.source_of(&(3..3)), 0..0);
        assert_eq!(folded.source_of(&(90..99)), 0..0);
    }

    #[test]
    fn a_blank_a_nonjoiner_and_nothing_match_each_other() {
        let spellings = [
            "بین المللی",
            "بین\u{200c}المللی",
            "بین  \u{a0}المللی",
            "بینالمللی",
        ];
        for typed in &spellings[..3] {
            for text in spellings {
                assert_eq!(find(typed, text), [0..text.len()], "{typed} in {text}");
            }
        }
        assert!(find(spellings[3], spellings[0]).is_empty());
        assert_eq!(find(spellings[3], spellings[1]).len(), 1);
    }

    #[test]
    fn matches_are_found_whole_in_order_without_overlap() {
        assert_eq!(find("آن", "ان آن أن"), [0..4, 5..9, 10..14]);
        assert_eq!(find("aa", "aaaaa"), [0..2, 2..4]);
        assert_eq!(find("a b c", "a bc abd abc"), [0..4, 9..12]);
        assert_eq!(find("b bb", "abbb bbb"), [1..4, 5..8]);
        assert!(find(" \u{200c} ", "a b").is_empty());
        assert!(find("", "a").is_empty());
    }

    #[test]
    fn fields_stay_apart_in_an_arena() {
        let mut arena = String::new();
        for field in ["در\nایران", "تهران"] {
            fold_into(field, &mut arena);
            arena.push('\n');
        }
        assert!(Needle::new("در ایران").find_in(&arena, 0).is_some());
        assert!(Needle::new("ایران تهران").find_in(&arena, 0).is_none());
    }
}
