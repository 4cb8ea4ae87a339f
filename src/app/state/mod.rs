//! What the program is doing, in one value.

use super::Settings;

/// All that the screen depends on. [`super::update`] alone changes it; `ui::view` reads it.
#[derive(Clone, Debug)]
pub struct State {
    /// What the reader chose.
    pub settings: Settings,
    /// Columns and rows of the screen.
    pub size: (u16, u16),
    /// A line at the bottom, gone at the next key.
    pub notice: Option<String>,
}

impl State {
    /// An empty screen of `size` columns and rows, before any data.
    pub fn new(settings: Settings, size: (u16, u16)) -> Self {
        Self {
            settings,
            size,
            notice: None,
        }
    }
}
