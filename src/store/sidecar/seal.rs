//! What stands before the columns in a sidecar: what it is, of which file, and a checksum.

use super::key::{self, Key};
use super::sum::sum;
use super::wire::Wire;

/// Begins every sidecar; no text does.
const MAGIC: &[u8; 8] = b"\x89sokhan\n";
/// Of how the columns are written, and of what is taken from a file: raised with every change.
const FORMAT: u64 = 2;
/// Bytes before the columns.
pub(super) const LENGTH: usize = 8 + 8 + 8 + key::LENGTH + 8;

/// What stands before `body`, the columns of the file that `key` tells of.
pub(super) fn seal(key: Key, body: &[u8]) -> [u8; LENGTH] {
    let key = key.bytes();
    let mut seal = Vec::with_capacity(LENGTH);
    seal.extend_from_slice(MAGIC);
    seal.extend_from_slice(&FORMAT.to_le_bytes());
    seal.extend_from_slice(&program().to_le_bytes());
    seal.extend_from_slice(&key);
    seal.extend_from_slice(&sum(&[&seal, body]).to_le_bytes());
    let mut sealed = [0; LENGTH];
    sealed
        .iter_mut()
        .zip(seal)
        .for_each(|(to, from)| *to = from);
    sealed
}

/// The columns in `sidecar`, if it is whole, of this program and of the file that `key` tells of.
pub(super) fn open(sidecar: &[u8], key: Key) -> Option<&[u8]> {
    let (seal, body) = sidecar.split_at_checked(LENGTH)?;
    let (told, written) = seal.split_at_checked(LENGTH - 8)?;
    let mut told_wire = Wire(told);
    let ours = told_wire.take(8)? == MAGIC
        && told_wire.word()? == FORMAT
        && told_wire.word()? == program()
        && told_wire.0 == key.bytes();
    (ours && Wire(written).word()? == sum(&[told, body])).then_some(body)
}

/// This version of the program: another one may read files in another way.
fn program() -> u64 {
    sum(&[env!("CARGO_PKG_VERSION").as_bytes()])
}
