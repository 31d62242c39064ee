# Sourced by scripts two folders below the top, which end with `finish`: a temporary folder $tmp, and "ok NAME" or "not ok NAME" a
# case. Before the names stands $prefix.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM
prefix=
n_bad=0

ok() { echo "ok $prefix$1"; }
bad() { # NAME LINE...
    echo "not ok $prefix$1"
    n_bad=$((n_bad + 1))
    shift
    for line in "$@"; do echo "    $line"; done
    if [ -s "$tmp/err" ]; then sed 's/^/    stderr: /' "$tmp/err"; fi
}

# check NAME COMMAND...: the command succeeds.
check() {
    name=$1
    shift
    if "$@" >"$tmp/checked" 2>&1; then ok "$name"; else bad "$name" "$*" "$(tail -c 1500 "$tmp/checked")"; fi
}

# exits NAME STATUS COMMAND...: with this status; what it prints is in $tmp/out and $tmp/err.
exits() {
    name=$1 wanted=$2
    shift 2
    "$@" >"$tmp/out" 2>"$tmp/err"
    got=$?
    if [ $got -eq "$wanted" ]; then ok "$name"; else bad "$name" "exit status $got, expected $wanted" "$(tail -c 1500 "$tmp/out")"; fi
}

finish() {
    [ "$n_bad" -eq 0 ]
    exit
}
