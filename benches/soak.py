#!/usr/bin/env python3
"""Lives with the program for a long time: random keys, resizes, pastes, stops, changed files.

    benches/soak.py [--minutes 60] [--sessions 3] [--seed 1] [--csv soak.csv] FILE

The program runs in a pty of its own, on a copy of FILE that is replaced now and then (with its
records in another order, sometimes with the first two thirds of them before that) and read again
with `R`. Every few seconds its memory
goes into a CSV file. At the end of each session it is asked to leave; a random key may have chosen
that before (from the list of actions), and then another session begins. One has failed when

* the program panics, dies, hangs for ten seconds or leaves with another code than 0,
* a mode or a setting of the terminal is not as it was found, or
* the private memory of its last quarter is, in the median, over a tenth and 4 MiB more than that of
  its second quarter.

The same seed and the same speed of the machine give the same keys. Standard library only; Linux.
"""
import argparse
import csv
import fcntl
import os
import pty
import random
import re
import select
import shutil
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time

MODE = re.compile(rb"\x1b\[(\??)(\d+(?:;\d+)*)([hl])")
# Modes as a terminal has them when nobody set any; the cursor and implicit bidi are on.
FOUND = {b"?25": True, b"8": True}

MOVES = [b"j", b"k", b"J", b"K", b"\x04", b"\x15", b" ", b"\x02", b"g", b"G", b"]d", b"[d", b"]m",
         b"[m", b"]y", b"[y", b"\x1b[A", b"\x1b[B", b"\x1b[5~", b"\x1b[6~", b"\x1b[H", b"\x1b[F"]
PLACES = [b"\t", b"\x1b[Z", b"h", b"l", b"\r", b"\x1b", b"\x0f", b"f", b"v", b"?", b"W", b"'"]
NARROWS = [b"+", b"-", b"s", b"S", b"}", b"{", b"x", b"X", b"\x06", b"c", b"*", b"n", b"N"]
SHOWS = [b"C", b"D", b"L", b"T", b"z", b"Z", b"B", b"m", b"V", b"y", b"Y", b"\x0c", b"\x1b[12~"]
WORDS = ["همکاری", "مذاکره", "russia", "«دو واژه»", "ک", "a", "\u202ea", "\u200cها", "1403"]
QUERIES = ["leader:پ", "-mode:direct", "after:1403-04", "org:ب place:ت", "nothing:x", "before:1402 برجام"]
SIZES = [(80, 24), (120, 40), (200, 50), (40, 12), (1, 1), (0, 0), (250, 70), (65535, 65535), (3, 90)]
HALVES = [b"\x1b[", b"\xd8", b"\x1b]11;rgb:", b"\x1b[<0;0;0M", b"\x1b[<64;9999;9999M", b"\x1b[M   ",
          b"\x1b[?62;c", b"\x1b_Gi=1;OK\x1b\\", b"\x00", b"\xff\xfe", b"\x1bO"]


class Failed(Exception):
    """What went wrong in a session."""


class Left(Exception):
    """The program left by itself, with code 0: a key that somebody may press."""


