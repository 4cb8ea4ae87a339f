//! Whom the process runs with: its group, its session, and who holds the terminal.
//!
//! A number is 0 when the process that it names lives in another process namespace (a container, a
//! sandbox). `rustix` takes that for impossible, so `nix` is asked.

use std::os::fd::AsFd;

use nix::unistd::{Pid, getpgrp, getppid, getsid, tcgetpgrp};

/// False when another process group has the `terminal` (`bg`).
pub(super) fn is_in_front(terminal: impl AsFd) -> bool {
    tcgetpgrp(terminal).map_or(true, |front| front == getpgrp())
}

/// False in an orphaned process group (`xterm -e sokhan`): no shell is there to continue us, and
/// the system would ignore SIGTSTP too.
pub(super) fn somebody_resumes_us() -> bool {
    let parents = getsid(Some(getppid())).ok();
    getsid(None).is_ok_and(|session| has_shell(session, getpgrp(), parents))
}

/// True when a process of our session may watch over our group from outside of it. The group that
/// leads a session has nobody above it there.
fn has_shell(session: Pid, group: Pid, parents_session: Option<Pid>) -> bool {
    session != group && parents_session == Some(session)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_led_from_outside_the_container_counts_as_any_other() {
        let pid = Pid::from_raw;
        assert!(has_shell(pid(0), pid(7), Some(pid(0))));
        assert!(has_shell(pid(3), pid(7), Some(pid(3))));
        // Started by a terminal itself, or by a process of another session, or left alone.
        assert!(!has_shell(pid(7), pid(7), Some(pid(3))));
        assert!(!has_shell(pid(7), pid(9), Some(pid(3))));
        assert!(!has_shell(pid(7), pid(9), None));
        // All of the group lives outside: nobody can be told apart.
        assert!(!has_shell(pid(0), pid(0), Some(pid(0))));
    }
}
