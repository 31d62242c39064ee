"""Every allocation, write, open and thread start of ours fails once, in programs that speak.

  faults.py LINNET SD_LINNET VOICE [EVERY]     EVERY 10: only each tenth place, for a quick look

A program must end by itself with 0, 1 or 2, and without a signal. After 0 its file is the one that it makes undisturbed, or a
warning tells what is missing; after anything else there is no file, no part of one, and one line that says why. Prints "ok" or
"not ok" a kind and scenario, with how many places failed."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

LINNET, SD_LINNET, VOICE = (os.path.abspath(path) for path in sys.argv[1:4])
EVERY = int(sys.argv[4]) if len(sys.argv) > 4 else 1
HERE = pathlib.Path(__file__).resolve().parent
TEXT = "Hello nginx, it costs $12.50. Good-bye!"
MARKUP = (
    "<speak>One <mark name='a'/><lexicon uri='words.txt'/> <prosody rate='slow'>two</prosody> <break time='5ms'/>"
    "<audio src='a.wav'>x</audio><say-as interpret-as='date'>3/4/2024</say-as> <lang xml:lang='de'>Haus</lang>.</speak>"
)
TALK = (
    "INIT\nAUDIO\naudio_output_method=server\n.\nLOGLEVEL\nlog_level=3\n.\nLIST VOICES\nSET\nrate=20\npunctuation_mode=all\n.\n"
    "SPEAK\n<speak>Hello <mark name='a'/>there.</speak>\n.\n"
)
SCENARIOS = {
    "a WAV file": ([LINNET, "-v", VOICE, "--threads", "2", "-o", "o.wav", TEXT], None, "o.wav"),
    "FLAC with subtitles": ([LINNET, "-v", VOICE, "--threads", "1", "-o", "o.flac", "--timing", "o.srt", TEXT], None, "o.flac"),
    "Ogg with a TextGrid": ([LINNET, "-v", VOICE, "-o", "o.ogg", "--timing", "o.TextGrid", TEXT], None, None),
    "a dictionary": ([LINNET, "-v", VOICE, "--lexicon", "words.txt", "--lexicon", "words.pls", "--phonemes", TEXT], None, None),
    "markup": ([LINNET, "-v", VOICE, "-m", "--allow-audio", "-f", "in.ssml", "-o", "o.wav"], None, "o.wav"),
    "a pipe": ([LINNET, "-v", VOICE, "--raw"], TEXT * 20, None),
    "a table": ([LINNET, "-v", VOICE, "--explain", TEXT], None, None),
    "voices": ([LINNET, "--list-voices"], None, None),
    "the module": ([SD_LINNET, "module.conf"], TALK, None),
}
KINDS = ("alloc", "write", "open", "thread")


def prepare(folder):
    (folder / "words.txt").write_text("nginx ~ engine x\nfoo = fuː\n/([0-9]+)px/ ~ \\1 pixels\n")
    (folder / "words.pls").write_text(
        '<lexicon version="1.0" alphabet="ipa" xml:lang="en"><lexeme><grapheme>there</grapheme><phoneme>ðɛ</phoneme>'
        "</lexeme></lexicon>"
    )
    (folder / "in.ssml").write_text(MARKUP)
    (folder / "module.conf").write_text('Voice "tiny"\nLexicon words.txt\n')
    (folder / "voices").mkdir()
    shutil.copy(VOICE, folder / "voices" / "linnet-en.gguf")
    subprocess.run([LINNET, "-v", VOICE, "-o", "a.wav", "Bell."], cwd=folder, check=True)


def run(folder, command, text, kind, n):
    """(exit status, error text, count, standard output); status None: it hung."""
    count = folder / "count"
    count.write_text("0")
    environment = {
        **os.environ, "LD_PRELOAD": str(folder / "fail.so"), "FAULT_KIND": kind, "FAULT_N": str(n), "FAULT_COUNT": str(count),
        "LINNET_VOICE_PATH": f"{folder}/voices:-", "HOME": str(folder), "XDG_CONFIG_HOME": str(folder),
    }
    try:
        done = subprocess.run(command, cwd=folder, input=(text or "").encode(), env=environment, capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return None, "it hangs", 0, b""
    return done.returncode, done.stderr.decode(errors="replace"), int(count.read_text() or 0), done.stdout


def complaint(folder, name, command, output, whole, result):
    """What is wrong with it, or None."""
    status, error, _, printed = result
    if status is None or status < 0 or status > 2:
        return f"status {status}: {error[-300:]}"
    left = [path.name for path in folder.iterdir() if path.name.endswith(".part")]
    if left:
        return f"left behind: {left}"
    if status == 0 and "warning: " in error:  # something less, and told
        return None
    made = (folder / output).read_bytes() if output and (folder / output).exists() else None
    if command[0] == LINNET and status == 0 and output and made != whole[0]:
        return "exit status 0 and another file"
    # A list of voices says of one that it can't be used, and passes over a folder that can't be opened.
    if command[0] == LINNET and name != "voices" and status == 0 and printed != whole[1]:
        return "exit status 0 and another output"
    if status != 0 and made is not None and command[-1] is not None and "--timing" not in command:
        return "a file in spite of an error"
    if command[0] == LINNET and status != 0 and not error.strip():
        return "no message"
    return None


def attempt(folder, name, kind):
    command, text, output = SCENARIOS[name]
    base = run(folder, command, text, kind, 0)
    if base[0] != 0:
        return f"undisturbed it ends with {base[0]}: {base[1]}", 0
    whole = ((folder / output).read_bytes() if output else None, base[3])
    places = range(1, base[2] + 1, EVERY)
    for n in places:
        for path in folder.glob("o.*"):
            path.unlink()
        result = run(folder, command, text, kind, n)
        why = complaint(folder, name, command, output, whole, result)
        if why:
            return f"{kind} {n} of {base[2]}: {why}", len(places)
    return None, len(places)


def main():
    bad = total = 0
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        prepare(folder)
        subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", str(folder / "fail.so"), str(HERE / "fail.c"), "-ldl"], check=True)
        for name in SCENARIOS:
            for kind in KINDS:
                why, n = attempt(folder, name, kind)
                total += n
                bad += why is not None
                print(f"{'not ok' if why else 'ok'} {name}, {kind}: {n} failures" + (f"\n    {why}" if why else ""), flush=True)
    print(f"{total} failures in all")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
