# Sourced by the scripts of this folder: chroots of a Debian release ($SUITE), as debootstrap makes them. Needs root and debootstrap.
#
# CHROOTS (build/chroots) holds the release as it came, what apt fetched, and the copies that are tried in, which go when the script
# ends unless KEEP is set. MIRROR is where packages come from. With CCACHE_DIR set, compilers in a chroot use that cache.
. "$(dirname "$0")/../support/checks.sh"
SUITE=${SUITE:-bookworm}
prefix="$SUITE: "
chroots=${CHROOTS:-$top/build/chroots}
for program in debootstrap chroot; do
    command -v $program >/dev/null || { echo "not ok ${prefix}no $program"; exit 1; }
done
[ "$(id -u)" = 0 ] || { echo "not ok ${prefix}chroots need root"; exit 1; }

roots=
# Ends what runs in the chroots, and takes apart what they share with this system.
leave() {
    for root in $roots; do
        for process in /proc/[0-9]*; do
            [ "$(readlink "$process/root")" != "$root" ] || kill -KILL "${process#/proc/}" 2>/dev/null
        done
        for mounted in proc dev/shm var/cache/apt/archives ccache; do
            ! mountpoint -q "$root/$mounted" || umount "$root/$mounted" || umount -l "$root/$mounted"
        done
        [ -n "${KEEP:-}" ] || rm -rf --one-file-system "$root"
    done
    rm -rf "$tmp"
}
trap leave EXIT

# As apt here reaches its mirror, so does apt there.
make_base() {
    base=$chroots/$SUITE-base
    mkdir -p "$chroots/$SUITE-archives/partial"
    [ ! -e "$base.made" ] || return 0
    rm -rf "$base"
    need "debootstrap" debootstrap --variant=minbase "$SUITE" "$base" "${MIRROR:-http://deb.debian.org/debian}"
    apt-config dump | grep '^Acquire::[^:]*::Proxy\|^Acquire::Check' >"$base/etc/apt/apt.conf.d/99here"
    echo force-unsafe-io >"$base/etc/dpkg/dpkg.cfg.d/chroot"
    touch "$base.made"
}

# fresh NAME: a copy of the release, in $root, with a user "ann".
fresh() {
    make_base
    root=$chroots/$SUITE-$1
    rm -rf --one-file-system "$root"
    cp -a "$base" "$root"
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
    roots="$roots $root"
    mount -t proc proc "$root/proc"
    mkdir -p "$root/dev/shm"
    mount -t tmpfs tmpfs "$root/dev/shm"
    mount --bind "$chroots/$SUITE-archives" "$root/var/cache/apt/archives"
    if [ -n "${CCACHE_DIR:-}" ]; then
        mkdir -p "$root/ccache"
        mount --bind "$CCACHE_DIR" "$root/ccache"
        inside "apt-get update -q && apt-get install -qy --no-install-recommends ccache" >"$tmp/ccache" 2>&1
    fi
    inside "useradd -m -s /bin/bash ann"
}

# inside COMMANDS: by root, in $root; as_user: by ann.
inside() { enter "HOME=/root DEBIAN_FRONTEND=noninteractive" "$1"; }
as_user() { enter "HOME=/home/ann" "cd; $1" --userspec=ann:ann; }
enter() {
    variables="$1 LANG=C.UTF-8 PATH=${CCACHE_DIR:+/usr/lib/ccache:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    chroot ${3:-} "$root" env -i $variables ${CCACHE_DIR:+CCACHE_DIR=/ccache CCACHE_NOHASHDIR=1} sh -euc "$2" </dev/null
}

# As check, but nothing further makes sense without it.
need() {
    before=$n_bad
    check "$@"
    [ "$n_bad" -eq $before ] || finish
}
