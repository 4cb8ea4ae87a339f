//! `PuTTY`: it reorders each row by UAX #9 and cannot be told not to. So the row is inverted: what
//! is sent is the row whose reordering is the wanted one.
//!
//! Letters move in the row, and with them their looks; the cursor and clicks are told by the moved
//! columns.

mod levels;
mod solve;

pub use levels::{Letter, Levels};

use super::{Encoder, Kind, Sent, Wanted};
use solve::Solver;

/// Sends rows whose reordering is the wanted row.
#[derive(Debug, Default)]
pub struct Inverse {
    solver: Solver,
    /// First column of each wanted character, from the left.
    starts: Vec<u16>,
    places: Vec<u16>,
}

impl Encoder for Inverse {
    fn encode(&mut self, wanted: &[Wanted], sent: &mut Sent) {
        if !wanted.iter().any(|cell| cell.kind == Kind::Rtl) {
            for cell in wanted {
                sent.push_wanted(cell);
            }
            return;
        }
        let starts = wanted
            .iter()
            .enumerate()
            .filter(|(_, cell)| cell.kind != Kind::Second);
        self.starts.clear();
        self.starts.extend(starts.map(|(column, _)| column as u16));
        let cells = self
            .starts
            .iter()
            .filter_map(|at| wanted.get(usize::from(*at)));
        self.solver.solve(cells);
        self.places.clear();
        self.places.extend(0..wanted.len() as u16);
        for (at, c) in self.solver.row() {
            let start = self.starts.get(usize::from(at)).copied().unwrap_or(0);
            push(wanted, start, c, &mut self.places, sent);
        }
        sent.set_places(self.places.iter().copied());
    }
}

/// Sends the cell at `start` with `c` for its base, and notes where its columns went.
fn push(wanted: &[Wanted], start: u16, c: char, places: &mut [u16], sent: &mut Sent) {
    let Some(cell) = wanted.get(usize::from(start)) else {
        return;
    };
    let to = sent.len() as u16;
    if c == cell.first() {
        sent.push(cell.symbol(), cell.look, cell.width);
    } else {
        sent.push(c.encode_utf8(&mut [0; 4]), cell.look, cell.width);
        sent.append(cell.symbol().get(cell.first().len_utf8()..).unwrap_or(""));
    }
    for second in 0..u16::from(cell.width) {
        if second > 0 {
            sent.push("", cell.look, 0);
        }
        if let Some(place) = places.get_mut(usize::from(start + second)) {
            *place = to + second;
        }
    }
}
