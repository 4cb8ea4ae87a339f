//! Arguments, configuration, exit codes.

use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the program with `args` (the first is its own name); the exit code is 0 well, 1 the data
/// could not be read, 2 wrong usage.
pub fn main(_args: impl IntoIterator<Item = OsString>) -> ExitCode {
    ExitCode::SUCCESS
}
