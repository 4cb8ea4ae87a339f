//! A text in one or several languages.

use std::borrow::Cow;
use std::collections::HashMap;

use super::reader::{CUT, Reader};
use super::tag::is_tag;
use crate::model::LangText;
use crate::store::json::{Key, Kind, Step, Syntax};
use crate::store::problem::Class;
use crate::text::clean_to;

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
        let mut entries: Vec<(Cow<'a, str>, String)> = Vec::new();
        let mut seen: HashMap<Cow<'a, str>, usize> = HashMap::new();
        while let Some(key) = self.json.next_key(&mut first)? {
            if key.name.starts_with("x-") {
                self.json.skip()?;
                continue;
            }
            self.key_repaired(&key);
            let tag = key.name.clone();
            let words = self.within(Step::Key(tag.clone()), |reader| {
                reader.tag(&key, seen.contains_key(&tag));
                reader.word("a string")
            })?;
            let Some(words) = words else {
                said = true;
                continue;
            };
            let have = seen.get(&tag).and_then(|at| entries.get_mut(*at));
            if let Some(entry) = have {
                entry.1 = words;
            } else {
                seen.insert(tag.clone(), entries.len());
                entries.push((tag, words));
            }
        }
        if entries.is_empty() && !said {
            self.warn_of_value(Class::Shape, at, |name| format!("{name} is empty; {done}"));
        }
        let mut texts = Vec::with_capacity(entries.len());
        texts.extend(
            entries
                .into_iter()
                .map(|(tag, words)| (tag.into_owned(), words)),
        );
        Ok(LangText::from_distinct(texts))
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
