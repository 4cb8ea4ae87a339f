//! What each family of terminals shows for a row that was written to it, from the left.
//!
//! Each model does what its terminal does to every program: a row that was not prepared for it
//! comes out wrong.

use icu_properties::CodePointMapData;
use icu_properties::props::JoiningType;
use ratatui::style::Modifier;
use sokhan::shell::encode::Strategy;
use sokhan::text::mirrored;
use unicode_normalization::UnicodeNormalization;

use super::emulator::Cell;

/// A column as it is seen: what it shows, and the cell whose colours it has.
pub type Seen = (String, Cell);

/// What a terminal that `strategy` is made for shows.
pub fn shown(strategy: Strategy, row: &[Cell]) -> Vec<Seen> {
    match strategy {
        Strategy::Plain | Strategy::Explicit | Strategy::Mlterm | Strategy::MltermInTmux => {
            as_is(row)
        }
        Strategy::Joined | Strategy::JoinedInTmux => konsole(row),
        Strategy::Boxed => kitty(row),
        Strategy::Reversed => old_kitty(row),
        Strategy::Alternate | Strategy::Alternate256 | Strategy::UnknownBare => by_colour(row),
        Strategy::Inverse => putty(row),
        Strategy::OverrideRow | Strategy::Unknown => vte(row),
    }
}

pub fn visible(text: &str) -> String {
    let invisible = |c: char| matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    text.chars().filter(|c| !invisible(*c)).collect()
}

fn seen(cell: &Cell) -> Seen {
    (visible(&cell.text), cell.clone())
}

fn as_is(row: &[Cell]) -> Vec<Seen> {
    row.iter().map(seen).collect()
}

fn is_rtl(cell: &Cell) -> bool {
    matches!(cell.base(), '\u{600}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
}

/// The cells of a row from the left, by UAX #9 over all its characters, with the level of each.
fn reordered(row: &[Cell], paragraph: Option<u8>) -> Vec<(usize, u8)> {
    let leads: Vec<usize> = (0..row.len())
        .filter(|at| !row[*at].text.is_empty())
        .collect();
    let text: String = leads.iter().map(|at| row[*at].text.as_str()).collect();
    let level = paragraph.map(|level| unicode_bidi::Level::new(level).expect("a level"));
    let info = unicode_bidi::ParagraphBidiInfo::new(&text, level);
    // Controls are reordered with the rest: they part what stands beside them.
    let levels = info.reordered_levels_per_char(0..text.len());
    let bases = leads.iter().scan(0, |next, at| {
        let base = *next;
        *next += row[*at].text.chars().count();
        Some((base, *at))
    });
    let bases: std::collections::BTreeMap<usize, usize> = bases.collect();
    let levels: Vec<unicode_bidi::Level> =
        text.char_indices().zip(levels).map(|(_, l)| l).collect();
    let order = unicode_bidi::BidiInfo::reorder_visual(&levels);
    let cell = |at| bases.get(&at).map(|lead| (*lead, levels[at].number()));
    order.into_iter().filter_map(cell).collect()
}

/// Puts cells in an order, each wide one with its second column.
fn in_order(row: &[Cell], order: &[usize]) -> Vec<usize> {
    let wide = |at: usize| row.get(at + 1).is_some_and(|next| next.text.is_empty());
    order
        .iter()
        .flat_map(|at| {
            if wide(*at) {
                vec![*at, *at + 1]
            } else {
                vec![*at]
            }
        })
        .collect()
}

/// VTE in implicit mode: the row is one left-to-right paragraph.
fn vte(row: &[Cell]) -> Vec<Seen> {
    let order: Vec<usize> = reordered(row, Some(0))
        .into_iter()
        .map(|(at, _)| at)
        .collect();
    in_order(row, &order)
        .into_iter()
        .map(|at| seen(&row[at]))
        .collect()
}

/// `PuTTY`: the first strong character decides; controls are no part of it; brackets are mirrored.
fn putty(row: &[Cell]) -> Vec<Seen> {
    let bases: Vec<Cell> = row
        .iter()
        .map(|cell| Cell {
            text: cell.text.chars().take(1).collect(),
            ..cell.clone()
        })
        .collect();
    let order = reordered(&bases, None);
    let leads: Vec<usize> = order.iter().map(|(at, _)| *at).collect();
    let odd = |at: usize| {
        order
            .iter()
            .any(|(lead, level)| *lead == at && level % 2 == 1)
    };
    let turned = |at: usize| {
        let (text, cell) = seen(&row[at]);
        let mirror = mirrored(cell.base()).filter(|_| odd(at));
        let blank = if cell.base() == '\u{2800}' {
            Some(' ')
        } else {
            None
        };
        (mirror.or(blank).map_or(text, String::from), cell)
    };
    in_order(row, &leads).into_iter().map(turned).collect()
}

/// Konsole: forms become letters and are joined by their neighbours in the order of the row; then
/// the row is reordered as one left-to-right paragraph.
fn konsole(row: &[Cell]) -> Vec<Seen> {
    let text: Vec<char> = row.iter().flat_map(|cell| cell.text.chars()).collect();
    let mut at = 0;
    let mut shaped = row.to_vec();
    for cell in &mut shaped {
        if let Some(first) = cell.text.chars().next() {
            let rest: String = cell.text.chars().skip(1).collect();
            let length = 1 + rest.chars().count();
            cell.text = format!("{}{rest}", shape(&text, at, first));
            at += length;
        }
    }
    vte(&shaped)
}

/// The form ICU gives the letter at `at`.
fn shape(text: &[char], at: usize, c: char) -> char {
    let forms = forms_of(c);
    if forms.is_empty() {
        return c;
    }
    let joins_before = neighbour(text[..at].iter().rev(), c, true);
    let joins_after = neighbour(text[at + 1..].iter(), c, false);
    let index = match (joins_before, joins_after && forms.len() == 4) {
        (false, false) => 0,
        (true, false) => 1,
        (false, true) => 2,
        (true, true) => 3,
    };
    forms.get(index).copied().unwrap_or(forms[0])
}

/// All forms of the letters `c` is a form of: isolated, final, initial, medial.
fn forms_of(c: char) -> Vec<char> {
    if !matches!(c, '\u{fb50}'..='\u{fbff}' | '\u{fe80}'..='\u{fefc}') {
        return Vec::new();
    }
    let letters: String = c.nfkc().collect();
    let blocks = ('\u{fb50}'..='\u{fbff}').chain('\u{fe80}'..='\u{fefc}');
    blocks
        .filter(|form| form.nfkc().eq(letters.chars()))
        .collect()
}

/// Whether the nearest character that is not transparent joins the letter `c`.
fn neighbour<'a>(mut beside: impl Iterator<Item = &'a char>, c: char, before: bool) -> bool {
    let kind = |c: char| {
        // Of a ligature, its outer letter.
        let letter = if before {
            c.nfkc().last()
        } else {
            c.nfkc().next()
        };
        CodePointMapData::<JoiningType>::new().get(letter.unwrap_or(c))
    };
    let own = CodePointMapData::<JoiningType>::new().get(c.nfkc().next().unwrap_or(c));
    let near = beside.find(|c| kind(**c) != JoiningType::Transparent || **c == '\u{200d}');
    let Some(near) = near.copied() else {
        return false;
    };
    let joins = match near {
        '\u{200d}' => true,
        '\u{200c}' => false,
        near if before => matches!(
            kind(near),
            JoiningType::DualJoining | JoiningType::JoinCausing
        ),
        near => matches!(
            kind(near),
            JoiningType::DualJoining | JoiningType::RightJoining | JoiningType::JoinCausing
        ),
    };
    joins && (before || own == JoiningType::DualJoining)
}

