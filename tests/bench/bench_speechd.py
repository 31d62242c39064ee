"""How fast the speech-dispatcher module answers and falls silent, and what it keeps, beside the stock espeak-ng module:
the same client, the same run. The module has one core (taskset); words and sentences are new ones each time, so that
nothing comes from the cache unless the line says so.

  bench_speechd.py MODULE [MESSAGES]     MESSAGES: how many a day of use has, 100000"""

import os
import random
import shutil
import statistics
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "speechd"))
from module import Module, milliseconds  # noqa: E402

STOCK = "/usr/lib/speech-dispatcher-modules/sd_espeak-ng"
STOCK_CONFIG = "/etc/speech-dispatcher/modules/espeak-ng.conf"
WORDS = (
    "window button folder search settings inbox reply delete paragraph heading network volume keyboard cancel "
    "apply document selected checked menu toolbar printer language article comment unread picture sender forward "
    "archive desktop"
).split()
SENTENCES = [
    f"{a} is the {b} that {c} found on the {d} near the {e} when the {f} of the {g} was open"
    for a, b, c, d, e, f, g in (random.Random(i).sample(WORDS, 7) for i in range(30))
]
LONG = " ".join(f"This is sentence number {i} of a long text, and it goes on." for i in range(400))
STOPPED = (
    SENTENCES[0] + ".",
    ". ".join(SENTENCES),
    " ".join(SENTENCES),  # cut at 400 phonemes
    " ".join(f'<mark name="{i}:"/>{word}' for i, word in enumerate(WORDS * 4)),
    " ".join(f"On 3/{day}/2024 it was ${day}.50." for day in range(1, 29)),
    '<s xml:lang="de">' + "Das Haus steht heute leer und der Garten auch. " * 8 + "</s>",
)


def open_module(command):
    one_core = ["taskset", "-c", "0"] if shutil.which("taskset") else []
    module = Module(one_core + command, stderr=open(os.devnull, "w"))
    module.start()
    module.set(rate=0, pitch=0, volume=100, voice="male1", language="en-US", synthesis_voice="NULL")
    for word in ("Hello.", "Ready."):
        module.say(f"<speak>{word}</speak>")
    return module


def first_audio(module, text, command="SPEAK"):
    """Milliseconds from the last line of the message to its first block of sound."""
    module.send(f"{command}\n{text}\n")
    module.until("202 ")
    start = time.monotonic()
    module.send(".\n")
    module.until("AUDIO")
    took = milliseconds(start)
    module.until("702 END")
    return took


def changes(module):
    """Milliseconds from SET with the other of two languages, German and English, to the first block of a new word."""
    took = []
    for i, word in enumerate(WORDS):
        start = time.monotonic()
        module.set(language=("de", "en-US")[i % 2])
        module.begin(f"<speak>un{word}</speak>")
        module.until("AUDIO")
        took.append(milliseconds(start))
        module.until("702 END")
    return took


def stop(module, text, after, listen=True):
    """Milliseconds from STOP to 703, `after` seconds behind SPEAK; none when the message has ended before. `listen`
    false: the server doesn't read meanwhile, so that the pipe fills."""
    module.begin(f"<speak>{text}</speak>")
    end = time.monotonic() + after
    while (left := end - time.monotonic()) > 0:
        module.fill(left) if listen else time.sleep(left)
    start = time.monotonic()
    module.send("STOP\n")
    while not (module.lines and module.lines[-1] in (b"703 STOP", b"702 END")) and module.fill(20):
        continue
    took = milliseconds(start)
    return [took] if module.until("703 STOP", "702 END")[-1] == "703 STOP" else []


def day(module, messages):
    """A day of typing and reading: mostly letters and what was said lately, every 50th message new. Resident memory at
    its end, in MB."""
    rng = random.Random(1)
    recent = WORDS + list("abcdefghijklmnopqrstuvwxyz")
    for i in range(messages):
        if i % 50 == 0:
            recent[rng.randrange(len(recent))] = f"{rng.choice(WORDS)} {rng.choice(WORDS)} {i}"
        module.send(f"SPEAK\n<speak>{rng.choice(recent)}</speak>\n.\n")
        pending = b""
        while not pending.endswith(b"702 END\n"):
            chunk = os.read(module.process.stdout.fileno(), 1 << 20)
            if not chunk:
                raise SystemExit("the module has gone")
            pending = (pending + chunk)[-16:]
    return module.memory() / 1024


def measure(module):
    speak = "<speak>{}</speak>".format
    return {
        "one word, first block": [first_audio(module, speak(word)) for word in WORDS],
        "100 characters, first block": [first_audio(module, speak(text[:100] + ".")) for text in SENTENCES],
        "one word in the other of two languages": changes(module)[2:],
        "a letter said before (CHAR)": [first_audio(module, "k", "CHAR") for _ in range(31)][1:],
        "STOP, 0 to 60 ms after SPEAK": [
            took for after in range(61) for text in STOPPED for took in stop(module, text, after / 1000)
        ],
        "STOP in a long text": [took for _ in range(10) for took in stop(module, LONG, 0.3)],
        "STOP when the pipe is full": [took for _ in range(10) for took in stop(module, LONG, 0.3, False)],
    }


def main():
    messages = int(sys.argv[2]) if len(sys.argv) > 2 else 100000
    modules = {"Linnet": open_module([sys.argv[1]])}
    if os.access(STOCK, os.X_OK):
        modules["espeak-ng"] = open_module([STOCK, STOCK_CONFIG])
    columns = {name: measure(module) for name, module in modules.items()}
    print(f"{'ms, median (worst)':36}" + "".join(f"{name:>20}" for name in columns))
    for row in columns["Linnet"]:
        cells = [f"{statistics.median(times[row]):.2f} ({max(times[row]):.2f})" for times in columns.values()]
        print(f"{row:36}" + "".join(f"{cell:>20}" for cell in cells))
    for name, module in modules.items():
        print(f"resident memory of {name}, MB: {module.memory() / 1024:.0f}", flush=True)
    if messages:
        print(f"... of Linnet after {messages} messages: {day(modules['Linnet'], messages):.0f}")
    for module in modules.values():
        module.quit()


if __name__ == "__main__":
    main()
