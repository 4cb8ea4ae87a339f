#!/usr/bin/env python3
"""Times whole programs through a pty, side by side.

    benches/program.py [--runs 9] [--size 120x40] [--sokhan target/release/sokhan] FILE [SCENARIO …]

Every scenario is run for sokhan and for each program it is compared with (less, fzf, lnav, jless,
csvlens, visidata, rg, jq), in turn (A B A B …), and medians and ratios are printed. A program that is
not installed is left out; one that reads lines is given a file of 50 MB at most for its first screen.
The cache of sokhan is off but in `second`, which has a folder of its own for it.

first    start to the first screen: the end of the first burst of at least 300 bytes of output
version  start to the end of `--version`
ready    start to the last change of the screen (sokhan: the whole file is loaded and counted); for
         rg and jq one whole pass over the file
second   the same when the file was opened before, with the cache and without it
keys     a key to the end of the frame it causes, over 200 keys, when all is loaded
load     the same while the file is being loaded
facet    a filter switched on and off in the facets pane, key to frame
search   each letter of a word typed into the search prompt, key to the frame with what was found;
         `rg -c` of the word
idle     bytes written in two seconds without input, and how often its threads were woken
memory   peak resident memory of sokhan when all is loaded, and its private part, in MiB

A burst ends with 4 ms of silence. Standard library only; Linux.
"""
import argparse
import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

QUIET = 0.004


class Program:
    """One program in a pty of its own."""

    def __init__(self, argv, size, env):
        self.start = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(env)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            try:
                os.execvp(argv[0], argv)
            finally:
                os._exit(127)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def burst(self, limit, quiet=QUIET):
        """(first byte, last byte, count) of the next burst, or None when nothing comes in time."""
        first = last = None
        count = 0
        end = time.perf_counter() + limit
        while True:
            now = time.perf_counter()
            wait = quiet if first is not None else end - now
            if wait <= 0 or (first is not None and now > end):
                break
            ready, _, _ = select.select([self.fd], [], [], wait)
            if not ready:
                break
            try:
                data = os.read(self.fd, 1 << 16)
            except OSError:
                break
            if not data:
                break
            last = time.perf_counter()
            first = first or last
            count += len(data)
        return None if first is None else (first, last, count)

    def first_screen(self, limit=60, least=300):
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            burst = self.burst(limit)
            if burst is None:
                return None
            if burst[2] >= least:
                return burst[1] - self.start
        return None

    def settle(self, quiet=0.7, limit=120):
        """Reads until nothing changed and next to nothing worked for `quiet` seconds; the time of the last change.

        Some programs show a clock or look around now and then (lnav, csvlens): 200 bytes are no
        change of the screen, three ticks of 10 ms are no work.
        """
        last = time.perf_counter()
        end = last + limit
        worked = self.worked()
        while time.perf_counter() < end:
            burst = self.burst(quiet, quiet)
            before, worked = worked, self.worked()
            if burst is not None and burst[2] >= 200:
                last = burst[1]
            elif worked - before <= 3:
                break
        return last - self.start

    def worked(self):
        """Ticks of CPU that the process has used."""
        with open(f"/proc/{self.pid}/stat", encoding="ascii") as stat:
            return sum(map(int, stat.read().rsplit(")", 1)[1].split()[11:13]))

    def woken(self):
        """How often its threads were given the processor."""
        count = 0
        for thread in os.scandir(f"/proc/{self.pid}/task"):
            with open(f"{thread.path}/status", encoding="ascii") as status:
                switches = (line.split()[1] for line in status if "ctxt_switches" in line)
                count += sum(map(int, switches))
        return count

    def key(self, keys, limit=5, quiet=QUIET):
        """Seconds from a key to the end of the burst it causes; None when nothing is written."""
        while self.burst(0):
            pass
        sent = time.perf_counter()
        os.write(self.fd, keys)
        burst = self.burst(limit, quiet)
        return None if burst is None else burst[1] - sent

    def memory(self):
        fields = {}
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
            for line in status:
                name, _, value = line.partition(":")
                fields[name] = value.split()
        mib = {name: int(fields[name][0]) / 1024 for name in ("VmHWM", "RssAnon")}
        return mib["VmHWM"], mib["RssAnon"]

    def stop(self):
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def median(values):
    values = [value for value in values if value is not None]
    return statistics.median(values) if values else None


