"""What linnet-batch costs beside the engine alone: `make bench-batch`.

usage: bench_batch.py BATCH BENCH_SPEAK VOICE [ITEMS [WORKERS ...]]

ITEMS (10000) short prompts, spoken by so many threads with an engine each and nothing else (bench_speak --lines), and by linnet-batch with
as many workers (1 and 2) into WAV files in one folder. CPU time compares them also where other programs run; times real time are of the
clock on the wall."""
import os
import re
import subprocess
import sys
import tempfile
import time

LINE = "Your order number {} will be ready at half past {}.\n"


def run(*command):
    """-> output, seconds on the wall, seconds of CPU time, most memory resident in MB"""
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, f"{command[0]}: status {status}"
    return output, time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def show(what, workers, speech, wall, cpu, memory):
    print(f"{what:<14} {workers:2} workers: {speech / wall:6.1f} times real time, {speech / cpu:6.1f} per second of CPU time, {memory:6.1f} MB")
    return speech / cpu


def compare(batch, bench, voice, prompts, workers):
    output, wall, cpu, memory = run(bench, "--lines", voice, prompts, str(workers))
    speech = float(re.match(r"([\d.]+) s of speech", output)[1])
    alone = show("the engine", workers, speech, wall, cpu, memory)
    with tempfile.TemporaryDirectory() as folder:
        output, wall, cpu, memory = run(batch, "-q", "-j", str(workers), "-v", voice, "-o", folder, "--journal", f"{folder}/.journal", prompts)
    assert float(re.search(r"([\d.]+) s of speech", output)[1]) == speech, output
    files = show("linnet-batch", workers, speech, wall, cpu, memory)
    print(f"{'':14} {100 * files / alone:.1f} % of the engine's throughput")


def main(batch, bench, voice, items=10000, *workers):
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as prompts:
        prompts.writelines(LINE.format(i, 1 + i % 12) for i in range(1, items + 1))
        prompts.flush()
        print(f"{items} prompts")
        for n in workers or (1, 2):
            compare(batch, bench, voice, prompts.name, n)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:4], *map(int, sys.argv[4:]))
