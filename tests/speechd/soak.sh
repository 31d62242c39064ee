#!/bin/sh
# soak.sh MESSAGES HOURS: the module for so many messages, the real server for 300, and the command for so many hours of speech at
# its fastest: nothing is lost, memory and descriptors stay. Not a part of `make test`.
messages=$1 hours=$2
. "$(dirname "$0")/common.sh"
timeout 86400 python3 "$here/soak.py" "$SD_LINNET" "$messages" || n_bad=$((n_bad + 1))

MESSAGES=300 sh "$here/server.sh" >"$tmp/server" || n_bad=$((n_bad + 1))
grep -e 'nothing to say' -e '^not ok' -e '^skip' "$tmp/server"

# A sentence of three seconds, over and over; most memory ever resident, of an hour and of all of them, in kilobytes.
most() {
    python3 - "$top/build/linnet" "$1" <<'PY'
import resource, subprocess, sys
sentence = "This is one more sentence of a very long text. "
child = subprocess.Popen([sys.argv[1], "--raw", "--rate", "6"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
import threading
def feed():
    for _ in range(int(float(sys.argv[2]) * 3600 / 3)):
        child.stdin.write(sentence.encode())
    child.stdin.close()
threading.Thread(target=feed).start()
size = 0
while block := child.stdout.read(1 << 20):
    size += len(block)
assert child.wait() == 0 and size > 0
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
PY
}
first=$(most 0.1) all=$(most "$hours")
if [ -n "$all" ] && [ "$all" -lt $((first + 8192)) ]; then
    ok "soak: $hours hours of text in $all kB, six minutes in $first kB"
else
    bad "soak: $hours hours of text in '$all' kB, six minutes in '$first' kB"
fi
finish
