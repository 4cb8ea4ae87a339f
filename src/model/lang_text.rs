//! One text in one or several languages.

/// A text keyed by BCP 47 tags, in file order. A plain string has the empty tag.
///
/// At most one entry has a given tag. The empty tag means "no language told": its direction
/// follows the first strong letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LangText(Vec<(String, String)>);

impl LangText {
    /// A text without a language tag.
    pub fn untagged(text: impl Into<String>) -> Self {
        Self(vec![(String::new(), text.into())])
    }

    /// Texts whose tags are told apart already.
    pub fn from_distinct(texts: Vec<(String, String)>) -> Self {
        Self(texts)
    }

    /// Sets the text under `tag`; a text that was there is replaced in place.
    pub fn set(&mut self, tag: impl Into<String>, text: impl Into<String>) {
        let (tag, text) = (tag.into(), text.into());
        match self.0.iter_mut().find(|(have, _)| *have == tag) {
            Some(entry) => entry.1 = text,
            None => self.0.push((tag, text)),
        }
    }

    /// True when there is no text in any language.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text under exactly `tag`.
    pub fn get(&self, tag: &str) -> Option<&str> {
        self.iter()
            .find(|(have, _)| *have == tag)
            .map(|(_, text)| text)
    }

    /// The `(tag, text)` to show to a reader of `wanted`: that tag, its subtags (`fa-AF` for
    /// `fa`), the untagged text, else the first one.
    pub fn best(&self, wanted: &str) -> Option<(&str, &str)> {
        let subtag = |tag: &str| {
            tag.strip_prefix(wanted)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        self.iter()
            .find(|(tag, _)| *tag == wanted)
            .or_else(|| self.iter().find(|(tag, _)| subtag(tag)))
            .or_else(|| self.iter().find(|(tag, _)| tag.is_empty()))
            .or_else(|| self.iter().next())
    }

    /// `(tag, text)` in file order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(tag, text)| (tag.as_str(), text.as_str()))
    }
}

impl<T: Into<String>, S: Into<String>> FromIterator<(T, S)> for LangText {
    fn from_iter<I: IntoIterator<Item = (T, S)>>(entries: I) -> Self {
        let mut text = Self::default();
        for (tag, words) in entries {
            text.set(tag, words);
        }
        text
    }
}
