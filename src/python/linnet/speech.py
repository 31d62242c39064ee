"""Samples with what was said when, and sound files."""
import base64
import html
import io
import os
import tempfile
import wave
from typing import Iterable, List

from ._linnet import ffi, lib
from .events import Audio, Event, Mark, Phoneme, Sentence, Word


def int16(samples) -> bytes:
    """float32 samples (anything with a buffer) as 16-bit integers in the machine's byte order."""
    view = memoryview(samples).cast("B")
    n = len(view) // 4
    out = bytearray(2 * n)
    lib.linnet_py_int16(ffi.cast("float *", ffi.from_buffer(view)), n, ffi.cast("int16_t *", ffi.from_buffer(out)))
    return bytes(out)


def write_wav(file, rate: int, blocks: Iterable) -> None:
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        for block in blocks:
            out.writeframesraw(int16(block))


def write_soundfile(file, rate: int, blocks: Iterable, ending: str) -> None:
    try:
        import numpy
        import soundfile
    except ImportError:
        raise ImportError(f"linnet: '{ending}' needs the package soundfile: pip install soundfile numpy; "
                          "'.wav' needs nothing") from None
    name = {"ogg": "OGG", "oga": "OGG", "opus": "OGG", "mp3": "MP3", "flac": "FLAC"}.get(ending[1:].lower())
    if name is None:
        raise ValueError(f"linnet: no sound file ends in '{ending}': use .wav, .flac, .ogg, .opus or .mp3")
    subtype = "OPUS" if ending.lower() == ".opus" else None
    with soundfile.SoundFile(file, "w", samplerate=rate, channels=1, format=name, subtype=subtype) as out:
        for block in blocks:
            out.write(numpy.asarray(block))


def write_file(path, rate: int, blocks: Iterable) -> None:
    """A sound file whose ending says what it is. It gets its name when it is whole."""
    path = os.fspath(path)
    ending = os.path.splitext(path)[1]
    umask = os.umask(0)
    os.umask(umask)
    handle, part = tempfile.mkstemp(dir=os.path.dirname(path) or ".", prefix=".linnet-")
    try:
        with os.fdopen(handle, "w+b") as file:
            if ending.lower() == ".wav":
                write_wav(file, rate, blocks)
            else:
                write_soundfile(file, rate, blocks, ending)
        os.chmod(part, 0o666 & ~umask)
        os.replace(part, path)
    except BaseException:
        os.unlink(part)
        raise


class Speech:
    """A spoken text. `numpy.asarray(speech)` is its samples; a notebook shows it as a player."""

    def __init__(self, text: str, sample_rate: int, events: Iterable[Event]):
        self.text, self.sample_rate = text, sample_rate
        self.sentences: List[Sentence] = []
        self.words: List[Word] = []
        self.phonemes: List[Phoneme] = []
        self.marks: List[Mark] = []
        lists = {Sentence: self.sentences, Word: self.words, Phoneme: self.phonemes, Mark: self.marks}
        data = bytearray()
        for event in events:
            if isinstance(event, Audio):
                data += event.samples.cast("B")
            elif type(event) in lists:
                lists[type(event)].append(event)
        self.samples: memoryview = memoryview(bytes(data)).cast("f")

    def __len__(self) -> int:
        return len(self.samples)

    def __array__(self, dtype=None, copy=None):
        import numpy
        return numpy.array(self.samples, dtype=dtype) if copy else numpy.asarray(self.samples, dtype=dtype)

    def __repr__(self) -> str:
        return f"<linnet.Speech: {self.duration:.2f} s, {len(self.words)} words>"

    @property
    def duration(self) -> float:
        return len(self.samples) / self.sample_rate

    def wav(self) -> bytes:
        """As a WAV file of 16 bits."""
        file = io.BytesIO()
        write_wav(file, self.sample_rate, [self.samples])
        return file.getvalue()

    def save(self, path) -> None:
        """Into a sound file: .wav; .flac, .ogg, .opus, .mp3 where the package soundfile is installed."""
        write_file(path, self.sample_rate, [self.samples])

    def _repr_html_(self) -> str:
        data = base64.b64encode(self.wav()).decode()
        return f'<audio controls aria-label="{html.escape(self.text[:200])}" src="data:audio/wav;base64,{data}"></audio>'
