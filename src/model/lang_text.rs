//! One text in one or several languages.

use std::fmt;

/// A text keyed by BCP 47 tags, in file order. A plain string has the empty tag.
///
/// At most one entry has a given tag. The empty tag means "no language told": its direction
/// follows the first strong letter.
///
/// An archive has many of them: they are packed, and not changed once they are made.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct LangText {
    /// Tags and texts in turn, one behind the other.
    words: Box<str>,
    /// Where each tag and each text ends, in bytes.
    ends: Box<[u32]>,
}

impl LangText {
    /// A text without a language tag.
    pub fn untagged(text: impl AsRef<str>) -> Self {
        Self::from_distinct(&[("", text)])
    }

    /// Texts whose tags are told apart already. What does not fit into 4 GiB is left out.
    pub fn from_distinct<T: AsRef<str>, S: AsRef<str>>(texts: &[(T, S)]) -> Self {
        let parts = || {
            texts
                .iter()
                .flat_map(|(tag, text)| [tag.as_ref(), text.as_ref()])
        };
        let mut words = String::with_capacity(parts().map(str::len).sum());
        let mut ends = Vec::with_capacity(texts.len() * 2);
        for part in parts() {
            let part = if words.len() + part.len() > u32::MAX as usize {
                ""
            } else {
                part
            };
            words.push_str(part);
            ends.push(words.len() as u32);
        }
        Self {
            words: words.into_boxed_str(),
            ends: ends.into_boxed_slice(),
        }
    }

    /// True when there is no text in any language.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
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
        let (pairs, _) = self.ends.as_chunks();
        let mut start = 0;
        pairs.iter().map(move |[tag, text]| {
            let (from, tag, text) = (start, *tag as usize, *text as usize);
            start = text;
            let part = |range| self.words.get(range).unwrap_or("");
            (part(from..tag), part(tag..text))
        })
    }
}

impl fmt::Debug for LangText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Of two texts with the same tag the last counts, in the place of the first.
impl<T: AsRef<str>, S: AsRef<str>> FromIterator<(T, S)> for LangText {
    fn from_iter<I: IntoIterator<Item = (T, S)>>(entries: I) -> Self {
        let mut texts: Vec<(T, S)> = Vec::new();
        for (tag, text) in entries {
            match texts
                .iter_mut()
                .find(|(have, _)| have.as_ref() == tag.as_ref())
            {
                Some(entry) => entry.1 = text,
                None => texts.push((tag, text)),
            }
        }
        Self::from_distinct(&texts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_under_their_tags_in_order() {
        let text = LangText::from_iter([("fa", "سلام"), ("", ""), ("en", "hello"), ("fa", "درود")]);
        let all: Vec<_> = text.iter().collect();
        assert_eq!(all, [("fa", "درود"), ("", ""), ("en", "hello")]);
        assert_eq!((text.get("en"), text.get("de")), (Some("hello"), None));
        assert_eq!(text.best("de"), Some(("", "")));
        assert_eq!(
            format!("{text:?}"),
            r#"{"fa": "درود", "": "", "en": "hello"}"#
        );
        assert!(!text.is_empty() && LangText::default().is_empty());
        assert_ne!(text, LangText::untagged("درود"));
    }
}
