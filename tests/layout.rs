//! What holds for the layout of any text.

use std::ops::Range;

use icu_properties::CodePointSetData;
use icu_properties::props::{BidiControl, DefaultIgnorableCodePoint};
use proptest::prelude::*;
use sokhan::text::fold::{find, fold};
use sokhan::text::{
    BidiType, Cell, Direction, Layout, Letters, Marks, Paragraphs, TextPolicy, bidi_type, clean_to,
    lay_out, one_line, source_of,
};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_cluster_is_shown_once_or_has_nothing_to_show(
        text in texts(), width in widths(), direction in directions(), policy in policies()
    ) {
        let paragraphs = Paragraphs::new(&text, direction, policy);
        let clusters: Vec<Range<usize>> = paragraphs.clusters().collect();
        prop_assert!(clusters.windows(2).all(|pair| pair[0].end <= pair[1].start));
        let shown = sources(&paragraphs.wrap(width));
        prop_assert!(shown.windows(2).all(|pair| pair[0].end <= pair[1].start), "twice or torn");
        for source in &shown {
            prop_assert!(clusters.contains(source), "{source:?} is no cluster");
        }
        for cluster in clusters.iter().filter(|cluster| !shown.contains(cluster)) {
            let hidden = &text[cluster.clone()];
            let stripped = |c| policy.marks == Marks::Strip && is_mark(c);
            prop_assert!(hidden.chars().all(|c| has_no_cell(c) || stripped(c)), "{hidden:?} is lost");
        }
        for gap in gaps(&clusters, text.len()) {
            let dropped = &text[gap];
            prop_assert!(dropped.chars().all(is_sanitised_away), "{dropped:?} is lost");
        }
    }

    #[test]
    fn no_cell_holds_what_is_not_seen(
        text in texts(), width in widths(), direction in directions()
    ) {
        let layout = lay_out(&text, width, direction, TextPolicy::default());
        for cell in layout.lines.iter().flat_map(|line| &line.cells) {
            prop_assert!(!cell.symbol().is_empty());
            prop_assert!(!cell.symbol().chars().any(is_invisible), "{:?}", cell.symbol());
        }
    }

    #[test]
    fn a_line_is_as_wide_as_its_cells_and_never_too_wide(
        text in texts(), width in widths(), direction in directions(), policy in policies()
    ) {
        let paragraphs = Paragraphs::new(&text, direction, policy);
        let cut = paragraphs.cut(width);
        prop_assert_eq!(&cut, &one_line(&text, width, direction, policy));
        for line in paragraphs.wrap(width).lines.iter().chain([&cut]) {
            let cells: usize = line.cells.iter().map(Cell::width).sum();
            prop_assert_eq!(line.width, cells);
            prop_assert!(line.width <= width);
            prop_assert!(line.cells.iter().all(|cell| cell.width() > 0));
        }
    }

    #[test]
    fn one_analysis_serves_every_width(
        text in texts(), widths in prop::collection::vec(widths(), 3), direction in directions()
    ) {
        let policy = TextPolicy::default();
        let paragraphs = Paragraphs::new(&text, direction, policy);
        for width in widths {
            prop_assert_eq!(paragraphs.wrap(width), lay_out(&text, width, direction, policy));
        }
    }

    #[test]
    fn lines_follow_each_other_in_the_text(text in texts(), width in widths()) {
        let layout = lay_out(&text, width, Direction::Rtl, TextPolicy::default());
        let lines = &layout.lines;
        prop_assert!(lines.windows(2).all(|pair| pair[0].source.end <= pair[1].source.start));
        for line in lines {
            let inside = |range: Range<usize>| {
                line.source.start <= range.start && range.end <= line.source.end
            };
            prop_assert!(line.cells.iter().all(|cell| inside(cell.source())));
        }
    }

    #[test]
    fn a_text_that_fits_is_not_cut(text in texts(), direction in directions()) {
        let paragraphs = Paragraphs::new(&text, direction, TextPolicy::default());
        let layout = paragraphs.wrap(10_000);
        if let [line] = layout.lines.as_slice() {
            prop_assert_eq!(&paragraphs.cut(paragraphs.width()).cells, &line.cells);
        }
    }

    #[test]
    fn lit_cells_are_those_that_stand_for_the_match(text in texts(), at in 0_usize..40, length in 1_usize..9) {
        let layout = lay_out(&text, 20, Direction::Rtl, TextPolicy::default());
        let range = at..at + length;
        for line in &layout.lines {
            let lit = line.highlight(&[range.clone(), 1000..1001]);
            let cells: Vec<usize> = line.cells_in(&range).collect();
            for (at, cell) in line.cells.iter().enumerate() {
                let source = cell.source();
                let touched = source.start < range.end && range.start < source.end;
                prop_assert_eq!((lit[at], cells.contains(&at)), (touched, touched));
            }
        }
    }

    #[test]
    fn a_word_is_found_where_it_stands(before in texts(), word in "[آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی]{1,8}", after in texts()) {
        let text = format!("{before}\n{word}\n{after}");
        let found = find(&word, &text);
        let own = before.len() + 1..before.len() + 1 + word.len();
        prop_assert!(found.iter().any(|range| range.start < own.end && own.start < range.end));
        prop_assert!(found.iter().all(|range| text.get(range.clone()).is_some()));
    }

    #[test]
    fn folding_twice_changes_nothing(text in "[آ-یئA-Zé۰-۹\u{6f0}-\u{6ff}\u{fb50}-\u{fdff}\u{200c} ]{0,20}") {
        let once = fold(&text);
        let twice = fold(once.text());
        prop_assert_eq!(twice.text(), once.text());
    }

    #[test]
    fn a_message_is_one_line_without_controls(text in texts(), most in 0_usize..60) {
        let message = clean_to(&text, most);
        prop_assert!(message.chars().count() <= most);
        let joiner = |c| matches!(c, '\u{200c}' | '\u{200d}');
        prop_assert!(!message.chars().any(|c| is_invisible(c) && !joiner(c)), "{message:?}");
    }
}

