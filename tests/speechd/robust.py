"""Hostile and unlucky servers. Prints "ok NAME" or "not ok NAME" a case.

  robust.py MODULE [SEED]"""

import os
import random
import signal
import subprocess
import sys
import time

import cases
from module import ENDS, Broken, Module

LONG = " ".join(f"This is sentence number {i} of a text without an end." for i in range(500))
SLOW = 20 if os.environ.get("SAN") else 1  # sanitizers


def open_module(**options):
    module = Module([sys.argv[1]], **options)
    module.start()
    return module


def ended(module, seconds=5):
    return module.process.wait(seconds * SLOW)


def case_end_of_input_while_speaking():
    module = open_module()
    module.begin(LONG)
    module.until("AUDIO")
    module.process.stdin.close()
    assert ended(module) == 0


def case_server_vanishes_while_speaking():
    module = open_module()
    module.begin(LONG)
    module.until("AUDIO")
    module.process.stdout.close()
    assert ended(module) == 0


def case_server_vanishes_while_idle():
    module = open_module()
    module.process.stdout.close()
    assert ended(module) == 0


def case_sigterm():
    module = open_module()
    module.begin(LONG)
    module.until("AUDIO")
    module.process.terminate()
    assert ended(module) == -signal.SIGTERM


def fill_pipe(module):
    module.begin(LONG)
    time.sleep(0.5 * SLOW)


def case_quit_when_the_server_does_not_read():
    module = open_module()
    fill_pipe(module)
    module.send("QUIT\n")
    assert ended(module) == 0


def case_stop_when_the_server_does_not_read():
    """What was on its way is finished, then comes 703 and nothing more of the message."""
    module = open_module()
    fill_pipe(module)
    module.send("STOP\n")
    module.until("703 STOP")
    assert module.line(0.3) is None
    assert module.quit() == 0


def seconds_until(module, *wanted):
    start = time.monotonic()
    module.until(*wanted)
    return time.monotonic() - start


def case_end_of_nothing_is_held():
    """A client that learns the message's number a little late still gets its marks and its end, each time it's said."""
    module = open_module()
    for _ in range(3):
        for text in ("...", "\u2026", "- ", '<speak><mark name="a"/>\u2026</speak>', '<speak><break time="1ms"/></speak>'):
            assert module.begin(text) == "200 OK SPEAKING"
            module.until("701 BEGIN")
            assert seconds_until(module, "MARK", "702 END") > 0.045, text
            if module.in_message:
                module.until("702 END")
    assert module.quit() == 0


def case_stop_ends_the_hold():
    """Else the next message would wait, too."""
    module = open_module()
    waits = []
    for _ in range(20):
        module.begin("...")
        module.until("701 BEGIN")
        time.sleep(0.002)
        module.send("STOP\nSPEAK\n- \n.\n")
        module.until("703 STOP")
        waits.append(seconds_until(module, "701 BEGIN"))
        module.until("702 END")
    assert min(waits) < 0.01, waits
    assert module.quit() == 0


def full_pipe():
    """Both ends of a pipe that takes no more, and the bytes in it."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    size = 0
    try:
        while True:
            size += os.write(writing, b"\n" * 4096)
    except BlockingIOError:
        os.set_blocking(writing, True)
    return reading, writing, size


def case_stop_while_the_synthesis_is_held_up():
    """It can't get its line of the log out, so no message ends by itself; each is stopped all the same, and nothing more
    comes of them when it goes on."""
    reading, writing, size = full_pipe()
    module = open_module(stderr=writing)
    module.send("LOGLEVEL\nlog_level=5\n.\n")
    module.until("203 OK LOGLEVEL SET")
    for command, text in (("SPEAK", LONG), ("SPEAK", "Another one."), ("CHAR", "a"), ("SPEAK", LONG)):
        assert module.begin(text, command) == "200 OK SPEAKING"
        assert module.line(0.2) in ("701 BEGIN", None)
        module.send("STOP\n")
        assert module.until("703 STOP") == ["703 STOP"]
    while size > 0:
        size -= len(os.read(reading, size))
    assert module.line(0.3) is None
    assert module.begin("Hello.") == "200 OK SPEAKING"
    assert module.until(*ENDS)[-1] == "702 END" and module.samples
    os.close(writing)
    assert module.quit() == 0
    os.close(reading)


def time_slices(module):
    """Nanoseconds that the scheduler gives each thread in one go, the main thread first; empty where it can't be told."""
    slices = []
    for thread in sorted(os.listdir(f"/proc/{module.process.pid}/task"), key=int):
        try:
            with open(f"/proc/{module.process.pid}/task/{thread}/sched") as sched:
                slices += [int(line.split(":")[1]) for line in sched if line.startswith("se.slice ")]
        except OSError:
            pass
    return slices


def case_the_main_thread_is_urgent():
    """And those that compute are not, nor what they start."""
    module = open_module()
    module.begin(LONG)
    module.until("AUDIO")
    slices = time_slices(module)
    if slices and tuple(map(int, os.uname().release.split(".")[:2])) >= (6, 12):
        assert len(slices) > 1 and slices[0] < min(slices[1:]), slices
    module.send("STOP\n")
    module.until("703 STOP")
    assert module.quit() == 0


def case_full_pipe_costs_no_time():
    """A module whose server doesn't read sleeps."""
    module = open_module()
    fill_pipe(module)
    before = cpu_seconds(module)
    time.sleep(1)
    assert cpu_seconds(module) - before < 0.2
    module.process.kill()
    module.process.wait()


