//! The first look at a file: packed, text in another encoding, or no text at all.

use crate::store::problem::{Class, LoadError, Place, Problem};

/// How a file is packed, told by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Packing {
    None,
    Gzip,
    Zstd,
}

impl Packing {
    pub(in crate::store) const fn name(self) -> &'static str {
        match self {
            Self::None => "plain",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}

pub(in crate::store) fn packing(head: &[u8]) -> Packing {
    match head {
        [0x1F, 0x8B, ..] => Packing::Gzip,
        [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Packing::Zstd,
        _ => Packing::None,
    }
}

/// First bytes, what such a file is, and what to do with it.
const KINDS: &[(&[u8], &str, &str)] = &[
    (
        b"\x1F\x8B",
        "gzip data inside the compressed data: compressed twice",
        "unpack it once: gunzip",
    ),
    (
        b"\x28\xB5\x2F\xFD",
        "zstd data inside the compressed data: compressed twice",
        "unpack it once: unzstd",
    ),
    (b"PK\x03\x04", "a zip archive, not JSON", "unzip it first"),
    (
        b"PK\x05\x06",
        "an empty zip archive, not JSON",
        "unzip it first",
    ),
    (
        b"\xFD7zXZ\0",
        "xz compressed data, not JSON",
        "unpack it first: unxz",
    ),
    (
        b"BZh",
        "bzip2 compressed data, not JSON",
        "unpack it first: bunzip2",
    ),
    (
        b"7z\xBC\xAF\x27\x1C",
        "a 7z archive, not JSON",
        "unpack it first: 7z x",
    ),
    (
        b"Rar!",
        "a rar archive, not JSON",
        "unpack it first: unrar x",
    ),
    (
        b"\x04\x22\x4D\x18",
        "lz4 compressed data, not JSON",
        "unpack it first: unlz4",
    ),
    (b"\x89PNG", "a PNG picture (binary), not JSON", ""),
    (b"\xFF\xD8\xFF", "a JPEG picture (binary), not JSON", ""),
    (b"GIF8", "a GIF picture (binary), not JSON", ""),
    (b"%PDF", "a PDF document, not JSON", ""),
    (
        b"SQLite format 3\0",
        "an SQLite database (binary), not JSON",
        "export the table as JSON: sqlite3 -json",
    ),
    (b"\x7FELF", "a program (ELF binary), not JSON", ""),
    (
        b"\xFF\xFE\0\0",
        "UTF-32 text, not UTF-8",
        "convert it: iconv -f UTF-32 -t UTF-8",
    ),
    (
        b"\0\0\xFE\xFF",
        "UTF-32 text, not UTF-8",
        "convert it: iconv -f UTF-32 -t UTF-8",
    ),
    (
        b"\xFF\xFE",
        "UTF-16 text, not UTF-8",
        "convert it: iconv -f UTF-16 -t UTF-8",
    ),
    (
        b"\xFE\xFF",
        "UTF-16 text, not UTF-8",
        "convert it: iconv -f UTF-16 -t UTF-8",
    ),
];

/// True when the head alone shows that there is no event file; decoding it says why.
///
/// # Errors
///
/// When it is something that has a name.
pub(in crate::store) fn is_hopeless(head: &[u8]) -> Result<bool, LoadError> {
    if let Some((what, hint)) = kind(head) {
        let mut problem = Problem::of_file(Class::Encoding, format!("it is {what}"));
        problem.place = Some(Place { line: 1, column: 1 });
        let problem = if hint.is_empty() {
            problem
        } else {
            problem.hint(hint)
        };
        return Err(problem.into());
    }
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let first = text.iter().find(|b| !b" \t\r\n".contains(b));
    Ok(first.is_some_and(|b| *b != b'{'))
}

fn kind(head: &[u8]) -> Option<(&'static str, &'static str)> {
    if let Some((_, what, hint)) = KINDS.iter().find(|(magic, ..)| head.starts_with(magic)) {
        return Some((what, hint));
    }
    let nul = |at: usize| head.get(at) == Some(&0);
    if head.len() > 3 && (nul(0) || nul(1)) {
        return Some(match (nul(0), nul(1), nul(2), nul(3)) {
            (true, true, true, false) | (false, true, true, true) => (
                "UTF-32 text without a byte order mark, not UTF-8",
                "convert it: iconv -f UTF-32 -t UTF-8",
            ),
            (true, false, true, false) => (
                "UTF-16 text without a byte order mark, not UTF-8",
                "convert it: iconv -f UTF-16BE -t UTF-8",
            ),
            (false, true, false, true) => (
                "UTF-16 text without a byte order mark, not UTF-8",
                "convert it: iconv -f UTF-16LE -t UTF-8",
            ),
            _ => ("binary data: it begins with NUL bytes (U+0000)", ""),
        });
    }
    let start = head.trim_ascii_start();
    if start.starts_with(b"<") {
        return Some((
            "a web page or XML, not JSON",
            "the address gives a page: look for the link to the file itself",
        ));
    }
    if is_legacy(head) {
        return Some((
            "not UTF-8: text in an older encoding, perhaps Windows-1256",
            "convert it: iconv -f WINDOWS-1256 -t UTF-8",
        ));
    }
    None
}

/// More broken than whole letters outside ASCII: not a slip, another encoding.
fn is_legacy(head: &[u8]) -> bool {
    // Counting takes several times as long as this, and nearly every file ends here.
    if str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true) {
        return false;
    }
    let (mut broken, mut whole) = (0, 0);
    for chunk in head.utf8_chunks() {
        broken += usize::from(!chunk.invalid().is_empty());
        whole += chunk
            .valid()
            .chars()
            .filter(|letter| !letter.is_ascii())
            .count();
    }
    broken >= 8 && broken > whole
}
