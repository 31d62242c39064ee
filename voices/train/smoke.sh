#!/bin/sh
# Every stage of making a voice on a handful of lines, in minutes: does each script run from its documented command?
# Run by `make test-train` from the top folder. Needs the packages of requirements.txt. SHARED is a folder with what isn't in the
# repository, because others hold its rights or it is large: text/ (ljspeech_metadata.csv of LJ Speech, prompts/ of sentences a line)
# and teacher/ (Kokoro-82M's kokoro_config.json and voices/). Without it the stages that start from a teacher are left out.
set -eu
SHARED=${SHARED:-../shared}
PYTHON=${PYTHON:-python3}
D=$(mktemp -d)
trap 'rm -rf "$D"' EXIT
export OMP_NUM_THREADS=1
run() { echo "smoke: $*"; "$@"; }

# A voice that learns from a teacher.
with_teacher() {
    run "$PYTHON" voices/train/texts.py linnet-es --shared "$SHARED" --out "$D/text" --limit 300
    run "$PYTHON" - "$D/text/lines.tsv" <<'PY' # the first lines have every phoneme that the whole has often enough
import collections, sys
sys.path.insert(0, "voices/train")
import data, export
rows = [line.rstrip("\n").split("\t")[1] for line in open(sys.argv[1], encoding="utf-8")]
first, whole = (collections.Counter(c for row in some for c in row if c in data.IDS) for some in (rows[:60], rows))
missing = [c for c in whole if first[c] < min(whole[c], export.LEAST_SEEN)]
sys.exit(f"lines.tsv: not in the first lines: {missing}" if missing or len(rows) < 200 else 0)
PY
    sed -n '295,300p' "$D/text/lines.tsv" >"$D/lines.tsv" # the first are single letters
    run "$PYTHON" voices/train/teacher.py build --network "$D/teacher.onnx"
    run "$PYTHON" voices/train/teacher.py render --network "$D/teacher.onnx" --teacher "$SHARED/teacher" \
        --style ef_dora+af_heart --speed 0.95 --lines "$D/lines.tsv" --out "$D/corpus" --cache "$D/features.pkl" --jobs 2
    head -n 40 "$D/text/foretold.tsv" >"$D/foretold.tsv"
    run "$PYTHON" voices/train/teacher.py foretell --network "$D/teacher.onnx" --teacher "$SHARED/teacher" --style ef_dora+af_heart \
        --speed 0.95 --lines "$D/foretold.tsv" --cache "$D/prosody.pkl" --jobs 2
    set -- --corpus "$D/corpus" --cache "$D/features.pkl"
    run "$PYTHON" voices/train/data.py "$@"
    run "$PYTHON" voices/train/voice_file.py voices/linnet-es.gguf --out "$D/start.pt" # bytes are too coarse for a network that says nothing yet
    run "$PYTHON" voices/train/train_acoustic.py "$@" --out "$D/acoustic.pt" --start "$D/start.pt" --steps 3
    run "$PYTHON" voices/train/train_acoustic.py "$@" --out "$D/acoustic.pt" --steps 4
    run "$PYTHON" voices/train/train_predictors.py --cache "$D/prosody.pkl" --start "$D/acoustic.pt" --out "$D/predictors.pt" --steps 3
    run "$PYTHON" voices/train/train_vocoder.py "$@" --out "$D/vocoder.pt" --steps 3
    run "$PYTHON" voices/train/train_vocoder.py "$@" --out "$D/vocoder.pt" --adversarial 1 --acoustic "$D/acoustic.pt" --steps 5
    run "$PYTHON" voices/train/headroom.py "$@" --out "$D/headroom.pt" --start "$D/start.pt" --acoustic "$D/acoustic.pt" --steps 3
    # The same seed trains the same network, from which the same file is made.
    run "$PYTHON" voices/train/train_vocoder.py "$@" --out "$D/again.pt" --steps 3
    run "$PYTHON" voices/train/train_vocoder.py "$@" --out "$D/again.pt" --adversarial 1 --acoustic "$D/acoustic.pt" --steps 5
    export_voice() { # FILE VOCODER
        run "$PYTHON" voices/train/export.py linnet-es --acoustic "$D/predictors.pt" --vocoder "$2" --out "$1"
    }
    export_voice "$D/voice1.gguf" "$D/vocoder.pt"
    export_voice "$D/voice2.gguf" "$D/again.pt"
    cmp "$D/voice1.gguf" "$D/voice2.gguf"
    run "$PYTHON" voices/train/golden.py --voice "$D/voice1.gguf" --phonemes ola --out "$D/voice1.golden"
    run "build/$(cat build/current)/tests/golden/test_golden" "$D/voice1.gguf" "$D/voice1.golden"
    run build/linnet -v "$D/voice1.gguf" -o "$D/hello.wav" "Hola."
    set -- --voice "$D/voice1.gguf" --description linnet-es --heldout "$D/text/heldout.tsv" --teacher "$SHARED/teacher" \
        --teacher-network "$D/teacher.onnx" --cache "$D/evaluation" --sentences 1
    run "$PYTHON" voices/train/evaluate.py "$@" --whisper "$D/whisper" --words 1 --letters 2
    run "$PYTHON" voices/train/compare.py "$@"
    run "$PYTHON" voices/train/fast.py --voice "$D/voice1.gguf" --metadata "$SHARED/text/ljspeech_metadata.csv" \
        --cache "$D/fast" --whisper "$D/whisper" --sentences 1 --rates 353 --engines linnet,libsonic
}
if [ -d "$SHARED/teacher" ] && [ -d "$SHARED/text" ]; then
    with_teacher
