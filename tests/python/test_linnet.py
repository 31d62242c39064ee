"""The Python package, installed: tests/python/wheel.sh builds it and runs these."""
import array
import ast
import pathlib
import struct
import subprocess
import sys
import threading
import time
import wave

import linnet
import pytest

TEXT = "Hello, world. This is a second sentence, and it is longer."


@pytest.fixture(scope="module")
def voice():
    with linnet.Voice() as v:
        yield v


def samples_of(events):
    return b"".join(bytes(e.samples) for e in events if isinstance(e, linnet.Audio))


def test_speech_has_samples_and_timings(voice):
    speech = voice.speak(TEXT)
    assert speech.samples.format == "f" and 2 < speech.duration < 8
    assert max(speech.samples) <= 1 and max(speech.samples) > 0.1
    assert [w.text for w in speech.words][:2] == ["Hello", "world"]
    assert len(speech.sentences) == 2
    assert all(a.sample <= b.sample for a, b in zip(speech.words, speech.words[1:]))
    assert speech.words[-1].time + speech.words[-1].duration <= speech.duration
    assert all(p.pitch_hz >= 0 for p in speech.phonemes) and len(speech.phonemes) > 30


def test_same_text_same_samples(voice):
    whole = voice.speak(TEXT)
    assert samples_of(voice.stream(TEXT)) == bytes(whole.samples)
    assert samples_of(voice.stream(TEXT, block_frames=1, threads=1)) == bytes(whole.samples)


def test_places_are_characters_of_the_string(voice):
    text = "Käse, naïve 日本 and 🙂 café. Ünder $12.50."
    speech = voice.speak(text)
    assert all(text[w.start:w.end] == w.text for w in speech.words)
    assert {"Käse", "naïve", "café", "$12.50"} <= {w.text.strip(",.") for w in speech.words}
    assert text[speech.sentences[-1].start:speech.sentences[-1].end].startswith("Ünder")


def test_lone_surrogates_are_replaced(voice):
    assert [w.text for w in voice.speak("one \ud800 two").words][-1] == "two"


def test_nothing_to_say(voice):
    speech = voice.speak("")
    assert len(speech) == 0 and speech.words == []


def test_settings_hold_for_one_call(voice):
    slow, fast, again = voice.speak(TEXT), voice.speak(TEXT, rate=2.0), voice.speak(TEXT)
    assert fast.duration < 0.75 * slow.duration
    assert bytes(again.samples) == bytes(slow.samples) and voice.rate == 1


def test_settings_stay(voice):
    voice.rate = 1.5
    try:
        assert voice.rate == 1.5
        assert len(voice.speak(TEXT)) < len(voice.speak(TEXT, rate=1.0))
    finally:
        voice.rate = 1
    voice.punctuation = linnet.Punctuation.ALL
    assert voice.punctuation is linnet.Punctuation.ALL
    voice.punctuation = linnet.Punctuation.AS_WRITTEN


@pytest.mark.parametrize("bad", [{"rate": 0.1}, {"rate": float("nan")}, {"volume": -1}, {"threads": 65}])
def test_bad_values_change_nothing(voice, bad):
    with pytest.raises(linnet.ArgumentError):
        voice.set(**bad)
    with pytest.raises(ValueError):
        voice.speak(TEXT, **bad)
    assert voice.rate == 1 and len(voice.speak("Hello.")) > 0


def test_unknown_settings(voice):
    with pytest.raises(TypeError, match="no setting is called 'speed'"):
        voice.speak(TEXT, speed=2)
    with pytest.raises(TypeError):
        linnet.Voice(tempo=1)


def test_texts_are_strings(voice):
    for text in (5, None, b"Hello."):
        with pytest.raises(TypeError, match="a text is a str"):
            voice.speak(text)
        with pytest.raises(TypeError, match="a text is a str"):
            list(voice.stream(text))


def test_stream_gives_events_before_their_sound(voice):
    kinds = [type(e) for e in voice.stream(TEXT)]
    assert kinds.index(linnet.Sentence) < kinds.index(linnet.Word) < kinds.index(linnet.Audio)
    assert kinds.count(linnet.Audio) > 2


