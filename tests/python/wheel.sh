#!/bin/sh
# Builds the wheel of src/python, installs it into an empty virtual environment and runs tests/python there. The Python is Debian's,
# with its packages for building, so that nothing is fetched.
. "$(dirname "$0")/../support/checks.sh"
cd "$top" || exit 1
if [ -n "${SAN:-}" ]; then
    echo "skip python: a sanitizer run"
    exit 0
fi
python=${PYTHON:-/usr/bin/python3}
if ! "$python" -c 'import setuptools, cffi, pip, pytest, venv, wheel' 2>/dev/null; then
    echo "skip python: needs python3-cffi python3-pip python3-pytest python3-setuptools python3-venv python3-wheel"
    exit 0
fi
wheel() { "$python" -m pip wheel -q --no-index --no-build-isolation --no-deps -w "$tmp/wheels" src/python; }
check "wheel is built" wheel
rm -rf src/python/build src/python/*.egg-info
"$python" -m venv --system-site-packages "$tmp/venv"
check "wheel is installed" "$tmp/venv/bin/pip" install -q --no-index --no-deps "$tmp"/wheels/*.whl
cd "$tmp" || exit 1
check "three lines speak" "$tmp/venv/bin/python" -c '
import linnet
voice = linnet.Voice()
voice.save("Hello, world.", "hello.wav")'
check "the file is there" test -s hello.wav
# What is missing is told in one line. Missing it is in a mount namespace of its own.
library=$(ldconfig -p 2>/dev/null | awk '/libespeak-ng\.so\.1 / { print $NF; exit }')
if [ -n "$library" ] && unshare -rm mount --bind /dev/null "$(readlink -f "$library")" 2>/dev/null; then
    # shellcheck disable=SC2016
    unshare -rm sh -c 'mount --bind /dev/null "$(readlink -f "$1")"; exec "$2" -c "import linnet"' - "$library" "$tmp/venv/bin/python" 2>"$tmp/missing"
    check "without espeak-ng: a line says what to install" sh -c \
        'tail -n 1 "$1" | grep -q "^ImportError: linnet: .*espeak.* is missing; .* apt-get install libespeak-ng1"' - "$tmp/missing"
else
    echo "skip without espeak-ng: needs unshare and mount"
fi
if "$tmp/venv/bin/python" -m pytest -q -p no:cacheprovider "$OLDPWD/tests/python" >"$tmp/log" 2>&1; then
    sed -n 's/^\([0-9]*\) passed.*/\1/p' "$tmp/log" | while read -r n; do seq -f 'ok python %g' "$n"; done
else
    cat "$tmp/log"
    echo "not ok pytest"
    n_bad=1
fi
finish
