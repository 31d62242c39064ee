#!/bin/sh
# What a benchmark ran on: processor, kernel table, load.
grep -m 1 'model name' /proc/cpuinfo | sed 's/.*: //'
echo "kernels: $("$BUILD/tests/bench/bench_nn" --table)"
uptime | sed 's/.*load/load/'
