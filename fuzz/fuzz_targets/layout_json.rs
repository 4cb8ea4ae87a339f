//! Any lines as requests for a layout: an answer of one line for each, with rows as wide as asked.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use sokhan::cli::layout_json::run;

fuzz_target!(|data: &[u8]| {
    let wide = |request: &Value| request["width"].as_u64().is_some_and(|width| width > 300);
    let mut requests = data.split_inclusive(|byte| *byte == b'\n');
    if requests.any(|line| serde_json::from_slice(line).is_ok_and(|request| wide(&request))) {
        // Allowed, and megabytes.
        return;
    }
    let mut output = Vec::new();
    run(data, &mut output).expect("memory does not fail");
    let answers = output.split_inclusive(|byte| *byte == b'\n');
    let requests = data.split_inclusive(|byte| *byte == b'\n');
    assert_eq!(answers.clone().count(), requests.clone().count());
    for (request, answer) in requests.zip(answers) {
        let answer: Value = serde_json::from_slice(answer).expect("JSON");
        let Some(rows) = answer["rows"].as_array() else {
            assert!(answer["error"].is_string());
            continue;
        };
        let width = serde_json::from_slice::<Value>(request).ok();
        let width = width.and_then(|request| request["width"].as_u64());
        for row in rows {
            let cells = row["cells"].as_array().expect("cells");
            assert_eq!(row["src"].as_array().map(Vec::len), Some(cells.len()));
            assert!(width.is_none_or(|width| width == cells.len() as u64));
            for cell in cells {
                let symbol = cell.as_str().expect("a symbol");
                assert!(!symbol.contains(char::is_control), "{symbol:?}");
            }
        }
    }
});
