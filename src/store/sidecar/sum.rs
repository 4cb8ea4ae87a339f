//! A checksum that is quick and notices damage. It is no defence against intent: what it lets
//! through is validated all the same.

/// Odd, so that multiplying by it loses nothing.
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// Lanes that a processor works on at once.
const LANES: usize = 4;

/// The checksum of `parts`, one behind the other, each with its length. Every step is one to one,
/// so that a change within eight aligned bytes never goes unnoticed.
pub(super) fn sum(parts: &[&[u8]]) -> u64 {
    parts.iter().fold(0, |before, part| mix(before, of(part)))
}

fn of(bytes: &[u8]) -> u64 {
    let mut lanes: [u64; LANES] = std::array::from_fn(|lane| lane as u64);
    let (words, tail) = bytes.as_chunks::<8>();
    let (blocks, rest) = words.as_chunks::<LANES>();
    for block in blocks {
        for (lane, word) in lanes.iter_mut().zip(block) {
            *lane = mix(*lane, u64::from_le_bytes(*word));
        }
    }
    let mut last = [0; 8];
    last.iter_mut().zip(tail).for_each(|(to, from)| *to = *from);
    let rest = rest.iter().chain([&last]);
    let whole = rest.fold(bytes.len() as u64, |sum, word| {
        mix(sum, u64::from_le_bytes(*word))
    });
    lanes.into_iter().fold(whole, mix)
}

fn mix(sum: u64, word: u64) -> u64 {
    let mixed = (sum ^ word).wrapping_mul(FACTOR);
    mixed ^ mixed >> 29
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_counts() {
        for length in [0, 1, 7, 8, 31, 32, 33, 100] {
            let bytes: Vec<u8> = (0..length).map(|at| at as u8).collect();
            let right = sum(&[&bytes]);
            for at in 0..bytes.len() * 8 {
                let mut wrong = bytes.clone();
                wrong[at / 8] ^= 1 << (at % 8);
                assert_ne!(sum(&[&wrong]), right, "bit {at} of {length} bytes");
            }
            for end in 0..bytes.len() {
                assert_ne!(sum(&[&bytes[..end]]), right, "{end} of {length} bytes");
            }
        }
        assert_ne!(sum(&[b"ab", b"c"]), sum(&[b"a", b"bc"]));
    }
}
