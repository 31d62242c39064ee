#!/bin/sh
# What the packages promise, tried by a user who has just installed them: run by deb.sh, as that user. Sound goes to a PulseAudio
# null sink, whose monitor is listened to.
. "$(dirname "$0")/../support/checks.sh"
cd "$tmp" || exit 1
XDG_RUNTIME_DIR=$tmp/run HOME=$tmp/home
export XDG_RUNTIME_DIR HOME
mkdir -m 700 run home home/bin

# prints NAME PATTERN COMMAND...: the command succeeds, and a line that it prints, errors included, has the pattern.
prints() {
    name=$1 pattern=$2
    shift 2
    "$@" >out 2>&1 </dev/null
    status=$?
    if [ $status -eq 0 ] && grep -Eq -- "$pattern" out; then ok "$name"; else bad "$name" "status $status, no \"$pattern\" in:" "$(head -c 600 out)"; fi
}
# refuses NAME STATUS PATTERN COMMAND...: it fails with this status and one line that has the pattern.
refuses() {
    name=$1 wanted=$2 pattern=$3
    shift 3
    "$@" >out 2>err </dev/null
    status=$?
    if [ $status -eq "$wanted" ] && [ "$(wc -l <err)" -eq 1 ] && grep -Eq -- "$pattern" err; then ok "$name"; else bad "$name" "status $status"; fi
    : >err
}
# sounds FILE: a WAV, or samples alone, a quarter of a second or longer and loud.
loud='import array, sys
data = open(sys.argv[1], "rb").read()
samples = array.array("h", data[44 if data[:4] == b"RIFF" else 0:][: (len(data) - 44) // 2 * 2])
sys.exit(not (len(samples) > 6000 and sum(abs(x) > 1000 for x in samples) > 600))'
sounds() { python3 -c "$loud" "$1"; }

# ---- hearing ----
pulseaudio --daemonize=yes --exit-idle-time=-1 -n --load="module-native-protocol-unix" \
    --load="module-null-sink sink_name=ear rate=24000 channels=1" >pulse.log 2>&1
# heard NAME COMMAND...: something loud arrives at the sound card, and the command says nothing.
heard() {
    name=$1
    shift
    parec -d ear.monitor --format=s16le --rate=24000 --channels=1 --latency-msec=20 >heard.raw 2>parec.log &
    recorder=$!
    for tick in $(seq 50); do
        [ -s heard.raw ] && break
        sleep 0.1
    done
    timeout 60 "$@" >out 2>err </dev/null
    status=$?
    sleep 1
    kill $recorder
    wait $recorder 2>/dev/null
    if [ $status -ne 0 ]; then bad "$name" "status $status"
    elif [ -s err ]; then bad "$name" "it chatters"
    elif ! sounds heard.raw; then bad "$name" "nothing is heard" "$(cat pulse.log parec.log)"
    else ok "$name"; fi
    : >err
}

# ---- the command ----
heard "linnet plays, and says nothing on standard error" linnet "Hello there, how are you?"
refuses "without a sound card one line says so" 1 "play|sound" env PULSE_SERVER=unix:/nonexistent linnet Hello
printf 'First sentence here. ' >one.txt
printf 'Second one, quite short.\n' >two.txt
check "-f twice" sh -c 'linnet -f one.txt -f two.txt --timing both.srt -o both.wav && grep -q Second both.srt && grep -q First both.srt'
prints "linnet one.txt hints at -f" "-f one.txt" linnet -o x.wav one.txt
prints "--voice-info NAME" "linnet-de" linnet --voice-info linnet-de
prints "--list-voices de" "^linnet-de +de" linnet --list-voices de
check "and no others" sh -c '! linnet --list-voices de | grep linnet-en'
refuses "an option that takes no value says so" 2 "takes no value" linnet --raw=yes Hello
refuses "an ambiguous abbreviation says so" 2 "ambiguous" linnet --li Hello
check "--timing - is JSON, with words and their phonemes" sh -c 'linnet -q --timing - -o t.wav "Hello there." | python3 -c "
import json, sys
words = [w for s in json.load(sys.stdin)[\"sentences\"] for w in s[\"words\"]]
assert len(words) == 2 and all(w[\"phonemes\"] for w in words), words
print(words[0])"'
for kind in wav flac ogg opus mp3; do
    check "-o - --format $kind" sh -c 'linnet -o - --format $1 "Hello there." >x.$1 && test $(wc -c <x.$1) -gt 1500' - $kind
done
check "--quality" sh -c 'linnet -o small.opus --quality 0 -f two.txt && linnet -o good.opus --quality 10 -f two.txt &&
    test $(wc -c <small.opus) -lt $(wc -c <good.opus)'
for kind in flac ogg opus mp3; do
    check "tags of .$kind" sh -c 'linnet -o tagged.$1 --title "A Title" --artist Ann --album Tests --track 3/12 Hello && python3 -c "
import mutagen, sys
tags = mutagen.File(sys.argv[1], easy=True)
assert tags[\"title\"] == [\"A Title\"] and tags[\"artist\"] == [\"Ann\"] and tags[\"album\"] == [\"Tests\"], tags
assert tags[\"tracknumber\"][0].startswith(\"3\"), tags" tagged.$1' - $kind
done
printf 'One line.\nAnother line. With two sentences.\n\nA paragraph.\n' >lines.txt
for split in sentence:4 line:3 paragraph:2; do
    check "--split ${split%:*}" sh -c 'linnet -f lines.txt -o $1.wav --split $1 && test $(ls $1-*.wav | wc -l) -eq $2' - "${split%:*}" "${split#*:}"
done
yes "This is a sentence of a long book, and it goes on for a while." | head -n 40 >book.txt
check "--split MINUTES" sh -c 'linnet -f book.txt -o book.opus --split 1 && test $(ls book-*.opus | wc -l) -ge 2'
# A producer that pauses doesn't cut sentences when nobody listens.
slowly() { printf 'This sentence comes '; sleep 0.3; printf 'in two parts'; sleep 0.3; printf ', or three. And another\n'; sleep 0.3; printf 'over two lines.\n'; }
(slowly | linnet -q -o slow.wav) && (slowly | cat >slow.txt; linnet -q -f slow.txt -o whole.wav)
check "a pipe into a file isn't cut where its producer pauses" cmp slow.wav whole.wav
(echo One.; sleep 3; echo Two.) | timeout 20 linnet --live -o - 2>/dev/null | { timeout 2 head -c 8000 >early.wav; cat >/dev/null; }
check "--live speaks lines as they come" test "$(wc -c <early.wav)" -eq 8000
mkdir voices && echo junk >voices/linnet-en.gguf
check "a stray ./voices breaks nothing" linnet -o stray.wav Hello
rm -r voices
for language in en-US de de_AT.UTF-8 en-GB fr male; do
    check "-v $language" sh -c 'linnet -v $1 -o v.wav "Hello." && test $(wc -c <v.wav) -gt 8000' - "$language"
done
check "subtitles have two lines at most" sh -c 'linnet -q -o s.wav --timing s.srt "It was a long and quiet evening in the old house by the river, and nobody in it had said a word since the lamps were lit, which was unusual." &&
    awk "BEGIN { RS = \"\" } NF { n = split(\$0, a, \"\n\"); if (n > 4) exit 1 }" s.srt'

# ---- pictures ----
check "--plot .png" sh -c 'linnet --plot p.png "Hello there." && head -c 4 p.png | grep -q PNG'
check "--plot .svg" sh -c 'linnet --plot p.svg "Hello there." && grep -q "<svg" p.svg'
check "--plot .pdf" sh -c 'linnet --plot p.pdf "Hello there. How are you?" && head -c 4 p.pdf | grep -q "%PDF"'

# ---- completions and manuals ----
check "bash completes, behind = too" bash -c '. /usr/share/bash-completion/bash_completion
    for load in _comp_load __load_completion; do declare -F $load >/dev/null && $load linnet; done
    complete -p linnet | grep -q _linnet || exit 1
    COMP_WORDS=(linnet --voice = linnet-d) COMP_CWORD=3 && _linnet && [[ ${COMPREPLY[*]} == linnet-de ]]'
check "zsh has its completion" zsh -fc 'autoload -Uz compinit && compinit -u -d dump && [[ $_comps[linnet] = _linnet ]]'
check "fish completes" fish -c 'complete -C "linnet --list-v" | grep -q list-voices'
for page in linnet linnet-batch linnet-book linnet-server linnet-ssml linnet-lexicon linnet.conf liblinnet; do
    check "man $page" sh -c 'man "$1" | grep -q NAME' - $page
done
check "the guide is there" sh -c 'ls /usr/share/doc/linnet/guide.md*'

# ---- in place of espeak-ng ----
ln -s "$(command -v linnet)" home/bin/espeak-ng
ln -s "$(command -v linnet)" home/bin/espeak
PATH=$HOME/bin:$PATH
export PATH
heard "espeak-ng plays" espeak-ng "Hello from another."
heard "espeak-ng --stdout | aplay" sh -c "espeak-ng --stdout 'Hello there, how are you?' | aplay -q"
heard "espeak's long line" sh -c "echo 'Hello there' | espeak -v en+f3 -s 180 -p 60 -a 150 -g 2 -k 5 -z --stdin"
prints "espeak-ng --voices=de" "^ 5 +de .*linnet-de" espeak-ng --voices=de
prints "espeak-ng --ipa" "həlˈo" espeak-ng -q --ipa Hello
prints "espeak-ng -x" "h@l'o" espeak-ng -q -x Hello
prints "espeak-ng --version" "Data at" espeak-ng --version
check "espeak-ng -f -w --split" sh -c 'espeak-ng -f book.txt --split=1 -w parts.wav && test -s parts_01.wav -a -s parts_02.wav'
check "as Python packages call it" python3 -c '
import io, subprocess, wave
speak = subprocess.run(["espeak-ng", "-v", "en-us", "-s", "160", "-p", "40", "-a", "120", "-b", "1", "--stdin", "--stdout"],
                       input="Hello there.".encode(), capture_output=True, check=True)
assert not speak.stderr, speak.stderr
assert wave.open(io.BytesIO(speak.stdout)).getframerate() == 24000
said = subprocess.check_output(["espeak-ng", "-q", "-b", "1", "--ipa", "--sep=_", "-v", "en-us", "Hello"]).decode()
assert said.strip() == "h_ə_l_ˈoʊ", said
voices = subprocess.check_output(["espeak-ng", "--voices"]).decode().splitlines()
assert voices[0].split()[:2] == ["Pty", "Language"] and len(voices) >= 7, voices'
refuses "an unknown voice" 1 nosuch espeak-ng -v nosuch Hello

# ---- screen readers: a server without configuration of one's own, then one whose generic module calls espeak-ng ----
prints "spd-say lists the module" "^linnet$" spd-say -O
prints "spd-say lists the voices" "Linnet German +de" spd-say -o linnet -L
heard "spd-say speaks" spd-say -w -o linnet "Hello there, how are you?"
heard "spd-say speaks German" spd-say -w -o linnet -l de "Guten Morgen, wie geht es dir?"
check "python3-speechd gets its marks and ends" timeout 60 python3 -c '
import speechd, threading
client = speechd.SSIPClient("test")
client.set_output_module("linnet")
ended = threading.Event()
client.speak("Hello there.", callback=lambda kind, **more: ended.set(), event_types=(speechd.CallbackType.END,))
assert ended.wait(30)
client.close()'
stop_server() {
    for process in /proc/[0-9]*; do
        case $(cat "$process/comm" 2>/dev/null) in speech-dispat*) kill "${process#/proc/}" ;; esac
    done
    sleep 1
}
stop_server
mkdir -p home/.config/speech-dispatcher/modules
cat >home/.config/speech-dispatcher/speechd.conf <<'CONF'
AudioOutputMethod "pulse"
DefaultModule generic
AddModule "generic" "sd_generic" "generic.conf"
CONF
cat >home/.config/speech-dispatcher/modules/generic.conf <<'CONF'
GenericExecuteSynth "printf %s \'$DATA\' | espeak-ng -v $VOICE -s $RATE -p $PITCH -a $VOLUME $PUNCT --stdin --stdout | $PLAY_COMMAND"
GenericPunctSome "--punct=\"()[]{};:\""
GenericLanguage "en" "en-us" "utf-8"
GenericRateAdd 170
GenericPitchAdd 50
GenericVolumeAdd 100
AddVoice "en" "MALE1" "en-us"
CONF
heard "speech-dispatcher's generic module speaks by it" spd-say -w -o generic -l en "Hello there, how are you?"
stop_server

# ---- the library, for other programs ----
cp -r "$top/tests/packages/project" .
check "a CMake project" sh -c 'cmake -S project -B cmake && cmake --build cmake && cmake/speak'
check "a Meson project" sh -c 'meson setup meson project && meson compile -C meson && meson/speak'
check "pkg-config alone" sh -c 'cc project/speak.c -o one $(pkg-config --cflags --libs linnet) && ./one'
check "pkg-config --static" sh -c 'cc project/speak.c -o two $(pkg-config --cflags linnet) -Wl,-Bstatic -llinnet -Wl,-Bdynamic $(pkg-config --static --libs linnet | sed s/-llinnet//) && ./two'
check "Python" python3 -c 'import linnet
speech = linnet.Voice().speak("Hello there.")
assert len(speech.samples) > 10000 and [word.text for word in speech.words] == ["Hello", "there"]'

# ---- the other programs ----
printf 'id\ttext\nhello\tGood morning.\nbye\tGood night.\n' >prompts.tsv
check "linnet-batch" sh -c 'linnet-batch -q -o prompts prompts.tsv && test $(ls prompts/*.wav | wc -l) -eq 2'
printf '# One\n\nFirst chapter.\n\n# Two\n\nSecond chapter.\n' >book.md
check "linnet-book" sh -c 'linnet-book -q -o book.m4b book.md && test $(wc -c <book.m4b) -gt 10000'
linnet-server --port 5099 >server.log 2>&1 &
server=$!
check "linnet-server" curl -sf --retry 20 --retry-connrefused --retry-delay 1 -o served.wav localhost:5099/v1/audio/speech -d '{"input": "Hello there.", "response_format": "wav"}'
check "what it serves is speech" sounds served.wav
kill $server
pulseaudio --kill 2>/dev/null
finish
