#!/bin/sh
# A real speech-dispatcher server, headless, with the module, its sound going to a PulseAudio null sink that is
# recorded; spd-say and python3-speechd are its clients.
. "$(dirname "$0")/common.sh"

for program in speech-dispatcher spd-say pulseaudio parec; do
    command -v $program >/dev/null || { echo "skip a real server: no $program"; exit 0; }
done
# The package python3-speechd is for the system's own Python.
python=
for candidate in python3 /usr/bin/python3; do
    [ -n "$python" ] || ! "$candidate" -c 'import speechd' 2>/dev/null || python=$candidate
done
[ -n "$python" ] || { echo "skip a real server: no python3-speechd"; exit 0; }

# The default voice, beside the tiny one that speaks unless it is asked for.
speaker=
if [ -r "$top/voices/linnet-en.gguf" ]; then
    ln -s "$top/voices/linnet-en.gguf" "$tmp/voices/speaker.gguf"
    speaker=speaker # by its file's name, whatever the voice calls itself
fi

XDG_RUNTIME_DIR=$tmp PULSE_RUNTIME_PATH=$tmp/pulse PULSE_SERVER=unix:$tmp/pulse.socket
SPEECHD_ADDRESS=unix_socket:$tmp/speechd.socket
export XDG_RUNTIME_DIR PULSE_RUNTIME_PATH PULSE_SERVER SPEECHD_ADDRESS
mkdir -p "$tmp/pulse" "$tmp/conf/modules" "$tmp/conf/clients" "$tmp/modules" "$tmp/log"
ln -s "$SD_LINNET" "$tmp/modules/sd_linnet"
touch "$tmp/conf/modules/linnet.conf"
cat >"$tmp/conf/speechd.conf" <<CONF
LogLevel 5
DefaultVolume 100
DefaultLanguage "en-US"
AudioOutputMethod "pulse"
AudioPulseDevice "t"
AddModule "linnet" "sd_linnet" "linnet.conf" "$tmp/log/linnet.log"
DefaultModule linnet
CONF

pids=
trap 'kill $pids 2>/dev/null; rm -rf "$tmp"' EXIT
pulseaudio -n --daemonize=no --exit-idle-time=-1 --use-pid-file=no \
    --load="module-native-protocol-unix socket=$tmp/pulse.socket auth-anonymous=1" \
    --load="module-null-sink sink_name=t rate=24000 channels=1" >"$tmp/log/pulse.log" 2>&1 &
pids=$!

# wait_for NAME COMMAND...: until the command succeeds, 30 s at most.
wait_for() {
    what=$1
    shift
    for tick in $(seq 300); do
        "$@" >/dev/null 2>&1 && return 0
        sleep 0.1
    done
    bad "$what" "$(tail -n 20 "$tmp"/log/*)"
    finish
}
wait_for "PulseAudio starts" test -S "$tmp/pulse.socket"

start_server() {
    rm -f "$tmp/speechd.socket" "$tmp/log/speech-dispatcher.log"
    speech-dispatcher -s -t 0 -C "$tmp/conf" -m "$tmp/modules" -S "$tmp/speechd.socket" -P "$tmp/speechd.pid" \
        -L "$tmp/log" >"$tmp/log/out" 2>&1 &
    server=$!
    pids="$pids $server"
    wait_for "the server starts" test -S "$tmp/speechd.socket"
}
kill_server() {
    kill -KILL "$server"
    wait "$server" 2>/dev/null
}
start_server

# record RATE FILE: until stop_recording.
record() {
    parec -d t.monitor --format=s16le --rate="$1" --channels=1 --latency-msec=20 >"$2" 2>"$tmp/log/parec.log" &
    recorder=$!
    pids="$pids $recorder"
    wait_for "recording starts" test -s "$2"
}
stop_recording() {
    sleep 0.5
    kill $recorder
    wait $recorder 2>/dev/null
}

check "spd-say lists the module" sh -c 'spd-say -O | grep -qx linnet'
check "spd-say lists the voice" sh -c 'spd-say -o linnet -L | grep -q "tiny *en-US"'
check "spd-say speaks and waits" timeout 30 spd-say -o linnet -w hello

# hear SENTENCE: speaks it with the default voice; $heard is what the recogniser makes of it.
hear() {
    record 16000 "$tmp/heard.raw"
    spd-say -o linnet -y "$speaker" -w "$1."
    stop_recording
    heard=$(pocketsphinx_continuous -infile "$tmp/heard.raw" -jsgf "$tmp/sentences.jsgf" \
        2>"$tmp/log/recogniser.log" | tr '\n' ' ' | sed 's/ *$//')
}

# The default voice is understood by a speech recogniser, which chooses among these sentences. Three attempts: on a busy
# machine the recording gets gaps.
recognise() {
    cat >"$tmp/sentences.jsgf" <<JSGF
#JSGF V1.0;
grammar sentences;
public <sentence> = open the settings window | close the kitchen door | read me the next message | seven green apples |
    there is no printer in this room | good morning to all of you | turn the volume down | write it on paper;
JSGF
    for sentence in "open the settings window" "read me the next message" "there is no printer in this room"; do
        for attempt in 1 2 3; do
            hear "$sentence"
            [ "$heard" != "$sentence" ] || break
        done
        check "recognised: $heard" test "$heard" = "$sentence"
    done
}
if [ -z "$speaker" ]; then
    echo "skip recognition: the default voice isn't in voices/"
elif ! command -v pocketsphinx_continuous >/dev/null; then
    echo "skip recognition: no pocketsphinx_continuous"
else
    recognise
fi

again=
n_again=0
while :; do
    timeout 150 "$python" "$here/server.py" "$tmp/log/speech-dispatcher.log" $again 2>"$tmp/err"
    status=$?
    [ -s "$tmp/again" ] || break
    again=$(cat "$tmp/again")
    rm "$tmp/again"
    n_again=$((n_again + 1))
    [ "$n_again" -lt 5 ] || { bad "the server keeps its stops" "it has lost one five times"; break; }
    echo "the server has lost a stop, in $again: a new server"
    kill_server
    start_server
done
judge_cases $status

# The server's death is the module's end.
module=$(pgrep -P "$server" | head -n 1)
check "the module is a child of the server" test -n "$module"
kill_server
gone() { ! kill -0 "$module" 2>/dev/null; }
wait_for "the module ends when its server is killed" gone
ok "the module ends when its server is killed"
finish