/// The sources of all cells in the order of the text.
fn sources(layout: &Layout) -> Vec<Range<usize>> {
    let cells = layout.lines.iter().flat_map(|line| &line.cells);
    let mut sources: Vec<Range<usize>> = cells.map(Cell::source).collect();
    sources.sort_by_key(|source| (source.start, source.end));
    sources
}

fn gaps(clusters: &[Range<usize>], end: usize) -> Vec<Range<usize>> {
    let starts = std::iter::once(0).chain(clusters.iter().map(|cluster| cluster.end));
    let ends = clusters.iter().map(|cluster| cluster.start).chain([end]);
    starts.zip(ends).map(|(start, end)| start..end).collect()
}

/// Blanks hang at the end of a line, the others steer.
fn has_no_cell(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || CodePointSetData::new::<BidiControl>().contains(c)
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

/// Line ends, what is never shown, and what is shown only in some places: joiners, skin tones,
/// marks beyond the sixth.
fn is_sanitised_away(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{1f3fb}'..='\u{1f3ff}'
    ) || (is_invisible(c) && !c.is_control())
        || is_mark(c)
}

fn is_mark(c: char) -> bool {
    bidi_type(c) == BidiType::Mark
}

fn texts() -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        8 => "[ابپتجدرسشعفقکگلمنوهیآأإؤئ]",
        2 => "[a-zA-Z]",
        2 => "[۰-۹0-9٠-٩]",
        3 => "[ \u{200c}]",
        1 => "[ \\t\\n\\r\u{a0}\u{2007}\u{3000}\u{200b}]",
        2 => "[\u{64b}-\u{655}\u{670}\u{301}]",
        2 => "[\\[\\](){}«»<>≥،؛؟.:/%٪٫٬!-]",
        1 => "[\u{200d}\u{200e}\u{200f}\u{61c}\u{2066}-\u{2069}\u{202a}-\u{202e}\u{2060}\u{feff}]",
        1 => "[👩👍🏽🚀\u{200d}\u{fe0f}\u{1f1ee}\u{1f1f7}中한\u{1100}\u{1161}\u{11a8}\u{640}]",
        1 => "\\PC|\\pC",
    ];
    prop::collection::vec(letter, 0..40).prop_map(|letters| letters.concat())
}

fn widths() -> impl Strategy<Value = usize> {
    prop_oneof![1_usize..8, 8_usize..60]
}

fn directions() -> impl Strategy<Value = Direction> {
    prop_oneof![
        Just(Direction::Rtl),
        Just(Direction::Ltr),
        Just(Direction::Auto)
    ]
}

fn policies() -> impl Strategy<Value = TextPolicy> {
    let letters = prop_oneof![Just(Letters::Presentation), Just(Letters::Base)];
    let marks = prop_oneof![Just(Marks::Keep), Just(Marks::Strip)];
    (letters, marks).prop_map(|(letters, marks)| TextPolicy { letters, marks })
}

#[test]
fn all_cells_of_a_layout_are_the_text() {
    let text = "نخست «BRICS» و (۱۲) سَلام";
    let layout = lay_out(text, 7, Direction::Rtl, TextPolicy::default());
    let blanks: Vec<Range<usize>> = source_of(layout.lines.iter().flat_map(|line| &line.cells));
    let shown: String = blanks.into_iter().map(|range| &text[range]).collect();
    let same = |text: &str| text.replace(' ', "");
    assert_eq!(same(&shown), same(text));
}
