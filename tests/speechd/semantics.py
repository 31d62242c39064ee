"""What the settings and commands do to the sound. Prints "ok NAME" or "not ok NAME" a case.

  semantics.py MODULE"""

import os
import subprocess
import sys

import cases
from module import ENDS, Module

LONG = " ".join(f"This is sentence number {i} of a text without an end." for i in range(500))


def open_module(**config):
    """With a linnet.conf of these options."""
    with open("test.conf", "w") as file:
        file.writelines(f'{name} "{value}"\n' for name, value in config.items())
    module = Module([sys.argv[1], "test.conf"], stderr=subprocess.PIPE)
    module.start()
    return module


def case_voices_by_language():
    """A voice of another language speaks what is in it; the default one speaks the rest."""
    folder = os.environ["LINNET_VOICE_PATH"].split(":")[0]
    german = os.path.join(folder, "tina.gguf")
    with open(os.path.join(folder, "linnet-en.gguf"), "rb") as file:
        data = file.read()
    with open(german, "wb") as file:
        file.write(data.replace(b"en-US", b"de-DE", 1).replace(b"tiny", b"tina", 1))
    module = open_module(stderr=subprocess.PIPE)
    module.send("LOGLEVEL\nlog_level=4\n.\nLIST VOICES\n")
    assert module.until("200 OK")[-3:-1] == ["200-tiny\ten-US\tneutral", "200-tina\tde-DE\tneutral"]
    for language in ("de", "en-US", "de-AT", "fr", "NULL"):
        module.set(language=language)
        module.say(f"In {language}.")
    module.set(synthesis_voice="tina")
    module.say("By name.")
    assert module.quit() == 0
    os.unlink(german)
    voices = [line.split()[-1] for line in module.process.stderr.read().decode().splitlines() if "bytes for" in line]
    assert voices == ["tina", "tiny", "tina", "tiny", "tiny", "tina"], voices


def server_marks(lines):
    return [line for line in lines if line.startswith("MARK __spd_")]


def case_pause_has_its_mark():
    """The server pauses at a mark of its own: the last one comes again with 704, at once. "PauseReply stop": 703."""
    module = open_module()
    text = " ".join(f'Sentence {i}.<mark name="__spd_{i}"/>' for i in range(200))
    for passed in (0, 1, 5):
        module.begin(f"<speak>{text}</speak>")
        seen = ["MARK __spd_-1"]
        for _ in range(passed):
            seen += server_marks(module.until("MARK"))
        module.send("PAUSE\n")
        seen += server_marks(module.until("704 PAUSE"))
        assert seen[-1] == seen[-2] and len(seen) < passed + 8, seen
        assert module.line(0.3) is None
    module.say("The next message.")
    assert module.quit() == 0
    module = open_module(PauseReply="stop")
    module.begin(f"<speak>{text}</speak>")
    module.until("AUDIO")
    module.send("PAUSE\n")
    assert module.until(*ENDS)[-1] == "703 STOP"
    assert module.quit() == 0


def case_pause_before_begin():
    """The server knows nothing of a message before 701, and a pause may come before that."""
    module = open_module()
    for _ in range(20):
        module.send(f"SPEAK\n<speak>{LONG}</speak>\n.\nPAUSE\n")
        lines = [line for line in module.until("704 PAUSE") if line != "AUDIO"]
        assert lines[-3:] == ["701 BEGIN", "MARK __spd_-1", "704 PAUSE"], lines
    assert module.quit() == 0


def case_end_has_its_mark():
    """The end can cross the server's PAUSE, which then waits for a mark: the last one comes again ahead of it."""
    module = open_module()
    for text in ("One.", 'One.<mark name="__spd_0"/> Two.<mark name="__spd_1"/> Three.', "..."):
        for _ in range(2):  # the second time from the cache
            module.begin(f"<speak>{text}</speak>")
            lines = module.until("702 END")
            assert lines[-2] == (["MARK __spd_-1"] + server_marks(lines)[:-1])[-1], lines
    assert module.quit() == 0


