"""A long life of the module: messages of every kind, stopped and paused at any moment. Each must end exactly once, and memory and
descriptors must stay as they are. Prints "ok" or "not ok" and what was counted.

  soak.py MODULE MESSAGES [SEED]"""

import os
import random
import sys
import time

from module import ENDS, Module

WORDS = "the quick brown fox counts 12,345 apples at 12:05 and pays $3.50 on 3/4/2024 ... naïve café 你好 <mark name='m'/>".split(" ")
KINDS = ("SPEAK", "SPEAK", "SPEAK", "CHAR", "KEY", "SOUND_ICON")


def text_of(kind, rng):
    if kind == "CHAR":
        return rng.choice(["a", "B", "é", "space", "&", "1"])
    if kind == "KEY":
        return rng.choice(["shift_a", "control_alt_delete", "escape"])
    if kind == "SOUND_ICON":
        return "nothing-of-this-name"
    text = " ".join(rng.choice(WORDS) for _ in range(rng.randrange(1, 12)))
    return rng.choice((text, f"<speak>{text}</speak>", "...", "\u2026", f"<speak>{text}"))


def descriptors(module):
    return len(os.listdir(f"/proc/{module.process.pid}/fd"))


def settings(module, rng):
    name = rng.choice(("rate", "pitch", "volume", "pitch_range"))
    assert module.set(**{name: rng.randrange(-100, 101)}).startswith("203")
    module.set(punctuation_mode=rng.choice(("none", "some", "most", "all")))


def one_message(module, rng):
    """One message to its one end; which. An early stop may come when it has ended by itself: then it has no effect."""
    kind = rng.choice(KINDS)
    assert module.begin(text_of(kind, rng), kind) == "200 OK SPEAKING"
    fate = rng.random()
    if fate < 0.3:
        line = module.until("701 BEGIN", "AUDIO", *ENDS)[-1]
        if line in ENDS:
            return line
    if fate < 0.6:
        module.send(rng.choice(("STOP\n", "STOP\n", "PAUSE\n")))
    return module.until(*ENDS)[-1]


def finish_late(module, n_ends):
    """Nothing of a message comes after its end: a line that does is one too many."""
    line = module.line(0.2)
    assert line is None, f"after {n_ends} messages: {line}"


def main():
    messages = int(sys.argv[2])
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    module = Module([sys.argv[1]], stderr=open(os.devnull, "w"))
    module.start()
    ends = dict.fromkeys(ENDS, 0)
    start, fds, memory = time.time(), None, None
    shown = start
    for i in range(messages):
        if time.time() - shown > 60:
            shown = time.time()
            print(f"soak: {i} of {messages} messages in {shown - start:.0f} s", file=sys.stderr, flush=True)
        if i % 50 == 0:
            settings(module, rng)
        ends[one_message(module, rng)] += 1
        if i % 1000 == 0:
            finish_late(module, i + 1)
        if i == min(2000, messages // 4):  # all that is kept for later is there
            fds, memory = descriptors(module), module.memory()
    finish_late(module, messages)
    more = module.memory() - memory
    fine = sum(ends.values()) == messages and descriptors(module) == fds and more < 12 * 1024
    print("ok" if fine else "not ok", f"soak: {messages} messages in {time.time() - start:.0f} s, ends {ends},",
          f"{fds} descriptors, then {descriptors(module)}; {memory} kB, then {more:+} kB")
    assert module.quit() == 0
    return not fine


if __name__ == "__main__":
    sys.exit(main())
