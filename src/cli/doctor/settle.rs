//! Writing settings into the text of a configuration file without touching the rest of it.

/// `text` with each `name = "value"` set at the top level: in the place of a line that sets it, or
/// before everything else.
pub fn settled(text: &str, settings: &[(&str, String)]) -> String {
    let mut left: Vec<&(&str, String)> = settings.iter().collect();
    let mut in_table = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        in_table |= line.trim_start().starts_with('[');
        let set = left
            .iter()
            .position(|(name, _)| !in_table && sets(line, name));
        lines.push(set.map_or_else(|| line.to_owned(), |at| written(left.remove(at))));
    }
    let new = left.into_iter().map(written);
    let mut all: Vec<String> = new.chain(lines).collect();
    all.push(String::new());
    all.join("\n")
}

/// True when `line` gives `name` a value.
fn sets(line: &str, name: &str) -> bool {
    let rest = line.trim_start().strip_prefix(name);
    rest.is_some_and(|rest| rest.trim_start().starts_with('='))
}

fn written((name, value): &(&str, String)) -> String {
    format!("{name} = \"{value}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_replaced_or_added_and_the_rest_stays() {
        let text = "# mine\nterminal = \"vte\" # old\nlang = \"fa\"\n\n[keys]\nmarks = \"x\"\n";
        let set = [
            ("terminal", "konsole".to_owned()),
            ("marks", "strip".to_owned()),
        ];
        assert_eq!(
            settled(text, &set),
            "marks = \"strip\"\n# mine\nterminal = \"konsole\"\nlang = \"fa\"\n\n[keys]\nmarks = \"x\"\n"
        );
        assert_eq!(settled("", &set[..1]), "terminal = \"konsole\"\n");
    }
}
