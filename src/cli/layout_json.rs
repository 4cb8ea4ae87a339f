//! `sokhan layout-json`: the text engine for other programs, one JSON object a line in and out.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, BufRead, Write};

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize};

use crate::text::{Direction, Letters, Line, Marks, Paragraphs, TextPolicy};

/// The widest pane that is answered: no terminal has more columns.
const WIDEST: usize = u16::MAX as usize;

/// Answers each line of `input` with one line: the rows, or `{"error":…}`.
///
/// A request is `{"text","width","dir":"rtl|ltr|auto","mode":"pres|base"}`, where `dir` is else
/// `auto` and `mode` else `pres`. A row has exactly `width` cells, `""` for the second half of a
/// wide one; `src` tells the bytes of the text behind each cell and `line` those of the row.
///
/// # Errors
///
/// When `input` cannot be read or `output` not be written.
pub fn run(mut input: impl BufRead, mut output: impl Write) -> io::Result<()> {
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        answer(&line, &mut output)?;
        output.write_all(b"\n")?;
        output.flush()?;
        line.clear();
    }
    Ok(())
}

fn answer(line: &[u8], output: &mut impl Write) -> io::Result<()> {
    match request(line) {
        Ok(request) => write_rows(&request, output),
        Err(error) => Ok(serde_json::to_writer(output, &Failure { error })?),
    }
}

fn request(line: &[u8]) -> Result<Request<'_>, String> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let request: Request = serde_json::from_slice(line).map_err(|error| error.to_string())?;
    match request.width {
        1..=WIDEST => Ok(request),
        width => Err(format!("width {width} is not between 1 and {WIDEST}")),
    }
}

fn write_rows(request: &Request, output: &mut impl Write) -> io::Result<()> {
    let policy = TextPolicy {
        letters: match request.mode {
            Mode::Pres => Letters::Presentation,
            Mode::Base => Letters::Base,
        },
        marks: Marks::Keep,
    };
    let direction = match request.dir {
        Dir::Rtl => Direction::Rtl,
        Dir::Ltr => Direction::Ltr,
        Dir::Auto => Direction::Auto,
    };
    let layout = Paragraphs::new(&request.text, direction, policy).wrap(request.width);
    output.write_all(br#"{"rows":["#)?;
    for (at, line) in layout.lines.iter().enumerate() {
        if at > 0 {
            output.write_all(b",")?;
        }
        serde_json::to_writer(&mut *output, &Row::of(line, request.width))?;
    }
    output.write_all(b"]}")
}

#[derive(Deserialize)]
struct Request<'a> {
    #[serde(borrow, deserialize_with = "text")]
    text: Cow<'a, str>,
    width: usize,
    #[serde(default)]
    dir: Dir,
    #[serde(default)]
    mode: Mode,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Dir {
    Rtl,
    Ltr,
    #[default]
    Auto,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Mode {
    #[default]
    Pres,
    Base,
}

#[derive(Serialize)]
struct Failure {
    error: String,
}

#[derive(Serialize)]
struct Row<'a> {
    cells: Vec<&'a str>,
    src: Vec<Option<(usize, usize)>>,
    line: Option<(usize, usize)>,
}

impl<'a> Row<'a> {
    /// `line` in a pane of `width` columns.
    fn of(line: &'a Line, width: usize) -> Self {
        let blanks = width.saturating_sub(line.width);
        let left = if line.rtl { blanks } else { 0 };
        let mut row = Self {
            cells: vec![" "; left],
            src: vec![None; left],
            line: (!line.source.is_empty()).then_some((line.source.start, line.source.end)),
        };
        for cell in &line.cells {
            row.cells.push(cell.symbol());
            let source = cell.source();
            let end = row.src.len() + cell.width();
            row.src.resize(end, Some((source.start, source.end)));
            row.cells.resize(end, "");
        }
        row.cells.resize(width, " ");
        row.src.resize(width, None);
        row
    }
}

/// A string as bytes, because JSON can hold what is no Unicode text: each lone surrogate becomes
/// one U+FFFD, which has as many bytes, so that the bytes of the rest stay where they are.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'de, str>, D::Error> {
    struct Bytes;

    impl<'de> Visitor<'de> for Bytes {
        type Value = Cow<'de, str>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_borrowed_bytes<E>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
            Ok(match str::from_utf8(bytes) {
                Ok(text) => Cow::Borrowed(text),
                Err(_) => Cow::Owned(without_surrogates(bytes)),
            })
        }

        fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Self::Value, E> {
            Ok(Cow::Owned(without_surrogates(bytes)))
        }
    }

    deserializer.deserialize_bytes(Bytes)
}

