#!/bin/sh
# The packages as a new user meets them: built and linted here, installed into a fresh chroot of a Debian release, tried there.
#
#   test.sh SUITE [CHROOT]     bookworm or trixie; CHROOT: one that debootstrap made, else it makes one in build/chroot-SUITE
#
# Needs root, debootstrap, and what src/packaging/debian/control builds with, which is installed in the chroot.
set -eu
cd "$(dirname "$0")/../.."
suite=$1 root=${2:-build/chroot-$1}
mirror=${MIRROR:-http://deb.debian.org/debian}
in_chroot() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive sh -euc "$1"; }
check() { if in_chroot "$2" >build/deb-test.log 2>&1; then echo "ok $suite: $1"; else echo "not ok $suite: $1"; cat build/deb-test.log; exit 1; fi; }

mkdir -p build
[ -d "$root/etc" ] || debootstrap --variant=minbase "$suite" "$root" "$mirror" >build/debootstrap.log
for file in /etc/resolv.conf /etc/hosts; do cp "$file" "$root$file"; done
cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
trap 'umount "$root/proc" 2>/dev/null || true' EXIT
rm -rf "$root/src" && mkdir -p "$root/src"
tar -cf - --exclude=./build --exclude=./.git . | tar -xf - -C "$root/src"
check "build dependencies" "apt-get update -q && apt-get install -qy --no-install-recommends devscripts equivs build-essential lintian fakeroot &&
    cd /src && mk-build-deps -i -r -t 'apt-get -qy --no-install-recommends' src/packaging/debian/control"
check "packages are built" "cd /src && make deb"
check "lintian is content" "cd /src/build/deb && lintian --allow-root --fail-on error,warning *.changes"
check "packages are installed" "apt-get install -qy --no-install-recommends /src/build/deb/*.deb speech-dispatcher pulseaudio-utils"
check "linnet speaks" "cd / && linnet -o /tmp/hello.wav 'Hello there.' && test \$(wc -c </tmp/hello.wav) -gt 20000"
check "voices are listed" "linnet --list-voices | grep -q '^linnet-de '"
check "a program is built by pkg-config" "cd /tmp && printf '%s\n' '#include <linnet.h>' 'int main(void) { return !*linnet_version(); }' >use.c &&
    cc use.c -o use \$(pkg-config --cflags --libs linnet) && ./use"
check "Python speaks" "cd /tmp && python3 -c 'import linnet; assert len(linnet.Voice().speak(\"Hello.\").samples) > 1000'"
check "speech-dispatcher finds the module" "timeout 60 sh -c 'speech-dispatcher -d -t 0 && sleep 2 && spd-say -O | grep -q linnet'"
check "spd-say speaks" "timeout 60 spd-say -w -o linnet 'Hello there.'"
in_chroot "pkill speech-dispatch || true" 2>/dev/null || true
check "packages are removed" "apt-get purge -qy 'linnet*' 'liblinnet*' speech-dispatcher-linnet python3-linnet && ! find /usr -name '*linnet*' | grep ."
