#!/usr/bin/env bash
# Measures all that the table of docs/speed.md tells, in its order: benches/table.sh [FOLDER]
# The corpora are made in FOLDER (/tmp) when they are not there: 4 GB. With all of it built ten
# minutes on two cores. What the others do is left out where they are not installed.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-/tmp}
rivals=benches/rivals/target/release/sokhan-rivals

row() { printf '\n== %s\n' "$*"; }
program() { benches/program.py "$@"; }

row 'build'
cargo build --release --bins --examples
cp Cargo.lock benches/rivals/Cargo.lock
# What sonic-rs asks for.
RUSTFLAGS='-C target-cpu=native' cargo build --release --manifest-path benches/rivals/Cargo.toml
cargo bench --no-run --bench frame --bench text

corpus() {
    local file=$folder/$1
    shift
    [ -e "$file" ] || target/release/examples/corpus --seed 1 "$@" > "$file"
}
corpus c10k.jsonl --events 10000
corpus c1m.jsonl --events 1000000
corpus e1m.jsonl --events 1000000 --escaped
corpus d1m.json --events 1000000 --shape document
few=$folder/c10k.jsonl
many=$folder/c1m.jsonl
uptime

row '1 first screen: 3 × less -S, 50 ms, 2 × that of 10,000 events'
program --runs 15 "$few" first
program --runs 15 "$many" first
row '2 the sample: 1.5 × less -S; --version: 1.5 × rg'
program --runs 31 data/iran-russia.json first version
row '3 index: 0.7 of sonic-rs, 0.12 of serde_json; 11 escaped: 3.5 × row 3'
"$rivals" "$many" "$folder/e1m.jsonl"
row '4 search text: 4 × row 3 and 2 s; 8 memory after the index: 0.08 of the file'
for _ in 1 2 3; do target/release/examples/measure "$many" 0; done
row '5 a move: p99 8 ms, 25 while loading; 1.3 × that of 10,000 events'
program "$few" keys
program "$many" keys load
row '6 a filter: p50 5 ms, p99 12'
program "$many" facet
row '7 search: first letter p99 20 ms, later p50 25, p99 60; 0.3 of rg -c'
program "$many" search
row '8 memory after everything: 0.5 of the file, peak 0.6'
program "$many" memory
row '9 a frame: p99 1 ms, 1.2 × that of 10,000 events, none for nothing, a row in 10 KB'
row '10 in 2,000 words: first 3 ms, a row 0.6'
cargo bench -q --bench frame
cargo bench -q --bench text -- 2000_words another_width
row '12 idle: no bytes, no wake-ups'
program "$many" idle
row 'harder: document shape'
target/release/examples/measure "$folder/d1m.json" 0
row 'second start'
program --runs 5 "$many" second
row 'next to the others'
program --runs 3 "$few" ready
uptime
