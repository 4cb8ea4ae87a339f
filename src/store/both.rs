//! Two pieces of work at the same time, when there is enough of them.

use std::thread;

/// Fewer events than this are done with sooner than a thread is made (about 0.1 ms).
const FEW: usize = 4096;

/// Does `one` and `other`, which go over so many `events`: in two threads unless they are few.
pub(crate) fn both<A: Send, B>(
    events: usize,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    if events < FEW {
        return (one(), other());
    }
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().expect("a panic ends the program at once"), other)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_is_made_for_many_only() {
        let here = thread::current().id();
        let (there, own) = both(FEW, || thread::current().id(), || thread::current().id());
        assert!(there != here && own == here);
        let (there, own) = both(
            FEW - 1,
            || thread::current().id(),
            || thread::current().id(),
        );
        assert_eq!((there, own), (here, here));
    }
}