def test_leaving_a_stream_ends_it(voice):
    started = time.monotonic()
    for event in voice.stream("A long text that nobody waits for. " * 2000):
        if isinstance(event, linnet.Audio):
            break
    assert time.monotonic() - started < 5
    assert len(voice.speak("Still there.")) > 0


def test_one_stream_at_a_time_in_a_thread(voice):
    for event in voice.stream(TEXT):
        with pytest.raises(linnet.BusyError):
            voice.speak("Nested.")
        with pytest.raises(RuntimeError):
            voice.set(rate=2)
        break


def test_cancel_from_another_thread(voice):
    timer = threading.Timer(0.2, voice.cancel)
    timer.start()
    with pytest.raises(linnet.Cancelled):
        voice.speak("A long text that is cancelled. " * 3000)
    timer.join()


def test_threads_take_turns_and_voices_work_side_by_side(voice):
    expected = bytes(voice.speak(TEXT).samples)
    results = []

    def work(v):
        results.append(bytes(v.speak(TEXT).samples) == expected)

    with linnet.Voice() as other:
        workers = [threading.Thread(target=work, args=(v,)) for v in (voice, other) * 4]
        for w in workers:
            w.start()
        for w in workers:
            w.join()
    assert results == [True] * 8


def test_the_gil_is_released(voice):
    ticks, done = [], threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(1)
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    voice.phonemes("The front end alone, which calls nothing back. " * 400)
    done.set()
    ticker.join()
    assert len(ticks) > 5


def test_an_exception_in_a_loop_comes_through(voice):
    with pytest.raises(KeyError):
        for _ in voice.stream(TEXT):
            raise KeyError("mine")
    assert len(voice.speak("Hello.")) > 0


def test_save(voice, tmp_path):
    voice.save(TEXT, tmp_path / "a.wav")
    with wave.open(str(tmp_path / "a.wav")) as f:
        assert (f.getnchannels(), f.getsampwidth(), f.getframerate()) == (1, 2, voice.info.sample_rate)
        data = f.readframes(f.getnframes())
    speech = voice.speak(TEXT)
    assert len(data) == 2 * len(speech)
    assert speech.wav()[44:] == data
    first = struct.unpack("<h", data[20000:20002])[0] / 32767
    assert abs(first - speech.samples[10000]) < 1e-4
    speech.save(tmp_path / "b.wav")
    assert (tmp_path / "b.wav").read_bytes() == (tmp_path / "a.wav").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.wav", "b.wav"]


def test_save_that_fails_leaves_nothing(voice, tmp_path):
    (tmp_path / "old.xyz").write_text("kept")
    with pytest.raises((ImportError, ValueError), match="linnet: "):
        voice.save(TEXT, tmp_path / "old.xyz")
    assert [p.name for p in tmp_path.iterdir()] == ["old.xyz"] and (tmp_path / "old.xyz").read_text() == "kept"
    with pytest.raises(OSError):
        voice.save(TEXT, tmp_path / "missing" / "a.wav")
    assert len(voice.speak("Hello.")) > 0


def test_notebooks(voice):
    shown = voice.speak('Say "hi" & <go>')._repr_html_()
    assert shown.startswith("<audio controls") and "data:audio/wav;base64," in shown and '"hi"' not in shown


def test_markup(voice):
    speech = voice.speak('<speak>One <mark name="here"/> two.</speak>', ssml=linnet.Ssml.STRICT)
    assert [m.name for m in speech.marks] == ["here"] and 0 < speech.marks[0].time < speech.duration
    with pytest.raises(linnet.MarkupError, match="line 1|:1:|1, column"):
        voice.speak("<speak>One <b", ssml=linnet.Ssml.STRICT)


