#!/bin/sh
# The checkout as a contributor meets it on a fresh Debian $SUITE with git, gcc and make: `make demo` and `make test` in a clone, then
# `make install`, and `make test` again, beside voices that are installed. Many minutes.
. "$(dirname "$0")/chroot.sh"

# tests NAME: `make test` in the clone; how many passed is in the case's name, what failed below it.
tests() {
    log=$chroots/$SUITE-$1.log
    inside "cd /root/linnet && make -j2 test" >"$log" 2>&1
    status=$?
    counted=$(tail -n 1 "$log" | grep '^[0-9]* passed, [0-9]* failed$')
    if [ $status -eq 0 ] && [ -n "$counted" ]; then
        ok "make test $2: $counted"
    else
        bad "make test $2: ${counted:-exit status $status}" "$(grep '^FAIL\|^not ok\|^\[  FAILED  \]\|\*\*\*' "$log" | head -n 40)"
    fi
    grep '^skip ' "$log"
}

fresh tree
need "a machine with git, gcc and make" inside "apt-get update -q && apt-get install -qy --no-install-recommends git gcc make"
need "git clone" git clone -q "$top" "$root/root/linnet"
chown -R root:root "$root/root/linnet"
need "make demo" inside "cd /root/linnet && make -j2 demo && test \$(wc -c <demo.wav) -gt 50000"
tests test "in a fresh clone"
check "make install" inside "cd /root/linnet && make install"
check "a program finds the library, without ldconfig by hand" inside "ldconfig -p | grep -q 'liblinnet.so.0 .*/usr/local/lib'"
check "a fresh clone" inside "cd /root && git -C linnet clean -qdfx -e build && git -C linnet status --porcelain"
tests installed "beside an installed Linnet"
check "make uninstall" inside "cd /root/linnet && make uninstall && ! find /usr/local /etc -name '*linnet*' | grep ."
finish
