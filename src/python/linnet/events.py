"""What happens while a text is spoken. Times are seconds from the start of the speech; `sample` is the same, exact.
`start` and `end` are places in the caller's string: text[start:end]."""
from dataclasses import dataclass
from typing import Union

from ._linnet import ffi, lib


@dataclass(frozen=True)
class Audio:
    """The next samples: float32, mono, -1 ... 1."""
    sample: int
    time: float
    samples: memoryview


@dataclass(frozen=True)
class Sentence:
    sample: int
    time: float
    duration: float
    start: int
    end: int


@dataclass(frozen=True)
class Word:
    sample: int
    time: float
    duration: float
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Phoneme:
    sample: int
    time: float
    duration: float
    name: str
    pitch_hz: float


@dataclass(frozen=True)
class Mark:
    sample: int
    time: float
    name: str


@dataclass(frozen=True)
class Icon:
    """A sound that the caller may play, "capital"."""
    sample: int
    time: float
    name: str


Event = Union[Audio, Sentence, Word, Phoneme, Mark, Icon]


class Text:
    """A caller's string as UTF-8, and the way back from its bytes to its characters."""

    def __init__(self, text: str):
        if not isinstance(text, str):
            raise TypeError(f"a text is a str, not {type(text).__name__}")
        self.text = text
        self.utf8 = text.encode("utf-8", "surrogatepass")
        self.index = None
        if not text.isascii():
            self.index = [i for i, c in enumerate(text) for _ in c.encode("utf-8", "surrogatepass")] + [len(text)]

    def place(self, event) -> tuple:
        first, last = event.byte_offset, event.byte_offset + event.byte_length
        return (first, last) if self.index is None else (self.index[first], self.index[last])


def convert(event, rate: int, text: Text):
    """A linnet_event, which is valid during the callback only, as one of the above; None for the end."""
    sample, time = event.time, event.time / rate
    if event.type == lib.LINNET_EVENT_AUDIO:
        return Audio(sample, time, memoryview(bytes(ffi.buffer(event.samples, 4 * event.n_samples))).cast("f"))
    if event.type == lib.LINNET_EVENT_SENTENCE:
        return Sentence(sample, time, event.n_samples / rate, *text.place(event))
    if event.type == lib.LINNET_EVENT_WORD:
        start, end = text.place(event)
        return Word(sample, time, event.n_samples / rate, start, end, text.text[start:end])
    if event.type == lib.LINNET_EVENT_END:
        return None
    name = ffi.string(event.name).decode("utf-8", "replace") if event.name else ""
    if event.type == lib.LINNET_EVENT_PHONEME:
        return Phoneme(sample, time, event.n_samples / rate, name, event.pitch_hz)
    if event.type == lib.LINNET_EVENT_MARK:
        return Mark(sample, time, name)
    return Icon(sample, time, name) if event.type == lib.LINNET_EVENT_ICON else None
