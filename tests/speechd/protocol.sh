#!/bin/sh
# Scripted conversations with the module over pipes: sessions/NAME.in is sent, sessions/NAME.out is what is said by
# whom.
# RENEW=1 writes the expectations anew.
. "$(dirname "$0")/common.sh"

for script in "$here"/sessions/*.in; do
    name=$(basename "$script" .in)
    python3 "$here/transcript.py" "$script" "$SD_LINNET" >"$tmp/out" 2>"$tmp/err"
    [ -z "${RENEW:-}" ] || cp "$tmp/out" "$here/sessions/$name.out"
    if diff "$here/sessions/$name.out" "$tmp/out" >"$tmp/diff"; then
        ok "session: $name"
    else
        bad "session: $name" "$(cat "$tmp/diff")" "$(tail -n 20 "$tmp/err")"
    fi
done
finish
