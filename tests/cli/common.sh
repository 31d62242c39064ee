# Sourced by the scripts of this folder. LINNET is the program, VOICE the voice; without them build/linnet and the tiny test voice.
. "$(dirname "$0")/../support/checks.sh"
here=$top/tests/cli
LINNET=${LINNET:-$top/build/linnet}
VOICE=${VOICE:-$top/tests/golden/tiny.gguf}
for needed in "$LINNET" "$VOICE"; do
    [ -r "$needed" ] || { echo "not ok $0: there is no $needed"; exit 1; }
done

# speak ARGUMENTS...: runs the command with the test voice; $status, $tmp/out, $tmp/err. No standard input.
speak() {
    "$LINNET" -v "$VOICE" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
    status=$?
}

# expect NAME STATUS PATTERN ARGUMENTS...: exit status, and standard error: one line "linnet: ..." that has the pattern, or nothing
# when the pattern is empty.
expect() {
    name=$1 wanted=$2 pattern=$3
    shift 3
    speak "$@"
    judge "$name" "$wanted" "$pattern"
}

judge() {
    lines=$(wc -l <"$tmp/err")
    if [ "$status" -ne "$2" ]; then bad "$1" "exit status $status, expected $2"
    elif [ -z "$3" ] && [ "$lines" -ne 0 ]; then bad "$1" "unexpected message"
    elif [ -n "$3" ] && [ "$lines" -ne 1 ]; then bad "$1" "$lines lines of message, expected 1"
    elif [ -n "$3" ] && ! grep -q "^linnet: .*$3" "$tmp/err"; then bad "$1" "no \"$3\" in the message"
    else ok "$1"; fi
}

# samples FILE.wav: how many a mono 16-bit file has; fails when it isn't such a file.
samples() {
    python3 -c 'import sys, wave
w = wave.open(sys.argv[1])
n = w.getnframes()
assert w.getnchannels() == 1 and w.getsampwidth() == 2 and len(w.readframes(n)) == 2 * n
print(n)' "$1"
}

rate() { python3 -c 'import sys, wave; print(wave.open(sys.argv[1]).getframerate())' "$1"; }

bytes() { wc -c <"$1" | tr -d ' '; }

# no_parts FOLDER: no hidden partial file was left behind.
no_parts() { ! ls -A "$1" | grep -q '\.part$'; }
