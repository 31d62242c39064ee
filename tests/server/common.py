"""A linnet-server of its own for each test file, and small clients for it."""
import contextlib
import http.client
import json
import os
import re
import socket
import subprocess
import threading
import time

SERVER = os.environ["LINNET_SERVER"]
SLOW = 20 if os.environ.get("SAN") else 1  # under a sanitizer
VOICE = os.environ.get("LINNET_VOICE", "voices/linnet-en.gguf")


class Server:
    def __init__(self, *options, env=None):
        command = [SERVER, "--voice", VOICE, "--port", "0", "--wyoming-port", "0", *options]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **(env or {})})
        self.log, self.port, self.wyoming = [], None, None
        for line in self.process.stderr:
            self.log.append(line)
            if found := re.search(r"HTTP at http://[^/]*:(\d+)/", line):
                self.port = int(found[1])
            if found := re.search(r"Wyoming at tcp://.*:(\d+)$", line):
                self.wyoming = int(found[1])
                break
        if not self.wyoming:
            raise RuntimeError("".join(self.log))
        threading.Thread(target=lambda: self.log.extend(self.process.stderr), daemon=True).start()

    def request(self, method, path, body=None, headers=None, timeout=60 * SLOW):
        """-> status, headers, body"""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        if isinstance(body, dict):
            body, headers = json.dumps(body), {"Content-Type": "application/json", **(headers or {})}
        connection.request(method, path, body, headers or {})
        reply = connection.getresponse()
        data = reply.read()
        connection.close()
        return reply.status, reply.headers, data

    def speech(self, text, **fields):
        return self.request("POST", "/v1/audio/speech", {"model": "linnet", "input": text, **fields})

    def metric(self, name):
        text = self.request("GET", "/metrics")[2].decode()
        return float(re.search(rf"^{re.escape(name)} (\S+)$", text, re.M)[1])

    def socket(self, port=None):
        return socket.create_connection(("127.0.0.1", port or self.port), timeout=60 * SLOW)

    def memory(self):
        """Resident, in bytes."""
        with open(f"/proc/{self.process.pid}/status") as f:
            return 1024 * int(re.search(r"VmRSS:\s+(\d+)", f.read())[1])

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def end(self):
        self.process.terminate()
        return self.process.wait(timeout=20 * SLOW)


@contextlib.contextmanager
def serving(*options, env=None):
    server = Server(*options, env=env)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.end()
        # A crash or a sanitizer's line fails the test that made it.
        assert server.process.returncode == 0, f"exit status {server.process.returncode}\n" + "".join(server.log)


def wait_until(condition, seconds=10):
    end = time.monotonic() + seconds * SLOW
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


class Wyoming:
    """A client of the protocol, as bare as can be."""

    def __init__(self, server):
        self.socket = server.socket(server.wyoming)
        self.file = self.socket.makefile("rb")

    def send(self, kind, data=None, inline=False):
        body = json.dumps(data or {}).encode()
        if inline or not data:
            head = {"type": kind, "data": data or {}}
            self.socket.sendall(json.dumps(head).encode() + b"\n")
        else:
            self.socket.sendall(json.dumps({"type": kind, "data_length": len(body)}).encode() + b"\n" + body)

    def read(self):
        """-> type, data, payload; None at the end"""
        line = self.file.readline()
        if not line:
            return None
        head = json.loads(line)
        data = head.get("data", {})
        if head.get("data_length"):
            data.update(json.loads(self.file.read(head["data_length"])))
        return head["type"], data, self.file.read(head.get("payload_length", 0))

    def read_until(self, kind):
        """Events up to the one of this type."""
        events = []
        while not events or events[-1][0] != kind:
            event = self.read()
            assert event, f"the connection ended after {[e[0] for e in events]}"
            events.append(event)
        return events

    def close(self):
        self.file.close()
        self.socket.close()