def percentile(values, share):
    values = sorted(value for value in values if value is not None)
    return values[min(len(values) - 1, int(len(values) * share))] if values else None


def ms(value):
    return "never" if value is None else f"{value * 1000:9.2f} ms"


class Bench:
    def __init__(self, options):
        self.file = options.file
        self.runs = options.runs
        self.size = tuple(int(n) for n in options.size.split("x"))
        self.sokhan = options.sokhan
        self.env = {"TERM": "xterm-256color", "LESS": "", "SOKHAN_TERMINAL": "plain"}

    def run(self, *argv):
        return Program(list(argv), self.size, self.env)

    def opened(self):
        program = self.run(self.sokhan, "--no-cache", self.file)
        program.first_screen()
        program.settle()
        return program

    def turns(self, commands, measure, runs=None):
        """Medians of interleaved runs of those commands whose program is installed."""
        commands = {name: argv for name, argv in commands.items() if shutil.which(name.split()[0]) or name.startswith("sokhan")}
        seen = {name: [] for name in commands}
        for _ in range(runs or self.runs):
            for name, argv in commands.items():
                seen[name].append(measure(argv))
        return {name: median(values) for name, values in seen.items()}

    def compare(self, title, medians):
        """Prints medians, and the ratio of the first one to each other one."""
        ours = next(iter(medians.values()))
        for at, (name, middle) in enumerate(medians.items()):
            ratio = f"  sokhan takes {ours / middle:.2f} of it" if at and middle and ours else ""
            print(f"{title:8} {name:22} {ms(middle)}{ratio}")

    def screens(self, commands, measure):
        """Medians of programs that run in a pty."""

        def run(argv):
            program = self.run(*argv)
            try:
                return measure(program)
            finally:
                program.stop()

        return self.turns(commands, run)

    def readers(self, lines):
        """Programs that show the file; those that read all its lines first, only if `lines`."""
        path = self.file
        commands = {"sokhan": [self.sokhan, "--no-cache", path], "less -S": ["less", "-S", path]}
        if lines:
            commands |= {
                "fzf": ["sh", "-c", 'exec fzf --no-sort < "$0"', path],
                "lnav": ["lnav", path],
                "jless": ["jless", path],
                "csvlens": ["csvlens", path],
                "vd": ["vd", path],
            }
        return commands

    def first(self):
        small = os.path.getsize(self.file) < 50_000_000
        self.compare("first", self.screens(self.readers(small), lambda program: program.first_screen()))

    @staticmethod
    def timed(argv):
        """Seconds that a program takes whose output nobody reads."""
        start = time.perf_counter()
        subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
        return time.perf_counter() - start

    def version(self):
        commands = {"sokhan": [self.sokhan, "--version"], "rg": ["rg", "--version"]}
        self.compare("version", self.turns(commands, self.timed, self.runs * 5))

    def ready(self):
        commands = self.readers(True)
        del commands["less -S"]
        medians = self.screens(commands, lambda program: program.first_screen() and program.settle())
        passes = {
            "rg -c": ["rg", "-c", "همکاری", self.file],
            "jq": ["jq", "-c", "select(.id == \"e1\")", self.file],
        }
        self.compare("ready", medians | self.turns(passes, self.timed, 3))

    def second(self):
        with tempfile.TemporaryDirectory() as folder:
            self.env["XDG_CACHE_HOME"] = folder
            commands = {
                "sokhan": [self.sokhan, self.file],
                "sokhan --no-cache": [self.sokhan, "--no-cache", self.file],
            }
            program = self.run(self.sokhan, self.file)
            program.first_screen()
            program.settle()
            program.stop()
            kept = os.path.join(folder, "sokhan")
            kept = sum(file.stat().st_size for file in os.scandir(kept)) if os.path.isdir(kept) else 0
            print(f"{'second':8} {'kept':22} {kept / 1e6:9.1f} MB")
            ready = self.screens(commands, lambda program: program.first_screen() and program.settle())
            self.compare("second", ready)
            del self.env["XDG_CACHE_HOME"]

    def latencies(self, title, program, keys):
        seen = [program.key(key) for key in keys]
        answered = [value for value in seen if value is not None]
        print(
            f"{title:8} {'sokhan':22} p50 {ms(median(answered))}  p99 {ms(percentile(answered, 0.99))}"
            f"  ({len(answered)} of {len(seen)} keys drew a frame)"
        )

    def keys(self):
        program = self.opened()
        moves = [b"j", b"j", b"j", b"\x04", b"k", b"G", b"g", b"\x06", b"\x02", b"j"] * 20
        self.latencies("keys", program, moves)
        program.stop()

    def load(self):
        program = self.run(self.sokhan, "--no-cache", self.file)
        program.first_screen()
        self.latencies("load", program, [b"j", b"j", b"k", b"\x04"] * 10)
        program.stop()

    def facet(self):
        program = self.opened()
        program.key(b"f")
        self.latencies("facet", program, [b" ", b" ", b"j"] * 30)
        program.stop()

    def search(self):
        program = self.opened()
        for word in ("همکاری", "مذاکره", "russia"):
            program.key(b"/")
            # The frame with the letter comes at once, the one with what was found later.
            seen = [program.key(letter.encode(), quiet=0.3) for letter in word]
            first, rest = seen[0], seen[1:]
            program.key(b"\x1b")
            program.settle(0.3)
            later = median(rest)
            print(f"{'search':8} {word:22} first {ms(first)}  later p50 {ms(later)}  max {ms(percentile(rest, 1))}")
            for name, middle in self.turns({"rg": ["rg", "-c", word, self.file]}, self.timed).items():
                print(f"{'search':8} {name + ' -c ' + word:22} {ms(middle)}  sokhan takes {later / middle:.2f} of it")
        program.stop()

    def idle(self):
        program = self.opened()
        before = program.woken()
        burst = program.burst(2, 2)
        woken = program.woken() - before
        print(f"{'idle':8} {'sokhan':22} {burst[2] if burst else 0} bytes, {woken} wake-ups in 2 s")
        program.stop()

    def memory(self):
        program = self.opened()
        peak, private = program.memory()
        size = os.path.getsize(self.file) / 1024 / 1024
        print(f"{'memory':8} {'sokhan':22} peak {peak:.1f} MiB, private {private:.1f} MiB, file {size:.1f} MiB"
              f" ({peak / size:.2f}, {private / size:.2f} of it)")
        program.stop()


SCENARIOS = ["first", "version", "ready", "second", "keys", "load", "facet", "search", "idle", "memory"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--size", default="120x40")
    parser.add_argument("--sokhan", default=os.path.join(os.path.dirname(__file__), "../target/release/sokhan"))
    parser.add_argument("file")
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO")
    options = parser.parse_args()
    unknown = [name for name in options.scenarios if name not in SCENARIOS]
    if unknown:
        parser.error(f"no scenario {unknown[0]!r}; there are {' '.join(SCENARIOS)}")
    bench = Bench(options)
    size = os.path.getsize(options.file) / 1e6
    print(f"{options.file}, {size:.1f} MB, {os.cpu_count()} cores, {options.size}, median of {options.runs}")
    for name in options.scenarios or SCENARIOS:
        getattr(bench, name)()
    return 0


if __name__ == "__main__":
    sys.exit(main())