class Session:
    """One run of the program."""

    def __init__(self, options, number, chance, folder, rows):
        self.options, self.number, self.chance, self.rows = options, number, chance, rows
        self.folder = folder
        self.records = read_lines(options.file)
        self.file = os.path.join(folder, "soak" + os.path.splitext(options.file)[1])
        self.replace_file()
        self.bytes = self.actions = self.stops = 0
        self.tail = b""
        self.modes = dict(FOUND)
        self.heard = time.monotonic()
        self.next_sample = self.start = time.monotonic()
        self.master, self.slave = pty.openpty()
        self.resize((120, 40), tell=False)
        self.before = termios.tcgetattr(self.slave)
        terminal = options.terminals[number % len(options.terminals)]
        env = {"TERM": "xterm-256color", "HOME": folder, "PATH": "/nonexistent", "LANG": "C.UTF-8",
               "SOKHAN_TERMINAL": terminal}
        self.status = None
        self.news, news = os.pipe()
        os.set_blocking(self.news, False)
        self.shell = os.fork()
        if self.shell == 0:
            try:
                be_a_shell(self.slave, news, [options.sokhan, self.file], env)
            finally:
                os._exit(127)
        os.close(news)
        self.pid = 0
        while not self.pid:
            self.learn()

    def learn(self):
        """Hears from the shell: the number of the program, whether it stopped, how it ended."""
        stopped = False
        try:
            lines = os.read(self.news, 1000).decode().splitlines()
        except BlockingIOError:
            return False
        for line in lines:
            word, number = line.split()
            if word == "runs":
                self.pid = int(number)
            elif word == "stopped":
                stopped = True
            else:
                self.status = int(number)
        return stopped

    def read(self, seconds):
        """Takes what the program writes in the next seconds; True when there was something."""
        end = time.monotonic() + seconds
        found = False
        while True:
            ready, _, _ = select.select([self.master], [], [], max(0, end - time.monotonic()))
            if not ready:
                return found
            data = os.read(self.master, 1 << 16)
            self.bytes += len(data)
            self.heard = time.monotonic()
            found = True
            text = self.tail + data
            for question, numbers, to in MODE.findall(text):
                for one in numbers.split(b";"):
                    self.modes[question + one] = to == b"h"
            # A sequence may be cut; one that is read twice says the same twice.
            self.tail = text[-32:]
            if b"panicked" in text or b"sokhan has failed" in text:
                raise Failed(text[-2000:].decode(errors="replace"))

    def send(self, keys):
        self.actions += 1
        os.write(self.master, keys)

    def resize(self, size, tell=True):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        if tell:
            os.kill(self.pid, signal.SIGWINCH)

    def replace_file(self, first=1, most=None):
        """Writes another file in place of the one that is open, as an editor does: the header and
        the records from the `first` one on, then those before it, `most` at most."""
        header, records = self.records[:1], self.records[first:] + self.records[1:first]
        other = self.file + ".new"
        with open(other, "wb") as out:
            out.writelines(header + records[:most])
        os.replace(other, self.file)

    def stop_and_go_on(self):
        self.send(b"\x1a")
        self.read(0.3)
        if self.learn():
            self.stops += 1
            self.check_terminal("stopped")
            os.kill(self.pid, signal.SIGCONT)
        self.alive()

    def act(self):
        """One thing that somebody may do."""
        chance = self.chance
        kind = chance.random()
        if kind < 0.45:
            self.send(chance.choice(MOVES) * chance.choice([1, 1, 1, 2, 30]))
        elif kind < 0.60:
            self.send(chance.choice(PLACES))
        elif kind < 0.70:
            self.send(chance.choice(NARROWS))
        elif kind < 0.77:
            self.send(chance.choice(SHOWS))
        elif kind < 0.85:
            # A query is pasted: typed where no prompt is open, its colon could lead to any action.
            if chance.random() < 0.3:
                self.send(b"F\x1b[200~" + chance.choice(QUERIES).encode() + b"\x1b[201~")
            else:
                self.send(chance.choice([b"/", b"f/"]) + chance.choice(WORDS).encode())
            self.send(chance.choice([b"\r", b"\x1b", b"\x7f\x7f\r", b"\x15\r"]))
        elif kind < 0.88:
            self.send(b"t" + chance.choice(["1403", "-3m", "تیر ۱۴۰۲", "x"]).encode() + b"\r")
        elif kind < 0.91:
            x, y, button = chance.randrange(130), chance.randrange(45), chance.choice([0, 32, 64, 65])
            self.send(f"\x1b[<{button};{x};{y}{chance.choice('Mm')}".encode())
        elif kind < 0.94:
            self.resize(chance.choice(SIZES))
            if chance.random() < 0.8:
                self.read(0.05)
                self.resize((120, 40))
        elif kind < 0.96:
            self.send(b"\x1b[200~" + chance.choice(WORDS).encode() * chance.choice([1, 400]) + b"\x1b[201~")
        elif kind < 0.975:
            self.send(chance.choice(HALVES))
        elif kind < 0.985:
            self.send(b":" + chance.choice([b"zoom", b"theme", b"zz"]) + b"\x1b")
        elif kind < 0.99:
            self.stop_and_go_on()
        elif kind < 0.995:
            self.send(bytes(byte for byte in chance.randbytes(40) if byte not in b"q:\r\n\x03\x1a\x1c"))
        else:
            first = chance.randrange(1, len(self.records))
            if chance.random() < 0.5:
                self.replace_file(first, len(self.records) * 2 // 3)
                self.read(0.2)
            # Always as many are read, or what memory is needed would tell of that.
            self.replace_file(first)
            # An escape that is followed at once would be alt.
            self.send(b"\x1b")
            self.read(0.2)
            self.send(b"R")

    def sample(self):
        now = time.monotonic()
        if now < self.next_sample:
            return
        self.next_sample = now + self.options.every
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
            fields = dict(line.split(":", 1) for line in status)
        mib = {name: int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "RssAnon")}
        with open(f"/proc/{self.pid}/stat", encoding="ascii") as stat:
            ticks = stat.read().rsplit(")", 1)[1].split()[11:13]
        cpu = sum(int(tick) for tick in ticks) / os.sysconf("SC_CLK_TCK")
        row = {
            "session": self.number, "seconds": round(now - self.start, 1),
            "resident_mib": round(mib["VmRSS"], 1), "private_mib": round(mib["RssAnon"], 1),
            "files": len(os.listdir(f"/proc/{self.pid}/fd")), "threads": int(fields["Threads"]),
            "cpu_seconds": round(cpu, 1), "actions": self.actions, "bytes_written": self.bytes,
        }
        self.rows.append(row)
        if self.options.out:
            self.options.out.writerow(row)
            self.options.csv.flush()

    def alive(self):
        if self.learn():
            os.kill(self.pid, signal.SIGCONT)
        if self.status == 0:
            raise Left
        if self.status is not None:
            raise Failed(f"ended by itself with status {self.status}: {self.tail!r}")

    def answers(self):
        """A size of its own and `ctrl-l` must bring bytes within ten seconds."""
        self.send(b"\x1b")
        self.read(0.2)
        self.send(b"\x1b")
        self.resize((120, 40))
        self.read(0.2)
        self.send(b"\x0c")
        end = time.monotonic() + 10
        while not self.read(0.1):
            self.alive()
            if time.monotonic() > end:
                raise Failed("hangs")

    def check_terminal(self, when):
        stale = {mode: on for mode, on in self.modes.items() if on != FOUND.get(mode, False)}
        if stale:
            raise Failed(f"{when}: modes left {stale}")
        if termios.tcgetattr(self.slave) != self.before:
            raise Failed(f"{when}: settings of the terminal are not as before")

    def live(self, seconds):
        while not self.read(0.1):
            if time.monotonic() - self.start > 10:
                raise Failed("no first screen")
        checked = time.monotonic()
        while time.monotonic() - self.start < seconds:
            self.act()
            self.read(self.chance.choice([0, 0, 0.01, 0.03, 0.06]))
            self.alive()
            self.sample()
            if time.monotonic() - checked > 15:
                self.answers()
                checked = time.monotonic()

    def leave(self):
        self.answers()
        end = time.monotonic() + 10
        while time.monotonic() < end:
            self.send(b"\x1b")
            self.read(0.3)
            self.send(b"q")
            self.read(0.3)
            self.learn()
            if self.status is not None:
                self.read(0.1)
                if self.status:
                    raise Failed(f"left with status {self.status}")
                self.check_terminal("left")
                return
        raise Failed("does not leave")

    def close(self):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
        for end in (self.master, self.slave, self.news):
            os.close(end)
        os.waitpid(self.shell, 0)


