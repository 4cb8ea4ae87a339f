//! A date as the file tells it: partial, uncertain, open; and the days that it may mean.

/// The calendar that a date was written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Calendar {
    /// Proleptic Gregorian.
    #[default]
    Gregorian,
    /// Solar Hijri, the calendar of Iran.
    Jalali,
}

/// How a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The source gives it.
    Stated,
    /// Worked out from the text ("Thursday").
    Inferred,
    /// Known from elsewhere.
    Outside,
}

/// EDTF's qualifiers: `~` approximate, `?` uncertain, `%` both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Certainty {
    /// `~`: about then.
    pub approximate: bool,
    /// `?`: perhaps then.
    pub uncertain: bool,
}

/// EDTF level 1 seasons, 21 to 24.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Season {
    /// 21.
    Spring,
    /// 22.
    Summer,
    /// 23.
    Autumn,
    /// 24.
    Winter,
}

/// First and last day, both inclusive; a day is counted from 1970-01-01 (day 0), proleptic
/// Gregorian. An open or unknown end is `i32::MIN` or `i32::MAX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DaySpan {
    /// First day.
    pub first: i32,
    /// Last day.
    pub last: i32,
}

/// One point of a date expression, in the calendar it was written in. Unspecified digits (EDTF
/// `X`) leave the finer parts out and widen `unspecified_years`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The year (0 and below are before the era); the first one where digits are unspecified.
    pub year: i32,
    /// 1, 10 or 100: `201X` is year 2010 with 10 years.
    pub years: u16,
    /// 1 to 12.
    pub month: Option<u8>,
    /// A season instead of a month.
    pub season: Option<Season>,
    /// 1 to 31.
    pub day: Option<u8>,
    /// Hour and minute as written, in the file's own clock.
    pub time: Option<(u8, u8)>,
    /// How sure.
    pub certainty: Certainty,
}

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// A date.
    At(Moment),
    /// `..`: it has no end, or goes on.
    Open,
    /// Nothing: nobody knows.
    Unknown,
}

/// What was written: a moment or an interval of moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateExpr {
    /// `2024-07`.
    Moment(Moment),
    /// `a/b`, in order of time; at least one end is [`End::At`].
    Interval(End, End),
}

/// A date: what was written and the days it may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// The calendar of `expr`.
    pub calendar: Calendar,
    /// What was written.
    pub expr: DateExpr,
    /// The days it may mean.
    pub days: DaySpan,
    /// The text of the file, for the curious and for export.
    pub written: String,
}
