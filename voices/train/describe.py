"""Descriptions of voices: voices/train/voices/NAME.toml -> what the factory and export.py need to know, checked."""
import collections
import os
import tomllib

import rewrites

HERE = os.path.dirname(os.path.abspath(__file__))
NEEDED = {"name": str, "description": str, "language": str, "espeak_voice": str, "gender": str, "speaker": str, "rewrites": list}
DEFAULTS = {"license": "Apache-2.0", "spread": 1.0,
            "data_license": "texts: public domain, MIT, and written for Linnet; audio: rendered by the teacher"}
CONTRAST, RECORDINGS_CONTRAST = 1.1, 1.2  # mels learnt from a person are blurred more
LIMITS = {"spread": (0, 10), "contrast": (0.5, 2)}  # the first are FORMAT.md's
GENDERS = ("female", "male", "neutral")


def path_of(name):
    """A voice's name, or the path of a description -> path."""
    return name if name.endswith(".toml") else os.path.join(HERE, "voices", name + ".toml")


def pairs(voice):
    """-> rewriting pairs [(from, to)] of a description."""
    found = [pair for name in voice["rewrites"] for pair in rewrites.SETS[name]]
    return found + [tuple(p.split("→")) for p in voice.get("more_rewrites", [])]


def teacher(voice):
    """-> a line for people about where the voice came from; empty for recordings."""
    if "teacher" not in voice:
        return ""
    parts = collections.Counter(voice["teacher"]["styles"])
    styles = " and ".join(style + (f" ({n} parts)" if n > 1 else "") for style, n in parts.items())
    return f"Kokoro-82M, {'style' if len(parts) == 1 else 'mean of the styles'} {styles} (Apache-2.0)"


def check(path, voice):
    for key, kind in NEEDED.items():
        if not isinstance(voice.get(key), kind):
            raise SystemExit(f"{path}: {key}: missing, or not a {kind.__name__}")
    for key, (least, most) in LIMITS.items():
        if not isinstance(voice.get(key, 1.0), (int, float)) or not least <= voice.get(key, 1.0) <= most:
            raise SystemExit(f"{path}: {key}: not a number from {least} to {most}")
    if voice["gender"] not in GENDERS:
        raise SystemExit(f"{path}: gender: {voice['gender']!r}: not one of {', '.join(GENDERS)}")
    for name in voice["rewrites"]:
        if name not in rewrites.SETS:
            raise SystemExit(f"{path}: rewrites: {name!r}: no such set; there are {', '.join(rewrites.SETS)}")
    for pair in voice.get("more_rewrites", []):
        if pair.count("→") != 1 or pair.startswith("→"):
            raise SystemExit(f"{path}: more_rewrites: {pair!r}: not FROM→TO")


def load(name):
    """-> the description as a dict with its `id` and `pairs`."""
    path = path_of(name)
    try:
        with open(path, "rb") as f:
            voice = tomllib.load(f)
    except FileNotFoundError:
        raise SystemExit(f"{path}: no such description of a voice") from None
    except tomllib.TOMLDecodeError as e:
        raise SystemExit(f"{path}: {e}") from None
    check(path, voice)
    blurred = {"contrast": CONTRAST if "teacher" in voice else RECORDINGS_CONTRAST}
    return DEFAULTS | blurred | voice | {"id": os.path.splitext(os.path.basename(path))[0], "pairs": pairs(voice)}
