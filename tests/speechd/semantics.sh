#!/bin/sh
# What the settings and commands do to the sound.
. "$(dirname "$0")/common.sh"

timeout 280 python3 "$here/semantics.py" "$SD_LINNET" 2>"$tmp/err"
judge_cases $?
finish
