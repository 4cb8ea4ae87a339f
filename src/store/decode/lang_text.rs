//! A text in one or several languages.

use std::borrow::Cow;
use std::collections::HashMap;

use super::reader::{CUT, Reader};
use super::tag::is_tag;
use crate::model::LangText;
use crate::store::json::{Key, Kind, Step, Syntax};
use crate::store::problem::Class;
use crate::text::clean_to;

/// Of so many languages, each is looked at; more are looked up.
const FEW: usize = 8;

/// Texts, each under a tag of its own.
#[derive(Default)]
struct Tagged<'a> {
    entries: Vec<(Cow<'a, str>, String)>,
    /// Where the tags are, when there are more than a few.
    places: HashMap<Cow<'a, str>, usize>,
}

impl<'a> Tagged<'a> {
    fn place(&self, tag: &str) -> Option<usize> {
        if self.entries.len() <= FEW {
            self.entries.iter().position(|(have, _)| have == tag)
        } else {
            self.places.get(tag).copied()
        }
    }

    /// The last text of a tag counts.
    fn set(&mut self, tag: Cow<'a, str>, words: String) {
        let at = self.place(&tag);
        if let Some(entry) = at.and_then(|at| self.entries.get_mut(at)) {
            entry.1 = words;
            return;
        }
        self.entries.push((tag, words));
        if self.entries.len() > FEW {
            let known = self.places.len();
            let tags = self.entries.iter().map(|(tag, _)| tag.clone());
            self.places.extend(tags.zip(0..).skip(known));
        }
    }
}

impl<'a> Reader<'a, '_> {
    /// Reads a text; an empty one is said to be wrong. `done` is what happens without one.
    pub(super) fn text(&mut self, done: &str) -> Result<LangText, Syntax> {
        match self.json.kind()? {
            Kind::String => {
                let words = self.word_or("a text", done)?;
                Ok(words.map(LangText::untagged).unwrap_or_default())
            }
            Kind::Object => self.tagged(done),
            found @ (Kind::Null | Kind::Bool | Kind::Number | Kind::Array) => {
                self.wrong(found, "a text: a string or an object by language", done)?;
                Ok(LangText::default())
            }
        }
    }

    fn tagged(&mut self, done: &str) -> Result<LangText, Syntax> {
        let at = self.place();
        self.json.open();
        let (mut first, mut said) = (true, false);
        let mut tagged = Tagged::default();
        while let Some(key) = self.json.next_key(&mut first)? {
            if key.name.starts_with("x-") {
                self.json.skip()?;
                continue;
            }
            self.key_repaired(&key);
            let tag = key.name.clone();
            let words = self.within(Step::Key(tag.clone()), |reader| {
                reader.tag(&key, tagged.place(&tag).is_some());
                reader.word("a string")
            })?;
            let Some(words) = words else {
                said = true;
                continue;
            };
            tagged.set(tag, words);
        }
        if tagged.entries.is_empty() && !said {
            self.warn_of_value(Class::Shape, at, |name| format!("{name} is empty; {done}"));
        }
        Ok(LangText::from_distinct(&tagged.entries))
    }

    /// Says what is wrong with the language tag `key`.
    fn tag(&mut self, key: &Key<'a>, again: bool) {
        let shown = || clean_to(&key.name, CUT);
        if again {
            self.warn(Class::Duplicate, key.at, || {
                format!(
                    "duplicate key `{}`: the language stands twice; the last counts",
                    shown()
                )
            });
        } else if !is_tag(&key.name) {
            self.warn(Class::Value, key.at, || {
                format!(
                    "`{}` is no language tag (BCP 47, such as fa or en); kept as it is",
                    shown()
                )
            });
        }
    }
}
