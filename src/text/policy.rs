//! How letters are written into cells, and which way a field runs.

/// What stands in a cell for an Arabic letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Letters {
    /// Presentation forms, joined by the program; lam-alef is one cell.
    #[default]
    Presentation,
    /// Plain letters, for fonts without the forms; lam-alef is two cells.
    Base,
}

/// Combining marks (harakat).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Marks {
    /// In the cell of their letter.
    #[default]
    Keep,
    /// Left out of cells, for terminals that draw them elsewhere; the source keeps them.
    Strip,
}

/// Everything that decides how text becomes cells, besides the width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TextPolicy {
    /// Presentation forms or plain letters.
    pub letters: Letters,
    /// Marks kept or stripped.
    pub marks: Marks,
}

/// The direction of a field, from the data's language tag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Left to right, at the left edge.
    Ltr,
    /// A field in a right-to-left language, at the right edge. A paragraph with an L letter and no
    /// R or AL letter (outside isolates) runs left to right there, each other one right to left.
    Rtl,
    /// Each paragraph by its first strong letter (UAX #9 P2, P3), and its edge too.
    #[default]
    Auto,
}

/// The direction of a field in the language `tag` (BCP 47): a script subtag decides, else the
/// script that the language is usually written in. The empty tag and `und` follow the text.
pub fn direction_of(tag: &str) -> Direction {
    let mut subtags = tag.split(['-', '_']);
    let language = subtags.next().unwrap_or("").to_ascii_lowercase();
    let script = subtags
        .next()
        .filter(|subtag| subtag.len() == 4)
        .map(str::to_ascii_lowercase);
    match script.as_deref() {
        Some(script) if RTL_SCRIPTS.contains(&script) => Direction::Rtl,
        None if RTL_LANGUAGES.contains(&language.as_str()) => Direction::Rtl,
        None if matches!(language.as_str(), "" | "und" | "mul" | "zxx") => Direction::Auto,
        Some(_) | None => Direction::Ltr,
    }
}

/// ISO 15924 codes of the scripts whose letters are R or AL.
const RTL_SCRIPTS: &[&str] = &[
    "adlm", "arab", "aran", "armi", "avst", "chrs", "cprt", "elym", "gara", "hatr", "hebr", "hung",
    "khar", "lydi", "mand", "mani", "mend", "merc", "mero", "narb", "nbat", "nkoo", "orkh", "ougr",
    "palm", "phli", "phlp", "phnx", "prti", "rohg", "samr", "sarb", "sogd", "sogo", "syrc", "thaa",
    "yezi",
];

/// Languages usually written in one of [`RTL_SCRIPTS`] (CLDR likely subtags).
const RTL_LANGUAGES: &[&str] = &[
    "aao", "abh", "abv", "acm", "acq", "acw", "acx", "acy", "adf", "aeb", "aec", "afb", "ajp",
    "apc", "apd", "ar", "arb", "arc", "arq", "ars", "ary", "arz", "auz", "avl", "ayh", "ayl",
    "ayn", "ayp", "azb", "bal", "bcc", "bej", "bft", "bgn", "bqi", "brh", "ckb", "dcc", "dv", "fa",
    "fas", "glk", "haz", "he", "heb", "iw", "ji", "khw", "ks", "lki", "lrc", "luz", "mzn", "nqo",
    "pbt", "per", "pes", "phr", "pnb", "prs", "ps", "pst", "pus", "rhg", "sam", "sd", "sdh", "skr",
    "snd", "syr", "ug", "uig", "ur", "urd", "wni", "yi", "yid",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_tag_tells_the_direction() {
        for tag in ["fa", "FA-IR", "ar", "he", "ckb", "az-Arab", "pa_Arab_PK"] {
            assert_eq!(direction_of(tag), Direction::Rtl, "{tag}");
        }
        for tag in ["en", "ru", "fa-Latn", "tg", "az", "zh-Hant"] {
            assert_eq!(direction_of(tag), Direction::Ltr, "{tag}");
        }
        for tag in ["", "und", "mul"] {
            assert_eq!(direction_of(tag), Direction::Auto, "{tag}");
        }
    }
}
