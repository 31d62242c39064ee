#!/bin/sh
# The public header and library from outside: the header compiles alone in C and C++, its example compiles, links with the shared
# library and speaks, and the library exports what symbols.txt lists.
. "$(dirname "$0")/../support/checks.sh"
cd "$top" || exit 1
CC=${CC:-cc}
CXX=${CXX:-c++}
BUILD=${BUILD:-build/$(cat build/current)}
library=$BUILD/liblinnet.so
sanitize=${SAN:+-fsanitize=$SAN}

printf '#include "linnet.h"\nint main(void) { return 0; }\n' >"$tmp/alone.c"
cp "$tmp/alone.c" "$tmp/alone.cc"
warnings="-Wall -Wextra -pedantic -Werror"
for standard in c11 c17; do
    check "header alone, $standard" $CC -std=$standard $warnings -Iinclude -c -o "$tmp/alone.o" "$tmp/alone.c"
done
for standard in c++11 c++17; do
    check "header alone, $standard" $CXX -std=$standard $warnings -Iinclude -c -o "$tmp/alone.o" "$tmp/alone.cc"
done

nm -D --defined-only "$library" | awk '$2 != "A" { print $3 }' | sed 's/@.*//' | sort >"$tmp/exported"
[ -n "$sanitize" ] && grep '^linnet_' "$tmp/exported" >"$tmp/own" && mv "$tmp/own" "$tmp/exported"
check "exported symbols" diff tests/api/symbols.txt "$tmp/exported"
sed -n 's/^LINNET_API .*\(linnet_[a-z_]*\)(.*/\1/p' include/linnet.h | sort >"$tmp/declared"
check "every function declared is listed" diff "$tmp/declared" tests/api/symbols.txt
check "soname" sh -c "readelf -d '$library' | grep -q 'SONAME.*liblinnet.so.0'"

# The example, with the test voice instead of the default one.
{
    printf '#include <linnet.h>\n#include <stdio.h>\n#include <string.h>\n'
    sed -n '/^ \* @example$/,/^ \* @end$/p' include/linnet.h | sed '1d;$d;s/^ \*//' |
        sed 's|voices/linnet-en\.gguf|tests/golden/tiny.gguf|'
} >"$tmp/example.c"
cp "$library" "$tmp/liblinnet.so"
ln -s liblinnet.so "$tmp/liblinnet.so.0"
check "example compiles and links" $CC -std=c11 -Wall -Wextra -Werror $sanitize -Iinclude -o "$tmp/example" "$tmp/example.c" \
    -L"$tmp" -llinnet -Wl,-rpath,"$tmp"
check "example speaks" sh -c "'$tmp/example' >'$tmp/samples' && test \$(wc -c <'$tmp/samples') -gt 40000"
finish
