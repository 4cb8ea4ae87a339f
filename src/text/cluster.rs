//! Grapheme clusters: what one of them writes into its cell, and how wide that is. The only
//! measuring in the program.

use unicode_bidi::BidiClass;
use unicode_width::UnicodeWidthChar;

use super::forms::{Joins, form, lam_alef};
use super::join::is_joining;
use super::policy::{Letters, Marks, TextPolicy};
use super::property::mirrored;
use super::sanitize::{DOTTED_CIRCLE, is_mark};

pub(super) const NONJOINER: char = '\u{200c}';
pub(super) const JOINER: char = '\u{200d}';

/// A letter of a paragraph with all that decides how it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter {
    /// The character of the text.
    pub own: char,
    /// Bytes of the source.
    pub start: u32,
    pub end: u32,
    pub class: BidiClass,
    pub level: u8,
    pub joins: Joins,
}

/// Appends the symbol of `cluster` to `symbols`; the columns it takes.
pub(super) fn write(cluster: &[Letter], policy: TextPolicy, symbols: &mut String) -> u16 {
    let from = symbols.len();
    let mut width: u16 = 0;
    let mut before = None;
    for (at, letter) in cluster.iter().enumerate() {
        if at > 0 && is_small(letter.own) {
            write_small(letter.own, before, policy, symbols);
        } else if !is_invisible(letter.own) {
            symbols.push(glyph(letter, policy.letters));
            width = width.saturating_add(width_of(letter.own));
            before = Some(letter.own);
        }
    }
    if width == 0 && symbols.len() > from {
        // A part of a syllable alone (Hangul vowel, sign before a number) has no width of its own.
        symbols.insert(from, DOTTED_CIRCLE);
        width = 1;
    }
    width
}

/// Appends `glyph`, which shows the clusters `lam` and `alef` in one column, and the marks of both.
pub(super) fn write_lam_alef(
    glyph: char,
    (lam, alef): (&[Letter], &[Letter]),
    policy: TextPolicy,
    symbols: &mut String,
) -> u16 {
    symbols.push(glyph);
    for letter in lam.iter().skip(1).chain(alef.iter().skip(1)) {
        write_small(letter.own, None, policy, symbols);
    }
    1
}

/// True for what follows a letter in its cell: marks and joiners.
fn is_small(letter: char) -> bool {
    matches!(letter, NONJOINER | JOINER) || is_mark(letter)
}

/// A mark, if marks are kept; U+200D in plain letters, where the terminal joins, behind a letter
/// that it can join. U+200C comes into the cell to the left when the line is turned round.
fn write_small(small: char, before: Option<char>, policy: TextPolicy, symbols: &mut String) {
    let written = match small {
        NONJOINER => false,
        JOINER => policy.letters == Letters::Base && before.is_some_and(is_joining),
        _ => policy.marks == Marks::Keep,
    };
    if written {
        symbols.push(small);
    }
}

/// The one glyph of a cluster that begins with lam before one that begins with alef, on the same
/// right-to-left level and with no joiner between.
pub(super) fn ligature(lam: &[Letter], alef: &[Letter]) -> Option<char> {
    let (first, rest) = lam.split_first()?;
    if !matches!(first.own, '\u{644}' | '\u{fedf}' | '\u{fee0}') {
        return None;
    }
    let alef = alef.first()?;
    let glyph = lam_alef(
        glyph(first, Letters::Presentation),
        glyph(alef, Letters::Presentation),
    )?;
    let joiner = |letter: &Letter| matches!(letter.own, NONJOINER | JOINER);
    let one_run = first.level == alef.level && first.level % 2 == 1;
    (one_run && !rest.iter().any(joiner)).then_some(glyph)
}

/// Columns of one character that is no mark.
fn width_of(letter: char) -> u16 {
    match letter {
        '\t' | ' '..='~' | '\u{620}'..='\u{64a}' | '\u{671}'..='\u{6d5}' => 1,
        _ => letter.width().map_or(1, |width| width as u16),
    }
}

/// What stands on the screen for a letter: blank, mirrored (UAX #9 L4) or joined.
fn glyph(letter: &Letter, letters: Letters) -> char {
    if is_blank(letter.own) {
        ' '
    } else if letter.class == BidiClass::ON && letter.level % 2 == 1 {
        mirrored(letter.own).unwrap_or(letter.own)
    } else if letter.class == BidiClass::AL && letters == Letters::Presentation {
        form(letter.own, letter.joins)
    } else {
        letter.own
    }
}

/// Bidi controls and default ignorables that are left after sanitising.
pub(super) fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202c}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{fff0}'..='\u{fff8}'
    )
}

/// The tabulator and the space separators (Zs).
pub(super) fn is_blank(letter: char) -> bool {
    matches!(
        letter,
        ' ' | '\t' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// A blank that takes no cell at the end of a line.
pub(super) fn hangs(letter: char) -> bool {
    is_blank(letter) && !matches!(letter, '\u{a0}' | '\u{2007}' | '\u{202f}')
}
