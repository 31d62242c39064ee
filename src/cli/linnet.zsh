#compdef linnet
# zsh completion for linnet; install as _linnet
_linnet_voices() {
    local -a voices
    voices=(${(f)"$(linnet --list-voices 2>/dev/null | awk 'NR > 1 { print $1 }')"})
    _alternative 'voices:voice:compadd -a voices' 'files:voice file:_files -g "*.gguf"'
}
_arguments -s -S \
    '(-o --output --raw --device)'{-o,--output}'[write a sound file]:file:_files -g "*.(wav|flac|ogg|oga|opus|mp3)"' \
    '--format[kind of the sound file]:kind:(wav flac ogg opus mp3)' \
    '--quality[of .ogg, .opus and .mp3, 0 to 10]:quality:' \
    '--split[several files]:where:(sentence line paragraph)' \
    '--title[title of the sound file]:text:' \
    '--artist[artist of the sound file]:text:' \
    '--album[album of the sound file]:text:' \
    '--track[its number in the album]:number:' \
    '(-o --output --device)--raw[write 16-bit samples to standard output]' \
    '(-o --output --raw)--device[play on this device]:device:' \
    '--list-devices[list the playback devices]' \
    '--timing[write when each word is said]:file:_files -g "*.(json|srt|vtt|TextGrid)"' \
    '--plot[draw the sentences]:file:_files -g "*.(png|svg|pdf)"' \
    '--timing-format[kind of the timing file]:kind:(json srt vtt TextGrid)' \
    '*'{-f,--file}'[read the text from a file]:file:_files' \
    '--live[speak each line as it comes]' \
    '(-m --ssml)-m[the text is SSML]' \
    '(-m --ssml)--ssml=-[the text is SSML]::mode:(strict lenient)' \
    '--allow-audio[SSML may play local sound files]' \
    '--one-voice[one voice, whatever SSML or the script asks for]' \
    '(-v --voice)'{-v,--voice}'[speak with this voice]:voice:_linnet_voices' \
    '--list-voices=-[list the voices]::language:' \
    '--voice-info=-[tell about the voice]::voice:_linnet_voices' \
    '(-r --rate --wpm)'{-r,--rate}'[speed, 0.25 to 6]:factor:' \
    '(-r --rate)--wpm[speed in words a minute]:words:' \
    '(-p --pitch)'{-p,--pitch}'[higher or lower, -12 to 12]:semitones:' \
    '--sentence-pause[silence added behind each sentence]:ms:' \
    '--paragraph-pause[silence added behind each paragraph]:ms:' \
    '--word-pause[silence added between words]:ms:' \
    '--inline-phonemes[phonemes in double brackets in the text]' \
    '--markdown[what is made of the marks of Markdown]:how:(auto off)' \
    '--pitch-range[how lively the melody is, 0 to 2]:factor:' \
    '(-g --volume)'{-g,--volume}'[loudness, 0 to 4]:factor:' \
    '--threads[sentences that are made at a time]:threads:(0 1 2 4 8)' \
    '*'--lexicon'[pronounce words as a dictionary says]:file:_files' \
    '--punctuation[name punctuation]:level:(none some most all)' \
    '(--spell-phonetic)--spell[spell every character]' \
    '(--spell)--spell-phonetic[spell with Alpha, Bravo, Charlie]' \
    '--capitals[tell capital letters]:how:(off pitch word icon)' \
    '--digits[read numbers digit by digit]' \
    '(--key)--character[the text is one character]' \
    '(--character)--key[the text is the name of a key]' \
    '(--explain)--phonemes[print the phonemes]' \
    '(--explain)--ipa[print the phonemes in IPA]' \
    '(--phonemes --ipa)--explain[print phonemes, durations and pitch]' \
    '(-q --quiet)'{-q,--quiet}'[no progress bar and no warnings]' \
    '(-V --version)'{-V,--version}'[print the version]' \
    '(-h --help)'{-h,--help}'[print the options]' \
    '*:text:'
