#!/usr/bin/env python3
"""How time and memory grow with the events, from ten thousand to three million.

    benches/growth.py measure [EVENTS …] > docs/growth.csv
    benches/growth.py draw < docs/growth.csv > docs/growth.svg

Measuring needs `cargo build --release --bins --examples`, and 2.5 GB for the largest file, which is
made in the folder for temporary files and removed. Standard library only; Linux.
"""
import csv
import math
import os
import re
import statistics
import subprocess
import sys
import tempfile

import program

RELEASE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../target/release")
EVENTS = [10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000]
ROUNDS = 5
FIELDS = [
    "events", "bytes", "index_ms", "index_cpu_s", "text_ms", "text_cpu_s",
    "memory_index_mib", "memory_mib", "peak_mib", "first_ms", "second_ms", "key_p50_ms", "key_p99_ms",
]


def engine(path):
    """The figures of one run of `examples/measure`."""
    text = subprocess.run([f"{RELEASE}/examples/measure", path, "0"], capture_output=True, text=True, check=True).stdout

    def number(pattern):
        return float(re.search(pattern, text, re.MULTILINE).group(1))

    return {
        "index_ms": number(r"^columns and index, once +([\d.]+)"),
        "index_cpu_s": number(r"^columns and index, once +[\d.]+ +([\d.]+)"),
        "text_ms": number(r"^search text, once +([\d.]+)"),
        "text_cpu_s": number(r"^search text, once +[\d.]+ +([\d.]+)"),
        "memory_index_mib": number(r"^memory after the index: (\d+)"),
        "memory_mib": number(r"^memory after the search text: (\d+)"),
        "peak_mib": number(r"^memory after the search text: \d+ MB, peak (\d+)"),
    }


def screen(path, folder):
    """The figures of the program in a pty, in milliseconds."""
    options = type("Options", (), {"file": path, "runs": ROUNDS, "size": "120x40", "sokhan": f"{RELEASE}/sokhan"})
    bench = program.Bench(options)
    bench.env["XDG_CACHE_HOME"] = folder

    def opened(measure, *flags):
        running = bench.run(bench.sokhan, *flags, path)
        try:
            return measure(running)
        finally:
            running.stop()

    def keys(running):
        running.first_screen()
        running.settle()
        return [running.key(key) for key in [b"j", b"j", b"\x04", b"k", b"G", b"g", b"\x06", b"\x02"] * 40]

    def ready(running):
        return running.first_screen() and running.settle()

    opened(ready)
    seen = opened(keys, "--no-cache")
    return {
        "first_ms": 1000 * statistics.median(opened(lambda p: p.first_screen(), "--no-cache") for _ in range(ROUNDS * 3)),
        "second_ms": 1000 * statistics.median(opened(ready) for _ in range(ROUNDS)),
        "key_p50_ms": 1000 * program.median(seen),
        "key_p99_ms": 1000 * program.percentile(seen, 0.99),
    }


def measure(sizes):
    out = csv.DictWriter(sys.stdout, FIELDS, lineterminator="\n")
    out.writeheader()
    for events in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "corpus.jsonl")
            with open(path, "wb") as file:
                subprocess.run([f"{RELEASE}/examples/corpus", "--events", str(events), "--seed", "1"], stdout=file, check=True)
            # Written long ago, so that its index may be kept.
            os.utime(path, (1_000_000_000, 1_000_000_000))
            runs = [engine(path) for _ in range(ROUNDS)]
            row = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
            row |= screen(path, os.path.join(folder, "cache"))
            row |= {"events": events, "bytes": os.path.getsize(path)}
            out.writerow({name: f"{row[name]:.6g}" for name in FIELDS} | {"events": events, "bytes": row["bytes"]})
            sys.stdout.flush()


# The picture: four panels, both axes logarithmic, colours for light and for dark.

