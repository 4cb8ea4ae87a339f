//! Cursive joining, in the order of the text, before anything is wrapped or turned round.

use icu_properties::CodePointMapData;
use icu_properties::props::JoiningType;
use unicode_bidi::BidiClass;

use super::cluster::Letter;

/// Joins `letters`, one paragraph in the order of the text.
///
/// A letter joins the one before it when both can, only transparent characters lie between, and no
/// other level does (UAX #9, 3.5). What rule X9 removes has no level and parts nothing.
pub(super) fn join(letters: &mut [Letter]) {
    let types = CodePointMapData::<JoiningType>::new();
    let mut before = Before::default();
    for at in 0..letters.len() {
        let kind = match letters[at].own {
            none if none < FIRST_JOINING => JoiningType::NonJoining,
            letter => types.get(letter),
        };
        let level = (!removed_by_x9(letters[at].class)).then_some(letters[at].level);
        before.meet(level);
        if kind == JoiningType::Transparent {
            continue;
        }
        if before.joins_on && !before.parted && joins_back(kind) {
            letters[before.at].joins.on = true;
            letters[at].joins.back = true;
        }
        before = Before {
            at,
            joins_on: joins_on(kind),
            level,
            parted: false,
        };
    }
}

/// UAX #9 X9.
fn removed_by_x9(class: BidiClass) -> bool {
    use BidiClass::{BN, LRE, LRO, PDF, RLE, RLO};
    matches!(class, BN | LRE | LRO | PDF | RLE | RLO)
}

/// Every character before this one is non-joining: no look at the table for ASCII.
const FIRST_JOINING: char = '\u{ad}';

/// What was seen since the last letter that is not transparent.
#[derive(Default)]
struct Before {
    at: usize,
    joins_on: bool,
    level: Option<u8>,
    parted: bool,
}

impl Before {
    fn meet(&mut self, level: Option<u8>) {
        if let Some(level) = level {
            self.parted |= *self.level.get_or_insert(level) != level;
        }
    }
}

fn joins_back(kind: JoiningType) -> bool {
    matches!(
        kind,
        JoiningType::DualJoining | JoiningType::RightJoining | JoiningType::JoinCausing
    )
}

fn joins_on(kind: JoiningType) -> bool {
    matches!(
        kind,
        JoiningType::DualJoining | JoiningType::LeftJoining | JoiningType::JoinCausing
    )
}

/// True when a joiner (U+200D) behind `letter` can matter to its shape.
pub(super) fn is_joining(letter: char) -> bool {
    let kind = CodePointMapData::<JoiningType>::new().get(letter);
    joins_back(kind) || joins_on(kind)
}
