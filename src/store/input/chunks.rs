//! The text of a stream, held packed in memory. It can be read at any place, as if it were a file,
//! and takes a fraction of its length.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::compress_bound;

/// Bytes of text in a chunk: unpacked in a tenth of a millisecond when one event of it is shown.
const SIZE: usize = 128 << 10;

/// Unpacked chunks that are kept: more events than a screen has lie near each other in them.
const KEPT: usize = 16;

/// The quickest level that is no loss against the lower ones.
const LEVEL: i32 = 1;

/// Takes in what comes.
#[derive(Default)]
pub(in crate::store) struct Growing {
    whole: Vec<Arc<[u8]>>,
    /// What is less than a chunk.
    rest: Vec<u8>,
    packer: Packer,
}

impl fmt::Debug for Growing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Growing to {} bytes", self.len())
    }
}

impl Growing {
    /// Appends `text`.
    pub(in crate::store) fn push(&mut self, mut text: &[u8]) -> io::Result<()> {
        if !self.rest.is_empty() {
            let (here, later) = text.split_at(text.len().min(SIZE - self.rest.len()));
            self.rest.extend_from_slice(here);
            text = later;
            if self.rest.len() == SIZE {
                self.whole.push(self.packer.pack(&self.rest)?);
                self.rest.clear();
            }
        }
        let (chunks, rest) = text.as_chunks::<SIZE>();
        for chunk in chunks {
            self.whole.push(self.packer.pack(chunk)?);
        }
        self.rest.extend_from_slice(rest);
        Ok(())
    }

    /// How much came, in bytes.
    pub(in crate::store) fn len(&self) -> u64 {
        (self.whole.len() * SIZE + self.rest.len()) as u64
    }

    /// What came until now.
    pub(in crate::store) fn so_far(&self) -> Chunks {
        Chunks {
            whole: self.whole.clone(),
            rest: self.rest.as_slice().into(),
            unpacked: Mutex::default(),
            idle: Mutex::default(),
        }
    }
}

/// Packs one chunk after the other in the same memory.
#[derive(Default)]
struct Packer {
    compressor: Option<Compressor<'static>>,
    packed: Vec<u8>,
}

impl Packer {
    fn pack(&mut self, chunk: &[u8]) -> io::Result<Arc<[u8]>> {
        let compressor = match &mut self.compressor {
            Some(compressor) => compressor,
            none => none.insert(Compressor::new(LEVEL)?),
        };
        self.packed.resize(compress_bound(chunk.len()), 0);
        let length = compressor.compress_to_buffer(chunk, &mut *self.packed)?;
        Ok(self.packed.get(..length).unwrap_or(&[]).into())
    }
}

/// What came of a stream until some moment.
pub(in crate::store) struct Chunks {
    whole: Vec<Arc<[u8]>>,
    rest: Arc<[u8]>,
    /// The last ones that a part was asked of, the oldest first.
    unpacked: Mutex<VecDeque<(usize, Arc<[u8]>)>>,
    /// What unpacking needs, for as many threads as did it at once.
    idle: Mutex<Vec<Decompressor<'static>>>,
}

impl fmt::Debug for Chunks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Chunks of {} bytes", self.len())
    }
}

impl Chunks {
    /// How many bytes of text.
    pub(in crate::store) fn len(&self) -> u64 {
        (self.whole.len() * SIZE + self.rest.len()) as u64
    }

    /// Only the first `length` bytes of text.
    pub(in crate::store) fn cut(mut self, length: u64) -> io::Result<Self> {
        if length >= self.len() {
            return Ok(self);
        }
        let whole = (length / SIZE as u64) as usize;
        let mut rest = Vec::new();
        self.read_more((whole * SIZE) as u64..length, &mut rest)?;
        self.whole.truncate(whole);
        self.rest = rest.into();
        Ok(self)
    }

