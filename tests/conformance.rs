//! The Unicode Character Database's own tests (15.0) through the public door of the text engine:
//! order on the screen, line breaks, clusters, joining, forms, mirroring, case.
//!
//! A case that the engine on purpose does not see as it is written is passed over (controls,
//! overrides, marks without a base and the like: they are sanitised away, see [`untouched`]).
//! Each test holds how many cases were checked.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;

use flate2::read::GzDecoder;
use sokhan::text::fold::fold;
use sokhan::text::{
    BidiType, Direction, Letters, Marks, Paragraphs, TextPolicy, bidi_type, lay_out,
};

const PLAIN: TextPolicy = TextPolicy {
    letters: Letters::Base,
    marks: Marks::Keep,
};

#[test]
fn cells_stand_in_the_order_of_bidi_test() {
    let checked = bidi_test(&fixture("BidiTest"));
    assert!(checked > 20_000, "only {checked} cases");
}

#[test]
fn cells_stand_in_the_order_of_bidi_character_test() {
    let checked = bidi_character_test(&fixture("BidiCharacterTest"));
    assert!(checked > 20_000, "only {checked} cases");
}

#[test]
#[ignore = "all cases of both files; asks for the Debian package unicode-data, takes minutes"]
fn cells_stand_in_the_order_of_the_whole_files() {
    let whole = |name: &str| {
        let text = fs::read_to_string(format!("/usr/share/unicode/{name}.txt"));
        text.expect("the package unicode-data")
    };
    let checked = (
        bidi_test(&whole("BidiTest")),
        bidi_character_test(&whole("BidiCharacterTest")),
    );
    assert!(checked.0 > 400_000 && checked.1 > 80_000, "{checked:?}");
}

/// Each class is played by one character; how many cases were checked.
fn bidi_test(file: &str) -> usize {
    let mut order = Vec::new();
    let mut checked = 0;
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        if let Some(reorder) = line.strip_prefix("@Reorder:") {
            order = numbers(reorder);
        }
        let Some((classes, directions)) = line.split_once(';').filter(|_| !line.starts_with('@'))
        else {
            continue;
        };
        let text: String = classes.split_whitespace().map(player).collect();
        let directions: u8 = directions.trim().parse().expect("a bit set");
        for (bit, direction) in [Direction::Auto, Direction::Ltr, Direction::Rtl]
            .into_iter()
            .enumerate()
        {
            if directions >> bit & 1 == 1 && seen_as_written(&text, direction) {
                assert_order(&text, direction, &order, line);
                checked += 1;
            }
        }
    }
    checked
}

/// A character of the bidi class `class`.
fn player(class: &str) -> char {
    match class {
        "L" => 'a',
        "R" => '\u{5d0}',
        "AL" => '\u{627}',
        "EN" => '1',
        "ES" => '-',
        "ET" => '$',
        "AN" => '\u{661}',
        "CS" => ',',
        "B" => '\u{2029}',
        "S" => '\t',
        "WS" => ' ',
        "ON" => '!',
        "NSM" => '\u{300}',
        "BN" => '\u{200b}',
        "LRE" => '\u{202a}',
        "RLE" => '\u{202b}',
        "PDF" => '\u{202c}',
        "LRO" => '\u{202d}',
        "RLO" => '\u{202e}',
        "LRI" => '\u{2066}',
        "RLI" => '\u{2067}',
        "FSI" => '\u{2068}',
        "PDI" => '\u{2069}',
        other => unreachable!("no class {other}"),
    }
}

/// How many cases were checked.
fn bidi_character_test(file: &str) -> usize {
    let mut checked = 0;
    for line in cases(file) {
        let fields: Vec<&str> = line.split(';').collect();
        let text = letters(fields[0]);
        let direction = match fields[1] {
            "0" => Direction::Ltr,
            "1" => Direction::Rtl,
            _ => Direction::Auto,
        };
        if seen_as_written(&text, direction) {
            assert_order(&text, direction, &numbers(fields[4]), line);
            checked += 1;
        }
    }
    checked
}

