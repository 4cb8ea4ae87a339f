//! Where a value hangs in the JSON: `events[1].statements[0].speaker`.

use std::borrow::Cow;
use std::fmt;

use crate::text::clean_to;

/// One step down from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// Into an object.
    Key(Cow<'a, str>),
    /// Into an array.
    Index(usize),
}

/// The steps from the top to a value; the top itself prints as `$`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path<'a>(Vec<Step<'a>>);

impl<'a> Path<'a> {
    /// Goes down.
    pub fn push(&mut self, step: Step<'a>) {
        self.0.push(step);
    }

    /// Goes up again.
    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// The value's name in a sentence: its field, or the list that it is in.
    pub fn name(&self) -> String {
        let shown = |key: &str| format!("`{}`", clean_to(key, 60));
        match self.0.as_slice() {
            [.., Step::Key(key)] => shown(key),
            [.., Step::Key(key), Step::Index(_)] => format!("an element of {}", shown(key)),
            _ => "the value".to_owned(),
        }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("$");
        }
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Key(key) if is_identifier(key) => {
                    f.write_str(if at == 0 { "" } else { "." })?;
                    f.write_str(key)?;
                }
                Step::Key(key) => {
                    let key = clean_to(key, 60).replace('\\', "\\\\").replace('"', "\\\"");
                    write!(f, "[\"{key}\"]")?;
                }
            }
        }
        Ok(())
    }
}

fn is_identifier(key: &str) -> bool {
    key.len() <= 60
        && key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
