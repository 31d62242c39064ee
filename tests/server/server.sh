#!/bin/sh
# linnet-server, over its sockets: tests/server/*.py, run by Debian's pytest.
cd "$(dirname "$0")/../.." || exit 1
LINNET_SERVER=${LINNET_SERVER:-$PWD/build/linnet-server}
export LINNET_SERVER PYTHONDONTWRITEBYTECODE=1
python=${PYTHON:-/usr/bin/python3}
if ! "$python" -c 'import pytest' 2>/dev/null; then
    echo "skip server: needs python3-pytest"
    exit 0
fi
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
"$python" -m pytest -q -p no:cacheprovider tests/server "$@" >"$log" 2>&1
status=$?
passed=$(sed -n 's/^\(.* \)*\([0-9]*\) passed.*/\2/p' "$log")
[ -z "$passed" ] || seq -f 'ok server %g' "$passed"
if [ $status -ne 0 ]; then
    cat "$log"
    echo "not ok server"
fi
exit $status
