//! Text from outside becomes text that may be laid out: paragraphs without controls, overrides or
//! invisible fillers, where every character knows its source bytes. Nothing is normalised.

use icu_properties::props::{ExtendedPictographic, GeneralCategory, GraphemeExtend};
use icu_properties::{CodePointMapData, CodePointSetData};

/// A non-spacing or enclosing mark beyond this many on one base is dropped.
pub(super) const MOST_MARKS: u8 = 6;

/// What a mark without a base is set on.
pub(super) const DOTTED_CIRCLE: char = '\u{25cc}';

/// A character to show and the source bytes it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub letter: char,
    pub start: u32,
    pub end: u32,
}

/// One paragraph of sanitised text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Clean {
    /// The letters of `shown`.
    pub text: String,
    pub shown: Vec<Shown>,
    /// Source byte where the paragraph starts.
    pub at: usize,
}

/// Calls `each` with every paragraph of `text`. The end of the last paragraph may be written or
/// not, as in [`str::lines`]; a text of nothing to show has no paragraph.
pub(super) fn paragraphs(text: &str, mut each: impl FnMut(&Clean)) {
    let mut scribe = Scribe::default();
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let rest = &text[at + letter.len_utf8()..];
        if scribe.take(letter, at, rest) {
            continue;
        }
        if letter == '\r' {
            letters.next_if(|next| next.1 == '\n');
        }
        each(&scribe.clean);
        scribe.start_at(letters.peek().map_or(text.len(), |next| next.0));
    }
    if !scribe.clean.shown.is_empty() {
        each(&scribe.clean);
    }
}

/// Writes one paragraph.
#[derive(Default)]
struct Scribe {
    clean: Clean,
    last: Option<char>,
    /// Whether a mark would have something to stand on, and how many stand there.
    based: bool,
    marks: u8,
}

impl Scribe {
    fn start_at(&mut self, at: usize) {
        self.clean.text.clear();
        self.clean.shown.clear();
        self.clean.at = at;
        self.last = None;
        self.based = false;
    }

    /// Takes `letter` at source byte `at`, before `rest`; false when it ends the paragraph.
    fn take(&mut self, letter: char, at: usize, rest: &str) -> bool {
        let source = (at as u32, (at + letter.len_utf8()) as u32);
        match kind(letter) {
            Kind::Plain => self.base(letter, source),
            Kind::Control => self.base(picture(letter), source),
            Kind::LineEnd => return false,
            Kind::Dropped => {}
            Kind::Format => self.format(letter, source),
            Kind::Nonjoiner => {
                if self.last.is_some_and(|last| !last.is_whitespace()) {
                    self.push(letter, source);
                }
            }
            Kind::Joiner => {
                if !(self.after_pictograph() && next_shown(rest).is_some_and(is_pictograph)) {
                    self.push(letter, source);
                }
            }
            Kind::SkinTone => {
                if !self.after_pictograph() {
                    self.base(letter, source);
                }
            }
            Kind::Mark => self.mark(letter, source),
        }
        true
    }

    fn base(&mut self, letter: char, source: (u32, u32)) {
        self.push(letter, source);
        (self.based, self.marks) = (true, 0);
    }

    /// A character that ends its cluster: no mark can stand on it.
    fn format(&mut self, letter: char, source: (u32, u32)) {
        self.push(letter, source);
        self.based = false;
    }

    fn mark(&mut self, letter: char, source: (u32, u32)) {
        if !self.based {
            self.base(DOTTED_CIRCLE, (source.0, source.0));
        }
        if self.marks < MOST_MARKS {
            self.marks += 1;
            self.push(letter, source);
        }
    }

    fn push(&mut self, letter: char, (start, end): (u32, u32)) {
        self.clean.text.push(letter);
        self.clean.shown.push(Shown { letter, start, end });
        self.last = Some(letter);
    }

    fn after_pictograph(&self) -> bool {
        self.last.is_some_and(is_pictograph)
    }
}

/// What becomes of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Shown as it is.
    Plain,
    /// The end of a paragraph.
    LineEnd,
    /// Shown by a picture.
    Control,
    /// Left out.
    Dropped,
    /// Kept for what it does (direction, a chance to break), without a cell; tabulators too.
    Format,
    /// U+200C.
    Nonjoiner,
    /// U+200D.
    Joiner,
    /// U+1F3FB to U+1F3FF.
    SkinTone,
    /// Non-spacing and enclosing marks.
    Mark,
}

