//! What the program is doing: one `State`, changed by `update` only. No I/O.
