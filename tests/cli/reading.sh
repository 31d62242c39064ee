#!/bin/sh
# Dictionaries and reading modes on the command line: what is spoken is read off --explain.
. "$(dirname "$0")/common.sh"
XDG_CONFIG_HOME=$tmp/config
export XDG_CONFIG_HOME
mkdir -p "$XDG_CONFIG_HOME/linnet"

# spoken NAME EXPECTED ARGUMENTS...
spoken() {
    name=$1 wanted=$2
    shift 2
    speak --explain "$@"
    sed -n 's/^  spoken    //p' "$tmp/out" | paste -s -d '|' >"$tmp/spoken"
    if [ "$status" -eq 0 ] && [ "$(cat "$tmp/spoken")" = "$wanted" ]; then ok "$name"; else
        bad "$name" "expected '$wanted', got '$(cat "$tmp/spoken")', status $status"
    fi
}

spoken "numbers" "It costs twelve dollars and fifty cents on March fourth twenty twenty-four at twelve oh five." \
    'It costs $12.50 on 3/4/2024 at 12:05.'
spoken "punctuation all" "Hello comma, world dot." --punctuation all "Hello, world."
spoken "punctuation some" "a hash (b)" --punctuation some "a # (b)"
spoken "a list of one's own" "a # left paren b)" --punctuation 'some=(' "a # (b)"
spoken "spell" "c eigh t" --spell cat
spoken "spell phonetic" "Charlie Alpha" --spell-phonetic ca
spoken "capitals" "capital b" --capitals word --character B
spoken "digits" "one nine eight four" --digits 1984
spoken "character" "space" --character " "
spoken "key" "shift eigh" --key shift_a
expect "unknown level" 2 "--punctuation: \"much\"" --punctuation much x
expect "no list for none" 2 "--punctuation" --punctuation none=x x
expect "unknown way to tell capitals" 2 "--capitals" --capitals loud x

printf 'nginx ~ engine x\nbroken\n' >"$tmp/words.txt"
spoken "dictionary" "engine x" --lexicon "$tmp/words.txt" nginx
expect "a mistake names its line" 0 "words.txt:2:1: expected" --phonemes --lexicon "$tmp/words.txt" nginx
expect "no such dictionary" 1 "--lexicon: .*no-such-file" --lexicon "$tmp/no-such-file" --phonemes x
printf 'nginx ~ my own\nlinnet ~ bird\n' >"$XDG_CONFIG_HOME/linnet/lexicon-en.txt"
spoken "the user's dictionary" "my own" nginx
spoken "the command line's wins" "engine x bird" --lexicon "$tmp/words.txt" "nginx linnet"
printf 'nginx ~ American\n' >"$XDG_CONFIG_HOME/linnet/lexicon-en-US.txt"
spoken "the country's wins" "American bird" "nginx linnet"
finish
