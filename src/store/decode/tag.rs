//! Language tags.

/// True for a well-formed tag: BCP 47 (RFC 5646, section 2.1), subtags not looked up.
pub(in crate::store) fn is_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let primary = subtags.next().unwrap_or("");
    let alphabetic = |text: &str| text.bytes().all(|b| b.is_ascii_alphabetic());
    if !(2..=8).contains(&primary.len()) || !alphabetic(primary) {
        return false;
    }
    let mut private = false;
    subtags.all(|subtag| {
        private |= subtag.eq_ignore_ascii_case("x");
        (1..=8).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphanumeric())
    }) && (!private || !tag.ends_with("-x"))
}

#[cfg(test)]
mod tests {
    use super::is_tag;

    #[test]
    fn tags_are_told_from_names() {
        for good in [
            "fa",
            "en",
            "ckb",
            "fa-AF",
            "zh-Hant-TW",
            "sl-rozaj",
            "de-x-ab",
        ] {
            assert!(is_tag(good), "{good}");
        }
        for bad in [
            "",
            "f",
            "farsi language",
            "فا",
            "fa_IR",
            "fa-",
            "-fa",
            "languages9",
        ] {
            assert!(!is_tag(bad), "{bad}");
        }
    }
}
