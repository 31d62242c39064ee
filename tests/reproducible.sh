#!/bin/sh
# The same sources give the same bytes in any folder. Three objects are compared; REPRODUCIBLE=all compares whole builds.
cd "$(dirname "$0")/.." || exit 1
[ -z "${SAN:-}" ] || { echo "skip reproducible: a sanitizer run"; exit 0; }
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
status=0
for folder in "$tmp/one" "$tmp/another/further down"; do
    mkdir -p "$folder"
    cp -R Makefile include src frontend acoustic vocoder tests "$folder"
done 2>/dev/null
mv "$tmp/another/further down" "$tmp/another/further-down"

# build FOLDER: with a compiler that no cache stands before, which knows of folders, too.
build() {
    (cd "$1" && unset MAKEFLAGS && out=$(make -s --eval 'print-out:;@echo $(O)' CC="${CC##* }" print-out) &&
        if [ "${REPRODUCIBLE:-}" = all ]; then make -s -j"$(nproc)" CC="${CC##* }" all check-programs; else
            make -s CC="${CC##* }" "$out/src/base/status.o" "$out/src/voice/voice_find.o" "$out/src/engine/api.o"; fi) >"$tmp/log" 2>&1
}
CC=${CC:-cc}
if ! build "$tmp/one" || ! build "$tmp/another/further-down"; then
    echo "not ok builds in any folder"
    cat "$tmp/log"
    exit 1
fi
(cd "$tmp/one/build" && find . -type f ! -name '*.d' | sort) >"$tmp/files"
while read -r file; do
    cmp "$tmp/one/build/$file" "$tmp/another/further-down/build/$file" || status=1
done <"$tmp/files"
[ -s "$tmp/files" ] || status=1
if [ $status -eq 0 ]; then echo "ok the same bytes in any folder: $(wc -l <"$tmp/files") files"; else echo "not ok the same bytes in any folder"; fi
exit $status
