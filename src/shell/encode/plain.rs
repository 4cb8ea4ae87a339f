//! Terminals that put each cell where they are told and neither reorder nor join: the cells as
//! they are. Also for terminals that have a mode for this (VTE, mlterm), once it is set.

use super::{Encoder, Sent, Wanted};

/// Sends the cells as they are.
#[derive(Debug)]
pub struct Plain;

impl Encoder for Plain {
    fn encode(&mut self, wanted: &[Wanted], sent: &mut Sent) {
        for cell in wanted {
            sent.push_wanted(cell);
        }
    }
}
