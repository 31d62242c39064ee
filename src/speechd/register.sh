#!/bin/sh
# Tells speech-dispatcher's configuration about the module, where it has to be told.
#
#   register.sh add|remove SPEECHD.CONF MODULE
#   register.sh forget LINNET.CONF ORIGINAL: removes it, unless somebody has edited it
#
# A server whose speechd.conf has no AddModule line (as packages install it) finds its modules by itself. One with such
# lines loads only those; then a line for Linnet is added, or taken out again.
set -eu
action=$1 conf=$2 module=$3
if [ "$action" = forget ]; then
    if cmp -s "$conf" "$module"; then rm -f "$conf"; elif [ -e "$conf" ]; then echo "kept, since it was edited: $conf"; fi
    exit 0
fi
line="AddModule \"linnet\" \"$module\" \"linnet.conf\""

[ -e "$conf" ] || exit 0
case $action in
add)
    grep -q '^[[:space:]]*AddModule' "$conf" || exit 0
    if ! grep -q '^[[:space:]]*AddModule[[:space:]]*"linnet"' "$conf"; then
        printf '%s\n' "$line" >>"$conf"
        echo "added to $conf: $line"
    fi
    ;;
remove)
    if grep -qxF "$line" "$conf"; then
        kept=$(mktemp)
        grep -vxF "$line" "$conf" >"$kept" || true
        cat "$kept" >"$conf"
        rm -f "$kept"
        echo "taken out of $conf: $line"
    fi
    ;;
esac
