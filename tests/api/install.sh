#!/bin/sh
# `make install` into an empty folder: a program builds against it by pkg-config, the installed command and library work, and
# `make uninstall` leaves no file behind.
. "$(dirname "$0")/../support/checks.sh"
cd "$top" || exit 1
CC=${CC:-cc}
if [ -n "${SAN:-}" ]; then
    echo "skip install: a sanitizer run"
    exit 0
fi

root=$tmp/root
prefix=/usr/local
# A make of its own, but with the flags of the one that runs this test.
check "make install" make --no-print-directory install DESTDIR="$root" prefix=$prefix
for file in bin/linnet lib/liblinnet.a lib/liblinnet.so lib/liblinnet.so.0 include/linnet.h lib/pkgconfig/linnet.pc \
    share/man/man1/linnet.1 share/man/man3/liblinnet.3 share/man/man5/linnet.conf.5 share/man/man5/linnet-lexicon.5 \
    share/man/man7/linnet-ssml.7 share/doc/linnet/README.md share/doc/linnet/COPYING share/doc/linnet/guide.md share/bash-completion/completions/linnet; do
    check "installed: $file" test -s "$root$prefix/$file"
done
for file in sd_linnet linnet.conf; do
    check "installed for speech-dispatcher: $file" test -n "$(find "$root" -name $file)"
done
check "installed command runs" "$root$prefix/bin/linnet" --version

cat >"$tmp/use.c" <<'C'
#include <linnet.h>
#include <stdio.h>
int main(void) { return puts(linnet_version()) < 0; }
C
export PKG_CONFIG_PATH="$root$prefix/lib/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$root"
check "builds by pkg-config" sh -c "$CC -o '$tmp/use' '$tmp/use.c' \$(pkg-config --cflags --libs linnet)"
check "runs with the shared library" env LD_LIBRARY_PATH="$root$prefix/lib" "$tmp/use"
# A program's own names don't meet the library's.
nm -g --defined-only "$root$prefix/lib/liblinnet.a" | sed -n 's/.* [A-Z] //p' | grep -v '^linnet_' >"$tmp/names"
check "the static library shows linnet_... alone" test ! -s "$tmp/names" || sed 's/^/    /' "$tmp/names"
sed 's/^int main/int base_fail, nn_kernels, fe_next; &/' "$tmp/use.c" >"$tmp/own.c"
check "builds with the static library" sh -c "$CC -Wl,--as-needed -o '$tmp/own' '$tmp/own.c' '$root$prefix/lib/liblinnet.a' \
    \$(pkg-config --cflags --static --libs linnet)"
check "runs with it alone" "$tmp/own"
unset PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR

for name in espeak-ng espeak; do
    check "make install-espeak-link: $name" sh -c 'test -L "$1" || make --no-print-directory install-espeak-link DESTDIR="$2" prefix="$3" && "$1" --version' - \
        "$root$prefix/bin/$name" "$root" "$prefix"
done
check "make uninstall" make --no-print-directory uninstall DESTDIR="$root" prefix=$prefix
check "nothing is left" test -z "$(find "$root" -type f -o -type l)"

# Elsewhere: spaces in the name, a LIBDIR, a home. What was edited stays.
root=$tmp/other
check "make install with spaces" make --no-print-directory install DESTDIR="$root" PREFIX="/opt/my linnet" LIBDIR="/opt/my linnet/lib64"
check "the library is in LIBDIR" test -s "$root/opt/my linnet/lib64/liblinnet.so.0"
check "pkg-config knows such a name" sh -c 'PKG_CONFIG_PATH="$1/opt/my linnet/lib64/pkgconfig" pkg-config --libs linnet | grep -q "my.* linnet/lib64"' - "$root"
conf=$(find "$root" -name linnet.conf)
echo "# mine" >>"$conf"
check "make uninstall with spaces" make --no-print-directory uninstall DESTDIR="$root" PREFIX="/opt/my linnet" LIBDIR="/opt/my linnet/lib64"
check "an edited configuration stays" grep -q "# mine" "$conf"
rm -f "$conf"
check "nothing else does" test -z "$(find "$root" -type f -o -type l)"
home=$tmp/home
check "make install to ~/.local" env -u XDG_CONFIG_HOME HOME="$home" make --no-print-directory install PREFIX="$home/.local"
check "the module is where a user's server looks" test -x "$home/.local/libexec/speech-dispatcher-modules/sd_linnet" -a \
    -s "$home/.config/speech-dispatcher/modules/linnet.conf"
check "zsh's file is where Debian looks" sh -c '! [ -e /etc/debian_version ] || make -n install prefix=/usr | grep -q /usr/share/zsh/vendor-completions/_linnet'
finish
