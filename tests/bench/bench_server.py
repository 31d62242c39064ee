"""How soon linnet-server's first byte of sound comes, beside the engine's own first block: `make bench-server`.

usage: bench_server.py SERVER BENCH_SPEAK VOICE [ROUNDS]

In turns, so that what else the machine does falls on both: bench_speak's first samples of a sentence of 40 characters in a warm process,
and the time from a request's first byte to the first byte of its sound, on a new connection each and on one that stays open. One worker."""
import json
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time

SENTENCE = "This sentence has exactly forty letters."  # as bench_speak has it
RUNS = 21


def start(server, voice):
    process = subprocess.Popen([server, "--voice", voice, "--port", "0", "--workers", "1"], stderr=subprocess.PIPE, text=True)
    line = process.stderr.readline()
    return process, int(re.search(r":(\d+)/", line)[1])


def connect(port):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def request(port):
    body = json.dumps({"input": SENTENCE, "response_format": "pcm"}).encode()
    return (b"POST /v1/audio/speech HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n" % (port, len(body))) + body


def ask(connection, message):
    """-> ms to the first byte of sound; reads the reply to its end."""
    begun, data, first = time.perf_counter(), b"", None
    connection.sendall(message)
    while not data.endswith(b"\r\n0\r\n\r\n"):
        block = connection.recv(1 << 16)
        assert block, data[:200]
        data += block
        head = data.find(b"\r\n\r\n")
        # behind the head come a chunk's size and its bytes
        if first is None and head >= 0 and data.find(b"\r\n", head + 4) > 0 and len(data) > data.find(b"\r\n", head + 4) + 2:
            first = 1e3 * (time.perf_counter() - begun)
    assert data.startswith(b"HTTP/1.1 200"), data[:200]
    return first


def ask_anew(port, message):
    begun = time.perf_counter()
    with connect(port) as connection:
        connected = 1e3 * (time.perf_counter() - begun)
        return connected + ask(connection, message)


def engine(bench, voice, text):
    out = subprocess.run([bench, voice, text], check=True, capture_output=True, text=True).stdout
    return [float(x) for x in re.search(r"first samples.* ([\d.]+) ms best, ([\d.]+) ms median", out).groups()]


def show(what, best, median):
    print(f"{what:<52} {best:6.2f} ms best, {median:.2f} ms median")


def main(server, bench, voice, rounds=5):
    process, port = start(server, voice)
    message, bests, medians, new, kept = request(port), [], [], [], []
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as text, connect(port) as open_connection:
        text.write(SENTENCE)
        text.flush()
        ask(open_connection, message)
        for _ in range(rounds):
            best, median = engine(bench, voice, text.name)
            bests.append(best)
            medians.append(median)
            new += [ask_anew(port, message) for _ in range(RUNS)]
            kept += [ask(open_connection, message) for _ in range(RUNS)]
    process.terminate()
    process.wait()
    own = statistics.median(medians)
    show("engine: first block, 40 characters, warm", min(bests), own)
    for name, times in (("linnet-server: first byte, a new connection", new), ("linnet-server: first byte, an open connection", kept)):
        show(name, min(times), statistics.median(times))
        print(f"{'    later than the engine':<52} {min(times) - min(bests):6.2f} ms best, {statistics.median(times) - own:.2f} ms median")


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    main(*sys.argv[1:4], *map(int, sys.argv[4:]))
