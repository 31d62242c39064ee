#!/bin/sh
# Runs the kernel tests that `make` cross-compiled for aarch64 under qemu.
cd "$(dirname "$0")/../.." || exit 1
qemu=$(command -v qemu-aarch64 || command -v qemu-aarch64-static)
if [ -n "${SAN:-}" ] || [ -z "$qemu" ] || [ ! -d build/neon ]; then
    echo "skip neon: a sanitizer run, or no cross compiler, or no qemu-aarch64"
    exit 0
fi
status=0
for program in build/neon/test_*; do
    "$qemu" "$program" || status=1
done
exit $status