else
    echo "smoke: left out: texts.py, teacher.py, train_vocoder.py, export.py, golden.py, evaluate.py, compare.py, fast.py, which need" \
        "SHARED=FOLDER with text/ and teacher/ (there is no $SHARED); the head of voices/train/smoke.sh says what these are"
fi

# A user's own recordings, and a published voice to start from.
mkdir -p "$D/recordings/wavs"
n=0
for text in "The old clock struck seven." "Where did you put the keys?" "A small bird sang, and then, in the rain, it slept." "We shall leave at noon."; do
    n=$((n + 1))
    build/linnet -q -o "$D/recordings/wavs/$n.wav" "$text" </dev/null
    echo "$n|$text" >>"$D/recordings/metadata.csv"
done
run "$PYTHON" voices/train/prepare.py "$D/recordings" --out "$D/mine"
run "$PYTHON" voices/train/align.py "$D/mine" --out "$D/align.pt" --minutes 0.1
run "$PYTHON" voices/train/phrases.py "$D/mine" # four recordings teach too little to find their pauses
run "$PYTHON" - <<'PY'
import sys
import numpy as np
sys.path.insert(0, "voices/train")
import mel, phrases, prepare
tokens, dur = [*"_ab, ab_"], np.array([2, 20, 20, 12, 1, 20, 20, 3])
loud = np.repeat([c not in "_," for c in tokens], dur * prepare.UNIT)
samples = (np.random.default_rng(1).standard_normal(len(loud)) * loud * 0.1).astype(np.float32)
found = [phonemes for _, _, phonemes, _, _ in phrases.phrases(samples, tokens, dur, np.zeros(len(samples) // mel.HOP))]
sys.exit(f"phrases.py: {found}" if found != ["ab,", "ab"] else 0)
PY
run "$PYTHON" voices/train/voice_file.py voices/linnet-en.gguf --out "$D/mine.pt"
printf 'T.\ttˈi.\n' >"$D/short.tsv"
run "$PYTHON" voices/train/prosody.py "$D/short.tsv" --start "$D/mine.pt" --corpus "$D/mine" --cache "$D/mine.pkl" | grep "1 short line"
run "$PYTHON" voices/train/cut_words.py --corpus "$D/mine" --cache "$D/mine.pkl" | grep "^[1-9].* words"
run "$PYTHON" voices/train/train_acoustic.py --corpus "$D/mine" --cache "$D/mine.pkl" --out "$D/mine.pt" --steps 2
echo "smoke: every stage ran"
