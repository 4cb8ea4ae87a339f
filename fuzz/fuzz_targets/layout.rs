//! Any text, any width: nothing panics, no line is too wide, no control comes out, each cluster
//! stands in at most one cell. The first byte chooses width, direction and policy.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sokhan::text::fold::{find, fold};
use sokhan::text::{
    Direction, Letters, Line, Marks, Paragraphs, TextPolicy, clean, isolate, order_key,
};

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = data.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(bytes);
    let direction = match choice & 3 {
        0 => Direction::Ltr,
        1 => Direction::Auto,
        _ => Direction::Rtl,
    };
    let letters = match choice & 4 {
        0 => Letters::Presentation,
        _ => Letters::Base,
    };
    let marks = match choice & 8 {
        0 => Marks::Keep,
        _ => Marks::Strip,
    };
    let width = usize::from(choice >> 4) * 3 + 1;
    let paragraphs = Paragraphs::new(&text, direction, TextPolicy { letters, marks });
    let mut end = 0;
    for line in &paragraphs.wrap(width).lines {
        assert!(line.source.start >= end);
        end = line.source.end;
        check(line, width, letters);
    }
    check(&paragraphs.cut(width), width, letters);
    let folded = fold(&text);
    assert!(folded.text().len() <= 40 * text.len());
    let word = text.get(..12).unwrap_or(&text);
    assert!(
        find(word, &text)
            .iter()
            .all(|range| text.get(range.clone()).is_some())
    );
    assert!(!clean(&text).contains(char::is_control));
    let _ = (isolate(&text), order_key(word));
});

fn check(line: &Line, width: usize, letters: Letters) {
    assert!(line.width <= width);
    assert_eq!(
        line.width,
        line.cells.iter().map(|cell| cell.width()).sum::<usize>()
    );
    let mut sources: Vec<_> = line.cells.iter().map(|cell| cell.source()).collect();
    sources.sort_by_key(|source| source.start);
    assert!(sources.windows(2).all(|pair| pair[0].end <= pair[1].start));
    for symbol in line.cells.iter().map(|cell| cell.symbol()) {
        assert!(!symbol.is_empty() && !symbol.contains(char::is_control));
        let steers = |c| matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!symbol.contains(steers));
        let joiner = |c| matches!(c, '\u{200c}' | '\u{200d}');
        assert!(letters == Letters::Base || !symbol.contains(joiner));
    }
}
