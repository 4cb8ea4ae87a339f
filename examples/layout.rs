//! Prints a Persian paragraph laid out for a width, for a terminal that neither reorders nor joins:
//! `cargo run --example layout -- 30 روابط` (a width, and a word to light).

use std::io::{self, Write};

use sokhan::text::fold::find;
use sokhan::text::{Direction, Line, Paragraphs, TextPolicy};

const TEXT: &str = "رئیس\u{200c}جمهور گفت: «روابط ما با ایران (به\u{200c}ویژه در BRICS و SCO) از \
    ۱۴۰۳/۰۴/۲۱ گسترش می\u{200c}یابد.»";

fn main() -> io::Result<()> {
    let mut args = std::env::args().skip(1);
    let width = args.next().and_then(|width| width.parse().ok());
    let width = width.unwrap_or(30);
    let word = args
        .next()
        .unwrap_or_else(|| "بریکس brics روابط".to_owned());

    // One analysis serves every width.
    let paragraphs = Paragraphs::new(TEXT, Direction::Rtl, TextPolicy::default());
    // Matches are ranges of the text; a line knows which of its cells stand for them.
    let mut matches: Vec<_> = word.split(' ').flat_map(|word| find(word, TEXT)).collect();
    matches.sort_by_key(|range| range.start);

    let mut out = io::stdout().lock();
    for line in &paragraphs.wrap(width).lines {
        write_line(&mut out, line, width, &line.highlight(&matches))?;
    }
    write_line(&mut out, &paragraphs.cut(width), width, &[])
}

/// Right-to-left lines stand at the right edge; lit cells are reversed, and letters stay joined.
fn write_line(out: &mut impl Write, line: &Line, width: usize, lit: &[bool]) -> io::Result<()> {
    let blanks = if line.rtl { width - line.width } else { 0 };
    write!(out, "{:blanks$}", "")?;
    for (at, cell) in line.cells.iter().enumerate() {
        if lit.get(at) == Some(&true) {
            write!(out, "\u{1b}[7m{}\u{1b}[m", cell.symbol())?;
        } else {
            write!(out, "{}", cell.symbol())?;
        }
    }
    writeln!(out)
}
