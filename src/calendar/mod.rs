//! A day is one `i32`; Gregorian and Solar Hijri dates, EDTF, dates as people type them.
