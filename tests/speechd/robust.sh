#!/bin/sh
# The module with servers that vanish, don't read, send too much or stop at any moment. SEED=N repeats a storm.
. "$(dirname "$0")/common.sh"

timeout 280 python3 "$here/robust.py" "$SD_LINNET" ${SEED:-} 2>"$tmp/err"
judge_cases $?
finish