WIDTH, HEIGHT = 360, 230
LEFT, TOP, RIGHT, BOTTOM = 58, 40, 14, 38
STYLE = """
  svg { font: 12px sans-serif; }
  .ground { fill: #ffffff; } .ink { fill: #1f2328; } .faint { fill: #59636e; }
  .grid { stroke: #d8dee4; stroke-width: 1; } .line { fill: none; stroke-width: 2; }
  .a { stroke: #0969da; fill: #0969da; } .b { stroke: #bc4c00; fill: #bc4c00; } .c { stroke: #59636e; fill: #59636e; }
  .line.a, .line.b, .line.c { fill: none; } .line.c { stroke-dasharray: 4 3; }
  text.a, text.b, text.c { stroke: none; }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117; } .ink { fill: #e6edf3; } .faint { fill: #9198a1; } .grid { stroke: #30363d; }
    .a { stroke: #58a6ff; fill: #58a6ff; } .b { stroke: #f0883e; fill: #f0883e; } .c { stroke: #9198a1; fill: #9198a1; }
  }
"""


def short(value):
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"


def panel(title, unit, x, series, low, high):
    """One diagram: `series` are (name, class, values); both axes in powers of ten."""
    width, height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    first, last = math.log10(x[0]), math.log10(x[-1])

    def at_x(value):
        return LEFT + width * (math.log10(value) - first) / (last - first)

    def at_y(value):
        return TOP + height * (1 - (math.log10(value) - low) / (high - low))

    parts = [f'<text class="ink" x="{LEFT}" y="18" font-weight="bold">{title}</text>']
    for power in range(low, high + 1):
        y = at_y(10**power)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="faint" x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{short(10**power)} {unit}</text>')
    for value in x:
        where = at_x(value)
        parts.append(f'<line class="grid" x1="{where:.1f}" x2="{where:.1f}" y1="{TOP}" y2="{TOP + height}"/>')
        parts.append(f'<text class="faint" x="{where:.1f}" y="{HEIGHT - 20}" text-anchor="middle">{short(value)}</text>')
    parts.append(f'<text class="faint" x="{LEFT + width / 2:.0f}" y="{HEIGHT - 4}" text-anchor="middle">events</text>')
    left = LEFT
    for name, kind, values in series:
        points = " ".join(f"{at_x(a):.1f},{at_y(b):.1f}" for a, b in zip(x, values))
        parts.append(f'<polyline class="line {kind}" points="{points}"/>')
        if kind != "c":
            parts += [f'<circle class="{kind}" cx="{at_x(a):.1f}" cy="{at_y(b):.1f}" r="2.5"/>' for a, b in zip(x, values)]
        parts.append(f'<text class="{kind}" x="{left}" y="33" font-size="11">{name}</text>')
        left += 8 + 6 * len(name)
    return "\n".join(parts)


def draw(rows):
    def column(name):
        return [float(row[name]) for row in rows]

    x = column("events")
    mib = [value / (1 << 20) for value in column("bytes")]
    panels = [
        panel("Processor time of loading", "s", x, [
            ("index", "a", column("index_cpu_s")), ("search text", "b", column("text_cpu_s")),
            ("linear", "c", [column("index_cpu_s")[-1] * value / x[-1] for value in x])], -3, 1),
        panel("Own memory", "MiB", x, [
            ("index", "a", column("memory_index_mib")), ("everything", "b", column("memory_mib")),
            ("half of the file", "c", [value / 2 for value in mib])], 0, 4),
        panel("Start to screen", "ms", x, [
            ("first events", "a", column("first_ms")), ("all, opened before", "b", column("second_ms"))], 0, 4),
        panel("A key to its frame", "ms", x, [
            ("median", "a", column("key_p50_ms")), ("99 of 100", "b", column("key_p99_ms"))], -1, 2),
    ]
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {2 * HEIGHT + 10}" role="img" '
          'aria-label="Time and memory grow with the events; keys and the first screen do not">')
    print(f"<style>{STYLE}</style>")
    print(f'<rect class="ground" width="{2 * WIDTH}" height="{2 * HEIGHT + 10}" rx="6"/>')
    for at, body in enumerate(panels):
        print(f'<g transform="translate({at % 2 * WIDTH} {at // 2 * (HEIGHT + 5)})">\n{body}\n</g>')
    print("</svg>")


def main():
    what, *rest = sys.argv[1:] or [""]
    if what == "measure":
        measure([int(number) for number in rest] or EVENTS)
    elif what == "draw":
        draw(list(csv.DictReader(sys.stdin)))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
