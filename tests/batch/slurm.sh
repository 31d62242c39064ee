#!/bin/sh
# An array of eight Slurm jobs on this machine, with a Slurm of its own: `make test-slurm`, as root, with slurm-wlm and munge installed.
# ITEMS (200) texts; three more minutes on two cores for 10000.
cd "$(dirname "$0")/../.." || exit 1
LINNET_BATCH=${LINNET_BATCH:-$PWD/build/linnet-batch}
VOICE=$PWD/voices/linnet-en.gguf
ITEMS=${ITEMS:-200}
for program in slurmctld slurmd munged sbatch; do
    command -v $program >/dev/null || { echo "skip slurm: needs slurm-wlm and munge"; exit 0; }
done
[ "$(id -u)" = 0 ] || { echo "skip slurm: needs root"; exit 0; }
tmp=$(mktemp -d /tmp/linnet-slurm-XXXXXX) || exit 1
stop() {
    for name in slurmd slurmctld munged; do
        [ ! -s "$tmp/$name.pid" ] || kill "$(cat "$tmp/$name.pid")" 2>/dev/null
    done
    sleep 1
    rm -rf "$tmp"
}
trap stop EXIT
chmod 755 "$tmp"
mkdir "$tmp/munge" "$tmp/state" "$tmp/spool"
head -c 1024 /dev/urandom >"$tmp/munge/key"
chmod 700 "$tmp/munge" && chmod 400 "$tmp/munge/key"
munged --force --key-file "$tmp/munge/key" --socket "$tmp/munge.socket" --pid-file "$tmp/munged.pid" --log-file "$tmp/munge/log" \
    --seed-file "$tmp/munge/seed" || { echo "not ok slurm: munged"; exit 1; }
host=$(hostname -s)
cat >"$tmp/slurm.conf" <<C
ClusterName=linnet
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
AuthType=auth/munge
AuthInfo=socket=$tmp/munge.socket
SlurmUser=root
StateSaveLocation=$tmp/state
SlurmdSpoolDir=$tmp/spool
SlurmctldPidFile=$tmp/slurmctld.pid
SlurmdPidFile=$tmp/slurmd.pid
SlurmctldLogFile=$tmp/slurmctld.log
SlurmdLogFile=$tmp/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
ReturnToService=2
SchedulerParameters=sched_min_interval=100000
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES State=UP
C
export SLURM_CONF="$tmp/slurm.conf"
slurmctld && slurmd || { echo "not ok slurm: it doesn't start"; cat "$tmp"/slurm*.log; exit 1; }

awk -v n="$ITEMS" 'BEGIN { for (i = 1; i <= n; i++) printf "{\"id\": \"item-%05d\", \"text\": \"This is number %d of an array.\"}\n", i, i }' >"$tmp/many.jsonl"
"$LINNET_BATCH" -q -v "$VOICE" -o "$tmp/whole" --journal "$tmp/whole.journal" "$tmp/many.jsonl" >/dev/null || echo "not ok slurm: a run in one go"
# shellcheck disable=SC2016
sbatch --quiet --array=1-8 --output="$tmp/job-%a.log" --wrap \
    "$LINNET_BATCH -q -j 1 -v $VOICE -o $tmp/array --shard \$SLURM_ARRAY_TASK_ID/8 $tmp/many.jsonl" || { echo "not ok slurm: sbatch"; exit 1; }
n=0
while [ -n "$(squeue --noheader)" ] && [ $n -lt $((300 + ITEMS / 10)) ]; do
    n=$((n + 1))
    sleep 1
done
sums() { (cd "$1" && find . -name '*.wav' | LC_ALL=C sort | xargs sha256sum); }
status=0
if [ "$(ls "$tmp/array" | wc -l)" = "$ITEMS" ] && [ "$(sums "$tmp/array")" = "$(sums "$tmp/whole")" ]; then
    echo "ok slurm: an array of eight makes the files of a run in one go"
else
    echo "not ok slurm: the files differ"
    cat "$tmp"/job-*.log "$tmp"/slurm*.log | tail -50
    status=1
fi
left=$("$LINNET_BATCH" -q -v "$VOICE" -o "$tmp/array" "$tmp/many.jsonl")
case $left in
"0 done, $ITEMS were done before"*) echo "ok slurm: the journals know it" ;;
*) echo "not ok slurm: $left"; status=1 ;;
esac
exit $status
