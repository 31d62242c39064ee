#!/bin/sh
# Outputs that are slow, odd or in the way, and inputs that ask for too much.
. "$(dirname "$0")/common.sh"
text="One two three."
cd "$tmp" || exit 1

# ---- a reader that is slow, behind a pipe that doesn't wait ----------------------------------------------------------------
cat >slow.py <<'PY'
import fcntl, os, subprocess, sys, time
reading, writing = os.pipe()
os.set_blocking(writing, False)
fcntl.fcntl(writing, 1031, 4096)  # F_SETPIPE_SZ
child = subprocess.Popen(sys.argv[1:], stdout=writing, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
os.close(writing)
time.sleep(0.3)
out = b""
while block := os.read(reading, 4096):
    out += block
    time.sleep(0.001)
error = child.stderr.read().decode()
sys.stdout.buffer.write(out)
sys.exit(f"{child.wait()} {error}" if child.wait() else 0)
PY
slow() {
    name=$1
    shift
    "$LINNET" -v "$VOICE" "$@" >expected 2>/dev/null </dev/null
    if python3 slow.py "$LINNET" -v "$VOICE" "$@" >got 2>"$tmp/err" && cmp -s got expected; then ok "$name"; else
        bad "$name" "$(bytes got) bytes of $(bytes expected)"
    fi
}
# A WAV file on standard output is mended when that is a file, so bare samples are compared.
slow "a slow reader of samples" --raw "$text $text $text"
long=$(yes 'A sentence of some length.' | head -n 300)
slow "a slow reader of phonemes" --phonemes "$long"
slow "a slow reader of tables" --explain "$text"

# ---- a file in the place of another ---------------------------------------------------------------------------------------
mode() { stat -c %a "$1"; }
for wanted in 600 640 666 400; do
    rm -f kept.wav
    echo old >kept.wav
    chmod $wanted kept.wav
    speak -o kept.wav "$text"
    check "permissions $wanted stay" test "$status" -eq 0 -a "$(mode kept.wav)" = $wanted -a "$(bytes kept.wav)" -gt 1000
done
(umask 077; speak -o new.wav "$text")
check "a new file has those of the umask" test "$(mode new.wav)" = 600

mkdir real
ln -s real/target.wav dangling.wav
speak -o dangling.wav "$text"
check "a link to nothing stays, and gets its file" test -L dangling.wav -a -s real/target.wav
ln -s ../real/second.wav real/chain.wav
ln -s real/chain.wav chain.wav
speak -o chain.wav "$text"
check "links one behind the other stay" test -L chain.wav -a -L real/chain.wav -a -s real/second.wav
ln -s loop.wav loop.wav
expect "a link to itself" 1 "loop.wav: can't write: Too many levels" -o loop.wav "$text"
check "stays" test -L loop.wav
ln -s nowhere/x.wav lost.wav
expect "a link into no folder" 1 "lost.wav: can't write: No such file" -o lost.wav "$text"
name=$(printf 'x%.0s' $(seq 260)).wav
start=$(date +%s%N)
expect "a name that is too long" 1 "can't write: File name too long" -o "$name" "$(yes "$text" | head -n 400)"
check "is told at once" test $((($(date +%s%N) - start) / 1000000)) -lt 3000

# ---- what SIGKILL leaves ----------------------------------------------------------------------------------------------------
mkdir left
touch left/.linnet-123-0.part left/.linnet-124-0.partner left/.linnet-x-0.part left/other.part
touch -d '2 hours ago' left/.linnet-125-0.part left/.linnet-126-1.part left/.linnet-127-0.partner left/old.part
flock -x left/.linnet-126-1.part sleep 20 &
holder=$!
sleep 0.3
speak -o left/new.wav "$text"
# shellcheck disable=SC2012 # names are known
check "old partial files go, others stay" test "$(ls -A left | tr '\n' ' ')" = \
    ".linnet-123-0.part .linnet-124-0.partner .linnet-126-1.part .linnet-127-0.partner .linnet-x-0.part new.wav old.part other.part "
kill $holder
wait $holder 2>/dev/null

# ---- signals that were to be ignored -----------------------------------------------------------------------------------------
for signal in INT TERM HUP; do
    (trap '' $signal; exec "$LINNET" -v "$VOICE" -o ignored.wav "$(yes "$text" | head -n 300)" 2>"$tmp/err") &
    pid=$!
    sleep 0.2
    kill -$signal $pid 2>/dev/null
    wait $pid
    check "an ignored SIG$signal is ignored" test $? -eq 0
done

# ---- a sound server that doesn't answer ---------------------------------------------------------------------------------------
# PortAudio, of which all that the program calls is there, and Pa_Initialize() never returns.
mkdir stuck
sed -n 's/F(Pa_, \([A-Za-z]*\))/\n\1\n/gp' "$top/src/audio/sink_portaudio.c" | sed -n 's/^\([A-Za-z][A-Za-z]*\)$/int Pa_\1(void);\nint Pa_\1(void) { return 0; }/p' |
    sed 's/^int Pa_Initialize(void) {.*/int pause(void); int Pa_Initialize(void) { for (;;) pause(); }/' >stuck.c
if [ -z "$SAN" ]; then
    check "a PortAudio that is stuck is built" ${CC:-cc} -shared -fPIC -o stuck/libportaudio.so.2 stuck.c
    for what in "-v $VOICE hello --timing a.vtt" "--list-devices"; do
        LD_LIBRARY_PATH=stuck "$LINNET" $what 2>/dev/null &
        pid=$!
        sleep 0.5
        kill -TERM $pid
        ( sleep 5; kill -KILL $pid 2>/dev/null ) &
        wait $pid
        check "SIGTERM while the sound card is opened: ${what##* }" test $? -eq 143
    done
fi

# ---- subtitles without arrows --------------------------------------------------------------------------------------------------
expect "arrows" 0 "" -o a.wav --timing a.srt "Go a --> b ---> c, a -- > b, and x-->y, <!-- no -->. - -> --->"
check "an arrow in SRT is a time line" test "$(grep -c -e '-->' a.srt)" = "$(grep -c '^[0-9:,]* --> [0-9:,]*$' a.srt)"

# ---- recordings that ask for much ------------------------------------------------------------------------------------------
python3 - <<'PY'
import struct, wave
for name, rate, n in (("slow.wav", 1, 2800), ("fine.wav", 8000, 8000)):
    with wave.open(name, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(struct.pack("<h", 1000) * n)
PY
expect "47 minutes at 1 Hz" 0 "warning: .*slow.wav: can't read: longer than 600 seconds" -m --allow-audio -o a.wav \
    "<speak><audio src='$tmp/slow.wav'>Text.</audio></speak>"
markup="<speak>"
for spelling in fine.wav ./fine.wav .//fine.wav left/../fine.wav left/./.././fine.wav "file://$tmp/fine.wav" %66ine.wav; do
    markup="$markup<audio src='$spelling'/>"
done
echo "$markup</speak>" >all.ssml
speak -m --allow-audio -f "$tmp/all.ssml" -o a.wav
check "a recording by many names is played as often" test "$status" -eq 0 -a "$(samples a.wav)" -eq $((7 * 24000))

# ---- a small stack ------------------------------------------------------------------------------------------------------------
if [ -z "$SAN" ]; then
    echo "$long" >long.txt # arguments and the environment are in the main thread's stack, too
    (ulimit -s 64 && env -i "$LINNET" -v "$VOICE" --threads 2 -o a.wav -f long.txt 2>"$tmp/err")
    check "a stack of 64 kB" test $? -eq 0
fi
check "no partial file is left" no_parts .
finish
