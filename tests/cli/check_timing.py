"""Checks a timing file: python3 check_timing.py FILE.{json,srt,vtt,TextGrid} FILE.wav TEXT.txt

Structure, order in time, text at its byte offsets, and the same length as the WAV. Standard library only."""
import html
import json
import re
import sys
import wave


def near(a, b, slack=0.0006):
    assert abs(a - b) <= slack, (a, b)


def squeeze(text):
    return "".join(text.split())


def check_spans(spans, start, end, gaps=True):
    """Spans follow each other within start ... end; without gaps they fill it."""
    at = start
    for s in spans:
        assert s["start"] >= at - 1e-5 and s["end"] >= s["start"], (s, at)
        if not gaps:
            near(s["start"], at, 1e-5)
        at = s["end"]
    assert at <= end + 1e-5, (at, end)
    if not gaps and spans:
        near(at, end, 1e-5)


def check_json(path, duration, n_samples, text):
    t = json.load(open(path, encoding="utf-8"))
    assert t["samples"] == n_samples, (t["samples"], n_samples)
    near(t["duration"], duration)
    check_spans(t["sentences"], 0, t["duration"], gaps=False)
    assert len(t["sentences"]) >= 2
    for s in t["sentences"]:
        assert s["words"] and len(s["phonemes"]) > 2
        check_spans(s["words"], s["start"], s["end"])
        check_spans(s["phonemes"], s["start"], s["end"])
        for item in [s] + s["words"]:
            at = item["byte_offset"]
            piece = text[at : at + item["byte_length"]].decode("utf-8", "replace")
            assert item["text"] == piece, (item["text"], piece)
        assert all(p["name"] and p["ipa"] and p["pitch_hz"] >= 0 for p in s["phonemes"])
        check_marks(s["phonemes"])
        inside = [p for w in s["words"] for p in w["phonemes"]]
        assert [p for p in inside if is_sound(p)] == [p for p in s["phonemes"] if is_sound(p)], s
        for w in s["words"]:
            check_spans(w["phonemes"], w["start"], w["end"], gaps=False)


def is_sound(phoneme):
    return not re.fullmatch(r"[\W_]", phoneme["name"])


def check_marks(phonemes):
    """Marks of stress and length are no phonemes of their own."""
    for p in phonemes:
        assert p["name"] not in "\u02c8\u02cc\u02d0\u02d1\u0303", p
    assert any(p["name"][0] == "\u02c8" and len(p["name"]) > 1 for p in phonemes), phonemes


def seconds(stamp):
    h, m, s = re.fullmatch(r"(\d\d):(\d\d):(\d\d[.,]\d\d\d)", stamp).groups()
    return int(h) * 3600 + int(m) * 60 + float(s.replace(",", "."))


def check_cues(cues, point, duration, text, clean):
    said = ""
    at = 0.0
    for number, cue in enumerate(cues, 1):
        index, times, *lines = cue.split("\n")
        assert index == str(number), cue
        assert 1 <= len(lines) <= 2 and all(lines), cue
        assert all(len(re.sub(r"<\d\d:[^>]*>", "", html.unescape(x))) <= 42 for x in lines), cue
        start, end = times.split(" --> ")
        assert point in start and point in end
        near(seconds(start), at) if number == 1 else None
        assert at - 1e-6 <= seconds(start) <= seconds(end), cue
        inner = [seconds(x) for x in re.findall(r"<(\d\d:[^>]*)>", cue)]
        assert inner == sorted(inner) and all(seconds(start) < x < seconds(end) + 1e-6 for x in inner), cue
        at = seconds(end)
        said += clean(" ".join(lines))
    near(at, duration, 0.001)
    wanted = squeeze(text.decode("utf-8"))
    assert squeeze(said) in (wanted, wanted.replace("-->", "->")), said


def check_srt(path, duration, n_samples, text):
    cues = open(path, encoding="utf-8", newline="").read().rstrip("\n").split("\n\n")
    check_cues(cues, ",", duration, text, lambda line: line)


def check_vtt(path, duration, n_samples, text):
    head, *cues = open(path, encoding="utf-8", newline="").read().rstrip("\n").split("\n\n")
    assert head == "WEBVTT"
    check_cues(cues, ".", duration, text, lambda line: html.unescape(re.sub(r"<[^>]*>", "", line)))


def check_textgrid(path, duration, n_samples, text):
    grid = open(path, encoding="utf-8").read()
    assert grid.startswith('File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = ')
    near(float(re.search(r"^xmax = (.*)$", grid, re.M).group(1)), duration)
    tiers = re.split(r"^    item \[\d+\]:$", grid, flags=re.M)[1:]
    assert len(tiers) == 3 and re.search(r"^size = 3$", grid, re.M)
    for tier, name in zip(tiers, ("sentences", "words", "phonemes")):
        assert f'name = "{name}"' in tier
        count = int(re.search(r"intervals: size = (\d+)", tier).group(1))
        rows = re.findall(
            r'intervals \[(\d+)\]:\n +xmin = (\S+)\n +xmax = (\S+)\n +text = "((?:[^"\n]|"")*)"\n', tier
        )
        assert len(rows) == count >= 2 and [int(r[0]) for r in rows] == list(range(1, count + 1))
        at = 0.0
        for _, start, end, _ in rows:
            near(float(start), at, 2e-6)
            assert float(end) > float(start)
            at = float(end)
        near(at, duration)
        assert any(r[3] for r in rows)


def main():
    path, sound, source = sys.argv[1:]
    with wave.open(sound) as w:
        n_samples = w.getnframes()
        duration = n_samples / w.getframerate()
    assert n_samples > 0
    text = open(source, "rb").read()
    checks = {"json": check_json, "srt": check_srt, "vtt": check_vtt, "TextGrid": check_textgrid}
    checks[path.rsplit(".", 1)[1]](path, duration, n_samples, text)


main()
