//! UAX #9 as a terminal does it: one row is one paragraph without any control, its direction is
//! that of the first strong character.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each rule of UAX #9 names a few of the classes"
)]

use crate::text::{BidiType, Bracket, bidi_type, bracket, mirrored};

/// A character in the order of the row, with the properties the algorithm needs.
#[derive(Clone, Copy, Debug)]
pub struct Letter {
    /// What is sent.
    pub c: char,
    /// Its bidi class.
    pub kind: BidiType,
    /// The bracket it is.
    pub bracket: Option<Bracket>,
    /// What is seen instead at an odd level.
    pub mirror: Option<char>,
}

impl Letter {
    /// With the properties that Unicode gives it.
    pub fn new(c: char) -> Self {
        let kind = quick_type(c).unwrap_or_else(|| bidi_type(c));
        if kind != BidiType::Neutral {
            return Self {
                c,
                kind,
                bracket: None,
                mirror: None,
            };
        }
        Self {
            c,
            kind,
            bracket: bracket(c),
            mirror: mirrored(c),
        }
    }

    /// Its mirror image.
    #[must_use]
    pub fn turned(self) -> Self {
        self.mirror.map_or(self, Self::new)
    }
}

/// The classes of what fills most cells.
fn quick_type(c: char) -> Option<BidiType> {
    match c {
        'a'..='z' | 'A'..='Z' => Some(BidiType::Left),
        '\u{fe80}'..='\u{fefc}' => Some(BidiType::Arabic),
        ' ' => Some(BidiType::Blank),
        _ => None,
    }
}

/// The level of each character; scratch space for the rest.
#[derive(Debug, Default)]
pub struct Levels {
    kinds: Vec<BidiType>,
    /// The level of each character.
    pub of: Vec<u8>,
    /// The paragraph level: 0 or 1.
    pub paragraph: u8,
}

impl Levels {
    /// Resolves the levels of a row.
    pub fn resolve(&mut self, row: &[Letter]) {
        self.kinds.clear();
        self.kinds.extend(row.iter().map(|letter| letter.kind));
        self.paragraph = paragraph_level(&self.kinds);
        self.weak();
        self.european_numbers();
        self.brackets(row);
        self.neutrals();
        self.implicit();
        self.trailing_blanks(row);
    }

    fn embedding(&self) -> BidiType {
        if self.paragraph == 0 {
            BidiType::Left
        } else {
            BidiType::Right
        }
    }

    /// W1 to W6.
    fn weak(&mut self) {
        use BidiType::{
            Arabic, ArabicNumber, EuropeanNumber, Left, Mark, Neutral, Right, Separator, Sign,
            Terminator,
        };
        let (mut strong, mut before) = (self.embedding(), self.embedding());
        for kind in &mut self.kinds {
            match *kind {
                Mark => *kind = before,
                EuropeanNumber if strong == Arabic => *kind = ArabicNumber,
                Left | Right | Arabic => strong = *kind,
                _ => {}
            }
            before = *kind;
        }
        for kind in &mut self.kinds {
            if *kind == Arabic {
                *kind = Right;
            }
        }
        for at in 1..self.kinds.len().saturating_sub(1) {
            let (left, right) = (self.kinds[at - 1], self.kinds[at + 1]);
            match self.kinds[at] {
                Sign if left == EuropeanNumber && right == left => self.kinds[at] = left,
                Separator if matches!(left, EuropeanNumber | ArabicNumber) && right == left => {
                    self.kinds[at] = left;
                }
                _ => {}
            }
        }
        let mut at = 0;
        while at < self.kinds.len() {
            let end = self.run_end(at, |kind| kind == Terminator);
            let number = |at: Option<&BidiType>| at == Some(&EuropeanNumber);
            let before = at.checked_sub(1).and_then(|before| self.kinds.get(before));
            if end > at && (number(before) || number(self.kinds.get(end))) {
                self.kinds[at..end].fill(EuropeanNumber);
            }
            at = end.max(at + 1);
        }
        for kind in &mut self.kinds {
            if matches!(*kind, Sign | Terminator | Separator) {
                *kind = Neutral;
            }
        }
    }

    /// W7.
    fn european_numbers(&mut self) {
        let mut strong = self.embedding();
        for kind in &mut self.kinds {
            match *kind {
                BidiType::EuropeanNumber if strong == BidiType::Left => *kind = BidiType::Left,
                BidiType::Left | BidiType::Right => strong = *kind,
                _ => {}
            }
        }
    }

    /// N0.
    fn brackets(&mut self, row: &[Letter]) {
        let embedding = self.embedding();
        for (open, close) in pairs(row, &self.kinds) {
            let inside = self.kinds[open + 1..close]
                .iter()
                .filter_map(|kind| direction(*kind));
            let mut found = None;
            for direction in inside {
                found = Some(direction);
                if direction == embedding {
                    break;
                }
            }
            let before = || {
                let before = self.kinds[..open]
                    .iter()
                    .rev()
                    .find_map(|kind| direction(*kind));
                before.unwrap_or(embedding)
            };
            let resolved = match found {
                None => continue,
                Some(inside) if inside == embedding => embedding,
                Some(inside) if inside == before() => inside,
                Some(_) => embedding,
            };
            self.kinds[open] = resolved;
            self.kinds[close] = resolved;
        }
    }