fn without_surrogates(bytes: &[u8]) -> String {
    let mut bytes = bytes.to_vec();
    for at in 0..bytes.len() {
        if let Some(three @ [0xed, 0xa0..=0xbf, 0x80..=0xbf]) = bytes.get_mut(at..at + 3) {
            three.copy_from_slice("\u{fffd}".as_bytes());
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(input: &[u8]) -> Vec<String> {
        let mut output = Vec::new();
        run(input, &mut output).expect("a Vec takes all");
        let output = String::from_utf8(output).expect("JSON is UTF-8");
        output.lines().map(str::to_owned).collect()
    }

    #[test]
    fn rows_are_filled_from_the_edge() {
        let input = r#"{"text":"سلام 中\n\nb","width":6,"dir":"rtl","mode":"pres"}"#;
        let rows = r#"{"rows":[{"cells":["中","","#.to_owned()
            + r#"" ","ﻡ","ﻼ","ﺳ"],"src":[[9,12],[9,12],[8,9],[6,8],[2,6],[0,2]],"line":[0,12]},"#
            + r#"{"cells":[" "," "," "," "," "," "],"src":[null,null,null,null,null,null],"#
            + r#""line":null},{"cells":[" "," "," "," "," ","b"],"#
            + r#""src":[null,null,null,null,null,[14,15]],"line":[14,15]}]}"#;
        assert_eq!(answers(input.as_bytes()), [rows]);
    }

    #[test]
    fn no_line_is_left_without_an_answer() {
        let wrong: &[&[u8]] = &[
            b"",
            b"{",
            b"null",
            b"\xff\xfe",
            b"{}",
            br#"{"text":"a"}"#,
            br#"{"width":4}"#,
            br#"{"text":"a","width":0}"#,
            br#"{"text":"a","width":-1}"#,
            br#"{"text":"a","width":1e9}"#,
            br#"{"text":"a","width":99999999999999999999999}"#,
            br#"{"text":["a"],"width":9}"#,
            br#"{"text":"a","width":9,"dir":"up"}"#,
            br#"{"text":"a","width":9,"mode":1}"#,
        ];
        let nested = b"[".repeat(100_000);
        let input = [wrong, &[&nested]].concat().join(&b'\n');
        let answers = answers(&input);
        assert_eq!(answers.len(), wrong.len() + 1);
        for answer in answers {
            assert!(answer.starts_with(r#"{"error":""#), "{answer}");
        }
    }

    #[test]
    fn a_lone_surrogate_and_a_raw_control_are_one_cell_each() {
        let input =
            b"{\"text\":\"a\\ud800\x01b\\ud83d\\ude00\\udc00\",\"width\":7,\"dir\":\"ltr\"}\r\n";
        let cells = r#"["a","�","␁","b","😀","","�"]"#;
        let src = "[[0,1],[1,4],[4,5],[5,6],[6,10],[6,10],[10,13]]";
        let row = format!(r#"{{"rows":[{{"cells":{cells},"src":{src},"line":[0,13]}}]}}"#);
        assert_eq!(answers(input), [row]);
    }

    #[test]
    fn an_empty_text_has_no_row() {
        let input = br#"{"text":"","width":7,"other":[1]}"#;
        assert_eq!(answers(input), [r#"{"rows":[]}"#]);
    }
}
