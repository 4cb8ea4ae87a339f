//! What the reader or the terminal decides before the first screen, and the reader may change.

use crate::model::Calendar;
use crate::text::TextPolicy;
use crate::words::{Digits, Lang};

/// Which calendars dates are shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dates {
    /// Solar Hijri first, Gregorian beside it where there is room.
    #[default]
    Jalali,
    /// Gregorian first, Solar Hijri beside it where there is room.
    Gregorian,
    /// Both everywhere.
    Both,
}

impl Dates {
    /// The calendar that dates are shown in first.
    pub const fn first(self) -> Calendar {
        match self {
            Self::Jalali | Self::Both => Calendar::Jalali,
            Self::Gregorian => Calendar::Gregorian,
        }
    }

    /// The other one.
    pub const fn second(self) -> Calendar {
        match self {
            Self::Jalali | Self::Both => Calendar::Gregorian,
            Self::Gregorian => Calendar::Jalali,
        }
    }

    /// The other one, where it is wanted everywhere.
    pub const fn beside(self) -> Option<Calendar> {
        match self {
            Self::Both => Some(Calendar::Gregorian),
            Self::Jalali | Self::Gregorian => None,
        }
    }
}

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Colours {
    /// None (`NO_COLOR`, a monochrome terminal): bold, underline and reverse do the work.
    None,
    /// The sixteen of the terminal's own palette.
    Sixteen,
    /// The 256-colour palette.
    #[default]
    Indexed,
    /// 24 bits.
    True,
}

/// Which set of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// For dark backgrounds.
    #[default]
    Dark,
    /// For light backgrounds.
    Light,
    /// Strong contrast on black.
    HighContrast,
    /// For a background that nobody knows: legible on dark and on light ones.
    Neutral,
}

/// Everything that the reader, the configuration or the terminal decides about the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Language of the interface.
    pub lang: Lang,
    /// Digits of the program's own numbers.
    pub digits: Digits,
    /// Calendars of the dates.
    pub dates: Dates,
    /// Colours of the terminal.
    pub colours: Colours,
    /// The set of colours.
    pub theme: Theme,
    /// How letters go into cells.
    pub text: TextPolicy,
    /// True when the mouse is ours.
    pub mouse: bool,
    /// Today, in days from 1970-01-01; for «امروز» in a date prompt.
    pub today: Option<i32>,
}
