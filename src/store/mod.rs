//! Bytes become records, warnings and columns.
