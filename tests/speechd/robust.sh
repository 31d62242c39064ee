#!/bin/sh
# The module with servers that vanish, don't read, send too much or stop at any moment. SEED=N repeats a storm.
. "$(dirname "$0")/common.sh"

timeout 280 python3 "$here/robust.py" "$SD_LINNET" ${SEED:-} 2>"$tmp/err"
status=$?
[ $status -le 1 ] || bad "robust.py ends" "exit status $status" "$(tail -n 20 "$tmp/err")"
grep -h -A 20 'ERROR: \|runtime error\|WARNING: Thread' "$tmp/err" && bad "no sanitizer's report"
[ $status -eq 0 ] && finish
exit 1
