#!/bin/sh
# The tables of emoji names are what their script makes of Unicode's CLDR, where that is installed.
cd "$(dirname "$0")/.." || exit 1
said=$(python3 frontend/language/emoji/make.py --check 2>&1)
case $? in
0) echo 'ok emoji tables are as made' ;;
2) echo "skip emoji tables are as made: $said" ;;
*)
    echo 'not ok emoji tables are as made'
    echo "$said" | sed 's/^/    /'
    exit 1
    ;;
esac
