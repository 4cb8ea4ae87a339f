//! Gzip data as it comes: one member after another, zeros behind them, or something else.

use std::fmt;
use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// All members as one stream. What stands behind the last one is an error of its own
/// ([`is_garbage`]), but for zeros: tapes and block devices pad with them.
pub(in crate::store) struct Members<R> {
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Members<R> {
    pub(in crate::store) fn new(packed: R) -> Self {
        Self {
            member: Some(GzDecoder::new(packed)),
        }
    }

    /// Goes on to the next member; false at the end.
    fn next(&mut self) -> io::Result<bool> {
        let Some(member) = self.member.take() else {
            return Ok(false);
        };
        let mut packed = member.into_inner();
        let mut padded = false;
        loop {
            let here = packed.fill_buf()?;
            let zeros = here.iter().take_while(|byte| **byte == 0).count();
            match here.get(zeros) {
                // The first byte of every member (RFC 1952, 2.3.1).
                Some(0x1F) if zeros == 0 && !padded => {
                    self.member = Some(GzDecoder::new(packed));
                    return Ok(true);
                }
                Some(_) => return Err(io::Error::new(io::ErrorKind::InvalidData, Garbage)),
                None if zeros == 0 => return Ok(false),
                None => {
                    packed.consume(zeros);
                    padded = true;
                }
            }
        }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let read = member.read(buffer)?;
            if read > 0 || buffer.is_empty() || !self.next()? {
                return Ok(read);
            }
        }
        Ok(0)
    }
}

/// Something other than gzip data behind the data.
#[derive(Debug)]
struct Garbage;

impl fmt::Display for Garbage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("something that is no gzip data stands after it")
    }
}

impl std::error::Error for Garbage {}

/// True when all members were whole, and something else follows them.
pub(in crate::store) fn is_garbage(error: &io::Error) -> bool {
    error
        .get_ref()
        .is_some_and(<dyn std::error::Error + Send + Sync>::is::<Garbage>)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn packed(text: &str) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(text.as_bytes()).expect("packed");
        packer.finish().expect("packed")
    }

    /// What is read before the end or an error, by small buffers.
    fn read(bytes: &[u8]) -> (String, io::Result<()>) {
        let mut members = Members::new(io::BufReader::with_capacity(3, bytes));
        let (mut all, mut buffer) = (Vec::new(), [0; 5]);
        loop {
            match members.read(&mut buffer) {
                Ok(0) => return (String::from_utf8_lossy(&all).into_owned(), Ok(())),
                Ok(count) => all.extend_from_slice(&buffer[..count]),
                Err(error) => return (String::from_utf8_lossy(&all).into_owned(), Err(error)),
            }
        }
    }

    #[test]
    fn members_are_one_stream_and_zeros_behind_them_nothing() {
        let two = [packed("hello, "), packed("world")].concat();
        let padded = [&two[..], &[0; 100]].concat();
        for bytes in [two, padded, [packed("hello, world"), packed("")].concat()] {
            let (text, end) = read(&bytes);
            assert_eq!((text.as_str(), end.is_ok()), ("hello, world", true));
        }
    }

    #[test]
    fn what_follows_is_told_from_what_is_cut() {
        for garbage in [&b"garbage"[..], b"\0\0x", b"\0\x1f\x8b"] {
            let (text, end) = read(&[&packed("hello")[..], garbage].concat());
            assert_eq!(text, "hello");
            assert!(is_garbage(&end.expect_err("garbage")), "{garbage:?}");
        }
        let whole = packed("hello");
        for cut in 1..whole.len() {
            let (_, end) = read(&whole[..cut]);
            assert!(!is_garbage(&end.expect_err("cut")), "{cut}");
        }
    }
}
