#!/bin/sh
# Lines that are spoken as they arrive, and signals.
. "$(dirname "$0")/common.sh"

# until SECONDS COMMAND...: waits for the command to succeed.
until_true() {
    left=$(($1 * 20))
    shift
    while ! "$@" && [ $left -gt 0 ]; do
        sleep 0.05
        left=$((left - 1))
    done
    "$@"
}

mkfifo "$tmp/pipe"
"$LINNET" -v "$VOICE" --raw <"$tmp/pipe" >"$tmp/raw" 2>"$tmp/err" &
pid=$!
exec 3>"$tmp/pipe"
printf 'The first line.\n' >&3
check "a line is spoken while the pipe is open" until_true 30 test -s "$tmp/raw"
sleep 0.3
first=$(bytes "$tmp/raw")
printf 'No end of' >&3
sleep 0.3
check "half a line isn't" test "$(bytes "$tmp/raw")" -eq "$first"
printf ' the line yet, now.\n' >&3
check "the next line is" until_true 30 sh -c 'test "$(wc -c <"$1")" -gt "$2"' - "$tmp/raw" "$first"
printf 'The rest' >&3
exec 3>&-
wait $pid
status=$?
judge "the pipe's end ends it" 0 ""
second=$(bytes "$tmp/raw")
check "what came without a line end is spoken too" test "$second" -gt "$first"

"$LINNET" -v "$VOICE" --phonemes --live <"$tmp/pipe" >"$tmp/ipa" 2>"$tmp/err" &
pid=$!
exec 3>"$tmp/pipe"
printf 'The first line.\n' >&3
check "phonemes of a line come while the pipe is open" until_true 30 test -s "$tmp/ipa"
exec 3>&-
wait $pid

# Where nobody listens, a pause of the producer cuts no sentence, and a paragraph that is complete needn't wait.
halting() { printf 'This is a line\n'; sleep 0.5; printf 'that goes on here.\n'; sleep 0.5; printf '\nThe end.\n'; }
halting >"$tmp/halting.txt"
speak --phonemes -f "$tmp/halting.txt"
cp "$tmp/out" "$tmp/whole.ipa"
halting | "$LINNET" -v "$VOICE" --phonemes >"$tmp/ipa" 2>"$tmp/err"
check "phonemes of a halting pipe are those of the file" cmp "$tmp/ipa" "$tmp/whole.ipa"
halting | "$LINNET" -v "$VOICE" --phonemes --live >"$tmp/ipa" 2>"$tmp/err"
check "--live cuts it at its lines" test "$(wc -l <"$tmp/ipa")" -eq 3
speak -f "$tmp/halting.txt" -o "$tmp/whole.wav"
halting | "$LINNET" -v "$VOICE" -o "$tmp/halting.wav" --timing "$tmp/halting.json" 2>"$tmp/err"
check "a halting pipe into a file sounds like the file" cmp "$tmp/whole.wav" "$tmp/halting.wav"
halting | "$LINNET" -v "$VOICE" -o - 2>"$tmp/err" >"$tmp/live.wav"
check "into a pipe it is spoken line by line" sh -c '! cmp -s "$1" "$2"' - "$tmp/whole.wav" "$tmp/live.wav"
"$LINNET" -v "$VOICE" --phonemes <"$tmp/pipe" >"$tmp/ipa" 2>"$tmp/err" &
pid=$!
exec 3>"$tmp/pipe"
printf 'A line.\n' >&3
sleep 0.5
check "phonemes wait for the paragraph's end" test ! -s "$tmp/ipa"
printf '\n' >&3
check "and no longer" until_true 30 test -s "$tmp/ipa"
exec 3>&-
wait $pid

# interrupt NAME SIGNAL STATUS: while it waits for input with a file begun.
mkdir "$tmp/d"
interrupt() {
    "$LINNET" -v "$VOICE" -o "$tmp/d/cut.wav" --timing "$tmp/d/cut.json" <"$tmp/pipe" >"$tmp/out" 2>"$tmp/err" &
    pid=$!
    exec 3>"$tmp/pipe"
    printf 'Some words to begin with.\n\n' >&3
    until_true 30 sh -c 'test -n "$(find "$1" -name "*.part" -size +0)"' - "$tmp/d"
    kill -"$2" $pid
    wait $pid
    status=$?
    exec 3>&-
    judge "$1: exit status, no message" "$3" ""
    check "$1: no file, whole or partial" test -z "$(ls -A "$tmp/d")"
}
# A shell without job control starts background commands with SIGINT ignored, nohup with SIGHUP; env gives both back.
real=$LINNET
printf '#!/bin/sh\nexec env --default-signal=INT,HUP "%s" "$@"\n' "$real" >"$tmp/start"
chmod +x "$tmp/start"
LINNET=$tmp/start
interrupt "SIGINT while waiting" INT 130
interrupt "SIGTERM while waiting" TERM 143

# While it speaks: a long text into a pipe that is read slowly.
yes "This is a sentence of a text that has no end." | head -n 20000 >"$tmp/long.txt"
for case in "INT 130" "TERM 143" "HUP 129"; do
    "$LINNET" -v "$VOICE" -f "$tmp/long.txt" -o "$tmp/d/long.wav" >"$tmp/out" 2>"$tmp/err" </dev/null &
    pid=$!
    until_true 30 sh -c 'test -n "$(find "$1" -name "*.part" -size +20)"' - "$tmp/d"
    kill -"${case% *}" $pid
    wait $pid
    status=$?
    judge "SIG${case% *} while speaking: exit status, no message" "${case#* }" ""
    check "SIG${case% *} while speaking: no file, whole or partial" test -z "$(ls -A "$tmp/d")"
done
nohup "$real" -v "$VOICE" -o "$tmp/d/kept.wav" <"$tmp/pipe" >"$tmp/out" 2>"$tmp/err" &
pid=$!
exec 3>"$tmp/pipe"
until_true 30 sh -c 'test -n "$(find "$1" -name "*.part")"' - "$tmp/d"
kill -HUP $pid
printf 'Spoken all the same.\n' >&3
exec 3>&-
wait $pid
check "under nohup SIGHUP is ignored" test -s "$tmp/d/kept.wav"
finish
