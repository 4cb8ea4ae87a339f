//! The fast road over one event: finds what columns and search need and skips the rest.
//!
//! It knows the plain way to write an event. Whatever is not plain (a wrong type, a doubled key, a
//! broken escape, anything that would be left out or repaired) is [`Unsure`]: the decoder decides
//! about that record. It never guesses.

use memchr::memchr2;

use crate::model::LangText;
use crate::store::json::raw::Raw;

/// The record is not written in the plain way: ask the decoder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct Unsure;

type Scanned<T> = Result<T, Unsure>;

/// The texts of an event that search looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Field {
    Title,
    Summary,
    Place,
    Statement,
}

/// Takes what the scanner finds. What it took of a record that ends [`Unsure`] is void.
pub(in crate::store) trait Sink<'a> {
    fn id(&mut self, _id: Raw<'a>) {}
    /// `json` is a string or an object.
    fn when(&mut self, json: &'a [u8]) -> Scanned<()>;
    /// One language of a text; never empty. The tag is empty when there is none.
    fn text(&mut self, _field: Field, _tag: &'a [u8], _text: Raw<'a>) {}
    /// `json` is a string or an object of strings.
    fn place(&mut self, _json: &'a [u8]) {}
    fn actor(&mut self, _id: Raw<'a>, _speaks: bool) {}
    fn source(&mut self, _id: Raw<'a>) {}
    fn tag(&mut self, _tag: Raw<'a>) {}
    /// The end of a statement, and the language that it says it was said in.
    fn statement(&mut self, _mode: PlainMode, _original: Option<Raw<'a>>) {}
    /// A string that neither the index nor search need.
    fn word(&mut self, _word: Raw<'a>) {}
    /// Something that the decoder may want to warn of, though the index does not care.
    fn unusual(&mut self) {}
}

/// The mode of a statement as the file gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum PlainMode {
    Direct,
    Partial,
    Reported,
    Headline,
    /// Missing or unknown.
    Unspecified,
}

/// Most languages of a text.
const TAGS: usize = 8;

/// Deepest nesting of values under unknown keys.
const DEPTH: usize = 32;

/// Scans one event from the start of `bytes`; blanks before it are skipped. Returns the bytes from
/// the first `{` to behind the last `}`.
pub(in crate::store) fn event<'a>(
    bytes: &'a [u8],
    sink: &mut impl Sink<'a>,
) -> Scanned<std::ops::Range<usize>> {
    let mut scan = Scan { bytes, at: 0 };
    scan.blanks();
    let start = scan.at;
    scan.event(sink)?;
    Ok(start..scan.at)
}

/// Skips any JSON value at the start of `bytes`; returns where it ends.
pub(in crate::store) fn skip(bytes: &[u8]) -> Scanned<usize> {
    let mut scan = Scan { bytes, at: 0 };
    scan.blanks();
    scan.skip(0)?;
    Ok(scan.at)
}

/// The string under `key`, the only one in the object that `json` is.
pub(in crate::store) fn only_string<'a>(json: &'a [u8], key: &[u8]) -> Scanned<Raw<'a>> {
    let mut scan = Scan { bytes: json, at: 0 };
    let mut found = None;
    scan.object(|scan, met| {
        if met != key || found.is_some() {
            return Err(Unsure);
        }
        found = Some(scan.string()?);
        Ok(())
    })?;
    found.ok_or(Unsure)
}

/// The string under the first `key` of the object that `json` begins with.
pub(in crate::store) fn string_at<'a>(json: &'a [u8], key: &[u8]) -> Scanned<Raw<'a>> {
    match walk_to(json, key)? {
        Reached::Value(at) => Scan { bytes: json, at }.string(),
        Reached::End(_) => Err(Unsure),
    }
}

/// Calls `with` with each key and value of the object that `json` is.
pub(in crate::store) fn members<'a>(
    json: &'a [u8],
    mut with: impl FnMut(&'a [u8], &'a [u8]),
) -> Scanned<()> {
    let mut scan = Scan { bytes: json, at: 0 };
    scan.blanks();
    scan.object(|scan, key| {
        with(key, scan.span(|scan| scan.skip(0))?);
        Ok(())
    })
}

/// Calls `with` with each element of the array that `json` is.
pub(in crate::store) fn elements<'a>(
    json: &'a [u8],
    mut with: impl FnMut(&'a [u8]),
) -> Scanned<()> {
    Scan { bytes: json, at: 0 }.array(|scan| {
        with(scan.span(|scan| scan.skip(0))?);
        Ok(())
    })
}