def test_recordings_in_markup(voice):
    rates = []

    def load(path, rate):
        rates.append((path, rate))
        return array.array("f", [0.25] * rate)

    voice.set_files(load=load)
    try:
        speech = voice.speak('<speak><audio src="x.wav">text</audio></speak>', ssml=linnet.Ssml.STRICT)
    finally:
        voice.set_files()
    assert rates and rates[0][1] == voice.info.sample_rate
    assert speech.samples[len(speech) // 2] == pytest.approx(0.25, abs=0.05)


def test_dictionary(voice, tmp_path):
    before = voice.phonemes("grommit")[0].ipa
    (tmp_path / "words.txt").write_text("grommit ~ banana\n")
    with linnet.Voice() as own:
        own.add_lexicon(tmp_path / "words.txt")
        assert own.phonemes("grommit")[0].ipa == own.phonemes("banana")[0].ipa != before
        (tmp_path / "bad.txt").write_text("nonsense line\n")
        with pytest.raises(linnet.MarkupError, match="bad.txt:1"):
            own.add_lexicon(tmp_path / "bad.txt")
        with pytest.raises(linnet.ReadError):
            own.add_lexicon(tmp_path / "none.txt")


def test_stages(voice):
    sentence = voice.phonemes("It cost $5.")[0]
    assert sentence.text.lower().count("five dollars") == 1 and sentence.ipa
    prosody = voice.predict(sentence.ids)
    assert len(prosody.dur_frames) == len(prosody.pitch_hz) == len(prosody.energy) == len(sentence.ids)
    frames = voice.mel(sentence.ids)
    assert frames.shape == (sum(prosody.dur_frames), voice.info.n_mels + 2)
    samples = voice.vocode(frames)
    assert len(samples) == frames.shape[0] * voice.info.hop_samples and max(samples) > 0.05
    again = voice.analyse(samples)
    assert again.shape == frames.shape
    longer = voice.mel(sentence.ids, dur_frames=[2 * d for d in prosody.dur_frames])
    assert longer.shape[0] == 2 * frames.shape[0]
    with pytest.raises(ValueError):
        voice.mel(sentence.ids, pitch_hz=[1.0])
    with pytest.raises(linnet.ArgumentError):
        voice.predict([10**6])


def test_numpy_takes_arrays_without_a_copy(voice):
    numpy = pytest.importorskip("numpy")
    speech = voice.speak("Hello.")
    a = numpy.asarray(speech)
    assert a.dtype == numpy.float32 and a.shape == (len(speech),) and not a.flags.owndata
    assert numpy.asarray(voice.mel(voice.phonemes("Hi.")[0].ids)).ndim == 2


def test_voices(voice):
    assert any(info.name == voice.info.name for info in linnet.voices())
    assert voice.info.language.startswith("en") and voice.info.has_vocoder and voice.pace() > 100
    with pytest.raises(linnet.VoiceNotFound, match="no-such-voice"):
        linnet.Voice("no-such-voice")
    with pytest.raises(linnet.LinnetError):
        linnet.Voice("/dev/null")


def test_a_damaged_voice(tmp_path):
    (tmp_path / "bad.gguf").write_bytes(b"GGUF" + bytes(200))
    with pytest.raises(linnet.VoiceError):
        linnet.Voice(str(tmp_path / "bad.gguf"))


def test_a_closed_voice():
    v = linnet.Voice()
    v.close()
    with pytest.raises(linnet.BusyError, match="closed"):
        v.speak("Hello.")
    v.cancel()


def test_what_is_missing_is_said_in_one_line(tmp_path):
    """A package whose extension can't be loaded, as where espeak-ng isn't installed."""
    package = tmp_path / "linnet"
    package.mkdir()
    source = pathlib.Path(linnet.__file__).parent
    for f in source.glob("*.py"):
        (package / f.name).write_text(f.read_text())
    (package / "_linnet.py").write_text(
        "raise ImportError('libespeak-ng.so.1: cannot open shared object file: No such file or directory')")
    run = subprocess.run([sys.executable, "-c", "import linnet"], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 1
    assert run.stderr.strip().splitlines()[-1].startswith("ImportError: linnet: libespeak-ng.so.1 is missing; ")


def test_public_names_have_types():
    source = pathlib.Path(linnet.__file__).parent
    assert (source / "py.typed").exists()
    for node in ast.walk(ast.parse((source / "voice.py").read_text())):
        if isinstance(node, ast.FunctionDef) and node.name in ("speak", "stream", "save", "phonemes", "predict", "mel", "vocode"):
            assert node.returns is not None, node.name