def cpu_seconds(module):
    with open(f"/proc/{module.process.pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def case_commands_without_reading_replies():
    """Replies that nobody reads are kept within bounds, and all arrive in the end."""
    module = open_module()
    n = 20000
    os.set_blocking(module.process.stdin.fileno(), False)
    waiting = b"BLAH\n" * n
    got = 0
    while waiting or got < n:
        try:
            waiting = waiting[module.process.stdin.write(waiting[:65536]) or 0 :]
        except BlockingIOError:
            pass
        if len(waiting) < 5 * n // 2 or got:
            got += module.line() == "300 ERR UNKNOWN COMMAND"
    assert module.process.stdin and got == n


def case_byte_by_byte():
    module = open_module()
    for byte in b"SPEAK\nHello.\n.\n":
        module.send(bytes([byte]))
        time.sleep(0.002)
    module.until("702 END")
    assert module.quit() == 0


def case_damaged_voice_is_skipped():
    folder = os.environ["LINNET_VOICE_PATH"].split(":")[0]
    with open(os.path.join(folder, "linnet-en.gguf"), "rb") as file:
        good = file.read()
    with open(os.path.join(folder, "damaged.gguf"), "wb") as file:
        file.write(good[: len(good) // 2])
    with open(os.path.join(folder, "empty.gguf"), "wb"):
        pass
    module = open_module(stderr=subprocess.PIPE)
    module.send("LIST VOICES\n")
    assert len(module.until("200 OK")) == 2
    module.say("Hello.")
    module.quit()
    log = module.process.stderr.read().decode()
    os.unlink(os.path.join(folder, "damaged.gguf"))
    os.unlink(os.path.join(folder, "empty.gguf"))
    assert "voice skipped" in log and "damaged.gguf" in log and "empty.gguf" in log, log


def case_no_voice_at_all():
    """INIT fails with a reason; the module lives on until it is told to quit."""
    nowhere = {**os.environ, "LINNET_VOICE_PATH": "/nowhere:-"}
    module = Module([sys.argv[1]], env=nowhere, cwd="/", stderr=subprocess.DEVNULL)
    module.send("INIT\n")
    assert module.until("399 ")[0] == "399-no usable voice is installed"
    assert module.begin("Hello.") == "301 ERROR CANT SPEAK"
    assert module.quit() == 0


def case_configuration_of_nonsense():
    with open("nonsense.conf", "wb") as file:
        file.write(b'Voice\n"\nRateBoost much\nRateBoost 99\nNoSuchOption 1\n# comment\nCacheMegabytes 1 # one\n\xff\n')
    module = Module([sys.argv[1], "nonsense.conf"], stderr=subprocess.PIPE)
    module.start()
    module.say("Hello.")
    module.quit()
    log = module.process.stderr.read().decode(errors="replace")
    for line in ("nonsense.conf:1: Voice", ":3: RateBoost", ":4: RateBoost", ":5: there is no option NoSuchOption"):
        assert line in log, log
    assert ":7:" not in log, log


def check_shape(module):
    """The start and the end of what was heard: a zero sample first."""
    samples = memoryview(module.samples).cast("h") if module.samples else []
    assert not len(samples) or samples[0] == 0


def case_storm():
    """1,000 random commands, as a restless user sends them; the conversation must hold at each step."""
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    rng = random.Random(seed)
    module = open_module()
    speaking = False
    for step in range(1000 if SLOW == 1 else 200):
        what = rng.choice(("SPEAK", "SPEAK", "CHAR", "KEY", "STOP", "STOP", "SET", "PAUSE", "WAIT", "LISTEN"))
        try:
            if speaking and what in ("SPEAK", "CHAR", "KEY", "WAIT"):
                if what != "WAIT":  # the server never speaks into a message; it stops it first
                    module.send("STOP\n")
                module.until(*ENDS)
                check_shape(module)
                speaking = False
            if what in ("SPEAK", "CHAR", "KEY"):
                words = " ".join(rng.choice(LONG.split()) for _ in range(rng.randrange(1, 9)))
                text = words if what == "SPEAK" else rng.choice("abc xyz")
                assert module.begin(text if text != " " else "space", what) == "200 OK SPEAKING"
                speaking = True
            elif what in ("STOP", "PAUSE"):
                module.send(what + "\n")
                if speaking:
                    module.until(*ENDS)
                    speaking = False
            elif what == "SET":
                name = rng.choice(("rate", "pitch", "volume", "pitch_range"))
                module.send(f"SET\n{name}={rng.randrange(-100, 101)}\n.\n")
                lines = module.until("203 OK SETTINGS RECEIVED")
                speaking = speaking and not any(line in ENDS for line in lines)
            elif what == "LISTEN" and speaking:
                speaking = module.until("AUDIO", *ENDS)[-1] == "AUDIO"
        except (AssertionError, Broken) as error:
            raise AssertionError(f"seed {seed}, step {step}, {what}: {error}") from error
    if speaking:
        module.send("STOP\n")
        module.until(*ENDS)
    assert module.quit() == 0


def case_random_markup():
    """Pieces of markup in any order: each message is spoken to its end."""
    rng = random.Random(7)
    pieces = (
        "<speak>|</speak>|<mark name=|'a'|\"b\"|/>|>|<|&|&#|x41;|65;|&amp;|<break time=|\"1ms\"|-5s|<p>|</p>|<!--|-->|"
        "<?|word|, |\n|\xe9|\u2603|<![CDATA[|]]>|name=\"|<emphasis level='x'>|\x01"
    ).split("|")
    module = open_module()
    for _ in range(300 if SLOW == 1 else 100):
        text = "x" + "".join(rng.choice(pieces) for _ in range(rng.randrange(1, 20)))
        module.say(text)
    assert module.quit() == 0


if __name__ == "__main__":
    sys.exit(cases.run("module", globals()))
