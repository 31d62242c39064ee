# bash completion for linnet
_linnet() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
    local options='-o --output --format --quality --split --title --artist --album --track --raw --device --list-devices --timing --timing-format --plot -f --file --live -m --ssml --allow-audio -v --voice --one-voice --list-voices --voice-info
        -r --rate --wpm -p --pitch --pitch-range -g --volume --sentence-pause --paragraph-pause --word-pause --threads --lexicon --punctuation --markdown --inline-phonemes
        --spell --spell-phonetic --capitals --digits --character --key --phonemes --ipa --explain -q --quiet -V --version -h --help'
    local before= # "--voice=", where "=" doesn't part words
    case $cur in
    =) cur= ;;
    --*=*) prev=${cur%%=*} before=$prev= cur=${cur#*=} ;;
    *) [[ $prev == = && $COMP_CWORD -gt 2 ]] && prev=${COMP_WORDS[COMP_CWORD-2]} ;;
    esac
    COMPREPLY=()
    case $prev in
    --list-voices) mapfile -t COMPREPLY < <(compgen -W "$(linnet --list-voices 2>/dev/null | awk 'NR > 1 { print $2 }' | sort -u)" -- "$cur") ;;
    -v | --voice | --voice-info)
        mapfile -t COMPREPLY < <(compgen -W "$(linnet --list-voices 2>/dev/null | awk 'NR > 1 { print $1 }')" -- "$cur"
            compgen -f -X '!*.gguf' -- "$cur")
        ;;
    --ssml) mapfile -t COMPREPLY < <(compgen -W 'strict lenient' -- "$cur") ;; # behind "="
    --format) mapfile -t COMPREPLY < <(compgen -W 'wav flac ogg opus mp3' -- "$cur") ;;
    --timing-format) mapfile -t COMPREPLY < <(compgen -W 'json srt vtt TextGrid' -- "$cur") ;;
    --split) mapfile -t COMPREPLY < <(compgen -W 'sentence line paragraph' -- "$cur") ;;
    --threads) mapfile -t COMPREPLY < <(compgen -W '0 1 2 4 8' -- "$cur") ;;
    --punctuation) mapfile -t COMPREPLY < <(compgen -W 'none some most all' -- "$cur") ;;
    --markdown) mapfile -t COMPREPLY < <(compgen -W 'auto off' -- "$cur") ;;
    --capitals) mapfile -t COMPREPLY < <(compgen -W 'off pitch word icon' -- "$cur") ;;
    -r | --rate | --wpm | -p | --pitch | --pitch-range | -g | --volume | --sentence-pause | --paragraph-pause | --word-pause | --device | --quality | --title | --artist | --album | --track) ;;
    -o | --output | -f | --file | --timing | --plot | --lexicon) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
    *) [[ $cur == -* ]] && mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur") ;;
    esac
    COMPREPLY=("${COMPREPLY[@]/#/$before}")
}
complete -o filenames -F _linnet linnet
