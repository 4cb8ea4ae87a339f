//! Finding a value again, for a message about it.

use super::{Cursor, Kind};

impl Cursor<'_> {
    /// The value of the last field `name` of the object that begins here.
    #[must_use]
    pub fn field(mut self, name: &str) -> Option<Self> {
        if self.kind() != Ok(Kind::Object) {
            return None;
        }
        self.open();
        let (mut first, mut found) = (true, None);
        while let Ok(Some(key)) = self.next_key(&mut first) {
            self.blank();
            if key.name == name {
                found = Some(self.clone());
            }
            self.skip().ok()?;
        }
        found
    }
}
