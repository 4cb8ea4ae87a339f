//! The text engine: analysis, wrapping, folding. Throughput that stays the same from the short to
//! the long text of a bench means that its time is linear.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use sokhan::text::fold::{Needle, fold, fold_into};
use sokhan::text::{Direction, Paragraphs, TextPolicy, lay_out};

fn main() {
    divan::main();
}

/// A paragraph of Persian prose with a quotation, digits, Latin names and nonjoiners.
const PROSE: &str = "رئیس\u{200c}جمهور روسیه گفت: «روابط ما با ایران (به\u{200c}ویژه در سال ۱۴۰۳) \
    گسترش می\u{200c}یابد و سازمان\u{200c}هایی مانند BRICS و SCO در این راه نقش دارند.» وی در تاریخ \
    ۱۴۰۳/۰۴/۲۱ افزود که ۷۷٪ از قراردادها به امضا رسیده\u{200c}است؛ اما هنوز کارهای بسیاری مانده. ";

fn prose(bytes: usize) -> String {
    let mut text = PROSE.repeat(bytes / PROSE.len() + 1);
    let end = (0..=bytes).rev().find(|at| text.is_char_boundary(*at));
    text.truncate(end.unwrap_or(0));
    text
}

#[divan::bench(args = [4_096, 20_000, 1_000_000])]
fn first_layout_of_prose(bencher: Bencher, bytes: usize) {
    let text = prose(bytes);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| lay_out(black_box(&text), 60, Direction::Rtl, TextPolicy::default()));
}

#[divan::bench]
fn first_layout_of_2000_words(bencher: Bencher) {
    let words: Vec<&str> = PROSE.split(' ').cycle().take(2_000).collect();
    let text = words.join(" ");
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| lay_out(black_box(&text), 60, Direction::Rtl, TextPolicy::default()));
}

#[divan::bench(args = [4_096, 20_000, 1_000_000])]
fn another_width(bencher: Bencher, bytes: usize) {
    let text = prose(bytes);
    let paragraphs = Paragraphs::new(&text, Direction::Rtl, TextPolicy::default());
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| black_box(&paragraphs).wrap(72));
}

#[divan::bench]
fn title_cut_to_a_column(bencher: Bencher) {
    let title = &prose(140);
    bencher
        .bench(|| Paragraphs::new(black_box(title), Direction::Rtl, TextPolicy::default()).cut(40));
}

/// Texts that are slow in one rule or another when its code is not linear: name and what repeats.
const HOSTILE: &[(&str, &str)] = &[
    ("letters", "س"),
    ("marks", "س\u{64e}"),
    ("closed isolates", "\u{2067}\u{2069}"),
    ("open isolates", "\u{2067}"),
    ("embeddings", "\u{202b}a\u{202a}ب"),
    ("runs", "aب1"),
    ("brackets", "(ب)a[1]"),
    ("open brackets", "([{"),
    ("joiners", "ه\u{200d}\u{200c}"),
    ("flags", "\u{1f1ee}\u{1f1f7}"),
    ("blanks", " \u{200b}"),
    ("lines", "\n"),
    ("jamo", "\u{1100}\u{1161}"),
    ("vowels", "\u{1161}"),
    ("conjuncts", "\u{915}\u{94d}\u{200d}"),
    ("controls", "\u{202a}\u{202c}\u{200b}"),
    ("thai", "\u{e01}\u{e32}"),
];

fn hostile(name: &str, bytes: usize) -> String {
    let named = HOSTILE.iter().find(|(have, _)| *have == name);
    let part = named.map_or("a", |(_, part)| part);
    part.repeat(bytes / part.len())
}

#[divan::bench(args = HOSTILE.iter().map(|(name, _)| *name), consts = [64_000, 1_000_000], sample_count = 7)]
fn one_long_word<const BYTES: usize>(bencher: Bencher, name: &str) {
    let text = hostile(name, BYTES);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| lay_out(black_box(&text), 60, Direction::Rtl, TextPolicy::default()));
}

#[divan::bench(consts = [64_000, 1_000_000], sample_count = 7)]
fn a_word_in_one_column<const BYTES: usize>(bencher: Bencher) {
    let text = hostile("letters", BYTES);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| lay_out(black_box(&text), 1, Direction::Rtl, TextPolicy::default()));
}

#[divan::bench(args = ["persian", "english", "other"])]
fn fold_an_arena(bencher: Bencher, name: &str) {
    let text = match name {
        "persian" => prose(1_000_000),
        "english" => "Rasht and Astara are joined by rail; so they said. ".repeat(20_000),
        _ => "Études sur l’Iran — Ёлка и Москва, \u{fefc}\u{fee3} ".repeat(20_000),
    };
    let mut arena = String::with_capacity(2 * text.len());
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        arena.clear();
        fold_into(black_box(&text), &mut arena);
    });
}

#[divan::bench]
fn fold_a_quotation_with_the_way_back(bencher: Bencher) {
    let text = prose(4_096);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| fold(black_box(&text)));
}

#[divan::bench(args = ["قراردادها", "روابط ما با", "نیست"])]
fn find_in_an_arena(bencher: Bencher, typed: &str) {
    let mut arena = String::new();
    fold_into(&prose(1_000_000), &mut arena);
    let needle = Needle::new(typed);
    bencher.counter(BytesCount::of_str(&arena)).bench(|| {
        let mut at = 0;
        while let Some(found) = needle.find_in(black_box(&arena), at) {
            at = found.end;
        }
    });
}