def case_exact_from_the_cache():
    """The same message sounds the same, sample for sample, from the first time on; other settings sound different."""
    module = open_module()
    first = module.say("Cached.")
    assert module.say("Cached.") == first and len(first) > 2000
    module.set(pitch=50)
    assert module.say("Cached.") != first
    module.set(pitch=0)
    assert module.say("Cached.") == first
    assert module.quit() == 0


def case_starts_at_once_and_whole():
    """Ahead of the first sound there are at most 10 ms, and those are silent: the default voice's consonants are intact."""
    link = os.path.join(os.environ["LINNET_VOICE_PATH"].split(":")[0], "speaker.gguf")
    os.symlink(os.path.join(os.path.dirname(__file__), "../../voices/linnet-en.gguf"), link)
    module = open_module()
    module.set(synthesis_voice="speaker")
    for word in ("this", "apple", "please", "F", "B", "zoo", "open"):
        samples = memoryview(module.say(word)).cast("h")
        audible = next(i for i, sample in enumerate(samples) if abs(sample) > 32)  # -60 dB
        assert samples[0] == 0 and audible <= 0.0101 * module.rate, (word, audible)
        start = max(abs(sample) for sample in samples[: module.rate // 100])
        assert start < max(samples) * 0.03, (word, start, max(samples))
    assert module.quit() == 0
    os.unlink(link)


def case_rates():
    """Higher rates speak faster, from one end to the other."""
    module = open_module()
    lengths = []
    for rate in range(-100, 101, 25):
        module.set(rate=rate)
        lengths.append(len(module.say("This is how long a sentence takes at this rate, all of it.")))
    assert all(a > b for a, b in zip(lengths, lengths[1:])), lengths
    assert 3 < lengths[0] / lengths[-1] < 8, lengths
    assert module.quit() == 0


def case_stop_does_not_click():
    """After STOP the wave runs to zero in small steps."""
    module = open_module()
    for wait in range(8):
        module.begin(LONG)
        for _ in range(3 + wait):
            module.until("AUDIO")
        module.send("STOP\n")
        module.until("703 STOP")
        samples = memoryview(module.samples).cast("h")
        fade = samples[module.blocks[-1][0] :]
        if samples[-1] != 0 or len(fade) > 200:
            raise AssertionError(f"ends with {list(samples[-5:])} after a block of {len(fade)}")
        before = samples[module.blocks[-1][0] - 1]
        steps = [abs(b - a) for a, b in zip([before, *fade], fade)]
        assert max(steps) <= abs(before) * 0.05 + 2, steps
    assert module.quit() == 0


def case_characters_and_keys():
    """Each by its name, the same whenever it comes; a capital is told as asked."""
    module = open_module(SoundIconFolder="")
    heard = {text: module.say(text, "CHAR") for text in ("a", "b", "A", ".", "space", "&", "<", "7", "\u00e9")}
    assert all(heard.values()) and len({heard[text] for text in ("a", "b", ".", "space", "&")}) == 5
    assert heard["a"] == heard["A"] == module.say("a", "CHAR")
    module.set(cap_let_recogn="spell")
    assert len(module.say("A", "CHAR")) > len(heard["A"])
    assert module.say("a", "CHAR") == heard["a"]
    module.set(cap_let_recogn="icon")
    assert len(module.say("A", "CHAR")) == len(heard["A"]) + 2 * int(0.04 * module.rate)  # a tone
    module.set(cap_let_recogn="none")
    keys = [module.say(key, "KEY") for key in ("a", "shift_a", "control_alt_delete", "f5", "_", "space")]
    assert all(keys) and len(keys[0]) < len(keys[1]) < len(keys[2])
    assert module.quit() == 0


def case_sound_icons():
    """The server plays the files there are; the other names are spoken."""
    for name in ("capital", "prompt"):
        with open(name, "w"):
            pass
    folder = os.getcwd()
    module = open_module(SoundIconFolder=folder)

    def icons(text, command):
        module.begin(text, command)
        return [line for line in module.until(*ENDS) if line.startswith("706")]

    assert icons("prompt", "SOUND_ICON") == [f"706-{folder}/prompt", "706 ICON"] and not module.samples
    assert icons("unknown", "SOUND_ICON") == [] and module.samples
    assert icons("../capital", "SOUND_ICON") == [] and module.samples
    module.set(cap_let_recogn="icon")
    assert icons("Anna and Bob", "SPEAK") == 2 * [f"706-{folder}/capital", "706 ICON"]
    assert module.quit() == 0


def case_punctuation_and_spelling():
    module = open_module()
    text = "<speak>one, (two) * three; four!</speak>"
    lengths = []
    for mode in ("none", "some", "most", "all"):
        module.set(punctuation_mode=mode)
        lengths.append(len(module.say(text)))
    assert lengths == sorted(set(lengths)), lengths
    module.set(punctuation_mode="none", spelling_mode="on")
    assert len(module.say(text)) > 2 * lengths[0]
    assert module.quit() == 0
    module = open_module(PunctuationAll=",")
    module.set(punctuation_mode="all")
    assert len(module.say(text)) < lengths[3]
    assert module.quit() == 0


def case_lexicon_is_read_again():
    """A changed dictionary changes what is said, from the cache too."""
    with open("words.txt", "w") as file:
        file.write("linnet ~ a\n")
    module = open_module(Lexicon="words.txt")
    short = module.say("linnet")
    assert module.say("linnet") == short
    with open("words.txt", "w") as file:
        file.write("linnet ~ a very long way to say it\n")
    assert len(module.say("linnet")) > 2 * len(short)
    assert module.quit() == 0


def case_marks_do_not_change_the_sound():
    """Marks before every word, Orca's way: the same samples, each mark at its word, in order."""
    module = open_module()
    words = "The quick brown fox jumps over the lazy dog.".split()
    plain = module.say(f"<speak>{' '.join(words)}</speak>")
    marked = module.say("<speak>" + " ".join(f'<mark name="{i}"/>{word}' for i, word in enumerate(words)) + "</speak>")
    assert marked == plain
    assert [name for name, _ in module.marks] == [str(i) for i in range(len(words))]
    positions = [position for _, position in module.marks]
    assert positions == sorted(set(positions)) and positions[-1] < len(plain) // 2, positions
    assert module.quit() == 0


def case_breaks():
    """A break's silence is heard, wherever it stands."""
    module = open_module()

    def seconds(text):
        return len(module.say(f"<speak>{text}</speak>")) / 2 / module.rate

    plain = seconds("One, two.")
    for pause, text in (
        (0.5, 'One, <break time="500ms"/>two.'),
        (1.5, 'One, <break time="1.5s"/>two.'),
        (0.7, '<break time="700ms"/>One, two.'),
        (0.4, 'One, two.<break time="0.4s"/>'),
        (0.6, "One, <break strength='strong'/>two."),
    ):
        assert abs(seconds(text) - plain - pause) < 0.002, text
    assert abs(seconds("One <break/> two.") - seconds("One two.") - 0.3) < 0.2  # the phrase ends there, which changes its words
    assert seconds('One <break strength="none"/>two.') == seconds("One two.")
    assert module.quit() == 0


def case_prosody_and_broken_markup():
    """What the library makes of markup is heard; what isn't well-formed is read without its tags."""
    module = open_module()
    plain = module.say("<speak>One two three.</speak>")
    assert len(module.say('<speak>One <prosody rate="50%">two three</prosody>.</speak>')) > 1.3 * len(plain)
    assert module.say('<speak><sub alias="One">1st</sub> two three.</speak>') == plain
    assert module.say("<speak>One <b>two</i> three.") == plain
    assert module.say('One <mark name="m"/>two three.') == plain and [name for name, _ in module.marks] == ["m"]
    assert module.quit() == 0


def case_entities():
    module = open_module()
    plain = module.say("<speak>black and white &amp; &lt;red&gt;</speak>")
    assert module.say("<speak>bl&#97;ck&#x20;and white &#38; &#x3C;red></speak>") == plain
    assert module.quit() == 0


if __name__ == "__main__":
    sys.exit(cases.run("module", globals()))