/// How far [`walk_to`] came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Reached {
    /// Before the value of the key.
    Value(usize),
    /// Behind the object, which has no such key.
    End(usize),
}

/// Goes over the object that `bytes` begin with, as far as the value of its first `key`.
pub(in crate::store) fn walk_to(bytes: &[u8], key: &[u8]) -> Scanned<Reached> {
    let mut scan = Scan { bytes, at: 0 };
    scan.blanks();
    let mut value = None;
    let walked = scan.object(|scan, met| {
        if met == key {
            value = Some(scan.at);
            return Err(Unsure);
        }
        scan.skip(0)
    });
    match value {
        Some(value) => Ok(Reached::Value(value)),
        None => walked.map(|()| Reached::End(scan.at)),
    }
}

/// The text that `json` is: a string or an object of strings.
pub(in crate::store) fn lang_text(json: &[u8]) -> Scanned<LangText> {
    let mut scan = Scan { bytes: json, at: 0 };
    if scan.peek() == Some(b'"') {
        return Ok(LangText::untagged(scan.string()?.says()));
    }
    let mut texts = Vec::new();
    scan.object(|scan, tag| {
        texts.push((String::from_utf8_lossy(tag), scan.string()?.says()));
        Ok(())
    })?;
    Ok(texts.into_iter().collect())
}

/// The keys of an object that were met, as bits.
#[derive(Default)]
struct Met(u32);

impl Met {
    fn first_time(&mut self, bit: u32) -> Scanned<()> {
        let before = self.0;
        self.0 |= 1 << bit;
        if before == self.0 {
            Err(Unsure)
        } else {
            Ok(())
        }
    }

    fn has(&self, bit: u32) -> bool {
        self.0 >> bit & 1 == 1
    }
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scan<'a> {
    fn event(&mut self, sink: &mut impl Sink<'a>) -> Scanned<()> {
        let mut met = Met::default();
        self.object(|scan, key| {
            let bit = match key {
                b"id" => 0,
                b"when" => 1,
                b"title" => 2,
                b"summary" => 3,
                b"place" => 4,
                b"actors" => 5,
                b"tags" => 6,
                b"sources" => 7,
                b"statements" => 8,
                b"when_said" => 9,
                b"when_basis" => 10,
                // A second header line.
                b"sokhan" => return Err(Unsure),
                key => return scan.other(key, sink),
            };
            met.first_time(bit)?;
            match bit {
                0 => sink.id(scan.filled()?),
                1 => sink.when(scan.span(|scan| match scan.peek() {
                    Some(b'"' | b'{') => scan.skip(0),
                    _ => Err(Unsure),
                })?)?,
                2 => scan.text(Field::Title, sink)?,
                3 => scan.text(Field::Summary, sink)?,
                4 => {
                    let json = scan.span(|scan| scan.text(Field::Place, sink))?;
                    sink.place(json);
                }
                5 => scan.array(|scan| scan.part(sink))?,
                6 => scan.array(|scan| scan.filled().map(|tag| sink.tag(tag)))?,
                7 => scan.array(|scan| scan.filled().map(|id| sink.source(id)))?,
                8 => scan.array(|scan| scan.statement(sink))?,
                9 => sink.word(scan.filled()?),
                _ => {
                    if !matches!(scan.filled()?.bytes, b"stated" | b"inferred" | b"outside") {
                        sink.unusual();
                    }
                }
            }
            Ok(())
        })?;
        // Without these the decoder makes one up: `#N` for the id, the id for the title, undated.
        if met.has(0) && met.has(1) && met.has(2) {
            Ok(())
        } else {
            Err(Unsure)
        }
    }

    /// An entry of an event's `actors`: an id or `{id, role}`.
    fn part(&mut self, sink: &mut impl Sink<'a>) -> Scanned<()> {
        if self.peek() == Some(b'"') {
            sink.actor(self.filled()?, false);
            return Ok(());
        }
        let mut met = Met::default();
        self.object(|scan, key| match key {
            b"id" => {
                met.first_time(0)?;
                sink.actor(scan.filled()?, false);
                Ok(())
            }
            b"role" => {
                met.first_time(1)?;
                scan.filled().map(|role| sink.word(role))
            }
            key => scan.other(key, sink),
        })?;
        if met.has(0) { Ok(()) } else { Err(Unsure) }
    }

