//! Opens an address that the reader asked for, with the desktop's own program.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::thread;

const OPENER: &str = if cfg!(target_os = "macos") {
    "open"
} else {
    "xdg-open"
};

/// Starts the opener with `address` and does not wait for it. No shell is in between.
///
/// # Errors
///
/// When the address is no web address or there is no opener.
pub fn open(address: &str) -> io::Result<()> {
    if !is_web_address(address) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut child = Command::new(OPENER)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Keys like ctrl-z are not for it.
        .process_group(0)
        .spawn()?;
    // Somebody has to hear of its end.
    thread::Builder::new()
        .name("opener".to_owned())
        .spawn(move || drop(child.wait()))
        .map(drop)
}

/// Only `http` and `https`, and nothing that is no part of an address.
fn is_web_address(address: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        let start = address.get(..scheme.len())?;
        start
            .eq_ignore_ascii_case(scheme)
            .then(|| address.get(scheme.len()..))?
    });
    rest.is_some_and(|rest| !rest.is_empty())
        && !address.chars().any(|c| c.is_control() || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_opened() {
        for good in ["https://www.isna.ir/news/1", "HTTP://x", "https://خبر.ir/۱"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in [
            "",
            "https://",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "-h",
            "https://a b",
            "https://a\n--x",
            " https://a",
        ] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }
}
