//! All of a field that does not depend on the width: levels, breaks, clusters, forms.

use std::iter::Peekable;
use std::ops::Range;

use icu_segmenter::LineSegmenter;
use icu_segmenter::iterators::LineBreakIterator;
use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::scaffold::Utf8;
use unicode_bidi::{BidiClass, Level, ParagraphBidiInfo};
use unicode_segmentation::UnicodeSegmentation;

use super::bidi::{Classes, bidi_class};
use super::cluster::{self, Letter};
use super::forms::Joins;
use super::join;
use super::policy::{Direction, Letters, TextPolicy};
use super::sanitize::{self, Clean, Shown};

/// What is never parted: a cluster, or two that are one glyph (lam-alef).
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    /// Bytes of [`Analysis::symbols`].
    symbol: (u32, u32),
    /// Bytes of the source.
    pub start: u32,
    pub end: u32,
    /// Columns; 0 for what only steers.
    pub width: u16,
    /// Embedding level before rule L1.
    pub level: u8,
    pub reset: Reset,
    /// A line may end after it.
    pub breaks: bool,
    /// A blank that takes no cell at the end of a line.
    pub hangs: bool,
    /// U+200C follows its letter.
    pub nonjoiner: bool,
}

/// What rule L1 of UAX #9 does with an atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reset {
    /// Nothing.
    Never,
    /// Back to the paragraph's level before a separator or the end of the line.
    Trailing,
    /// Back to the paragraph's level always, and what trails before it.
    Separator,
}

/// One paragraph of [`Analysis::atoms`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Paragraph {
    /// Indices into the atoms.
    first: u32,
    end: u32,
    /// Embedding level.
    pub level: u8,
    /// Source byte where it starts.
    pub at: u32,
}

/// How many lines a field is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// One: nobody asks where it may end, which a third of the work would go into.
    One,
    /// As many as it takes.
    Many,
}

/// A field analysed.
#[derive(Clone, Debug, Default)]
pub(super) struct Analysis {
    pub paragraphs: Vec<Paragraph>,
    atoms: Vec<Atom>,
    symbols: String,
}

impl Analysis {
    /// Analyses `text`, of which the first 4 GiB count.
    pub(super) fn of(text: &str, direction: Direction, policy: TextPolicy, lines: Lines) -> Self {
        let text = first_4_gib(text);
        let mut analysis = Self::default();
        sanitize::paragraphs(text, |clean| {
            let breaks = Breaks::of(&clean.text, lines);
            analysis.add(clean, breaks, direction, policy);
        });
        analysis
    }

    /// The atoms of all paragraphs in the order of the text.
    pub(super) fn atoms(&self) -> &[Atom] {
        &self.atoms
    }

    /// The atoms of `paragraph` in the order of the text.
    pub(super) fn atoms_of(&self, paragraph: &Paragraph) -> &[Atom] {
        let range = paragraph.first as usize..paragraph.end as usize;
        self.atoms.get(range).unwrap_or_default()
    }

    /// What `atom` writes.
    pub(super) fn symbol(&self, atom: &Atom) -> &str {
        let range = atom.symbol.0 as usize..atom.symbol.1 as usize;
        self.symbols.get(range).unwrap_or_default()
    }

    fn add(&mut self, clean: &Clean, breaks: Breaks<'_>, direction: Direction, policy: TextPolicy) {
        let level = base_level(&clean.text, direction);
        let bidi = ParagraphBidiInfo::new_with_data_source(&Classes, &clean.text, level);
        let letters = letters(clean, &bidi, policy);
        let first = self.atoms.len() as u32;
        self.add_clusters(&clean.text, &letters, breaks, policy);
        self.paragraphs.push(Paragraph {
            first,
            end: self.atoms.len() as u32,
            level: bidi.paragraph_level.number(),
            at: clean.at as u32,
        });
    }

    fn add_clusters(
        &mut self,
        text: &str,
        mut letters: &[Letter],
        mut breaks: Breaks<'_>,
        policy: TextPolicy,
    ) {
        let mut clusters = text
            .graphemes(true)
            .map(|cluster| (cluster.len(), cluster.chars().count()))
            .peekable();
        let mut end = 0;
        while let Some((bytes, count)) = clusters.next() {
            let (cluster, rest) = letters.split_at(count);
            let start = end;
            end += bytes;
            letters = rest;
            let mut alef: &[Letter] = &[];
            if let Some((bytes, count)) = clusters.next_if(|_| joins_alef(policy, cluster, rest)) {
                end += bytes;
                (alef, letters) = rest.split_at(count);
            }
            if let Some(mut atom) = self.atom(cluster, alef, policy) {
                atom.breaks = breaks.allow(start..end, atom.hangs);
                self.atoms.push(atom);
            }
        }
    }