    /// Appends the bytes of `range`, which lies inside, to `into`.
    pub(in crate::store) fn read_more(
        &self,
        range: Range<u64>,
        into: &mut Vec<u8>,
    ) -> io::Result<()> {
        let mut at = range.start;
        while at < range.end {
            let (number, from) = ((at / SIZE as u64) as usize, (at % SIZE as u64) as usize);
            let to = SIZE.min(from + (range.end - at) as usize);
            match self.whole.get(number) {
                Some(packed) if to - from == SIZE => self.unpack_behind(packed, into)?,
                Some(packed) => {
                    let chunk = self.chunk(number, packed)?;
                    into.extend_from_slice(chunk.get(from..to).unwrap_or(&[]));
                }
                None => {
                    let to = to.min(self.rest.len());
                    into.extend_from_slice(self.rest.get(from..to).unwrap_or(&[]));
                    return Ok(());
                }
            }
            at += (to - from) as u64;
        }
        Ok(())
    }

    /// The text of a chunk of which only a part is wanted: of its neighbours, more will be.
    fn chunk(&self, number: usize, packed: &[u8]) -> io::Result<Arc<[u8]>> {
        if let Some((_, text)) = locked(&self.unpacked)
            .iter()
            .find(|(kept, _)| *kept == number)
        {
            return Ok(Arc::clone(text));
        }
        let mut text = Vec::new();
        self.unpack_behind(packed, &mut text)?;
        let text: Arc<[u8]> = text.into();
        let mut kept = locked(&self.unpacked);
        if kept.len() >= KEPT {
            kept.pop_front();
        }
        kept.push_back((number, Arc::clone(&text)));
        Ok(text)
    }

    /// Appends the text of a whole chunk.
    fn unpack_behind(&self, packed: &[u8], into: &mut Vec<u8>) -> io::Result<()> {
        let start = into.len();
        into.resize(start + SIZE, 0);
        let room = into.get_mut(start..).unwrap_or(&mut []);
        let idle = locked(&self.idle).pop();
        let mut decompressor = idle.map_or_else(Decompressor::new, Ok)?;
        let length = decompressor.decompress_to_buffer(packed, room)?;
        locked(&self.idle).push(decompressor);
        match length {
            SIZE => Ok(()),
            _ => Err(io::ErrorKind::InvalidData.into()),
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_part_is_what_came() {
        let text: Vec<u8> = (0..3 * SIZE + 777)
            .map(|at| (at * at / 7 % 251) as u8)
            .collect();
        let mut growing = Growing::default();
        for piece in text.chunks(50_001) {
            growing.push(piece).expect("packed");
        }
        assert_eq!(growing.len(), text.len() as u64);
        let chunks = growing.so_far();
        let later = growing.len();
        growing.push(b"later").expect("packed");
        assert_eq!(growing.len(), later + 5);
        assert_eq!(chunks.len(), text.len() as u64, "what came until then");
        for start in [0, 1, SIZE - 1, SIZE, 2 * SIZE + 5, 3 * SIZE, text.len() - 1] {
            for length in [0, 1, 100, SIZE, SIZE + 1, 3 * SIZE] {
                let end = text.len().min(start + length);
                let mut part = b"before".to_vec();
                chunks
                    .read_more(start as u64..end as u64, &mut part)
                    .expect("unpacked");
                assert_eq!(part.strip_prefix(b"before"), Some(&text[start..end]));
            }
        }
        for length in [0, 5, SIZE, SIZE + 9, text.len()] {
            let (mut all, cut) = (
                Vec::new(),
                growing.so_far().cut(length as u64).expect("cut"),
            );
            cut.read_more(0..cut.len(), &mut all).expect("unpacked");
            assert_eq!(all, &text[..length]);
        }
        let kept = chunks.unpacked.lock().expect("no panic").len();
        assert!((1..=KEPT).contains(&kept));
    }

    #[test]
    fn little_is_held_of_much() {
        let line = "{\"id\":\"1\",\"title\":\"سلام\"}\n".repeat(100_000);
        let mut growing = Growing::default();
        growing.push(line.as_bytes()).expect("packed");
        let held: usize = growing.whole.iter().map(|chunk| chunk.len()).sum();
        assert!(held < line.len() / 50, "{held} of {}", line.len());
    }
}
