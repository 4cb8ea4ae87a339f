//! What the mouse did, in cells of the screen.

/// One report of the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub kind: MouseKind,
    /// Column from 0, from the left of the screen.
    pub column: u16,
    /// Row from 0, from the top.
    pub row: u16,
}

/// What the mouse did. Only the first button counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The button went down.
    Press,
    /// It moved with the button held.
    Drag,
    /// The button went up.
    Release,
    /// The wheel turned away from the reader.
    WheelUp,
    /// The wheel turned towards the reader.
    WheelDown,
}
