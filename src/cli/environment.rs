//! The environment, asked in one place and passed on.

use std::collections::HashMap;
use std::path::PathBuf;

/// What the environment says.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// `None`: the process's own.
    given: Option<HashMap<String, String>>,
}

impl Environment {
    /// The environment of the process.
    pub fn of_process() -> Self {
        Self { given: None }
    }

    /// An environment of these variables alone, for tests.
    pub fn of<'a>(variables: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        Self {
            given: Some(variables.into_iter().map(owned).collect()),
        }
    }

    /// The value of a variable that is set, not empty and UTF-8.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks")]
    pub fn get(&self, name: &str) -> Option<String> {
        let value = match &self.given {
            Some(given) => given.get(name).cloned(),
            None => std::env::var(name).ok(),
        };
        value.filter(|value| !value.is_empty())
    }

    /// All variables whose name and value are UTF-8.
    pub fn all(&self) -> Vec<(String, String)> {
        let own = || {
            std::env::vars_os().filter_map(|(name, value)| {
                Some((name.into_string().ok()?, value.into_string().ok()?))
            })
        };
        match &self.given {
            Some(given) => given.clone().into_iter().collect(),
            None => own().collect(),
        }
    }

    /// The folder for our configuration (XDG Base Directory Specification).
    pub fn config_dir(&self) -> Option<PathBuf> {
        self.folder("XDG_CONFIG_HOME", ".config")
    }

    /// The folder for what can be made again (XDG Base Directory Specification).
    pub fn cache_dir(&self) -> Option<PathBuf> {
        self.folder("XDG_CACHE_HOME", ".cache")
    }

    /// The language of the interface that the locale asks for; `None` when it asks for none.
    pub fn language(&self) -> Option<String> {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| self.get(name))?;
        let language = locale.split(['_', '.', '@']).next().unwrap_or_default();
        let says_nothing = ["", "C", "POSIX"].contains(&language);
        (!says_nothing).then(|| language.to_ascii_lowercase())
    }

    fn folder(&self, variable: &str, in_home: &str) -> Option<PathBuf> {
        // A relative path there is to be ignored, says the specification.
        let told = self.get(variable).map(PathBuf::from);
        told.filter(|path| path.is_absolute())
            .or_else(|| Some(PathBuf::from(self.get("HOME")?).join(in_home)))
            .map(|folder| folder.join("sokhan"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folders_follow_the_specification() {
        let at = |variables: &[(&str, &str)]| {
            Environment::of(variables.iter().copied())
                .config_dir()
                .map(|path| path.display().to_string())
        };
        assert_eq!(at(&[("HOME", "/h")]).as_deref(), Some("/h/.config/sokhan"));
        assert_eq!(
            at(&[("HOME", "/h"), ("XDG_CONFIG_HOME", "/x")]).as_deref(),
            Some("/x/sokhan")
        );
        assert_eq!(
            at(&[("HOME", "/h"), ("XDG_CONFIG_HOME", "x")]).as_deref(),
            Some("/h/.config/sokhan")
        );
        assert_eq!(at(&[]), None);
        let cache = Environment::of([("HOME", "/h")]).cache_dir();
        assert_eq!(cache, Some("/h/.cache/sokhan".into()));
    }

    #[test]
    fn the_locale_names_a_language() {
        for (variables, language) in [
            (&[("LANG", "fa_IR.UTF-8")][..], Some("fa")),
            (&[("LANG", "fa_IR"), ("LC_ALL", "en_US.UTF-8")], Some("en")),
            (&[("LANG", "C.UTF-8")], None),
            (&[("LC_ALL", ""), ("LANG", "de")], Some("de")),
            (&[], None),
        ] {
            let environment = Environment::of(variables.iter().copied());
            assert_eq!(environment.language().as_deref(), language);
        }
    }
}