    fn statement(&mut self, sink: &mut impl Sink<'a>) -> Scanned<()> {
        let mut met = Met::default();
        let mut mode = PlainMode::Unspecified;
        let mut original = None;
        self.object(|scan, key| {
            let bit = match key {
                b"speaker" => 0,
                b"to" => 1,
                b"mode" => 2,
                b"channel" => 3,
                b"text" => 4,
                b"original" => 5,
                b"via" => 6,
                b"source" => 7,
                key => return scan.other(key, sink),
            };
            met.first_time(bit)?;
            match bit {
                0 => sink.actor(scan.filled()?, true),
                1 | 6 => scan.array(|scan| scan.filled().map(|id| sink.actor(id, false)))?,
                2 => {
                    mode = match scan.filled()? {
                        Raw { escaped: true, .. } => return Err(Unsure),
                        Raw { bytes, .. } => mode_of(bytes),
                    }
                }
                4 => scan.text(Field::Statement, sink)?,
                5 => original = Some(scan.filled()?),
                7 => sink.source(scan.filled()?),
                _ => sink.word(scan.filled()?),
            }
            Ok(())
        })?;
        if !met.has(0) || mode == PlainMode::Unspecified {
            sink.unusual();
        }
        sink.statement(mode, original);
        // The decoder leaves out a statement without text.
        if met.has(4) { Ok(()) } else { Err(Unsure) }
    }

    /// A string, or an object of strings by language.
    fn text(&mut self, field: Field, sink: &mut impl Sink<'a>) -> Scanned<()> {
        if self.peek() == Some(b'"') {
            sink.text(field, b"", self.filled()?);
            return Ok(());
        }
        let mut tags: [&[u8]; TAGS] = [b""; TAGS];
        let mut count = 0;
        self.object(|scan, tag| {
            let met = tags.get(..count).ok_or(Unsure)?;
            // The decoder passes over keys of the file's own.
            if tag.is_empty() || tag.starts_with(b"x-") || met.contains(&tag) {
                return Err(Unsure);
            }
            *tags.get_mut(count).ok_or(Unsure)? = tag;
            count += 1;
            sink.text(field, tag, scan.filled()?);
            Ok(())
        })?;
        if count > 0 { Ok(()) } else { Err(Unsure) }
    }

    /// The value of a key that is none of the format's.
    fn other(&mut self, key: &[u8], sink: &mut impl Sink<'a>) -> Scanned<()> {
        let repaired = !Raw::new(key).is_clean();
        if repaired || !key.starts_with(b"x-") {
            sink.unusual();
        }
        self.skip(0)
    }

    /// An object; `member` gets each key, standing before the value.
    fn object(
        &mut self,
        mut member: impl FnMut(&mut Self, &'a [u8]) -> Scanned<()>,
    ) -> Scanned<()> {
        self.take(b'{')?;
        self.blanks();
        if self.peek() == Some(b'}') {
            return self.take(b'}');
        }
        loop {
            let key = self.string()?;
            if key.escaped {
                return Err(Unsure);
            }
            self.blanks();
            self.take(b':')?;
            self.blanks();
            member(self, key.bytes)?;
            self.blanks();
            match self.next() {
                Some(b',') => self.blanks(),
                Some(b'}') => return Ok(()),
                _ => return Err(Unsure),
            }
        }
    }

    /// An array; `item` stands before each value.
    fn array(&mut self, mut item: impl FnMut(&mut Self) -> Scanned<()>) -> Scanned<()> {
        self.take(b'[')?;
        self.blanks();
        if self.peek() == Some(b']') {
            return self.take(b']');
        }
        loop {
            item(self)?;
            self.blanks();
            match self.next() {
                Some(b',') => self.blanks(),
                Some(b']') => return Ok(()),
                _ => return Err(Unsure),
            }
        }
    }

    /// Any value.
    fn skip(&mut self, depth: usize) -> Scanned<()> {
        if depth > DEPTH {
            return Err(Unsure);
        }
        match self.peek() {
            Some(b'"') => self.string().map(drop),
            Some(b'{') => self.object(|scan, _| scan.skip(depth + 1)),
            Some(b'[') => self.array(|scan| scan.skip(depth + 1)),
            Some(b't') => self.word(b"true"),
            Some(b'f') => self.word(b"false"),
            Some(b'n') => self.word(b"null"),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(Unsure),
        }
    }

    fn word(&mut self, word: &[u8]) -> Scanned<()> {
        let end = self.at + word.len();
        let here = self.bytes.get(self.at..end);
        self.at = end;
        if here == Some(word) {
            Ok(())
        } else {
            Err(Unsure)
        }
    }

    /// RFC 8259: `-`, no leading zero, digits around `.` and after `e`.
    fn number(&mut self) -> Scanned<()> {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.next() {
            Some(b'0') => {}
            Some(b'1'..=b'9') => self.digits(),
            _ => return Err(Unsure),
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.some_digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.some_digits()?;
        }
        Ok(())
    }

    fn some_digits(&mut self) -> Scanned<()> {
        let start = self.at;
        self.digits();
        if self.at > start { Ok(()) } else { Err(Unsure) }
    }

    fn digits(&mut self) {
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
    }

    /// A string that says something.
    fn filled(&mut self) -> Scanned<Raw<'a>> {
        let text = self.string()?;
        if text.bytes.is_empty() {
            Err(Unsure)
        } else {
            Ok(text)
        }
    }

