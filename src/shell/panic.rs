//! Our own faults: the terminal is given back first, then a message says how to report it.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::process;

use super::terminal::Terminal;
use crate::text::clean;

/// The exit code of a program that panicked, as Rust's runtime has it.
const CODE: i32 = 101;

/// From now on a panic in any thread gives `terminal` back, tells what happened and ends the
/// process.
pub fn install(terminal: &'static Terminal) {
    panic::set_hook(Box::new(move |info| {
        terminal.restore();
        // Standard error may be gone with the terminal.
        let _ = tell(info, &mut io::stderr().lock());
        process::exit(CODE);
    }));
}

fn tell(info: &PanicHookInfo<'_>, out: &mut impl Write) -> io::Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    let payload = info.payload();
    let what = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    let place = info.location().map_or_else(String::new, |place| {
        format!(" at {}:{}", place.file(), place.line())
    });
    writeln!(out, "sokhan {version} panicked{place}: {}", clean(what))?;
    writeln!(
        out,
        "This is a bug in sokhan, and no fault of yours or of the data alone."
    )?;
    writeln!(
        out,
        "Please report it with the lines above, and run it again with RUST_BACKTRACE=1 for more."
    )?;
    let trace = Backtrace::capture();
    if trace.status() == BacktraceStatus::Captured {
        writeln!(out, "{trace}")?;
    }
    out.flush()
}
