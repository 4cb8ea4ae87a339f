//! What Unicode says about the direction of single characters, for whoever undoes the reordering
//! of a terminal.

use icu_properties::CodePointMapData;
use icu_properties::props::{BidiClass, BidiMirroringGlyph, BidiPairedBracketType};

/// `Bidi_Class` (UAX #9, table 4), without the controls, which never stand in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BidiType {
    /// L.
    Left,
    /// R.
    Right,
    /// AL.
    Arabic,
    /// EN; the Persian digits are among them.
    EuropeanNumber,
    /// AN.
    ArabicNumber,
    /// ES.
    Sign,
    /// ET.
    Terminator,
    /// CS.
    Separator,
    /// NSM.
    Mark,
    /// WS.
    Blank,
    /// S and B.
    Segment,
    /// ON.
    Neutral,
}

/// The bidi class of a character.
pub fn bidi_type(c: char) -> BidiType {
    match CodePointMapData::<BidiClass>::new().get(c) {
        BidiClass::LeftToRight => BidiType::Left,
        BidiClass::RightToLeft => BidiType::Right,
        BidiClass::ArabicLetter => BidiType::Arabic,
        BidiClass::EuropeanNumber => BidiType::EuropeanNumber,
        BidiClass::ArabicNumber => BidiType::ArabicNumber,
        BidiClass::EuropeanSeparator => BidiType::Sign,
        BidiClass::EuropeanTerminator => BidiType::Terminator,
        BidiClass::CommonSeparator => BidiType::Separator,
        BidiClass::NonspacingMark => BidiType::Mark,
        BidiClass::WhiteSpace => BidiType::Blank,
        BidiClass::SegmentSeparator | BidiClass::ParagraphSeparator => BidiType::Segment,
        _ => BidiType::Neutral,
    }
}

/// The character whose glyph stands for `c` at an odd level (`Bidi_Mirroring_Glyph`).
pub fn mirrored(c: char) -> Option<char> {
    CodePointMapData::<BidiMirroringGlyph>::new()
        .get(c)
        .mirroring_glyph
}

/// Which side of a pair of brackets a character is (UAX #9, BD14 and BD15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bracket {
    /// Opens a pair that this character closes.
    Opens(char),
    /// Closes a pair.
    Closes,
}

/// The bracket that `c` is, if it is one.
pub fn bracket(c: char) -> Option<Bracket> {
    let glyph = CodePointMapData::<BidiMirroringGlyph>::new().get(c);
    if glyph.paired_bracket_type == BidiPairedBracketType::Open {
        return glyph.mirroring_glyph.map(Bracket::Opens);
    }
    (glyph.paired_bracket_type == BidiPairedBracketType::Close).then_some(Bracket::Closes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_character_database_says() {
        assert_eq!(bidi_type('\u{fefc}'), BidiType::Arabic);
        assert_eq!(bidi_type('۱'), BidiType::EuropeanNumber);
        assert_eq!(bidi_type('/'), BidiType::Separator);
        assert_eq!(bidi_type('│'), BidiType::Neutral);
        assert_eq!(bidi_type('\u{2800}'), BidiType::Left);
        assert_eq!(mirrored('«'), Some('»'));
        assert_eq!(bracket('('), Some(Bracket::Opens(')')));
        assert_eq!(bracket(']'), Some(Bracket::Closes));
        assert_eq!(bracket('«'), None);
    }
}
