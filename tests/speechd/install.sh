#!/bin/sh
# `make install-speechd-user` in an empty home, then a server without any special option: it finds the module and its
# configuration. `make uninstall-speechd-user` leaves nothing. And what a speechd.conf that names its modules is told.
. "$(dirname "$0")/common.sh"

if [ -n "${SAN:-}" ]; then
    echo "skip install-speechd-user: a sanitizer run"
    exit 0
fi
unset LINNET_VOICE_PATH XDG_DATA_HOME XDG_CONFIG_HOME
XDG_RUNTIME_DIR=$tmp
export XDG_RUNTIME_DIR
files() { find "$HOME" -type f | sort; }

target() {
    make --no-print-directory -C "$top" "$1" VOICES=linnet-en
}
check "make install-speechd-user" target install-speechd-user
for file in .local/libexec/speech-dispatcher-modules/sd_linnet .config/speech-dispatcher/modules/linnet.conf \
    .local/share/linnet/voices/linnet-en.gguf; do
    check "installed: $file" test -s "$HOME/$file"
done

# A configuration of one's own is kept.
conf=$HOME/.config/speech-dispatcher/modules/linnet.conf
printf 'Log "%s"\n' "$tmp/own.log" >"$conf"
check "installed again" target install-speechd-user
check "a changed linnet.conf is kept" grep -q own.log "$conf"

detected() {
    SPEECHD_ADDRESS=unix_socket:$tmp/socket spd-say -O 2>/dev/null | grep -qx linnet
}
if command -v speech-dispatcher >/dev/null && command -v spd-say >/dev/null; then
    echo default_driver=null >"$HOME/.libao"
    mkdir "$tmp/log"
    speech-dispatcher -s -t 0 -S "$tmp/socket" -P "$tmp/pid" -L "$tmp/log" >"$tmp/out" 2>&1 &
    server=$!
    trap 'kill $server 2>/dev/null; rm -rf "$tmp"' EXIT
    for tick in $(seq 100); do
        detected && break
        sleep 0.1
    done
    check "a server without options finds the module" detected
    check "it reads the user's linnet.conf" test -e "$tmp/own.log"
    kill $server
    wait $server 2>/dev/null
    rm -f "$HOME/.libao"
else
    echo "skip a server without options: no speech-dispatcher"
fi

# A speechd.conf that names its modules needs a line.
own=$HOME/.config/speech-dispatcher/speechd.conf
printf 'LogLevel 3\nAddModule "espeak-ng" "sd_espeak-ng" "espeak-ng.conf"\n' | tee "$own" >"$tmp/before"
check "installed beside named modules" target install-speechd-user
check "speechd.conf names the module" grep -q "^AddModule \"linnet\" \"$HOME/.*/sd_linnet\" \"linnet.conf\"" "$own"
check "make uninstall-speechd-user" target uninstall-speechd-user
check "speechd.conf is as it was" cmp "$own" "$tmp/before"
rm "$own"
rm -rf "$HOME/.cache"
check "nothing is left but the configuration of one's own" test "$(files)" = "$conf"
finish
