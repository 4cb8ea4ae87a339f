//! Laid out text in its place: what panes are made of before colours come in.

use crate::text::Line;

/// What a text is, for the theme to give it a colour and a weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ink {
    /// Running text.
    #[default]
    Text,
    /// The title of the event in front: the strongest.
    Strong,
    /// Titles in a list.
    Title,
    /// Headings of groups and panes.
    Heading,
    /// What is there when looked for: labels, numbers.
    Dim,
    /// Rules and rails.
    Faint,
    /// Names of people and bodies.
    Name,
    /// Dates.
    Date,
    /// Words that somebody said, as they were said.
    Quote,
    /// Words told in other words.
    Reported,
    /// A headline.
    Headline,
    /// A translation.
    Translation,
    /// Marks of the reader, and what asks for attention.
    Mark,
    /// What went wrong.
    Alarm,
    /// A key that can be pressed.
    Key,
}

/// Where a line stands in its box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// At the edge where the pane begins: right in a right-to-left pane.
    #[default]
    Start,
    /// At the other edge.
    End,
    /// Where its own paragraph begins.
    Own,
}

/// A laid out line in its box on a row of a pane.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// Columns from the pane's start edge to the box.
    pub at: u16,
    /// Columns of the box.
    pub width: u16,
    /// The cells.
    pub line: Line,
    /// Where the line stands in the box.
    pub align: Align,
    /// What it is.
    pub ink: Ink,
    /// For each cell, whether a search found it; empty for none.
    pub lit: Vec<bool>,
}

/// One row of a pane.
pub type Row = Vec<Field>;

impl Field {
    /// The same field, `columns` farther from the start edge.
    #[must_use]
    pub fn moved(mut self, columns: u16) -> Self {
        self.at += columns;
        self
    }

    /// The same field at the other edge of its box.
    #[must_use]
    pub fn at_end(mut self) -> Self {
        self.align = Align::End;
        self
    }
}
