#!/bin/sh
# Installs the module for one user, or removes it.
#
#   user.sh install MODULE VOICE...
#   user.sh remove VOICE...
#
# speech-dispatcher looks for a user's modules in ~/.local/libexec/speech-dispatcher-modules and for their configuration
# in ~/.config/speech-dispatcher/modules; voices go to ~/.local/share/linnet/voices.
set -eu
here=$(dirname "$0")
action=$1
shift
data=${XDG_DATA_HOME:-$HOME/.local/share}
# Spelt as the server does; it wants the data folder to be there.
modules=$data/../libexec/speech-dispatcher-modules
config=${XDG_CONFIG_HOME:-$HOME/.config}/speech-dispatcher
voices=$data/linnet/voices

# A user's speechd.conf replaces the system's, so it is made only where the system's names its modules.
own_configuration() {
    system=${SPEECHD_CONFIG:-/etc/speech-dispatcher/speechd.conf}
    if [ ! -e "$config/speechd.conf" ] && grep -q '^[[:space:]]*AddModule' "$system" 2>/dev/null; then
        cp "$system" "$config/speechd.conf"
        echo "copied $system to $config"
    fi
}

case $action in
install)
    module=$1
    shift
    mkdir -p "$voices" "$modules" "$config/modules"
    install -m 755 "$module" "$modules/sd_linnet"
    [ -e "$config/modules/linnet.conf" ] || install -m 644 "$here/linnet.conf" "$config/modules/linnet.conf"
    for voice in "$@"; do install -m 644 "$voice" "$voices/"; done
    own_configuration
    sh "$here/register.sh" add "$config/speechd.conf" "$(cd "$modules" && pwd)/sd_linnet"
    echo "Restart speech-dispatcher: killall speech-dispatcher. Then try: spd-say -o linnet hello"
    ;;
remove)
    if [ -d "$modules" ]; then
        sh "$here/register.sh" remove "$config/speechd.conf" "$(cd "$modules" && pwd)/sd_linnet"
        rm -f "$modules/sd_linnet"
    fi
    sh "$here/register.sh" forget "$config/modules/linnet.conf" "$here/linnet.conf"
    for voice in "$@"; do rm -f "$voices/$(basename "$voice")"; done
    ;;
esac
