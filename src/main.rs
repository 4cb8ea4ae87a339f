//! The program `sokhan`: hands its arguments to the library and returns the exit code.

fn main() -> std::process::ExitCode {
    sokhan::cli::main(std::env::args_os())
}
