//! Texts with the cells that an independent pipeline (`FriBidi`, ICU, `HarfBuzz`) wants for them.

use std::ops::Range;

use serde_json::Value;
use sokhan::text::{Direction, Layout, Letters, Line, Marks, TextPolicy, copy, lay_out, source_of};

/// One row as the fixture tells it: blanks on the left, cells, their sources, source of the row.
#[derive(Debug, PartialEq)]
struct Row {
    left: u64,
    cells: Vec<String>,
    sources: Option<Vec<Range<usize>>>,
    line: Option<Range<usize>>,
}

#[test]
fn every_text_has_the_wanted_cells() {
    let fixture = fixture();
    let mut faults = Vec::new();
    let mut layouts = 0;
    for case in list(&fixture, "cases") {
        for wanted in list(case, "layouts") {
            layouts += 1;
            let width = number(wanted, "width");
            let layout = lay(case, width, word(wanted, "mode"));
            let rows: Vec<Row> = list(wanted, "rows").iter().map(wanted_row).collect();
            let found: Vec<Row> = layout
                .lines
                .iter()
                .zip(rows.iter().map(Some).chain(std::iter::repeat(None)))
                .map(|(line, wanted)| found_row(line, width, wanted))
                .collect();
            if found != rows {
                let name = word(case, "id");
                let mode = word(wanted, "mode");
                faults.push(format!(
                    "{name} {mode} {width}\n wanted {rows:?}\n found  {found:?}"
                ));
            }
        }
    }
    assert!(layouts > 500, "only {layouts} layouts were read");
    assert!(
        faults.is_empty(),
        "{} of {layouts}:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn a_match_lights_the_wanted_cells() {
    let fixture = fixture();
    for case in list(&fixture, "highlights") {
        let width = number(case, "width");
        let layout = lay(case, width, word(case, "mode"));
        let range = range(&case["bytes"]);
        let mut lit = Vec::new();
        for (row, line) in layout.lines.iter().enumerate() {
            let left = if line.rtl { width - line.width } else { 0 };
            let flags = line.highlight(std::slice::from_ref(&range));
            for ((column, cell), on) in line.columns().zip(flags) {
                let columns = left + column..left + column + cell.width();
                lit.extend(columns.filter(|_| on).map(|column| (row, column)));
            }
        }
        let wanted: Vec<(usize, usize)> = list(case, "cells")
            .iter()
            .map(|pair| (at(&pair[0]), at(&pair[1])))
            .collect();
        assert_eq!(lit, wanted, "{}", word(case, "query"));
    }
}

#[test]
fn chosen_cells_are_copied_in_the_order_of_the_text() {
    let fixture = fixture();
    for case in list(&fixture, "copies") {
        let width = number(case, "width");
        let text = word(case, "text");
        let layout = lay(case, width, "pres");
        let line = &layout.lines[number(case, "row")];
        let left = if line.rtl { width - line.width } else { 0 };
        let chosen = range(&case["cols"]);
        let cells = line
            .columns()
            .filter(|(column, _)| chosen.contains(&(left + column)))
            .map(|(_, cell)| cell);
        assert_eq!(copy(text, &source_of(cells)), word(case, "logical"));
    }
}

fn lay(case: &Value, width: usize, mode: &str) -> Layout {
    let direction = match word(case, "dir") {
        "rtl" => Direction::Rtl,
        "ltr" => Direction::Ltr,
        _ => Direction::Auto,
    };
    let letters = match mode {
        "pres" => Letters::Presentation,
        _ => Letters::Base,
    };
    let marks = Marks::Keep;
    lay_out(
        word(case, "text"),
        width,
        direction,
        TextPolicy { letters, marks },
    )
}

fn wanted_row(row: &Value) -> Row {
    let cells = list(row, "c").iter();
    let sources = row["s"].as_array();
    Row {
        left: row["l"].as_u64().expect("blanks on the left"),
        cells: cells
            .map(|cell| cell.as_str().expect("a cell").to_owned())
            .collect(),
        sources: sources.map(|sources| sources.iter().map(range).collect()),
        line: row["line"].as_array().map(|_| range(&row["line"])),
    }
}

/// The line as a row; sources only where the fixture tells them.
fn found_row(line: &Line, width: usize, wanted: Option<&Row>) -> Row {
    let mut cells = Vec::new();
    let mut sources = Vec::new();
    for cell in &line.cells {
        cells.push(cell.symbol().to_owned());
        cells.extend((1..cell.width()).map(|_| String::new()));
        sources.extend((0..cell.width()).map(|_| cell.source()));
    }
    let left = if line.rtl { width - line.width } else { 0 };
    Row {
        left: left as u64,
        cells,
        sources: wanted
            .is_none_or(|row| row.sources.is_some())
            .then_some(sources),
        line: wanted
            .is_none_or(|row| row.line.is_some())
            .then(|| line.source.clone()),
    }
}

fn fixture() -> Value {
    serde_json::from_str(include_str!("fixtures/text-cases.json")).expect("JSON")
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().expect(key)
}

fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().expect(key)
}

fn number(value: &Value, key: &str) -> usize {
    at(&value[key])
}

fn at(value: &Value) -> usize {
    value.as_u64().expect("a number") as usize
}

fn range(value: &Value) -> Range<usize> {
    at(&value[0])..at(&value[1])
}
