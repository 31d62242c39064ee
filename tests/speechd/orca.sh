#!/bin/sh
# Orca itself, under Xvfb, reads the focused button of a small GTK window aloud through speech-dispatcher and Linnet, in English, and
# in Chinese where the locale zh_CN.UTF-8 is made. Not part of `make test`: it needs orca, xvfb, at-spi2-core, dbus and GTK's Python
# bindings, and takes half a minute each.
#
#   sh tests/speechd/orca.sh [LOG]     what the module was told goes to LOG, too
. "$(dirname "$0")/common.sh"

for program in orca Xvfb dbus-run-session speech-dispatcher; do
    command -v $program >/dev/null || { echo "skip Orca: no $program"; exit 0; }
done
if [ -z "${INSIDE_SESSION:-}" ]; then
    log=${1:+$(cd - >/dev/null && realpath "$1")}
    INSIDE_SESSION=en LOG=$log dbus-run-session -- sh "$here/orca.sh"
    english=$?
    locale -a | grep -qi '^zh_CN.utf-*8$' || { echo "skip Orca in Chinese: no zh_CN.UTF-8"; exit $english; }
    INSIDE_SESSION=zh LOG=${log:+$log.zh} LC_ALL=zh_CN.UTF-8 LANG=zh_CN.UTF-8 dbus-run-session -- sh "$here/orca.sh"
    exit $((english | $?))
fi
case $INSIDE_SESSION in
en) language=en-US title='Linnet test window' label='Read me aloud' button='Read .*me .*aloud .*push .*button' # with a mark before each word
    words='700-0:4 700-5:7 700-8:13 700-14:18 700-19:26 ' ;;
zh) language=zh-CN title='朗读测试' label='请读给我听' button='请读给我听.*按钮' words=
    python3 - "$top/tests/golden/tiny.gguf" "$tmp/voices/linnet-zh.gguf" <<'P'
import sys
raw = open(sys.argv[1], "rb").read()
open(sys.argv[2], "wb").write(raw.replace(b"en-US", b"zh-CN", 1).replace(b"en-us", b"zh-cn", 1))
P
    prefix="in Chinese: " ;;
esac

XDG_RUNTIME_DIR=$tmp SPEECHD_ADDRESS=unix_socket:$tmp/speechd.socket
export XDG_RUNTIME_DIR SPEECHD_ADDRESS
chmod 700 "$tmp"
echo default_driver=null >"$HOME/.libao"
mkdir -p "$tmp/conf/modules" "$tmp/conf/clients" "$tmp/modules" "$tmp/log"
# Between the server and the module: keeps what they say to each other.
cat >"$tmp/modules/sd_linnet" <<MODULE
#!/bin/sh
tee "$tmp/log/told" | "$SD_LINNET" "\$@" | tee "$tmp/log/answered"
MODULE
chmod +x "$tmp/modules/sd_linnet"
touch "$tmp/conf/modules/linnet.conf"
cat >"$tmp/conf/speechd.conf" <<CONF
LogLevel 3
DefaultVolume 100
DefaultLanguage "$language"
AudioOutputMethod "libao"
AddModule "linnet" "sd_linnet" "linnet.conf" "$tmp/log/linnet.log"
DefaultModule linnet
CONF
cat >"$tmp/window.py" <<'WINDOW'
import sys

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import Gtk  # noqa: E402

window = Gtk.Window(title=sys.argv[1])
button = Gtk.Button(label=sys.argv[2])
window.add(button)
window.connect("destroy", Gtk.main_quit)
window.show_all()
button.grab_focus()
window.present()
Gtk.main()
WINDOW

pids=
trap 'kill $pids 2>/dev/null; rm -rf "$tmp"' EXIT
start() {
    "$@" >"$tmp/log/$(basename "$1").out" 2>&1 &
    pids="$pids $!"
}
Xvfb -displayfd 3 -screen 0 800x600x24 -nolisten tcp 3>"$tmp/display" 2>"$tmp/log/Xvfb.out" &
pids="$pids $!"
for tick in $(seq 50); do
    [ -s "$tmp/display" ] && break
    sleep 0.1
done
DISPLAY=:$(cat "$tmp/display") GTK_MODULES=gail:atk-bridge GSETTINGS_BACKEND=memory NO_AT_BRIDGE=0
export DISPLAY GTK_MODULES GSETTINGS_BACKEND NO_AT_BRIDGE
start speech-dispatcher -s -t 0 -C "$tmp/conf" -m "$tmp/modules" -S "$tmp/speechd.socket" -P "$tmp/speechd.pid" \
    -L "$tmp/log"
sleep 2
gdbus call --session --dest org.a11y.Bus --object-path /org/a11y/bus --method org.freedesktop.DBus.Properties.Set \
    org.a11y.Status ScreenReaderEnabled '<true>' >/dev/null 2>&1
gdbus call --session --dest org.a11y.Bus --object-path /org/a11y/bus --method org.freedesktop.DBus.Properties.Set \
    org.a11y.Status IsEnabled '<true>' >/dev/null 2>&1
start orca --replace --debug-file="$tmp/log/orca.debug"
told() { # PATTERN: waits until the module has been told it
    for tick in $(seq 600); do
        grep -q "$1" "$tmp/log/told" 2>/dev/null && return
        sleep 0.1
    done
}
told SPEAK # that it is there
sleep 3
start /usr/bin/python3 "$tmp/window.py" "$title" "$label"

told "$button"
sleep 2
[ -z "${LOG:-}" ] || cp "$tmp/log/told" "$LOG"
check "Orca speaks through Linnet" grep -q 'SPEAK' "$tmp/log/told"
check "in its language" grep -qi "language=${language%-*}" "$tmp/log/told"
check "Orca reads the focused button" grep -q "$button" "$tmp/log/told"
marks=$(grep -a '^700-[0-9]*:' "$tmp/log/answered" | tail -n 5 | tr '\n' ' ')
[ -z "$words" ] || check "its words are reached one after another" test "$marks" = "$words"
check "the message is spoken to its end" grep -qa '^702 END' "$tmp/log/answered"
if [ "$n_bad" -gt 0 ]; then
    tail -n 15 "$tmp"/log/*.out "$tmp/log/linnet.log"
fi
finish