pub(super) fn kind(letter: char) -> Kind {
    match letter {
        // The letters, digits and signs of Latin and Persian text need no look at the tables.
        ' '..='~'
        | '\u{a1}'..='\u{ac}'
        | '\u{ae}'..='\u{2ff}'
        | '\u{60c}'
        | '\u{61b}'
        | '\u{61f}'..='\u{64a}'
        | '\u{660}'..='\u{66f}'
        | '\u{671}'..='\u{6d5}'
        | '\u{6ee}'..='\u{6ff}' => Kind::Plain,
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Kind::LineEnd,
        '\t'
        | '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202c}'
        | '\u{2060}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fff0}'..='\u{fff8}' => Kind::Format,
        '\u{200c}' => Kind::Nonjoiner,
        '\u{200d}' => Kind::Joiner,
        '\u{1f3fb}'..='\u{1f3ff}' => Kind::SkinTone,
        '\u{202d}' | '\u{202e}' | '\u{fff9}'..='\u{fffb}' => Kind::Control,
        _ if letter.is_control() || is_noncharacter(letter) => Kind::Control,
        _ if is_dropped(letter) => Kind::Dropped,
        _ if is_mark(letter) => Kind::Mark,
        _ => Kind::Plain,
    }
}

/// One visible character for a control.
pub(super) fn picture(control: char) -> char {
    let picture = match control {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + control as u32),
        '\u{7f}' => Some('\u{2421}'),
        _ => None,
    };
    picture.unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn is_noncharacter(letter: char) -> bool {
    matches!(letter, '\u{fdd0}'..='\u{fdef}') || letter as u32 & 0xfffe == 0xfffe
}

/// Invisible characters that terminals disagree about and Persian text does not need.
pub(super) fn is_dropped(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{2061}'..='\u{2065}' | '\u{206a}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Marks that take no cell of their own: non-spacing, enclosing, and the spacing ones that
/// extend their base (`Grapheme_Extend`).
pub(super) fn is_mark(letter: char) -> bool {
    if letter < '\u{300}' {
        return false;
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(letter);
    let extends = || CodePointSetData::new::<GraphemeExtend>().contains(letter);
    matches!(
        category,
        GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark
    ) || (category == GeneralCategory::SpacingMark && extends())
}

fn is_pictograph(letter: char) -> bool {
    letter >= '\u{a9}' && CodePointSetData::new::<ExtendedPictographic>().contains(letter)
}

/// The first character of `rest` that is not dropped.
fn next_shown(rest: &str) -> Option<char> {
    rest.chars().find(|letter| !is_dropped(*letter))
}

#[cfg(test)]
mod tests {
    use icu_properties::props::{BidiControl, DefaultIgnorableCodePoint};

    use super::super::cluster::is_invisible;
    use super::*;

    fn clean(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        paragraphs(text, |clean| found.push(clean.text.clone()));
        found
    }

    #[test]
    fn what_unicode_says_is_invisible_is_dropped_or_has_no_cell() {
        let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>();
        let steers = CodePointSetData::new::<BidiControl>();
        for letter in '\0'..=char::MAX {
            let seen = matches!(kind(letter), Kind::Plain | Kind::Mark | Kind::SkinTone);
            let unseen = ignorable.contains(letter) || steers.contains(letter);
            let override_shown = matches!(letter, '\u{202d}' | '\u{202e}');
            assert!(!(seen && unseen), "U+{:04X} is shown", letter as u32);
            if kind(letter) == Kind::Format && letter != '\t' {
                assert!(unseen && is_invisible(letter), "U+{:04X}", letter as u32);
            }
            if kind(letter) == Kind::Dropped {
                assert!(unseen || is_dropped(letter), "U+{:04X}", letter as u32);
            }
            if unseen && kind(letter) == Kind::Control {
                assert!(override_shown, "U+{:04X}", letter as u32);
            }
        }
    }

    #[test]
    fn the_quick_look_agrees_with_the_tables() {
        for letter in ' '..='\u{6ff}' {
            if kind(letter) == Kind::Plain {
                let other = is_mark(letter) || is_dropped(letter) || letter.is_control();
                assert!(!other, "U+{:04X}", letter as u32);
            }
        }
    }

    #[test]
    fn a_nonjoiner_counts_only_behind_something() {
        assert_eq!(
            clean("\u{200c}ا \u{200c}\u{200c}ب\u{200c}\n\u{200c}"),
            ["ا ب\u{200c}"]
        );
    }

    #[test]
    fn sources_skip_what_was_dropped() {
        let mut sources = Vec::new();
        paragraphs("\u{feff}a\u{ad}\u{64e}\rb", |clean| {
            let bytes = clean
                .shown
                .iter()
                .map(|shown| (shown.letter, shown.start, shown.end));
            sources.push((clean.at, bytes.collect::<Vec<_>>()));
        });
        let first = vec![('a', 3, 4), ('\u{64e}', 6, 8)];
        assert_eq!(sources, [(0, first), (9, vec![('b', 9, 10)])]);
    }

    #[test]
    fn more_than_six_marks_on_a_base_are_dropped() {
        let pile = "\u{301}".repeat(9);
        let kept = "\u{301}".repeat(6);
        assert_eq!(
            clean(&format!("a{pile}b{pile}")),
            [format!("a{kept}b{kept}")]
        );
    }
}
