//! The line at the bottom that the reader types into.

use std::ops::Range;

use crate::app::edit::Edit;

use super::View;

/// A line being typed, and what for.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// What is being typed.
    pub asking: Asking,
    /// The text so far.
    pub edit: Edit,
    /// What was understood, or what is wrong and at which bytes.
    pub understood: Result<String, (String, Range<usize>)>,
}

/// What a line is typed for.
#[derive(Clone, Debug)]
pub enum Asking {
    /// Words to search; with the view to come back to on Esc.
    Search(Box<View>),
    /// A date to go to.
    Date,
    /// A filter, applied while it is typed; with the view to come back to on Esc.
    Query(Box<View>),
    /// Part of a facet value's name.
    Narrow,
}

impl Prompt {
    /// An empty line, or one that begins with `text`.
    pub fn new(asking: Asking, text: &str) -> Self {
        Self {
            asking,
            edit: Edit::new(text),
            understood: Ok(String::new()),
        }
    }
}
