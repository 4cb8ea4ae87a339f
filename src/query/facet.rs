//! The ways to sort events into heaps: one table, from which panes, queries and help are made.

use crate::model::{ActorKind, Mode};
use crate::words::Lang;

/// One way to sort events. An event can lie under several values of a facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Persons.
    Leader,
    /// Bodies.
    Organization,
    /// States.
    State,
    /// News media and networks.
    Media,
    /// Actors whose kind the file does not tell, and ids that no actor has.
    Other,
    /// Where.
    Place,
    /// Free words.
    Tag,
    /// How near the words are to those said.
    Mode,
    /// Documents.
    Source,
}

impl Facet {
    /// All facets, in the order they are shown.
    pub const ALL: [Self; 9] = [
        Self::Leader,
        Self::Organization,
        Self::State,
        Self::Media,
        Self::Other,
        Self::Place,
        Self::Tag,
        Self::Mode,
        Self::Source,
    ];

    /// Its place in [`Self::ALL`].
    pub const fn number(self) -> usize {
        self as usize
    }

    /// Names in a typed query, the preferred one first: English, then Persian.
    pub const fn fields(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Leader => (&["leader", "person", "who"], &["رهبر", "شخص", "کس"]),
            Self::Organization => (&["org", "organization", "body"], &["نهاد", "سازمان"]),
            Self::State => (&["state", "country"], &["کشور", "دولت"]),
            Self::Media => (&["media", "via"], &["رسانه"]),
            Self::Other => (&["other"], &["دیگر"]),
            Self::Place => (&["place", "where"], &["جا", "مکان"]),
            Self::Tag => (&["tag"], &["برچسب"]),
            Self::Mode => (&["mode"], &["نوع"]),
            Self::Source => (&["source"], &["منبع"]),
        }
    }

    /// The name of its field in a typed query.
    pub fn field(self, lang: Lang) -> &'static str {
        let (en, fa) = self.fields();
        let names = match lang {
            Lang::Fa => fa,
            Lang::En => en,
        };
        names.first().copied().unwrap_or("")
    }

    /// The facet of a field's name, in either language.
    pub fn of_field(name: &str) -> Option<Self> {
        let named = |facet: &Self| {
            let (en, fa) = facet.fields();
            en.iter().any(|own| own.eq_ignore_ascii_case(name)) || fa.contains(&name)
        };
        Self::ALL.into_iter().find(named)
    }

    /// The facet of actors of a kind.
    pub const fn of_kind(kind: ActorKind) -> Self {
        match kind {
            ActorKind::Person => Self::Leader,
            ActorKind::Organization => Self::Organization,
            ActorKind::State => Self::State,
            ActorKind::Media => Self::Media,
            ActorKind::Unspecified => Self::Other,
        }
    }

    /// True when its values are actors: "as speaker" can be told from "any part".
    pub const fn of_actors(self) -> bool {
        matches!(
            self,
            Self::Leader | Self::Organization | Self::State | Self::Media | Self::Other
        )
    }
}

/// A value of a facet: its position in [`super::Index::values`]. Means nothing in another index;
/// [`super::Filter::carried`] translates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueId(pub u32);

impl From<Mode> for ValueId {
    fn from(mode: Mode) -> Self {
        Self(mode as u32)
    }
}

/// What a mode is called, English and Persian; the English is also the word of the event file.
pub const fn mode_names(mode: Mode) -> (&'static str, &'static str) {
    match mode {
        Mode::Direct => ("direct", "نقل مستقیم"),
        Mode::Partial => ("partial", "نقل بخشی"),
        Mode::Reported => ("reported", "نقل به مضمون"),
        Mode::Headline => ("headline", "تیتر"),
        Mode::Unspecified => ("unspecified", "نامعلوم"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_facets_share_a_field() {
        for facet in Facet::ALL {
            assert_eq!(Facet::ALL.get(facet.number()), Some(&facet));
            let (en, fa) = facet.fields();
            for name in en.iter().chain(fa) {
                assert_eq!(Facet::of_field(name), Some(facet), "{name}");
            }
        }
    }
}
