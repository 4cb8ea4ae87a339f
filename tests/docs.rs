//! The documentation says what the code does. Where it does not, `BLESS=1 cargo test --test docs`
//! writes it again.

use std::fs;
use std::path::Path;

use sokhan::app::Keymap;
use sokhan::words::Lang;

#[test]
fn the_readme_has_the_table_of_keys() {
    let table = Keymap::default().markdown(Lang::En);
    between("README.md", "<!-- keys:", "<!-- /keys -->", &table);
}

/// Holds what stands in `file` behind the line that begins with `start`, up to the line `end`, to
/// `wanted`.
fn between(file: &str, start: &str, end: &str, wanted: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = fs::read_to_string(&path).expect("the document");
    let (head, rest) = text.split_once(start).expect("where it begins");
    let (rest_of_line, rest) = rest.split_once('\n').expect("a line");
    let (have, tail) = rest.split_once(end).expect("where it ends");
    if have == wanted {
        return;
    }
    let again = format!("{head}{start}{rest_of_line}\n{wanted}{end}{tail}");
    assert!(
        blessed(),
        "{file} is behind the code: BLESS=1 cargo test --test docs\n{wanted}"
    );
    fs::write(&path, again).expect("the document is written");
}

#[expect(clippy::disallowed_methods, reason = "the switch of this test")]
fn blessed() -> bool {
    std::env::var_os("BLESS").is_some()
}
