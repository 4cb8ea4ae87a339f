//! Which way a presentation form joins: FB50 to FDFF and FE70 to FEFC of the Unicode character
//! database, `<isolated>`, `<final>`, `<initial>` and `<medial>` of their decompositions.

/// How a letter's shape joins the letters around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joins {
    /// To the letter before it in reading order, which stands to the right.
    pub before: bool,
    /// To the letter after it in reading order, which stands to the left.
    pub after: bool,
}

/// `(first character, one letter each: I isolated, F final, S initial, M medial)`.
const RUNS: [(u32, &str); 4] = [
    (
        0xFB50,
        "IFIFSMIFSMIFSMIFSMIFSMIFSMIFSMIFSMIFSMIFSMIFSMIFSM\
         IFIFIFIFIFIFIFSMIFSMIFSMIFSMIFIFSMIFIFSMIFSMIFIF",
    ),
    (0xFBD3, "IFSMIFIFIFIIFIFIFIFSMSM"),
    (0xFBFC, "IFSM"),
    (
        0xFE80,
        "IIFIFIFIFIFSMIFIFSMIFIFSMIFSMIFSMIFSMIFSMIFIFIFIFIFSMIFSMIFSMIFSMIFSM\
         IFSMIFSMIFSMIFSMIFSMIFSMIFSMIFSMIFSMIFSMIFIFIFSMIFIFIFIF",
    ),
];

/// How the shape of an Arabic letter joins; a plain letter stands alone. `None` for all that is not
/// a letter: digits, punctuation, tatweel, other scripts.
pub fn joins(c: char) -> Option<Joins> {
    let code = c as u32;
    let form = RUNS.iter().find_map(|(first, forms)| {
        let at = code.checked_sub(*first)?;
        forms.as_bytes().get(at as usize)
    });
    let (before, after) = match form {
        Some(b'F') => (true, false),
        Some(b'S') => (false, true),
        Some(b'M') => (true, true),
        Some(_) => (false, false),
        None if is_letter(code) => (false, false),
        None => return None,
    };
    Some(Joins { before, after })
}

/// Plain Arabic letters and the ligatures that are one character in Unicode.
fn is_letter(code: u32) -> bool {
    matches!(code,
        0x0620..=0x063F | 0x0641..=0x064A | 0x066E..=0x066F | 0x0671..=0x06D3 | 0x06D5
        | 0x06EE..=0x06EF | 0x06FA..=0x06FC | 0x06FF | 0x0750..=0x077F | 0x0870..=0x0887
        | 0x08A0..=0x08C9 | 0xFBEA..=0xFBFB | 0xFC00..=0xFD3D | 0xFD50..=0xFDC7 | 0xFDF0..=0xFDFC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_join_as_the_character_database_says() {
        let form = |before, after| Some(Joins { before, after });
        // BEH isolated, final, initial, medial
        assert_eq!(joins('\u{fe8f}'), form(false, false));
        assert_eq!(joins('\u{fe90}'), form(true, false));
        assert_eq!(joins('\u{fe91}'), form(false, true));
        assert_eq!(joins('\u{fe92}'), form(true, true));
        // the first and last of each run, and the Persian letters
        assert_eq!(joins('\u{fb51}'), form(true, false), "alef wasla, final");
        assert_eq!(joins('\u{fb59}'), form(true, true), "peh, medial");
        assert_eq!(joins('\u{fb7c}'), form(false, true), "tcheh, initial");
        assert_eq!(joins('\u{fb8b}'), form(true, false), "jeh, final");
        assert_eq!(joins('\u{fb90}'), form(false, true), "keheh, initial");
        assert_eq!(joins('\u{fb95}'), form(true, true), "gaf, medial");
        assert_eq!(
            joins('\u{fbb1}'),
            form(true, false),
            "yeh barree with hamza, final"
        );
        assert_eq!(joins('\u{fbe9}'), form(true, true), "alef maksura, medial");
        assert_eq!(joins('\u{fbff}'), form(true, true), "Farsi yeh, medial");
        assert_eq!(joins('\u{fe80}'), form(false, false), "hamza");
        assert_eq!(joins('\u{fef4}'), form(true, true), "yeh, medial");
        assert_eq!(joins('\u{fefb}'), form(false, false), "lam-alef, isolated");
        assert_eq!(joins('\u{fefc}'), form(true, false), "lam-alef, final");
        assert_eq!(joins('\u{628}'), form(false, false), "plain beh");
    }

    #[test]
    fn what_is_no_letter_does_not_join() {
        for c in [
            ' ', 'a', '│', '۱', '،', '\u{640}', '\u{fefd}', '\u{fdfd}', '\u{fd3e}',
        ] {
            assert_eq!(joins(c), None, "{c:?}");
        }
    }
}
