#!/bin/sh
# The packages as a new user meets them: built and linted in a fresh Debian $SUITE, installed in another one that never saw a
# compiler, where user.sh tries what they promise; then removed. Many minutes.
. "$(dirname "$0")/chroot.sh"

fresh build
mkdir "$root/src"
tar -C "$top" -cf - --exclude=./build --exclude=./.git --exclude=__pycache__ . | tar --no-same-owner -xf - -C "$root/src"
need "build dependencies" inside "apt-get update -q && apt-get install -qy --no-install-recommends devscripts equivs build-essential lintian fakeroot &&
    cd /src && mk-build-deps -i -r -t 'apt-get -qy --no-install-recommends' src/packaging/debian/control"
need "make deb" inside "cd /src && make deb"
check "lintian is content" inside "cd /src/build/deb && lintian --allow-root --fail-on error,warning *.changes"
built=$root/src/build/deb

unset CCACHE_DIR
fresh user
mkdir "$root/debs" && cp "$built"/*.deb "$root/debs/"
install="apt-get install -qy --no-install-recommends"
need "linnet is installed, with its voice" inside "apt-get update -q && cd /debs && $install ./linnet_*.deb ./linnet-voice-en_*.deb"
check "it speaks at once" as_user "linnet -o hello.wav 'Hello there.' && test \$(wc -c <hello.wav) -gt 20000"
need "all packages are installed" inside "$install /debs/*.deb"
# What people have besides.
need "speech-dispatcher, a sound server, players, compilers" inside "$install alsa-utils libasound2-plugins pulseaudio pulseaudio-utils \
    bash-completion zsh fish gcc libc6-dev cmake make meson pkg-config python3-mutagen python3-speechd curl man-db"
mkdir -p "$root/home/ann/tests"
cp -r "$top/tests/packages" "$top/tests/support" "$root/home/ann/tests/"
as_user "sh tests/packages/user.sh" 2>&1 | sed "s/^ok /&$prefix/; s/^not ok /&$prefix/" | tee "$tmp/user"
grep -q '^ok ' "$tmp/user" && ! grep -q '^not ok ' "$tmp/user" || n_bad=$((n_bad + 1))
check "all is removed" inside "apt-get purge -qy 'linnet*' 'liblinnet*' speech-dispatcher-linnet python3-linnet &&
    ! find /usr /etc /var/lib -name '*linnet*' -not -path '/var/lib/apt/*' | grep ."
finish
