//! The one door for text: laid out lines go into cells here and nowhere else.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier, Style};

use super::theme::Styles;
use crate::app::{Align, Area, Field, Ink, Setter};

/// Paints into a buffer, in the direction of the interface.
pub struct Painter<'a> {
    buffer: &'a mut Buffer,
    /// The styles by name.
    pub styles: Styles,
    /// Sets the program's own words.
    pub setter: Setter<'a>,
    /// True when panes begin at the right.
    pub rtl: bool,
}

impl<'a> Painter<'a> {
    /// Paints into `buffer`.
    pub fn new(buffer: &'a mut Buffer, styles: Styles, setter: Setter<'a>, rtl: bool) -> Self {
        Self {
            buffer,
            styles,
            setter,
            rtl,
        }
    }

    /// The column of the screen that lies `at` columns from the start edge of `area`, for a thing
    /// of `width` columns.
    pub fn column(&self, area: Area, at: u16, width: u16) -> u16 {
        if self.rtl {
            (area.x + area.width).saturating_sub(at + width)
        } else {
            area.x + at
        }
    }

    /// A field on a row of `area`.
    pub fn field(&mut self, area: Area, row: u16, field: &Field) {
        self.field_in(area, row, field, self.styles.ink(field.ink));
    }

    /// A field on a row of `area`, in `style`.
    pub fn field_in(&mut self, area: Area, row: u16, field: &Field, style: Style) {
        if row >= area.height || field.at >= area.width {
            return;
        }
        let width = field.width.min(area.width - field.at);
        let left = self.column(area, field.at, width);
        let spare = width.saturating_sub(field.line.width as u16);
        let to_the_right = match field.align {
            Align::Start => self.rtl,
            Align::End => !self.rtl,
            Align::Own => field.line.rtl,
        };
        let x = if to_the_right { left + spare } else { left };
        self.cells(x, area.y + row, left + width, field, style);
    }

    fn cells(&mut self, x: u16, y: u16, end: u16, field: &Field, style: Style) {
        let lit = self.styles.lit();
        for (at, (column, cell)) in field.line.columns().enumerate() {
            let (from, width) = (x + column as u16, cell.width() as u16);
            if from + width > end {
                break;
            }
            let found = field.lit.get(at).copied().unwrap_or(false);
            let style = if found { style.patch(lit) } else { style };
            self.put(from, y, cell.symbol(), style);
            for more in 1..width {
                self.put(from + more, y, " ", style);
            }
        }
    }

    /// One of the program's own signs, one column wide.
    pub fn sign(&mut self, x: u16, y: u16, sign: &'static str, style: Style) {
        self.put(x, y, sign, style);
    }

    /// A style under everything that is in `area`.
    pub fn lay(&mut self, area: Area, style: Style) {
        for y in area.y..area.y + area.height {
            for x in area.x..area.x + area.width {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.set_style(style);
                }
            }
        }
    }

    /// A rule across a row of `area`.
    pub fn rule(&mut self, area: Area, row: u16, ink: Ink) {
        let style = self.styles.ink(ink);
        for x in area.x..area.x + area.width {
            self.put(x, area.y + row, "─", style);
        }
    }

    fn put(&mut self, x: u16, y: u16, symbol: &str, style: Style) {
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            let turned = cell.modifier.contains(Modifier::REVERSED);
            cell.set_symbol(symbol).set_style(style);
            if turned {
                on_turned(cell, style);
            }
        }
    }
}

/// What was painted on a row that is turned round: each colour there would be another background,
/// so it has none. What has a background of its own, or is turned round itself, stands out by not
/// being turned.
fn on_turned(cell: &mut Cell, style: Style) {
    if style.bg.is_some() || style.add_modifier.contains(Modifier::REVERSED) {
        cell.modifier.remove(Modifier::REVERSED);
    } else {
        cell.fg = Color::Reset;
    }
}
