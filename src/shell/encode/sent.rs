//! What the columns of one row were sent.

use std::ops::Range;

use super::{Look, Wanted};

/// One row as the terminal was given it, column by column.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    text: String,
    columns: Vec<Column>,
    /// Where each wanted column went, when columns move; empty when they stay.
    places: Vec<u16>,
}

#[derive(Clone, Copy, Debug)]
struct Column {
    start: u32,
    end: u32,
    look: Look,
    width: u8,
}

impl Sent {
    /// Becomes `width` blank columns.
    pub fn make_blank(&mut self, width: usize) {
        self.clear();
        for _ in 0..width {
            self.push(" ", Look::PLAIN, 1);
        }
    }

    /// Forgets everything, keeping the memory.
    pub fn clear(&mut self) {
        self.text.clear();
        self.columns.clear();
        self.places.clear();
    }

    /// Adds a cell of `width` columns (0 for the further columns of a wide one).
    pub fn push(&mut self, text: &str, look: Look, width: u8) {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        self.columns.push(Column {
            start,
            end: self.text.len() as u32,
            look,
            width,
        });
    }

    /// Adds a cell as it is.
    pub fn push_wanted(&mut self, cell: &Wanted) {
        self.push(
            if cell.width == 0 { "" } else { cell.symbol() },
            cell.look,
            cell.width,
        );
    }

    /// Adds to the text of the last cell.
    pub fn append(&mut self, text: &str) {
        self.text.push_str(text);
        if let Some(last) = self.columns.last_mut() {
            last.end = self.text.len() as u32;
        }
    }

    /// Number of columns.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// True without any column.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// The bytes of a column.
    pub fn text(&self, column: usize) -> &str {
        let range = self.columns.get(column).map_or(0..0, Column::range);
        self.text.get(range).unwrap_or("")
    }

    /// The look of a column.
    pub fn look(&self, column: usize) -> Look {
        self.columns
            .get(column)
            .map_or(Look::PLAIN, |column| column.look)
    }

    /// Columns that the cell at `column` takes; 0 in the middle of a wide one.
    pub fn width(&self, column: usize) -> u8 {
        self.columns.get(column).map_or(1, |column| column.width)
    }

    /// True when `column` was sent the same in both rows.
    pub fn same(&self, other: &Self, column: usize) -> bool {
        let (Some(a), Some(b)) = (self.columns.get(column), other.columns.get(column)) else {
            return false;
        };
        a.width == b.width && a.look == b.look && self.text(column) == other.text(column)
    }

    /// Tells where each wanted column went.
    pub fn set_places(&mut self, places: impl Iterator<Item = u16>) {
        self.places.clear();
        self.places.extend(places);
    }

    /// The column the terminal knows the wanted column by.
    pub fn place(&self, wanted: u16) -> u16 {
        self.places
            .get(usize::from(wanted))
            .copied()
            .unwrap_or(wanted)
    }

    /// The wanted column of a column as the terminal reports it.
    pub fn wanted_at(&self, place: u16) -> u16 {
        let found = self.places.iter().position(|to| *to == place);
        found.map_or(place, |column| column as u16)
    }
}

impl Column {
    fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}