/// A right-to-left field runs its Latin paragraphs left to right, which UAX #9 does not know.
fn seen_as_written(text: &str, direction: Direction) -> bool {
    let mut depth = 0_usize;
    let outside = text.chars().filter(|c| {
        match c {
            '\u{2066}'..='\u{2068}' => depth += 1,
            '\u{2069}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    });
    let outside: Vec<BidiType> = outside.map(bidi_type).collect();
    let has = |kind| outside.contains(&kind);
    let latin = has(BidiType::Left) && !has(BidiType::Right) && !has(BidiType::Arabic);
    untouched(text) && !(direction == Direction::Rtl && latin)
}

/// The cells of `text` stand as `order` (indices of characters) wants them, but for what has no
/// cell of its own: controls, marks, and blanks at the end.
fn assert_order(text: &str, direction: Direction, order: &[usize], case: &str) {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let blank = |c: char| matches!(bidi_type(c), BidiType::Blank | BidiType::Segment);
    let shown = text.trim_end_matches(|c| blank(c) || is_format(c)).len();
    let own_cell = |at: &&usize| {
        let (byte, c) = characters[**at];
        byte < shown && (c == '\t' || !is_format(c)) && !is_small(c)
    };
    let wanted: Vec<usize> = order
        .iter()
        .filter(own_cell)
        .map(|at| characters[*at].0)
        .collect();
    let layout = lay_out(text, 10_000, direction, PLAIN);
    let lines = layout.lines.iter();
    let found: Vec<usize> = lines
        .flat_map(|line| line.cells.iter().map(|cell| cell.source().start))
        .collect();
    assert_eq!(found, wanted, "{case}");
}

#[test]
fn lines_break_as_line_break_test_wants() {
    let mut checked = 0;
    let mut differ = BTreeSet::new();
    for case in cases(&fixture("LineBreakTest")) {
        let (text, breaks) = marked(case);
        if !untouched(&text) {
            continue;
        }
        checked += 1;
        let paragraphs = Paragraphs::new(&text, Direction::Ltr, PLAIN);
        // The engine breaks only between clusters.
        let ends: Vec<usize> = paragraphs.clusters().map(|cluster| cluster.end).collect();
        let wanted: Vec<usize> = breaks.into_iter().filter(|at| ends.contains(at)).collect();
        if !paragraphs.opportunities().eq(wanted) {
            differ.insert(case.to_owned());
        }
    }
    assert!(checked > 5_000, "only {checked} cases");
    let known = cases(include_str!("fixtures/ucd/breaks-that-differ.txt"));
    let known: BTreeSet<String> = known.map(str::to_owned).collect();
    assert_eq!(differ, known, "of {checked}");
}

#[test]
fn clusters_are_those_of_grapheme_break_test() {
    let mut checked = 0;
    for case in cases(&fixture("GraphemeBreakTest")) {
        let (text, breaks) = marked(case);
        if !untouched(&text) {
            continue;
        }
        checked += 1;
        let paragraphs = Paragraphs::new(&text, Direction::Ltr, PLAIN);
        let ends: Vec<usize> = paragraphs.clusters().map(|cluster| cluster.end).collect();
        assert_eq!(ends, breaks, "{case}");
    }
    assert!(checked > 100, "only {checked} cases");
}

#[test]
fn letters_join_as_arabic_shaping_tells() {
    let forms = presentation_forms();
    let mut checked = 0;
    for case in cases(&fixture("ArabicShaping")) {
        let fields: Vec<&str> = case.split(';').map(str::trim).collect();
        let letter = letters(fields[0]).chars().next().expect("a letter");
        let kind = fields[2];
        // Mongolian and Phags-pa run left to right: they lie on another level than the neighbours.
        if !untouched(&format!("\u{628}{letter}\u{628}")) || bidi_type(letter) == BidiType::Left {
            continue;
        }
        checked += 1;
        let (back, on) = match kind {
            "D" | "C" | "T" => (true, true),
            "R" => (true, false),
            "L" => (false, true),
            _ => (false, false),
        };
        let symbols = symbols(&format!("\u{628}{letter}\u{628}"));
        let beh = |shape| forms[&('\u{628}', shape)];
        let first = beh(if back { "initial" } else { "isolated" });
        let last = beh(if on { "final" } else { "isolated" });
        let text: String = symbols.concat();
        assert!(
            text.contains(first) && text.contains(last),
            "{case}: {symbols:?}"
        );
        let shape = match (back, on) {
            (true, true) => "medial",
            (true, false) => "final",
            (false, true) => "initial",
            (false, false) => "isolated",
        };
        if let Some(form) = forms.get(&(letter, shape)) {
            assert!(text.contains(*form), "{case}: {symbols:?}");
        }
    }
    assert!(checked > 600, "only {checked} letters");
}

#[test]
fn each_presentation_form_is_shown_where_its_letter_stands_so() {
    let mut checked = 0;
    for ((letter, shape), form) in presentation_forms() {
        let around = match shape {
            "isolated" => ("", ""),
            "initial" => ("", "\u{640}"),
            "final" => ("\u{640}", ""),
            _ => ("\u{640}", "\u{640}"),
        };
        let found = symbols(&format!("{}{letter}{}", around.0, around.1));
        assert!(
            found.contains(&form.to_string()),
            "{letter} {shape}: {found:?}"
        );
        checked += 1;
    }
    assert!(checked > 200, "only {checked} forms");
}

#[test]
fn lam_and_alef_are_one_cell() {
    let mut checked = 0;
    for case in cases(&fixture("PresentationForms")) {
        let (form, decomposition) = case.split_once(';').expect("a decomposition");
        let (shape, letters_) = decomposition.split_once(' ').expect("letters");
        let pair = letters(letters_);
        if !(pair.starts_with('\u{644}')
            && pair.ends_with(['\u{622}', '\u{623}', '\u{625}', '\u{627}']))
        {
            continue;
        }
        let before = if shape == "<final>" { "\u{640}" } else { "" };
        assert_eq!(
            symbols(&format!("{before}{pair}"))[0],
            letters(form),
            "{case}"
        );
        checked += 1;
    }
    assert_eq!(checked, 8);
}

#[test]
fn signs_are_mirrored_as_bidi_mirroring_tells() {
    let mut checked = 0;
    for case in cases(&fixture("BidiMirroring")) {
        let (sign, mirrored) = case.split_once("; ").expect("two signs");
        let found = symbols(&format!("\u{627}{}\u{627}", letters(sign)));
        assert_eq!(found[1], letters(mirrored), "{case}");
        checked += 1;
    }
    assert_eq!(checked, 428);
}

#[test]
fn case_is_folded_as_case_folding_tells() {
    for case in cases(&fixture("CaseFolding")) {
        let fields: Vec<&str> = case.split("; ").collect();
        let (letter, lower) = (letters(fields[0]), letters(fields[2].trim_end_matches(';')));
        assert_eq!(fold(&letter).text(), fold(&lower).text(), "{case}");
    }
}

/// The cells of a right-to-left line, in the order of the screen.
fn symbols(text: &str) -> Vec<String> {
    let layout = lay_out(text, 100, Direction::Rtl, TextPolicy::default());
    let cells = layout.lines.iter().flat_map(|line| &line.cells);
    cells.map(|cell| cell.symbol().to_owned()).collect()
}

/// `(letter, shape)` and its form.
fn presentation_forms() -> BTreeMap<(char, &'static str), char> {
    let mut forms = BTreeMap::new();
    for case in cases(&fixture("PresentationForms")) {
        let (form, decomposition) = case.split_once(';').expect("a decomposition");
        let (shape, letter) = decomposition.split_once(' ').expect("a letter");
        let shape = ["isolated", "final", "initial", "medial"]
            .into_iter()
            .find(|name| shape.contains(name))
            .expect("a shape");
        if let (Some(letter), true) = (letters(letter).chars().next(), !letter.contains(' ')) {
            forms.insert(
                (letter, shape),
                letters(form).chars().next().expect("a form"),
            );
        }
    }
    forms
}

/// True when the engine lays out `text` as it is: nothing in it is replaced, dropped or added.
fn untouched(text: &str) -> bool {
    let mut before = None;
    let mut joined = false;
    text.chars().all(|c| {
        let base = before.is_some_and(|before| !is_format(before));
        let blank = before.is_none_or(char::is_whitespace);
        let fine = match c {
            '\t' => true,
            '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{34f}'
            | '\u{1160}'
            | '\u{180b}'..='\u{180f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202d}'
            | '\u{202e}'
            | '\u{1f3fb}'..='\u{1f3ff}' => false,
            '\u{200c}' => !blank,
            '\u{200d}' => base,
            _ => base || !is_small(c),
        };
        let emoji = std::mem::replace(&mut joined, c == '\u{200d}') && c >= '\u{2190}';
        if !is_small(c) {
            before = Some(c);
        }
        fine && !emoji
    })
}

/// What stands in the cell of the letter before it.
fn is_small(c: char) -> bool {
    bidi_type(c) == BidiType::Mark || matches!(c, '\u{200c}' | '\u{200d}')
}

/// What has no cell and ends a cluster; tabulators end a cluster too.
fn is_format(c: char) -> bool {
    matches!(
        c,
        '\t' | '\u{61c}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
    )
}

/// The text of a case like `× 0023 ÷ 0020 ÷`, and its bytes where a ÷ stands behind a character.
fn marked(case: &str) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut breaks = Vec::new();
    for word in case.split_whitespace() {
        match word {
            "÷" if !text.is_empty() => breaks.push(text.len()),
            "÷" | "×" => {}
            code => text.push_str(&letters(code)),
        }
    }
    (text, breaks)
}

fn letters(codes: &str) -> String {
    let letter = |code| char::from_u32(u32::from_str_radix(code, 16).expect("hex"));
    codes
        .split_whitespace()
        .map(|code| letter(code).expect("a character"))
        .collect()
}

fn numbers(list: &str) -> Vec<usize> {
    list.split_whitespace()
        .map(|number| number.parse().expect("a number"))
        .collect()
}

fn cases(file: &str) -> impl Iterator<Item = &str> {
    file.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn fixture(name: &str) -> String {
    let path = format!(
        "{}/tests/fixtures/ucd/{name}.txt.gz",
        env!("CARGO_MANIFEST_DIR")
    );
    let mut text = String::new();
    GzDecoder::new(fs::File::open(path).expect("a fixture"))
        .read_to_string(&mut text)
        .expect("gzip");
    text
}
