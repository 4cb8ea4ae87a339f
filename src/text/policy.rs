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
    /// Left to right.
    Ltr,
    /// A field in a right-to-left language: RTL if the paragraph has any R or AL letter, else LTR.
    Rtl,
    /// First strong letter (UAX #9 P2, P3).
    #[default]
    Auto,
}