    /// A string.
    #[inline]
    fn string(&mut self) -> Scanned<Raw<'a>> {
        self.take(b'"')?;
        let start = self.at;
        let mut escaped = false;
        loop {
            self.at = quote_or_backslash(self.bytes, self.at).ok_or(Unsure)?;
            if self.next() == Some(b'"') {
                let bytes = self.bytes.get(start..self.at - 1).ok_or(Unsure)?;
                return Ok(Raw { bytes, escaped });
            }
            escaped = true;
            self.escape()?;
            // Where every letter is escaped, the next one is at hand.
            while self.peek() == Some(b'\\') {
                self.at += 1;
                self.escape()?;
            }
        }
    }

    /// What stands behind a backslash.
    fn escape(&mut self) -> Scanned<()> {
        match self.next() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(()),
            Some(b'u') => {
                let digits = self.bytes.get(self.at..self.at + 4).ok_or(Unsure)?;
                self.at += 4;
                if digits.iter().all(u8::is_ascii_hexdigit) {
                    Ok(())
                } else {
                    Err(Unsure)
                }
            }
            _ => Err(Unsure),
        }
    }

    /// The bytes of the value that `value` goes over.
    fn span(&mut self, value: impl FnOnce(&mut Self) -> Scanned<()>) -> Scanned<&'a [u8]> {
        let start = self.at;
        value(self)?;
        self.bytes.get(start..self.at).ok_or(Unsure)
    }

    #[inline]
    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    #[inline]
    fn next(&mut self) -> Option<u8> {
        let byte = self.peek();
        self.at += 1;
        byte
    }

    #[inline]
    fn take(&mut self, byte: u8) -> Scanned<()> {
        if self.next() == Some(byte) {
            Ok(())
        } else {
            Err(Unsure)
        }
    }
}

fn mode_of(word: &[u8]) -> PlainMode {
    match word {
        b"direct" => PlainMode::Direct,
        b"partial" => PlainMode::Partial,
        b"reported" => PlainMode::Reported,
        b"headline" => PlainMode::Headline,
        _ => PlainMode::Unspecified,
    }
}

/// Where the next `"` or `\` is, from `at`.
///
/// Keys and ids are shorter than what a vector search costs to begin: the first words are looked
/// at eight bytes at a time.
#[inline]
fn quote_or_backslash(bytes: &[u8], mut at: usize) -> Option<usize> {
    const WORDS: usize = 3;
    for _ in 0..WORDS {
        let Some(word) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) else {
            break;
        };
        let word = u64::from_le_bytes(*word);
        let found = equal(word, b'"') | equal(word, b'\\');
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    memchr2(b'"', b'\\', bytes.get(at..)?).map(|found| at + found)
}