def be_a_shell(slave, news, argv, env):
    """Runs the program in the foreground, as a shell does, so that it can be stopped."""
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for end in range(3):
        os.dup2(slave, end)
    for one in (signal.SIGTTOU, signal.SIGHUP, signal.SIGTSTP, signal.SIGINT, signal.SIGQUIT):
        signal.signal(one, signal.SIG_IGN)
    pid = os.fork()
    if pid == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        for one in (signal.SIGTTOU, signal.SIGHUP, signal.SIGTSTP, signal.SIGINT, signal.SIGQUIT):
            signal.signal(one, signal.SIG_DFL)
        os.closerange(3, 100)
        os.execve(argv[0], argv, env)
    os.write(news, b"runs %d\n" % pid)
    while True:
        _, status = os.waitpid(pid, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            os.write(news, b"ended %d\n" % status)
            os._exit(0)
        os.write(news, b"stopped 0\n")


def read_lines(path):
    with open(path, "rb") as file:
        return file.readlines()


def memory(rows):
    """(second quarter, last quarter, most) of the private memory, in MiB."""
    private = [row["private_mib"] for row in rows]
    quarter = max(1, len(private) // 4)
    return (statistics.median(private[quarter:2 * quarter] or private),
            statistics.median(private[-quarter:]), max(private))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--sessions", type=int, default=3, help="at least so many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=float, default=5, help="seconds between two samples")
    parser.add_argument("--csv", type=argparse.FileType("w"))
    parser.add_argument("--terminals", nargs="*", default=["plain", "vte", "unknown"])
    parser.add_argument("--sokhan", default=os.path.join(os.path.dirname(__file__), "../target/release/sokhan"))
    parser.add_argument("file")
    options = parser.parse_args()
    options.sokhan = os.path.abspath(options.sokhan)
    options.out = None
    if options.csv:
        names = ["session", "seconds", "resident_mib", "private_mib", "files", "threads", "cpu_seconds",
                 "actions", "bytes_written"]
        options.out = csv.DictWriter(options.csv, names)
        options.out.writeheader()
    end = time.monotonic() + options.minutes * 60
    failures = number = 0
    while time.monotonic() < end - 5:
        seconds = min(end - time.monotonic(), options.minutes * 60 / options.sessions)
        failures += not run(options, number, seconds)
        number += 1
    return 1 if failures else 0


def run(options, number, seconds):
    """One session; False when it failed."""
    folder = tempfile.mkdtemp(prefix="soak-")
    rows = []
    session = Session(options, number, random.Random(options.seed * 1000 + number), folder, rows)
    fault, verdict = None, "well"
    try:
        try:
            session.live(seconds)
            session.leave()
        except Left:
            session.read(0.1)
            session.check_terminal("left")
            verdict = "well, left by a key"
    except (Failed, OSError) as error:
        fault = f"{type(error).__name__}: {error}"
    session.close()
    shutil.rmtree(folder)
    second, last, most = memory(rows) if rows else (0, 0, 0)
    if not fault and len(rows) >= 40 and last > second * 1.1 + 4:
        fault = "the memory grows"
    ends = rows[-1] if rows else {}
    print(f"session {number}: {ends.get('seconds', 0)} s, {session.actions} actions, {session.stops} stops, "
          f"{session.bytes / 1e6:.1f} MB written, CPU {ends.get('cpu_seconds', 0)} s; private memory "
          f"{second:.1f} MiB in the second quarter, {last:.1f} in the last, {most:.1f} at most: "
          f"{fault or verdict}", flush=True)
    return not fault


if __name__ == "__main__":
    sys.exit(main())
