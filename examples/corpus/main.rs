//! Writes an event file of any size, the same for the same arguments: for measuring.
//!
//! `cargo run --release --example corpus -- --events 1000000 --seed 1 --shape lines > FILE`
//!
//! About 805 bytes an event, 2.25 actors an event out of `--actors` (Zipf), dates of 1990 to 2026
//! in random order, Persian words that mean nothing together. `--escaped` writes every letter
//! outside ASCII as `\uXXXX`.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

mod make;

use make::{Options, write};

fn main() -> ExitCode {
    let options = match options(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(what) => {
            let _ = writeln!(io::stderr(), "{what}");
            return ExitCode::from(2);
        }
    };
    match write(
        &options,
        &mut BufWriter::with_capacity(1 << 20, io::stdout().lock()),
    ) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    }
}

fn options(mut args: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options::default();
    while let Some(flag) = args.next() {
        let mut value = || args.next().ok_or(format!("{flag} needs a value"));
        let number = |text: String| text.parse().map_err(|_| format!("{text} is no number"));
        match flag.as_str() {
            "--events" => options.events = number(value()?)?,
            "--seed" => options.seed = number(value()?)?,
            "--actors" => options.actors = number(value()?)?.max(1),
            "--shape" => options.document = value()? == "document",
            "--escaped" => options.escaped = true,
            _ => return Err(format!("unknown flag {flag}")),
        }
    }
    Ok(options)
}
