#!/bin/sh
# cross.sh SOURCE...: builds the kernel tests for machines unlike this one and runs them: i686, whose x87 computes with more digits
# than it stores, and s390x under qemu, whose bytes stand the other way round. Static programs, so nothing has to be installed
# there but the compiler and its C library.
cd "$(dirname "$0")/../.." || exit 1
mkdir -p build/cross
status=0

# test_on MACHINE COMPILER RUNNER
test_on() {
    machine=$1 compiler=$2 runner=$3
    shift 3
    if ! command -v "$compiler" >/dev/null || { [ -n "$runner" ] && ! command -v "$runner" >/dev/null; }; then
        echo "skip kernels on $machine: no $compiler or $runner"
        return
    fi
    if "$compiler" -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -ffp-contract=off -fno-math-errno -Iinclude -Isrc -I. \
        -static -o "build/cross/$machine" "$@" -lm -lpthread && $runner "build/cross/$machine"; then
        echo "ok kernels on $machine"
    else
        echo "not ok kernels on $machine"
        status=1
    fi
}
test_on i686 i686-linux-gnu-gcc "" "$@"
test_on s390x s390x-linux-gnu-gcc qemu-s390x "$@"
exit $status
