#!/bin/sh
# The programs and the library are built so that a mistake in them is hard to make use of, and run so that little is gained by one.
cd "$(dirname "$0")/.." || exit 1
BUILD=${BUILD:-build/$(cat build/current)}
[ -z "${SAN:-}" ] || { echo "skip hardening: a sanitizer run"; exit 0; }
command -v readelf >/dev/null || { echo "skip hardening: no readelf"; exit 0; }
status=0

has() { # NAME PATTERN FILE READELF-OPTIONS...
    name=$1 pattern=$2 file=$3
    shift 3
    if readelf -W "$@" "$file" 2>/dev/null | grep -q -- "$pattern"; then echo "ok $name: ${file##*/}"; else
        echo "not ok $name: ${file##*/}"
        status=1
    fi
}
for file in linnet linnet-server linnet-batch linnet-book sd_linnet liblinnet.so; do
    file=$BUILD/$file
    [ -e "$file" ] || continue
    has "relocations are read-only" GNU_RELRO "$file" -l
    has "functions are bound at the start" 'BIND_NOW\|NOW' "$file" -d
    has "no executable stack" 'GNU_STACK .* RW ' "$file" -l
    has "guarded stacks" __stack_chk_fail "$file" --dyn-syms
    has "fortified calls" '_chk@' "$file" --dyn-syms
    has "any address" 'DYN' "$file" -h
done
# Of our code: Debian's own start-up code isn't, so the programs as a whole aren't marked.
case $(uname -m) in x86_64) has "guarded jumps" 'IBT.*SHSTK' "$BUILD/src/base/status.o" -n ;; esac

# What reads strangers' text all day has given up the rest: filters of system calls in all its threads, no way back to privileges.
confined() { # FILE OPTIONS...
    file=$1
    shift
    mkfifo "$tmp/in" && exec 3<>"$tmp/in" || exit 1
    "$BUILD/$file" "$@" <&3 >/dev/null 2>"$tmp/err" &
    tries=100
    until grep -qs '^Seccomp:[[:space:]]*2' /proc/$!/status || [ $((tries -= 1)) = 0 ]; do sleep 0.1; done
    if grep -qs '^NoNewPrivs:[[:space:]]*1' /proc/$!/status && grep -qs '^Seccomp:[[:space:]]*2' /proc/$!/status; then echo "ok confined: $file"; else
        echo "not ok confined: $file: $(cat "$tmp/err")"
        status=1
    fi
    kill $! && wait $! 2>/dev/null
    rm "$tmp/in"
}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
confined sd_linnet
confined linnet-server --port 0 -v tests/golden/tiny.gguf
exit $status
