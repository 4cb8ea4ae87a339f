//! The last check before the terminal: what may stand in a cell.
//!
//! The text layer has cleaned everything already; this one trusts nobody, because whatever leaves
//! here is obeyed.

/// What a character may do in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Keep,
    /// A combining mark of Arabic or Hebrew writing.
    Mark,
    /// ZWNJ or ZWJ.
    Joiner,
    Drop,
}

/// `symbol` without controls, bidi controls and invisible characters, or `None` when it has none.
///
/// `marks` keeps harakat; `joiners` keeps ZWNJ and ZWJ behind a letter.
pub fn cleaned(symbol: &str, marks: bool, joiners: bool) -> Option<String> {
    let stays = |c: char| match fate(c) {
        Fate::Keep => true,
        Fate::Mark => marks,
        Fate::Joiner => joiners,
        Fate::Drop => false,
    };
    if symbol.chars().all(stays) {
        return None;
    }
    Some(symbol.chars().filter(|c| stays(*c)).collect())
}

fn fate(c: char) -> Fate {
    match c as u32 {
        0x20..=0x7E => Fate::Keep,
        0..=0x1F | 0x7F..=0x9F => Fate::Drop,
        0x200C | 0x200D => Fate::Joiner,
        code if is_invisible(code) => Fate::Drop,
        code if is_mark(code) => Fate::Mark,
        _ => Fate::Keep,
    }
}

/// Bidi controls, `Default_Ignorable_Code_Point`, line separators, noncharacters.
fn is_invisible(code: u32) -> bool {
    matches!(code,
        0x00AD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F
        | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164
        | 0xFDD0..=0xFDEF | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB
        | 0x1_3430..=0x1_345F | 0x1_BCA0..=0x1_BCA3 | 0x1_D173..=0x1_D17A | 0xE_0000..=0xE_0FFF)
        || code & 0xFFFE == 0xFFFE
}

/// Nonspacing marks of Arabic and Hebrew (UCD, general category Mn).
fn is_mark(code: u32) -> bool {
    matches!(code,
        0x0591..=0x05BD | 0x05BF | 0x05C1 | 0x05C2 | 0x05C4 | 0x05C5 | 0x05C7
        | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC | 0x06DF..=0x06E4
        | 0x06E7 | 0x06E8 | 0x06EA..=0x06ED | 0x0898..=0x089F | 0x08CA..=0x08E1 | 0x08E3..=0x08FF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_passes_untouched() {
        for symbol in ["a", " ", "│", "\u{fefc}", "中", "e\u{301}", "\u{6f1}"] {
            assert_eq!(cleaned(symbol, false, false), None, "{symbol:?}");
        }
    }

    #[test]
    fn nothing_that_is_obeyed_passes() {
        for c in (0..=0x9F_u32)
            .chain([
                0x61C, 0x200E, 0x200F, 0x2066, 0x2069, 0x202D, 0x202E, 0xFEFF,
            ])
            .filter(|c| !(0x20..=0x7E).contains(c))
        {
            let c = char::from_u32(c).expect("a character");
            let symbol = format!("a{c}");
            assert_eq!(
                cleaned(&symbol, true, true).as_deref(),
                Some("a"),
                "{symbol:?}"
            );
        }
    }

    #[test]
    fn marks_and_joiners_follow_the_options() {
        let symbol = "\u{fee1}\u{64c}\u{200c}";
        assert_eq!(cleaned(symbol, true, true), None);
        assert_eq!(
            cleaned(symbol, true, false).as_deref(),
            Some("\u{fee1}\u{64c}")
        );
        assert_eq!(cleaned(symbol, false, false).as_deref(), Some("\u{fee1}"));
    }
}
