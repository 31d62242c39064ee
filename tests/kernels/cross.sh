#!/bin/sh
# BENCH_MODELS=bench_models cross.sh SOURCES-OF-KERNELS -- SOURCES-OF-NETWORKS: the kernel tests and the golden tests, which compare both networks with
# PyTorch, built for machines unlike this one and run: aarch64; i686, whose x87 computes with more digits than it stores; s390x,
# whose bytes stand the other way round. The kernels need nothing but a compiler there; for the golden tests Debian's packages of those
# machines are unpacked under build/cross, and nothing is installed. On aarch64 the default voice must give the samples that it gives here.
cd "$(dirname "$0")/../.." || exit 1
packages="libfftw3-dev libfftw3-single3 libutf8proc-dev libcmocka-dev libcmocka0"
kernels= networks= list=kernels
for word in "$@"; do
    if [ "$word" = -- ]; then list=networks; elif [ $list = kernels ]; then kernels="$kernels $word"; else networks="$networks $word"; fi
done
status=0

# fetch: the packages, unpacked in $root.
fetch() {
    [ ! -e "$root/fetched" ] || return 0
    command -v apt-get >/dev/null || return 1
    mkdir -p "$root/lists/partial" "$root/debs"
    set -- -qq -o "APT::Architecture=$debian" -o "APT::Architectures::=$debian" -o Dir::State::status=/dev/null -o "Dir::State::Lists=$root/lists"
    # shellcheck disable=SC2086 # a list
    apt-get "$@" update && (cd "$root/debs" && apt-get "$@" download $packages) || return 1
    for deb in "$root"/debs/*.deb; do dpkg -x "$deb" "$root" || return 1; done
    touch "$root/fetched"
}

say() { # RESULT WHAT
    echo "$1 $2 on $machine"
    [ "$1" != "not ok" ] || status=1
}

# test_on MACHINE DEBIAN-NAME TRIPLET QEMU [SOURCE]...: with these sources besides; QEMU: "" if this machine runs it.
test_on() {
    machine=$1 debian=$2 triplet=$3 qemu=$4 root=$PWD/build/cross/$2
    shift 4
    compiler=$machine-linux-gnu-gcc
    if ! command -v "$compiler" >/dev/null || { [ -n "$qemu" ] && ! command -v "$qemu" >/dev/null; }; then
        echo "skip $machine: no $compiler or $qemu"
        return
    fi
    mkdir -p "$root"
    flags="-std=c11 -D_POSIX_C_SOURCE=200809L -O1 -ffp-contract=off -fno-math-errno -Wno-psabi -Iinclude -Isrc -I."
    # shellcheck disable=SC2086 # lists
    if $compiler $flags -static -o "$root/test_kernels" $kernels "$@" -lm -lpthread && $qemu "$root/test_kernels"; then
        say ok kernels
    else
        say "not ok" kernels
    fi
    fetch || { echo "skip golden tests on $machine: its packages can't be had"; return; }
    lib=$root/usr/lib/$triplet
    # shellcheck disable=SC2086
    if $compiler $flags -DLINNET_DATADIR='"."' -I"$root/usr/include" -o "$root/test_golden" $networks "$@" tests/golden/test_golden.c \
        "$lib/libfftw3f.a" "$lib/libutf8proc.a" -L"$lib" -lcmocka -lm -lpthread -Wl,-rpath,"$lib" -Wl,-rpath,"/usr/$machine-linux-gnu/lib" &&
        $qemu ${qemu:+-L /usr/$machine-linux-gnu} "$root/test_golden" >"$root/golden.log" 2>&1; then
        say ok "golden tests"
    else
        say "not ok" "golden tests"
        cat "$root/golden.log"
    fi
}

# bits COMMAND...: of what both networks make of a sentence, whatever the size of the blocks.
bits() {
    "$@" voices/linnet-en.gguf 1 | sed -n 's/.*; bits of //p' | sort -u
}

# compare_samples SOURCE...: the default voice on $machine, sample for sample that of this machine.
compare_samples() {
    { [ -e "$root/fetched" ] && command -v "$compiler" >/dev/null; } || return
    # shellcheck disable=SC2086
    $compiler $flags -DLINNET_DATADIR='"."' -I"$root/usr/include" -static -o "$root/bench_models" $networks "$@" tests/support/tiny_voice.c \
        tests/bench/bench_models.c "$lib/libfftw3f.a" "$lib/libutf8proc.a" -lm -lpthread
    here=$(bits "$BENCH_MODELS")
    alike=$here
    for cpu in max neoverse-n1 cortex-a53; do # with matrix products of bytes, dot products, neither
        [ "$(bits $qemu -cpu $cpu "$root/bench_models")" = "$here" ] || alike=
    done
    if [ -n "$alike" ]; then
        say ok "samples as here, with matrix products, dot products and neither,"
    else
        say "not ok" "samples as here"
    fi
}
neon="build/neon/src/nn/nn_neon.o build/neon/src/nn/nn_dotprod.o build/neon/src/nn/nn_i8mm.o"
# shellcheck disable=SC2086
test_on aarch64 arm64 aarch64-linux-gnu qemu-aarch64 $neon
# shellcheck disable=SC2086
compare_samples $neon
test_on i686 i386 i386-linux-gnu ""
test_on s390x s390x s390x-linux-gnu qemu-s390x
exit $status
