#!/bin/sh
# Checks the #include lines of the whole tree: which folder may see which, and that each third-party header has one owner.
# One "ok" or "not ok" line a rule.
cd "$(dirname "$0")/.." || exit 1
status=0

# Every line: FILE HEADER, for our own headers ("") of *.c and *.h below the folders given.
own_includes() {
    grep -rH '^ *# *include *"' --include='*.[ch]' "$@" | sed 's/^\([^:]*\):[^"]*"\([^"]*\)".*/\1 \2/'
}

verdict() { # NAME, list of offences
    if [ -z "$2" ]; then
        echo "ok $1"
    else
        echo "not ok $1"
        echo "$2" | sed 's/^/    /'
        status=1
    fi
}

# FOLDER, pattern of the headers that it may include. A header without a folder lies beside the file.
may_see() {
    [ -d "$1" ] || return 0
    verdict "layers: $1" "$(own_includes "$1" | grep -vE "^[^ ]+ ([^/]+|($2)[^/]+)$")"
}

base='base/'
kernels="$base|nn/|dsp/"
voice="$kernels|voice/"
stages='frontend/frontend\.h$|acoustic/acoustic\.h$|vocoder/vocoder\.h$'

may_see src/base "$base"
may_see src/nn "$base|nn/"
may_see src/dsp "$base|dsp/"
may_see src/voice "$voice"
# The front end's rooms. A language sees the language folder alone; markup, dictionary and reading see what is below them all, and of
# each other only the header that stands for the room. FILES, pattern of headers.
sees() {
    files=$1
    pattern=$2
    # shellcheck disable=SC2086
    verdict "rooms: $files" "$(own_includes $files | grep -vE "^[^ ]+ ([^/]+|base/[^/]+|$pattern)$")"
}
below='frontend/(edit|entity|given|phone_map|phonemize|quoting|scripts|utterance|xml)\.h'
language='frontend/language/[a-z_]+\.h'
sees 'frontend/language/*.[ch]' nothing
for folder in frontend/language/*/; do
    sees "${folder%/}" "$language|frontend/language/romance/[a-z_]+\.h"
done
sees frontend/dictionary "$below|$language"
sees frontend/reading "linnet\.h|$below|$language|frontend/dictionary/lexicon\.h"
sees frontend/markup "linnet\.h|$below|$language|frontend/reading/modes\.h"
may_see frontend "$voice|frontend/([a-z]+/)*"
may_see acoustic "$voice|acoustic/"
may_see vocoder "$voice|vocoder/"
verdict 'layers: src/engine' "$(own_includes src/engine | grep -vE "^[^ ]+ (linnet\.h|($voice|engine/)[^/]+|$stages)")"
may_see src/audio "$base|audio/"
may_see src/sandbox 'sandbox/'
verdict 'layers: src/cli' "$(own_includes src/cli | grep -vE "^[^ ]+ ([^/]+|base/[^/]+|cli/[^/]+|audio/(library|sink|sound_file|whole_file)\.h)$")"
verdict 'layers: src/speechd' "$(own_includes src/speechd | grep -vE "^[^ ]+ (linnet\.h|base/(buffer|compiler|thread)\.h|sandbox/sandbox\.h|speechd/[^/]+)$")"
verdict 'layers: src/server' "$(own_includes src/server | grep -vE "^[^ ]+ (linnet\.h|base/[^/]+|server/[^/]+|audio/(sound_file|pcm)\.h|sandbox/sandbox\.h)$")"
verdict 'layers: src/batch' "$(own_includes src/batch | grep -vE "^[^ ]+ (linnet\.h|base/[^/]+|batch/[^/]+|audio/sink\.h|cli/(endings|progress)\.h)$")"
verdict 'layers: src/book' "$(own_includes src/book | grep -vE "^[^ ]+ (linnet\.h|base/[^/]+|book/[^/]+|audio/(sink|whole_file)\.h|cli/(endings|progress)\.h)$")"
may_see include 'nothing'

# HEADER, its only file, or one a program
owner() {
    header=$1
    shift
    verdict "owner of <$header>: $*" "$(grep -rlE "^ *# *include *<$header" --include='*.[ch]' include src frontend acoustic vocoder |
        grep -vxF "$(printf '%s\n' "$@")")"
}

owner 'espeak-ng/' frontend/phonemize.c
owner 'fftw3' src/dsp/stft.c
owner 'sonic\.h' src/engine/tempo.c
owner 'sndfile\.h' src/audio/sound_file.c
owner 'ogg/' src/audio/ogg_pages.c
owner 'vo-aacenc/' src/server/sv_aac.c
owner 'soxr\.h' src/audio/resample.c
owner 'cairo' src/cli/plot_draw.c
owner 'portaudio\.h' src/audio/sink_portaudio.c
owner 'microhttpd\.h' src/server/sv_http.c
owner 'jansson\.h' src/server/sv_json.c src/batch/bt_json.c # a file a program
owner 'seccomp\.h' src/sandbox/sandbox.c
owner 'archive\.h' src/book/bk_archive.c
owner 'libxml/' src/book/bk_xml.c
owner 'cmark' src/book/bk_read.c
owner 'libav' src/book/bk_media.c
owner 'expat\.h' frontend/xml.c
owner 'utf8proc\.h' src/base/chars.c frontend/compat.c # what characters are, and what they stand for
owner 'pcre2\.h' frontend/dictionary/expression.c

# Circles: files whose functions call each other's, over however many others. The objects of the last build tell it, if there is one.
objects=${BUILD:-build/$(cat build/current 2>/dev/null)}
calls() {
    find src frontend acoustic vocoder -name '*.c' | sed "s|\(.*\)\.c|$objects/\1.o|" | while read -r object; do
        [ -f "$object" ] && echo "$object"
    done | xargs nm -A -P | awk -v top="$objects/" '{
            file = substr($1, length(top) + 1); sub(/\.o:.*/, "", file)
            if ($3 == "U") { n++; user[n] = file; name[n] = $2 } else if ($3 ~ /^[A-Z]$/) owner[$2] = file
        }
        END { for (i = 1; i <= n; i++) if (name[i] in owner && owner[name[i]] != user[i]) print user[i], owner[name[i]] }' | sort -u
}
[ ! -d "$objects/frontend" ] || verdict 'no circles' "$(calls | tsort 2>&1 >/dev/null | sed 's/^tsort: //')"

# Names of files are unique, so that a line in a debugger names one.
verdict 'file names are unique' "$(find src frontend acoustic vocoder -name '*.[ch]' -exec basename {} \; | sort | uniq -d)"

exit $status
