# Sourced by the scripts of this folder. SD_LINNET is the module; without it build/sd_linnet. It speaks with the
# tiny test voice, in a folder of its own, whatever is installed.
. "$(dirname "$0")/../support/checks.sh"
here=$top/tests/speechd
SD_LINNET=${SD_LINNET:-$top/build/sd_linnet}
[ -x "$SD_LINNET" ] || { echo "not ok $0: there is no $SD_LINNET"; exit 1; }
command -v python3 >/dev/null || { echo "skip $0: no python3"; exit 0; }

mkdir -p "$tmp/voices" "$tmp/home"
cp "$top/tests/golden/tiny.gguf" "$tmp/voices/linnet-en.gguf"
LINNET_VOICE_PATH=$tmp/voices:- HOME=$tmp/home XDG_DATA_HOME=$tmp/home
export LINNET_VOICE_PATH HOME XDG_DATA_HOME SD_LINNET
cd "$tmp" || exit 1

# judge_cases STATUS: of a Python script with cases, whose standard error is in $tmp/err.
judge_cases() {
    [ "$1" -eq 0 ] || n_bad=$((n_bad + 1)) # it has printed what was not ok
    [ "$1" -le 1 ] || bad "the script ends" "exit status $1" "$(tail -n 20 "$tmp/err")"
    if grep -q 'ERROR: \|runtime error\|WARNING: Thread' "$tmp/err"; then
        bad "no sanitizer's report" "$(head -n 40 "$tmp/err")"
    fi
}
