//! Any text as a configuration: no panic, every problem is one clean line with its place.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sokhan::app::{Context, Key};
use sokhan::cli::config::parse;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    match parse(&text, "c") {
        Ok(written) => {
            let lines = text.matches('\n').count() + 1;
            for (setting, value, line) in &written.settings {
                assert!((1..=lines).contains(line), "{}: {line}", setting.name);
                assert!(!value.is_empty());
            }
            // Looking up keys holds for any keymap that was let in.
            let key = |name: &str| name.parse::<Key>().expect("a key");
            for context in [Context::Anywhere, Context::Facets, Context::Compare] {
                let _ = written.keymap.look_up(context, &[key("j"), key("ctrl-x")]);
            }
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            for problem in &problems {
                let place = problem.strip_prefix("c:").expect("a place");
                assert!(place.starts_with(|first: char| first.is_ascii_digit()));
                assert!(!problem.contains(hidden), "{problem:?}");
                assert!(problem.chars().count() <= 1000, "{problem:?}");
            }
        }
    }
});

fn hidden(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
