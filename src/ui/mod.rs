//! [`State`] becomes cells. Reads the state and changes nothing; text reaches cells through
//! `paint` alone.

use ratatui::buffer::Buffer;

use crate::app::State;

/// Paints the whole screen into `buffer`. Returns the column and row of the terminal's cursor when
/// the reader is typing; else the cursor is hidden.
pub fn view(state: &State, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let _ = (state, buffer);
    None
}