/// The high bit of each byte of `word` that equals `byte`. Bytes above the lowest equal one may be
/// marked wrongly (the borrow), which does not matter to whoever asks for the lowest.
#[inline]
fn equal(word: u64, byte: u8) -> u64 {
    const LOW: u64 = u64::from_ne_bytes([1; 8]);
    let other = word ^ LOW.wrapping_mul(u64::from(byte));
    other.wrapping_sub(LOW) & !other & (LOW << 7)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes down what it is given.
    #[derive(Default)]
    struct Notes(Vec<String>);

    impl Notes {
        fn note(&mut self, what: &str, raw: &[u8]) {
            self.0
                .push(format!("{what} {}", String::from_utf8_lossy(raw)));
        }
    }

    impl<'a> Sink<'a> for Notes {
        fn id(&mut self, id: Raw<'a>) {
            self.note("id", id.bytes);
        }
        fn when(&mut self, json: &'a [u8]) -> Scanned<()> {
            self.note("when", json);
            Ok(())
        }
        fn text(&mut self, field: Field, _tag: &'a [u8], text: Raw<'a>) {
            self.note(&format!("{field:?}"), text.bytes);
        }
        fn place(&mut self, json: &'a [u8]) {
            self.note("place", json);
        }
        fn actor(&mut self, id: Raw<'a>, speaks: bool) {
            self.note(if speaks { "speaker" } else { "actor" }, id.bytes);
        }
        fn source(&mut self, id: Raw<'a>) {
            self.note("source", id.bytes);
        }
        fn tag(&mut self, tag: Raw<'a>) {
            self.note("tag", tag.bytes);
        }
        fn statement(&mut self, mode: PlainMode, _original: Option<Raw<'a>>) {
            self.note(&format!("{mode:?}"), b"");
        }
        fn unusual(&mut self) {
            self.note("unusual", b"");
        }
    }

    fn notes(json: &str) -> Scanned<String> {
        let mut notes = Notes::default();
        let span = event(json.as_bytes(), &mut notes)?;
        assert!(json[span].ends_with('}'));
        Ok(notes.0.join("; "))
    }

    #[test]
    fn finds_what_an_event_mentions() {
        let json = r#" {"id":"e1" , "when" : {"jalali":"1403"}, "title":{"fa":"ا","en":"A"}, "place":"تهران",
            "actors":["a",{"role":"x","id":"b"}],"tags":["t"],"sources":["s"], "x-own":[1,{"a":[-0.5e+3,null]}],
            "statements":[{"speaker":"a","to":["b"],"mode":"direct","text":"q\"\u200c","via":[],"source":"s"}]} tail"#;
        let want = r#"id e1; when {"jalali":"1403"}; Title ا; Title A; Place تهران; place "تهران"; actor a; actor b; tag t; source s; speaker a; actor b; Statement q\"\u200c; source s; Direct "#;
        assert_eq!(notes(json), Ok(want.to_owned()));
    }

    #[test]
    fn leaves_to_the_decoder_what_is_not_plain() {
        let plain = r#""id":"e","when":"2024","title":"t""#;
        assert!(notes(&format!("{{{plain}}}")).is_ok());
        for more in [
            r#","id":"f""#,
            r#","tags":"a""#,
            r#","tags":[1]"#,
            r#","summary":"""#,
            r#","summary":{}"#,
            r#","x":01"#,
            r#","x":tru"#,
            r#","x":"\q""#,
            r#","x":"\u12g4""#,
            r#","\u0078":1"#,
            r#","x":1."#,
            r#","statements":[{"speaker":"a"}]"#,
            r#","actors":[{"role":"a"}]"#,
            r#","summary":null"#,
            ",",
            r#","summary":{"fa":"a","fa":"b"}"#,
            "]",
            r#","statements":[{"text":"a","mode":"\u0064irect"}]"#,
        ] {
            assert_eq!(notes(&format!("{{{plain}{more}}}")), Err(Unsure), "{more}");
        }
        for missing in [
            r#"{"id":"e","when":"2024"}"#,
            r#"{"id":"e","title":"t"}"#,
            "{}",
            "",
            "[]",
            "1",
        ] {
            assert_eq!(notes(missing), Err(Unsure), "{missing}");
        }
    }

    #[test]
    fn keys_that_the_decoder_speaks_of_are_unusual() {
        for (key, unusual) in [
            ("x-own", false),
            ("x-\u{6cc}", false),
            ("own", true),
            ("x-\u{3}", true),
            ("x-\u{9b}", true),
        ] {
            let json = format!(r#"{{"{key}":1,"id":"e","when":"2024","title":"t"}}"#);
            let notes = notes(&json).expect("a plain event");
            assert_eq!(notes.contains("unusual"), unusual, "{key:?}");
        }
    }

    #[test]
    fn an_event_cut_anywhere_is_never_taken_for_whole() {
        let json = r#"{"id":"e","when":"2024","title":"t","statements":[{"speaker":"a","text":{"fa":"سلام \n"}}],"x-n":[1,true,{"k":-1.5e3}]}"#;
        assert!(notes(json).is_ok());
        for (at, _) in json.char_indices() {
            assert_eq!(notes(&json[..at]), Err(Unsure), "{at}");
        }
    }

    #[test]
    fn finds_the_first_quote_wherever_it_stands() {
        for length in 0..70 {
            for mark in [b'"', b'\\'] {
                let mut text = vec![b'!'; length];
                text.push(mark);
                text.extend(b"#]\"\\");
                assert_eq!(quote_or_backslash(&text, 0), Some(length));
            }
            assert_eq!(quote_or_backslash(&vec![0xA2; length], 0), None);
        }
    }
}
