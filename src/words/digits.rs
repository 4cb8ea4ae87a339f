//! The digits that the program writes its own numbers with.

/// A set of ten digits. What a source said is never rewritten; this is for what the program says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Digits {
    /// Extended Arabic-Indic digits, U+06F0 to U+06F9.
    #[default]
    Persian,
    /// ASCII digits.
    Latin,
}

impl Digits {
    /// `text` with each ASCII digit replaced by the digit of this set; the rest as it is.
    ///
    /// ```
    /// use sokhan::words::Digits;
    /// assert_eq!(Digits::Persian.of("1403/4/21"), "۱۴۰۳/۴/۲۱");
    /// ```
    pub fn of(self, text: &str) -> String {
        match self {
            Self::Latin => text.to_owned(),
            Self::Persian => text.chars().map(persian).collect(),
        }
    }

    /// The decimal form of `number` in this set, without grouping.
    pub fn number(self, number: impl Into<u64>) -> String {
        self.of(&number.into().to_string())
    }
}

fn persian(letter: char) -> char {
    letter
        .to_digit(10)
        .and_then(|digit| char::from_u32(0x06F0 + digit))
        .unwrap_or(letter)
}