    /// The atom of `cluster`, and of the cluster with `alef` that is one glyph with it.
    fn atom(&mut self, cluster: &[Letter], alef: &[Letter], policy: TextPolicy) -> Option<Atom> {
        let first = cluster.first()?;
        let last = alef.last().or(cluster.last())?;
        let from = self.symbols.len();
        let width = match cluster::ligature(cluster, alef) {
            Some(glyph) => {
                cluster::write_lam_alef(glyph, (cluster, alef), policy, &mut self.symbols)
            }
            None => cluster::write(cluster, policy, &mut self.symbols),
        };
        let symbol = (from as u32, self.symbols.len() as u32);
        let nonjoiner = |letter: &Letter| letter.own == cluster::NONJOINER;
        Some(Atom {
            symbol,
            start: first.start,
            end: last.end,
            width,
            level: first.level,
            reset: reset(cluster),
            breaks: false,
            hangs: cluster::hangs(first.own) && symbol.1 == symbol.0 + 1,
            nonjoiner: policy.letters == Letters::Base && cluster.iter().any(nonjoiner),
        })
    }
}

/// The letters of a paragraph, with class, level and joining.
fn letters(clean: &Clean, bidi: &ParagraphBidiInfo<'_>, policy: TextPolicy) -> Vec<Letter> {
    let mut byte = 0;
    let letter = |shown: &Shown| {
        let (class, level) = (bidi.original_classes[byte], bidi.levels[byte].number());
        byte += shown.letter.len_utf8();
        Letter {
            own: shown.letter,
            start: shown.start,
            end: shown.end,
            class,
            level,
            joins: Joins::default(),
        }
    };
    let mut letters: Vec<Letter> = clean.shown.iter().map(letter).collect();
    if policy.letters == Letters::Presentation && bidi.has_rtl() {
        join::join(&mut letters);
    }
    letters
}

/// The level that the field's direction gives a paragraph; `None` leaves it to P2 and P3.
///
/// In a right-to-left field a paragraph of Latin letters alone is left to right, so that it keeps
/// its full stop, and «BRICS …» is right to left although its first strong letter is not.
fn base_level(text: &str, direction: Direction) -> Option<Level> {
    match direction {
        Direction::Ltr => Some(Level::ltr()),
        Direction::Rtl if is_left_to_right(text) => Some(Level::ltr()),
        Direction::Rtl => Some(Level::rtl()),
        Direction::Auto => None,
    }
}

/// True when some character of `text` is L and none is R or AL; isolates do not count, as in P2.
fn is_left_to_right(text: &str) -> bool {
    let mut left = false;
    let mut isolates: usize = 0;
    for letter in text.chars() {
        let class = bidi_class(letter);
        if matches!(class, BidiClass::LRI | BidiClass::RLI | BidiClass::FSI) {
            isolates += 1;
        } else if class == BidiClass::PDI {
            isolates = isolates.saturating_sub(1);
        } else if isolates == 0 {
            if matches!(class, BidiClass::R | BidiClass::AL) {
                return false;
            }
            left |= class == BidiClass::L;
        }
    }
    left
}

fn joins_alef(policy: TextPolicy, cluster: &[Letter], rest: &[Letter]) -> bool {
    policy.letters == Letters::Presentation && cluster::ligature(cluster, rest).is_some()
}

fn reset(cluster: &[Letter]) -> Reset {
    use BidiClass::{B, BN, FSI, LRE, LRI, LRO, PDF, PDI, RLE, RLI, RLO, S, WS};
    let separates = |letter: &Letter| matches!(letter.class, B | S);
    let trails = |letter: &Letter| {
        matches!(
            letter.class,
            WS | FSI | LRI | RLI | PDI | BN | LRE | RLE | LRO | RLO | PDF
        )
    };
    match cluster {
        _ if cluster.iter().any(separates) => Reset::Separator,
        _ if cluster.iter().all(trails) => Reset::Trailing,
        _ => Reset::Never,
    }
}

/// The longest beginning of `text` whose bytes can be numbered with a `u32`.
fn first_4_gib(text: &str) -> &str {
    let mut end = text.len().min(u32::MAX as usize);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The opportunities of UAX #14 in one paragraph, asked for from the start on.
struct Breaks<'text> {
    /// `None`: nowhere, for one line.
    ahead: Option<Peekable<LineBreakIterator<'static, 'text, Utf8>>>,
}

impl<'text> Breaks<'text> {
    fn of(text: &'text str, lines: Lines) -> Self {
        let ahead = || {
            let options = LineBreakOptions::default();
            let segmenter = LineSegmenter::new_for_non_complex_scripts(options);
            segmenter.segment_str(text).peekable()
        };
        Self {
            ahead: (lines == Lines::Many).then(ahead),
        }
    }

    /// Whether a line may end after the cluster at `bytes`. One that UAX #14 sees inside a cluster
    /// counts only in a blank one (a space and a joiner).
    fn allow(&mut self, bytes: Range<usize>, blank: bool) -> bool {
        let mut allowed = false;
        let Some(ahead) = &mut self.ahead else {
            return allowed;
        };
        while let Some(at) = ahead.next_if(|at| *at <= bytes.end) {
            allowed |= at == bytes.end || (blank && at > bytes.start);
        }
        allowed
    }
}