    /// N1 and N2.
    fn neutrals(&mut self) {
        let embedding = self.embedding();
        let mut at = 0;
        let mut before = embedding;
        while at < self.kinds.len() {
            let end = self.run_end(at, |kind| direction(kind).is_none());
            if end > at {
                let after = self.kinds.get(end).and_then(|kind| direction(*kind));
                let both = before == after.unwrap_or(embedding);
                self.kinds[at..end].fill(if both { before } else { embedding });
            }
            if let Some(kind) = self.kinds.get(end) {
                before = direction(*kind).unwrap_or(before);
            }
            at = end + 1;
        }
    }

    /// I1 and I2.
    fn implicit(&mut self) {
        let paragraph = self.paragraph;
        self.of.clear();
        self.of
            .extend(self.kinds.iter().map(|kind| match (kind, paragraph) {
                (BidiType::Right, _) => 1,
                (BidiType::Left, 0) => 0,
                _ => 2,
            }));
    }

    /// L1.
    fn trailing_blanks(&mut self, row: &[Letter]) {
        let mut ends = true;
        for (letter, level) in row.iter().zip(&mut self.of).rev() {
            ends = match letter.kind {
                BidiType::Segment => true,
                BidiType::Blank => ends,
                _ => false,
            };
            if ends {
                *level = self.paragraph;
            }
        }
    }

    fn run_end(&self, from: usize, belongs: impl Fn(BidiType) -> bool) -> usize {
        let run = self.kinds[from..].iter().take_while(|kind| belongs(**kind));
        from + run.count()
    }
}

/// P2 and P3.
fn paragraph_level(kinds: &[BidiType]) -> u8 {
    let strong = kinds.iter().find_map(|kind| match kind {
        BidiType::Left => Some(0),
        BidiType::Right | BidiType::Arabic => Some(1),
        _ => None,
    });
    strong.unwrap_or(0)
}

/// The direction a resolved type counts for in N0 to N2; numbers count as right-to-left.
fn direction(kind: BidiType) -> Option<BidiType> {
    match kind {
        BidiType::Left => Some(BidiType::Left),
        BidiType::Right | BidiType::EuropeanNumber | BidiType::ArabicNumber => {
            Some(BidiType::Right)
        }
        _ => None,
    }
}

/// The pairs of brackets (BD16), by their opening.
fn pairs(row: &[Letter], kinds: &[BidiType]) -> Vec<(usize, usize)> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut found = Vec::new();
    for (at, letter) in row.iter().enumerate() {
        if kinds.get(at) != Some(&BidiType::Neutral) {
            continue;
        }
        match letter.bracket {
            Some(Bracket::Opens(_)) if open.len() == 63 => break,
            Some(Bracket::Opens(close)) => open.push((alike(close), at)),
            Some(Bracket::Closes) => {
                let closes = |(close, _): &(char, usize)| *close == alike(letter.c);
                if let Some(pair) = open.iter().rposition(closes) {
                    found.push((open[pair].1, at));
                    open.truncate(pair);
                }
            }
            None => {}
        }
    }
    found.sort_unstable();
    found
}

/// U+232A is canonically the same as U+3009.
fn alike(c: char) -> char {
    if c == '\u{232a}' { '\u{3009}' } else { c }
}

/// L2: what stands where, from the left, as positions in the order of the row.
pub fn display_order(levels: &[u8], order: &mut Vec<u16>) {
    order.clear();
    order.extend(0..levels.len() as u16);
    for level in (1..=levels.iter().copied().max().unwrap_or(0)).rev() {
        reverse_runs(levels, level, order);
    }
}

/// L2 backwards: the order of the row for cells with these levels, given from the left.
pub fn row_order(levels: &[u8], order: &mut Vec<u16>) {
    order.clear();
    order.extend(0..levels.len() as u16);
    for level in 1..=levels.iter().copied().max().unwrap_or(0) {
        reverse_runs(levels, level, order);
    }
}

/// Reverses each longest run of `order` whose levels are `level` or higher.
fn reverse_runs(levels: &[u8], level: u8, order: &mut [u16]) {
    let high = |at: u16| {
        levels
            .get(usize::from(at))
            .is_some_and(|found| *found >= level)
    };
    for run in order.chunk_by_mut(|a, b| high(*a) == high(*b)) {
        if run.first().is_some_and(|first| high(*first)) {
            run.reverse();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn orders_undo_each_other(levels in proptest::collection::vec(0_u8..3, 0..20)) {
            let (mut order, mut back) = (Vec::new(), Vec::new());
            row_order(&levels, &mut order);
            let moved: Vec<u8> = order.iter().map(|at| levels[usize::from(*at)]).collect();
            display_order(&moved, &mut back);
            let seen: Vec<u16> = back.iter().map(|at| order[usize::from(*at)]).collect();
            proptest::prop_assert_eq!(seen, (0..levels.len() as u16).collect::<Vec<_>>());
        }
    }
}
