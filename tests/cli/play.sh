#!/bin/sh
# Playback for real: PortAudio through ALSA into a PulseAudio null sink, whose monitor is recorded and compared with the WAV.
. "$(dirname "$0")/common.sh"

for program in pulseaudio parec; do
    command -v $program >/dev/null || { echo "skip playback: no $program"; exit 0; }
done

# Under ThreadSanitizer: the sound libraries synchronise out of its sight.
TSAN_OPTIONS=${TSAN_OPTIONS:+$TSAN_OPTIONS:}ignore_noninstrumented_modules=1
export TSAN_OPTIONS

text="The quick brown fox jumps over the lazy dog, again and again."
HOME=$tmp XDG_RUNTIME_DIR=$tmp PULSE_RUNTIME_PATH=$tmp/pulse PULSE_SERVER=unix:$tmp/socket
export HOME XDG_RUNTIME_DIR PULSE_RUNTIME_PATH PULSE_SERVER
mkdir "$tmp/pulse"
printf 'pcm.!default { type pulse }\nctl.!default { type pulse }\n' >"$tmp/.asoundrc"

speak -o "$tmp/a.wav" "$text"
judge "the WAV to compare with" 0 ""
hz=$(rate "$tmp/a.wav")

start_server() {
    pulseaudio -n --daemonize=no --exit-idle-time=-1 --use-pid-file=no \
        --load="module-native-protocol-unix socket=$tmp/socket auth-anonymous=1" \
        --load="module-null-sink sink_name=t rate=$1 channels=1" >"$tmp/server.log" 2>&1 &
    server=$!
    trap 'kill $server $recorder 2>/dev/null; rm -rf "$tmp"' EXIT
}
recorder=
start_server "$hz"

# Records until the recorder is running: what it hasn't got yet would be missing.
record() {
    : >"$tmp/rec.raw"
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
        parec -d t.monitor --format=s16le --rate="$hz" --channels=1 --latency-msec=20 >"$tmp/rec.raw" 2>"$tmp/parec.err" &
        recorder=$!
        for tick in 1 2 3 4 5 6 7 8 9 10; do
            sleep 0.1
            [ -s "$tmp/rec.raw" ] && return 0
            kill -0 $recorder 2>/dev/null || break
        done
        kill $recorder 2>/dev/null
    done
    return 1
}
stop_recording() {
    sleep 0.3
    kill $recorder
    wait $recorder 2>/dev/null
    recorder=
}

# heard LIMIT: the recording has the WAV in it, whole; $line tells how well.
heard() {
    line=$(python3 "$here/compare_audio.py" "$tmp/rec.raw" "$tmp/a.wav")
    python3 -c 'import sys
words = sys.argv[1].split(); assert float(words[3]) >= float(sys.argv[2]) and int(words[5]) == 0' "$line" "$1" 2>/dev/null
}

# play_and_hear NAME ARGUMENTS...: plays the text and hears it. A loaded machine starves the sound server now and then: up to three
# attempts.
play_and_hear() {
    name=$1
    shift
    for attempt in 1 2 3; do
        if ! record; then
            bad "recording from the null sink" "$(cat "$tmp/parec.err" "$tmp/server.log")"
            finish
        fi
        speak "$@" "$text"
        stop_recording
        heard 0.999 && break
    done
    judge "$name" 0 ""
    check "$name: what is heard is the WAV ($line)" heard 0.999
}

play_and_hear "play"
expect "list-devices" 0 "" --list-devices
check "list-devices marks the default" grep -q '^\* *[0-9]* default ' "$tmp/out"
play_and_hear "device by part of its name" --device PULS
speak --list-devices
number=$(sed -n 's/^\* *\([0-9]*\) .*/\1/p' "$tmp/out")
expect "device by number" 0 "" --device "$number" "Hi."
expect "device that doesn't exist" 1 "nobody: no such playback device" --device nobody "$text"
expect "device number that doesn't exist" 1 "no such playback device" --device 9999 "$text"
expect "nothing to play" 0 "" ""

# Stops at once: far less is heard than was to be said.
# PortAudio cancels its thread then, which ThreadSanitizer takes for a mistake of ours.
stops_at_once() {
    yes "This is a sentence of a text that has no end." | head -n 1000 >"$tmp/long.txt"
    record
    "$LINNET" -v "$VOICE" -f "$tmp/long.txt" >"$tmp/out" 2>"$tmp/err" </dev/null &
    pid=$!
    sleep 1.5
    kill -TERM $pid
    wait $pid
    status=$?
    judge "SIGTERM while playing" 143 ""
    sleep 1.5 # a recorder on a loaded machine lags behind
    stop_recording
    check "then it is silent" python3 -c 'import array, sys
a = array.array("h", open(sys.argv[1], "rb").read()); tail = a[-int(sys.argv[2]) // 5 :]
assert any(a) and not any(tail)' "$tmp/rec.raw" "$hz"
}
case ${SAN:-} in
*thread*) echo "skip SIGTERM while playing: ThreadSanitizer" ;;
*) stops_at_once ;;
esac

kill $server
wait $server 2>/dev/null
server=
expect "no sound server" 1 "can't play\|there is none\|sound card" "$text"

# A server that takes the connection and never answers: a signal ends it all the same.
python3 -c 'import socket, sys, time
s = socket.socket(socket.AF_UNIX)
s.bind(sys.argv[1])
s.listen(50)
time.sleep(60)' "$tmp/deaf" &
deaf=$!
trap 'kill $deaf 2>/dev/null; rm -rf "$tmp"' EXIT
while [ ! -S "$tmp/deaf" ]; do sleep 0.05; done
PULSE_SERVER=unix:$tmp/deaf "$LINNET" -v "$VOICE" "$text" >"$tmp/out" 2>"$tmp/err" </dev/null &
pid=$!
sleep 1
kill -TERM $pid
(sleep 5; kill -KILL $pid 2>/dev/null) &
killer=$!
wait $pid
status=$?
kill $killer 2>/dev/null
judge "SIGTERM while the sound system is opening" 143 ""
kill $deaf
finish