/// kitty 0.40 and newer: cells of one `v` are shaped together, and turned round.
fn kitty(row: &[Cell]) -> Vec<Seen> {
    turned_runs(row, |a, b| a.boxed == b.boxed)
}

/// kitty before: runs end at blanks and borders and where the font changes. With a main font that
/// has no Arabic letters they also end beside those; both must be right.
fn old_kitty(row: &[Cell]) -> Vec<Seen> {
    let font = |cell: &Cell| cell.modifier & (Modifier::BOLD | Modifier::ITALIC);
    let one = turned_runs(row, |a, b| font(a) == font(b));
    let two = turned_runs(row, |a, b| font(a) == font(b) && is_rtl(a) == is_rtl(b));
    // What depends on the font is wrong.
    if one == two { one } else { Vec::new() }
}

/// Runs of neighbours that belong together are turned round when they begin, as a shaper looks at
/// it, with an Arabic letter. Colours stay in their columns.
fn turned_runs(row: &[Cell], together: impl Fn(&Cell, &Cell) -> bool) -> Vec<Seen> {
    let apart = |cell: &Cell| matches!(cell.base(), ' ' | '\u{2500}'..='\u{25ff}');
    let mut out = Vec::new();
    let runs = row.chunk_by(|a, b| !apart(a) && !apart(b) && together(a, b));
    for run in runs {
        let first = run.iter().find(|cell| cell.base().is_alphanumeric());
        let mut texts: Vec<String> = run.iter().map(|cell| visible(&cell.text)).collect();
        if first.is_some_and(is_rtl) {
            texts.reverse();
        }
        out.extend(texts.into_iter().zip(run.iter().cloned()));
    }
    out
}

/// qterminal and the DOM of xterm.js: neighbours of one look are one text, reordered on its own.
fn by_colour(row: &[Cell]) -> Vec<Seen> {
    let same = |a: &Cell, b: &Cell| (a.fg, a.bg, a.modifier) == (b.fg, b.bg, b.modifier);
    row.chunk_by(same).flat_map(vte).collect()
}
