//! Finds the row whose reordering is the wanted one.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each rule of UAX #9 names a few of the classes"
)]

use super::super::{Kind, Wanted};
use super::levels::{Letter, Levels, display_order, row_order};
use crate::text::BidiType;

/// A blank that counts as a left-to-right letter: BRAILLE PATTERN BLANK.
const LEFT_BLANK: char = '\u{2800}';

/// How often levels are tried again before another beginning is tried.
const TRIES: usize = 6;

/// Scratch space and the row found last.
#[derive(Debug, Default)]
pub struct Solver {
    /// The wanted characters, from the left.
    cells: Vec<Letter>,
    /// Cells that stand beside a border.
    edges: Vec<bool>,
    /// Level of each wanted character, as guessed.
    guess: Vec<u8>,
    order: Vec<u16>,
    row: Vec<Letter>,
    levels: Levels,
    shown: Vec<u16>,
    best: Vec<(u16, char)>,
    /// Wrong columns in `best`.
    wrong: usize,
}

/// Which blanks are sent as [`LEFT_BLANK`], the fewest first.
#[derive(Clone, Copy)]
enum Blanks {
    AsTheyAre,
    First,
    Edges,
    All,
}

impl Solver {
    /// Looks for the row that shows `cells`, which come from the left.
    pub fn solve<'a>(&mut self, cells: impl Iterator<Item = &'a Wanted>) {
        self.cells.clear();
        self.edges.clear();
        let mut border = true;
        for cell in cells {
            self.cells.push(Letter::new(cell.first()));
            if border && cell.kind == Kind::Blank {
                self.edges.push(true);
            } else {
                self.edges.push(false);
            }
            border = cell.kind == Kind::Box;
        }
        self.wrong = usize::MAX;
        for blanks in [Blanks::AsTheyAre, Blanks::First, Blanks::Edges, Blanks::All] {
            self.take(blanks);
            for paragraph in [1, 0] {
                self.guess(paragraph);
                self.refine();
                if self.wrong == 0 {
                    return;
                }
            }
        }
    }

    /// The row found: `(wanted character, what is sent for its base)`.
    pub fn row(&self) -> impl Iterator<Item = (u16, char)> {
        self.best.iter().copied()
    }

    fn take(&mut self, blanks: Blanks) {
        let blank = |cell: &&mut Letter| cell.c == ' ';
        let left = |cell: &mut Letter| *cell = Letter::new(LEFT_BLANK);
        match blanks {
            Blanks::AsTheyAre => {}
            Blanks::First => self.cells.iter_mut().filter(blank).take(1).for_each(left),
            Blanks::Edges => {
                let edges = self
                    .cells
                    .iter_mut()
                    .zip(&self.edges)
                    .filter(|(_, edge)| **edge);
                edges.for_each(|(cell, _)| left(cell));
            }
            Blanks::All => self.cells.iter_mut().filter(blank).for_each(left),
        }
    }

    /// Levels as a reader would see them, for a paragraph of level `paragraph`.
    fn guess(&mut self, paragraph: u8) {
        let left = 2 * paragraph;
        self.guess.clear();
        let mut before = paragraph;
        let mut from = 0;
        for (at, cell) in self.cells.iter().enumerate() {
            let level = match cell.kind {
                BidiType::Left => left,
                BidiType::Right | BidiType::Arabic => 1,
                BidiType::EuropeanNumber | BidiType::ArabicNumber if paragraph == 1 => 2,
                _ => continue,
            };
            let between = if level == before { level } else { paragraph };
            self.guess.resize(at, between);
            self.guess.push(level);
            (before, from) = (level, at + 1);
        }
        self.guess.truncate(from);
        self.guess.resize(self.cells.len(), paragraph);
        if paragraph == 0 {
            self.guess_numbers();
        }
    }

    /// In a left-to-right paragraph, numbers with a letter to their right that runs to the left
    /// belong to it.
    fn guess_numbers(&mut self) {
        let mut right = BidiType::Left;
        for (cell, guess) in self.cells.iter().zip(&mut self.guess).rev() {
            match cell.kind {
                BidiType::EuropeanNumber | BidiType::ArabicNumber if right != BidiType::Left => {
                    *guess = 2;
                }
                BidiType::Left | BidiType::Right | BidiType::Arabic => right = cell.kind,
                _ => {}
            }
        }
    }

    /// Orders the row by the guess, runs the algorithm forward, takes its levels as the next guess.
    fn refine(&mut self) {
        for _ in 0..TRIES {
            row_order(&self.guess, &mut self.order);
            self.row.clear();
            self.row.extend(self.order.iter().map(|at| {
                let (cell, level) = (self.cells[usize::from(*at)], self.guess[usize::from(*at)]);
                if level % 2 == 1 { cell.turned() } else { cell }
            }));
            self.levels.resolve(&self.row);
            let wrong = self.wrong_columns();
            if wrong < self.wrong {
                self.wrong = wrong;
                let sent = self
                    .order
                    .iter()
                    .zip(&self.row)
                    .map(|(at, letter)| (*at, letter.c));
                self.best.clear();
                self.best.extend(sent);
            }
            let mut changed = false;
            for (at, level) in self.order.iter().zip(&self.levels.of) {
                changed |= self.guess[usize::from(*at)] != *level;
                self.guess[usize::from(*at)] = *level;
            }
            if wrong == 0 || !changed {
                return;
            }
        }
    }

    /// How many columns the row just resolved shows wrongly.
    fn wrong_columns(&mut self) -> usize {
        display_order(&self.levels.of, &mut self.shown);
        let shown = self.shown.iter().map(|at| usize::from(*at)).enumerate();
        let wrong = shown.filter(|(column, at)| {
            let letter = self.row[*at];
            let odd = self.levels.of[*at] % 2 == 1;
            let seen = if odd {
                letter.mirror.unwrap_or(letter.c)
            } else {
                letter.c
            };
            usize::from(self.order[*at]) != *column || seen != self.cells[*column].c
        });
        wrong.count()
    }
}
