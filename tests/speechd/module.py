"""A client of the module, as the server is one: over pipes, line by line. Checks on the way what must hold of any
output: whole audio blocks whose size is what they say, marks and audio only inside a message, one end event a
message and nothing after it."""

import collections
import os
import re
import select
import subprocess
import time

HEAD = re.compile(rb"705-(\w+)=(\d+)$")
ENDS = ("702 END", "703 STOP", "704 PAUSE")


class Broken(Exception):
    """The module doesn't keep to the protocol."""


def unescape(data):
    return data.replace(b"\x7d\x2a", b"\n").replace(b"\x7d\x5d", b"\x7d")


class Module:
    def __init__(self, command, **options):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, **options)
        self.lines = collections.deque()  # received and not taken yet
        self.buffer = b""  # the start of the next one
        self.head = {}
        self.samples = bytearray()  # of the last message
        self.rate = 0
        self.blocks = []  # (position in samples, how many) of the last message
        self.in_message = False  # between 701 and the end event
        self.marks = []  # (name, position in samples) of the last message
        self.mark = None

    def send(self, text):
        self.process.stdin.write(text if isinstance(text, bytes) else text.encode())

    def fill(self, timeout):
        """Reads once; False at the end of file or after `timeout` seconds of silence."""
        ready, _, _ = select.select([self.process.stdout], [], [], timeout)
        data = os.read(self.process.stdout.fileno(), 65536) if ready else b""
        *lines, self.buffer = (self.buffer + data).split(b"\n")
        self.lines.extend(lines)
        return bool(data)

    def line(self, timeout=20):
        """The next line as text, or None at the end; an audio block is one line, "AUDIO"."""
        while True:
            while not self.lines:
                if not self.fill(timeout):
                    if self.buffer:
                        raise Broken(f"half a line: {self.buffer[:60]!r}")
                    return None
            text = self.take(self.lines.popleft())
            if text is not None:
                return text

    def take(self, line):
        """None when it is a part of something that isn't complete yet."""
        if line.startswith(b"705"):
            return self.take_audio(line)
        if self.head:
            raise Broken(f"inside an audio block: {line[:60]!r}")
        text = line.decode()
        if text.startswith("700-"):
            self.mark = text[4:]
            return None
        if text == "700 INDEX MARK":
            if not self.in_message or self.mark is None:
                raise Broken("a mark outside a message")
            if not self.mark.startswith("__spd_"):  # the server's own
                self.marks.append((self.mark, len(self.samples) // 2))
            self.mark, name = None, self.mark
            return f"MARK {name}"
        if text == "701 BEGIN":
            if self.in_message:
                raise Broken("a message inside a message")
            self.in_message = True
            self.samples, self.blocks, self.marks = bytearray(), [], []
        elif text in ENDS:
            if not self.in_message and text != "703 STOP":  # a stop may come before 701
                raise Broken(f"{text} outside a message")
            self.in_message = False
        return text

    def take_audio(self, line):
        if not self.in_message:
            raise Broken("audio outside a message")
        field = HEAD.match(line)
        if field:
            self.head[field.group(1).decode()] = int(field.group(2))
            return None
        if line.startswith(b"705-AUDIO\0"):
            self.check_audio(unescape(line[10:]))
            return None
        if line != b"705 AUDIO" or "data" not in self.head:
            raise Broken(f"not a line of an audio block: {line[:60]!r}")
        self.blocks.append((len(self.samples) // 2, self.head["num_samples"]))
        self.samples += self.head["data"]
        self.rate = self.head["sample_rate"]
        self.head = {}
        return "AUDIO"

    def check_audio(self, data):
        fixed = {"bits": 16, "num_channels": 1, "big_endian": 0}
        if any(self.head.get(name) != value for name, value in fixed.items()) or self.head.get("sample_rate", 0) < 8000:
            raise Broken(f"an audio block of {self.head}")
        if len(data) != 2 * self.head.get("num_samples", 0) or not data:
            raise Broken(f"an audio block of {self.head} has {len(data)} bytes")
        self.head["data"] = data

    def until(self, *wanted, timeout=20):
        """The lines up to one that begins with one of the words."""
        lines = []
        while True:
            line = self.line(timeout)
            if line is None:
                raise Broken(f"no {' or '.join(wanted)} after {lines[-5:]}")
            lines.append(line)
            if line.startswith(wanted):
                return lines

    def start(self):
        self.send("INIT\nAUDIO\naudio_output_method=server\n.\nLOGLEVEL\nlog_level=3\n.\n")
        return self.until("203 OK LOGLEVEL SET", "399 ", timeout=60)

    def set(self, **values):
        self.send("SET\n" + "".join(f"{name}={value}\n" for name, value in values.items()) + ".\n")
        return self.until("203 OK SETTINGS RECEIVED", "3")[-1]

    def begin(self, text, command="SPEAK"):
        """Gives a message; the reply."""
        lines = "".join(("." if line.startswith(".") else "") + line + "\n" for line in text.split("\n"))
        self.send(f"{command}\n{lines}.\n")
        self.until("202 ")
        return self.until("200 ", "30")[-1]

    def say(self, text, command="SPEAK", timeout=60):
        """Speaks to the end; the samples."""
        reply = self.begin(text, command)
        if reply != "200 OK SPEAKING":
            raise Broken(f"{reply} for {text!r}")
        self.until(*ENDS, timeout=timeout)
        return bytes(self.samples)

    def memory(self):
        """Resident kilobytes now."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmRSS:\s*(\d+)", status.read()).group(1))

    def quit(self, timeout=20):
        """Exit status."""
        self.send("QUIT\n")
        self.until("210 OK QUIT")
        self.process.stdin.close()
        return self.process.wait(timeout)


def milliseconds(since):
    return 1000 * (time.monotonic() - since)
