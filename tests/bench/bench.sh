#!/bin/sh
# Speed of Linnet, with espeak-ng and flite's slt voice on the same text in the same run. Everything on one core.
# VOICE=PATH measures another voice.
cd "$(dirname "$0")/../.." || exit 1
LINNET=${LINNET:-build/linnet}
BUILD=${BUILD:-build/$(cat build/current)}
VOICE=${VOICE:-linnet-en}
text=tests/bench/text.txt
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
one_core=$(command -v taskset >/dev/null && echo taskset -c 0)


# program NAME WAV COMMAND...: whole process from cold, best of 3.
program() {
    name=$1 wav=$2
    shift 2
    python3 - "$name" "$wav" $one_core "$@" <<'PYTHON'
import subprocess, sys, time, wave
name, wav, command = sys.argv[1], sys.argv[2], sys.argv[3:]
best = 1e9
for _ in range(3):
    before = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    best = min(best, time.monotonic() - before)
w = wave.open(wav)
spoken = w.getnframes() / w.getframerate()
label = f"{name}: whole text, whole process"
print(f"{label:<44} {spoken / best:8.1f} times real time ({spoken:.1f} s of speech in {best:.2f} s)")
PYTHON
}

BUILD=$BUILD sh tests/bench/machine.sh
$one_core "$BUILD/tests/bench/bench_speak" "$VOICE" "$text" || exit 1
$one_core "$BUILD/tests/bench/bench_frontend" || exit 1
program linnet "$tmp/linnet.wav" "$LINNET" -v "$VOICE" --threads 1 -f "$text" -o "$tmp/linnet.wav"
$one_core "$BUILD/tests/bench/bench_speak" --cold "$LINNET" -v "$VOICE" --threads 1 --raw Hello
if command -v espeak-ng >/dev/null; then
    program espeak-ng "$tmp/espeak.wav" espeak-ng -v en-us -f "$text" -w "$tmp/espeak.wav"
    $one_core "$BUILD/tests/bench/bench_speak" --cold espeak-ng -v en-us --stdout Hello
fi
if command -v flite >/dev/null; then
    program 'flite slt' "$tmp/flite.wav" flite -voice slt -f "$text" -o "$tmp/flite.wav"
fi
