#!/bin/sh
# Every voice in voices/: does it say what it is, has it a row in voices/README.md, and does it speak its own language?
. "$(dirname "$0")/common.sh"

sentence() { # LANGUAGE -> an everyday sentence whose sounds every voice of that language has
    case $1 in
    en*) echo "Good morning, this is the new voice." ;;
    de*) echo "Guten Morgen, das ist die neue Stimme." ;;
    es*) echo "Buenos días, esta es la nueva voz." ;;
    fr*) echo "Bonjour, voici la nouvelle voix." ;;
    pt*) echo "Bom dia, esta é a nova voz." ;;
    it*) echo "Buongiorno, questa è la nuova voce." ;;
    zh*) echo "早上好，这是新的声音。" ;;
    esac
}

for file in "$top"/voices/*.gguf; do
    short=$(basename "$file" .gguf)
    VOICE=$file
    speak --voice-info
    language=$(sed -n 's/^Language *//p' "$tmp/out")
    for key in Name Language Speaker Gender Description Licence Teacher "Data licence" Scores; do
        check "$short: $key is told" grep -q "^$key  *[^ ]" "$tmp/out"
    done
    digest=$(sha256sum <"$file" | cut -d ' ' -f 1)
    check "$short: its row has its digest" grep -q "^| \`$short.gguf\` | $language,.* | \`$digest\` |\$" "$top/voices/README.md"
    check "$short: a sentence in $language is known here" test -n "$(sentence "$language")"
    expect "$short speaks, and lacks no sound" 0 "" -o "$tmp/spoken.wav" "$(sentence "$language")"
    check "$short: seconds of speech" test "$(wc -c <"$tmp/spoken.wav")" -gt 48000
done
finish
